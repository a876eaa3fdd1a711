"""Files that people send: held in memory, never on a disk, and no more of them than we look at."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import wraps
from typing import Any, BinaryIO

from flask import Request, request
from flask.typing import ResponseReturnValue

View = Callable[..., ResponseReturnValue]

LARGEST = 8 * 1024 * 1024  # bytes that are kept of one file, so that a limit below it can be told
LARGEST_BODY = 48 * 1024 * 1024  # of a page that answers a file that is too large by itself


class Held(io.BytesIO):
    """A file in memory. What comes after its limit is counted as written, and dropped."""

    def write(self, piece: Any) -> int:
        """Keep what there is room for, and one byte that tells that there was more."""
        room = max(0, LARGEST + 1 - self.tell())
        super().write(memoryview(piece)[:room])
        return len(piece)


class QuietRequest(Request):
    """A request whose files never touch a disk: what will be sealed lies nowhere in the open."""

    def _get_file_stream(self, *_told: Any, **_more: Any) -> BinaryIO:
        return Held()


def takes_file(view: View) -> View:
    """Let a page receive a form with a file that is far too large, and say so beside its text.

    Goes above `requires`: the gate may read the form too.
    """

    @wraps(view)
    def answer(**parts: Any) -> ResponseReturnValue:
        request.max_content_length = LARGEST_BODY
        return view(**parts)

    return answer


def is_oversized() -> bool:
    """Say whether the form is larger than even such a page reads; then it must not be touched."""
    return (request.content_length or 0) > LARGEST_BODY
