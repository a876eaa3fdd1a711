"""The demo: an invented programme in every phase, told through the services.

Nothing is put in the database behind the back of a rule: people register, bodies are made,
challenges are approved by somebody else, vaults are opened by two. Only the clock is ours.
"""

from __future__ import annotations

import time
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade
from sqlalchemy import func, select
from sqlalchemy.engine import make_url

from sir.commands.demo.plots import chapters
from sir.commands.demo.stage import Stage
from sir.kernel.database import db
from sir.people.models import Person


@click.command()
@click.option("--once", is_flag=True, help="Do nothing when there is somebody already.")
@click.option("--reset", is_flag=True, help="Throw the demo's database away first.")
@with_appcontext
def demo(*, once: bool, reset: bool) -> None:
    """Migrate, and fill an empty house with the invented programme."""
    settings = current_app.extensions["sir.settings"]
    if not settings.is_demo:
        raise click.UsageError("A production house has no demo.")  # noqa: EM101, TRY003 - for a developer
    if reset:
        _throw_away(settings.database_url)
    upgrade()
    if db.session.scalar(select(func.count()).select_from(Person)):
        db.session.rollback()
        if once:
            return
        raise click.UsageError("There is somebody already. Use --reset to begin anew.")  # noqa: EM101, TRY003
    db.session.rollback()
    begun = time.monotonic()
    seed()
    click.echo(f"The demo is ready ({time.monotonic() - begun:.0f} s). Sign in at /sign-in.")


def seed() -> None:
    """Tell the whole story, ending now."""
    stage = Stage(current_app.extensions["sir.clock"].now(), current_app.extensions)
    db.session().expire_on_commit = False  # nobody else writes: what was read stays true
    stage.run(*chapters(stage))
    db.session.remove()


def _throw_away(url: str) -> None:
    where = make_url(url)
    if where.get_backend_name() != "sqlite":
        raise click.UsageError("Only an embedded demo can be thrown away.")  # noqa: EM101, TRY003
    db.engine.dispose()
    for suffix in ("", "-wal", "-shm"):
        Path(f"{where.database}{suffix}").unlink(missing_ok=True)
