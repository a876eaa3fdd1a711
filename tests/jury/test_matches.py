"""Blind matching: found by the platform, seen by one pair of eyes, decided before anybody reads."""

import csv
import io
import re
from difflib import unified_diff

import pytest
from sqlalchemy import event, select

from sir.challenges.models import TeamPlace
from sir.journal.models import Entry
from sir.journal.services import write_pending
from sir.jury.models import InterestKind, RoundState, SeatKind, Verdict
from sir.jury.queries import matches_of, sheets_of
from sir.jury.services import (
    add_interest,
    decide_match,
    look_for_matches,
    sign_register,
    start_individual,
)
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.people.models import Membership, Role
from tests.jury.story import Story
from tests.makers import (
    NOON,
    make_challenge,
    make_founder,
    make_member,
    make_organisation,
    make_person,
    save,
)

LONG = "Nagevraagd: het is een naamgenoot zonder enige band."


def lists(story, seat, **given):
    """Let somebody list a tie and sign."""
    add_interest(
        **{"kind": InterestKind.OTHER, "organisation": "Iets anders", "by": seat.person, "at": NOON}
        | given
    )
    db.session.flush()
    sign_register(has_none=False, by=seat.person, at=NOON)
    db.session.flush()
    return seat


def matched(story, **given):
    """A jury in which the second member lists the first bidder by its number."""
    story.seated()
    lists(story, story.jury[1], **{"kvk": story.proposals[0].bidder.kvk} | given)
    story.opened()
    for seat in story.jury:
        story.declares(seat)
    return story


def kinds(story):
    return [
        (row.seat.label, row.bidder.name, ground["kind"])
        for row in matches_of(story.challenge)
        for ground in row.grounds
    ]


def test_a_match_is_found_on_the_number_and_blocks_until_it_is_decided(app):
    story = matched(Story())
    assert kinds(story) == [("J2", "Startup AA", "kvk")]
    assert [seat.cleared_at is None for seat in story.jury] == [False, True, False]
    with pytest.raises(Refused, match="vrijgegeven"):
        start_individual(story.round, by=story.secretary, at=NOON)
    (match,) = matches_of(story.challenge)
    with pytest.raises(Refused):
        decide_match(match, verdict=Verdict.NO_TIE, reason="Nee.", by=story.officer, at=NOON)

    decide_match(match, verdict=Verdict.NO_TIE, reason=LONG, by=story.officer, at=NOON)

    assert story.jury[1].cleared_by_id == story.officer.id
    start_individual(story.round, by=story.secretary, at=NOON)
    assert story.round.state is RoundState.INDIVIDUAL
    with pytest.raises(Refused):
        decide_match(match, verdict=Verdict.ADMIT, reason=LONG, by=story.officer, at=NOON)


def test_a_match_can_exclude_from_the_whole_challenge(app):
    story = matched(Story())
    seat, (match,) = story.jury[1], matches_of(story.challenge)
    decide_match(match, verdict=Verdict.EXCLUDE, reason=LONG, by=story.officer, at=NOON)
    assert (seat.vacated_at, seat.cleared_at) == (NOON, None)


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({"organisation": "STARTUP ÁA b.v."}, "name"),
        ({"organisation": "Weg", "people": "Bea de Boer\nAd Een"}, "person"),
        ({"organisation": "Weg", "domain": "mail.startup-aa.nl"}, "domain"),
    ],
)
def test_a_match_is_found_on_names_people_and_domains(app, given, kind):
    story = Story()
    bidder = story.proposals[0].bidder
    bidder.email = "info@startup-aa.nl"
    make_member(Role.STARTUP_MEMBER, bidder, name="Ad Een", email="ad@gmail.com")
    matched(story, kvk="", **given)
    assert kinds(story) == [("J2", "Startup AA", kind)]


def test_an_earlier_part_in_an_award_to_the_bidder_is_a_match(app):
    story = Story().seated()
    seat, before = story.jury[2], make_challenge()
    save(TeamPlace(challenge_id=before.id, person_id=seat.person_id, role=Role.OWNER, since=NOON))
    story.opened()
    story.clears(awards=[(story.proposals[1].bidder_id, before.id)])
    assert kinds(story) == [("J3", "Startup AB", "award")]


