"""Reading the journal, and checking that nobody touched it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select

from sir.journal.models import Entry, Head
from sir.journal.rules import START, link
from sir.kernel.database import db


@dataclass(frozen=True)
class Fault:
    """The first row of a stream that does not fit."""

    stream: str
    seq: int
    what: str


def last_link(stream: str) -> str:
    """Give the hash of a stream's last entry: an anchor for what follows."""
    return db.session.scalar(select(Head.hash).where(Head.stream == stream)) or START


_LAST = select(func.max(Entry.id))  # every public page asks it


def last_entry() -> int:
    """Give the number of the last entry: while it stays the same, nobody has done anything."""
    return db.session.scalar(_LAST) or 0


def faults(only: str | None = None) -> Iterator[Fault]:
    """Walk every chain, or only one stream's, and yield the first bad row of each broken one."""
    known, written = select(Head), select(Entry)
    if only is not None:
        known, written = known.where(Head.stream == only), written.where(Entry.stream == only)
    heads = {head.stream: head for head in db.session.scalars(known)}
    rows = db.session.scalars(
        written.order_by(Entry.stream, Entry.seq).execution_options(yield_per=1000)
    )
    stream, seq, previous, is_broken = "", 0, START, False
    ends: dict[str, tuple[int, str]] = {}
    for entry in rows:
        if entry.stream != stream:
            stream, seq, previous, is_broken = entry.stream, 0, START, False
        if is_broken:
            continue
        seq += 1
        what = _fault(entry, seq, previous)
        if what:
            is_broken = True
            yield Fault(stream, min(entry.seq, seq), what)
            ends.pop(stream, None)
            heads.pop(stream, None)
            continue
        previous = entry.hash
        ends[stream] = (seq, previous)
    for name, head in sorted(heads.items()):
        if ends.get(name, (0, START)) != (head.seq, head.hash):
            yield Fault(name, ends.get(name, (0, ""))[0] + 1, "missing at the end")


def _fault(entry: Entry, seq: int, previous: str) -> str:
    if entry.seq != seq:
        return "missing"
    if entry.previous != previous:
        return "does not follow the row before it"
    if entry.hash != link(entry):
        return "changed"
    return ""


def entries(
    stream: str, *, act: str = "", actor: str = "", before: int | None = None, limit: int = 50
) -> list[Entry]:
    """Give a page of a stream, the newest first: of one act or of one person if asked."""
    query = select(Entry).where(Entry.stream == stream).order_by(Entry.seq.desc()).limit(limit)
    if act:
        query = query.where(Entry.act == act)
    if actor:
        query = query.where(Entry.actor == actor)
    if before is not None:
        query = query.where(Entry.seq < before)
    return list(db.session.scalars(query))


def acts_in(stream: str) -> list[str]:
    """List the acts that occur in a stream."""
    return list(
        db.session.scalars(
            select(Entry.act).where(Entry.stream == stream).distinct().order_by(Entry.act)
        )
    )


def actors_in(stream: str) -> list[str]:
    """List the codes of the people who acted in a stream; what the clock did has none."""
    return list(
        db.session.scalars(
            select(Entry.actor).where(Entry.stream == stream, Entry.actor != "").distinct()
        )
    )
