"""What the juries of a call found, and the outcome that was recorded."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from sir.calls.models import Preference, Resolution
from sir.calls.queries.entries import as_they_came, in_order, place_of
from sir.calls.rules.callfile import read_market, written_market
from sir.calls.rules.market import Contest, Market
from sir.calls.rules.verdict import Verdict
from sir.challenges.models import Call, Challenge, ChallengeState
from sir.challenges.rules import counting, is_read
from sir.jury.models import Ranking
from sir.jury.queries.outcome import latest_ranking
from sir.jury.rules.ranking import Place
from sir.jury.rules.winners import has_decided, standing_places
from sir.kernel.canonical import canonical, sha256
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.i18n import _, lazy
from sir.people.models import Organisation
from sir.ports.vault import Vault, open_text
from sir.proposals.models import Proposal
from sir.proposals.queries import OPEN

NOT_YET = lazy("Not every jury of this call has signed its report yet.")
NO_RULE = lazy(
    "In this call a startup may win more than one challenge: there is nothing to resolve."
)
LETTERS_OUT = frozenset({ChallengeState.NOTIFIED, ChallengeState.AWARDED})


@dataclass(frozen=True)
class Progress:
    """How far one challenge of a call is."""

    challenge: Challenge
    ranking: Ranking | None
    is_done: bool  # every seat signed


def progress_of(call: Call) -> list[Progress]:
    """Say of each challenge that counts whether its jury has finished. No score is read."""
    found = []
    for challenge in counting(call):
        ranking = latest_ranking(challenge)
        found.append(
            Progress(challenge, ranking, ranking is not None and has_decided(ranking.round))
        )
    return found


@dataclass(frozen=True)
class Gathered:
    """All that an outcome follows from, with names and places for people to read."""

    market: Market
    inputs: str  # canonical JSON
    challenges: Mapping[str, Challenge]  # by code
    bidders: Mapping[str, Organisation]  # by code
    places: Mapping[tuple[str, str], Place]  # by challenge and startup
    own: frozenset[str]  # the startups that gave an order of their own
    gone: frozenset[str]  # the challenges whose letters are out

    @property
    def sha256(self) -> str:
        """Give the fingerprint of the inputs."""
        return sha256(self.inputs.encode())


def gather(call: Call, vault: Vault) -> Gathered:
    """Read the rankings and the orders of a call, once every jury has signed.

    Who won in a challenge whose letters are out keeps that win. Raises Refused before that, and
    in a call without the rule.
    """
    if not call.is_one_win:
        raise Refused(NO_RULE)
    progress = progress_of(call)
    if not is_read(call) or not all(row.is_done for row in progress):
        raise Refused(NOT_YET)
    former = latest_resolution(call)
    gone = frozenset(row.challenge.code for row in progress if row.challenge.state in LETTERS_OUT)
    won = {name: code for name, code in (former.wins if former else {}).items() if code in gone}
    contests, rankings = [], {}
    places: dict[tuple[str, str], Place] = {}
    proposals: dict[str, list[Proposal]] = {}
    bidders: dict[str, Organisation] = {}
    for row in progress:
        assert row.ranking is not None, "Every jury has finished."
        code, rows = row.challenge.code, _opened(row.challenge)
        standing = standing_places(row.ranking, rows)
        by_number = {str(proposal.number): proposal for proposal in rows}
        rankings[code] = row.ranking.code
        for place in standing:
            proposal = by_number[place.proposal]
            bidders[proposal.bidder.code] = proposal.bidder
            proposals.setdefault(proposal.bidder.code, []).append(proposal)
            places[code, proposal.bidder.code] = place
        named = [(place, by_number[place.proposal].bidder.code) for place in standing]
        if code not in gone:
            contests.append(Contest(code, row.challenge.terms.places, _groups(named)))
    own = _orders(call, bidders.values(), vault)
    wishes = {
        name: tuple(
            entry.challenge.code
            for entry in in_order(sorted(rows, key=as_they_came), own.get(name, ()))
        )
        for name, rows in proposals.items()
    }
    market = Market(tuple(contests), wishes, won)
    return Gathered(
        market,
        canonical(written_market(call.code, market, rankings)).decode(),
        {row.code: row for row in call.challenges},
        bidders | _organisations(former.wins if former else ()),
        places,
        frozenset(own),
        gone,
    )


def _opened(challenge: Challenge) -> list[Proposal]:
    return list(
        db.session.scalars(
            select(Proposal)
            .where(Proposal.challenge_id == challenge.id, Proposal.state.in_(OPEN))
            .options(joinedload(Proposal.bidder), joinedload(Proposal.challenge))
        )
    )


def _organisations(codes: Iterable[str]) -> dict[str, Organisation]:
    rows = db.session.scalars(select(Organisation).where(Organisation.code.in_(sorted(codes))))
    return {row.code: row for row in rows}


def _groups(named: Iterable[tuple[Place, str]]) -> tuple[tuple[str, ...], ...]:
    """Give who may win, best first; whom no score, tie list or lot parts stand together."""
    passing = [(place, name) for place, name in named if place.passes and place.is_finalist]
    return tuple(
        tuple(name for _place, name in rows) for _key, rows in groupby(passing, key=_standing)
    )


def _standing(row: tuple[Place, str]) -> tuple[Any, ...]:
    place, name = row
    if place.decided_by is not None:
        return (place.rank, name)
    return (place.rank, place.price, *sorted(place.points.items()))


def _orders(call: Call, bidders: Iterable[Organisation], vault: Vault) -> dict[str, list[str]]:
    by_id = {row.id: row for row in bidders}
    rows = db.session.scalars(
        select(Preference).where(
            Preference.call_id == call.id, Preference.bidder_id.in_(sorted(by_id))
        )
    )
    return {
        by_id[row.bidder_id].code: json.loads(
            open_text(vault, place_of(call, by_id[row.bidder_id], row.version), row.sealed)
        )
        for row in rows
    }


def latest_resolution(call: Call) -> Resolution | None:
    """Find the outcome that counts."""
    return db.session.scalar(
        select(Resolution)
        .where(Resolution.call_id == call.id)
        .order_by(Resolution.number.desc())
        .limit(1)
        .options(joinedload(Resolution.made_by))
    )


def market_of(resolution: Resolution) -> Market:
    """Read back what a recorded outcome follows from."""
    return read_market(json.loads(resolution.inputs))


def has_changed(gathered: Gathered, resolution: Resolution) -> bool:
    """Say whether a ranking, an admission or a challenge changed after the outcome was recorded.

    What is left out of letters that went since is no change: those wins stand.
    """
    former, present = (
        [row for row in json.loads(text)["contests"] if row["challenge"] not in gathered.gone]
        for text in (resolution.inputs, gathered.inputs)
    )
    return bool(former != present)


def count_resolutions(call: Call) -> int:
    """Count how often an outcome was recorded."""
    return (
        db.session.scalar(
            select(func.count()).select_from(Resolution).where(Resolution.call_id == call.id)
        )
        or 0
    )


def verdict_on(challenge: Challenge, ranking: Ranking) -> Verdict | None:
    """Say who wins a challenge by the outcome of its call; None when it decides by itself.

    Raises Refused while no outcome was recorded for this ranking.
    """
    call = challenge.call
    if call is None or not call.is_one_win:
        return None
    resolution = latest_resolution(call)
    if resolution is None:
        raise Refused(
            _(
                "This challenge belongs to the call “%(name)s”, in which a startup wins at most"
                " once. First the outcome of the whole call is recorded.",
                name=call.name,
            )
        )
    kept = json.loads(resolution.inputs)
    used = {row["challenge"]: row["ranking"] for row in kept["contests"]}
    if challenge.code not in used:
        raise Refused(
            _(
                "The outcome of the call “%(name)s” was recorded while the letters of this"
                " challenge stood. First record the outcome of the call again.",
                name=call.name,
            )
        )
    if used[challenge.code] != ranking.code:
        raise Refused(
            _(
                "The ranking was made anew after the outcome of the call “%(name)s”. First record"
                " the outcome of the call again.",
                name=call.name,
            )
        )
    wins: dict[str, str] = resolution.wins
    challenges = {row.code: row for row in call.challenges}
    return Verdict(
        call,
        frozenset(name for name, code in wins.items() if code == challenge.code),
        {name: challenges[code] for name, code in wins.items() if code != challenge.code},
        frozenset(kept["won"]),
    )
