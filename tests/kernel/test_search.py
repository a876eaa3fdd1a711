"""Marking what somebody looks for never changes a word, a tag or what is escaped."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from sir.kernel.search import Search


def test_each_place_gets_its_own_id():
    search = Search("zout")

    assert search.mark("Zout en zoutwater") == (
        '<mark id="found-1">Zout</mark> en <mark id="found-2">zout</mark>water'
    )
    assert search.mark(Markup("<p>geen zout</p>")) == ('<p>geen <mark id="found-3">zout</mark></p>')
    assert search.found == 3


@pytest.mark.parametrize("wanted", ["&", "amp", "<", "p", "class", "found-1", "(", ".*"])
def test_tags_and_entities_are_no_text(wanted):
    html = Markup('<p class="a">R&amp;D &lt;p&gt;</p>')
    marked = Search(wanted).mark(html)

    assert re.sub(r"</?mark[^>]*>", "", marked) == html


@given(st.text(), st.text(max_size=3))
def test_the_words_stay_the_words(text, wanted):
    marked = Search(wanted).mark(text)

    assert unescape(re.sub(r'<mark id="found-\d+">|</mark>', "", marked)) == unescape(
        str(escape(text))
    )


def test_looking_for_nothing_marks_nothing():
    search = Search("")

    assert (search.mark("a < b"), search.found) == ("a &lt; b", 0)
