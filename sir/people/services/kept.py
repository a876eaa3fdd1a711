"""Keeping what somebody sent when their session had just ended, so that nothing typed is lost."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from sir.journal.services import record
from sir.kernel.canonical import canonical
from sir.kernel.database import db
from sir.kernel.errors import Missing
from sir.people.models import KeptForm, Person
from sir.people.queries import hashed
from sir.ports.vault import Vault

KEEP = timedelta(hours=24)
PLACE = b"kept form"

Fields = Sequence[tuple[str, str]]


def keep_form(person: Person, path: str, fields: Fields, *, vault: Vault, at: datetime) -> str:
    """Seal a form for its sender and give the secret of the link to it."""
    token = secrets.token_urlsafe(32)
    key = vault.new_key(PLACE)
    sealed = vault.seal(key, PLACE, canonical(list(fields)), person.code.encode())
    db.session.execute(delete(KeptForm).where(KeptForm.kept_at < at - KEEP))
    kept = KeptForm(
        token_hash=hashed(token),
        person_id=person.id,
        path=path,
        sealed=len(key).to_bytes(2, "big") + key + sealed,
        kept_at=at,
    )
    db.session.add(kept)
    db.session.flush()  # the journal needs its number
    record("form.kept", kept, by=person, at=at)
    return token


def kept_form(token: str, person: Person, *, vault: Vault, at: datetime) -> tuple[str, Fields]:
    """Give the path and fields back to who sent them. Raises Missing for anybody else."""
    kept = db.session.scalar(
        select(KeptForm).where(
            KeptForm.token_hash == hashed(token),
            KeptForm.person_id == person.id,
            KeptForm.kept_at > at - KEEP,
        )
    )
    if kept is None:
        raise Missing
    size = int.from_bytes(kept.sealed[:2], "big")
    key, sealed = kept.sealed[2 : 2 + size], kept.sealed[2 + size :]
    fields = json.loads(vault.open(key, PLACE, sealed, person.code.encode()))
    return kept.path, [(name, value) for name, value in fields]
