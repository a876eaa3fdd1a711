"""Who does what when: seven challenges, each in another phase today."""

from __future__ import annotations

from collections.abc import Iterator

from sir.challenges.models import Theme
from sir.commands.demo.bidding import bid, open_vault, write_proposal
from sir.commands.demo.cast import JURIES
from sir.commands.demo.ending import notify, reside
from sir.commands.demo.judging import confer, declare, score, seat_jury
from sir.commands.demo.opening import Plot, call_begins, only_a_draft, people_arrive, publish
from sir.commands.demo.stage import Chapter, Stage
from sir.commands.demo.texts_region import COOL, CROSSING, TIMBER, WASTE
from sir.commands.demo.texts_state import DROUGHT, LETTERS, POWER
from sir.people.models import Role
from sir.proposals.services import start_proposal
from sir.questions.services import ask_question, prepare_answer, publish_answer


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
        jury=_functions("letters", 4),
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


def chapters(stage: Stage) -> Iterator[Chapter]:
    """Give every chapter; the stage interleaves them by their clocks."""
    yield people_arrive(stage)
    yield call_begins(stage)
    yield _residency(stage, PLOTS["crossing"])
    yield _standstill(stage, PLOTS["letters"])
    yield _scoring(stage, PLOTS["waste"])
    yield _closed(stage, PLOTS["cool"])
    yield _drought(stage, PLOTS["drought"])
    yield _power(stage, PLOTS["power"])
    yield only_a_draft(stage, PLOTS["timber"])


def _residency(stage: Stage, plot: Plot) -> Chapter:
    challenge = yield from publish(stage, plot)
    yield from seat_jury(stage, plot, challenge)
    yield from bid(stage, plot, challenge, ("lommer", "nudge", "schoon"))
    yield from open_vault(stage, plot, challenge)
    yield from declare(stage, plot, challenge)
    yield from score(stage, plot, challenge)
    yield from confer(stage, plot, challenge)
    yield from notify(stage, plot, challenge, CROSSING_WON, day=plot.closes + 28)
    yield from reside(stage, plot, challenge, awarded=plot.closes + 56, started=-100)


def _standstill(stage: Stage, plot: Plot) -> Chapter:
    challenge = yield from publish(stage, plot)
    yield from seat_jury(stage, plot, challenge)
    yield from bid(stage, plot, challenge, ("klare", "lezer", "b1", "schrijf"))
    yield from open_vault(stage, plot, challenge)
    yield from declare(stage, plot, challenge)
    yield from score(stage, plot, challenge)
    yield from confer(stage, plot, challenge)
    yield from notify(stage, plot, challenge, LETTERS_WON, day=-7)


def _scoring(stage: Stage, plot: Plot) -> Chapter:
    challenge = yield from publish(stage, plot)
    yield from seat_jury(stage, plot, challenge)
    yield from bid(stage, plot, challenge, ("schoon", "zak", "pas", "nudge", "lommer"))
    yield from open_vault(stage, plot, challenge)
    yield from declare(stage, plot, challenge, {"Dirk-Jan Alting": HARD_TIE})
    yield from score(stage, plot, challenge, share=(5, 3, 1, 0))


def _closed(stage: Stage, plot: Plot) -> Chapter:
    challenge = yield from publish(stage, plot)
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
