"""Beginning a proposal and writing it, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sir.challenges.models import Challenge
from sir.challenges.queries import challenge_by_code
from sir.challenges.rules import accepts_proposals
from sir.kernel.errors import Missing
from sir.kernel.i18n import _
from sir.kernel.paper import Document
from sir.kernel.transaction import transaction
from sir.people.models import Organisation
from sir.permissions import may
from sir.ports.press import Measure
from sir.proposals.document import proposal_document
from sir.proposals.forms import STEP_FORMS, NewForm, StepForm, asked_of, texts_for, texts_from
from sir.proposals.models import Draft, PartKind, Proposal
from sir.proposals.queries import (
    draft_of,
    proposal_by_code,
    proposals_of,
    read_draft,
    read_draft_picture,
    startups_of,
)
from sir.proposals.rules import (
    PAGE_LIMIT,
    PAIRS,
    STEP_TITLES,
    Content,
    Step,
    faults_of,
    fields_of,
    merged,
    part_of,
    picture_of,
    steps_of,
)
from sir.proposals.services import ChangedMeanwhile, save_draft, start_proposal
from sir.proposals.views.blueprint import bp, pdf, port
from sir.web.autosave import conflict, saved
from sir.web.gate import me, now, requires, standing
from sir.web.jinja import clock_time, number
from sir.web.meter import boxes, told, warn_of_boxes


@bp.route("/challenges/<code>/propose", methods=["GET", "POST"])
@requires("challenge.join", challenge_by_code)
def new(challenge: Challenge) -> ResponseReturnValue:
    """Begin a proposal, for one of your startups; whoever has none is shown how to get one."""
    if not may(standing(), "challenge.bid", challenge):
        return render_template("people/startup_first.html", challenge=challenge)
    startups = startups_of(me())
    mine = [p for p in proposals_of(me()) if p.challenge_id == challenge.id]
    form = NewForm.from_request(bidder=startups[0].code)
    form.bidder.choices = [(startup.code, startup.name) for startup in startups]
    if form.is_accepted():
        with transaction(in_turn=True):
            proposal = start_proposal(
                challenge, _chosen(startups, form), by=me(), at=now(), vault=port("vault")
            )
        return redirect(url_for("proposals.edit", code=proposal.code, step=Step.IDEA))
    page = render_template(
        "proposals/new.html",
        challenge=challenge,
        form=form,
        startups=startups,
        mine=mine,
        is_open=accepts_proposals(challenge, now()),
    )
    return page, form.status


def _chosen(startups: Sequence[Organisation], form: NewForm) -> Organisation:
    return next(startup for startup in startups if startup.code == form.bidder.data)


def proposal_at_step(code: str, step: str) -> Proposal:
    """Find the proposal, when there is such a page in it."""
    proposal = proposal_by_code(code)
    if step not in steps_of(proposal.challenge.plan):
        raise Missing
    return proposal


def _here() -> Step:
    return Step((request.view_args or {})["step"])


@bp.route("/proposals/<code>/edit/<step>", methods=["GET", "POST"])
@requires("proposal.edit", proposal_at_step)
def edit(proposal: Proposal) -> ResponseReturnValue:
    """Write one page. What is typed is kept, also when something in it must change."""
    step, draft = _here(), draft_of(proposal)
    content = read_draft(proposal, draft, port("vault"))
    form = STEP_FORMS[step].from_request(
        version=draft.version if draft else 0, **texts_for(step, content)
    )
    if not form.is_accepted():
        return _page(proposal, step, form, content, draft)
    changed = _typed(proposal, step, form, content)
    try:
        measured = measured_of(proposal, changed)
        kept = save(proposal, changed, form.version.data or 0, pages=measured.fill)
    except ChangedMeanwhile:
        return _both_versions(proposal, step, form)
    if form.is_autosave:
        return saved(kept.version, kept.saved_at, _measure(proposal, measured, kept))
    form.version.data, form.version.raw_data = kept.version, None
    for fault in faults_of(changed, fields_of(step)):
        form.add_error(fault.key, fault.sentence)
    if form.errors:
        return _page(proposal, step, form, changed, kept)
    if warning := warn_of_boxes(form, port("press")):
        flash(
            _("On the page “%(page)s”: %(warning)s", page=STEP_TITLES[step], warning=warning),
            "warning",
        )
    return redirect(following(proposal, step))


def _typed(proposal: Proposal, step: Step, form: StepForm, content: Content) -> Content:
    texts = texts_from(step, form)
    if step is Step.IDEA and not proposal.challenge.terms.accepts_english:
        texts["lang"] = "nl"
    return merged(content, step, texts)


def save(
    proposal: Proposal,
    content: Content,
    version: int,
    *,
    pages: Decimal,
    picture: bytes | None = None,
) -> Draft:
    """Keep a draft that somebody saw as this version, with another picture or without one."""
    with transaction():
        return save_draft(
            proposal,
            content,
            version=version,
            pages=pages,
            by=me(),
            at=now(),
            vault=port("vault"),
            picture=picture,
        )


def _both_versions(proposal: Proposal, step: Step, form: StepForm) -> ResponseReturnValue:
    draft = draft_of(proposal)
    version = draft.version if draft else 0
    content = read_draft(proposal, draft, port("vault"))
    stored = {key: text for key, text in texts_for(step, content).items() if key in form}
    if form.is_autosave:
        return conflict(form, stored, version)
    form.version.data, form.version.raw_data = version, None
    page, _status = _page(proposal, step, form, content, draft, rows=form.differences(stored))
    return page, 409


def _page(  # noqa: PLR0913, PLR0917 - what the page shows
    proposal: Proposal,
    step: Step,
    form: StepForm,
    content: Content,
    draft: Draft | None,
    rows: Any = (),
) -> tuple[str, int]:
    steps = steps_of(proposal.challenge.plan)
    warn_of_boxes(form, port("press"))
    page = render_template(
        "proposals/edit.html",
        proposal=proposal,
        challenge=proposal.challenge,
        form=form,
        step=step,
        titles=STEP_TITLES,
        steps=steps,
        before=steps[steps.index(step) - 1] if step is not steps[0] else None,
        asked=asked_of(step, proposal.challenge.terms),
        pairs=PAIRS.get(step, ()),
        paired={key for pair in PAIRS.get(step, ()) for key in pair},
        rows=rows,
        measure=_measure(proposal, measured_of(proposal, content), draft)
        if part_of(step) is PartKind.IDEA
        else None,
        saved_words=_("Draft saved at %(time)s", time=clock_time(draft.saved_at)) if draft else "",
        is_open=accepts_proposals(proposal.challenge, now()),
    )
    return page, form.status


def following(proposal: Proposal, step: Step) -> str:
    """Give the address of the page after this one."""
    steps = steps_of(proposal.challenge.plan)
    if step is steps[-1]:
        return url_for("proposals.submit", code=proposal.code)
    after = steps[steps.index(step) + 1]
    return url_for("proposals.edit", code=proposal.code, step=after)


# -- The page meter ------------------------------------------------------------


@bp.post("/proposals/<code>/meter/<step>")
@requires("proposal.edit", proposal_at_step)
def meter(proposal: Proposal) -> ResponseReturnValue:
    """Measure what is being typed; nothing is kept.

    The pictures are of what is stored: they come when that is what was measured.
    """
    step, draft = _here(), draft_of(proposal)
    form = STEP_FORMS[step].from_request()
    if not form.is_accepted():
        return {"sentence": form.mistakes()[0].sentence}, 422
    stored = read_draft(proposal, draft, port("vault"))
    content = _typed(proposal, step, form, stored)
    words = _measure(proposal, measured_of(proposal, content), draft)
    return told(words if content == stored else words | {"svg": None})


def measured_of(proposal: Proposal, content: Content) -> Measure:
    """Measure the three A4. The picture is a page after them, and does not count."""
    paper = proposal_document(content["idea"], proposal.challenge, reference=proposal.code)
    measured: Measure = port("press").measure(paper)
    return measured


def _measure(proposal: Proposal, measured: Measure, draft: Draft | None) -> dict[str, Any]:
    version = draft.version if draft else 0
    return {
        "pages": measured.fill,
        "page_count": measured.pages,
        "limit": PAGE_LIMIT,
        "fits": measured.fits(PAGE_LIMIT),
        "sentence": _verdict(measured),
        "unprintable": boxes(measured.unprintable),
        "sections": [
            {"name": part.title, "share": part.share} for part in measured.sections if part.share
        ],
        "svg": [
            url_for("proposals.preview", code=proposal.code, page=page, v=version)
            for page in range(1, (measured.pages if draft else 0) + 1)
        ],
    }


def _verdict(measured: Measure) -> str:
    if measured.fits(PAGE_LIMIT):
        left = number(PAGE_LIMIT - measured.fill, 1)
        return str(_("It fits: %(left)s A4 is left.", left=left))
    longest = max(measured.sections, key=lambda part: part.share)
    over = number(max(measured.fill - PAGE_LIMIT, Decimal("0.1")), 1)
    sentence = _(
        "%(over)s A4 too much. Shorten “%(part)s” first: it is the longest.",
        over=over,
        part=longest.title,
    )
    return str(sentence)


def _draft_paper(proposal: Proposal, *, is_whole: bool) -> Document:
    """Set the stored draft: the three A4, or the whole with its picture."""
    idea = read_draft(proposal, draft_of(proposal), port("vault"))["idea"]
    digest = picture_of(idea) if is_whole else ""
    picture = read_draft_picture(proposal, digest, port("vault")) if digest else None
    return proposal_document(
        idea, proposal.challenge, reference=proposal.code, mark=_("Draft"), picture=picture
    )


@bp.get("/proposals/<code>/preview/<int:page>.svg")
@requires("proposal.edit", lambda code, page: proposal_by_code(code))  # noqa: ARG005 - the view reads it
def preview(proposal: Proposal) -> ResponseReturnValue:
    """Show one page of the stored draft, as the press prints it."""
    page = (request.view_args or {})["page"]
    sheets = port("press").svg(_draft_paper(proposal, is_whole=False))
    if not 1 <= page <= len(sheets):
        raise Missing
    response = make_response(sheets[page - 1])
    response.headers["Content-Type"] = "image/svg+xml"
    return response


@bp.get("/proposals/<code>/draft.pdf")
@requires("proposal.edit", proposal_by_code)
def draft_pdf(proposal: Proposal) -> ResponseReturnValue:
    """Print the draft, with its picture."""
    return pdf(
        port("press").pdf(_draft_paper(proposal, is_whole=True), now()), f"{proposal.code}-concept"
    )
