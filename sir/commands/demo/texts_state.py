"""Invented challenges of three ministries. No real commitment of these bodies."""

from __future__ import annotations

from typing import Any

LETTERS: dict[str, Any] = {
    "title": "Brieven die iedereen begrijpt",
    "question": "Hoe merken wij vóór verzending dat een brief te moeilijk is, en helpen wij de "
    "schrijver om hem te verbeteren?",
    "situation": "Elk jaar sturen wij 4,2 miljoen brieven. Veel inwoners bellen omdat zij de brief "
    "niet begrijpen. In 2025 gingen **190.000 telefoontjes** alleen over de vraag: wat moet ik nu "
    "doen? Onze schrijvers zijn vakmensen, maar schrijven onder tijdsdruk en met vaste "
    "tekstblokken van jaren oud.\n\nWij merken pas dat een brief te moeilijk is als de telefoon "
    "gaat. Dan is het te laat: de inwoner heeft zich zorgen gemaakt, heeft een termijn gemist of "
    "een bedrag niet betaald. Een rode pen achteraf helpt niet. Wij willen het weten op het "
    "moment dat de schrijver nog aan de brief werkt.",
    "who": "Ongeveer 2,5 miljoen Nederlanders van 16 jaar en ouder hebben moeite met lezen. "
    "Daarnaast 340 schrijvers bij drie uitvoeringsorganisaties, die per dag zo’n 60 brieven maken.",
    "tried": "Een schrijfcursus (2019), een woordenlijst (2021) en een leesbaarheidsformule in het "
    "tekstsysteem (2023). De formule gaf cijfers, geen hulp: schrijvers zetten haar na zes weken "
    "uit. De cursus werkte, maar na een jaar was de helft van de schrijvers vertrokken.",
    "results": [
        "30% minder terugbelverkeer bij drie soorten brieven, na vijf maanden",
        "Ten minste 60 schrijvers gebruiken de hulp elke werkdag",
        "Geen enkele brieftekst verlaat onze eigen systemen",
    ],
    "limits": "Brieven bevatten persoonsgegevens. De tekst mag het gebouw niet verlaten; een dienst "
    "van buiten die meeleest kan dus niet. Ons tekstsysteem is van 2014 en heeft een beperkt "
    "koppelvlak. De inhoud van een besluit staat juridisch vast.",
    "out_of_scope": "Een nieuw tekstsysteem, een chatdienst voor inwoners en het herschrijven van "
    "wetten.",
    "get": "€ 35.000 per startup, zonder btw. Eén startup. Betaling in drie delen: bij de start, na "
    "drie maanden en na de demo.",
    "get_more": "Een vaste contactpersoon (acht uur per week), 3.000 geanonimiseerde brieven om mee "
    "te oefenen, een testomgeving binnen ons netwerk, en elke maand een middag met tien schrijvers "
    "en tien lezers uit ons inwonerspanel.",
    "expect": "Twee dagen per week aanwezig in Den Haag. Elke maand een kort verslag van één "
    "bladzijde. Een demo voor alle uitvoeringsorganisaties in de laatste maand.",
    "for_whom": [
        "Bedoeld voor startups, scale-ups en sociale ondernemingen",
        "Ook als uw oplossing nog een prototype is",
        "Ervaring met de overheid is niet nodig",
    ],
    "proposal_note": "Uw voorstel is hooguit drie A4, in het Nederlands of Engels. De jury leest "
    "zonder uw naam. Noem dus geen namen in het voorstel zelf.",
    "contact": "Vragen stelt u alleen via dit platform. Postbus voor techniek: sir@bzk.example",
    "visa": "Wij vergoeden uw reiskosten met het openbaar vervoer. Onze gebouwen zijn toegankelijk "
    "voor rolstoelen.",
    "method": "Ieder jurylid scoort eerst alleen. Daarna stelt de jury samen per onderdeel één "
    "score vast, met één motivering. De weging rekent de computer. Bij een gelijke stand telt "
    "eerst de hoogste weging.",
    "jury": "Vier leden: een voorzitter van buiten, een schrijver van brieven, een deskundige "
    "leesbaarheid en een deskundige informatiebeveiliging. Wie een band heeft met een inschrijver, "
    "beoordeelt niet mee.",
    "pitch": "Geen pitch. De jury beslist op uw voorstel.",
    "follow_up": "De directeur Dienstverlening beslist uiterlijk op de datum hierboven. Werkt het, "
    "dan nemen wij de oplossing af voor drie organisaties, uit het budget Begrijpelijke Overheid. "
    "Keuzes: kopen, drie maanden verlengen of stoppen. Wij leggen de keuze uit en maken die openbaar.",
    "contract_ip": "Wij gebruiken de ARBIT 2022. Het intellectueel eigendom blijft van u. Wij krijgen "
    "een gebruiksrecht voor de hele overheid, zolang de overeenkomst loopt. Uw broncode hoeft niet "
    "openbaar te worden.",
    "criteria": [
        (
            "Begrip van de vraag",
            "Kent u het werk van de schrijver en de zorgen van de lezer?",
            "30",
        ),
        (
            "Haalbaar in vijf maanden",
            "Is uw plan realistisch, ook met ons oude tekstsysteem?",
            "25",
        ),
        ("Waarde voor inwoners", "Hoe meet u dat minder mensen hoeven te bellen?", "20"),
        (
            "Team en samenwerking",
            "Heeft het team de kennis en de tijd om met ons mee te werken?",
            "15",
        ),
        ("Breder bruikbaar", "Kunnen andere overheden het zonder u invoeren?", "10"),
    ],
    "en": {
        "title": "Letters that everyone understands",
        "question": "How can we notice before sending that a letter is too hard, and help its "
        "writer to improve it?",
        "situation": "Every year we send 4.2 million letters. Many residents call because they do "
        "not understand the letter. In 2025, **190,000 calls** were only about one question: what "
        "must I do now? Our writers are professionals, but they write under pressure and with "
        "standard blocks that are years old.\n\nWe learn that a letter is too hard only when the "
        "phone rings. By then it is too late. We want to know while the writer is still working.",
        "who": "About 2.5 million people in the Netherlands of 16 and over find reading hard, and "
        "340 writers in three executive bodies who make some 60 letters a day.",
        "tried": "A writing course (2019), a word list (2021) and a readability formula in the text "
        "system (2023). The formula gave figures, not help: writers switched it off in six weeks.",
        "results": [
            "30% fewer call-backs on three types of letter after five months",
            "At least 60 writers use the help every working day",
            "No text of any letter leaves our own systems",
        ],
        "limits": "Letters hold personal data. Their text may not leave the building, so a service "
        "outside that reads along is impossible. Our text system is from 2014 with few interfaces.",
        "out_of_scope": "A new text system, a chat service for residents, rewriting the law.",
        "get": "€ 35,000 per startup, excluding VAT. One startup. Paid in three parts: at the start, "
        "after three months and after the demo.",
        "get_more": "A contact person (eight hours a week), 3,000 anonymised letters to practise on, "
        "a test environment inside our network, and a monthly afternoon with writers and readers.",
        "expect": "Two days a week in The Hague, a one-page report each month, and a demo at the end.",
        "for_whom": [
            "Aimed at startups, scale-ups and social enterprises",
            "Also if your solution is still a prototype",
            "Experience with government is not needed",
        ],
        "proposal_note": "At most three A4, in Dutch or English. The jury reads without your name.",
        "contact": "Ask questions only through this platform. Technical mailbox: sir@bzk.example",
        "visa": "We pay your public transport. Our buildings are wheelchair accessible.",
        "method": "Each juror scores alone first. Then the jury agrees on one score per criterion "
        "with one reason. In a tie the criterion with the highest weight decides.",
        "jury": "Four members: an outside chair, a writer of letters, a readability expert and an "
        "information security expert. Whoever is tied to a bidder does not judge.",
        "pitch": "No pitch. The jury decides on your proposal.",
        "follow_up": "The director of Services decides by the date above. If it works we buy it for "
        "three bodies from the budget Understandable Government. Options: buy, extend, stop.",
        "contract_ip": "We use ARBIT 2022. Intellectual property stays yours. We get a licence to use "
        "it throughout government while the contract runs.",
        "criteria": [
            ("Understanding", "Do you know the writer's work and the reader's worries?"),
            ("Feasible in five months", "Is your plan realistic, with our old text system too?"),
            ("Value for residents", "How do you measure that fewer people need to call?"),
            ("Team", "Does the team have the knowledge and the time to work with us?"),
            ("Useful to others", "Can other governments introduce it without you?"),
        ],
    },
}

