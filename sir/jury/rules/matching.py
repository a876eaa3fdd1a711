"""Blind matching: what a juror and a bidder share, by identifiers that can be compared (R10)."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sir.kernel.mentions import mentions

# Where anybody can have an address: the same provider says nothing about a tie.
PUBLIC_PROVIDERS = frozenset(
    """
    gmail.com googlemail.com outlook.com outlook.nl hotmail.com hotmail.nl live.com live.nl
    msn.com icloud.com me.com mac.com yahoo.com yahoo.nl proton.me protonmail.com gmx.com gmx.net
    gmx.de aol.com zoho.com mail.com tutanota.com fastmail.com ziggo.nl kpnmail.nl kpnplanet.nl
    planet.nl hetnet.nl home.nl casema.nl chello.nl upcmail.nl xs4all.nl quicknet.nl telfort.nl
    tele2.nl online.nl solcon.nl caiway.nl zeelandnet.nl freedom.nl
    """.split()  # noqa: SIM905 - a list literal would be a page long
)
LEGAL_FORMS = frozenset(
    """
    bv nv vof cv eenmanszaak maatschap stichting vereniging cooperatie coop ua ba wa holding
    group groep gmbh ag kg ug ltd limited llc llp inc corp plc sa sarl sas srl spa oy ab as aps
    """.split()  # noqa: SIM905 - a list literal would be a page long
)
SAYS_NONE = frozenset({"geen", "nee", "nvt", "none", "no", "na", "niet", "n v t", "n a", "not"})
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}[a-z]?|\b[a-z](?:\.[a-z])+\b")
_SIGNS = re.compile(r"[^a-z0-9]+")


class Ground(StrEnum):
    """On what a juror and a bidder were matched."""

    KVK = "kvk"
    DOMAIN = "domain"
    NAME = "name"
    PERSON = "person"
    MEMBER = "member"  # somebody of the bidder has a role in the same organisation
    AWARD = "award"  # had a part in an earlier award to the bidder
    DECLARED = "declared"  # the bidder itself declared a relation with this function
    UNRESOLVED = "unresolved"  # the bidder declared a relation that names no function
    RECOGNISED = "recognised"  # the juror recognised the bidder while reading


@dataclass(frozen=True)
class Identity:
    """By what a juror or a bidder can be known. Names as people write them."""

    kvk: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()  # of organisations
    people: frozenset[str] = frozenset()
    organisations: frozenset[tuple[int, str]] = frozenset()  # memberships on the platform
    challenges: frozenset[tuple[int, str]] = frozenset()  # judged or prepared by; awarded to


@dataclass(frozen=True)
class Shared:
    """One thing a juror and a bidder share."""

    kind: Ground
    mine: str
    theirs: str

    def written(self) -> dict[str, str]:
        """Give it as it is stored."""
        return {"kind": self.kind.value, "mine": self.mine, "theirs": self.theirs}


def plain(name: str) -> str:
    """Give a name as it is compared: no capitals, accents, signs or legal form.

    "Café Zon B.V." and "CAFE ZON" are the same; a name that is only a legal form stays itself.
    """
    folded = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(sign for sign in folded if not unicodedata.combining(sign))
    bare = _DOTTED.sub(lambda found: found[0].replace(".", ""), bare)
    words = _SIGNS.sub(" ", bare).split()
    core = [word for word in words if word not in LEGAL_FORMS]
    return " ".join(core or words)


def domain_of(text: str) -> str:
    """Give the domain of an address or a website; "" when there is none or anybody may use it."""
    bare = text.strip().casefold()
    bare = re.sub(r"^[a-z]+://", "", bare).rpartition("@")[2]
    bare = re.split(r"[/:?#\s]", bare, maxsplit=1)[0].strip(".").removeprefix("www.")
    return bare if "." in bare and bare not in PUBLIC_PROVIDERS else ""


def _above(domain: str) -> list[str]:
    """List what a domain is a part of: mail.zon.nl is part of zon.nl. Never a bare ending."""
    parts = domain.split(".")
    return [".".join(parts[n:]) for n in range(1, len(parts) - 1)]


class Bidders:
    """Every bidder, to be asked what somebody shares with them: as fast for a thousand."""

    def __init__(self, bidders: Mapping[int, Identity]) -> None:
        self._by: dict[tuple[str, str | int], list[tuple[int, str]]] = defaultdict(list)
        for number, bidder in bidders.items():
            for kvk in bidder.kvk:
                self._by["kvk", kvk].append((number, kvk))
            for domain in filter(None, map(domain_of, bidder.domains)):
                self._by["domain", domain].append((number, domain))
                for above in _above(domain):
                    self._by["below", above].append((number, domain))
            for name in filter(plain, bidder.names):
                self._by["name", plain(name)].append((number, name))
            for person in filter(plain, bidder.people):
                self._by["person", plain(person)].append((number, person))
            for organisation, name in bidder.organisations:
                self._by["member", organisation].append((number, name))
            for challenge, title in bidder.challenges:
                self._by["award", challenge].append((number, title))

    def shared_with(self, juror: Identity) -> dict[int, list[Shared]]:
        """Give, by bidder, what it shares with a juror; who shares nothing is not there."""
        found: dict[int, dict[Shared, None]] = defaultdict(dict)

        def note(kind: Ground, where: str, key: str | int, mine: str) -> None:
            for number, theirs in self._by.get((where, key), ()):
                found[number][Shared(kind, mine, theirs)] = None

        for kvk in sorted(juror.kvk):
            note(Ground.KVK, "kvk", kvk, kvk)
        for domain in sorted({domain_of(domain) for domain in juror.domains} - {""}):
            for same in (domain, *_above(domain)):
                note(Ground.DOMAIN, "domain", same, domain)
            note(Ground.DOMAIN, "below", domain, domain)
        for name in sorted(juror.names):
            note(Ground.NAME, "name", plain(name), name)
        for person in sorted(juror.people):
            note(Ground.PERSON, "person", plain(person), person)
        for organisation, name in sorted(juror.organisations):
            note(Ground.MEMBER, "member", organisation, name)
        for challenge, title in sorted(juror.challenges):
            note(Ground.AWARD, "award", challenge, title)
        return {number: list(rows) for number, rows in found.items()}


def says_none(text: str) -> bool:
    """Say whether a declaration of relations is empty, or says that there are none."""
    return plain(text) in SAYS_NONE or not plain(text)


def relations(text: str, seats: Sequence[tuple[int, str, str]]) -> dict[int, Shared]:
    """Find which seats (number, holder's name, function) a bidder's declaration is about.

    A declaration that names nobody is about everybody: what is not resolved never passes.
    """
    if says_none(text):
        return {}
    named = {
        number: Shared(Ground.DECLARED, found[0], text)
        for number, name, function in seats
        if (found := mentions(text, [name, function]))
    }
    return named or {number: Shared(Ground.UNRESOLVED, "", text) for number, _name, _role in seats}


def merged(stored: Iterable[Mapping[str, str]], found: Iterable[Shared]) -> list[dict[str, str]]:
    """Put what is found now beside what was found before; nothing is forgotten."""
    rows = {tuple(sorted(row.items())): dict(row) for row in stored}
    for shared in found:
        row = shared.written()
        rows.setdefault(tuple(sorted(row.items())), row)
    return list(rows.values())
