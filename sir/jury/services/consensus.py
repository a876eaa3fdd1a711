"""The jury together: one level and one reason per criterion of every proposal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from sir.journal.services import record
from sir.jury.lifecycle import ITEM, ROUND, SHEET
from sir.jury.models import (
    ConsensusItem,
    Discussion,
    Round,
    RoundState,
    Seat,
    SeatKind,
    Sheet,
    Stage,
)
from sir.jury.queries.assignments import unread
from sir.jury.queries.inquiries import is_waiting
from sir.jury.queries.rounds import tally
from sir.jury.queries.sheets import counted_sheets, positions_on
from sir.jury.rules.agenda import agenda, first_speaker, needs_extra_reason
from sir.jury.rules.second import Standing
from sir.jury.rules.sheets import REASON_LIMIT, drawn, length
from sir.jury.services.sheets import ChangedMeanwhile
from sir.jury.services.suspensions import check_going
from sir.kernel.codes import new_code
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.i18n import _
from sir.people.models import Person
from sir.workflows.models import Level, Method

NAMED = 10  # proposals that a refusal names
AGREES_IN = {Stage.PAPER: RoundState.CONSENSUS, Stage.PITCH: RoundState.RECONSIDERING}


def open_consensus(round_: Round, *, by: Person, at: datetime) -> None:
    """Bring the jury together once every voting seat submitted everything (R3, R7).

    From here the sheets are locked and the jury sees each other's. The agenda puts the widest
    disagreement first; who speaks first is drawn, and never the chair.
    """
    check_going(round_)
    readers = round_.challenge.plan.readers
    if readers is not None and (numbers := unread(round_, readers)):
        raise Refused(
            _(
                "Not every proposal was scored by %(n)s jurors. Still open: proposal %(numbers)s.",
                n=readers,
                numbers=", ".join(map(str, numbers[:NAMED])) + (" …" if numbers[NAMED:] else ""),
            )
        )
    ROUND.move("confer", round_, at, given=tally(round_))
    round_.conferred_at = at
    challenge = round_.challenge
    sheets = counted_sheets(round_)
    for sheet in sheets:
        SHEET.move("lock", sheet, at)
    draw_agenda(round_, sheets, Stage.PAPER, {})
    record("consensus.opened", round_, by=by, at=at, stream=challenge.code)


def draw_agenda(round_: Round, sheets: Iterable[Sheet], stage: Stage, standing: Standing) -> None:
    """Put what these sheets are about on the agenda, and draw who speaks first on each item."""
    challenge = round_.challenge
    levels: dict[tuple[str, str], list[int]] = defaultdict(list)
    proposals, criteria = {}, {row.key: row for row in challenge.plan.criteria}
    panels: dict[str, dict[str, Seat]] = defaultdict(dict)  # who read each proposal
    for sheet in sheets:
        proposals[sheet.proposal.code] = sheet.proposal
        panels[sheet.proposal.code][sheet.seat.code] = sheet.seat
        for cell in sheet.cells:
            assert cell.level is not None, "A submitted sheet is complete."
            level = standing.get((sheet.id, cell.criterion_id), cell.level)
            levels[sheet.proposal.code, cell.criterion.key].append(level.position)
    for position, (proposal, key) in enumerate(agenda(_drawing(round_, stage), levels), 1):
        db.session.add(
            ConsensusItem(
                code=new_code(10),
                round=round_,
                proposal=proposals[proposal],
                criterion=criteria[key],
                stage=stage,
                position=position,
                first_seat=panels[proposal][
                    first_speaker(
                        _drawing(round_, stage), (proposal, key), _speakers(panels[proposal])
                    )
                ],
            )
        )


def _speakers(panel: Mapping[str, Seat]) -> list[str]:
    """Give who may speak first: whoever read the proposal, and the chair only when alone."""
    others = [code for code, seat in panel.items() if seat.kind is not SeatKind.CHAIR]
    return others or list(panel)


def _drawing(round_: Round, stage: Stage) -> bytes:
    """Give what the order is drawn with: another draw for each stage."""
    if stage is Stage.PAPER:
        return round_.order_key
    return drawn(round_.order_key, stage.value)


def agree_item(  # noqa: PLR0913 - an agreement has this many sides
    item: ConsensusItem,
    *,
    version: int,
    level: Level | None,
    reason: str,
    extra_reason: str = "",
    minority: str = "",
    by: Person,
    at: datetime,
) -> None:
    """Write down what the jury agreed, with its one reason and perhaps a minority view.

    A level off the individual range, or more than one from the median, asks for an extra
    reason. By the published method of the mean there is no level to agree, only a reason.
    Raises ChangedMeanwhile when `version` is not the stored one.
    """
    round_, plan = item.round, item.round.challenge.plan
    check_going(round_)
    if version != item.version:
        raise ChangedMeanwhile(_("This agreement was changed in the meantime."))
    if round_.state is not AGREES_IN[item.stage]:
        raise Refused(_("The jury is not conferring, so nothing can be agreed."))
    if plan.method is Method.MEAN:
        level = None
    elif level is None or level.plan_id != plan.id:
        raise Refused(_("Choose a level of the published scale."))
    if not plan.min_reason <= length(reason) or len(reason) > REASON_LIMIT:
        raise Refused(
            _("Give the jury's reason in at least %(length)s characters.", length=plan.min_reason)
        )
    if level is not None and _asks_more(item, level) and length(extra_reason) < plan.min_reason:
        raise Refused(
            _(
                "This level differs from what the jurors gave. Explain that in at least"
                " %(length)s characters.",
                length=plan.min_reason,
            )
        )
    ITEM.move("agree_with_minority" if minority else "agree", item, at)
    item.level = level
    item.reason = reason
    item.extra_reason = extra_reason
    item.minority = minority
    item.agreed_at = at
    item.agreed_by_id = by.id
    record("item.agreed", item, by=by, at=at, stream=round_.challenge.code)


def _asks_more(item: ConsensusItem, level: Level) -> bool:
    return needs_extra_reason(level.position, positions_on(item))


def begin_item(item: ConsensusItem, *, by: Person, at: datetime) -> None:
    """Begin to discuss an item: from here everybody's timer runs, and the screen shows it."""
    round_ = item.round
    check_going(round_)
    if round_.state is not AGREES_IN[item.stage]:
        raise Refused(_("The jury is not conferring, so nothing can be agreed."))
    if item.discussion is None:
        item.discussion = Discussion(item_id=item.id, begun_at=at)
    item.discussion.begun_at = at
    record("item.begun", item, by=by, at=at, stream=round_.challenge.code)


def lock_quality(round_: Round, *, by: Person, at: datetime) -> None:
    """Settle the quality scores: every criterion of every proposal is agreed."""
    check_going(round_)
    if is_waiting(round_, at):
        raise Refused(_("A written question is open. Wait until the time to answer it is over."))
    ROUND.move("lock", round_, at, given=tally(round_))
    round_.locked_at = at
    record("quality.locked", round_, by=by, at=at, stream=round_.challenge.code)
