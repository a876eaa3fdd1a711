"""What the jury room accepts from a person."""

from sir.jury.forms.advice import advice_form, remarks_in
from sir.jury.forms.calibration import CloseForm, ExampleForm
from sir.jury.forms.candidates import AnswerForm, CandidateForm
from sir.jury.forms.common import ActForm, ReasonForm
from sir.jury.forms.conflicts import (
    LateTieForm,
    MeasureForm,
    RecogniseForm,
    VerdictForm,
    ties_form,
    ties_in,
)
from sir.jury.forms.consensus import ItemForm
from sir.jury.forms.inquiries import InquiryForm, ReplyForm
from sir.jury.forms.outcome import LotForm, RankForm, SignForm
from sir.jury.forms.pitches import (
    ConfirmForm,
    ExtraForm,
    SlotsForm,
    blocked_form,
    heard_in,
    minutes_form,
    move_form,
    present_form,
    stored_minutes,
)
from sir.jury.forms.registers import KINDS, InterestForm, SignRegisterForm
from sir.jury.forms.rounds import OpenRoundForm, ReassessForm
from sir.jury.forms.seats import InviteForm
from sir.jury.forms.second import second_form, second_marks_in, shown_second
from sir.jury.forms.sheets import (
    TakeBackForm,
    criterion_form,
    criterion_name,
    filled_in,
    sheet_form,
)

__all__ = [
    "KINDS",
    "ActForm",
    "AnswerForm",
    "CandidateForm",
    "CloseForm",
    "ConfirmForm",
    "ExampleForm",
    "ExtraForm",
    "InquiryForm",
    "InterestForm",
    "InviteForm",
    "ItemForm",
    "LateTieForm",
    "LotForm",
    "MeasureForm",
    "OpenRoundForm",
    "RankForm",
    "ReasonForm",
    "ReassessForm",
    "RecogniseForm",
    "ReplyForm",
    "SignForm",
    "SignRegisterForm",
    "SlotsForm",
    "TakeBackForm",
    "VerdictForm",
    "advice_form",
    "blocked_form",
    "criterion_form",
    "criterion_name",
    "filled_in",
    "heard_in",
    "minutes_form",
    "move_form",
    "present_form",
    "remarks_in",
    "second_form",
    "second_marks_in",
    "sheet_form",
    "shown_second",
    "stored_minutes",
    "ties_form",
    "ties_in",
]
