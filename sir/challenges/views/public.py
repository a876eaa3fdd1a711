"""What everybody may read: the list, a challenge, its paper and its data."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sir.calls.queries import published_call
from sir.challenges.document import (
    call_name,
    call_sentences,
    jury_sentences,
    method_sentences,
    pitch_sentences,
    public_content,
    terms_document,
)
from sir.challenges.forms import SHOWS, THEMES, FilterForm
from sir.challenges.models import Call, Challenge, Edition, Theme
from sir.challenges.queries import (
    Found,
    Order,
    Show,
    Wish,
    challenge_by_code,
    challenge_in_brief,
    latest_edition,
    partners_of,
    published_buyers,
    published_challenges,
    recall_plan,
)
from sir.challenges.rules import Phase, phase, planned, standstill_until
from sir.challenges.views.base import bp, press, store
from sir.decisions.queries import public_award
from sir.kernel.calendar import local_day
from sir.kernel.errors import Missing
from sir.kernel.i18n import _
from sir.questions.queries import published_answers
from sir.terms.rules import fields_of, lines_of
from sir.web.gate import now, requires
from sir.web.jinja import clock_time, day
from sir.web.locale import page_language
from sir.web.pages import public_page, remembered
from sir.workflows.rules import anchor_of, own_anchors

SOON = 7  # days before the deadline that a card says so


@bp.get("/")
@requires("challenge.list")
@public_page
def index() -> ResponseReturnValue:
    """The public list."""
    form = FilterForm.from_query()
    buyers = published_buyers()
    form.buyer.choices = [("", _("All organisations"))] + [
        (buyer.code, buyer.name) for buyer in buyers
    ]
    wish = _wish(form)
    call = published_call(wish.call) if wish.call else None
    found = published_challenges(wish, now())
    form.theme.choices = [
        (theme.value, label, {"count": found.by_theme.get(theme, 0)})
        for theme, label in THEMES.items()
    ]
    form.show.choices = [
        (show.value, label, {"count": found.by_show[show]}) for show, label in SHOWS.items()
    ]
    form.process(request.args, show=wish.show.value, order=wish.order.value)
    return render_template(
        "challenges/index.html",
        form=form,
        found=found,
        wish=wish,
        heading=_heading(wish, found),
        chips=_chips(wish, {buyer.code: buyer.name for buyer in buyers}, call),
        call=call,
        first=url_for("challenges.index", **_arguments(wish)) if wish.after else None,
        following=_next_url(wish, found),
        themes=THEMES,
        phases={row.id: phase(row, now()) for row in found.challenges},
        Phase=Phase,
        soon=SOON,
    )


@bp.get("/<code>")
@requires("challenge.read", challenge_in_brief)
@public_page
def show(challenge: Challenge) -> ResponseReturnValue:
    """One challenge. Its long texts are read when the page is made, not when it is shared."""
    at = now()
    recall_plan(challenge)
    speaks_english = page_language() == "en" and challenge.terms.has_english
    lang = "en" if speaks_english else "nl"
    edition = latest_edition(challenge)
    return render_template(
        "challenges/show.html",
        challenge=challenge,
        partners=partners_of(challenge),
        text_lang=lang,
        own_anchors=own_anchors,
        call_name=call_name,
        anchor_of=anchor_of,
        judging=[
            *method_sentences(challenge.plan, page_language()),
            *call_sentences(challenge, page_language()),
            *jury_sentences(challenge.plan),
            *pitch_sentences(challenge),
        ],
        texts=challenge.terms.text_en if speaks_english else challenge.terms.text_nl,
        fields_of=fields_of,
        lines_of=lines_of,
        themes=THEMES,
        phase=phase(challenge, at),
        Phase=Phase,
        paper=_paper(challenge, edition),
        edition=edition,
        answers=published_answers(challenge) if challenge.published_at else [],
        timeline=_timeline(challenge, at),
        award=public_award(challenge),
    )


@bp.get("/<code>/uitvraag.pdf")
@requires("challenge.read", challenge_by_code)
@public_page
def paper(challenge: Challenge) -> ResponseReturnValue:
    """The three A4 as they were frozen: in English under /en when there is an English text."""
    edition = latest_edition(challenge)
    if edition is None:
        raise Missing
    lang = "en" if page_language() == "en" and edition.pdf_en else "nl"
    digest = edition.pdf_en if lang == "en" else edition.pdf_nl
    name = f"{challenge.code}-{lang}.pdf"
    return Response(
        store().fetch(digest),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


@bp.get("/<code>/uitvraag.json")
@requires("challenge.read", challenge_by_code)
@public_page
def data(challenge: Challenge) -> ResponseReturnValue:
    """The open data of a published challenge."""
    if challenge.published_at is None:
        raise Missing
    edition = latest_edition(challenge)
    pdfs = {"nl": edition.pdf_nl, "en": edition.pdf_en} if edition else {}
    content = public_content(challenge, {lang: digest for lang, digest in pdfs.items() if digest})
    text = json.dumps(content, ensure_ascii=False, indent=2)
    return Response(text, content_type="application/json; charset=utf-8")


def _wish(form: FilterForm) -> Wish:
    shows, themes = {show.value for show in Show}, {theme.value for theme in Theme}
    orders = {order.value for order in Order}
    given, order = request.args.get("show", ""), request.args.get("order", "")
    return Wish(
        show=Show(given) if given in shows else Show.OPEN,
        text=form.q.data or "",
        themes=tuple(Theme(name) for name in form.theme.data or () if name in themes),
        buyer=request.args.get("buyer", ""),
        call=request.args.get("call", ""),
        order=Order(order) if order in orders else Order.DEADLINE,
        after=request.args.get("after", ""),
    )


def _arguments(wish: Wish) -> dict[str, Any]:
    given = {
        "q": wish.text,
        "theme": [theme.value for theme in wish.themes],
        "show": "" if wish.show is Show.OPEN else wish.show.value,
        "buyer": wish.buyer,
        "call": wish.call,
        "order": "" if wish.order is Order.DEADLINE else wish.order.value,
    }
    return {name: value for name, value in given.items() if value}


def _next_url(wish: Wish, found: Found) -> str | None:
    if not found.has_more:
        return None
    return url_for("challenges.index", after=found.challenges[-1].code, **_arguments(wish))


def _chips(wish: Wish, buyers: dict[str, str], call: Call | None) -> list[tuple[str, str]]:
    """Give each filter in use with the address that drops it."""
    chips = []
    given = _arguments(wish)
    if wish.text:
        rest = {name: value for name, value in given.items() if name != "q"}
        chips.append((f"“{wish.text}”", url_for("challenges.index", **rest)))
    for theme in wish.themes:
        others = [other.value for other in wish.themes if other is not theme]
        chips.append((str(THEMES[theme]), url_for("challenges.index", **given | {"theme": others})))
    if wish.buyer in buyers:
        rest = {name: value for name, value in given.items() if name != "buyer"}
        chips.append((buyers[wish.buyer], url_for("challenges.index", **rest)))
    if call is not None:
        rest = {name: value for name, value in given.items() if name != "call"}
        chips.append((call_name(call, page_language()), url_for("challenges.index", **rest)))
    return chips


def _heading(wish: Wish, found: Found) -> str:
    count = found.by_show[wish.show]
    words = {
        Show.OPEN: _("Open challenges: %(count)d", count=count),
        Show.JUDGING: _("Challenges being judged: %(count)d", count=count),
        Show.DONE: _("Finished challenges: %(count)d", count=count),
        Show.ALL: _("All challenges: %(count)d", count=count),
    }
    return str(words[wish.show])


def _paper(challenge: Challenge, edition: Edition | None) -> dict[str, int] | None:
    """Say how heavy the frozen paper is, and how many pages it has: measured once for each."""
    if edition is None:
        return None
    is_english = page_language() == "en" and bool(edition.pdf_en)
    digest = edition.pdf_en if is_english else edition.pdf_nl

    def measured() -> dict[str, int]:
        pages = press().measure(terms_document(challenge, "en" if is_english else "nl")).pages
        return {"size": max(1, round(len(store().fetch(digest)) / 1024)), "pages": pages}

    return remembered(("paper", challenge.code, digest), measured)


def _timeline(challenge: Challenge, at: datetime) -> list[tuple[str, str, str]]:
    """Give the calendar with what is past, and what is next."""
    steps: list[tuple[datetime | date, str]] = []
    if challenge.published_at:
        steps.append((challenge.published_at, _("Challenge published")))
    for row, value in planned(challenge):
        steps.append((value, str(row.label)))
        until = standstill_until(challenge)
        if row.key == "decision_on" and until:
            steps.append((until, _("Last day of the standstill")))
    timeline, has_next = [], False
    for value, what in steps:
        is_past = value <= at if isinstance(value, datetime) else value < local_day(at)
        state = "done" if is_past else ("" if has_next else "now")
        has_next = has_next or not is_past
        timeline.append((_when(value, challenge), what, state))
    return timeline


def _when(value: datetime | date, challenge: Challenge) -> str:
    if not isinstance(value, datetime) or value == challenge.published_at:
        return day(value)
    if value in {challenge.closes_at, challenge.questions_close_at}:
        return str(_("%(day)s, before %(hour)s", day=day(value), hour=clock_time(value)))
    return str(_("%(day)s, %(hour)s", day=day(value), hour=clock_time(value)))