def test_a_role_in_the_same_organisation_is_a_match(app):
    story = Story().seated()
    founder, body = make_founder(story.proposals[2].bidder), make_organisation()
    for person in (founder, story.jury[0].person):
        save(
            Membership(person_id=person.id, organisation_id=body.id, role=Role.AUDITOR, since=NOON)
        )
    founder.email = "founder@elders.nl"
    story.opened()
    story.clears()
    assert kinds(story) == [("J1", "Startup AC", "member")]


def test_the_check_is_done_by_who_has_no_part_in_it(app):
    story = Story().opened()
    bidder = story.proposals[0].bidder
    with pytest.raises(Refused):
        story.clears(by=make_founder(bidder))
    with pytest.raises(Refused):
        story.clears(by=story.jury[0].person)


def test_a_change_in_a_register_asks_for_another_look(app):
    story = Story().declared()
    seat = story.jury[1]
    assert seat.cleared_at == NOON
    lists(story, seat, kvk=story.proposals[2].bidder.kvk)
    assert seat.cleared_at is None
    with pytest.raises(Refused):
        start_individual(story.round, by=story.secretary, at=NOON)
    assert story.clears() == 0
    assert kinds(story) == [("J2", "Startup AC", "kvk")]


def test_a_decided_match_opens_again_for_something_new(app):
    story = matched(Story())
    (match,) = matches_of(story.challenge)
    decide_match(match, verdict=Verdict.NO_TIE, reason=LONG, by=story.officer, at=NOON)
    assert story.clears() == 0
    assert match.verdict is Verdict.NO_TIE
    lists(story, story.jury[1], organisation="Startup AA")
    story.clears()
    assert match.verdict is None
    assert [ground["kind"] for ground in match.grounds] == ["kvk", "name"]


def test_a_reserve_is_checked_too(app):
    story = Story().seated()
    reserve = lists(story, story.seat("jurylid", SeatKind.RESERVE), organisation="Startup AB")
    story.declared()
    story.declares(reserve)
    assert kinds(story) == [("R1", "Startup AB", "name")]
    assert reserve.cleared_at is None


# -- Who sees it -----------------------------------------------------------------


def pages(story):
    room = f"/challenges/{story.challenge.code}"
    return [
        f"{room}/jury",
        "/desk",
        "/account/interests",
        f"{room}/manage",
        *(f"/seats/{seat.code}" for seat in story.jury),
        *(f"/seats/{seat.code}/declare" for seat in story.jury),
        *(f"/proposals/{proposal.code}" for proposal in story.proposals),
        f"{room}/jury/integrity",
        f"{room}/jury/integrity.csv",
    ]


def seen(visitor, story, person):
    visitor.as_(person)
    return [
        (path, answer.status_code, _same(answer.text))
        for path in pages(story)
        for answer in [visitor.get(path)]
    ]


def _same(text):
    """Leave out what differs from one page to the next by itself: tokens."""
    return re.sub(r'name="csrf_token"[^>]*|nonce="[^"]*"', "", text)


def test_nobody_but_who_guards_integrity_can_tell_whether_there_is_a_match(app, visitor):
    """Two worlds, one database: everything is read, then the match is found, then read again."""
    story = Story().written()
    guard = make_member(Role.INTEGRITY_OFFICER, story.challenge.buyer)
    admin = make_person(is_platform_admin=True)
    founder = make_founder(story.proposals[0].bidder)
    founder.email = "founder@elders.nl"  # not where the jury has its addresses
    story.seated()
    lists(story, story.jury[1], kvk=story.proposals[0].bidder.kvk)
    story.opened()
    everybody = [
        story.secretary,
        story.officer,
        story.owner,
        admin,
        founder,
        *(seat.person for seat in story.jury),
    ]
    before = [seen(visitor, story, person) for person in everybody]
    vault = app.extensions["sir.vault"]
    journal = f"/challenges/{story.challenge.code}/journal"
    write_pending()
    told = visitor.as_(story.officer).get(journal)
    assert look_for_matches(story.round, awards=(), vault=vault, by=guard, at=NOON) == 1
    write_pending()
    assert _same(visitor.get(journal).text) == _same(told.text)  # what it notes is elsewhere

    after = [seen(visitor, story, person) for person in everybody]

    for one, two in zip(before, after, strict=True):
        for first, second in zip(one, two, strict=True):
            assert first[:2] == second[:2]
            assert [*unified_diff(first[2].split("\n"), second[2].split("\n"))] == []
    visitor.as_(guard)
    page = visitor.get(f"/challenges/{story.challenge.code}/jury/integrity")
    assert page.status_code == 200
    assert "Hetzelfde KvK-nummer" in page.text
    (match,) = matches_of(story.challenge)
    for person in everybody:
        visitor.as_(person)
        assert visitor.get(f"/matches/{match.code}").status_code == 404
    streams = db.session.scalars(select(Entry.stream).where(Entry.act == "matches.looked_for"))
    assert set(streams) == {f"integrity:{story.challenge.code}"}


