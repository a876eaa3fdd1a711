"""What is true of a jury's work in time: the days it is shown over, and how it grew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

SHOWN_DAYS = 42  # a picture holds so many days; a longer round is shown from its last ones


def days_between(first: date, last: date) -> list[date]:
    """List the days from the first to the last, at most the last so many."""
    last = max(first, last)
    begin = max(first, last - timedelta(days=SHOWN_DAYS - 1))
    return [begin + timedelta(days=n) for n in range((last - begin).days + 1)]


def grown(noted: Iterable[tuple[date, int]], days: Sequence[date]) -> list[int]:
    """Give how many sheets were ready at the end of each day, from the days it changed on.

    `noted` rises by day. What was ready stays so until the next change.
    """
    changes = list(noted)
    ready, at, found = 0, 0, []
    for day in days:
        while at < len(changes) and changes[at][0] <= day:
            ready, at = changes[at][1], at + 1
        found.append(ready)
    return found
