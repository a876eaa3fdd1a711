"""What a form shows, refuses and never loses."""

from decimal import Decimal

import html5lib
import pytest
from wtforms.widgets import PasswordInput

from sir.kernel.catalogue import joined
from sir.kernel.i18n import in_language
from sir.web.autosave import conflict, saved, signed_out
from sir.web.forms import (
    BooleanField,
    Bounded,
    CheckboxesField,
    DataRequired,
    Email,
    EmailField,
    EqualTo,
    FileField,
    Form,
    InputRequired,
    IntegerField,
    Length,
    MoneyField,
    NumberRange,
    Optional,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    VersionField,
)
from sir.web.sentences import SENTENCES
from tests.makers import NOON


class Everything(Form):
    title = StringField("Titel", [InputRequired(), Length(max=10)], description="Begin met “Hoe”.")
    idea = StringField(
        "Idee in één zin", [Optional(), Length(max=80)], description="Begin met “Hoe”."
    )
    company = StringField("Bedrijf", [Optional(), Length(max=200)])
    story = TextAreaField("Verhaal", [Optional(), Length(min=5, max=20)])
    stage = RadioField(
        "Hoe ver bent u?",
        [InputRequired()],
        choices=[("idea", "Idee", {"help": "Nog niets gebouwd"}), ("live", "In gebruik")],
    )
    themes = CheckboxesField("Thema’s", choices=[("water", "Water"), ("zorg", "Zorg")])
    budget = MoneyField("Budget", [Optional(), NumberRange(min=Decimal(1), max=Decimal(100))])
    people = IntegerField("Mensen", [Optional()])
    body = SelectField("Organisatie", [Optional()], choices=[("", "Kies"), ("a", "Gemeente")])
    agree = BooleanField("Wij stemmen in", [DataRequired()])
    mail = EmailField("E-mail", [Optional(), Email()])
    plan = FileField("Plan")
    version = VersionField()


RIGHT = {"title": "Hoe dan?", "stage": "idea", "agree": "y"}


@pytest.fixture
def post(house):
    """Hand in a form as a browser would: on a page, in Dutch, without the guard unless asked."""

    def send(form_class=Everything, *, prefix="", has_guard=False, headers=None, **data):
        house.config["WTF_CSRF_ENABLED"] = has_guard
        environ = {"sir.lang": "en"} if prefix else {}
        context = house.test_request_context(
            "/", method="POST", data=data, headers=headers, environ_overrides=environ
        )
        context.push()
        send.contexts.append(context)
        return form_class.from_request()

    send.contexts = []
    yield send
    for context in reversed(send.contexts):
        context.pop()


def parse(markup):
    return html5lib.parseFragment(str(markup), namespaceHTMLElements=False, treebuilder="etree")


def by_id(tree, name):
    found = [node for node in tree.iter() if node.get("id") == name]
    assert len(found) == 1, f"{len(found)} elements have the id {name}"
    return found[0]


def words(node):
    return " ".join("".join(node.itertext()).split())


def test_a_field_shows_its_label_hint_and_counter_tied_to_the_input(post):
    tree = parse(post(**RIGHT).idea())

    label = next(node for node in tree.iter("label") if node.get("for") == "idea")
    box = by_id(tree, "idea")
    described = [words(by_id(tree, name)) for name in box.get("aria-describedby").split()]

    assert words(label).startswith("Idee in één zin")
    assert described == ["Begin met “Hoe”.", "Maximaal 80 tekens"]
    required = by_id(parse(post(**RIGHT).title()), "title")
    assert required.get("value") == "Hoe dan?"
    assert required.get("aria-required") == "true"


def test_a_line_that_nobody_fills_has_no_counter(post):
    form = post(**RIGHT)

    assert "sir-counter" not in form.title()
    assert "sir-counter" not in form.company()
    assert "sir-counter" in form.story()


def test_the_browser_neither_cuts_a_text_nor_speaks_before_the_server(post):
    box = by_id(parse(post(**RIGHT).title()), "title")

    assert (box.get("required"), box.get("maxlength")) == (None, None)


def test_a_field_that_may_stay_empty_says_so(post):
    form = post(**RIGHT)

    assert "(niet verplicht)" in words(parse(form.story()))
    assert "(niet verplicht)" not in words(parse(form.title()))


def test_a_mistake_is_tied_to_its_input(post):
    form = post(**RIGHT | {"title": "veel te lang voor tien"})

    assert not form.is_accepted()
    tree = parse(form.title())
    box = by_id(tree, "title")
    assert box.get("aria-invalid") == "true"
    assert "title-error" in box.get("aria-describedby").split()
    assert words(by_id(tree, "title-error")) == (
        "Fout: Maak “Titel” korter: hoogstens 10 tekens, u heeft er 22."
    )


