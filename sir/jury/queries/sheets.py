"""Questions about score sheets and what the jury agreed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, lazyload
from sqlalchemy.orm.attributes import set_committed_value

from sir.challenges.models import Challenge
from sir.challenges.queries import IN_BRIEF, recall_plan
from sir.jury.models import (
    Cell,
    ConsensusItem,
    Declaration,
    Discussion,
    Occasion,
    Round,
    RoundState,
    Seat,
    Sheet,
    SheetState,
    Stage,
    Tie,
    Workload,
)
from sir.jury.queries.seats import IS_OPEN, the_one
from sir.jury.queries.second import counted_seconds
from sir.jury.rules.second import standing_levels
from sir.kernel.database import db
from sir.people.models import Organisation, Person
from sir.proposals.models import Proposal
from sir.workflows.models import Level

DESK = 25  # sheets on one page of a juror's list


_BY_CODE = (
    select(Sheet)
    .where(Sheet.code == bindparam("code"))
    .options(
        joinedload(Sheet.seat),
        joinedload(Sheet.proposal)
        .joinedload(Proposal.bidder)
        .load_only(Organisation.code, Organisation.name),
        joinedload(Sheet.round).joinedload(Round.challenge).options(IN_BRIEF),
        lazyload(Sheet.cells),
    )
)
_CELLS = select(Cell).where(Cell.sheet_id == bindparam("sheet_id"))


def sheet_by_code(code: str) -> Sheet:
    """Find a sheet, with its juror, its proposal and the plan it is filled in by."""
    sheet: Sheet = the_one(_BY_CODE, code=code)
    recall_plan(sheet.round.challenge)
    cells = db.session.scalars(_CELLS, {"sheet_id": sheet.id}).all()
    set_committed_value(sheet, "cells", list(cells))
    return _with_parts([sheet], sheet.round)[0]


def writable_among(codes: Sequence[str], person: Person) -> list[str]:
    """Say which of these sheets are somebody's own and still theirs to fill in."""
    return list(
        db.session.scalars(
            select(Sheet.code)
            .join(Sheet.seat)
            .join(Sheet.round)
            .where(
                Sheet.code.in_(codes),
                Sheet.state == SheetState.DRAFT,
                Seat.person_id == person.id,
                Seat.vacated_at.is_(None),
                or_(
                    Round.state == RoundState.INDIVIDUAL,
                    Round.suspended_from == RoundState.INDIVIDUAL,
                ),
            )
            .order_by(Sheet.code)
        )
    )


def _with_parts(sheets: list[Sheet], round_: Round) -> list[Sheet]:
    """Let each cell point to the parts that its plan has already: nothing is asked for them."""
    plan = round_.challenge.plan
    criteria = {row.id: row for row in plan.criteria}
    levels = {row.id: row for row in plan.levels}
    for sheet in sheets:
        for cell in sheet.cells:
            set_committed_value(cell, "criterion", criteria[cell.criterion_id])
            level = levels[cell.level_id] if cell.level_id is not None else None
            set_committed_value(cell, "level", level)
    return sheets


def sheets_of(round_: Round, seat: Seat) -> list[Sheet]:
    """List a juror's own sheets in their own drawn order."""
    return list(
        db.session.scalars(
            select(Sheet)
            .where(Sheet.round_id == round_.id, Sheet.seat_id == seat.id)
            .order_by(Sheet.position)
            .options(joinedload(Sheet.proposal).joinedload(Proposal.bidder))
        )
    )


def sheets_in(round_: Round) -> list[Sheet]:
    """List every sheet of a round."""
    return list(db.session.scalars(select(Sheet).where(Sheet.round_id == round_.id)))


def earlier_sheets(round_: Round) -> dict[tuple[int, int], Sheet]:
    """Find the sheets of the round before, by seat and proposal; void ones are left out."""
    rows = db.session.scalars(
        select(Sheet)
        .join(Sheet.round)
        .where(
            Round.challenge_id == round_.challenge_id,
            Round.number == round_.number - 1,
            Sheet.state != SheetState.VOID,
        )
    )
    return {(sheet.seat_id, sheet.proposal_id): sheet for sheet in rows}


class Row(NamedTuple):
    """What a juror's list tells of one of their sheets: nothing that was scored."""

    code: str
    position: int
    state: SheetState
    ready: int
    saved_at: datetime | None
    submitted_at: datetime | None
    number: int | None  # of the proposal
    bidder: str  # its name, for whoever may know it


