"""The note of who read what (2014/24/EU art. 84; jury: R23).

Looks within one hour of the clock belong to the first: one line says who read which thing in
which hour. A worker remembers which lines it wrote, so several workers may write it twice.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime

from flask import Flask, Response, g, request

from sir.journal.services import record
from sir.kernel.database import db, reading
from sir.kernel.transaction import transaction
from sir.people.models import Person

REMEMBERED = 50_000  # reader, page and thing, within the last hour or so

Read = tuple[str, str, str]  # permission, thing, stream


def stream_of_reads(challenge_code: str) -> str:
    """Name the chain that holds who read what of a challenge; acts have a chain of their own."""
    return f"reads:{challenge_code}"


def keep_reads(
    app: Flask, person: Callable[[], Person | None], now: Callable[[], datetime]
) -> None:
    """Write a line before a page that was read leaves the house; without a line it stays."""
    written: OrderedDict[tuple[str, Read, datetime], None] = OrderedDict()

    @app.after_request
    def note(response: Response) -> Response:
        read: Read | None = g.pop("read", None)
        if read is None or response.status_code not in {200, 304}:
            return response
        reader, moment = person(), now()
        assert reader is not None, "What is noted is never open to strangers."
        line = (reader.code, read, moment.replace(minute=0, second=0, microsecond=0))
        if line in written:
            return response
        db.session.rollback()
        reading.set(False)
        permission, thing, stream = read
        with transaction():
            record(permission, thing, by=reader, at=moment, stream=stream, page=request.endpoint)
        written[line] = None
        while len(written) > REMEMBERED:
            written.popitem(last=False)
        return response
