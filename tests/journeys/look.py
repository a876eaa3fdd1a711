"""Looking at a page as its users and their tools do."""

import os
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import html5lib

from tests.conftest import ROOT

SHOTS = os.environ.get("SIR_TEST_SHOTS")

SHAPE = """() => [...document.querySelectorAll("*")]
    .map(part => part.tagName + "." + part.getAttribute("class")).join(" ")"""
AXE = """() => axe.run(document, {resultTypes: ["violations"]}).then(found => found.violations
    .map(fault => fault.id + ": " + fault.nodes.map(node => node.target.join(" ")).join(", ")))"""
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@cache
def _axe():
    return (ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js").read_text()


def _looked_at(page):
    page.evaluate(_axe())
    return page.evaluate(AXE)


class Look:
    """A page, with everything we promise of every page.

    Give several looks one set `seen`, and a page of the very same build is taken apart once.
    """

    def __init__(self, page, *, scripts=True):
        self.page = page
        self.scripts = scripts
        self.seen = None
        self.errors = []
        self.answer = None  # the newest whole page that was sent to us
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._hear)
        page.on("response", self._note)

    def _hear(self, message):
        # Chromium reports every answer of 400 and up as an error; those are ours and meant.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.errors.append(message.text)

    def _note(self, answer):
        if answer.request.is_navigation_request() and not 300 <= answer.status < 400:
            self.answer = answer

    def __getattr__(self, name):
        return getattr(self.page, name)

    @property
    def path(self):
        """Where we are, without the house in front."""
        return urlsplit(self.page.url).path

    def visit(self, path, *, status=200):
        """Go to a path and check the page."""
        self.page.goto(path)
        return self.check(status=status)

    def check(self, *, status=200):
        """Find the status we expect, strict HTML, nothing with axe, no sideways scrolling."""
        name = self.page.url
        assert self.answer.status == status, f"{name}: {self.answer.status}"
        shape = hash((status, self.page.evaluate(SHAPE)))
        if self.seen is None or shape not in self.seen:
            html5lib.HTMLParser(strict=True).parse(self.answer.text())
            found = self._taken_apart()
            assert found == [], f"{name}: {found}"
        if self.seen is not None:
            self.seen.add(shape)
        wide = self.page.evaluate(WIDER)
        assert wide <= 0, f"{name} scrolls {wide}px sideways"
        assert self.errors == [], f"{name}: {self.errors}"
        return self

    def _taken_apart(self):
        """Let axe look. It needs scripts: it sees a page without them in a browser beside it."""
        if self.scripts:
            return _looked_at(self.page)
        beside = self.page.context.browser.new_context(viewport=self.page.viewport_size)
        twin, sent = beside.new_page(), self.answer.text()
        twin.route("**/*.js", lambda route: route.abort())
        twin.route(
            lambda url: url == self.page.url,
            lambda route: route.fulfill(body=sent, content_type="text/html; charset=utf-8"),
        )
        twin.goto(self.page.url)
        found = _looked_at(twin)
        beside.close()
        return found

    def shot(self, name):
        """Keep a picture when SIR_TEST_SHOTS names a folder."""
        if SHOTS:
            path = Path(SHOTS) / f"{name}-{self.page.viewport_size['width']}.png"
            self.page.screenshot(path=str(path), full_page=True)
        return self
