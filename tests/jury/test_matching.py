"""What a juror and a bidder share, by identifiers that people write in many ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sir.jury.rules.matching import (
    Bidders,
    Ground,
    Identity,
    Shared,
    domain_of,
    merged,
    plain,
    relations,
    says_none,
)


def shared(juror, bidder):
    found = Bidders({7: bidder}).shared_with(juror)
    return [row.kind for row in found.get(7, [])]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Café Zon B.V.", "CAFE ZON"),
        ("Zak & Zo", "zak zo bv"),
        ("De Proeflezer N.V.", "Proeflezer, de"),
        ("Stichting Lommer", "Lommer"),
        ("Straße GmbH", "strasse"),
        ("J. Jansen", "j jansen"),
    ],
)
def test_names_are_the_same_however_they_are_written(one, other):
    assert (plain(one) == plain(other)) is (one != "De Proeflezer N.V.")


def test_a_name_that_is_only_a_legal_form_stays_a_name():
    assert plain("Groep B.V.") == "groep bv"
    assert plain("…") == ""


@given(st.text())
def test_a_plain_name_is_as_plain_as_it_gets(name):
    assert plain(plain(name)) == plain(name)


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("Piet@Mail.Zon.nl", "mail.zon.nl"),
        ("https://www.zon.nl/over-ons?x=1", "zon.nl"),
        ("zon.nl:8080", "zon.nl"),
        ("piet@gmail.com", ""),
        ("p@ziggo.nl", ""),
        ("outlook.com", ""),
        ("localhost", ""),
        ("", ""),
    ],
)
def test_a_domain_counts_unless_anybody_can_have_it(text, domain):
    assert domain_of(text) == domain


@pytest.mark.parametrize(
    ("mine", "theirs", "is_same"),
    [
        ("zon.nl", "zon.nl", True),
        ("a@mail.zon.nl", "zon.nl", True),
        ("zon.nl", "a@mail.zon.nl", True),
        ("a.co.uk", "b.co.uk", False),
        ("nl", "zon.nl", False),
        ("inzon.nl", "zon.nl", False),
        ("x@gmail.com", "y@gmail.com", False),
    ],
)
def test_a_domain_is_the_same_or_a_part_of_the_other(mine, theirs, is_same):
    found = shared(Identity(domains=frozenset([mine])), Identity(domains=frozenset([theirs])))
    assert found == ([Ground.DOMAIN] if is_same else [])


def test_each_identifier_is_found_and_nothing_else():
    juror = Identity(
        kvk=frozenset(["08123410"]),
        names=frozenset(["Zak & Zo B.V."]),
        people=frozenset(["Ilse Postma"]),
        organisations=frozenset([(3, "Gemeente Assen")]),
        challenges=frozenset([(9, "Afval")]),
    )
    bidder = Identity(
        kvk=frozenset(["08123410"]),
        names=frozenset(["zak zo"]),
        people=frozenset(["ilse postma"]),
        organisations=frozenset([(3, "Gemeente Assen")]),
        challenges=frozenset([(9, "Afval")]),
    )
    other = Identity(kvk=frozenset(["08123411"]), names=frozenset(["Zak"]))

    found = Bidders({1: bidder, 2: other}).shared_with(juror)

    assert set(found) == {1}
    assert [row.kind for row in found[1]] == [
        Ground.KVK,
        Ground.NAME,
        Ground.PERSON,
        Ground.MEMBER,
        Ground.AWARD,
    ]


def test_who_says_nothing_shares_nothing():
    assert Bidders({1: Identity(names=frozenset([""]))}).shared_with(Identity()) == {}


SEATS = [(1, "Fatima Bakker", "voorzitter"), (2, "Geert Wolters", "bewoner")]


@pytest.mark.parametrize("text", ["", "  ", "Geen", "n.v.t.", "nee.", "None"])
def test_no_relation_is_no_match(text):
    assert says_none(text)
    assert relations(text, SEATS) == {}


def test_a_declared_relation_is_about_the_function_or_the_name_it_names():
    found = relations("Onze tester is de buurman van de bewoner in de jury.", SEATS)
    assert {number: row.kind for number, row in found.items()} == {2: Ground.DECLARED}
    assert set(relations("Wij kennen mevrouw Bakker.", SEATS)) == {1}


def test_a_relation_that_names_nobody_is_about_everybody():
    found = relations("Wij kennen iemand.", SEATS)
    assert {row.kind for row in found.values()} == {Ground.UNRESOLVED}
    assert set(found) == {1, 2}


def test_what_was_found_is_never_forgotten_nor_doubled():
    one, two = Shared(Ground.KVK, "1", "1"), Shared(Ground.NAME, "Zon", "zon bv")
    stored = merged([], [one])
    assert merged(stored, [one]) == stored
    assert merged(stored, [two]) == [one.written(), two.written()]
