"""Writing a challenge: begin it, its three pages, its criteria, its calendar, the page meter."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any, NamedTuple, cast

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sir.challenges.document import Lang, languages, terms_document, texts_of
from sir.challenges.forms import DraftForm, calendar_form, stored_calendar
from sir.challenges.models import Challenge, ChallengeState, Theme
from sir.challenges.queries import bodies_owned_by, challenge_by_code
from sir.challenges.rules import MAX_PAGES, calendar_advice
from sir.challenges.services import (
    CriterionRow,
    LevelRow,
    draft_challenge,
    set_calendar,
    set_plan,
    write_anchors,
    write_terms,
)
from sir.challenges.services.drafting import FROZEN
from sir.challenges.views.base import asked_lang, asked_page, bp, fingerprint, of_code, press
from sir.kernel.calendar import local_day
from sir.kernel.database import db
from sir.kernel.errors import Missing, Refused
from sir.kernel.i18n import _
from sir.kernel.paper import Document
from sir.kernel.transaction import transaction
from sir.ports.press import Measure, Press
from sir.terms.forms import number_names, stored_terms, terms_form
from sir.terms.models import DeclarationKind, PaymentBasis, Procedure
from sir.terms.rules import CHECKLIST, FIELDS_BY_KEY, PAGE_TITLES, fields_of, lines_of, text_advice
from sir.web.autosave import conflict, saved
from sir.web.forms import Form
from sir.web.gate import me, now, requires
from sir.web.meter import boxes, told, warn_of_boxes
from sir.workflows.forms import (
    SETTINGS,
    anchors_form,
    anchors_in,
    criteria_rows,
    level_rows,
    plan_form,
    stored_anchors,
    stored_plan,
    tie_order_in,
)
from sir.workflows.models import Anonymity, Method, PitchKind, PriceFormula
from sir.workflows.rules import CRITERIA, plan_hash, price_advice, seats_advice, total_weight

LINES_PER_PAGE = 46


class Editor(NamedTuple):
    """One form of a draft: what is stored, how it is written, where the writer goes next."""

    form: Form
    stored: Callable[[], dict[str, Any]]
    write: Callable[[Form], None]
    here: str
    following: str
    template: str
    words: dict[str, Any]


@bp.route("/new", methods=["GET", "POST"])
@requires("challenge.create")
def new() -> ResponseReturnValue:
    """Begin a challenge."""
    form = DraftForm.from_request()
    bodies = {body.code: body for body in bodies_owned_by(me())}
    form.buyer.choices = [(body.code, body.name) for body in bodies.values()]
    if form.is_accepted():
        with transaction():
            challenge = draft_challenge(
                bodies[form.buyer.data],
                by=me(),
                at=now(),
                theme=Theme(form.theme.data),
                title=form.title.data or "",
                question=form.question.data or "",
            )
        return redirect(url_for("challenges.edit", code=challenge.code, page="1"))
    return render_template("challenges/new.html", form=form, checklist=CHECKLIST), form.status


@bp.route("/<code>/edit/<page>", methods=["GET", "POST"])
@bp.route("/<code>/edit/<page>/<lang>", methods=["GET", "POST"])
@requires("challenge.edit", of_code)
def edit(challenge: Challenge) -> ResponseReturnValue:
    """One of the three pages, in one language."""
    page, lang = asked_page(), asked_lang(challenge)

    def stored() -> dict[str, Any]:
        return stored_terms(challenge.terms, page, lang)

    def write(form: Form) -> None:
        texts = {field.key: form[field.key].data or "" for field in fields_of(page)}
        numbers = _numbers(form, page) if lang == "nl" else {}
        write_terms(challenge, by=me(), at=now(), texts={lang: texts}, **numbers)

    step = url_for("challenges.edit", code=challenge.code, page=page, lang=lang)
    return _edited(
        challenge,
        Editor(
            form=terms_form(page, lang).from_request(data=stored()),
            stored=stored,
            write=write,
            here=step,
            following=_following(challenge, page, lang),
            template="challenges/edit.html",
            words={
                "page": page,
                "title": PAGE_TITLES[page],
                "fields": fields_of(page),
                "checklist": CHECKLIST,
                "advice": [row for row in text_advice(challenge.terms) if row.lang == lang],
                "current": str(page),
            },
        ),
        lang,
    )


@bp.route("/<code>/criteria", methods=["GET", "POST"])
@requires("challenge.edit", challenge_by_code)
def criteria(challenge: Challenge) -> ResponseReturnValue:
    """Criteria, scale, jury and method."""

    def write(form: Form) -> None:
        set_plan(
            challenge,
            by=me(),
            at=now(),
            criteria=[CriterionRow(**row) for row in criteria_rows(form)],
            levels=[LevelRow(**row) for row in level_rows(form)],
            composition=lines_of(form["composition"].data or ""),
            method=Method(form["method"].data),
            minimum_total=form["minimum_total"].data,
            anonymity=Anonymity(form["anonymity"].data),
            min_reason=form["min_reason"].data,
            lot_seed=form["lot_seed"].data,
            tie_order=tie_order_in(form),
            pitch=PitchKind(form["pitch"].data),
            price_weight=form["weight_price"].data,
            price_formula=PriceFormula(form["price_formula"].data),
            pitch_questions=lines_of(form["pitch_questions"].data or ""),
            **{name: form[name].data for name in SETTINGS},
        )

    def stored() -> dict[str, Any]:
        return stored_plan(challenge.plan)

    advice = (seats_advice(challenge.plan), price_advice(challenge.plan))
    return _edited(
        challenge,
        Editor(
            form=plan_form().from_request(data=stored()),
            stored=stored,
            write=write,
            here=url_for("challenges.criteria", code=challenge.code),
            following=url_for("challenges.calendar", code=challenge.code),
            template="challenges/criteria.html",
            words={
                "rows": range(1, CRITERIA[1] + 1),
                "levels": range(1, 7),
                "advice": [sentence for sentence in advice if sentence],
                "total": total_weight(challenge.plan),
                "current": "criteria",
            },
        ),
        "nl",
    )


@bp.route("/<code>/criteria/levels", methods=["GET", "POST"])
@requires("challenge.edit", challenge_by_code)
def anchors(challenge: Challenge) -> ResponseReturnValue:
    """What each level means for each criterion, where that says more than the scale does."""
    plan, has_english = challenge.plan, challenge.terms.has_english

    def stored() -> dict[str, Any]:
        return stored_anchors(plan, has_english=has_english)

    def write(form: Form) -> None:
        write_anchors(challenge, anchors_in(form), by=me(), at=now())

    return _edited(
        challenge,
        Editor(
            form=anchors_form(plan, has_english=has_english).from_request(data=stored()),
            stored=stored,
            write=write,
            here=url_for("challenges.anchors", code=challenge.code),
            following=url_for("challenges.criteria", code=challenge.code),
            template="challenges/anchors.html",
            words={"plan": plan, "current": "criteria"},
        ),
        "nl",
    )


@bp.route("/<code>/calendar", methods=["GET", "POST"])
@requires("challenge.edit", challenge_by_code)
def calendar(challenge: Challenge) -> ResponseReturnValue:
    """The dates."""

    def stored() -> dict[str, Any]:
        return stored_calendar(challenge)

    def write(form: Form) -> None:
        set_calendar(challenge, by=me(), at=now(), **{name: form[name].data for name in stored()})

    return _edited(
        challenge,
        Editor(
            form=calendar_form().from_request(data=stored()),
            stored=stored,
            write=write,
            here=url_for("challenges.calendar", code=challenge.code),
            following=url_for("challenges.team", code=challenge.code),
            template="challenges/calendar.html",
            words={
                "advice": calendar_advice(challenge),
                "today": local_day(now()),
                "current": "calendar",
            },
        ),
        "nl",
    )


@bp.post("/<code>/meter")
@requires("challenge.edit", challenge_by_code)
def meter(challenge: Challenge) -> ResponseReturnValue:
    """Measure the three pages with the text as it is being typed; nothing is written.

    The pictures are of what is stored: they come when that is what was measured.
    """
    page, lang = asked_page(), asked_lang(challenge)
    form = terms_form(page, lang).from_request()
    form.validate()
    names = ["csrf_token", *(field.key for field in fields_of(page))]
    if wrong := [form.errors[name][0] for name in names if name in form.errors]:
        return {"sentence": str(wrong[0])}, 422
    typed = {field.key: form[field.key].data or "" for field in fields_of(page)}
    texts = texts_of(challenge.terms, lang)
    is_stored = all(texts.get(key, "") == text for key, text in typed.items())
    document = terms_document(challenge, lang, {**texts, **typed})
    code, stored = challenge.code, _stamp(challenge, lang)
    db.session.rollback()  # nobody has to wait while we measure
    words = meter_words(code, lang, document, stored)
    return told(words if is_stored else words | {"svg": None})


@bp.get("/<code>/preview/<lang>/<number>.svg")
@requires("challenge.manage", of_code)
def preview(challenge: Challenge) -> ResponseReturnValue:
    """One page of the stored text, as a picture."""
    pages = _pictures(cast("Hashable", press()), terms_document(challenge, asked_lang(challenge)))
    number = (request.view_args or {})["number"]
    if not number.isascii() or not number.isdigit() or not 1 <= int(number) <= len(pages):
        raise Missing
    response = Response(pages[int(number) - 1], content_type="image/svg+xml")
    response.headers["Cache-Control"] = "private, max-age=300"
    return response


@bp.get("/<code>/concept.pdf")
@requires("challenge.manage", challenge_by_code)
def concept(challenge: Challenge) -> ResponseReturnValue:
    """The stored text on paper, before it is frozen."""
    content = press().pdf(terms_document(challenge, asked_lang(challenge)), now())
    return Response(content, content_type="application/pdf")


def meter_words(code: str, lang: Lang, document: Document, stored: int) -> dict[str, Any]:
    """Give the page meter of a document; `stored` is in the address of its previews."""
    measure = press().measure(document)
    return {
        "pages": measure.fill,
        "page_count": measure.pages,
        "limit": MAX_PAGES,
        "fits": measure.fits(MAX_PAGES),
        "sentence": _meter_sentence(measure),
        "unprintable": boxes(measure.unprintable),
        "sections": [
            {"name": row.title, "share": row.share} for row in measure.sections if row.share
        ],
        "svg": [
            url_for("challenges.preview", code=code, lang=lang, number=number + 1, v=stored)
            for number in range(measure.pages)
        ],
    }


def _metered(challenge: Challenge, lang: Lang) -> dict[str, Any]:
    """Measure what is stored."""
    document = terms_document(challenge, lang)
    return meter_words(challenge.code, lang, document, _stamp(challenge, lang))


def _stamp(challenge: Challenge, lang: Lang) -> int:
    """Give a number that changes when the stored paper does."""
    versions = {"lang": lang, "terms": challenge.terms.version, "plan": plan_hash(challenge.plan)}
    return fingerprint(versions | stored_calendar(challenge))


def _edited(challenge: Challenge, editor: Editor, lang: Lang) -> ResponseReturnValue:
    """Save, refuse or show one form of a draft; nothing typed is ever lost."""
    if challenge.state is not ChallengeState.DRAFT:
        raise Refused(FROZEN)
    form, rows = editor.form, []
    if form.is_accepted():
        stored = editor.stored()
        rows = form.differences(stored)
        if form["version"].data == fingerprint(stored) or not rows:
            with transaction():
                if rows:
                    editor.write(form)
            if form.is_autosave:
                return saved(fingerprint(editor.stored()), now(), _metered(challenge, lang))
            flash(_("Saved."))
            if warning := warn_of_boxes(form, press()):
                flash(warning, "warning")
            return redirect(editor.following if request.form.get("then") else editor.here)
        if form.is_autosave:
            return conflict(form, stored, fingerprint(stored))
    elif form.is_autosave:
        return {"errors": {field.name: field.errors for field in form if field.errors}}, 422
    status = 409 if rows else form.status
    form["version"].raw_data, form["version"].data = None, fingerprint(editor.stored())
    warn_of_boxes(form, press())
    page = render_template(
        editor.template,
        challenge=challenge,
        form=form,
        conflicts=rows,
        lang_of_text=lang,
        languages=languages(challenge),
        measure=_metered(challenge, lang),
        here=editor.here,
        **editor.words,
    )
    return page, status


def _numbers(form: Form, page: int) -> dict[str, Any]:
    kinds = {"payment_basis": PaymentBasis, "declaration": DeclarationKind, "procedure": Procedure}
    values = {}
    for name in number_names(page):
        data = form["procedure_kind" if name == "procedure" else name].data
        values[name] = kinds[name](data) if name in kinds else data
    for name in ("places", "pitch_count", "pitch_minutes", "pitch_question_minutes"):
        if name in values:
            values[name] = values[name] or 0
    return values


def _following(challenge: Challenge, page: int, lang: str) -> str:
    if page < MAX_PAGES:
        return url_for("challenges.edit", code=challenge.code, page=page + 1, lang=lang)
    return url_for("challenges.criteria", code=challenge.code)


def _meter_sentence(measure: Measure) -> str:
    if measure.fits(MAX_PAGES):
        left = int((MAX_PAGES - measure.fill) * LINES_PER_PAGE)
        return str(_("It fits. About %(lines)d lines are left.", lines=max(0, left)))
    over = max(1, round((measure.fill - MAX_PAGES) * LINES_PER_PAGE))
    longest = max(
        (row for row in measure.sections if row.key in FIELDS_BY_KEY),
        key=lambda row: row.share,
        default=None,
    )
    return str(
        _(
            "About %(lines)d lines too many. Shorten “%(name)s” first.",
            lines=over,
            name=longest.title if longest else "",
        )
    )


@lru_cache(maxsize=16)
def _pictures(printer: Hashable, document: Document) -> tuple[bytes, ...]:
    return tuple(cast("Press", printer).svg(document))
