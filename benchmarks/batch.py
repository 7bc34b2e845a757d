"""What batches cost: time and peak memory a command by the number of requests; and killed commands.

    python -m benchmarks.batch [--requests 100 1000 10000] [--through model|post]
    python -m benchmarks.batch --kills 20 --articles 6

The first makes requests of the size that a news article's have (11 kB), puts them off into files, sends
these, fetches and asks again, each in a process of its own, against a server of the tests' in another one
(tests/batch/batch_server.py). `--through post` leaves out the model's adapter, whose LangChain takes most of
the time, 5 ms a request. No article is read: that is `briefs run`'s cost, see benchmarks.scale. The
second submits and collects invented articles with commands that are killed (SIGKILL) after a random while and
said again, until all is written, and holds the outputs to those of `briefs run` and the server's counts to
one an answered request.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.batch_phases import PHASES, articles

_SERVER = Path(__file__).parents[1] / "tests" / "batch" / "batch_server.py"


@contextmanager
def _served() -> Iterator[str]:
    """Run the server in a process of its own and give its base URL."""
    with subprocess.Popen(
        [sys.executable, str(_SERVER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        assert server.stdin is not None
        try:
            yield server.stdout.readline().strip()
        finally:
            server.stdin.close()


def _growth(counts: list[int], through: str) -> None:
    print("| requests | command | seconds | peak memory | bytes in files |")
    print("|--:|---|--:|--:|--:|")
    for count in counts:
        with _served() as url, TemporaryDirectory() as folder:
            for phase in PHASES:
                begun = time.perf_counter()
                ran = subprocess.run(
                    [
                        sys.executable,
                        "-m",
                        "benchmarks.batch_phases",
                        phase,
                        folder,
                        url,
                        str(count),
                        through,
                    ],
                    check=True,
                    capture_output=True,
                    text=True,
                )
                told = json.loads(ran.stdout.splitlines()[-1])
                seconds = time.perf_counter() - begun
                print(
                    f"| {count:,} | {phase} | {seconds:.1f} | {told['peak']} MB | {told['bytes']:,} |",
                    flush=True,
                )


def _kills(kills: int, count: int, seed: int) -> int:
    chance = random.Random(seed)  # noqa: S311 - no secret
    with _served() as url, TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        for at, text in enumerate(articles(count)):
            (folder / "in" / f"{at:03}.txt").write_text(text, "utf-8")
        environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
        model = ["--model", "openai:stub", "--base-url", url]

        def run(cache: str, *arguments: str) -> "subprocess.Popen[bytes]":
            return subprocess.Popen(
                [sys.executable, "-m", "briefs", *arguments],
                cwd=folder,
                env=environment | {"XDG_CACHE_HOME": str(folder / cache)},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )

        assert run("one", "run", "in", *model, "--out", "online").wait() == 0
        begun = time.perf_counter()
        submit = ("batch", "submit", "in", *model, "--out", "late")
        killed = commands = 0
        arguments: tuple[str, ...] = submit
        longest = 60.0
        while True:
            commands += 1
            process = run("two", *arguments)
            try:
                code = process.wait(chance.uniform(0.2, longest) if killed < kills else None)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
                killed += 1
                continue
            longest = max(4.0, time.perf_counter() - begun) / commands
            if arguments == submit:
                assert code == 0, code
                arguments = ("batch", "collect", "--out", "late")
            elif code == 0:
                break
            else:
                assert code == 3, code
        same = _outputs(folder / "online") == _outputs(folder / "late")
        shown = subprocess.run(
            [sys.executable, "-m", "briefs", "batch", "status", "--out", "late", "--json"],
            cwd=folder, env=environment, check=True, capture_output=True, text=True,
        )  # fmt: skip
        report = json.loads(shown.stdout)
        asked = sum(each["requests"] for each in report["batches"])
        took = time.perf_counter() - begun
        print(f"{killed} kills in {commands} commands, {took:.0f} s: outputs equal: {same}")
        print(f"{asked} requests in {len(report['batches'])} batches")
    return 0 if same else 1


def _outputs(folder: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes()
        for path in folder.iterdir()
        if path.is_file() and not path.name.startswith("run.json") and ".sqlite" not in path.name
    }


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, nargs="+", default=[100, 1000, 10000])
    parser.add_argument("--through", choices=("model", "post"), default="model")
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--articles", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if given.kills:
        sys.exit(_kills(given.kills, given.articles, given.seed))
    _growth(given.requests, given.through)


if __name__ == "__main__":
    main()
