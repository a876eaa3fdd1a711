"""The one table of fields: it drives the form, the checks and the printed document."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sir.kernel.i18n import lazy


class Kind(StrEnum):
    """How a field is written."""

    LINE = "line"  # one line
    PROSE = "prose"  # limited Markdown
    LINES = "lines"  # short lines, one below the other


@dataclass(frozen=True)
class Field:
    """One field of the three pages. The label is the heading above it in the document too."""

    key: str
    page: int
    label: Any
    limit: int  # characters; of each line when the kind is LINES
    hint: Any = ""
    kind: Kind = Kind.PROSE
    is_required: bool = True
    count: int = 0  # at most this many lines, when the kind is LINES

    @property
    def rows(self) -> int:
        """How tall its box is on the screen."""
        return self.count + 1 if self.kind is Kind.LINES else max(3, self.limit // 80)


PAGE_TITLES = {1: lazy("The question"), 2: lazy("Taking part"), 3: lazy("Choosing and after")}

FIELDS = (
    # -- page 1: the question ------------------------------------------------------
    Field(
        "title",
        1,
        lazy("Title"),
        80,
        lazy("A name that people remember. Leave abbreviations out."),
        Kind.LINE,
    ),
    Field(
        "question",
        1,
        lazy("The question in one sentence"),
        180,
        lazy("Begin with “How” and end with a question mark: “How can we … so that …?”"),
        Kind.LINE,
    ),
    Field(
        "situation",
        1,
        lazy("What is going on"),
        800,
        lazy(
            "What happens now, and why is that a problem? Describe what you see, not what to buy."
        ),
    ),
    Field(
        "who",
        1,
        lazy("Who it is for"),
        300,
        lazy("Who has the problem, and how many are they? Write at least one number."),
    ),
    Field(
        "tried",
        1,
        lazy("What has been tried"),
        350,
        lazy("What did you try already, and why was that not enough?"),
    ),
    Field(
        "results",
        1,
        lazy("When we are satisfied"),
        130,
        lazy("At most three results you can measure after the residency, one on each line."),
        Kind.LINES,
        count=3,
    ),
    Field(
        "limits",
        1,
        lazy("What you will run into"),
        400,
        lazy("Hard limits: the law, privacy, systems, data. Say what is not negotiable."),
    ),
    Field(
        "out_of_scope",
        1,
        lazy("Outside the question"),
        200,
        lazy("What do you not ask for? This saves startups work."),
        is_required=False,
    ),
    # -- page 2: taking part -------------------------------------------------------
    Field(
        "get",
        2,
        lazy("What you are paid"),
        250,
        lazy("When do you pay which part? The amounts below are printed by themselves."),
    ),
    Field(
        "get_more",
        2,
        lazy("What you get besides"),
        350,
        lazy("A contact person and hours a week, data, a place to test, a mentor."),
    ),
    Field(
        "expect",
        2,
        lazy("What we expect"),
        250,
        lazy("Days a week, presence, a report, a demonstration."),
    ),
    Field(
        "for_whom",
        2,
        lazy("Who we aim at"),
        90,
        lazy("For whom is this meant? Nobody is refused for it. One on each line."),
        Kind.LINES,
        count=5,
    ),
    Field(
        "requirements",
        2,
        lazy("What is required"),
        90,
        lazy("Only what you will refuse a proposal for. Less is better. One on each line."),
        Kind.LINES,
        is_required=False,
        count=5,
    ),
    Field(
        "proposal_note",
        2,
        lazy("Your proposal"),
        250,
        lazy("What do you want to receive, and how is it handed in?"),
    ),
    Field(
        "contact",
        2,
        lazy("Questions"),
        120,
        lazy("Questions go through this platform only. Give a mailbox for trouble with it."),
    ),
    Field(
        "visa",
        2,
        lazy("Good to know"),
        120,
        lazy("Startup visa, travel costs, accessibility of the place."),
        is_required=False,
    ),
    # -- page 3: choosing and after --------------------------------------------------
    Field(
        "method",
        3,
        lazy("How we choose"),
        250,
        lazy("Alone first, then together; what decides when two proposals have the same total."),
    ),
    Field(
        "jury",
        3,
        lazy("The jury"),
        200,
        lazy("The functions are printed from the plan. Say here what happens with an interest."),
    ),
    Field(
        "pitch",
        3,
        lazy("The pitch"),
        200,
        lazy("What is a pitch for, and can it change scores? The numbers are printed."),
        is_required=False,
    ),
    Field(
        "follow_up",
        3,
        lazy("After the pilot"),
        350,
        lazy("Who decides, when, from which budget, and what can come of it: buy, extend or stop."),
    ),
    Field(
        "contract_ip",
        3,
        lazy("Contract and intellectual property"),
        300,
        lazy("Name standard terms with their version. Ideas stay with the startup unless you say."),
    ),
    Field(
        "procedure",
        3,
        lazy("Procedure"),
        200,
        lazy("The legal basis, and the right to stop. This text follows the procedure you choose."),
    ),
    Field(
        "motivation",
        3,
        lazy("Reasons, standstill and complaints"),
        250,
        lazy("Standard text. Change it only when your organisation has its own."),
    ),
    Field(
        "privacy",
        3,
        lazy("Privacy and openness"),
        200,
        lazy("Standard text. Change it only when your organisation has its own."),
    ),
)
FIELDS_BY_KEY = {field.key: field for field in FIELDS}


def fields_of(page: int) -> tuple[Field, ...]:
    """List the fields of a page, in order."""
    return tuple(field for field in FIELDS if field.page == page)


def lines_of(text: str) -> tuple[str, ...]:
    """Split what was written one below the other, without the empty lines and the list marks."""
    lines = (line.strip().removeprefix("- ").strip() for line in text.splitlines())
    return tuple(line for line in lines if line)
