"""The three pages as data for the press."""

from __future__ import annotations

from sir.challenges.document.judging import (
    call_sentences,
    jury_sentences,
    method_sentences,
    pitch_sentences,
)
from sir.challenges.document.words import (
    Lang,
    criterion_words,
    date_words,
    euro_words,
    level_words,
    plain,
    weight_words,
)
from sir.challenges.models import Challenge
from sir.challenges.rules import planned, standstill_until
from sir.kernel.i18n import _, in_language, lazy
from sir.kernel.paper import Definitions, Document, Heading, Lines, Part, Prose, Section, Table
from sir.terms.models import DeclarationKind, PaymentBasis, Terms
from sir.terms.rules import FIELDS_BY_KEY, PAGE_TITLES, Field, Kind, fields_of, lines_of
from sir.workflows.models import Level, Plan
from sir.workflows.rules import anchor_of, own_anchors

DECLARATIONS = {
    DeclarationKind.NONE: lazy("No declaration is asked."),
    DeclarationKind.WEB: lazy("A short declaration on the platform."),
    DeclarationKind.UEA: lazy("The UEA (European self-declaration)."),
}


def texts_of(terms: Terms, lang: str) -> dict[str, str]:
    """Give the texts in a language by field key."""
    return terms.text_en if lang == "en" else terms.text_nl


def terms_document(
    challenge: Challenge, lang: Lang, texts: dict[str, str] | None = None
) -> Document:
    """Give the three pages in a language; with `texts`, as they would be with those texts."""
    words = texts_of(challenge.terms, lang) if texts is None else texts
    with in_language(lang):
        bodies = [challenge.buyer, *(partner.organisation for partner in challenge.partners)]
        names = " · ".join(body.name for body in bodies)
        return Document(
            kind="pages",
            lang=lang,
            title=words.get("question", "") or words.get("title", ""),
            subtitle=words.get("title", "") if words.get("question") else "",
            blocks=(
                *_page(1, words),
                *_taking_part(challenge, lang, words),
                *_choosing(challenge, lang, words),
            ),
            reference=challenge.code,
            author=challenge.buyer.name,
            summary=words.get("question", ""),
            mark="" if challenge.plan.frozen_at else _("Draft"),
            facts=_facts(challenge, lang, names),
        )


def _facts(challenge: Challenge, lang: str, names: str) -> tuple[tuple[str, str], ...]:
    """Give what stands at the top. The notice's number is not there: it comes after the freeze."""
    facts = [(_("Who asks"), names), (_("Reference"), challenge.code)]
    if challenge.closes_at:
        facts.append((_("Deadline"), date_words(challenge.closes_at, lang, is_deadline=True)))
    return tuple(facts)


def _page(page: int, words: dict[str, str], *keys: str) -> list[Heading | Section]:
    fields = [FIELDS_BY_KEY[key] for key in keys] if keys else fields_of(page)
    sections = [
        Section(field.key, str(field.label), (part,), level=2)
        for field in fields
        if field.key not in {"title", "question"} and (part := _part(field, words))
    ]
    head = [] if keys else [Heading(f"{page}. {PAGE_TITLES[page]}", 1)]
    return [*head, *sections]


def _part(field: Field, words: dict[str, str]) -> Part | None:
    text = words.get(field.key, "")
    if not text.strip():
        return None
    return Lines(lines_of(text)) if field.kind is Kind.LINES else Prose(text)


def _section(key: str, words: dict[str, str], *parts: Part) -> Section:
    """Make a section of a field's own text, after what is printed by itself."""
    field = FIELDS_BY_KEY[key]
    own = _part(field, words)
    return Section(key, str(field.label), (*parts, *((own,) if own else ())), level=2)


def _taking_part(challenge: Challenge, lang: str, words: dict[str, str]) -> list[Heading | Section]:
    terms = challenge.terms
    return [
        Heading(f"2. {PAGE_TITLES[2]}", 1),
        _section("get", words, Prose(_money(terms, lang))),
        *_page(2, words, "get_more", "expect", "for_whom", "requirements"),
        _section("proposal_note", words, Prose(_entry(terms))),
        Section("calendar", _("Calendar"), (_calendar(challenge, lang),), level=2),
        *_page(2, words, "contact", "visa"),
    ]


