"""The main menu: what a person can reach, by what they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from flask import request

from sir.kernel.i18n import _
from sir.people.models import Role
from sir.people.rules import Standing

WRITERS = (Role.OWNER, Role.OFFICER, Role.PROGRAMME_MANAGER)


class Item(NamedTuple):
    """One entry of the menu."""

    label: str
    url: str
    is_current: bool


def menu(standing: Standing, url_for: Callable[..., str]) -> list[Item]:
    """List the entries for whoever looks."""
    rows = [
        (_("Challenges"), url_for("challenges.index")),
        (_("Results"), url_for("residency.index")),
    ]
    if standing.person is not None:
        rows.insert(0, (_("My desk"), url_for("desk.home")))
    if any(standing.is_anywhere(role) for role in WRITERS):
        rows.append((_("Recipes"), url_for("recipes.index")))
    if standing.person is not None and standing.person.is_platform_admin:
        rows.append((_("Organisations"), url_for("people.house_organisations")))
        rows.append((_("Sent post"), url_for("notices.outbox")))
    rows += [
        (_("How it works"), url_for("desk.about_page", slug="hoe-het-werkt")),
        (_("For startups"), url_for("desk.about_page", slug="voor-startups")),
        (_("For governments"), url_for("desk.about_page", slug="voor-overheden")),
    ]
    here = request.script_root + request.path
    return [Item(label, url, here == url) for label, url in rows]
