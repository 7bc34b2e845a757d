"""The desk and the pipeline together under steady load: whether memory, handles and files stay as they are.

    python -m benchmarks.soak [--minutes 120] [--articles 40] [--folder DIR] [--samples FILE]

A real `briefs desk` serves a folder into which `briefs run` writes again and again (`soak_runs`), while an
editor reads, searches, signs off and answers (`soak_reader`), and one Python process drafts article after
article with `briefs.run`. Every minute it is noted what the desk and that process hold (RSS, PSS, private
memory, open files, threads), how large the databases are, how long requests took and what went wrong;
`--samples` keeps the notes, one JSON object a line. All of it takes about a fifth of a core.

A table is printed every ten minutes, and at the end a verdict: the first fifth of the time is warming up,
after it a slope is fitted (`soak_trend`). Memory grows where the slope's interval lies above 0 and the slope
comes to more than 1 % an hour; handles and threads grow where their interval lies above 0. Decisions are
only ever added to, so that a desk has more to hold from hour to hour: a new one is started on the folder at
the end and asked the same, and what it holds is what the data take. Exit code 1: something grew, or
something went wrong.
"""

import argparse
import json
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from benchmarks.processes import Held, cpu, cpu_of_children, desk, handles, held
from benchmarks.soak_reader import Reader
from benchmarks.soak_runs import Pipeline, Round, embedded
from benchmarks.soak_trend import trend

_PACE, _ROUND, _DRAFT, _ADD = 1.0, 100.0, 15.0, 600.0
"""Seconds between requests, rounds of the pipeline, articles drafted in one process, claims added."""
_WARM = 0.2
_ASKED_ANEW = 600
_FLAT = 0.01
"""An hour, of the median."""


class Sample(NamedTuple):
    """What was noted at a minute."""

    at: float
    desk: Held
    python: Held
    databases: dict[str, int]
    """Bytes, by file."""
    write_ahead: int
    """Bytes of all write-ahead logs."""
    articles: int
    claims: int
    events: int
    requests: int
    median: float
    """Milliseconds of the requests since the last sample, as the next two."""
    slow: float
    """Of twenty, the slowest but one takes less (95th percentile)."""
    slowest: float
    rounds: int
    drafted: int
    peak: float
    """MB of the largest run since the last sample."""
    problems: int
    load: float
    """Of a core, taken since the last sample by all of it, this process too."""


class Parts(NamedTuple):
    """What is under load."""

    root: Path
    desk: "subprocess.Popen[str]"
    python: "subprocess.Popen[str]"
    pipeline: Pipeline
    reader: Reader
    stop: threading.Event
    rounds: list[Round]
    drafted: list[int]
    problems: list[str]


