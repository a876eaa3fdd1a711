"""My account: who I am, how I sign in, where I am signed in, whom I speak for."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sir.kernel.errors import Missing
from sir.kernel.i18n import _
from sir.kernel.transaction import transaction
from sir.people.forms import (
    ActForm,
    ChangeEmailForm,
    ChangePasswordForm,
    DetailsForm,
)
from sir.people.models import TokenPurpose
from sir.people.queries import (
    count_recovery_codes,
    living_sign_ins,
    living_token,
    memberships_of,
    sign_in_of,
)
from sir.people.rules.names import KIND_NAMES
from sir.people.rules.passwords import hash_password
from sir.people.rules.sessions import device
from sir.people.services.accounts import (
    ask_email_change,
    change_details,
    change_email,
    change_password,
    end_sign_ins,
)
from sir.people.services.signing_in import end_sign_in
from sir.people.views.door import bp, knows_password, present_sign_in, text, vault
from sir.web.gate import me, now, requires, standing
from sir.web.limits import FACTOR, MAIL, throttled


@bp.get("/account")
@requires("person.account")
def account() -> ResponseReturnValue:
    """Everything we know of whoever asks, and where to change it."""
    return render_template(
        "people/account.html",
        person=me(),
        memberships=memberships_of(me()),
        codes=count_recovery_codes(me()),
        sessions=len(living_sign_ins(me(), now())),
        must_have_factor=standing().must_have_factor,
        kind_names=KIND_NAMES,
    )


@bp.route("/account/details", methods=["GET", "POST"])
@requires("person.account")
def details() -> ResponseReturnValue:
    """Change my name and the language of my letters."""
    form = DetailsForm.from_request(obj=me())
    if form.is_accepted():
        with transaction():
            change_details(me(), name=text(form.name), lang=text(form.lang), at=now())
        flash(_("Your details are changed."))
        return redirect(url_for("people.account"))
    return render_template("people/details.html", form=form), form.status


@bp.route("/account/password", methods=["GET", "POST"])
@throttled("password", FACTOR)
@requires("person.account")
def password() -> ResponseReturnValue:
    """Choose another password; every other session ends."""
    form = ChangePasswordForm.from_request()
    form.own = (me().name, me().email)
    if form.is_accepted():
        if knows_password(text(form.current)):
            password_hash = hash_password(text(form.password))
            with transaction():
                change_password(me(), password_hash=password_hash, keep=present_sign_in(), at=now())
            flash(_("Your password is changed. You are signed out everywhere else."))
            return redirect(url_for("people.account"))
        form.add_error("current", _("This is not your current password."))
    return render_template("people/password.html", form=form), form.status


@bp.route("/account/email", methods=["GET", "POST"])
@throttled("email", MAIL)
@requires("person.account")
def email() -> ResponseReturnValue:
    """Ask for another address; it counts once it is confirmed."""
    form = ChangeEmailForm.from_request()
    if form.is_accepted():
        if knows_password(text(form.current)):
            with transaction():
                ask_email_change(me(), text(form.email), vault=vault(), at=now())
            flash(_("Look in your mailbox: we sent a link to the new address."))
            return redirect(url_for("people.account"))
        form.add_error("current", _("This is not your current password."))
    return render_template("people/email.html", form=form), form.status


@bp.route("/account/email/<secret>", methods=["GET", "POST"])
@requires("person.register")
def confirm_email(secret: str) -> ResponseReturnValue:
    """Confirm a new address by the mailed link, in whichever browser it is opened."""
    try:
        token = living_token(secret, TokenPurpose.CHANGE_EMAIL, now())
    except Missing:
        return render_template("people/link_gone.html", again="people.email"), 410
    form = ActForm.from_request()
    if form.is_accepted():
        with transaction():
            change_email(secret, at=now())
        flash(_("Your e-mail address is changed. Use it from now on to sign in."))
        return redirect(url_for("people.sign_in"))
    return render_template("people/confirm_email.html", form=form, email=token.email), form.status


@bp.get("/account/sessions")
@requires("person.account")
def sessions() -> ResponseReturnValue:
    """List where I am signed in."""
    rows = [(row, *device(row.agent)) for row in living_sign_ins(me(), now())]
    return render_template("people/sessions.html", rows=rows, here=present_sign_in())


@bp.post("/account/sessions/end")
@requires("person.account")
def end_sessions() -> ResponseReturnValue:
    """End one session of mine, or all but this one."""
    if ActForm.from_request().is_accepted():
        code = request.form.get("session", "")
        with transaction():
            if code:
                end_sign_in(sign_in_of(me(), code), by=me(), at=now())
            else:
                end_sign_ins(me(), keep=present_sign_in(), by=me(), at=now())
        flash(_("Signed out there."))
    return redirect(url_for("people.sessions"))
