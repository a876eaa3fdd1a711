"""Who wins: the best of a kept ranking that pass, as many as there are places to win."""

from __future__ import annotations

from collections.abc import Sequence

from sir.jury.models import Ranking, Round, RoundState
from sir.jury.rules.ranking import Place, rank
from sir.jury.rules.reading import parse
from sir.jury.rules.roundfile import read_plan, read_scores, written_outcome
from sir.jury.rules.snapshot import name_of
from sir.kernel.errors import Refused
from sir.kernel.i18n import _
from sir.proposals.models import Proposal, ProposalState


def has_decided(jury_round: Round) -> bool:
    """Say whether the jury has finished: every seat signed the report on the ranking."""
    return jury_round.state is RoundState.DECIDED


def places_of(ranking: Ranking) -> tuple[Place, ...]:
    """Read the places back from a kept ranking: its inputs, by the engine that made it.

    Raises Refused when the kept outcome is not what its inputs give.
    """
    document = parse(ranking.inputs.encode())
    outcome = rank(read_plan(document), read_scores(document))
    written = written_outcome(outcome)
    if any(ranking.result[key] != value for key, value in written.items()):
        raise Refused(_("The kept ranking does not follow from its inputs. Ask the platform."))
    return outcome.places


def winners(places: Sequence[Place], count: int) -> list[Place]:
    """Give the best that pass every minimum, as many as there are places to win, in order.

    After pitches only a finalist can win.
    """
    return [place for place in places if place.passes and place.is_finalist][:count]


def is_line_tied(places: Sequence[Place], count: int) -> bool:
    """Say whether the last place to win is shared: no score, tie list or lot parts the two."""
    passing = [place for place in places if place.passes and place.is_finalist]
    if len(passing) <= count:
        return False
    last, next_one = passing[count - 1], passing[count]
    return (
        last.decided_by is None
        and next_one.decided_by is None
        and (last.score, last.points) == (next_one.score, next_one.points)
    )


def standing_places(ranking: Ranking, proposals: Sequence[Proposal]) -> list[Place]:
    """Leave out whoever was set aside after the ranking; the others keep their order (R18)."""
    aside = {name_of(row) for row in proposals if row.state is ProposalState.INADMISSIBLE}
    places = [place for place in places_of(ranking) if place.proposal not in aside]
    if {place.proposal for place in places} != {name_of(row) for row in proposals} - aside:
        raise Refused(_("The ranking does not hold every admissible proposal. Rank again first."))
    return places
