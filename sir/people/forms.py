"""What we accept from people about themselves and their organisations."""

from __future__ import annotations

from typing import Any

from flask_babel import get_locale

from sir.kernel.i18n import lazy
from sir.people.models import OrganisationKind, Role
from sir.people.rules.names import KIND_NAMES, LANGUAGE_NAMES, ROLE_HELP, ROLE_NAMES
from sir.people.rules.organisations import is_kvk, roles_for, tidy_kvk
from sir.people.rules.passwords import password_faults
from sir.web.forms import (
    Email,
    EmailField,
    EqualTo,
    Form,
    InputRequired,
    Length,
    Optional,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)

LANGUAGES = list(LANGUAGE_NAMES.items())
PASSWORD_HINT = lazy(
    "At least 12 characters. Spaces and all signs are fine; a sentence is easy to remember."
)


def address_field(label: Any, hint: Any = "") -> EmailField:
    """Make a field for an e-mail address as somebody's own."""
    return EmailField(
        label,
        validators=[InputRequired(), Longest(254), Email()],
        description=hint,
        render_kw={"autocomplete": "email", "width": "m"},
    )


def current_password_field() -> PasswordField:
    """Make a field for the password somebody has."""
    return PasswordField(
        lazy("Your current password"),
        validators=[InputRequired()],
        render_kw={"autocomplete": "current-password", "width": "m"},
    )


class Longest(Length):
    """A limit that nobody who types a name or an address will meet: it needs no counter."""

    def __init__(self, most: int) -> None:
        super().__init__(max=most)
        self.field_flags = {}


def one_line(text: str | None) -> str | None:
    """Make one line of what was typed or pasted."""
    return None if text is None else " ".join(text.split())


class ActForm(Form):
    """A button: nothing to fill in, only the guard."""


class SignInForm(Form):
    """Who are you, and prove it."""

    email = EmailField(
        lazy("E-mail address"),
        validators=[InputRequired()],
        render_kw={"autocomplete": "username", "width": "m"},
    )
    password = PasswordField(
        lazy("Password"),
        validators=[InputRequired()],
        render_kw={"autocomplete": "current-password", "width": "m"},
    )


class RegisterForm(Form):
    """A new account; the password is chosen once the address is confirmed."""

    name = StringField(
        lazy("Your name"),
        validators=[InputRequired(), Longest(120)],
        filters=[one_line],
        description=lazy("As colleagues and governments will see it."),
        render_kw={"autocomplete": "name", "width": "m"},
    )
    email = address_field(lazy("E-mail address"), lazy("We send a link to confirm it."))
    lang = RadioField(
        lazy("In which language do we write to you?"),
        choices=LANGUAGES,
        validators=[InputRequired()],
    )


class EmailForm(Form):
    """An address to send a link to."""

    email = address_field(lazy("E-mail address"))


class NewPasswordForm(Form):
    """A new password, typed once: it can be shown, pasted and kept by a password manager."""

    password = PasswordField(
        lazy("New password"),
        validators=[InputRequired()],
        description=PASSWORD_HINT,
        render_kw={"autocomplete": "new-password", "width": "m"},
    )
    repeat = PasswordField(
        lazy("The same password again"),
        validators=[
            InputRequired(),
            EqualTo("password", message=lazy("The two passwords are not the same.")),
        ],
        render_kw={"autocomplete": "new-password", "width": "m"},
    )
    own: tuple[str, ...] = ()  # the person's name and address, which a password may not be

    def validate_password(self, field: PasswordField) -> None:
        """Refuse what is easy to guess."""
        if faults := password_faults(field.data or "", *self.own):
            raise ValidationError(faults[0])


class ConfirmForm(NewPasswordForm):
    """The last step of a new account."""

    name = StringField(
        lazy("Your name"),
        validators=[InputRequired(), Longest(120)],
        filters=[one_line],
        render_kw={"autocomplete": "name", "width": "m"},
    )
    password = PasswordField(
        lazy("Choose a password"),
        validators=[InputRequired()],
        description=PASSWORD_HINT,
        render_kw={"autocomplete": "new-password", "width": "m"},
    )


class ChangePasswordForm(NewPasswordForm):
    """Another password, by whoever knows the present one."""

    current = current_password_field()


class ChangeEmailForm(Form):
    """Another address, by whoever knows the password."""

    email = address_field(
        lazy("New e-mail address"), lazy("It counts once you confirm it by the link we send.")
    )
    current = current_password_field()


class DetailsForm(Form):
    """How somebody is called, and how we write to them."""

    name = StringField(
        lazy("Your name"),
        validators=[InputRequired(), Longest(120)],
        filters=[one_line],
        render_kw={"autocomplete": "name", "width": "m"},
    )
    lang = RadioField(
        lazy("In which language do we write to you?"),
        choices=LANGUAGES,
        validators=[InputRequired()],
    )


class CodeForm(Form):
    """A code from the app, or a recovery code."""

    code = StringField(
        lazy("Code"),
        validators=[InputRequired()],
        render_kw={
            "autocomplete": "one-time-code",
            "autocapitalize": "characters",
            "spellcheck": "false",
            "width": "s",
        },
    )


class SetFactorForm(CodeForm):
    """The first code of a new authenticator app."""


class SetFactorWithPasswordForm(SetFactorForm):
    """The same, when somebody signed in a while ago or changes the app they had."""

    current = current_password_field()


