"""What the people in the measured house wrote: full length, and a little different each time."""

from __future__ import annotations

from typing import Any

from sir.commands.demo.ideas import IDEAS
from sir.commands.demo.texts_state import LETTERS
from sir.proposals.rules import Content
from sir.terms.models import Procedure
from sir.terms.rules import FIELDS, standard_texts

REASON = (
    "Het voorstel onderbouwt dit met gesprekken, een proef van elf weken en een helder plan. "
    "De jury ziet de risico's benoemd en weet wie ze opvangt. "
)


def terms_of(number: int) -> dict[str, Any]:
    """Give the text columns of a challenge's terms."""
    standard = standard_texts("nl", Procedure.NATIONAL_OPEN)
    given = {
        field.key: _text(LETTERS.get(field.key, standard.get(field.key, ""))) for field in FIELDS
    }
    given["title"] = f"{LETTERS['title']} {number:02d}"
    return {
        "text_nl": given,
        "text_en": {},
        "title": given["title"],
        "question": given["question"],
        "search_text": " ".join(given.values()).lower(),
    }


def content_of(number: int) -> Content:
    """Give a whole proposal, complete enough to hand in."""
    idea = IDEAS["letters", "klare"]
    steps = {f"step{n}": text for n, text in enumerate(idea["steps"][:5], 1)}
    dates = {f"step{n}_on": f"2027-0{n + 2}-01" for n in range(1, len(steps) + 1)}
    return {
        "idea": {
            "lang": "nl",
            "title": f"Een lezer in de kantlijn {number:04d}",
            "one_liner": idea["one_liner"],
            "solution": idea["solution"],
            "novelty": idea["new"],
            "users": idea["users"],
            **steps,
            **dates,
            "needs": idea["needs"],
            "risks": idea["risks"],
            "success": idea["measure"],
            "team": idea["team"],
            "stage": "live",
            "stage_note": idea["product"],
            "after": idea["after"],
        },
        "company": {
            "name": f"Startup {number:04d}",
            "kvk": "01234567",
            "founded": "2023",
            "fte": "4,5",
            "contact": "Samira de Boer",
            "email": "samira@startup.example",
            "signatory": "Samira de Boer, directeur",
            "declares": "yes",
        },
        "cost": {"cost1": "Uren van het team", "cost1_amount": "21.500"},
    }


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "\n".join(value)
