"""An adviser's pages: each proposal with one's words on it, and handing them all in."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sir.jury.forms import ActForm, advice_form, criterion_name, remarks_in
from sir.jury.forms.advice import stored_advice
from sir.jury.models import Advice, AdviceState, Round, RoundState
from sir.jury.queries import advice_by_code, advice_of, round_by_code
from sir.jury.services import submit_advice, take_back_advice, write_advice
from sir.jury.services.sheets import ChangedMeanwhile
from sir.jury.views.door import (
    ask_token,
    bp,
    idea_of,
    masked,
    own_seat,
    pages_of,
    paper_of,
    picture_bytes,
    refused,
    was_typed_in_vain,
)
from sir.jury.views.integrity import recognising
from sir.kernel.errors import Refused
from sir.kernel.i18n import _
from sir.kernel.pictures import CONTENT_TYPE
from sir.kernel.search import Search
from sir.kernel.transaction import transaction
from sir.web.autosave import conflict, saved
from sir.web.forms import Form
from sir.web.gate import me, now, requires
from sir.web.locale import page_language


@bp.get("/advice/<code>")
@requires("advice.read", advice_by_code)
def advice(advice: Advice) -> ResponseReturnValue:
    """One proposal and an adviser's words on it: their own, or the jury's once it confers."""
    return _page(advice, advice_form(advice, page_language())), 200


@bp.post("/advice/<code>")
@requires("advice.edit", advice_by_code)
def keep_advice(advice: Advice) -> ResponseReturnValue:
    """Keep what was written. Never hands in."""
    form = advice_form(advice, page_language())
    if not form.is_accepted():
        return _page(advice, form), form.status
    try:
        with transaction():
            write_advice(
                advice,
                version=form["version"].data or 0,
                text=form["text"].data or "",
                remarks=remarks_in(form, advice),
                by=me(),
                at=now(),
            )
    except ChangedMeanwhile:
        stored = stored_advice(advice)
        if form.is_autosave:
            return conflict(form, stored, advice.version)
        rows = form.differences(stored)
        form["version"].data, form["version"].raw_data = advice.version, None
        return _page(advice, form, rows), 409
    except Refused as refusal:
        status = refused(form, refusal)
        return _page(advice, form), status
    return saved(advice.version, now()) if form.is_autosave else redirect(_after(advice))


def _after(advice: Advice) -> str:
    """Go where the button said: the next proposal, or one's own list after the last."""
    following = _beside(advice)[1] if "next" in request.form else advice
    if following is None:
        return url_for("jury.own_advice", code=advice.round.code)
    return url_for("jury.advice", code=following.code)


def _page(advice: Advice, form: Form, rows: Any = ()) -> str:
    challenge, idea = advice.round.challenge, idea_of(advice.proposal)
    is_mine = advice.seat.person_id == me().id
    before, following = _beside(advice) if is_mine else (None, None)
    names = {row.key: criterion_name(row, page_language()) for row in challenge.plan.criteria}
    return render_template(
        "jury/advice.html",
        advice=advice,
        round=advice.round,
        challenge=challenge,
        form=form,
        conflict=rows,
        criterion_names=names,
        idea=idea,
        paper=pages_of(advice.proposal, idea),
        search=Search(""),
        is_mine=is_mine,
        is_open=is_mine and (was_typed_in_vain(advice.round) or _is_open(advice)),
        before=before,
        following=following,
        masked=masked(advice.round),
    )


def _is_open(advice: Advice) -> bool:
    return advice.state is AdviceState.DRAFT and advice.round.state is RoundState.INDIVIDUAL


def _beside(advice: Advice) -> tuple[Advice | None, Advice | None]:
    """Find the advice before and after one, in the adviser's own drawn order."""
    own = {row.position: row for row in advice_of(advice.round, advice.seat)}
    return own.get(advice.position - 1), own.get(advice.position + 1)


@bp.get("/advice/<code>/proposal.pdf")
@requires("advice.read", advice_by_code)
def advised_paper(advice: Advice) -> ResponseReturnValue:
    """The three A4 under the proposal's number, with the picture."""
    return Response(paper_of(advice.proposal), mimetype="application/pdf")


@bp.get("/advice/<code>/picture.jpg")
@requires("advice.read", advice_by_code)
def advised_picture(advice: Advice) -> ResponseReturnValue:
    """The picture page of the proposal that an adviser reads."""
    return Response(picture_bytes(advice.proposal), content_type=CONTENT_TYPE)


@bp.route("/advice/<code>/recognise", methods=["GET", "POST"])
@requires("advice.edit", advice_by_code)
def recognise_advised(advice: Advice) -> ResponseReturnValue:
    """Report that one knows whose proposal this is (R12)."""
    return recognising(advice, url_for("jury.advice", code=advice.code))


@bp.get("/rounds/<code>/advice")
@requires("round.advise", round_by_code)
def own_advice(round_: Round) -> ResponseReturnValue:
    """All proposals an adviser reads, and what they wrote about each."""
    rows = advice_of(round_, own_seat(round_))
    return render_template(
        "jury/advice_list.html",
        round=round_,
        challenge=round_.challenge,
        rows=rows,
        written=sum(row.has_words for row in rows),
        is_open=any(_is_open(row) for row in rows),
        is_given=any(row.state is AdviceState.SUBMITTED for row in rows),
        form=ActForm.from_request(),
        masked=masked(round_),
    )


@bp.post("/rounds/<code>/advice/submit")
@requires("round.advise", round_by_code)
def give_advice(round_: Round) -> ResponseReturnValue:
    """Hand in everything that was written."""
    ask_token()
    with transaction():
        submit_advice(round_, own_seat(round_), by=me(), at=now())
    flash(_("Your advice is handed in. The jury reads it once it confers."))
    return redirect(url_for("jury.own_advice", code=round_.code))


@bp.post("/rounds/<code>/advice/take-back")
@requires("round.advise", round_by_code)
def retake_advice(round_: Round) -> ResponseReturnValue:
    """Take it back to change it, while everybody still works alone."""
    ask_token()
    with transaction():
        take_back_advice(round_, own_seat(round_), by=me(), at=now())
    return redirect(url_for("jury.own_advice", code=round_.code))
