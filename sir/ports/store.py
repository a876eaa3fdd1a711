"""The store: keeps bytes under their hash, written once, in a folder or an S3 bucket."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Protocol

import obstore
from obstore.exceptions import AlreadyExistsError
from obstore.store import ObjectStore, from_url

from sir.kernel.canonical import sha256


class Store(Protocol):
    """Keeps bytes; the same bytes twice are kept once."""

    def keep(self, content: bytes) -> str:
        """Keep bytes and give the SHA-256 they are found under."""

    def fetch(self, digest: str) -> bytes:
        """Give the bytes back. Raises FileNotFoundError when there are none."""


class ObjectStoreStore:
    """A folder (file://) or any S3-like bucket (s3://…), through obstore."""

    def __init__(self, url: str) -> None:
        if url.startswith("file://"):
            Path(url.removeprefix("file://")).mkdir(parents=True, exist_ok=True)
        self._store: ObjectStore = from_url(url)

    def keep(self, content: bytes) -> str:
        """Write once; an earlier identical writing is as good."""
        digest = sha256(content)
        with suppress(AlreadyExistsError):
            obstore.put(self._store, self._path(digest), content, mode="create")
        return digest

    def fetch(self, digest: str) -> bytes:
        """Read, and check that these are the bytes that were kept."""
        content = bytes(obstore.get(self._store, self._path(digest)).bytes())
        if sha256(content) != digest:
            msg = f"The kept file {digest} has changed."
            raise OSError(msg)
        return content

    @staticmethod
    def _path(digest: str) -> str:
        return f"{digest[:2]}/{digest}"
