"""Sentences in the language of the letter, of the page, or of the house, in that order."""

import pytest

from sir.kernel.i18n import _, in_language, lazy, ngettext, page

ONE, MANY = "%(num)d reminder is on its way.", "%(num)d reminders are on their way."


@pytest.fixture
def english():
    before = page.set("en")
    yield
    page.reset(before)


def test_outside_any_page_the_code_speaks_for_itself():
    assert _("Sign in") == "Sign in"


@pytest.mark.usefixtures("english")
def test_a_letter_speaks_its_own_language_on_a_page_in_another():
    with in_language("nl"):
        letter = _("Sign in")

    assert (_("Sign in"), letter) == ("Sign in", "Inloggen")


def test_what_is_lazy_speaks_when_it_is_shown():
    words = lazy("Sign in")

    with in_language("nl"):
        assert str(words) == "Inloggen"


@pytest.mark.usefixtures("english")
def test_one_and_many_are_told_apart_in_both_languages():
    with in_language("nl"):
        dutch = [ngettext(ONE, MANY, n) for n in (1, 2)]

    assert [ngettext(ONE, MANY, n) for n in (1, 2)] == [
        "1 reminder is on its way.",
        "2 reminders are on their way.",
    ]
    assert (dutch[0][:2], dutch[1][:2], dutch[0][2:] != dutch[1][2:]) == ("1 ", "2 ", True)


@pytest.mark.usefixtures("english")
def test_a_per_cent_sign_in_a_sentence_without_words_stays():
    assert _("100 % sure") == "100 % sure"
