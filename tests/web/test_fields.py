"""Money, days and moments, at their edges."""

from datetime import UTC, date, datetime
from decimal import Decimal

import html5lib
import pytest
from werkzeug.datastructures import MultiDict

from sir.web.fields import UnclearNumberError, read_number
from sir.web.forms import (
    DateField,
    DecimalField,
    Form,
    InputRequired,
    LocalDateTimeField,
    MoneyField,
    Optional,
)


class Planning(Form):
    starts_on = DateField("Start", [InputRequired()])
    ends_on = DateField("Einde", [Optional()])
    closes_at = LocalDateTimeField("Sluiting", [Optional()])
    budget = MoneyField("Budget")
    weight = DecimalField("Weging", places=1)


@pytest.fixture
def fill(house):
    house.config["WTF_CSRF_ENABLED"] = False
    context = house.test_request_context("/", method="POST")
    context.push()
    yield lambda **boxes: Planning(
        formdata=MultiDict({name.replace("__", "-"): text for name, text in boxes.items()})
    )
    context.pop()


START = {"starts_on__day": "1", "starts_on__month": "2", "starts_on__year": "2027"}


def moment(day, month, year, time):
    parts = {"day": day, "month": month, "year": year, "time": time}
    return START | {f"closes_at__{part}": text for part, text in parts.items()}


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("50000", "50000"),
        ("50.000", "50000"),
        ("50,000", "50000"),
        ("50.000,00", "50000.00"),
        ("50,000.00", "50000.00"),
        ("50000.00", "50000.00"),
        ("50000,5", "50000.5"),
        ("1.250.000", "1250000"),
        ("€ 50.000,-", "50000"),
        (" 50\u00a0000 ", "50000"),
        ("0,10", "0.10"),
        ("-5", "-5"),
        ("\u22125", "-5"),
    ],
)
def test_an_amount_reads_as_its_writer_meant_it(typed, amount):
    assert read_number(typed, 2) == Decimal(amount)


@pytest.mark.parametrize(
    "typed",
    [
        *("", "veel", "5.00.0", "50.0000", "1,2,3", "1.250,000", "12,345,6", "1e5", "NaN"),
        *("Infinity", "\u0665", "0x10", "1" * 21, "5 euro", "--5", ",5"),
    ],
)
def test_an_amount_that_could_be_two_things_is_no_amount(typed):
    with pytest.raises(UnclearNumberError):
        read_number(typed, 2)


def test_with_three_decimals_a_group_of_three_is_unclear():
    with pytest.raises(UnclearNumberError):
        read_number("1.234", 3)
    assert read_number("1.2345", 4) == Decimal("1.2345")


def test_more_decimals_than_the_field_has_are_refused(fill):
    form = fill(**START, weight="12,25")

    assert not form.validate()
    assert form.weight.errors == ["Vul bij “Weging” een getal in, bijvoorbeeld 12,5."]


def test_a_number_comes_back_as_it_was_typed(fill):
    form = fill(**START, budget="vijftig mille")

    assert not form.validate()
    assert 'value="vijftig mille"' in str(form.budget())


@pytest.mark.parametrize(
    ("amount", "shown"), [("50000", "50.000"), ("50000.5", "50.000,50"), ("0", "0")]
)
def test_a_known_amount_is_written_in_dutch(house, amount, shown):
    with house.test_request_context("/"):
        form = Planning.from_request(budget=Decimal(amount))

        assert f'value="{shown}"' in str(form.budget())


def test_a_written_amount_can_be_read_back(house):
    for amount in ("0.05", "999.99", "1000", "1234567.89"):
        with house.test_request_context("/"):
            markup = str(Planning.from_request(budget=Decimal(amount)).budget())
        written = markup.partition('value="')[2].partition('"')[0]
        assert read_number(written, 2) == Decimal(amount)


def test_a_day_comes_from_three_boxes(fill):
    form = fill(**START)

    assert form.validate()
    assert form.starts_on.data == date(2027, 2, 1)
    assert form.ends_on.data is None


@pytest.mark.parametrize(
    ("day", "month", "year", "sentence"),
    [
        ("", "", "", "Vul “Start” in."),
        ("1", "", "", "Vul “Start” verder in: maand, jaar."),
        ("", "2", "2027", "Vul “Start” verder in: dag."),
        ("29", "2", "2027", "Vul bij “Start” een dag in die bestaat, bijvoorbeeld 1 2 2027."),
        ("1", "13", "2027", "Vul bij “Start” een dag in die bestaat, bijvoorbeeld 1 2 2027."),
        ("1", "2", "27", "Vul bij “Start” een dag in die bestaat, bijvoorbeeld 1 2 2027."),
        ("1", "2", "20277", "Vul bij “Start” een dag in die bestaat, bijvoorbeeld 1 2 2027."),
        ("één", "2", "2027", "Vul bij “Start” een dag in die bestaat, bijvoorbeeld 1 2 2027."),
        ("\u0661", "2", "2027", "Vul bij “Start” een dag in die bestaat, bijvoorbeeld 1 2 2027."),
    ],
)
def test_a_day_that_is_not_one_says_what_to_do(fill, day, month, year, sentence):
    form = fill(starts_on__day=day, starts_on__month=month, starts_on__year=year)

    assert not form.validate()
    assert form.errors == {"starts_on": [sentence]}