def test_a_group_is_a_fieldset_with_a_legend_and_help_by_each_choice(post):
    form = post(agree="y", title="Hoe")
    form.validate()

    tree = parse(form.stage())
    fieldset = next(tree.iter("fieldset"))

    assert words(next(fieldset.iter("legend"))) == "Hoe ver bent u?"
    assert fieldset.get("aria-describedby") == "stage-error"
    assert [node.get("value") for node in fieldset.iter("input")] == ["idea", "live"]
    assert words(next(fieldset.iter("small"))) == "Nog niets gebouwd"


def test_what_was_ticked_stays_ticked(post):
    form = post(**RIGHT, themes="zorg")

    ticked = [
        node.get("value") for node in parse(form.themes()).iter("input") if "checked" in node.attrib
    ]

    assert ticked == ["zorg"]


def test_hostile_text_stays_text(post):
    hostile = '"><script>alert(1)</script>'
    form = post(**RIGHT | {"title": hostile})
    form.validate()

    tree = parse(form.title())

    assert list(tree.iter("script")) == []
    assert by_id(tree, "title").get("value") == hostile


def test_a_label_with_a_per_cent_sign_does_not_break_its_sentence(post):
    class Discount(Form):
        share = StringField("Korting (100 %)", [Length(max=2)])

    form = post(Discount, share="honderd")

    assert not form.is_accepted()
    assert form.share.errors == ["Maak “Korting (100 %)” korter: hoogstens 2 tekens, u heeft er 7."]


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("title", "", "Vul “Titel” in."),
        ("stage", "", "Kies een antwoord bij “Hoe ver bent u?”."),
        ("stage", "hacked", "Kies een antwoord bij “Hoe ver bent u?”."),
        ("agree", "", "Vink “Wij stemmen in” aan."),
        ("story", "kort", "Schrijf 5 tot en met 20 tekens bij “Verhaal”. U heeft er 4."),
        ("people", "twee", "Vul bij “Mensen” een heel getal in, in cijfers."),
        ("body", "b", "Kies een antwoord bij “Organisatie”."),
        ("themes", "vuur", "Kies een antwoord bij “Thema’s”."),
        ("mail", "geen adres", "Vul een e-mailadres in, bijvoorbeeld naam@voorbeeld.nl."),
        ("budget", "101", "Vul een getal van 1 tot en met 100 in bij “Budget”."),
        ("budget", "veel", "Vul bij “Budget” een bedrag in, bijvoorbeeld 50000 of 50.000,00."),
    ],
)
def test_a_mistake_says_in_dutch_what_to_do(post, name, typed, sentence):
    form = post(**RIGHT | {name: typed})

    assert not form.is_accepted()
    assert list(form.errors.items()) == [(name, [sentence])]
    assert form.status == 422


def test_the_same_mistake_in_english(post):
    form = post(prefix="/en", **RIGHT | {"title": ""})

    assert not form.is_accepted()
    assert form.title.errors == ["Fill in “Titel”."]


def test_passwords_must_be_the_same_and_keep_their_spaces(post):
    class Password(Form):
        once = PasswordField("Wachtwoord", widget=PasswordInput(hide_value=False))
        again = PasswordField("Nog eens", [EqualTo("once")])

    form = post(Password, once=" open deur ", again="open deur")

    assert not form.is_accepted()
    assert form.once.data == " open deur "
    assert form.again.errors == ["Typ nog een keer hetzelfde bij “Nog eens”."]


def test_every_sentence_of_ours_has_a_dutch_one(post):
    post(prefix="/en")
    dutch = joined("nl")

    with in_language("en"):
        english = [str(sentence) for sentence in SENTENCES.values()]

    assert [sentence for sentence in english if not dutch.get(sentence)] == []


def test_text_comes_in_stripped_with_one_sort_of_new_line_and_nothing_a_database_refuses(post):
    form = post(**RIGHT, story="  een\r\ntwee\x00\rdrie ")

    assert form.is_accepted()
    assert form.story.data == "een\ntwee\ndrie"


def test_a_new_line_counts_as_one_character_as_it_does_in_the_browser(post):
    form = post(**RIGHT, story="123456789\r\n0123456789")

    assert form.is_accepted()


