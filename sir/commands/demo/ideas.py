"""What the invented startups propose, in their own words."""

from __future__ import annotations

from typing import Any

from sir.commands.demo.ideas_brief import BRIEF


def _idea(  # noqa: PLR0913 - a proposal has this many sections
    one_liner: str,
    solution: str,
    new: str,
    users: str,
    *,
    steps: tuple[str, ...],
    needs: str,
    risks: str,
    measure: str,
    team: str,
    product: str,
    after: str,
) -> dict[str, Any]:
    return {
        "one_liner": one_liner,
        "solution": solution,
        "new": new,
        "users": users,
        "steps": steps,
        "needs": needs,
        "risks": risks,
        "measure": measure,
        "team": team,
        "product": product,
        "after": after,
    }


TEAM = (
    "Een taalkundige, twee ontwikkelaars en een ontwerper. Samen werkten wij eerder aan "
    "formulieren voor een zorgverzekeraar. Eén van ons is elke week twee dagen bij u aanwezig."
)
AFTER = (
    "Een vast bedrag per jaar per organisatie, zonder kosten per gebruiker. De koppeling is open "
    "en beschreven; een andere overheid kan haar zonder ons aansluiten. De kern wordt open source "
    "onder de EUPL als u na de proef doorgaat."
)

IDEAS: dict[tuple[str, str], dict[str, Any]] = {
    ("letters", "klare"): _idea(
        "Een lezer in de kantlijn: de schrijver ziet tijdens het typen waar een inwoner afhaakt.",
        "Onze hulp draait als dienst **binnen uw netwerk** en leest mee in het tekstsysteem. Bij "
        "elke alinea staat één vraag die een lezer zou stellen: wat moet ik doen, vóór wanneer, en "
        "wat als ik dat niet doe? Blijft het antwoord uit, dan laat de kantlijn dat zien.\n\nWij "
        "rekenen niet met een formule maar met de vragen uit uw eigen telefoongesprekken. Met "
        "190.000 gesprekken weten wij per soort brief welke zes vragen steeds terugkomen. Het model "
        "is klein: het past op één server en heeft geen internet nodig.\n\nDe schrijver houdt de "
        "pen. Wij stellen geen zinnen voor die een besluit veranderen.",
        "Bestaande programma’s tellen lettergrepen. Wij toetsen of de vraag van de lezer beantwoord "
        "is. Dat is in twee gemeenten beproefd met 41 schrijvers, die na drie maanden nog meedoen.",
        "Schrijvers, elke dag. Hun teamleider ziet alleen per soort brief welke vraag openblijft, "
        "nooit wie wat schreef.",
        steps=(
            "Week 1-3: meelopen met tien schrijvers, koppeling in de testomgeving",
            "Week 4-8: zes vragen per soort brief, samen met het inwonerspanel",
            "Week 9-14: twintig schrijvers werken ermee, elke twee weken een verbetering",
            "Week 15-20: zestig schrijvers, meting van het terugbelverkeer",
            "Week 21: demo en besluit",
        ),
        needs="Toegang tot het koppelvlak van het tekstsysteem, geanonimiseerde gespreksnotities en "
        "tien schrijvers die een uur per week vrij hebben.",
        risks="Het oude tekstsysteem kan te traag zijn: dan werken wij met een los venster, dat al "
        "bestaat. Privacy: geen tekst verlaat uw netwerk en wij bewaren niets; een DPIA is bijgevoegd "
        "in concept.",
        measure="Terugbelverkeer per soort brief, vier weken voor en vier weken na, met drie andere "
        "soorten als vergelijking.",
        team=TEAM,
        product="In gebruik bij twee gemeenten, zonder koppeling met een oud tekstsysteem.",
        after=AFTER,
    ),
    ("letters", "lezer"): _idea(
        "Twintig echte lezers keuren elke nieuwe standaardbrief, binnen een dag.",
        "Wij bouwen een panel van 400 inwoners die moeite hebben met lezen. Elke nieuwe of gewijzigde "
        "standaardbrief gaat, zonder persoonsgegevens, naar twintig van hen. Zij lezen hem op hun "
        "telefoon voor en beantwoorden drie vragen. De schrijver krijgt de volgende ochtend een "
        "filmpje van twee minuten en een lijst van zinnen waar lezers stilvielen.\n\nHet gaat om "
        "standaardbrieven, want daar zit de winst: 48 brieven zijn samen 80% van uw post.",
        "Geen computer die raadt, maar mensen die lezen. Nieuw is dat het binnen een dag kan en een "
        "vast bedrag kost.",
        "Schrijvers van standaardbrieven en de juristen die ze goedkeuren.",
        steps=(
            "Maand 1: panel werven met welzijnsorganisaties",
            "Maand 2: proef met zes brieven",
            "Maand 3-4: alle 48 standaardbrieven",
            "Maand 5: meting en demo",
        ),
        needs="De 48 standaardbrieven en een jurist die wijzigingen snel kan goedkeuren.",
        risks="Een brief op maat ziet het panel niet. Die dekken wij deels met vaste blokken. Panelleden "
        "kunnen afhaken: wij betalen hen per brief.",
        measure="Begrip per brief (drie vragen) en terugbelverkeer per soort brief.",
        team="Een onderzoeker en twee panelbegeleiders met ervaring in de laaggeletterdheid.",
        product="Prototype: tien brieven gekeurd voor een woningcorporatie.",
        after="Een bedrag per gekeurde brief. Andere overheden kunnen hetzelfde panel gebruiken.",
    ),
    ("letters", "b1"): _idea(
        "Een knop in het tekstsysteem die elke brief herschrijft naar taalniveau B1.",
        "De schrijver drukt op de knop en krijgt een herschreven brief terug. Hij kiest per zin of hij "
        "die overneemt. Wij gebruiken een groot taalmodel in een Europees rekencentrum; de gegevens "
        "worden eerst onherkenbaar gemaakt.",
        "De knop werkt in elk tekstsysteem, ook in het uwe.",
        "Alle schrijvers.",
        steps=("Maand 1: koppeling", "Maand 2-4: gebruik", "Maand 5: meting"),
        needs="Een koppelvlak en toestemming voor het gebruik van het rekencentrum.",
        risks="Het onherkenbaar maken is nooit honderd procent. Wij vragen u dat risico te wegen.",
        measure="Taalniveau van de brieven vóór en na.",
        team="Drie ontwikkelaars en een communicatieadviseur.",
        product="In gebruik bij zes bedrijven.",
        after="Een bedrag per gebruiker per maand.",
    ),
    ("letters", "schrijf"): _idea(
        "Een schrijfcoach die van goede brieven leert en elke dag één tip geeft.",
        "Elke schrijver krijgt na zijn dienst één tip over een brief van die dag, met een voorbeeld van "
        "een collega. De coach draait op uw eigen server en leert van brieven waarover niemand belde. "
        "Zo verspreidt wat werkt zich vanzelf.\n\nWij kiezen bewust voor één tip per dag: genoeg om te "
        "leren, te weinig om te storen.",
        "Leren van brieven die al goed zijn, in plaats van fouten verbeteren.",
        "Schrijvers en hun coaches; nieuwe collega’s het meest.",
        steps=(
            "Maand 1: brieven en telefoontjes aan elkaar koppelen",
            "Maand 2: eerste tips met tien schrijvers",
            "Maand 3-5: zestig schrijvers",
        ),
        needs="Een koppeling tussen brieven en telefoontjes, binnen uw netwerk.",
        risks="De koppeling kan ontbreken voor oude brieven; dan beginnen wij met één soort.",
        measure="Terugbelverkeer van schrijvers met en zonder tip.",
        team="Een onderwijskundige en twee ontwikkelaars.",
        product="Prototype, getest met acht schrijvers.",
        after=AFTER,
    ),
    ("waste", "schoon"): _idea(
        "Wij lezen uit drie jaar meldingen per container waaróm een zak ernaast staat.",
        "Uit meldingen, vulgraad en onderhoud maken wij per container een **oorzaak**: vol, stuk, pas "
        "geweigerd of gewoonte. Bij elke oorzaak hoort een andere ingreep. Een volle container legen wij "
        "eerder, een kapotte klep repareren wij binnen een dag, en bij een geweigerde pas hangt een "
        "kaartje met wat u moet doen.\n\nDe reiniging krijgt elke ochtend een lijst van acht plekken, op "
        "volgorde van wat het meest helpt.",
        "Niet overal hetzelfde, maar per plek de juiste ingreep, met gegevens die u al heeft.",
        "De teamleider en de medewerkers van de reiniging; bewoners merken het.",
        steps=(
            "Week 1-3: gegevens bij elkaar brengen, meelopen met de reiniging",
            "Week 4-6: oorzaken bepalen met het wijkteam",
            "Week 7-16: ingrepen bij 20 containers",
            "Week 17-20: vergelijking met de andere 20",
        ),
        needs="Meldingen, vulgraden en onderhoud van drie jaar, en een wijkteam dat mee wil doen.",
        risks="Meldingen zijn niet overal even volledig; wij tellen daarom zelf twee weken mee. Geen "
        "gegevens van personen.",
        measure="Aantal zakken per container per dag, geteld door de reiniging, 20 tegen 20.",
        team="Een data-analist, een oud-teamleider reiniging en een ontwerper.",
        product="Prototype op open data van twee steden.",
        after="Een vast bedrag per jaar per stad; de rekenregels zijn openbaar.",
    ),
    ("waste", "zak"): _idea(
        "Een gele stip op de stoep zegt waar de dichtstbijzijnde container met plek is.",
        "Op elke container komt een stip met een pijl en het aantal stappen naar de volgende container. "
        "Staat hij vol, dan kleurt de stip oranje door een klein scherm zonder stroom. Mensen lopen graag "
        "tachtig stappen, als ze zeker weten dat er plek is.",
        "Geen app en geen telefoon nodig. Het scherm gaat tien jaar mee.",
        "Alle bewoners, ook kinderen.",
        steps=(
            "Maand 1: ontwerp met bewoners",
            "Maand 2: twintig stippen plaatsen",
            "Maand 3-5: meten en verbeteren",
        ),
        needs="Vulgraad per container, elk kwartier, en toestemming voor iets op de stoep.",
        risks="Vandalisme: het scherm zit achter staal. Sneeuw bedekt de pijl; die staat dus ook op de "
        "container.",
        measure="Bijplaatsing per dag en het aantal keren dat men doorliep, geteld met steekproeven.",
        team="Een industrieel ontwerper en een elektrotechnicus.",
        product="Prototype: twee stippen getest op een campus.",
        after="Verkoop per stip; de tekening is vrij te gebruiken.",
    ),
    ("waste", "pas"): _idea(
        "Wie zijn pas niet werkend krijgt, belt één nummer en is in twee minuten klaar.",
        "Uit uw cijfers blijkt dat een pas 31 keer per dag geweigerd wordt. Wij zetten bij twintig "
        "containers een bordje met een kort nummer. Een medewerker opent de container op afstand en "
        "herstelt de pas. Elk gesprek levert ook een oorzaak op.",
        "Hulp op het moment zelf, door een mens.",
        "Bewoners met een kapotte of verkeerde pas, vaak nieuwkomers.",
        steps=("Maand 1: nummer en bordjes", "Maand 2-5: gebruik en meting"),
        needs="Toegang om een container op afstand te openen.",
        risks="Buiten kantooruren is er geen medewerker; dan opent een keuzemenu.",
        measure="Aantal geslaagde gesprekken en bijplaatsing per container.",
        team="Twee oprichters met ervaring in klantcontact.",
        product="Idee, met een proefopstelling.",
        after="Een bedrag per gesprek.",
    ),
    ("waste", "nudge"): _idea(
        "De straat bepaalt zelf wat er met de plek naast de container gebeurt.",
        "Een plek waar iets groeit, blijft schoon. Wij laten per container tien buren kiezen: een "
        "bloembak, een spel voor kinderen, een kunstwerk. Zij maken het in één zaterdag met ons. Uit "
        "eerder onderzoek in Gent: 44% minder bijplaatsing na een half jaar bij 12 plekken.",
        "Niet verbieden maar de plek van iemand maken. Met een vergelijking in opzet, niet achteraf.",
        "Buren van twintig containers.",
        steps=(
            "Maand 1: twintig plekken loten, tien buren per plek",
            "Maand 2-3: zaterdagen",
            "Maand 4-5: meten, ook bij de twintig andere",
        ),
        needs="Toestemming voor kleine dingen in de openbare ruimte en een contactpersoon groen.",
        risks="Een plek kan het verplaatsen naar de volgende straat; wij meten daarom ook 100 meter "
        "verder.",
        measure="Zakken per dag bij 20 en 20 containers en hun omgeving, volgens een vooraf vastgelegd plan.",
        team="Een gedragspsycholoog, een sociaal ontwerper en een tuinvrouw.",
        product="In gebruik in Gent, twaalf plekken.",
        after="Wij leren uw wijkteams de aanpak aan; daarna heeft u ons niet meer nodig.",
    ),
    ("waste", "lommer"): _idea(
        "Groen rond de container maakt het een plek waar niemand een zak neerzet.",
        "Wij planten een haag van 90 centimeter in drie seizoenen en onderhouden die een jaar lang. De "
        "haag laat alleen ruimte voor wie de klep opent.",
        "Een levende rand in plaats van een hek.",
        "Bewoners en de groendienst.",
        steps=("Maand 1: ontwerp", "Maand 2: planten", "Maand 3-5: onderhoud en meting"),
        needs="Ruimte van 60 centimeter rond elke container.",
        risks="Droogte in het eerste jaar; wij geven water.",
        measure="Bijplaatsing per week.",
        team="Twee hoveniers en een ecoloog.",
        product="In gebruik bij bankjes in Den Haag.",
        after="Onderhoud per meter haag per jaar.",
    ),
}

