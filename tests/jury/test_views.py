"""The pages of the jury room: each does its work, and shows nobody what is not theirs yet."""

import json
import re

import pyotp
import pytest
from sqlalchemy import event

from sir.jury.models import RoundState, SeatKind, Tie
from sir.jury.queries import current_round, items_of, latest_ranking, report_of, seats_of, sheets_of
from sir.jury.rules.sheets import marks_of
from sir.jury.services import lock_quality, make_ranking, vacate_seat
from sir.kernel.database import db
from sir.people.services.signing_in import _place
from sir.ports.vault import seal_text
from tests.jury.story import REASON, Story
from tests.makers import NOON, make_person

HOSTILE = '"><script>alert(1)</script>{{ 7*7 }}=cmd'


def room(story):
    return f"/challenges/{story.challenge.code}/jury"


def filled(plan, position="4", reason=REASON):
    return {f"level_{row.key}": position for row in plan.criteria} | {
        f"reason_{row.key}": reason for row in plan.criteria
    }


def test_the_whole_story_in_pages(app, visitor, clock):  # noqa: PLR0915 - one story
    story = Story(proposals=1).written()
    people = [make_person() for _ in range(3)]
    visitor.as_(story.secretary)
    assert "Er is nog niemand uitgenodigd" in visitor.get(room(story)).text
    for person, kind in zip(people, ("chair", "juror", "juror"), strict=True):
        answer = visitor.hand_in(
            f"{room(story)}/invite",
            name=person.name,
            email=person.email,
            kind=kind,
            function="voorzitter" if kind == "chair" else "jurylid",
        )
        assert answer.status_code == 302
    for seat, person in zip(seats_of(story.challenge), people, strict=True):
        visitor.as_(person)
        path = f"/seats/{seat.code}"
        assert visitor.hand_in(f"{path}/accept", _from=path).status_code == 302
    visitor.as_(story.secretary)
    due = {"due_at-day": "1", "due_at-month": "7", "due_at-year": "2026", "due_at-time": "12.00"}
    assert visitor.hand_in(f"{room(story)}/open", **due).status_code == 302
    bidder = story.proposals[0].bidder_id
    for seat, person in zip(seats_of(story.challenge), people, strict=True):
        visitor.as_(person)
        assert "belangenregister" in visitor.get(f"/seats/{seat.code}/declare").text
        answer = visitor.hand_in("/account/interests", has_none="y", is_true="y")
        assert answer.status_code == 302
        unanswered = visitor.hand_in(f"/seats/{seat.code}/declare")
        assert unanswered.status_code == 422
        answer = visitor.hand_in(f"/seats/{seat.code}/declare", **{f"tie_{bidder}": "none"})
        assert answer.status_code == 302
    story.round = current_round(story.challenge)
    code = story.round.code
    visitor.as_(story.officer)
    ties = f"{room(story)}/integrity"
    assert visitor.hand_in(f"/rounds/{code}/clear", _from=ties).status_code == 302
    visitor.as_(story.secretary)
    assert visitor.hand_in(f"/rounds/{code}/start", _from=room(story)).status_code == 302
    for seat, person in zip(story.jury, people, strict=True):
        visitor.as_(person)
        (sheet,) = sheets_of(story.round, seat)
        path = f"/sheets/{sheet.code}"
        page = visitor.get(path)
        assert "Oplossing 1" in page.text
        answer = visitor.hand_in(path, version="1", next="1", **filled(story.plan))
        assert answer.location.endswith(f"/rounds/{code}/grid")
        answer = visitor.hand_in(f"/rounds/{code}/submit", _from=f"/rounds/{code}/grid")
        assert answer.status_code == 302
    visitor.as_(people[0])
    assert visitor.hand_in(f"/rounds/{code}/confer", _from=room(story)).status_code == 302
    for item in items_of(story.round):
        path = f"/consensus/{item.code}"
        assert REASON.strip() in visitor.get(path).text
        answer = visitor.hand_in(path, version="1", level="4", reason=REASON)
        assert answer.status_code == 302, answer.text
    assert visitor.get(f"/rounds/{code}/consensus").status_code == 200
    assert visitor.hand_in(f"/rounds/{code}/lock", _from=room(story)).status_code == 302
    assert visitor.hand_in(f"/rounds/{code}/rank").status_code == 302
    ranking = latest_ranking(story.challenge)
    page = visitor.get(f"/rankings/{ranking.code}")
    assert "60,00" in page.text
    assert visitor.get(f"/rankings/{ranking.code}.json").data == ranking.inputs.encode()
    for kind in ("xlsx", "ods", "csv"):
        assert visitor.get(f"/rankings/{ranking.code}.{kind}").status_code == 200
    answer = visitor.hand_in(f"/rankings/{ranking.code}/report", _from=f"/rankings/{ranking.code}")
    assert answer.status_code == 302
    report = report_of(ranking)
    assert visitor.get(f"/reports/{report.code}.pdf").data.startswith(b"%PDF")
    for person in people:
        secret = pyotp.random_base32()
        person.totp_secret = seal_text(app.extensions["sir.vault"], _place(person), secret)
        visitor.as_(person)
        path = f"/reports/{report.code}"
        wrong = visitor.hand_in(path, answer="sign", code="000000")
        assert wrong.status_code == 422
        right = visitor.hand_in(path, answer="sign", code=pyotp.TOTP(secret).at(clock.at))
        assert right.status_code == 302, right.text
    assert story.round.state is RoundState.DECIDED


