"""The three pages as data: for the press, and as the canonical content an edition freezes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Literal, cast

from babel.dates import format_date, format_time
from babel.numbers import format_currency

from sir.challenges.models import Challenge, ChallengeState
from sir.challenges.rules import DATES, date_values, planned, standstill_until
from sir.kernel.calendar import AMSTERDAM
from sir.kernel.i18n import _, in_language, lazy
from sir.kernel.paper import Definitions, Document, Heading, Lines, Part, Prose, Section, Table
from sir.terms.models import DeclarationKind, PaymentBasis, Terms
from sir.terms.rules import FIELDS_BY_KEY, PAGE_TITLES, Field, Kind, fields_of, lines_of
from sir.workflows.models import Anonymity, Criterion, Level, Method
from sir.workflows.rules import digits, plan_content

Lang = Literal["nl", "en"]

DECLARATIONS = {
    DeclarationKind.NONE: lazy("No declaration is asked."),
    DeclarationKind.WEB: lazy("A short declaration on the platform."),
    DeclarationKind.UEA: lazy("The UEA (European self-declaration)."),
}
ANONYMITY = {
    Anonymity.UNTIL_DECISION: lazy("The jury reads without names until the decision."),
    Anonymity.UNTIL_QUALITY_LOCK: lazy("The jury reads without names until its scores are fixed."),
    Anonymity.OPEN: lazy("The jury sees the names of the bidders."),
}
METHODS = {
    Method.CONSENSUS: lazy("Each criterion gets one score that the jury agrees on."),
    Method.MEAN: lazy("Each criterion gets the average of the jurors' scores."),
}


def languages(challenge: Challenge) -> tuple[Lang, ...]:
    """Give the languages the terms are printed in."""
    return ("nl", "en") if challenge.terms.has_english else ("nl",)


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
    facts = [(_("Who asks"), names), (_("Reference"), challenge.code)]
    if challenge.terms.tenderned_id:
        facts.append(("TenderNed", challenge.terms.tenderned_id))
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
    total = _euro(terms.max_total_value, lang)
    if terms.payment_basis is PaymentBasis.NONE:
        paid = _("There is no payment in the residency.")
    else:
        amount = _euro(terms.fee, lang)
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
    criteria = Table(
        (_("Criterion"), _("What we look for"), _("Weight")),
        tuple(
            (criterion_words(row, lang)[0], criterion_words(row, lang)[1], weight_words(row, lang))
            for row in plan.criteria
        ),
        aligns=("left", "left", "right"),
        widths=(6, 15, 2),
    )
    return [
        Heading(f"3. {PAGE_TITLES[3]}", 1),
        Section("criteria", _("Criteria and weights"), (criteria,), level=2),
        Section("scale", _("Scale"), (_scale(plan.levels, lang),), level=2),
        _section("method", words, Prose(_rules(challenge, lang))),
        _section("jury", words, Prose(_jury(challenge))),
        *_pitch(challenge, words),
        *_page(3, words, "follow_up", "contract_ip", "procedure", "motivation", "privacy"),
    ]


def _scale(levels: list[Level], lang: str) -> Definitions:
    return Definitions(
        tuple(
            (f"{_plain(row.points, lang)}  {level_words(row, lang)[0]}", level_words(row, lang)[1])
            for row in levels
        )
    )


def _rules(challenge: Challenge, lang: str) -> str:
    plan = challenge.plan
    sentences = [str(METHODS[plan.method])]
    if plan.minimum_total is not None:
        points = _plain(plan.minimum_total, lang)
        sentences.append(_("The total must be at least %(points)s of 100.", points=points))
    sentences += [
        _(
            "“%(name)s” must score at least %(points)s.",
            name=criterion_words(row, lang)[0],
            points=_plain(row.minimum, lang),
        )
        for row in plan.criteria
        if row.minimum is not None
    ]
    sentences.append(_("Source of the lot: %(source)s", source=plan.lot_seed))
    return " ".join(sentences)


def _jury(challenge: Challenge) -> str:
    plan = challenge.plan
    functions = ", ".join(str(function) for function in plan.composition)
    seats = _("%(count)d jurors: %(functions)s.", count=plan.seat_count, functions=functions)
    return f"{seats} {ANONYMITY[plan.anonymity]}"


def _pitch(challenge: Challenge, words: dict[str, str]) -> list[Section]:
    terms = challenge.terms
    if not terms.pitch_count:
        return []
    numbers = _(
        "The %(count)d highest are invited: %(minutes)d minutes to pitch and %(questions)d minutes"
        " for questions.",
        count=terms.pitch_count,
        minutes=terms.pitch_minutes,
        questions=terms.pitch_question_minutes,
    )
    return [_section("pitch", words, Prose(numbers))]


# -- Words for numbers and dates in the language of the paper --------------------------


def criterion_words(row: Criterion, lang: str) -> tuple[str, str]:
    """Give a criterion's name and what is looked for; Dutch where there is no English."""
    if lang == "en":
        return row.name_en or row.name, row.looks_for_en or row.looks_for
    return row.name, row.looks_for


def level_words(row: Level, lang: str) -> tuple[str, str]:
    """Give a level's name and what it means; Dutch where there is no English."""
    if lang == "en":
        return row.label_en or row.label, row.anchor_en or row.anchor
    return row.label, row.anchor


