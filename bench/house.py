"""A measured house: its database, its people, its server, and what each page costs there."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from bench.counting import connect_args, counting
from bench.server import Ask, Cost, Server, serve
from bench.visits import Visit, visits
from bench.world import World, build_world
from sir.app import create_app
from sir.config import Settings
from sir.kernel.database import db

REHEARSALS = 3  # how often each page is asked inside our own process, before it is served


@dataclass(frozen=True)
class Asked:
    """What one page asks of the database."""

    status: int
    statements: int
    rows: int


@dataclass
class House:
    """One house that is open for measuring."""

    proposals: int
    jurors: int
    server: Server
    visits: dict[str, Visit]
    asked: dict[str, Asked]

    def measure(self, name: str, count: int) -> Cost:
        """Visit one page again and again, each time as its next visitor."""
        visit = self.visits[name]
        possible = (visit.count - REHEARSALS) * 9 // 10 if visit.count else count
        return self.server.measure(
            lambda number: visit.asks(number + REHEARSALS), min(count, possible)
        )


@contextmanager
def open_house(
    url: str, folder: Path, *, proposals: int, jurors: int, drafts: int
) -> Iterator[House]:
    """Build a house in an empty database, serve it with two workers, and close it again."""
    environ = {
        "SIR_MODE": "production",
        "SIR_DATABASE_URL": url,
        "SIR_SECRET_KEY": secrets.token_urlsafe(48),
        "SIR_MASTER_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
        "SIR_PUBLIC_URL": "https://house.example",
        "SIR_STORE_URL": f"file://{folder}/store",
        "SIR_MAIL_FOLDER": f"{folder}/mail",
    }
    options = {"isolation_level": "SERIALIZABLE", "connect_args": connect_args(url)}
    app = create_app(Settings.from_environ(environ), SQLALCHEMY_ENGINE_OPTIONS=options)
    with app.app_context():
        db.create_all()
        world = build_world(app, proposals=proposals, jurors=jurors, drafts=drafts)
        analyse()
        found = {visit.name: visit for visit in visits(app, world)}
        db.session.remove()
    asked = {name: rehearse(app, visit) for name, visit in found.items()}
    with app.app_context():
        db.engine.dispose()
    with serve("wsgi:app", environ, "/challenges/", "gunicorn.conf.py") as server:
        yield House(proposals, jurors, server, found, asked)


def analyse() -> None:
    """Let the database know how large its tables are, as it does by itself in time."""
    db.session.commit()
    db.session.execute(db.text("ANALYZE"))
    db.session.commit()


def rehearse(app: Flask, visit: Visit) -> Asked:
    """Ask a page in our own process; its cheapest time tells what it asks of the database.

    The first time fills caches, and a public page is made anew in each new minute.
    """
    client = app.test_client(use_cookies=False)
    with app.app_context():
        engine = db.engine
    found = []
    for number in range(REHEARSALS):
        with counting(engine) as count:
            status = _asked(client, visit.asks(number))
        found.append(Asked(status, count.statements, count.rows))
    return min(found, key=lambda asked: asked.statements)


def _asked(client: object, ask: Ask) -> int:
    answer = client.open(  # type: ignore[attr-defined]
        ask.path, method=ask.method, data=ask.body, headers=dict(ask.headers)
    )
    status: int = answer.status_code
    return status


__all__ = ["Asked", "House", "World", "open_house"]
