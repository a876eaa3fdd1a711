"""Invented challenges whose juries do something special. No real commitment of these bodies."""

from __future__ import annotations

from typing import Any

HELPERS: dict[str, Any] = {
    "title": "Digitale hulp om de hoek",
    "question": "Hoe vindt iemand die vastloopt op een website binnen een dag hulp in de eigen buurt?",
    "situation": "Een toeslag, een afspraak bij de huisarts, een parkeervergunning: alles gaat via een "
    "scherm. Wie vastloopt, belt ons, wacht **gemiddeld 19 minuten** en hoort dan dat wij niet mee "
    "mogen kijken. In elke wijk zitten mensen die kunnen helpen: in de bibliotheek, het buurthuis en "
    "achter de eigen voordeur. Zij weten niet wie hen nodig heeft.\n\nDe hulp die er is, draait op "
    "vaste uren. De vraag komt op zondagavond, als de machtiging morgen verloopt.",
    "who": "Naar schatting 61.000 Hagenaars vinden digitale zaken moeilijk. Er zijn 22 "
    "informatiepunten en 340 vrijwilligers.",
    "tried": "Een inloopspreekuur in elke wijk (2022): goed bezocht, maar de helft kwam op het verkeerde "
    "uur. Een chatbot (2024): wie de website niet snapt, snapt de chatbot ook niet.",
    "results": [
        "8 van de 10 mensen zijn binnen een dag geholpen",
        "200 inwoners in twee wijken gebruiken het, van wie de helft ouder is dan 65",
        "Een helper blijft gemiddeld langer dan zes maanden",
    ],
    "limits": "Een helper ziet geen wachtwoorden en geen inkomen. Wij bewaren niet wie waarmee hulp vroeg. "
    "Het moet werken met een gewone telefoon, ook zonder internet.",
    "out_of_scope": "Cursussen, nieuwe apparaten en het ombouwen van onze eigen website.",
    "get": "Hooguit € 35.000, zonder btw. Eén startup. Uw prijs telt voor 10% mee.",
    "get_more": "Twee wijken, 40 vrijwilligers die willen beginnen, een coördinator (acht uur per week) en "
    "een ruimte in de centrale bibliotheek.",
    "expect": "Twee dagen per week in de wijk. Elke maand een middag met vrijwilligers en inwoners.",
    "for_whom": [
        "Bedoeld voor startups en sociale ondernemingen",
        "Ervaring met vrijwilligers is een voordeel, geen eis",
    ],
    "proposal_note": "Hooguit drie A4, Nederlands of Engels. De jury leest zonder uw naam, tot de scores "
    "op papier vaststaan. Uw prijs blijft dicht tot na de pitches.",
    "contact": "Vragen stelt u alleen via dit platform. Postbus: hulp@denhaag.example",
    "visa": "",
    "method": "De jury oefent eerst op één verzonnen voorstel. Daarna scoort ieder jurylid alleen en "
    "stelt de jury samen de score vast. Na de pitch mag een jurylid zijn score aanpassen, met uitleg.",
    "jury": "Drie leden: een voorzitter van buiten, een deskundige digitale inclusie en een bewoner. Een "
    "adviseur beveiliging leest mee en scoort niet.",
    "pitch": "De beste drie krijgen elk 10 minuten voor een pitch en 20 minuten voor vragen. De jury "
    "begint bij iedereen met dezelfde drie vragen.",
    "follow_up": "De directeur Publiekszaken beslist op de datum hierboven. Werkt het, dan krijgen alle 44 "
    "wijken het, uit het budget Iedereen Digitaal. Keuzes: kopen, verlengen of stoppen.",
    "contract_ip": "VNG-model inkoopvoorwaarden 2020. Het intellectueel eigendom blijft van u; wij "
    "krijgen een gebruiksrecht.",
    "criteria": [
        ("Begrip van de vraag", "Begint u bij iemand die al drie keer is afgehaakt?", "35"),
        ("Haalbaar in vijf maanden", "Is uw plan realistisch, met vrijwilligers?", "25"),
        ("Waarde en meetbaarheid", "Hoe weten wij dat iemand echt geholpen is?", "30"),
    ],
}
HELPERS_QUESTIONS = [
    "Iemand belt op zondagavond om negen uur. Wat gebeurt er in het eerste kwartier?",
    "Hoe voorkomt u dat een helper dingen ziet die hij niet hoort te zien?",
    "Welke van uw aannames blijkt over een jaar het minst te kloppen?",
]

