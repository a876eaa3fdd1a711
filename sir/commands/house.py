"""Commands for whoever runs the house."""

from __future__ import annotations

import sys

import click
from flask import current_app
from flask.cli import with_appcontext

from sir.journal.queries import faults
from sir.journal.services import origin
from sir.jury.queries import miscounts
from sir.kernel.errors import Refused
from sir.kernel.transaction import transaction
from sir.people.queries import person_by_email
from sir.people.services.accounts import make_platform_admin, register_person
from sir.people.services.lost_factor import reset_factor_of_admin
from sir.permissions import PERMISSIONS


@click.command("create-admin")
@click.argument("email")
@click.argument("name")
@with_appcontext
def create_admin(email: str, name: str) -> None:
    """Make somebody platform admin. A new address gets a letter to choose a password."""
    at = current_app.extensions["sir.clock"].now()
    origin.set("command:create-admin")
    with transaction():
        person = person_by_email(email)
        if person is None:
            vault = current_app.extensions["sir.vault"]
            register_person(email, name=name, lang="nl", vault=vault, at=at)
            person = person_by_email(email)
            assert person is not None, "Registering makes a person."
        make_platform_admin(person, at=at)
    click.echo(f"{email} may run the house. A new address finds a link in its mailbox.")


@click.command("reset-second-factor")
@click.argument("email")
@with_appcontext
def reset_second_factor(email: str) -> None:
    """Reset the lost second factor of a platform admin, who may have no colleague to ask."""
    at = current_app.extensions["sir.clock"].now()
    origin.set("command:reset-second-factor")
    with transaction():
        person = person_by_email(email)
        if person is None:
            raise click.UsageError(f"Nobody here has the address {email}.")  # noqa: EM102, TRY003 - for whoever runs the house
        try:
            reset_factor_of_admin(person, vault=current_app.extensions["sir.vault"], at=at)
        except Refused as refusal:
            raise click.UsageError(str(refusal)) from refusal
    click.echo(
        f"{email} finds a link to a new password in the mailbox, and sets up a factor again."
    )


@click.command()
@with_appcontext
def permissions() -> None:
    """Print who may do what: the table itself."""
    pages: dict[str, list[str]] = {name: [] for name in PERMISSIONS}
    for endpoint, view in current_app.view_functions.items():
        if hasattr(view, "permission"):
            pages[view.permission].append(endpoint)
    width = max(map(len, PERMISSIONS))
    for name, rule in PERMISSIONS.items():
        click.echo(f"{name:{width}}  {rule}  [{', '.join(sorted(pages[name]))}]")


@click.command("verify-journal")
@with_appcontext
def verify_journal() -> None:
    """Walk every chain of the journal; name the first bad row of each broken one."""
    found = list(faults())
    for fault in found:
        click.echo(f"{fault.stream} {fault.seq}: {fault.what}")
    if found:
        sys.exit(1)
    click.echo("The journal is whole.")


@click.command("verify-progress")
@with_appcontext
def verify_progress() -> None:
    """Count every juror's score sheets again, and compare with what is kept."""
    wrong = miscounts()
    for row in wrong:
        click.echo(f"round {row.round} seat {row.seat}: kept {row.kept}, counted {row.counted}")
    if wrong:
        sys.exit(1)
    click.echo("Every count is that of the sheets.")
