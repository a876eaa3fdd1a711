"""Pages about one's own yearly register of interests: nobody else reads it."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sir.jury.forms import KINDS, ActForm, InterestForm, SignRegisterForm
from sir.jury.models import Interest, InterestKind
from sir.jury.queries import interest_by_code, latest_register, registers_of
from sir.jury.services import add_interest, sign_register, strike_interest
from sir.jury.services.registers import standing_interests
from sir.jury.views.door import ask_token, bp
from sir.kernel.calendar import local_day
from sir.kernel.errors import Refused
from sir.kernel.i18n import _
from sir.kernel.transaction import transaction
from sir.web.gate import me, now, requires


@bp.route("/account/interests", methods=["GET", "POST"])
@requires("register.keep")
def register() -> ResponseReturnValue:
    """What I listed this year, and my signature under it."""
    form = SignRegisterForm.from_request()
    if form.is_accepted():
        try:
            with transaction():
                sign_register(has_none=bool(form.has_none.data), by=me(), at=now())
        except Refused as refusal:
            form.add_error("has_none", str(refusal.sentences[0]))
        else:
            flash(_("Your register of interests is signed for this year."))
            return redirect(url_for("jury.register"))
    found, year = latest_register(me()), local_day(now()).year
    page = render_template(
        "jury/register.html",
        register=found,
        interests=standing_interests(found) if found else [],
        year=year,
        is_current=found is not None and found.year == year,
        earlier=[row for row in registers_of(me()) if row.year < year],
        kinds=KINDS,
        form=form,
        act=ActForm.from_request(),
    )
    return page, form.status


@bp.route("/account/interests/new", methods=["GET", "POST"])
@requires("register.keep")
def list_interest() -> ResponseReturnValue:
    """List one tie."""
    form = InterestForm.from_request()
    if form.is_accepted():
        with transaction():
            add_interest(
                kind=InterestKind(form.kind.data),
                organisation=form.organisation.data or "",
                kvk=form.kvk.data or "",
                domain=form.domain.data or "",
                people=form.people.data or "",
                since=form.since.data,
                until=form.until.data,
                by=me(),
                at=now(),
            )
        flash(_("Listed. Sign your register when it is complete."))
        again = "another" in request.form
        return redirect(url_for("jury.list_interest" if again else "jury.register"))
    return render_template("jury/interest.html", form=form), form.status


@bp.post("/interests/<code>/strike")
@requires("interest.strike", interest_by_code)
def strike(interest: Interest) -> ResponseReturnValue:
    """Strike one of my own ties out."""
    ask_token()
    with transaction():
        strike_interest(interest, by=me(), at=now())
    flash(_("Struck out. Sign your register again."))
    return redirect(url_for("jury.register"))
