"""What people do in a call: order their own entries, and record who wins what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from sir import __version__
from sir.calls.models import Preference, Resolution
from sir.calls.queries import (
    Gathered,
    count_resolutions,
    entries_of,
    gather,
    has_changed,
    latest_resolution,
    place_of,
    preference_of,
)
from sir.calls.rules.market import TIED, Outcome, Resolved, resolve
from sir.challenges.models import Call
from sir.challenges.rules import last_deadline
from sir.journal.services import record
from sir.kernel.canonical import canonical
from sir.kernel.codes import new_code
from sir.kernel.database import db
from sir.kernel.errors import Invalid, Refused
from sir.kernel.i18n import _, lazy
from sir.people.models import Organisation, Person
from sir.ports.vault import Vault, seal_text

SHORTEST_REASON = 20  # characters that explain another outcome than the one that comes first


class OrderedMeanwhile(Refused):
    """A colleague gave another order in the meantime."""


def order_entries(  # noqa: PLR0913 - what, which version, who, when, and with which key
    call: Call,
    bidder: Organisation,
    order: Sequence[str],
    *,
    version: int,
    by: Person,
    at: datetime,
    vault: Vault,
) -> Preference:
    """Seal in which order a startup wants to win its own entries: codes of challenges, best first.

    Until the last deadline of the call it may be changed; that instant itself is too late. The
    journal holds that it happened, and nothing from which the order can be guessed. Raises
    OrderedMeanwhile when a newer version is stored.
    """
    closes_at = last_deadline(call)
    if not call.is_one_win or closes_at is None or at >= closes_at:
        raise Refused(lazy("The last deadline of this call has passed. Your order stands."))
    if sorted(order) != sorted(row.challenge.code for row in entries_of(call, bidder)):
        raise Refused(lazy("Your entries have changed. Look at them again, and order them all."))
    preference = preference_of(call, bidder)
    if (preference.version if preference else 0) != version:
        raise OrderedMeanwhile(lazy("A colleague saved another order in the meantime."))
    place = place_of(call, bidder, version + 1)
    sealed = seal_text(vault, place, canonical(list(order)).decode())
    preference = preference or Preference(call=call, bidder=bidder)
    preference.sealed, preference.saved_at, preference.by_id = sealed, at, by.id
    db.session.add(preference)
    db.session.flush()  # the version must be right before it is told
    record(
        "entries.ordered",
        preference,
        by=by,
        at=at,
        stream=f"order:{call.code}:{bidder.code}",
        version=preference.version,
    )
    return preference


def outcomes_of(gathered: Gathered) -> Resolved:
    """Give the outcomes that the rule allows, or refuse in words for whoever decides."""
    try:
        return resolve(gathered.market)
    except Invalid as error:
        if error.code != TIED:
            raise
        title = gathered.challenges[error.detail].terms.title
        raise Refused(
            _(
                "In “%(title)s” two proposals share the last place, and no rule decided between"
                " them. The jury has to draw the published lot first.",
                title=title,
            )
        ) from error


def record_outcome(  # noqa: PLR0913 - what was looked at, what is chosen, why, who, when, the key
    call: Call,
    choice: int,
    *,
    seen: str,
    reason: str = "",
    by: Person,
    at: datetime,
    vault: Vault,
) -> Resolution:
    """Record who wins what in a call. From then each challenge of it takes its winners from here.

    `choice` counts the allowed outcomes from 0: the first follows the rankings and
    needs no reason. `seen` is the fingerprint of the inputs that were on the screen. A new
    outcome after an earlier one needs new inputs and a reason. Every case is refused in words.
    """
    db.session.execute(select(Call.id).where(Call.id == call.id).with_for_update())
    gathered = gather(call, vault)
    if gathered.sha256 != seen:
        raise Refused(lazy("The rankings have changed since you opened this page. Look again."))
    former = latest_resolution(call)
    if former is not None and not has_changed(gathered, former):
        raise Refused(lazy("This outcome was recorded already. It does not change any more."))
    outcomes = outcomes_of(gathered).outcomes
    if not 0 <= choice < len(outcomes):
        raise Refused(lazy("Choose one of the outcomes that the rule allows."))
    reason = " ".join(reason.split())
    if (choice or former) and len(reason) < SHORTEST_REASON:
        raise Refused(_("Explain this in at least %(count)s characters.", count=SHORTEST_REASON))
    resolution = _kept(call, gathered, outcomes[choice], follows_rankings=choice == 0)
    resolution.reason, resolution.made_at, resolution.made_by_id = reason, at, by.id
    db.session.add(resolution)
    call.resolved_at = at
    for stream in [call.code, *sorted(gathered.challenges)]:
        record(
            "outcome.recorded",
            resolution,
            by=by,
            at=at,
            stream=stream,
            number=resolution.number,
            inputs=resolution.inputs_sha256,
            follows_rankings=resolution.follows_rankings,
        )
    return resolution


def _kept(
    call: Call, gathered: Gathered, outcome: Outcome, *, follows_rankings: bool
) -> Resolution:
    return Resolution(
        code=new_code(),
        call=call,
        number=count_resolutions(call) + 1,
        inputs=gathered.inputs,
        inputs_sha256=gathered.sha256,
        wins={**gathered.market.won, **outcome.wins},
        follows_rankings=follows_rankings,
        app_version=__version__,
    )
