"""The README tells the truth about the house."""

import re
import tomllib

from sir.commands import COMMANDS
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text()


def test_the_map_lists_exactly_the_rooms_of_the_contract():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    rooms = next(c for c in contracts["contracts"] if c["id"] == "rooms")["layers"]
    expected = {name.strip() for layer in rooms for name in layer.split("|")}
    table = README.partition("## The map of rooms")[2].partition("##")[0]

    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == expected


def test_every_command_is_in_the_readme():
    for name in COMMANDS:
        assert re.search(rf"`[^`]*\b{name}\b", README), name


def test_every_file_the_readme_links_to_exists():
    for path in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / path).exists(), path


def test_no_tracked_text_names_a_registry():
    for folder in ("requirements", "frontend"):
        for path in (ROOT / folder).glob("*"):
            if path.is_file():
                text = path.read_text()
                assert '"resolved"' not in text, path
                assert "index-url" not in text, path
