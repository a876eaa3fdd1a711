"""The blueprint, and what every page of the jury room shares."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, jsonify, request
from markupsafe import Markup

from sir.challenges.models import Challenge
from sir.jury.document import (
    ground_name,
    kind_name,
    measure_name,
    numbered_name,
    proposal_name,
    tie_name,
    verdict_name,
)
from sir.jury.forms import ActForm, criterion_name
from sir.jury.models import Round, RoundState, Seat
from sir.jury.queries import bidders_of, seat_of
from sir.jury.queries.sheets import DESK, Row
from sir.jury.rules.conditions import is_masked
from sir.jury.rules.ranking import publish
from sir.jury.services.suspensions import Suspended
from sir.kernel.errors import Missing, Refused
from sir.kernel.i18n import _
from sir.kernel.paper import Document
from sir.kernel.prose import prose_html
from sir.kernel.search import Search
from sir.proposals.document import proposal_document
from sir.proposals.models import PartKind, Proposal
from sir.proposals.queries import read_part, read_picture
from sir.proposals.rules import picture_of
from sir.residency.queries import awards_to
from sir.web.forms import Form
from sir.web.gate import me
from sir.web.jinja import local, moment, number
from sir.web.locale import page_language
from sir.web.pages import remembered
from sir.workflows.models import Level, Plan
from sir.workflows.rules import anchor_of

bp = Blueprint("jury", __name__)


@bp.context_processor
def words() -> dict[str, Any]:
    """Lend the room's templates its own words."""
    return {
        "kind_name": kind_name,
        "tie_name": tie_name,
        "measure_name": measure_name,
        "verdict_name": verdict_name,
        "ground_name": ground_name,
        "name_of": proposal_name,
        "name_on": name_on,
        "criterion_said": lambda criterion: criterion_name(criterion, page_language()),
        "level_said": lambda level: level_label(level, page_language()),
        "prose": prose_html,
        "kind_of": kind_of,
        "keys_help": keys_help,
        "second": lambda at: local(at).strftime("%H:%M:%S"),
        "rounded": lambda exact, decimals: number(publish(exact, decimals), decimals),
        "signed_rows": lambda rows: [
            (row.bidder.name, tie_name(row.tie), moment(row.signed_at)) for row in rows
        ],
    }


def name_on(row: Row, *, masked: bool) -> str:
    """Name the proposal of a sheet in a juror's list."""
    return numbered_name(row.number, None if masked else row.bidder)


def ask_token() -> None:
    """Refuse a button that our own page did not send."""
    if not ActForm.from_request().is_accepted():
        raise Refused(_("Your session had expired. Go back and try again."))


def refused(form: Form, refusal: Refused) -> int:
    """Put what stands in the way on top of a form, and give the status of its page.

    That is 409 while the round lies still: nothing is wrong with what was filled in.
    """
    for sentence in refusal.sentences:
        form.add_error(None, str(sentence))
    return HTTPStatus.CONFLICT if isinstance(refusal, Suspended) else form.status


def was_typed_in_vain(round_: Round) -> bool:
    """Say whether this is the answer to an act while the round lies still: its fields stay."""
    return request.method == "POST" and round_.state is RoundState.SUSPENDED


def ports(challenge: Challenge) -> dict[str, Any]:
    """Bring what looking for matches needs from other rooms."""
    return {
        "awards": awards_to(bidder.id for bidder in bidders_of(challenge)),
        "vault": current_app.extensions["sir.vault"],
    }


def masked(round_: Round) -> bool:
    """Say whether this round's proposals still go by number only."""
    return is_masked(round_.challenge.plan.anonymity, round_.reached)


