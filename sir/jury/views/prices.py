"""The prices of a round: sealed, to be opened by two, or open with their record."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sir.jury.forms import ties_form, ties_in
from sir.jury.lifecycle import ROUND
from sir.jury.models import OpenedPrice, Round, Tie
from sir.jury.queries import (
    bidder_names,
    bidders_undeclared,
    price_declarations,
    prices_of,
    round_by_code,
    tally,
)
from sir.jury.services import complete_price_opening, declare_price_ties, start_price_opening
from sir.jury.views.door import bp, masked
from sir.kernel.errors import Missing
from sir.kernel.transaction import transaction
from sir.permissions import may
from sir.proposals.forms import FactorForm
from sir.proposals.models import ProposalState
from sir.proposals.queries import opening_of
from sir.proposals.rules import OPENING_WINDOW, asks_price, has_lapsed
from sir.web.gate import me, now, requires, standing
from sir.web.keys import turn_key


def priced_round(code: str) -> Round:
    """Find a round whose plan weighs a price; another round has no such page."""
    round_ = round_by_code(code)
    if not asks_price(round_.challenge.plan):
        raise Missing
    return round_


@bp.get("/rounds/<code>/prices")
@requires("price.read", priced_round)
def prices(round_: Round) -> ResponseReturnValue:
    """Where the prices stand."""
    return _page(round_, FactorForm.from_request())


def _page(round_: Round, form: FactorForm) -> tuple[str, int]:
    is_open = round_.prices_opened_at is not None
    running = opening_of(round_.challenge, round_.number)
    reasons = ROUND.refusals("open_prices", round_, now(), given=tally(round_))
    page = render_template(
        "jury/prices.html",
        round=round_,
        challenge=round_.challenge,
        form=form,
        opening=running,
        is_open=is_open,
        is_due=not is_open and not reasons,
        reasons=reasons if round_.state in ROUND.moves["open_prices"].start else [],
        until=running.first_at + OPENING_WINDOW if running else None,
        has_lapsed=running is not None and has_lapsed(running, now()),
        is_first=running is not None and running.first_id == me().id,
        may_open=may(standing(), "price.open", round_),
        prices=prices_of(round_) if is_open else [],
        names={} if masked(round_) else bidder_names(round_.challenge),
        is_left_out=_is_left_out,
        word=_word(round_),
    )
    return page, form.status


@bp.route("/rounds/<code>/prices/ties", methods=["GET", "POST"])
@requires("price.declare", priced_round)
def price_ties(round_: Round) -> ResponseReturnValue:
    """State every tie with a bidder, or that there is none, before any price opens."""
    challenge = round_.challenge
    bidders = bidders_undeclared(challenge, me())
    form = ties_form(bidders)
    if bidders and form.is_accepted():
        with transaction():
            declare_price_ties(challenge, ties=ties_in(form, bidders), by=me(), at=now())
        return redirect(url_for("jury.prices", code=round_.code))
    page = render_template(
        "jury/price_ties.html",
        round=round_,
        challenge=challenge,
        form=form,
        bidders=bidders,
        signed=price_declarations(challenge, me()),
    )
    return page, form.status


def _word(round_: Round) -> str:
    """Say where the reader's own declaration stands, when they are the price assessor."""
    if not may(standing(), "price.declare", round_):
        return ""
    if bidders_undeclared(round_.challenge, me()):
        return "owed"
    signed = price_declarations(round_.challenge, me())
    return "tied" if any(row.tie is not Tie.NONE for row in signed) else "given"


def _is_left_out(price: OpenedPrice) -> bool:
    return price.proposal.state is ProposalState.INADMISSIBLE


@bp.post("/rounds/<code>/prices/start")
@requires("price.open", priced_round)
def start_prices(round_: Round) -> ResponseReturnValue:
    """Turn the first key."""
    return _turn("prices.started", round_, lambda key: start_price_opening(round_, **key))


@bp.post("/rounds/<code>/prices/complete")
@requires("price.open", priced_round)
def complete_prices(round_: Round) -> ResponseReturnValue:
    """Turn the second key, by the other of the two, in another session."""
    paper = {name: current_app.extensions[f"sir.{name}"] for name in ("press", "store")}
    return _turn(
        "prices.opened", round_, lambda key: complete_price_opening(round_, **key, **paper)
    )


def _turn(act: str, round_: Round, turn: Any) -> ResponseReturnValue:
    form = FactorForm.from_request()
    answer = turn_key(act, round_.challenge, form, turn, lambda: _page(round_, form))
    return answer or redirect(url_for("jury.prices", code=round_.code))


@bp.get("/rounds/<code>/prices/record.pdf")
@requires("price.read", priced_round)
def price_record_pdf(round_: Round) -> ResponseReturnValue:
    """Give the official record, as it was printed at the opening."""
    done = opening_of(round_.challenge, round_.number)
    if done is None or not done.record_pdf:
        raise Missing
    content = current_app.extensions["sir.store"].fetch(done.record_pdf)
    name = f"prices-{round_.code}.pdf"
    return Response(
        content,
        mimetype="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )
