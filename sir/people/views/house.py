"""For the platform admin: organisations and people, never what they write."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sir.kernel.i18n import _
from sir.kernel.transaction import transaction
from sir.people.forms import ActForm, PublicBodyForm
from sir.people.models import OrganisationKind
from sir.people.queries import PAGE, organisations_page, people_page, person_by_code
from sir.people.rules.names import KIND_NAMES
from sir.people.services.accounts import end_sign_ins
from sir.people.services.organisations import create_public_body
from sir.people.views.door import bp, text, vault
from sir.web.gate import me, now, requires


@bp.get("/house/organisations")
@requires("house.administer")
def house_organisations() -> ResponseReturnValue:
    """Every organisation, a page at a time."""
    rows = organisations_page(request.args.get("after", ""))
    return render_template(
        "people/house_organisations.html",
        rows=rows[:PAGE],
        following=rows[PAGE - 1].code if len(rows) > PAGE else "",
        kind_names=KIND_NAMES,
    )


@bp.route("/house/organisations/new", methods=["GET", "POST"])
@requires("house.administer")
def new_public_body() -> ResponseReturnValue:
    """Register a government and invite its first administrator."""
    form = PublicBodyForm.from_request()
    if form.is_accepted():
        with transaction():
            create_public_body(
                text(form.name),
                kind=OrganisationKind(text(form.kind)),
                short_name=text(form.short_name),
                city=text(form.city),
                email=text(form.email),
                admin_email=text(form.admin_email),
                vault=vault(),
                by=me(),
                at=now(),
            )
        flash(_("The organisation is registered and its administrator is invited."))
        return redirect(url_for("people.house_organisations"))
    return render_template("people/public_body_new.html", form=form), form.status


@bp.get("/house/people")
@requires("house.administer")
def house_people() -> ResponseReturnValue:
    """Everybody with an account, a page at a time."""
    rows = people_page(request.args.get("after", ""))
    return render_template(
        "people/house_people.html",
        rows=rows[:PAGE],
        following=rows[PAGE - 1].email if len(rows) > PAGE else "",
    )


@bp.post("/house/people/<code>/sign-out")
@requires("house.administer")
def sign_out_everywhere(code: str) -> ResponseReturnValue:
    """End every session of somebody, as when a laptop is stolen."""
    if ActForm.from_request().is_accepted():
        with transaction():
            end_sign_ins(person_by_code(code), keep=None, by=me(), at=now())
        flash(_("This person is signed out everywhere."))
    return redirect(url_for("people.house_people"))
