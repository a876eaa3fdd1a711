"""A price is sealed apart: asked where the plan weighs one, and shut when the vault is opened."""

import json
from decimal import Decimal

import pytest
from sqlalchemy import select

from sir.kernel.canonical import canonical, sha256
from sir.kernel.database import db
from sir.kernel.errors import Missing
from sir.notices.models import Letter
from sir.people.models import Role
from sir.proposals.document import proposal_document, receipt_document
from sir.proposals.models import Part, PartKind
from sir.proposals.queries import (
    current_submission,
    draft_of,
    read_draft,
    read_part,
    read_submitted,
)
from sir.proposals.rules import Step, asks_price, shortcomings, steps_of
from sir.proposals.rules.fields import WRITTEN
from sir.proposals.services import Incomplete, save_draft
from sir.workflows.models import PriceFormula
from sir.workflows.rules import plan_content
from tests.makers import FROZEN, NOON, make_challenge, make_plan
from tests.ports.pdftext import text_of
from tests.proposals.story import Official, content, draft, open_vault, submit, withdraw
from tests.proposals.test_views import typed

PRICE = "17.654,32"
AMOUNT = Decimal("17654.32")


def make_priced(formula=PriceFormula.ABSOLUTE):
    """A published challenge whose plan weighs the price."""
    bounds = {"price_floor": Decimal(10_000), "price_ceiling": Decimal(30_000)}
    rules = bounds if formula is PriceFormula.ABSOLUTE else {"no_new_ranking": True}
    plan = make_plan(**FROZEN, price_weight=Decimal(50), price_formula=formula, **rules)
    for row in plan.criteria:
        row.weight /= 2
    return make_challenge(plan=plan)


@pytest.fixture
def vault(app):
    return app.extensions["sir.vault"]


def handed_in(price=PRICE, challenge=None):
    proposal, founder = draft(challenge or make_priced(), price=price)
    return proposal, founder, submit(proposal, founder)


def parts_of(submission):
    return {
        part.kind: part
        for part in db.session.scalars(select(Part).where(Part.submission_id == submission.id))
    }


def test_a_price_is_sealed_in_a_part_of_its_own_and_opens_for_its_bidder(app, vault):
    _proposal, _founder, submission = handed_in()

    assert set(parts_of(submission)) == set(WRITTEN)
    price = read_submitted(submission, PartKind.PRICE, vault)
    assert price["price"] == PRICE
    for kind in set(WRITTEN) - {PartKind.PRICE}:
        assert PRICE not in json.dumps(read_submitted(submission, kind, vault))


def test_the_receipt_covers_the_price_by_a_hash_nobody_can_guess_it_from(app, vault):
    _proposal, _founder, submission = handed_in()
    price = read_submitted(submission, PartKind.PRICE, vault)
    others = {
        kind.value: read_submitted(submission, kind, vault)
        for kind in set(WRITTEN) - {PartKind.PRICE}
    }
    digest = parts_of(submission)[PartKind.PRICE].sha256

    assert submission.sha256 == sha256(canonical({**others, "price": digest}))
    assert digest == sha256(canonical(price))
    assert digest != sha256(canonical({"price": PRICE}))
    assert len(bytes.fromhex(price["salt"])) == 16


def test_two_versions_with_one_price_do_not_look_alike(app, vault):
    proposal, founder, first = handed_in()
    again = content(price=PRICE, title="Nog stiller")
    save_draft(proposal, again, version=1, pages=Decimal(2), by=founder, at=NOON, vault=vault)
    db.session.commit()
    second = submit(proposal, founder, version=2)

    salts = [read_submitted(row, PartKind.PRICE, vault)["salt"] for row in (first, second)]

    assert first.replaced_at is not None
    assert salts[0] != salts[1]
    assert read_submitted(second, PartKind.PRICE, vault)["price"] == PRICE


def test_a_price_opens_at_no_other_place_than_its_own(app, vault):
    challenge = make_priced()
    _proposal, _founder, cheap = handed_in("10.000", challenge)
    _other, _founder, dear = handed_in("30.000", challenge)
    mine, theirs = (parts_of(row)[PartKind.PRICE] for row in (cheap, dear))
    mine.sealed, mine.sha256 = theirs.sealed, theirs.sha256
    db.session.commit()

    with pytest.raises(Exception, match="zegel"):
        read_submitted(cheap, PartKind.PRICE, vault)


@pytest.mark.parametrize(
    ("price", "says"),
    [
        ("", "Vul in: Uw prijs"),
        ("veel", "schrijf een bedrag als"),
        ("12,500.00", "schrijf een bedrag als"),
        ("-5", "schrijf een bedrag als"),
        ("12.500,123", "schrijf een bedrag als"),
    ],
)
def test_without_a_clear_price_nothing_is_handed_in(app, price, says):
    proposal, founder = draft(make_priced(), price=price)

    with pytest.raises(Incomplete) as refusal:
        submit(proposal, founder)

    assert [gap.key for gap in refusal.value.shortcomings] == ["price"]
    assert says in str(refusal.value.shortcomings[0].sentence)
    assert current_submission(proposal) is None


