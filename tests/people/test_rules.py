"""Passwords, codes, roles, numbers and paths: what holds at the edges."""

from datetime import timedelta

import pyotp
import pytest

from sir.people.models import OrganisationKind, Role
from sir.people.rules import Standing
from sir.people.rules.factors import STEP, code_at, new_secret, step_of, tidy_code
from sir.people.rules.organisations import is_kvk, role_faults, tidy_kvk
from sir.people.rules.passwords import (
    _NOBODY,
    hash_password,
    is_outdated,
    is_password,
    password_faults,
)
from sir.people.rules.sessions import device, path_within
from tests.makers import NOON

KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
BODY, STARTUP = OrganisationKind.MUNICIPALITY, OrganisationKind.STARTUP


@pytest.mark.parametrize(
    ("password", "is_fine"),
    [
        ("kort maar nee", True),
        ("elf tekens!", False),
        ("twaalf teken", True),
        ("x" * 12, False),
        ("vier paarden lopen door de polder", True),
        ("🐴🐄🐖🐓🐑🐐🦆🐈🐕🐇🐿🦔 en meer dieren", True),
        ("a b c d e f g h i j k l m n o " * 4 + "12345678", True),
        ("q" + "abcdefghijklmnopqrstuvwxyz123456" * 4, False),
        ("wachtwoord12", False),
        ("Welkom2026!!", False),
        ("WACHTWOORDwachtwoord", False),
        ("123456789012", False),
        ("startupinresidence", False),
        ("JanJansen2026", False),
        ("jan@example.org1", False),
        ("121212121212", False),
    ],
)
def test_a_password_is_long_and_not_easy_to_guess(password, is_fine):
    assert (password_faults(password, "Jan Jansen", "jan@example.org") == []) is is_fine


def test_128_signs_are_taken_and_none_is_cut_off():
    password = "zes paarden op 1 " * 7 + "en zeven!"
    kept = hash_password(password)

    assert password_faults(password) == []
    assert is_password(kept, password)
    assert not is_password(kept, password[:-1] + "x")
    assert not is_password(kept, password[:72])


def test_capitals_spaces_and_signs_count():
    kept = hash_password(" Vier Paarden 🐴 ")

    assert is_password(kept, " Vier Paarden 🐴 ")
    assert not is_password(kept, "Vier Paarden 🐴")
    assert not is_password(kept, " vier paarden 🐴 ")


def test_the_same_letter_typed_on_another_machine_is_the_same_password():
    assert is_password(hash_password("caf\u00e9 in de polder"), "cafe\u0301 in de polder")


def test_passwords_are_kept_as_argon2id_at_the_strength_of_owasp():
    assert hash_password("vier paarden lopen").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_an_older_and_lighter_hash_is_outdated_but_still_opens():
    from_before = "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$GUSFaYFTP2pOzQ3BUR3Y8Q"

    assert is_outdated(from_before)
    assert not is_outdated(hash_password("vier paarden lopen"))


def test_nothing_opens_an_account_without_a_password():
    assert not is_password(None, "")
    assert not is_outdated(_NOBODY)  # it costs what ours cost
    assert not is_password("not a hash", "not a hash")


