"""What was measured, judged against the targets, as one page of Markdown."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from bench.house import Asked
from bench.server import Cost

PATH = Path(__file__).with_name("RESULTS.md")

PUBLIC_PAGES, PUBLIC_FACTOR = ("public list", "challenge"), 3.0
JURY_PAGES, JURY_FACTOR = ("juror's list", "score sheet", "ranking of 25"), 8.0
AUTOSAVE_FACTOR, SUBMIT_FACTOR = 5.0, 25.0
GROWTH_FACTOR, JURY_GROWTH_FACTOR = 1.2, 1.5
MEMORY_FACTOR, START_S = 1.5, 2.0


@dataclass(frozen=True)
class Floor:
    """What the bare application costs."""

    hello: Cost
    rows: Cost
    insert: Cost
    memory_mb: float
    started_s: float


@dataclass(frozen=True)
class Line:
    """What one page costs in one house."""

    name: str
    proposals: int
    jurors: int
    asked: Asked
    cost: Cost
    is_right: bool  # every answer had the status it must have


@dataclass(frozen=True)
class Engine:
    """Everything measured on one database engine, in houses of two sizes."""

    floors: list[Floor]
    lines: list[Line]
    memory_mb: list[float]
    started_s: list[float]

    def floor(self, name: str, figure: str) -> float:
        """Give a figure of the floor, between before and after."""
        return statistics.mean(getattr(getattr(floor, name), figure) for floor in self.floors)

    def pairs(self) -> list[tuple[Line, Line]]:
        """Put each page in the small house beside the same page in the large one."""
        return list(zip(self.lines[::2], self.lines[1::2], strict=True))


@dataclass
class Results:
    """A whole run."""

    count: int
    sizes: tuple[int, ...]
    engines: dict[str, Engine] = field(default_factory=dict)
    jury: Engine | None = None
    press: dict[str, Any] = field(default_factory=dict)
    engine: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0.0


class Verdict(NamedTuple):
    """One target, and whether it was reached."""

    target: str
    where: str
    measured: str
    is_met: bool


def write(results: Results, *, is_whole: bool) -> None:
    """Print the page, and write it when the whole house was measured."""
    page = "\n".join(_page(results)) + "\n"
    if is_whole:
        PATH.write_text(page, encoding="utf-8")
    print(page)


def verdicts(results: Results) -> list[Verdict]:
    """Judge every target."""
    found: list[Verdict] = []
    for name, engine in results.engines.items():
        found += _against_floor(name, engine)
        found += _growth(name, engine, GROWTH_FACTOR)
        found += _house(name, engine)
    if results.jury:
        found += _growth("SQLite, 3,000 × 60 beside 30 × 5", results.jury, JURY_GROWTH_FACTOR)
    found += _press(results.press) + _engine(results.engine)
    return found


def _against_floor(where: str, engine: Engine) -> Iterator[Verdict]:
    bare, insert = engine.floor("rows", "cpu_ms"), engine.floor("insert", "p50_ms")
    for line in engine.lines:
        at = f"{where}, {line.proposals:,}"
        if line.name in PUBLIC_PAGES:
            yield _multiple(
                line, at, "CPU of the bare list", line.cost.cpu_ms / bare, PUBLIC_FACTOR
            )
        elif line.name in JURY_PAGES:
            yield _multiple(line, at, "CPU of the bare list", line.cost.cpu_ms / bare, JURY_FACTOR)
        elif line.name in {"autosave", "submit"}:
            factor = AUTOSAVE_FACTOR if line.name == "autosave" else SUBMIT_FACTOR
            words = "p50 of the bare durable INSERT"
            yield _multiple(line, at, words, line.cost.p50_ms / insert, factor)


def _multiple(line: Line, where: str, of: str, ratio: float, limit: float) -> Verdict:
    return Verdict(
        f"{line.name} ≤ {limit:g} × {of}", where, f"{ratio:.1f} ×", line.is_right and ratio <= limit
    )


def _growth(where: str, engine: Engine, limit: float) -> Iterator[Verdict]:
    for small, large in engine.pairs():
        ratio = large.cost.cpu_ms / small.cost.cpu_ms
        asked = [(line.asked.statements, line.asked.rows) for line in (small, large)]
        rows = asked[1][1] / max(asked[0][1], 1)
        # the same proposals in a larger jury may show a few rows more, within the same factor
        is_as_large = asked[0] == asked[1] if small.jurors == large.jurors else rows <= limit
        is_met = ratio <= limit and is_as_large and small.is_right and large.is_right
        is_met = is_met and asked[0][0] == asked[1][0]
        measured = f"{ratio:.2f} ×; {_asked(*asked[0])} → {_asked(*asked[1])}"
        words = "as many rows" if small.jurors == large.jurors else f"rows ≤ {limit:g} ×"
        sizes = f"{large.proposals:,} ≤ {limit:g} × its CPU at {small.proposals:,}, {words}"
        yield Verdict(f"{small.name} at {sizes}", where, measured, is_met)


def _asked(statements: int, rows: int) -> str:
    return f"{statements} statements, {rows} rows"


def _house(where: str, engine: Engine) -> Iterator[Verdict]:
    floor = max(floor.memory_mb for floor in engine.floors)
    memory = engine.memory_mb[0] / floor
    words = f"{memory:.2f} × ({engine.memory_mb[0]:.0f} MB; floor {floor:.0f} MB)"
    target = f"two workers ≤ {MEMORY_FACTOR:g} × the floor's memory (PSS)"
    yield Verdict(target, where, words, memory <= MEMORY_FACTOR)
    started = min(engine.started_s)  # the one that the machine's other users disturbed least
    yield Verdict(f"start ≤ {START_S:g} s", where, f"{started:.2f} s", started <= START_S)


def _press(press: dict[str, Any]) -> list[Verdict]:
    if not press:
        return []
    measured = f"p95 {press['measure_p95_ms']} ms (raw Typst {press['typst_p95_ms']} ms)"
    is_met = press["measure_p95_ms"] <= press["bound_ms"]
    goal = f"page meter p95 ≤ {press['goal_ms']:g} ms"
    return [
        Verdict("page meter ≤ 1.5 × raw Typst + 10 ms", "three full A4", measured, is_met),
        Verdict(goal, "three full A4", measured, press["measure_p95_ms"] <= press["goal_ms"]),
    ]


def _engine(engine: dict[str, Any]) -> list[Verdict]:
    if not engine:
        return []
    rows = (("ranking", "3,000 × 5 × 5"), ("assignment", "500 × 60 × 3"))
    return [
        Verdict(
            f"{name} < {engine[f'{name}_goal_s']:g} s",
            size,
            f"{engine[f'{name}_s']:.2f} s",
            engine[f"{name}_s"] < engine[f"{name}_goal_s"],
        )
        for name, size in rows
    ]


def _page(results: Results) -> Iterator[str]:
    found = verdicts(results)
    missed = [verdict for verdict in found if not verdict.is_met]
    yield "# What the house costs"
    yield ""
    yield (
        f"`make bench`: gunicorn with two workers, {results.count} requests to each page, one "
        f"after the other, on {os.cpu_count()} shared cores with Python "
        f"{platform.python_version()}; {results.seconds:.0f} seconds in all. CPU is the processor "
        "time of both workers, the middle of five batches. The floor "
        "is a bare Flask application, measured in the same minutes. While measuring, "
        f"{os.getloadavg()[2]:.0f} programs on average wanted a core; with more than there are "
        "cores, waiting is part of p50, p95, requests/s and start."
    )
    yield ""
    yield f"**{len(found) - len(missed)} of {len(found)} targets are met.**"
    yield ""
    yield "## Targets"
    yield ""
    yield "| | Target | Where | Measured |"
    yield "|---|---|---|---|"
    for verdict in [*missed, *(row for row in found if row.is_met)]:
        sign = "met" if verdict.is_met else "**missed**"
        yield f"| {sign} | {verdict.target} | {verdict.where} | {verdict.measured} |"
    for name, engine in results.engines.items():
        yield from _costs(name, engine)
    if results.jury:
        yield from _costs("A large jury (SQLite)", results.jury)


def _costs(name: str, engine: Engine) -> Iterator[str]:
    yield ""
    yield f"## {name}"
    yield ""
    head = ("Page", "Proposals × jurors", "CPU ms", "p50 ms", "p95 ms", "requests/s")
    yield f"| {' | '.join(head)} | Statements | Rows |"
    yield "|---|---|--:|--:|--:|--:|--:|--:|"
    for word in ("hello", "rows", "insert"):
        figures = [engine.floor(word, figure) for figure in ("cpu_ms", "p50_ms", "p95_ms")]
        cells = " | ".join(f"{figure:.2f}" for figure in figures)
        yield f"| floor: {word} | | {cells} | {engine.floor(word, 'per_second'):.0f} | | |"
    for line in engine.lines:
        cost, asked = line.cost, line.asked
        answers = ", ".join(str(status) for status in sorted(cost.statuses))
        note = "" if line.is_right else f" (answered {answers})"
        yield (
            f"| {line.name}{note} | {line.proposals:,} × {line.jurors} | {cost.cpu_ms:.2f} | "
            f"{cost.p50_ms:.2f} | {cost.p95_ms:.2f} | {cost.per_second:.0f} | "
            f"{asked.statements} | {asked.rows} |"
        )
    yield ""
    memory = ", ".join(f"{size:.0f} MB" for size in engine.memory_mb)
    started = ", ".join(f"{seconds:.2f} s" for seconds in engine.started_s)
    yield f"Memory (PSS, master and two workers): {memory}. Start: {started}."
