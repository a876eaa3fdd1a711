"""A juror at the score desk: in a tunnel, in two tabs, by keyboard, without a script, anywhere."""

import re
import time

import pytest
from playwright.sync_api import expect

from sir.jury.models import Seat
from sir.jury.queries import sheet_by_code, sheets_of
from sir.jury.rules.sheets import marks_of
from sir.jury.services import vacate_seat
from sir.kernel.database import db
from sir.people.queries import person_by_code
from tests.jury.story import REASON, Story
from tests.makers import NOON, make_sign_in

KEPT = """async () => {
  const base = await new Promise((r) => {
    const o = indexedDB.open('sir-desk', 1); o.onsuccess = () => r(o.result); });
  const all = base.transaction('pages').objectStore('pages').getAll();
  await new Promise((r) => { all.onsuccess = r; });
  base.close();
  return all.result.map(({ id }) => id); }"""


class Room:
    """A round in which one juror scores three proposals."""

    def __init__(self, live):
        self.live = live
        with live.app.app_context():
            story = Story(proposals=3).written().started()
            seat = story.jury[1]
            self.round, self.person = story.round.code, seat.person.code
            self.secretary = story.secretary.code
            self.seat, self.names = seat.id, [row.name for row in story.plan.criteria]
            self.codes = [sheet.code for sheet in sheets_of(story.round, seat)]
            self.token = make_sign_in(seat.person_id)
            db.session.commit()
        self.story = story

    def sign_in(self, look):
        return self.live.let_in(look, self.token)

    def path(self, place=0):
        return f"/sheets/{self.codes[place]}"

    def marks(self, place=0):
        """Read what the house keeps of a sheet."""
        with self.live.app.app_context():
            marks = marks_of(sheet_by_code(self.codes[place]))
            db.session.remove()
        return marks


def wait_until(holds):
    for _ in range(100):
        if holds():
            return
        time.sleep(0.1)
    pytest.fail("It never came to be.")


@pytest.fixture
def room(live):
    return Room(live)


def at_desk(room, look, place=0):
    """Open a sheet and wait until its script listens."""
    look.page.goto(room.path(place))
    listens(look.page)
    return look


def listens(page):
    page.locator("html[data-desk=ready]").wait_for(state="attached")


def says(page, words, code=""):
    state = page.locator(f"[data-state-of='{code}']" if code else "[data-state-of]").first
    expect(state).to_contain_text(words, timeout=15000)


def reason(look, key="K1"):
    return look.page.locator(f"#reason_{key}")


@pytest.mark.parametrize("width", [1280, 768, 390, 360])
def test_the_desk_is_in_order_on_every_screen(room, open_page, width):
    look = room.sign_in(open_page(room.live, width=width))
    for name, path in (
        ("blad", room.path()),
        ("zoeken", f"{room.path()}?find=oplossing"),
        ("criterium", f"/rounds/{room.round}/criterion"),
        ("overzicht", f"/rounds/{room.round}/grid"),
    ):
        look.visit(path).shot(f"desk-{name}")
    at_desk(room, look)
    if width == 1280:
        look.page.click("[data-keys-open]")
        look.check().shot("desk-toetsen")


def test_three_changes_in_a_tunnel_arrive_once_there_is_a_connection(room, open_page):
    look = room.sign_in(open_page(room.live, width=768))
    kept_in_a_tunnel(room, look)
    look.page.check("#level_K1-3")
    reason(look).fill("In de tunnel geschreven.")
    look.page.check("#level_K2-1")
    says(look, "3 wijzigingen wachten")
    look.page.reload()
    listens(look.page)
    says(look, "3 wijzigingen wachten")
    assert reason(look).input_value() == "In de tunnel geschreven."
    look.check().shot("desk-tunnel")
    assert room.marks().levels.get("K1") is None

    look.context.set_offline(False)
    says(look, "versie 4")

    marks = room.marks()
    assert (marks.levels["K1"], marks.levels["K2"]) == (4, 2)
    assert marks.reasons["K1"] == "In de tunnel geschreven."
    look.page.reload()
    listens(look.page)
    assert reason(look).input_value() == "In de tunnel geschreven."


def test_nothing_readable_lies_on_the_device_and_signing_out_clears_it(room, open_page):
    look = at_desk(room, room.sign_in(open_page(room.live)))
    look.context.set_offline(True)
    reason(look).fill("Een geheime gedachte.")
    says(look, "1 wijziging wacht")
    found = look.page.evaluate(
        """async () => {
          const base = await new Promise((r) => {
            const o = indexedDB.open('sir-desk', 1); o.onsuccess = () => r(o.result); });
          const rows = [];
          for (const name of base.objectStoreNames) {
            const all = base.transaction(name).objectStore(name).getAll();
            await new Promise((r) => { all.onsuccess = r; });
            for (const row of all.result) {
              if (row.key) {
                rows.push(await crypto.subtle.exportKey('raw', row.key)
                  .then(() => 'exported', () => 'sealed'));
              } else rows.push(new TextDecoder().decode(row.box));
            }
          }
          base.close();
          return rows; }"""
    )
    assert "sealed" in found
    assert len(found) >= 2
    assert not [row for row in found if "gedachte" in row or row == "exported"]

    look.context.set_offline(False)
    says(look, "versie 2")
    look.page.locator("form[data-waiting] button:visible").first.click()
    look.page.wait_for_url(re.compile("sign-in"))
    left = look.page.evaluate("indexedDB.databases().then(rows => rows.length)")
    assert left == 0