DROUGHT: dict[str, Any] = {
    "title": "Droogte op perceelniveau",
    "question": "Hoe geven wij boeren twee weken vooruit een bruikbaar signaal van droogte per "
    "perceel, met data die er al is?",
    "situation": "Boeren en waterschappen zien te laat waar de bodem uitdroogt. Er zijn satellieten, "
    "grondwatermeters en weersverwachtingen, maar ieder kijkt naar zijn eigen kaart. Een boer moet "
    "vandaag zes websites openen en dan nog gokken. In de droge zomer van 2025 beregende **een op "
    "de drie bedrijven** te vroeg of te laat.\n\nHet waterschap krijgt op zijn beurt pas een beeld "
    "als de sloten al leeg zijn. Dan rest alleen een verbod. Dat treft ook bedrijven die nog water "
    "genoeg hebben.",
    "who": "11.400 akkerbouwers en veehouders op zandgrond in Oost- en Zuid-Nederland, en de "
    "peilbeheerders van zes waterschappen.",
    "tried": "Een landelijke droogtekaart (2020) met vakken van 25 vierkante kilometer: te grof voor "
    "een perceel. Een proef met 200 bodemsensoren (2022): nauwkeurig, maar te duur in onderhoud.",
    "results": [
        "40 bedrijven in één provincie handelen in één seizoen op het signaal",
        "Ten minste 8 van de 10 waarschuwingen kloppen achteraf",
        "Een signaal kost een boer minder dan vijf minuten per week",
    ],
    "limits": "Perceelgegevens zijn bedrijfsgegevens: de boer beslist wie ze ziet. Gebruik bestaande "
    "open data (KNMI, DINOloket, Copernicus). Nieuwe sensoren plaatsen wij niet.",
    "out_of_scope": "Advies over gewaskeuze, subsidies en de handhaving van beregeningsverboden.",
    "get": "€ 40.000 per startup, zonder btw. Twee startups. Betaling per mijlpaal, vier keer.",
    "get_more": "Toegang tot tien proefbedrijven, een hydroloog (zes uur per week), historische "
    "metingen over tien jaar en een werkplek in Wageningen.",
    "expect": "Eén dag per week op een bedrijf of bij het waterschap. Na elke fase een verslag van "
    "hooguit twee bladzijden. Een demo op de landbouwbeurs.",
    "for_whom": [
        "Bedoeld voor startups en scale-ups",
        "Samen inschrijven met een kennisinstelling mag",
        "Buitenlandse inschrijvers zijn welkom",
    ],
    "proposal_note": "Hooguit drie A4, Nederlands of Engels. Beeld mag op één extra bladzijde.",
    "contact": "Vragen stelt u alleen via dit platform. Postbus: droogte@lnv.example",
    "visa": "Wij kunnen optreden als begeleider voor het startup-visum.",
    "method": "Ieder jurylid scoort alleen; daarna stelt de jury samen de score vast. Minimaal 6 "
    "punten voor haalbaarheid. Bij een gelijke stand telt eerst de hoogste weging.",
    "jury": "Vijf leden: een onafhankelijke voorzitter, een akkerbouwer, een hydroloog, een "
    "peilbeheerder en een data-deskundige.",
    "pitch": "De beste drie krijgen elk 10 minuten voor een pitch en 20 minuten voor vragen.",
    "follow_up": "De directeur Agrarisch Water beslist op de datum hierboven. Werkt het, dan kopen "
    "wij een dienst voor twee seizoenen, uit het budget Klimaatadaptatie. Keuzes: kopen, een seizoen "
    "verlengen of stoppen.",
    "contract_ip": "Wij gebruiken de ARVODI 2018. Het intellectueel eigendom blijft van u; wij krijgen "
    "een gebruiksrecht. Wat wij samen meten wordt open data.",
    "criteria": [
        (
            "Begrip van de vraag",
            "Sluit het aan bij hoe een boer en een peilbeheerder werken?",
            "25",
        ),
        ("Betrouwbaar signaal", "Waarom klopt uw verwachting, en hoe toont u dat aan?", "30"),
        ("Haalbaar in een seizoen", "Is uw plan realistisch, stap voor stap?", "20"),
        ("Waarde en meetbaarheid", "Wat levert het op, en hoe weten wij dat?", "15"),
        ("Breder bruikbaar", "Past het ook op klei en in andere provincies?", "10"),
    ],
    "en": {
        "title": "Drought, parcel by parcel",
        "question": "How can we give farmers a usable drought signal per parcel, two weeks ahead, "
        "with data that already exists?",
        "situation": "Farmers and water boards see too late where the soil dries out. There are "
        "satellites, groundwater gauges and forecasts, but everyone looks at a map of their own. In "
        "the dry summer of 2025 **one in three farms** irrigated too early or too late.",
        "who": "11,400 arable and livestock farmers on sandy soil, and the level managers of six "
        "water boards.",
        "tried": "A national drought map (2020) with cells of 25 square kilometres: too coarse. A "
        "pilot with 200 soil sensors (2022): accurate, but too expensive to maintain.",
        "results": [
            "40 farms in one province act on the signal in one season",
            "At least 8 in 10 warnings prove right",
            "A signal costs a farmer less than five minutes a week",
        ],
        "limits": "Parcel data is business data: the farmer decides who sees it. Use existing open "
        "data. We do not place new sensors.",
        "out_of_scope": "Advice on crops, subsidies, enforcement.",
        "get": "€ 40,000 per startup, excluding VAT. Two startups. Paid per milestone, four times.",
        "get_more": "Ten test farms, a hydrologist (six hours a week), ten years of measurements and "
        "a desk in Wageningen.",
        "expect": "One day a week on a farm or at the water board, a short report after each phase.",
        "for_whom": [
            "Aimed at startups and scale-ups",
            "Bidding with a knowledge institute is fine",
            "Bidders from abroad are welcome",
        ],
        "proposal_note": "At most three A4, in Dutch or English.",
        "contact": "Ask questions only through this platform. Mailbox: droogte@lnv.example",
        "visa": "We can act as facilitator for the startup visa.",
        "method": "Each juror scores alone, then the jury agrees. At least 6 points for feasibility. "
        "In a tie the criterion with the highest weight decides.",
        "jury": "Five members: an independent chair, a farmer, a hydrologist, a level manager and a "
        "data expert.",
        "pitch": "The best three each get 10 minutes to pitch and 20 minutes for questions.",
        "follow_up": "The director of Agricultural Water decides by the date above: buy a service "
        "for two seasons, extend by a season, or stop.",
        "contract_ip": "ARVODI 2018. Intellectual property stays yours; we get a licence to use it.",
        "criteria": [
            ("Understanding", "Does it fit how a farmer and a level manager work?"),
            ("A signal to rely on", "Why is your forecast right, and how do you show it?"),
            ("Feasible in a season", "Is your plan realistic, step by step?"),
            ("Value and measuring", "What does it bring, and how do we know?"),
            ("Useful elsewhere", "Does it also fit clay and other provinces?"),
        ],
    },
}

