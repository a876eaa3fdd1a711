"""The worker as it is run: a process of its own, ended by the signal of a service manager."""

import os
import shutil
import signal
import subprocess
import sys
import time

from sir.app import create_app
from sir.kernel.database import db
from sir.notices.services import write_letter
from tests.conftest import ROOT, settings
from tests.makers import NOON, make_person


def test_the_worker_posts_and_stops_when_it_is_asked_to(sqlite_template, tmp_path):
    shutil.copyfile(sqlite_template, tmp_path / "sir.db")
    url = f"sqlite:///{tmp_path}/sir.db"
    app = create_app(settings(url, tmp_path), TESTING=True)
    with app.app_context():
        write_letter("people/known", to=make_person(), at=NOON, key="receipt-1")
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    environ = os.environ | {
        "SIR_DATABASE_URL": url,
        "SIR_MAIL_FOLDER": f"{tmp_path}/mail",
        "SIR_STORE_URL": f"file://{tmp_path}/store",
    }
    command = [sys.executable, "-m", "flask", "sir", "worker"]
    with subprocess.Popen(command, cwd=ROOT, env=environ, stderr=subprocess.PIPE) as worker:  # noqa: S603 - our own words
        until = time.monotonic() + 90
        while not (tmp_path / "mail" / "receipt-1.eml").exists() and time.monotonic() < until:
            time.sleep(0.1)
        worker.send_signal(signal.SIGTERM)
        words = worker.communicate(timeout=60)[1].decode()

    assert (tmp_path / "mail" / "receipt-1.eml").exists(), words
    assert worker.returncode == 0, words