def test_two_tabs_without_a_script_show_both_versions_and_lose_nothing(app, visitor):
    story = Story(proposals=1).written().started()
    seat = story.jury[0]
    (sheet,) = sheets_of(story.round, seat)
    path = f"/sheets/{sheet.code}"
    token = visitor.as_(seat.person).token(path)
    data = {"csrf_token": token, "version": "1"}
    visitor.post(path, data=data | {"level_K1": "3", "reason_K1": "De eerste tab."})

    page = visitor.post(path, data=data | {"level_K1": "5", "reason_K1": "De tweede tab."})

    name = story.plan.criteria[0].name
    assert page.status_code == 409
    assert "De eerste tab." in page.text
    assert "De tweede tab." in page.text
    assert f"{name}: niveau" in page.text
    assert f"{name}: uw motivering" in page.text
    assert 'name="version" type="hidden" value="2"' in page.text
    assert marks_of(sheet).reasons["K1"] == "De eerste tab."


def test_a_level_off_the_scale_is_refused_by_the_page(app, visitor):
    story = Story(proposals=1).written().started()
    seat = story.jury[0]
    (sheet,) = sheets_of(story.round, seat)
    for level in ("7", "0", "-1", "x", "٣", "1" * 50):
        answer = visitor.as_(seat.person).hand_in(
            f"/sheets/{sheet.code}", version="1", level_K1=level, reason_K1="Wat ik al schreef."
        )
        assert answer.status_code == 422, level
        assert "Wat ik al schreef." in answer.text
    assert marks_of(sheet).levels.get("K1") is None


def test_handing_in_what_is_incomplete_says_what_is_missing(app, visitor):
    story = Story().written().started()
    seat = story.jury[0]
    grid = f"/rounds/{story.round.code}/grid"
    answer = visitor.as_(seat.person).hand_in(f"/rounds/{story.round.code}/submit", _from=grid)
    assert answer.status_code == 422
    assert "voorstel 1, 2, 3" in answer.text


def test_hostile_text_stays_text(app, visitor):
    story = Story(proposals=1).written().started()
    seat = story.jury[0]
    story.fills(sheets_of(story.round, seat)[0], reason=HOSTILE)
    page = visitor.as_(seat.person).get(f"/sheets/{sheets_of(story.round, seat)[0].code}").text
    assert "<script>alert" not in page
    assert "{{ 7*7 }}" in page


def test_an_excluded_juror_reads_nothing_any_more(app, visitor):
    story = Story().written().started()
    seat = story.jury[1]
    sheet = sheets_of(story.round, seat)[0]
    path = f"/sheets/{sheet.code}"
    visitor.as_(seat.person)
    assert visitor.get(path).status_code == 200
    vacate_seat(seat, reason="Toch een belang.", by=story.secretary, at=NOON)

    for gone in (path, f"{path}/proposal.pdf", f"/rounds/{story.round.code}/grid", room(story)):
        assert visitor.get(gone).status_code == 404, gone
    assert visitor.get(f"/seats/{seat.code}").status_code == 200


def pages_while_alone(story, seat):
    code = story.round.code
    mine = [f"/sheets/{sheet.code}" for sheet in sheets_of(story.round, seat)]
    return [room(story), f"/rounds/{code}/grid", *mine]


def test_nobody_sees_anothers_score_while_everybody_works_alone(app, visitor):
    """Two worlds that differ in one hidden score answer alike, byte for byte."""
    story = Story().written().started()
    first, second, third = story.jury
    story.fills(sheets_of(story.round, third)[0], 2)
    watchers = [(first.person, pages_while_alone(story, first))]
    watchers += [(second.person, pages_while_alone(story, second))]
    progress = f"/rounds/{story.round.code}/progress"
    watchers += [(story.secretary, [room(story), progress]), (story.officer, [room(story)])]

    def look():
        found = {}
        for person, paths in watchers:
            visitor.as_(person)
            for path in paths:
                answer = visitor.get(path)
                assert answer.status_code == 200, path
                text = re.sub(r'name="csrf_token"[^>]*>', "", answer.text)
                found[person.code, path] = text
        return found

    before = look()
    story.fills(sheets_of(story.round, third)[0], 5, REASON + "Een andere reden.")
    assert look() == before


