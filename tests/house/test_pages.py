"""What every page promises: it compiles, it is guarded, and no foreign form gets through."""

import re

import pytest
from flask import url_for
from jinja2 import meta
from sqlalchemy import func, select

from sir.journal.models import Entry, Result
from sir.kernel.database import db
from sir.people.models import Role
from sir.permissions import PERMISSIONS
from tests.conftest import ROOT
from tests.makers import make_challenge, make_person, make_team_member

TEMPLATES = sorted((ROOT / "templates").rglob("*.html")) + sorted(
    (ROOT / "templates" / "letters").rglob("*.txt")
)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_compiles_and_names_only_what_exists(paper_house, path):
    app = paper_house
    name = str(path.relative_to(ROOT / "templates"))
    source = path.read_text()
    tree = app.jinja_env.parse(source)

    app.jinja_env.get_template(name)
    for other in meta.find_referenced_templates(tree):
        if other is not None:
            app.jinja_env.get_template(other)
    endpoints = set(re.findall(r"""url_for\(\s*['"]([\w.]+)['"]""", source))
    assert endpoints <= {rule.endpoint for rule in app.url_map.iter_rules()}
    permissions = set(re.findall(r"""\bmay\(\s*['"]([\w.]+)['"]""", source))
    assert permissions <= set(PERMISSIONS)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_uses_all_it_imports(path):
    source = re.sub(r"{#.*?#}", "", path.read_text(), flags=re.DOTALL)
    for line in re.findall(r"{%-?\s*from .*? import (.*?)-?%}", source, re.DOTALL):
        for word in re.split(r",\s*", line.replace("with context", "").strip()):
            name = word.split(" as ")[-1].strip()
            assert len(re.findall(rf"\b{re.escape(name)}\b", source)) > 1, name
    is_lent = path.name == "base.html"  # it imports what its children use
    for name in () if is_lent else re.findall(r"{%-?\s*import .*? as (\w+)", source):
        assert f"{name}." in source, name


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_has_nothing_inline_that_the_policy_refuses(path):
    source = path.read_text()

    assert re.findall(r"<style|\sstyle=|\son[a-z]+=\"|javascript:", source) == []
    assert re.findall(r"<script(?![^>]*\bsrc=)", source) == []


def _posts(app):
    for rule in app.url_map.iter_rules():
        if "POST" in rule.methods:
            yield rule


def _done():
    """Count what was done according to the journal."""
    return db.session.scalar(
        select(func.count()).select_from(Entry).where(Entry.result == Result.OK)
    )


def test_a_form_that_is_not_ours_does_nothing(app, visitor):
    """Signed in as one who may do much, without a token: no post may leave an act behind."""
    challenge = make_challenge()
    person = make_team_member(Role.OWNER, challenge)
    accepted = []
    for rule in _posts(app):
        visitor.as_(person)
        parts = dict.fromkeys(rule.arguments, challenge.code)
        with app.test_request_context():
            path = url_for(rule.endpoint, **parts)
        before = _done()
        answer = visitor.post(path, data={})
        if _done() != before:
            accepted.append(f"{rule.endpoint}: {answer.status_code}")

    assert accepted == []


def test_a_page_that_does_not_exist_is_a_404_in_both_languages(visitor):
    assert visitor.get("/nowhere").status_code == 404
    assert visitor.get("/en/nowhere").status_code == 404


def test_a_page_that_is_not_there_shows_the_way_on(visitor):
    stranger = visitor.get("/en/nowhere").text.partition("<main")[2]
    known = visitor.as_(make_person()).get("/nowhere").text.partition("<main")[2]

    assert 'href="/en/sign-in?next=/en/nowhere"' in stranger
    assert 'href="/desk"' in known


def test_every_answer_carries_the_strict_policy(visitor):
    for path in ("/challenges/", "/nowhere", "/sign-in", "/en/challenges/"):
        headers = visitor.get(path).headers
        assert headers["Content-Security-Policy"].startswith(
            "default-src 'none'; script-src 'self'"
        )
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
