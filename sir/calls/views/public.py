"""Calls as everybody reads them."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from sir.calls.queries import call_by_code, calls_of_bodies, published_calls
from sir.calls.views.base import bp
from sir.challenges.document import call_name
from sir.challenges.forms import THEMES
from sir.challenges.models import Call
from sir.challenges.queries import Show, Wish, published_challenges
from sir.challenges.rules import Phase, is_settled, last_deadline, phase
from sir.people.models import Role
from sir.permissions import may
from sir.web.gate import now, requires, standing
from sir.web.locale import page_language
from sir.web.pages import public_page


@bp.get("/calls/")
@requires("call.list")
@public_page
def index() -> ResponseReturnValue:
    """The calls there are, and for a programme manager their own drafts."""
    calls, has_more = published_calls(request.args.get("after", ""))
    bodies = [number for role, number in standing().memberships if role is Role.PROGRAMME_MANAGER]
    return render_template(
        "calls/index.html",
        calls=calls,
        drafts=[row for row in calls_of_bodies(bodies) if not row.published_at] if bodies else [],
        call_name=call_name,
        first=url_for("calls.index") if request.args.get("after") else None,
        following=url_for("calls.index", after=calls[-1].code) if has_more else None,
    )


@bp.get("/calls/<code>")
@requires("call.read", call_by_code)
@public_page
def show(call: Call) -> ResponseReturnValue:
    """A call with its challenges, a page at a time."""
    wish = Wish(show=Show.ALL, call=call.code, after=request.args.get("after", ""))
    found = published_challenges(wish, now())
    leads = may(standing(), "outcome.record", call)
    return render_template(
        "calls/show.html",
        call=call,
        name=call_name(call, page_language()),
        found=found,
        drafts=[row for row in call.challenges if row.published_at is None] if leads else [],
        phases={row.id: phase(row, now()) for row in found.challenges},
        Phase=Phase,
        themes=THEMES,
        closes_at=last_deadline(call),
        is_settled=is_settled(call),
        first=url_for("calls.show", code=call.code) if wish.after else None,
        following=url_for("calls.show", code=call.code, after=found.challenges[-1].code)
        if found.has_more
        else None,
    )
