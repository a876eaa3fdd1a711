"""Pages about the outcome: the ranking, its files, the report and its signatures."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

from flask import Response, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sir.jury.document import decided_by_name, proposal_name
from sir.jury.forms import ActForm, RankForm, SignForm
from sir.jury.models import Ranking, Report, Round, RoundState
from sir.jury.queries import (
    points_given,
    proposals_of,
    ranking_by_code,
    rankings_of,
    report_by_code,
    report_of,
    round_by_code,
    seat_of,
    signatures_of,
    voting_seats,
)
from sir.jury.rules.agenda import DISCUSS, spread
from sir.jury.rules.sheets import length
from sir.jury.rules.snapshot import name_of
from sir.jury.services import make_ranking, make_report, sign_report
from sir.jury.services.outcome import REFUSAL_LENGTH
from sir.jury.views.door import ask_token, bp, masked
from sir.kernel.errors import Missing
from sir.kernel.i18n import _
from sir.kernel.sheets import to_csv, to_ods, to_xlsx
from sir.kernel.transaction import transaction
from sir.people.services.signing_in import verify_factor
from sir.web.gate import me, now, requires
from sir.web.locale import page_language


@bp.route("/rounds/<code>/rank", methods=["GET", "POST"])
@requires("ranking.make", round_by_code)
def rank(round_: Round) -> ResponseReturnValue:
    """Make a ranking; a second one asks why."""
    form = RankForm.from_request()
    if form.is_accepted():
        with transaction():
            ranking = make_ranking(round_, by=me(), at=now(), reason=form.reason.data or "")
        return redirect(url_for("jury.ranking", code=ranking.code))
    page = render_template(
        "jury/rank.html",
        round=round_,
        challenge=round_.challenge,
        form=form,
        kept=rankings_of(round_),
    )
    return page, form.status


@bp.get("/rankings/<code>")
@requires("ranking.read", ranking_by_code)
def ranking(ranking: Ranking) -> ResponseReturnValue:
    """The order, how the jury spread, and which rule decided each place (S8)."""
    round_ = ranking.round
    plan = round_.challenge.plan
    proposals = {name_of(proposal): proposal for proposal in proposals_of(round_.challenge)}
    given = _given(round_)
    places = [
        {
            **place,
            "found": proposals[place["proposal"]],
            "score": Decimal(place["score"]),
            "decided": decided_by_name(place["decided_by"], plan),
            "cells": [_cell(ranking, place["proposal"], row.key, given) for row in plan.criteria],
        }
        for place in ranking.result["ranking"]
    ]
    return render_template(
        "jury/ranking.html",
        ranking=ranking,
        round=round_,
        challenge=round_.challenge,
        plan=plan,
        places=places,
        cut=len(ranking.result["shortlist"]),
        low=_drawn(min(level.points for level in plan.levels)),
        high=_drawn(max(level.points for level in plan.levels)),
        seats=len(voting_seats(round_.challenge)),
        kept=rankings_of(round_),
        report=report_of(ranking),
        masked=masked(round_),
        form=ActForm.from_request(),
    )


Given = dict[tuple[str, str], list[tuple[int, Decimal]]]


def _given(round_: Round) -> Given:
    """Collect what the jurors gave, by proposal and criterion: (position, points)."""
    found: Given = defaultdict(list)
    for number, key, position, points in points_given(round_):
        found[str(number), key].append((position, points))
    return found


def _drawn(points: Decimal) -> int | float:
    """Give a number to draw with: a place on the page decides nothing."""
    return int(points) if points == points.to_integral_value() else float(points)


def _cell(ranking: Ranking, proposal: str, criterion: str, given: Given) -> dict[str, Any]:
    rows = given[proposal, criterion]
    return {
        "points": Decimal(ranking.result["points"][proposal][criterion]),
        "given": [_drawn(points) for _position, points in rows],
        "at": _drawn(Decimal(ranking.result["points"][proposal][criterion])),
        "is_wide": spread([position for position, _points in rows]) >= DISCUSS,
    }


@bp.get("/rankings/<code>.json")
@requires("ranking.read", ranking_by_code)
def inputs(ranking: Ranking) -> ResponseReturnValue:
    """The very file from which anyone can recompute this ranking with `flask sir rank`."""
    return _file(ranking.inputs.encode(), "application/json", f"ranking-{ranking.code}.json")


def _file(content: bytes, kind: str, name: str) -> Response:
    return Response(
        content,
        mimetype=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _rows(ranking: Ranking) -> tuple[str, list[str], list[list[Any]]]:
    """Give a title, heads and rows for a spreadsheet; the names only once they may be known."""
    round_ = ranking.round
    plan = round_.challenge.plan
    proposals = {name_of(proposal): proposal for proposal in proposals_of(round_.challenge)}
    is_masked = masked(round_)
    head = [_("Place"), _("Proposal"), _("Score"), _("Decided by")]
    rows = [
        [
            place["rank"],
            proposal_name(proposals[place["proposal"]], masked=is_masked),
            Decimal(place["score"]),
            decided_by_name(place["decided_by"], plan),
            *(
                Decimal(ranking.result["points"][place["proposal"]][row.key])
                for row in plan.criteria
            ),
        ]
        for place in ranking.result["ranking"]
    ]
    return _("Ranking"), [*head, *(row.name for row in plan.criteria)], rows


@bp.get("/rankings/<code>.xlsx")
@requires("ranking.read", ranking_by_code)
def xlsx(ranking: Ranking) -> ResponseReturnValue:
    """The ranking for Excel; no cell is a formula."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _file(to_xlsx(*_rows(ranking)), kind, f"ranking-{ranking.code}.xlsx")


