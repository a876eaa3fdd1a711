"""The canonical content an edition freezes, and the open data of a challenge."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, cast

from sir.challenges.models import Call, Challenge, ChallengeState
from sir.challenges.rules import DATES, date_values
from sir.workflows.rules import digits, plan_content


def edition_content(challenge: Challenge) -> dict[str, Any]:
    """Give terms, dates and plan as data: decimals as strings, instants in UTC. This is hashed."""
    terms = challenge.terms
    return {
        "code": challenge.code,
        "buyer": challenge.buyer.code,
        "partners": sorted(partner.organisation.code for partner in challenge.partners),
        "theme": challenge.theme.value,
        "call": _call(challenge.call),
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


def _call(call: Call | None) -> dict[str, Any] | None:
    if call is None:
        return None
    return {"code": call.code, "name": call.name, "one_win": call.is_one_win}


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
        "call": content["call"],
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
        "awardCriteria": "qualityOnly" if plan["price_weight"] is None else "ratedCriteria",
        "criteria": plan["criteria"],
        **_price(plan),
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


def _price(plan: dict[str, Any]) -> dict[str, Any]:
    """Say how a price becomes points; nothing where it does not count."""
    if plan["price_weight"] is None:
        return {}
    names = ("weight", "formula", "floor", "ceiling")
    rules = {name: plan[f"price_{name}"] for name in names}
    return {"price": {**rules, "noNewRanking": plan["no_new_ranking"], "currency": "EUR"}}


def _status(state: ChallengeState) -> str:
    if state is ChallengeState.CANCELLED:
        return "cancelled"
    return "complete" if state is ChallengeState.AWARDED else "active"
