"""How fast and how large the offline engine is.

    python -m benchmarks.offline [--corpus DIR] [--rounds N] [--articles N] [--length CHARACTERS]

Prints, from one run: the pipeline's seconds over bare spaCy's on the same articles' texts (the same
components, `nlp.pipe`, loaded, one process; both in alternating rounds, the median of the rounds' ratios
counts), articles a second on one process and with two, memory while articles stream through, and the time and
peak memory of one long article and of a quarter and a half of it.

The pipeline's seconds hold everything from the file's bytes to the finished Markdown and JSON: reading,
cutting, parsing, all rules, composing and rendering; bare spaCy gets the text ready-made. Seconds are
given as CPU time of the process, which a busy machine does not stretch, and as wall time. Memory is the
resident set in MiB, now and at its peak; every copy of an article there has names and figures of its
own, since what grows in such programs is what they remember of words that they have not seen before.
"""

import argparse
import io
import itertools
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.processes import cpu_of_children, held, peak
from briefs.language.parse import pipeline as spacy_pipeline
from briefs.pipeline import article_of, draft, given_by_user
from briefs.readers.inputs import Input, inputs
from briefs.steps.ingest import Origin, ingest
from briefs.steps.render import render

_FORMATS = frozenset({".txt", ".md", ".html", ".docx", ".pdf"})
_NAME = re.compile(r"(?<=[\s>])[A-Z][a-zà-ÿ]{3,}\b")
_FIGURE = re.compile(r"(?<=\d,)\d{3}\b")
_WORD = re.compile(r"\b[a-z]{4,}\b")
_GIVEN = given_by_user("published", None, None)