@bp.get("/rankings/<code>.ods")
@requires("ranking.read", ranking_by_code)
def ods(ranking: Ranking) -> ResponseReturnValue:
    """The ranking as an OpenDocument spreadsheet; no cell is a formula."""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return _file(to_ods(*_rows(ranking)), kind, f"ranking-{ranking.code}.ods")


@bp.get("/rankings/<code>.csv")
@requires("ranking.read", ranking_by_code)
def csv(ranking: Ranking) -> ResponseReturnValue:
    """The ranking as plain rows; no cell is a formula."""
    content = to_csv(*_rows(ranking), lang=page_language())
    return _file(content, "text/csv", f"ranking-{ranking.code}.csv")


@bp.post("/rankings/<code>/report")
@requires("ranking.make", ranking_by_code)
def write_report(ranking: Ranking) -> ResponseReturnValue:
    """Print the report, and ask every seat to sign it."""
    ask_token()
    with transaction():
        report = make_report(
            ranking,
            press=current_app.extensions["sir.press"],
            store=current_app.extensions["sir.store"],
            by=me(),
            at=now(),
        )
    return redirect(url_for("jury.report", code=report.code))


@bp.get("/reports/<code>")
@requires("report.read", report_by_code)
def report(report: Report) -> ResponseReturnValue:
    """The report, its hash, and who signed (S11)."""
    return _report(report, SignForm.from_request()), 200


def _report(report: Report, form: SignForm) -> str:
    round_ = report.round
    seat = seat_of(round_.challenge_id, me())
    answers = {signature.seat_id: signature for signature in signatures_of(report)}
    seats = voting_seats(round_.challenge)
    return render_template(
        "jury/report.html",
        report=report,
        round=round_,
        challenge=round_.challenge,
        seats=seats,
        answers=answers,
        form=form,
        must_answer=round_.state is RoundState.SIGNING and seat in seats and seat.id not in answers,
    )


@bp.post("/reports/<code>")
@requires("report.sign", report_by_code)
def sign(report: Report) -> ResponseReturnValue:
    """Sign with one's own second factor, or refuse with a reason."""
    seat = seat_of(report.challenge_id, me())
    if seat is None:
        raise Missing
    form = SignForm.from_request()
    if not form.is_accepted():
        return _report(report, form), form.status
    is_refusal = form.answer.data == "refuse"
    if is_refusal and length(form.refusal.data or "") < REFUSAL_LENGTH:
        form.add_error("refusal", _("Say in a sentence why you do not sign."))
        return _report(report, form), form.status
    with transaction():
        is_shown = verify_factor(
            me(), str(form.code.data), vault=current_app.extensions["sir.vault"], at=now()
        )
        if is_shown:
            refusal = str(form.refusal.data) if is_refusal else ""
            sign_report(report, seat, by=me(), at=now(), refusal=refusal)
    if not is_shown:
        form.add_error("code", _("This code is not right. Take the code your app shows now."))
        return _report(report, form), form.status
    flash(_("Your answer is kept with the report."))
    return redirect(url_for("jury.report", code=report.code))


@bp.get("/reports/<code>.pdf")
@requires("report.read", report_by_code)
def report_pdf(report: Report) -> ResponseReturnValue:
    """The very bytes that were signed over."""
    content = current_app.extensions["sir.store"].fetch(report.pdf)
    return _file(content, "application/pdf", f"jury-{report.code}.pdf")
