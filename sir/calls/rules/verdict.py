"""What the outcome of a call means for one of its challenges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sir.challenges.models import Call, Challenge


@dataclass(frozen=True)
class Verdict:
    """What the recorded outcome of its call says of one challenge."""

    call: Call
    winners: frozenset[str]  # the codes of the startups that win here
    elsewhere: Mapping[str, Challenge]  # what other startups win in this call
    kept: frozenset[str]  # of those, who had a winning letter before: that win was not weighed
