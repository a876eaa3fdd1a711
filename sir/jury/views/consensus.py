"""The consensus board: the agenda, and one criterion of one proposal at a time (S7)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sir.jury.forms import ItemForm
from sir.jury.models import (
    Cell,
    ConsensusItem,
    ItemState,
    Occasion,
    Round,
    RoundState,
    Seat,
    SeatKind,
    SecondCell,
    Sheet,
    Stage,
)
from sir.jury.queries import (
    advice_given,
    apart_alone,
    counted_seconds,
    item_beside,
    item_by_code,
    items_of,
    kept_from,
    latest_begun,
    positions_on,
    replies_on,
    round_by_code,
    seat_of,
    sheets_of,
    sheets_on,
)
from sir.jury.rules.agenda import DISCUSS, marked, speaking_order, spread
from sir.jury.rules.inquiries import is_read
from sir.jury.services import agree_item, begin_item
from sir.jury.services.consensus import AGREES_IN
from sir.jury.services.sheets import ChangedMeanwhile
from sir.jury.views.door import (
    ask_token,
    bp,
    level_at,
    masked,
    refused,
    scale_of,
    seen_answer,
    was_typed_in_vain,
)
from sir.kernel.errors import Missing, Refused
from sir.kernel.i18n import _
from sir.kernel.transaction import transaction
from sir.permissions import may
from sir.web.forms import Difference
from sir.web.gate import me, now, requires, standing
from sir.web.locale import page_language
from sir.workflows.models import Method, PitchKind


@bp.get("/rounds/<code>/consensus")
@requires("consensus.read", round_by_code)
def agenda(round_: Round) -> ResponseReturnValue:
    """What the jury discusses, the widest disagreement first."""
    rows = items_of(round_, _stage(round_))
    return render_template(
        "jury/agenda.html",
        round=round_,
        challenge=round_.challenge,
        items=rows,
        apart=apart_alone(round_) if _stage(round_) is Stage.PAPER else None,
        discuss_from=DISCUSS,
        stage=_stage(round_),
        mine=_second_looks(round_),
        kept=kept_from(round_, me()),
        masked=masked(round_),
    )


def _stage(round_: Round) -> Stage:
    """Say on what the jury agrees, or agreed last."""
    is_pitched = round_.reached is RoundState.RECONSIDERING or round_.pitched_at is not None
    rescores = round_.challenge.plan.pitch is PitchKind.RESCORE
    return Stage.PITCH if is_pitched and rescores else Stage.PAPER


def _second_looks(round_: Round) -> list[Sheet]:
    """List one's own sheets while a second one may be filed beside each (R8)."""
    seat = seat_of(round_.challenge_id, me())
    is_mean = round_.challenge.plan.method is Method.MEAN
    if seat is None or not is_mean or round_.state is not RoundState.CONSENSUS:
        return []
    return sheets_of(round_, seat)


@bp.post("/consensus/<code>/begin")
@requires("consensus.agree", item_by_code)
def begin(item: ConsensusItem) -> ResponseReturnValue:
    """Start the timer of an item; the screen shows it from now on."""
    ask_token()
    with transaction():
        begin_item(item, by=me(), at=now())
    return redirect(url_for("jury.item", code=item.code))


@bp.get("/rounds/<code>/screen")
@requires("consensus.read", round_by_code)
def screen(round_: Round) -> ResponseReturnValue:
    """The item under discussion, large, for everybody in the room."""
    stage = _stage(round_)
    found = latest_begun(round_, stage)
    if found is not None and found.proposal_id in kept_from(round_, me()):
        raise Missing
    return render_template(
        "jury/screen.html",
        round=round_,
        challenge=round_.challenge,
        item=found,
        seen=_seen(found),
        masked=masked(round_),
        at=now(),
        **(_board(found) if found else {}),
    )


def _seen(item: ConsensusItem | None) -> str:
    """Name what a screen shows, so that it can ask whether that is still so."""
    return f'"{item.code}.{item.version}.{item.begun_at}"'.replace(" ", "-") if item else '"none"'


