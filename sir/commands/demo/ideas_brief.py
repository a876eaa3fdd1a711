"""What the invented startups propose for the other challenges: (challenge, startup, line, how)."""

from __future__ import annotations

BRIEF: tuple[tuple[str, str, str, str], ...] = (
    (
        "helpers",
        "schrijf",
        "Eén nummer, één buur: wie belt, hangt binnen een kwartier aan de lijn met iemand uit de wijk.",
        "Een vrijwilliger zegt in één tik dat hij een uur bereikbaar is. Wie belt, hoort eerst een mens en "
        "dan pas een keuze. De helper ziet het scherm van de ander als tekening: knoppen en vakken, maar "
        "geen letters en geen bedragen.",
    ),
    (
        "helpers",
        "nudge",
        "Een blauw lampje achter het raam: hier mag u vanavond aanbellen voor hulp met een website.",
        "Buren die willen helpen zetten een lampje aan als het uitkomt. Wie hulp zoekt, loopt de straat in. "
        "Wij trainen de helpers in drie avonden en spreken af wat zij nooit doen: inloggen voor een ander.",
    ),
    (
        "helpers",
        "b1",
        "Een kaart met zes plaatjes wijst de weg van het probleem naar de juiste helper.",
        "Op elke plek waar mensen komen hangt dezelfde kaart: geld, zorg, wonen, kind, reizen, overig. Een "
        "code op de kaart belt vanzelf. De computer koppelt aan de helper die deze vraag het vaakst oploste.",
    ),
    (
        "helpers",
        "pas",
        "Een bus met twee helpers staat elke avond in een andere straat.",
        "De bus rijdt op een vast rooster langs acht straten per week. Binnen zijn twee tafels, koffie en een "
        "scherm dat na elk gesprek alles vergeet.",
    ),
    (
        "fake",
        "klare",
        "Elke echte brief krijgt een zin die alleen u kunt kennen.",
        "U kiest één keer een plaatje en een woord. Elk bericht van de overheid noemt ze allebei. Staat er iets "
        "anders, dan is het niet van ons. Er is geen app nodig en het werkt ook op papier.",
    ),
    (
        "fake",
        "lezer",
        "Twintig mensen lezen elke ochtend de nieuwste nepberichten en schrijven er één regel bij.",
        "Wie twijfelt, stuurt een foto. Lijkt het bericht op een van de gelezen berichten, dan komt de regel "
        "binnen tien seconden terug. Lijkt het nergens op, dan leest iemand mee.",
    ),
    (
        "fake",
        "b1",
        "Een stopwoord aan de telefoon: vraag ernaar, en een echte ambtenaar kent het antwoord.",
        "Elke dag geldt één woord per organisatie, te vinden op onze eigen website en in de krant. Wie gebeld "
        "wordt, vraagt ernaar. Wij maken het woord, de uitleg en een oefenlijn.",
    ),
    (
        "fake",
        "schrijf",
        "Een toetsenbord dat zachtjes trilt als een bericht u haast wil geven.",
        "Nepberichten verschillen in alles, behalve in de haast. Ons toetsenbord leest op de telefoon zelf, "
        "herkent de druk en laat de hand een tel wachten. Er gaat niets naar buiten.",
    ),
    (
        "fake",
        "veld",
        "Van elk vals bericht een weerkaart: wat gaat er vandaag rond in uw wijk?",
        "Meldingen van banken, politie en inwoners worden één kaart, per wijk en per uur. Wie iets krijgt, ziet "
        "hoeveel anderen hetzelfde kregen.",
    ),
    (
        "fake",
        "dauw",
        "Een zegel in de hoek van de brief kleurt als u er warme adem op blaast.",
        "De inkt is goedkoop in grote oplagen en niet te kopiëren met een printer. Voor sms en mail hoort er een "
        "afzender bij die banken al kennen.",
    ),
    (
        "fake",
        "buur",
        "Bel uw buurvrouw: een netwerk van mensen die één tel meekijken.",
        "Wie twijfelt drukt op een knop en krijgt iemand uit een vaste kring. Wij maken de knop, de kring en de "
        "regels, en meten hoe vaak de kring gelijk heeft.",
    ),
    (
        "fake",
        "zak",
        "Een magneet voor op de koelkast met de vier vragen die elk nepbericht verraden.",
        "Vier vragen, vier kleuren, getest met 120 mensen boven de zeventig. Na drie weken gebruikt de helft ze "
        "nog. Wij sturen er 500 rond en meten het na.",
    ),
    (
        "fake",
        "pas",
        "Uw brievenbus controleert de brief, nog voor u hem opent.",
        "Elke echte envelop draagt een onzichtbaar merk. Een lezer in het gebouw zet een groen streepje op de "
        "brieven die van de overheid zijn.",
    ),
    (
        "surplus",
        "zak",
        "De laatste klant neemt één kist mee naar de buurtkeuken op zijn weg naar huis.",
        "Winkels laden om zes uur wat over is. Klanten die toch al die kant op gaan krijgen een seintje en nemen "
        "één kist mee in een koeltas die terugkomt. Zo heeft niemand een extra rit.",
    ),
    (
        "surplus",
        "veld",
        "Om vier uur weten wat er om zes uur over is, en wie het kan koken.",
        "Uit verkoop en weer rekenen wij twee uur vooruit wat overblijft. De buurtkeuken kiest om half vijf een "
        "recept en zegt hoeveel borden er zijn. De winkel zet klaar wat gekozen is, en niets anders.",
    ),
    (
        "surplus",
        "dauw",
        "Een koelkast op straat die zelf zegt wat erin ligt en hoe koud het is.",
        "Acht koelkasten met een slot dat opengaat voor wie iets brengt en voor wie iets haalt. De temperatuur is "
        "voor iedereen te zien. Na tien uur ’s avonds komt een fietser langs.",
    ),
    (
        "desk",
        "lezer",
        "Drie vragen aan de telefoon, en u weet welke twee papieren u meeneemt.",
        "Wij lazen met twintig bezoekers de brieven die zij kregen. Het verschil zit in drie vragen: bent u "
        "getrouwd, komt u uit het buitenland, bent u er zelf bij? Wie ze beantwoordt, krijgt een lijst die klopt "
        "en niets wat overbodig is.",
    ),
    (
        "desk",
        "klare",
        "De medewerker ziet vooraf wat er nog ontbreekt, en belt één keer.",
        "Twee dagen voor de afspraak loopt ons hulpmiddel de aanvraag langs, binnen uw eigen netwerk. Ontbreekt er "
        "iets, dan staat er één vraag klaar in gewone taal. Een telefoontje van twee minuten bespaart een "
        "ochtend.",
    ),
    (
        "desk",
        "buur",
        "Wie al geweest is, helpt wie nog moet: de rij vertelt elkaar wat er nodig was.",
        "Na elk bezoek vragen wij: wat had u graag geweten? Het antwoord staat de volgende ochtend bij de "
        "afspraak van een ander. Een medewerker keurt het goed.",
    ),
    (
        "desk",
        "pas",
        "Een kluisje bij de ingang maakt kopieën van alles wat u bij u heeft.",
        "U legt al uw papieren erin; de medewerker kiest wat nodig is. De kopieën zijn na het bezoek weg.",
    ),
)
