"""Every sentence speaks Dutch and English: none is left untranslated or outside the catalogue."""

import ast
import re

import pytest
from babel.messages.extract import extract
from jinja2 import Environment

from sir.kernel.catalogue import joined
from tests.conftest import ROOT

KEYWORDS = {
    "_": None,
    "gettext": None,
    "lazy": None,
    "ngettext": (1, 2),
    "lazy_gettext": None,
}
CODE = sorted((ROOT / "sir").rglob("*.py"))
TEMPLATES = sorted(
    path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".txt", ".xml"}
)
# Names and marks that are the same in every language.
NAMES = {
    "Startup in Residence",
    "NL",
    "EN",
    "A4",
    "KvK",
    "PDF",
    "JSON",
    "CSV",
    "XLSX",
    "ODS",
    "SHA",
}
SENTENCE_TAKERS = {"Refused", "ValidationError", "StopValidation", "condition", "flash"}


def messages():
    """Yield (path, line, sentence) for every sentence the code and the templates mark."""
    options = {"trimmed": "true", "extensions": "jinja2.ext.do"}
    for path in CODE:
        with path.open("rb") as file:
            for line, found, _notes, _context in extract("python", file, KEYWORDS):
                yield path, line, found
    for path in TEMPLATES:
        with path.open("rb") as file:
            for line, found, _notes, _context in extract(
                "jinja2.ext:babel_extract", file, KEYWORDS, options=options
            ):
                yield path, line, found


def test_every_sentence_has_a_dutch_translation():
    catalogue = joined("nl")
    missing = []
    for path, line, found in messages():
        key = found if isinstance(found, str) else found[0]
        message = catalogue.get(key)
        texts = (
            [] if message is None else [message.string] if isinstance(message.string, str)
            else list(message.string)
        )  # fmt: skip
        if not texts or not all(texts):
            missing.append(f"{path.relative_to(ROOT)}:{line}: {key}")

    assert missing == []


def test_a_translation_keeps_the_places_for_values():
    wrong = [
        message.id
        for message in joined("nl")
        if isinstance(message.id, str)
        and set(re.findall(r"%\(\w+\)\w", message.id))
        != set(re.findall(r"%\(\w+\)\w", str(message.string)))
        and message.id
    ]

    assert wrong == []


def test_no_catalogue_keeps_a_sentence_that_nobody_says():
    said = {found if isinstance(found, str) else found[0] for _path, _line, found in messages()}
    kept = {
        message.id if isinstance(message.id, str) else message.id[0]
        for message in joined("nl")
        if message.id
    }

    assert sorted(kept - said) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_has_no_words_of_its_own(path):
    environment = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"])  # noqa: S701 - only read
    depth = 0
    text = ""
    for _line, kind, value in environment.lex(path.read_text()):
        if kind == "name" and value in {"trans", "endtrans"}:
            depth += 1 if value == "trans" else -1
        if kind == "data" and not depth:
            text += value
        elif kind in {"variable_begin", "block_begin"}:
            text += "\x00"
    for name in NAMES:
        text = text.replace(name, "")
    text = re.sub(r"<!--.*?-->|<(style|script)\b.*?</\1>", "", text, flags=re.DOTALL)
    spoken = re.findall(
        r'(?:aria-label|title|placeholder|alt)="([^"\x00]*[A-Za-z]{2}[^"\x00]*)"', text
    )
    text = re.sub(r"<[^>]*>", " ", text)
    text = re.sub(r'[\w-]+="[^"]*("|$)', " ", text)  # a macro that writes attributes only
    text = re.sub(r"\b(data|aria)-[\w-]+", " ", text)
    text = re.sub(r"&\w+;|https?://\S+", " ", text)
    words = re.findall(r"[A-Za-zÀ-ÿ]{2,}[^\x00\n]*", text)

    assert spoken + words == []


def test_no_sentence_in_the_code_goes_around_the_catalogue():
    bare = []
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            takes = name in SENTENCE_TAKERS or (name.endswith("Field") and name != "Field")
            first = node.args[0]
            is_text = isinstance(first, ast.JoinedStr) or (
                isinstance(first, ast.Constant) and isinstance(first.value, str) and first.value
            )
            if takes and is_text:
                bare.append(f"{path.relative_to(ROOT)}:{node.lineno}")

    assert bare == []


# Words the house settled, with what it says instead. “Startup in Residence” is a name.
SETTLED = {
    r"\bhebt\b": "u heeft",
    r"\bresidency\b": "leer- en werkperiode",
    r"\bwachttijd": "opschortende termijn",
    r"\bpostbus": "e-mailadres",
    r"(?<![eE]-)\bmailadres|\b[eE]mailadres": "e-mailadres",
    r"\bzetels?\b": "plaats",
    r"[‘„\"]|''": "“…”",
}
# Traffic lights make one wait too: what the people of the demo write may say so.
DEMO = sorted((ROOT / "sir" / "commands" / "demo").glob("*.py"))
OF_PEOPLE = {r"\bwachttijd", r"[‘„\"]|''"}


def _dutch():
    """Yield (where, text) of all the Dutch the house itself says."""
    for path in sorted((ROOT / "sir" / "translations" / "nl").glob("*.po")):
        for line in path.read_text().splitlines():
            if line.startswith("msgstr"):
                yield path.name, line.partition('"')[2].rstrip('"').replace('\\"', '"')
    standard = ROOT / "sir" / "workflows" / "rules" / "standard.py"
    yield from ((standard.name, text) for text in _strings(standard))


def _strings(path):
    """Give the Dutch a module holds: a sentence with “the” in it is English."""
    tree = ast.parse(path.read_text())
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and " " in node.value
        and not re.search(r"\b[Tt]he\b", node.value)
    ]


@pytest.mark.parametrize("word", SETTLED)
def test_the_dutch_of_the_house_uses_the_settled_words(word):
    wrong = [f"{where}: {text}" for where, text in _dutch() if re.search(word, text)]

    assert wrong == [], f"say: {SETTLED[word]}"


@pytest.mark.parametrize("word", sorted(set(SETTLED) - OF_PEOPLE))
def test_the_dutch_of_the_demo_uses_the_settled_words(word):
    wrong = [
        f"{path.name}: {text}" for path in DEMO for text in _strings(path) if re.search(word, text)
    ]

    assert wrong == [], f"say: {SETTLED[word]}"


def test_the_report_of_the_jury_is_never_called_the_record_of_the_opening():
    jury = (ROOT / "sir" / "translations" / "nl" / "jury.po").read_text()

    assert re.findall(r"^msgstr .*\bverslag\b.*", jury, flags=re.MULTILINE) == []
