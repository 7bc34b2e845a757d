r"""Calls and tokens an article: ours, and google/langextract's, with one model server.

    python -m venv /tmp/langextract && /tmp/langextract/bin/pip install 'langextract[openai]'
    python -m benchmarks.model_cost --data DIR --base-url http://127.0.0.1:8080/v1 --model NAME \
        --langextract-python /tmp/langextract/bin/python [--characters 2000] [--most 5] [--out DIR]

DIR holds articles as .txt files. Both tools speak to the server through a relay that counts calls and adds up
the tokens that the server reports, so that neither counts for itself. langextract gets its OpenAI provider,
one worked example and chunks of `--characters`; its temperature is 0, all else its own default. Ours is
`briefs run` without its call cache: extract alone, which is what langextract does, and the whole.
langextract is no dependency of this project: without --langextract-python it is left out.
"""

import argparse
import http.client
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

_SCRIPT = Path(__file__).with_name("langextract_run.py")


class Use(NamedTuple):
    """What a tool took of a model for one article."""

    calls: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    seconds: float = 0.0

    def __add__(self, other: object) -> "Use":
        """Return the sum."""
        assert isinstance(other, Use)
        return Use(
            self.calls + other.calls,
            self.tokens_in + other.tokens_in,
            self.tokens_out + other.tokens_out,
            self.seconds + other.seconds,
        )


def main() -> None:
    """Measure and print."""
    given = _arguments()
    articles = sorted(given.data.glob("*.txt"))[: given.most or None]
    if not articles:
        sys.exit(f"{given.data}: holds no .txt files")
    python = given.langextract_python
    if python is not None and not _has_langextract(python):
        sys.exit(
            f"{python}: langextract is not installed there; {python} -m pip install 'langextract[openai]'"
        )
    print(
        f"{'':24}{'calls':>7}{'in':>8}{'out':>8}{'tokens':>9}{'seconds':>9}   an article, of {len(articles)}"
    )
    steps: dict[str, Use] = {"extract": Use(), "compose": Use()}
    theirs = whole = Use()
    for number, article in enumerate(articles, 1):
        use = _ours(given, article, steps)
        whole += use
        _line(f"  {number} ours, whole", use, 1)
        if python is not None:
            use = _langextract(given, article, python)
            theirs += use
            _line(f"  {number} langextract", use, 1)
    for step, use in steps.items():
        _line(f"ours, {step}", use, len(articles))
    _line("ours, whole", whole, len(articles))
    if python is not None:
        _line("langextract", theirs, len(articles))
        print(
            f"extract / langextract   {steps['extract'].calls / max(1, theirs.calls):7.2f} of the calls, ",
            end="",
        )
        ours = steps["extract"].tokens_in + steps["extract"].tokens_out
        print(f"{ours / max(1, theirs.tokens_in + theirs.tokens_out):.2f} of the tokens")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--base-url", required=True, metavar="URL")
    parser.add_argument("--model", required=True, metavar="NAME", help="as the server calls it")
    parser.add_argument("--langextract-python", metavar="PATH")
    parser.add_argument("--characters", type=int, default=2000, help="langextract's max_char_buffer")
    parser.add_argument("--most", type=int, default=0, help="articles at most")
    parser.add_argument("--out", type=Path, metavar="DIR", help="keep our briefs there, to read them")
    return parser.parse_args()


def _has_langextract(python: str) -> bool:
    try:
        ended = subprocess.run([python, "-c", "import langextract, openai"], check=False, capture_output=True)
    except OSError:
        return False
    return ended.returncode == 0


def _line(name: str, use: Use, count: int) -> None:
    calls, tokens_in, tokens_out, seconds = (each / count for each in use)
    print(
        f"{name:24}{calls:7.1f}{tokens_in:8.0f}{tokens_out:8.0f}{tokens_in + tokens_out:9.0f}{seconds:9.1f}",
        flush=True,
    )


def _ours(given: argparse.Namespace, article: Path, steps: dict[str, Use]) -> Use:
    """Brief one article; what its steps took is added to `steps`."""
    with relay(given.base_url) as counted, tempfile.TemporaryDirectory() as passing:
        out = passing if given.out is None else str(given.out / article.stem)
        command = [sys.executable, "-m", "briefs", "run", str(article), "--out", out, "--quiet", "--no-cache"]
        command += ["--model", f"openai:{given.model}", "--base-url", counted.url, "--concurrency", "1"]
        use = counted.during(command, well=(0, 1))  # 1: a part fell back, which is said in its header
        record = json.loads((Path(out) / "run.json").read_text("utf-8"))
    for each in record["use"]:
        took = Use(each["attempts"], each["tokens_in"], each["tokens_out"], each["seconds"])
        steps[each["step"]] = steps.get(each["step"], Use()) + took
    return use


def _langextract(given: argparse.Namespace, article: Path, python: str) -> Use:
    with relay(given.base_url) as counted:
        return counted.during(
            [
                python,
                "-c",
                _SCRIPT.read_text("utf-8"),
                counted.url,
                given.model,
                str(given.characters),
                str(article),
            ]
        )


class Counted:
    """What went through a relay."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.use = Use()

    def during(self, command: Sequence[str], *, well: Sequence[int] = (0,)) -> Use:
        """Run a command and return what went through until it ended, with one of the codes `well`."""
        begun = time.perf_counter()
        ended = subprocess.run(
            command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        if ended.returncode not in well or not self.use.calls:
            said = ended.stderr.strip().splitlines() or ["nothing"]
            sys.exit(f"ended with {ended.returncode} after {self.use.calls} calls: {said[-1]}")
        return self.use._replace(seconds=time.perf_counter() - begun)


@contextmanager
def relay(base_url: str) -> Iterator[Counted]:
    """Pass calls on to `base_url` and count them, at an address of its own."""
    target = urlsplit(base_url)

    class Handler(_Relay):
        pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    counted = Counted(f"http://127.0.0.1:{server.server_address[1]}{target.path}")
    Handler.target, Handler.counted = target, counted
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield counted
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Relay(BaseHTTPRequestHandler):
    target: SplitResult
    counted: Counted

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        kind = http.client.HTTPSConnection if self.target.scheme == "https" else http.client.HTTPConnection
        connection = kind(self.target.netloc, timeout=1800)
        headers = {"content-type": "application/json"}
        if "authorization" in self.headers:
            headers["authorization"] = self.headers["authorization"]
        connection.request("POST", self.path, body, headers)
        response = connection.getresponse()
        data = response.read()
        connection.close()
        used = json.loads(data).get("usage") or {}
        tokens = (int(used.get("prompt_tokens", 0)), int(used.get("completion_tokens", 0)))
        self.counted.use += Use(1, *tokens)
        self.send_response(response.status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


if __name__ == "__main__":
    main()