FAKE: dict[str, Any] = {
    "title": "Echt of nep?",
    "question": "Hoe weet iemand binnen tien seconden of een bericht echt van de overheid komt?",
    "situation": "Een sms van de Belastingdienst, een brief over een boete, een telefoontje van uw bank die "
    "doorverbindt met de politie. Oplichters doen alsof zij de overheid zijn, en wij sturen zelf "
    "berichten die op de hunne lijken. In 2025 deden **41.000 mensen** aangifte. De meesten doen "
    "niets: zij schamen zich.\n\nOnze raad is nu: bel ons. Dan bent u vijf minuten verder, en de "
    "oplichter hangt nog aan de lijn.",
    "who": "Alle inwoners, en vooral de 3,4 miljoen die één keer per maand of vaker twijfelen.",
    "tried": "Een campagne (2021): iedereen kende haar, niemand deed iets anders. Een meldpunt (2023): "
    "nuttig voor de politie, te laat voor wie nu twijfelt.",
    "results": [
        "7 van de 10 deelnemers herkennen een nepbericht binnen tien seconden",
        "500 mensen van 16 tot 90 jaar doen mee aan de proef",
    ],
    "limits": "Geen inhoud van berichten naar een dienst buiten Europa. Het werkt voor brief, sms, mail en "
    "telefoon, of zegt duidelijk waarvoor niet.",
    "out_of_scope": "Opsporing, en de beveiliging van onze eigen servers.",
    "get": "€ 40.000 per startup, zonder btw. Eén startup.",
    "get_more": "Voorbeelden van 2.000 echte en 2.000 valse berichten, een panel van 500 mensen en een "
    "deskundige van het centrum voor cyberveiligheid (vier uur per week).",
    "expect": "Een dag per week in Den Haag. Een demo voor alle uitvoeringsorganisaties.",
    "for_whom": ["Bedoeld voor startups, scale-ups en onderzoeksgroepen"],
    "proposal_note": "Hooguit drie A4, Nederlands of Engels. De jury leest zonder uw naam.",
    "contact": "Vragen stelt u alleen via dit platform. Postbus: echt@bzk.example",
    "visa": "",
    "method": "Wij verwachten veel voorstellen. Ieder voorstel wordt door drie juryleden gelezen; het "
    "gemiddelde van hun scores telt. De computer verdeelt de voorstellen, zonder banden en eerlijk "
    "over de leden. Wie minder dan 50 van de 100 punten haalt, valt af.",
    "jury": "Vijf leden: een voorzitter, een voorlichter, een deskundige cyberveiligheid, een "
    "gedragsonderzoeker en iemand namens ouderen. Ieder van hen kan alle onderdelen beoordelen.",
    "pitch": "Geen pitch.",
    "follow_up": "De directeur Digitale Samenleving beslist op de datum hierboven. Werkt het, dan bieden "
    "alle organisaties het aan, uit het budget Veilig Online. Keuzes: kopen, verlengen of stoppen.",
    "contract_ip": "Wij gebruiken de ARBIT 2022. Het intellectueel eigendom blijft van u; wij krijgen een "
    "gebruiksrecht.",
    "criteria": [
        ("Begrip van de vraag", "Begrijpt u waarom slimme mensen er ook in trappen?", "35"),
        ("Haalbaar in vijf maanden", "Is uw plan realistisch voor 500 deelnemers?", "30"),
        ("Waarde voor inwoners", "Hoe meet u dat minder mensen opgelicht worden?", "35"),
    ],
}

