"""Recompute a round from a file: anyone may check an outcome, without a database."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

import click

from sir.jury.rules.ranking import rank
from sir.jury.rules.roundfile import parse, read_plan, read_scores, written_outcome
from sir.kernel.errors import Invalid

REFUSED = 2  # the exit status of a refusal


@click.command("rank")
@click.argument("file", type=click.File("rb"))
def rank_file(file: BinaryIO) -> None:
    """Rank the proposals of a round from FILE (a dash reads standard input)."""
    _answer(_ranking, file)


def _ranking(document: dict[str, Any]) -> dict[str, Any]:
    return written_outcome(rank(read_plan(document), read_scores(document)))


def _answer(compute: Callable[[dict[str, Any]], dict[str, Any]], file: BinaryIO) -> None:
    """Print the outcome, or the refusal with its own exit status."""
    try:
        answer = compute(parse(file.read()))
    except Invalid as refusal:
        click.echo(json.dumps({"error": refusal.code, "detail": refusal.detail}, indent=1))
        sys.exit(REFUSED)
    click.echo(json.dumps(answer, indent=1))


recompute_commands: list[click.Command] = [rank_file]
