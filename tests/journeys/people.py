"""The people of a journey: each has a browser, a mailbox, a password and perhaps a phone."""

import email
import re
from datetime import timedelta
from email import policy
from pathlib import Path
from urllib.parse import urlsplit

from sir.commands.demo.cast import PASSWORD
from sir.people.rules.factors import code_at

NEXT_CODE = timedelta(seconds=31)  # a code of the app works once, and for half a minute

KINDS = """() => Object.fromEntries(
    [...document.querySelectorAll("main [name]")].map(field => [field.name, field.type]))"""


class Scene:
    """A served house, in one language, seen in one way, and its clock."""

    def __init__(self, live, open_page, *, prefix="", **way):
        self.live, self.prefix = live, prefix
        self.has_scripts = way.get("scripts", True)
        self._open, self._way = open_page, way
        self._seen = set()

    @property
    def clock(self):
        """The clock of the house."""
        return self.live.clock

    def browser(self):
        """Open a browser that knows nobody."""
        look = self._open(self.live, **self._way)
        look.seen = self._seen
        return look

    def letters(self, address):
        """Post what is due, and give the texts in somebody's mailbox, the newest first."""
        self.live.app.test_cli_runner().invoke(args=["sir", "post"], catch_exceptions=False)
        files = sorted(Path(self.live.mail).glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
        letters = [
            email.message_from_bytes(path.read_bytes(), policy=policy.default) for path in files
        ]
        return [
            letter.get_body(("plain",)).get_content()
            for letter in reversed(letters)
            if address in letter["To"]
        ]


class Actor:
    """Somebody who walks through pages, finding the way by links and buttons only."""

    def __init__(self, scene, name, address, secret=None):
        self.scene, self.name, self.address, self.secret = scene, name, address, secret
        self.look, self.is_known = scene.browser(), secret is not None
        self._form = "main form"  # the one that was filled in last

    @property
    def page(self):
        """The browser's page."""
        return self.look.page

    # -- going ---------------------------------------------------------------------

    def go(self, path, *, status=200):
        """Type an address."""
        self.page.goto(self.scene.prefix + path)
        return self._arrive(status)

    def desk(self):
        """Go to one's desk."""
        return self.go("/desk")

    def follow(self, *tails):
        """Click the links in the page's content whose addresses end like these, in turn."""
        for tail in tails:
            link = self.page.locator(
                f'main a[href$="{tail}"], main a[href*="{tail}?"], main a[href*="{tail}#"]'
            )
            link.locator("visible=true").first.click()
            self._arrive()
        return self

    def open_letter(self, words):
        """Follow the link in the newest letter that says these words, in one's own language."""
        body = next(text for text in self.scene.letters(self.address) if words in text)
        address = urlsplit(re.search(r"https?://\S+", body)[0])
        path = address._replace(scheme="", netloc="").geturl().removeprefix("/en")
        return self.go(path)

    # -- doing ---------------------------------------------------------------------

    def fill(self, **fields):
        """Fill in fields by their names: texts, choices and ticks (True)."""
        if fields:
            self._unfold(fields)
        kinds = self.page.evaluate(KINDS)
        for name, value in fields.items():
            found, kind = self.page.locator(f'main [name="{name}"]'), kinds[name]
            if kind == "radio":
                self.page.locator(f'main [name="{name}"][value="{value}"]').check()
            elif kind == "checkbox":
                found.set_checked(value)
            elif kind == "select-one":
                found.select_option(value)
            else:
                found.fill(value)
            self._form = f'main form:has([name="{name}"])'
        return self

    def fill_moment(self, name, day, clock=None):
        """Fill in a day, and with it an hour such as 12.00."""
        parts = {"day": str(day.day), "month": str(day.month), "year": str(day.year)}
        if clock:
            parts["time"] = clock
        return self.fill(**{f"{name}-{part}": text for part, text in parts.items()})

    def press(self, action="", *, name="", value="", status=200):
        """Press a button: by its name, of the form that goes to `action`, or was filled in last."""
        form = f'main form[action$="{action}"]' if action else "main" if name else self._form
        button = f'[name="{name}"]' if name else ""
        button += f'[value="{value}"]' if value else ""
        found = self.page.locator(f"{form} button[type=submit]{button}")
        found.locator("visible=true").first.click()
        self._form = "main form"
        return self._arrive(status)

    def read(self):
        """Give the words of the page's content."""
        return self.page.inner_text("main")

    def has(self, name):
        """Say whether the page asks for a field."""
        return self.page.locator(f'main [name="{name}"]').count() > 0

    def value(self, name):
        """Give what stands in a field."""
        return self.page.locator(f'main [name="{name}"]').first.input_value()

    def fetch(self, part):
        """Fetch the file that a link in the page's content leads to, by a part of its address."""
        link = self.page.locator(f'main a[href*="{part}"]').first
        answer = self.page.request.get(self.scene.live.url + link.get_attribute("href"))
        assert answer.status == 200, f"{part}: {answer.status}"
        return answer.body()

    def shot(self, name):
        """Keep a picture of the page."""
        self.look.shot(name)
        return self

    # -- coming in -------------------------------------------------------------------

    def sign_in(self):
        """Type one's address and password, and the code of one's phone when it is asked."""
        self.look.check()
        self.page.locator("[name=email]").fill(self.address)
        self.page.locator("[name=password]").fill(PASSWORD)
        self.page.locator("form:has([name=password]) button[type=submit]").click()
        self.page.wait_for_load_state()
        if self.look.path.endswith("/account/factor"):
            self.look.check()
            self.page.locator("[name=code]").fill(self.code())
            self.page.locator("form:has([name=code]) button[type=submit]").click()
            self.page.wait_for_load_state()

    def code(self):
        """Wait for a fresh code of one's phone, and read it."""
        self.scene.clock.at += NEXT_CODE
        return code_at(self.secret, self.scene.clock.at)

    def register(self):
        """Make an account: by the link that is mailed, with a password of one's own."""
        self.fill(name=self.name, email=self.address, lang="en" if self.scene.prefix else "nl")
        self.press().open_letter("/register/").fill(password=PASSWORD, repeat=PASSWORD).press()
        self.is_known = True
        return self

    def set_up_phone(self):
        """Tie an authenticator app by the key below the picture, and go on."""
        self.secret = "".join(self.page.locator("code.sir-code").inner_text().split())
        self.fill(code=self.code()).press()
        self.page.locator("main a.nl-button").click()
        return self._arrive()

    def _arrive(self, status=200):
        """Look at the page one came to; whoever was signed out signs in first."""
        self.page.wait_for_load_state()
        if self.is_known and self.look.path.endswith("/sign-in"):
            self.sign_in()
        assert self.look.path.startswith(self.scene.prefix), self.look.path
        self.look.check(status=status)
        return self

    def _unfold(self, names):
        """Open what fields lie folded in, as their reader would."""
        fields = ", ".join(f'[name="{name}"]' for name in names)
        folds = self.page.locator(f"main details:not([open]):has({fields}) > summary")
        for fold in reversed(folds.all()):
            fold.click()