_OWN_ROWS = (
    select(
        Sheet.code,
        Sheet.position,
        Sheet.state,
        Sheet.ready,
        Sheet.saved_at,
        Sheet.submitted_at,
        Proposal.number,
        Organisation.name,
    )
    .join(Sheet.proposal)
    .join(Proposal.bidder)
    .where(
        Sheet.round_id == bindparam("round_id"),
        Sheet.seat_id == bindparam("seat_id"),
        Sheet.position > bindparam("after"),
    )
    .order_by(Sheet.position)
    .limit(bindparam("most"))
)


def _own_rows(round_id: int, seat_id: int, after: int, most: int) -> list[Row]:
    given = {"round_id": round_id, "seat_id": seat_id, "after": after, "most": most}
    return [Row(*row) for row in db.session.execute(_OWN_ROWS, given)]


def list_page(round_: Round, seat: Seat, after: int) -> tuple[list[Row], bool]:
    """List a page of a juror's own sheets in their drawn order, and say whether there are more.

    `after` is the position of the last sheet on the page before.
    """
    found = _own_rows(round_.id, seat.id, after, DESK + 1)
    return found[:DESK], len(found) > DESK


def grid_page(
    round_: Round, seat: Seat, after: int, size: int | None = None
) -> tuple[list[Sheet], bool]:
    """List a page of a juror's own sheets, as `list_page` does, but with their scores."""
    size = size or DESK
    found = list(
        db.session.scalars(
            select(Sheet)
            .where(Sheet.round_id == round_.id, Sheet.seat_id == seat.id, Sheet.position > after)
            .order_by(Sheet.position)
            .limit(size + 1)
            .options(joinedload(Sheet.proposal).joinedload(Proposal.bidder))
        )
    )
    return _with_parts(found[:size], round_), len(found) > size


def counted_sheets(round_: Round) -> list[Sheet]:
    """List every sheet that counts, once the jury confers: void and vacated ones do not."""
    found = list(
        db.session.scalars(
            select(Sheet)
            .join(Sheet.seat)
            .where(Sheet.round_id == round_.id, Sheet.state != SheetState.VOID, IS_OPEN)
            .order_by(Sheet.seat_id, Sheet.proposal_id)
            .options(contains_eager(Sheet.seat), joinedload(Sheet.proposal))
        )
    )
    return _with_parts(found, round_)


def sheets_on(round_: Round, proposal: Proposal) -> list[Sheet]:
    """List the jurors' sheets on one proposal, once the jury confers."""
    found = list(
        db.session.scalars(
            select(Sheet)
            .join(Sheet.seat)
            .where(
                Sheet.round_id == round_.id,
                Sheet.proposal_id == proposal.id,
                Sheet.state != SheetState.VOID,
                IS_OPEN,
            )
            .order_by(Sheet.seat_id)
            .options(contains_eager(Sheet.seat))
        )
    )
    return _with_parts(found, round_)


def positions_on(item: ConsensusItem) -> list[int]:
    """List the levels the jurors stand by on one item: the second ones where they gave them."""
    standing = standing_levels(
        second
        for second in counted_seconds(item.round)
        if item.stage is Stage.PITCH or second.occasion is Occasion.DISCUSSION
    )
    return [
        standing.get((sheet.id, cell.criterion_id), cell.level).position
        for sheet in sheets_on(item.round, item.proposal)
        for cell in sheet.cells
        if cell.criterion_id == item.criterion_id and cell.level is not None
    ]


def apart_alone(round_: Round) -> dict[tuple[int, int], int]:
    """Say by (proposal, criterion) how many levels the jurors lay apart before they conferred."""
    position = Level.position
    rows = db.session.execute(
        select(Sheet.proposal_id, Cell.criterion_id, func.max(position) - func.min(position))
        .join(Sheet.seat)
        .join(Cell, Cell.sheet_id == Sheet.id)
        .join(Level, Level.id == Cell.level_id)
        .where(Sheet.round_id == round_.id, Sheet.state != SheetState.VOID, IS_OPEN)
        .group_by(Sheet.proposal_id, Cell.criterion_id)
    )
    return {(proposal, criterion): apart for proposal, criterion, apart in rows}


_ITEM = (
    joinedload(ConsensusItem.criterion),
    joinedload(ConsensusItem.first_seat),
    joinedload(ConsensusItem.proposal).joinedload(Proposal.bidder),
    joinedload(ConsensusItem.round).joinedload(Round.challenge).joinedload(Challenge.plan),
)