def test_the_officer_decides_where_nobody_was_appointed(app, visitor):
    story = matched(Story())
    (match,) = matches_of(story.challenge)
    path = f"/matches/{match.code}"
    visitor.as_(story.officer)
    assert visitor.hand_in(path, verdict="no_tie", reason="Kort").status_code == 422
    assert visitor.hand_in(path, verdict="no_tie", reason=LONG).status_code == 302
    assert LONG in visitor.get(path).text
    make_member(Role.INTEGRITY_OFFICER, story.challenge.buyer)
    assert visitor.get(path).status_code == 404


def test_what_a_bidder_declared_about_the_jury_is_kept_from_officials(app, visitor):
    story = Story(proposals=1)
    relations = "Onze tester is de buurvrouw van een jurylid."
    story.written(relations=relations)
    story.seated().opened()
    path = f"/proposals/{story.proposals[0].code}"
    founder = make_founder(story.proposals[0].bidder)
    founder.email = "founder@elders.nl"  # not where the jury has its addresses
    for person, is_told in (
        (story.officer, False),
        (story.secretary, False),
        (founder, True),
    ):
        visitor.as_(person)
        answer = visitor.get(path)
        assert answer.status_code == 200
        assert (relations in answer.text) is is_told
        paper = visitor.get(f"{path}/papers/company.pdf")
        assert paper.status_code == 200
    story.clears()
    assert kinds(story) == [
        ("J2", "Startup AA", "declared"),
        ("J3", "Startup AA", "declared"),
    ]


def test_the_register_of_ties_holds_no_formula(app, visitor):
    story = Story()
    story.proposals[0].bidder.name = "=HYPERLINK(1)"
    matched(story)
    visitor.as_(story.officer)
    path = f"/challenges/{story.challenge.code}/jury/integrity"
    rows = list(
        csv.reader(io.StringIO(visitor.get(f"{path}.csv").data.decode("utf-8-sig")), delimiter=";")
    )
    assert [row[0] for row in rows[1:]] == ["J1", "J2", "J3"]
    assert rows[2][4] == "'=HYPERLINK(1)"
    assert "00000001" in rows[2][6]
    for kind in ("xlsx", "ods"):
        assert visitor.get(f"{path}.{kind}").status_code == 200
    assert visitor.get(f"{path}.exe").status_code == 404
    assert visitor.as_(story.secretary).get(f"{path}.csv").status_code == 404


def test_the_check_costs_the_same_for_three_and_for_thirty_bidders(app, visitor):
    counts, queries = [], []
    event.listen(db.engine, "before_cursor_execute", lambda *a: queries.append(a[2]))
    for proposals in (3, 30):
        story = matched(Story(proposals=proposals))
        visitor.as_(story.officer)
        before = len(queries)
        assert visitor.get(f"/challenges/{story.challenge.code}/jury/integrity").status_code == 200
        counts.append(len(queries) - before)
    assert counts[0] == counts[1]


def test_a_juror_who_recognises_a_bidder_reports_it_and_learns_nothing(app, visitor):
    story = Story().written().started()
    seat = story.jury[1]
    sheet = sheets_of(story.round, seat)[0]
    visitor.as_(seat.person)
    path = f"/sheets/{sheet.code}"
    assert "Ik herken deze inschrijver" in visitor.get(path).text
    assert visitor.hand_in(f"{path}/recognise", detail="Kort").status_code == 422
    answer = visitor.hand_in(f"{path}/recognise", detail="Ik zag dit product op een beurs in mei.")
    assert answer.status_code == 302
    bidder = sheet.proposal.bidder
    assert kinds(story) == [("J2", bidder.name, "recognised")]
    assert bidder.name not in visitor.get(path).text
    declared = visitor.get(f"/seats/{seat.code}/declare").text
    assert "beurs" not in declared
    assert seat.cleared_at is None
    assert visitor.as_(story.jury[0].person).get(f"{path}/recognise").status_code == 404
    (match,) = matches_of(story.challenge)
    decide_match(match, verdict=Verdict.ADMIT, reason=LONG, by=story.officer, at=NOON)
    assert seat.cleared_at == NOON
