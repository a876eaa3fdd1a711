"""The life of a question."""

from sir.kernel.lifecycle import Lifecycle, Move
from sir.questions.models import QuestionState
from sir.questions.rules import before_deadline, has_answer, has_public_text

ASKED = QuestionState.ASKED

IS_READY = (before_deadline, has_public_text, has_answer)

# fmt: off
LIFECYCLE = Lifecycle(
    #     act         from      to                        only if
    Move("publish",  {ASKED},  QuestionState.PUBLISHED,  IS_READY),
    Move("withdraw", {ASKED},  QuestionState.WITHDRAWN),
)
# fmt: on
