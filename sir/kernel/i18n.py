"""Words in the reader's language. The sentences in the code are English; Dutch is shown first.

`_` translates now, `lazy` when it is shown: use `lazy` in tables made at import time.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from flask_babel import force_locale, gettext, lazy_gettext, ngettext

LANGUAGES = ("nl", "en")

_ = gettext
lazy = lazy_gettext

__all__ = ["LANGUAGES", "_", "in_language", "lazy", "ngettext"]


@contextmanager
def in_language(lang: str) -> Iterator[None]:
    """Speak this language for a while, as in a letter to somebody else."""
    with force_locale(lang):
        yield
