"""Helping a colleague who lost their second factor: ask, and let somebody else confirm."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sir.kernel.i18n import _
from sir.kernel.transaction import transaction
from sir.people.forms import ActForm, LostFactorForm
from sir.people.models import Organisation, Person, Role
from sir.people.queries import members_of, open_factor_reset, person_by_code, platform_admins
from sir.people.services.lost_factor import (
    ask_factor_reset,
    confirm_factor_reset,
    stop_factor_reset,
)
from sir.people.views.door import bp, text, vault
from sir.people.views.organisations import member_in_path, organisation_in_path
from sir.web.gate import me, now, requires

Others = dict[int, tuple[Person, str]]  # who may confirm it, and where


@bp.route("/organisations/<code>/members/<person>/factor", methods=["GET", "POST"])
@requires("organisation.manage", organisation_in_path)
def lost_factor(organisation: Organisation) -> ResponseReturnValue:
    """A member of an organisation one looks after."""
    person = member_in_path(organisation)
    admins = Role.ORG_ADMIN if organisation.is_public_body else Role.STARTUP_ADMIN
    here = f"/organisations/{organisation.code}/members/{person.code}/factor"
    others = {other.id: (other, here) for other in members_of(organisation, admins)}
    back = url_for("people.organisation", code=organisation.code)
    return _page(person, _platform(person) | others, back, organisation.name)


@bp.route("/house/people/<code>/factor", methods=["GET", "POST"])
@requires("house.administer")
def lost_factor_of(code: str) -> ResponseReturnValue:
    """Anybody with an account, by the platform admin."""
    person = person_by_code(code)
    return _page(person, _platform(person), url_for("people.house_people"), _("People"))


def _platform(person: Person) -> Others:
    here = f"/house/people/{person.code}/factor"
    return {other.id: (other, here) for other in platform_admins()}


def _page(person: Person, others: Others, back: str, place: str) -> ResponseReturnValue:
    act = request.form.get("act", "")
    if act in {"confirm", "stop"}:
        return _settled(person, act, back)
    form = LostFactorForm.from_request()
    if form.is_accepted():
        with transaction():
            ask_factor_reset(person, text(form.reason), others=others.values(), by=me(), at=now())
        flash(_("The request waits for a colleague to confirm it."))
        return redirect(request.script_root + request.path)
    asked = open_factor_reset(person, now())
    page = render_template(
        "people/lost_factor.html",
        person=person,
        asked=asked,
        may_confirm=asked is not None and me().id not in {asked.asked_by_id, person.id},
        is_me=person.id == me().id,
        form=form,
        back=back,
        place=place,
    )
    return page, form.status


def _settled(person: Person, act: str, back: str) -> ResponseReturnValue:
    if not ActForm.from_request().is_accepted():
        return redirect(request.script_root + request.path)
    with transaction():
        if act == "confirm":
            confirm_factor_reset(person, vault=vault(), by=me(), at=now())
        else:
            stop_factor_reset(person, by=me(), at=now())
    flash(_("The second factor is reset.") if act == "confirm" else _("The request is stopped."))
    return redirect(back)
