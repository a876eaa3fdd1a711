"""Opening the vault."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sir.challenges.models import Challenge
from sir.challenges.queries import challenge_by_code
from sir.kernel.errors import Missing, Refused
from sir.kernel.i18n import lazy
from sir.proposals.forms import FactorForm
from sir.proposals.models import OpeningState, ProposalState
from sir.proposals.queries import count_in_state, current_submissions, opened_proposals, opening_of
from sir.proposals.rules import OPENING_WINDOW, has_lapsed, may_open
from sir.proposals.services import complete_opening, start_opening
from sir.proposals.views.blueprint import bp, pdf, port
from sir.web.gate import me, now, requires
from sir.web.keys import turn_key


@bp.get("/challenges/<code>/opening")
@requires("opening.read", challenge_by_code)
def opening(challenge: Challenge) -> ResponseReturnValue:
    """Where the vault stands: shut, to be opened by two, or open with its record."""
    return _page(challenge, FactorForm.from_request())


def _page(challenge: Challenge, form: FactorForm) -> tuple[str, int]:
    running = opening_of(challenge)
    is_done = running is not None and running.state is OpeningState.COMPLETED
    is_closed = is_done or may_open(challenge, now())
    page = render_template(
        "proposals/opening.html",
        challenge=challenge,
        form=form,
        opening=running,
        is_done=is_done,
        is_closed=is_closed,
        # before the deadline nobody learns how many there are
        count=count_in_state(challenge, ProposalState.SEALED) if is_closed else None,
        until=running.first_at + OPENING_WINDOW if running else None,
        has_lapsed=running is not None and has_lapsed(running, now()),
        is_first=running is not None and running.first_id == me().id,
        proposals=opened_proposals(challenge) if is_done else [],
        submissions=current_submissions(challenge) if is_done else {},
    )
    return page, form.status


@bp.post("/challenges/<code>/opening/start")
@requires("opening.act", challenge_by_code)
def start(challenge: Challenge) -> ResponseReturnValue:
    """Turn the first key."""
    return _turn("opening.started", challenge, lambda key: start_opening(challenge, **key))


@bp.post("/challenges/<code>/opening/complete")
@requires("opening.act", challenge_by_code)
def complete(challenge: Challenge) -> ResponseReturnValue:
    """Turn the second key, by somebody else, in another session."""

    def second(key: dict[str, Any]) -> object:
        running = opening_of(challenge)
        if running is None:
            raise Refused(lazy("Nobody has turned the first key. Start the opening."))
        return complete_opening(running, **key, press=port("press"), store=port("store"))

    return _turn("opening.completed", challenge, second)


def _turn(
    act: str, challenge: Challenge, key_turns: Callable[[dict[str, Any]], object]
) -> ResponseReturnValue:
    form = FactorForm.from_request()
    answer = turn_key(act, challenge, form, key_turns, lambda: _page(challenge, form))
    return answer or redirect(url_for("proposals.opening", code=challenge.code))


@bp.get("/challenges/<code>/opening/record.pdf")
@requires("opening.read", challenge_by_code)
def record_pdf(challenge: Challenge) -> ResponseReturnValue:
    """Give the official record, as it was printed at the opening."""
    done = opening_of(challenge)
    if done is None or not done.record_pdf:
        raise Missing
    return pdf(port("store").fetch(done.record_pdf), f"opening-{challenge.code}")
