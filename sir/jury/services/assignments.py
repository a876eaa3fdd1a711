"""Dividing a large first round over the jury: all of it at once, or nothing (jury: R1, F14)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from sir.journal.services import record
from sir.jury.models import Assignment, Round, RoundState, Seat, Sheet
from sir.jury.queries.assignments import handed_out, latest_assignment, tied_pairs
from sir.jury.queries.seats import proposals_of, voting_seats
from sir.jury.rules.assignment import assign
from sir.jury.rules.problem import Obstacle, Obstructed, Pair, Problem
from sir.jury.rules.problemfile import read_problem, written_assignment, written_problem
from sir.jury.rules.reading import parse
from sir.jury.rules.sheets import length, reading_order
from sir.jury.rules.wishes import Wishes, kept_wishes
from sir.jury.services.progress import count_again
from sir.jury.services.rounds import begin_scoring, exclude_members_of_bidders, write_to
from sir.jury.services.seats import new_sheet
from sir.jury.services.suspensions import check_going
from sir.kernel.canonical import canonical, sha256
from sir.kernel.codes import new_code
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.i18n import _, lazy
from sir.people.models import Person
from sir.ports.solver import Solver
from sir.proposals.models import Proposal

REASON_LENGTH = 20  # characters that explain why proposals are divided again
CHURN = 1  # what it costs, against a fit of 0 to 9, to take unbegun work from somebody

WHY: dict[str, Any] = {
    "too_few_jurors": lazy(
        "Proposal %(proposals)s needs %(need)s jurors; these may read it: %(jurors)s."
    ),
    "no_expert": lazy("No expert on proposal %(proposals)s may read it. Experts: %(jurors)s."),
    "too_little_capacity": lazy(
        "Together the proposals must be read %(need)s times, and the jurors may read %(have)s."
        " Raise the highest loads or invite more jurors."
    ),
    "promised": lazy(
        "The lowest loads add up to %(need)s readings, and there are only %(have)s. Lower them."
    ),
    "load_too_high": lazy(
        "%(jurors)s must read at least %(need)s proposals and may read %(have)s."
    ),
    "fixed_conflict": lazy(
        "%(jurors)s began on proposal %(proposals)s and has declared a tie with its bidder."
    ),
    "fixed_crowded": lazy(
        "More jurors have a sheet on proposal %(proposals)s than are to read it."
    ),
    "fixed_burdened": lazy("%(jurors)s has more proposals already than the highest load."),
    "fixed_together": lazy(
        "%(jurors)s are kept apart, and both have a sheet on proposal %(proposals)s."
    ),
    "gets_few": lazy("Proposal %(proposals)s would get %(have)s of its %(need)s jurors."),
    "gets_little": lazy("%(jurors)s would get %(have)s of at least %(need)s proposals."),
    "gets_no_expert": lazy("Proposal %(proposals)s would get none of its experts: %(jurors)s."),
    "gets_together": lazy("%(jurors)s would both read proposal %(proposals)s."),
}
NAMED = 6  # a sentence names so many and counts the rest
SENTENCES = 8


def propose_assignment(  # noqa: PLR0913 - a division has this many sides
    round_: Round, *, wishes: Wishes, reason: str, solver: Solver, by: Person, at: datetime
) -> Assignment:
    """Work out a division of all proposals and keep it to be looked at; nobody reads by it yet.

    Work that was begun stays where it is. Raises Refused with who stands in the way and why.
    """
    _check_time(round_)
    before = latest_assignment(round_)
    begun = handed_out(round_)
    if begun and length(reason) < REASON_LENGTH:
        raise Refused(_("Say in a sentence why you divide the proposals again."))
    seats = voting_seats(round_.challenge)
    problem = problem_of(round_, seats, wishes, begun)
    made = _assigned(problem, seats, solver)
    inputs = canonical(written_problem(problem))
    assignment = Assignment(
        code=new_code(),
        round=round_,
        number=before.number + 1 if before else 1,
        wishes=kept_wishes(wishes),
        inputs=inputs.decode(),
        inputs_sha256=sha256(inputs),
        result=made,
        reason=reason or ("" if before is None else _("Made again before anybody read.")),
        made_at=at,
        made_by_id=by.id,
    )
    db.session.add(assignment)
    record(
        "assignment.made",
        assignment,
        by=by,
        at=at,
        stream=round_.challenge.code,
        inputs=assignment.inputs_sha256,
    )
    return assignment


def _check_time(round_: Round) -> None:
    if round_.challenge.plan.readers is None:
        raise Refused(_("By the published plan every juror reads every proposal."))
    check_going(round_)
    if round_.state not in {RoundState.CONFLICT_CHECK, RoundState.INDIVIDUAL}:
        raise Refused(_("The jury already confers, so the proposals stay divided as they are."))


def problem_of(
    round_: Round, seats: list[Seat], wishes: Wishes, begun: Mapping[Pair, bool]
) -> Problem:
    """Give the question as the engine wants it: seats by label, proposals by number."""
    challenge = round_.challenge
    readers = challenge.plan.readers
    assert readers is not None, "Only a plan with readers divides the proposals."
    numbers = [str(proposal.number) for proposal in proposals_of(challenge)]
    labels = [seat.label for seat in seats]
    known = set(labels)
    fixed = {pair for pair, is_begun in begun.items() if is_begun or not wishes.may_move}
    experts = {p: names & known for p, names in wishes.experts.items() if p in numbers}
    return Problem(
        proposals=tuple(numbers),
        jurors=tuple(labels),
        demand=dict.fromkeys(numbers, readers),
        loads={label: wishes.loads.get(label, (0, len(numbers))) for label in labels},
        affinity={
            p: {label: fit for label, fit in fits.items() if label in known}
            for p, fits in wishes.affinity.items()
            if p in numbers
        },
        conflicts=frozenset(
            pair for pair in tied_pairs(challenge) | _barred(wishes) if pair[1] in known
        ),
        experts={p: frozenset(names) for p, names in experts.items()},
        avoid=tuple(pair for pair in wishes.avoid if {pair.one, pair.other} <= known),
        fixed=frozenset(fixed),
        previous=frozenset(begun),
        churn=CHURN if wishes.may_move else 0,
    )


def _barred(wishes: Wishes) -> frozenset[Pair]:
    return frozenset((number, label) for number, row in wishes.barred.items() for label in row)


def _assigned(problem: Problem, seats: list[Seat], solver: Solver) -> dict[str, Any]:
    try:
        return written_assignment(assign(problem, solver))
    except Obstructed as refusal:
        names = {seat.label: f"{seat.label} {seat.name}" for seat in seats}
        sentences = [_sentence(row, names) for row in refusal.obstacles[:SENTENCES]]
        if len(refusal.obstacles) > SENTENCES:
            left = len(refusal.obstacles) - SENTENCES
            sentences.append(_("And %(n)s more of such reasons.", n=left))
        raise Refused(*sentences) from refusal


def _sentence(row: Obstacle, names: Mapping[str, str]) -> str:
    return str(WHY[row.kind]) % {
        "proposals": _few(row.proposals),
        "jurors": _few([names.get(juror, juror) for juror in row.jurors]) or _("nobody"),
        "have": row.have,
        "need": row.need,
    }


def _few(names: Any) -> str:
    every = list(names)
    rest = _(" and %(n)s more", n=len(every) - NAMED) if len(every) > NAMED else ""
    return ", ".join(every[:NAMED]) + rest


def accept_assignment(assignment: Assignment, *, by: Person, at: datetime) -> None:
    """Put a division in force: every sheet at once.

    The first one lets the jury begin to score. A later one hands out what is new and takes back
    only sheets on which nobody wrote anything. Refuses when the jury, the proposals or the begun
    work changed since it was made.
    """
    round_ = assignment.round
    _check_time(round_)
    if assignment.accepted_at is not None or latest_assignment(round_) is not assignment:
        raise Refused(_("This division is in force already, or a newer one was made."))
    if round_.state is RoundState.CONFLICT_CHECK:
        exclude_members_of_bidders(round_, at)
    pairs = {(p, j) for p, j in assignment.result["pairs"]}
    seats = voting_seats(round_.challenge)
    proposals = {str(row.number): row for row in proposals_of(round_.challenge)}
    begun = handed_out(round_)
    _check_same(assignment, pairs, {seat.label for seat in seats}, proposals.keys(), begun)
    assignment.accepted_at, assignment.accepted_by_id = at, by.id
    record(
        "assignment.accepted",
        assignment,
        by=by,
        at=at,
        stream=round_.challenge.code,
        inputs=assignment.inputs_sha256,
        pairs=len(pairs),
    )
    own: dict[str, list[Proposal]] = defaultdict(list)
    for proposal, label in sorted(pairs - begun.keys()):
        own[label].append(proposals[proposal])
    if round_.state is RoundState.CONFLICT_CHECK:
        begin_scoring(round_, lambda seat: hand_out(round_, seat, own[seat.label]), by=by, at=at)
        return
    _take_back(round_, begun.keys() - pairs)
    for seat in seats:
        if own[seat.label]:
            hand_out(round_, seat, own[seat.label])
            write_to(seat, "start", round_, at)
        count_again(round_, seat, at=at)


def _check_same(
    assignment: Assignment,
    pairs: set[Pair],
    labels: set[str],
    numbers: Any,
    begun: Mapping[Pair, bool],
) -> None:
    problem = read_problem(parse(assignment.inputs.encode()))
    is_same = (
        set(problem.jurors) == labels
        and set(problem.proposals) == set(numbers)
        and {pair for pair, is_begun in begun.items() if is_begun} <= pairs
        and not pairs & tied_pairs(assignment.round.challenge)
    )
    if not is_same:
        raise Refused(
            _(
                "The jury, the proposals or the work that was begun changed since this division"
                " was made. Make a new one."
            )
        )


def hand_out(round_: Round, seat: Seat, proposals: list[Proposal]) -> None:
    """Give a seat sheets on these proposals, after those it has, in its own drawn order."""
    last = db.session.scalar(
        select(func.max(Sheet.position)).where(
            Sheet.round_id == round_.id, Sheet.seat_id == seat.id
        )
    )
    by_code = {proposal.code: proposal for proposal in proposals}
    order = reading_order(round_.order_key, seat.code, by_code)
    for position, code in enumerate(order, (last or 0) + 1):
        db.session.add(new_sheet(round_, seat, by_code[code], position))


def _take_back(round_: Round, pairs: set[Pair]) -> None:
    """Remove sheets nobody wrote on; a version that rose in the meantime stops it all."""
    if not pairs:
        return
    for sheet in db.session.scalars(
        select(Sheet).where(Sheet.round_id == round_.id, Sheet.saved_at.is_(None))
    ):
        if (str(sheet.proposal.number), sheet.seat.label) in pairs:
            db.session.delete(sheet)
    db.session.flush()  # the counts below look at what is left
