"""Looking at a page as its users and their tools do."""

import os
from functools import cache
from pathlib import Path

from tests.conftest import ROOT

SHOTS = os.environ.get("SIR_TEST_SHOTS")


@cache
def _axe():
    return (ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js").read_text()


class Look:
    """A page, with everything we promise of every page."""

    def __init__(self, page, *, scripts=True):
        self.page = page
        self.scripts = scripts
        self.errors = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._hear)

    def _hear(self, message):
        # Chromium reports every answer of 400 and up as an error; those are ours and meant.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.errors.append(message.text)

    def __getattr__(self, name):
        return getattr(self.page, name)

    def visit(self, path, *, status=200):
        """Go to a path and check the page."""
        answer = self.page.goto(path)
        assert answer.status == status, f"{path}: {answer.status}"
        self.check()
        return self

    def check(self):
        """Find nothing with axe, no sideways scrolling and no complaint in the console."""
        name = self.page.url
        if self.scripts:
            self.page.evaluate(_axe())
            found = self.page.evaluate(
                "axe.run(document, {resultTypes: ['violations']}).then(r => r.violations.map("
                "v => v.id + ': ' + v.nodes.map(n => n.target.join(' ')).join(', ')))"
            )
            assert found == [], f"{name}: {found}"
            wide = self.page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert wide <= 0, f"{name} scrolls {wide}px sideways"
        assert self.errors == [], f"{name}: {self.errors}"
        return self

    def shot(self, name):
        """Keep a picture when SIR_TEST_SHOTS names a folder."""
        if SHOTS:
            path = Path(SHOTS) / f"{name}-{self.page.viewport_size['width']}.png"
            self.page.screenshot(path=str(path), full_page=True)
        return self
