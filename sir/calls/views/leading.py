"""Making a call, and putting drafts in it."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sir.calls.forms import CallForm, ChangeCallForm, ChooseForm
from sir.calls.queries import call_by_code, calls_to_choose
from sir.calls.views.base import bp
from sir.challenges.document import call_name
from sir.challenges.models import Call, Challenge, ChallengeState
from sir.challenges.queries import challenge_by_code
from sir.challenges.services import change_call, choose_call, draft_call
from sir.kernel.i18n import _
from sir.kernel.transaction import transaction
from sir.people.models import Role
from sir.people.queries import organisations_of
from sir.web.gate import me, now, requires
from sir.web.locale import page_language


@bp.route("/calls/new", methods=["GET", "POST"])
@requires("call.create")
def new() -> ResponseReturnValue:
    """Begin a call."""
    form = CallForm.from_request()
    bodies = {row.code: row for row in organisations_of(me(), Role.PROGRAMME_MANAGER)}
    form.buyer.choices = [(row.code, row.name) for row in bodies.values()]
    if form.is_accepted():
        with transaction():
            call = draft_call(bodies[form.buyer.data], **_typed(form), by=me(), at=now())
        return redirect(url_for("calls.show", code=call.code))
    return render_template("calls/edit.html", form=form, call=None), form.status


@bp.route("/calls/<code>/edit", methods=["GET", "POST"])
@requires("call.manage", call_by_code)
def edit(call: Call) -> ResponseReturnValue:
    """Change name and rule, until they are printed."""
    form = ChangeCallForm.from_request(
        name=call.name, name_en=call.name_en, is_one_win="yes" if call.is_one_win else "no"
    )
    if form.is_accepted():
        with transaction():
            change_call(call, **_typed(form), by=me(), at=now())
        flash(_("Saved."))
        return redirect(url_for("calls.show", code=call.code))
    return render_template("calls/edit.html", form=form, call=call), form.status


def _typed(form: ChangeCallForm) -> dict[str, Any]:
    return {
        "name": form.name.data or "",
        "name_en": form.name_en.data or "",
        "is_one_win": form.is_one_win.data == "yes",
    }


@bp.route("/challenges/<code>/call", methods=["GET", "POST"])
@requires("challenge.group", challenge_by_code)
def choose(challenge: Challenge) -> ResponseReturnValue:
    """Put a draft in a call, or take it out."""
    calls = {row.code: row for row in calls_to_choose(now())}
    form = ChooseForm.from_request(call=challenge.call.code if challenge.call else "")
    form.call.choices = [("", _("No call: this challenge stands alone"))] + [
        (row.code, f"{call_name(row, page_language())} – {row.buyer.name}")
        for row in calls.values()
    ]
    if form.is_accepted():
        with transaction():
            choose_call(challenge, calls.get(form.call.data or ""), by=me(), at=now())
        flash(_("Saved."))
        return redirect(url_for("challenges.manage", code=challenge.code))
    page = render_template(
        "calls/choose.html",
        challenge=challenge,
        form=form,
        is_draft=challenge.state is ChallengeState.DRAFT,
    )
    return page, form.status
