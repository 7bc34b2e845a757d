"""Sign-offs and kill -9: whether anything is lost that was confirmed, and what a confirmed sign-off costs.

    python -m benchmarks.desk_kill [--rounds 50] [--sign-offs 200] [--folder DIR]

Each round a process signs claims off one by one and tells of each when `append` has returned; it is killed
with SIGKILL after a number of them drawn by a fixed seed, at a moment that nothing decides. The file must
then open, hold every confirmed event, and pass SQLite's integrity check. The rounds go on in one file, so
that every one but the first meets what a killed process left. At the end one process signs off undisturbed,
and the time a sign-off takes, to the disk and back, is printed with that of a bare synced write as large.
"""

import argparse
import os
import random
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from briefs.domain.desk import Basis
from briefs.domain.desk_events import Change, DeskField, Door, Edited, EventDraft
from briefs.domain.spans import Quote
from briefs.store.desk import FILE, DeskStore

_QUOTE = Quote(start=0, end=44, text="Seven of the twelve boats of the line lay up")
_BASIS = Basis(text_sha256="0" * 64, quote=_QUOTE, name="Ilse Brandvold", figures=(_QUOTE,))
_SEED = 6


def main() -> None:
    """Print what became of the sign-offs, and what one takes."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--sign-offs", type=int, default=200, help="the most confirmed in one round")
    parser.add_argument("--folder", type=Path, help="where the file is made; default: a temporary folder")
    parser.add_argument("--sign", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.sign is not None:
        _sign_off(given.folder, given.sign)
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        _rounds(folder, given.rounds, given.sign_offs)
        _cost(folder)


def _rounds(folder: Path, rounds: int, most: int) -> None:
    draw = random.Random(_SEED)  # noqa: S311 - where to kill is no secret
    confirmed: set[int] = set()
    lost = failed = 0
    for number in range(rounds):
        confirmed |= _killed(folder, number, draw.randint(1, most))
        try:
            with DeskStore.open(folder) as store:
                lost += len(confirmed - {event.seq for event in store.events()})
            database = sqlite3.connect(folder / FILE)
            failed += database.execute("PRAGMA integrity_check").fetchall() != [("ok",)]
            database.close()
        except Exception as error:
            failed += 1
            print(f"round {number}: {error}", file=sys.stderr)
    print(f"{rounds} rounds, {len(confirmed)} confirmed sign-offs: {lost} lost, {failed} times not whole")


def _killed(folder: Path, number: int, after: int) -> set[int]:
    """Return what a process confirmed that was killed after some sign-offs."""
    command = [sys.executable, "-m", "benchmarks.desk_kill", "--folder", str(folder), "--sign", str(number)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as signing:
        if signing.stdout is None:
            return set()
        told = [signing.stdout.readline() for _ in range(after)]
        signing.send_signal(signal.SIGKILL)
        told += signing.stdout.readlines()
    return {int(line) for line in told if line.endswith("\n")}


def _sign_off(folder: Path, number: int) -> None:
    with DeskStore.open(folder) as store:
        for at in range(1_000_000):
            [event] = store.append([_draft(f"b{number}-{at}")], {f"b{number}-{at}": 0})
            print(event.seq, flush=True)


def _draft(brief: str) -> EventDraft:
    changes = (
        Change(field=DeskField.STATUS, before="open", after="usable"),
        Change(field=DeskField.SOURCE_CONSULTED, before=None, after="Harbour office, gate count of 3 August"),
    )
    what = Edited(changes=changes, basis=_BASIS)
    return EventDraft(who="A. Reader", door=Door.DESK, article="harbour/ferry.txt", brief=brief, what=what)


def _cost(folder: Path, number: int = 200) -> None:
    took = []
    with DeskStore.open(folder) as store:
        for at in range(number):
            begun = time.perf_counter()
            store.append([_draft(f"cost-{at}")], {f"cost-{at}": 0})
            took.append(time.perf_counter() - begun)
        events = len(store.events())
    bare = []
    data = _draft("b").model_dump_json().encode()
    with (folder / "bare").open("wb") as file:
        for _ in range(number):
            begun = time.perf_counter()
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            bare.append(time.perf_counter() - begun)
    one, plain = (statistics.median(each) * 1000 for each in (took, bare))
    print(
        f"a sign-off among {events} events: {one:.1f} ms (median of {number}); "
        f"a bare synced write: {plain:.1f} ms"
    )


if __name__ == "__main__":
    main()
