"""A browser, and a house that is really served, with a clock the story moves."""

import os
import shutil
from datetime import UTC, datetime
from threading import Thread

import pytest
from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from sir.app import create_app
from sir.commands.demo import seed
from sir.kernel.database import db
from sir.ports.clock import StoppedClock
from tests.conftest import build, settings
from tests.journeys.look import Look
from tests.makers import NOON

CHROMIUM = os.environ.get("SIR_TEST_CHROMIUM") or shutil.which("chromium")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def browser():
    """The machine's own Chromium; without one the journeys say so and are left out."""
    if CHROMIUM is None:
        pytest.skip("No Chromium on this machine: install it to walk the journeys.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


TODAY = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)  # a Tuesday


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory):
    """Where the whole demo lies, seeded once."""
    folder = tmp_path_factory.mktemp("demo")
    url = f"sqlite:///{folder}/demo.db"
    build(url, folder)
    app = create_app(settings(url, folder), clock=StoppedClock(TODAY))
    with app.app_context():
        seed()
        db.session.remove()
        db.engine.dispose()
    return folder


class Live:
    """A house served on a port of this machine."""

    def __init__(self, app, clock, server):
        self.app = app
        self.clock = clock
        self.url = f"http://127.0.0.1:{server.port}"
        self.mail = app.extensions["sir.settings"].mail_folder

    def let_in(self, look, token):
        """Bring the cookie of a session that the house knows (`make_sign_in` gives its token)."""
        signing = self.app.session_interface.get_signing_serializer(self.app)
        value = signing.dumps({"_user_id": token, "_fresh": True})
        look.context.add_cookies([{"name": "sir", "value": value, "url": self.url}])
        return look


@pytest.fixture
def live(sqlite_template, tmp_path):
    """An empty house on SQLite, served by threads, whose clock the test sets."""
    shutil.copyfile(sqlite_template, tmp_path / "sir.db")
    clock = StoppedClock(NOON)
    app = create_app(settings(f"sqlite:///{tmp_path}/sir.db", tmp_path), clock=clock)
    yield from serve(app, clock)


def serve(app, clock):
    """Serve a house on a free port until the test is done."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Live(app, clock, server)
    server.shutdown()
    thread.join()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def open_page(browser):
    """Open a page somewhere as somebody: `open_page(live, width=390, scheme="dark")`."""
    contexts = []

    def open_(live, *, width=1280, scheme="light", scripts=True):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=scripts,
            base_url=live.url,
            locale="nl-NL",
            timezone_id="Asia/Tokyo",
        )
        context.set_default_timeout(30000)
        contexts.append(context)
        page = context.new_page()
        return Look(page, scripts=scripts)

    yield open_
    for context in contexts:
        context.close()
