"""What is published about the judging: all that a bidder needs to know, and only what is so."""

from decimal import Decimal

import pytest

from sir.challenges.document import jury_sentences, method_sentences, pitch_sentences
from sir.kernel.i18n import in_language
from sir.workflows.models import Anonymity, Method, PitchKind
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