def after_asked() -> int:
    """Give the place in a juror's order after which the address asks for a page."""
    given = request.args.get("after", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < len("1000000") else 0


def pages_around(
    after: int, last: int | None, size: int | None = None, **asked: str
) -> dict[str, str | None]:
    """Give the addresses of the page before, and of the next one when `last` is not its end.

    What else the address asks is kept.
    """

    def address(position: int) -> str:
        return f"{request.script_root}{request.path}?{urlencode({**asked, 'after': position})}"

    return {
        "previous": address(max(0, after - (size or DESK))) if after else None,
        "next": None if last is None else address(last),
    }


def seat_pages(
    name: str, seats: Sequence[Seat], before: Callable[[Seat], str], *, has_more: bool
) -> dict[str, str | None]:
    """Give where the neighbours of a page of seats are; the address keeps what else it asks."""

    def address(code: str) -> str:
        asked = {**request.args, name: code}
        return f"{request.script_root}{request.path}?{urlencode(asked)}"

    return {
        "previous": address(before(seats[0])) if seats and request.args.get(name) else None,
        "next": address(seats[-1].code) if has_more else None,
    }


def idea_of(proposal: Proposal) -> dict[str, str]:
    """Read the three A4; the cost and company parts are for nobody on the jury."""
    return read_part(proposal, PartKind.IDEA, current_app.extensions["sir.vault"])


def pages_of(proposal: Proposal, idea: dict[str, str], picture: bytes | None = None) -> Document:
    """Lay out the three A4 under the proposal's number."""
    reference = _("Proposal %(number)s", number=proposal.number)
    return proposal_document(idea, proposal.challenge, reference=reference, picture=picture)


def paper_of(proposal: Proposal) -> bytes:
    """Print the three A4, and the picture page after them when there is one."""
    idea = idea_of(proposal)
    picture = picture_bytes(proposal) if picture_of(idea) else None
    printed: bytes = current_app.extensions["sir.press"].pdf(
        pages_of(proposal, idea, picture), proposal.submitted_at
    )
    return printed


def picture_bytes(proposal: Proposal) -> bytes:
    """Read the picture page of an opened proposal. Raises Missing without one."""
    return read_picture(proposal, current_app.extensions["sir.vault"])


def text_of(proposal: Proposal, idea: dict[str, str], search: Search) -> Markup:
    """Write the three A4 on the page, with what is looked for marked.

    Every juror reads the same text, and it was sealed: as it stands it is written once.
    """

    def made() -> Markup:
        paper: Any = current_app.jinja_env.get_template("jury/paper.html").module
        text: Markup = paper.show(pages_of(proposal, idea), kind_of, prose_html, 3, search)
        return text

    return made() if search.wanted else remembered(("text", *idea.items()), made)


def keys_help() -> Markup:
    """Write the dialog of the keys: the same on each sheet."""

    def made() -> Markup:
        keys: Any = current_app.jinja_env.get_template("jury/keys.html").module
        written: Markup = keys.help()
        return written

    return remembered(("keys",), made)


def kind_of(part: object) -> str:
    """Name the kind of a part of a document."""
    return type(part).__name__


def scales_of(plan: Plan) -> dict[str, list[tuple[int, str, str]]]:
    """Give the scale of each criterion in the reader's language; a frozen plan's is made once."""
    lang = page_language()

    def made() -> dict[str, list[tuple[int, str, str]]]:
        return {row.key: scale_of(plan, row.anchors, lang) for row in plan.criteria}

    return made() if plan.frozen_at is None else remembered(("scales", plan.id), made)


def scale_of(plan: Plan, anchors: dict[str, Any], lang: str) -> list[tuple[int, str, str]]:
    """Give each level as (position, name, anchor) in the reader's language.

    The points are named when they are not the position itself.
    """
    is_plain = all(level.points == level.position for level in plan.levels)
    rows = []
    for level in plan.levels:
        name = level_label(level, lang)
        if not is_plain:
            name = f"{name} · " + _("%(n)s points", n=_digits(level.points))
        rows.append((level.position, name, anchor_of(anchors, level, lang)))
    return rows


def level_label(level: Level, lang: str) -> str:
    """Name a level in the reader's language."""
    return (level.label_en if lang == "en" else "") or level.label


def level_words(level: Level, lang: str) -> str:
    """Name a level with its points, for a table of one's own scores."""
    return f"{level_label(level, lang)} ({_digits(level.points)})"


def _digits(points: Decimal) -> str:
    return f"{points.normalize():f}".replace(".", ",")


def level_at(plan: Plan, position: int | None) -> Level | None:
    """Find the level at a position of the scale."""
    return next((row for row in plan.levels if row.position == position), None)


def seen_answer(tag: str, facts: dict[str, Any]) -> Response:
    """Answer a page that asks whether anything changed: 304 when what it saw still stands."""
    response = jsonify(facts)
    response.headers["ETag"] = tag
    response.cache_control.private = True
    response.cache_control.no_cache = True
    response.make_conditional(request)
    return response


def own_seat(round_: Round) -> Seat:
    """Find the reader's own seat on this jury. Raises Missing without one."""
    seat = seat_of(round_.challenge_id, me())
    if seat is None:
        raise Missing
    return seat
