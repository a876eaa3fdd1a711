"""The second factor: a code of six figures that changes every half minute (RFC 6238)."""

from __future__ import annotations

import hmac
from datetime import datetime

import pyotp

STEP = 30  # seconds
ISSUER = "Startup in Residence"


def new_secret() -> str:
    """Draw a secret of 160 bits, in base32 as authenticator apps read it."""
    return pyotp.random_base32(32)


def code_at(secret: str, at: datetime) -> str:
    """Give the code an authenticator app shows at a moment."""
    return str(pyotp.TOTP(secret).at(at))


def step_of(secret: str, code: str, at: datetime, last: int | None) -> int | None:
    """Find the half minute a code belongs to: this one, the one before or the one after.

    A code works once: steps up to the last one used do not count. None when it is no good.
    """
    given = "".join(sign for sign in code if sign.isascii() and sign.isdigit())
    here = int(at.timestamp()) // STEP
    found = None
    for step in (here - 1, here, here + 1):
        is_right = hmac.compare_digest(pyotp.TOTP(secret).generate_otp(step), given)
        if is_right and (last is None or step > last):
            found = step
    return found


def provisioning_uri(secret: str, email: str) -> str:
    """Give the address that an authenticator app reads from the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def grouped(text: str) -> str:
    """Write a long code in groups of four, as people read it out."""
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def tidy_code(text: str) -> str:
    """Read a recovery code as it was meant, whatever was typed between its groups."""
    return "".join(sign for sign in text.upper() if sign.isascii() and sign.isalnum())
