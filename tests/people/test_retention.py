"""What is old is forgotten, exactly when its time is up, and what papers point at stays."""

import json
from datetime import timedelta

from sqlalchemy import func, select, text

from sir.commands.retention import PAUSE, Sweeper, swept
from sir.journal.models import Entry
from sir.journal.queries import faults
from sir.kernel.database import db
from sir.people.models import (
    Invitation,
    KeptForm,
    Role,
    SignIn,
    Token,
    TokenPurpose,
)
from sir.people.rules.retention import INVITATIONS_KEPT, LINKS_KEPT, RESETS_KEPT, SESSIONS_KEPT
from sir.people.services.kept import KEEP, keep_form
from sir.people.services.lost_factor import ask_factor_reset
from sir.people.services.signing_in import end_sign_in, open_sign_in
from sir.proposals.models import Opening
from tests.makers import NOON, make_challenge, make_organisation, make_person, save
from tests.proposals.story import draft, open_vault, submit

INSTANT = timedelta(microseconds=1)


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def swept_at(at):
    db.session.commit()
    db.session.expire_all()
    return swept(at)


def test_an_ended_session_goes_when_its_time_is_up_and_not_before(app):
    person = make_person()
    end_sign_in(open_sign_in(person, agent="", at=NOON).sign_in, by=person, at=NOON)

    assert swept_at(NOON + SESSIONS_KEPT - INSTANT)["sessions"] == 0
    assert swept_at(NOON + SESSIONS_KEPT)["sessions"] == 1
    assert count(SignIn) == 0


def test_a_living_session_stays(app):
    sign_in = open_sign_in(make_person(), agent="", at=NOON).sign_in

    assert swept_at(sign_in.expires_at + SESSIONS_KEPT - INSTANT)["sessions"] == 0
    assert swept_at(sign_in.expires_at + SESSIONS_KEPT)["sessions"] == 1


def test_the_sessions_that_opened_a_vault_stay_with_the_record(app, clock):
    challenge = make_challenge()
    submit(*draft(challenge))
    opening = open_vault(challenge, clock)
    keys = {opening.first_sign_in_id, opening.second_sign_in_id}

    swept_at(NOON + timedelta(days=4000))

    assert set(db.session.scalars(select(SignIn.id))) == keys
    assert count(Opening) == 1


def test_links_and_invitations_go_by_when_they_stopped_working(app):
    person, body = make_person(), make_organisation()
    for used_at in (None, NOON):
        save(
            Token(
                purpose=TokenPurpose.RESET_PASSWORD,
                person_id=person.id,
                token_hash=f"hash {used_at}",
                created_at=NOON,
                expires_at=NOON + timedelta(hours=1),
                used_at=used_at,
            )
        )
        save(
            Invitation(
                email="x@example.org",
                organisation_id=body.id,
                role=Role.OFFICER,
                token_hash=f"hash {used_at}",
                invited_by_id=person.id,
                invited_at=NOON,
                expires_at=NOON + timedelta(hours=1),
                withdrawn_at=used_at,
            )
        )

    assert swept_at(NOON + LINKS_KEPT)["links"] == 1
    assert swept_at(NOON + LINKS_KEPT + timedelta(hours=1))["links"] == 1
    assert swept_at(NOON + INVITATIONS_KEPT)["invitations"] == 1
    assert swept_at(NOON + INVITATIONS_KEPT + timedelta(hours=1))["invitations"] == 1
    assert (count(Token), count(Invitation)) == (0, 0)


def test_a_kept_form_goes_and_only_numbers_are_noted(app):
    person = make_person()
    vault = app.extensions["sir.vault"]
    keep_form(person, "/geheim", [("tekst", "geheim")], vault=vault, at=NOON)

    assert swept_at(NOON + KEEP)["forms"] == 1

    noted = db.session.scalars(select(Entry).where(Entry.act == "house.forgotten")).one()
    told = {"sessions": 0, "links": 0, "forms": 1, "resets": 0, "invitations": 0}
    assert json.loads(noted.details) == told
    assert count(KeptForm) == 0
    assert list(faults()) == []


def test_when_nothing_is_old_nothing_is_noted(app):
    swept_at(NOON)

    assert count(Entry) == 0


def test_the_worker_sweeps_once_an_hour(app, clock):
    sweep = Sweeper()
    sweep()
    person = make_person()
    end_sign_in(open_sign_in(person, agent="", at=NOON).sign_in, by=person, at=NOON - SESSIONS_KEPT)
    db.session.commit()
    clock.at = NOON + PAUSE - INSTANT
    sweep()
    assert count(SignIn) == 1

    clock.at = NOON + PAUSE
    sweep()
    assert count(SignIn) == 0


def test_the_command_forgets_counts_of_tries_too(app):
    db.session.execute(text("INSERT INTO rate_limit (key, tries, expires) VALUES ('k', 3, 5)"))
    db.session.commit()

    told = app.test_cli_runner().invoke(args=["sir", "forget"])

    assert told.exit_code == 0, told.output
    assert "sessions: 0" in told.output
    assert db.session.scalar(text("SELECT count(*) FROM rate_limit")) == 0


def test_a_request_to_reset_a_factor_is_forgotten(app):
    lost, asker = make_person(totp_confirmed_at=NOON), make_person()
    ask_factor_reset(lost, "Zij stond aan mijn bureau.", others=(), by=asker, at=NOON)

    assert swept_at(NOON + RESETS_KEPT - INSTANT)["resets"] == 0
    assert swept_at(NOON + RESETS_KEPT)["resets"] == 1
