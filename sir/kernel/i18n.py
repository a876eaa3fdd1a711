"""Words in the reader's language. The sentences in the code are English; Dutch is shown first.

`_` translates now, `lazy` when it is shown: use `lazy` in tables made at import time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

import flask_babel
from babel.numbers import get_decimal_symbol
from babel.support import NullTranslations, Translations
from flask_babel import force_locale
from flask_babel.speaklater import LazyString

from sir.kernel.catalogue import FOLDER

LANGUAGES = ("nl", "en")

# The language spoken instead of the page's own, while a letter is written.
spoken: ContextVar[str] = ContextVar("spoken", default="")

# The language of the page that is being made; the web sets it as a request comes in.
page: ContextVar[str] = ContextVar("page", default="")

__all__ = [
    "LANGUAGES",
    "_",
    "in_language",
    "lazy",
    "ngettext",
    "page",
    "read_languages",
    "spoken",
    "unfilled",
]


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(lang: str) -> NullTranslations:
    """Read a language's words once; English has none, for it is what the code says."""
    return Translations.load(FOLDER, [lang])


def read_languages() -> None:
    """Read each language's words, and how it writes days and sums, before the first page asks."""
    for lang in LANGUAGES:
        _catalogue(lang)
        get_decimal_symbol(lang)


@lru_cache(maxsize=8192)
def _said(lang: str, sentence: str) -> str:
    """Look a sentence up once: a page says hundreds."""
    return str(_catalogue(lang).gettext(sentence))


def _(sentence: str, **words: Any) -> str:
    """Say a sentence in the language of the letter or the page, `%(name)s` filled in.

    A page says hundreds of sentences, so its language is not asked anew for each of them;
    a command has no page, and speaks what the house speaks.
    """
    lang = spoken.get() or page.get()
    if not lang:
        return str(flask_babel.gettext(sentence, **words))
    said = _said(lang, sentence)
    return said % words if words else said


def ngettext(one: str, many: str, num: int, **words: Any) -> str:
    """Say a sentence about so many things; `%(num)d` is their number."""
    return unfilled(one, many, num) % {"num": num, **words}


def unfilled(one: str, many: str, num: int) -> str:
    """Look up a sentence about so many things; a template fills in its words by itself."""
    lang = spoken.get() or page.get()
    if not lang:
        return str(flask_babel.get_domain().get_translations().ungettext(one, many, num))
    said: str = _catalogue(lang).ngettext(one, many, num)
    return said


def lazy(sentence: str, **words: Any) -> LazyString:
    """Say a sentence once it is shown."""
    return LazyString(_, sentence, **words)


@contextmanager
def in_language(lang: str) -> Iterator[None]:
    """Speak this language for a while, as in a letter to somebody else."""
    before = spoken.set(lang)
    try:
        with force_locale(lang):
            yield
    finally:
        spoken.reset(before)
