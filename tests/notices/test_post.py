"""The post: each letter at least once, under one number, whatever happens in between."""

import socket
import threading
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import func, select

from sir.app import create_app
from sir.commands.post import post_due
from sir.kernel.database import db
from sir.notices.models import Letter
from sir.notices.rules import LEASE, MOST_TRIES, compose, message_id, pause, split_letter
from sir.notices.services import lease_letter, post_again, write_letter
from sir.ports.post import FolderPost, SmtpPost
from sir.ports.vault import seal_text
from tests.conftest import settings
from tests.makers import NOON, make_person


class Mailbox:
    """What a real mail server received, and how it behaves."""

    def __init__(self):
        self.received = []
        self.answer = "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - aiosmtpd's name
        if self.answer.startswith("250"):
            self.received.append(message_from_bytes(envelope.content, policy=policy.default))
        return self.answer


@pytest.fixture
def mailbox():
    return Mailbox()


@pytest.fixture
def office(mailbox):
    """A real mail server on a free port of this machine."""

    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    yield SmtpPost(f"smtp://127.0.0.1:{port}")
    controller.stop()


def write(count=1, **given):
    person = given.pop("to", None) or make_person()
    for _ in range(count):
        write_letter(given.pop("template", "people/known"), to=person, at=NOON, **given)
    db.session.commit()
    return person


def letter():
    return db.session.scalars(select(Letter)).one()


def test_a_letter_goes_out_in_the_readers_language_with_its_headers(app, office, mailbox):
    person = make_person(lang="en", email="jan@example.org")
    write(to=person, key="receipt-1")

    assert post_due(office) == 1

    (mail,) = mailbox.received
    assert mail["To"] == "jan@example.org"
    assert mail["Subject"] == "You have an account already"
    assert mail["Message-ID"] == "<receipt-1@127.0.0.1>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "en"
    assert "http://127.0.0.1:5000/en/sign-in" in mail.get_content()
    assert (letter().posted_at, letter().subject) == (NOON, "You have an account already")


def test_dutch_is_spoken_to_whoever_reads_dutch(app, office, mailbox):
    write()
    post_due(office)

    assert mailbox.received[0]["Subject"] == "U heeft al een account"
    assert "http://127.0.0.1:5000/sign-in" in mailbox.received[0].get_content()


def test_nothing_goes_twice_and_nothing_before_it_is_due(app, office, mailbox, clock):
    write(3)
    db.session.execute(Letter.__table__.update().where(Letter.id == 2)
                       .values(due_at=NOON + timedelta(hours=1)))  # fmt: skip
    db.session.commit()

    assert [post_due(office), post_due(office)] == [2, 0]
    clock.at += timedelta(hours=1)
    assert post_due(office) == 1
    assert len(mailbox.received) == 3


def test_a_letter_of_an_act_that_failed_is_never_written(app, office):
    write_letter("people/known", to=make_person(), at=NOON)
    db.session.rollback()

    assert post_due(office) == 0


def test_a_crash_between_sending_and_noting_sends_again_under_the_same_number(
    app, office, mailbox, clock
):
    write()

    class Crashing:
        def send(self, message):
            office.send(message)
            raise SystemExit

    with pytest.raises(SystemExit):
        post_due(Crashing())
    db.session.rollback()
    assert (letter().posted_at, len(mailbox.received)) == (None, 1)
    assert post_due(office) == 0  # still leased

    clock.at += LEASE + timedelta(seconds=1)
    assert post_due(office) == 1

    numbers = [mail["Message-ID"] for mail in mailbox.received]
    assert len(numbers) == 2
    assert len(set(numbers)) == 1
    assert letter().posted_at is not None


def test_a_server_that_refuses_is_tried_later_and_less_often(app, office, mailbox, clock):
    write()
    mailbox.answer = "451 try again later"
    waits = []
    for _ in range(MOST_TRIES):
        post_due(office)
        waits.append(letter().due_at - clock.at)
        clock.at += waits[-1]
        db.session.rollback()

    assert waits[:4] == [timedelta(minutes=n) for n in (1, 2, 4, 8)]
    assert max(waits) == timedelta(hours=6)
    assert (letter().tries, letter().posted_at) == (MOST_TRIES, None)
    assert "451" in letter().fault
    mailbox.answer = "250 OK"
    db.session.rollback()
    assert post_due(office) == 0  # given up, and visible with its fault

    post_again(letter(), at=clock.at)
    db.session.commit()
    assert post_due(office) == 1
    assert letter().fault == ""


def test_a_server_that_is_away_costs_no_letter(app, clock):
    write()

    assert post_due(SmtpPost("smtp://127.0.0.1:9")) == 0
    assert "ConnectionRefusedError" in letter().fault


