"""Changes that a page sends by itself: each arrives once, on a known version, and none is lost."""

import json
from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select

from sir.journal.models import Entry
from sir.jury.models import SheetPatch, SheetRevision, SheetState
from sir.jury.queries import sheets_of
from sir.jury.rules.patches import clash
from sir.jury.rules.sheets import marks_of
from sir.jury.services import vacate_seat
from sir.kernel.database import db
from tests.jury.story import Story
from tests.makers import NOON

KEY = "0f8fad5b-d9cb-469f-a165-708677289501"
OTHER = "7c9e6679-7425-40de-944b-e07fc1f90ae7"


class Desk:
    """A juror's sheet, and the changes their page sends."""

    def __init__(self, visitor, proposals=1):
        self.story = Story(proposals=proposals).written().started()
        self.seat = self.story.jury[0]
        self.sheet = sheets_of(self.story.round, self.seat)[0]
        self.path = f"/sheets/{self.sheet.code}"
        self.visitor = visitor
        self.token = visitor.as_(self.seat.person).token(self.path)

    def sends(self, version='"v1"', key=KEY, token=None, **fields):
        headers = {"X-Autosave": "1", "If-Match": version, "Idempotency-Key": key}
        return self.visitor.patch(
            self.path,
            data={"csrf_token": token or self.token, **fields},
            headers={name: value for name, value in headers.items() if value is not None},
        )


@pytest.fixture
def desk(app, visitor):
    return Desk(visitor)


def test_a_change_saves_its_field_and_leaves_the_others(desk):
    first = desk.sends(level_K1="3")
    second = desk.sends('"v2"', OTHER, reason_K1="Kort.\r\nMaar krachtig. ")

    assert (first.status_code, first.json["version"]) == (200, 2)
    assert (second.status_code, second.json["version"]) == (200, 3)
    marks = marks_of(desk.sheet)
    assert (marks.levels["K1"], marks.reasons["K1"]) == (3, "Kort.\nMaar krachtig.")
    assert desk.sheet.state is SheetState.DRAFT


def test_a_level_can_be_emptied_again(desk):
    desk.sends(level_K1="3")
    answer = desk.sends('"v2"', OTHER, level_K1="")

    assert answer.status_code == 200
    assert marks_of(desk.sheet).levels["K1"] is None


def test_the_same_change_twice_counts_once(desk):
    answers = [desk.sends(reason_K1="Een keer.") for _ in range(3)]

    assert [answer.json for answer in answers] == [answers[0].json] * 3
    assert desk.sheet.version == 2
    assert db.session.scalar(select(func.count()).select_from(SheetRevision)) == 1
    assert db.session.scalar(select(func.count()).select_from(SheetPatch)) == 1


def test_a_replay_after_other_changes_still_answers_as_it_did(desk):
    first = desk.sends(reason_K1="Eerst.")
    desk.sends('"v2"', OTHER, reason_K1="Later.")

    again = desk.sends(reason_K1="Eerst.")

    assert again.json == first.json
    assert marks_of(desk.sheet).reasons["K1"] == "Later."


def test_a_key_stands_for_one_change(desk):
    desk.sends(reason_K1="Eerst.")
    answer = desk.sends('"v2"', KEY, reason_K1="Iets anders.")

    assert answer.status_code == 422
    assert marks_of(desk.sheet).reasons["K1"] == "Eerst."


@pytest.mark.parametrize(
    ("version", "key"),
    [(None, KEY), ("", KEY), ("*", KEY), ("v1x", KEY), ('"v1"', None), ('"v1"', "kort")],
)
def test_a_change_without_its_version_or_key_is_not_taken_in(desk, version, key):
    answer = desk.sends(version, key, level_K1="3")

    assert answer.status_code == 428
    assert "versie" in answer.json["reasons"][0]
    assert marks_of(desk.sheet).levels.get("K1") is None


def test_a_stale_change_gets_both_versions_and_what_they_began_with(desk):
    desk.sends(reason_K1="Het begin.")
    desk.sends('"v2"', OTHER, reason_K1="Van elders.")
    answer = desk.sends('"v2"', "a-third-key-of-its-own", reason_K1="Van hier.")

    name = desk.story.plan.criteria[0].name
    assert answer.status_code == 409
    assert answer.json == {
        "version": 3,
        "fields": ["reason_K1"],
        "labels": {"reason_K1": f"{name}: uw motivering"},
        "yours": {"reason_K1": "Van hier."},
        "theirs": {"reason_K1": "Van elders."},
        "base": {"reason_K1": "Het begin."},
    }
    assert marks_of(desk.sheet).reasons["K1"] == "Van elders."


def test_labels_speak_the_language_of_the_reader(desk):
    desk.sends(level_K1="2")
    desk.path = f"/en{desk.path}"
    answer = desk.sends(key=OTHER, level_K1="4")

    assert answer.json["labels"]["level_K1"].endswith(": level")


