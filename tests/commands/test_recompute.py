"""The four commands that recompute from a file, and every example of their manual."""

import json
import os
import re
import subprocess
import sys

import pytest
from click.testing import CliRunner

from sir.commands.recompute import assign, diagnose, rank, resolve
from tests.conftest import ROOT

COMMANDS = {"rank": rank, "diagnose": diagnose, "assign": assign, "resolve": resolve}
MANUAL = (ROOT / "docs" / "recompute.md").read_text()
EXAMPLES = re.findall(
    r"```json input=(\w+)\n(.*?)```.*?```json output=\1\n(.*?)```", MANUAL, flags=re.DOTALL
)

ROUND = {
    "criteria": [
        {"key": "K1", "weight": "60", "maximum": "10", "minimum": None},
        {"key": "K2", "weight": "40", "maximum": "10", "minimum": None},
    ],
    "scale": ["0", "5", "10"],
    "method": "mean",
    "decimals": 2,
    "minimum_total": None,
    "tie_order": None,
    "seed": None,
    "shortlist": None,
    "seats": ["J1", "J2"],
    "sheets": {
        "P1": {"J1": {"K1": "5", "K2": "10"}, "J2": {"K1": "5", "K2": "5"}},
        "P2": {"J1": {"K1": "10", "K2": "0"}, "J2": {"K1": "10", "K2": "10"}},
    },
    "consensus": None,
}
PROBLEM = {
    "proposals": ["P1", "P2"],
    "jurors": ["J1", "J2", "J3"],
    "per_proposal": 2,
    "load": [1, 2],
    "affinity": {},
    "conflicts": [],
    "experts": {},
    "avoid": [],
    "fixed": [],
}

CALL = {
    "contests": [
        {"challenge": "A", "places": 1, "order": [["S1"], ["S2"]]},
        {"challenge": "B", "places": "1", "order": [["S1"], ["S2"]]},
    ],
    "wishes": {"S1": ["B", "A"], "S2": ["A", "B"]},
}


def run(name, content):
    """Give the exit status and what was printed; the file comes through standard input."""
    text = content if isinstance(content, str | bytes) else json.dumps(content)
    answer = CliRunner().invoke(COMMANDS[name], ["-"], input=text)
    assert answer.exception is None or isinstance(answer.exception, SystemExit)
    return answer.exit_code, json.loads(answer.stdout)


def refusal(name, content):
    status, answer = run(name, content)
    assert status == 2
    assert set(answer) == {"error", "detail"}
    assert answer["detail"]
    return answer["error"]


def test_the_manual_has_an_example_of_each_command():
    assert {name for name, _, _ in EXAMPLES} == set(COMMANDS)


@pytest.mark.parametrize(("name", "given", "expected"), EXAMPLES)
def test_an_example_of_the_manual_is_what_the_command_prints(name, given, expected):
    assert run(name, given) == (0, json.loads(expected))


def test_every_code_of_the_engine_is_in_the_manual():
    codes = set(
        re.findall(
            r'^[A-Z_]+ = "([a-z_]+)"(?:  #.*)?$',
            "".join(
                (ROOT / "sir" / room / "rules" / name).read_text()
                for room, name in (
                    ("jury", "plan.py"),
                    ("jury", "problem.py"),
                    ("calls", "market.py"),
                )
            ),
            flags=re.MULTILINE,
        )
    ) - {"score", "lot"}

    assert (
        set(re.findall(r"^\| `([a-z_]+)` \| (?:all|rank|assign|resolve)", MANUAL, re.MULTILINE))
        == codes
    )


def test_a_ranking_has_exactly_the_published_shape():
    assert run("rank", {**ROUND, "shortlist": 1}) == (
        0,
        {
            "ranking": [
                {
                    "proposal": "P2",
                    "score": "80.00",
                    "exact": "80",
                    "rank": 1,
                    "decided_by": "score",
                    "passes": True,
                },
                {
                    "proposal": "P1",
                    "score": "60.00",
                    "exact": "60",
                    "rank": 2,
                    "decided_by": "score",
                    "passes": True,
                },
            ],
            "shortlist": ["P2"],
        },
    )


