"""A form that saves itself, sent while one of its own saves is still on its way."""

from sir.proposals.queries import draft_of, read_draft
from tests.journeys.test_pictures import signed_in
from tests.makers import make_challenge
from tests.proposals.story import draft

# the house answers at once, and its answer comes late
SLOWLY = """const answered = window.fetch;
window.fetch = async (...sent) => {
  const answer = await answered(...sent);
  await new Promise((done) => setTimeout(done, 2000));
  return answer;
};"""


def test_a_button_pressed_during_a_save_sends_after_it_and_meets_no_conflict(live, open_page):
    look = open_page(live, width=1280, scheme="light")
    with live.app.app_context():
        proposal, founder = draft(make_challenge())
        address = f"/proposals/{proposal.code}/edit/team"
        signed_in(live, look, founder)
        page = look.page
        page.add_init_script(SLOWLY)
        look.visit(address)
        page.fill("[name=team]", "Twee ontwerpers en een hydroloog.")
        page.wait_for_selector("[data-save][data-state=busy]")

        with page.expect_navigation():
            page.locator(".sir-actionbar button[type=submit]").click()

        assert look.path.endswith("/edit/picture")
        kept = read_draft(proposal, draft_of(proposal), live.app.extensions["sir.vault"])
        assert kept["idea"]["team"] == "Twee ontwerpers en een hydroloog."
