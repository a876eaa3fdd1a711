"""The post that went out, for the platform admin: in a demo as sent, elsewhere without its text."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from jinja2 import TemplateError

from sir.kernel.errors import Missing
from sir.kernel.i18n import _
from sir.kernel.transaction import transaction
from sir.notices.models import Letter
from sir.notices.queries import PAGE, count_given_up, count_waiting, letter_by_key, letters_page
from sir.notices.rules import MOST_TRIES
from sir.notices.services import post_again
from sir.web.forms import Form
from sir.web.gate import now, requires
from sir.web.letters import rendered

bp = Blueprint("notices", __name__)


@bp.get("/outbox")
@requires("house.administer")
def outbox() -> ResponseReturnValue:
    """List every letter, the latest first, a page at a time."""
    only_stuck = "stuck" in request.args
    rows = letters_page(request.args.get("before", ""), only_stuck=only_stuck)
    return render_template(
        "notices/outbox.html",
        rows=[(row, _subject(row)) for row in rows[:PAGE]],
        older=rows[PAGE - 1].key if len(rows) > PAGE else "",
        waiting=count_waiting(now()),
        given_up=count_given_up(),
        only_stuck=only_stuck,
        most_tries=MOST_TRIES,
        shows_words=_is_demo(),
    )


@bp.get("/outbox/letter")
@requires("house.administer")
def letter() -> ResponseReturnValue:
    """Read one letter as it was or will be sent. Only in a demo: elsewhere it is not for us."""
    if not _is_demo():
        raise Missing
    found = letter_by_key(request.args.get("key", ""))
    subject, body = _words(found)
    return render_template("notices/letter.html", letter=found, subject=subject, body=body)


@bp.post("/outbox/again")
@requires("house.administer")
def again() -> ResponseReturnValue:
    """Try once more to send a letter that was given up."""
    if Form.from_request().is_accepted():
        with transaction():
            post_again(letter_by_key(request.form.get("key", "")), at=now())
        flash(_("The letter is tried again."))
    return redirect(url_for("notices.outbox"))


def _is_demo() -> bool:
    return bool(current_app.extensions["sir.settings"].is_demo)


def _subject(letter: Letter) -> str:
    return _words(letter)[0] if _is_demo() else ""


def _words(letter: Letter) -> tuple[str, str]:
    """Give a letter's words: as kept once it is sent, or as they will be."""
    if letter.posted_at is not None:
        return letter.subject, letter.body
    try:
        return rendered(letter)
    except (TemplateError, ValueError, KeyError) as error:
        return f"{letter.template}: {error}", ""
