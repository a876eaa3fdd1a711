"""Undoing that a proposal was left out of the judging."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sir.jury.forms.admission import ReadmitForm
from sir.jury.queries import current_round
from sir.jury.services import judge_after_all, refusal_to_judge
from sir.jury.views.door import bp
from sir.kernel.i18n import _
from sir.kernel.transaction import transaction
from sir.proposals.models import Proposal, ProposalState
from sir.proposals.queries import proposal_by_code
from sir.web.gate import me, now, requires


@bp.route("/proposals/<code>/readmit", methods=["GET", "POST"])
@requires("proposal.readmit", proposal_by_code)
def readmit(proposal: Proposal) -> ResponseReturnValue:
    """Take a proposal that was left out into the judging again, with the reason."""
    form = ReadmitForm.from_request()
    if form.is_accepted():
        with transaction():
            judge_after_all(proposal, reason=form.reason.data or "", by=me(), at=now())
        flash(_("The jury judges this proposal after all. The bidder is written to."))
        return redirect(url_for("proposals.show", code=proposal.code))
    round_ = current_round(proposal.challenge)
    page = render_template(
        "jury/readmit.html",
        proposal=proposal,
        challenge=proposal.challenge,
        form=form,
        refusal=refusal_to_judge(proposal),
        prices_are_open=round_ is not None and round_.prices_opened_at is not None,
        round=round_,
        is_out=proposal.state is ProposalState.INADMISSIBLE,
    )
    return page, form.status
