"""Throttling: how often somebody may try, shared by all workers through the database.

Counts are kept in short transactions of their own, before the page begins its own, so that a
page which refuses keeps its count and pages that only look stay read-only. Addresses are kept
as keyed hashes. A throttled page answers 429 with Retry-After; nobody is ever locked out for
good, and one network alone cannot keep the owner of an address out.
"""

from __future__ import annotations

import hashlib
import ipaddress
import math
from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple

from flask import current_app, request, session
from flask.typing import ResponseReturnValue
from limits import RateLimitItem, parse
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter
from sqlalchemy import Column, Connection, Double, Integer, String, Table, text
from werkzeug.exceptions import TooManyRequests

from sir.kernel.database import Base, db
from sir.ports.clock import Clock

View = Callable[..., ResponseReturnValue]

TRIES = Table(
    "rate_limit",
    Base.metadata,
    Column("key", String(64), primary_key=True),
    Column("tries", Integer, nullable=False),
    Column("expires", Double, nullable=False, index=True),  # seconds since 1970
)
COUNT = text(
    "INSERT INTO rate_limit AS kept (key, tries, expires) VALUES (:key, :amount, :expires) "
    "ON CONFLICT (key) DO UPDATE SET "
    "tries = CASE WHEN kept.expires <= :now THEN :amount ELSE kept.tries + :amount END, "
    "expires = CASE WHEN kept.expires <= :now THEN :expires ELSE kept.expires END "
    "RETURNING tries"
)


class SqlStorage(Storage):
    """Where the counts live: one row a key, counted by one statement on either database."""

    STORAGE_SCHEME = ["sir+sql"]  # noqa: RUF012 - as the library wants it

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    @property
    def base_exceptions(self) -> type[Exception]:
        return Exception

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Count one more try, in a window that began with the first."""
        now = self.now()
        words = {"key": key, "amount": amount, "expires": now + expiry, "now": now}
        return int(self._do(COUNT, words) or 0)

    def get(self, key: str) -> int:
        """Tell how many tries the present window saw."""
        wanted = "SELECT tries FROM rate_limit WHERE key = :key AND expires > :now"
        return int(self._do(text(wanted), {"key": key, "now": self.now()}) or 0)

    def get_expiry(self, key: str) -> float:
        """Tell when the present window ends, in seconds since 1970."""
        wanted = "SELECT expires FROM rate_limit WHERE key = :key AND expires > :now"
        now = self.now()
        return float(self._do(text(wanted), {"key": key, "now": now}) or now)

    def check(self) -> bool:
        """Say that the database is there; pages say so themselves when it is not."""
        return True

    def reset(self) -> int | None:
        """Forget every count."""
        self._do(text("DELETE FROM rate_limit"), {})
        return None

    def clear(self, key: str) -> None:
        """Forget one count."""
        self._do(text("DELETE FROM rate_limit WHERE key = :key"), {"key": key})

    def forget_expired(self) -> None:
        """Throw away the windows that ended."""
        self._do(text("DELETE FROM rate_limit WHERE expires <= :now"), {"now": self.now()})

    def now(self) -> float:
        """Tell the time in seconds since 1970."""
        return self._clock.now().timestamp()

    def _do(self, statement: Any, words: dict[str, Any]) -> Any:
        with _own_connection() as connection, connection.begin():
            answer = connection.execute(statement, words)
            return answer.scalar() if answer.returns_rows else None


class Limit(NamedTuple):
    """So many tries, counted for whatever the key tells apart; no key, no count."""

    rate: RateLimitItem
    key: Callable[[], str]


def network() -> str:
    """Tell networks apart: an address, or the /64 that one IPv6 customer has."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    if address.version == 4:  # noqa: PLR2004 - IPv4
        return str(address)
    return str(ipaddress.ip_network((address, 64), strict=False))


def address() -> str:
    """Tell accounts apart by the address that was typed."""
    return request.form.get("email", "").strip().lower()[:320]


def address_and_network() -> str:
    """Tell apart who tries which account."""
    return f"{address()} {network()}"


def account() -> str:
    """Tell apart whose second factor is tried: the cookie says who signed in."""
    return str(session.get("who", ""))


# The narrow limits come first: what they refuse does not count for the wide ones, so that
# one network cannot use up the tries of somebody elsewhere.
SIGN_IN = (
    Limit(parse("10 per 15 minutes"), address_and_network),
    Limit(parse("100 per 15 minutes"), network),
    Limit(parse("100 per hour"), address),
)
MAIL = (
    Limit(parse("3 per 15 minutes"), address_and_network),
    Limit(parse("30 per hour"), network),
    Limit(parse("10 per hour"), address),
)
INVITE = (Limit(parse("30 per hour"), account),)
FACTOR = (Limit(parse("5 per 5 minutes"), account), Limit(parse("100 per 15 minutes"), network))


def throttled(name: str, limits: tuple[Limit, ...]) -> Callable[[View], View]:
    """Count every form that is handed in, before the gate; stand outside `requires`."""

    def decorate(view: View) -> View:
        @wraps(view)
        def counted(**parts: Any) -> ResponseReturnValue:
            if request.method == "POST":
                count(name, limits)
            return view(**parts)

        return counted

    return decorate


def count(name: str, limits: tuple[Limit, ...]) -> None:
    """Count a try, or raise 429 saying in how many seconds there is room again."""
    storage = SqlStorage(current_app.extensions["sir.clock"])
    limiter = FixedWindowRateLimiter(storage)
    for number, limit in enumerate(limits):
        key = limit.key()
        if key and not limiter.hit(limit.rate, _kept(f"{name} {number} {key}")):
            ends = storage.get_expiry(limit.rate.key_for(_kept(f"{name} {number} {key}")))
            raise TooManyRequests(retry_after=max(1, math.ceil(ends - storage.now())))


def forget_expired() -> None:
    """Throw away the counts of windows that ended."""
    SqlStorage(current_app.extensions["sir.clock"]).forget_expired()


def _kept(key: str) -> str:
    secret = str(current_app.secret_key).encode()
    return hashlib.blake2b(key.encode(), key=secret[:64], digest_size=16).hexdigest()


def _own_connection() -> Connection:
    """Open a connection beside the page's own; one statement needs no serial order."""
    if db.engine.dialect.name == "sqlite":
        return db.engine.connect()
    return db.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