def kept_in_a_tunnel(room, look):
    """Open a sheet until the device keeps it, and take the connection away."""
    at_desk(room, look)
    look.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    look.page.reload()  # the first page that the worker sees, and keeps
    listens(look.page)
    wait_until(lambda: room.path() in look.page.evaluate(KEPT))
    look.context.set_offline(True)


def test_a_copy_that_ran_out_no_longer_opens_and_what_was_typed_stays(room, open_page):
    look = room.sign_in(open_page(room.live, width=390))
    kept_in_a_tunnel(room, look)
    reason(look).fill("Nog niet verzonden.")
    says(look, "1 wijziging wacht")
    look.page.evaluate(
        """async () => {
          const base = await new Promise((r) => {
            const o = indexedDB.open('sir-desk', 1); o.onsuccess = () => r(o.result); });
          const work = base.transaction('pages', 'readwrite');
          const all = work.objectStore('pages').getAll();
          await new Promise((r) => { all.onsuccess = r; });
          for (const row of all.result) {
            work.objectStore('pages').put({ ...row, until: Date.now() });
          }
          await new Promise((r) => { work.oncomplete = r; });
          base.close(); }"""
    )
    look.page.reload()
    expect(look.page.locator("h1")).to_have_text("Geen verbinding")
    look.shot("desk-geen-verbinding")
    assert look.page.evaluate(KEPT) == []

    look.context.set_offline(False)
    at_desk(room, look)
    says(look, "versie 2")
    assert room.marks().reasons["K1"] == "Nog niet verzonden."


def test_who_left_the_jury_loses_the_copies_at_the_first_contact(room, open_page):
    look = room.sign_in(open_page(room.live))
    kept_in_a_tunnel(room, look)
    with room.live.app.app_context():
        seat = db.session.get(Seat, room.seat)
        vacate_seat(seat, reason="Toch een belang.", by=person_by_code(room.secretary), at=NOON)
        db.session.commit()
        db.session.remove()
    assert room.path() in look.page.evaluate(KEPT)

    look.context.set_offline(False)
    look.page.goto("/")
    wait_until(lambda: look.page.evaluate(KEPT) == [])


def test_two_tabs_that_change_the_same_field_show_both_and_the_juror_chooses(room, open_page):
    one = at_desk(room, room.sign_in(open_page(room.live)))
    two = one.context.new_page()
    two.goto(room.path())
    listens(two)
    reason(one).fill("De eerste tab.")
    says(one, "versie 2")

    two.fill("#reason_K1", "De tweede tab.")
    box = two.locator(".sir-errors")
    box.wait_for()

    assert f"{room.names[0]}: uw motivering" in box.inner_text()
    assert "De eerste tab." in box.inner_text()
    assert "De tweede tab." in box.inner_text()
    assert room.marks().reasons["K1"] == "De eerste tab."
    box.get_by_role("button", name="Gebruik mijn tekst").click()
    says(two, "versie 3")
    assert room.marks().reasons["K1"] == "De tweede tab."


def test_two_tabs_that_change_other_fields_are_brought_together(room, open_page):
    one = at_desk(room, room.sign_in(open_page(room.live)))
    two = one.context.new_page()
    two.goto(room.path())
    listens(two)
    one.page.check("#level_K1-3")
    says(one, "versie 2")

    two.fill("#reason_K2", "Van de andere tab.")
    says(two, "versie 3")

    assert two.is_checked("#level_K1-3")
    assert two.locator(".sir-errors").count() == 0
    marks = room.marks()
    assert (marks.levels["K1"], marks.reasons["K2"]) == (4, "Van de andere tab.")


def test_two_tabs_go_on_beside_each_other_and_a_choice_in_one_field_stops_no_other(room, open_page):
    one = at_desk(room, room.sign_in(open_page(room.live)))
    two = one.context.new_page()
    two.goto(room.path())
    listens(two)
    reason(one).fill("De eerste tab.")
    one.page.check("#level_K2-0")
    says(one, "versie 3")
    two.fill("#reason_K1", "De tweede tab.")
    two.locator(".sir-errors").wait_for()
    assert two.is_checked("#level_K2-0")

    two.check("#level_K3-2")
    says(two, "1 veld wacht op u")
    assert room.marks().levels["K3"] == 3
    two.reload()
    listens(two)
    two.get_by_role("button", name="Gebruik de opgeslagen tekst").click()
    expect(two.locator("#reason_K1")).to_have_value("De eerste tab.")

    two.fill("#reason_K1", "Na overleg.")
    says(two, "versie 5")
    assert two.locator(".sir-errors").count() == 0
    marks = room.marks()
    assert (marks.reasons["K1"], marks.levels["K2"]) == ("Na overleg.", 1)


