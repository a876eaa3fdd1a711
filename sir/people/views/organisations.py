"""Organisations: register a startup, see and look after the members, accept an invitation."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sir.kernel.errors import Missing
from sir.kernel.i18n import _
from sir.kernel.transaction import transaction
from sir.people.forms import ActForm, InviteForm, RoleForm, StartupForm
from sir.people.models import Invitation, Organisation, Person, Role
from sir.people.queries import (
    invitation_by_token,
    invitation_in,
    membership_of,
    memberships_in,
    open_invitations,
    organisation_by_code,
    person_by_code,
    roles_in,
)
from sir.people.rules.names import KIND_NAMES, ROLE_NAMES
from sir.people.rules.organisations import is_open, role_faults, roles_for
from sir.people.services.organisations import (
    accept_invitation,
    create_startup,
    give_role,
    invite,
    take_role,
    withdraw_invitation,
)
from sir.people.views.door import bp, onward, text, vault
from sir.web.gate import me, now, requires, signed_in_person
from sir.web.limits import INVITE, throttled
from sir.web.locale import page_language


def organisation_in_path(code: str, **_parts: Any) -> Organisation:
    """Find the organisation that a path begins with."""
    return organisation_by_code(code)


def member_in_path(organisation: Organisation) -> Person:
    """Find the member that a path names; people who are no member do not exist here."""
    assert request.view_args is not None, "This page has parts in its path."
    person = person_by_code(request.view_args["person"])
    if not roles_in(organisation, person):
        raise Missing
    return person


@bp.route("/organisations/new", methods=["GET", "POST"])
@requires("organisation.create")
def new_startup() -> ResponseReturnValue:
    """Register my startup."""
    form = StartupForm.from_request(country="NL")
    if form.is_accepted():
        with transaction():
            startup = create_startup(
                text(form.name),
                country=text(form.country),
                number=text(form.number),
                city=text(form.city),
                website=text(form.website),
                email=text(form.email),
                by=me(),
                at=now(),
            )
        flash(_("Your startup is registered. Invite your colleagues."))
        return redirect(onward() or url_for("people.organisation", code=startup.code))
    return render_template("people/startup_new.html", form=form), form.status


@bp.get("/organisations/<code>")
@requires("organisation.read", organisation_in_path)
def organisation(organisation: Organisation) -> ResponseReturnValue:
    """Who belongs to it, in which roles, and who is invited."""
    members: dict[Person, list[Role]] = {}
    for row in memberships_in(organisation):
        members.setdefault(row.person, []).append(row.role)
    return render_template(
        "people/organisation.html",
        organisation=organisation,
        members=members,
        invitations=open_invitations(organisation, now()),
        kind_names=KIND_NAMES,
    )


@bp.route("/organisations/<code>/invite", methods=["GET", "POST"])
@throttled("invite", INVITE)
@requires("organisation.manage", organisation_in_path)
def invite_member(organisation: Organisation) -> ResponseReturnValue:
    """Offer a role to a colleague by e-mail."""
    form = InviteForm.from_request(lang=page_language())
    form.offer(organisation.kind)
    if form.is_accepted():
        with transaction():
            invite(
                text(form.email),
                organisation,
                Role(text(form.role)),
                lang=text(form.lang),
                vault=vault(),
                by=me(),
                at=now(),
            )
        flash(_("The invitation is on its way."))
        return redirect(url_for("people.organisation", code=organisation.code))
    page = render_template("people/invite.html", organisation=organisation, form=form)
    return page, form.status


@bp.post("/organisations/<code>/invitations/<invitation>/withdraw")
@requires("organisation.manage", organisation_in_path)
def withdraw(organisation: Organisation) -> ResponseReturnValue:
    """Take an invitation back."""
    if ActForm.from_request().is_accepted():
        assert request.view_args is not None, "This page has parts in its path."
        with transaction():
            invitation = invitation_in(organisation, request.view_args["invitation"])
            withdraw_invitation(invitation, by=me(), at=now())
        flash(_("The invitation is withdrawn."))
    return redirect(url_for("people.organisation", code=organisation.code))


@bp.route("/organisations/<code>/members/<person>", methods=["GET", "POST"])
@requires("organisation.manage", organisation_in_path)
def member(organisation: Organisation) -> ResponseReturnValue:
    """The roles of one member: take one away, or give one more."""
    person = member_in_path(organisation)
    held = roles_in(organisation, person)
    free = [
        role
        for role in roles_for(organisation.kind)
        if not role_faults(role, organisation.kind, held)
    ]
    form = RoleForm.from_request()
    form.offer(tuple(free))
    if form.is_accepted():
        with transaction():
            give_role(person, organisation, Role(text(form.role)), by=me(), at=now())
        flash(_("The role is given."))
        return redirect(url_for("people.member", code=organisation.code, person=person.code))
    page = render_template(
        "people/member.html",
        organisation=organisation,
        person=person,
        held=[role for role in roles_for(organisation.kind) if role in held],
        form=form,
    )
    return page, form.status


@bp.post("/organisations/<code>/members/<person>/take")
@requires("organisation.manage", organisation_in_path)
def take(organisation: Organisation) -> ResponseReturnValue:
    """Take a role from a member."""
    person = member_in_path(organisation)
    if ActForm.from_request().is_accepted():
        role = next((role for role in Role if role == request.form.get("role")), None)
        if role is None:
            raise Missing
        with transaction():
            take_role(membership_of(organisation, person, role), by=me(), at=now())
        flash(_("The role is taken away."))
    return redirect(url_for("people.organisation", code=organisation.code))


@bp.get("/invitations/<secret>")
@requires("invitation.read", invitation_by_token)
def invitation(invitation: Invitation) -> ResponseReturnValue:
    """Look at an invitation: who asks me, for what, and how I accept."""
    person = signed_in_person()
    return render_template(
        "people/invitation.html",
        invitation=invitation,
        role_name=ROLE_NAMES[invitation.role],
        is_open=is_open(invitation, now()),
        is_mine=person is not None and person.email == invitation.email,
        path=request.script_root + request.path,
    )


@bp.post("/invitations/<secret>/accept")
@requires("invitation.accept", invitation_by_token)
def accept(invitation: Invitation) -> ResponseReturnValue:
    """Take the role."""
    if not ActForm.from_request().is_accepted():
        return redirect(request.script_root + request.path.removesuffix("/accept"))
    code = invitation.organisation.code
    with transaction():
        accept_invitation(invitation, by=me(), at=now())
    flash(_("Welcome. You have your new role."))
    return redirect(url_for("people.organisation", code=code))
