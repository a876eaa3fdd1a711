"""Every page of the house, asked by everybody in every phase: no word comes out before its time.

The pages come from the house itself, so that a new one is asked too. What may be seen is written
here once more, after the table of the design (jury: 3.5), and not read from the permissions.
"""

import re
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import current_app
from sqlalchemy import select

from sir.challenges.models import ChallengeState
from sir.jury.models import Answer, Declaration, SeatKind, SheetState
from sir.jury.queries import advice_of, items_of, seats_of, sheets_of
from sir.jury.rules.sheets import Marks
from sir.jury.services import (
    answer_inquiry,
    answer_on,
    ask_for_check,
    ask_inquiry,
    lock_quality,
    make_ranking,
    make_report,
    note_candidate,
    save_sheet,
    sign_report,
    submit_advice,
    submit_sheets,
    write_advice,
)
from sir.kernel.canonical import canonical, sha256
from sir.kernel.database import db
from sir.people.models import Role
from sir.proposals.models import Part, PartKind, Submission
from sir.proposals.rules import binding
from sir.proposals.services.sealing import seal
from sir.workflows.models import Anonymity
from tests.calls.story import make_call
from tests.challenges.story import TEXTS
from tests.jury.priced import Priced
from tests.jury.story import REASON
from tests.makers import make_founder, make_member, make_person, make_team_member

PHASES = [
    *("individual", "consensus", "quality_locked", "price_opened"),
    *("ranked", "signing", "decided", "awarded"),
]
TOGETHER = set(PHASES[1:])
DONE = {"decided", "awarded"}
VOTING = {"chair", "first", "second"}
TEAM = {"owner", "officer", "approver", "secretary"}
OPENERS = {"officer", "secretary", "assessor"}
PRICED = {"bidder": "17.654,32", "rival": "28.765,43"}
# Written in any way, but not as digits in the midst of a fingerprint.
SHOWN = {
    name: re.compile(rf"(?<!\w){price[:2]}[.,]?{price[3:6]}(?!\w)")
    for name, price in PRICED.items()
}


def may_see(mark, actor, phase):
    """The table of the design, for the words that this test hides in a round."""
    kind, _, whose = mark.partition("-")
    if kind == "prijs":
        place = PHASES.index(phase)
        is_opened = place >= PHASES.index("price_opened") and actor in OPENERS
        is_ranked = place >= PHASES.index("ranked") and actor in VOTING
        is_told = phase in DONE and actor in TEAM
        is_over = actor == "auditor" and phase == "awarded"
        return actor == whose or is_opened or is_ranked or is_told or is_over
    if kind == "notitie":
        return actor == whose
    if kind in {"alleen", "advies"}:
        is_late = phase in TOGETHER and actor in {*VOTING, "secretary"}
        return actor == whose or is_late or (actor == "auditor" and phase == "awarded")
    if kind == "reden":  # no integrity officer was appointed, so the procurement officer guards
        return actor == "officer" or (actor == "auditor" and phase == "awarded")
    if kind in {"vraag", "antwoord"} and actor in {"bidder", "rival"}:
        return phase in TOGETHER and (kind == "vraag" or actor == whose)
    assert kind in {"samen", "vraag", "antwoord"}
    is_heard = phase in TOGETHER and actor in {*VOTING, "secretary"}
    is_told = phase in DONE and actor in {*TEAM}
    return is_heard or is_told or (actor == "auditor" and phase == "awarded")


