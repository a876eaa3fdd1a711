"""Serves an application with gunicorn and reads what it costs from the kernel's own books."""

from __future__ import annotations

import http.client
import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60  # seconds until a server must answer


@dataclass(frozen=True)
class Cost:
    """What one route costs under load."""

    status: int
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
        """Add up the processor time of the workers, in seconds."""
        total = 0.0
        for pid in self.workers():
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += (int(fields[11]) + int(fields[12])) / TICKS
        return total

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

    def measure(self, ask: Ask, count: int) -> Cost:
        """Make the same request `count` times, one after the other, after a warm-up."""
        status, times = 0, []
        for _ in range(max(4, count // 10)):
            self.ask(ask)
        before, start = self.cpu_seconds(), time.perf_counter()
        for _ in range(count):
            begun = time.perf_counter()
            status, _content, _headers = self.ask(ask)
            times.append((time.perf_counter() - begun) * 1000)
        elapsed = time.perf_counter() - start
        used = self.cpu_seconds() - before
        return Cost(
            status,
            used * 1000 / count,
            statistics.median(times),
            statistics.quantiles(times, n=20)[-1],
            count / elapsed,
        )


@contextmanager
def serve(app: str, port: int, environ: Mapping[str, str], hello: str) -> Iterator[Server]:
    """Run gunicorn with two workers until the block ends; starting ends at the first answer."""
    command = [
        sys.executable, "-m", "gunicorn", "--workers", "2", "--preload", "--bind",
        f"127.0.0.1:{port}", "--config", "/dev/null", "--log-level", "warning", app,
    ]  # fmt: skip
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environ})
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