POWER: dict[str, Any] = {
    "title": "Stroomaansluiting delen",
    "question": "Hoe maken buren op een bedrijventerrein hun ongebruikte ruimte op het stroomnet "
    "veilig en eerlijk deelbaar?",
    "situation": "Op een vol bedrijventerrein wacht een starter jaren op een aansluiting. Intussen "
    "gebruikt de buurman zijn aansluiting maar een paar uur per dag. Ruimte is er dus wel, maar "
    "niemand weet wanneer, van wie en onder welke afspraken. **Van 3.200 bedrijventerreinen zitten "
    "er 1.100 op slot.**\n\nBedrijven willen best delen, als het eerlijk gaat en hun machines nooit "
    "stilvallen. Wat ontbreekt is vertrouwen: wie mag wat, en wat gebeurt er als iemand meer neemt?",
    "who": "Ruim 18.000 bedrijven op terreinen met een vol net, en hun netbeheerders.",
    "tried": "Een landelijk model-contract (2024): goed, maar te ingewikkeld voor kleine bedrijven. "
    "Eén proef met een accu voor zes bedrijven: werkte, maar niemand nam de afspraken over.",
    "results": [
        "Eén terrein met zes bedrijven deelt volgens vaste regels",
        "Ten minste 15% van de piek verschuift, gemeten per kwartier",
    ],
    "limits": "De netbeheerder blijft verantwoordelijk voor het net. Metingen zijn bedrijfsgeheim. De "
    "Energiewet bepaalt wat een groep mag. Er wordt niets aan de meterkast veranderd.",
    "out_of_scope": "Nieuwe kabels, accu’s kopen en de handel in energie.",
    "get": "€ 45.000 per startup, zonder btw. Eén startup. Betaling bij start, halverwege en aan het eind.",
    "get_more": "Een terrein met zes bedrijven die mee willen doen, kwartierwaarden over twee jaar, "
    "een jurist energierecht (vier uur per week) en een contactpersoon bij de netbeheerder.",
    "expect": "Twee dagen per week op het terrein. Elke maand overleg met alle zes bedrijven. Een "
    "demo voor gemeenten en netbeheerders.",
    "for_whom": [
        "Bedoeld voor startups, scale-ups en coöperaties",
        "Een verhaal voor ondernemers is belangrijker dan techniek",
    ],
    "proposal_note": "Hooguit drie A4, Nederlands of Engels.",
    "contact": "Vragen stelt u alleen via dit platform. Postbus: netdelen@ez.example",
    "visa": "",
    "method": "Ieder jurylid scoort alleen; daarna stelt de jury samen de score vast. Bij een gelijke "
    "stand telt eerst de hoogste weging.",
    "jury": "Vier leden: een voorzitter, een ondernemer van een ander terrein, een netbeheerder en een "
    "jurist energierecht.",
    "pitch": "De beste drie pitchen 10 minuten, met 20 minuten vragen.",
    "follow_up": "De directeur Elektriciteit beslist op de datum hierboven. Werkt het, dan rollen wij "
    "het met netbeheerders uit op twintig terreinen, uit het budget Netcongestie. Keuzes: kopen, "
    "verlengen of stoppen.",
    "contract_ip": "ARBIT 2022. Het intellectueel eigendom blijft van u; wij krijgen een gebruiksrecht. "
    "De spelregels die wij samen maken worden openbaar.",
    "criteria": [
        ("Begrip van de vraag", "Begrijpt u waarom buren nu niet delen?", "30"),
        ("Veilig en eerlijk", "Hoe voorkomt u dat iemand meer neemt dan afgesproken?", "30"),
        ("Haalbaar in zes maanden", "Is het plan realistisch, ook juridisch?", "25"),
        ("Breder bruikbaar", "Kan een ander terrein het zonder u invoeren?", "15"),
    ],
}
