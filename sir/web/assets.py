"""Built files under their hashed names, so that browsers may keep them for ever."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import cast

from flask import g, has_app_context

from sir.config import ROOT

HASHED = re.compile(r"/static/dist/.+\.[0-9a-f]{10}\.[a-z0-9]+")
MANIFEST = ROOT / "static" / "dist" / "manifest.json"


@lru_cache(maxsize=1)
def _manifest(_built_at: int) -> dict[str, str]:
    return cast("dict[str, str]", json.loads(MANIFEST.read_text()))


def asset(name: str) -> str:
    """Give the address of a built file; its plain name when nothing was built yet.

    A build while the house is open is seen by the next page.
    """
    return f"/static/dist/{_names().get(name, name)}"


def _names() -> dict[str, str]:
    """Look at the disk once a page: a page names dozens of files."""
    if not has_app_context():
        return _on_disk()
    if "built" not in g:
        g.built = _on_disk()
    return cast("dict[str, str]", g.built)


def _on_disk() -> dict[str, str]:
    try:
        return _manifest(MANIFEST.stat().st_mtime_ns)
    except FileNotFoundError:
        return {}


def caching(path: str) -> str:
    """Say how long a browser may keep a static file: for ever when its name carries its hash."""
    if HASHED.fullmatch(path):
        return "public, max-age=31536000, immutable"
    return "public, no-cache"
