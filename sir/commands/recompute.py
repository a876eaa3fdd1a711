"""Recompute a round, or a call, from a file: anyone may check an outcome, without a database."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

import click

from sir.calls.rules import market
from sir.calls.rules.callfile import read_market, written_resolved
from sir.jury.rules import assignment, diagnostics, ranking
from sir.jury.rules.diagnosisfile import written_diagnosis
from sir.jury.rules.plan import PLAN_INVALID
from sir.jury.rules.problemfile import read_problem, written_assignment
from sir.jury.rules.reading import parse
from sir.jury.rules.roundfile import read_plan, read_scores, read_totals, written_outcome
from sir.kernel.errors import Invalid
from sir.ports.solver import HighsSolver

REFUSED = 2  # the exit status of a refusal

a_file = click.argument("file", type=click.Path())


@click.command()
@a_file
def rank(file: str) -> None:
    """Rank the proposals of a round in FILE (a dash reads standard input)."""
    _answer(_rank, file)


@click.command()
@a_file
def diagnose(file: str) -> None:
    """Diagnose the scores of a round, or totals, in FILE (a dash reads standard input)."""
    _answer(_diagnose, file)


@click.command()
@a_file
def assign(file: str) -> None:
    """Assign readers to proposals as FILE asks (a dash reads standard input)."""
    _answer(_assign, file)


@click.command()
@a_file
def resolve(file: str) -> None:
    """Say who wins what in the call in FILE (a dash reads standard input)."""
    _answer(_resolve, file)


def _rank(document: dict[str, Any]) -> dict[str, Any]:
    return written_outcome(ranking.rank(read_plan(document), read_scores(document)))


def _diagnose(document: dict[str, Any]) -> dict[str, Any]:
    if "totals" in document:
        return written_diagnosis(diagnostics.diagnose_totals(read_totals(document)))
    return written_diagnosis(diagnostics.diagnose(read_plan(document), read_scores(document)))


def _assign(document: dict[str, Any]) -> dict[str, Any]:
    return written_assignment(assignment.assign(read_problem(document), HighsSolver()))


def _resolve(document: dict[str, Any]) -> dict[str, Any]:
    found = read_market(document)
    return written_resolved(found, market.resolve(found))


def _answer(compute: Callable[[dict[str, Any]], dict[str, Any]], file: str) -> None:
    """Print the outcome, or the refusal with its own exit status."""
    try:
        answer = compute(parse(_content(file)))
    except Invalid as refusal:
        click.echo(json.dumps({"error": refusal.code, "detail": refusal.detail}, indent=1))
        sys.exit(REFUSED)
    click.echo(json.dumps(answer, indent=1))


def _content(file: str) -> bytes:
    try:
        with click.open_file(file, "rb") as opened:
            content: bytes = opened.read()
    except OSError as error:
        raise Invalid(PLAN_INVALID, f"The file cannot be read: {error.strerror}.") from error
    return content
