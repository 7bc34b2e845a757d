"""The stub server of models on a chosen port, with a log of its calls: it can be killed and started again.

    python -m benchmarks.faults_server [--seconds 0.05] [--port 0] [--log FILE]

prints its base URL and serves until its input is closed. The log has a line for each call when it is "asked"
and when its answer is sent ("answered"), with the key under which a call cache keeps that call.
"""

import argparse
import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.stub_server import Stub
from briefs.llm.cached import key_of


class Server(NamedTuple):
    """A server in a process of its own."""

    url: str
    log: Path

    def calls(self, what: str, after: int = 0) -> list[str]:
        """Return the keys of calls that were "asked" or "answered", from a line of its log on."""
        return [line.split()[1] for line in self._lines()[after:] if line.startswith(f"{what} ")]

    def lines(self) -> int:
        """Return how many lines its log has."""
        return len(self._lines())

    def _lines(self) -> list[str]:
        return self.log.read_text("ascii").splitlines() if self.log.exists() else []


@contextmanager
def serving(log: Path, *, port: int = 0, seconds: float = 0.05) -> Iterator[Server]:
    """Serve in a process of its own while the block runs; it is killed at the end."""
    command = [sys.executable, "-m", "benchmarks.faults_server", "--log", str(log)]
    command += ["--port", str(port), "--seconds", str(seconds)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Server(process.stdout.readline().strip() if process.stdout else "", log)
        finally:
            process.kill()


class _Logging(Stub):
    def __init__(self, seconds: float, log: Path) -> None:
        super().__init__(seconds, most=256)
        self._log = log
        self.url = ""

    async def _completion(self, body: bytes) -> dict[str, Any]:
        self._note("asked", body)
        answer = await super()._completion(body)
        self._note("answered", body)
        return answer

    def _note(self, what: str, body: bytes) -> None:
        with self._log.open("a", encoding="ascii") as log:
            canonical = json.dumps(
                json.loads(body), sort_keys=True, separators=(",", ":"), ensure_ascii=False
            )
            log.write(f"{what} {key_of(self.url, canonical)}\n")


async def _serve(stub: _Logging, port: int) -> None:
    server = await asyncio.start_server(stub.serve, "127.0.0.1", port, limit=2**20, backlog=512)
    stub.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    print(stub.url, flush=True)
    async with server:
        await asyncio.to_thread(sys.stdin.read)


def main() -> None:
    """Serve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=0.05)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--log", type=Path, required=True)
    given = parser.parse_args()
    asyncio.run(_serve(_Logging(given.seconds, given.log), given.port))


if __name__ == "__main__":
    main()
