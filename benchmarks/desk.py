"""How quick the desk is in a folder of 1,000 articles and 15,000 claims.

    python -m benchmarks.desk [--articles 1000] [--requests 21] [--folder DIR] [--soak SECONDS]

The articles are made from templates (`desk_folder`); a real `briefs desk` serves them on a free port, and one
client asks it over one connection, as a browser would. Printed are the median and the slowest of the requests
in milliseconds, and beside them what Python's own file server takes for a bare static page of the same bytes.
"Bytes" are those of the page.

Three starts are measured, from the command to the first whole page: into a folder that the desk does not know
(the page shows how far reading is; how long that takes is printed as well), into one that it knows, and, to
know what starting costs at all, into an empty one. `--soak` then signs off and reads for so many seconds and
prints memory, open files and threads as they go.
"""

import argparse
import html
import os
import re
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import httpx2 as httpx

from benchmarks import desk_folder
from benchmarks.desk_folder import Folder
from benchmarks.processes import Desk, desk, held, peak

JSON = {"accept": "application/json"}


class Took(NamedTuple):
    """What requests of one kind took, in milliseconds."""

    median: float
    slowest: float
    size: int
    """Bytes of the last answer."""


def main() -> None:
    """Make the folder, serve it, ask, and print."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as name:
        root = Path(name)
        begun = time.perf_counter()
        folder = desk_folder.make(root / "outputs", arguments.articles)
        size = sum(path.stat().st_size for path in folder.path.iterdir()) / 2**20
        seconds = time.perf_counter() - begun
        made = f"{len(folder.slugs):,} articles, {folder.claims:,} claims, {size:.0f} MB of JSON"
        print(f"{made}, made in {seconds:.1f} s; load of the machine {os.getloadavg()[0]:.1f}")
        (root / "empty").mkdir()
        _starts(root / "empty", folder)
        with desk(folder.path) as served, httpx.Client(base_url=served.url, timeout=60) as client:
            _wait(client)
            _requests(client, folder, arguments.requests, root)
            print(f"Peak memory of the desk: {peak(served.process.pid):.0f} MB")
            if arguments.soak:
                _soak(served, client, folder, arguments.soak)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument(
        "--requests", type=int, default=21, help="of each kind, after three that are not counted"
    )
    parser.add_argument("--folder", type=Path, help="where the files are made; they are deleted afterwards")
    parser.add_argument("--soak", type=float, default=0, metavar="SECONDS")
    return parser.parse_args()


def _starts(empty: Path, folder: Folder) -> None:
    known = ("a folder it does not know", folder.path), ("the same again", folder.path)
    for words, path in (("an empty folder", empty), *known):
        with desk(path) as served, httpx.Client(base_url=served.url, timeout=120) as client:
            listening = time.perf_counter() - served.begun
            asked = time.perf_counter()
            client.get("/")
            first = time.perf_counter()
            _wait(client)
            whole = time.perf_counter() - served.begun
        print(
            f"Start in {words}: listens after {listening:.2f} s, first page {(first - asked) * 1000:.0f} ms "
            f"later, every article read after {whole:.1f} s"
        )


def _wait(client: httpx.Client) -> None:
    while not client.get("/", headers=JSON).json()["complete"]:
        time.sleep(0.1)


def _requests(client: httpx.Client, folder: Folder, times: int, root: Path) -> None:
    slug = folder.slugs[len(folder.slugs) // 2]
    some = client.get(f"/a/{slug}", headers=JSON).json()["claims"]
    source = client.get("/?status=open", headers=JSON).json()["claims"][0]["said_by"]
    pages = {
        "articles, first page": "/",
        "articles, by date, page 9": "/?sort=date&page=9",
        "filter: status": "/?status=open",
        "filter: priority": "/?priority=high",
        "filter: flag": "/?flag=hedge_lost",
        "filter: source": f"/?source={quote(source)}",
        "filter: words": "/?q=harbour",
        "filter: all of them": f"/?status=open&priority=high&flag=hedge_lost&q={quote(source.split()[0])}",
        "search": "/search?q=tram",
        "call sheet": "/calls",
        "article": f"/a/{slug}",
        "article, a claim open": f"/a/{slug}?claim={some[3]['brief']}",
        "log": f"/a/{slug}/log",
    }
    print(f"\n{'':28}{'median':>8}{'slowest':>9}{'bytes':>9}   static page: median, slowest")
    for words, path in pages.items():
        took = _asked(partial(client.get, path), times)
        bare = _static(client.get(path).content, times, root)
        print(
            f"{words:28}{took.median:8.1f}{took.slowest:9.1f}{took.size:9,}"
            f"   {bare.median:.1f}, {bare.slowest:.1f}"
        )
    form = _form(client)
    todo = iter([(each, _claims(client, each)[0]["brief"]) for each in folder.slugs[: times + 3]])

    def sign_off() -> httpx.Response:
        each, brief = next(todo)
        return client.post(f"/a/{each}/c/{brief}", data={**form, "revision": "0", "status": "usable"})

    took = _asked(sign_off, times)
    print(f"{'sign-off (303, on the disk)':28}{took.median:8.1f}{took.slowest:9.1f}{'':9}")
    took = _asked(lambda: client.get("/?status=usable"), times)
    print(f"{'list right after sign-offs':28}{took.median:8.1f}{took.slowest:9.1f}{took.size:9,}")


def _claims(client: httpx.Client, slug: str) -> "list[dict[str, str]]":
    found: list[dict[str, str]] = client.get(f"/a/{slug}", headers=JSON).json()["claims"]
    return found


def _form(client: httpx.Client) -> dict[str, str]:
    found = re.search(r'name="csrf" value="([^"]+)"', client.get("/who").text)
    assert found is not None
    return {"csrf": html.unescape(found[1]), "who": "Ana"}


def _asked(ask: Callable[[], httpx.Response], times: int) -> Took:
    taken: list[float] = []
    size = 0
    for _ in range(times + 3):
        begun = time.perf_counter()
        answer = ask()
        taken.append((time.perf_counter() - begun) * 1000)
        assert answer.status_code in (200, 303), answer.text[:500]
        size = len(answer.content)
    return Took(statistics.median(taken[3:]), max(taken[3:]), size)


class _Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _static(content: bytes, times: int, root: Path) -> Took:
    """Return what a bare file server takes for a page of these bytes."""
    folder = root / "static"
    folder.mkdir(exist_ok=True)
    (folder / "page.html").write_bytes(content)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{server.server_port}") as client:
            return _asked(lambda: client.get("/page.html"), times)
    finally:
        server.shutdown()
        server.server_close()


def _soak(served: Desk, client: httpx.Client, folder: Folder, seconds: float) -> None:
    """Sign off, answer and read for a while; print what the process holds."""
    form, pid = _form(client), served.process.pid
    ends, shown, number = time.perf_counter() + seconds, 0.0, 0
    print(f"\n{'seconds':>8}{'requests':>10}{'resident MB':>13}{'open files':>12}{'threads':>9}")
    while (now := time.perf_counter()) < ends:
        slug = folder.slugs[number * 7 % len(folder.slugs)]
        claim = _claims(client, slug)[number % desk_folder.CLAIMS]
        answer = client.post(
            f"/a/{slug}/c/{claim['brief']}",
            data={**form, "revision": str(claim["revision"]), "note": f"note {number}"},
        )
        assert answer.status_code == 303, answer.text[:300]
        for path in (
            f"/a/{slug}?claim={claim['brief']}",
            f"/?status=open&page={1 + number % 200}",
            "/",
            "/calls",
        ):
            assert client.get(path).status_code == 200
        number += 1
        if now - shown >= max(5.0, seconds / 20):
            shown = now
            there, took = held(pid), seconds - (ends - now)
            print(
                f"{took:8.0f}{number * 6:10,}{there.resident:13.1f}{there.handles:12}{there.threads:9}",
                flush=True,
            )


if __name__ == "__main__":
    main()
