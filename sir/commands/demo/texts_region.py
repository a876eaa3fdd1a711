"""Invented challenges of cities and a province. No real commitment of these bodies."""

from __future__ import annotations

from typing import Any

COOL: dict[str, Any] = {
    "title": "Koele looproutes",
    "question": "Hoe vinden en verbeteren wij koele looproutes naar winkel en arts, samen met "
    "bewoners?",
    "situation": "Op warme dagen blijven ouderen binnen. De straat naar de winkel ligt in de volle zon, "
    "het bankje staat naast de glasbak en de enige boom is een paaltje in een tegel. In de zomer van "
    "2025 waren er **31 tropische dagen**. De wijkzorg zag toen twee keer zo veel mensen met "
    "uitdroging.\n\nWij planten bomen waar ruimte is, niet waar mensen lopen. Wij weten niet welke "
    "stoep te heet is op de route die er echt toe doet: van de flat naar de huisarts.",
    "who": "Ruim 74.000 Hagenaars van 70 jaar en ouder, van wie 21.000 in een wijk zonder veel groen.",
    "tried": "Een hittekaart per straat (2021): mooi, maar niemand loopt een kaart. Gratis parasols in "
    "een winkelstraat (2023): na een maand waren er nog zes.",
    "results": [
        "Twee wijken en 150 oudere bewoners doen mee",
        "Deelnemers lopen op hete dagen 25% vaker naar buiten",
        "Tien verbeterde routes, met de kosten per route bekend",
    ],
    "limits": "Wij volgen geen mensen: geen locatie van personen opslaan. De stoep is van de gemeente, "
    "de gevel niet. Werk in de straat vraagt acht weken vooraf overleg.",
    "out_of_scope": "Airco’s, nieuwbouw en routes voor fietsers.",
    "get": "€ 30.000 per startup, zonder btw. Eén startup.",
    "get_more": "Twee wijkteams, een stadsecoloog (vier uur per week), meetwagens met "
    "temperatuursensoren en € 15.000 voor kleine ingrepen in de straat.",
    "expect": "Elke week een middag in de wijk. Bewoners praten vanaf de eerste week mee. Een demo in "
    "september, buiten.",
    "for_whom": [
        "Bedoeld voor startups en sociale ondernemingen",
        "Ervaring met ouderen is een voordeel, geen eis",
    ],
    "proposal_note": "Hooguit drie A4, Nederlands of Engels.",
    "contact": "Vragen stelt u alleen via dit platform. Postbus: koel@denhaag.example",
    "visa": "",
    "method": "Ieder jurylid scoort alleen; daarna stelt de jury samen de score vast.",
    "jury": "Vier leden: een voorzitter, een wijkverpleegkundige, een stadsecoloog en een bewoner van "
    "78 jaar.",
    "pitch": "Geen pitch.",
    "follow_up": "De directeur Stadsbeheer beslist op de datum hierboven. Werkt het, dan nemen wij de "
    "aanpak op in het onderhoud van alle wijken. Keuzes: kopen, verlengen of stoppen.",
    "contract_ip": "VNG-model inkoopvoorwaarden 2020. Het intellectueel eigendom blijft van u; wij "
    "krijgen een gebruiksrecht.",
    "criteria": [
        ("Begrip van de vraag", "Sluit het aan bij het leven van ouderen in de wijk?", "35"),
        ("Haalbaar in een zomer", "Is uw plan klaar vóór de eerste hitte?", "25"),
        ("Waarde en meetbaarheid", "Hoe weten wij dat mensen vaker naar buiten gaan?", "25"),
        ("Team en samenwerking", "Kan het team met bewoners en wijkteams werken?", "15"),
    ],
}

WASTE: dict[str, Any] = {
    "title": "Afval naast de container",
    "question": "Hoe voorkomen wij dat mensen afval naast de container zetten, zonder camera’s op "
    "bewoners?",
    "situation": "Bijplaatsing kost de stad veel geld en maakt straten vies. Elke week halen wij **2.600 "
    "zakken** op die naast een container staan. Dat is duur werk, en een zak trekt de volgende zak "
    "aan: na een uur staan er drie.\n\nDe oorzaak verschilt per plek. Soms is de container vol, soms "
    "is de klep stuk, soms weet iemand niet dat zijn pas het doet. Wij sturen nu overal hetzelfde "
    "op af: een bord en een boete. Dat helpt niet.",
    "who": "140.000 huishoudens met 1.900 ondergrondse containers, en 46 medewerkers van de reiniging.",
    "tried": "Borden en plantenbakken (2020): werkten zes weken. Cameratoezicht (2022): bewoners "
    "vertrouwden het niet, en de rechter ook niet. Vaker legen (2024): 9% minder, tegen hoge kosten.",
    "results": [
        "40% minder bijplaatsing bij 20 containers, vergeleken met 20 gelijke",
        "Kosten per container lager dan nu",
    ],
    "limits": "Geen camera’s en geen gegevens van personen. De containers en hun vulgraad-meters "
    "blijven zoals ze zijn. De reiniging werkt van 06.00 tot 15.00 uur.",
    "out_of_scope": "Andere containers, tariefbeleid en boetes.",
    "get": "€ 25.000 per startup, zonder btw. Eén startup.",
    "get_more": "Twintig containers om mee te werken, drie jaar aan meldingen en vulgraden, een "
    "wijkteam reiniging en een onderzoeker van de universiteit (vier uur per week).",
    "expect": "Twee dagen per week in Groningen. Eén keer per twee weken mee met de reiniging.",
    "for_whom": [
        "Bedoeld voor startups, ook van studenten",
        "Kennis van gedrag is net zo welkom als techniek",
    ],
    "proposal_note": "Hooguit drie A4, Nederlands of Engels. De jury leest zonder uw naam.",
    "contact": "Vragen stelt u alleen via dit platform. Postbus: schoon@groningen.example",
    "visa": "",
    "method": "Ieder jurylid scoort alleen; daarna stelt de jury samen de score vast. Bij een gelijke "
    "stand telt eerst de hoogste weging.",
    "jury": "Vier leden: een voorzitter, een teamleider reiniging, een gedragsonderzoeker en een "
    "bewoner.",
    "pitch": "Geen pitch.",
    "follow_up": "De directeur Stadsbeheer beslist op de datum hierboven. Werkt het, dan voeren wij het "
    "in bij alle 1.900 containers, uit het budget Schone Stad. Keuzes: kopen, verlengen of stoppen.",
    "contract_ip": "VNG-model inkoopvoorwaarden 2020. Het intellectueel eigendom blijft van u; wij "
    "krijgen een gebruiksrecht. De meetresultaten worden open data.",
    "criteria": [
        ("Begrip van de vraag", "Ziet u waarom een zak ernaast belandt, per plek?", "40"),
        ("Haalbaar in vijf maanden", "Is uw plan realistisch voor twintig containers?", "25"),
        ("Waarde en meetbaarheid", "Hoe toont u het verschil met de andere twintig aan?", "20"),
        ("Team en samenwerking", "Kan het team met de reiniging en bewoners werken?", "15"),
    ],
}

