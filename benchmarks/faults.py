"""Runs that are killed with kill -9 at random moments: whether anything is lost, torn or asked for twice.

    python -m benchmarks.faults [--rounds 100] [--articles 50] [--seed 8] [--keep DIR] [--only KIND]

Each round is one run of `briefs run` over short invented articles that is killed with its worker processes,
in some rounds the first process alone, in some a second time; then the same command runs to its end. The
kinds of runs take turns: offline, with two processes, with a folder of evidence, with a model (a stub server
and the call cache), and over a folder in which people have signed off and edited Markdown. Checked right
after each kill: every JSON parses, every Markdown and HTML file is whole, every database passes SQLite's
check, what people wrote is there, no process is left. Checked after the restart: the outputs are, byte for
byte, those of a run that nobody disturbed; no temporary file is left; no call is asked for again whose reply
was stored. What may differ is said by `benchmarks.faults_check.differences`: the times of day at which
something was recorded, and in run.json seconds, calls and cache hits.

A call may be asked for twice if it was under way, or answered and not yet stored: from the last byte of the
reply that the server sends until SQLite has synced it. How often that happened is counted. A round that fails
keeps its folder below `--keep` and says how to repeat it.

The runs are forked from a process that has loaded the parser and, where neither a model nor --jobs is asked
for, has read the articles already: reading leaves nothing on the disk, and a round is spent on what does.
"""

import argparse
import os
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import chdir, closing, suppress
from pathlib import Path
from typing import NamedTuple

from click.testing import CliRunner

from benchmarks import faults_articles, faults_check
from benchmarks.faults_child import Child, started, warm
from benchmarks.faults_server import Server, serving
from briefs.cli import main as command

_OWN_LINE = "Checked with the archive by hand."


class Kind(NamedTuple):
    """One way to run."""

    name: str
    options: tuple[str, ...] = ()
    model: bool = False
    evidence: bool = False
    desk: bool = False
    """Over a folder of the articles' former version, in which people have signed off and edited."""
    weight: int = 1
    """How many of twenty rounds."""


KINDS = (
    Kind("offline", weight=6),
    Kind("offline, HTML, evidence", ("--format", "md,json,html"), evidence=True, weight=3),
    Kind("desk, evidence", desk=True, evidence=True, weight=7),
    Kind("offline, --jobs 2", ("--jobs", "2"), weight=1),
    Kind("model", ("--concurrency", "4"), model=True, weight=2),
    Kind(
        "model, --jobs 2, evidence, desk",
        ("--jobs", "2", "--concurrency", "4"),
        model=True,
        evidence=True,
        desk=True,
        weight=1,
    ),
)


class Undisturbed(NamedTuple):
    """A run that nobody disturbed."""

    folder: Path
    seconds: float
    """Of the processor, without workers."""
    calls: int


class Bench:
    """What all rounds share: articles, a folder to begin with a kind, and what an undisturbed run gave."""

    def __init__(self, place: Path, articles: int, seed: int, server: Server) -> None:
        self._place, self._server, self._seed = place, server, seed
        for version in (1, 2):
            faults_articles.write(place / f"version-{version}" / "in", articles, seed, version)
        faults_articles.write_evidence(place / "evidence", seed)
        self._undisturbed: dict[str, Undisturbed] = {}
        self.edited: frozenset[str] = frozenset()

    def start(self, kind: Kind, folder: Path, *, version: int = 2, warm_workers: bool = True) -> Child:
        """Start the one command of a kind in a folder of its own."""
        place = self._place / f"version-{version}"
        return started(self._arguments(kind, folder), folder / "log", place, warm_workers=warm_workers)

    def _arguments(self, kind: Kind, folder: Path) -> list[str]:
        options = [*kind.options, "--out", str(folder / "outputs")]
        if kind.evidence:
            options += ["--evidence", str(self._place / "evidence")]
        if kind.model:
            options += ["--model", "openai:stub", "--base-url", self._server.url]
        os.environ["BRIEFS_CACHE_DIR"] = str(folder / "cache")
        return ["run", "in", *options]

    def begun(self, kind: Kind, folder: Path) -> Path:
        """Return a folder as a run of a kind finds it."""
        folder.mkdir(parents=True)
        if kind.desk:
            shutil.copytree(self._desk(kind), folder, dirs_exist_ok=True)
        return folder

    def undisturbed(self, kind: Kind) -> Undisturbed:
        """Return what a run gives that nobody disturbs; the first of a kind is made."""
        folder = self._place / "undisturbed" / kind.name
        if kind.name not in self._undisturbed:
            if not kind.model and "--jobs" not in kind.options:
                self._read(kind)
            self.begun(kind, folder)
            at = self._server.lines()
            child = self.start(kind, folder)
            ended = child.watched()
            if ended.code:
                raise SystemExit(f"{kind.name}: the undisturbed run failed\n{child.said()}")
            calls = len(self._server.calls("answered", at))
            self._undisturbed[kind.name] = Undisturbed(folder, ended.seconds, calls)
        return self._undisturbed[kind.name]

    def _read(self, kind: Kind) -> None:
        """Read all articles in this process: the runs that are forked from it need not do so again."""
        folder = self.begun(kind, self._place / "read" / kind.name)
        with chdir(self._place / "version-2"):
            CliRunner().invoke(command, self._arguments(kind, folder))

    def _desk(self, kind: Kind) -> Path:
        """Return a folder of the first version, with decisions and edits of people."""
        folder = self._place / "decided" / kind.name
        if not folder.exists():
            folder.mkdir(parents=True)
            child = self.start(kind, folder, version=1)
            if child.wait():
                raise SystemExit(f"{kind.name}: the first version failed\n{child.said()}")
            _decide(folder / "outputs")
            self.edited = self.edited | _edit(folder / "outputs")
        return folder


