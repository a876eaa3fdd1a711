"""An outcome in plain sentences: who leads twice, who wanted what, and why each winner wins."""

from __future__ import annotations

from collections.abc import Sequence

from sir.calls.queries import Gathered
from sir.calls.rules.market import Contest, Market, Outcome, leads_twice, reasons
from sir.calls.views.base import title_of
from sir.jury.rules.ranking import Place
from sir.kernel.i18n import _


def twice(gathered: Gathered) -> list[str]:
    """Say where a startup stands high enough more than once."""
    return [
        _(
            "%(startup)s stands high enough in %(challenges)s.",
            startup=gathered.bidders[name].name,
            challenges=_quoted(gathered, codes),
        )
        for name, codes in sorted(leads_twice(gathered.market).items())
    ]


def orders(gathered: Gathered) -> list[tuple[str, str, bool]]:
    """Give what each startup with more entries wants, and whether it said so itself."""
    return [
        (
            gathered.bidders[name].name,
            "; ".join(f"{n}. {title_of(gathered.challenges[c])}" for n, c in enumerate(codes, 1)),
            name in gathered.own,
        )
        for name, codes in sorted(gathered.market.wishes.items())
        if len(codes) > 1
    ]


Row = tuple[str, str, Place | None, str]  # challenge, winner, place, why


def told(gathered: Gathered, market: Market, outcome: Outcome) -> list[Row]:
    """Tell an outcome row by row: the challenge, the winner, its place, and why."""
    rows: list[Row] = []
    for why in reasons(market, outcome):
        sentences = [_why_here(gathered, why.startup, why.contest, why.also)] if why.also else []
        if why.ahead:
            sentences.append(_why_next(gathered, why.startup, why.ahead))
        rows.append(
            (
                title_of(gathered.challenges[why.contest]),
                gathered.bidders[why.startup].name,
                gathered.places.get((why.contest, why.startup)),
                " ".join(sentences)
                or _(
                    "%(startup)s stands high enough here, and nowhere else.",
                    startup=gathered.bidders[why.startup].name,
                ),
            )
        )
    filled = set(outcome.wins.values())
    empty = [row for row in market.contests if row.code not in filled]
    return [
        *rows,
        *((title_of(gathered.challenges[row.code]), "–", None, _nobody(row)) for row in empty),
    ]


def _nobody(contest: Contest) -> str:
    if contest.order:
        return str(_("Whoever passes the minimums wins another challenge."))
    return str(_("Nobody passes the published minimums."))


def _why_here(gathered: Gathered, startup: str, contest: str, also: Sequence[str]) -> str:
    words = {
        "startup": gathered.bidders[startup].name,
        "here": title_of(gathered.challenges[contest]),
        "others": _quoted(gathered, also),
    }
    if startup in gathered.own:
        return str(
            _(
                "%(startup)s also stands high enough in %(others)s; it put “%(here)s” first.",
                **words,
            )
        )
    return str(
        _(
            "%(startup)s also stands high enough in %(others)s; it gave no order, and its proposal"
            " for “%(here)s” came in first.",
            **words,
        )
    )


def _why_next(gathered: Gathered, startup: str, ahead: Sequence[tuple[str, str]]) -> str:
    others = _listed(
        [
            _(
                "%(startup)s (wins “%(title)s”)",
                startup=gathered.bidders[name].name,
                title=title_of(gathered.challenges[code]),
            )
            for name, code in ahead
        ]
    )
    return str(
        _(
            "Above it stood %(others)s, so the next in rank wins: %(startup)s.",
            others=others,
            startup=gathered.bidders[startup].name,
        )
    )


def _quoted(gathered: Gathered, codes: Sequence[str]) -> str:
    return _listed([f"“{title_of(gathered.challenges[code])}”" for code in codes])


def _listed(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} {_('and')} {names[-1]}"