def test_the_summary_lists_mistakes_in_form_order_and_links_to_the_first_input(house, post):
    form = post(title="Hoe", people="x")
    form.validate()

    summary = parse(house.jinja_env.get_template("parts/form.html").module.error_summary(form))

    assert words(next(summary.iter("h2"))) == "Er zijn 3 dingen die u moet aanpassen"
    assert [link.get("href") for link in summary.iter("a")] == ["#stage-0", "#people", "#agree"]
    assert next(summary.iter("div")).get("tabindex") == "-1"


def test_a_right_form_has_no_summary(house, post):
    form = post(**RIGHT)

    assert form.is_accepted()
    assert form.status == 200
    assert (
        str(house.jinja_env.get_template("parts/form.html").module.error_summary(form)).strip()
        == ""
    )


def test_an_expired_guard_keeps_the_text_and_says_what_to_do(post):
    form = post(has_guard=True, **RIGHT | {"title": "Lang werk"})

    assert not form.is_accepted()
    assert form.status == 422
    assert by_id(parse(form.title()), "title").get("value") == "Lang werk"
    assert form.mistakes() == [
        ("Uw sessie was verlopen. Controleer uw tekst en verstuur opnieuw.", None)
    ]


def test_the_guard_lets_in_a_form_that_came_from_our_page(house):
    @house.route("/", methods=["GET", "POST"])
    def page():
        form = Everything.from_request()
        return str(form.hidden_tag()) if not form.is_accepted() else "in", form.status

    browser = house.test_client()
    token = by_id(parse(browser.get("/").text), "csrf_token").get("value")

    assert browser.post("/", data=RIGHT | {"csrf_token": token}).text == "in"
    assert browser.post("/", data=RIGHT | {"csrf_token": "forged"}).status_code == 422


def test_a_view_may_add_what_only_it_could_see(post):
    form = post(**RIGHT)
    assert form.is_accepted()

    form.add_error("title", "Deze titel is al gebruikt.")
    form.add_error(None, "Uw organisatie diende al in.")

    assert form.status == 422
    assert form.mistakes() == [
        ("Uw organisatie diende al in.", None),
        ("Deze titel is al gebruikt.", "title"),
    ]


def test_a_filter_is_filled_from_the_address_without_a_guard(house):
    class Filter(Form):
        q = StringField("Zoeken", [Length(max=3)])

    with house.test_request_context("/?q=zout"):
        form = Filter.from_query()

        assert form.q.data == "zout"
        assert str(form.hidden_tag()) == ""
        assert not form.validate()


def test_two_editors_see_both_texts(post):
    form = post(**RIGHT, story="mijn verhaal")

    rows = form.differences({"title": "Hoe dan?", "story": "hun verhaal", "budget": None})

    assert rows == [("story", "Verhaal", "mijn verhaal", "hun verhaal")]


def test_the_answers_to_a_form_that_saves_itself(post):
    form = post(**RIGHT, story="mijn", headers={"X-Autosave": "1"})

    assert form.is_autosave
    assert saved(4, NOON) == ({"version": 4, "saved_at": NOON.isoformat()}, 200)
    assert signed_out() == ({"sign_in": True}, 401)
    assert conflict(form, {"story": "hun"}, 7) == (
        {
            "fields": ["story"],
            "labels": {"story": "Verhaal"},
            "yours": {"story": "mijn"},
            "theirs": {"story": "hun"},
            "version": 7,
        },
        409,
    )


def test_a_hidden_version_is_shown_without_a_label(house):
    with house.test_request_context("/"):
        form = Everything.from_request(version=3)

        tree = parse(form.hidden_tag())

    assert by_id(tree, "version").get("value") == "3"
    assert list(tree.iter("label")) == []


def test_a_text_many_times_too_long_is_refused_and_kept(house):
    class Letter(Form):
        story = TextAreaField("Verhaal", [Bounded(1000)])

    for count, status in ((20_000, "in"), (20_001, 422)):
        with house.test_request_context(method="POST", data={"story": "x" * count}):
            form = Letter.from_request(meta={"csrf": False})
            assert ("in" if form.is_accepted() else form.status) == status
            assert len(form.story.data) == count


def test_many_texts_that_are_too_long_together_are_refused_where_they_are_too_long(house):
    fields = {f"text_{n}": TextAreaField(f"Tekst {n}", [Bounded(100)]) for n in range(4)}
    letter = type("Letter", (Form,), fields)
    texts = dict.fromkeys(fields, "x" * 19999) | {"text_3": "kort"}
    for more, wrong in ((0, []), (19_000, ["text_0", "text_1", "text_2", "text_3"])):
        data = texts | {"text_3": "x" * (3 + more)}
        with house.test_request_context(method="POST", data=data):
            form = letter.from_request(meta={"csrf": False})
            form.validate()
            assert sorted(form.errors) == wrong
