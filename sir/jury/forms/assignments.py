"""What the secretary asks of a division of the proposals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sir.jury.models import Seat
from sir.jury.rules.conflicts import DETAIL_LENGTH
from sir.jury.rules.sheets import length
from sir.jury.rules.wishes import (
    LONGEST,
    Strange,
    Wishes,
    read_affinity,
    read_avoid,
    read_experts,
    shown_wishes,
)
from sir.kernel.i18n import _, lazy
from sir.web.forms import (
    BooleanField,
    Form,
    InputRequired,
    IntegerField,
    Length,
    NumberRange,
    TextAreaField,
)

MOST = 100_000  # proposals


class WishesForm(Form):
    """Experts, fits and pairs, each a line of text; the loads of the seats are added to it."""

    experts = TextAreaField(
        lazy("Experts"),
        [Length(max=LONGEST)],
        description=lazy(
            "One line for each proposal or row of proposals, such as “3: J1, J4” or “10-40: J2”."
            " At least one of them then reads it. “alle: J1, J2” is for every proposal."
        ),
        render_kw={"rows": 4},
    )
    avoid = TextAreaField(
        lazy("Jurors who do not read the same proposal"),
        [Length(max=LONGEST)],
        description=lazy("One pair on each line, such as “J1 J3”."),
        render_kw={"rows": 2},
    )
    barred = TextAreaField(
        lazy("Who must not read a proposal"),
        [Length(max=LONGEST)],
        description=lazy(
            "One line for each proposal, such as “3: J1, J4”. They do not read it alone, and not"
            " when the jury confers either."
        ),
        render_kw={"rows": 2},
    )
    barred_reason = TextAreaField(
        lazy("Why they must not read it"), [Length(max=LONGEST)], render_kw={"rows": 2}
    )
    affinity = TextAreaField(
        lazy("Who fits well"),
        [Length(max=LONGEST)],
        description=lazy(
            "One line for each proposal or row of proposals, such as “3: J1=5, J4=2”, from 0 to 9."
            " Leave it empty when everybody fits alike."
        ),
        render_kw={"rows": 3},
    )
    may_move = BooleanField(
        lazy("Proposals that nobody began on may go to another juror"),
        description=lazy("Otherwise everything that was handed out stays where it is."),
    )
    reason = TextAreaField(
        lazy("Why do you divide the proposals again?"), [Length(max=LONGEST)], render_kw={"rows": 2}
    )


def wishes_form(
    seats: Sequence[Seat], defaults: tuple[int, int], kept: dict[str, Any] | None
) -> WishesForm:
    """Ask for a load of each seat, as the plan says it or as it was asked before."""
    fields: dict[str, Any] = {}
    values: dict[str, Any] = dict(shown_wishes(kept or {}))
    for seat in seats:
        least, most = (kept or {}).get("loads", {}).get(seat.label, defaults)
        values[f"least_{seat.label}"], values[f"most_{seat.label}"] = least, most
        for name, label in (
            ("least", lazy("At least, for %(seat)s", seat=seat.label)),
            ("most", lazy("At most, for %(seat)s", seat=seat.label)),
        ):
            fields[f"{name}_{seat.label}"] = IntegerField(
                label,
                [InputRequired(), NumberRange(min=0, max=MOST)],
                render_kw={"width": "s", "inputmode": "numeric"},
            )
    shape: type[WishesForm] = type("SeatWishesForm", (WishesForm,), fields)
    return shape.from_request(**values)


def wishes_in(form: WishesForm, seats: Sequence[Seat], proposals: Sequence[str]) -> Wishes | None:
    """Read what was asked; None when a line cannot be read, which the form then says."""
    labels = [seat.label for seat in seats]
    experts, odd_experts = read_experts(form.experts.data or "", proposals, labels)
    affinity, odd_fits = read_affinity(form.affinity.data or "", proposals, labels)
    avoid, odd_pairs = read_avoid(form.avoid.data or "", labels)
    barred, odd_bars = read_experts(form.barred.data or "", proposals, labels)
    is_right = True
    read = {
        "experts": odd_experts,
        "affinity": odd_fits,
        "avoid": odd_pairs,
        "barred": odd_bars,
    }
    for name, strange in read.items():
        if strange:
            form.add_error(name, _unread(strange))
            is_right = False
    reason = form.barred_reason.data or ""
    if barred and length(reason) < DETAIL_LENGTH:
        form.add_error("barred_reason", _("Say in a sentence why they must not read it."))
        is_right = False
    loads = {}
    for label in labels:
        least, most = form[f"least_{label}"].data, form[f"most_{label}"].data
        if least > most:
            form.add_error(
                f"least_{label}",
                _("%(seat)s: the lowest load is above the highest.", seat=label),
            )
            is_right = False
        loads[label] = (least, most)
    if not is_right:
        return None
    return Wishes(
        loads,
        experts,
        affinity,
        avoid,
        may_move=bool(form.may_move.data),
        barred=barred,
        barred_reason=reason if barred else "",
    )


def _unread(strange: Sequence[Strange]) -> str:
    first = strange[0]
    return _(
        "Line %(number)s cannot be read: “%(line)s”. Use numbers and seats that exist.",
        number=first.number,
        line=first.line[:60],
    )