def _money(terms: Terms, lang: str) -> str:
    total = euro_words(terms.max_total_value, lang)
    if terms.payment_basis is PaymentBasis.NONE:
        paid = _("There is no payment in the residency.")
    else:
        amount = euro_words(terms.fee, lang)
        kind = _("Prize") if terms.payment_basis is PaymentBasis.PRIZE else _("Fee")
        paid = _("%(kind)s for each startup: %(amount)s excluding VAT.", kind=kind, amount=amount)
    places = _("Startups that win: %(places)d.", places=terms.places)
    value = _("Total value with everything that may follow: %(total)s at most.", total=total)
    return f"{paid} {places} {value}"


def _entry(terms: Terms) -> str:
    language = _("Dutch or English") if terms.accepts_english else _("Dutch")
    blind = [_("Leave out your name.")] if terms.is_blind else []
    return " ".join(
        [
            _("Language: %(language)s.", language=language),
            *blind,
            str(DECLARATIONS[terms.declaration]),
        ]
    )


def _calendar(challenge: Challenge, lang: str) -> Table:
    return Table(
        (_("What"), _("When")),
        tuple(calendar_rows(challenge, lang)) or ((_("Deadline for proposals"), "–"),),
        widths=(3, 4),
    )


def calendar_rows(challenge: Challenge, lang: str) -> list[tuple[str, str]]:
    """Give the calendar in words, in order, with the end of the standstill worked out."""
    rows = []
    for row, value in planned(challenge):
        words = date_words(value, lang, is_deadline=row.key in {"closes_at", "questions_close_at"})
        rows.append((str(row.label), words))
        if row.key == "decision_on" and (until := standstill_until(challenge)):
            rows.append((_("Last day of the standstill"), date_words(until, lang)))
    return rows


def _choosing(challenge: Challenge, lang: str, words: dict[str, str]) -> list[Heading | Section]:
    plan = challenge.plan
    method = [*method_sentences(plan, lang), *call_sentences(challenge, lang)]
    criteria = Table(
        (_("Criterion"), _("What we look for"), _("Weight")),
        (
            *(
                (*criterion_words(row, lang), weight_words(row.weight, lang))
                for row in plan.criteria
            ),
            *_price_row(plan, lang),
        ),
        aligns=("left", "left", "right"),
        widths=(6, 15, 2),
    )
    return [
        Heading(f"3. {PAGE_TITLES[3]}", 1),
        Section("criteria", _("Criteria and weights"), (criteria,), level=2),
        Section("scale", _("Scale"), (_scale(plan.levels, lang),), level=2),
        *_own_scales(plan, lang),
        _section("method", words, Prose(" ".join(method))),
        _section("jury", words, Prose(" ".join(jury_sentences(plan)))),
        *_pitch(challenge, words),
        *_page(3, words, "follow_up", "contract_ip", "procedure", "motivation", "privacy"),
    ]


def _price_row(plan: Plan, lang: str) -> list[tuple[str, str, str]]:
    if plan.price_weight is None:
        return []
    what = _("What you ask, excluding VAT. How a price becomes points stands below.")
    return [(_("Price"), what, weight_words(plan.price_weight, lang))]


def _scale(levels: list[Level], lang: str) -> Definitions:
    return Definitions(
        tuple(
            (f"{plain(row.points, lang)}  {level_words(row, lang)[0]}", level_words(row, lang)[1])
            for row in levels
        )
    )


def _own_scales(plan: Plan, lang: str) -> list[Section]:
    """Say per criterion what its levels mean, where the plan says more than the scale."""
    rows = tuple(
        (
            f"{criterion_words(row, lang)[0]}: {plain(level.points, lang)}",
            anchor_of(row.anchors, level, lang),
        )
        for row, levels in own_anchors(plan)
        for level in levels
    )
    title = _("What the points mean for each criterion")
    return [Section("anchors", title, (Definitions(rows),), level=2)] if rows else []


def _pitch(challenge: Challenge, words: dict[str, str]) -> list[Section]:
    sentences = pitch_sentences(challenge)
    return [_section("pitch", words, Prose(" ".join(sentences)))] if sentences else []
