"""The outcome: a ranking nobody can change, a report, and every seat's signature."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from babel.dates import format_date
from sqlalchemy import select

from sir import __version__
from sir.journal.services import record
from sir.jury.document import Papers, report_document
from sir.jury.lifecycle import ROUND
from sir.jury.models import (
    VOTING,
    ConsensusItem,
    Ranking,
    Report,
    Round,
    RoundState,
    Seat,
    Sheet,
    Signature,
)
from sir.jury.queries.advice import advice_given
from sir.jury.queries.inquiries import inquiries_of
from sir.jury.queries.lots import drawn_value
from sir.jury.queries.pitches import finalists_of, pitches_of
from sir.jury.queries.prices import lowest_price, prices_of, unpriced
from sir.jury.queries.rounds import tally
from sir.jury.queries.seats import proposals_of, seats_of, ties_of, voting_seats
from sir.jury.queries.second import standing_of_round
from sir.jury.queries.sheets import counted_sheets, items_of, standing_items
from sir.jury.queries.suspensions import suspensions_of
from sir.jury.rules.ranking import rank
from sir.jury.rules.sheets import length
from sir.jury.rules.snapshot import (
    engine_plan,
    engine_prices,
    engine_scores,
    kept_outcome,
    name_of,
    round_file,
)
from sir.jury.services.suspensions import check_going
from sir.kernel.canonical import canonical, sha256
from sir.kernel.codes import new_code
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.i18n import _, in_language
from sir.notices.services import write_letter
from sir.people.models import Person
from sir.ports.eseal import ESeal
from sir.ports.press import Press
from sir.ports.store import Store
from sir.proposals.models import ProposalState
from sir.workflows.models import PitchKind

About = TypeVar("About", Sheet, ConsensusItem)
REFUSAL_LENGTH = 20  # characters that explain why a report is not signed


class LotNeeded(Refused):
    """Proposals are equal under every published rule, and the lot is not recorded yet."""


def make_ranking(round_: Round, *, by: Person, at: datetime, reason: str = "") -> Ranking:
    """Rank by the published plan and keep it for ever, with the file anyone can recompute it from.

    A second ranking stands beside the first and says why. An announced seat that is empty, or
    a sheet that is missing, blocks it, whatever the numbers. Raises LotNeeded when only the lot
    can part equals and nobody recorded it.
    """
    check_going(round_)
    kept = db.session.scalars(select(Ranking.id).where(Ranking.round_id == round_.id)).all()
    if kept and length(reason) < REFUSAL_LENGTH:
        raise Refused(_("There is a ranking already. Say why you make a new one."))
    is_final = round_.state is RoundState.RECONSIDERING
    ROUND.move("rank_finalists" if is_final else "rank", round_, at, given=tally(round_))
    if is_final:
        round_.pitched_at = at
    challenge, plan = round_.challenge, round_.challenge.plan
    is_open = round_.prices_opened_at is not None
    if is_open and (numbers := unpriced(round_)):
        raise Refused(
            _(
                "There is no opened price of proposal %(numbers)s. Leave it out with the reason, or"
                " judge everything again.",
                numbers=", ".join(map(str, numbers)),
            )
        )
    rules = engine_plan(
        plan,
        challenge.terms.pitch_count or None,
        is_sealed=not is_open,
        lowest=lowest_price(round_) if is_open else None,
        lot=drawn_value(challenge),
    )
    scores = engine_scores(
        plan,
        voting_seats(challenge),
        _judged(counted_sheets(round_)),
        _judged(standing_items(round_)),
        standing_of_round(round_),
    )
    if is_open:
        scores = replace(scores, prices=engine_prices(prices_of(round_), scores.sheets))
    # where a pitch only explains, its order stands; a price may turn that of the finalists
    if round_.pitched_at and (is_open or plan.pitch is PitchKind.RESCORE):
        finalists = tuple(name_of(row) for row in finalists_of(round_))
        scores = replace(scores, finalists=tuple(n for n in finalists if n in scores.sheets))
    outcome = rank(rules, scores)
    if equals := [place.proposal for place in outcome.places if place.decided_by is None]:
        raise LotNeeded(
            _(
                "The score and the tie list leave these proposals equal: %(numbers)s. The published"
                " lot parts them: two people record first what the source gave.",
                numbers=", ".join(equals),
            )
        )
    plan_sha256 = plan.sha256 or sha256(canonical(round_file(rules, scores, {})["criteria"]))
    inputs = canonical(
        round_file(
            rules,
            scores,
            {
                "challenge": challenge.code,
                "round": str(round_.number),
                "plan_sha256": plan_sha256,
            },
        )
    )
    ranking = Ranking(
        code=new_code(),
        round=round_,
        number=len(kept) + 1,
        plan_sha256=plan_sha256,
        inputs=inputs.decode(),
        inputs_sha256=sha256(inputs),
        result=kept_outcome(outcome),
        app_version=__version__,
        reason=reason,
        made_at=at,
        made_by_id=by.id,
    )
    db.session.add(ranking)
    record(
        "ranking.made",
        ranking,
        by=by,
        at=at,
        stream=challenge.code,
        number=ranking.number,
        inputs=ranking.inputs_sha256,
    )
    return ranking


def _judged(rows: Iterable[About]) -> list[About]:
    """Leave out what is about a proposal that was set aside: the jury does not judge it."""
    return [row for row in rows if row.proposal.state is not ProposalState.INADMISSIBLE]


def make_report(
    ranking: Ranking, *, press: Press, store: Store, by: Person, at: datetime
) -> Report:
    """Print the report on the latest ranking and ask every seat to sign over its one hash."""
    round_ = ranking.round
    challenge = round_.challenge
    check_going(round_)
    newest = db.session.scalar(
        select(Ranking.id).where(Ranking.round_id == round_.id).order_by(Ranking.number.desc())
    )
    if newest != ranking.id:
        raise Refused(_("A newer ranking was made. Report on that one."))
    ROUND.move("report", round_, at, given=tally(round_))
    papers = Papers(
        ranking=ranking,
        seats=seats_of(challenge),
        ties=ties_of(challenge),
        suspensions=suspensions_of(round_),
        proposals=proposals_of(challenge),
        pitches=pitches_of(round_),
        inquiries=inquiries_of(round_),
        advice=advice_given(round_),
        paper_items=items_of(round_),
        items=sorted(standing_items(round_), key=lambda item: item.criterion.position),
        written_on=format_date(at.date(), "d MMMM y", locale="nl"),
    )
    with in_language("nl"):
        pdf = press.pdf(report_document(papers), at)
    report = Report(
        code=new_code(), ranking=ranking, sha256=sha256(pdf), pdf=store.keep(pdf), made_at=at
    )
    db.session.add(report)
    record("report.made", report, by=by, at=at, stream=challenge.code, sha256=report.sha256)
    for seat in voting_seats(challenge):
        write_letter(
            "jury/sign",
            to=seat.person,
            at=at,
            name=seat.name,
            challenge=challenge.terms.title,
            path=f"/reports/{report.code}",
        )
    return report


def sign_report(  # noqa: PLR0913 - who signs what, and the two ports that seal it
    report: Report,
    seat: Seat,
    *,
    by: Person,
    at: datetime,
    refusal: str = "",
    store: Store | None = None,
    eseal: ESeal | None = None,
) -> Signature:
    """Sign over the report's hash, or refuse with a reason; the last answer decides the round.

    The page has asked for the signer's own second factor before it comes here. A house with a
    certificate appends its seal to a copy of the report for each signature: the bytes that were
    signed over are the beginning of that copy.
    """
    round_ = report.ranking.round
    check_going(round_)
    if seat.person_id != by.id or seat.vacated_at is not None or seat.kind not in VOTING:
        raise Refused(_("Only a member of this jury signs its report."))
    if seat.challenge_id != round_.challenge_id or round_.state is not RoundState.SIGNING:
        raise Refused(_("This report is not open for signatures."))
    if refusal and length(refusal) < REFUSAL_LENGTH:
        raise Refused(_("Say in a sentence why you do not sign."))
    known = select(Signature.id).where(
        Signature.report_id == report.id, Signature.seat_id == seat.id
    )
    if db.session.scalar(known) is not None:
        raise Refused(_("You have answered already."))
    signature = Signature(
        report_id=report.id, seat=seat, sha256=report.sha256, signed_at=at, refusal=refusal
    )
    db.session.add(signature)
    if eseal is not None and store is not None and not refusal:
        report.sealed = store.keep(
            eseal.stamp(
                store.fetch(report.sealed or report.pdf),
                field=seat.label,
                reason=f"{seat.name}, {seat.function}: {report.sha256}",
            )
        )
    record(
        "report.refused" if refusal else "report.signed",
        report,
        by=by,
        at=at,
        stream=round_.challenge.code,
        seat=seat.label,
        sha256=report.sha256,
    )
    db.session.flush()  # the count below includes this answer
    counted = tally(round_)
    if not counted.answers_missing:
        ROUND.move("decide", round_, at, given=counted)
        round_.decided_at = at
        record("round.decided", round_, by=by, at=at, stream=round_.challenge.code)
    return signature
