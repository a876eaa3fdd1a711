"""The second factor: set it up, show it, change it, and the codes for when it is lost."""

from __future__ import annotations

import io

import segno
from flask import Response, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from sir.kernel.errors import Missing, Refused
from sir.kernel.i18n import _
from sir.kernel.transaction import transaction
from sir.people.forms import CodeForm, PasswordForm, SetFactorForm, SetFactorWithPasswordForm
from sir.people.rules.factors import grouped, new_secret, provisioning_uri
from sir.people.rules.sessions import FRESH
from sir.people.services.signing_in import (
    remove_factor,
    renew_recovery_codes,
    set_factor,
    show_factor,
)
from sir.people.views.door import (
    bp,
    go_on,
    knows_password,
    let_in,
    onward,
    present_sign_in,
    text,
    vault,
)
from sir.ports.vault import Tampered, open_text, seal_text
from sir.web.gate import me, now, requires, standing
from sir.web.limits import FACTOR, throttled

PENDING = "factor"  # where the cookie keeps, sealed, a secret that was not proven yet


@bp.route("/account/factor", methods=["GET", "POST"])
@throttled("factor", FACTOR)
@requires("person.factor")
def factor() -> ResponseReturnValue:
    """Set up a second factor when there is none; show its code when it was not shown yet."""
    if me().totp_confirmed_at is None:
        return _set_up(asks_password=now() - present_sign_in().started_at > FRESH)
    if present_sign_in().factor_at is None:
        return _ask()
    return render_template("people/factor.html", must_have_factor=standing().must_have_factor)


@bp.route("/account/factor/new", methods=["GET", "POST"])
@throttled("factor", FACTOR)
@requires("person.account")
def new_factor() -> ResponseReturnValue:
    """Move to another authenticator app; the password is asked."""
    return _set_up(asks_password=True)


@bp.get("/account/factor/qr.svg")
@requires("person.factor")
def factor_image() -> ResponseReturnValue:
    """Draw the key that is being set up, for a camera."""
    secret = _pending()
    if not secret:
        raise Missing
    image = io.BytesIO()
    code = segno.make(provisioning_uri(secret, me().email), error="m")
    code.save(
        image,
        kind="svg",
        scale=5,
        border=4,
        dark="#000",
        light="#fff",
        svgclass=None,
        lineclass=None,
    )
    return Response(image.getvalue(), mimetype="image/svg+xml")


@bp.route("/account/factor/codes", methods=["GET", "POST"])
@throttled("factor", FACTOR)
@requires("person.account")
def recovery_codes() -> ResponseReturnValue:
    """Make new recovery codes and show them, once."""
    form = PasswordForm.from_request()
    if form.is_accepted():
        if knows_password(text(form.current)):
            with transaction():
                codes = renew_recovery_codes(me(), at=now())
            return _shown(codes)
        form.add_error("current", _("This is not your current password."))
    return render_template("people/recovery_codes.html", form=form), form.status


@bp.route("/account/factor/remove", methods=["GET", "POST"])
@throttled("factor", FACTOR)
@requires("person.account")
def remove() -> ResponseReturnValue:
    """Do without a second factor again, for whoever may."""
    if standing().must_have_factor:
        raise Refused(_("Your role needs a second factor. You can move it to another app."))
    form = PasswordForm.from_request()
    if form.is_accepted():
        if knows_password(text(form.current)):
            with transaction():
                remove_factor(me(), by=me(), at=now())
            flash(_("You sign in without a second factor from now on."))
            return redirect(url_for("people.account"))
        form.add_error("current", _("This is not your current password."))
    return render_template("people/factor_remove.html", form=form), form.status


def _set_up(*, asks_password: bool) -> ResponseReturnValue:
    secret = _pending()
    form = (SetFactorWithPasswordForm if asks_password else SetFactorForm).from_request()
    if not secret:
        secret = new_secret()
        session[PENDING] = seal_text(vault(), _place(), secret)
    elif form.is_accepted():
        if asks_password and not knows_password(text(form["current"])):
            form.add_error("current", _("This is not your current password."))
        elif codes := _set(secret, text(form.code)):
            session.pop(PENDING, None)
            return _shown(codes)
        else:
            form.add_error(
                "code",
                _("This code is not right. Use the newest code and check the clock of your phone."),
            )
    page = render_template(
        "people/factor_set.html",
        form=form,
        key=grouped(secret),
        onward=onward(),
        is_first=me().totp_confirmed_at is None,
    )
    return page, form.status


def _set(secret: str, code: str) -> list[str] | None:
    with transaction():
        return set_factor(me(), secret, code, sign_in=present_sign_in(), vault=vault(), at=now())


def _ask() -> ResponseReturnValue:
    form = CodeForm.from_request()
    if form.is_accepted():
        with transaction():
            opened = show_factor(
                me(), text(form.code), sign_in=present_sign_in(), vault=vault(), at=now()
            )
        if opened is not None:
            let_in(opened)
            return go_on()
        form.add_error("code", _("This code is not right, or was used before."))
    return render_template("people/factor_ask.html", form=form, onward=onward()), form.status


def _shown(codes: list[str]) -> ResponseReturnValue:
    rows = [grouped(code) for code in codes]
    return render_template("people/recovery_shown.html", codes=rows, onward=onward())


def _pending() -> str:
    try:
        return open_text(vault(), _place(), session.get(PENDING, ""))
    except Tampered:
        return ""


def _place() -> str:
    return f"pending factor:{me().code}"