def _decide(folder: Path) -> None:
    """Sign off claims of every fourth article."""
    from briefs.domain.brief import ArticleBriefs  # noqa: PLC0415 - loaded by `warm`
    from briefs.domain.desk_events import Change, DeskField, Door, Edited, EventDraft  # noqa: PLC0415
    from briefs.review.basis import basis_of  # noqa: PLC0415
    from briefs.store.desk import DeskStore  # noqa: PLC0415
    from briefs.store.reading import briefs_in  # noqa: PLC0415

    with DeskStore.open(folder) as desk:
        for path in briefs_in(folder)[::4]:
            result = ArticleBriefs.from_json(path.read_bytes())
            for brief in result.briefs[:2]:
                changes = (Change(field=DeskField.STATUS, before="open", after="usable"),)
                what = Edited(changes=changes, basis=basis_of(result.article, brief))
                draft = EventDraft(
                    who="A. Reader", door=Door.DESK, article=result.article.id, brief=brief.id, what=what
                )
                desk.keep_text(result.article)
                desk.append([draft], {brief.id: 0})


def _edit(folder: Path) -> frozenset[str]:
    """Fill in a field and write a line into the Markdown of every fifth article; return the files' names."""
    edited = [path for path in sorted(folder.glob("*.md")) if path.stem != "index"][::5]
    for path in edited:
        text = path.read_text("utf-8").replace("- Checker:", "- Checker: K. Aune", 1)
        path.write_text(text.replace("**Desk**", f"{_OWN_LINE}\n\n**Desk**", 1), "utf-8")
    return frozenset(path.name for path in edited)


class Round(NamedTuple):
    """What one round came to."""

    wrong: tuple[str, ...]
    kills: int
    """Of those that met a process that was still there."""
    answered: int
    """Calls that were answered before the last kill."""
    unstored: int
    """Of these, those that had not been stored."""
    again: int
    """Of these, those that were asked for again."""


def play(bench: Bench, server: Server, kind: Kind, folder: Path, draw: random.Random) -> Round:
    """Kill one run at one or two moments, restart it, and say what is wrong."""
    wanted = bench.undisturbed(kind)
    bench.begun(kind, folder)
    edited = bench.edited if kind.desk else frozenset()
    first = server.lines()
    wrong: list[str] = []
    kills = again = 0
    answered: set[str] = set()
    stored: set[str] = set()
    decided = faults_check.decided(folder / "outputs")
    for nth in range(draw.choice((1, 1, 2))):
        since = server.lines()
        child = bench.start(kind, folder, warm_workers=draw.random() < 0.8)
        alone = draw.random() < 0.25
        part = draw.uniform(0.0, 0.99)
        if kind.model and nth == 0:  # most of its time it waits
            hit = child.killed_when(_answers(server, since, part * wanted.calls), alone=alone)
        else:
            hit = child.killed_when(child.has_used(part * wanted.seconds), alone=alone)
        kills += hit
        if not child.is_gone():
            wrong.append("a process was left")
        wrong += [f"asked again though stored: {key}" for key in stored & set(server.calls("asked", since))]
        wrong += [f"killed: {each}" for each in _torn(folder, edited)]
        now = faults_check.decided(folder / "outputs")
        wrong += [f"killed: lost {each[:80]}" for each in decided if each not in now]
        answered, stored = set(server.calls("answered", first)), _stored(folder)
    since = server.lines()
    child = bench.start(kind, folder)
    if child.wait():
        wrong.append(f"the restart failed: {child.said()[-300:]}")
    asked = set(server.calls("asked", since))
    wrong += [f"asked again though stored: {key}" for key in stored & asked]
    again = len((answered - stored) & asked)
    wrong += _torn(folder, edited)
    wrong += [f"left over: {name}" for name in faults_check.left_over(folder)]
    wrong += [f"lost {each[:80]}" for each in decided if each not in faults_check.decided(folder / "outputs")]
    with suppress(OSError):
        wrong += faults_check.differences(folder / "outputs", wanted.folder / "outputs")
    for name in edited:
        if _OWN_LINE not in (folder / "outputs" / name).read_text("utf-8"):
            wrong.append(f"{name}: a person's line is lost")
    return Round(tuple(wrong), kills, len(answered), len(answered - stored), again)


