"""Public pages that cost little: made once, kept until anything in the house changes."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, NamedTuple, TypeVar

from flask import Response, current_app, make_response, request, session
from flask.typing import ResponseReturnValue
from werkzeug.http import generate_etag

from sir.journal.queries import last_entry
from sir.kernel.memory import Memory
from sir.web.gate import now, signed_in_person
from sir.web.locale import page_language

T = TypeVar("T")

SHELF = "sir.shelf"
MEMORY = "sir.memory"
KEPT = 256  # pages per worker, and as many pieces of pages
SECONDS = 60  # how long others may keep a page; our own copy is as fresh as the journal


class Kept(NamedTuple):
    """A page as it was made."""

    body: bytes
    content_type: str
    headers: tuple[tuple[str, str], ...]
    etag: str


def remembered(key: tuple[Hashable, ...], make: Callable[[], T]) -> T:
    """Give a piece of a page that was made before under the same key, in the same language.

    The key must hold all that the piece tells: what is no part of it may not change the piece,
    and not who may read it either. The gate has let the reader in before this is asked.
    """
    memory: Memory[T] = current_app.extensions.setdefault(MEMORY, Memory(KEPT))
    return memory.recall((request.script_root, page_language(), *key), make)


def public_page(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """Let anonymous visitors share a page, with an ETag; somebody signed in gets their own.

    Every act is an entry in the journal, so a page made after the last entry is still true; what
    the clock says changes at whole minutes, so the minute belongs to the key.
    """

    @wraps(view)
    def answer(*args: Any) -> ResponseReturnValue:
        if signed_in_person() is not None or session.get("_flashes"):
            return view(*args)
        shelf: Memory[Kept] = current_app.extensions.setdefault(SHELF, Memory(KEPT))
        minute = now().replace(second=0, microsecond=0)
        key = (request.script_root, request.full_path, minute, last_entry())
        page = shelf.get(key)
        if page is None:
            made = make_response(view(*args))
            if made.status_code != 200 or session.modified:  # noqa: PLR2004 - an ordinary page
                return made
            extra = tuple(
                (name, value) for name, value in made.headers if name == "Content-Disposition"
            )
            body = made.get_data()
            page = Kept(body, made.content_type, extra, generate_etag(body))
            shelf.keep(key, page)
        return _served(page)

    return answer


def _served(page: Kept) -> Response:
    response = Response(page.body, content_type=page.content_type, headers=list(page.headers))
    response.cache_control.public = True
    response.cache_control.max_age = SECONDS
    response.set_etag(page.etag)
    response.make_conditional(request)
    return response
