"""How fast and how large the offline engine is.

    python -m benchmarks.offline [--corpus DIR] [--rounds N] [--articles N]

Prints, from one run: the pipeline's seconds over bare spaCy's on the same texts (the same components,
`nlp.pipe`, loaded, one process; both timed in alternating rounds, the median of the ratios counts),
articles a second on one process and with two, and peak memory while 1,000 articles stream through.
Seconds are of wall time; memory is the resident set's peak in MiB.
"""

import argparse
import itertools
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from briefs.readers.inputs import Input, inputs

from briefs.domain.article import Article
from briefs.language.parse import pipeline as spacy_pipeline
from briefs.pipeline import article_of, draft, given_by_user
from briefs.steps.render import render


class Sample(NamedTuple):
    """The articles that are measured."""

    articles: tuple[Article, ...]
    words: int


def main() -> None:
    """Measure and print."""
    arguments = _arguments()
    sample = _sample(arguments.corpus)
    print(f"{len(sample.articles)} articles, {sample.words} words, {arguments.rounds} rounds")
    _against_spacy(sample, arguments.rounds)
    for jobs in (1, 2):
        _rate(arguments.corpus, arguments.articles // 4, jobs)
    _memory(arguments.corpus, arguments.articles)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--stream", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.stream:
        _stream(arguments.corpus, arguments.stream)
        sys.exit()
    return arguments


def _sample(corpus: Path) -> Sample:
    given = given_by_user("published", None, None)
    articles = tuple(article_of(found, given) for found in inputs([str(corpus)]))
    return Sample(articles, sum(len(article.text.split()) for article in articles))


def _against_spacy(sample: Sample, rounds: int) -> None:
    texts = [article.text for article in sample.articles]

    def bare() -> None:
        for _ in spacy_pipeline().pipe(texts):
            pass

    def ours() -> None:
        for article in sample.articles:
            result = draft(article)
            render(result, "md")
            render(result, "json")

    bare()
    ours()
    timed = [(_seconds(bare), _seconds(ours)) for _ in range(rounds)]
    ratios = [pipeline / spacy for spacy, pipeline in timed]
    print(f"bare spaCy       median {statistics.median(spacy for spacy, _ in timed):6.2f} s")
    print(f"briefs           median {statistics.median(pipeline for _, pipeline in timed):6.2f} s")
    print(
        f"ratio            median {statistics.median(ratios):6.2f}  ({min(ratios):.2f} to {max(ratios):.2f})"
    )


def _seconds(work: Callable[[], None]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _copies(corpus: Path, folder: Path, count: int) -> None:
    """Fill `folder` with `count` copies of the corpus' articles, each under a name of its own."""
    files = sorted(
        path for path in corpus.iterdir() if path.suffix in {".txt", ".md", ".html", ".docx", ".pdf"}
    )
    for number, path in zip(range(count), itertools.cycle(files), strict=False):
        target = folder / f"{number:05d}{path.suffix}"
        shutil.copy(path, target)
        if path.suffix in {".html", ".md"}:  # a canonical URL of its own, or it is the same article again
            target.write_text(target.read_text("utf-8").replace(".example/", f".example/{number}/"), "utf-8")


def _rate(corpus: Path, count: int, jobs: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder) / "in", Path(folder) / "out"
        source.mkdir()
        _copies(corpus, source, count)
        command = [sys.executable, "-m", "briefs", "run", str(source), "--out", str(out), "--quiet"]
        begun = time.perf_counter()
        subprocess.run([*command, "--jobs", str(jobs)], check=True)
        seconds = time.perf_counter() - begun
        rate = count / seconds
        print(f"--jobs {jobs}         {rate:6.2f} articles a second ({count} articles, with start-up)")


def _memory(corpus: Path, count: int) -> None:
    command = [sys.executable, "-m", "benchmarks.offline", "--corpus", str(corpus), "--stream", str(count)]
    subprocess.run(command, check=True)


def _stream(corpus: Path, count: int) -> None:
    """Draft `count` articles in this process and print the peak of its memory on the way."""
    with tempfile.TemporaryDirectory() as folder:
        _copies(corpus, Path(folder), count)
        given = given_by_user("published", None, None)
        marks = {count // 10, count // 4, count // 2, count}
        for number, found in enumerate(_found(folder), 1):
            render(draft(article_of(found, given)), "md")
            if number in marks:
                peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
                print(f"peak memory      {peak:6.0f} MiB after {number} articles")


def _found(folder: str) -> Iterator[Input]:
    yield from inputs([folder])


if __name__ == "__main__":
    main()
