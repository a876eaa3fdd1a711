"""Coming back to a form that was sent just after the session had ended."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from sir.people.services.kept import kept_form
from sir.people.views.door import bp, vault
from sir.web.gate import me, now, requires


@bp.get("/again/<token>")
@requires("person.account")
def again(token: str) -> ResponseReturnValue:
    """Show that the text is safe, and send it again on one click."""
    path, fields = kept_form(token, me(), vault=vault(), at=now())
    return render_template("people/again.html", path=path, fields=fields)