@pytest.mark.parametrize(
    "broken", [{"template": "people/no_such_letter"}, {"template": "people/reset"}]
)
def test_a_letter_that_cannot_be_written_does_not_stop_the_others(app, office, mailbox, broken):
    write(**broken)
    write()

    assert post_due(office) == 1
    faults = db.session.scalars(select(Letter.fault).order_by(Letter.id)).all()
    assert faults[0]
    assert not faults[1]


@pytest.mark.parametrize(
    "address",
    [
        "a@example.org\r\nBcc: b@example.org",
        "a@example.org, b@example.org",
        "geen adres",
        "a@b\x01",
    ],
)
def test_an_address_cannot_smuggle_in_a_header_or_another_reader(app, office, mailbox, address):
    write_letter("people/known", address=address, at=NOON)
    db.session.commit()

    assert post_due(office) == 0
    assert mailbox.received == []
    assert letter().fault


def test_a_subject_cannot_smuggle_in_a_header(app, office, mailbox):
    vault = app.extensions["sir.vault"]
    write(
        template="people/invitation", organisation="X\r\nBcc: b@example.org\u2028Y", inviter="I",
        role="owner", expires_at=NOON.isoformat(), secret=seal_text(vault, "link", "s3cret"),
    )  # fmt: skip
    post_due(office)

    (mail,) = mailbox.received
    assert mail["Bcc"] is None
    assert "\n" not in mail["Subject"]


def test_the_secret_of_a_link_is_sent_but_not_kept_in_production(app, office, mailbox):
    object.__setattr__(app.extensions["sir.settings"], "mode", "production")
    vault = app.extensions["sir.vault"]
    write(template="people/reset", secret=seal_text(vault, "link", "s3cret"))

    post_due(office)

    assert "/password/reset/s3cret" in mailbox.received[0].get_content()
    assert "s3cret" not in letter().body + str(letter().words)
    assert "/password/reset/…" in letter().body


def test_two_postmen_bring_each_letter_once(clock, office, mailbox, tmp_path, app):
    database_url = app.extensions["sir.settings"].database_url
    write(30)

    def bring(house):
        with house.app_context():
            try:
                post_due(office)
            except Exception as error:  # noqa: BLE001 - shown by the test below
                faults.append(error)
            db.session.remove()
            db.engine.dispose()

    faults = []
    # Built first: werkzeug parses its rules, and Python 3.11 cannot do so in two threads at once.
    houses = [
        create_app(settings(database_url, tmp_path), clock=clock, TESTING=True) for _ in range(2)
    ]
    postmen = [threading.Thread(target=bring, args=(house,)) for house in houses]
    for postman in postmen:
        postman.start()
    for postman in postmen:
        postman.join()

    assert faults == []
    numbers = [mail["Message-ID"] for mail in mailbox.received]
    assert len(numbers) == len(set(numbers)) == 30
    waiting = select(func.count()).select_from(Letter).where(Letter.posted_at.is_(None))
    assert db.session.scalar(waiting) == 0


def test_a_leased_letter_is_nobody_elses_until_the_lease_ends(app, clock):
    write()

    taken = lease_letter(NOON)
    db.session.commit()

    assert taken.tries == 1
    assert lease_letter(NOON + LEASE) is None
    assert lease_letter(NOON + LEASE + timedelta(seconds=1)).tries == 2


def test_a_folder_stands_in_for_the_post_in_a_demo(app, tmp_path):
    write(key="receipt-1")

    post_due(FolderPost(str(tmp_path / "box")))

    assert b"U heeft al een account" in (tmp_path / "box" / "receipt-1.eml").read_bytes()


def test_numbers_are_safe_and_always_the_same():
    assert message_id("abc.1-2_3", "sir.example") == "<abc.1-2_3@sir.example>"
    hostile = message_id("a>\r\nBcc: x", "sir.example")
    assert hostile == message_id("a>\r\nBcc: x", "sir.example")
    assert "\n" not in hostile
    assert hostile.count(">") == 1


def test_the_first_line_is_the_subject():
    assert split_letter("\n Onderwerp \n\nTekst\n\nEinde\n") == ("Onderwerp", "Tekst\n\nEinde\n")


def test_a_header_is_one_line_whatever_is_in_it():
    mail = compose(sender="A <a@x.nl>", to="b@x.nl", subject="x\r\nBcc: c@x.nl", body="t\n",
                   lang="nl", number="<1@x>", at=NOON)  # fmt: skip

    assert mail["Subject"] == "x Bcc: c@x.nl"
    assert "Bcc" not in mail


def test_the_longest_pause_is_six_hours():
    assert [pause(n) for n in (1, 2, 9, 40)] == [
        timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=256), timedelta(hours=6),
    ]  # fmt: skip
