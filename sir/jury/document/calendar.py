"""The pitches as a calendar file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sir.jury.models import (
    Pitch,
)
from sir.kernel.appointments import Appointment, calendar
from sir.kernel.i18n import _


def pitch_calendar(pitches: Sequence[Pitch], at: datetime) -> str:
    """Write the calendar file of these pitches; without the names of finalists."""
    return calendar(
        [
            Appointment(
                uid=f"pitch-{pitch.code}@sir",
                sequence=pitch.sequence,
                starts_at=pitch.slot.starts_at,
                ends_at=pitch.slot.ends_at,
                title=_(
                    "Pitch of proposal %(number)s: %(challenge)s",
                    number=pitch.proposal.number,
                    challenge=pitch.proposal.challenge.terms.title,
                ),
                place=pitch.slot.room,
                link=pitch.slot.link,
            )
            for pitch in pitches
            if pitch.slot is not None
        ],
        stamp=at,
    )
