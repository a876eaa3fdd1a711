"""Short public codes that people can read out: no vowels, so no words; no 0/O or 1/I."""

import secrets

ALPHABET = "23456789BCDFGHJKLMNPQRSTVWXZ"


def new_code(length: int = 8) -> str:
    """Draw a code nobody can guess the neighbour of."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
