"""What is sealed opens only with its own key, in its own place."""

import pytest

from sir.ports.vault import AesVault, Tampered

MASTER = b"m" * 32


@pytest.fixture
def vault():
    return AesVault(MASTER)


def test_what_was_sealed_comes_out_the_same(vault):
    key = vault.new_key(b"C1")

    assert vault.open(key, b"C1", vault.seal(key, b"C1", b"words", b"P1"), b"P1") == b"words"


def test_the_sealed_bytes_hold_nothing_of_the_words(vault):
    key = vault.new_key(b"C1")

    assert b"canary" not in vault.seal(key, b"C1", b"canary canary", b"P1")


def test_the_same_words_twice_look_different(vault):
    key = vault.new_key(b"C1")

    assert vault.seal(key, b"C1", b"words", b"P1") != vault.seal(key, b"C1", b"words", b"P1")


def test_another_binding_key_place_or_master_does_not_open_it(vault):
    key, other = vault.new_key(b"C1"), vault.new_key(b"C1")
    sealed = vault.seal(key, b"C1", b"words", b"P1")

    for attempt in (
        lambda: vault.open(key, b"C1", sealed, b"P2"),
        lambda: vault.open(other, b"C1", sealed, b"P1"),
        lambda: vault.open(key, b"C2", sealed, b"P1"),
        lambda: AesVault(b"x" * 32).open(key, b"C1", sealed, b"P1"),
        lambda: vault.open(key, b"C1", sealed[:-1] + bytes([sealed[-1] ^ 1]), b"P1"),
    ):
        with pytest.raises(Tampered):
            attempt()
