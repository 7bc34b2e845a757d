"""The pipeline: the order of the steps, for one article or many; one failed article stops no other.

Nothing here knows a screen. Articles stream: besides what is in flight, nothing of them is kept.
"""

import os
import signal as signals
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import date
from functools import partial
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread
from typing import Literal, NamedTuple

from briefs import __version__
from briefs.domain.article import Article, Copy
from briefs.domain.brief import ArticleBriefs, Made
from briefs.domain.scan import OFFLINE
from briefs.domain.scanline import ScanLine
from briefs.errors import BriefsError, ConfigError, InputError
from briefs.readers.dispatch import EXTENSIONS
from briefs.readers.inputs import Input, inputs, is_url, load
from briefs.steps.compose import compose
from briefs.steps.extract import extract
from briefs.steps.flag import flag
from briefs.steps.ingest import Given, Origin, ingest
from briefs.steps.render import Format, render
from briefs.steps.scan import scan
from briefs.steps.segment import segment


def run(
    path_or_text: str | Path,
    *,
    copy: Literal["own", "published"] = "published",
    published: str | None = None,
    outlet: str | None = None,
) -> ArticleBriefs:
    """Return the briefs of one article, given as a file, an http(s) URL, or its text.

    A `Path` is a file. A `str` is a URL if it starts with http:// or https://, a file if one of that
    name exists or it can only be meant as a file's name ("draft.txt"), and otherwise the article's text.
    `published` is an ISO 8601 date. Nothing is written.

    Raises InputError when the article cannot be read or a folder is given, ConfigError when `published` is
    not a date, TypeError for what is neither text nor a path.
    """
    if not isinstance(path_or_text, str | Path):
        raise TypeError(f"an article is a str or a pathlib.Path, not {type(path_or_text).__name__}")
    given = given_by_user(copy, published, outlet)
    text = str(path_or_text)
    is_text = isinstance(path_or_text, str) and not _names_a_file_or_url(text)
    if is_text:
        return draft(ingest(text.encode("utf-8", "surrogatepass"), Origin(id="text", path="text.txt"), given))
    if os.path.isdir(text):
        raise InputError(text, "is a folder", "give one article, or use `briefs run` for a folder")
    return draft(article_of(next(iter(inputs([text]))), given))


def given_by_user(copy: str, published: str | None, outlet: str | None) -> Given:
    """Return what the user says of an article; raises ConfigError when `published` is not a date."""
    if published is not None:
        try:
            published = date.fromisoformat(published).isoformat()
        except ValueError:
            raise ConfigError(f"--published {published!r}: not a date; write it as YYYY-MM-DD") from None
    return Given(copy=Copy(copy), published=published, outlet=outlet)


def _names_a_file_or_url(text: str) -> bool:
    if is_url(text):
        return True
    if len(text.split()) == 1 and text.lower().endswith(tuple(EXTENSIONS)):
        return True  # a mistyped name must not be briefed as if it were an article
    try:
        return "\n" not in text and Path(text).exists()
    except (OSError, ValueError):  # too long for a name, or a NUL in it: a text
        return False


def article_of(found: Input, given: Given) -> Article:
    """Read and freeze one article; raises InputError when it cannot be read."""
    loaded = load(found)
    origin = Origin(
        id=found.id,
        path=found.path,
        url=loaded.url,
        retrieved=loaded.retrieved,
        content_type=loaded.content_type,
    )
    return ingest(loaded.data, origin, given)


def scan_line(found: Input, given: Given) -> ScanLine:
    """Return all that one article says of itself; raises InputError when it cannot be read."""
    article = article_of(found, given)
    segmentation = segment(article)
    return ScanLine.of(article, segmentation, scan(article, segmentation))


def draft(article: Article) -> ArticleBriefs:
    """Return the whole draft for an article, made by the deterministic engine alone."""
    segmentation = segment(article)
    scanned = scan(article, segmentation)
    extraction = extract(article, segmentation, scanned)
    findings = flag(article, segmentation, scanned, extraction)
    composition = compose(article, segmentation, scanned, extraction, findings)
    return ArticleBriefs(
        article=article,
        overview=composition.overview,
        ledger=extraction.ledger,
        briefs=composition.briefs,
        made=Made(engine=OFFLINE, tool_version=__version__),
    )


class Drafted(NamedTuple):
    """One article's files, ready to be written, and what a summary says of them."""

    id: str
    slug: str
    title: str
    files: dict[str, str]
    """Suffix without its dot to content."""
    claims: int
    high: int
    flags: int
    notes: tuple[str, ...]


class Outcome(NamedTuple):
    """What became of one input: files to write, or the reason why not."""

    input: Input
    drafted: Drafted | None
    error: str | None
    seconds: float


