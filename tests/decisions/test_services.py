"""From a signed ranking to a letter for everybody, a standstill and an award."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from sir.challenges.models import ChallengeState
from sir.decisions.document import letter_document
from sir.decisions.models import DecisionState, Outcome
from sir.decisions.queries import decision_of, public_award
from sir.decisions.services import (
    award_decision,
    cancel_challenge,
    check_letter,
    prepare_decision,
    release_decision,
    resume_award,
    suspend_award,
    write_advantages,
    write_closing,
)
from sir.journal.models import Entry
from sir.jury.models import ConsensusItem, RoundState
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.transaction import transaction
from sir.notices.models import Letter
from sir.people.models import Role
from sir.ports.press import PressError
from sir.proposals.models import ProposalState
from tests.decisions.story import judged, make_ranking
from tests.makers import NOON, make_challenge, make_founder, make_proposal, make_startup
from tests.makers import make_team_member as make_team

WHY = "Dit is waarom wij dit doen, in een hele zin."


def prepared(story):
    return prepare_decision(story.challenge, by=story.secretary, at=NOON)


def ready(story):
    """Prepared, described and checked: only the approver is still to come."""
    decision = prepared(story)
    for letter in decision.letters:
        if letter.outcome is Outcome.SELECTED:
            write_advantages(letter, "Het plan laat zien hoe.", by=story.secretary, at=NOON)
    for letter in decision.letters:
        check_letter(letter, by=story.officer, at=NOON)
    return decision


def released(story, app, at=NOON):
    decision = ready(story)
    with transaction():
        release_decision(
            decision,
            by=story.approver,
            at=at,
            press=app.extensions["sir.press"],
            store=app.extensions["sir.store"],
        )
    return decision


def test_every_bidder_gets_a_letter_the_one_set_aside_too(app):
    decision = prepared(judged())

    assert [
        (letter.proposal.bidder.name, letter.outcome, letter.rank) for letter in decision.letters
    ] == [
        ("Helder BV", Outcome.SELECTED, 1),
        ("Praatplaat", Outcome.REJECTED, 2),
        ("Taalwerk", Outcome.REJECTED, 3),
        ("Te Laat BV", Outcome.INADMISSIBLE, None),
    ]


def test_a_letter_holds_own_scores_reasons_and_the_level_above(app):
    decision = prepared(judged())
    row = decision.letters[1].content["criteria"][0]

    assert row["points"] == "6.00"
    assert row["level"] == "Voldoende"
    assert row["reason"] == "Praatplaat over Begrip: het plan is concreet en toetsbaar."
    assert row["above"] == {"points": "8", "level": "Goed", "anchor": "Goed"}


def test_as_many_win_as_there_are_places(app):
    decision = prepared(judged(places=2))

    assert [letter.outcome for letter in decision.letters[:3]] == [
        Outcome.SELECTED,
        Outcome.SELECTED,
        Outcome.REJECTED,
    ]


def again(story, points, **given):
    """Rank once more, with these points for the three that were judged."""
    old = prepared(story).ranking
    consensus = {
        str(proposal.number): {f"K{n}": given_points for n, given_points in enumerate(row, 1)}
        for proposal, row in zip(story.proposals[:3], points, strict=True)
    }
    return make_ranking(old.round, consensus, ranking_number=2, **given)


def test_who_fails_a_minimum_cannot_win(app):
    story = judged()
    best, second, _third, _late = story.proposals
    again(story, ["8848", "6666", "4444"], minimums={"K3": "6"})

    decision = prepared(story)

    assert [(row.proposal.id, row.outcome, row.rank) for row in decision.letters[:2]] == [
        (second.id, Outcome.SELECTED, 1),
        (best.id, Outcome.REJECTED, None),
    ]
    assert decision.letters[1].content["below"] == [
        {"name": "Waarde", "points": "4.00", "minimum": "6"}
    ]


def test_nobody_wins_when_nobody_passes(app):
    story = judged()
    again(story, ["4444", "2222", "4444"], minimums={"K3": "6"})

    with pytest.raises(Refused, match="Geen voorstel haalt"):
        prepared(story)


def test_the_published_tie_list_decides_at_the_line(app):
    story = judged()
    # 40 x 8 + 25 x 4 + 20 x 6 + 15 x 6 = 630 = 40 x 6 + 25 x 6 + 20 x 6 + 15 x 8
    again(story, ["6668", "8466", "4444"])

    decision = prepared(story)

    assert [row.proposal.bidder.name for row in decision.letters[:2]] == ["Praatplaat", "Helder BV"]
    assert [row.rank for row in decision.letters[:2]] == [1, 1]
    assert decision.letters[0].content["decided_by"] == "K1"


def test_a_shared_last_place_is_nobodys(app):
    story = judged()
    again(story, ["6666", "6666", "4444"])

    with pytest.raises(Refused, match="delen de laatste plaats"):
        prepared(story)


def test_with_two_places_equals_above_the_line_both_win(app):
    story = judged(places=2)
    again(story, ["6666", "6666", "4444"])

    decision = prepared(story)

    assert [row.outcome for row in decision.letters[:3]] == [
        Outcome.SELECTED,
        Outcome.SELECTED,
        Outcome.REJECTED,
    ]
    assert [row.rank for row in decision.letters[:3]] == [1, 1, 3]


def test_with_two_places_a_shared_second_place_is_nobodys(app):
    story = judged(places=2)
    again(story, ["8888", "6666", "6666"])

    with pytest.raises(Refused, match="delen de laatste plaats"):
        prepared(story)


def test_with_two_places_the_published_lot_decides_the_second_and_the_letters_say_so(app):
    story = judged(places=2)
    again(story, ["8888", "6666", "6666"], seed="baken 4711")
    drawn = sorted(
        story.proposals[1:3],
        key=lambda row: hashlib.sha256(f"baken 4711|{row.number}".encode()).hexdigest(),
    )

    decision = prepared(story)

    names = [row.proposal.bidder.name for row in decision.letters[:3]]
    assert names == ["Helder BV", *(row.bidder.name for row in drawn)]
    assert [row.outcome for row in decision.letters[1:3]] == [Outcome.SELECTED, Outcome.REJECTED]
    for letter in decision.letters[1:3]:
        assert "loting" in str(letter_document(letter, at=NOON))


def test_with_two_places_the_published_tie_list_decides_the_second(app):
    story = judged(places=2)
    again(story, ["8888", "6668", "8466"])

    decision = prepared(story)

    assert [row.proposal.bidder.name for row in decision.letters[:3]] == [
        "Helder BV",
        "Taalwerk",
        "Praatplaat",
    ]
    assert [row.outcome for row in decision.letters[1:3]] == [Outcome.SELECTED, Outcome.REJECTED]


def test_when_the_winner_falls_away_the_next_wins_and_nobody_is_ranked_anew(app):
    story = judged()
    story.proposals[0].state = ProposalState.INADMISSIBLE
    story.proposals[0].inadmissible_reason = "De verklaring bleek niet waar."

    decision = prepared(story)

    assert [(row.proposal.bidder.name, row.outcome, row.rank) for row in decision.letters] == [
        ("Praatplaat", Outcome.SELECTED, 2),
        ("Taalwerk", Outcome.REJECTED, 3),
        ("Helder BV", Outcome.INADMISSIBLE, None),
        ("Te Laat BV", Outcome.INADMISSIBLE, None),
    ]


def test_a_ranking_that_was_tampered_with_decides_nothing(app):
    story = judged()
    ranking = prepared(story).ranking
    rows = ranking.result["ranking"]
    ranking.result = ranking.result | {"ranking": [rows[1], rows[0], rows[2]]}

    with pytest.raises(Refused, match="volgt niet uit"):
        prepared(story)


@pytest.mark.parametrize("state", [state for state in RoundState if state != RoundState.DECIDED])
def test_nothing_is_prepared_before_the_jury_has_signed(app, state):
    story = judged(state=state)

    with pytest.raises(Refused, match="nog niet ondertekend"):
        prepared(story)


def test_preparing_again_keeps_what_was_written(app):
    story = judged()
    decision = prepared(story)
    write_closing(decision.letters[1], "Bel ons gerust.", by=story.officer, at=NOON)
    db.session.flush()

    anew = prepared(story)

    assert anew.id == decision.id
    assert anew.letters[1].closing == "Bel ons gerust."
    assert len(anew.letters) == 4


def test_an_empty_reason_blocks_every_letter_and_says_which(app):
    story = judged()
    item = db.session.scalars(
        select(ConsensusItem).where(ConsensusItem.proposal_id == story.proposals[2].id)
    ).first()
    item.reason = " "
    decision = ready(story)

    with pytest.raises(Refused) as refusal:
        release_decision(decision, by=story.approver, at=NOON, press=None, store=None)

    assert "In de brief aan Taalwerk ontbreekt de motivering bij het criterium Begrip." in [
        str(sentence) for sentence in refusal.value.sentences
    ]
    assert decision.state is DecisionState.DRAFT


def test_losers_are_owed_the_winners_advantages(app):
    story = judged()
    decision = prepared(story)
    for letter in decision.letters:
        check_letter(letter, by=story.officer, at=NOON)

    with pytest.raises(Refused, match="relatieve voordelen van Helder BV"):
        release_decision(decision, by=story.approver, at=NOON, press=None, store=None)


def test_a_change_after_the_check_asks_for_a_new_check(app):
    story = judged()
    decision = ready(story)
    write_advantages(decision.letters[0], "Nieuwe tekst.", by=story.officer, at=NOON)

    assert [letter.checked_at is None for letter in decision.letters] == [False, True, True, False]
    with pytest.raises(Refused, match="bedrijfsgeheimen"):
        release_decision(decision, by=story.approver, at=NOON, press=None, store=None)


def test_a_newer_ranking_makes_the_letters_old(app):
    story = judged()
    decision = ready(story)
    consensus = {str(p.number): {f"K{n}": "8" for n in range(1, 5)} for p in story.proposals[:3]}
    make_ranking(decision.ranking.round, consensus, ranking_number=2)

    with pytest.raises(Refused, match="nieuwere rangorde"):
        release_decision(decision, by=story.approver, at=NOON, press=None, store=None)


@pytest.mark.parametrize("who", ["secretary", "officer"])
def test_who_prepared_or_checked_does_not_release(app, who):
    story = judged()
    decision = ready(story)

    with pytest.raises(Refused, match="Een collega met mandaat"):
        release_decision(decision, by=getattr(story, who), at=NOON, press=None, store=None)


def test_releasing_prints_and_mails_everybody_and_starts_the_standstill(app):
    story = judged()

    decision = released(story, app)

    store = app.extensions["sir.store"]
    assert all(store.fetch(letter.pdf).startswith(b"%PDF") for letter in decision.letters)
    assert len({letter.pdf for letter in decision.letters}) == 4
    assert decision.state is DecisionState.NOTIFIED
    assert story.challenge.state is ChallengeState.NOTIFIED
    mail = db.session.scalars(select(Letter)).all()
    assert sorted(letter.to for letter in mail) == sorted(who.email for who in story.founders)
    assert {tuple(sorted(letter.words)) for letter in mail} == {("letter", "title")}
    acts = db.session.scalars(select(Entry.act).where(Entry.stream == story.challenge.code)).all()
    assert acts.count("letter.released") == 4
    assert acts[-1] == "decision.released"


@pytest.mark.parametrize(
    ("sent", "ends"),
    [
        # 20 days later is an ordinary Monday
        (datetime(2026, 6, 2, 10, tzinfo=UTC), datetime(2026, 6, 22, 22, tzinfo=UTC)),
        # a Saturday: on to Monday
        (datetime(2026, 6, 7, 10, tzinfo=UTC), datetime(2026, 6, 29, 22, tzinfo=UTC)),
        # Good Friday 2027, so over Easter to the Tuesday, in summer time
        (datetime(2027, 3, 6, 10, tzinfo=UTC), datetime(2027, 3, 30, 22, tzinfo=UTC)),
        # Christmas Day, a Friday: on to Monday the 28th
        (datetime(2026, 12, 5, 10, tzinfo=UTC), datetime(2026, 12, 28, 23, tzinfo=UTC)),
        # King's Day 2027, a Tuesday
        (datetime(2027, 4, 7, 10, tzinfo=UTC), datetime(2027, 4, 28, 22, tzinfo=UTC)),
        # half past eleven in the evening in Amsterdam is still that day
        (datetime(2026, 6, 2, 21, 59, tzinfo=UTC), datetime(2026, 6, 22, 22, tzinfo=UTC)),
        (datetime(2026, 6, 2, 22, tzinfo=UTC), datetime(2026, 6, 23, 22, tzinfo=UTC)),
    ],
)
def test_the_standstill_ends_with_its_last_day(app, sent, ends):
    decision = released(judged(), app, at=sent)

    assert decision.standstill_ends_at == ends


class BrokenPress:
    """A real press that jams at the third letter."""

    def __init__(self, press):
        self.press = press
        self.left = 2

    def pdf(self, document, at):
        if not self.left:
            raise PressError("The letter cannot be printed.")  # noqa: TRY003, EM101 - a test's own
        self.left -= 1
        return self.press.pdf(document, at)


def test_one_letter_that_cannot_be_printed_stops_them_all(app):
    story = judged()
    ready(story)
    db.session.commit()
    decision = decision_of(story.challenge)
    press = BrokenPress(app.extensions["sir.press"])

    with pytest.raises(PressError), transaction():
        release_decision(
            decision, by=story.approver, at=NOON, press=press, store=app.extensions["sir.store"]
        )

    db.session.expire_all()
    assert decision.state is DecisionState.DRAFT
    assert story.challenge.state is ChallengeState.OPENED
    assert [letter.pdf for letter in decision.letters] == ["", "", "", ""]
    assert db.session.scalars(select(Letter)).all() == []
    acts = db.session.scalars(select(Entry.act)).all()
    assert [act for act in acts if act.endswith("released")] == []


def test_letters_that_went_out_do_not_change(app):
    story = judged()
    decision = released(story, app)

    with pytest.raises(Refused):
        write_closing(decision.letters[0], "Nog iets.", by=story.officer, at=NOON)
    with pytest.raises(Refused):
        prepared(story)
    with pytest.raises(Refused):
        release_decision(decision, by=story.approver, at=NOON, press=None, store=None)


def test_the_award_waits_for_the_very_instant(app):
    story = judged()
    decision = released(story, app)
    ends = decision.standstill_ends_at

    with pytest.raises(Refused, match="tot en met maandag 22 juni 2026"):
        award_decision(decision, by=story.approver, at=ends - timedelta(microseconds=1))
    assert public_award(story.challenge) is None

    award_decision(decision, by=story.approver, at=ends)

    assert story.challenge.state is ChallengeState.AWARDED
    award = public_award(story.challenge)
    assert [(winner.name, str(winner.total)) for winner in award.winners] == [
        ("Helder BV", "80.00")
    ]
    assert award.proposals == 4


def test_no_award_while_a_court_looks_at_it(app):
    story = judged()
    decision = released(story, app)
    ends = decision.standstill_ends_at
    suspend_award(decision, WHY, by=story.officer, at=NOON + timedelta(days=3))

    with pytest.raises(Refused, match="opgeschort"):
        award_decision(decision, by=story.approver, at=ends)

    later = ends.date() + timedelta(days=10)
    resume_award(decision, WHY, until=later, by=story.officer, at=ends)
    assert decision.standstill_ends_at == ends + timedelta(days=10)
    with pytest.raises(Refused, match="opschortende termijn"):
        award_decision(decision, by=story.approver, at=ends)
    award_decision(decision, by=story.approver, at=decision.standstill_ends_at)
    assert decision.suspensions[0].outcome == WHY


def test_resuming_never_shortens_the_standstill(app):
    story = judged()
    decision = released(story, app)
    ends = decision.standstill_ends_at
    suspend_award(decision, WHY, by=story.officer, at=NOON)

    resume_award(decision, WHY, until=NOON.date(), by=story.officer, at=NOON)

    assert decision.standstill_ends_at == ends


def test_a_suspension_and_its_end_are_explained(app):
    story = judged()
    decision = released(story, app)

    with pytest.raises(Refused, match="minimaal 20"):
        suspend_award(decision, "x" + " " * 30, by=story.officer, at=NOON)
    suspend_award(decision, WHY, by=story.officer, at=NOON)
    with pytest.raises(Refused, match="minimaal 20"):
        resume_award(decision, "", until=None, by=story.officer, at=NOON)


def test_cancelling_leaves_the_envelopes_shut_and_tells_everybody(app):
    challenge = make_challenge()
    approver = make_team(Role.APPROVER, challenge)
    startups = [make_startup() for _n in range(3)]
    people = [make_founder(startup) for startup in startups]
    states = [ProposalState.DRAFT, ProposalState.SEALED, ProposalState.WITHDRAWN]
    proposals = [
        make_proposal(challenge=challenge, bidder=startup, state=state, submitted_at=NOON)
        for startup, state in zip(startups, states, strict=True)
    ]

    cancel_challenge(challenge, WHY, by=approver, at=NOON)

    assert challenge.state is ChallengeState.CANCELLED
    assert (challenge.cancelled_at, challenge.cancel_reason) == (NOON, WHY)
    assert [proposal.state for proposal in proposals] == states
    mail = db.session.scalars(select(Letter)).all()
    assert sorted(letter.to for letter in mail) == sorted(who.email for who in people[:2])


def test_an_awarded_challenge_is_not_cancelled(app):
    story = judged()
    decision = released(story, app)
    award_decision(decision, by=story.approver, at=decision.standstill_ends_at)

    with pytest.raises(Refused):
        cancel_challenge(story.challenge, WHY, by=story.approver, at=NOON)
