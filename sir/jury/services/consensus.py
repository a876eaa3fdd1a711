"""The jury together: one level and one reason per criterion of every proposal."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from sir.journal.services import record
from sir.jury.lifecycle import ITEM, ROUND, SHEET
from sir.jury.models import ConsensusItem, Round, RoundState, SeatKind
from sir.jury.queries.rounds import tally
from sir.jury.queries.seats import voting_seats
from sir.jury.queries.sheets import counted_sheets, sheets_on
from sir.jury.rules.agenda import agenda, first_speaker, needs_extra_reason
from sir.jury.rules.sheets import REASON_LIMIT, length
from sir.jury.services.sheets import ChangedMeanwhile
from sir.kernel.codes import new_code
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.i18n import _
from sir.people.models import Person
from sir.workflows.models import Level, Method


def open_consensus(round_: Round, *, by: Person, at: datetime) -> None:
    """Bring the jury together once every voting seat submitted everything (R3, R7).

    From here the sheets are locked and the jury sees each other's. The agenda puts the widest
    disagreement first; who speaks first is drawn, and never the chair.
    """
    ROUND.move("confer", round_, at, given=tally(round_))
    round_.conferred_at = at
    challenge = round_.challenge
    levels: dict[tuple[str, str], list[int]] = defaultdict(list)
    proposals, criteria = {}, {row.key: row for row in challenge.plan.criteria}
    for sheet in counted_sheets(round_):
        SHEET.move("lock", sheet, at)
        proposals[sheet.proposal.code] = sheet.proposal
        for cell in sheet.cells:
            assert cell.level is not None, "A submitted sheet is complete."
            levels[sheet.proposal.code, cell.criterion.key].append(cell.level.position)
    speakers = {
        seat.code: seat for seat in voting_seats(challenge) if seat.kind is not SeatKind.CHAIR
    }
    for position, (proposal, key) in enumerate(agenda(round_.order_key, levels), 1):
        db.session.add(
            ConsensusItem(
                code=new_code(10),
                round=round_,
                proposal=proposals[proposal],
                criterion=criteria[key],
                position=position,
                first_seat=speakers[
                    first_speaker(round_.order_key, (proposal, key), list(speakers))
                ],
            )
        )
    record("consensus.opened", round_, by=by, at=at, stream=challenge.code)


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
    if version != item.version:
        raise ChangedMeanwhile(_("This agreement was changed in the meantime."))
    if round_.state is not RoundState.CONSENSUS:
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
    positions = [
        cell.level.position
        for sheet in sheets_on(item.round, item.proposal)
        for cell in sheet.cells
        if cell.criterion_id == item.criterion_id and cell.level is not None
    ]
    return needs_extra_reason(level.position, positions)


def lock_quality(round_: Round, *, by: Person, at: datetime) -> None:
    """Settle the quality scores: every criterion of every proposal is agreed."""
    ROUND.move("lock", round_, at, given=tally(round_))
    round_.locked_at = at
    record("quality.locked", round_, by=by, at=at, stream=round_.challenge.code)