def run_many(
    found: Iterable[Input], given: Given, formats: tuple[Format, ...], jobs: int = 1
) -> Generator[Outcome, None, None]:
    """Yield the outcome of every input in the order given, on `jobs` processes; closing it stops them.

    An article that cannot be read, or that brings its process down, gives an outcome with an error;
    a second article with an id that the run has already seen is refused, so that none overwrites another.
    """
    work = partial(_process, given=given, formats=formats)
    outcomes = map(work, found) if jobs == 1 else _in_processes(found, work, jobs)
    seen: dict[str, str] = {}
    for outcome in outcomes:
        if outcome.drafted is None:
            yield outcome
            continue
        first = seen.setdefault(outcome.drafted.id, outcome.input.path)
        if first == outcome.input.path:
            yield outcome
        else:
            reason = f"is the same article as {first} (both are {outcome.drafted.id})"
            yield _failed(
                outcome.input, InputError(outcome.input.path, reason, "run it alone to brief this copy")
            )


def _process(found: Input, given: Given, formats: tuple[Format, ...]) -> Outcome:
    """Make one article's files; every error becomes part of the outcome."""
    begun = time.perf_counter()
    try:
        result = draft(article_of(found, given))
        drafted = Drafted(
            id=result.article.id,
            slug=result.article.slug,
            title=result.article.title,
            files={form: render(result, form) for form in formats},
            claims=len(result.briefs),
            high=sum(each.claim.priority.level == "high" for each in result.briefs),
            flags=len({each for brief in result.briefs for each in brief.flags} | set(result.overview.flags)),
            notes=result.article.notes,
        )
    except BriefsError as error:
        return _failed(found, error, time.perf_counter() - begun)
    except Exception as error:
        surprise = InputError(found.path, f"{type(error).__name__}: {error}", "please report this")
        return _failed(found, surprise, time.perf_counter() - begun)
    return Outcome(found, drafted, None, time.perf_counter() - begun)


def _failed(found: Input, error: BriefsError, seconds: float = 0.0) -> Outcome:
    return Outcome(found, None, " ".join(str(error).split()), seconds)


class _Work(NamedTuple):
    found: Input
    future: Future[Outcome]


def _in_processes(found: Iterable[Input], work: "partial[Outcome]", jobs: int) -> Iterator[Outcome]:
    """Run `work` on a pool, in order, with a bounded number in flight; survive a killed process."""
    upcoming = iter(found)
    waiting: deque[_Work] = deque()
    pool = _pool(jobs)
    try:
        while True:
            while len(waiting) < 3 * jobs and (each := next(upcoming, None)) is not None:
                waiting.append(_Work(each, _submitted(pool, work, each)))
            if not waiting:
                return
            first = waiting.popleft()
            try:
                outcome = first.future.result()
            except BrokenProcessPool:
                # Which article killed the process cannot be told: each in flight is tried alone.
                pool.shutdown(wait=False)
                for lone in (first, *waiting):
                    yield _alone(lone.found, work)
                waiting.clear()
                pool = _pool(jobs)
                continue
            yield outcome
    finally:
        _end(pool)


def _alone(found: Input, work: "partial[Outcome]") -> Outcome:
    pool = _pool(1)
    try:
        return _submitted(pool, work, found).result()
    except BrokenProcessPool:
        reason = "brought down the process that read it (out of memory?)"
        return _failed(found, InputError(found.path, reason, "split it or run it on a larger machine"))
    finally:
        _end(pool)


def _pool(jobs: int) -> ProcessPoolExecutor:
    # Spawned, not forked: a fork of a process with threads (BLAS, progress bar) may hang.
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_settle)


def _submitted(pool: ProcessPoolExecutor, work: "partial[Outcome]", found: Input) -> Future[Outcome]:
    """Submit one input; the process that this may start never sees Ctrl-C, not even while it starts."""
    if not hasattr(signals, "pthread_sigmask"):  # Windows
        return pool.submit(work, found)
    before = signals.pthread_sigmask(signals.SIG_BLOCK, {signals.SIGINT})
    try:
        return pool.submit(work, found)
    finally:
        signals.pthread_sigmask(signals.SIG_SETMASK, before)


def _end(pool: ProcessPoolExecutor) -> None:
    """Stop a pool and its processes now, whatever they are at: what they make is wanted no more."""
    running = tuple((pool._processes or {}).values())  # public only from Python 3.14 on
    pool.shutdown(wait=False, cancel_futures=True)
    for process in running:
        process.terminate()


def _settle() -> None:
    """Make a new process one that leaves Ctrl-C to its parent, and that ends when its parent does."""
    signals.signal(signals.SIGINT, signals.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        Thread(target=_follow, args=(parent,), daemon=True).start()


def _follow(parent: BaseProcess) -> None:
    # A killed parent cannot stop its workers, and its queue would keep them waiting for ever.
    parent.join()
    os._exit(1)
