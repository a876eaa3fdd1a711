"""The page of the lot: what the published source gave, typed by two people."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sir.challenges.models import Challenge
from sir.challenges.queries import challenge_by_code
from sir.challenges.rules import Phase, phase
from sir.jury.forms import LotForm
from sir.jury.queries import lot_of
from sir.jury.services import record_lot
from sir.jury.views.door import bp
from sir.kernel.errors import Refused
from sir.kernel.i18n import _
from sir.kernel.transaction import transaction
from sir.web.gate import me, now, requires


@bp.get("/challenges/<code>/jury/lot")
@requires("lot.read", challenge_by_code)
def lot(challenge: Challenge) -> ResponseReturnValue:
    """Where the lot stands."""
    return _page(challenge, LotForm.from_request())


@bp.post("/challenges/<code>/jury/lot")
@requires("lot.record", challenge_by_code)
def type_lot(challenge: Challenge) -> ResponseReturnValue:
    """Type the value; what differs from the first keeps the text and says so."""
    form = LotForm.from_request()
    if not form.is_accepted():
        return _page(challenge, form)
    try:
        with transaction():
            typed = record_lot(challenge, form.value.data or "", by=me(), at=now())
    except Refused as refusal:
        form.add_error("value", str(refusal))
        return _page(challenge, form)[0], 409
    if typed.second_at is None:
        flash(_("Kept. The lot counts once a second person typed the same."))
    else:
        flash(_("The lot is recorded."))
    return redirect(url_for("jury.lot", code=challenge.code))


def _page(challenge: Challenge, form: LotForm) -> tuple[str, int]:
    page = render_template(
        "jury/lot.html",
        challenge=challenge,
        lot=lot_of(challenge),
        form=form,
        me=me(),
        is_due=phase(challenge, now()) not in (Phase.QUESTIONS, Phase.PROPOSALS),
    )
    return page, form.status