TIMBER: dict[str, Any] = {
    "title": "Bouwhout een tweede leven",
    "question": "Hoe weten bouwers drie maanden vooraf welk hout waar vrijkomt bij sloop?",
    "situation": "Sloophout gaat de oven in omdat niemand weet wat vrijkomt. Een sloper hoort zes weken "
    "vooraf dat hij mag beginnen; een bouwer bestelt zijn hout vier maanden vooraf. Die twee vinden "
    "elkaar nooit. In 2025 verbrandden wij in de regio **38.000 ton** bruikbaar hout.",
    "who": "420 slopers, 1.300 bouwers en 60 gemeenten in Zuid-Holland en Utrecht.",
    "tried": "Een marktplaats voor bouwmateriaal (2021): het aanbod kwam steeds te laat. Een "
    "materialenpaspoort bij nieuwbouw: helpt pas over vijftig jaar.",
    "results": [
        "Bij 10 sloopprojecten is 60% van het hout vooraf gekoppeld aan een bouwer",
    ],
    "limits": "Sloopvergunningen zijn openbaar, bouwplannen niet. Hout met verf van vóór 1980 vraagt een "
    "aparte keuring.",
    "get": "€ 50.000 per startup, zonder btw. Eén startup.",
    "get_more": "",
    "expect": "",
    "for_whom": ["Bedoeld voor startups en scale-ups"],
    "criteria": [
        ("Begrip van de vraag", "Kent u het ritme van slopers en bouwers?", "40"),
        ("Haalbaar in zes maanden", "Is uw plan realistisch?", "30"),
        ("Breder bruikbaar", "Werkt het in andere provincies?", "20"),
    ],
}

CROSSING: dict[str, Any] = {
    "title": "Veilig oversteken naar school",
    "question": "Hoe zien wij welke oversteek kinderen eng vinden, voordat er een ongeluk gebeurt?",
    "situation": "Wij kennen de plekken waar ongelukken gebeurden. Wij kennen de plekken niet waar het "
    "net goed ging. Ouders wel: zij brengen hun kind daarom met de auto. Op **1 van de 4 scholen** "
    "staat de straat om kwart over acht vast.",
    "who": "92 basisscholen met 24.000 leerlingen, en hun ouders.",
    "tried": "Een meldpunt voor ouders (2022): 900 klachten, vooral over parkeren. Tellingen met de "
    "hand (2023): te weinig dagen om iets van te leren.",
    "results": [
        "Bij 8 scholen een lijst van bange plekken, samen met kinderen gemaakt",
        "15% meer kinderen komt lopend of op de fiets",
    ],
    "limits": "Wij volgen geen kinderen en bewaren geen beelden. Scholen bepalen zelf of zij meedoen.",
    "out_of_scope": "Nieuwe verkeerslichten en parkeerboetes.",
    "get": "€ 30.000 per startup, zonder btw. Eén startup.",
    "get_more": "Acht scholen die mee willen doen, een verkeerskundige (vier uur per week) en "
    "tellingen over vijf jaar.",
    "expect": "Elke week een ochtend bij een school. Een demo voor alle scholen aan het eind.",
    "for_whom": ["Bedoeld voor startups en sociale ondernemingen"],
    "proposal_note": "Hooguit drie A4, Nederlands of Engels.",
    "contact": "Vragen stelt u alleen via dit platform. Postbus: school@utrecht.example",
    "visa": "",
    "method": "Ieder jurylid scoort alleen; daarna stelt de jury samen de score vast.",
    "jury": "Drie leden: een voorzitter, een schooldirecteur en een verkeerskundige.",
    "pitch": "Geen pitch.",
    "follow_up": "De directeur Mobiliteit beslist op de datum hierboven. Werkt het, dan doen alle 92 "
    "scholen mee, uit het budget Veilige Schoolroutes. Keuzes: kopen, verlengen of stoppen.",
    "contract_ip": "VNG-model inkoopvoorwaarden 2020. Het intellectueel eigendom blijft van u; wij "
    "krijgen een gebruiksrecht.",
    "criteria": [
        ("Begrip van de vraag", "Begint u bij wat kinderen zelf zien?", "40"),
        ("Haalbaar in vijf maanden", "Is uw plan realistisch voor acht scholen?", "35"),
        ("Breder bruikbaar", "Kunnen scholen het daarna zelf?", "25"),
    ],
}
