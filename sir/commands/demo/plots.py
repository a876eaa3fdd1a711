"""Who does what when: eleven challenges, each in another phase today."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from sir.challenges.models import Challenge, Theme
from sir.commands.demo.bidding import bid, open_vault, write_proposal
from sir.commands.demo.calling import decide_call
from sir.commands.demo.cast import JURIES
from sir.commands.demo.ending import notify, reside, take_back
from sir.commands.demo.judging import agree, begin, confer, declare, score, seat_jury
from sir.commands.demo.opening import Plot, call_begins, only_a_draft, people_arrive, publish
from sir.commands.demo.pitching import advise, calibrate, pitch
from sir.commands.demo.stage import Chapter, Stage
from sir.commands.demo.texts_region import COOL, CROSSING, TIMBER, WASTE
from sir.commands.demo.texts_rounds import DESK, FAKE, HELPERS, HELPERS_QUESTIONS, SURPLUS
from sir.commands.demo.texts_state import DROUGHT, LETTERS, POWER
from sir.commands.demo.together import divide, inquire, leave_out, look_for_jurors, readmit
from sir.people.models import Role
from sir.proposals.services import start_proposal
from sir.questions.services import ask_question, prepare_answer, publish_answer
from sir.workflows.models import Anonymity, Method, PitchKind


def _functions(key: str, count: int) -> tuple[str, ...]:
    return tuple(function for _name, function in JURIES[key][:count])


PLOTS = {
    "crossing": Plot(
        "crossing", "utrecht", CROSSING, Theme.MOBILITY, -245, -203, "30000", "180000",
        jury=_functions("crossing", 3),
        shares=(
            "Proef op straat",
            "Voor een oplossing die u buiten met bewoners beproeft. Veiligheid weegt mee.",
        ),
    ),
    "letters": Plot(
        "letters", "bzk", LETTERS, Theme.SERVICES, -98, -52, "35000", "130000",
        jury=_functions("letters", 4), call="counter",
    ),
    "desk": Plot(
        "desk", "utrecht", DESK, Theme.SERVICES, -97, -52, "30000", "180000",
        jury=_functions("desk", 3), call="counter",
    ),
    "surplus": Plot(
        "surplus", "lnv", SURPLUS, Theme.CIRCULAR, -84, -38, "30000", "135000",
        jury=_functions("surplus", 3), plan={"anonymity": Anonymity.UNTIL_DECISION},
    ),
    "helpers": Plot(
        "helpers", "denhaag", HELPERS, Theme.DIGITAL, -80, -34, "35000", "200000",
        jury=_functions("helpers", 3), pitches=3, price=(10, 20000, 35000),
        plan={
            "pitch": PitchKind.RESCORE, "pitch_questions": HELPERS_QUESTIONS,
            "calibration": True, "report_advice": True,
        },
    ),
    "fake": Plot(
        "fake", "bzk", FAKE, Theme.SAFETY, -66, -20, "40000", "138000",
        jury=_functions("fake", 5),
        plan={
            "method": Method.MEAN, "competence": True, "minimum_total": Decimal(50),
            "readers": 3, "load_least": 4, "load_most": 7,
        },
    ),
    "waste": Plot(
        "waste", "groningen", WASTE, Theme.CITY, -56, -14, "25000", "190000",
        jury=_functions("waste", 4),
    ),
    "cool": Plot(
        "cool", "denhaag", COOL, Theme.CLIMATE_WATER, -44, -2, "30000", "150000",
        jury=("voorzitter", "wijkverpleegkundige", "stadsecoloog", "bewoner"),
    ),
    "drought": Plot(
        "drought", "lnv", DROUGHT, Theme.CLIMATE_WATER, -16, 27, "40000", "138000", places=2,
        jury=("voorzitter", "akkerbouwer", "hydroloog", "peilbeheerder", "data-deskundige"),
        pitches=3, call="together",
    ),
    "power": Plot(
        "power", "ez", POWER, Theme.ENERGY, -5, 40, "45000", "139000",
        jury=("voorzitter", "ondernemer", "netbeheerder", "jurist energierecht"), pitches=3,
        call="together",
    ),
    "timber": Plot(
        "timber", "zuidholland", TIMBER, Theme.CIRCULAR, -3, 60, "50000", "200000",
        call="together", price=(10, 30000, 50000),
    ),
}  # fmt: skip
LETTERS_WON = (
    "Het gekozen voorstel toetst of de vraag van de lezer beantwoord is, en laat de tekst binnen het "
    "netwerk. Het is bij twee organisaties beproefd en meet het effect met een vergelijking die vooraf "
    "vaststaat."
)
CROSSING_WON = (
    "Het gekozen voorstel begint bij wat kinderen zelf tekenen, bewaart geen beelden en geeft scholen een "
    "werkwijze die zij daarna zelf kunnen gebruiken."
)
HARD_TIE = "Ik begeleidde tot vorig jaar het onderzoek van deze inschrijver."


DESK_WON = (
    "Het gekozen voorstel begint bij drie vragen die bezoekers zelf begrijpen, en telt vooraf en achteraf "
    "wie terug moet komen."
)
NOT_SIGNED = (
    "Wie het voorstel indiende, is volgens het handelsregister niet bevoegd om te tekenen. U kon dat binnen "
    "twee werkdagen herstellen; wij ontvingen geen volmacht."
)


def chapters(stage: Stage) -> Iterator[Chapter]:
    """Give every chapter; the stage interleaves them by their clocks."""
    yield people_arrive(stage)
    yield call_begins(stage)
    yield _residency(stage, PLOTS["crossing"])
    yield _standstill(stage, PLOTS["letters"])
    yield _won_elsewhere(stage, PLOTS["desk"])
    yield decide_call(stage, "counter", ordered=PLOTS["desk"].closes - 2, recorded=-12)
    yield _asking(stage, PLOTS["surplus"])
    yield _pitching(stage, PLOTS["helpers"])
    yield _divided(stage, PLOTS["fake"])
    yield _scoring(stage, PLOTS["waste"])
    yield _closed(stage, PLOTS["cool"])
    yield _drought(stage, PLOTS["drought"])
    yield _power(stage, PLOTS["power"])
    yield only_a_draft(stage, PLOTS["timber"])


def _to_the_jury(
    stage: Stage, plot: Plot, keys: Sequence[str]
) -> Generator[datetime, None, Challenge]:
    challenge = yield from publish(stage, plot)
    yield from seat_jury(stage, plot, challenge)
    yield from bid(stage, plot, challenge, keys)
    yield from open_vault(stage, plot, challenge)
    return challenge


def _judged(stage: Stage, plot: Plot, challenge: Challenge) -> Generator[datetime, None, None]:
    yield from declare(stage, plot, challenge)
    yield from begin(stage, plot, challenge)
    yield from score(stage, plot, challenge)
    yield from confer(stage, plot, challenge)


def _residency(stage: Stage, plot: Plot) -> Chapter:
    challenge = yield from _to_the_jury(stage, plot, ("lommer", "nudge", "schoon"))
    yield from _judged(stage, plot, challenge)
    yield from notify(stage, plot, challenge, CROSSING_WON, day=plot.closes + 28)
    yield from take_back(stage, plot, challenge, day=plot.closes + 31)
    yield from notify(stage, plot, challenge, CROSSING_WON, day=plot.closes + 36)
    yield from reside(stage, plot, challenge, awarded=plot.closes + 64, started=-100)


def _standstill(stage: Stage, plot: Plot) -> Chapter:
    challenge = yield from _to_the_jury(stage, plot, ("klare", "lezer", "b1", "schrijf"))
    yield from _judged(stage, plot, challenge)
    yield from notify(stage, plot, challenge, LETTERS_WON, day=-7)


def _won_elsewhere(stage: Stage, plot: Plot) -> Chapter:
    challenge = yield from _to_the_jury(stage, plot, ("klare", "lezer", "buur", "pas"))
    yield from leave_out(stage, plot, challenge, "pas", NOT_SIGNED)
    yield from _judged(stage, plot, challenge)
    yield from notify(stage, plot, challenge, DESK_WON, day=-7)


def _asking(stage: Stage, plot: Plot) -> Chapter:
    challenge = yield from _to_the_jury(stage, plot, ("zak", "veld", "dauw"))
    yield from readmit(stage, plot, challenge, "dauw")
    yield from declare(stage, plot, challenge)
    yield from begin(stage, plot, challenge)
    yield from score(stage, plot, challenge)
    yield from agree(stage, plot, challenge, first=4)
    yield from inquire(stage, plot, challenge)


def _pitching(stage: Stage, plot: Plot) -> Chapter:
    challenge = yield from _to_the_jury(stage, plot, ("schrijf", "nudge", "b1", "pas"))
    yield from declare(stage, plot, challenge)
    yield from calibrate(stage, plot, challenge)
    yield from begin(stage, plot, challenge)
    yield from advise(stage, plot, challenge)
    yield from score(stage, plot, challenge)
    yield from pitch(stage, plot, challenge)


def _divided(stage: Stage, plot: Plot) -> Chapter:
    keys = ("klare", "lezer", "b1", "schrijf", "veld", "dauw", "buur", "zak", "pas")
    challenge = yield from _to_the_jury(stage, plot, keys)
    yield from declare(stage, plot, challenge)
    yield from divide(stage, plot, challenge)
    yield from score(stage, plot, challenge, share=(2, 3, 5, 1, 0))


def _scoring(stage: Stage, plot: Plot) -> Chapter:
    challenge = yield from _to_the_jury(stage, plot, ("schoon", "zak", "pas", "nudge", "lommer"))
    yield from declare(stage, plot, challenge, {"Dirk-Jan Alting": HARD_TIE})
    yield from begin(stage, plot, challenge)
    yield from score(stage, plot, challenge, share=(5, 3, 1, 0))


def _closed(stage: Stage, plot: Plot) -> Chapter:
    challenge = yield from publish(stage, plot)
    yield from look_for_jurors(stage, plot, challenge)
    yield from bid(stage, plot, challenge, ("lommer", "veld", "b1", "dauw"))


def _drought(stage: Stage, plot: Plot) -> Chapter:
    challenge = yield from publish(stage, plot)
    officer = stage.staff[plot.body, Role.OFFICER]
    yield stage.day(plot.published + 4, hour=15)
    question = ask_question(
        challenge, text="Mogen wij ook eigen sensoren van deelnemende boeren gebruiken?",
        by=stage.founders["veld"], at=stage.at,
    )  # fmt: skip
    yield stage.day(plot.published + 6, hour=9)
    prepare_answer(
        question, version=question.version, public_text="Mogen inschrijvers sensoren gebruiken die boeren zelf al hebben?",
        answer="Ja. Sensoren die een boer al heeft mag u gebruiken, als de boer daar toestemming voor "
        "geeft. Nieuwe sensoren plaatsen wij niet en betaalt u niet uit de vergoeding.",
        by=officer, at=stage.at,
    )  # fmt: skip
    publish_answer(question, by=officer, at=stage.at)
    yield stage.day(plot.published + 8, hour=11)
    write_proposal(stage, plot, challenge, "veld")
    yield stage.day(plot.published + 9, hour=16)
    write_proposal(stage, plot, challenge, "dauw")


def _power(stage: Stage, plot: Plot) -> Chapter:
    challenge = yield from publish(stage, plot)
    yield stage.day(plot.published + 2, hour=13)
    ask_question(
        challenge, text="Mag een coöperatie van bedrijven samen met ons inschrijven?",
        by=stage.founders["buur"], at=stage.at,
    )  # fmt: skip
    yield stage.day(plot.published + 3, hour=10)
    write_proposal(stage, plot, challenge, "buur")
    yield stage.day(plot.published + 4, hour=16)
    # a startup with a draft for another challenge of the call: it can put the two in order
    start_proposal(
        challenge, stage.startups["dauw"], by=stage.founders["dauw"], at=stage.at, vault=stage.vault
    )
