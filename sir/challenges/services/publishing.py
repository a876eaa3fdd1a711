"""From a draft to the public: review, freezing, publication."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sir.challenges.document import edition_content, languages, terms_document
from sir.challenges.lifecycle import LIFECYCLE
from sir.challenges.models import Challenge, Edition, ReviewNote
from sir.challenges.queries import latest_edition, team_of
from sir.challenges.rules import (
    challenge_faults,
    freeze_faults,
    is_under_way,
    page_faults,
    print_faults,
    publication_faults,
    team_faults,
)
from sir.challenges.services.calls import CLOSED
from sir.journal.services import record
from sir.kernel.canonical import canonical, sha256
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.i18n import lazy
from sir.kernel.prose import prose_plain, tidy
from sir.notices.services import write_letter
from sir.people.models import Person, Role
from sir.ports.press import Press
from sir.ports.store import Store
from sir.terms.rules import Fault
from sir.workflows.rules import plan_hash


def measured_pages(challenge: Challenge, press: Press) -> dict[str, int]:
    """Count the pages of the terms in each language they speak, as they will be printed."""
    return {
        lang: press.measure(terms_document(challenge, lang)).pages for lang in languages(challenge)
    }


def review_faults(challenge: Challenge, at: datetime, press: Press) -> list[Fault]:
    """List everything that stands in the way of a review, each with its place."""
    roles = {place.role for place in team_of(challenge)}
    return [
        *challenge_faults(challenge, at),
        *page_faults(measured_pages(challenge, press)),
        *print_faults(challenge, press.unprintable),
        *team_faults(roles, challenge.plan),
    ]


def submit_for_review(challenge: Challenge, *, by: Person, at: datetime, press: Press) -> None:
    """Ask the colleagues who buy and approve to read the challenge. Refuses with every reason."""
    _refuse(review_faults(challenge, at, press))
    LIFECYCLE.move("submit", challenge, at)
    challenge.submitted_at = at
    record("challenge.submitted", challenge, by=by, at=at, stream=challenge.code)
    _tell(challenge, "challenges/to_review", (Role.OFFICER, Role.APPROVER), at)


def send_back(challenge: Challenge, note: str, *, by: Person, at: datetime) -> None:
    """Return a challenge to its writers, with a remark that says what to change."""
    note = tidy(note).strip()
    if not note:
        raise Refused(lazy("Write what must change, so that the author can go on."))
    LIFECYCLE.move("send_back", challenge, at)
    challenge.submitted_at = None
    db.session.add(ReviewNote(challenge_id=challenge.id, by=by, at=at, text=note))
    record("challenge.sent_back", challenge, by=by, at=at, stream=challenge.code)
    _tell(challenge, "challenges/sent_back", (Role.OWNER,), at, remark=note, reviewer=by.name)


def approve_challenge(  # noqa: PLR0913 - two ports and a remark
    challenge: Challenge,
    *,
    by: Person,
    at: datetime,
    press: Press,
    store: Store,
    note: str = "",
) -> Edition:
    """Freeze text, criteria and weights with their hashes, and print them. Never by the author.

    Raises Refused with every reason when the challenge is not complete any more at this moment.
    """
    if by.id == challenge.author_id:
        raise Refused(lazy("You wrote this challenge. Somebody else must approve it."))
    _refuse(freeze_faults(challenge, at, measured_pages(challenge, press)))
    plan = challenge.plan
    plan.sha256, plan.frozen_at = plan_hash(plan), at
    LIFECYCLE.move("approve", challenge, at)
    challenge.approved_at, challenge.approved_by_id = at, by.id
    edition = _freeze(challenge, plan.sha256, by=by, at=at, press=press, store=store)
    if tidy(note).strip():
        db.session.add(ReviewNote(challenge_id=challenge.id, by=by, at=at, text=tidy(note).strip()))
    record(
        "challenge.approved",
        challenge,
        by=by,
        at=at,
        stream=challenge.code,
        edition=edition.number,
        sha256=edition.sha256,
        plan_sha256=edition.plan_sha256,
    )
    _tell(challenge, "challenges/approved", (Role.OWNER, Role.OFFICER), at)
    return edition


def publish_challenge(
    challenge: Challenge,
    *,
    by: Person,
    at: datetime,
    tenderned_id: str = "",
    deviation_reason: str = "",
) -> None:
    """Show the challenge to everybody, after its notice on TenderNed or with a reason without."""
    terms = challenge.terms
    terms.tenderned_id = tidy(tenderned_id).strip() or terms.tenderned_id
    terms.deviation_reason = tidy(deviation_reason).strip() or terms.deviation_reason
    _refuse(publication_faults(challenge, at))
    call = challenge.call
    if call is not None and is_under_way(call, at):
        raise Refused(CLOSED)
    LIFECYCLE.move("publish", challenge, at)
    challenge.published_at = at
    if call is not None:
        call.published_at = call.published_at or at
    terms.search_text = _search_text(challenge)
    record(
        "challenge.published",
        challenge,
        by=by,
        at=at,
        stream=challenge.code,
        has_notice=bool(terms.tenderned_id),
    )
    roles = (Role.OWNER, Role.APPROVER, Role.SECRETARY)
    _tell(challenge, "challenges/published", roles, at)


def _freeze(  # noqa: PLR0913 - what an edition holds
    challenge: Challenge, plan_sha256: str, *, by: Person, at: datetime, press: Press, store: Store
) -> Edition:
    content = canonical(edition_content(challenge))
    pdfs = {
        lang: store.keep(press.pdf(terms_document(challenge, lang), at))
        for lang in languages(challenge)
    }
    before = latest_edition(challenge)
    edition = Edition(
        challenge_id=challenge.id,
        number=before.number + 1 if before else 1,
        content=content.decode(),
        sha256=sha256(content),
        plan_sha256=plan_sha256,
        pdf_nl=pdfs["nl"],
        pdf_en=pdfs.get("en", ""),
        frozen_at=at,
        frozen_by_id=by.id,
    )
    db.session.add(edition)
    return edition


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise Refused(*(fault.sentence for fault in faults))


def _tell(
    challenge: Challenge, template: str, roles: tuple[Role, ...], at: datetime, **words: Any
) -> None:
    """Write one letter to each person who holds one of the roles."""
    people = {place.person.id: place.person for place in team_of(challenge) if place.role in roles}
    for person in people.values():
        write_letter(
            template,
            to=person,
            at=at,
            code=challenge.code,
            title=challenge.terms.title,
            closes_at=challenge.closes_at.isoformat() if challenge.closes_at else "",
            **words,
        )


def _search_text(challenge: Challenge) -> str:
    texts = [*challenge.terms.text_nl.values()]
    if challenge.terms.has_english:
        texts += challenge.terms.text_en.values()
    bodies = [challenge.buyer, *(partner.organisation for partner in challenge.partners)]
    names = [f"{body.name} {body.short_name} {body.city}" for body in bodies]
    words = [challenge.code, *names, *(prose_plain(str(text)) for text in texts)]
    return " ".join(" ".join(words).lower().split())
