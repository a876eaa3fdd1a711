"""The journal of one challenge, for whoever must account for it."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from sir.challenges.models import Challenge
from sir.challenges.queries import challenge_by_code
from sir.journal.models import Entry
from sir.journal.queries import acts_in, entries, faults
from sir.kernel.i18n import _
from sir.kernel.sheets import to_csv
from sir.people.queries import names_by_code
from sir.web.gate import requires
from sir.web.locale import page_language

bp = Blueprint("journal", __name__)

PAGE = 50
MOST = 100_000  # rows in one file


@bp.get("/challenges/<code>/journal")
@requires("journal.read", challenge_by_code)
def show(challenge: Challenge) -> ResponseReturnValue:
    """Who did what, newest first, and whether the chain is whole."""
    act = request.args.get("act", "")
    before = request.args.get("before", type=int)
    rows = entries(challenge.code, act=act, before=before, limit=PAGE + 1)
    return render_template(
        "journal/show.html",
        challenge=challenge,
        rows=rows[:PAGE],
        people=names_by_code({row.actor for row in rows}),
        act=act,
        acts=acts_in(challenge.code),
        older=rows[PAGE - 1].seq if len(rows) > PAGE else None,
        is_newest=before is None,
        faults=list(faults(challenge.code)),
    )


@bp.get("/challenges/<code>/journal.csv")
@requires("journal.read", challenge_by_code)
def download(challenge: Challenge) -> ResponseReturnValue:
    """The same as a sheet, with the hashes that chain the rows."""
    act = request.args.get("act", "")
    rows = entries(challenge.code, act=act, limit=MOST)
    names = names_by_code({row.actor for row in rows})
    head = [
        _("Number"),
        _("Moment"),
        _("Who"),
        _("Deed"),
        _("What"),
        _("Outcome"),
        _("Details"),
        _("Hash"),
    ]
    content = to_csv(
        _("Journal"), head, [_cells(row, names) for row in reversed(rows)], page_language()
    )
    response = Response(content, mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="journal-{challenge.code}.csv"'
    return response


def _cells(row: Entry, names: dict[str, str]) -> list[str | int]:
    return [
        row.seq,
        row.at.isoformat(timespec="milliseconds"),
        names.get(row.actor, row.actor),
        row.act,
        row.thing,
        row.result.value,
        row.details,
        row.hash,
    ]
