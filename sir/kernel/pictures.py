"""One picture of a stranger, made harmless: truly decoded, turned upright, and drawn anew.

What comes out is a JPEG that this module wrote: pixels only, without place, name, comment, profile
or anything else that a camera or a program put in. It is no larger than an A4 can show.
"""

from __future__ import annotations

import io
import struct
import warnings

from PIL import Image, ImageOps

from sir.kernel.errors import Refused
from sir.kernel.i18n import lazy

MOST_BYTES = 5 * 1024 * 1024  # of the file as it is sent
MOST_PIXELS = 25_000_000  # before decoding; beyond is a photograph for a wall, or a bomb
PAPER = (1600, 2400)  # pixels across and down: 240 to the inch between the margins of an A4
KEPT = 1_000_000  # bytes that a picture is brought down to, where a lower quality can do that
CONTENT_TYPE = "image/jpeg"

_QUALITIES = (88, 76, 60)
_SIGNS = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG"}
_RIFF, _WEBP = b"RIFF", b"WEBP"
_FAULTS = (
    OSError,
    ValueError,
    SyntaxError,
    ArithmeticError,
    AttributeError,
    LookupError,
    TypeError,
    EOFError,
    MemoryError,
    struct.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)  # what Pillow's decoders say of a broken file

TOO_LARGE = lazy("This picture is larger than 5 MB. Save it smaller and choose it again.")


class Unusable(Refused):
    """A file that cannot become a picture. The text says what its sender can do."""


def redrawn(content: bytes) -> bytes:
    """Draw a JPEG, PNG or WebP file anew as a JPEG. Raises Unusable with a sentence."""
    if len(content) > MOST_BYTES:
        raise Unusable(TOO_LARGE)
    kind = _kind_of(content)
    if kind is None:
        raise Unusable(lazy("This file is not a picture we can use. Choose a JPEG, PNG or WebP."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what is wrong beside the pixels is left behind anyway
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _as_jpeg(_decoded(content, kind))
    except _FAULTS as error:
        sentence = lazy("This picture is damaged or incomplete. Save it anew and choose it again.")
        raise Unusable(sentence) from error


def size_of(jpeg: bytes) -> tuple[int, int]:
    """Give the width and the height in pixels of what `redrawn` gave."""
    with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as picture:
        return picture.size


def _kind_of(content: bytes) -> str | None:
    """Tell the kind by how the file begins; its name proves nothing."""
    if content[:4] == _RIFF and content[8:12] == _WEBP:
        return "WEBP"
    return next((kind for sign, kind in _SIGNS.items() if content.startswith(sign)), None)


def _decoded(content: bytes, kind: str) -> Image.Image:
    """Decode the first picture in the file, upright, on white, on a sheet that knows no more."""
    with Image.open(io.BytesIO(content), formats=(kind,)) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise Unusable(
                lazy(
                    "This picture has more than 25 million pixels. Make it smaller and choose it"
                    " again."
                )
            )
        opened.draft("RGB", (max(PAPER), max(PAPER)))  # a JPEG need not unfold whole
        opened.load()
        upright = ImageOps.exif_transpose(opened)
    if upright.mode.startswith("I"):  # 16 bits of grey
        upright = upright.convert("I").point(lambda grey: grey / 256).convert("L")
    see_through = upright.has_transparency_data
    seen = upright.convert("RGBA" if see_through else "RGB")
    seen.thumbnail(PAPER)
    sheet = Image.new("RGB", seen.size, "white")
    sheet.paste(seen, mask=seen.getchannel("A") if see_through else None)
    return sheet


def _as_jpeg(sheet: Image.Image) -> bytes:
    written = b""
    for quality in _QUALITIES:
        file = io.BytesIO()
        # whole colours: a drawing has thin lines and small letters
        sheet.save(file, "JPEG", quality=quality, subsampling=0)
        written = file.getvalue()
        if len(written) <= KEPT:
            break
    return written
