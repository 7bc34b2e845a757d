"""What batches cost: time and peak memory a command by the number of requests; and killed commands.

    python -m benchmarks.batch [--requests 100 1000 10000] [--through model|post]
    python -m benchmarks.batch --kills 20 --requests 300

The first makes requests of the size that a news article's have (11 kB), puts them off into files, sends
these, fetches and asks again, each in a process of its own, against a server of the tests' in another one
(benchmarks.batch_service). `--through post` leaves out the model's adapter, whose LangChain takes most of
the time, 5 ms a request. No article is read: that is `briefs run`'s cost, see benchmarks.scale. The second
takes requests through all of it with processes that are killed (SIGKILL) after a random while and said again,
and prints what the server saw: each request is to be carried out once, and no file to be left.
"""

import argparse
import json
import random
import signal
import subprocess
import sys
import time
import urllib.request
from tempfile import TemporaryDirectory

from benchmarks.batch_phases import PHASES
from benchmarks.batch_service import served


def _growth(counts: list[int], through: str) -> None:
    print("| requests | command | seconds | peak memory | bytes in files |")
    print("|--:|---|--:|--:|--:|")
    for count in counts:
        with served() as url, TemporaryDirectory() as folder:
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
    """Take requests through all phases with processes that are killed; print what the server saw."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    killed = commands = 0
    with served() as url, TemporaryDirectory() as folder:
        begun = time.perf_counter()
        arguments = [sys.executable, "-m", "benchmarks.batch_phases", "all", folder, url, str(count), "post"]
        longest = _lasts(arguments, folder)
        while True:
            commands += 1
            with subprocess.Popen(arguments, stdout=subprocess.DEVNULL) as process:
                try:
                    code = process.wait(chance.uniform(0.3, 1.0) * longest if killed < kills else None)
                except subprocess.TimeoutExpired:
                    process.send_signal(signal.SIGKILL)
                    process.wait()
                    killed += 1
                    continue
            if code == 0 and killed >= kills:
                break
            assert code in (0, 3), code
            if code == 0:  # all is answered: begin with other requests
                arguments[6] = str(int(arguments[6]) + count)
        with urllib.request.urlopen(f"{url}/stats") as answer:  # noqa: S310 - our own server
            stats = json.load(answer)
        took = time.perf_counter() - begun
    print(f"{killed} kills in {commands} commands, {took:.0f} s: {json.dumps(stats)}")
    return 0 if stats["carried_out"] == stats["requests"] == int(arguments[6]) and not stats["files"] else 1


def _lasts(arguments: list[str], folder: str) -> float:
    """Return the seconds that one command takes, undisturbed, with an eighth of the requests."""
    begun = time.perf_counter()
    few = [*arguments[:4], folder, arguments[5], str(int(arguments[6]) // 8), arguments[7]]
    subprocess.run(few, stdout=subprocess.DEVNULL, check=False)
    return time.perf_counter() - begun


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, nargs="+", default=[100, 1000, 10000])
    parser.add_argument("--through", choices=("model", "post"), default="model")
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if given.kills:
        sys.exit(_kills(given.kills, given.requests[0], given.seed))
    _growth(given.requests, given.through)


if __name__ == "__main__":
    main()
