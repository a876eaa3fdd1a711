"""What everybody reads: the list, a challenge, its paper and its data."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import event

from sir.challenges.models import ChallengeState, Theme
from sir.challenges.queries import PAGE_SIZE, Order, Show, Wish, published_challenges
from sir.challenges.rules import Phase, phase
from sir.kernel.database import db
from sir.kernel.transaction import transaction
from sir.terms.models import Terms
from tests.challenges.story import DATES, Story
from tests.makers import NOON, make_challenge, make_organisation, save

CLOSES = DATES["closes_at"]


def public(title="Stille straten", **given):
    terms = save(
        Terms(
            title=title,
            question="Hoe?",
            search_text=f"{title} gemeente".lower(),
            text_nl={"title": title, "question": "Hoe?"},
        )
    )
    return make_challenge(terms=terms, **given)


def titles(at=NOON, **wish):
    return [row.terms.title for row in published_challenges(Wish(**wish), at).challenges]


@pytest.fixture
def statements(app):
    seen = []
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", lambda *parts: seen.append(parts[2]), named=False)
    return seen


@pytest.mark.parametrize(
    ("state", "closes_in", "show"),
    [
        (ChallengeState.PUBLISHED, timedelta(microseconds=1), Show.OPEN),
        (ChallengeState.PUBLISHED, timedelta(0), Show.JUDGING),
        (ChallengeState.PUBLISHED, timedelta(days=-1), Show.JUDGING),
        (ChallengeState.OPENED, timedelta(days=-1), Show.JUDGING),
        (ChallengeState.NOTIFIED, timedelta(days=-1), Show.JUDGING),
        (ChallengeState.AWARDED, timedelta(days=-1), Show.DONE),
        (ChallengeState.CANCELLED, timedelta(days=1), Show.DONE),
    ],
)
def test_the_list_and_the_clock_agree(app, state, closes_in, show):
    challenge = public(state=state, closes_at=NOON + closes_in)

    found = {kind: bool(titles(show=kind)) for kind in (Show.OPEN, Show.JUDGING, Show.DONE)}

    assert found == {kind: kind is show for kind in found}
    assert titles(show=Show.ALL) == ["Stille straten"]
    is_open = phase(challenge, NOON) in {Phase.QUESTIONS, Phase.PROPOSALS}
    assert is_open is (show is Show.OPEN)


@pytest.mark.parametrize(
    "state", [ChallengeState.DRAFT, ChallengeState.REVIEW, ChallengeState.APPROVED]
)
def test_what_is_not_published_is_in_no_list(app, visitor, state):
    public("Geheim plan", state=state)
    public("Openbaar plan")

    assert titles(show=Show.ALL) == ["Openbaar plan"]
    page = visitor.get("/challenges/?show=all&q=plan").text
    assert "Openbaar plan" in page
    assert "Geheim plan" not in page


def test_a_cancelled_draft_was_never_public(app):
    challenge = public("Nooit openbaar", state=ChallengeState.CANCELLED)
    challenge.published_at = None

    assert titles(show=Show.DONE) == []


def test_filters_work_together(app):
    body = make_organisation()
    public("Water", theme=Theme.CLIMATE_WATER, buyer=body)
    public("Stroom", theme=Theme.ENERGY, buyer=body)
    public("Stroom elders", theme=Theme.ENERGY)

    assert sorted(titles(themes=(Theme.ENERGY,))) == ["Stroom", "Stroom elders"]
    assert titles(themes=(Theme.ENERGY,), buyer=body.code) == ["Stroom"]
    assert sorted(titles(buyer=body.code)) == ["Stroom", "Water"]
    assert titles(buyer="NONE") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("stille", True),
        ("STILLE straten", True),
        ("straten gemeente", True),
        ("stille honden", False),
        ("%", False),
        ("_", False),
        ("st_lle", False),
        ("' OR 1=1 --", False),
        ("\x00", True),  # nothing is left of it
        ("\\", False),
        ("x" * 5000, False),
    ],
)
def test_searching_is_for_words_and_for_nothing_else(app, visitor, text, found):
    public()

    assert bool(titles(text=text)) is found
    answer = visitor.get("/challenges/", query_string={"q": text})
    assert answer.status_code == 200
    assert ("Stille straten" in answer.text) is found


@pytest.mark.parametrize(
    "query",
    ["show=nonsense", "theme=nonsense", "buyer=%00", "after=%00", "after=NONE", "q=%F0%9F%98%80"],
)
def test_an_odd_address_gives_an_ordinary_page(app, visitor, query):
    public()
    assert visitor.get(f"/challenges/?{query}").status_code == 200


def test_the_reader_chooses_what_comes_first(app):
    for title, closes, published, fee in (
        ("Nieuw", 9, 1, None),
        ("Rijk", 5, 3, Decimal(50000)),
        ("Spoed", 1, 9, Decimal(30000)),
    ):
        challenge = public(
            title,
            closes_at=NOON + timedelta(days=closes),
            published_at=NOON - timedelta(days=published),
        )
        challenge.terms.fee = fee
    db.session.flush()

    assert titles() == ["Spoed", "Rijk", "Nieuw"]
    assert titles(order=Order.NEWEST) == ["Nieuw", "Rijk", "Spoed"]
    assert titles(order=Order.FEE) == ["Rijk", "Spoed", "Nieuw"]


@pytest.mark.parametrize("order", list(Order))
@pytest.mark.parametrize("show", [Show.OPEN, Show.JUDGING])
def test_pages_follow_each_other_without_a_gap_or_a_double(app, show, order):
    count = PAGE_SIZE + 5
    side = 1 if show is Show.OPEN else -1
    for n in range(count):
        challenge = public(
            f"Nummer {n:02}",
            closes_at=NOON + side * timedelta(hours=1 + n // 3),
            published_at=NOON - timedelta(days=2 + n // 4),
        )
        challenge.terms.fee = Decimal(30000 + n // 5) if n % 7 else None
    db.session.flush()

    first = published_challenges(Wish(show=show, order=order), NOON)
    last = first.challenges[-1].code
    second = published_challenges(Wish(show=show, order=order, after=last), NOON)

    seen = [row.id for row in (*first.challenges, *second.challenges)]
    assert (first.has_more, second.has_more) == (True, False)
    assert len(seen) == len(set(seen)) == count
    assert first.by_show[show] == count


def test_a_list_of_thirty_asks_no_more_than_a_list_of_one(app, visitor, statements):
    public()
    db.session.commit()
    statements.clear()
    visitor.get("/challenges/?a=1")
    one = len(statements)
    for n in range(29):
        public(f"Nummer {n}")
    db.session.commit()
    statements.clear()

    page = visitor.get("/challenges/?a=2").text

    assert page.count("sir-card--link") == PAGE_SIZE
    assert len(statements) == one


def test_a_visitor_reads_a_challenge_its_paper_and_its_data(app, visitor):
    story = Story(has_english=True).published()
    path = f"/challenges/{story.challenge.code}"

    page, paper, data = (
        visitor.get(path + part) for part in ("", "/uitvraag.pdf", "/uitvraag.json")
    )

    assert "Stillere straten" in page.text
    assert "<strong>verkeer</strong>" in page.text
    assert paper.content_type == "application/pdf"
    assert paper.data.startswith(b"%PDF-")
    assert visitor.get(f"/en{path}/uitvraag.pdf").data != paper.data
    content = json.loads(data.text, parse_float=Decimal)
    assert content["tenderPeriod"]["endDate"] == "2026-07-07T10:00:00Z"
    assert content["value"] == {"amount": "150000", "currency": "EUR"}
    assert [row["weight"] for row in content["criteria"]] == ["30", "25", "20", "15", "10"]
    assert content["documents"][0]["sha256"] == story.edition.pdf_nl
    assert content["planHash"] == story.edition.plan_sha256
    assert story.owner.name not in data.text
    assert story.owner.email not in page.text + data.text


def test_english_is_shown_where_it_is_and_dutch_says_that_it_is_dutch(app, visitor):
    both, dutch = Story(has_english=True).published(), Story().published()

    english = visitor.get(f"/en/challenges/{both.challenge.code}").text
    only = visitor.get(f"/en/challenges/{dutch.challenge.code}").text

    assert "Quieter streets" in english
    assert "written in Dutch only" not in english
    assert "Stillere straten" in only
    assert "written in Dutch only" in only
    assert '<h1 class="nl-heading nl-heading--level-1" lang="nl">' in only


def test_an_anonymous_page_is_shared_and_its_reader_keeps_it(app, visitor):
    story = Story().published()
    path = f"/challenges/{story.challenge.code}"

    first = visitor.get(path)
    again = visitor.get(path, headers={"If-None-Match": first.headers["ETag"]})

    assert first.headers["Cache-Control"] == "public, max-age=60"
    assert "Set-Cookie" not in first.headers
    assert (again.status_code, again.data) == (304, b"")


def test_a_shared_page_is_made_once_and_again_after_an_act(app, visitor, statements):
    story = Story().published()
    path = f"/challenges/{story.challenge.code}"
    visitor.get(path)
    statements.clear()
    visitor.get(path)
    again = len(statements)
    other = Story()
    with transaction():
        other.write(texts={"nl": {"title": "Anders"}})
    statements.clear()

    visitor.get(path)

    assert again < len(statements)


def test_the_clock_closes_a_shared_page(app, visitor, clock):
    story = Story().published()
    path = f"/challenges/{story.challenge.code}"
    clock.at = CLOSES - timedelta(seconds=1)
    before = visitor.get(path).text

    clock.at = CLOSES
    after = visitor.get(path).text

    assert "Dien een voorstel in" in before
    assert "Dien een voorstel in" not in after
    assert "Gesloten" in after


def test_a_page_for_somebody_signed_in_is_shared_with_nobody(app, visitor):
    story = Story().published()
    path = f"/challenges/{story.challenge.code}"
    stranger = visitor.get(path).text

    mine = visitor.as_(story.owner).get(path)

    assert mine.headers["Cache-Control"] == "no-store"
    assert "Naar het overzicht" in mine.text
    assert "Naar het overzicht" not in stranger
    assert "Naar het overzicht" not in visitor.as_(None).get(path).text
