"""The invented proposal that a jury scores first, until the secretary writes another."""

# ruff: noqa: E501 - texts to read, not code

from __future__ import annotations

EXAMPLE: dict[str, dict[str, str]] = {
    "nl": {
        "lang": "nl",
        "title": "Voorbeeld (verzonnen): de Luisterbank",
        "one_liner": "Een bank op straat die geluid meet en bewoners vraagt wat zij ervan vinden.",
        "solution": (
            "Dit voorstel is verzonnen, om samen te oefenen met de maatlat.\n\n"
            "Wij zetten op drie plekken een bank neer. In de bank zit een geluidsmeter. Wie er zit, ziet "
            "op een klein scherm hoe hard het is en kan met één knop zeggen of dat stoort. Zo krijgt u niet "
            "alleen decibels, maar ook het oordeel van mensen. Wij denken dat dit helpt om maatregelen te "
            "kiezen die mensen echt merken."
        ),
        "novelty": "Meten en vragen gebeurt nu apart. Wij doen het op dezelfde plek en hetzelfde moment.",
        "users": "Bewoners, winkeliers en de afdeling die over geluid gaat.",
        "step1": "Drie plekken kiezen met bewoners",
        "step1_on": "2027-02-01",
        "step2": "Banken plaatsen en ijken",
        "step2_on": "2027-03-15",
        "step3": "Acht weken meten en vragen",
        "step3_on": "2027-05-15",
        "needs": "Een vergunning per plek en één aanspreekpunt bij de afdeling openbare ruimte.",
        "risks": (
            "Vandalisme: wij rekenen op één kapotte bank. Privacy: wij nemen geen stemmen op en bewaren "
            "alleen het aantal decibels."
        ),
        "success": "Ten minste 400 oordelen per plek. Hoe goed dat is, weten wij pas achteraf.",
        "team": "Twee ontwerpers en een elektrotechnicus. Wij bouwden eerder een pratende prullenbak.",
        "stage": "prototype",
        "stage_note": "Eén bank, getest in onze eigen werkplaats met elf bezoekers.",
        "after": "Een bank kost 4.000 euro. De software is open. Over onderhoud denken wij nog na.",
    },
    "en": {
        "lang": "en",
        "title": "Example (invented): the Listening Bench",
        "one_liner": "A bench in the street that measures noise and asks residents what they think.",
        "solution": (
            "This proposal is invented, to practise with the yardstick together.\n\n"
            "We put a bench in three places. It holds a noise meter. Whoever sits down sees on a small "
            "screen how loud it is, and can say with one button whether it bothers them. So you get people's "
            "judgement, not only decibels. We think this helps to choose measures that people notice."
        ),
        "novelty": "Measuring and asking happen apart now. We do both in the same place and moment.",
        "users": "Residents, shopkeepers and the department that deals with noise.",
        "step1": "Choose three places with residents",
        "step1_on": "2027-02-01",
        "step2": "Place and calibrate the benches",
        "step2_on": "2027-03-15",
        "step3": "Measure and ask for eight weeks",
        "step3_on": "2027-05-15",
        "needs": "A permit for each place and one contact at the department of public space.",
        "risks": (
            "Vandalism: we expect one broken bench. Privacy: we record no voices and keep only the number "
            "of decibels."
        ),
        "success": "At least 400 judgements a place. How good that is, we only know afterwards.",
        "team": "Two designers and an electrical engineer. We built a talking bin before.",
        "stage": "prototype",
        "stage_note": "One bench, tested in our own workshop with eleven visitors.",
        "after": "A bench costs 4,000 euros. The software is open. We are still thinking about upkeep.",
    },
}
