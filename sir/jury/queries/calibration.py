"""Questions about the example that a jury scores first."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from sir.challenges.models import Challenge
from sir.jury.models import Calibration, CalibrationSheet, Round, Seat
from sir.jury.queries.seats import IS_OPEN, the_one
from sir.kernel.database import db


def calibration_by_code(code: str) -> Calibration:
    """Find a calibration, with its round and plan."""
    found: Calibration = the_one(
        select(Calibration)
        .where(Calibration.code == code)
        .options(
            joinedload(Calibration.round).joinedload(Round.challenge).joinedload(Challenge.plan)
        )
    )
    return found


def calibration_of(round_: Round) -> Calibration | None:
    """Find the example of a round, if its plan asks one."""
    return db.session.scalar(select(Calibration).where(Calibration.round_id == round_.id))


def own_calibration_sheet(calibration: Calibration, seat: Seat) -> CalibrationSheet | None:
    """Find what a seat gave on the example."""
    return db.session.scalar(
        select(CalibrationSheet).where(
            CalibrationSheet.calibration_id == calibration.id,
            CalibrationSheet.seat_id == seat.id,
        )
    )


def submitted_calibrations(calibration: Calibration) -> list[CalibrationSheet]:
    """List the sheets that were handed in by who still sits on the jury."""
    return list(
        db.session.scalars(
            select(CalibrationSheet)
            .join(CalibrationSheet.seat)
            .where(
                CalibrationSheet.calibration_id == calibration.id,
                CalibrationSheet.submitted_at.is_not(None),
                IS_OPEN,
            )
            .order_by(CalibrationSheet.seat_id)
            .options(joinedload(CalibrationSheet.seat))
        )
    )
