"""The invented people and bodies of the demo."""

from __future__ import annotations

from typing import NamedTuple

from sir.people.models import OrganisationKind, Role

PASSWORD = "Startup in Residence demo!"  # noqa: S105 - printed on the demo's own sign-in page


class Body(NamedTuple):
    """One government and its people, by role."""

    key: str
    name: str
    short_name: str
    kind: OrganisationKind
    city: str
    people: dict[Role, str]


BODIES = (
    Body(
        "bzk",
        "Ministerie van Binnenlandse Zaken en Koninkrijksrelaties",
        "BZK",
        OrganisationKind.MINISTRY,
        "Den Haag",
        {
            Role.ORG_ADMIN: "Marijke Dekker",
            Role.OWNER: "Rachida el Idrissi",
            Role.OFFICER: "Pieter van Dam",
            Role.APPROVER: "Hanneke Vos",
            Role.SECRETARY: "Joris Meijer",
            Role.PROGRAMME_MANAGER: "Linda Schouten",
            Role.AUDITOR: "Willem Prins",
        },
    ),
    Body(
        "lnv",
        "Ministerie van Landbouw, Natuur en Voedselkwaliteit",
        "LNV",
        OrganisationKind.MINISTRY,
        "Den Haag",
        {
            Role.ORG_ADMIN: "Gerrit Hofman",
            Role.OWNER: "Sietske Hoekstra",
            Role.OFFICER: "Mark Peeters",
            Role.APPROVER: "Carla Jonker",
            Role.SECRETARY: "Bas Timmer",
        },
    ),
    Body(
        "ez",
        "Ministerie van Economische Zaken",
        "EZ",
        OrganisationKind.MINISTRY,
        "Den Haag",
        {
            Role.ORG_ADMIN: "Nadia Visser",
            Role.OWNER: "Thomas de Bruin",
            Role.OFFICER: "Ingrid Kuipers",
            Role.APPROVER: "Peter Scholten",
            Role.SECRETARY: "Fleur Blom",
        },
    ),
    Body(
        "denhaag",
        "Gemeente Den Haag",
        "Den Haag",
        OrganisationKind.MUNICIPALITY,
        "Den Haag",
        {
            Role.ORG_ADMIN: "Achmed Yilmaz",
            Role.OWNER: "Judith van Leeuwen",
            Role.OFFICER: "Ron Verhoeven",
            Role.APPROVER: "Monique Willems",
            Role.SECRETARY: "Stefan Bakker",
            Role.PRICE_ASSESSOR: "Bram Hendriks",
            Role.INTEGRITY_OFFICER: "Naima Bensaid",
        },
    ),
    Body(
        "groningen",
        "Gemeente Groningen",
        "Groningen",
        OrganisationKind.MUNICIPALITY,
        "Groningen",
        {
            Role.ORG_ADMIN: "Tjitske Veenstra",
            Role.OWNER: "Henk Drenth",
            Role.OFFICER: "Marleen Bos",
            Role.APPROVER: "Albert Huizinga",
            Role.SECRETARY: "Wietske Faber",
            Role.INTEGRITY_OFFICER: "Roelien Zijlstra",
        },
    ),
    Body(
        "zuidholland",
        "Provincie Zuid-Holland",
        "Zuid-Holland",
        OrganisationKind.PROVINCE,
        "Den Haag",
        {
            Role.ORG_ADMIN: "Kees van den Berg",
            Role.OWNER: "Simone Groen",
            Role.OFFICER: "Jeroen Post",
            Role.APPROVER: "Els Mulder",
        },
    ),
    Body(
        "utrecht",
        "Gemeente Utrecht",
        "Utrecht",
        OrganisationKind.MUNICIPALITY,
        "Utrecht",
        {
            Role.ORG_ADMIN: "Rob Klaassen",
            Role.OWNER: "Amina Bouali",
            Role.OFFICER: "Chris de Haan",
            Role.APPROVER: "Yvonne Smeets",
            Role.SECRETARY: "Lars Evers",
        },
    ),
)

ADMIN = ("Beheer Demo", "beheer@sir.example")

# Jurors by challenge: (name, function). The first is the chair; who comes after those that were
# announced is the reserve.
JURIES: dict[str, tuple[tuple[str, str], ...]] = {
    "letters": (
        ("Fatima Bakker", "onafhankelijk voorzitter"),
        ("Geert Wolters", "schrijver van brieven"),
        ("Annelies Roos", "deskundige leesbaarheid"),
        ("Victor Chen", "deskundige informatiebeveiliging"),
    ),
    "waste": (
        ("Ben Oosterhuis", "onafhankelijk voorzitter"),
        ("Saskia Bruins", "teamleider reiniging"),
        ("Dirk-Jan Alting", "gedragsonderzoeker"),
        ("Mieke Tammens", "bewoner"),
        ("Pauline Kroeze", "gedragsonderzoeker"),
    ),
    "crossing": (
        ("Otto Brandsma", "onafhankelijk voorzitter"),
        ("Wilma Kok", "schooldirecteur"),
        ("Sven Lindeman", "verkeerskundige"),
    ),
    "desk": (
        ("Ingeborg Visch", "onafhankelijk voorzitter"),
        ("Mo Achahbar", "medewerker burgerzaken"),
        ("Lia Teunissen", "bewoner"),
    ),
    "helpers": (
        ("Marloes Brouwer", "onafhankelijk voorzitter"),
        ("Iris van Vliet", "deskundige digitale inclusie"),
        ("Cor Sanders", "bewoner"),
    ),
    "surplus": (
        ("Wouter Terpstra", "onafhankelijk voorzitter"),
        ("Chantal Rijnders", "manager voedselbank"),
        ("Arie Blokland", "supermarktondernemer"),
    ),
    "fake": (
        ("Eline Vroom", "onafhankelijk voorzitter"),
        ("Rik Aalbers", "voorlichter"),
        ("Sanaa Tahiri", "deskundige cyberveiligheid"),
        ("Paul Geerts", "gedragsonderzoeker"),
        ("Dineke Wolff", "namens ouderen"),
    ),
}

# Who advises a jury in writing and scores nothing: (name, function).
ADVISERS: dict[str, tuple[tuple[str, str], ...]] = {
    "helpers": (("Tessa Molenaar", "deskundige digitale inclusie"),),
}


def address(name: str, domain: str) -> str:
    """Make an invented address of a name: fatima.bakker@jury.example."""
    plain = name.lower().replace("é", "e").replace("’", "")
    return f"{'.'.join(plain.split())}@{domain}.example"
