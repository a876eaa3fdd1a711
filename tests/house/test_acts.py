"""Every act of a person is noted in the journal, and every page's permission is real."""

import ast

from sir.desk.deeds import DEEDS
from sir.permissions import PERMISSIONS
from tests.conftest import ROOT

ROOMS = ("people", "terms", "workflows", "challenges", "questions", "proposals", "jury", "calls",
         "decisions", "residency")  # fmt: skip


def _services():
    """Yield (path, name, node, functions of its module) for every act a person does."""
    for room in ROOMS:
        folder = ROOT / "sir" / room
        paths = [folder / "services.py", *sorted((folder / "services").glob("*.py"))]
        for path in (path for path in paths if path.exists()):
            tree = ast.parse(path.read_text())
            functions = {n.name: n for n in tree.body if isinstance(n, ast.FunctionDef)}
            for name, node in functions.items():
                arguments = {argument.arg for argument in node.args.kwonlyargs}
                if not name.startswith("_") and {"by", "at"} <= arguments:
                    yield path, name, node, functions


def _calls(node):
    return {
        getattr(call.func, "id", getattr(call.func, "attr", ""))
        for call in ast.walk(node)
        if isinstance(call, ast.Call)
    }


def _is_noted(node, functions, seen=()):
    calls = _calls(node)
    own = (calls & functions.keys()) - set(seen)
    return "record" in calls or any(
        _is_noted(functions[name], functions, (*seen, name)) for name in own
    )


def _notes_elsewhere(node):
    """An act may be one of a lower room's acts: it says `by` and `at` on."""
    return any(
        {"by", "at"} <= {keyword.arg for keyword in call.keywords}
        for call in ast.walk(node)
        if isinstance(call, ast.Call)
    )


def test_every_act_is_recorded():
    silent = [
        f"{path.relative_to(ROOT)}:{name}"
        for path, name, node, functions in _services()
        if not _is_noted(node, functions) and not _notes_elsewhere(node)
    ]

    assert silent == []


def test_there_are_acts_to_record():
    assert sum(1 for _ in _services()) > 30


def test_every_permission_has_a_page_or_a_question_in_a_template(paper_house):
    views = paper_house.view_functions.values()
    used = {view.permission for view in views if hasattr(view, "permission")}
    templates = "".join(path.read_text() for path in (ROOT / "templates").rglob("*.html"))
    code = "".join(
        path.read_text()
        for path in (ROOT / "sir").rglob("*.py")
        if path != ROOT / "sir" / "permissions.py"
    )
    idle = [
        name
        for name in PERMISSIONS
        if name not in used and f'"{name}"' not in templates + code and f"'{name}'" not in templates
    ]

    assert idle == []


def _names_of_acts():
    """Yield what every call that writes in the journal gives as its act."""
    for path in sorted((ROOT / "sir").rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text())):
            name = getattr(getattr(call, "func", None), "id", "")
            if name in {"record", "_note", "note_denied"}:
                yield from (
                    part.value
                    for part in ast.walk(call.args[0])
                    if isinstance(part, ast.Constant) and "." in str(part.value)
                )


def test_the_journal_can_say_every_act_in_words():
    acts = set(_names_of_acts())
    code = "".join(
        path.read_text() for path in (ROOT / "sir").rglob("*.py") if path.name != "deeds.py"
    )

    assert len(acts) > 100
    assert sorted(acts - DEEDS.keys() - PERMISSIONS.keys()) == []
    assert [act for act in DEEDS if f'"{act}"' not in code] == []
