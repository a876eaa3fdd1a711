"""Questions about calls."""

from sir.calls.queries.entries import (
    entries_of,
    in_order,
    own_order,
    place_of,
    preference_of,
)
from sir.calls.queries.lists import (
    call_by_code,
    calls_of_bodies,
    calls_to_choose,
    published_call,
    published_calls,
)
from sir.calls.queries.outcomes import (
    NO_RULE,
    Gathered,
    count_resolutions,
    gather,
    has_changed,
    latest_resolution,
    market_of,
    progress_of,
    verdict_on,
)

__all__ = [
    "NO_RULE",
    "Gathered",
    "call_by_code",
    "calls_of_bodies",
    "calls_to_choose",
    "count_resolutions",
    "entries_of",
    "gather",
    "has_changed",
    "in_order",
    "latest_resolution",
    "market_of",
    "own_order",
    "place_of",
    "preference_of",
    "progress_of",
    "published_call",
    "published_calls",
    "verdict_on",
]