def test_numbers_may_be_written_as_numbers_and_stay_exact():
    text = (
        '{"criteria": [{"key": "K1", "weight": 100.00, "maximum": 1}], "method": "mean", '
        '"decimals": 10, "seats": ["J1", "J2", "J3"], "sheets": '
        '{"P1": {"J1": {"K1": 0.1}, "J2": {"K1": 0.2}, "J3": {"K1": 0}}, '
        '"P2": {"J1": {"K1": 0.3}, "J2": {"K1": 0.0}, "J3": {"K1": 0e0}}}}'
    )
    _, answer = run("rank", text)

    assert [(row["exact"], row["rank"]) for row in answer["ranking"]] == [("10", 1), ("10", 1)]


def test_a_file_may_carry_notes_and_the_keys_of_the_other_commands():
    status, _ = run("rank", {**ROUND, **PROBLEM, "about": {"title": "Schone gracht"}})

    assert status == 0


MALFORMED = [
    b"",
    b"nonsense",
    b"[]",
    b"null",
    b'"text"',
    b"\xff\xfe\x00",
    b"[" * 100_000,
    b'{"method": "mean", "method": "mean"}',
    b'{"decimals": NaN}',
    b'{"decimals": Infinity}',
    b'{"decimals": 1e999999999999999999999}',
    b'{"decimals": ' + b"9" * 5000 + b"}",
    b'{"minimun_total": 5}',
    b"{}",
]


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("content", MALFORMED)
def test_what_is_no_round_is_refused_and_never_a_crash(name, content):
    assert refusal(name, content) == "plan_invalid"


@pytest.mark.parametrize("name", COMMANDS)
def test_a_file_that_is_not_there_is_refused(name, tmp_path):
    for path in (tmp_path / "nothing.json", tmp_path):
        answer = CliRunner().invoke(COMMANDS[name], [str(path)])

        assert answer.exit_code == 2
        assert json.loads(answer.stdout)["error"] == "plan_invalid"


@pytest.mark.parametrize("name", ["rank", "diagnose"])
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"criteria": []}, "plan_invalid"),
        ({"criteria": {}}, "plan_invalid"),
        ({"criteria": [{"key": "K1"}]}, "plan_invalid"),
        ({"criteria": [{"key": "K1", "weight": "100", "maximum": "10", "max": 1}]}, "plan_invalid"),
        ({"criteria": [{"key": "K1", "weight": "100", "maximum": "1e1"}]}, "plan_invalid"),
        ({"criteria": [{"key": "K1", "weight": "99.999", "maximum": "10"}]}, "plan_invalid"),
        ({"criteria": [{"key": 1, "weight": "100", "maximum": "10"}]}, "plan_invalid"),
        ({"scale": "0,5,10"}, "plan_invalid"),
        ({"scale": ["0", "10", "5"]}, "plan_invalid"),
        ({"scale": ["0", "10"]}, "plan_invalid"),
        ({"scale": ["0", "five", "10"]}, "plan_invalid"),
        ({"method": "median"}, "plan_invalid"),
        ({"method": None}, "plan_invalid"),
        ({"method": ["mean"]}, "plan_invalid"),
        ({"decimals": "two"}, "plan_invalid"),
        ({"decimals": 2.5}, "plan_invalid"),
        ({"decimals": True}, "plan_invalid"),
        ({"decimals": None}, "plan_invalid"),
        ({"minimum_total": "101"}, "plan_invalid"),
        ({"minimum_total": "NaN"}, "plan_invalid"),
        ({"tie_order": ["K3"]}, "plan_invalid"),
        ({"tie_order": "K1"}, "plan_invalid"),
        ({"seed": 5}, "plan_invalid"),
        ({"shortlist": 0}, "plan_invalid"),
        ({"shortlist": -1}, "plan_invalid"),
        ({"seats": ["J1", "J2", "J2"]}, "plan_invalid"),
        ({"seats": "J1"}, "plan_invalid"),
        ({"seats": [["J1"]]}, "plan_invalid"),
        ({"sheets": []}, "plan_invalid"),
        ({"sheets": {"P1": []}}, "plan_invalid"),
        ({"sheets": {"": {}}}, "plan_invalid"),
        ({"sheets": {"\ud800": {}}}, "plan_invalid"),
        ({"consensus": []}, "plan_invalid"),
        ({"seats": []}, "jury_incomplete"),
        ({"seats": ["J1"]}, "jury_incomplete"),
        ({"seats": ["J1", "J2", "J3"]}, "jury_incomplete"),
        ({"sheets": {}}, "jury_incomplete"),
        ({"sheets": {"P1": {}}}, "jury_incomplete"),
        ({"sheets": {"P1": {"J1": {"K1": "5", "K2": "5"}, "J2": {}}}}, "jury_incomplete"),
        ({"sheets": {"P1": {"J1": {"K1": "5", "K2": "5"}, "J2": None}}}, "jury_incomplete"),
        (
            {"sheets": {"P1": {"J1": {"K1": "5", "K2": "5"}, "J2": {"K1": "5", "K2": None}}}},
            "jury_incomplete",
        ),
        ({"method": "consensus"}, "jury_incomplete"),
        ({"method": "consensus", "consensus": {"P1": {"K1": "5", "K2": "5"}}}, "jury_incomplete"),
        (
            {
                "method": "consensus",
                "consensus": {p: {"K1": "5", "K2": "5"} for p in ("P1", "P2", "P3")},
            },
            "jury_incomplete",
        ),
        (
            {
                "method": "consensus",
                "consensus": {"P1": {"K1": "5", "K2": "5"}, "P2": {"K1": "5", "K2": "7"}},
            },
            "sheet_incomplete",
        ),
    ],
)
def test_a_round_that_may_not_be_ranked_is_refused(name, change, code):
    assert refusal(name, {**ROUND, **change}) == code


