"""What is printed of a proposal: the three A4, the sheets, the receipt and the opening record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from sir.challenges.models import Challenge
from sir.kernel.calendar import AMSTERDAM
from sir.kernel.canonical import canonical, sha256
from sir.kernel.i18n import _, in_language
from sir.kernel.paper import (
    Block,
    Definitions,
    Document,
    Lines,
    PageBreak,
    Part,
    Picture,
    Prose,
    Section,
    Signatures,
    Table,
)
from sir.proposals.models import Opening, PartKind, Proposal, Submission
from sir.proposals.rules import (
    STEP_TITLES,
    Field,
    FieldKind,
    Step,
    asks_price,
    cost_rows,
    fields_of,
    plan_rows,
    price_of,
)

Lang = Literal["nl", "en"]


@dataclass(frozen=True)
class Envelope:
    """One line of the opening record."""

    number: int
    code: str
    bidder: str
    receipt: str
    received_at: datetime
    sha256: str
    pages: Decimal
    is_intact: bool


def exact(at: datetime) -> str:
    """Write an instant to the millisecond, on the Dutch clock and in UTC."""
    wall = at.astimezone(AMSTERDAM)
    return f"{_stamp(wall)} ({wall.tzname()}), {_stamp(at)} UTC"


def _stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M:%S.") + f"{at.microsecond // 1000:03d}"


def lang_of(idea: dict[str, str]) -> Lang:
    """Say in which language a proposal is written."""
    return "en" if idea.get("lang") == "en" else "nl"


def proposal_document(
    idea: dict[str, str],
    challenge: Challenge,
    *,
    reference: str,
    mark: str = "",
    picture: bytes | None = None,
) -> Document:
    """Set the three A4. No name of the bidder stands on them: the jury may have to read blind.

    A picture comes after them on a page of its own. Who counts pages gives none.
    """
    lang = lang_of(idea)
    with in_language(lang):
        title = challenge.terms.title
        if lang == "en" and challenge.terms.title_en:
            title = challenge.terms.title_en
        return Document(
            kind="pages",
            lang=lang,
            title=idea.get("title", ""),
            subtitle=idea.get("one_liner", ""),
            reference=reference,
            mark=mark,
            facts=((_("Challenge"), title), (_("Asked by"), challenge.buyer.name)),
            blocks=(*_sections(idea, lang), *_picture_page(idea, picture)),
        )


def _picture_page(idea: dict[str, str], picture: bytes | None) -> tuple[Block, ...]:
    if picture is None:
        return ()
    title = str(STEP_TITLES[Step.PICTURE])
    # a draft may have no words for it yet, but the paper must say something
    shown = Picture(picture, idea.get("picture_alt") or title, idea.get("picture_caption", ""))
    return (PageBreak(), Section("picture", title, (shown,)))


def _sections(idea: dict[str, str], lang: Lang) -> Iterable[Section]:
    for step in (Step.IDEA, Step.PLAN, Step.TEAM):
        if step is Step.PLAN and (rows := plan_rows(idea)):
            yield Section("steps", _("Plan in steps"), (_plan_table(rows, lang),))
        for field in fields_of(step):
            text = idea.get(field.key, "")
            if text and (field.kind is FieldKind.PROSE or field.key == "stage"):
                yield Section(field.key, str(field.label), (_answer(field, text),))


def _answer(field: Field, text: str) -> Prose:
    return Prose(str(dict(field.choices).get(text, text)) if field.choices else text)


def _plan_table(rows: list[tuple[str, date | None]], lang: Lang) -> Table:
    return Table(
        head=(_("Step"), _("Ready on")),
        rows=tuple(
            (what, format_date(on, "d MMMM y", locale=lang) if on else "–") for what, on in rows
        ),
        widths=(3, 1),
    )


def company_document(company: dict[str, str], *, reference: str, lang: Lang) -> Document:
    """Set the company sheet."""
    with in_language(lang):
        answers = tuple(
            (str(field.label), _("yes") if field.kind is FieldKind.TICK else company[field.key])
            for field in fields_of(Step.COMPANY)
            if company.get(field.key)
        )
        title = str(STEP_TITLES[Step.COMPANY])
        parts: tuple[Block, ...] = (Definitions(answers),) if answers else ()
        return Document("report", lang, title, parts, reference=reference)


def cost_document(cost: dict[str, str], *, reference: str, lang: Lang) -> Document:
    """Set the cost sheet, with its sum."""
    with in_language(lang):
        rows = cost_rows(cost)
        lines = [(what, euro_on_paper(amount, lang)) for what, amount in rows]
        total = sum((amount for _what, amount in rows), Decimal(0))
        lines.append((_("Total, excluding VAT"), euro_on_paper(total, lang)))
        table = Table(
            (_("Item"), _("Amount")), tuple(lines), aligns=("left", "right"), widths=(3, 1)
        )
        note: tuple[Part, ...] = (Prose(cost["cost_note"]),) if cost.get("cost_note") else ()
        blocks: tuple[Block, ...] = (table, *note)
        return Document("report", lang, str(STEP_TITLES[Step.COST]), blocks, reference=reference)


def price_document(price: dict[str, str], *, reference: str, lang: Lang) -> Document:
    """Set the price, with the random number that is in its hash and the hash itself."""
    with in_language(lang):
        amount = price_of(price)
        facts = (
            (_("Price, excluding VAT"), euro_on_paper(amount, lang) if amount is not None else "–"),
            (_("Random number sealed with it"), price.get("salt", "–")),
            (_("SHA-256 of the price"), in_groups(sha256(canonical(price)))),
        )
        title = str(STEP_TITLES[Step.PRICE])
        return Document("report", lang, title, (Definitions(facts),), reference=reference)


def euro_on_paper(amount: Decimal, lang: Lang) -> str:
    """Write an amount to the cent."""
    return format_currency(amount, "EUR", locale=lang)


def receipt_document(submission: Submission, *, lang: Lang, picture: str | None = None) -> Document:
    """Set the receipt: what came in, when to the millisecond, and its fingerprint.

    `picture` is the hash of the picture page, when there is one.
    """
    proposal = submission.proposal
    challenge = proposal.challenge
    with in_language(lang):
        facts = [
            (_("Receipt code"), submission.receipt),
            (_("Received at"), exact(submission.received_at)),
            (_("Challenge"), f"{challenge.terms.title} ({challenge.code})"),
            (_("Asked by"), challenge.buyer.name),
            (_("Bidder"), proposal.bidder.name),
            (_("Proposal"), _("%(code)s, version %(n)s", code=proposal.code, n=submission.number)),
            (_("Handed in by"), submission.by.name),
            (_("Length"), _("%(pages)s A4", pages=_pages(submission.pages, lang))),
            (_("SHA-256 of the content"), in_groups(submission.sha256)),
            (_("Last link of the journal before it"), in_groups(submission.anchor)),
        ]
        if picture:
            facts.append((_("SHA-256 of the picture"), in_groups(picture)))
        if submission.withdrawn_at:
            facts.append((_("Withdrawn at"), exact(submission.withdrawn_at)))
        if submission.replaced_at:
            facts.append((_("Replaced by a newer version at"), exact(submission.replaced_at)))
        explanation = _(
            "This receipt proves that your proposal came in before the deadline, with exactly this "
            "content. It was sealed at once: nobody reads it before two officials open the vault "
            "together after the deadline. Until the deadline you can replace or withdraw it. Keep "
            "this receipt."
        )
        if asks_price(challenge.plan):
            explanation += "\n\n" + _(
                "Your price lies in an envelope of its own. Two people open it together once the "
                "scores of the jury are fixed. In the SHA-256 above it stands by its own SHA-256."
            )
        return Document(
            kind="report",
            lang=lang,
            title=_("Receipt of a proposal"),
            reference=submission.receipt,
            blocks=(Definitions(tuple(facts)), Prose(explanation)),
        )


def opening_record(  # noqa: PLR0913 - a record names all this
    opening: Opening,
    envelopes: Sequence[Envelope],
    *,
    withdrawn: int,
    opened_at: datetime,
    anchor: str,
    lang: Lang,
) -> Document:
    """Set the official record of an opening: who, when, what lay in the vault, with hashes."""
    challenge = opening.challenge
    assert opening.second is not None, "A vault is opened by two."
    assert challenge.closes_at is not None, "A vault has a deadline."
    with in_language(lang):
        facts = (
            (_("Challenge"), f"{challenge.terms.title} ({challenge.code})"),
            (_("Public body"), challenge.buyer.name),
            (_("Closed at"), exact(challenge.closes_at)),
            (_("Opening started at"), exact(opening.first_at)),
            (_("Opened at"), exact(opened_at)),
            (_("Proposals opened"), str(len(envelopes))),
            (_("Withdrawn by the bidder, left sealed"), str(withdrawn)),
            (_("Last link of the vault's journal"), in_groups(anchor)),
        )
        return Document(
            kind="report",
            lang=lang,
            title=_("Record of the opening of the proposals"),
            reference=opening.code,
            blocks=(
                Definitions(facts),
                Section("proposals", _("Proposals"), _listed(envelopes, lang)),
                Section("manner", _("How the vault was opened"), (Lines(_manner()),)),
                Section(
                    "signatures",
                    _("Officials"),
                    (
                        Signatures(
                            (
                                (opening.first.name, _("first official")),
                                (opening.second.name, _("second official")),
                            )
                        ),
                    ),
                ),
            ),
        )


def _listed(envelopes: Sequence[Envelope], lang: Lang) -> tuple[Part, ...]:
    if not envelopes:
        return (Prose(_("No proposal was in the vault.")),)
    overview = Table(
        head=(_("No."), _("Bidder"), _("Received at"), _("A4"), _("Seal")),
        rows=tuple(
            (
                str(envelope.number),
                f"{envelope.bidder}\n{envelope.code}",
                _stamp(envelope.received_at.astimezone(AMSTERDAM)),
                _pages(envelope.pages, lang),
                _("intact") if envelope.is_intact else _("BROKEN: content does not match"),
            )
            for envelope in envelopes
        ),
        aligns=("right", "left", "left", "right", "left"),
        widths=(1, 5, 5, 1, 3),
    )
    hashes = Table(
        head=(_("No."), _("Receipt"), _("SHA-256 of the content")),
        rows=tuple(
            (str(envelope.number), envelope.receipt, in_groups(envelope.sha256))
            for envelope in envelopes
        ),
        aligns=("right", "left", "left"),
        widths=(1, 3, 10),
    )
    return (overview, hashes)


def _manner() -> tuple[str, ...]:
    return (
        _("Two different officials opened it, each in a session of their own."),
        _("Each gave a fresh one-time code; the second within ten minutes of the first."),
        _("No proposal could come in any more: opening and handing in share one lock."),
        _("The numbers of the proposals were drawn by lot."),
    )


def _pages(pages: Decimal, lang: Lang) -> str:
    return format_decimal(pages, "0.0", locale=lang)


def in_groups(digest: str) -> str:
    """Write a hash so that it can be read out and breaks over lines."""
    return " ".join(digest[n : n + 16] for n in range(0, len(digest), 16))


def document_of_part(
    kind: PartKind,
    part: dict[str, str],
    proposal: Proposal,
    *,
    lang: Lang,
    picture: bytes | None = None,
) -> Document:
    """Set one opened part of a proposal; the picture comes with the three A4."""
    if kind is PartKind.COMPANY:
        return company_document(part, reference=proposal.code, lang=lang)
    if kind is PartKind.COST:
        return cost_document(part, reference=proposal.code, lang=lang)
    if kind is PartKind.PRICE:
        return price_document(part, reference=proposal.code, lang=lang)
    return proposal_document(part, proposal.challenge, reference=proposal.code, picture=picture)