class PasswordForm(Form):
    """Something that asks for the password once more."""

    current = current_password_field()


class StartupForm(Form):
    """A startup, known by its number in a trade register. Never a person's own number."""

    name = StringField(
        lazy("Name of the startup"),
        validators=[InputRequired(), Longest(160)],
        filters=[one_line],
        description=lazy("As in the trade register."),
        render_kw={"autocomplete": "organization", "width": "m"},
    )
    country = SelectField(
        lazy("Country of registration"), validators=[InputRequired()], render_kw={"width": "m"}
    )
    number = StringField(
        lazy("Number in the trade register"),
        validators=[InputRequired(), Longest(40)],
        filters=[one_line],
        description=lazy(
            "In the Netherlands: the KvK number, exactly eight digits with any zeros in front."
        ),
        render_kw={"inputmode": "text", "width": "s", "spellcheck": "false"},
    )
    city = StringField(
        lazy("Place of business"),
        validators=[Optional(), Longest(80)],
        filters=[one_line],
        render_kw={"width": "m"},
    )
    website = StringField(
        lazy("Website"),
        validators=[Optional(), Longest(200)],
        render_kw={"inputmode": "url", "autocomplete": "url", "width": "m"},
    )
    email = EmailField(
        lazy("General e-mail address"),
        validators=[Optional(), Longest(254), Email()],
        description=lazy("A mailbox of the startup, not of one person."),
        render_kw={"width": "m"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country.choices = countries()

    def validate_number(self, field: StringField) -> None:
        """Hold a Dutch number to its eight digits; abroad any number will do."""
        if self.country.data != "NL":
            return
        field.data = tidy_kvk(field.data or "")
        if not is_kvk(field.data):
            raise ValidationError(
                lazy("A KvK number has exactly eight digits. Do not leave out zeros in front.")
            )

    def validate_website(self, field: StringField) -> None:
        """Take a web address only."""
        if field.data and not field.data.startswith(("https://", "http://")):
            raise ValidationError(lazy("Write a web address that starts with https://."))


class InviteForm(Form):
    """A role for whoever reads an address."""

    email = EmailField(
        lazy("E-mail address of your colleague"),
        validators=[InputRequired(), Longest(254), Email()],
        render_kw={"width": "m"},
    )
    role = RadioField(lazy("Role"), validators=[InputRequired()])
    lang = RadioField(
        lazy("Language of the invitation"), choices=LANGUAGES, validators=[InputRequired()]
    )

    def offer(self, kind: OrganisationKind) -> None:
        """Offer the roles that exist in an organisation of this kind."""
        self.role.choices = role_choices(roles_for(kind))


class RoleForm(Form):
    """One more role for a member."""

    role = RadioField(lazy("Role"), validators=[InputRequired()])

    def offer(self, roles: tuple[Role, ...]) -> None:
        """Offer these roles."""
        self.role.choices = role_choices(roles)


class LostFactorForm(Form):
    """How a colleague is known to be themselves when their second factor is lost."""

    reason = TextAreaField(
        lazy("How do you know that it is really your colleague?"),
        validators=[InputRequired(), Length(min=20, max=500)],
        description=lazy(
            "For example: I saw them today, or I called the number in our own directory. An e-mail"
            " is not enough."
        ),
        render_kw={"rows": 3},
    )


class PublicBodyForm(Form):
    """A government, and who looks after it first."""

    kind = RadioField(
        lazy("Kind of organisation"),
        choices=[
            (kind.value, name)
            for kind, name in KIND_NAMES.items()
            if kind is not OrganisationKind.STARTUP
        ],
        validators=[InputRequired()],
    )
    name = StringField(
        lazy("Name"),
        validators=[InputRequired(), Longest(160)],
        filters=[one_line],
        description=lazy("In full, such as Gemeente Utrecht."),
        render_kw={"width": "m"},
    )
    short_name = StringField(
        lazy("Short name"),
        validators=[Optional(), Longest(40)],
        filters=[one_line],
        render_kw={"width": "m"},
    )
    city = StringField(
        lazy("City"),
        validators=[Optional(), Longest(80)],
        filters=[one_line],
        render_kw={"width": "m"},
    )
    email = EmailField(
        lazy("General e-mail address"),
        validators=[Optional(), Longest(254), Email()],
        render_kw={"width": "m"},
    )
    admin_email = EmailField(
        lazy("E-mail address of the first administrator"),
        validators=[InputRequired(), Longest(254), Email()],
        description=lazy("Gets an invitation and invites the colleagues."),
        render_kw={"width": "m"},
    )


def role_choices(roles: tuple[Role, ...]) -> list[tuple[str, Any, dict[str, Any]]]:
    """Name roles and what they do, as choices."""
    return [(role.value, ROLE_NAMES[role], {"help": ROLE_HELP[role]}) for role in roles]


def countries() -> list[tuple[str, str]]:
    """Name the countries in the reader's language: the Netherlands first, then by name."""
    names = {
        code: name
        for code, name in get_locale().territories.items()
        if len(code) == 2 and code.isalpha() and code not in {"EU", "EZ", "UN", "XA", "XB", "ZZ"}  # noqa: PLR2004 - ISO 3166-1 alpha-2
    }
    others = sorted((name, code) for code, name in names.items() if code != "NL")
    return [("NL", names["NL"]), *((code, name) for name, code in others)]
