"""The table of fields, the checks of text and money, procedures and advice."""

from datetime import date
from decimal import Decimal

import pytest

from sir.terms.models import DeclarationKind, PaymentBasis, Procedure, Terms
from sir.terms.rules import (
    FIELDS,
    FIELDS_BY_KEY,
    PROCEDURE_TEXTS,
    STANDARD_TEXTS,
    Kind,
    Side,
    lines_of,
    minimum_days,
    money_faults,
    notice_faults,
    pitch_faults,
    procedure_faults,
    solution_words,
    text_advice,
    text_faults,
    threshold,
)
from tests.challenges.story import ENGLISH, TEXTS

TODAY = date(2026, 6, 1)
SHORT = [field for field in FIELDS if field.kind is not Kind.LINES]


def terms(**changes):
    texts = {
        key: "\n".join(text) if isinstance(text, list) else text for key, text in TEXTS.items()
    }
    numbers = {
        "text_nl": STANDARD_TEXTS["nl"] | {"procedure": "Wet."} | texts,
        "text_en": STANDARD_TEXTS["en"] | {"procedure": "Law."} | ENGLISH,
        "has_english": False,
        "procedure": Procedure.NATIONAL_OPEN,
        "payment_basis": PaymentBasis.FEE,
        "fee": Decimal(30_000),
        "places": 1,
        "max_total_value": Decimal(100_000),
        "declaration": DeclarationKind.NONE,
        "pitch_count": 0,
        "pitch_minutes": 10,
        "pitch_question_minutes": 20,
    }
    return Terms(**numbers | changes)


def written(**texts):
    made = terms()
    made.text_nl = made.text_nl | texts
    return made


def where(faults):
    return [fault.field for fault in faults]


def test_complete_terms_have_no_fault():
    assert text_faults(terms()) == []
    assert text_faults(terms(has_english=True)) == []
    assert money_faults(terms()) == []
    assert procedure_faults(terms(), is_central=False, on=TODAY) == []


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_standard_texts_fit_their_fields(lang):
    for key, text in STANDARD_TEXTS[lang].items():
        assert len(text) <= FIELDS_BY_KEY[key].limit, key
    for text in PROCEDURE_TEXTS[lang].values():
        assert len(text) <= FIELDS_BY_KEY["procedure"].limit


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.key)
def test_a_field_is_asked_for_exactly_when_it_must_be_there(field):
    faults = text_faults(written(**{field.key: "  "}))

    assert where(faults) == ([field.key] if field.is_required else [])


@pytest.mark.parametrize(
    "field",
    [field for field in FIELDS if field.kind is not Kind.LINES],
    ids=lambda field: field.key,
)
def test_a_field_holds_its_limit_and_not_one_more(field):
    fits = "1" + "x" * (field.limit - 2) + "?"

    assert text_faults(written(**{field.key: fits})) == []
    assert where(text_faults(written(**{field.key: "x" + fits}))) == [field.key]


@pytest.mark.parametrize(
    ("text", "is_right"),
    [
        ("1" * 130, True),
        ("1" * 131, False),
        ("1\n2\n3", True),
        ("1\n\n- 2\n3\n", True),
        ("1\n2\n3\n4", False),
        ("geen getal", False),
    ],
)
def test_results_are_at_most_three_short_lines_with_a_number(text, is_right):
    assert (text_faults(written(results=text)) == []) is is_right


def test_the_question_is_a_question():
    assert where(text_faults(written(question="Wij willen stilte."))) == ["question"]


def test_who_has_the_problem_is_a_number():
    assert where(text_faults(written(who="Veel bewoners"))) == ["who"]


def test_english_faults_say_that_they_are_english(app):
    made = terms(has_english=True)
    made.text_en = made.text_en | {"tried": ""}

    assert [(fault.field, fault.lang) for fault in text_faults(made)] == [("tried", "en")]


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"fee": None}, ["fee"]),
        ({"fee": Decimal(0)}, ["fee"]),
        ({"fee": Decimal("0.001")}, ["fee"]),
        ({"max_total_value": None}, ["max_total_value"]),
        ({"max_total_value": Decimal(30_000)}, []),
        ({"max_total_value": Decimal("29999.99")}, ["max_total_value"]),
        ({"places": 3}, []),
        ({"places": 4}, ["max_total_value"]),
        ({"places": 0}, ["places"]),
        ({"places": 21}, ["places"]),
        ({"payment_basis": PaymentBasis.NONE}, ["fee"]),
        ({"payment_basis": PaymentBasis.NONE, "fee": None}, []),
        ({"payment_basis": PaymentBasis.PRIZE}, []),
    ],
)
def test_fee_places_and_value_belong_together(changes, fields):
    assert where(money_faults(terms(**changes))) == fields


