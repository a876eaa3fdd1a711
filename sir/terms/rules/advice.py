"""Friendly advice while writing. It never stops anybody."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sir.kernel.i18n import lazy
from sir.terms.models import Terms
from sir.terms.rules.fields import FIELDS_BY_KEY

# Words that describe a solution where the problem should stand, by how a word begins.
SOLUTION_WORDS = (
    "app", "apps", "applicatie", "platform", "blockchain", "dashboard", "website", "portaal",
    "portal", "chatbot", "tool", "tooling", "software", "algoritme", "algorithm", "drone",
    "drones", "sensor", "sensoren", "sensors", "api", "database", "ai", "kunstmatige intelligentie",
    "artificial intelligence", "machine learning", "digital twin", "robot",
)  # fmt: skip
_WORDS = re.compile(rf"\b(?:{'|'.join(map(re.escape, SOLUTION_WORDS))})\b", re.IGNORECASE)
_PROBLEM_FIELDS = ("title", "question", "situation", "who")

CHECKLIST = (
    lazy("Could somebody solve this in a way you never thought of?"),
    lazy("Does the text say who has the problem, and how many they are?"),
    lazy("Would a colleague from another organisation understand every word?"),
    lazy("Can you measure after the residency whether it worked?"),
    lazy("Do you know who decides after the pilot, and from which budget?"),
)


@dataclass(frozen=True)
class Advice:
    """Something to think about, and where."""

    step: str
    field: str
    sentence: Any
    lang: str = "nl"


def solution_words(text: str) -> list[str]:
    """Find the words that describe a solution rather than a problem, each once, in order."""
    found = (match.group().lower() for match in _WORDS.finditer(text))
    return list(dict.fromkeys(found))


def text_advice(terms: Terms) -> list[Advice]:
    """Point at solutions that crept into the problem."""
    advice = []
    for lang, texts in (("nl", terms.text_nl), ("en", terms.text_en if terms.has_english else {})):
        for key in _PROBLEM_FIELDS:
            words = solution_words(str(texts.get(key, "")))
            if words:
                sentence = lazy(
                    "“%(label)s” names a solution (%(words)s). Can you describe the problem alone?",
                    label=FIELDS_BY_KEY[key].label,
                    words=", ".join(words),
                )
                advice.append(Advice("1", key, sentence, lang))
    return advice