for _challenge, _startup, _line, _solution in (
    (
        "crossing",
        "lommer",
        "Kinderen tekenen hun eigen route en plakken waar het spannend is.",
        "In één schoolochtend tekenen kinderen hun route op een kaart van de wijk en plakken zij een "
        "rode stip waar zij schrikken. Wij leggen de kaarten op elkaar en meten op die plekken een week "
        "lang de wachttijd en de snelheid, zonder beelden. De klas kiest zelf welke drie plekken eerst.",
    ),
    (
        "crossing",
        "nudge",
        "Een week lang lopen ouders en kinderen samen en noemen hardop wat zij zien.",
        "Wij begeleiden op elke school vijf wandelingen met zes kinderen. Een begeleider noteert per "
        "oversteek drie dingen: zicht, wachttijd en gevoel. Met acht scholen geeft dat 240 wandelingen en "
        "een lijst die ook een verkeerskundige kan gebruiken.",
    ),
    (
        "crossing",
        "schoon",
        "Een teller in de stoep ziet hoe lang een kind aarzelt, zonder te zien wie.",
        "Een drukplaat bij de oversteek meet hoe lang iemand stilstaat en hoe zwaar hij is. Een kind dat "
        "langer dan acht seconden aarzelt, vindt de oversteek spannend. De plaat bewaart alleen getallen.",
    ),
    (
        "cool",
        "lommer",
        "Wandelen met een thermometer: bewoners meten zelf hun koelste weg naar de winkel.",
        "Twaalf bewoners lopen elke hete dag hun gewone route met een meter om de pols. Samen met hen "
        "tekenen wij de koelste weg en kiezen wij drie ingrepen per route: een boom in een bak, een "
        "schaduwdoek, een bank aan de noordkant.",
    ),
    (
        "cool",
        "veld",
        "Satelliet en stoep: een kaart van schaduw per uur, gemaakt met wat er al is.",
        "Uit hoogtegegevens en het bomenregister rekenen wij de schaduw per stoep per uur uit. Bewoners "
        "verbeteren de kaart in buurthuizen. De stad ziet per route welke boom het meeste helpt.",
    ),
    (
        "cool",
        "b1",
        "Een telefoontje op een hete dag: welke weg is vandaag koel, en wie loopt mee?",
        "Ouderen krijgen om acht uur een gesproken bericht met de koelste weg en de tijd dat een "
        "vrijwilliger langskomt. Geen app, wel een mens.",
    ),
    (
        "cool",
        "dauw",
        "Dauw van het dak: kleine nevel op vaste plekken, met regenwater.",
        "Op vijf plekken per route koelt een fijne nevel de lucht met regenwater van het dak. Een "
        "sensor zet hem alleen aan als het warm en droog is en er iemand loopt.",
    ),
    (
        "drought",
        "veld",
        "Eén regel per perceel: over twaalf dagen droog, beregen op dag vier.",
        "Wij voegen satelliet, grondwater en verwachting samen tot één regel per perceel, elke maandag. "
        "De boer antwoordt met een duim; daar leert het model van.",
    ),
    (
        "drought",
        "dauw",
        "Een dauwmeter van elf euro vult de gaten tussen de satellieten.",
        "Dauw zegt veel over de bovenste bodem. Met honderd meters van elf euro maken wij de kaart "
        "scherper dan nu mogelijk is.",
    ),
    (
        "power",
        "buur",
        "Een stoplicht voor stroom: elk bedrijf ziet per kwartier of het mag, en waarom.",
        "Zes bedrijven leggen vooraf vast wie wanneer voorrang heeft. Onze rekenregel verdeelt de ruimte "
        "per kwartier en legt elke beslissing uit in één zin.",
    ),
    *BRIEF,
):
    IDEAS[_challenge, _startup] = _idea(
        _line,
        _solution,
        "De gegevens zijn er al, maar niemand bracht ze samen met de mensen om wie het gaat.",
        "De mensen in de wijk en de medewerkers van uw organisatie.",
        steps=(
            "Maand 1: kennismaken en meelopen",
            "Maand 2: eerste proef, klein",
            "Maand 3-4: proef op de afgesproken schaal",
            "Maand 5: meten, demo en overdracht",
        ),
        needs="Een vaste contactpersoon en toegang tot de plek en de gegevens die u noemt.",
        risks="Het grootste risico is dat te weinig mensen meedoen. Wij beginnen daarom klein en "
        "bewaren geen gegevens van personen.",
        measure="De resultaten uit uw uitvraag, geteld vóór en na, met een vergelijking.",
        team="Drie mensen, van wie één elke week bij u aanwezig is.",
        product="Prototype, beproefd op kleine schaal.",
        after=AFTER,
    )
