"""Forgetting what nobody needs any more: at every hour of the worker, and when asked."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext

from sir.journal.services import origin
from sir.kernel.transaction import transaction
from sir.people.services.retention import forget_old
from sir.proposals.queries import opening_sign_ins
from sir.web.limits import forget_expired

PAUSE = timedelta(hours=1)


@click.command()
@with_appcontext
def forget() -> None:
    """Throw away old sessions, links, kept forms, invitations and counts of tries."""
    origin.set("command:forget")
    forget_expired()
    counts = swept(current_app.extensions["sir.clock"].now())
    click.echo(", ".join(f"{name}: {count}" for name, count in counts.items()))


def swept(at: datetime) -> dict[str, Any]:
    """Forget in a transaction of its own; count by kind what went."""
    with transaction():
        return forget_old(at=at, spared=opening_sign_ins())


class Sweeper:
    """Forgets at most once an hour, whenever the worker comes by."""

    def __init__(self) -> None:
        self._last: datetime | None = None

    def __call__(self) -> None:
        """Sweep when an hour has gone by since the last time."""
        at = current_app.extensions["sir.clock"].now()
        if self._last is None or at - self._last >= PAUSE:
            swept(at)
            self._last = at