@pytest.mark.parametrize(
    ("shift", "works"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_code_of_the_half_minute_before_and_after_works_too(shift, works):
    code = code_at(KEY, NOON + timedelta(seconds=shift * STEP))

    assert (step_of(KEY, code, NOON, None) is not None) is works


def test_a_code_works_once_and_no_older_one_after_it():
    step = step_of(KEY, code_at(KEY, NOON), NOON, None)

    assert step_of(KEY, code_at(KEY, NOON), NOON, step) is None
    assert step_of(KEY, code_at(KEY, NOON - timedelta(seconds=STEP)), NOON, step) is None
    assert step_of(KEY, code_at(KEY, NOON + timedelta(seconds=STEP)), NOON, step) == step + 1


@pytest.mark.parametrize(
    "code", ["", "12345", "1234567", "abcdef", "１２３４５６", "٣٣٣٣٣٣", "\x00" * 6]
)
def test_a_strange_code_is_wrong_and_no_fault(code):
    assert step_of(KEY, code, NOON, None) is None


def test_a_code_may_be_typed_with_spaces():
    code = code_at(KEY, NOON)

    assert step_of(KEY, f" {code[:3]} {code[3:]} ", NOON, None) is not None


def test_our_codes_are_those_of_every_other_app():
    secret = new_secret()

    assert len(secret) == 32
    assert code_at(secret, NOON) == pyotp.TOTP(secret).at(NOON)


def test_a_recovery_code_is_read_as_it_was_meant():
    assert tidy_code(" bcdf-2345 ghjk 6789\n") == "BCDF2345GHJK6789"


@pytest.mark.parametrize(
    ("role", "kind", "held", "is_allowed"),
    [
        (Role.STARTUP_MEMBER, STARTUP, set(), True),
        (Role.STARTUP_ADMIN, STARTUP, {Role.STARTUP_MEMBER}, True),
        (Role.STARTUP_MEMBER, BODY, set(), False),
        (Role.STARTUP_ADMIN, OrganisationKind.MINISTRY, set(), False),
        (Role.OWNER, STARTUP, set(), False),
        (Role.ORG_ADMIN, STARTUP, set(), False),
        (Role.OWNER, BODY, {Role.ORG_ADMIN}, True),
        (Role.OWNER, BODY, {Role.OWNER}, False),
        (Role.AUDITOR, BODY, {Role.OFFICER}, False),
        (Role.OFFICER, BODY, {Role.AUDITOR}, False),
        (Role.INTEGRITY_OFFICER, BODY, {Role.SECRETARY}, False),
        (Role.AUDITOR, BODY, {Role.PROGRAMME_MANAGER}, True),
        (Role.JUROR, BODY, set(), False),
        (Role.CHAIR, BODY, set(), False),
    ],
)
def test_a_role_fits_its_organisation_and_the_roles_somebody_has(role, kind, held, is_allowed):
    assert (role_faults(role, kind, frozenset(held)) == []) is is_allowed


@pytest.mark.parametrize(
    ("text", "is_right"),
    [
        ("12345678", True),
        ("01234567", True),
        ("00000001", True),
        ("1234567", False),
        ("123456789", False),
        ("1234567a", False),
        ("１２３４５６７８", False),
        ("", False),
        ("12 34.56 78", True),
    ],
)
def test_a_kvk_number_has_exactly_eight_figures(text, is_right):
    assert is_kvk(tidy_kvk(text)) is is_right


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example", "//evil.example", "///evil.example", "/\\evil.example",
        "\\\\evil.example", "/\t/evil.example", "/\n/evil.example", "/\r\nSet-Cookie: a=b",
        "http:evil.example", "javascript:alert(1)", "data:text/html,x", "evil.example", "",
        "/%0d%0a\r", " /desk", "\u2028/desk", "/\x00desk", "https:/evil.example",
        "/desk\\@evil.example", "//[::1", "mailto:a@b.nl", "ftp://evil", "?next=x", "#x", "./desk",
        "../desk", "/\u202edesk", "//evil.example/%2f..", "/\\/evil.example", "/\x7fdesk",
    ],
)  # fmt: skip
def test_next_never_leads_out_of_the_house(target):
    assert not path_within(target)


@pytest.mark.parametrize(
    "target", ["/", "/desk", "/en/desk?x=1&y=2#z", "/challenges/ABC?next=https://x", "/a//b", "/é"]
)
def test_next_leads_to_any_page_of_our_own(target):
    assert path_within(target) == target


def test_a_device_is_named_when_it_can_be():
    agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140 Safari/537.36"

    assert device(agent + " Edg/140") == ("Edge", "Windows")
    assert device(agent) == ("Chrome", "Windows")
    assert device("curl/8") == ("", "")


@pytest.mark.parametrize("role", list(Role))
def test_whoever_is_no_mere_startup_must_have_a_second_factor(role):
    standing = Standing(
        person=type("P", (), {"is_platform_admin": False, "totp_confirmed_at": None})(),
        memberships=frozenset({(role, 1)}),
    )

    assert standing.must_have_factor is (role not in {Role.STARTUP_MEMBER, Role.STARTUP_ADMIN})
    assert standing.needs_factor is standing.must_have_factor