def weight_words(row: Criterion, lang: str) -> str:
    """Write a weight: "12,5%"."""
    return f"{_plain(row.weight, lang)}%"


def date_words(value: datetime | date, lang: str, *, is_deadline: bool = False) -> str:
    """Write a date with its hour when it has one: "donderdag 17 december 2026, vóór 12.00 uur"."""
    if not isinstance(value, datetime):
        return str(format_date(value, "EEEE d MMMM y", locale=lang))
    wall = value.astimezone(AMSTERDAM)
    on = format_date(wall, "EEEE d MMMM y", locale=lang)
    hour = format_time(wall, "HH.mm 'uur'" if lang == "nl" else "HH:mm", locale=lang)
    if is_deadline:
        return str(_("%(day)s, before %(hour)s", day=on, hour=hour))
    return str(_("%(day)s, %(hour)s", day=on, hour=hour))


def _euro(amount: Decimal | None, lang: str) -> str:
    if amount is None:
        return "€ –"
    pattern = "¤ #,##0" if amount == amount.to_integral_value() else None
    return str(
        format_currency(amount, "EUR", pattern, locale=lang, currency_digits=pattern is None)
    )


def _plain(value: Decimal, lang: str) -> str:
    text = digits(value)
    return text.replace(".", ",") if lang == "nl" else text


# -- What an edition freezes -------------------------------------------------------------


def edition_content(challenge: Challenge) -> dict[str, Any]:
    """Give terms, dates and plan as data: decimals as strings, instants in UTC. This is hashed."""
    terms = challenge.terms
    return {
        "code": challenge.code,
        "buyer": challenge.buyer.code,
        "partners": sorted(partner.organisation.code for partner in challenge.partners),
        "theme": challenge.theme.value,
        "text_nl": terms.text_nl,
        "text_en": terms.text_en if terms.has_english else {},
        "procedure": terms.procedure.value,
        "payment_basis": terms.payment_basis.value,
        "fee": None if terms.fee is None else digits(terms.fee),
        "places": terms.places,
        "max_total_value": None if terms.max_total_value is None else digits(terms.max_total_value),
        "declaration": terms.declaration.value,
        "accepts_english": terms.accepts_english,
        "is_blind": terms.is_blind,
        "pitch_count": terms.pitch_count,
        "pitch_minutes": terms.pitch_minutes,
        "pitch_question_minutes": terms.pitch_question_minutes,
        "dates": {key: _iso(value) for key, value in date_values(challenge).items()},
        "plan": plan_content(challenge.plan),
    }


def _iso(value: datetime | date | None) -> str | None:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return value.isoformat() if value else None


def public_content(challenge: Challenge, pdfs: dict[str, str]) -> dict[str, Any]:
    """Give the open data of a challenge: words of OCDS where there are any, decimal strings."""
    content = edition_content(challenge)
    plan = cast("dict[str, Any]", content["plan"])
    dates = cast("dict[str, Any]", content["dates"])
    terms = challenge.terms
    bodies = [challenge.buyer, *(partner.organisation for partner in challenge.partners)]
    return {
        "id": challenge.code,
        "status": _status(challenge.state),
        "date": _iso(challenge.published_at),
        "title": terms.title,
        "title_en": terms.title_en if terms.has_english else None,
        "description": terms.question,
        "description_en": terms.question_en if terms.has_english else None,
        "theme": content["theme"],
        "parties": [
            {
                "id": body.code,
                "name": body.name,
                "roles": ["buyer", "procuringEntity"] if body is challenge.buyer else ["buyer"],
            }
            for body in bodies
        ],
        "procurementMethodDetails": content["procedure"],
        "noticeId": terms.tenderned_id or None,
        "mainProcurementCategory": "services",
        "value": {"amount": content["max_total_value"], "currency": "EUR"},
        "fee": {"amount": content["fee"], "currency": "EUR", "basis": content["payment_basis"]},
        "places": content["places"],
        "submissionMethod": ["electronicSubmission"],
        "submissionTerms": {"languages": ["nl", "en"] if terms.accepts_english else ["nl"]},
        "enquiryPeriod": {"endDate": dates["questions_close_at"]},
        "tenderPeriod": {"startDate": _iso(challenge.published_at), "endDate": dates["closes_at"]},
        "milestones": [
            {"id": row.key, "title": row.key, "dueDate": dates[row.key]}
            for row in DATES
            if dates[row.key] is not None
        ],
        "awardCriteria": "qualityOnly",
        "criteria": plan["criteria"],
        "scale": plan["levels"],
        "method": plan["method"],
        "text": {
            "nl": content["text_nl"],
            **({"en": content["text_en"]} if terms.has_english else {}),
        },
        "documents": [
            {
                "documentType": "biddingDocuments",
                "language": lang,
                "format": "application/pdf",
                "sha256": digest,
            }
            for lang, digest in pdfs.items()
        ],
        "planHash": challenge.plan.sha256,
    }


def _status(state: ChallengeState) -> str:
    if state is ChallengeState.CANCELLED:
        return "cancelled"
    return "complete" if state is ChallengeState.AWARDED else "active"
