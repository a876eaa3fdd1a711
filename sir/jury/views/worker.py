"""What keeps the score desk at work in a tunnel: its service worker, and its last resort."""

from __future__ import annotations

from flask import Response, current_app, render_template
from flask.typing import ResponseReturnValue

from sir.jury.views.door import bp
from sir.kernel.errors import Missing
from sir.web.assets import asset
from sir.web.gate import requires


@bp.get("/sheets/worker.js")
@requires("page.read")
def worker() -> ResponseReturnValue:
    """Serve the built worker from where it may serve: beside the score sheets, and no higher."""
    try:
        answer: Response = current_app.send_static_file(asset("worker.js").removeprefix("/static/"))
    except FileNotFoundError as nothing:
        raise Missing from nothing
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@bp.get("/sheets/offline")
@requires("page.read")
def offline() -> ResponseReturnValue:
    """Say that there is no connection and no copy of what was asked for."""
    return render_template("jury/offline.html")
