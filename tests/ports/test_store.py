"""Bytes are found under their hash and cannot be overwritten."""

import pytest

from sir.kernel.canonical import sha256
from sir.ports.store import ObjectStoreStore


@pytest.fixture
def store(tmp_path):
    return ObjectStoreStore(f"file://{tmp_path}/store")


def test_bytes_come_back_by_their_hash(store):
    digest = store.keep(b"three pages")

    assert digest == sha256(b"three pages")
    assert store.fetch(digest) == b"three pages"


def test_the_same_bytes_twice_are_one(store):
    assert store.keep(b"same") == store.keep(b"same")


def test_bytes_that_changed_on_disk_are_noticed(store, tmp_path):
    digest = store.keep(b"true")
    (tmp_path / "store" / digest[:2] / digest).write_bytes(b"false")

    with pytest.raises(OSError, match="has changed"):
        store.fetch(digest)


def test_what_is_not_there_says_so(store):
    with pytest.raises(FileNotFoundError):
        store.fetch("0" * 64)
