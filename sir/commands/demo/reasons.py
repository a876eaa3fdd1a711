"""What invented jurors write: a reason that fits a level, about this very proposal."""

from __future__ import annotations

OPENINGS = {
    10: (
        "Uitstekend onderbouwd.",
        "Dit overtuigt ons volledig.",
        "Op dit punt het sterkste voorstel.",
    ),
    8: ("Goed uitgewerkt.", "Sterk op de hoofdpunten.", "Dit is helder en concreet."),
    6: ("Voldoende.", "Op hoofdlijnen in orde.", "Het voorstel voldoet, maar blijft algemeen."),
    4: ("Matig.", "Dit blijft achter bij de vraag.", "Het voorstel gaat hier te snel."),
    2: ("Zwak.", "Dit onderdeel ontbreekt grotendeels.", "Hier overtuigt het voorstel niet."),
}
BODIES = {
    "understanding": {
        10: "De indiener noemt de oorzaken per situatie en laat zien dat zij met de mensen om wie het "
        "gaat gesproken heeft, inclusief cijfers uit ons eigen werk.",
        8: "De vraag is goed begrepen en vertaald naar het werk van elke dag; alleen de positie van de "
        "gebruiker had iets meer aandacht mogen krijgen.",
        6: "De vraag wordt juist samengevat, maar het voorstel voegt daar weinig eigen inzicht aan toe.",
        4: "De indiener herhaalt vooral onze uitvraag en beschrijft daarna direct een oplossing.",
        2: "Het voorstel gaat over een andere vraag dan wij stelden en noemt de gebruikers niet.",
    },
    "feasible": {
        10: "Elke stap heeft een datum, een eigenaar en een terugvaloptie; de risico’s zijn eerlijk "
        "benoemd en passen bij de looptijd.",
        8: "De planning is realistisch en de afhankelijkheden zijn benoemd; een terugvaloptie ontbreekt "
        "voor één stap.",
        6: "De stappen zijn logisch, maar het voorstel zegt niet wat er gebeurt als een stap uitloopt.",
        4: "De planning is krap en rust op een toestemming die wij in deze periode niet kunnen geven.",
        2: "Er is geen planning die wij kunnen volgen en de grootste afhankelijkheid is niet genoemd.",
    },
    "value": {
        10: "Het effect is meetbaar gemaakt met een vergelijking die vooraf vaststaat, en de uitkomst is "
        "direct merkbaar voor inwoners.",
        8: "De meting is goed doordacht en sluit aan op onze doelen; de vergelijkingsgroep kan scherper.",
        6: "Er wordt gemeten wat wij vragen, maar niet hoe toeval wordt uitgesloten.",
        4: "De meting zegt iets over het gebruik van het middel, niet over het resultaat voor inwoners.",
        2: "Het voorstel maakt niet duidelijk wat er voor inwoners verandert en hoe wij dat zien.",
    },
    "team": {
        10: "Het team heeft dit aantoonbaar eerder gedaan en maakt tijd vrij om elke week mee te werken "
        "op de plek zelf.",
        8: "De juiste kennis is aanwezig en de beschikbaarheid is concreet; één rol is dubbel belegd.",
        6: "De kennis is aanwezig, maar het voorstel zegt weinig over de samenwerking met onze mensen.",
        4: "Een deel van de kennis ontbreekt en het voorstel zegt niet hoe dat wordt opgelost.",
        2: "Uit het voorstel blijkt niet wie het werk doet en hoeveel tijd daarvoor is.",
    },
    "scale": {
        10: "De aanpak is beschreven, open en zonder de indiener in te voeren; kosten per organisatie zijn "
        "bekend.",
        8: "Anderen kunnen dit overnemen met beperkte hulp; het prijsmodel is duidelijk.",
        6: "Opschalen is mogelijk, maar de voorwaarden en de kosten blijven open.",
        4: "De oplossing is vooral voor deze situatie gemaakt en de kosten groeien mee per gebruiker.",
        2: "Er is niet nagedacht over gebruik door anderen na afloop van de proef.",
    },
}
# Points out of ten per startup and criterion, from which each juror strays a little.
VIEWS: dict[str, dict[str, tuple[int, ...]]] = {
    "letters": {
        "klare": (10, 8, 8, 8, 8),
        "lezer": (8, 8, 8, 6, 6),
        "schrijf": (8, 6, 6, 6, 8),
        "b1": (4, 4, 4, 6, 4),
    },
    "waste": {
        "schoon": (8, 8, 8, 8),
        "nudge": (8, 6, 10, 8),
        "zak": (6, 8, 6, 6),
        "pas": (6, 6, 4, 6),
        "lommer": (4, 6, 4, 6),
    },
    "crossing": {
        "lommer": (10, 8, 8),
        "nudge": (8, 8, 8),
        "schoon": (6, 6, 4),
    },
    "desk": {
        "lezer": (10, 8, 8),
        "klare": (8, 8, 8),
        "buur": (6, 6, 4),
    },
    "helpers": {
        "schrijf": (8, 8, 8),
        "nudge": (10, 6, 6),
        "b1": (6, 8, 6),
        "pas": (4, 6, 4),
    },
    "surplus": {
        "veld": (8, 8, 6),
        "zak": (8, 6, 8),
        "dauw": (6, 6, 6),
    },
    "fake": {
        "klare": (8, 8, 6), "lezer": (6, 8, 8), "b1": (8, 6, 6), "schrijf": (6, 4, 6),
        "veld": (6, 8, 4), "dauw": (4, 4, 6), "buur": (8, 6, 8), "zak": (8, 8, 4),
        "pas": (4, 6, 6),
    },
}  # fmt: skip


def kind_of(criterion: str) -> str:
    """Guess from a criterion's name which sentences fit."""
    name = criterion.lower()
    for word, kind in (
        ("begrip", "understanding"),
        ("haalbaar", "feasible"),
        ("team", "team"),
        ("breder", "scale"),
    ):
        if word in name:
            return kind
    return "value"


def reason(criterion: str, points: int, *, juror: int, about: str) -> str:
    """Write what juror number `juror` says about a proposal, at least 80 characters."""
    opening = OPENINGS[points][juror % len(OPENINGS[points])]
    return f"{opening} {BODIES[kind_of(criterion)][points]} Wij lazen vooral: {about}"