@bp.get("/rounds/<code>/screen/seen")
@requires("consensus.read", round_by_code)
def screen_seen(round_: Round) -> ResponseReturnValue:
    """Whether the screen still shows what is under discussion."""
    return seen_answer(_seen(latest_begun(round_, _stage(round_))), {})


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
            following = _next_open(item)
            if following is not None and following.begun_at is None:
                begin_item(following, by=me(), at=now())
    except ChangedMeanwhile:
        rows = form.differences(_stored(item))
        form.version.data, form.version.raw_data = item.version, None
        return _page(item, form, rows), 409
    except Refused as refusal:
        status = refused(form, refusal)
        return _page(item, form), status
    flash(_("Written down."))
    if following is None:
        return redirect(url_for("jury.agenda", code=item.round.code))
    return redirect(url_for("jury.item", code=following.code))


def _stored(item: ConsensusItem) -> dict[str, str]:
    return {
        "level": str(item.level.position) if item.level else "",
        "reason": item.reason,
        "extra_reason": item.extra_reason,
        "minority": item.minority,
    }


def _next_open(item: ConsensusItem) -> ConsensusItem | None:
    """Find the next open item of the agenda, from here on and then from the top."""
    rows = items_of(item.round, item.stage)
    kept = kept_from(item.round, me())
    later = [row for row in rows if row.position > item.position]
    left = (row for row in [*later, *rows] if row.proposal_id not in kept)
    return next((row for row in left if row.state is ItemState.OPEN), None)


def _page(item: ConsensusItem, form: ItemForm, rows: Sequence[Difference] = ()) -> str:
    plan = item.round.challenge.plan
    agenda_rows = items_of(item.round, item.stage)
    kept = kept_from(item.round, me())
    readable = [row for row in agenda_rows if row.proposal_id not in kept]
    return render_template(
        "jury/item.html",
        item=item,
        round=item.round,
        challenge=item.round.challenge,
        plan=plan,
        form=form,
        conflict=rows,
        at=now(),
        paper=_on_paper(item),
        advised=advice_given(item.round, item.proposal),
        asked=replies_on(item.round, item.proposal),
        is_read=lambda inquiry: is_read(inquiry, now()),
        **_board(item),
        scale=scale_of(plan, item.criterion.anchors, page_language()),
        is_mean=plan.method is Method.MEAN,
        is_open=(was_typed_in_vain(item.round) or item.round.state is AGREES_IN[item.stage])
        and may(standing(), "consensus.agree", item),
        masked=masked(item.round),
        previous=_beside(reversed(readable), item),
        following=_beside(readable, item),
        total=len(agenda_rows),
    )


def _on_paper(item: ConsensusItem) -> ConsensusItem | None:
    """Find what the jury agreed before the pitch."""
    if item.stage is Stage.PAPER:
        return None
    return item_beside(item, Stage.PAPER)


class Vote(NamedTuple):
    """What one juror gave on an item: alone, and afterwards."""

    seat: Seat
    first: Cell
    later: list[tuple[Occasion, SecondCell]]


def _board(item: ConsensusItem) -> dict[str, Any]:
    """Everything the jury looks at while it speaks: votes, median, range; nothing is chosen."""
    positions = positions_on(item)
    return {
        "votes": _votes(item),
        "spread": spread(positions),
        "lowest": min(positions),
        "highest": max(positions),
        "is_wide": spread(positions) >= DISCUSS,
        "marked": marked(positions),
        "shows_names": item.round.challenge.plan.screen_names,
    }


def _votes(item: ConsensusItem) -> list[Vote]:
    """List each juror's levels and reasons, in the order they speak: the chair comes last."""
    seconds = [
        second
        for second in counted_seconds(item.round)
        if item.stage is Stage.PITCH or second.occasion is Occasion.DISCUSSION
    ]
    votes = [
        Vote(
            sheet.seat,
            cell,
            [
                (second.occasion, changed)
                for second in seconds
                if second.sheet_id == sheet.id
                for changed in second.cells
                if changed.criterion_id == item.criterion_id
                and changed.level_id not in {None, cell.level_id}
            ],
        )
        for sheet in sheets_on(item.round, item.proposal)
        for cell in sheet.cells
        if cell.criterion_id == item.criterion_id
    ]
    return sorted(
        votes,
        key=lambda vote: speaking_order(
            vote.seat.id, item.first_seat_id, is_chair=vote.seat.kind is SeatKind.CHAIR
        ),
    )


def _beside(rows: Iterable[ConsensusItem], item: ConsensusItem) -> ConsensusItem | None:
    """Find what comes after an item in these rows, which hold it."""
    found = iter(rows)
    return next(found, None) if any(row.id == item.id for row in found) else None