def item_by_code(code: str) -> ConsensusItem:
    """Find what the jury is to agree on one criterion of one proposal."""
    item: ConsensusItem = the_one(
        select(ConsensusItem).where(ConsensusItem.code == code).options(*_ITEM)
    )
    return item


def items_of(round_: Round, stage: Stage = Stage.PAPER) -> list[ConsensusItem]:
    """List the agenda of a stage: the widest disagreement first."""
    return list(
        db.session.scalars(
            select(ConsensusItem)
            .where(ConsensusItem.round_id == round_.id, ConsensusItem.stage == stage)
            .order_by(ConsensusItem.position)
            .options(
                joinedload(ConsensusItem.proposal).joinedload(Proposal.bidder),
                joinedload(ConsensusItem.criterion),
                joinedload(ConsensusItem.level),
                joinedload(ConsensusItem.first_seat),
            )
        )
    )


def latest_begun(round_: Round, stage: Stage) -> ConsensusItem | None:
    """Find what the jury discusses: the item it began last."""
    return db.session.scalar(
        select(ConsensusItem)
        .join(ConsensusItem.discussion)
        .where(ConsensusItem.round_id == round_.id, ConsensusItem.stage == stage)
        .order_by(Discussion.begun_at.desc(), ConsensusItem.position)
        .limit(1)
        .options(*_ITEM)
    )


def item_beside(item: ConsensusItem, stage: Stage) -> ConsensusItem | None:
    """Find what was agreed in another stage on the same criterion of the same proposal."""
    return db.session.scalar(
        select(ConsensusItem).where(
            ConsensusItem.round_id == item.round_id,
            ConsensusItem.proposal_id == item.proposal_id,
            ConsensusItem.criterion_id == item.criterion_id,
            ConsensusItem.stage == stage,
        )
    )


def standing_items(round_: Round) -> list[ConsensusItem]:
    """List what the jury agreed last on each criterion of each proposal."""
    again = {(row.proposal_id, row.criterion_id): row for row in items_of(round_, Stage.PITCH)}
    return [
        again.get((row.proposal_id, row.criterion_id), row) for row in items_of(round_, Stage.PAPER)
    ]


def neighbours(sheet: Sheet, reach: int = 4) -> list[Row]:
    """List a juror's sheets just before and after one: as many rows however many there are."""
    return _own_rows(sheet.round_id, sheet.seat_id, sheet.position - reach - 1, 2 * reach + 1)


class Work(NamedTuple):
    """How far a juror is with their own sheets."""

    ready: int
    total: int
    next: str | None  # the code of the first sheet that is not complete


_OWN = and_(Sheet.round_id == bindparam("round_id"), Sheet.seat_id == bindparam("seat_id"))
_WORK = select(
    Workload.ready,
    Workload.assigned,
    select(Sheet.code)
    .where(_OWN, Sheet.ready < bindparam("criteria"))
    .order_by(Sheet.position)
    .limit(1)
    .correlate(None)
    .scalar_subquery(),
).where(Workload.round_id == bindparam("round_id"), Workload.seat_id == bindparam("seat_id"))


def own_work(round_: Round, seat: Seat, criteria: int) -> Work:
    """Give how many of a juror's own sheets are complete, and the first that is not."""
    given = {"round_id": round_.id, "seat_id": seat.id, "criteria": criteria}
    found = db.session.execute(_WORK, given).one_or_none()
    return Work(*found) if found else Work(0, 0, None)


class Desk(NamedTuple):
    """How far a juror is, and what they declared about the bidder of one sheet."""

    ready: int = 0
    total: int = 0
    next: str | None = None  # the code of the first sheet that is not complete
    tie: Tie | None = None
    declared_at: datetime | None = None


_DESK = _WORK.add_columns(Declaration.tie, Declaration.signed_at).outerjoin(
    Declaration,
    and_(Declaration.seat_id == Workload.seat_id, Declaration.bidder_id == bindparam("bidder_id")),
)


def desk_of(sheet: Sheet, criteria: int) -> Desk:
    """Give what a juror's page tells around one of their sheets."""
    given = {"round_id": sheet.round_id, "seat_id": sheet.seat_id, "criteria": criteria}
    found = db.session.execute(_DESK, {**given, "bidder_id": sheet.proposal.bidder_id})
    row = found.one_or_none()
    return Desk(*row) if row else Desk()
