"""Commands for whoever runs the house."""

from __future__ import annotations

import sys

import click
from flask import current_app
from flask.cli import with_appcontext

from sir.journal.queries import faults
from sir.permissions import PERMISSIONS


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
