"""The journal of one challenge, for whoever must account for it."""

from __future__ import annotations

from operator import itemgetter
from typing import Any, NamedTuple

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from sir.challenges.models import Challenge
from sir.challenges.queries import challenge_by_code
from sir.desk.deeds import deed, deed_thing
from sir.journal.models import Entry
from sir.journal.queries import actors_in, acts_in, entries, faults, last_link
from sir.kernel.errors import Missing
from sir.kernel.i18n import _
from sir.kernel.sheets import to_csv
from sir.people.queries import names_by_code
from sir.proposals.models import vault_stream
from sir.proposals.queries import opened_proposals, proposal_by_code
from sir.web.gate import requires
from sir.web.locale import page_language

bp = Blueprint("journal", __name__)

PAGE = 50
MOST = 100_000  # rows in one file


@bp.get("/challenges/<code>/journal")
@requires("journal.read", challenge_by_code)
def show(challenge: Challenge) -> ResponseReturnValue:
    """Who did what, newest first, and whether the chain is whole."""
    return _page(challenge, challenge.code, "journal.show", "journal.download")


@bp.get("/challenges/<code>/journal/vault")
@requires("journal.vault", challenge_by_code)
def vault(challenge: Challenge) -> ResponseReturnValue:
    """What happened in the vault, or with one proposal: after the opening, before it for nobody."""
    words = {"proposals": opened_proposals(challenge), "chosen": request.args.get("proposal", "")}
    stream = _sealed_stream(challenge)
    return _page(challenge, stream, "journal.vault", "journal.download_vault", **words)


@bp.get("/challenges/<code>/journal.csv")
@requires("journal.read", challenge_by_code)
def download(challenge: Challenge) -> ResponseReturnValue:
    """The same as a sheet, with the hashes that chain the rows."""
    return _sheet(challenge.code, f"journal-{challenge.code}.csv")


@bp.get("/challenges/<code>/journal/vault.csv")
@requires("journal.vault", challenge_by_code)
def download_vault(challenge: Challenge) -> ResponseReturnValue:
    """What happened in the vault, or with one proposal, as a sheet."""
    stream = _sealed_stream(challenge)
    return _sheet(stream, f"{stream.replace(':', '-')}.csv")


def _sealed_stream(challenge: Challenge) -> str:
    """Name the chain that the address asks for. Raises Missing unless it came out of this vault."""
    code = request.args.get("proposal", "")
    if not code:
        return vault_stream(challenge)
    if code not in {proposal.code for proposal in opened_proposals(challenge)}:
        raise Missing
    return proposal_by_code(code).own_stream


class Asked(NamedTuple):
    """Of which act and of which person the rows are asked; empty for all."""

    act: str
    actor: str


def _asked() -> Asked:
    return Asked(request.args.get("act", ""), request.args.get("actor", ""))


def _page(challenge: Challenge, stream: str, here: str, sheet: str, **words: Any) -> str:
    asked = _asked()
    before = request.args.get("before", type=int)
    rows = entries(stream, act=asked.act, actor=asked.actor, before=before, limit=PAGE + 1)
    people = names_by_code(set(actors_in(stream)))
    return render_template(
        "journal/show.html",
        challenge=challenge,
        rows=rows[:PAGE],
        people=people,
        actors=sorted(people.items(), key=itemgetter(1)),
        asked=asked,
        acts=sorted(((name, deed(name)) for name in acts_in(stream)), key=itemgetter(1)),
        deed=deed,
        deed_thing=deed_thing,
        older=rows[PAGE - 1].seq if len(rows) > PAGE else None,
        is_newest=before is None,
        faults=list(faults(stream)),
        last=last_link(stream),
        here=here,
        sheet=sheet,
        **{"proposals": None, "chosen": ""} | words,
    )


def _sheet(stream: str, name: str) -> Response:
    asked = _asked()
    rows = entries(stream, act=asked.act, actor=asked.actor, limit=MOST)
    names = names_by_code({row.actor for row in rows})
    head = [
        _("Number"),
        _("Moment"),
        _("Who"),
        _("Deed"),
        _("Deed in the log"),
        _("What"),
        _("Outcome"),
        _("Details"),
        _("Hash"),
    ]
    content = to_csv(
        _("Journal"), head, [_cells(row, names) for row in reversed(rows)], page_language()
    )
    response = Response(content, mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _cells(row: Entry, names: dict[str, str]) -> list[str | int]:
    return [
        row.seq,
        row.at.isoformat(timespec="milliseconds"),
        names.get(row.actor, row.actor),
        deed(row.act),
        row.act,
        row.thing,
        row.result.value,
        row.details,
        row.hash,
    ]
