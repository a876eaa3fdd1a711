"""Reads the words back from a PDF, as a screen reader finds them: through its ToUnicode tables."""

import io
import re

import pikepdf


def text_of(pdf):
    """The text of all pages in the order of the file, without any white space."""
    with pikepdf.open(io.BytesIO(pdf)) as paper:
        return "".join(_page_text(page) for page in paper.pages)


def _page_text(page):
    fonts = {name: _unicode(font) for name, font in page.Resources.get("/Font", {}).items()}
    table, words = {}, []
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            table = fonts[str(operands[0])]
        elif str(operator) in {"Tj", "TJ"}:
            pieces = operands[0] if str(operator) == "TJ" else [operands[0]]
            for piece in pieces:
                if isinstance(piece, pikepdf.String):
                    codes = bytes(piece)
                    words += [table[codes[place : place + 2]] for place in range(0, len(codes), 2)]
    return re.sub(r"\s", "", "".join(words))


def _unicode(font):
    table = {}
    cmap = font.ToUnicode.read_bytes().decode("ascii")
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            table[bytes.fromhex(code)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, text in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            start = int(text, 16)
            for step in range(int(last, 16) - int(first, 16) + 1):
                table[(int(first, 16) + step).to_bytes(2, "big")] = chr(start + step)
    return table
