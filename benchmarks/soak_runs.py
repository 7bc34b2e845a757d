"""The pipeline's part of the soak: `briefs run` again and again into one folder, with articles that change.

Each round brings new articles, gives others a new version, and takes the oldest away (`briefs store
remove`), so that the folder's size stays the same. Every second round asks a model's server, a stub, through
the call cache; every sixth has a file that is no article, and must end with exit code 1, every other with 0.
"""

import os
import re
import subprocess
import sys
import time
from collections import deque
from pathlib import Path
from typing import NamedTuple

from benchmarks import desk_folder

_LINES = (4, 7, 5, 9, 3)
"""Paragraphs of an article, in turn."""
_MODEL_EVERY, _BAD_EVERY, _VERIFY_EVERY, _DOCUMENT_EVERY = 2, 6, 20, 7


class Round(NamedTuple):
    """One command of the pipeline."""

    what: str
    seconds: float
    peak: float
    """MB resident at most."""
    problem: str
    """Why it is none that was expected; empty where it is."""


class Pipeline:
    """Articles in a folder, and the commands that keep their briefs up to date."""

    def __init__(self, root: Path, base_url: str, articles: int) -> None:
        """Take a folder for everything, the stub's address, and how many articles there are at once."""
        self._root, self._base_url, self._most = root, base_url, articles
        self.out, self._articles, self._documents = root / "outputs", root / "articles", root / "evidence"
        self._live: deque[int] = deque()
        self._next = self._number = 0
        self.log = root / "runs.log"
        for each in (self.out, self._articles, self._documents):
            each.mkdir(parents=True)
        for number in range(3):
            self._write_document(number, 0)

    def fill(self) -> Round:
        """Brief as many articles as there will be."""
        paths = [self._new() for _ in range(self._most)]
        return self._command("first run", 0, ["run", *map(str, paths), *self._options()])

    def round(self) -> list[Round]:
        """Bring two articles, change two, take away what is too much; return what the commands did."""
        self._number += 1
        number = self._number
        changed = [self._live[number * step % len(self._live)] for step in (3, 5)]
        paths = [self._new(), self._new(), *(self._write(each, number) for each in dict.fromkeys(changed))]
        expected = 0
        if number % _BAD_EVERY == 0:
            broken = self._articles / "broken.pdf"
            broken.write_bytes(b"%PDF-1.7\nnot one")
            paths.append(broken)
            expected = 1
        if number % _DOCUMENT_EVERY == 0:
            self._write_document(number % 3, number)
        model = number % _MODEL_EVERY == 0
        words = ["run", *map(str, paths), *self._options()]
        if model:
            words += ["--model", "openai:stub", "--base-url", self._base_url]
        made = [self._command("run, model" if model else "run", expected, words)]
        if number % _MODEL_EVERY == 0:
            made.append(self._remove())
        if number % _VERIFY_EVERY == 0:
            made.append(self.verify())
        return made

    def verify(self) -> Round:
        """Prove every brief of the folder again."""
        return self._command("verify", 0, ["verify", str(self.out)])

    def _options(self) -> list[str]:
        return ["--out", str(self.out), "--format", "md,json,html", "--evidence", str(self._documents)]

    def _remove(self) -> Round:
        gone = [self._live.popleft() for _ in range(max(0, len(self._live) - self._most))]
        slugs = []
        for number in gone:
            name = self._path(number)
            name.unlink()
            slugs += [path.stem for path in self.out.glob(f"{name.stem}-*.json")]
        return self._command("remove", 0, ["store", "remove", *slugs, "--out", str(self.out)])

    def _new(self) -> Path:
        number, self._next = self._next, self._next + 1
        self._live.append(number)
        return self._write(number, 0)

    def _write(self, number: int, version: int) -> Path:
        """Write an article; another version has another figure in its first claim, and one more sentence."""
        paragraphs = desk_folder.article(number).article.text.strip().split("\n\n")
        kept = paragraphs[: 1 + _LINES[number % len(_LINES)]]
        if version:
            kept[1] = re.sub(r"\d[\d,]*", str(100 + version), kept[1], count=1)
            kept.append(f"By evening {200 + version} people had signed, the council said.")
        path = self._path(number)
        path.write_text("\n\n".join(kept) + "\n", encoding="utf-8")
        return path

    def _path(self, number: int) -> Path:
        return self._articles / f"report{number:05}.txt"

    def _write_document(self, number: int, version: int) -> None:
        rows = [desk_folder.article(1000 * number + row).article.title for row in range(20)]
        table = [f"{row},{title},{(version + row) * 37 % 9000}" for row, title in enumerate(rows)]
        content = "\n".join(["number,report,count", *table]) + "\n"
        (self._documents / f"register{number}.csv").write_text(content, encoding="utf-8")

    def _command(self, what: str, expected: int, words: list[str]) -> Round:
        """Run a command of briefs in a process of its own, and hold what it said."""
        begun = time.perf_counter()
        started = self.log.stat().st_size if self.log.exists() else 0
        environment = {**os.environ, "XDG_CACHE_HOME": str(self._root / "caches"), "BRIEFS_API_KEY": "none"}
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "briefs", *words], stdout=log, stderr=log, env=environment
            )
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = code = os.waitstatus_to_exitcode(status)
        with self.log.open("rb") as log:
            log.seek(started)
            said = log.read().decode("utf-8", "replace")
        told = " / ".join(line for line in said.splitlines() if not line.startswith("note: "))
        problem = "" if code == expected else f"exit code {code}, not {expected}: {told[:600]}"
        if "Traceback" in said:
            problem = f"an exception: {said[-600:]!r}"
        return Round(what, time.perf_counter() - begun, used.ru_maxrss / 1024, problem)


def embedded() -> None:
    """Draft an article for each number that is read from standard input, all in this process."""
    import briefs  # noqa: PLC0415 - the soak itself needs no parser

    for line in sys.stdin:
        text = desk_folder.article(int(line)).article.text
        drafted = briefs.run("\n\n".join(text.split("\n\n")[:6]))
        print(len(drafted.briefs), flush=True)
