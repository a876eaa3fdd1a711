"""What is published about the judging: all that a bidder needs to know, and only what is so."""

from decimal import Decimal

import pytest

from sir.challenges.document import jury_sentences, method_sentences, pitch_sentences
from sir.kernel.i18n import in_language
from sir.workflows.models import Anonymity, Method, PitchKind, PriceFormula
from tests.challenges.story import Story


def said(challenge):
    with in_language("nl"):
        return [
            *method_sentences(challenge.plan, "nl"),
            *jury_sentences(challenge.plan),
            *pitch_sentences(challenge),
        ]


def test_a_plain_plan_says_only_how_it_scores_who_judges_and_where_the_lot_comes_from(app):
    assert len(said(Story().challenge)) == 4


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("readers", 2, "lezen 2 juryleden elk voorstel"),
        ("decimals", 1, "Scores hebben 1 decimalen."),
        ("minimum_total", Decimal("60.5"), "60,5 van de 100"),
        ("tie_order", ["K2", "K1"], "beslist achtereenvolgens: "),
        ("qualification", "een architectentitel", "Minstens een derde van de jury heeft: een arch"),
        ("competence", True, "Elk jurylid verklaart"),
        ("calibration", True, "één verzonnen voorstel"),
        ("method", Method.MEAN, "het gemiddelde"),
    ],
)
def test_a_choice_is_said_when_it_is_made(app, name, value, words):
    challenge = Story().challenge
    setattr(challenge.plan, name, value)

    assert any(words in sentence for sentence in said(challenge))


def test_a_price_is_said_with_its_weight_and_its_formula_in_both_languages(app):
    plan = Story().challenge.plan
    plan.price_weight = Decimal("27.5")
    plan.price_floor, plan.price_ceiling = Decimal(10_000), Decimal("30000.50")

    with in_language("nl"):
        dutch = " ".join(method_sentences(plan, "nl")).replace("\xa0", " ")
    with in_language("en"):
        english = " ".join(method_sentences(plan, "en")).replace("\xa0", " ")

    assert "De prijs telt voor 27,5%. € 10.000 of minder, exclusief btw" in dutch
    assert "€ 30.000,50 of meer krijgt er geen" in dutch
    assert "Prijzen blijven verzegeld tot de scores van de jury vaststaan." in dutch
    assert "The price counts for 27.5%. € 10,000 or less" in english


def test_a_relative_price_says_its_clause_and_a_pitch_that_it_leaves_the_price_out(app):
    challenge = Story().challenge
    plan, challenge.terms.pitch_count = challenge.plan, 3
    assert not any("prijs" in sentence for sentence in said(challenge))
    plan.price_weight, plan.price_formula = Decimal(20), PriceFormula.RELATIVE
    plan.no_new_ranking = True

    sentences = said(challenge)

    assert any("het deel dat de laagste prijs ervan is" in sentence for sentence in sentences)
    assert "Als een voorstel afvalt, blijven de punten van de andere wat ze waren." in sentences
    assert "De prijs telt niet mee voor wie wordt uitgenodigd." in sentences


def test_names_are_explained_and_a_pitch_says_what_it_is_for(app):
    challenge = Story().challenge
    challenge.plan.anonymity = Anonymity.OPEN
    challenge.plan.anonymity_reason = "De proef is al openbaar."
    challenge.plan.pitch = PitchKind.RESCORE
    challenge.plan.pitch_questions = ["Wat leerde u?"]

    assert "De proef is al openbaar." in said(challenge)
    assert not any("pitch" in sentence for sentence in said(challenge))

    challenge.terms.pitch_count = 3
    assert "Na de pitches mogen juryleden hun scores wijzigen, met een motivering." in said(
        challenge
    )
    assert "Iedereen krijgt deze vragen: Wat leerde u?" in said(challenge)


def test_the_page_shows_it_before_anybody_hands_in(app, visitor):
    story = Story()
    story.challenge.plan.tie_order = ["K5", "K4", "K3", "K2", "K1"]

    page = visitor.as_(story.owner).get(f"/challenges/{story.challenge.code}").text

    assert "Hoe een score tot stand komt, en wie beoordeelt" in page
    assert "Bij een gelijk totaal beslist achtereenvolgens: " in page