@pytest.mark.parametrize(
    "points", ["7", "-5", "15", "x", "", "NaN", "5e0", "٥", "5_0", True, [], {}]
)
def test_points_that_are_no_level_are_refused(points):
    sheets = json.loads(json.dumps(ROUND["sheets"]))
    sheets["P2"]["J2"]["K1"] = points

    assert refusal("rank", {**ROUND, "sheets": sheets}) == "sheet_incomplete"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"proposals": []}, "plan_invalid"),
        ({"jurors": []}, "plan_invalid"),
        ({"jurors": ["J1", "J1", "J2"]}, "plan_invalid"),
        ({"proposals": "P1"}, "plan_invalid"),
        ({"per_proposal": 0}, "plan_invalid"),
        ({"per_proposal": None}, "plan_invalid"),
        ({"per_proposal": {"P1": 2}}, "plan_invalid"),
        ({"per_proposal": {"P1": 2, "P2": 2, "P3": 2}}, "plan_invalid"),
        ({"load": [1]}, "plan_invalid"),
        ({"load": [2, 1]}, "plan_invalid"),
        ({"load": {"J9": [0, 1]}}, "plan_invalid"),
        ({"affinity": {"P1": {"J1": "NaN"}}}, "plan_invalid"),
        ({"affinity": {"P9": {}}}, "plan_invalid"),
        ({"conflicts": [["P1"]]}, "plan_invalid"),
        ({"conflicts": [["P1", "J9"]]}, "plan_invalid"),
        ({"experts": {"P1": "J1"}}, "plan_invalid"),
        ({"avoid": [["J1"]]}, "plan_invalid"),
        ({"avoid": [["P9", "J1", "J2"]]}, "plan_invalid"),
        ({"fixed": {}}, "plan_invalid"),
        ({"churn": "-1"}, "plan_invalid"),
        ({"per_proposal": 4}, "too_few_jurors"),
        ({"conflicts": [["P1", "J1"], ["P1", "J2"]]}, "too_few_jurors"),
        ({"experts": {"P1": []}}, "no_expert"),
        ({"load": [0, 1]}, "too_little_capacity"),
        ({"load": [2, 2]}, "load_too_high"),
        ({"fixed": [["P1", "J1"]], "conflicts": [["P1", "J1"]]}, "fixed_impossible"),
        (
            {
                "avoid": [["J1", "J2"], ["J2", "J3"], ["J1", "J3"]],
                "per_proposal": 1,
                "load": [1, 1],
            },
            "load_too_high",
        ),
    ],
)
def test_an_assignment_that_cannot_be_is_refused(change, code):
    assert refusal("assign", {**PROBLEM, **change}) == code


