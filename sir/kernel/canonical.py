"""One way to write a thing down, so that its hash means something (RFC 8785 in spirit)."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def canonical(thing: Any) -> bytes:
    """Write JSON with sorted keys, no spaces and UTF-8; a float is refused."""
    _refuse_floats(thing)
    return json.dumps(
        thing, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def sha256(content: bytes) -> str:
    """Give the SHA-256 of bytes, in 64 hexadecimal characters."""
    return hashlib.sha256(content).hexdigest()


def _refuse_floats(thing: Any) -> None:
    if isinstance(thing, float):
        msg = "A float has no one way to be written; use a decimal string."
        raise TypeError(msg)
    if isinstance(thing, dict):
        for value in thing.values():
            _refuse_floats(value)
    elif isinstance(thing, list | tuple):
        for value in thing:
            _refuse_floats(value)
