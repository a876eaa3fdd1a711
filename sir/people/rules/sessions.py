"""How long a session lives, where it may lead to, and what device holds it."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

IDLE = timedelta(hours=2)
LONGEST = timedelta(hours=12)
TOUCH = timedelta(minutes=5)  # a session notes that it was seen at most this often
FRESH = timedelta(minutes=15)  # so soon after signing in we do not ask the password again

CONFIRM_WITHIN = timedelta(hours=24)
RESET_WITHIN = timedelta(minutes=60)
FACTOR_RESET_WITHIN = timedelta(days=3)  # a request that nobody confirms lapses
ACCEPT_WITHIN = timedelta(days=14)

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("Linux", "Linux"),
)


def path_within(target: str) -> str:
    """Give the target when it is a path of our own house; nothing when it leads anywhere else."""
    if not target.startswith("/") or target[1:2] in {"/", "\\"} or "\\" in target:
        return ""
    if not target.isprintable():
        return ""
    try:
        parts = urlsplit(target)
    except ValueError:
        return ""
    return "" if parts.scheme or parts.netloc else target


def device(agent: str) -> tuple[str, str]:
    """Read the browser and the system from what a browser says of itself; empty when unknown."""
    browser = next((name for sign, name in BROWSERS if sign in agent), "")
    system = next((name for sign, name in SYSTEMS if sign in agent), "")
    return browser, system
