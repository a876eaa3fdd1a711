"""Which proposals and jurors hang together through readings (jury: F9, F14).

Jurors in different parts never read the same proposal, not even through others, so nothing can
say who of them is the milder.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Part:
    """Proposals and jurors that hang together, each by name."""

    proposals: tuple[str, ...]
    jurors: tuple[str, ...]


def connected_parts(readings: Iterable[tuple[str, str]]) -> tuple[Part, ...]:
    """Find the parts of readings (proposal, juror), in order of name."""
    leader: dict[tuple[str, str], tuple[str, str]] = {}

    def lead(node: tuple[str, str]) -> tuple[str, str]:
        while (above := leader.setdefault(node, node)) != node:
            leader[node] = leader[above]  # halves the path for whoever asks next
            node = above
        return node

    for proposal, juror in readings:
        leader[lead(("juror", juror))] = lead(("proposal", proposal))
    members: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for node in sorted(leader):
        members.setdefault(lead(node), []).append(node)
    return tuple(
        sorted(
            Part(
                tuple(name for kind, name in nodes if kind == "proposal"),
                tuple(name for kind, name in nodes if kind == "juror"),
            )
            for nodes in members.values()
        )
    )
