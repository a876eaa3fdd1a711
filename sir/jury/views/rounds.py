"""Pages about a round of judging: the jury room itself, and the steps between its phases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeGuard

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sir.challenges.models import Challenge
from sir.challenges.queries import challenge_by_code, challenge_in_brief
from sir.jury.forms import ActForm, OpenRoundForm, ReassessForm
from sir.jury.lifecycle import ROUND
from sir.jury.models import Round, RoundState, Seat, SeatKind, SheetState
from sir.jury.queries import (
    advice_of,
    advisers_at_work,
    calibration_of,
    counted_sheets,
    current_round,
    latest_ranking,
    list_page,
    offer_to,
    owes_a_word,
    own_work,
    page_before,
    proposals_of,
    report_of,
    round_by_code,
    seat_of,
    seats_at_stake,
    seats_page,
    tally,
    voting_seats,
    waiting_for,
)
from sir.jury.queries.sheets import Row
from sir.jury.rules.conditions import (
    UNDER_WAY,
    Tally,
    declarations_are_in,
    seats_are_cleared,
)
from sir.jury.rules.diagnostics import diagnose, juror_totals
from sir.jury.rules.plan import Method
from sir.jury.rules.snapshot import engine_plan, engine_scores, name_of
from sir.jury.rules.vacancies import Vacancy, endangered_on, vacancies
from sir.jury.services import (
    lock_quality,
    look_for_matches,
    open_consensus,
    open_round,
    reassess,
    start_individual,
)
from sir.jury.views.door import (
    after_asked,
    ask_token,
    bp,
    masked,
    name_on,
    pages_around,
    ports,
    seat_pages,
)
from sir.jury.views.suspensions import stop_of
from sir.kernel.calendar import local_day
from sir.kernel.i18n import _, ngettext
from sir.kernel.transaction import transaction
from sir.people.queries import has_integrity_officer
from sir.permissions import may
from sir.proposals.rules import asks_price
from sir.web.gate import me, now, requires, standing
from sir.web.jinja import page_url

HOURS_A_DAY = 24
NEXT = {
    RoundState.CONFLICT_CHECK: "start",
    RoundState.INDIVIDUAL: "confer",
    RoundState.CONSENSUS: "lock",
    RoundState.QUALITY_LOCKED: "rank",
    RoundState.PRICE_OPENED: "rank",
    RoundState.RANKED: "report",
    RoundState.RECONSIDERING: "rank_finalists",
    RoundState.SIGNING: "decide",
}


# Nothing was ranked yet: there is nothing to look for.
BEFORE_RANKING = {RoundState.CONFLICT_CHECK, RoundState.INDIVIDUAL, RoundState.CONSENSUS}


@bp.get("/challenges/<code>/jury")
@requires("jury.read", challenge_in_brief)
def show(challenge: Challenge) -> ResponseReturnValue:
    """The jury room of one challenge: what is due for whoever looks, and where things stand."""
    round_ = current_round(challenge)
    seat = seat_of(challenge.id, me())
    is_early = round_ is None or round_.reached in BEFORE_RANKING
    ranking = None if is_early else latest_ranking(challenge)
    return render_template(
        "jury/show.html",
        challenge=challenge,
        round=round_,
        seat=seat,
        ranking=ranking,
        report=report_of(ranking) if ranking else None,
        stop=stop_of(round_) if round_ else None,
        calibration=calibration_of(round_) if _calibrates(round_) else None,
        form=ActForm.from_request(),
        mine=_mine(round_, seat),
        advisers=_advisers(round_),
        offer=offer_to(seat) if seat and seat.kind is SeatKind.RESERVE else None,
        prices=_prices(round_),
        before_conferring=_before_conferring(round_),
        team=_team(challenge, round_) if may(standing(), "jury.overview", challenge) else None,
    )


def _calibrates(round_: Round | None) -> TypeGuard[Round]:
    return round_ is not None and round_.challenge.plan.calibration


def _advisers(round_: Round | None) -> list[Seat]:
    """List who still advises while the jury scores: the chair waits for nobody, but should know."""
    if round_ is None or round_.state is not RoundState.INDIVIDUAL:
        return []
    return advisers_at_work(round_) if may(standing(), "jury.progress", round_) else []


def _prices(round_: Round | None) -> str | None:
    """Say whether this reader may go to the prices, and whether they are to be opened now."""
    is_shown = round_ is not None and asks_price(round_.challenge.plan)
    if round_ is None or not is_shown or not may(standing(), "price.read", round_):
        return None
    if round_.prices_opened_at is not None:
        return "open"
    return "due" if _next_act(round_, tally(round_)) == "open_prices" else "sealed"


def _before_conferring(round_: Round | None) -> list[str]:
    """What the chair still waits for before the jury can come together; counts alone (R4)."""
    if round_ is None or round_.state is not RoundState.INDIVIDUAL:
        return []
    if not may(standing(), "consensus.open", round_):
        return []
    return ROUND.refusals("confer", round_, now(), given=tally(round_))


def _mine(round_: Round | None, seat: Seat | None) -> dict[str, Any] | None:
    """What a juror has to do in this round."""
    if round_ is None or seat is None:
        return None
    criteria = len(round_.challenge.plan.criteria)
    after = after_asked()
    sheets, has_more = list_page(round_, seat, after)
    return {
        "sheets": _tasks(sheets, criteria, is_masked=masked(round_)),
        "pages": pages_around(after, sheets[-1].position if has_more else None),
        "work": own_work(round_, seat, criteria),
        # sheets are handed out to who declared
        "must_declare": not sheets and owes_a_word(seat),
        "left": _time_left(round_.due_at),
        "advises": seat.kind is SeatKind.ADVISER and bool(advice_of(round_, seat)),
    }


def _tasks(sheets: list[Row], criteria: int, *, is_masked: bool) -> list[dict[str, Any]]:
    """Say of each of a juror's sheets where it is, and how far."""
    return [
        {
            "label": name_on(row, masked=is_masked),
            "url": page_url("jury.sheet", code=row.code),
            "status": "ok" if row.ready == criteria else "busy" if row.saved_at else "todo",
            "note": _("handed in")
            if row.submitted_at and row.state is not SheetState.DRAFT
            else _("%(done)s of %(total)s criteria ready", done=row.ready, total=criteria),
            "is_current": False,
        }
        for row in sheets
    ]


