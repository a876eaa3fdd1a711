"""A bidder's letter on paper, as data: the same document makes the page, the preview and the PDF.

What people typed (names, titles) stands in titles, tables and definitions, where it stays text;
running text holds our own sentences and the prose that jury and officials wrote.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Literal

from flask_babel import format_currency, format_date, format_decimal

from sir.decisions.models import Decision, DecisionLetter, DecisionState, Outcome
from sir.decisions.rules import stood_higher
from sir.kernel.calendar import STANDSTILL_DAYS, local_day, standstill_end
from sir.kernel.i18n import _, in_language, ngettext
from sir.kernel.paper import (
    Align,
    Block,
    Definitions,
    Document,
    Heading,
    Part,
    Prose,
    Section,
    Table,
)

COMPLAINTS = "https://www.commissievanaanbestedingsexperts.nl"

_INSTANT = timedelta(microseconds=1)


def last_day(ends_at: datetime) -> date:
    """Give the last day of a standstill that ends at this instant."""
    return local_day(ends_at - _INSTANT)


def title_of(letter: DecisionLetter) -> str:
    """Give the challenge's title in the letter's language."""
    terms = letter.challenge.terms
    return (terms.title_en if letter.lang == "en" else "") or terms.title


def written_day(day: date) -> str:
    """Write a day in full: "dinsdag 2 februari 2027"."""
    return str(format_date(day, "EEEE d MMMM y"))


def letter_document(letter: DecisionLetter, *, at: datetime, signed_by: str = "") -> Document:
    """Compose the letter as it reads when it is sent at this moment, signed by this person."""
    decision, challenge, bidder = letter.decision, letter.challenge, letter.proposal.bidder
    lang: Literal["nl", "en"] = "en" if letter.lang == "en" else "nl"
    with in_language(lang):
        return Document(
            kind="letter",
            lang=lang,
            title=_("Our decision on your proposal: %(title)s", title=title_of(letter)),
            blocks=tuple(_blocks(letter, at, signed_by)),
            reference=letter.code,
            author=challenge.buyer.name,
            mark=_("Concept") if decision.state is DecisionState.DRAFT else "",
            facts=(
                (_("Date"), str(format_date(local_day(at), "d MMMM y"))),
                (_("Our reference"), letter.code),
                (_("Challenge"), challenge.code),
                (_("Your proposal"), letter.proposal.code),
            ),
            sender=tuple(
                line
                for line in (challenge.buyer.name, challenge.buyer.city, challenge.buyer.email)
                if line
            ),
            addressee=tuple(line for line in (bidder.name, bidder.city) if line),
        )


def _blocks(letter: DecisionLetter, at: datetime, signed_by: str) -> Iterator[Block]:
    content = letter.content
    yield Prose(
        _("Dear bidder,")
        + "\n\n"
        + _(
            "You handed in a proposal for this challenge. In this letter you read what we decided"
            " and why. We send a letter like this to everyone who handed in a proposal, at the"
            " same moment."
        )
    )
    if (earlier := letter.decision.replaces) is not None:
        yield Prose(_replaced(earlier))
    yield Section("decision", _("Our decision"), tuple(_decision(letter)))
    if letter.outcome is Outcome.INADMISSIBLE:
        parts: tuple[Part, ...] = (Prose(content["reason"]),)
        yield Section("reason", _("Why we did not assess your proposal"), parts)
    else:
        yield Section("scores", _("The scores"), tuple(_scores(letter)))
        yield Section("reasons", _("Our reasons per criterion"), tuple(_reasons(letter)))
    if letter.outcome is Outcome.REJECTED and not stood_higher(letter):
        yield Section(
            "advantages", _("Why the chosen proposal is better"), tuple(_advantages(letter))
        )
    if letter.closing.strip():
        yield Prose(letter.closing)
    ends_at = letter.decision.standstill_ends_at or standstill_end(at)
    yield Section("standstill", _("What happens now"), (Prose(_standstill(letter, ends_at)),))
    yield Section("remedies", _("If you do not agree"), (Prose(_remedies(ends_at)), _desk(letter)))
    behalf = _("on behalf of %(buyer)s", buyer=letter.challenge.buyer.name)
    signature = f"{signed_by},\n{behalf}" if signed_by else letter.challenge.buyer.name
    # one row of one list, so that a page never begins with a name alone
    yield Definitions(((_("Yours sincerely,"), signature),))


def _replaced(earlier: Decision) -> str:
    """Say which decision this one takes the place of; the times are there once it was sent."""
    sent, withdrawn = earlier.notified_at, earlier.withdrawn_at
    assert sent is not None, "Only what was sent is withdrawn."
    assert withdrawn is not None, "Only what was withdrawn is replaced."
    return _(
        "This decision takes the place of our decision of %(sent)s, which we withdrew on"
        " %(withdrawn)s. Our letter about that decision no longer counts.",
        sent=format_date(local_day(sent), "d MMMM y"),
        withdrawn=format_date(local_day(withdrawn), "d MMMM y"),
    )


def winners_of(letter: DecisionLetter) -> list[DecisionLetter]:
    """List the letters of the chosen proposals, best first."""
    return [row for row in letter.decision.letters if row.outcome is Outcome.SELECTED]


def _decision(letter: DecisionLetter) -> Iterator[Part]:
    content = letter.content
    if letter.outcome is Outcome.SELECTED:
        yield Prose(_("We have chosen your proposal. Congratulations."))
    elif letter.outcome is Outcome.REJECTED:
        yield Prose(_("We have not chosen your proposal."))
    else:
        yield Prose(_("We have not assessed your proposal, because it could not take part."))
    facts = [(_("Challenge"), title_of(letter))]
    if letter.outcome is not Outcome.INADMISSIBLE:
        facts.append((_("Your total score"), _of_hundred(content["total"])))
        facts.append((_("Your place"), _place(letter)))
    if price := content.get("price"):
        facts.append((_("Your price, excluding VAT"), _euro(price["amount"])))
    facts.extend(
        (_("Chosen"), f"{winner.proposal.bidder.name} ({_of_hundred(winner.content['total'])})")
        for winner in winners_of(letter)
        if winner is not letter
    )
    facts.append((_("Proposals received"), str(content["received"])))
    call = content.get("call")
    if call:
        facts.append((_("Call"), call["name"]))
    if call and call["wins"]:
        facts.append((_("What you win in this call"), call["wins"]))
    yield Definitions(tuple(facts))
    if call and letter.outcome is not Outcome.INADMISSIBLE:
        yield Prose(_in_call(letter, call["passed"]))
    if content["below"]:
        yield Prose(
            _("Your proposal stayed below a published minimum, so it could not be chosen:")
            + "".join(
                f"\n- {_below(row['name'], row['points'], row['minimum'])}"
                for row in content["below"]
            )
        )


def _in_call(letter: DecisionLetter, passed: int) -> str:
    """Say what the published rule of the call did here, without a name that somebody typed."""
    rule = _("In this call a startup wins at most one challenge, as was published.")
    if stood_higher(letter) and letter.content["call"]["is_kept"]:
        what = _(
            "You stood high enough for this challenge too. You had won another challenge of the"
            " call already, and that stays yours. So the next in rank wins this challenge."
        )
    elif stood_higher(letter):
        what = _(
            "You stood high enough for this challenge too. You win the one that you put higher"
            " yourself or, without an order of your own, the one for which your proposal came in"
            " first. So the next in rank wins this challenge."
        )
    elif passed and letter.outcome is Outcome.SELECTED:
        what = ngettext(
            "%(num)d proposal that stood higher wins another challenge of the call, so you are"
            " the next in rank.",
            "%(num)d proposals that stood higher win another challenge of the call, so you are"
            " the next in rank.",
            passed,
        )
    elif passed:
        what = ngettext(
            "%(num)d proposal that stood high enough wins another challenge of the call, so the"
            " next in rank wins this one.",
            "%(num)d proposals that stood high enough win another challenge of the call, so the"
            " next in rank wins this one.",
            passed,
        )
    else:
        what = _("For this challenge that changed nothing.")
    return f"{rule} {what}"


def _below(name: str, points: str, minimum: str) -> str:
    sentence = _(
        "%(criterion)s: %(points)s, the minimum is %(minimum)s",
        criterion=name or _("Total score"),
        points=_number(points),
        minimum=_number(minimum),
    )
    return str(sentence)


def _place(letter: DecisionLetter) -> str:
    if letter.rank is None:
        return str(_("not ranked"))
    place = str(_("%(rank)s of %(count)s", rank=letter.rank, count=letter.content["ranked"]))
    how = letter.content["decided_by"]
    if how in {None, "score"}:
        return place
    if how == "lot":
        return str(_("%(place)s (equal score; the published lot decided)", place=place))
    names = {row["key"]: row["name"] for row in letter.content["criteria"]}
    sentence = _(
        "%(place)s (equal score; the published order of criteria decided, on: %(criterion)s)",
        place=place,
        criterion=names[how],
    )
    return str(sentence)


def _scores(letter: DecisionLetter) -> Iterator[Part]:
    others = winners_of(letter) if letter.outcome is Outcome.REJECTED else []
    points = [{row["key"]: row["points"] for row in other.content["criteria"]} for other in others]
    rows = [
        (
            row["name"],
            f"{_number(row['weight'])}%",
            _(
                "%(points)s of %(maximum)s",
                points=_number(row["points"]),
                maximum=_number(row["maximum"]),
            ),
            *(_number(theirs[row["key"]]) for theirs in points),
        )
        for row in letter.content["criteria"]
    ]
    if price := letter.content.get("price"):
        rows.append(
            (
                _("Price"),
                f"{_number(price['weight'])}%",
                _priced(price),
                *(_priced(other.content["price"]) for other in others),
            )
        )
    rows.append(
        (
            _("Total score"),
            "100%",
            _total(letter.content["total"]),
            *(_total(other.content["total"]) for other in others),
        )
    )
    right: Align = "right"
    yield Table(
        head=(
            _("Criterion"),
            _("Weight"),
            _("Your score"),
            *(other.proposal.bidder.name for other in others),
        ),
        rows=tuple(rows),
        aligns=("left", right, right, *(right for _other in others)),
    )


def _priced(price: dict[str, str]) -> str:
    """Write what a price got: that and its amount are characteristics of the chosen proposal."""
    return str(
        _(
            "%(points)s of %(maximum)s",
            points=_total(price["points"]),
            maximum=_number(price["weight"]),
        )
    )


def _euro(amount: str) -> str:
    return str(format_currency(Decimal(amount), "EUR"))


def _reasons(letter: DecisionLetter) -> Iterator[Part]:
    for row in letter.content["criteria"]:
        score = _(
            "%(points)s of %(maximum)s",
            points=_number(row["points"]),
            maximum=_number(row["maximum"]),
        )
        label = f" ({row['level']})" if row["level"] else ""
        yield Heading(f"{row['name']}: {score}{label}", level=2)
        yield Prose(row["reason"])
        above = row["above"]
        if above:
            yield Prose(
                _(
                    "The next level on the published scale is %(points)s (%(level)s). It asks:"
                    " “%(anchor)s”",
                    points=_number(above["points"]),
                    level=above["level"],
                    anchor=above["anchor"],
                )
            )


def _advantages(letter: DecisionLetter) -> Iterator[Part]:
    yield Prose(
        _(
            "Compared with your proposal, the chosen proposal has these characteristics and"
            " advantages. Business secrets are left out."
        )
    )
    for winner in winners_of(letter):
        yield Heading(winner.proposal.bidder.name, level=2)
        yield Prose(winner.advantages)


def _standstill(letter: DecisionLetter, ends_at: datetime) -> str:
    days = {"days": STANDSTILL_DAYS, "last": written_day(last_day(ends_at))}
    wait = _(
        "We wait %(days)s calendar days before we make the award final: the standstill period. It"
        " begins on the day after this letter and runs until and including %(last)s.",
        **days,
    )
    if letter.outcome is Outcome.SELECTED:
        more = _(
            "Until then nobody can derive rights from this letter; there is no agreement yet. If"
            " nobody goes to court in that time, we make the award final and invite you to plan"
            " the residency with us."
        )
    else:
        more = _(
            "If nobody goes to court in that time, we may make the award final from the day after."
        )
    return f"{wait}\n\n{more}"


def _remedies(ends_at: datetime) -> str:
    return "\n\n".join(
        (
            _(
                "You can ask the civil court to look at this decision in summary proceedings"
                " (kort geding). Let the summons be served on us no later than %(last)s. If you"
                " are in time, we do not award before the judgment. An objection (bezwaar) under"
                " the General Administrative Law Act is not possible.",
                last=written_day(last_day(ends_at)),
            ),
            _(
                "You can also ask us for an explanation or file a complaint at our complaint desk."
                " That does not stop the standstill period, unless we tell you so. After our"
                " answer you can turn to the [Committee of Tender Experts](%(url)s).",
                url=COMPLAINTS,
            ),
        )
    )


def _desk(letter: DecisionLetter) -> Definitions:
    buyer = letter.challenge.buyer
    pairs = [(_("Complaint desk"), buyer.name)]
    if buyer.email:
        pairs.append((_("E-mail"), buyer.email))
    pairs.append((_("Mention"), letter.code))
    return Definitions(tuple(pairs))


def _of_hundred(total: str) -> str:
    return str(_("%(points)s of 100 points", points=_total(total)))


def _total(value: str) -> str:
    """Write a total with the decimals that were published."""
    total = Decimal(value)
    decimals = -int(total.as_tuple().exponent)
    return str(format_decimal(total, "0" + "." * bool(decimals) + "0" * decimals))


def _number(value: str) -> str:
    return str(format_decimal(Decimal(value), "#,##0.##########"))
