"""Written questions: asking by number, and answering without saying who one is (jury: R28)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sir.journal.services import record
from sir.jury.models import Inquiry, Reply, Round
from sir.jury.queries.inquiries import inquiries_of
from sir.jury.queries.seats import proposals_of
from sir.jury.rules.inquiries import (
    LONGEST,
    LONGEST_ANSWER,
    SHORTEST,
    asks_in_writing,
    is_read,
    telltales,
)
from sir.jury.rules.sheets import length
from sir.jury.services.sheets import ChangedMeanwhile
from sir.jury.services.suspensions import check_going
from sir.kernel.codes import new_code
from sir.kernel.database import db
from sir.kernel.errors import Missing, Refused
from sir.kernel.i18n import _
from sir.notices.services import write_letter
from sir.people.models import Person
from sir.ports.vault import Vault
from sir.proposals.models import PartKind, Proposal
from sir.proposals.queries import bidder_people, read_part


def ask_inquiry(  # noqa: PLR0913 - a question has this many sides
    round_: Round,
    *,
    text: str,
    proposals: Sequence[Proposal],
    due_at: datetime,
    by: Person,
    at: datetime,
) -> Inquiry:
    """Put the jury's question to these proposals; their bidders answer before `due_at`."""
    plan = round_.challenge.plan
    check_going(round_)
    if not asks_in_writing(plan, round_.state):
        raise Refused(_("The jury cannot ask written questions now."))
    if length(text) < SHORTEST or len(text) > LONGEST:
        raise Refused(
            _(
                "Write the question, in %(least)s to %(most)s characters.",
                least=SHORTEST,
                most=LONGEST,
            )
        )
    admitted = {row.id: row for row in proposals_of(round_.challenge)}
    asked = [admitted[row.id] for row in proposals if row.id in admitted]
    if not asked:
        raise Refused(_("Choose to whom you put the question."))
    if due_at <= at:
        raise Refused(_("Choose a moment in the future for when the answers are due."))
    inquiry = Inquiry(
        code=new_code(10),
        round=round_,
        number=len(inquiries_of(round_)) + 1,
        text=text,
        is_for_all=len(asked) == len(admitted),
        asked_at=at,
        asked_by_id=by.id,
        due_at=due_at,
        replies=[Reply(code=new_code(10), proposal=proposal) for proposal in asked],
    )
    db.session.add(inquiry)
    record(
        "inquiry.asked",
        inquiry,
        by=by,
        at=at,
        stream=round_.challenge.code,
        proposals=sorted(row.number or 0 for row in asked),
    )
    for reply in inquiry.replies:
        for person in bidder_people(reply.proposal.bidder):
            write_letter(
                "jury/inquiry",
                to=person,
                at=at,
                name=person.name,
                challenge=round_.challenge.terms.title,
                due_at=due_at.isoformat(),
                path=f"/inquiries/{reply.code}",
            )
    return inquiry


def answer_inquiry(  # noqa: PLR0913 - an answer has this many sides
    reply: Reply, *, text: str, version: int, vault: Vault, by: Person, at: datetime
) -> None:
    """Answer the jury; until the answers are due this replaces what was answered before.

    An answer that names its writer is refused: the jury knows the proposal by its number only.
    Raises ChangedMeanwhile when `version` is not the stored one.
    """
    if is_read(reply.inquiry, at):
        raise Refused(_("The time to answer is over."))
    if version != reply.version:
        raise ChangedMeanwhile(_("A colleague changed this answer in the meantime."))
    if not text.strip() or len(text) > LONGEST_ANSWER:
        raise Refused(_("Write an answer of at most %(most)s characters.", most=LONGEST_ANSWER))
    if found := tells(reply, text, vault):
        raise Refused(
            _(
                "Your answer tells the jury who you are: %(found)s. Write it without that.",
                found=", ".join(f"“{word}”" for word in found),
            )
        )
    if text == reply.text:
        return
    reply.text, reply.answered_at = text, at
    record("inquiry.answered", reply, by=by, at=at, stream=reply.proposal.journal_stream)


def tells(reply: Reply, text: str, vault: Vault) -> list[str]:
    """List what in a text names the bidder: by its account, its people and what it handed in."""
    bidder, people = reply.proposal.bidder, bidder_people(reply.proposal.bidder)
    company = _company(reply.proposal, vault)
    signatory = company.get("signatory", "").partition(",")[0]
    return telltales(
        text,
        names=[
            bidder.name,
            bidder.short_name or "",
            company.get("name", ""),
            company.get("contact", ""),
            signatory,
            *(person.name for person in people),
        ],
        numbers=[bidder.kvk or "", company.get("kvk", "")],
        addresses=[
            bidder.website or "",
            bidder.email or "",
            company.get("email", ""),
            *(person.email for person in people),
        ],
    )


def _company(proposal: Proposal, vault: Vault) -> dict[str, str]:
    try:
        return read_part(proposal, PartKind.COMPANY, vault)
    except Missing:
        return {}
