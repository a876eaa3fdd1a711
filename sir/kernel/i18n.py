"""Words in the reader's language. The sentences in the code are English; Dutch is shown first.

`_` translates now, `lazy` when it is shown: use `lazy` in tables made at import time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from flask_babel import force_locale, gettext, lazy_gettext, ngettext

LANGUAGES = ("nl", "en")

_ = gettext
lazy = lazy_gettext

# The language spoken instead of the page's own, while a letter is written.
spoken: ContextVar[str] = ContextVar("spoken", default="")

__all__ = ["LANGUAGES", "_", "in_language", "lazy", "ngettext", "spoken"]


@contextmanager
def in_language(lang: str) -> Iterator[None]:
    """Speak this language for a while, as in a letter to somebody else."""
    before = spoken.set(lang)
    try:
        with force_locale(lang):
            yield
    finally:
        spoken.reset(before)