@pytest.mark.parametrize(
    ("count", "minutes", "fields"),
    [
        (0, 0, []),
        (3, 10, []),
        (3, 4, ["pitch_minutes"]),
        (3, 61, ["pitch_minutes"]),
        (11, 10, ["pitch_count"]),
    ],
)
def test_a_pitch_has_a_sensible_time(count, minutes, fields):
    assert where(pitch_faults(terms(pitch_count=count, pitch_minutes=minutes))) == fields


@pytest.mark.parametrize(
    ("side", "on", "amount"),
    [
        (Side.SUB_CENTRAL, date(2023, 12, 31), 215_000),
        (Side.SUB_CENTRAL, date(2024, 1, 1), 221_000),
        (Side.SUB_CENTRAL, date(2025, 12, 31), 221_000),
        (Side.SUB_CENTRAL, date(2026, 1, 1), 216_000),
        (Side.CENTRAL, date(2026, 1, 1), 140_000),
        (Side.SOCIAL, date(2027, 12, 31), 750_000),
    ],
)
def test_a_threshold_holds_from_its_day(side, on, amount):
    assert threshold(side, on).amount == amount


def test_there_is_no_threshold_before_the_first_row():
    with pytest.raises(LookupError):
        threshold(Side.CENTRAL, date(2021, 12, 31))


@pytest.mark.parametrize(
    ("value", "is_central", "is_right"),
    [
        ("215999.99", False, True),
        ("216000", False, False),
        ("139999.99", True, True),
        ("140000", True, False),
    ],
)
def test_a_national_procedure_stays_under_the_threshold(value, is_central, is_right):
    made = terms(max_total_value=Decimal(value))

    assert (procedure_faults(made, is_central=is_central, on=TODAY) == []) is is_right


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"procedure": Procedure.EUROPEAN_OPEN}, ["declaration"]),
        ({"procedure": Procedure.EUROPEAN_OPEN, "declaration": DeclarationKind.UEA}, []),
        ({"procedure": Procedure.MULTIPLE_PRIVATE}, ["procedure_kind"]),
        ({"procedure": Procedure.DESIGN_CONTEST, "pitch_count": 3}, ["pitch_count"]),
    ],
)
def test_a_procedure_brings_its_duties(changes, fields):
    assert where(procedure_faults(terms(**changes), is_central=False, on=TODAY)) == fields


def test_requirements_ask_for_a_declaration():
    made = written(requirements="Ingeschreven in een register")

    assert where(procedure_faults(made, is_central=False, on=TODAY)) == ["declaration"]


@pytest.mark.parametrize(
    ("number", "reason", "is_right"),
    [("", "", False), ("  ", " ", False), ("345678", "", True), ("", "Proef", True)],
)
def test_a_public_procedure_has_a_notice_or_a_reason(number, reason, is_right):
    assert (notice_faults(Procedure.NATIONAL_OPEN, number, reason) == []) is is_right


def test_only_the_law_gives_minimum_terms():
    assert minimum_days(Procedure.EUROPEAN_OPEN) == 40
    assert minimum_days(Procedure.INNOVATION_PARTNERSHIP) == 30
    assert minimum_days(Procedure.NATIONAL_OPEN) == 0


def test_a_solution_in_the_problem_is_pointed_at_and_never_refused():
    made = written(question="Hoe bouwen wij een App of dashboard?")

    assert [row.field for row in text_advice(made)] == ["question"]
    assert text_faults(made) == []


def test_words_that_only_contain_a_solution_are_left_alone():
    assert solution_words("Een appartement, een happening en de platformtekst") == []
    assert solution_words("Een app. Nog een APP!") == ["app"]


def test_lines_are_read_with_or_without_a_mark():
    assert lines_of("- een\n\n  twee  \r\n- ") == ("een", "twee", "-")