class Round:
    """A round that was played up to a phase, with a word of its own in every hidden place."""

    def __init__(self, phase):
        self.story = story = Priced(tuple(PRICED.values()))
        story.plan.anonymity = Anonymity.UNTIL_DECISION  # so that the jury asks in writing
        story.challenge.terms.text_nl = {
            key: text if isinstance(text, str) else "\n".join(text) for key, text in TEXTS.items()
        }
        story.challenge.call = make_call(buyer=story.challenge.buyer)
        story.seated()
        reserve = story.seat("jurylid", SeatKind.RESERVE).person
        self.advising = story.seat("jurylid", SeatKind.ADVISER)
        story.started()
        story.declares(self.advising)
        chair, first, second = story.jury
        self.seats = {"chair": chair, "first": first, "second": second}
        self.ranking = self.report = self.inquiry = None
        self.actors = {name: seat.person for name, seat in self.seats.items()} | {
            "reserve": reserve,
            "adviser": self.advising.person,
            "owner": story.owner,
            "officer": story.officer,
            "approver": make_team_member(Role.APPROVER, story.challenge),
            "secretary": story.secretary,
            "assessor": story.keys.assessor.person,
            "programme manager": make_member(Role.PROGRAMME_MANAGER, story.challenge.buyer),
            "auditor": make_member(Role.AUDITOR, story.challenge.buyer),
            "platform admin": make_person(is_platform_admin=True),
            "bidder": make_founder(story.proposals[0].bidder),
            "rival": make_founder(story.proposals[1].bidder),
            "stranger": None,
        }
        self.think_of("kandidaat@elders.nl")
        self.play(PHASES.index(phase))
        db.session.commit()

    def play(self, steps):
        """Take the steps one after the other."""
        story = self.story
        for name, seat in self.seats.items():
            for sheet in sheets_of(story.round, seat):
                self.write(sheet, name)
        submit_sheets(story.round, self.seats["first"], by=self.actors["first"], at=story.at)
        self.advise()
        acts = [self.confer, self.lock, self.open, self.rank, self.print, self.sign, self.award]
        for act in acts[:steps]:
            act()
            db.session.flush()

    def write(self, sheet, name):
        keys = [row.key for row in self.story.plan.criteria]
        reasons = dict.fromkeys(keys, f"{REASON} alleen-{name}")
        marks = Marks(dict.fromkeys(keys, 4), reasons, f"notitie-{name}")
        save_sheet(
            sheet, version=sheet.version, marks=marks, by=self.actors[name], at=self.story.at
        )

    def think_of(self, email):
        """Note a candidate juror, and answer on their ties for a reason of its own."""
        story, by = self.story, {"by": self.story.secretary, "at": self.story.at}
        self.candidate = note_candidate(story.challenge, name="Kim", email=email, **by)
        ask_for_check(self.candidate, **by)
        answer_on(
            self.candidate,
            answer=Answer.SEAT,
            reason="reden- waarom zij in de jury kan",
            by=story.officer,
            at=story.at,
        )

    def advise(self):
        story, given = self.story, {"by": self.actors["adviser"], "at": self.story.at}
        for advice in advice_of(story.round, self.advising):
            remarks = {row.key: "advies-adviser" for row in story.plan.criteria}
            write_advice(advice, version=1, text="advies-adviser", remarks=remarks, **given)
        submit_advice(story.round, self.advising, **given)

    def confer(self):
        for name in ("chair", "second"):
            submit_sheets(
                self.story.round, self.seats[name], by=self.actors[name], at=self.story.at
            )
        self.story.confers()
        self.ask()
        for item in items_of(self.story.round):
            self.story.agrees(item, 4, reason=f"{REASON} samen-")

    def ask(self):
        """Put a question in time, so that its answers are read by the moment anybody looks."""
        story, hour = self.story, timedelta(hours=1)
        self.inquiry = ask_inquiry(
            story.round,
            text="vraag- hoe ver de proef op straat gekomen is",
            proposals=story.proposals,
            due_at=story.at - hour,
            by=self.actors["chair"],
            at=story.at - 3 * hour,
        )
        db.session.flush()
        for reply, actor in zip(self.inquiry.replies, ("bidder", "rival"), strict=True):
            answer_inquiry(
                reply,
                text=f"Dat gaat goed: antwoord-{actor}",
                version=reply.version,
                vault=current_app.extensions["sir.vault"],
                by=self.actors[actor],
                at=story.at - 2 * hour,
            )

    def lock(self):
        lock_quality(self.story.round, by=self.actors["chair"], at=self.story.at)

    def open(self):
        db.session.commit()
        self.story.opens(current_app.extensions["sir.clock"])

    def rank(self):
        self.ranking = make_ranking(self.story.round, by=self.story.secretary, at=self.story.at)

    def print(self):
        ports = {name: current_app.extensions[f"sir.{name}"] for name in ("press", "store")}
        self.report = make_report(self.ranking, by=self.story.secretary, at=self.story.at, **ports)

    def sign(self):
        for seat in self.story.jury:
            sign_report(self.report, seat, by=seat.person, at=self.story.at)

    def award(self):
        self.story.challenge.state = ChallengeState.AWARDED

    def codes(self):
        """What the addresses of the house are about, by their first word."""
        story = self.story
        return {
            "challenges": [story.challenge.code],
            "rounds": [story.round.code],
            "seats": [seat.code for seat in seats_of(story.challenge)][:2],
            "sheets": [
                sheet.code for seat in self.seats.values() for sheet in sheets_of(story.round, seat)
            ],
            "advice": [row.code for row in advice_of(story.round, self.advising)],
            "inquiries": [reply.code for reply in self.inquiry.replies] if self.inquiry else [],
            "candidates": [self.candidate.code],
            "consensus": [item.code for item in items_of(story.round)][:1],
            "declarations": db.session.scalars(select(Declaration.code).limit(1)).all(),
            "rankings": [self.ranking.code] if self.ranking else [],
            "reports": [self.report.code] if self.report else [],
            "proposals": [row.code for row in story.proposals],
            "assignments": [],
            "calibrations": [],
            "matches": [],
            "pitches": [],
            "organisations": [],
            "milestones": [],
            "recipes": [],
            "questions": [],
            "results": [],
            "letters": [],
            "calls": [story.challenge.call.code],
        }


LISTS = {"/desk", "/challenges/", "/calls/", "/results", "/outbox", "/house/people"}
PLAIN = re.compile(r"^/(\w+)/<code>([^<]*)$")


def words_of(answer):
    """What an answer says, also inside a spreadsheet."""
    if answer.data[:2] != b"PK":
        return answer.data.decode("utf-8", "replace")
    with ZipFile(BytesIO(answer.data)) as book:
        return "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())


