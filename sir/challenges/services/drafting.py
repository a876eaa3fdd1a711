"""Writing a challenge: its text, its criteria and its dates, as long as it is a draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sir.challenges.models import Challenge, ChallengeState, TeamPlace, Theme
from sir.challenges.queries import has_membership
from sir.challenges.rules import DATES
from sir.journal.services import record
from sir.kernel.codes import new_code
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.i18n import LANGUAGES, lazy
from sir.kernel.prose import tidy
from sir.people.models import Organisation, Person, Role
from sir.terms.models import Procedure, Terms
from sir.terms.rules import FIELDS_BY_KEY, PROCEDURE_TEXTS, Kind, standard_texts
from sir.workflows.models import Criterion, Level, Plan
from sir.workflows.rules import follow, own_anchors, standard_plan

FROZEN = lazy("Only a draft can be changed. Ask the reviewer to send it back.")

TERMS_NUMBERS = frozenset(
    {
        "has_english", "procedure", "tenderned_id", "deviation_reason", "payment_basis", "fee",
        "places", "max_total_value", "declaration", "accepts_english", "is_blind", "pitch_count",
        "pitch_minutes", "pitch_question_minutes",
    }
)  # fmt: skip
PLAN_SETTINGS = frozenset(
    {
        *("method", "decimals", "minimum_total", "min_reason", "anonymity", "anonymity_reason"),
        *("lot_seed", "seat_count", "tie_order", "qualification", "competence", "calibration"),
        *("readers", "load_least", "load_most", "pitch", "pitch_questions"),
        *("report_diagnostics", "report_advice", "screen_names"),
        *("price_weight", "price_formula", "price_floor", "price_ceiling", "no_new_ranking"),
    }
)
DATE_KEYS = frozenset(row.key for row in DATES)


class CriterionRow(NamedTuple):
    """One award criterion as somebody fills it in."""

    name: str
    looks_for: str
    weight: Decimal
    minimum: Decimal | None = None
    name_en: str = ""
    looks_for_en: str = ""


class LevelRow(NamedTuple):
    """One level of the scale as somebody fills it in."""

    points: Decimal
    label: str
    anchor: str
    label_en: str = ""
    anchor_en: str = ""


def draft_challenge(  # noqa: PLR0913 - what a draft begins with
    buyer: Organisation,
    *,
    by: Person,
    at: datetime,
    theme: Theme = Theme.SERVICES,
    title: str = "",
    question: str = "",
) -> Challenge:
    """Begin a challenge in the name of a public body; whoever begins it is its owner."""
    if not buyer.is_public_body or not has_membership(by, buyer, Role.OWNER):
        raise Refused(lazy("You can only begin a challenge for a body where you are an owner."))
    terms = Terms(
        text_nl=standard_texts("nl", Procedure.NATIONAL_OPEN),
        text_en=standard_texts("en", Procedure.NATIONAL_OPEN),
    )
    _write(terms, {"nl": {"title": title, "question": question}})
    plan = standard_plan()
    db.session.add_all([terms, plan])
    challenge = Challenge(
        code=new_code(),
        buyer=buyer,
        author=by,
        terms=terms,
        plan=plan,
        theme=theme,
        created_at=at,
    )
    db.session.add(challenge)
    db.session.flush()  # the team place needs its number
    db.session.add(TeamPlace(challenge_id=challenge.id, person_id=by.id, role=Role.OWNER, since=at))
    record("challenge.drafted", challenge, by=by, at=at, stream=challenge.code)
    return challenge


def write_terms(
    challenge: Challenge,
    *,
    by: Person,
    at: datetime,
    texts: Mapping[str, Mapping[str, str | Sequence[str]]] | None = None,
    theme: Theme | None = None,
    **numbers: Any,
) -> None:
    """Write text (language, field key, words or lines) and numbers of the three pages.

    A draft may be too long or not finished; sending it for review may not. A field that is not
    named keeps what it has. When the procedure changes, its standard text changes along, unless
    somebody has edited it.
    """
    check_is_draft(challenge)
    unknown = numbers.keys() - TERMS_NUMBERS
    if unknown:
        raise TypeError(unknown)
    terms = challenge.terms
    before = terms.procedure
    for name, value in numbers.items():
        setattr(terms, name, tidy(value).strip() if isinstance(value, str) else value)
    if theme is not None:
        challenge.theme = theme
    written = {lang: dict(keys) for lang, keys in (texts or {}).items()}
    _write(terms, written)
    if terms.procedure is not before:
        _follow_procedure(terms, before)
    record(
        "challenge.written",
        challenge,
        by=by,
        at=at,
        stream=challenge.code,
        fields=sorted(f"{lang}.{key}" for lang, keys in written.items() for key in keys),
        numbers=sorted(numbers),
    )


def set_plan(  # noqa: PLR0913 - criteria, scale, jury and the settings by name
    challenge: Challenge,
    *,
    by: Person,
    at: datetime,
    criteria: Sequence[CriterionRow] | None = None,
    levels: Sequence[LevelRow] | None = None,
    composition: Sequence[str] | None = None,
    **settings: Any,
) -> None:
    """Choose criteria, scale, jury and method. What is not named stays as it is."""
    check_is_draft(challenge)
    unknown = settings.keys() - PLAN_SETTINGS
    if unknown:
        raise TypeError(unknown)
    plan = challenge.plan
    if criteria is not None:
        _set_criteria(plan, criteria)
    if levels is not None:
        _set_levels(plan, levels)
    if composition is not None:
        plan.composition = [tidy(function).strip() for function in composition]
        plan.seat_count = len(plan.composition)
    for name, value in settings.items():
        setattr(plan, name, tidy(value).strip() if type(value) is str else value)
    record(
        "challenge.planned",
        challenge,
        by=by,
        at=at,
        stream=challenge.code,
        criteria=len(plan.criteria),
        settings=sorted(settings),
    )


def write_anchors(
    challenge: Challenge,
    anchors: Mapping[int, Mapping[str, Mapping[str, str]]],
    *,
    by: Person,
    at: datetime,
) -> None:
    """Say what levels mean for a criterion: by its place, a level's place and a language.

    A text that is empty falls back on the scale's own. What is not named stays as it is.
    """
    check_is_draft(challenge)
    for row in challenge.plan.criteria:
        for level, texts in anchors.get(row.position, {}).items():
            own = {**row.anchors.get(level, {}), **texts}
            clean = {lang: " ".join(tidy(text).split()) for lang, text in own.items()}
            kept = {lang: text for lang, text in clean.items() if text}
            row.anchors = {key: old for key, old in row.anchors.items() if key != level} | (
                {level: kept} if kept else {}
            )
    record(
        "challenge.anchored",
        challenge,
        by=by,
        at=at,
        stream=challenge.code,
        criteria=[row.key for row, _levels in own_anchors(challenge.plan)],
    )


def set_calendar(
    challenge: Challenge, *, by: Person, at: datetime, **dates: datetime | date | None
) -> None:
    """Set dates by their key (see `rules.DATES`). What is not named stays as it is."""
    check_is_draft(challenge)
    unknown = dates.keys() - DATE_KEYS
    if unknown:
        raise TypeError(unknown)
    for name, value in dates.items():
        setattr(challenge, name, value)
    record(
        "challenge.scheduled",
        challenge,
        by=by,
        at=at,
        stream=challenge.code,
        dates=sorted(dates),
    )


def check_is_draft(challenge: Challenge) -> None:
    """Refuse to change what somebody reviews, approved or published."""
    if challenge.state is not ChallengeState.DRAFT:
        raise Refused(FROZEN)


def _write(terms: Terms, texts: Mapping[str, Mapping[str, str | Sequence[str]]]) -> None:
    for lang, keys in texts.items():
        if lang not in LANGUAGES or keys.keys() - FIELDS_BY_KEY.keys():
            raise TypeError(lang, keys.keys() - FIELDS_BY_KEY.keys())
        clean = {key: _clean(key, text) for key, text in keys.items()}
        attribute = f"text_{lang}"
        setattr(terms, attribute, {**getattr(terms, attribute), **clean})
    terms.title = terms.text_nl.get("title", "")
    terms.question = terms.text_nl.get("question", "")
    terms.title_en = terms.text_en.get("title", "")
    terms.question_en = terms.text_en.get("question", "")


def _clean(key: str, text: str | Sequence[str]) -> str:
    text = text if isinstance(text, str) else "\n".join(text)
    clean = tidy(text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return " ".join(clean.split()) if FIELDS_BY_KEY[key].kind is Kind.LINE else clean


def _follow_procedure(terms: Terms, before: Procedure) -> None:
    for lang in LANGUAGES:
        attribute = f"text_{lang}"
        texts = getattr(terms, attribute)
        if texts.get("procedure") == PROCEDURE_TEXTS[lang].get(before):
            text = PROCEDURE_TEXTS[lang].get(terms.procedure, "")
            setattr(terms, attribute, {**texts, "procedure": text})


def _set_criteria(plan: Plan, rows: Sequence[CriterionRow]) -> None:
    names = [tidy(row.name).strip() for row in rows]
    former = [(criterion.name, dict(criterion.anchors)) for criterion in plan.criteria]
    del plan.criteria[len(rows) :]
    for position, row in enumerate(rows, 1):
        if position > len(plan.criteria):
            plan.criteria.append(Criterion(key=f"K{position}", position=position, anchors={}))
        criterion = plan.criteria[position - 1]
        criterion.name, criterion.looks_for = names[position - 1], tidy(row.looks_for).strip()
        criterion.name_en = tidy(row.name_en).strip()
        criterion.looks_for_en = tidy(row.looks_for_en).strip()
        criterion.weight, criterion.minimum = row.weight, row.minimum
    for criterion, anchors in zip(plan.criteria, follow(names, former), strict=True):
        criterion.anchors = anchors


def _set_levels(plan: Plan, rows: Sequence[LevelRow]) -> None:
    del plan.levels[len(rows) :]
    for criterion in plan.criteria:
        kept = {key: own for key, own in criterion.anchors.items() if int(key) <= len(rows)}
        criterion.anchors = kept
    for position, row in enumerate(rows, 1):
        if position > len(plan.levels):
            plan.levels.append(Level(position=position))
        level = plan.levels[position - 1]
        level.points = row.points
        level.label, level.anchor = tidy(row.label).strip(), tidy(row.anchor).strip()
        level.label_en, level.anchor_en = tidy(row.label_en).strip(), tidy(row.anchor_en).strip()
