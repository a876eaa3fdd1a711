"""Pages about how far the jury is: counts and days, and no score (S6)."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from sir.jury.forms import ActForm
from sir.jury.models import Round, RoundState, Seat
from sir.jury.queries import (
    cells_of,
    numbers_page,
    panel_before,
    progress_page,
    round_by_code,
    total_of,
    unfinished_seats,
    workdays_of,
)
from sir.jury.queries.progress import Progress
from sir.jury.rules.progress import days_between, grown
from sir.jury.rules.reminders import clock_of
from sir.jury.services import remind_jurors
from sir.jury.services.reminders import words_of
from sir.jury.views.door import bp, seat_pages
from sir.jury.views.rounds import step
from sir.kernel.calendar import local_day
from sir.kernel.errors import Missing
from sir.kernel.i18n import ngettext
from sir.notices.models import Letter
from sir.web.gate import now, requires
from sir.web.letters import rendered


def _panel(round_: Round) -> tuple[list[Progress], dict[str, str | None]]:
    """Give the page of jurors that the address asks for, and where its neighbours are."""
    if round_.reached is RoundState.CONFLICT_CHECK:
        raise Missing
    rows, has_more = progress_page(
        round_, request.args.get("after", ""), is_unfinished="open" in request.args
    )
    seats = [row.seat for row in rows]
    return rows, seat_pages("after", seats, panel_before, has_more=has_more)


@bp.get("/rounds/<code>/progress")
@requires("jury.progress", round_by_code)
def follow(round_: Round) -> ResponseReturnValue:
    """How far each juror is, without a score, and how the work grew by day."""
    rows, pages = _panel(round_)
    return render_template(
        "jury/progress.html",
        round=round_,
        challenge=round_.challenge,
        rows=rows,
        pages=pages,
        total=total_of(round_),
        is_unfinished="open" in request.args,
        graph=_graph(round_, rows),
    )


def _graph(round_: Round, rows: list[Progress]) -> dict[str, Any] | None:
    """Give each juror's ready sheets at the end of each day of the round."""
    if round_.started_at is None or not rows:
        return None
    last = min(local_day(now()), local_day(round_.conferred_at or now()))
    days = days_between(local_day(round_.started_at), last)
    noted = workdays_of([row.seat for row in rows], round_)
    return {
        "days": days,
        "highest": max(row.counted.assigned for row in rows),
        "lines": [(row, grown(noted[row.seat.id], days)) for row in rows],
    }


@bp.get("/rounds/<code>/progress/proposals")
@requires("jury.progress", round_by_code)
def follow_proposals(round_: Round) -> ResponseReturnValue:
    """Which sheets are handed in, a draft or not begun: jurors beside proposals, no score."""
    rows, pages = _panel(round_)
    seats: list[Seat] = [row.seat for row in rows]
    given = request.args.get("number", "")
    proposals, has_more = numbers_page(round_.challenge, _number(given))
    cells = cells_of(round_, seats, [proposal.id for proposal in proposals])
    return render_template(
        "jury/progress_proposals.html",
        round=round_,
        challenge=round_.challenge,
        seats=seats,
        pages=pages,
        proposals=proposals,
        following=proposals[-1].number if has_more else None,
        is_first=not _number(given),
        cells=cells,
        after=request.args.get("after", ""),
    )


def _number(given: str) -> int:
    """Read a proposal's number; what is no number is the beginning."""
    return int(given) if given.isascii() and given.isdigit() and len(given) < len("1000000") else 0


@bp.get("/rounds/<code>/reminders")
@requires("jury.progress", round_by_code)
def reminders(round_: Round) -> ResponseReturnValue:
    """Who is not done, and the very letter they would get."""
    clock = clock_of(round_)
    if clock is None:
        raise Missing
    seats = unfinished_seats(round_)
    letter = None
    if seats:
        words = words_of(clock, seats[0])
        letter = rendered(Letter(template=f"jury/{clock.occasion}", lang="nl", words=words))
    return render_template(
        "jury/reminders.html",
        round=round_,
        challenge=round_.challenge,
        clock=clock,
        seats=seats,
        letter=letter,
        form=ActForm.from_request(),
    )


@bp.post("/rounds/<code>/remind")
@requires("jury.progress", round_by_code)
def remind(round_: Round) -> ResponseReturnValue:
    """Write to who is not done."""

    def remind_now(round_: Round, *, by: Any, at: Any) -> None:
        n = remind_jurors(round_, by=by, at=at)
        flash(ngettext("%(num)d reminder is on its way.", "%(num)d reminders are on their way.", n))

    return step(round_, remind_now)
