"""Reading a challenge before it is public: send it back, approve it, publish it."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sir.challenges.document import languages
from sir.challenges.forms import ApproveForm, PublishForm, SendBackForm
from sir.challenges.models import Challenge, ChallengeState
from sir.challenges.queries import challenge_by_code, latest_edition, review_notes
from sir.challenges.rules import publication_faults
from sir.challenges.services import approve_challenge, publish_challenge, send_back
from sir.challenges.views.base import bp, press, store
from sir.kernel.errors import Refused
from sir.kernel.i18n import _
from sir.kernel.transaction import transaction
from sir.terms.rules import text_advice
from sir.web.forms import Form
from sir.web.gate import me, now, requires


@bp.get("/<code>/review")
@requires("challenge.review", challenge_by_code)
def review(challenge: Challenge) -> ResponseReturnValue:
    """What a reviewer reads, and what they can do."""
    return _review(challenge, ApproveForm.from_request(), SendBackForm.from_request())


@bp.post("/<code>/send-back")
@requires("challenge.review", challenge_by_code)
def returned(challenge: Challenge) -> ResponseReturnValue:
    """Send a challenge back to its author with a remark."""
    form = SendBackForm.from_request()
    if form.is_accepted():
        with transaction():
            send_back(challenge, form.note.data or "", by=me(), at=now())
        flash(_("Sent back. The author has a letter with your remark."))
        return redirect(url_for("challenges.manage", code=challenge.code))
    return _review(challenge, ApproveForm(formdata=None), form)


@bp.post("/<code>/approve")
@requires("challenge.approve", challenge_by_code)
def approve(challenge: Challenge) -> ResponseReturnValue:
    """Approve: text, criteria and weights are frozen."""
    form = ApproveForm.from_request()
    if form.is_accepted():
        with transaction():
            approve_challenge(
                challenge,
                by=me(),
                at=now(),
                press=press(),
                store=store(),
                note=form.remark.data or "",
            )
        flash(_("Approved. Text, criteria and weights are frozen."))
        return redirect(url_for("challenges.manage", code=challenge.code))
    return _review(challenge, form, SendBackForm(formdata=None))


@bp.route("/<code>/publish", methods=["GET", "POST"])
@requires("challenge.publish", challenge_by_code)
def publish(challenge: Challenge) -> ResponseReturnValue:
    """The last look before everybody can read it."""
    if challenge.state is not ChallengeState.APPROVED:
        raise Refused(_("A challenge is published after its approval, and once."))
    terms = challenge.terms
    form = PublishForm.from_request(
        tenderned_id=terms.tenderned_id, deviation_reason=terms.deviation_reason
    )
    if form.is_accepted():
        notice = {
            "tenderned_id": form.tenderned_id.data or "",
            "deviation_reason": form.deviation_reason.data or "",
        }
        faults = publication_faults(challenge, now(), **notice)
        for fault in faults:
            name = fault.field if fault.field in form else None
            form.add_error(name, fault.sentence)
        if not faults:
            with transaction():
                publish_challenge(challenge, by=me(), at=now(), **notice)
            flash(_("Published. Everybody can read it now."))
            return redirect(url_for("challenges.show", code=challenge.code))
    page = render_template(
        "challenges/publish.html",
        challenge=challenge,
        form=form,
        edition=latest_edition(challenge),
    )
    return page, form.status


def _review(challenge: Challenge, approval: Form, remark: Form) -> ResponseReturnValue:
    if challenge.state is not ChallengeState.REVIEW:
        raise Refused(_("This challenge is not in review."))
    page = render_template(
        "challenges/review.html",
        challenge=challenge,
        approval=approval,
        remark=remark,
        languages=languages(challenge),
        advice=text_advice(challenge.terms),
        notes=review_notes(challenge),
        is_author=me().id == challenge.author_id,
    )
    return page, max(approval.status, remark.status)
