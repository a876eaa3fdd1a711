"""Residencies: for everybody to follow, and for the two parties to keep."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sir.kernel.transaction import transaction
from sir.residency.forms import ActForm, MilestoneForm, NoteForm, OutcomeForm, PlanForm
from sir.residency.lifecycle import LIFECYCLE
from sir.residency.models import Milestone, Residency
from sir.residency.queries import all_residencies, milestone_by_code, residency_by_code
from sir.residency.rules import is_late, is_over, was_late
from sir.residency.services import (
    add_milestone,
    complete_residency,
    drop_milestone,
    finish_milestone,
    plan_residency,
    start_residency,
    stop_residency,
)
from sir.web.gate import me, now, requires

bp = Blueprint("residency", __name__)


@bp.get("/results")
@requires("challenge.list")
def index() -> ResponseReturnValue:
    """What came of every award, for everybody."""
    return render_template("residency/index.html", residencies=all_residencies(), is_late=is_late)


@bp.get("/results/<code>")
@requires("residency.read", residency_by_code)
def show(residency: Residency) -> ResponseReturnValue:
    """One residency: milestones and their state for all, notes for the two parties."""
    return _page(residency, ActForm.from_request(), MilestoneForm.from_request())


def _page(residency: Residency, act: ActForm, form: MilestoneForm) -> ResponseReturnValue:
    at = now()
    return render_template(
        "residency/show.html",
        residency=residency,
        form=form,
        act=act,
        is_late=is_late,
        was_late=was_late,
        is_over=is_over(residency),
        starts=LIFECYCLE.refusals("start", residency, at),
        ends=LIFECYCLE.refusals("complete", residency, at),
    ), form.status


@bp.route("/results/<code>/plan", methods=["GET", "POST"])
@requires("residency.manage", residency_by_code)
def plan(residency: Residency) -> ResponseReturnValue:
    """Write down the goal and the days."""
    stored = {
        "goal": residency.goal,
        "starts_on": residency.starts_on,
        "ends_on": residency.ends_on,
        "version": residency.version,
    }
    form = PlanForm.from_request(**stored)
    if form.is_accepted():
        if form.version.data == residency.version:
            with transaction():
                plan_residency(
                    residency,
                    goal=form.goal.data or "",
                    starts_on=form.starts_on.data,
                    ends_on=form.ends_on.data,
                    by=me(),
                    at=now(),
                )
            return redirect(url_for("residency.show", code=residency.code))
        differences = form.differences(stored)
        form.version.process_data(residency.version)
        page = render_template(
            "residency/plan.html", residency=residency, form=form, differences=differences
        )
        return page, 409
    page = render_template("residency/plan.html", residency=residency, form=form, differences=[])
    return page, form.status


@bp.post("/results/<code>/milestones")
@requires("residency.manage", residency_by_code)
def milestone(residency: Residency) -> ResponseReturnValue:
    """Agree on one more milestone."""
    form = MilestoneForm.from_request()
    if form.is_accepted():
        with transaction():
            add_milestone(residency, form.title.data or "", form.due_on.data, by=me(), at=now())
        return redirect(url_for("residency.show", code=residency.code))
    return _page(residency, ActForm.from_request(), form)


@bp.post("/results/<code>/start")
@requires("residency.manage", residency_by_code)
def start(residency: Residency) -> ResponseReturnValue:
    """Begin."""
    form = ActForm.from_request()
    if form.is_accepted():
        with transaction():
            start_residency(residency, by=me(), at=now())
        return redirect(url_for("residency.show", code=residency.code))
    return _page(residency, form, MilestoneForm.from_request())


@bp.route("/milestones/<code>/done", methods=["GET", "POST"])
@requires("residency.report", milestone_by_code)
def finish(milestone: Milestone) -> ResponseReturnValue:
    """Report that a milestone is ready."""
    form = NoteForm.from_request()
    if form.is_accepted():
        with transaction():
            finish_milestone(milestone, form.note.data or "", by=me(), at=now())
        return redirect(url_for("residency.show", code=milestone.residency.code))
    page = render_template(
        "residency/milestone.html", milestone=milestone, form=form, is_dropping=False
    )
    return page, form.status


@bp.route("/milestones/<code>/drop", methods=["GET", "POST"])
@requires("residency.manage", milestone_by_code)
def drop(milestone: Milestone) -> ResponseReturnValue:
    """Let go of a milestone."""
    form = NoteForm.from_request()
    if form.is_accepted():
        with transaction():
            drop_milestone(milestone, form.note.data or "", by=me(), at=now())
        return redirect(url_for("residency.show", code=milestone.residency.code))
    page = render_template(
        "residency/milestone.html", milestone=milestone, form=form, is_dropping=True
    )
    return page, form.status


@bp.route("/results/<code>/complete", methods=["GET", "POST"])
@requires("residency.manage", residency_by_code)
def complete(residency: Residency) -> ResponseReturnValue:
    """End as agreed."""
    form = OutcomeForm.from_request()
    if form.is_accepted():
        with transaction():
            complete_residency(residency, form.outcome.data or "", by=me(), at=now())
        return redirect(url_for("residency.show", code=residency.code))
    page = render_template("residency/end.html", residency=residency, form=form, is_early=False)
    return page, form.status


@bp.route("/results/<code>/stop", methods=["GET", "POST"])
@requires("residency.manage", residency_by_code)
def stop(residency: Residency) -> ResponseReturnValue:
    """End early."""
    form = OutcomeForm.from_request()
    if form.is_accepted():
        with transaction():
            stop_residency(residency, form.outcome.data or "", by=me(), at=now())
        return redirect(url_for("residency.show", code=residency.code))
    page = render_template("residency/end.html", residency=residency, form=form, is_early=True)
    return page, form.status
