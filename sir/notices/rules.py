"""How a letter travels: its number, how long it is leased, and when it is tried again."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

LEASE = timedelta(minutes=2)  # longer than a mail server may take
MOST_TRIES = 12  # a day and a half in all
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)

SAFE = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*")


def pause(tries: int) -> timedelta:
    """Tell how long to wait after so many tries: twice as long each time."""
    return min(FIRST_PAUSE * int(2 ** max(tries - 1, 0)), LONGEST_PAUSE)


def message_id(key: str, host: str) -> str:
    """Make the Message-ID of a letter: the same at every try, so that mailboxes show it once."""
    local = key if SAFE.fullmatch(key) else hashlib.sha256(key.encode()).hexdigest()[:40]
    return f"<{local}@{host}>"


def one_line(text: str) -> str:
    """Make text fit for a header: whatever would start a new line becomes a space."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def split_letter(text: str) -> tuple[str, str]:
    """Take the first line of a rendered letter as its subject; the rest, after a blank line."""
    first, _, rest = text.strip().partition("\n")
    return one_line(first), rest.strip() + "\n"


def compose(  # noqa: PLR0913 - a letter has this many headers
    *, sender: str, to: str, subject: str, body: str, lang: str, number: str, at: datetime
) -> EmailMessage:
    """Put a letter in its envelope. Raises ValueError when the address is not one."""
    name, address = parseaddr(sender)
    message = EmailMessage()
    message["From"] = Address(display_name=name, addr_spec=address)
    message["To"] = Address(addr_spec=to)
    message["Subject"] = one_line(subject)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = number
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(body)
    message["Content-Language"] = lang  # after the content, which sets its own headers
    return message
