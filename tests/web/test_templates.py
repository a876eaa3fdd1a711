"""Pages are written at half the price, and not one character differently."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment, pass_context
from markupsafe import Markup, escape
from wtforms.widgets import html_params

from sir.app import read_ahead
from sir.kernel.i18n import lazy
from sir.web import templates
from sir.web.shown import attributes
from sir.web.templates import KeptTemplates, written
from tests.conftest import ROOT

TEMPLATES = ROOT / "templates"

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


@pytest.fixture
def shelf(tmp_path):
    return tmp_path / "kept"


def kept(shelf):
    return sorted(path.name for path in shelf.iterdir())


def jinja(shelf, words):
    loader = DictLoader({"page.txt": words})
    return Environment(loader=loader, bytecode_cache=KeptTemplates(shelf), autoescape=True)


def test_a_template_is_compiled_once_and_anew_when_it_changes(shelf):
    assert jinja(shelf, "een").get_template("page.txt").render() == "een"
    first = kept(shelf)
    assert jinja(shelf, "een").get_template("page.txt").render() == "een"
    assert (len(first), kept(shelf)) == (1, first)
    assert jinja(shelf, "twee").get_template("page.txt").render() == "twee"


def test_a_template_that_cannot_be_kept_is_written_all_the_same(shelf):
    shelf.write_text("no folder")

    assert jinja(shelf, "een").get_template("page.txt").render() == "een"


def test_what_was_kept_by_another_writer_is_not_used(shelf, monkeypatch, tmp_path):
    jinja(shelf, "een").get_template("page.txt")
    changed = tmp_path / "templates.py"
    changed.write_text("another way of writing")
    monkeypatch.setattr(templates, "__file__", str(changed))

    jinja(shelf, "een").get_template("page.txt")

    assert len(kept(shelf)) == 2


def test_a_server_reads_every_page_before_its_workers_part(house):
    read_ahead(house)

    read = {name for _loader, name in house.jinja_env.cache}
    written = {path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html")}
    assert written <= read


NAMES = st.from_regex(r"(data_|aria_)?[a-z]{1,6}(_[a-z]{1,3})?_?", fullmatch=True)
VALUES = st.one_of(st.text(), st.text().map(Markup), st.booleans(), st.integers(), st.none())


@given(st.dictionaries(NAMES, VALUES))
def test_attributes_are_those_of_wtforms(given_):
    assert attributes(**given_) == html_params(**given_)
