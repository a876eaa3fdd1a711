"""A server carries no more than it needs: what only a command wants is loaded by the command."""

import subprocess
import sys

import pytest

from tests.conftest import ROOT

LOADED = "import sys, wsgi; print(*sorted({name.partition('.')[0] for name in sys.modules}))"


@pytest.fixture(scope="module")
def loaded():
    answer = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", LOADED], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(answer.stdout.split())


@pytest.mark.parametrize("heavy", ["alembic", "mako", "pygments", "scipy", "numpy", "pytest"])
def test_a_server_does_not_load(loaded, heavy):
    assert heavy not in loaded


def test_a_server_loads_what_it_serves_with(loaded):
    assert {"flask", "sqlalchemy", "typst"} <= loaded


def test_the_shell_can_migrate():
    answer = subprocess.run(
        [sys.executable, "-m", "flask", "db", "heads"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert answer.returncode == 0, answer.stderr
    assert "(head)" in answer.stdout
