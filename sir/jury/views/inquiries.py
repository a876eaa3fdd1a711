"""Pages of the written questions: the jury asks by number, a bidder answers without a name."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sir.jury.forms import InquiryForm, ReplyForm
from sir.jury.models import Reply, Round
from sir.jury.queries import inquiries_of, kept_from, proposals_of, reply_by_code, round_by_code
from sir.jury.rules.inquiries import asks_in_writing, is_read
from sir.jury.services import answer_inquiry, ask_inquiry
from sir.jury.services.sheets import ChangedMeanwhile
from sir.jury.views.door import bp, masked, refused, was_typed_in_vain
from sir.kernel.errors import Missing, Refused
from sir.kernel.i18n import _
from sir.kernel.transaction import transaction
from sir.permissions import may
from sir.web.gate import me, now, requires, standing
from sir.workflows.models import Anonymity


@bp.get("/rounds/<code>/inquiries")
@requires("inquiry.read", round_by_code)
def inquiries(round_: Round) -> ResponseReturnValue:
    """Every written question of the jury, and from when time is up what was answered."""
    form = InquiryForm.from_request()
    form.offer(proposals_of(round_.challenge))
    return _page(round_, form), 200


@bp.post("/rounds/<code>/inquiries")
@requires("inquiry.ask", round_by_code)
def ask(round_: Round) -> ResponseReturnValue:
    """Put a question to one proposal, to some or to all."""
    proposals = proposals_of(round_.challenge)
    form = InquiryForm.from_request()
    form.offer(proposals)
    if not form.is_accepted():
        return _page(round_, form), form.status
    try:
        with transaction():
            ask_inquiry(
                round_,
                text=str(form.text.data),
                proposals=form.chosen(proposals),
                due_at=form.due_at.data,
                by=me(),
                at=now(),
            )
    except Refused as refusal:
        status = refused(form, refusal)
        return _page(round_, form), status
    flash(_("The question is on its way, under the number of each proposal."))
    return redirect(url_for("jury.inquiries", code=round_.code))


def _page(round_: Round, form: InquiryForm) -> str:
    plan = round_.challenge.plan
    rows = inquiries_of(round_)
    if not rows and plan.anonymity is not Anonymity.UNTIL_DECISION:
        raise Missing
    is_now = was_typed_in_vain(round_) or asks_in_writing(plan, round_.state)
    is_open = is_now and may(standing(), "inquiry.ask", round_)
    return render_template(
        "jury/inquiries.html",
        round=round_,
        challenge=round_.challenge,
        inquiries=rows,
        is_read=_reader(now()),
        kept=kept_from(round_, me()),
        form=form,
        is_open=is_open,
        masked=masked(round_),
    )


def _reader(at: datetime) -> Any:
    return lambda inquiry: is_read(inquiry, at)


@bp.get("/inquiries/<code>")
@requires("inquiry.answer", reply_by_code)
def inquiry(reply: Reply) -> ResponseReturnValue:
    """A question of the jury to one's own proposal."""
    return _own(reply, ReplyForm.from_request(version=reply.version, text=reply.text)), 200


@bp.post("/inquiries/<code>")
@requires("inquiry.answer", reply_by_code)
def reply(reply: Reply) -> ResponseReturnValue:
    """Answer it; nothing that was typed is lost."""
    form = ReplyForm.from_request()
    if not form.is_accepted():
        return _own(reply, form), form.status
    vault = current_app.extensions["sir.vault"]
    text, version = str(form.text.data), form.version.data or 0
    try:
        with transaction():
            answer_inquiry(reply, text=text, version=version, vault=vault, by=me(), at=now())
    except ChangedMeanwhile:
        rows = form.differences({"text": reply.text})
        form.version.data, form.version.raw_data = reply.version, None
        return _own(reply, form, rows), 409
    except Refused as refusal:
        status = refused(form, refusal)
        return _own(reply, form), status
    flash(_("Your answer is kept. You can change it until the time is up."))
    return redirect(url_for("jury.inquiry", code=reply.code))


def _own(reply: Reply, form: ReplyForm, rows: Any = ()) -> str:
    return render_template(
        "jury/inquiry.html",
        reply=reply,
        inquiry=reply.inquiry,
        challenge=reply.round.challenge,
        form=form,
        conflict=rows,
        is_over=is_read(reply.inquiry, now()),
    )