def test_a_refused_level_says_why_and_stops_no_other_field(room, open_page):
    look = at_desk(room, room.sign_in(open_page(room.live)))
    look.page.evaluate("document.querySelector('#level_K1-3').value = '9'")
    look.page.check("#level_K1-3")
    says(look, "Niet opgeslagen")
    fault = look.page.locator("#level_K1-refused")
    expect(fault).to_contain_text("staat niet op de gepubliceerde schaal")
    look.check().shot("desk-geweigerd")

    reason(look, "K2").fill("Dit komt wel aan.")
    says(look, "1 veld wacht op u")
    assert room.marks().reasons["K2"] == "Dit komt wel aan."
    look.page.check("#level_K1-1")
    says(look, "versie 3")
    assert room.marks().levels["K1"] == 2
    assert fault.count() == 0


def test_a_juror_scores_by_keyboard_only(room, open_page):
    look = at_desk(room, room.sign_in(open_page(room.live)))
    keys = look.page.keyboard
    for number in range(len(room.names)):
        keys.press("]" if number else "m")
        keys.press("4")
        for _ in range(1):
            keys.press("Tab")
        keys.type(f"jk mg?1 [{number}] {REASON}")
        keys.press("Escape")
        look.page.evaluate("document.activeElement.blur()")
    keys.press("Control+Enter")
    look.page.wait_for_url(re.compile(room.codes[1]))
    listens(look.page)

    marks = room.marks()
    assert set(marks.levels.values()) == {4}
    assert all("mg?1" in text for text in marks.reasons.values())
    keys.press("k")
    look.page.wait_for_url(re.compile(room.codes[0]))
    listens(look.page)
    keys.press("j")
    look.page.wait_for_url(re.compile(room.codes[1]))
    listens(look.page)
    keys.press("?")
    assert look.page.locator("dialog#keys").is_visible()
    look.page.locator("[data-keys-single]").uncheck()
    keys.press("Escape")
    keys.press("g")
    keys.press("?")
    assert not look.page.locator("dialog#keys").is_visible()
    look.page.reload()
    listens(look.page)
    keys.press("g")
    assert room.codes[1] in look.page.url


def test_each_key_of_the_list_does_what_it_says_and_none_while_typing(room, open_page):
    look = at_desk(room, room.sign_in(open_page(room.live)))
    page, keys = look.page, look.page.keyboard
    keys.press("?")
    shown = page.locator("dialog#keys dt").all_inner_texts()
    assert shown == ["1 – 9", "Tab", "[ ]", "j k", "m", "g", "?", "Ctrl/⌘ + S", "Ctrl/⌘ + Enter"]
    keys.press("Escape")

    keys.press("]")
    keys.press("2")
    keys.press("]")
    keys.press("3")
    keys.press("[")
    keys.press("5")
    assert page.is_checked("#level_K1-4")
    assert page.is_checked("#level_K2-2")
    keys.press("Tab")
    assert page.evaluate("document.activeElement.id") == "reason_K1"
    keys.type(f"12 jkgm?[] {REASON}")
    assert page.is_checked("#level_K1-4")
    assert not page.locator("dialog#keys").is_visible()
    assert room.codes[0] in page.url
    keys.press("Control+s")
    says(look, "versie 4")
    assert room.marks().reasons["K1"].startswith("12 jkgm?[] ")
    page.evaluate("document.activeElement.blur()")
    keys.press("m")
    assert page.evaluate("document.activeElement.name") == "level_K2"
    keys.press("Meta+Enter")
    page.wait_for_url(re.compile(room.codes[1]))
    listens(page)
    keys.press("g")
    page.wait_for_url(re.compile("grid"))


def test_a_juror_scores_without_a_script(room, open_page):
    look = room.sign_in(open_page(room.live, scripts=False))
    look.visit(room.path())
    for key in range(1, len(room.names) + 1):
        look.page.check(f"#level_K{key}-3")
        look.page.fill(f"#reason_K{key}", REASON)
    look.page.get_by_role("button", name="Opslaan en volgende").click()
    look.check()

    assert room.codes[1] in look.page.url
    assert set(room.marks().levels.values()) == {4}
    look.visit(f"/rounds/{room.round}/criterion?key=K2")
    look.page.check(f"[id='{room.codes[1]}-level_K2-1']")
    look.page.locator(f"[id='{room.codes[1]}'] button").click()
    assert room.marks(1).levels["K2"] == 2


def test_one_criterion_across_the_proposals_saves_each_sheet_by_itself(room, open_page):
    look = room.sign_in(open_page(room.live, width=390))
    look.page.goto(f"/rounds/{room.round}/criterion?key=K1")
    listens(look.page)
    for place, code in enumerate(room.codes):
        look.page.check(f"[id='{code}-level_K1-{place}']")
        look.page.fill(f"[id='{code}-reason_K1']", f"Reden {place}. {REASON}")
    for code in room.codes:
        says(look, "versie 3", code)
    look.check()

    assert [room.marks(place).levels["K1"] for place in range(3)] == [1, 2, 3]
    assert look.page.locator("[data-progress]").inner_text().startswith("3 van 3")
