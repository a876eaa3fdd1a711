"""Standard texts that a new challenge starts with. They are content, so they stand in two tongues.

They are our wording, to be approved by each organisation's own lawyer, and may be edited.
"""

from __future__ import annotations

from sir.terms.models import Procedure

STANDARD_TEXTS = {
    "nl": {
        "proposal_note": (
            "U schrijft uw voorstel in de vaste velden van dit platform, op hoogstens drie A4. "
            "U kunt het tot de sluiting vervangen of intrekken. Tot de opening kan niemand het "
            "lezen."
        ),
        "contact": "Vragen stelt u alleen via dit platform. Iedereen leest de antwoorden, "
        "zonder uw naam.",
        "method": (
            "De juryleden scoren eerst alleen. Daarna stellen zij per criterium samen één score "
            "met één motivering vast. Bij een gelijk totaal beslist het criterium met de hoogste "
            "weging, dan het volgende, en ten slotte het lot."
        ),
        "jury": (
            "Elk jurylid verklaart per inschrijver, vóór het lezen, of er een belang is. Wie een "
            "belang heeft, beoordeelt niet. De jury werkt onafhankelijk."
        ),
        "contract_ip": (
            "Op de overeenkomst is de ARBIT-2022 van toepassing. **Het intellectueel eigendom "
            "blijft bij de startup.** Wij krijgen een niet-exclusief gebruiksrecht voor onze "
            "eigen taken. Verwerkt u persoonsgegevens, dan sluiten wij een verwerkersovereenkomst."
        ),
        "motivation": (
            "Iedere inschrijver krijgt op hetzelfde moment een gemotiveerd besluit. Daarna wachten "
            "wij 20 dagen met gunnen. Niet eens? Vraag in die tijd een kort geding aan. Klachten "
            "meldt u bij ons klachtenmeldpunt."
        ),
        "privacy": (
            "Wij volgen de AVG. Uitvraag, antwoorden en gunning zijn openbaar. Uw voorstel blijft "
            "vertrouwelijk voor zover de Woo dat toelaat. Wij bewaren het 3 jaar, een winnend "
            "voorstel 7."
        ),
    },
    "en": {
        "proposal_note": (
            "You write your proposal in the fixed fields of this platform, on at most three A4. "
            "You may replace or withdraw it until the deadline. Nobody can read it before the "
            "opening."
        ),
        "contact": "Ask questions through this platform only. All read the answers, without your "
        "name.",
        "method": (
            "The jurors score alone first. Then they agree on one score with one reason for each "
            "criterion. With equal totals the criterion with the highest weight decides, then the "
            "next, and at last a drawing of lots."
        ),
        "jury": (
            "Before reading, each juror declares for each bidder whether there is an interest. "
            "Who has one does not judge. The jury is independent."
        ),
        "contract_ip": (
            "The ARBIT-2022 terms apply to the contract. **Intellectual property stays with the "
            "startup.** We receive a non-exclusive licence for our own tasks. If you process "
            "personal data, we sign a processing agreement."
        ),
        "motivation": (
            "All bidders receive a reasoned decision at the same moment. Then we wait 20 days "
            "before the award. You disagree? Go to the civil court in that time. Send complaints "
            "to our complaint desk."
        ),
        "privacy": (
            "We follow the GDPR. Terms, answers and award are public. Your proposal stays "
            "confidential as far as the law (Woo) allows. We keep it 3 years, a winning one 7."
        ),
    },
}

_STOP_NL = " Wij mogen de procedure met een motivering stoppen, zonder uw kosten te vergoeden."
_STOP_EN = " We may stop the procedure with reasons, without paying your costs."

PROCEDURE_TEXTS = {
    "nl": {
        Procedure.NATIONAL_OPEN: "Nationale openbare procedure, Aanbestedingswet 2012 deel 1."
        + _STOP_NL,
        Procedure.EUROPEAN_OPEN: "Europese openbare procedure, Aanbestedingswet 2012 deel 2."
        + _STOP_NL,
        Procedure.INNOVATION_PARTNERSHIP: "Innovatiepartnerschap, Aanbestedingswet 2012 art. 2.31a."
        + _STOP_NL,
        Procedure.SOCIAL_SPECIFIC: "Sociale en andere specifieke diensten, Aanbestedingswet 2012 "
        "art. 2.38." + _STOP_NL,
        Procedure.DESIGN_CONTEST: "Prijsvraag, Richtlijn 2014/24/EU art. 78-82." + _STOP_NL,
    },
    "en": {
        Procedure.NATIONAL_OPEN: "National open procedure, Public Procurement Act 2012 part 1."
        + _STOP_EN,
        Procedure.EUROPEAN_OPEN: "European open procedure, Public Procurement Act 2012 part 2."
        + _STOP_EN,
        Procedure.INNOVATION_PARTNERSHIP: "Innovation partnership, Public Procurement Act 2012 "
        "art. 2.31a." + _STOP_EN,
        Procedure.SOCIAL_SPECIFIC: "Social and other specific services, Public Procurement Act "
        "2012 art. 2.38." + _STOP_EN,
        Procedure.DESIGN_CONTEST: "Design contest, Directive 2014/24/EU art. 78-82." + _STOP_EN,
    },
}


def standard_texts(lang: str, procedure: Procedure) -> dict[str, str]:
    """Give the texts a new challenge starts with in a language."""
    return STANDARD_TEXTS[lang] | {"procedure": PROCEDURE_TEXTS[lang].get(procedure, "")}
