"""How gunicorn serves the house, with the post's worker beside it in the demo."""

import gc
import os
import signal
import subprocess
import sys

bind = os.environ.get("SIR_BIND", "127.0.0.1:5000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
preload_app = True
timeout = 30
graceful_timeout = 20
max_requests = 20000
max_requests_jitter = 2000
accesslog = None

_worker = []
gc.disable()  # until all is loaded: nothing of it is rubbish, looking costs a tenth of the start


def when_ready(server):
    """Post letters while serving; production runs `flask sir worker` by itself."""
    if os.environ.get("SIR_MODE", "demo") == "demo":
        command = [sys.executable, "-m", "flask", "sir", "worker"]
        _worker.append(subprocess.Popen(command))
    from sir.app import read_ahead  # noqa: PLC0415 - the application is loaded by now
    from wsgi import app  # noqa: PLC0415

    read_ahead(app)
    gc.set_threshold(20_000, 20, 20)  # a page leaves little behind: look for rubbish less often
    gc.freeze()  # the workers share what is loaded by now: the collector never touches it again
    gc.enable()
    server.log.info("Startup in Residence: http://%s", bind)


def post_fork(server, worker):
    """Give each worker connections of its own."""
    from sir.kernel.database import db  # noqa: PLC0415 - the application is loaded by now
    from wsgi import app  # noqa: PLC0415

    with app.app_context():
        db.engine.dispose(close=False)


def on_exit(server):
    """Stop the post with the house."""
    for process in _worker:
        process.send_signal(signal.SIGTERM)
