"""The picture page of a proposal: adding, describing, taking away, and looking at it."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sir.challenges.rules import accepts_proposals
from sir.kernel.canonical import sha256
from sir.kernel.errors import Missing, Refused
from sir.kernel.i18n import _
from sir.kernel.pictures import TOO_LARGE, Unusable, redrawn
from sir.proposals.forms import PictureForm, RemoveForm, asked_of, texts_for, texts_from
from sir.proposals.models import Draft, PartKind, Proposal
from sir.proposals.queries import (
    current_submission,
    draft_of,
    opened_bytes,
    proposal_by_code,
    read_draft,
    read_draft_picture,
)
from sir.proposals.rules import (
    STEP_TITLES,
    Content,
    Shortcoming,
    Step,
    faults_of,
    fields_of,
    merged,
    picture_faults,
    picture_of,
    steps_of,
    with_picture,
    without_picture,
)
from sir.proposals.services import ChangedMeanwhile
from sir.proposals.views.blueprint import bp, jpeg, port
from sir.proposals.views.drafting import following, measured_of, save
from sir.web.gate import now, requires
from sir.web.meter import warn_of_boxes
from sir.web.uploads import is_oversized, takes_file

STEP = Step.PICTURE


@bp.route("/proposals/<code>/edit/picture", methods=["GET", "POST"])
@takes_file
@requires("proposal.edit", proposal_by_code)
def picture(proposal: Proposal) -> ResponseReturnValue:
    """Add the one picture, or say what it shows. What is typed is kept, whatever the file is."""
    draft = draft_of(proposal)
    content = read_draft(proposal, draft, port("vault"))
    known = {"version": draft.version if draft else 0, **texts_for(STEP, content)}
    if is_oversized():
        form = PictureForm(formdata=None, **known)
        form.add_error("upload", str(TOO_LARGE))
        return _page(proposal, form, content, draft), 422
    form = PictureForm.from_request(**known)
    if not form.is_accepted():
        return _page(proposal, form, content, draft), form.status
    return _kept(proposal, form, content, draft)


def _kept(
    proposal: Proposal, form: PictureForm, content: Content, draft: Draft | None
) -> ResponseReturnValue:
    """Keep what came, and go on when nothing in it must change."""
    drawn = _drawn(form)
    changed = merged(content, STEP, texts_from(STEP, form))
    if drawn:
        changed = with_picture(changed, sha256(drawn))
    try:
        pages = measured_of(proposal, changed).fill
        kept = save(proposal, changed, form.version.data or 0, pages=pages, picture=drawn)
    except ChangedMeanwhile:
        return _both_versions(proposal, form), 409
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(proposal, form, content, draft), 409
    form.version.data, form.version.raw_data = kept.version, None
    if not form.upload.errors:  # without a picture nothing can be said of it yet
        for fault in _faults(proposal, changed):
            form.add_error(fault.key, fault.sentence)
    if form.errors:
        return _page(proposal, form, changed, kept), 422
    if drawn:
        flash(_("Your picture is kept, sealed. Check below how it came out."))
        return redirect(url_for("proposals.picture", code=proposal.code))
    return redirect(following(proposal, STEP))


def _faults(proposal: Proposal, content: Content) -> list[Shortcoming]:
    written = faults_of(content, fields_of(STEP))
    return [*written, *picture_faults(content, proposal.challenge.terms)]


def _drawn(form: PictureForm) -> bytes | None:
    """Draw what was sent anew; what is no picture is a mistake beside the field."""
    if not form.upload.data:
        return None
    try:
        return redrawn(form.upload.data.read())
    except Unusable as unusable:
        form.add_error("upload", str(unusable))
        return None


def _both_versions(proposal: Proposal, form: PictureForm) -> str:
    draft = draft_of(proposal)
    content = read_draft(proposal, draft, port("vault"))
    form.version.data, form.version.raw_data = draft.version if draft else 0, None
    return _page(proposal, form, content, draft, form.differences(texts_for(STEP, content)))


def _page(
    proposal: Proposal, form: PictureForm, content: Content, draft: Draft | None, rows: Any = ()
) -> str:
    steps = steps_of(proposal.challenge.plan)
    warn_of_boxes(form, port("press"))
    return render_template(
        "proposals/picture.html",
        proposal=proposal,
        challenge=proposal.challenge,
        form=form,
        removal=RemoveForm(formdata=None, version=draft.version if draft else 0),
        step=STEP,
        titles=STEP_TITLES,
        steps=steps,
        before=steps[steps.index(STEP) - 1],
        asked=asked_of(STEP, proposal.challenge.terms),
        idea=content[PartKind.IDEA],
        rows=rows,
        is_open=accepts_proposals(proposal.challenge, now()),
    )


@bp.post("/proposals/<code>/edit/picture/remove")
@requires("proposal.edit", proposal_by_code)
def remove_picture(proposal: Proposal) -> ResponseReturnValue:
    """Take the picture away, with what was said of it."""
    form = RemoveForm.from_request()
    if not form.is_accepted():
        raise Refused(_("Your session had expired. Go back and try again."))
    content = without_picture(read_draft(proposal, draft_of(proposal), port("vault")))
    pages = measured_of(proposal, content).fill
    save(proposal, content, form.version.data or 0, pages=pages, picture=b"")
    flash(_("The picture is taken out of your proposal."))
    return redirect(url_for("proposals.picture", code=proposal.code))


@bp.get("/proposals/<code>/draft/picture.jpg")
@requires("proposal.edit", proposal_by_code)
def draft_picture(proposal: Proposal) -> ResponseReturnValue:
    """Show the picture of the draft to its bidder."""
    idea = read_draft(proposal, draft_of(proposal), port("vault"))[PartKind.IDEA]
    return jpeg(read_draft_picture(proposal, picture_of(idea), port("vault")))


@bp.get("/proposals/<code>/picture.jpg")
@requires("proposal.read", proposal_by_code)
def handed_in_picture(proposal: Proposal) -> ResponseReturnValue:
    """Show the picture that was handed in, to whoever may read the proposal."""
    current = current_submission(proposal)
    if current is None:
        raise Missing
    return jpeg(opened_bytes(current, PartKind.PICTURE, port("vault")))
