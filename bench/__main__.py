"""Measures the house beside its floor, and writes bench/RESULTS.md.

    python -m bench [--count N] [--sizes 300 3000] [--only sqlite engine] [--pages "score sheet"]

Every run makes its own databases in a temporary folder and throws them away. A part of the
bench is printed and not written: RESULTS.md holds whole runs.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg

from bench import floor as bare
from bench.engine import measure_engine
from bench.house import House, open_house
from bench.press import measure_press
from bench.report import Engine, Floor, Line, Results, write
from bench.server import Ask, Server, serve
from bench.visits import always
from tests.postgres import start

JURY_SIZES = ((30, 5), (3000, 60))  # proposals and jurors
JURY_PAGES = (
    "juror's list",
    "score sheet",
    "autosave",
    "progress",
    "secretary's jury room",
    "secretary's desk",
)
PARTS = ("sqlite", "postgres", "jury", "press", "engine")
FLOOR_FACTOR = 5  # the floor is so cheap that it is asked so many times more often


def main() -> None:
    """Measure everything, one after the other."""
    asked = argparse.ArgumentParser(prog="bench", description="Measure the house.")
    asked.add_argument("--count", type=int, default=40, help="requests to each page")
    asked.add_argument("--sizes", type=int, nargs=2, default=(300, 3000), help="proposals")
    asked.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="parts to measure")
    asked.add_argument("--pages", nargs="+", default=(), help="pages to measure")
    given = asked.parse_args()
    parts, pages = set(given.only), given.pages
    begun = time.monotonic()
    results = Results(count=given.count, sizes=tuple(given.sizes))
    with tempfile.TemporaryDirectory(prefix="sir-bench-") as name, floor_server(name) as floor:
        folder = Path(name)
        sizes = [(size, 5) for size in given.sizes]
        if "sqlite" in parts:
            own = [f"sqlite:///{folder}/house{n}.db" for n in range(2)]
            results.engines["SQLite"] = compare(floor, own, folder, sizes, given.count, pages)
        if "postgres" in parts:
            with postgres(2) as own:
                results.engines["PostgreSQL"] = compare(
                    floor, own, folder, sizes, given.count, pages
                )
        if "jury" in parts:
            own = [f"sqlite:///{folder}/jury{n}.db" for n in range(2)]
            wanted = [name for name in JURY_PAGES if not pages or name in pages]
            results.jury = compare(floor, own, folder, JURY_SIZES, given.count, wanted)
    if "press" in parts:
        results.press = measure_press(30)
    if "engine" in parts:
        results.engine = measure_engine()
    results.seconds = time.monotonic() - begun
    write(results, is_whole=parts == set(PARTS) and not pages)


@contextmanager
def floor_server(folder: str) -> Iterator[Server]:
    """Serve the bare application."""
    path = f"{folder}/floor.db"
    bare.prepare(path)
    with serve("bench.floor:app", {"BENCH_FLOOR_DB": path}, "/hello") as server:
        yield server


def measure_floor(server: Server, count: int) -> Floor:
    """Measure the bare application, in the same minute as the house."""
    many = count * FLOOR_FACTOR
    return Floor(
        hello=server.measure(always(Ask("/hello")), many),
        rows=server.measure(always(Ask("/list")), many),
        insert=server.measure(always(Ask("/insert", "POST", b"x")), many),
        memory_mb=server.memory_mb(),
        started_s=server.started_s,
    )


def compare(  # noqa: PLR0913, PLR0917 - what, where, how large, how often, and which pages
    floor: Server,
    urls: Sequence[str],
    folder: Path,
    sizes: Sequence[tuple[int, int]],
    count: int,
    pages: Sequence[str] = (),
) -> Engine:
    """Open a house of each size, and visit each page in all of them in turn."""
    with ExitStack() as stack:
        houses = [
            stack.enter_context(
                open_house(
                    url,
                    folder,
                    proposals=proposals,
                    jurors=jurors,
                    drafts=0 if pages and "submit" not in pages else count + count // 10 + 8,
                )
            )
            for url, (proposals, jurors) in zip(urls, sizes, strict=True)
        ]
        floors = [measure_floor(floor, count)]
        lines = [line(house, name, count) for name in pages or houses[0].visits for house in houses]
        floors.append(measure_floor(floor, count))
        return Engine(
            floors,
            lines,
            memory_mb=[house.server.memory_mb() for house in houses],
            started_s=[house.server.started_s for house in houses],
        )


def line(house: House, name: str, count: int) -> Line:
    """Measure one page of one house."""
    visit, asked = house.visits[name], house.asked[name]
    cost = house.measure(name, count)
    is_right = cost.statuses == {visit.status} and asked.status == visit.status
    return Line(name, house.proposals, house.jurors, asked, cost, is_right)


@contextmanager
def postgres(count: int) -> Iterator[list[str]]:
    """Run a server of our own, as durable as in production, with so many empty databases."""
    url, stop = start(is_durable=True)
    try:
        with psycopg.connect(url, autocommit=True) as server:
            for number in range(count):
                server.execute(f"CREATE DATABASE house{number}")  # type: ignore[call-overload]
        base, _slash, query = url.removeprefix("postgresql://").partition("/postgres")
        yield [f"postgresql+psycopg://{base}/house{number}{query}" for number in range(count)]
    finally:
        stop()


if __name__ == "__main__":
    main()