@pytest.mark.parametrize(
    ("formula", "is_right"), [(PriceFormula.ABSOLUTE, True), (PriceFormula.RELATIVE, False)]
)
def test_a_price_of_nothing_is_refused_where_prices_are_compared_with_the_lowest(
    app, formula, is_right
):
    found = shortcomings(content(price="0,00"), make_priced(formula), Decimal(2))

    assert ([gap.key for gap in found] == []) is is_right


def test_the_opening_of_the_proposals_leaves_every_price_shut(app, clock, vault):
    proposal, _founder, submission = handed_in()

    opening = open_vault(proposal.challenge, clock)

    record = text_of(app.extensions["sir.store"].fetch(opening.record_pdf))
    assert opening.count == 1
    assert read_part(proposal, PartKind.COST, vault)
    with pytest.raises(Missing):
        read_part(proposal, PartKind.PRICE, vault)
    assert "VERBROKEN" not in record
    assert "17.654" not in record
    assert parts_of(submission)[PartKind.PRICE].sealed


def test_a_swapped_price_is_seen_at_the_opening_without_opening_it(app, clock):
    proposal, _founder, submission = handed_in()
    parts_of(submission)[PartKind.PRICE].sha256 = "0" * 64
    db.session.commit()

    opening = open_vault(proposal.challenge, clock)

    record = text_of(app.extensions["sir.store"].fetch(opening.record_pdf))
    assert "VERBROKEN" in record


def test_officials_read_everything_but_the_price_and_its_bidder_reads_it(app, visitor, clock):
    proposal, founder, _submission = handed_in()
    officer = Official(Role.OFFICER, proposal.challenge)
    open_vault(proposal.challenge, clock, first=officer)
    path = f"/proposals/{proposal.code}"

    mine = visitor.as_(founder).get(path).text
    paper = visitor.get(f"{path}/papers/price.pdf")
    theirs = visitor.as_(officer.person).get(path).text

    assert "17.654,32" in mine
    assert paper.data.startswith(b"%PDF")
    assert "17.654,32" not in theirs
    assert "Klinkers" in theirs
    assert visitor.get(f"{path}/papers/price.pdf").status_code == 404
    assert visitor.get(f"{path}/papers/cost.pdf").status_code == 200


def test_a_withdrawn_price_stays_in_the_draft_and_goes_in_again(app, vault):
    proposal, founder, submission = handed_in()
    withdraw(proposal, founder, submission.receipt)

    kept = read_draft(proposal, draft_of(proposal), vault)
    again = submit(proposal, founder, version=2)

    assert kept["price"]["price"] == PRICE
    assert read_submitted(again, PartKind.PRICE, vault)["price"] == PRICE


def test_the_page_asks_the_price_keeps_what_is_wrong_and_goes_on_when_it_is_right(app, visitor):
    challenge = make_priced()
    proposal, founder = draft(challenge)
    visitor.as_(founder)
    path = f"/proposals/{proposal.code}/edit/price"

    assert "Noem uw prijs niet op een andere pagina" in visitor.get(path).text
    wrong = visitor.hand_in(path, version=1, price="zeven")
    right = visitor.hand_in(path, version=2, **typed(Step.PRICE, price="€ 12.500,00"))

    assert wrong.status_code == 422
    assert 'value="zeven"' in wrong.text
    assert right.location.endswith("/submit")
    assert "excluding VAT" in visitor.get(f"/en{path}").text
    answer = visitor.hand_in(f"/proposals/{proposal.code}/submit", version=3, has_declared="y")
    assert answer.status_code == 302
    assert "12.500" in visitor.get(f"/proposals/{proposal.code}").text


def test_neither_the_three_a4_nor_letter_nor_receipt_name_the_price(app, vault):
    proposal, _founder, submission = handed_in()
    idea = read_submitted(submission, PartKind.IDEA, vault)

    assert PRICE not in repr(proposal_document(idea, proposal.challenge, reference="x"))
    receipt = repr(receipt_document(submission, lang="nl"))
    assert "Uw prijs ligt in een eigen envelop" in receipt
    assert PRICE not in receipt
    assert all(PRICE not in str(letter.words) for letter in db.session.scalars(select(Letter)))


def test_a_plan_without_a_price_asks_none_and_its_receipt_is_what_it_was(app, visitor, vault):
    challenge = make_challenge()
    proposal, founder = draft(challenge)
    submission = submit(proposal, founder)

    assert not asks_price(challenge.plan)
    assert Step.PRICE not in steps_of(challenge.plan)
    assert submission.sha256 == sha256(canonical(content())) == draft_of(proposal).sha256
    assert PartKind.PRICE not in parts_of(submission)
    visitor.as_(founder)
    assert visitor.get(f"/proposals/{proposal.code}/edit/price").status_code == 404
    assert visitor.get(f"/proposals/{proposal.code}/papers/price.pdf").status_code == 404
    assert "eigen envelop" not in repr(receipt_document(submission, lang="nl"))
    assert plan_content(challenge.plan)["price_weight"] is None
