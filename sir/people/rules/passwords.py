"""What a password must be, and how it is kept: argon2id as OWASP advises (19 MiB, 2, 1)."""

from __future__ import annotations

import unicodedata
from typing import Any

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from sir.kernel.i18n import lazy

SHORTEST = 12
LONGEST = 128

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, type=Type.ID)

# Made of a password that was drawn and thrown away, with the costs above: so an unknown address
# takes as long as a known one, and a server does not spend that time on every start.
_NOBODY = (
    "$argon2id$v=19$m=19456,t=2,p=1"
    "$mwhForr93XzYb7HmuDBHyQ$JBmS4leza8pVTbDk/50Ju2+x1/0jUHjR9l/A+XvXAyI"
)

# What people choose when they must choose twelve characters, and the words of this house.
# A password that is only such a word, repeated or with figures and signs around it, is refused.
COMMON = frozenset(
    """
    password passw0rd wachtwoord welkom welcome geheim geheimpje qwerty qwertyuiop
    qwertyuiopasdfgh azerty asdfghjkl zxcvbnm iloveyou ikhouvanjou letmein admin administrator
    beheerder abc abcd abcdef abcdefgh abcdefghijkl abcdefghijklm football voetbal ajax
    feyenoord dragon monkey sunshine princess master superman batman trustno trustnoone changeme
    verander veranderen login inloggen zomer winter lente herfst januari februari maart april
    juni juli augustus september oktober november december maandag dinsdag woensdag donderdag
    vrijdag zaterdag zondag amsterdam rotterdam denhaag utrecht nederland holland gemeente
    provincie ministerie overheid rijksoverheid startup startupinresidence residence sir
    uitdaging voorstel inkoop inkoper jury correcthorsebatterystaple test testtest tester
    testing secret hallo hello
    """.split()  # noqa: SIM905 - a list literal would be a page long
)


def hash_password(password: str) -> str:
    """Give what is kept of a password. Takes tens of milliseconds: never inside a transaction."""
    return _hasher.hash(_typed(password))


def is_password(kept: str | None, password: str) -> bool:
    """Say whether this is the password behind what was kept; as slow when nothing was kept."""
    try:
        return _hasher.verify(kept or _NOBODY, _typed(password)) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(kept: str) -> bool:
    """Say whether a password was kept in an older way and should be hashed anew."""
    return _hasher.check_needs_rehash(kept)


def password_faults(password: str, *own: str) -> list[Any]:
    """Say what is wrong with a new password; `own` holds the person's name and address."""
    if len(password) < SHORTEST:
        return [lazy("Use at least 12 characters. A sentence of a few words is easy to remember.")]
    if len(password) > LONGEST:
        return [lazy("Use at most 128 characters.")]
    core = "".join(sign for sign in password.casefold() if sign.isalpha())
    words = COMMON | {word for text in own for word in _words(text)}
    if _is_made_of(core, words) or len(set(password)) < 5:  # noqa: PLR2004 - aaaaaaaaaaaa, 121212121212
        return [lazy("This password is easy to guess. Use words that do not belong together.")]
    return []


def _typed(password: str) -> str:
    """Give an é typed on one machine the bytes of an é typed on another (NIST SP 800-63B)."""
    return unicodedata.normalize("NFC", password)


def _words(text: str) -> set[str]:
    parts = "".join(sign if sign.isalpha() else " " for sign in text.casefold()).split()
    return {word for word in [*parts, "".join(parts)] if len(word) > 2}  # noqa: PLR2004


def _is_made_of(core: str, words: frozenset[str] | set[str]) -> bool:
    """Say whether only well-known words, or one of them again and again, make up the letters."""
    if not core:
        return True  # figures and signs only
    return core in words or any(
        core == word * (len(core) // len(word)) for word in words if len(core) % len(word) == 0
    )