def _answers(server: Server, since: int, number: float) -> Callable[[], bool]:
    return lambda: len(server.calls("answered", since)) >= number


def _torn(folder: Path, edited: frozenset[str]) -> list[str]:
    out = folder / "outputs"
    return [
        *faults_check.half_written(out),
        *faults_check.not_ours(out, edited),
        *faults_check.damaged(folder),
    ]


def _stored(folder: Path) -> set[str]:
    """Return the keys of the calls that the cache of a folder holds; it is read as the next run finds it."""
    if not (folder / "cache" / "calls.sqlite").exists():
        return set()
    with tempfile.TemporaryDirectory() as place:
        for path in (folder / "cache").glob("calls.sqlite*"):
            shutil.copy(path, place)
        with (
            closing(sqlite3.connect(Path(place) / "calls.sqlite")) as database,
            suppress(sqlite3.OperationalError),
        ):
            return {key for (key,) in database.execute("SELECT key FROM calls")}
    return set()


def main() -> None:
    """Play the rounds, and print what became of them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--first", type=int, default=0, help="the number of the first round, to repeat one")
    parser.add_argument("--articles", type=int, default=50)
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--only", help="rounds of this kind alone")
    parser.add_argument("--keep", type=Path, help="where rounds that fail stay; default: a temporary folder")
    given = parser.parse_args()
    keep = given.keep or Path(tempfile.mkdtemp(prefix="briefs-faults-"))
    kinds = [kind for kind in KINDS for _ in range(kind.weight)]
    warm(read_once=True)
    place = Path(tempfile.mkdtemp(prefix="briefs-faults-", dir=keep if given.keep else None))
    begun, failed, totals = time.monotonic(), 0, Counter[str]()
    with serving(place / "calls.log") as server:
        bench = Bench(place, given.articles, given.seed, server)
        for number in range(given.first, given.first + given.rounds):
            draw = random.Random(f"{given.seed} round {number}")  # noqa: S311 - moments are no secret
            kind = kinds[number * 7 % len(kinds)]
            if given.only not in (None, kind.name):
                continue
            folder = keep / f"round-{number}"
            round_ = play(bench, server, kind, folder, draw)
            totals.update({"rounds": 1, kind.name: 1, "kills": round_.kills, "answered": round_.answered})
            totals.update({"unstored": round_.unstored, "again": round_.again})
            if round_.wrong:
                failed += 1
                print(
                    f"round {number} ({kind.name}), in {folder}:", *round_.wrong[:12], sep="\n  ", flush=True
                )
            else:
                print(f"round {number} ({kind.name}): {round_.kills} kills, as undisturbed", flush=True)
                shutil.rmtree(folder)
    if failed:
        print(f"what undisturbed runs gave is in {place / 'undisturbed'}")
    else:
        shutil.rmtree(place, ignore_errors=True)
    print(
        f"seed {given.seed}: {totals['rounds']} rounds of {given.articles} articles, "
        f"{totals['kills']} kills: {failed} rounds wrong; {totals['answered']} calls answered before the "
        f"last kill, of which {totals['unstored']} not stored yet and {totals['again']} asked for again; "
        f"{time.monotonic() - begun:.0f} s"
    )
    print("; ".join(f"{kind.name}: {totals[kind.name]}" for kind in KINDS))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
