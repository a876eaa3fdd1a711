"""The typefaces in the case, and what can be set with them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import typst
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from sir.kernel.prose import tidy

FIRST = "Public Sans"
BOX = "\N{WHITE SQUARE}"

_NEEDS_NO_GLYPH = {"\n", " ", "\N{SOFT HYPHEN}", "\N{ZERO WIDTH SPACE}"}
_LONG_WORD = re.compile(r"\S{49,}")
_PIECE = 24


@dataclass(frozen=True)
class Typefaces:
    """Fonts read once, the order in which they are tried, and the characters each one has."""

    fonts: typst.Fonts
    families: tuple[str, ...]
    has: tuple[frozenset[str], ...] = field(repr=False)

    def with_glyph(self, character: str) -> set[int]:
        """Say which families can show this character, by their place in the order."""
        return {number for number, glyphs in enumerate(self.has) if character in glyphs}


@cache
def typefaces(folder: Path) -> Typefaces:
    """Open the case. Raises FileNotFoundError when the front-end build has not filled it."""
    files = sorted(folder.glob("*.ttf"))
    glyphs: dict[str, set[str]] = {}
    for path in files:
        with TTFont(path, lazy=True) as font:
            family = str(font["name"].getBestFamilyName())
            present = set(map(chr, font.getBestCmap()))
        glyphs[family] = glyphs[family] & present if family in glyphs else present
    if FIRST not in glyphs:
        message = f"There is no {FIRST} in {folder}: run make setup"
        raise FileNotFoundError(message)
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
    )
    # Typst prints nothing where it has no font at all, and does not complain.
    assert set(fonts.families()) == set(glyphs)
    families = sorted(glyphs, key=lambda family: (family != FIRST, "Emoji" in family, family))
    return Typefaces(
        fonts,
        tuple(families),
        tuple(frozenset(glyphs[family]) for family in families),
    )


@dataclass
class Compositor:
    """Makes texts fit the typefaces, and remembers the characters that did not."""

    case: Typefaces
    unprintable: set[str] = field(default_factory=set)
    length: int = 0

    def set_text(self, text: str) -> str:
        """Replace what no typeface has by a box, and let very long words break anywhere."""
        text = tidy(text).replace("\t", " ")
        self.length += len(text)
        if not text.isascii():
            text = self._replace(text)
        return _LONG_WORD.sub(_in_pieces, text)

    def _replace(self, text: str) -> str:
        kept = []
        able: set[int] = set()
        for character in text:
            if character in _NEEDS_NO_GLYPH:
                kept.append(character)
                able = set()
                continue
            glyphs = self.case.with_glyph(character)
            # An accent must come from the typeface of its letter, or neither can be shown.
            is_accent = unicodedata.category(character).startswith("M")
            able = able & glyphs if is_accent and able & glyphs else set() if is_accent else glyphs
            if able:
                kept.append(character)
            else:
                self.unprintable.add(character)
                if not is_accent or kept[-1:] != [BOX]:
                    kept.append(BOX)
        return "".join(kept)


def _in_pieces(word: re.Match[str]) -> str:
    pieces = (word[0][start : start + _PIECE] for start in range(0, len(word[0]), _PIECE))
    return "\N{ZERO WIDTH SPACE}".join(pieces)
