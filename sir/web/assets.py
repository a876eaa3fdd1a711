"""Built files under their hashed names, so that browsers may keep them for ever."""

from __future__ import annotations

import json
from functools import cache

from sir.config import ROOT

MANIFEST = ROOT / "static" / "dist" / "manifest.json"


@cache
def _manifest() -> dict[str, str]:
    return json.loads(MANIFEST.read_text()) if MANIFEST.exists() else {}


def asset(name: str) -> str:
    """Give the address of a built file; its plain name when nothing was built yet."""
    return f"/static/dist/{_manifest().get(name, name)}"
