"""The overview of one challenge, and who works on it."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sir.challenges.document import languages
from sir.challenges.forms import ROLES, LeaveForm, PartnerForm, SubmitForm, TeamForm
from sir.challenges.lifecycle import LIFECYCLE
from sir.challenges.models import Challenge, ChallengeState
from sir.challenges.queries import (
    candidates,
    challenge_by_code,
    latest_edition,
    organisation_by_code,
    partners_of,
    person_by_code,
    public_bodies,
    review_notes,
    team_of,
)
from sir.challenges.rules import Phase, phase
from sir.challenges.services import (
    add_partner,
    measured_pages,
    remove_partner,
    review_faults,
    staff_challenge,
    submit_for_review,
    unstaff_challenge,
)
from sir.challenges.services.team import TEAM_ROLES
from sir.challenges.views.base import bp, press
from sir.kernel.errors import Missing
from sir.kernel.i18n import _, lazy
from sir.kernel.transaction import transaction
from sir.people.models import Role
from sir.permissions import may
from sir.terms.rules import PAGE_TITLES, Fault, text_advice
from sir.web.gate import me, now, requires, standing

STATES = {
    ChallengeState.DRAFT: (lazy("Draft"), ""),
    ChallengeState.REVIEW: (lazy("In review"), "warn"),
    ChallengeState.APPROVED: (lazy("Approved"), "info"),
    ChallengeState.PUBLISHED: (lazy("Published"), "ok"),
    ChallengeState.OPENED: (lazy("Opened"), "info"),
    ChallengeState.NOTIFIED: (lazy("Letters sent"), "info"),
    ChallengeState.AWARDED: (lazy("Awarded"), "ok"),
    ChallengeState.CANCELLED: (lazy("Cancelled"), "error"),
}
AFTER_OPENING = frozenset({ChallengeState.OPENED, ChallengeState.NOTIFIED, ChallengeState.AWARDED})


@bp.get("/<code>/manage")
@requires("challenge.manage", challenge_by_code)
def manage(challenge: Challenge) -> ResponseReturnValue:
    """Where this challenge stands, stage by stage, and what is next."""
    is_draft = challenge.state is ChallengeState.DRAFT
    faults = review_faults(challenge, now(), press()) if is_draft else []
    return render_template(
        "challenges/manage.html",
        challenge=challenge,
        state=STATES[challenge.state],
        writing=_writing(challenge, faults),
        procedure=_procedure(challenge),
        faults=[(fault.sentence, fault_url(challenge, fault)) for fault in faults],
        advice=text_advice(challenge.terms) if is_draft else [],
        edition=latest_edition(challenge),
        notes=review_notes(challenge),
        places=team_of(challenge),
        roles=ROLES,
        partners=partners_of(challenge),
        pages=measured_pages(challenge, press()),
        languages=languages(challenge),
        offers=LIFECYCLE.offers(challenge, now()),
        form=SubmitForm.from_request(),
    )


@bp.post("/<code>/submit")
@requires("challenge.submit", challenge_by_code)
def submit(challenge: Challenge) -> ResponseReturnValue:
    """Send a draft to its reviewers, or say everything that must be put right first."""
    form = SubmitForm.from_request()
    faults = review_faults(challenge, now(), press())
    if form.is_accepted() and not faults:
        with transaction():
            submit_for_review(challenge, by=me(), at=now(), press=press())
        flash(_("Sent for review. Your colleagues have a letter about it."))
        return redirect(url_for("challenges.manage", code=challenge.code))
    page = render_template(
        "challenges/faults.html",
        challenge=challenge,
        form=form,
        faults=[(fault.sentence, fault_url(challenge, fault), fault) for fault in faults],
    )
    return page, 409 if faults else form.status


@bp.route("/<code>/team", methods=["GET", "POST"])
@requires("challenge.staff", challenge_by_code)
def team(challenge: Challenge) -> ResponseReturnValue:
    """Who holds which role, and adding a colleague."""
    form = TeamForm.from_request()
    partners = partners_of(challenge)
    form.who.choices = _candidates(challenge, [row.organisation_id for row in partners])
    if form.is_accepted():
        role, _colon, code = form.who.data.partition(":")
        person = person_by_code(code)
        if person is None:
            raise Missing
        with transaction():
            staff_challenge(challenge, person, Role(role), by=me(), at=now())
        flash(_("%(name)s is on the team.", name=person.name))
        return redirect(url_for("challenges.team", code=challenge.code))
    taken = {challenge.buyer_id, *(partner.organisation_id for partner in partners)}
    partner_form = PartnerForm.from_request()
    partner_form.organisation.choices = [
        (body.code, body.name) for body in public_bodies() if body.id not in taken
    ]
    page = render_template(
        "challenges/team.html",
        challenge=challenge,
        form=form,
        partner_form=partner_form,
        places=team_of(challenge),
        partners=partners,
        roles=ROLES,
        is_draft=challenge.state is ChallengeState.DRAFT,
        current="team",
    )
    return page, form.status


def _candidates(challenge: Challenge, partners: list[int]) -> list[tuple[str, str]]:
    """Give who may join in which role; whoever a partner lends with the name of that body."""
    lent = [role for role in TEAM_ROLES if role is not Role.APPROVER]
    ties = [*candidates([challenge.buyer_id], TEAM_ROLES), *candidates(partners, lent)]
    choices: dict[str, str] = {}
    for tie in ties:
        label = f"{tie.person.name} – {ROLES[tie.role]}"
        if tie.organisation_id != challenge.buyer_id:
            label += f" ({tie.organisation.name})"
        choices.setdefault(f"{tie.role.value}:{tie.person.code}", label)
    return list(choices.items())


@bp.post("/<code>/team/leave")
@requires("challenge.staff", challenge_by_code)
def leave(challenge: Challenge) -> ResponseReturnValue:
    """Take a role back."""
    form = LeaveForm.from_request()
    roles = {role.value for role in TEAM_ROLES}
    person = person_by_code(form.person.data or "")
    if not form.is_accepted() or person is None or form.role.data not in roles:
        flash(_("Nothing has changed. Try again."), "warning")
    else:
        with transaction():
            unstaff_challenge(challenge, person, Role(form.role.data), by=me(), at=now())
        flash(_("%(name)s has left that role.", name=person.name))
    return redirect(url_for("challenges.team", code=challenge.code))


@bp.post("/<code>/partners")
@requires("challenge.edit", challenge_by_code)
def partner(challenge: Challenge) -> ResponseReturnValue:
    """Add a public body that owns the challenge too, or take it off again."""
    form = PartnerForm.from_request()
    form.organisation.choices = [(body.code, body.name) for body in public_bodies()]
    body = organisation_by_code(form.organisation.data or "")
    if not form.is_accepted() or body is None:
        flash(_("Nothing has changed. Try again."), "warning")
        return redirect(url_for("challenges.team", code=challenge.code))
    is_there = any(row.organisation_id == body.id for row in partners_of(challenge))
    with transaction():
        change = remove_partner if is_there else add_partner
        change(challenge, body, by=me(), at=now())
    flash(_("Saved."))
    return redirect(url_for("challenges.team", code=challenge.code))


def fault_url(challenge: Challenge, fault: Fault) -> str:
    """Give the page and the field where a fault is put right."""
    code = challenge.code
    if fault.step in {"1", "2", "3"}:
        lang = fault.lang if challenge.terms.has_english else "nl"
        return url_for("challenges.edit", code=code, page=fault.step, lang=lang) + f"#{fault.field}"
    if fault.step == "criteria":
        if fault.field.startswith("anchors-"):
            place = fault.field.replace("anchors-", "criterion-")
            return url_for("challenges.anchors", code=code) + f"#{place}"
        anchor = fault.field.replace("criteria-", "name_")
        return url_for("challenges.criteria", code=code) + f"#{anchor}"
    if fault.step == "calendar":
        return url_for("challenges.calendar", code=code) + f"#{fault.field}-day"
    if fault.step == "team":
        return url_for("challenges.team", code=code) + "#who"
    return url_for("challenges.publish", code=code) + f"#{fault.field}"


def _reachable(endpoint: str, challenge: Challenge, url: str | None) -> str | None:
    """Give the address of a stage to whoever its page would let in."""
    page: Any = current_app.view_functions[endpoint]  # the gate put its permission on it
    return url if may(standing(), page.permission, challenge) else None


def _writing(challenge: Challenge, faults: list[Fault]) -> list[dict[str, Any]]:
    """Give the stages of writing, with how many things each still needs."""
    code = challenge.code
    rows = [
        (str(page), PAGE_TITLES[page], url_for("challenges.edit", code=code, page=page))
        for page in PAGE_TITLES
    ]
    rows += [
        ("criteria", lazy("Criteria and jury"), url_for("challenges.criteria", code=code)),
        ("calendar", lazy("Calendar"), url_for("challenges.calendar", code=code)),
        ("team", lazy("Team"), url_for("challenges.team", code=code)),
    ]
    is_draft = challenge.state is ChallengeState.DRAFT
    tasks = []
    for step, label, url in rows:
        count = sum(1 for fault in faults if fault.step == step)
        tasks.append(
            {
                "label": str(label),
                "url": _reachable("challenges.team", challenge, url)
                if step == "team"
                else _reachable("challenges.edit", challenge, url if is_draft else None),
                "status": "busy" if count else "ok",
                "note": _("To do: %(count)d", count=count) if count else None,
                "is_current": False,
            }
        )
    return tasks


def _procedure(challenge: Challenge) -> list[dict[str, Any]]:
    """Give the stages after the writing; each has its page once it can be worked on."""
    state, code, at = challenge.state, challenge.code, now()
    is_public = challenge.published_at is not None
    is_closed = is_public and phase(challenge, at) is Phase.CLOSED
    is_opened = state in AFTER_OPENING
    rows = [
        (ChallengeState.REVIEW, lazy("Review and approval"), "challenges.review",
         state is ChallengeState.REVIEW),
        (ChallengeState.APPROVED, lazy("Publication"), "challenges.publish",
         state is ChallengeState.APPROVED),
        (ChallengeState.PUBLISHED, lazy("Questions and answers"), "questions.index", is_public),
        (ChallengeState.PUBLISHED, lazy("Opening of the proposals"), "proposals.opening",
         is_closed),
        (ChallengeState.OPENED, lazy("Jury"), "jury.show", is_public),
        (ChallengeState.NOTIFIED, lazy("Decision and letters"), "decisions.show", is_opened),
    ]  # fmt: skip
    done = {
        "challenges.review": challenge.plan.frozen_at is not None,
        "challenges.publish": is_public,
        "questions.index": is_closed,
        "proposals.opening": is_opened,
        "jury.show": state in {ChallengeState.NOTIFIED, ChallengeState.AWARDED},
        "decisions.show": state is ChallengeState.AWARDED,
    }
    return [
        {
            "label": str(label),
            "url": _reachable(
                endpoint,
                challenge,
                url_for(endpoint, code=code) if is_ready else None,
            ),
            "status": "ok" if done[endpoint] else ("busy" if is_ready else "todo"),
            "note": None,
            "is_current": False,
        }
        for _state, label, endpoint, is_ready in rows
    ]
