"""A startup's own order of its entries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sir.calls.forms import OrderForm, field_of, order_form
from sir.calls.queries import entries_of, in_order, own_order, preference_of
from sir.calls.services import OrderedMeanwhile, order_entries
from sir.calls.views.base import bp, title_of, vault
from sir.challenges.document import call_name
from sir.challenges.models import Call
from sir.challenges.rules import last_deadline
from sir.kernel.errors import Missing
from sir.kernel.i18n import _
from sir.kernel.transaction import transaction
from sir.people.models import Organisation
from sir.proposals.models import Proposal
from sir.proposals.queries import proposal_by_code
from sir.web.gate import me, now, requires
from sir.web.locale import page_language


def _ordering(proposal: Proposal) -> tuple[Call, list[Proposal]]:
    """Give the call and the entries of this bidder, when there is something to put in order."""
    call = proposal.challenge.call
    if call is None or not call.is_one_win:
        raise Missing
    return call, entries_of(call, proposal.bidder)


@bp.route("/proposals/<code>/order", methods=["GET", "POST"])
@requires("proposal.order", proposal_by_code)
def order(proposal: Proposal) -> ResponseReturnValue:
    """Which challenge a startup wants to win most: its own, sealed until every vault is open."""
    call, entries = _ordering(proposal)
    bidder, closes_at = proposal.bidder, last_deadline(call)
    preference = preference_of(call, bidder)
    entries = in_order(entries, own_order(call, bidder, vault()))
    stored = {field_of(row): str(n) for n, row in enumerate(entries, 1)}
    form = order_form(entries, {row.challenge.code: title_of(row.challenge) for row in entries})
    slip = form.from_request(version=preference.version if preference else 0, **stored)
    differences: Sequence[Any] = ()
    if slip.is_accepted() and _has_each_place_once(slip, entries):
        told = sorted(entries, key=lambda row: int(slip[field_of(row)].data))
        try:
            _save(call, bidder, told, slip.version.data or 0)
        except OrderedMeanwhile:
            differences = slip.differences(stored)
            slip.version.process_data(preference.version if preference else 0)
        else:
            flash(_("Your order is saved and sealed."))
            return redirect(url_for("proposals.show", code=proposal.code))
    page = render_template(
        "calls/order.html",
        proposal=proposal,
        call=call,
        name=call_name(call, page_language()),
        entries=[(row, title_of(row.challenge), field_of(row)) for row in entries],
        form=slip,
        differences=differences,
        preference=preference,
        closes_at=closes_at,
        is_open=closes_at is not None and now() < closes_at,
    )
    return page, 409 if differences else slip.status


def _save(call: Call, bidder: Organisation, told: Sequence[Proposal], version: int) -> None:
    codes = [row.challenge.code for row in told]
    with transaction():
        order_entries(call, bidder, codes, version=version, by=me(), at=now(), vault=vault())


def _has_each_place_once(form: OrderForm, entries: Sequence[Proposal]) -> bool:
    taken: dict[str, str] = {}
    for row in entries:
        field = form[field_of(row)]
        if field.data in taken:
            sentence = _(
                "Place %(place)s is given twice: also to “%(title)s”.",
                place=field.data,
                title=taken[field.data],
            )
            form.add_error(field.name, sentence)
        taken.setdefault(field.data, str(field.label.text))
    return not form.errors
