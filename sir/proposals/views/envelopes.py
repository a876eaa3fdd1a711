"""Handing in, the receipt, withdrawing, reading, and leaving out of the judging."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sir.calls.queries import entries_of
from sir.challenges.rules import accepts_proposals
from sir.jury.models import Pitch
from sir.jury.queries.pitches import pitch_on
from sir.kernel.errors import Missing, Refused
from sir.kernel.i18n import _
from sir.kernel.mentions import mentions
from sir.kernel.transaction import transaction
from sir.permissions import may
from sir.proposals.document import document_of_part, lang_of, receipt_document
from sir.proposals.forms import ExcludeForm, SubmitForm, WithdrawForm
from sir.proposals.models import Draft, PartKind, Proposal, Submission
from sir.proposals.queries import (
    OPEN,
    bidder_people,
    current_submission,
    draft_of,
    opened_bytes,
    part_digest,
    proposal_by_code,
    read_draft,
    read_submitted,
    submissions_of,
)
from sir.proposals.rules import (
    PAGE_LIMIT,
    STEP_TITLES,
    Content,
    FieldKind,
    Step,
    amount_of,
    boxes_in,
    cost_rows,
    fields_of,
    for_officials,
    part_of,
    picture_of,
    shortcomings,
    steps_of,
)
from sir.proposals.services import (
    Incomplete,
    Late,
    exclude_proposal,
    note_denied,
    submit_proposal,
    withdraw_proposal,
)
from sir.proposals.views.blueprint import bp, pdf, port
from sir.web.gate import me, now, requires, standing
from sir.web.jinja import euro
from sir.web.locale import page_language


@bp.route("/proposals/<code>/submit", methods=["GET", "POST"])
@requires("proposal.submit", proposal_by_code)
def submit(proposal: Proposal) -> ResponseReturnValue:
    """The last look before the seal: what you send, and what still stands in the way."""
    draft = draft_of(proposal)
    form = SubmitForm.from_request(version=draft.version if draft else 0)
    if form.is_accepted():
        try:
            with transaction(in_turn=True):
                submit_proposal(
                    proposal,
                    version=form.version.data or 0,
                    has_declared=form.has_declared.data,
                    by=me(),
                    clock=port("clock"),
                    vault=port("vault"),
                )
        except Late as late:
            return _too_late("proposal.submitted", proposal, late)
        except Incomplete:
            return _check_page(proposal, draft_of(proposal), form)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return _check_page(proposal, draft_of(proposal), form)
        return redirect(url_for("proposals.show", code=proposal.code))
    return _check_page(proposal, draft, form)


def _check_page(proposal: Proposal, draft: Draft | None, form: SubmitForm) -> ResponseReturnValue:
    challenge = proposal.challenge
    content = read_draft(proposal, draft, port("vault"))
    found = shortcomings(content, challenge, draft.pages) if draft else []
    page = render_template(
        "proposals/submit.html",
        proposal=proposal,
        challenge=challenge,
        form=form,
        draft=draft,
        found=found,
        limit=PAGE_LIMIT,
        steps=steps_of(challenge.plan),
        titles=STEP_TITLES,
        current=current_submission(proposal),
        boxes=boxes_in(content, challenge.plan, port("press").unprintable),
        hints=_name_hints(proposal, content),
        has_picture=bool(picture_of(content["idea"])),
        is_open=accepts_proposals(challenge, now()),
    )
    return page, 409 if form.is_submitted() and form.status == 200 else form.status  # noqa: PLR2004


def _name_hints(proposal: Proposal, content: Content) -> list[str]:
    """List what would tell a jury that reads blind who wrote this."""
    if not proposal.challenge.terms.is_blind:
        return []
    names = [proposal.bidder.name, *(person.name for person in bidder_people(proposal.bidder))]
    return mentions("\n".join(content["idea"].values()), names)


def _too_late(act: str, proposal: Proposal, late: Late) -> ResponseReturnValue:
    """Note the attempt, and tell both times."""
    with transaction(in_turn=True):
        note_denied(act, proposal, by=me(), at=late.received_at)
    page = render_template(
        "proposals/late.html", proposal=proposal, challenge=proposal.challenge, late=late
    )
    return page, 409


@bp.get("/proposals/<code>")
@requires("proposal.read", proposal_by_code)
def show(proposal: Proposal) -> ResponseReturnValue:
    """What the bidder has handed in, with its receipt; for officials what came out of the vault."""
    submissions = submissions_of(proposal)
    current = next((s for s in submissions if not (s.replaced_at or s.withdrawn_at)), None)
    return render_template(
        "proposals/show.html",
        proposal=proposal,
        challenge=proposal.challenge,
        submissions=submissions,
        current=current,
        draft=draft_of(proposal),
        parts=_parts(proposal, current),
        has_picture=current is not None and part_digest(current, PartKind.PICTURE) is not None,
        has_price=Step.PRICE in _shown_steps(proposal),
        titles=STEP_TITLES,
        is_opened=proposal.state in OPEN,
        entries=_entries(proposal),
        pitch=_pitch(proposal),
        is_open=accepts_proposals(proposal.challenge, now()),
    )


def _entries(proposal: Proposal) -> int:
    """Count what this bidder has in a call in which it can win only once."""
    call = proposal.challenge.call
    return len(entries_of(call, proposal.bidder)) if call and call.is_one_win else 0


def _pitch(proposal: Proposal) -> Pitch | None:
    """Find the pitch of this proposal, for who may see it."""
    pitch = pitch_on(proposal)
    return pitch if pitch and may(standing(), "pitch.read", pitch) else None


def _read(proposal: Proposal, current: Submission, kind: PartKind) -> dict[str, str]:
    """Open one part: whole for its bidder, and for officials what is theirs to read."""
    part = read_submitted(current, kind, port("vault"))
    is_own = may(standing(), "proposal.edit", proposal)
    return part if is_own or kind is not PartKind.COMPANY else for_officials(part)


def _parts(
    proposal: Proposal, current: Submission | None
) -> list[tuple[Step, list[tuple[Any, str]], Any, str | None]]:
    """Give every page of what was handed in as (step, answers, costs, words for the picture)."""
    if current is None:
        return []
    steps = _shown_steps(proposal)
    texts = {kind: _read(proposal, current, kind) for kind in {part_of(step) for step in steps}}
    return [
        (
            step,
            [
                (field.label, _spoken(field, texts[part_of(step)][field.key]))
                for field in fields_of(step)
                if field.key in texts[part_of(step)]
            ],
            cost_rows(texts[PartKind.COST]) if step is Step.COST else None,
            texts[PartKind.IDEA].get("picture_alt") if step is Step.PICTURE else None,
        )
        for step in steps
        if step is not Step.PICTURE or picture_of(texts[PartKind.IDEA])
    ]


def _shown_steps(proposal: Proposal) -> list[Step]:
    """List the pages this reader may see: the price on them is its bidder's alone."""
    is_own = may(standing(), "proposal.edit", proposal)
    steps = steps_of(proposal.challenge.plan)
    return [step for step in steps if is_own or step is not Step.PRICE]


