"""When a challenge may go on: to its reviewer, to be frozen, to the public."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from sir.challenges.models import Challenge
from sir.challenges.rules.dates import calendar_faults
from sir.kernel.calendar import local_day
from sir.kernel.i18n import lazy
from sir.kernel.prose import named_signs
from sir.people.models import OrganisationKind, Role
from sir.terms.models import Procedure
from sir.terms.rules import (
    FIELDS,
    Fault,
    money_faults,
    notice_faults,
    pitch_faults,
    procedure_faults,
    text_faults,
)
from sir.workflows.models import Anonymity, Plan
from sir.workflows.rules import plan_faults

MAX_PAGES = 3


def is_central(challenge: Challenge) -> bool:
    """Say whether the lower threshold of the ministries holds: one of the buyers is one."""
    buyers = [challenge.buyer, *(partner.organisation for partner in challenge.partners)]
    return any(buyer.kind is OrganisationKind.MINISTRY for buyer in buyers)


def challenge_faults(challenge: Challenge, at: datetime) -> list[Fault]:
    """List everything in the text, the criteria and the calendar that must be put right."""
    terms, plan = challenge.terms, challenge.plan
    on = local_day(at)
    return [
        *text_faults(terms),
        *money_faults(terms),
        *pitch_faults(terms),
        *procedure_faults(terms, is_central=is_central(challenge), on=on),
        *_contest_faults(challenge),
        *_division_faults(challenge),
        *(
            Fault("criteria", fault.field, fault.sentence, fault.lang)
            for fault in plan_faults(plan, has_english=terms.has_english)
        ),
        *calendar_faults(challenge, at),
    ]


def _contest_faults(challenge: Challenge) -> list[Fault]:
    is_contest = challenge.terms.procedure is Procedure.DESIGN_CONTEST
    if is_contest and challenge.plan.anonymity is not Anonymity.UNTIL_DECISION:
        sentence = lazy("A design contest is judged without names until the decision.")
        return [Fault("criteria", "anonymity", sentence)]
    return []


def _division_faults(challenge: Challenge) -> list[Fault]:
    """Dividing the proposals is for a first round that says who goes on (jury: R1)."""
    plan = challenge.plan
    minimums = [plan.minimum_total, *(row.minimum for row in plan.criteria)]
    has_pass_rule = challenge.terms.pitch_count > 0 or any(row is not None for row in minimums)
    if plan.readers is not None and not has_pass_rule:
        sentence = lazy(
            "When proposals are divided over the jury, say who goes on: how many may pitch, or a"
            " minimum score."
        )
        return [Fault("criteria", "readers", sentence)]
    return []


def page_faults(pages: Mapping[str, int]) -> list[Fault]:
    """Refuse more than three pages, in either language."""
    sentences = {
        "nl": lazy(
            "The Dutch text takes more than %(most)d pages. Make it shorter.", most=MAX_PAGES
        ),
        "en": lazy(
            "The English text takes more than %(most)d pages. Make it shorter.", most=MAX_PAGES
        ),
    }
    return [
        Fault("1", "meter", sentences[lang], lang)
        for lang, count in pages.items()
        if count > MAX_PAGES
    ]


def print_faults(challenge: Challenge, unprintable: Callable[[str], Sequence[str]]) -> list[Fault]:
    """Refuse characters that come out as an empty box: what is frozen is what was printed."""
    terms = challenge.terms
    spoken = {"nl": terms.text_nl} | ({"en": terms.text_en} if terms.has_english else {})
    places = [
        (str(field.page), field.key, field.label, str(texts.get(field.key, "")), lang)
        for lang, texts in spoken.items()
        for field in FIELDS
    ]
    for row in challenge.plan.criteria:
        at = f"criteria-{row.position}"
        places.append(("criteria", at, row.name, f"{row.name} {row.looks_for}", "nl"))
        if terms.has_english:
            places.append(("criteria", at, row.name_en, f"{row.name_en} {row.looks_for_en}", "en"))
    return [
        Fault(
            step,
            key,
            lazy(
                "“%(label)s” has characters that cannot be printed: %(signs)s",
                label=label,
                signs=named_signs(signs),
            ),
            lang,
        )
        for step, key, label, text, lang in places
        if (signs := unprintable(text))
    ]


def team_faults(roles: Collection[Role], plan: Plan) -> list[Fault]:
    """Check that somebody is there to buy, somebody else to approve, and to open the prices."""
    faults = []
    if Role.OFFICER not in roles:
        faults.append(Fault("team", "officer", lazy("Choose a procurement officer.")))
    if Role.APPROVER not in roles:
        faults.append(Fault("team", "approver", lazy("Choose who approves the challenge.")))
    if plan.price_weight is not None and Role.PRICE_ASSESSOR not in roles:
        sentence = lazy("The price counts: choose a price assessor, who opens the prices.")
        faults.append(Fault("team", "price_assessor", sentence))
    return faults


def freeze_faults(challenge: Challenge, at: datetime, pages: Mapping[str, int]) -> list[Fault]:
    """List what stands in the way of freezing text, criteria and weights."""
    return [*challenge_faults(challenge, at), *page_faults(pages)]


def publication_faults(
    challenge: Challenge, at: datetime, *, tenderned_id: str = "", deviation_reason: str = ""
) -> list[Fault]:
    """List what stands in the way of publishing a frozen challenge now, with this notice."""
    terms = challenge.terms
    number, reason = tenderned_id or terms.tenderned_id, deviation_reason or terms.deviation_reason
    return [
        *notice_faults(terms.procedure, number, reason),
        *procedure_faults(terms, is_central=is_central(challenge), on=local_day(at)),
        *calendar_faults(challenge, at),
    ]