def main() -> None:
    """Put everything under load, note, print; exit 1 where something grew or went wrong."""
    given = _arguments()
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    if given.embedded:
        embedded()
        return
    with tempfile.TemporaryDirectory(dir=given.folder, prefix="soak-") as name:
        with _parts(Path(name), given) as parts:
            with _load(parts):
                samples = _sampled(parts, given.minutes * 60, given.samples)
            grown = _verdict(samples)
            wrong = _ended(parts)
        _anew(parts.pipeline.out, Path(name) / "desk.log")
    sys.exit(1 if grown or wrong else 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=120)
    parser.add_argument("--articles", type=int, default=40, help="in the folder at once")
    parser.add_argument("--folder", type=Path, help="where the files are made; they are deleted afterwards")
    parser.add_argument("--samples", type=Path, help="file that every note is added to")
    parser.add_argument("--embedded", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


@contextmanager
def _parts(root: Path, given: argparse.Namespace) -> Iterator[Parts]:
    """Start everything; end it in any case."""
    stub = _started("benchmarks.stub_server", "--seconds", "0.02")
    python = _started("benchmarks.soak", "--embedded")
    try:
        pipeline = Pipeline(root, _line(stub).strip(), given.articles)
        first = pipeline.fill()
        print(f"{first.what}: {first.seconds:.0f} s, {first.peak:.0f} MB {first.problem}")
        with (root / "desk.log").open("w") as log, desk(pipeline.out, log=log) as served:
            reader = Reader(served.url)
            parts = Parts(root, served.process, python, pipeline, reader, threading.Event(), [first], [], [])
            try:
                reader.wait()
                yield parts
            finally:
                reader.close()
    finally:
        for process in (python, stub):
            process.terminate()
            process.wait()


def _anew(out: Path, log: Path) -> None:
    """Print what a desk that has just begun holds of the same data, once the same was asked of it."""
    with log.open("a") as file, desk(out, log=file) as served:
        reader = Reader(served.url)
        try:
            reader.wait()
            for _ in range(_ASKED_ANEW):
                reader.step()
        finally:
            reader.close()
        now = held(served.process.pid)
    print(f"a new desk on the same folder, after {_ASKED_ANEW} requests: RSS {now.resident:.1f} MB, "
          f"PSS {now.proportional:.1f}, private {now.private:.1f}")  # fmt: skip


@contextmanager
def _load(parts: Parts) -> Iterator[None]:
    """Keep everything under load; on leaving, nothing that was begun is left undone."""
    threads = [threading.Thread(target=each, args=(parts,)) for each in (_read, _run, _draft)]
    for each in threads:
        each.start()
    try:
        yield
    finally:
        parts.stop.set()
        for each in threads:
            each.join()


def _started(module: str, *words: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", module, *words]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def _paced(parts: Parts, seconds: float) -> Iterator[int]:
    """Yield a number every so many seconds, later where the last one takes longer, until the end."""
    number, due = 0, time.monotonic()
    while not parts.stop.wait(max(0.0, due - time.monotonic())):
        number, due = number + 1, max(due + seconds, time.monotonic())
        yield number


def _read(parts: Parts) -> None:
    for number in _paced(parts, _PACE):
        try:
            parts.reader.step()
            if number % (_ADD / _PACE) == 60:
                parts.reader.add()
        except Exception as error:
            parts.problems.append(f"reader: {type(error).__name__}: {error}")


def _run(parts: Parts) -> None:
    for _ in _paced(parts, _ROUND):
        try:
            made = parts.pipeline.round()
        except Exception as error:
            parts.problems.append(f"pipeline: {type(error).__name__}: {error}")
            continue
        parts.rounds.extend(made)
        parts.problems.extend(f"{each.what}: {each.problem}" for each in made if each.problem)


def _draft(parts: Parts) -> None:
    for number in _paced(parts, _DRAFT):
        assert parts.python.stdin is not None
        print(number, file=parts.python.stdin, flush=True)
        said = _line(parts.python)
        if not said.strip().isdecimal():
            parts.problems.append(f"drafting process: {said!r}")
            return
        parts.drafted.append(int(said))


def _sampled(parts: Parts, seconds: float, keep: Path | None) -> list[Sample]:
    """Note every minute; print every ten, or twelve times where the whole is shorter."""
    print(f"{'min':>4}{'RSS':>8}{'PSS':>8}{'files':>6}{'thr.':>5}{'python':>8}{'files':>6}{'desk DB':>9}"
          f"{'cache':>8}{'index':>8}{'calls':>8}{'WAL':>8}{'arts':>5}{'claims':>7}{'events':>7}{'req.':>6}"
          f"{'p50':>6}{'p95':>6}{'max':>7}{'runs':>5}{'peak':>6}{'load':>6}{'wrong':>6}")  # fmt: skip
    samples: list[Sample] = []
    begun = time.monotonic()
    shown = min(600.0, seconds / 12)
    every = min(60.0, seconds / 24)
    taken = _taken(parts)
    while (now := time.monotonic() - begun) < seconds:
        parts.stop.wait(every - now % every)
        before, taken = taken, _taken(parts)
        sample = _sample(parts, time.monotonic() - begun, samples[-1] if samples else None, taken - before)
        samples.append(sample)
        if keep is not None:
            with keep.open("a") as file:
                file.write(json.dumps(sample._asdict()) + "\n")
        if sample.at // shown > (samples[-2].at // shown if len(samples) > 1 else -1):
            _print(sample)
    print(f"open files of the desk: {handles(parts.desk.pid)}")
    return samples


def _taken(parts: Parts) -> float:
    """Return the processor's seconds of everything under load and of this process so far."""
    return cpu(parts.desk.pid) + cpu(parts.python.pid) + cpu_of_children() + time.process_time()


def _sample(parts: Parts, at: float, last: Sample | None, taken: float) -> Sample:
    asked = parts.reader.asked[last.requests if last else 0 :]
    took = sorted(each.seconds * 1000 for each in asked) or [0.0]
    rounds = parts.rounds[last.rounds if last else 0 :]
    sizes = _sizes(parts.root)
    counts = _counts(parts.pipeline.out)
    problems = parts.problems + parts.reader.problems
    for each in problems[last.problems if last else 0 :]:
        print(f"  {at / 60:.0f} min: {each}")
    return Sample(
        at=round(at, 1),
        desk=held(parts.desk.pid),
        python=held(parts.python.pid),
        databases={name: size for name, size in sizes.items() if not name.endswith(("-wal", "-shm"))},
        write_ahead=sum(size for name, size in sizes.items() if name.endswith("-wal")),
        articles=counts[0],
        claims=counts[1],
        events=counts[2],
        requests=len(parts.reader.asked),
        median=statistics.median(took),
        slow=took[int(len(took) * 0.95)],
        slowest=took[-1],
        rounds=len(parts.rounds),
        drafted=len(parts.drafted),
        peak=max((each.peak for each in rounds), default=0.0),
        problems=len(problems),
        load=taken / (at - last.at if last else at),
    )


def _print(sample: Sample) -> None:
    def mb(name: str) -> str:
        return f"{sample.databases.get(name, 0) / 2**20:8.2f}"

    print(f"{sample.at / 60:4.0f}{sample.desk.resident:8.1f}{sample.desk.proportional:8.1f}"
          f"{sample.desk.handles:6}{sample.desk.threads:5}{sample.python.resident:8.1f}"
          f"{sample.python.handles:6} {mb('desk.sqlite')}{mb('desk-cache.sqlite')}{mb('claims.sqlite')}"
          f"{mb('calls.sqlite')}{sample.write_ahead / 2**20:8.2f}{sample.articles:5}{sample.claims:7}"
          f"{sample.events:7}{sample.requests:6}{sample.median:6.1f}{sample.slow:6.0f}{sample.slowest:7.0f}"
          f"{sample.rounds:5}{sample.peak:6.0f}{sample.load:6.2f}{sample.problems:6}")  # fmt: skip


def _sizes(root: Path) -> dict[str, int]:
    found: dict[str, int] = {}
    for path in root.rglob("*.sqlite*"):
        try:
            found[path.name] = path.stat().st_size
        except OSError:  # a write-ahead log that has just gone
            continue
    return found


def _counts(out: Path) -> tuple[int, int, int]:
    """Return how many articles, claims and decisions there are; by a connection that is closed again."""
    found = []
    for file, query in (
        ("desk-cache.sqlite", "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM claims)"),
        ("desk.sqlite", "SELECT count(*) FROM events"),
    ):
        database = sqlite3.connect(f"file:{out / file}?mode=ro", uri=True, timeout=30)
        try:
            found += database.execute(query).fetchone()
        finally:
            database.close()
    return (found[0], found[1], found[2])


def _verdict(samples: list[Sample]) -> bool:
    """Print what grew, and how fast; return whether anything did that must not."""
    warm = samples[int(len(samples) * _WARM) :]
    rows = (
        ("desk, RSS in MB", [each.desk.resident for each in warm], _FLAT),
        ("desk, PSS in MB", [each.desk.proportional for each in warm], _FLAT),
        ("desk, private MB", [each.desk.private for each in warm], _FLAT),
        ("desk, open files", [float(each.desk.handles) for each in warm], 0.0),
        ("desk, threads", [float(each.desk.threads) for each in warm], 0.0),
        ("drafting process, RSS in MB", [each.python.resident for each in warm], _FLAT),
        ("drafting process, open files", [float(each.python.handles) for each in warm], 0.0),
        ("largest run, MB", [each.peak for each in warm if each.peak], None),
        ("p50, ms", [each.median for each in warm], None),
        ("p95, ms", [each.slow for each in warm], None),
        ("write-ahead logs, MB", [each.write_ahead / 2**20 for each in warm], None),
    )
    print(f"\nAfter {warm[0].at / 60:.0f} minutes of warming up, an hour:")
    print(f"{'':32}{'first':>9}{'last':>9}{'most':>9}{'slope':>10}   95 % interval")
    grown = False
    for name, values, flat in rows:
        points = [(each.at, value) for each, value in zip(warm, values, strict=False)]
        found = trend(points)
        if found is None:
            print(f"{name:32} too few points")
            continue
        word = ""
        if flat is not None:
            grows = found.low > 0 and found.slope > flat * found.first
            grown = grown or grows
            word = "GROWS" if grows else "flat"
        print(f"{name:32}{found.first:9.1f}{found.last:9.1f}{max(values):9.1f}{found.slope:+10.2f}   "
              f"[{found.low:+.2f}, {found.high:+.2f}]  {word}")  # fmt: skip
    return grown


def _ended(parts: Parts) -> bool:
    """End everything, look whether all is whole, print what went wrong; return whether anything did."""
    wrong = [*parts.problems, *parts.reader.problems]
    time.sleep(1)
    parts.desk.terminate()
    code = parts.desk.wait(60)
    said = (parts.root / "desk.log").read_text()
    if code or "Traceback" in said or "Error" in said:
        wrong.append(f"the desk ended with {code} and said {said[-500:]!r}")
    for path in sorted(parts.root.rglob("*.sqlite")):
        database = sqlite3.connect(path)
        whole = database.execute("PRAGMA integrity_check").fetchall()
        database.close()
        if whole != [("ok",)]:
            wrong.append(f"{path.name}: {whole}")
    last = parts.pipeline.verify()
    wrong += [f"verify: {last.problem}"] if last.problem else []
    kinds = Counter(each.what for each in parts.rounds)
    print(f"\ncommands of the pipeline: {dict(kinds)}; articles drafted in one process: {len(parts.drafted)}")
    print(f"requests: {len(parts.reader.asked)}, by status {dict(sorted(parts.reader.statuses.items()))}; "
          f"recorded: {parts.reader.recorded}")  # fmt: skip
    for kind in sorted({each.kind for each in parts.reader.asked}):
        took = sorted(each.seconds * 1000 for each in parts.reader.asked if each.kind == kind)
        print(f"  {kind:20}{len(took):6}  p50 {statistics.median(took):6.1f} ms  "
              f"p95 {took[int(len(took) * 0.95)]:6.1f}  p99 {took[int(len(took) * 0.99)]:6.1f}  "
              f"slowest {took[-1]:7.1f}")  # fmt: skip
    print(f"the desk's log: {len(said.splitlines())} lines; things that went wrong: {len(wrong)}")
    for each in wrong[:20]:
        print(f"  {each}")
    return bool(wrong)


if __name__ == "__main__":
    main()