def test_an_assignment_may_say_more_than_the_shortest_form():
    status, answer = run(
        "assign",
        {
            **PROBLEM,
            "per_proposal": {"P1": 1, "P2": 2},
            "load": {"J1": [1, 1]},
            "avoid": [["P2", "J1", "J2"]],
            "previous": [["P1", "J3"]],
            "churn": "0.5",
        },
    )

    assert status == 0
    assert ["P1", "J3"] in answer["pairs"]
    assert len(answer["pairs"]) == 3


@pytest.mark.parametrize(
    ("totals", "code"),
    [
        ({}, "jury_incomplete"),
        ({"P1": {}}, "jury_incomplete"),
        ({"P1": {"J1": None}}, "jury_incomplete"),
        ({"P1": {"J1": "x"}}, "plan_invalid"),
        ({"P1": ["76"]}, "plan_invalid"),
        (None, "plan_invalid"),
    ],
)
def test_totals_that_are_no_totals_are_refused(totals, code):
    assert refusal("diagnose", {"totals": totals}) == code


def test_totals_that_hang_in_parts_say_so():
    _, answer = run(
        "diagnose", {"totals": {"P1": {"J1": "76", "J2": 71, "J3": None}, "P2": {"J3": "60"}}}
    )

    assert answer["juror_levels"] == "not_connected"
    assert answer["components"] == [["P1", "J1", "J2"], ["P2", "J3"]]


def test_flask_runs_the_command_without_settings_or_database(tmp_path):
    file = tmp_path / "round.json"
    file.write_text(json.dumps(ROUND))
    bare = {k: v for k, v in os.environ.items() if not k.startswith(("SIR_", "FLASK_"))}

    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "flask", "sir", "rank", str(file)],
        cwd=ROOT,
        env=bare,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["ranking"][0]["proposal"] == "P2"


def test_ranking_diagnosing_and_resolving_load_no_solver_and_no_database():
    slow = "{'numpy', 'scipy', 'sqlalchemy'}"
    code = f"import sys, sir.commands.recompute; print({slow} & set(sys.modules))"
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "set()"


# -- A call ------------------------------------------------------------------------------


def test_a_call_is_resolved_by_its_rankings_and_wishes():
    status, answer = run("resolve", CALL)

    assert status == 0
    assert (answer["wins"], answer["others"]) == ({"S1": "B", "S2": "A"}, [])


def test_who_won_before_keeps_that_and_takes_part_in_nothing_else():
    status, answer = run("resolve", {**CALL, "won": {"S1": "C"}})

    assert (status, answer["wins"]) == (0, {"S1": "C", "S2": "A"})


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"contests": None}, "plan_invalid"),
        ({"contests": [CALL["contests"][0]] * 2}, "plan_invalid"),
        ({"contests": [{"challenge": "A", "places": 0, "order": []}]}, "plan_invalid"),
        ({"contests": [{"challenge": "A", "places": "1.5", "order": []}]}, "plan_invalid"),
        (
            {"contests": [{"challenge": "A", "places": 1, "order": [["S1"], ["S1"]]}]},
            "plan_invalid",
        ),
        ({"contests": [{"challenge": "A", "places": 1, "order": [], "rank": 1}]}, "plan_invalid"),
        ({"contests": [{"challenge": "A", "places": 1, "order": ["S1"]}]}, "plan_invalid"),
        ({"wishes": ["S1"]}, "plan_invalid"),
        ({"won": {"S1": 3}}, "plan_invalid"),
        ({"winner": "S1"}, "plan_invalid"),
        ({"wishes": {"S1": ["B", "A"]}}, "wishes_incomplete"),
        ({"wishes": {"S1": ["B", "A", "B"], "S2": ["A", "B"]}}, "wishes_incomplete"),
        ({"contests": [{"challenge": "A", "places": 1, "order": [["S1", "S2"]]}]}, "tied"),
    ],
)
def test_a_call_that_cannot_be_resolved_is_refused(change, code):
    assert refusal("resolve", {**CALL, **change}) == code
