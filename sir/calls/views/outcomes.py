"""Who wins what in a call: how far the juries are, the allowed outcomes, and recording one."""

from __future__ import annotations

import json

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sir.calls.forms import OutcomeForm
from sir.calls.queries import (
    NO_RULE,
    call_by_code,
    gather,
    has_changed,
    latest_resolution,
    market_of,
    progress_of,
)
from sir.calls.rules.market import Outcome, Resolved
from sir.calls.services import outcomes_of, record_outcome
from sir.calls.views.base import bp, title_of, vault
from sir.calls.views.telling import orders, told, twice
from sir.challenges.document import call_name
from sir.challenges.models import Call
from sir.challenges.rules import is_read
from sir.kernel.errors import Missing
from sir.kernel.i18n import _
from sir.kernel.transaction import transaction
from sir.web.gate import me, now, requires
from sir.web.locale import page_language


@bp.route("/calls/<code>/outcome", methods=["GET"])
@requires("outcome.read", call_by_code)
def outcome(call: Call) -> ResponseReturnValue:
    """How far the juries are; and when all have signed, who wins what, and why."""
    return _outcome_page(call, OutcomeForm.from_request())


@bp.post("/calls/<code>/outcome")
@requires("outcome.record", call_by_code)
def record(call: Call) -> ResponseReturnValue:
    """Record one of the outcomes that the rule allows."""
    form = OutcomeForm.from_request()
    gathered = gather(call, vault())
    form.choice.choices = _choices(outcomes_of(gathered))
    if form.is_accepted():
        with transaction():
            record_outcome(
                call,
                int(form.choice.data),
                seen=form.seen.data or "",
                reason=form.reason.data or "",
                by=me(),
                at=now(),
                vault=vault(),
            )
        flash(_("Recorded. Each challenge of the call now takes its winners from this outcome."))
        return redirect(url_for("calls.outcome", code=call.code))
    return _outcome_page(call, form)


@bp.get("/calls/<code>/outcome.json")
@requires("outcome.read", call_by_code)
def inputs(call: Call) -> ResponseReturnValue:
    """What the recorded outcome follows from, and what it says: `flask sir resolve` reads it."""
    kept = latest_resolution(call)
    if kept is None:
        raise Missing
    about = {
        "number": str(kept.number),
        "sha256": kept.inputs_sha256,
        "version": kept.app_version,
        "follows_rankings": kept.follows_rankings,
        "reason": kept.reason,
        "wins": kept.wins,
    }
    content = json.loads(kept.inputs) | {"about": about}
    text = json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True)
    return Response(text, content_type="application/json; charset=utf-8")


def _choices(found: Resolved) -> list[tuple[str, str]]:
    labels = []
    for number, row in enumerate(found.outcomes, 1):
        if number == 1:
            label = _("Outcome 1: as the juries ranked")
        elif row == found.kindest:
            label = _("Outcome %(number)d: what the startups want most", number=number)
        else:
            label = _("Outcome %(number)d", number=number)
        labels.append((str(number - 1), label))
    return labels


def _outcome_page(call: Call, form: OutcomeForm) -> ResponseReturnValue:
    progress = progress_of(call)
    kept = latest_resolution(call)
    is_ready = call.is_one_win and is_read(call) and all(row.is_done for row in progress)
    gathered = gather(call, vault()) if is_ready else None
    found = outcomes_of(gathered) if gathered else None
    is_new = gathered is not None and (kept is None or has_changed(gathered, kept))
    if gathered and found:
        form.choice.choices = _choices(found)
        form.seen.process_data(gathered.sha256)
        if form.choice.data is None:
            form.choice.process_data("0")
    page = render_template(
        "calls/outcome.html",
        call=call,
        name=call_name(call, page_language()),
        progress=[(row, title_of(row.challenge)) for row in progress],
        no_rule=None if call.is_one_win else NO_RULE,
        is_ready=is_ready,
        is_new=is_new,
        kept=kept,
        twice=twice(gathered) if gathered else [],
        orders=orders(gathered) if gathered else [],
        outcomes=[
            (label, told(gathered, gathered.market, row))
            for (_value, label), row in zip(_choices(found), found.outcomes, strict=True)
        ]
        if gathered and found
        else [],
        is_complete=found is None or found.is_complete,
        kept_rows=told(gathered, market_of(kept), Outcome(kept.wins)) if gathered and kept else [],
        form=form,
    )
    return page, form.status