SURPLUS: dict[str, Any] = {
    "title": "Over is niet weg",
    "question": "Hoe komt eten dat een winkel om zes uur over heeft, dezelfde avond op een bord?",
    "situation": "Een supermarkt weet om zes uur ’s avonds wat zij weggooit. De voedselbank haalt om tien uur "
    "’s ochtends op, met vrijwilligers en één koelwagen. Daartussen zit een nacht en gaat **een derde** "
    "van wat nog goed is verloren.\n\nKleine winkels doen niet mee: vier kisten zijn de rit niet waard. "
    "Buren die willen koken, weten niet dat er iets is.",
    "who": "1.150 winkels en markten in drie regio’s, 38 voedselbanken en 210 buurtkeukens.",
    "tried": "Een app met kortingen (2022): goed voor de winkel, niet voor wie geen geld heeft. Een tweede "
    "koelwagen (2024): stond de helft van de tijd stil.",
    "results": [
        "60 winkels geven elke week ten minste drie keer eten door",
        "De helft van wat nu verloren gaat, is dezelfde avond gegeten",
    ],
    "limits": "Gekoeld eten blijft onder de zeven graden. Wie eten krijgt, hoeft niet te zeggen wie hij is. "
    "De winkel blijft niet aansprakelijk na de overdracht.",
    "out_of_scope": "Eten dat over de datum is, en nieuwe koelwagens.",
    "get": "€ 30.000 per startup, zonder btw. Eén startup.",
    "get_more": "Zestig winkels die mee willen doen, drie voedselbanken en een voedseldeskundige van de "
    "toezichthouder (vier uur per week).",
    "expect": "Twee avonden per week op pad. Elke maand een verslag van één bladzijde.",
    "for_whom": ["Bedoeld voor startups en sociale ondernemingen"],
    "proposal_note": "Hooguit drie A4, Nederlands of Engels. De jury weet pas na de beslissing wie u bent. "
    "Noem dus geen namen.",
    "contact": "Vragen stelt u alleen via dit platform. Postbus: over@lnv.example",
    "visa": "",
    "method": "Ieder jurylid scoort alleen; daarna stelt de jury samen de score vast. De jury kan u "
    "schriftelijk om uitleg vragen. Ook uw antwoord leest zij zonder uw naam.",
    "jury": "Drie leden: een voorzitter, een manager van een voedselbank en een supermarktondernemer.",
    "pitch": "Geen pitch: zo blijft uw naam verborgen. Vragen stelt de jury schriftelijk.",
    "follow_up": "De directeur Voedselkwaliteit beslist op de datum hierboven. Werkt het, dan doen alle "
    "voedselbanken mee, uit het budget Samen tegen Verspilling. Keuzes: kopen, verlengen of stoppen.",
    "contract_ip": "Wij gebruiken de ARVODI 2018. Het intellectueel eigendom blijft van u; wij krijgen een "
    "gebruiksrecht.",
    "criteria": [
        ("Begrip van de vraag", "Kent u het ritme van winkel, voedselbank en buurt?", "40"),
        ("Haalbaar in een seizoen", "Is uw plan realistisch, ook op een zaterdag?", "35"),
        ("Breder bruikbaar", "Kan een andere regio het zonder u beginnen?", "25"),
    ],
}

DESK: dict[str, Any] = {
    "title": "In één keer goed aan de balie",
    "question": "Hoe komt iemand met de juiste papieren aan de balie, zodat één bezoek genoeg is?",
    "situation": "Een verhuizing, een huwelijk, een uittreksel voor de notaris. Van de mensen die bij ons aan "
    "de balie komen, gaat **een op de vijf** weer naar huis omdat er een papier ontbreekt. De brief "
    "vooraf noemt er negen, de website zeven en de medewerker vraagt er vier.\n\nEen tweede afspraak is "
    "pas over twee weken. Voor wie een ochtend vrij moet nemen, is dat geld.",
    "who": "186.000 bezoeken per jaar aan vier loketten, en 74 medewerkers burgerzaken.",
    "tried": "Een controlelijst op papier (2020): gold voor een gewone aanvraag, en die bestaat niet. Een "
    "herinnering per sms (2023): minder mensen vergaten de afspraak, niet de papieren.",
    "results": [
        "Minder dan 1 op de 20 mensen moet terugkomen, bij drie soorten aanvragen",
        "Een gesprek aan de balie duurt niet langer dan nu",
    ],
    "limits": "Wij delen geen gegevens uit de basisregistratie. De medewerker beslist; het middel adviseert.",
    "out_of_scope": "Een nieuw afsprakensysteem en langere openingstijden.",
    "get": "€ 30.000 per startup, zonder btw. Eén startup.",
    "get_more": "Twee loketten, zes medewerkers die meedenken en cijfers over drie jaar bezoeken.",
    "expect": "Een dag per week aan het loket. Een demo voor alle gemeenten in de regio.",
    "for_whom": ["Bedoeld voor startups en scale-ups"],
    "proposal_note": "Hooguit drie A4, Nederlands of Engels. De jury leest zonder uw naam.",
    "contact": "Vragen stelt u alleen via dit platform. Postbus: balie@utrecht.example",
    "visa": "",
    "method": "Ieder jurylid scoort alleen; daarna stelt de jury samen de score vast.",
    "jury": "Drie leden: een voorzitter, een medewerker burgerzaken en een bewoner.",
    "pitch": "Geen pitch.",
    "follow_up": "De directeur Burgerzaken beslist op de datum hierboven. Werkt het, dan gebruiken alle vier "
    "de loketten het, uit het budget Dienstverlening. Keuzes: kopen, verlengen of stoppen.",
    "contract_ip": "VNG-model inkoopvoorwaarden 2020. Het intellectueel eigendom blijft van u; wij krijgen een "
    "gebruiksrecht.",
    "criteria": [
        ("Begrip van de vraag", "Begrijpt u waarom een lijst niet helpt?", "40"),
        ("Haalbaar in vijf maanden", "Is uw plan realistisch met zes medewerkers?", "30"),
        ("Waarde voor inwoners", "Hoe telt u wie niet terug hoefde te komen?", "30"),
    ],
}
