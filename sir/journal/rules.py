"""How a link of the chain is made, and how a broken one shows."""

from __future__ import annotations

from sir.journal.models import Entry
from sir.kernel.canonical import canonical, sha256

START = "0" * 64


def link(entry: Entry) -> str:
    """Give the hash of an entry: SHA-256 over the previous hash and all of its fields."""
    fields = {
        "stream": entry.stream,
        "seq": entry.seq,
        "at": entry.at.isoformat(timespec="microseconds"),
        "actor": entry.actor,
        "act": entry.act,
        "thing": entry.thing,
        "result": entry.result,
        "origin": entry.origin,
        "details": entry.details,
    }
    return sha256(b"\x00" + bytes.fromhex(entry.previous) + canonical(fields))
