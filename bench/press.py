"""How long it takes to count the pages of a full three A4, beside bare Typst on the same paper."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from typing import Any

import typst

from sir.kernel.paper import (
    Definitions,
    Document,
    Lines,
    PageBreak,
    Prose,
    Section,
    Table,
    as_data,
)
from sir.ports.press import TypstPress
from sir.ports.press.setting import FONTS, TEMPLATES
from sir.ports.press.typefaces import typefaces

GOAL_MS = 150.0
"""The 95th percentile of one measurement, on the server."""

OWN_FACTOR, OWN_MS = 1.5, 10.0
"""Our part: no more than this times bare Typst, and this on top."""

_SENTENCE = (
    "Veel inwoners bellen omdat ze een brief van de overheid niet begrijpen; "
    "versie {number} van deze zin kost hun tijd en zorgen, en ons telefoontjes. "
)


def full_document(number: int) -> Document:
    """Three full A4, with other words for each number, so that Typst remembers nothing."""
    sentence = _SENTENCE.format(number=number)
    text = f"**Let op.** {sentence * 3}\n\n" * 3
    lines = tuple(f"Doel {line}: {sentence}"[:90] for line in range(5))
    page = (
        Section("text", "Wat is er aan de hand", (Prose(text),)),
        Section("lines", "Voor wie", (Lines(lines), Prose(sentence * 2))),
        Section(
            "table",
            "Waarop wij kiezen",
            (
                Table(
                    ("Criterium", "Waar wij op letten", "Weging"),
                    tuple((f"Criterium {row}", sentence, "20") for row in range(5)),
                    ("left", "left", "right"),
                    (3, 7, 1),
                ),
                Definitions((("Vergoeding", "€ 12.500,00"), ("Aantal", "3"))),
            ),
        ),
    )
    return Document(
        "pages",
        "nl",
        f"Brieven die iedereen begrijpt {number}",
        (*page, PageBreak(), *page, PageBreak(), *page),
        reference="SIR-2026-007",
    )


def measure_press(runs: int = 60) -> dict[str, Any]:
    """Measure warm: each run is a new text. Times in milliseconds; is_fast judges both goals."""
    press = TypstPress()
    pages = {press.measure(full_document(number)).pages for number in range(-3, 0)}
    # Taken in turns, so that a busy moment of the machine falls on both.
    ours, bare = [], []
    for number in range(runs):
        ours.append(_ms(press.measure, full_document(2 * number)))
        bare.append(_ms(_bare_typst, _prepared(full_document(2 * number + 1))))
    measured, raw = _p95(ours), _p95(bare)
    return {
        "pages": sorted(pages),
        "runs": runs,
        "measure_median_ms": round(statistics.median(ours), 1),
        "measure_p95_ms": round(measured, 1),
        "typst_median_ms": round(statistics.median(bare), 1),
        "typst_p95_ms": round(raw, 1),
        "goal_ms": GOAL_MS,
        "bound_ms": round(OWN_FACTOR * raw + OWN_MS, 1),
        "is_fast": measured < GOAL_MS and measured <= OWN_FACTOR * raw + OWN_MS,
    }


def _prepared(document: Document) -> dict[str, str]:
    case = typefaces(FONTS)
    return {"document": json.dumps(as_data(document)), "families": json.dumps(case.families)}


def _bare_typst(inputs: dict[str, str]) -> None:
    compiler = typst.Compiler(
        TEMPLATES / "pages.typ",
        root=TEMPLATES,
        font_paths=typefaces(FONTS).fonts,
        ignore_system_fonts=True,
        sys_inputs=inputs,
    )
    compiler.compile(format="pdf")


def _ms(act: Callable[[Any], object], subject: Any) -> float:
    start = time.perf_counter()
    act(subject)
    return (time.perf_counter() - start) * 1000


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


if __name__ == "__main__":
    print(json.dumps(measure_press(), indent=2))
