"""The postman: sends what is due, once or in a loop."""

from __future__ import annotations

import logging
import signal
from collections.abc import Callable
from email.message import EmailMessage
from threading import Event
from typing import NamedTuple
from urllib.parse import urlsplit

import click
from flask import current_app
from flask.cli import with_appcontext

from sir.commands.retention import Sweeper
from sir.config import Settings
from sir.journal.services import origin
from sir.jury.queries import rounds_to_remind
from sir.jury.services import remind_jurors
from sir.kernel.database import db
from sir.kernel.transaction import transaction
from sir.notices.models import Letter
from sir.notices.rules import compose, message_id
from sir.notices.services import lease_letter, note_failed, note_posted
from sir.ports.clock import Clock
from sir.ports.post import FolderPost, Post, SmtpPost
from sir.web.gate import try_again
from sir.web.letters import rendered
from sir.web.limits import forget_expired

REST = 3.0  # seconds between two rounds of the worker

log = logging.getLogger("sir.post")


class Leased(NamedTuple):
    """A letter in the postman's bag."""

    number: int
    tries: int
    message: EmailMessage
    subject: str
    kept: str
    is_sealed: bool

    @property
    def name(self) -> str:
        """How the log calls it: the number of a sealed letter would tell who takes part."""
        return "under seal" if self.is_sealed else str(self.message["Message-ID"])


@click.command()
@with_appcontext
def post() -> None:
    """Send the letters that are due."""
    origin.set("command:post")
    click.echo(f"{post_due(post_office())} letters went out.")


@click.command()
@with_appcontext
def worker() -> None:
    """Do what is due, over and over, until a signal to stop."""
    origin.set("command:worker")
    is_over = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: is_over.set())
    office, sweep = post_office(), Sweeper()
    while not is_over.is_set():
        for job in (remind_due, lambda: post_due(office, is_over), forget_expired, sweep):
            _do(job)
        is_over.wait(REST)


def remind_due() -> int:
    """Write to jurors whose work is due soon, each at most once a day; count the letters."""
    at = current_app.extensions["sir.clock"].now()
    count = 0
    for jury_round in rounds_to_remind():
        with transaction():
            count += remind_jurors(jury_round, at=at)
    return count


def post_office() -> Post:
    """Give the mail server of the settings, or the folder of a demo."""
    settings: Settings = current_app.extensions["sir.settings"]
    return SmtpPost(settings.smtp_url) if settings.smtp_url else FolderPost(settings.mail_folder)


def post_due(office: Post, is_over: Event | None = None) -> int:
    """Send what is due, each letter in transactions of its own; count what may be told of."""
    count = 0
    while not (is_over and is_over.is_set()):
        found, leased = try_again(_lease)
        if not found:
            break
        if leased is not None:
            count += _send(leased, office) and not leased.is_sealed
    return count


def _lease() -> tuple[bool, Leased | None]:
    """Take one letter and write it out; a letter that cannot be written is noted as such."""
    clock: Clock = current_app.extensions["sir.clock"]
    with transaction():
        letter = lease_letter(clock.now())
        if letter is None:
            return False, None
        try:
            return True, _written(letter, clock)
        except Exception as error:
            name = "under seal" if letter.sealed_for else letter.key
            log.warning("letter %s cannot be written", name, exc_info=error)
            note_failed(letter, f"{type(error).__name__}: {error}", at=clock.now())
            return True, None


def _written(letter: Letter, clock: Clock) -> Leased:
    settings: Settings = current_app.extensions["sir.settings"]
    subject, body = rendered(letter)
    message = compose(
        sender=settings.mail_from,
        to=letter.to,
        subject=subject,
        body=body,
        lang=letter.lang,
        number=message_id(letter.key, urlsplit(settings.public_url).hostname or "localhost"),
        at=clock.now(),
    )
    if "calendar" in letter.words:
        message.add_attachment(
            letter.words["calendar"], subtype="calendar", charset="utf-8", filename="pitch.ics",
            params={"method": "PUBLISH"},
        )  # fmt: skip
    kept = body if settings.is_demo else rendered(letter, shows_links=False)[1]
    return Leased(letter.id, letter.tries, message, subject, kept, bool(letter.sealed_for))


def _send(leased: Leased, office: Post) -> bool:
    """Send outside any transaction, then note what became of it."""
    fault = ""
    try:
        office.send(leased.message)
    except (OSError, ValueError) as error:  # ValueError: an address the server cannot carry
        known = None if leased.is_sealed else error  # a refusal may hold the address
        log.warning("letter %s did not leave", leased.name, exc_info=known)
        fault = f"{type(error).__name__}: {error}"
    try_again(lambda: _note(leased, fault))
    return not fault


def _note(leased: Leased, fault: str) -> None:
    at = current_app.extensions["sir.clock"].now()
    with transaction():
        letter = db.session.get_one(Letter, leased.number)
        if letter.posted_at is not None:
            return
        if not fault:
            note_posted(letter, subject=leased.subject, body=leased.kept, at=at)
        elif letter.tries == leased.tries:  # nobody else took it in the meantime
            note_failed(letter, fault, at=at)


def _do(job: Callable[[], object]) -> None:
    """Do one job; whatever goes wrong is logged, and the next round tries again."""
    try:
        job()
    except Exception:
        log.exception("a job of the worker failed")
    finally:
        db.session.rollback()
        db.session.remove()
