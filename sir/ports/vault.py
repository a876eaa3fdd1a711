"""The vault: seals bytes with a key per challenge, wrapped by a master key we never store.

AES-256-GCM (NIST SP 800-38D). The associated data binds a sealed text to where it belongs:
moved to another challenge, bidder or version it does not open. One who holds a copy of the
database without the master key holds nothing (2014/24/EU, annex IV b).
"""

from __future__ import annotations

import base64
import secrets
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12
KEY = 32


class Tampered(ValueError):
    """These bytes were not sealed here, with this key, for this place."""


class Vault(Protocol):
    """Makes keys, seals and opens."""

    def new_key(self, place: bytes) -> bytes:
        """Make a sealing key and give it wrapped; only the vault can use it."""

    def seal(self, wrapped: bytes, place: bytes, content: bytes, bound_to: bytes) -> bytes:
        """Seal content so that it opens only with this key and this binding."""

    def open(self, wrapped: bytes, place: bytes, sealed: bytes, bound_to: bytes) -> bytes:
        """Open what was sealed. Raises Tampered when key, binding or bytes differ."""


class AesVault:
    """The real vault. `place` names what a key is for, such as a challenge's code."""

    def __init__(self, master_key: bytes) -> None:
        assert len(master_key) == KEY, "The master key is 32 bytes."
        self._master = AESGCM(master_key)

    def new_key(self, place: bytes) -> bytes:
        """Make a key and wrap it; the wrapping is bound to the place."""
        nonce = secrets.token_bytes(NONCE)
        return nonce + self._master.encrypt(nonce, secrets.token_bytes(KEY), b"key\x00" + place)

    def seal(self, wrapped: bytes, place: bytes, content: bytes, bound_to: bytes) -> bytes:
        """Seal content: nonce, then ciphertext with its tag."""
        nonce = secrets.token_bytes(NONCE)
        return nonce + self._key(wrapped, place).encrypt(nonce, content, bound_to)

    def open(self, wrapped: bytes, place: bytes, sealed: bytes, bound_to: bytes) -> bytes:
        """Open what was sealed, or raise Tampered."""
        try:
            return self._key(wrapped, place).decrypt(sealed[:NONCE], sealed[NONCE:], bound_to)
        except InvalidTag as error:
            raise Tampered from error

    def _key(self, wrapped: bytes, place: bytes) -> AESGCM:
        try:
            key = self._master.decrypt(wrapped[:NONCE], wrapped[NONCE:], b"key\x00" + place)
        except InvalidTag as error:
            raise Tampered from error
        return AESGCM(key)


def seal_text(vault: Vault, place: str, text: str) -> str:
    """Seal a small secret for a column: its own wrapped key, then the sealed text."""
    wrapped = vault.new_key(place.encode())
    sealed = vault.seal(wrapped, place.encode(), text.encode(), place.encode())
    return ".".join(base64.urlsafe_b64encode(part).decode() for part in (wrapped, sealed))


def open_text(vault: Vault, place: str, sealed: str) -> str:
    """Open a small secret. Raises Tampered when it was not sealed here for this place."""
    try:
        wrapped, content = (base64.urlsafe_b64decode(part) for part in sealed.split("."))
    except ValueError as error:
        raise Tampered from error
    return vault.open(wrapped, place.encode(), content, place.encode()).decode()
