"""A written question of the jury, and its answer."""

from __future__ import annotations

from collections.abc import Sequence

from sir.jury.rules.inquiries import LONGEST, LONGEST_ANSWER, SHORTEST
from sir.kernel.i18n import _, lazy
from sir.proposals.models import Proposal
from sir.web.forms import (
    BooleanField,
    CheckboxesField,
    Form,
    InputRequired,
    Length,
    LocalDateTimeField,
    TextAreaField,
    VersionField,
)


class InquiryForm(Form):
    """What to ask, of whom, and until when it can be answered."""

    text = TextAreaField(
        lazy("The jury's question"),
        [InputRequired(), Length(min=SHORTEST, max=LONGEST)],
        description=lazy(
            "Ask only what clarifies the proposal: an answer cannot change or add to it."
        ),
        render_kw={"rows": 4},
    )
    is_for_all = BooleanField(
        lazy("Everybody gets this question"),
        description=lazy("Choose this unless the question is about one proposal only."),
    )
    numbers = CheckboxesField(lazy("Or only these proposals"))
    due_at = LocalDateTimeField(lazy("Answers are due before"), [InputRequired()])

    def offer(self, proposals: Sequence[Proposal]) -> None:
        """Offer the proposals by number."""
        self.numbers.choices = [
            (str(row.number), _("Proposal %(number)s", number=row.number)) for row in proposals
        ]

    def chosen(self, proposals: Sequence[Proposal]) -> list[Proposal]:
        """Give the proposals that are asked."""
        if self.is_for_all.data:
            return list(proposals)
        return [row for row in proposals if str(row.number) in (self.numbers.data or [])]


class ReplyForm(Form):
    """What a bidder answers."""

    version = VersionField()
    text = TextAreaField(
        lazy("Your answer"),
        [InputRequired(), Length(max=LONGEST_ANSWER)],
        description=lazy(
            "Do not write who you are: no names, KvK number, e-mail address or website."
        ),
        render_kw={"rows": 8},
    )
