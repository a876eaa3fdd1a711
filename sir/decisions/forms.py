"""What officials fill in around a decision."""

from __future__ import annotations

from sir.decisions.rules import LONGEST_TEXT, SHORTEST_REASON
from sir.kernel.i18n import lazy
from sir.web.forms import (
    BooleanField,
    DateField,
    Form,
    InputRequired,
    Length,
    Optional,
    RadioField,
    TextAreaField,
    VersionField,
)

REASON = Length(
    min=SHORTEST_REASON,
    max=LONGEST_TEXT,
    message=lazy("Explain this in at least 20 and at most 4,000 characters."),
)


class PrepareForm(Form):
    """Draw up the letters; nothing to fill in."""


class LetterForm(Form):
    """The closing paragraph of a rejected or inadmissible bidder's letter."""

    version = VersionField()
    closing = TextAreaField(
        lazy("Closing paragraph"),
        [Optional(), Length(max=LONGEST_TEXT)],
        description=lazy(
            "Stands at the end of this letter, for this bidder only. For example an offer to"
            " explain the decision in a conversation."
        ),
        render_kw={"rows": 5},
    )


class WinnerForm(LetterForm):
    """What made a winner win, beside the closing paragraph."""

    advantages = TextAreaField(
        lazy("Characteristics and relative advantages"),
        [Optional(), Length(max=LONGEST_TEXT)],
        description=lazy(
            "What made this proposal better than the others, criterion by criterion. Every bidder"
            " that was not chosen reads this, so leave out business secrets."
        ),
        render_kw={"rows": 10},
    )


class CheckForm(Form):
    """A promise that a letter was looked through."""

    version = VersionField()
    is_clean = BooleanField(
        lazy(
            "I have read this letter. It holds no business secrets of another bidder and no"
            " criterion that was not published."
        ),
        [InputRequired(message=lazy("Tick the box when you have checked the letter."))],
    )


class ReleaseForm(Form):
    """The last look before the letters go."""

    is_final = BooleanField(
        lazy("I have read the letters and agree that they all go. This cannot be undone."),
        [InputRequired(message=lazy("Tick the box when you are sure."))],
    )


class SuspendForm(Form):
    """Why the award waits."""

    reason = TextAreaField(
        lazy("Reason"),
        [InputRequired(), REASON],
        description=lazy(
            "For the file: for example the number of the summons or the complaint. Bidders only"
            " hear that the award waits."
        ),
    )


class WithdrawForm(Form):
    """Why a decision that was announced should be taken back."""

    reason = TextAreaField(
        lazy("Reason"),
        [InputRequired(), REASON],
        description=lazy("Every bidder reads this. Say what was wrong with the decision."),
        render_kw={"rows": 6},
    )
    is_sure = BooleanField(
        lazy("I propose to withdraw this decision. Until this is answered nothing is awarded."),
        [InputRequired(message=lazy("Tick the box when you are sure."))],
    )


class AnswerForm(Form):
    """A second person's answer to a proposed withdrawal."""

    answer = RadioField(
        lazy("Your answer"),
        [InputRequired()],
        choices=[
            ("confirm", lazy("I confirm that this decision is withdrawn.")),
            ("refuse", lazy("The decision stands.")),
        ],
    )
    refusal = TextAreaField(
        lazy("Why the decision stands"),
        [Length(max=LONGEST_TEXT)],
        description=lazy("Only when the decision stands. For the file: bidders do not read this."),
        render_kw={"rows": 4},
    )

    def validate_refusal(self, field: TextAreaField) -> None:
        """Only who lets the decision stand has to say why."""
        if self.answer.data == "refuse":
            REASON(self, field)


class ResumeForm(Form):
    """What came of it."""

    outcome = TextAreaField(
        lazy("Outcome"),
        [InputRequired(), REASON],
        description=lazy("For the file: what the court or the complaint desk decided."),
    )
    until = DateField(
        lazy("New last day of the standstill"),
        [Optional()],
        description=lazy("Leave empty to keep the day that was announced. Never earlier than it."),
    )


class AwardForm(Form):
    """The award itself."""

    is_final = BooleanField(
        lazy("I make the award final. The name of the winner becomes public."),
        [InputRequired(message=lazy("Tick the box when you are sure."))],
    )


class CancelForm(Form):
    """Why a challenge stops."""

    reason = TextAreaField(
        lazy("Reason for cancelling"),
        [InputRequired(), REASON],
        description=lazy(
            "Every startup with a draft or a proposal reads this, and it stands on the public page."
        ),
    )
    is_final = BooleanField(
        lazy("I cancel this challenge. This cannot be undone."),
        [InputRequired(message=lazy("Tick the box when you are sure."))],
    )
