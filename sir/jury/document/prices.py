"""The official record of the opening of the prices, as data for the press."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sir.jury.document.names import numbered_name
from sir.jury.models import OpenedPrice
from sir.kernel.i18n import _, in_language
from sir.kernel.paper import Definitions, Document, Lines, Part, Prose, Section, Signatures, Table
from sir.proposals.document import euro_on_paper, exact, in_groups
from sir.proposals.models import Opening


def price_record(
    opening: Opening, prices: Sequence[OpenedPrice], *, lang: Literal["nl", "en"]
) -> Document:
    """Set the record: who opened when, and what every envelope said. It names no bidder."""
    challenge = opening.challenge
    assert opening.second is not None, "Prices are opened by two."
    assert opening.second_at is not None, "Prices are opened by two."
    with in_language(lang):
        facts = (
            (_("Challenge"), f"{challenge.terms.title} ({challenge.code})"),
            (_("Public body"), challenge.buyer.name),
            (_("Round"), str(opening.round_number)),
            (_("Opening started at"), exact(opening.first_at)),
            (_("Prices opened at"), exact(opening.second_at)),
            (_("Prices opened"), str(len(prices))),
            (_("Fingerprint of the plan"), challenge.plan.sha256 or "–"),
        )
        manner = (
            _("The scores of the jury were fixed before, and do not change any more."),
            _("Two different people opened them, each in a session of their own."),
            _("Each gave a fresh one-time code; the second within ten minutes of the first."),
            _("Every price lay in an envelope of its own. Its hash stands in that of the receipt."),
        )
        signing = (
            (opening.first.name, _("turned the first key")),
            (opening.second.name, _("turned the second key")),
        )
        return Document(
            kind="report",
            lang=lang,
            title=_("Record of the opening of the prices"),
            reference=opening.code,
            author=challenge.buyer.name,
            blocks=(
                Definitions(facts),
                Section("prices", _("Prices, excluding VAT"), _listed(prices, lang)),
                Section("manner", _("How the prices were opened"), (Lines(manner),)),
                Section("signatures", _("Who opened them"), (Signatures(signing),)),
            ),
        )


def _listed(prices: Sequence[OpenedPrice], lang: Literal["nl", "en"]) -> tuple[Part, ...]:
    if not prices:
        return (Prose(_("No price was in the vault.")),)
    amounts = tuple(
        (
            numbered_name(row.proposal.number, None),
            _("BROKEN SEAL") if row.amount is None else euro_on_paper(row.amount, lang),
        )
        for row in prices
    )
    hashes = tuple(
        (str(row.proposal.number), row.receipt, in_groups(row.sha256) or "–") for row in prices
    )
    return (
        Table((_("Proposal"), _("Price")), amounts, aligns=("left", "right"), widths=(3, 1)),
        Table(
            (_("No."), _("Receipt"), _("SHA-256 of the price")),
            hashes,
            aligns=("right", "left", "left"),
            widths=(1, 3, 10),
        ),
    )
