"""Recording the lot: two people type what the published source gave."""

from __future__ import annotations

from datetime import datetime

from sir.challenges.models import Challenge
from sir.journal.services import record
from sir.jury.models import Lot
from sir.jury.queries.lots import lot_of
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.i18n import _
from sir.people.models import Person


def record_lot(challenge: Challenge, value: str, *, by: Person, at: datetime) -> Lot:
    """Type the value of the source that the plan published (jury: F6).

    Nobody could know it before the deadline, so nobody records it before. It counts once another
    person typed the very same; whoever typed first may mend it until then.
    """
    if challenge.closes_at is None or at < challenge.closes_at:
        raise Refused(_("The source gives its value after the deadline. Record it then."))
    lot = lot_of(challenge)
    if lot is None:
        lot = Lot(challenge=challenge, value=value, first=by, first_at=at)
        db.session.add(lot)
        act = "lot.typed"
    elif lot.second_id is not None:
        raise Refused(_("The lot is recorded and does not change any more."))
    elif lot.first_id == by.id:
        lot.value, lot.first_at = value, at
        act = "lot.typed"
    elif lot.value != value:
        raise Refused(
            _(
                "This is not what the first person typed. Look at the source together; whoever was"
                " wrong types it again."
            )
        )
    else:
        lot.second, lot.second_at = by, at
        act = "lot.recorded"
    # what the first typed stays unread until the second has looked for themselves
    shown = value if lot.second_at else None
    record(act, lot, by=by, at=at, stream=challenge.code, value=shown)
    return lot
