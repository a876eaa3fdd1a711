"""Twelve invented startups: name, register number, city and founders."""

from __future__ import annotations

from typing import NamedTuple


class Startup(NamedTuple):
    """One invented company."""

    key: str
    name: str
    kvk: str
    city: str
    founders: tuple[str, ...]
    country: str = "NL"
    register_number: str = ""


STARTUPS = (
    Startup("klare", "Klare Taal Labs", "80123401", "Utrecht", ("Noor de Wit", "Yusuf Aydin")),
    Startup("lezer", "De Proeflezer", "80123402", "Zwolle", ("Anouk Hermans",)),
    Startup("b1", "Bureau B1", "04123403", "Rotterdam", ("Milan Koster",)),
    Startup("schrijf", "Schrijfwijzer AI", "80123404", "Delft", ("Sanne Vermeer",)),
    Startup("veld", "Veldblik", "80123405", "Wageningen", ("Jelle Boersma", "Femke Smit")),
    Startup("dauw", "Dauwpunt", "80123406", "Enschede", ("Ruben Kok",)),
    Startup("buur", "Buurstroom", "80123407", "Arnhem", ("Laila Bouzid",)),
    Startup("lommer", "Lommer", "80123408", "Den Haag", ("Esther Maas", "Tim van Rijn")),
    Startup("schoon", "Schoonspoor", "80123409", "Groningen", ("Daan Wiersma",)),
    Startup("zak", "Zak & Zo", "08123410", "Assen", ("Ilse Postma",)),
    Startup("pas", "Pas Op De Plaats", "80123411", "Leeuwarden", ("Karim Haddad",)),
    Startup("nudge", "Nudgeworks", "", "Gent", ("Lotte Claes",), "BE", "0712.345.678"),
)
