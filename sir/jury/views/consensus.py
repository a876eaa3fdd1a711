"""The consensus board: the agenda, and one criterion of one proposal at a time (S7)."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sir.jury.forms import ItemForm
from sir.jury.models import Cell, ConsensusItem, ItemState, Round, RoundState, Seat, SeatKind
from sir.jury.queries import item_by_code, items_of, round_by_code, sheets_on
from sir.jury.rules.agenda import DISCUSS, marked, spread
from sir.jury.services import agree_item
from sir.jury.services.sheets import ChangedMeanwhile
from sir.jury.views.door import bp, level_at, masked, scale_of
from sir.kernel.errors import Refused
from sir.kernel.i18n import _
from sir.kernel.transaction import transaction
from sir.permissions import may
from sir.web.forms import Difference
from sir.web.gate import me, now, requires, standing
from sir.web.locale import page_language
from sir.workflows.models import Method


@bp.get("/rounds/<code>/consensus")
@requires("consensus.read", round_by_code)
def agenda(round_: Round) -> ResponseReturnValue:
    """What the jury discusses, the widest disagreement first."""
    return render_template(
        "jury/agenda.html",
        round=round_,
        challenge=round_.challenge,
        items=items_of(round_),
        masked=masked(round_),
    )


def _form(item: ConsensusItem) -> ItemForm:
    return ItemForm.from_request(
        version=item.version,
        level=str(item.level.position) if item.level else "",
        reason=item.reason,
        extra_reason=item.extra_reason,
        minority=item.minority,
    )


@bp.get("/consensus/<code>")
@requires("consensus.read", item_by_code)
def item(item: ConsensusItem) -> ResponseReturnValue:
    """Everybody's level and reason side by side, and what the jury agreed."""
    return _page(item, _form(item)), 200


@bp.post("/consensus/<code>")
@requires("consensus.agree", item_by_code)
def agree(item: ConsensusItem) -> ResponseReturnValue:
    """Write down what the jury agreed; nothing that was typed is lost."""
    form = _form(item)
    if not form.is_accepted():
        return _page(item, form), form.status
    try:
        with transaction():
            agree_item(
                item,
                version=form.version.data or 0,
                level=level_at(item.round.challenge.plan, form.position),
                reason=str(form.reason.data),
                extra_reason=form.extra_reason.data or "",
                minority=form.minority.data or "",
                by=me(),
                at=now(),
            )
    except ChangedMeanwhile:
        rows = form.differences(_stored(item))
        form.version.data, form.version.raw_data = item.version, None
        return _page(item, form, rows), 409
    except Refused as refusal:
        for sentence in refusal.sentences:
            form.add_error(None, str(sentence))
        return _page(item, form), form.status
    flash(_("Written down."))
    return redirect(_after(item))


def _stored(item: ConsensusItem) -> dict[str, str]:
    return {
        "level": str(item.level.position) if item.level else "",
        "reason": item.reason,
        "extra_reason": item.extra_reason,
        "minority": item.minority,
    }


def _after(item: ConsensusItem) -> str:
    """Go to the next open item of the agenda, or back to it when nothing is open."""
    rows = items_of(item.round)
    later = [row for row in rows if row.position > item.position]
    for row in [*later, *rows]:
        if row.state is ItemState.OPEN:
            return url_for("jury.item", code=row.code)
    return url_for("jury.agenda", code=item.round.code)


def _page(item: ConsensusItem, form: ItemForm, rows: Sequence[Difference] = ()) -> str:
    plan = item.round.challenge.plan
    votes = _votes(item)
    positions = [vote.level.position for vote in votes.values() if vote.level]
    agenda_rows = items_of(item.round)
    return render_template(
        "jury/item.html",
        item=item,
        round=item.round,
        challenge=item.round.challenge,
        plan=plan,
        form=form,
        conflict=rows,
        votes=votes,
        spread=spread(positions),
        is_wide=spread(positions) >= DISCUSS,
        marked=marked(positions),
        scale=scale_of(plan, item.criterion.anchors, page_language()),
        is_mean=plan.method is Method.MEAN,
        is_open=item.round.state is RoundState.CONSENSUS
        and may(standing(), "consensus.agree", item),
        masked=masked(item.round),
        previous=_beside(agenda_rows, item, -1),
        following=_beside(agenda_rows, item, 1),
        total=len(agenda_rows),
        is_projected="projector" in request.args,
    )


def _votes(item: ConsensusItem) -> dict[Seat, Cell]:
    """Give each juror's own level and reason, in the order they speak: the chair comes last."""
    votes = {
        sheet.seat: cell
        for sheet in sheets_on(item.round, item.proposal)
        for cell in sheet.cells
        if cell.criterion_id == item.criterion_id
    }
    seats = sorted(
        votes,
        key=lambda seat: (seat.kind is SeatKind.CHAIR, seat.id != item.first_seat_id, seat.id),
    )
    return {seat: votes[seat] for seat in seats}


def _beside(rows: Sequence[ConsensusItem], item: ConsensusItem, step: int) -> ConsensusItem | None:
    return next((row for row in rows if row.position == item.position + step), None)
