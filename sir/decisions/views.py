"""The decision on one challenge, and the letters that come of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from flask import Blueprint, Response, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sir.challenges.lifecycle import LIFECYCLE as CHALLENGE_LIFECYCLE
from sir.challenges.models import Challenge
from sir.challenges.queries import challenge_by_code
from sir.decisions.document import letter_document
from sir.decisions.forms import (
    AnswerForm,
    AwardForm,
    CancelForm,
    CheckForm,
    LetterForm,
    PrepareForm,
    ReleaseForm,
    ResumeForm,
    SuspendForm,
    WinnerForm,
    WithdrawForm,
)
from sir.decisions.lifecycle import LIFECYCLE
from sir.decisions.models import Decision, DecisionLetter, DecisionState, Outcome
from sir.decisions.queries import (
    companions,
    decision_of,
    letter_by_code,
    parts_of,
    released_by,
    withdrawn_decisions,
)
from sir.decisions.rules import can_be_withdrawn, gaps, proposed_withdrawal
from sir.decisions.services import (
    cancel_challenge,
    check_letter,
    confirm_withdrawal,
    prepare_decision,
    propose_withdrawal,
    refuse_withdrawal,
    release_blockers,
    release_decision,
    resume_award,
    suspend_award,
    waits_for,
    withdrawn_along,
    write_advantages,
    write_closing,
)
from sir.kernel.errors import Missing
from sir.kernel.i18n import _
from sir.kernel.transaction import transaction
from sir.ports.press import Press
from sir.ports.store import Store
from sir.residency.queries import residencies_on
from sir.residency.services import award_challenge
from sir.web.gate import me, now, requires

bp = Blueprint("decisions", __name__)

INSTANT = timedelta(microseconds=1)


def decision_by_challenge(code: str) -> Decision:
    """Find the decision of the challenge a link points to."""
    decision = decision_of(challenge_by_code(code))
    if decision is None:
        raise Missing
    return decision


@bp.get("/challenges/<code>/decision")
@requires("decision.read", challenge_by_code)
def show(challenge: Challenge) -> ResponseReturnValue:
    """Where the decision stands, and what has to happen next."""
    decision = decision_of(challenge)
    if decision is None:
        return render_template(
            "decisions/start.html",
            challenge=challenge,
            form=PrepareForm.from_request(),
            earlier=withdrawn_decisions(challenge),
        )
    return render_template(
        "decisions/show.html",
        challenge=challenge,
        decision=decision,
        form=PrepareForm.from_request(),
        gaps=gaps(decision.letters),
        blockers=release_blockers(decision, now()),
        **_together(decision),
        proposed=proposed_withdrawal(decision),
        can_be_withdrawn=can_be_withdrawn(decision),
        offers=LIFECYCLE.offers(decision, now()),
        last_moment=decision.standstill_ends_at and decision.standstill_ends_at - INSTANT,
        residencies=residencies_on([challenge.id]),
        earlier=withdrawn_decisions(challenge),
    )


@bp.post("/challenges/<code>/decision/prepare")
@requires("decision.prepare", challenge_by_code)
def prepare(challenge: Challenge) -> ResponseReturnValue:
    """Draw up the letters from the newest ranking."""
    form = PrepareForm.from_request()
    if form.is_accepted():
        with transaction():
            prepare_decision(challenge, by=me(), at=now())
        return redirect(url_for("decisions.show", code=challenge.code))
    earlier = withdrawn_decisions(challenge)
    page = render_template("decisions/start.html", challenge=challenge, form=form, earlier=earlier)
    return page, form.status


@bp.get("/letters/<code>")
@requires("letter.read", letter_by_code)
def letter(letter: DecisionLetter) -> ResponseReturnValue:
    """A letter as its bidder reads it; for officials also before it is sent."""
    return render_template(
        "decisions/letter.html",
        letter=letter,
        document=letter_document(
            letter, at=letter.decision.notified_at or now(), signed_by=released_by(letter.decision)
        ),
        form=CheckForm.from_request(version=letter.version),
        has_changed=False,
    )


@bp.get("/letters/<code>/pdf")
@requires("letter.read", letter_by_code)
def letter_pdf(letter: DecisionLetter) -> ResponseReturnValue:
    """The letter on paper: the one that was sent, or a print of how it stands."""
    if letter.pdf:
        paper = cast("Store", current_app.extensions["sir.store"]).fetch(letter.pdf)
    else:
        paper = _press().pdf(letter_document(letter, at=now()), now())
    response = Response(paper, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{letter.code}.pdf"'
    return response


@bp.route("/letters/<code>/edit", methods=["GET", "POST"])
@requires("letter.edit", letter_by_code)
def edit(letter: DecisionLetter) -> ResponseReturnValue:
    """Write what only a person can: the closing, and what made a winner win."""
    stored = {"closing": letter.closing, "version": letter.version}
    form: LetterForm
    if letter.outcome is Outcome.SELECTED:
        stored["advantages"] = letter.advantages
        form = WinnerForm.from_request(**stored)
    else:
        form = LetterForm.from_request(**stored)
    status = form.status
    differences = []
    if form.is_accepted():
        differences = form.differences(stored) if form.version.data != letter.version else []
        if not differences:
            with transaction():
                write_closing(letter, form.closing.data or "", by=me(), at=now())
                if isinstance(form, WinnerForm):
                    write_advantages(letter, form.advantages.data or "", by=me(), at=now())
            return redirect(url_for("decisions.letter", code=letter.code))
        form.version.process_data(letter.version)
        status = 409
    page = render_template("decisions/edit.html", letter=letter, form=form, differences=differences)
    return page, form.status if form.errors else status


@bp.post("/letters/<code>/check")
@requires("letter.edit", letter_by_code)
def check(letter: DecisionLetter) -> ResponseReturnValue:
    """Vouch for a letter as it was on the screen."""
    form = CheckForm.from_request()
    is_same = form.version.data == letter.version
    if form.is_accepted() and is_same:
        with transaction():
            check_letter(letter, by=me(), at=now())
        return redirect(url_for("decisions.show", code=letter.challenge.code))
    form.version.process_data(letter.version)
    document = letter_document(letter, at=now())
    page = render_template(
        "decisions/letter.html",
        letter=letter,
        document=document,
        form=form,
        has_changed=not is_same,
    )
    return page, form.status if is_same else 409


@bp.route("/challenges/<code>/decision/release", methods=["GET", "POST"])
@requires("decision.release", decision_by_challenge)
def release(decision: Decision) -> ResponseReturnValue:
    """The last look before every letter goes at once: of this challenge, or of the whole call."""
    form = ReleaseForm.from_request()
    if form.is_accepted():
        with transaction():
            release_decision(
                decision,
                by=me(),
                at=now(),
                press=_press(),
                store=current_app.extensions["sir.store"],
            )
        if decision.state is DecisionState.DRAFT:
            flash(_("Noted. The letters of the call go as soon as every approver has agreed."))
        return redirect(url_for("decisions.show", code=decision.challenge.code))
    page = render_template(
        "decisions/release.html",
        decision=decision,
        form=form,
        blockers=release_blockers(decision, now()),
        **_together(decision),
    )
    return page, form.status


def _together(decision: Decision) -> dict[str, Any]:
    """Give the challenges whose letters go together, and those that are waited for."""
    rows = companions(decision) if decision.state is DecisionState.DRAFT else []
    waited = [row.challenge.id for row in waits_for(rows, now())]
    return {"together": [(row, row.challenge.id not in waited) for row in rows]}


@bp.route("/challenges/<code>/decision/suspend", methods=["GET", "POST"])
@requires("decision.suspend", decision_by_challenge)
def suspend(decision: Decision) -> ResponseReturnValue:
    """Let the award wait for a court or a complaint."""
    form = SuspendForm.from_request()
    if form.is_accepted():
        with transaction():
            suspend_award(decision, form.reason.data or "", by=me(), at=now())
        return redirect(url_for("decisions.show", code=decision.challenge.code))
    return render_template("decisions/suspend.html", decision=decision, form=form), form.status


@bp.route("/challenges/<code>/decision/resume", methods=["GET", "POST"])
@requires("decision.suspend", decision_by_challenge)
def resume(decision: Decision) -> ResponseReturnValue:
    """Go on, with what came of it."""
    form = ResumeForm.from_request()
    if form.is_accepted():
        with transaction():
            resume_award(
                decision, form.outcome.data or "", until=form.until.data, by=me(), at=now()
            )
        return redirect(url_for("decisions.show", code=decision.challenge.code))
    return render_template("decisions/resume.html", decision=decision, form=form), form.status


@bp.route("/challenges/<code>/decision/withdraw", methods=["GET", "POST"])
@requires("decision.propose_withdrawal", decision_by_challenge)
def withdraw(decision: Decision) -> ResponseReturnValue:
    """Propose to take back a decision that was announced."""
    form = WithdrawForm.from_request()
    if form.is_accepted():
        with transaction():
            propose_withdrawal(decision, form.reason.data or "", by=me(), at=now())
        flash(_("Proposed. An approver confirms it or lets the decision stand."))
        return redirect(url_for("decisions.show", code=decision.challenge.code))
    page = render_template(
        "decisions/withdraw.html",
        decision=decision,
        form=form,
        is_possible=can_be_withdrawn(decision) and not proposed_withdrawal(decision),
        along=withdrawn_along(decision),
    )
    return page, form.status


@bp.route("/challenges/<code>/decision/withdrawal", methods=["GET", "POST"])
@requires("decision.answer_withdrawal", decision_by_challenge)
def withdrawal(decision: Decision) -> ResponseReturnValue:
    """Read why it is proposed to withdraw a decision, and confirm that or let it stand."""
    form = AnswerForm.from_request()
    if form.is_accepted():
        with transaction():
            if form.answer.data == "confirm":
                confirm_withdrawal(decision, by=me(), at=now())
            else:
                refuse_withdrawal(decision, form.refusal.data or "", by=me(), at=now())
        return redirect(url_for("decisions.show", code=decision.challenge.code))
    proposed = proposed_withdrawal(decision)
    if proposed is None:
        raise Missing
    page = render_template(
        "decisions/withdrawal.html",
        decision=decision,
        proposed=proposed,
        parts=parts_of(proposed),
        form=form,
        is_own=proposed.proposed_by_id == me().id,
    )
    return page, form.status


@bp.route("/challenges/<code>/decision/award", methods=["GET", "POST"])
@requires("decision.award", decision_by_challenge)
def award(decision: Decision) -> ResponseReturnValue:
    """Make the award final, and open the residencies."""
    form = AwardForm.from_request()
    if form.is_accepted():
        with transaction():
            award_challenge(decision, by=me(), at=now())
        return redirect(url_for("decisions.show", code=decision.challenge.code))
    page = render_template(
        "decisions/award.html",
        decision=decision,
        form=form,
        refusals=LIFECYCLE.refusals("award", decision, now()),
        winners=[row for row in decision.letters if row.outcome is Outcome.SELECTED],
        is_suspended=decision.state is DecisionState.SUSPENDED,
    )
    return page, form.status


@bp.route("/challenges/<code>/cancel", methods=["GET", "POST"])
@requires("challenge.cancel", challenge_by_code)
def cancel(challenge: Challenge) -> ResponseReturnValue:
    """Stop a challenge for good."""
    form = CancelForm.from_request()
    if form.is_accepted():
        with transaction():
            cancel_challenge(challenge, form.reason.data or "", by=me(), at=now())
        return redirect(url_for("challenges.manage", code=challenge.code))
    page = render_template(
        "decisions/cancel.html",
        challenge=challenge,
        form=form,
        refusals=CHALLENGE_LIFECYCLE.refusals("cancel", challenge, now()),
    )
    return page, form.status


def _press() -> Press:
    return cast("Press", current_app.extensions["sir.press"])
