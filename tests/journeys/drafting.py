"""The owner writes a challenge; colleagues read it, approve it and publish it."""

from datetime import date

from sir.commands.demo.texts_state import LETTERS
from sir.people.models import Role
from sir.terms.rules import fields_of

TITLE = LETTERS["title"]
MONEY = {"fee": "35.000", "places": "1", "max_total_value": "€ 75.000,-"}
DAYS = {
    "questions_close_at": date(2026, 6, 26),
    "answers_by": date(2026, 7, 3),
    "closes_at": date(2026, 7, 14),
    "decision_on": date(2026, 9, 1),
    "starts_on": date(2026, 10, 1),
    "demo_on": date(2027, 3, 1),
    "follow_up_on": date(2027, 3, 29),
}
HOURS = {"questions_close_at": "12.00", "closes_at": "12.00"}
CRITERIA = (
    ("Begrip van de vraag", "Kent u het werk van de schrijver?", "40"),
    ("Haalbaar in vijf maanden", "Is uw plan realistisch?", "35"),
    ("Waarde voor inwoners", "Hoe meet u dat minder mensen bellen?", "25"),
)
THREE_PAGES = "Een brief die niemand begrijpt kost iedereen tijd. " * 240


def text_of(page):
    """What the owner writes on a page, by field."""
    texts = {field.key: LETTERS.get(field.key) for field in fields_of(page)}
    return {
        key: "\n".join(text) if isinstance(text, list) else text
        for key, text in texts.items()
        if text
    }


def write_challenge(owner):
    """Write the three A4, the criteria and the calendar; be refused on the way, and go on."""
    owner.desk().follow("/challenges/new").shot("opstellen-begin")
    owner.fill(title=TITLE).press()
    write_pages(owner)
    write_criteria(owner)
    write_calendar(owner)
    return owner.look.path.split("/challenges/")[1].split("/")[0]


def write_pages(owner):
    """Write what goes on paper: too much of it first."""
    text = text_of(1)
    owner.fill(**text | {"situation": THREE_PAGES})
    wait_until_saved(owner)
    owner.press(name="then").fill(**text_of(2), **MONEY).shot("opstellen-2")
    owner.press(name="then").fill(**text_of(3)).press(name="then")


def wait_until_saved(actor):
    """Let a page that saves itself do so; without scripts there is nothing to wait for."""
    if actor.scene.has_scripts:
        actor.page.wait_for_selector("[data-save][data-state=ok]")


def write_criteria(owner):
    """Fill in criteria whose weights are 105 together, then 100."""
    rows = {}
    for number in range(1, 6):
        name, looks_for, weight = CRITERIA[number - 1] if number <= len(CRITERIA) else ("", "", "")
        rows |= {f"name_{number}": name, f"looks_for_{number}": looks_for}
        rows[f"weight_{number}"] = weight
    owner.fill(**rows | {"weight_3": "30"}).press()
    assert "105" in owner.read()
    owner.shot("criteria-105")
    assert owner.value("weight_3") == "30"
    owner.press(name="then")


def write_calendar(owner):
    """Choose an hour that does not exist, then a deadline that has passed, then good ones."""
    for name, day in DAYS.items():
        owner.fill_moment(name, day, HOURS.get(name))
    owner.fill_moment("closes_at", date(2027, 3, 28), "2.30").press(status=422)
    owner.shot("kalender-geen-uur")
    assert owner.value("closes_at-time") == "2.30"
    assert owner.value("follow_up_on-year") == "2027"
    owner.fill_moment("closes_at", date(2026, 5, 28), "12.00").press(name="then")


def gather_team(owner, staff, code):
    """Ask colleagues for the other roles."""
    for role in (Role.OFFICER, Role.APPROVER, Role.SECRETARY):
        names = owner.page.locator("[name=who] option").all()
        value = next(
            option.get_attribute("value")
            for option in names
            if staff[role].name in option.inner_text()
        )
        owner.fill(who=value).press()
    owner.follow(f"/challenges/{code}/manage").shot("overzicht-fouten")


def repair(owner, code):
    """Be refused a review, read why, and put everything right from the list."""
    owner.press("/submit", status=409).shot("inzenden-geweigerd")
    said = owner.read()
    assert "105" in said
    assert owner.page.locator('main a[href*="#closes_at"]').count() >= 1
    assert owner.page.locator('main a[href*="/edit/1/nl#"]').count() >= 1
    owner.follow(f"/challenges/{code}/edit/1/nl").shot("opstellen-te-lang")
    assert owner.value("situation") == THREE_PAGES.strip()
    owner.fill(**text_of(1)).press().shot("opstellen-1")
    owner.follow(f"/challenges/{code}/criteria").fill(weight_3="25").press().shot("criteria-100")
    owner.follow(f"/challenges/{code}/calendar")
    owner.fill_moment("closes_at", DAYS["closes_at"], "12.00").press().shot("kalender")
    owner.follow(f"/challenges/{code}/manage").shot("overzicht")
    owner.press("/submit").shot("ingezonden")


def read_and_approve(staff, code):
    """Let the author be refused, a colleague send back once, and the approver approve."""
    owner, approver = staff[Role.OWNER], staff[Role.APPROVER]
    owner.go(f"/challenges/{code}/review", status=403)
    approver.desk().shot("bureau-goedkeurder").follow(f"/challenges/{code}/review").shot("review")
    approver.fill(note="Zeg bij de planning wie de brieven verzamelt.").press("/send-back")
    owner.desk().follow(f"/challenges/{code}/manage").shot("teruggestuurd")
    owner.press("/submit")
    approver.desk().follow(f"/challenges/{code}/review")
    approver.fill(remark="Helder. Akkoord.").press("/approve").shot("goedgekeurd")


def publish(officer, code):
    """Let the officer publish, after the notice is on TenderNed."""
    officer.desk().follow(f"/challenges/{code}/publish").press(status=422).shot("publiceren")
    officer.fill(tenderned_id="TN398101").press().shot("gepubliceerd")
    assert officer.look.path.endswith(f"/challenges/{code}")
    assert officer.fetch(f"/challenges/{code}/uitvraag.pdf").startswith(b"%PDF-")
