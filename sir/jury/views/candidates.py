"""Pages about candidate jurors: what is public of them, and a blind look at their ties (S2)."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sir.challenges.models import Challenge, ChallengeState
from sir.challenges.queries import challenge_by_code
from sir.jury.document import ground_name
from sir.jury.forms import ActForm, AnswerForm, CandidateForm
from sir.jury.models import Answer, Candidate, RoundState
from sir.jury.queries import (
    bidders_of,
    candidate_by_code,
    candidates_of,
    current_round,
    known_of,
    shared_by,
)
from sir.jury.queries.matches import bidder_identities
from sir.jury.rules.matching import Identity
from sir.jury.services import answer_on, ask_for_check, note_candidate
from sir.jury.services.seats import functions_of
from sir.jury.views.door import ask_token, bp, ports
from sir.kernel.errors import Refused
from sir.kernel.i18n import _
from sir.kernel.transaction import transaction
from sir.permissions import may
from sir.proposals.queries import company_parts
from sir.residency.queries import all_residencies
from sir.web.gate import me, now, requires, standing


@bp.route("/challenges/<code>/jury/candidates", methods=["GET", "POST"])
@requires("jury.manage", challenge_by_code)
def candidates(challenge: Challenge) -> ResponseReturnValue:
    """Whom the secretary thinks of, before anybody is invited."""
    form = CandidateForm.from_request()
    form.offer(functions_of(challenge.plan))
    if form.is_accepted():
        try:
            with transaction():
                noted = note_candidate(
                    challenge,
                    name=str(form.name.data),
                    email=str(form.email.data),
                    organisation=form.organisation.data or "",
                    function=form.function.data or "",
                    by=me(),
                    at=now(),
                )
            return redirect(url_for("jury.candidate", code=noted.code))
        except Refused as refusal:
            for sentence in refusal.sentences:
                form.add_error("email", str(sentence))
    page = render_template(
        "jury/candidates.html",
        challenge=challenge,
        candidates=candidates_of(challenge),
        answer_name=answer_name,
        form=form,
    )
    return page, form.status


def answer_name(candidate: Candidate) -> str:
    """Say where the look at a candidate's ties stands: all a secretary hears of it."""
    names: dict[Answer | None, str] = {
        None: _("asked") if candidate.asked_at else _("not asked"),
        Answer.SEAT: _("can be seated"),
        Answer.DO_NOT_SEAT: _("do not seat"),
        Answer.CANNOT_SAY: _("cannot say yet"),
    }
    return names[candidate.answer]


@bp.get("/candidates/<code>")
@requires("candidate.read", candidate_by_code)
def candidate(candidate: Candidate) -> ResponseReturnValue:
    """One candidate: what is known of them, and whether they can be seated."""
    round_ = current_round(candidate.challenge)
    return render_template(
        "jury/candidate.html",
        candidate=candidate,
        challenge=candidate.challenge,
        known=known_of(candidate, now()),
        answer_name=answer_name,
        can_invite=candidate.answer is not Answer.DO_NOT_SEAT
        and (round_ is None or round_.state is RoundState.CONFLICT_CHECK),
        form=ActForm.from_request(),
    )


@bp.post("/candidates/<code>/ask")
@requires("jury.manage", candidate_by_code)
def ask_check(candidate: Candidate) -> ResponseReturnValue:
    """Ask for a blind look at a candidate's ties."""
    ask_token()
    with transaction():
        ask_for_check(candidate, by=me(), at=now())
    flash(_("Whoever guards integrity is asked. You hear the answer, not why."))
    return redirect(url_for("jury.candidate", code=candidate.code))


@bp.get("/candidates/<code>/check")
@requires("candidate.check", candidate_by_code)
def check(candidate: Candidate) -> ResponseReturnValue:
    """What a candidate shares with startups: for whoever guards integrity only."""
    return _check(candidate, AnswerForm.from_request()), 200


@bp.post("/candidates/<code>/check")
@requires("candidate.answer", candidate_by_code)
def answer_check(candidate: Candidate) -> ResponseReturnValue:
    """Answer whether this person can be seated."""
    form = AnswerForm.from_request()
    if not form.is_accepted():
        return _check(candidate, form), form.status
    with transaction():
        answer_on(
            candidate,
            answer=Answer(form.answer.data),
            reason=str(form.reason.data),
            by=me(),
            at=now(),
        )
    return redirect(url_for("jury.integrity", code=candidate.challenge.code))


def _check(candidate: Candidate, form: AnswerForm) -> str:
    is_opened = candidate.challenge.state is ChallengeState.OPENED
    bidders, names = _opened(candidate.challenge) if is_opened else _published()
    found = shared_by(candidate, bidders)
    return render_template(
        "jury/candidate_check.html",
        candidate=candidate,
        challenge=candidate.challenge,
        rows=[
            (names[number], [ground_name(row.written()) for row in shared])
            for number, shared in sorted(found.items(), key=lambda row: names[row[0]])
        ],
        is_opened=is_opened,
        is_open=candidate.asked_at is not None
        and candidate.answer in {None, Answer.CANNOT_SAY}
        and may(standing(), "candidate.answer", candidate),
        answer_name=answer_name,
        form=form,
    )


def _opened(challenge: Challenge) -> tuple[dict[int, Identity], dict[int, str]]:
    """Give everything the bidders can be known by, once the vault is open."""
    companies = company_parts(challenge, current_app.extensions["sir.vault"])
    found = bidder_identities(challenge, companies, ports(challenge)["awards"])
    return found, {row.id: row.name for row in bidders_of(challenge)}


def _published() -> tuple[dict[int, Identity], dict[int, str]]:
    """Give what is published of startups that won before.

    While proposals are sealed nothing of who hands in may be looked at, by anybody.
    """
    found: dict[int, Identity] = {}
    names = {}
    for residency in all_residencies():
        startup, title = residency.startup, residency.challenge.terms.title
        known = found.get(startup.id, Identity())
        found[startup.id] = Identity(
            kvk=frozenset(filter(None, [startup.kvk])),
            domains=frozenset(filter(None, [startup.website, startup.email])),
            names=frozenset(filter(None, [startup.name, startup.short_name])),
            challenges=known.challenges | {(residency.challenge_id, title)},
        )
        names[startup.id] = startup.name
    return found, names
