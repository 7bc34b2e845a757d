"""The tests' server of batches (tests/batch) in a process of its own; `served` starts it.

It answers as the benchmarks' stub does, and each look at a batch moves it on by one state. GET /v1/stats
gives how often requests were carried out, and what is there.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_ROOT = Path(__file__).parents[1]


@contextmanager
def served() -> Iterator[str]:
    """Run the server in a process of its own and give its base URL."""
    path = os.pathsep.join(str(_ROOT / each) for each in ("", "tests/batch", "tests/llm"))
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.batch_service"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": path},
    ) as server:
        assert server.stdout is not None
        assert server.stdin is not None
        try:
            yield server.stdout.readline().strip()
        finally:
            server.stdin.close()


def main() -> None:
    """Serve until the input is closed."""
    from batch_server import BatchServer  # noqa: PLC0415 - found in the process that `served` starts

    from benchmarks.stub_server import answer_to  # noqa: PLC0415

    with BatchServer(lambda body: json.dumps(answer_to(body)), by_itself=True) as server:
        print(server.url, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
