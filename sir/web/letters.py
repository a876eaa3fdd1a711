"""Letters as they are read: a template, its words, and the language of whoever gets it."""

from __future__ import annotations

from flask import current_app

from sir.config import Settings
from sir.kernel.i18n import in_language
from sir.notices.models import Letter
from sir.notices.rules import split_letter
from sir.ports.vault import open_text
from sir.web.locale import PREFIX

HIDDEN = "…"


def rendered(letter: Letter, *, shows_links: bool = True) -> tuple[str, str]:
    """Give the subject and the text of a letter.

    The word `secret` is kept sealed, and opened for the link that needs it; a copy to keep or to
    look at is made without. Raises Jinja's errors when the template or a word is missing.
    """
    settings: Settings = current_app.extensions["sir.settings"]
    root = settings.public_url.rstrip("/") + (PREFIX if letter.lang == "en" else "")
    words = dict(letter.words)
    if "secret" in words:
        vault = current_app.extensions["sir.vault"]
        words["secret"] = open_text(vault, "link", words["secret"]) if shows_links else HIDDEN
    template = current_app.jinja_env.get_template(f"letters/{letter.template}.txt")
    with in_language(letter.lang):
        text = template.render(words, lang=letter.lang, url=lambda path: root + path)
    return split_letter(text)
