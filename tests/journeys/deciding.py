"""The decision: letters for everyone, the standstill, the award and the residency."""

from datetime import UTC, date, datetime, timedelta

ADVANTAGES = (
    "Het plan benoemt per stap wie wat doet, en de winst is gemeten in een eerdere proef. Daardoor "
    "scoort het voorstel op haalbaarheid hoger dan de andere."
)
CLOSING = "Wij danken u voor uw voorstel. Een gesprek vraagt u binnen zeven dagen aan."
LETTERS_OUT = datetime(2026, 9, 1, 9, tzinfo=UTC)
STARTS, ENDS, READY = date(2026, 10, 1), date(2027, 3, 1), date(2026, 11, 2)
MILESTONE = "Eerste dertig brieven gemeten"


def write_letters(officer, code):
    """Draw up the letters, write what only a person can, read and check each."""
    officer.desk().follow(f"/challenges/{code}/decision").shot("besluit-begin").press("/prepare")
    officer.shot("besluit-brieven")
    letters = [
        link.get_attribute("href")
        for link in officer.page.locator('main table a[href*="/letters/"]').all()
    ]
    for number, letter in enumerate(letters):
        path = letter.removeprefix(officer.scene.prefix)
        officer.follow(path).shot(f"brief-concept-{number}").follow(f"{path}/edit")
        if officer.has("advantages"):
            officer.fill(advantages=ADVANTAGES)
        officer.fill(closing=CLOSING).press().shot(f"brief-{number}")
        officer.fill(is_clean=True).press("/check")
    officer.shot("besluit-klaar")


def send_letters(approver, founders, code):
    """Send every letter in one moment; each startup reads its own, and a rival's is not there."""
    approver.scene.clock.at = LETTERS_OUT
    approver.desk().follow(f"/challenges/{code}/decision/release").press(status=422)
    approver.fill(is_final=True).press().shot("opschortende-termijn")
    paths = []
    for founder in founders:
        founder.desk().shot("bureau-brief")
        link = founder.page.locator('main a[href*="/letters/"]').first
        paths.append(link.get_attribute("href").removeprefix(founder.scene.prefix))
        founder.follow(paths[-1]).shot("brief-ontvangen")
        assert founder.fetch("/pdf").startswith(b"%PDF-")
    founders[0].go(paths[1], status=404).shot("brief-van-ander")


def award(approver, code, names):
    """Find no way to award in the standstill, and one when it is over; only the winner is named."""
    scene = approver.scene
    approver.desk().follow(f"/challenges/{code}/decision")
    approver.go(f"/challenges/{code}/decision/award").shot("gunning-te-vroeg")
    assert not approver.has("is_final")
    winner, loser = sorted(names, key=lambda name: name not in approver.read())
    scene.clock.at = LETTERS_OUT + timedelta(days=21)
    approver.desk().follow(f"/challenges/{code}/decision", "/decision/award")
    approver.fill(is_final=True).press().shot("gegund")
    stranger = scene.browser()
    stranger.visit(f"{scene.prefix}/challenges/{code}").shot("uitdaging-gegund")
    said = stranger.inner_text("main")
    assert winner in said
    assert loser not in said
    return winner


def start_residency(owner, founder):
    """Plan it, agree on a milestone, start; the startup reports; everybody can follow it."""
    scene = owner.scene
    owner.desk().shot("bureau-residency")
    owner.page.locator('main a[href*="/results/"]').first.click()
    owner.page.wait_for_load_state()
    results = owner.look.path.removeprefix(scene.prefix)
    owner.follow("/plan").fill(goal="Dertig procent minder telefoontjes over onze brieven.")
    owner.fill_moment("starts_on", STARTS).fill_moment("ends_on", ENDS).press()
    owner.fill(title=MILESTONE).fill_moment("due_on", READY).press().shot("residency-gepland")
    scene.clock.at = datetime(2026, 10, 1, 8, tzinfo=UTC)
    owner.desk().follow(results).press("/start").shot("residency-gestart")
    scene.clock.at = datetime(2026, 10, 28, 8, tzinfo=UTC)
    founder.desk().follow(results, "/done").fill(note="Alle brieven staan in de meting.").press()
    stranger = scene.browser()
    stranger.visit(f"{scene.prefix}/results")
    stranger.page.locator(f'main a[href$="{results}"]').first.click()
    stranger.page.wait_for_load_state()
    stranger.check().shot("residency-openbaar")
    assert MILESTONE in stranger.inner_text("main")
    assert "Alle brieven staan" not in stranger.inner_text("main")
