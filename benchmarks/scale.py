"""What a run costs as the number of its articles grows, from one to ten thousand.

    python -m benchmarks.scale [--sizes 1,10,100,1000] [--modes one,jobs2,ray2] [--no-store] [--manifest KIND]

makes short invented articles (ten sentences each, all different) as a manifest, hands it to the real
`briefs run` in a process of its own, and prints for every mode and size: seconds on the clock and of CPU
time of all its processes, both an article too; the peak of memory in MiB, as the sum over all processes of
what is theirs (PSS, sampled); MiB and files that were written; and the seconds that relating took. With
`--no-store` no article is held against another one. "one" is one process, "jobs2" is `--jobs 2`, "ray2" is
`--on ray --jobs 2`. What a start takes is in the row of one article; "beyond" is CPU time an article beyond
it.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import pyarrow as arrow
from pyarrow import parquet

from benchmarks.processes import cpu, cpu_of_children, held
from benchmarks.scale_texts import Made, made

MODES = {"one": (), "jobs2": ("--jobs", "2"), "ray2": ("--on", "ray", "--jobs", "2")}
_MARK = "BRIEFS_SCALE_RUN"
"""Variable of the environment by which a run's processes are known, whoever their parent is."""


class Measured(NamedTuple):
    """What one run took."""

    wall: float
    cpu: float
    peak: float
    """MiB."""
    early: float
    """MiB at most until a tenth of the articles were written."""
    processes: int
    """At most, at one time."""
    size: int
    """Bytes in the output folder."""
    files: int
    relating: float
    done: int


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1,10,100,1000")
    parser.add_argument("--modes", default="one,jobs2")
    parser.add_argument("--sentences", type=int, default=10)
    parser.add_argument("--manifest", choices=("jsonl", "csv", "parquet"), default="jsonl")
    parser.add_argument("--format", default="md,json")
    parser.add_argument("--no-store", action="store_true")
    parser.add_argument("--sample", type=float, default=0.5, help="Seconds between looks at memory.")
    arguments = parser.parse_args()
    further = ["--format", arguments.format, *(["--no-store"] if arguments.no_store else [])]
    print(f"{arguments.sentences} sentences an article, {arguments.manifest}, {' '.join(further)}")
    print(
        f"{'mode':7}{'articles':>9}{'wall s':>9}{'CPU s':>9}{'wall/art.':>11}{'CPU/art.':>10}{'beyond':>9}"
        f"{'relating':>10}{'at 10 %':>9}{'MiB':>7}{'proc.':>6}{'written MiB':>12}{'files':>8}"
    )
    for mode in arguments.modes.split(","):
        first: Measured | None = None
        for size in map(int, arguments.sizes.split(",")):
            with tempfile.TemporaryDirectory() as folder:
                manifest = _manifest(Path(folder), arguments.manifest, size, arguments.sentences)
                options = [*MODES[mode], *further]
                found = _run(manifest, Path(folder) / "out", options, arguments.sample, size // 10)
            if found is None or found.done != size:
                print(f"{mode:7}{size:9,} failed: {found.done if found else 0} done", flush=True)
            if found is None:
                continue
            first = first or found
            beyond = (found.cpu - first.cpu) / (size - 1) if size > 1 else 0.0
            memory = f"{found.early:9.0f}{found.peak:7.0f}{found.processes:6}"
            print(
                f"{mode:7}{size:9,}{found.wall:9.1f}{found.cpu:9.1f}{found.wall / size:11.3f}"
                f"{found.cpu / size:10.3f}{beyond:9.4f}{found.relating:10.1f}{memory}"
                f"{found.size / 2**20:12.2f}{found.files:8,}",
                flush=True,
            )


def _manifest(folder: Path, kind: str, size: int, sentences: int) -> Path:
    path = folder / f"articles.{kind}"
    rows = (made(number, sentences) for number in range(size))
    if kind == "jsonl":
        with path.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(row._asdict(), ensure_ascii=False) + "\n" for row in rows)
    elif kind == "csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(Made._fields)
            writer.writerows(rows)
    else:
        parquet.write_table(arrow.Table.from_pylist([row._asdict() for row in rows]), path)
    return path


def _run(manifest: Path, out: Path, options: list[str], pause: float, early: int) -> Measured | None:
    mark = uuid4().hex
    command = [
        sys.executable,
        "-m",
        "briefs",
        "run",
        "--manifest",
        str(manifest),
        "--out",
        str(out),
        "--quiet",
    ]
    begun = time.perf_counter()
    process = subprocess.Popen([*command, *options], env={**os.environ, _MARK: mark})
    watched = _Watched(mark)
    while True:
        try:
            process.wait(pause)
            break
        except subprocess.TimeoutExpired:
            watched.look()
            if not watched.early and out.is_dir() and sum(1 for _ in out.glob("*.json")) >= early:
                watched.early = watched.peak
    wall = time.perf_counter() - begun
    if not (out / "run.json").exists():
        return None
    record = json.loads((out / "run.json").read_text("utf-8"))
    files = [path for path in out.iterdir() if path.is_file()]
    return Measured(
        wall,
        watched.cpu(),
        watched.peak,
        watched.early or watched.peak,
        watched.processes,
        sum(path.stat().st_size for path in files),
        len(files),
        (record["relating"] or {"seconds": 0.0})["seconds"],
        record["done"],
    )


class _Watched:
    """The processes of a run, looked at now and then: memory of all at once, and each one's CPU time."""

    def __init__(self, mark: str) -> None:
        self._mark = f"{_MARK}={mark}".encode()
        self._before = cpu_of_children()
        self._times: dict[str, float] = {}
        self.peak, self.early, self.processes = 0.0, 0.0, 0

    def look(self) -> None:
        """Take a sample."""
        memory, count = 0.0, 0
        for process in self._mine():
            try:
                used, there = cpu(int(process.name), waited=False), held(int(process.name))
            except OSError:  # it ended meanwhile
                continue
            memory += there.proportional
            self._times[process.name] = used
            count += 1
        self.peak = max(self.peak, memory)
        self.processes = max(self.processes, count)

    def cpu(self) -> float:
        """Return the seconds of all its processes: those waited for, and others as last seen."""
        return max(cpu_of_children() - self._before, sum(self._times.values()))

    def _mine(self) -> Iterator[Path]:
        for process in Path("/proc").iterdir():
            if process.name.isdecimal():
                try:
                    if self._mark in (process / "environ").read_bytes():
                        yield process
                except OSError:  # another user's, or ended
                    continue


if __name__ == "__main__":
    main()
