"""Coming in: register, confirm, sign in, forgot the password, sign out."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import logout_user

from sir.kernel.errors import Missing
from sir.kernel.i18n import _
from sir.kernel.transaction import transaction
from sir.people.forms import (
    ActForm,
    ConfirmForm,
    EmailForm,
    NewPasswordForm,
    RegisterForm,
    SignInForm,
)
from sir.people.models import TokenPurpose
from sir.people.queries import living_token, person_by_code, person_by_email
from sir.people.rules.passwords import hash_password, is_outdated, is_password
from sir.people.services.accounts import (
    ask_password_reset,
    confirm_person,
    register_person,
    renew_password_hash,
    reset_password,
)
from sir.people.services.signing_in import (
    Opened,
    end_sign_in,
    note_failed_sign_in,
    open_sign_in,
)
from sir.people.views.demo import demo_groups
from sir.people.views.door import bp, go_on, let_in, onward, present_sign_in, text, vault
from sir.web.gate import me, now, requires, signed_in_person
from sir.web.limits import MAIL, SIGN_IN, throttled
from sir.web.locale import page_language


@bp.route("/sign-in", methods=["GET", "POST"])
@throttled("sign_in", SIGN_IN)
@requires("person.sign_in")
def sign_in() -> ResponseReturnValue:
    """Who are you? An unknown address, a wrong password and an unconfirmed account sound alike."""
    if signed_in_person() is not None and request.method == "GET":
        return go_on()
    form = SignInForm.from_request()
    if form.is_accepted():
        opened = _opened(text(form.email), text(form.password))
        if opened is not None:
            let_in(opened)
            return go_on()
        form.add_error(
            None, _("This e-mail address and password do not belong together. Try again.")
        )
    groups = demo_groups() if current_app.extensions["sir.settings"].is_demo else []
    page = render_template("people/sign_in.html", form=form, onward=onward(), groups=groups)
    return page, form.status


def _opened(email: str, password: str) -> Opened | None:
    """Open a session for the right password; hash while nobody waits for the database."""
    with transaction():
        person = person_by_email(email)
        kept = person.password_hash if person is not None else None
    is_right = is_password(kept, password)
    renewed = hash_password(password) if kept and is_right and is_outdated(kept) else ""
    with transaction():
        person = person_by_email(email)
        if person is None or not is_right or person.password_hash != kept:
            note_failed_sign_in(person, at=now())
            return None
        if renewed:
            renew_password_hash(person, password_hash=renewed, at=now())
        return open_sign_in(person, agent=request.user_agent.string, at=now())


@bp.post("/sign-in/demo")
@requires("person.sign_in")
def sign_in_demo() -> ResponseReturnValue:
    """Be one of the invented people. There is no such page outside a demo."""
    if not current_app.extensions["sir.settings"].is_demo:
        raise Missing
    form = ActForm.from_request()
    if not form.is_accepted():
        return redirect(url_for("people.sign_in"))
    person = person_by_code(request.form.get("person", ""))
    with transaction():
        opened = open_sign_in(person, agent=request.user_agent.string, at=now(), factor_at=now())
    let_in(opened)
    return go_on()


@bp.post("/sign-out")
@requires("person.sign_out")
def sign_out() -> ResponseReturnValue:
    """Leave. The session ends here, so that its cookie is worth nothing any more."""
    if ActForm.from_request().is_accepted():
        with transaction():
            end_sign_in(present_sign_in(), by=me(), at=now())
        logout_user()
        session.clear()
        flash(_("You are signed out."))
    answer = redirect(url_for("people.sign_in"))
    answer.headers["Clear-Site-Data"] = '"storage"'  # what this device kept of proposals and scores
    return answer


@bp.route("/register", methods=["GET", "POST"])
@throttled("register", MAIL)
@requires("person.register")
def register() -> ResponseReturnValue:
    """Ask for an account. The answer is the same whether the address is known or not."""
    form = RegisterForm.from_request(lang=page_language())
    if form.is_accepted():
        with transaction():
            register_person(
                text(form.email),
                name=text(form.name),
                lang=text(form.lang),
                onward=onward(),
                vault=vault(),
                at=now(),
            )
        return redirect(url_for("people.look_in_mailbox"))
    return render_template("people/register.html", form=form, onward=onward()), form.status


@bp.get("/register/mailbox")
@requires("person.register")
def look_in_mailbox() -> ResponseReturnValue:
    """Say where to look now."""
    return render_template("people/mailbox.html")


@bp.route("/register/<secret>", methods=["GET", "POST"])
@requires("person.register")
def confirm(secret: str) -> ResponseReturnValue:
    """Choose a password by the mailed link, and come in."""
    try:
        with transaction():
            person = living_token(secret, TokenPurpose.CONFIRM_EMAIL, now()).person
            name, email = person.name, person.email
    except Missing:
        return render_template("people/link_gone.html", again="people.register"), 410
    form = ConfirmForm.from_request(name=name)
    form.own = (name, form.name.data or "", email)
    if form.is_accepted():
        password_hash = hash_password(text(form.password))
        with transaction():
            person = confirm_person(
                secret, name=text(form.name), password_hash=password_hash, at=now()
            )
            opened = open_sign_in(person, agent=request.user_agent.string, at=now())
        let_in(opened)
        return go_on()
    page = render_template("people/confirm.html", form=form, email=email, onward=onward())
    return page, form.status


@bp.route("/password/forgotten", methods=["GET", "POST"])
@throttled("reset", MAIL)
@requires("person.sign_in")
def forgotten() -> ResponseReturnValue:
    """Ask for a link to choose a new password. The answer is the same for every address."""
    form = EmailForm.from_request()
    if form.is_accepted():
        with transaction():
            ask_password_reset(text(form.email), vault=vault(), at=now())
        return redirect(url_for("people.look_in_mailbox"))
    return render_template("people/forgotten.html", form=form), form.status


@bp.route("/password/reset/<secret>", methods=["GET", "POST"])
@requires("person.sign_in")
def reset(secret: str) -> ResponseReturnValue:
    """Choose a new password by the mailed link; signing in, with a second factor, comes after."""
    try:
        with transaction():
            person = living_token(secret, TokenPurpose.RESET_PASSWORD, now()).person
            own = (person.name, person.email)
    except Missing:
        return render_template("people/link_gone.html", again="people.forgotten"), 410
    form = NewPasswordForm.from_request()
    form.own = own
    if form.is_accepted():
        password_hash = hash_password(text(form.password))
        with transaction():
            reset_password(secret, password_hash=password_hash, at=now())
        flash(_("Your password is changed. Sign in with your new password."))
        return redirect(url_for("people.sign_in"))
    return render_template("people/reset.html", form=form), form.status