def test_half_a_day_is_a_mistake_even_where_no_day_is_needed(fill):
    form = fill(**START, ends_on__month="5")

    assert not form.validate()
    assert form.errors == {"ends_on": ["Vul “Einde” verder in: dag, jaar."]}


def test_the_boxes_keep_what_was_typed_and_have_their_own_labels(fill):
    form = fill(starts_on__day="31", starts_on__month="2", starts_on__year="2027")
    form.validate()

    tree = html5lib.parseFragment(str(form.starts_on()), namespaceHTMLElements=False)
    boxes = {box.get("id"): box.get("value") for box in tree.iter("input")}
    labels = {label.get("for"): label.text for label in tree.iter("label")}

    assert boxes == {"starts_on-day": "31", "starts_on-month": "2", "starts_on-year": "2027"}
    assert labels == {"starts_on-day": "Dag", "starts_on-month": "Maand", "starts_on-year": "Jaar"}
    assert next(tree.iter("fieldset")).get("aria-describedby") == "starts_on-error"


@pytest.mark.parametrize(
    ("boxes", "instant"),
    [
        (("17", "12", "2026", "12.00"), datetime(2026, 12, 17, 11, 0, tzinfo=UTC)),
        (("17", "7", "2026", "12:00"), datetime(2026, 7, 17, 10, 0, tzinfo=UTC)),
        (("17", "7", "2026", "9 uur"), datetime(2026, 7, 17, 7, 0, tzinfo=UTC)),
        (("28", "3", "2027", "1.59"), datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        (("28", "3", "2027", "3.00"), datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
        (("31", "10", "2027", "1.59"), datetime(2027, 10, 30, 23, 59, tzinfo=UTC)),
        (("31", "10", "2027", "3.00"), datetime(2027, 10, 31, 2, 0, tzinfo=UTC)),
        (("1", "1", "2027", "0.00"), datetime(2026, 12, 31, 23, 0, tzinfo=UTC)),
    ],
)
def test_a_moment_on_the_dutch_clock_is_one_instant(fill, boxes, instant):
    form = fill(**moment(*boxes))

    assert form.validate()
    assert form.closes_at.data == instant


@pytest.mark.parametrize("time", ["2.00", "2:30", "2.59"])
def test_the_hour_that_march_skips_is_refused(fill, time):
    form = fill(**moment("28", "3", "2027", time))

    assert not form.validate()
    assert form.closes_at.errors == [
        (
            "Die nacht gaat de klok van 2.00 naar 3.00 uur, dus deze tijd bestaat niet. "
            "Kies een andere tijd."
        )
    ]


@pytest.mark.parametrize("time", ["2.00", "2:30", "2.59"])
def test_the_hour_that_october_shows_twice_is_refused(fill, time):
    form = fill(**moment("31", "10", "2027", time))

    assert not form.validate()
    assert form.closes_at.errors == [
        (
            "Die nacht gaat de klok terug van 3.00 naar 2.00 uur, dus deze tijd komt twee keer "
            "voor. Kies een andere tijd."
        )
    ]


@pytest.mark.parametrize("time", ["24.00", "12.60", "twaalf", "1200", "12.0"])
def test_a_time_that_no_clock_shows_is_refused(fill, time):
    form = fill(**moment("17", "12", "2026", time))

    assert not form.validate()
    assert form.closes_at.errors == [
        "Vul bij “Sluiting” de tijd in als 12.00 of 12:00, van 00.00 tot en met 23.59."
    ]


def test_a_moment_without_its_time_asks_for_it(fill):
    form = fill(**moment("17", "12", "2026", ""))

    assert not form.validate()
    assert form.closes_at.errors == ["Vul ook de tijd in bij “Sluiting”, bijvoorbeeld 12.00."]


def test_a_known_instant_is_shown_on_the_dutch_clock(house):
    with house.test_request_context("/"):
        form = Planning.from_request(closes_at=datetime(2026, 12, 17, 11, 0, tzinfo=UTC))

        assert form.closes_at.spelled() == {
            "day": "17",
            "month": "12",
            "year": "2026",
            "time": "12.00",
        }