@pytest.mark.parametrize("who", ["juror", "secretary", "owner", "officer"])
def test_sheets_of_others_stay_shut_until_the_jury_confers(app, visitor, who):
    story = Story(proposals=1).written().submitted()
    first, second, _third = story.jury
    person = {
        "juror": second.person,
        "secretary": story.secretary,
        "owner": story.owner,
        "officer": story.officer,
    }[who]
    path = f"/sheets/{sheets_of(story.round, first)[0].code}"
    visitor.as_(person)
    assert visitor.get(path).status_code == 404
    assert visitor.get(f"/rounds/{story.round.code}/consensus").status_code == 404

    story.confers()

    expected = 200 if who in {"juror", "secretary"} else 404
    assert visitor.get(path).status_code == expected
    assert visitor.get(f"/rounds/{story.round.code}/consensus").status_code == expected


def test_the_ranking_reaches_the_team_once_the_jury_has_signed(app, visitor):
    story = Story(proposals=1).written().agreed()
    lock_quality(story.round, by=story.chair.person, at=NOON)
    ranking = make_ranking(story.round, by=story.secretary, at=NOON)
    db.session.flush()
    path = f"/rankings/{ranking.code}"
    assert visitor.as_(story.owner).get(path).status_code == 404
    assert visitor.as_(story.secretary).get(path).status_code == 200
    story.signed(ranking)
    assert visitor.as_(story.owner).get(path).status_code == 200


def test_names_stay_hidden_while_the_plan_says_so(app, visitor):
    story = Story(proposals=1).written().started()
    seat = story.jury[0]
    sheet = sheets_of(story.round, seat)[0]
    page = visitor.as_(seat.person).get(f"/sheets/{sheet.code}").text
    assert "Startup AA" not in page
    assert "Klinkerwerk" not in page  # the company part is for nobody on the jury
    assert "12.500,50" not in page  # nor is the cost part
    assert "Oplossing 1" in page


def test_a_page_costs_the_same_for_three_and_for_thirty_proposals(app, visitor):
    counts, queries = [], []
    event.listen(db.engine, "before_cursor_execute", lambda *a: queries.append(a[2]))
    for proposals in (3, 30):
        story = Story(proposals=proposals).written().started()
        seat = story.jury[0]
        visitor.as_(seat.person)
        sheet = sheets_of(story.round, seat)[1]
        for path in (room(story), f"/sheets/{sheet.code}"):
            before = len(queries)
            assert visitor.get(path).status_code == 200
            counts.append(len(queries) - before)
    assert counts[:2] == counts[2:]


def test_the_input_file_is_the_one_that_the_command_reads(app, visitor):
    story = Story(proposals=2).written().agreed()
    lock_quality(story.round, by=story.chair.person, at=NOON)
    ranking = make_ranking(story.round, by=story.secretary, at=NOON)
    db.session.flush()
    answer = visitor.as_(story.secretary).get(f"/rankings/{ranking.code}.json")
    document = json.loads(answer.data)
    assert document["seats"] == ["J1", "J2", "J3"]
    assert document["consensus"]["1"]["K1"] == "6"


def test_a_declared_tie_is_decided_on_a_page_of_the_officer(app, visitor):
    story = Story().declared_with_tie()
    (declaration,) = [row for row in story.ties() if row.tie is Tie.SOFT]
    path = f"/declarations/{declaration.code}"
    assert visitor.as_(story.secretary).get(path).status_code == 404
    assert declaration.bidder.name not in visitor.get(room(story)).text
    visitor.as_(story.officer)
    assert declaration.detail in visitor.get(path).text
    assert visitor.hand_in(path, measure="admit", reason="Kort").status_code == 422
    answer = visitor.hand_in(path, measure="admit", reason="De band is oud en los; het lid blijft.")
    assert answer.status_code == 302
    assert declaration.measure == "admit"


def test_the_reserve_is_called_in_from_the_room(app, visitor):
    story = Story().seated()
    reserve = story.seat("jurylid", SeatKind.RESERVE)
    leaving = story.jury[1]
    visitor.as_(story.secretary)
    path = f"/seats/{leaving.code}/vacate"
    assert visitor.hand_in(path, reason="Ziek").status_code == 302
    answer = visitor.hand_in(f"/seats/{reserve.code}/call", _from=room(story))
    assert answer.status_code == 302
    assert reserve.kind is SeatKind.JUROR