def _time_left(due_at: datetime | None) -> str:
    """Say how long there is still to score, in whole days or hours; nothing once it is over."""
    left = due_at - now() if due_at else timedelta(0)
    hours = int(left.total_seconds() // 3600)
    if left <= timedelta(0):
        return ""
    if hours < HOURS_A_DAY * 2:
        return ngettext("%(num)d hour left", "%(num)d hours left", hours)
    return ngettext("%(num)d day left", "%(num)d days left", hours // HOURS_A_DAY)


def _alarms(challenge: Challenge, round_: Round | None) -> list[Vacancy]:
    """List the announced seats nobody sits in, while that can still be put right."""
    if round_ is not None and round_.reached not in UNDER_WAY:
        return []
    seated, seats = seats_at_stake(challenge)
    plan = challenge.plan
    return vacancies(
        plan.composition, plan.seat_count, seated, seats, round_.reached if round_ else None
    )


def _team(challenge: Challenge, round_: Round | None) -> dict[str, Any]:
    """What the secretary needs: seats, and what stands in the way of the next step."""
    counted = tally(round_) if round_ else None
    act = _next_act(round_, counted) if round_ and counted else None
    seats, has_more = seats_page(challenge, request.args.get("seats", ""))
    return {
        "seats": seats,
        "alarms": _alarms(challenge, round_) if may(standing(), "jury.manage", challenge) else [],
        "endangered_on": endangered_on(round_.due_at if round_ else None, challenge.closes_at),
        "today": local_day(now()),
        "pages": seat_pages("seats", seats, page_before, has_more=has_more),
        "tally": counted,
        "act": act,
        "reasons": ROUND.refusals(act, round_, now(), given=counted) if round_ and act else [],
        "waiting": waiting_for(round_) if round_ and counted and counted.seats_uncleared else None,
        "named": (declarations_are_in.refusal, seats_are_cleared.refusal),
        "has_guard": has_integrity_officer(challenge.buyer_id),
    }


def _next_act(round_: Round, counted: Tally) -> str | None:
    """Say what the round waits for: for its prices, once no score changes any more."""
    is_due = counted.prices_sealed and not counted.pitches_ahead
    if is_due and round_.state in ROUND.moves["open_prices"].start:
        return "open_prices"
    return NEXT.get(round_.state)


@bp.route("/challenges/<code>/jury/open", methods=["GET", "POST"])
@requires("jury.manage", challenge_by_code)
def start_round(challenge: Challenge) -> ResponseReturnValue:
    """Begin judging, and say when the scores are due."""
    form = OpenRoundForm.from_request()
    if form.is_accepted():
        with transaction():
            round_ = open_round(challenge, by=me(), at=now(), due_at=form.due_at.data)
            look_for_matches(round_, by=me(), at=now(), **ports(challenge))
        flash(_("The jury is asked to declare its ties."))
        return redirect(url_for("jury.show", code=challenge.code))
    return render_template("jury/open.html", challenge=challenge, form=form), form.status


def step(round_: Round, act: Callable[..., Any]) -> ResponseReturnValue:
    """Do what a button asks, and go back to the jury room."""
    ask_token()
    with transaction():
        act(round_, by=me(), at=now())
    return redirect(url_for("jury.show", code=round_.challenge.code))


@bp.post("/rounds/<code>/start")
@requires("jury.manage", round_by_code)
def start(round_: Round) -> ResponseReturnValue:
    """Let the jury read and score alone."""
    return step(round_, start_individual)


@bp.post("/rounds/<code>/confer")
@requires("consensus.open", round_by_code)
def confer(round_: Round) -> ResponseReturnValue:
    """Bring the jury together."""
    return step(round_, open_consensus)


@bp.post("/rounds/<code>/lock")
@requires("consensus.agree", round_by_code)
def lock(round_: Round) -> ResponseReturnValue:
    """Settle the quality scores."""
    return step(round_, lock_quality)


@bp.route("/rounds/<code>/reassess", methods=["GET", "POST"])
@requires("jury.manage", round_by_code)
def judge_again(round_: Round) -> ResponseReturnValue:
    """Begin a new round that judges everything again, with the reason."""
    form = ReassessForm.from_request()
    if form.is_accepted():
        with transaction():
            reassess(
                round_,
                reason=str(form.reason.data),
                due_at=form.due_at.data,
                by=me(),
                at=now(),
            )
        return redirect(url_for("jury.show", code=round_.challenge.code))
    page = render_template(
        "jury/reassess.html", round=round_, challenge=round_.challenge, form=form
    )
    return page, form.status


@bp.get("/rounds/<code>/diagnosis")
@requires("diagnosis.read", round_by_code)
def diagnosis(round_: Round) -> ResponseReturnValue:
    """How the jurors scored beside each other; nothing here changes a score (S9)."""
    plan = replace(
        engine_plan(round_.challenge.plan, round_.challenge.terms.pitch_count or None),
        method=Method.MEAN,
    )
    seats = voting_seats(round_.challenge)
    scores = engine_scores(round_.challenge.plan, seats, counted_sheets(round_), ())
    scores = replace(scores, consensus=None)
    totals = juror_totals(plan, scores)
    return render_template(
        "jury/diagnosis.html",
        round=round_,
        challenge=round_.challenge,
        found=diagnose(plan, scores),
        totals=totals,
        seats={seat.label: seat for seat in seats},
        proposals={name_of(row): row for row in proposals_of(round_.challenge)},
        masked=masked(round_),
    )