def _spoken(field: Any, text: str) -> str:
    if field.kind is FieldKind.TICK:
        return str(_("yes"))
    if field.kind is FieldKind.AMOUNT:
        return euro(amount_of(text))
    return str(dict(field.choices).get(text, text))


@bp.get("/proposals/<code>/papers/<kind>.pdf")
@requires("proposal.read", lambda code, kind: proposal_by_code(code))  # noqa: ARG005 - the view reads it
def paper(proposal: Proposal) -> ResponseReturnValue:
    """Print one part of what was handed in."""
    kind = (request.view_args or {})["kind"]
    current = current_submission(proposal)
    if current is None or kind not in {part_of(step) for step in _shown_steps(proposal)}:
        raise Missing
    idea = read_submitted(current, PartKind.IDEA, port("vault"))
    part = _read(proposal, current, PartKind(kind))
    has_picture = kind == PartKind.IDEA and picture_of(idea)
    picture = opened_bytes(current, PartKind.PICTURE, port("vault")) if has_picture else None
    document = document_of_part(PartKind(kind), part, proposal, lang=lang_of(idea), picture=picture)
    printed = port("press").pdf(document, current.received_at)
    return pdf(printed, f"{proposal.code}-{kind}")


@bp.get("/proposals/<code>/receipts/<receipt>.pdf")
@requires("proposal.submit", lambda code, receipt: proposal_by_code(code))  # noqa: ARG005 - the view reads it
def receipt_pdf(proposal: Proposal) -> ResponseReturnValue:
    """Print the receipt of one handing-in."""
    code = (request.view_args or {})["receipt"]
    submission = next((s for s in submissions_of(proposal) if s.receipt == code), None)
    if submission is None:
        raise Missing
    document = receipt_document(
        submission,
        lang="en" if page_language() == "en" else "nl",
        picture=part_digest(submission, PartKind.PICTURE),
    )
    return pdf(port("press").pdf(document, submission.received_at), f"receipt-{code}")


@bp.route("/proposals/<code>/withdraw", methods=["GET", "POST"])
@requires("proposal.submit", proposal_by_code)
def withdraw(proposal: Proposal) -> ResponseReturnValue:
    """Take a proposal out of the vault; the draft stays."""
    current = current_submission(proposal)
    form = WithdrawForm.from_request(receipt=current.receipt if current else "")
    if form.is_accepted():
        try:
            with transaction(in_turn=True):
                withdraw_proposal(
                    proposal,
                    receipt=form.receipt.data or "",
                    by=me(),
                    clock=port("clock"),
                    vault=port("vault"),
                )
        except Late as late:
            return _too_late("proposal.withdrawn", proposal, late)
        return redirect(url_for("proposals.show", code=proposal.code))
    page = render_template(
        "proposals/withdraw.html",
        proposal=proposal,
        challenge=proposal.challenge,
        current=current,
        form=form,
        is_open=accepts_proposals(proposal.challenge, now()),
    )
    return page, form.status


@bp.route("/proposals/<code>/exclude", methods=["GET", "POST"])
@requires("proposal.exclude", proposal_by_code)
def exclude(proposal: Proposal) -> ResponseReturnValue:
    """Leave a proposal out of the judging, with the reason."""
    form = ExcludeForm.from_request()
    if form.is_accepted():
        with transaction():
            exclude_proposal(proposal, reason=form.reason.data or "", by=me(), at=now())
        return redirect(url_for("proposals.show", code=proposal.code))
    page = render_template(
        "proposals/exclude.html", proposal=proposal, challenge=proposal.challenge, form=form
    )
    return page, form.status
