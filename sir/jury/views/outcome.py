"""Pages about the outcome: the ranking, its files, the report and its signatures."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, NamedTuple

from flask import Response, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from sir.jury.document import decided_by_name, numbered_name
from sir.jury.forms import ActForm, RankForm, SignForm
from sir.jury.models import Ranking, Report, Round, RoundState
from sir.jury.queries import (
    bidder_names,
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
from sir.jury.rules.pitches import pitches_are_promised
from sir.jury.rules.sheets import length
from sir.jury.services import LotNeeded, make_ranking, make_report, sign_report
from sir.jury.services.outcome import REFUSAL_LENGTH
from sir.jury.views.door import ask_token, bp, masked
from sir.kernel.errors import Missing
from sir.kernel.i18n import _
from sir.kernel.sheets import to_csv, to_ods, to_xlsx
from sir.kernel.transaction import transaction
from sir.people.services.signing_in import verify_factor
from sir.web.gate import me, now, requires
from sir.web.locale import page_language
from sir.web.pages import remembered


@bp.route("/rounds/<code>/rank", methods=["GET", "POST"])
@requires("ranking.make", round_by_code)
def rank(round_: Round) -> ResponseReturnValue:
    """Make a ranking; a second one asks why."""
    is_final = round_.state is RoundState.RECONSIDERING or (
        round_.state is RoundState.PRICE_OPENED and round_.pitched_at is not None
    )
    form = RankForm.from_request(reason=_("The finalists have pitched.") if is_final else "")
    needs_lot = False
    if form.is_accepted():
        try:
            with transaction():
                ranking = make_ranking(round_, by=me(), at=now(), reason=form.reason.data or "")
        except LotNeeded as refusal:
            form.add_error(None, str(refusal))
            needs_lot = True
        else:
            return redirect(url_for("jury.ranking", code=ranking.code))
    page = render_template(
        "jury/rank.html",
        round=round_,
        challenge=round_.challenge,
        form=form,
        kept=rankings_of(round_),
        needs_lot=needs_lot,
    )
    return page, 409 if needs_lot else form.status


@bp.get("/rankings/<code>")
@requires("ranking.read", ranking_by_code)
def ranking(ranking: Ranking) -> ResponseReturnValue:
    """The order, how the jury spread, and which rule decided each place (S8)."""
    round_ = ranking.round
    names = _names(round_)
    # a snapshot and its plan never change; the names in it may become known
    drawn = remembered(
        ("ranking", ranking.code, ranking.inputs_sha256, tuple(names.items())),
        lambda: _drawn(ranking, names),
    )
    return render_template(
        "jury/ranking.html",
        ranking=ranking,
        round=round_,
        challenge=round_.challenge,
        plan=round_.challenge.plan,
        drawn=drawn,
        kept=rankings_of(round_),
        report=report_of(ranking),
        pitches_due=pitches_are_promised(round_.challenge.plan) and round_.pitched_at is None,
        form=ActForm.from_request(),
    )


class Drawn(NamedTuple):
    """A ranking as it is shown: the table, and how much it counts."""

    seats: int
    places: int
    table: Markup


def _names(round_: Round) -> dict[str, str]:
    is_masked = masked(round_)
    return {
        str(number): numbered_name(number, None if is_masked else bidder)
        for number, bidder in bidder_names(round_.challenge).items()
    }


def _drawn(ranking: Ranking, names: dict[str, str]) -> Drawn:
    """Draw a snapshot: every dot is a score in the very file that anyone can recompute from."""
    plan = ranking.round.challenge.plan
    given = json.loads(ranking.inputs)
    positions = {level.points: level.position for level in plan.levels}
    places = [
        {
            **place,
            "name": names[place["proposal"]],
            "score": Decimal(place["score"]),
            "price_points": Decimal(place["price"]) if "price" in place else None,
            "price": _asked(given, place["proposal"]),
            "decided": decided_by_name(place["decided_by"], plan),
            "cells": [
                _cell(
                    Decimal(ranking.result["points"][place["proposal"]][row.key]),
                    _points(given["sheets"].get(place["proposal"], {}), row.key),
                    positions,
                )
                for row in plan.criteria
            ],
        }
        for place in ranking.result["ranking"]
    ]
    table = render_template(
        "jury/ranking_table.html",
        plan=plan,
        is_priced="prices" in given,
        is_sealed=bool((given.get("price") or {}).get("sealed")),
        places=places,
        cut=len(ranking.result["shortlist"]),
        low=_place_of(min(positions)),
        high=_place_of(max(positions)),
    )
    return Drawn(len(given["seats"]), len(places), Markup(table))  # noqa: S704 - Jinja escaped it


def _asked(given: dict[str, Any], proposal: str) -> Decimal | None:
    """Give the price of a proposal; None as long as prices are sealed, or count for nothing."""
    prices = given.get("prices", {})
    return Decimal(prices[proposal]) if proposal in prices else None


def _points(sheets: dict[str, dict[str, str]], criterion: str) -> list[Decimal]:
    """List what each juror gave on one criterion of one proposal."""
    return [Decimal(sheet[criterion]) for sheet in sheets.values() if criterion in sheet]


def _place_of(points: Decimal) -> int | float:
    """Give a number to draw with: a place on the page decides nothing."""
    return int(points) if points == points.to_integral_value() else float(points)


def _cell(points: Decimal, given: list[Decimal], positions: dict[Decimal, int]) -> dict[str, Any]:
    return {
        "points": points,
        "given": [_place_of(row) for row in given],
        "at": _place_of(points),
        "is_wide": spread([positions[row] for row in given]) >= DISCUSS,
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
    names = _names(round_)
    given = json.loads(ranking.inputs)
    is_priced = "prices" in given
    head = [_("Place"), _("Proposal"), _("Score"), _("Decided by")]
    tail = [_("Price, excluding VAT"), _("Points of the price")] if is_priced else []
    rows = [
        [
            place["rank"],
            names[place["proposal"]],
            Decimal(place["score"]),
            decided_by_name(place["decided_by"], plan),
            *(
                Decimal(ranking.result["points"][place["proposal"]][row.key])
                for row in plan.criteria
            ),
            *((_asked(given, place["proposal"]), Decimal(place["price"])) if is_priced else ()),
        ]
        for place in ranking.result["ranking"]
    ]
    return _("Ranking"), [*head, *(row.name for row in plan.criteria), *tail], rows


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
            sign_report(
                report,
                seat,
                by=me(),
                at=now(),
                refusal=refusal,
                store=current_app.extensions["sir.store"],
                eseal=current_app.extensions["sir.eseal"],
            )
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


@bp.get("/reports/<code>/sealed.pdf")
@requires("report.read", report_by_code)
def sealed_pdf(report: Report) -> ResponseReturnValue:
    """The report with a seal of the house for each signature, when the house has a certificate."""
    if report.sealed is None:
        raise Missing
    content = current_app.extensions["sir.store"].fetch(report.sealed)
    return _file(content, "application/pdf", f"jury-{report.code}-sealed.pdf")
