"""The commands of whoever runs the house."""

import pytest
from sqlalchemy import select, text

from sir.journal.models import Entry
from sir.journal.services import record
from sir.kernel.database import db
from sir.kernel.transaction import transaction
from sir.notices.models import Letter
from sir.people.models import Person, SignIn
from sir.people.services.signing_in import open_sign_in
from sir.permissions import PERMISSIONS
from tests.makers import NOON, make_person


def run(app, *words):
    db.session.commit()
    result = app.test_cli_runner().invoke(args=["sir", *words])
    db.session.expire_all()
    return result


def test_a_new_admin_gets_a_letter_to_choose_a_password(app):
    result = run(app, "create-admin", "beheer@example.org", "Bo Beheer")

    person = db.session.scalars(select(Person)).one()
    assert result.exit_code == 0
    assert (person.name, person.is_platform_admin, person.password_hash) == (
        "Bo Beheer",
        True,
        None,
    )
    assert db.session.scalars(select(Letter.template)).all() == ["people/confirm"]


def test_somebody_known_becomes_admin_without_a_letter(app):
    person = make_person()

    run(app, "create-admin", person.email, "Another name")

    assert (person.is_platform_admin, person.name == "Another name") == (True, False)
    assert db.session.scalars(select(Letter)).all() == []


def test_an_admin_without_phone_and_codes_gets_a_link_and_starts_again(app):
    admin = make_person(is_platform_admin=True, totp_confirmed_at=NOON, password_hash="oud")
    open_sign_in(admin, agent="", at=NOON)

    result = run(app, "reset-second-factor", admin.email)

    assert result.exit_code == 0
    assert (admin.totp_confirmed_at, admin.password_hash) == (None, None)
    assert db.session.scalars(select(SignIn).where(SignIn.ended_at.is_(None))).all() == []
    assert sorted(db.session.scalars(select(Letter.template))) == [
        "people/factor_removed",
        "people/factor_reset_by_operator",
        "people/reset",
    ]
    noted = db.session.execute(select(Entry.actor).where(Entry.act == "factor.reset")).all()
    assert noted == [("",)]


@pytest.mark.parametrize(
    "words",
    [{"totp_confirmed_at": NOON}, {"is_platform_admin": True, "totp_confirmed_at": None}],
    ids=["somebody with colleagues", "an admin without a factor"],
)
def test_for_nobody_else_the_server_resets_a_factor(app, words):
    person = make_person(password_hash="oud", **words)

    result = run(app, "reset-second-factor", person.email)

    assert result.exit_code == 2
    assert person.password_hash == "oud"
    assert db.session.scalars(select(Letter)).all() == []
    assert run(app, "reset-second-factor", "niemand@example.org").exit_code == 2


def test_the_table_is_printed_with_its_pages(app):
    lines = run(app, "permissions").output.splitlines()

    assert [line.split()[0] for line in lines] == list(PERMISSIONS)
    assert any("people.sign_in" in line for line in lines)


def test_a_whole_journal_says_so_and_a_broken_one_names_the_row(app):
    with transaction():
        record("thing.done", "thing:1", by=make_person(), at=NOON)
    assert run(app, "verify-journal").output == "The journal is whole.\n"

    if db.engine.dialect.name == "sqlite":
        db.session.execute(text("DROP TRIGGER journal_entry_no_update"))
    else:
        db.session.execute(text("ALTER TABLE journal_entry DISABLE TRIGGER USER"))
    db.session.execute(text("UPDATE journal_entry SET actor = 'X'"))
    broken = run(app, "verify-journal")

    assert (broken.exit_code, broken.output) == (1, "house 1: changed\n")


@pytest.mark.parametrize("name", ["rank", "diagnose", "assign", "demo", "post", "worker"])
def test_every_command_explains_itself(app, name):
    result = run(app, name, "--help")

    assert result.exit_code == 0
    assert "Usage:" in result.output
