"""What a secretary asks of a division of the proposals, read from lines of text (jury: F14)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sir.jury.rules.problem import Avoidance

EVERY = frozenset({"*", "alle", "all"})
LONGEST = 20_000  # characters of one text with wishes
PAIR = 2
_NUMBERS = re.compile(r"([0-9]{1,6})(?: *- *([0-9]{1,6}))?")
_FIT = re.compile(r"([A-Z][0-9]+) *= *([0-9])")


class Strange(NamedTuple):
    """A line that cannot be read, with its number in the text."""

    number: int
    line: str


@dataclass(frozen=True)
class Wishes:
    """Loads per seat, and by proposal number who is an expert, who fits, and who keeps apart.

    `barred` says by proposal number who must not read it, for one reason that is kept with it.
    `may_move` lets work that was handed out but not begun go to somebody else.
    """

    loads: Mapping[str, tuple[int, int]]
    experts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    affinity: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    avoid: tuple[Avoidance, ...] = ()
    may_move: bool = False
    barred: Mapping[str, frozenset[str]] = field(default_factory=dict)
    barred_reason: str = ""


def read_experts(
    text: str, proposals: Collection[str], seats: Collection[str]
) -> tuple[dict[str, frozenset[str]], list[Strange]]:
    """Read lines such as "3: J1, J4" and "10-40: J2"; "alle: J1" is for every proposal."""
    found: dict[str, set[str]] = {}
    strange = []
    for number, line in _lines(text):
        named, _colon, who = line.partition(":")
        chosen = _proposals(named, proposals)
        experts = {part.upper() for part in re.split(r"[,;\s]+", who.strip()) if part}
        if not chosen or not experts or experts - set(seats):
            strange.append(Strange(number, line))
            continue
        for proposal in chosen:
            found.setdefault(proposal, set()).update(experts)
    return {proposal: frozenset(experts) for proposal, experts in found.items()}, strange


def read_affinity(
    text: str, proposals: Collection[str], seats: Collection[str]
) -> tuple[dict[str, dict[str, int]], list[Strange]]:
    """Read lines such as "3: J1=5, J4=2": how well a juror fits, from 0 to 9."""
    found: dict[str, dict[str, int]] = {}
    strange = []
    for number, line in _lines(text):
        named, _colon, who = line.partition(":")
        chosen = _proposals(named, proposals)
        parts = [part.strip().upper() for part in who.split(",") if part.strip()]
        fits = [match.groups() for part in parts if (match := _FIT.fullmatch(part))]
        if not chosen or not parts or len(fits) != len(parts) or {s for s, _ in fits} - set(seats):
            strange.append(Strange(number, line))
            continue
        for proposal in chosen:
            found.setdefault(proposal, {}).update({seat: int(fit) for seat, fit in fits})
    return found, strange


def read_avoid(text: str, seats: Collection[str]) -> tuple[tuple[Avoidance, ...], list[Strange]]:
    """Read lines such as "J1 J3": two jurors who do not read the same proposal."""
    found, strange = [], []
    for number, line in _lines(text):
        pair = [part.upper() for part in re.split(r"[,;\s]+", line) if part]
        if len(pair) == PAIR == len(set(pair) & set(seats)):
            found.append(Avoidance(pair[0], pair[1]))
        else:
            strange.append(Strange(number, line))
    return tuple(found), strange


def kept_wishes(wishes: Wishes) -> dict[str, Any]:
    """Write wishes as data, to keep beside the division they led to."""
    return {
        "loads": {seat: list(load) for seat, load in wishes.loads.items()},
        "experts": {p: sorted(experts) for p, experts in wishes.experts.items()},
        "affinity": {p: dict(fits) for p, fits in wishes.affinity.items()},
        "avoid": [[pair.one, pair.other] for pair in wishes.avoid],
        "may_move": wishes.may_move,
        "barred": {p: sorted(labels) for p, labels in wishes.barred.items()},
        "barred_reason": wishes.barred_reason,
    }


def shown_wishes(kept: Mapping[str, Any]) -> dict[str, str]:
    """Write kept wishes as the lines they are read from."""
    named = {
        what: "\n".join(f"{p}: {', '.join(names)}" for p, names in _by_number(kept.get(what, {})))
        for what in ("experts", "barred")
    }
    fits = [
        f"{p}: " + ", ".join(f"{seat}={fit}" for seat, fit in sorted(row.items()))
        for p, row in _by_number(kept.get("affinity", {}))
    ]
    return {
        **named,
        "barred_reason": kept.get("barred_reason", ""),
        "affinity": "\n".join(fits),
        "avoid": "\n".join(" ".join(pair) for pair in kept.get("avoid", [])),
    }


def _by_number(rows: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return sorted(rows.items(), key=lambda row: int(row[0]))


def _lines(text: str) -> list[tuple[int, str]]:
    return [(n, line.strip()) for n, line in enumerate(text.splitlines(), 1) if line.strip()]


def _proposals(named: str, proposals: Collection[str]) -> list[str]:
    """Give the proposals that are named; none when one of them does not exist."""
    if named.strip().lower() in EVERY:
        return list(proposals)
    found: list[str] = []
    for part in named.split(","):
        match = _NUMBERS.fullmatch(part.strip())
        if match is None:
            return []
        first, last = int(match[1]), int(match[2] or match[1])
        if last - first >= len(proposals):
            return []
        found += [str(number) for number in range(first, last + 1)]
    known = set(proposals)
    return found if found and all(number in known for number in found) else []
