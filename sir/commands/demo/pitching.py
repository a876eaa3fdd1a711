"""The chapter of two stages: an example for all, advice, a shortlist, and pitches on two days."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime, timedelta

from sir.challenges.models import Challenge
from sir.commands.demo.judging import agree, holder_of, marked, round_of, settle
from sir.commands.demo.opening import Plot
from sir.commands.demo.stage import Stage
from sir.jury.models import Occasion, Pitch, Round, SeatKind
from sir.jury.queries import (
    advice_of,
    calibration_of,
    pitch_sheets,
    pitches_of,
    seats_of,
    slots_of,
    voting_seats,
)
from sir.jury.rules.sheets import Marks
from sir.jury.services import (
    add_slots,
    answer_as_finalist,
    answer_as_juror,
    ask_extra,
    ask_for_slots,
    close_pitch,
    confirm_minutes,
    draw_schedule,
    invite_finalists,
    note_presence,
    publish_schedule,
    save_calibration,
    save_pitch_scores,
    start_pitch,
    stop_pitch,
    submit_advice,
    write_advice,
    write_minutes,
)
from sir.jury.services.pitchday import Heard
from sir.jury.services.second import marks_before
from sir.people.models import Person, Role
from sir.ports.solver import HighsSolver
from sir.proposals.models import Proposal

HELD, TO_COME = -6, 2  # days from today on which there are pitches
ROOM = "Centrale bibliotheek, Spui 68, studio 3"
EXAMPLE = (8, 6, 8)  # what the invented example deserves, before each juror strays
ADVICE = {
    "schrijf": (
        "De tekening van het scherm is een goede vondst: letters en bedragen gaan niet mee. Let op het "
        "moment van inloggen. Daar moet het beeld ook voor de helper helemaal weg zijn.",
        "Haalbaar. De techniek bestaat; reken twee weken extra voor telefoons van voor 2019.",
    ),
    "nudge": (
        "Aan de deur is er geen techniek die meekijkt, en dat is veilig. Het risico zit in de mens: "
        "spreek af wat een helper doet als iemand zijn wachtwoord hardop zegt.",
        "Haalbaar, als de drie avonden training vóór de start klaar zijn.",
    ),
    "b1": (
        "Het nummer op de kaart kan worden overgeplakt door een oplichter. Een vaste kleurcode per wijk "
        "en een controle per week maken dat risico klein.",
        "",
    ),
}
SAID = (
    "Een inwoner krijgt binnen een kwartier iemand aan de lijn. Lukt dat niet, dan belt de coördinator zelf.",
    "De helper ziet geen wachtwoord en geen bedrag. Dat staat ook in de afspraak die elke helper tekent.",
    "Dat vrijwilligers op zondag bereikbaar zijn. In de proef meten wij dat vanaf de eerste week.",
)
EXTRA = "Wat kost een geslaagd gesprek, als alle 44 wijken meedoen?"
EXTRA_SAID = "Ongeveer € 4,20. De berekening staat op de laatste dia en is aan de jury gegeven."
MINUTES = (
    "De indiener liet in tien minuten zien hoe een vraag van een inwoner bij een helper komt, met een "
    "voorbeeld uit de proef. Daarna stelde de jury haar drie openingsvragen en één vraag extra. Het "
    "gesprek duurde twintig minuten. Alle juryleden waren aanwezig."
)
REMARK = "Akkoord. Eén aanvulling: de € 4,20 is zonder de uren van de coördinator."
CHANGED = (
    "In het gesprek bleek dat de training al drie keer gegeven is, met een draaiboek. Dat stond niet op "
    "papier en neemt mijn twijfel over de eerste weken weg."
)


def calibrate(stage: Stage, plot: Plot, challenge: Challenge) -> Generator[datetime, None, None]:
    """Everybody scores the same invented proposal; the last one closes it and all see the spread."""
    round_ = round_of(challenge)
    example = calibration_of(round_)
    assert example is not None, "This plan asks for a calibration."
    for number, seat in enumerate(voting_seats(challenge)):
        yield stage.day(plot.closes + 7, hour=9 + number)
        save_calibration(
            example, seat, version=0, marks=marked(challenge.plan, EXAMPLE, number), hands_in=True,
            by=holder_of(seat), at=stage.at,
        )  # fmt: skip


def advise(stage: Stage, plot: Plot, challenge: Challenge) -> Generator[datetime, None, None]:
    """An adviser writes about what she knows of, and scores nothing."""
    round_ = round_of(challenge)
    seat = next(row for row in seats_of(challenge) if row.kind is SeatKind.ADVISER)
    by = holder_of(seat)
    for place, advice in enumerate(advice_of(round_, seat)):
        text, feasible = ADVICE.get(_key(stage, advice.proposal), ("", ""))
        yield stage.day(plot.closes + 10, hour=9 + place)
        if text:
            write_advice(
                advice, version=advice.version, text=text, remarks={"K2": feasible},
                by=by, at=stage.at,
            )  # fmt: skip
    yield stage.day(plot.closes + 13, hour=16)
    submit_advice(round_, seat, by=by, at=stage.at)


def pitch(stage: Stage, plot: Plot, challenge: Challenge) -> Generator[datetime, None, None]:
    """The three best are invited, drawn over two days; two have pitched, one comes the day after tomorrow."""
    yield from agree(stage, plot, challenge)
    ranking = yield from settle(stage, plot, challenge)
    secretary = stage.staff[plot.body, Role.SECRETARY]
    round_ = round_of(challenge)
    yield stage.day(plot.closes + 20, hour=10)
    invite_finalists(ranking, by=secretary, at=stage.at)
    for day in (HELD, TO_COME):
        add_slots(
            round_, starts_at=stage.day(day, hour=9, minute=30), count=2, minutes=30, pause=15,
            room=ROOM, link="", by=secretary, at=stage.at,
        )  # fmt: skip
    ask_for_slots(round_, by=secretary, at=stage.at)
    yield stage.day(plot.closes + 21, hour=9)
    _answer(stage, challenge, round_)
    yield stage.day(plot.closes + 22, hour=9)
    draw_schedule(round_, HighsSolver(), by=secretary, at=stage.at)
    publish_schedule(round_, by=secretary, at=stage.at)
    held = sorted(pitches_of(round_), key=lambda row: row.slot.starts_at if row.slot else stage.now)
    for row in held[:2]:
        yield from _hold(stage, row, secretary)
    yield stage.day(HELD, hour=14)
    confirm_minutes(held[0], REMARK, by=stage.founders[_key(stage, held[0].proposal)], at=stage.at)
    yield stage.day(HELD, hour=15)
    _score_again(stage, challenge, round_, held[0])


def _answer(stage: Stage, challenge: Challenge, round_: Round) -> None:
    last = slots_of(round_)[-1].code
    for seat in voting_seats(challenge):
        blocked = [last] if seat.kind is SeatKind.CHAIR else []
        answer_as_juror(round_, seat, blocked, by=holder_of(seat), at=stage.at)
    for row in pitches_of(round_):
        by = stage.founders[_key(stage, row.proposal)]
        answer_as_finalist(row, [], by=by, at=stage.at)


def _hold(stage: Stage, row: Pitch, secretary: Person) -> Generator[datetime, None, None]:
    assert row.slot is not None
    begins = row.slot.starts_at
    yield begins
    start_pitch(row, by=secretary, at=stage.at)
    labels = [seat.label for seat in voting_seats(row.proposal.challenge)]
    note_presence(row, labels, by=secretary, at=stage.at)
    yield begins + timedelta(minutes=21)
    extra = ask_extra(row, EXTRA, by=secretary, at=stage.at)
    yield begins + timedelta(minutes=30)
    stop_pitch(row, by=secretary, at=stage.at)
    answers = {n: (True, said) for n, said in enumerate(SAID, 1)}
    answers[extra.position] = (True, EXTRA_SAID)
    stage.flush()
    write_minutes(row, Heard(MINUTES, answers), version=row.version, by=secretary, at=stage.at)
    close_pitch(row, by=secretary, at=stage.at)


def _score_again(stage: Stage, challenge: Challenge, round_: Round, heard: Pitch) -> None:
    """Let one juror go a level higher on feasibility, and keep it without handing in."""
    seat = voting_seats(challenge)[1]
    for row, sheet, _second in pitch_sheets(round_, seat):
        if row is heard:
            levels = marks_before(sheet, Occasion.PITCH)
            levels["K2"] = min(len(challenge.plan.levels), levels["K2"] + 1)
            marks = Marks({**levels}, {"K2": CHANGED})
            save_pitch_scores(row, sheet, version=0, marks=marks, by=holder_of(seat), at=stage.at)


def _key(stage: Stage, proposal: Proposal) -> str:
    return next(key for key, startup in stage.startups.items() if startup.id == proposal.bidder_id)
