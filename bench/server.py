"""Serves an application with gunicorn and reads what it costs from the kernel's own books."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60  # seconds until a server must answer


# As in production, what was compiled once is kept: a start is no first start after an update.
KEPT = {"PYTHONDONTWRITEBYTECODE": ""}

BATCHES = 5  # the middle one counts, so that a neighbour's busy moment does not


@dataclass(frozen=True)
class Cost:
    """What one route costs under load."""

    statuses: frozenset[int]
    cpu_ms: float  # of all workers together, per request
    p50_ms: float
    p95_ms: float
    per_second: float


@dataclass(frozen=True)
class Ask:
    """One request that is made again and again."""

    path: str
    method: str = "GET"
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


Asks = Callable[[int], Ask]
"""Gives the n-th request: 0, 1, 2 …"""


class Server:
    """A running gunicorn with its workers."""

    def __init__(self, port: int, process: subprocess.Popen[bytes]) -> None:
        self.port = port
        self.process = process
        self.started_s = 0.0

    def workers(self) -> list[int]:
        """Number the worker processes."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in children.read_text().split()]

    def cpu_seconds(self) -> float:
        """Add up the processor time of the workers' threads, in seconds."""
        total = 0
        for pid in self.workers():
            for task in Path(f"/proc/{pid}/task").iterdir():
                total += int((task / "schedstat").read_text().split()[0])
        return total / 1e9

    def memory_mb(self) -> float:
        """Add up the proportional memory (PSS) of master and workers, in MB."""
        total = 0
        for pid in [self.process.pid, *self.workers()]:
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
        return total / 1024

    def ask(self, ask: Ask) -> tuple[int, bytes, Mapping[str, str]]:
        """Make one request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request(ask.method, ask.path, ask.body or None, dict(ask.headers))
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, content, dict(answer.getheaders())

    def measure(self, asks: Asks, count: int) -> Cost:
        """Make `count` requests one after the other, after a warm-up."""
        warm = max(4, count // 10)
        for number in range(warm):
            self.ask(asks(number))
        statuses: set[int] = set()
        times, cpu = [], []
        size = max(1, count // BATCHES)
        start = time.perf_counter()
        for batch in range(BATCHES):
            before = self.cpu_seconds()
            for number in range(size):
                ask = asks(warm + batch * size + number)
                begun = time.perf_counter()
                status, _content, _headers = self.ask(ask)
                times.append((time.perf_counter() - begun) * 1000)
                statuses.add(status)
            cpu.append((self.cpu_seconds() - before) * 1000 / size)
        elapsed = time.perf_counter() - start
        return Cost(
            frozenset(statuses),
            statistics.median(cpu),
            statistics.median(times),
            statistics.quantiles(times, n=20)[-1],
            len(times) / elapsed,
        )


@contextmanager
def serve(
    app: str, environ: Mapping[str, str], hello: str, config: str = "/dev/null"
) -> Iterator[Server]:
    """Run gunicorn with two workers until the block ends; starting ends at the first answer."""
    port = free_port()
    command = [
        sys.executable, "-m", "gunicorn", "--workers", "2", "--preload", "--bind",
        f"127.0.0.1:{port}", "--config", config, "--log-level", "warning", app,
    ]  # fmt: skip
    begun = time.perf_counter()
    # what a failing page says was said when it was rehearsed
    words = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **KEPT, **environ}, **words)
    server = Server(port, process)
    try:
        while True:
            try:
                server.ask(Ask(hello))
                break
            except OSError:
                if process.poll() is not None or time.perf_counter() - begun > PATIENCE:
                    raise
                time.sleep(0.02)
        server.started_s = time.perf_counter() - begun
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
