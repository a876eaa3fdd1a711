"""The jury: invited, tied to nobody, scoring alone, agreeing together, and signing."""

import re
from datetime import date

from tests.journeys.people import Actor

DUE = date(2026, 8, 11)
ALONE = (
    "Het plan noemt per stap wie wat doet en onderbouwt de winst met cijfers van de eigen proef; "
    "de risico's staan erbij."
)
TOGETHER = (
    "De jury vindt de stappen concreet en de meting overtuigend. De onderbouwing met cijfers uit "
    "een eerdere proef geeft de doorslag."
)
SEATS = (
    ("chair", "Voorzitter", "Wietske Faber"),
    ("juror", "Inhoudelijk deskundige", "Saskia Bruins"),
    ("juror", "Deskundige innovatie", "Ben Oosterhuis"),
)


def invite_jury(secretary, code):
    """Offer three seats by e-mail; each is taken by somebody who makes an account for it."""
    secretary.desk().follow(f"/challenges/{code}/jury").shot("jurykamer-leeg")
    jury = []
    for kind, function, name in SEATS:
        address = f"{name.split()[0].lower()}@jury.example"
        secretary.follow(f"/challenges/{code}/jury/invite")
        secretary.fill(name=name, email=address, kind=kind, function=function).press()
        jury.append(Actor(secretary.scene, name, address))
    secretary.shot("jurykamer-uitgenodigd")
    for juror in jury:
        take_seat(juror)
    return jury


def take_seat(juror):
    """Follow the letter to the seat, make an account, accept, and set up the second factor."""
    juror.open_letter("/seats/").follow("/register").register().shot("plaats-aangeboden")
    juror.press("/accept").shot("telefoon").set_up_phone().shot("plaats-aanvaard")


def begin(secretary, officer, jury, code):
    """Begin the round; every juror signs a register, and says of each bidder what tie there is."""
    secretary.desk().follow(f"/challenges/{code}/jury", "/jury/open")
    secretary.fill_moment("due_at", DUE, "12.00").press().shot("jurykamer-belangen")
    for juror in jury:
        juror.desk().follow(f"/challenges/{code}/jury").shot("jurykamer-jurylid")
        juror.follow("/declare", "/account/interests").fill(has_none=True, is_true=True).press()
        juror.shot("register-van-belangen").follow("/desk", f"/challenges/{code}/jury", "/declare")
        ties = [
            field.get_attribute("name")
            for field in juror.page.locator('main [type=radio][name^="tie_"]').all()
        ]
        juror.fill(**dict.fromkeys(ties, "none")).shot("belangen").press()
    officer.go(f"/challenges/{code}/manage").follow(f"/challenges/{code}/jury", "/jury/integrity")
    officer.press("/clear").shot("belangen-bekeken")
    secretary.desk().follow(f"/challenges/{code}/jury").press("/start").shot("jurykamer-scoren")


def score_alone(jury, code):
    """Let each juror score every proposal from their own desk, and hand all in together."""
    for number, juror in enumerate(jury):
        juror.desk().follow(f"/challenges/{code}/jury")
        juror.page.locator('main a[href*="/sheets/"]').first.click()
        juror.page.wait_for_load_state()
        if number == 0 and not juror.scene.has_scripts:  # with scripts no such level is sent
            miss_the_scale(juror)
        while "/sheets/" in juror.look.path:
            score_sheet(juror, level=4 + (number + len(juror.look.path)) % 2)
        juror.shot("mijn-overzicht").press("/submit").shot("ingeleverd")


def miss_the_scale(juror):
    """Send a level that the scale does not have: it is refused, and what was typed stays."""
    field = juror.page.locator('main [type=radio][name^="level_"]').first
    reason = field.get_attribute("name").replace("level_", "reason_")
    juror.fill(**{reason: ALONE})
    field.evaluate("radio => { radio.value = '99'; radio.checked = true }")
    juror.press(name="next", status=422).shot("naast-de-schaal")
    assert juror.value(reason) == ALONE


def score_sheet(juror, *, level):
    """Choose a level with a reason for each criterion, and go on to the next sheet."""
    names = {
        field.get_attribute("name")
        for field in juror.page.locator('main [type=radio][name^="level_"]').all()
    }
    juror.fill(**dict.fromkeys(sorted(names), str(level)))
    juror.fill(**{name.replace("level_", "reason_"): ALONE for name in names})
    here = juror.page.url
    juror.shot("scoreblad").press(name="next")
    juror.page.wait_for_url(lambda url: url != here)
    juror.look.check()


def agree_together(jury, code):
    """Let the chair bring the jury together, write down every point, and make the ranking."""
    chair = jury[0]
    chair.desk().follow(f"/challenges/{code}/jury").press("/confer").follow("/consensus")
    chair.shot("agenda")
    chair.page.locator('main a[href*="/consensus/"]').first.click()
    chair.page.wait_for_load_state()
    while "/rounds/" not in chair.look.path:
        number = int(re.findall(r"\d+", chair.page.locator("main .sir-eyebrow").inner_text())[-1])
        chair.fill(level=str(4 + number % 2), reason=TOGETHER).shot("consensuspunt").press()
    chair.desk().follow(f"/challenges/{code}/jury").press("/lock").follow("/rank")
    chair.press().shot("rangorde")


def sign_report(jury, code):
    """Let the chair print the report, and every seat sign it with a fresh code."""
    jury[0].press("/report").shot("juryrapport")
    for juror in jury:
        juror.desk().follow(f"/challenges/{code}/jury")
        juror.page.locator('main a[href*="/reports/"]').first.click()
        juror.page.wait_for_load_state()
        juror.fill(answer="sign", code=juror.code()).press()
    jury[0].shot("juryrapport-getekend")
    assert jury[0].fetch(".pdf").startswith(b"%PDF-")
