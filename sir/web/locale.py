"""Which language a page speaks: Dutch, or English under /en."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import has_request_context, request
from flask_babel import Babel

from sir.kernel.i18n import page, spoken

PREFIX = "/en"


class LanguagePrefix:
    """Takes /en off the path and puts it in the script's name, so that every link keeps it."""

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self.app = app

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        lang = "nl"
        if path == PREFIX or path.startswith(f"{PREFIX}/"):
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + PREFIX
            environ["PATH_INFO"] = path.removeprefix(PREFIX) or "/"
            environ["sir.lang"] = lang = "en"
        before = page.set(lang)
        try:
            return self.app(environ, start_response)
        finally:
            page.reset(before)


babel = Babel()


def page_language() -> str:
    """Tell the language of this page or letter; outside a request it is Dutch."""
    known = spoken.get() or page.get()
    if known:
        return known
    return request.environ.get("sir.lang", "nl") if has_request_context() else "nl"


def other_language_url() -> str:
    """Give this same page in the other language."""
    path = request.full_path.rstrip("?") if request.method in {"GET", "HEAD"} else request.path
    root = request.script_root
    return root.removesuffix(PREFIX) + path if root.endswith(PREFIX) else root + PREFIX + path
