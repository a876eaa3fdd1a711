"""Pages are written at half the price, and not one character differently."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, pass_context
from markupsafe import Markup, escape
from wtforms.widgets import html_params

from sir.kernel.i18n import lazy
from sir.web.shown import attributes
from sir.web.templates import written

HOSTILE = "<script>alert('\"&\"')</script>"
TEMPLATE = """
{% macro shout(words, kind="a") %}
<b class="{{ kind }}">{{ words }}</b>{{ caller() if caller is defined }}
{% endmacro %}
{% set kept %}{{ words }}{% endset %}
{{ words }}|{{ words ~ "<i>" }}|{{ shout(words, kind=words) }}|{{ kept }}|{{ words | safe }}
{% for word in [words, 3, none, true] %}
{{ shout(word) }}{{ pair(word, last=loop.last) }}
{% endfor %}
{% call shout(words) %}{{ words }}{% endcall %}{{ contextual(words) }}
"""


@given(st.one_of(st.text(), st.text().map(Markup), st.integers(), st.none(), st.booleans()))
def test_a_piece_is_escaped_as_jinja_escapes_it(value):
    assert str(written(value)) == str(escape(value))


@pytest.mark.parametrize("value", [lazy("<b>%(n)s</b>", n="&"), HOSTILE, Markup("<b>"), 1.5])
def test_what_is_no_plain_text_is_escaped_too(value):
    assert str(written(value)) == str(escape(value))


def test_a_whole_template_reads_as_stock_jinja_writes_it(house):

    @pass_context
    def contextual(context, words):
        return f"{context['mark']} {words}"

    given_ = {
        "words": HOSTILE,
        "mark": "<m>",
        "pair": lambda word, last: f"({word}, {last})",
        "contextual": contextual,
    }
    stock = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)

    ours = house.jinja_env.from_string(TEMPLATE).render(given_)

    assert ours == stock.from_string(TEMPLATE).render(given_)
    assert ours.count(HOSTILE) == 1  # where the template itself says it is safe


NAMES = st.from_regex(r"(data_|aria_)?[a-z]{1,6}(_[a-z]{1,3})?_?", fullmatch=True)
VALUES = st.one_of(st.text(), st.text().map(Markup), st.booleans(), st.integers(), st.none())


@given(st.dictionaries(NAMES, VALUES))
def test_attributes_are_those_of_wtforms(given_):
    assert attributes(**given_) == html_params(**given_)
