"""Addresses are remembered, each for its own language and its own parts."""

from flask import render_template_string

from sir.kernel.i18n import page
from sir.web.locale import page_language


def test_an_address_that_was_built_before_is_right_in_the_other_language(house):
    @house.get("/thing/<code>")
    def thing(code):
        return render_template_string("{{ url_for('thing', code=other, next=2) }}", other=code * 2)

    house.template_context_processors[None].pop()  # this page needs no menu
    browser = house.test_client()
    paths = ["/thing/a", "/en/thing/a", "/thing/b", "/thing/a"]

    assert [browser.get(path).text for path in paths] == [
        "/thing/aa?next=2",
        "/en/thing/aa?next=2",
        "/thing/bb?next=2",
        "/thing/aa?next=2",
    ]


def test_the_language_of_a_page_ends_with_the_page(house):
    @house.get("/word")
    def word():
        return page_language()

    browser = house.test_client()

    assert (browser.get("/en/word").text, page.get()) == ("en", "")
    assert browser.get("/word").text == "nl"