def addresses(app, codes):
    """Every page that looks at one thing of this round, and the lists that gather many."""
    found = []
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.endpoint == "static":
            continue
        if rule.rule in LISTS:
            found.append(rule.rule)
        if match := PLAIN.match(rule.rule):
            head, tail = match.groups()
            found += [f"/{head}/{code}{tail}" for code in codes[head]]
    return sorted(found)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("phase", PHASES)
def test_no_page_tells_anybody_a_word_before_its_time(app, visitor, phase):
    played = Round(phase)
    paths = addresses(app, played.codes())
    marks = [f"{kind}-{name}" for kind in ("alleen", "notitie") for name in sorted(VOTING)]
    marks += ["samen-", "advies-adviser", "vraag-", "antwoord-bidder", "antwoord-rival", "reden-"]
    leaks, heard = [], set()

    for actor, person in played.actors.items():
        visitor.as_(person)
        for path in paths:
            answer = visitor.get(path)
            assert answer.status_code < 500, f"{actor} {path}"
            body = words_of(answer)
            told = [mark for mark in marks if mark in body]
            told += [f"prijs-{whose}" for whose, price in SHOWN.items() if price.search(body)]
            for mark in told:
                heard.add((mark, actor))
                if not may_see(mark, actor, phase):
                    leaks.append(f"{actor} reads {mark} on {path}")

    assert leaks == []
    # the test itself can hear: each juror reads at least their own reasons
    assert {(f"alleen-{name}", name) for name in VOTING} <= heard
    assert {("advies-adviser", "adviser"), ("reden-", "officer")} <= heard
    assert {("prijs-bidder", "bidder"), ("prijs-rival", "rival")} <= heard
    if PHASES.index(phase) >= PHASES.index("price_opened"):
        assert ("prijs-rival", "assessor") in heard
    if PHASES.index(phase) >= PHASES.index("ranked"):
        assert ("prijs-bidder", "first") in heard
    if phase in TOGETHER:
        assert ("alleen-second", "first") in heard
        assert ("samen-", "secretary") in heard
        assert ("advies-adviser", "first") in heard
        assert ("antwoord-rival", "second") in heard
        assert ("antwoord-bidder", "bidder") in heard
    if phase == "awarded":
        assert ("alleen-first", "auditor") in heard


def look(visitor, played, watchers, paths):
    """Everything these people are shown, byte for byte."""
    found = {}
    for actor in watchers:
        visitor.as_(played.actors[actor])
        for path in paths:
            answer = visitor.get(path)
            body = re.sub(rb'name="[^"]*csrf_token"[^>]*>', b"", answer.data)
            headers = [answer.headers.get(name) for name in ("ETag", "Last-Modified")]
            found[actor, path] = (answer.status_code, body, headers, answer.location)
    return found


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_who_wrote_nothing_yet_changes_nothing_on_a_page_of_another_juror(app, visitor):
    """Two worlds: the second juror has handed in, or has not begun."""
    played = Round("individual")
    watchers = [actor for actor in played.actors if actor not in {"second", "chair", "secretary"}]
    # the journal is for whoever must account for every act, and this test adds to it by looking
    paths = [path for path in addresses(app, played.codes()) if "/journal" not in path]

    before = look(visitor, played, watchers, paths)
    submit_sheets(
        played.story.round, played.seats["second"], by=played.actors["second"], at=played.story.at
    )
    assert {sheet.state for sheet in sheets_of(played.story.round, played.seats["second"])} == {
        SheetState.SUBMITTED
    }

    after = look(visitor, played, watchers, paths)
    assert [key for key, seen in before.items() if after[key] != seen] == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("phase", ["individual", "consensus", "quality_locked"])
def test_another_price_changes_nothing_for_anybody_but_its_bidder(app, visitor, phase):
    """Two worlds: what the rival asks, before the prices are open."""
    played = Round(phase)
    watchers = [actor for actor in played.actors if actor != "rival"]
    # the journal grows by looking, and the list by criterion remembers where a juror was
    odd = ("/journal", "/criterion")
    paths = [path for path in addresses(app, played.codes()) if not any(x in path for x in odd)]
    before = look(visitor, played, watchers, paths)

    proposal = played.story.proposals[1]
    part = db.session.scalar(
        select(Part)
        .join(Submission, Submission.id == Part.submission_id)
        .where(Submission.proposal_id == proposal.id, Part.kind == PartKind.PRICE)
    )
    text = canonical({"price": "10,01", "salt": "f" * 32})
    part.sha256 = sha256(text)
    vault = app.extensions["sir.vault"]
    part.sealed = seal(proposal, text, binding(proposal, PartKind.PRICE, 1, part.sha256), vault)
    db.session.commit()

    visitor.as_(played.actors["rival"])
    assert "10,01" in visitor.get(f"/proposals/{proposal.code}").text
    after = look(visitor, played, watchers, paths)
    assert [key for key, seen in before.items() if after[key] != seen] == []
