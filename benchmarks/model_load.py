"""How well the pipeline keeps a model busy, and what our own code costs a call.

    python -m benchmarks.model_load [--corpus DIR] [--articles 200] [--seconds 1] [--most 32] [--jobs 2]

A stub server in a process of its own takes `--seconds` for every call; the pipeline may have `--most` calls
at once, and the server counts breaches. Every article is a copy of one of the corpus with names and figures
of its own. Printed: the offline pass' seconds, the calls and what they take at least, the seconds with the
model, and the ratio: the larger of the two over the seconds with the model (1 is perfect; 0.9 is the aim).
Both passes are the command itself, from start to closing table, on the same number of processes.

Then, one call at a time with a server that answers at once: milliseconds a call through the whole stack
beyond those of a bare HTTP client, and milliseconds a call replayed from a cassette.
"""

import argparse
import asyncio
import http.client
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from benchmarks.offline import copies
from benchmarks.processes import cpu_of_children
from briefs.config import Settings
from briefs.llm import exchange
from briefs.llm.engines import Engine, engine
from briefs.llm.port import Message, PromptRef, Request

_SCHEMA = {"type": "object", "properties": {"claims": {"type": "array"}}}


def main() -> None:
    """Measure and print."""
    given = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "in"
        source.mkdir()
        copies(given.corpus, source, given.articles)
        _load(given, source, Path(folder))
    with stub(0.0, given.most) as url, tempfile.TemporaryDirectory() as folder:
        asyncio.run(_a_call(url, Path(folder), given.calls))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), metavar="DIR")
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=1.0, help="that a call takes")
    parser.add_argument("--most", type=int, default=32, help="calls at once")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--calls", type=int, default=100, help="for the cost of a call")
    return parser.parse_args()


@contextmanager
def stub(seconds: float, most: int) -> Iterator[str]:
    """Run the stub server and give its base URL."""
    command = [sys.executable, "-m", "benchmarks.stub_server", "--seconds", str(seconds), "--most", str(most)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        yield server.stdout.readline().strip()
        server.stdin.close()


def _load(given: argparse.Namespace, source: Path, folder: Path) -> None:
    offline = _seconds(source, folder / "offline", given.jobs)
    print(
        f"offline pass     {offline.wall:7.1f} s  {given.articles} articles, --jobs {given.jobs}; "
        f"CPU {offline.cpu:.1f} s",
        flush=True,
    )
    with stub(given.seconds, given.most) as url:
        model = ["--model", "openai:stub", "--base-url", url, "--concurrency", str(given.most), "--no-cache"]
        measured = _seconds(source, folder / "model", given.jobs, *model)
        stats = _stats(url)
    least = stats["calls"] * given.seconds / given.most
    print(
        f"calls            {least:7.1f} s  at least: {stats['calls']} calls of {given.seconds:g} s, "
        f"{given.most} at once; {stats['busiest']} at once at most, {stats['breaches']} breaches"
    )
    record = json.loads((folder / "model" / "run.json").read_text("utf-8"))
    parts = sum(len(each["failures"]) for each in record["articles"])
    print(
        f"with the model   {measured.wall:7.1f} s  {record['done']} articles whole, {parts} parts fell back; "
        f"CPU {measured.cpu:.1f} s"
    )
    print(
        f"ratio            {max(offline.wall, least) / measured.wall:7.2f}    (aim: at least 0.90)",
        flush=True,
    )


class _Seconds(NamedTuple):
    wall: float
    cpu: float
    """Of the command and its processes."""


def _seconds(source: Path, out: Path, jobs: int, *options: str) -> _Seconds:
    command = [sys.executable, "-m", "briefs", "run", str(source), "--out", str(out), "--jobs", str(jobs)]
    begun, before = time.perf_counter(), cpu_of_children()
    ended = subprocess.run([*command, "--quiet", *options], check=False)
    seconds = _Seconds(time.perf_counter() - begun, cpu_of_children() - before)
    if ended.returncode not in (0, 1):
        sys.exit(f"briefs run ended with {ended.returncode}")
    return seconds


def _stats(url: str) -> dict[str, int]:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
    connection.request("GET", "/stats")
    stats: dict[str, int] = json.loads(connection.getresponse().read())
    connection.close()
    return stats


async def _a_call(url: str, folder: Path, calls: int) -> None:
    requests = [_request(number) for number in range(calls + 1)]
    bare = statistics.median(_bare(url, requests[1:]))
    settings = Settings(model="openai:stub", base_url=url)
    ours = statistics.median((await _asked(engine(settings), requests)).times)
    recorded = folder / "calls"
    await _asked(engine(settings, record=recorded), requests)
    replayed = statistics.median((await _asked(engine(settings, replay=recorded), requests)).times)
    print(f"our code a call  {ours - bare:7.1f} ms beyond {bare:.1f} ms of a bare HTTP client, {calls} calls")
    print(f"replay a call    {replayed:7.1f} ms (aim: under 25)")


class _Asked(NamedTuple):
    times: list[float]
    """Milliseconds, a call each; the first, which imports, is not among them."""


_CALLS_OF_AN_ARTICLE = 5


async def _asked(used: Engine, requests: list[Request]) -> _Asked:
    times = []
    await used.start()
    try:
        for at in range(0, len(requests), _CALLS_OF_AN_ARTICLE):
            ref = exchange.ArticleRef(slug=f"article-{at}", path=f"article-{at}.txt")
            with exchange.article(ref):
                for request in requests[at : at + _CALLS_OF_AN_ARTICLE]:
                    begun = time.perf_counter()
                    reply = await used.model.ask(request)
                    times.append(1000 * (time.perf_counter() - begun))
                    assert reply.failure is None, reply.failure
            await used.finish(ref.slug)
    finally:
        await used.close()
    return _Asked(times[1:])


def _bare(url: str, requests: list[Request]) -> Iterator[float]:
    where = urlsplit(url)
    connection = http.client.HTTPConnection(where.netloc, timeout=10)
    for request in requests:
        form = {"type": "json_schema", "json_schema": {"name": "answer", "schema": _SCHEMA}}
        messages = [{"role": each.role, "content": each.text} for each in request.messages]
        body = json.dumps({"model": "stub", "messages": messages, "response_format": form})
        begun = time.perf_counter()
        connection.request("POST", f"{where.path}/chat/completions", body)
        connection.getresponse().read()
        yield 1000 * (time.perf_counter() - begun)
    connection.close()


def _request(number: int) -> Request:
    lines = "\n".join(
        f"{line} The council of ward {number} counted {line * 7} votes." for line in range(1, 13)
    )
    return Request(
        step="extract",
        place="chunk 1",
        prompt=PromptRef(name="extract", version="1", sha256="0" * 64),
        messages=(Message(role="system", text="Name the claims. " * 60), Message(role="user", text=lines)),
        schema_name="answer",
        json_schema=json.dumps(_SCHEMA),
        max_tokens=500,
    )


if __name__ == "__main__":
    main()
