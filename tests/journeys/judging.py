"""The jury: invited, tied to nobody, scoring alone, agreeing together, and signing."""

from datetime import date

from tests.journeys.people import Actor

DUE = date(2026, 8, 11)
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


def begin(secretary, jury, code):
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
