"""A jury that has finished, as far as a decision needs it: ranked, signed, with reasons."""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from sir.challenges.models import Challenge, ChallengeState
from sir.jury.models import ConsensusItem, ItemState, Ranking, RoundState
from sir.jury.rules.ranking import rank
from sir.jury.rules.reading import parse
from sir.jury.rules.roundfile import read_plan, read_scores, written_outcome
from sir.kernel.canonical import canonical, sha256
from sir.people.models import Person, Role
from sir.proposals.models import Proposal, ProposalState, Submission
from sir.terms.models import Terms
from tests.makers import (
    NOON,
    make_challenge,
    make_founder,
    make_organisation,
    make_person,
    make_proposal,
    make_round,
    make_seat,
    make_startup,
    make_team_member,
    number,
    save,
)

# points per criterion, by startup, best first
SCORES = {
    "Helder BV": ["8", "8", "8", "8"],
    "Praatplaat": ["6", "8", "6", "8"],
    "Taalwerk": ["6", "6", "4", "6"],
}
WEIGHTS = [40, 25, 20, 15]


@dataclass
class Story:
    challenge: Challenge
    officer: Person
    approver: Person
    secretary: Person
    proposals: list[Proposal] = field(default_factory=list)
    founders: list[Person] = field(default_factory=list)


def submitted(challenge, name, state, reason="", known=None):
    """Hand in for a new startup, or for a (startup, founder) that is there."""
    startup, founder = known or (make_startup(name=name, city="Utrecht"), None)
    founder = founder or make_founder(startup)
    proposal = make_proposal(
        challenge=challenge,
        bidder=startup,
        state=state,
        number=next(number),
        submitted_at=NOON - timedelta(days=10),
        inadmissible_reason=reason,
    )
    save(
        Submission(
            proposal=proposal,
            number=1,
            key=f"key{proposal.id}",
            receipt=f"receipt{proposal.id}",
            received_at=NOON - timedelta(days=10),
            sha256="0" * 64,
            anchor="0" * 64,
            pages=Decimal("2.5"),
            by=founder,
        )
    )
    return proposal, founder


def judged(
    scores=None,
    *,
    places=1,
    late=True,
    lang="nl",
    state=RoundState.DECIDED,
    title="Brieven die iedereen begrijpt",
    known=None,
    **given,
):
    """Tell the story up to the decision: scores, reasons, one bidder set aside when `late`.

    `known` holds startups with their founders by name, `given` is for the challenge.
    """
    scores = scores or SCORES
    challenge = make_challenge(
        state=ChallengeState.OPENED,
        terms=save(Terms(title=title, places=places)),
        buyer=given.pop("buyer", None)
        or make_organisation(
            name="Gemeente Lindehaven", city="Lindehaven", email="inkoop@lindehaven.example"
        ),
        **given,
    )
    story = Story(
        challenge,
        *(
            make_team_member(role, challenge)
            for role in (Role.OFFICER, Role.APPROVER, Role.SECRETARY)
        ),
    )
    seat = make_seat(challenge)
    came_from = RoundState.SIGNING if state is RoundState.SUSPENDED else None
    jury_round = make_round(challenge, state=state, suspended_from=came_from, locked_at=NOON)
    consensus = {}
    for name, points in scores.items():
        proposal, founder = submitted(
            challenge, name, ProposalState.OPENED, known=(known or {}).get(name)
        )
        founder.lang = lang
        story.proposals.append(proposal)
        story.founders.append(founder)
        consensus[str(proposal.number)] = {f"K{n}": p for n, p in enumerate(points, 1)}
        for criterion, score in zip(challenge.plan.criteria, points, strict=True):
            level = next(row for row in challenge.plan.levels if row.points == Decimal(score))
            save(
                ConsensusItem(
                    code=f"I{next(number)}",
                    round=jury_round,
                    proposal=proposal,
                    criterion=criterion,
                    position=next(number),
                    first_seat_id=seat.id,
                    level_id=level.id,
                    state=ItemState.AGREED,
                    reason=f"{name} over {criterion.name}: het plan is concreet en toetsbaar.",
                    agreed_at=NOON,
                )
            )
    if late:
        proposal, founder = submitted(
            challenge,
            "Te Laat BV",
            ProposalState.INADMISSIBLE,
            "De verklaring ontbrak, ook na ons verzoek om aanvulling.",
        )
        story.proposals.append(proposal)
        story.founders.append(founder)
    make_ranking(jury_round, consensus)
    return story


def make_ranking(jury_round, consensus, *, minimums=(), ranking_number=1, **given):
    """Rank by the very engine the jury room uses, and keep it as that room does."""
    minimum = dict(minimums)
    document = {
        "criteria": [
            {"key": f"K{n}", "weight": str(w), "maximum": "10", "minimum": minimum.get(f"K{n}")}
            for n, w in enumerate(WEIGHTS, 1)
        ],
        "scale": ["0", "2", "4", "6", "8", "10"],
        "method": "consensus",
        "decimals": 2,
        "minimum_total": None,
        "tie_order": ["K1", "K2", "K3", "K4"],
        "seed": None,
        "shortlist": None,
        "seats": ["J1"],
        "sheets": {proposal: {"J1": points} for proposal, points in consensus.items()},
        "consensus": consensus,
    } | given
    inputs = canonical(document).decode()
    parsed = parse(inputs.encode())
    return save(
        Ranking(
            code=f"RANK{next(number)}",
            round=jury_round,
            number=ranking_number,
            plan_sha256="0" * 64,
            inputs=inputs,
            inputs_sha256=sha256(inputs.encode()),
            result=written_outcome(rank(read_plan(parsed), read_scores(parsed))),
            app_version="test",
            made_at=NOON,
            made_by_id=make_person().id,
        )
    )