def test_a_stale_change_of_another_field_is_no_clash_but_is_told(desk):
    desk.sends(level_K1="3")
    desk.sends('"v2"', OTHER, reason_K2="Van elders.")
    answer = desk.sends('"v2"', "a-third-key-of-its-own", reason_K1="Van hier.")

    assert answer.status_code == 409
    assert answer.json["fields"] == []
    assert answer.json["theirs"] == {"reason_K1": "", "reason_K2": "Van elders."}


def test_before_the_first_saving_the_sheet_was_empty_so_other_fields_do_not_clash(desk):
    desk.sends(level_K1="3")
    answer = desk.sends('"v1"', OTHER, reason_K2="Van hier.")

    assert answer.status_code == 409
    assert answer.json["fields"] == []
    assert answer.json["base"] == {"level_K1": "", "reason_K2": ""}
    assert answer.json["theirs"] == {"level_K1": "3", "reason_K2": ""}


def test_a_stale_change_that_says_the_same_hears_of_what_else_changed_first(desk):
    desk.sends(reason_K1="Gelijk.")
    desk.sends('"v2"', OTHER, reason_K2="Van elders.")
    answer = desk.sends('"v1"', "a-third-key-of-its-own", reason_K1="Gelijk.")

    assert answer.status_code == 409
    assert answer.json["fields"] == []
    assert answer.json["theirs"] == {"reason_K1": "Gelijk.", "reason_K2": "Van elders."}


def test_a_stale_change_that_says_the_same_is_simply_saved(desk):
    desk.sends(reason_K1="Gelijk.")
    answer = desk.sends('"v1"', OTHER, reason_K1="Gelijk.")

    assert (answer.status_code, answer.json["version"]) == (200, 2)


@pytest.mark.parametrize(
    "fields", [{"level_K1": "7"}, {"level_K1": "x"}, {"reason_K99": "x"}, {"state": "submitted"}]
)
def test_what_no_sheet_has_is_refused(desk, fields):
    answer = desk.sends(**fields)

    assert answer.status_code == 409
    assert answer.json["reasons"]
    assert desk.sheet.version == 1


def test_an_old_token_gets_a_new_one_and_nothing_is_written(desk):
    answer = desk.sends(token="verlopen", level_K1="3")

    assert answer.status_code == 422
    assert desk.sheet.version == 1
    assert desk.sends(token=answer.json["csrf_token"], level_K1="3").status_code == 200


def test_a_change_never_reaches_a_sheet_that_was_handed_in(app, visitor):
    desk = Desk(visitor)
    desk.story.submits(desk.seat)

    answer = desk.sends(f'"v{desk.sheet.version}"', level_K1="2")

    assert answer.status_code == 409
    assert marks_of(desk.sheet).levels["K1"] == 4


def test_who_left_the_jury_and_who_is_signed_out_change_nothing(desk):
    stranger = desk.story.jury[1].person
    desk.visitor.as_(stranger)
    assert desk.sends(level_K1="3").status_code == 404
    desk.visitor.as_(None)
    assert desk.sends(level_K1="3").status_code == 401
    desk.visitor.as_(desk.seat.person)
    vacate_seat(desk.seat, reason="Toch een belang.", by=desk.story.secretary, at=NOON)
    assert desk.sends(level_K1="3").status_code == 404
    assert desk.sheet.version == 1 or desk.sheet.state is SheetState.VOID


def test_the_journal_tells_which_way_was_used(desk):
    desk.sends(level_K1="3", way="criterion")
    desk.sends('"v2"', OTHER, level_K2="3")

    entries = db.session.scalars(select(Entry).where(Entry.act == "sheet.saved").order_by(Entry.id))
    assert [json.loads(entry.details)["way"] for entry in entries] == ["criterion", "proposal"]


def test_the_same_change_from_two_threads_at_once_counts_once(app, visitor):
    desk = Desk(visitor)
    with visitor.session_transaction() as session:
        known = dict(session)
    start, answers = Barrier(3), []

    path = desk.path

    def send():
        with app.app_context():
            other = app.test_client()
            with other.session_transaction() as session:
                session.update(known)
            start.wait()
            headers = {"X-Autosave": "1", "If-Match": '"v1"', "Idempotency-Key": KEY}
            data = {"csrf_token": desk.token, "reason_K1": "Tegelijk."}
            answers.append(other.patch(path, data=data, headers=headers))
            db.session.remove()

    db.session.commit()
    threads = [Thread(target=send) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    db.session.expire_all()
    assert [(a.status_code, a.json["version"]) for a in answers] == [(200, 2)] * 3
    assert desk.sheet.version == 2


def test_without_a_common_beginning_every_difference_clashes():
    stored = {"level_K1": "2", "reason_K1": "Hun tekst.", "note": ""}

    both = clash({"reason_K1": "Mijn tekst."}, stored, None, 5)

    assert (both.fields, both.base) == (("reason_K1",), None)
    assert both.theirs == {"reason_K1": "Hun tekst."}
