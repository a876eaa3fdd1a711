"""A second stage, told through the services."""

from datetime import timedelta

from flask import current_app

from sir.jury.models import PitchState
from sir.jury.queries import items_of, pitches_of, sheets_of, slots_of
from sir.jury.services import (
    add_slots,
    answer_as_juror,
    close_pitch,
    draw_schedule,
    finish_pitches,
    invite_finalists,
    lock_quality,
    make_ranking,
    note_presence,
    publish_schedule,
    start_pitch,
    stop_pitch,
    submit_pitch_scores,
    write_minutes,
)
from sir.jury.services.pitchday import Heard
from sir.kernel.database import db
from sir.people.models import Role
from sir.workflows.models import PitchKind
from tests.jury.story import REASON, Story
from tests.makers import NOON, make_member

MINUTES = "De finalist liet de proef zien en beantwoordde de vragen van de jury."
ASKED = ("Wat hebt u van ons nodig?", "Wat doet u als de proef tegenvalt?")
AGAIN = "De finalisten hebben gepitcht; de jury stelde opnieuw vast."


class Finals(Story):
    """A challenge whose plan promises pitches."""

    def __init__(self, proposals=3, *, kind=PitchKind.RESCORE, finalists=2, **given):
        super().__init__(proposals, **given)
        self.plan.pitch = kind
        self.plan.pitch_questions = list(ASKED)
        self.challenge.terms.pitch_count = finalists
        self.challenge.terms.pitch_minutes = 10
        self.challenge.terms.pitch_question_minutes = 20
        # of a mail domain of their own: the same as a juror's would be a match to decide on
        self.founders = {
            row.id: make_member(
                Role.STARTUP_MEMBER, row.bidder, email=f"founder@startup{row.id}.example"
            )
            for row in self.proposals
        }
        self.first = None

    def ranked(self, levels=(5, 4, 3)):
        """Agree on one level per proposal, in the order of their numbers."""
        self.conferring()
        by_number = dict(enumerate(levels, 1))
        for item in items_of(self.round):
            self.agrees(item, by_number[item.proposal.number], extra_reason=REASON)
        lock_quality(self.round, by=self.chair.person, at=NOON)
        self.first = make_ranking(self.round, by=self.secretary, at=NOON)
        db.session.flush()
        return self

    def invited(self, **given):
        self.ranked(**given)
        invite_finalists(self.first, by=self.secretary, at=NOON)
        db.session.flush()
        return self

    def with_slots(self, count=3):
        add_slots(
            self.round,
            starts_at=NOON + timedelta(days=2),
            count=count,
            minutes=30,
            pause=10,
            room="Raadzaal",
            link="",
            by=self.secretary,
            at=NOON,
        )
        db.session.flush()
        return self

    def all_can_come(self):
        for seat in self.jury:
            answer_as_juror(self.round, seat, [], by=seat.person, at=NOON)
        db.session.flush()
        return self

    def drawn(self, **given):
        self.invited(**given).with_slots().all_can_come()
        draw_schedule(self.round, current_app.extensions["sir.solver"], by=self.secretary, at=NOON)
        db.session.flush()
        return self

    def published(self, **given):
        self.drawn(**given)
        publish_schedule(self.round, by=self.secretary, at=NOON)
        db.session.flush()
        return self

    def holds(self, pitch, *, closes=True):
        start_pitch(pitch, by=self.secretary, at=NOON)
        db.session.flush()
        note_presence(pitch, [seat.label for seat in self.jury], by=self.secretary, at=NOON)
        stop_pitch(pitch, by=self.secretary, at=NOON + timedelta(minutes=10))
        db.session.flush()
        answers = {row.position: (True, "Dat lichtte de finalist toe.") for row in pitch.questions}
        write_minutes(
            pitch, Heard(MINUTES, answers), version=pitch.version, by=self.secretary, at=NOON
        )
        db.session.flush()
        if closes:
            close_pitch(pitch, by=self.secretary, at=NOON)
            db.session.flush()

    def held(self, **given):
        self.published(**given)
        for pitch in self.pitches:
            if pitch.state is PitchState.INVITED:
                self.holds(pitch)
        return self

    def reconsidering(self, **given):
        self.held(**given)
        for seat in self.jury:
            submit_pitch_scores(self.round, seat, by=seat.person, at=NOON)
        db.session.flush()
        finish_pitches(self.round, by=self.chair.person, at=NOON)
        db.session.flush()
        return self

    def sheet_on(self, seat, number):
        return next(s for s in sheets_of(self.round, seat) if s.proposal.number == number)

    @property
    def pitches(self):
        return pitches_of(self.round)

    @property
    def slots(self):
        return slots_of(self.round)