def main() -> None:
    """Measure and print."""
    arguments = _arguments()
    if arguments.one:
        _one(arguments.corpus, arguments.one)
        return
    if arguments.stream:
        _stream(arguments.corpus, arguments.stream)
        return
    found = tuple(inputs([str(arguments.corpus)]))
    _against_spacy(found, arguments.rounds)
    for jobs in (1, 2):
        _rate(arguments.corpus, arguments.articles // 4, jobs)
    _again("--stream", arguments.articles, arguments.corpus)
    for length in (arguments.length // 4, arguments.length // 2, arguments.length):
        _again("--one", length, arguments.corpus)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--length", type=int, default=400_000)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--stream", type=int, help=argparse.SUPPRESS)
    return parser.parse_args()


class _Seconds(NamedTuple):
    cpu: float
    wall: float


def _seconds(work: Callable[[], None]) -> _Seconds:
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return _Seconds(time.process_time() - cpu, time.perf_counter() - wall)


class _Round(NamedTuple):
    spacy: _Seconds
    briefs: _Seconds


def _against_spacy(found: Sequence[Input], rounds: int) -> None:
    texts = [article_of(each, _GIVEN).text for each in found]

    def bare() -> None:
        for _ in spacy_pipeline().pipe(texts):
            pass

    def ours() -> None:
        for each in found:
            result = draft(article_of(each, _GIVEN))
            render(result, "md")
            render(result, "json")

    bare()
    ours()
    timed = [_Round(_seconds(bare), _seconds(ours)) for _ in range(rounds)]
    print(f"{len(texts)} articles, {sum(len(text.split()) for text in texts)} words, {rounds} rounds")
    for clock in _Seconds._fields:
        spacy = [getattr(each.spacy, clock) for each in timed]
        briefs = [getattr(each.briefs, clock) for each in timed]
        ratios = [one / other for one, other in zip(briefs, spacy, strict=True)]
        print(
            f"{clock:4} seconds     bare spaCy {statistics.median(spacy):6.2f}   "
            f"briefs {statistics.median(briefs):6.2f}   "
            f"ratio {statistics.median(ratios):5.2f}  ({min(ratios):.2f} to {max(ratios):.2f})"
        )


def _rate(corpus: Path, count: int, jobs: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder) / "in", Path(folder) / "out"
        source.mkdir()
        copies(corpus, source, count)
        command = [sys.executable, "-m", "briefs", "run", str(source), "--out", str(out), "--quiet"]
        command += ["--format", "md,json", "--jobs", str(jobs)]
        before, begun = cpu_of_children(), time.perf_counter()
        subprocess.run(command, check=True)
        wall, cpu = time.perf_counter() - begun, cpu_of_children() - before
        print(
            f"--jobs {jobs}         {count / wall:6.2f} articles a second  "
            f"({count} articles in {wall:.1f} s with start-up, {cpu:.1f} s of CPU time)"
        )


def _again(option: str, number: int, corpus: Path) -> None:
    """Run a part in a process of its own, for its memory."""
    command = [sys.executable, "-m", "benchmarks.offline", "--corpus", str(corpus), option, str(number)]
    subprocess.run(command, check=True)


def _stream(corpus: Path, count: int) -> None:
    """Draft `count` articles in this process and print its memory on the way."""
    with tempfile.TemporaryDirectory() as folder:
        copies(corpus, Path(folder), count)
        marks = {count // 10, count // 4, count // 2, count}
        for number, found in enumerate(inputs([folder]), 1):
            result = draft(article_of(found, _GIVEN))
            render(result, "md")
            render(result, "json")
            if number in marks:
                words = len(spacy_pipeline().vocab.strings)
                print(
                    f"memory           {held(os.getpid()).resident:6.0f} MiB after {number:5} articles, "
                    f"peak {peak():.0f}, {words} strings in spaCy's store",
                    flush=True,
                )


def _one(corpus: Path, length: int) -> None:
    """Draft one article of about `length` characters, made of the corpus' plain texts, each time renamed."""
    draft(ingest(b"One line to load everything.", Origin(id="first", path="first.txt")))
    texts = [path.read_text("utf-8") for path in sorted(corpus.glob("*.txt"))]
    pieces: list[str] = []
    while sum(map(len, pieces)) < length:
        pieces.append(_with_other_names(texts[len(pieces) % len(texts)], len(pieces)))
    data = "\n\n".join(pieces).encode()

    def work() -> None:
        result = draft(ingest(data, Origin(id="long", path="long.txt")))
        render(result, "md")
        render(result, "json")

    seconds = _seconds(work)
    print(f"one article      {len(data):8} bytes {seconds.cpu:6.1f} s of CPU time, peak {peak():.0f} MiB")


def copies(corpus: Path, folder: Path, count: int) -> None:
    """Fill `folder` with `count` copies of the corpus' articles, each with names and figures of its own.

    A PDF's words cannot be replaced in place: its copies differ in their bytes alone.
    """
    files = sorted(path for path in corpus.iterdir() if path.suffix in _FORMATS)
    for number, path in zip(range(count), itertools.cycle(files), strict=False):
        (folder / f"{number:05d}{path.suffix}").write_bytes(_renamed(path, number))


def _renamed(path: Path, number: int) -> bytes:
    data = path.read_bytes()
    if path.suffix == ".pdf":
        return data + b"%% %d\n" % number
    if path.suffix != ".docx":
        return _with_other_names(data.decode("utf-8"), number).encode("utf-8")
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(written, "w") as target:
        for item in source.infolist():
            content = source.read(item)
            if item.filename == "word/document.xml":
                content = _with_other_names(content.decode("utf-8"), number).encode("utf-8")
            target.writestr(item, content)
    return written.getvalue()


def _with_other_names(text: str, number: int) -> str:
    """Give every name an ending, every figure in thousands three digits, and every address a number."""
    usual = Counter(_WORD.findall(text))
    ending = "".join(chr(ord("a") + int(digit)) for digit in f"{number:04d}")

    def renamed(match: re.Match[str]) -> str:
        return match.group() if usual[match.group().lower()] else match.group() + ending

    text = _NAME.sub(renamed, text.replace(".example/", f".example/{number}/"))
    return _FIGURE.sub(f"{number % 1000:03d}", text)


if __name__ == "__main__":
    main()
