"""A newsroom for the browser tests: a folder of briefs, the desk's own process, pages that are watched.

Nothing here is a stand-in: `briefs run` made the folder, `briefs desk` serves it, Debian's Chromium shows it.
"""

import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Route

ROOT = Path(__file__).parents[2]
NURSES = ("plain-lantern-nurses.txt", "halmen-gazette-nurses.docx", "lower-orla-mail-nurses.html")
"""Three of the invented sample articles that tell one story, and differ."""
HOSTILE = """<script>document.title = "run"</script> Mayor <img src=x onerror="document.title='run'"> resigns

Anna Kord, 😀 the mayor of <b onclick="document.title='run'">Sable</b>, resigned on 3 May 2024, "</textarea><script>document.title='run'</script>" \
she told the Sable Gazette. {{ 7 * 7 }} &lt;script&gt; people &amp; 𝔠ouncillors, 412 of them, left on 4 May 2024.

javascript:document.title='run' is what the council of Sable said cost 4,200 crowns. <!-- --> ]]> <style>body { display: none }</style>
"""
"""An article whose words are markup, scripts and templates, with characters beyond the BMP."""
AXE = ROOT / "build" / "axe" / "node_modules" / "axe-core" / "axe.min.js"
AXE_SHA256 = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"
"""Of axe-core 4.14.1, as `make axe` installs it."""
PATIENCE = 60.0
"""Seconds until a server that does not answer is a failure."""


def needed(there: bool, what: str) -> None:
    """Skip a test where a tool is missing, and fail where BRIEFS_BROWSER=required, as in CI."""
    if there:
        return
    if os.environ.get("BRIEFS_BROWSER") == "required":
        pytest.fail(f"{what}, and BRIEFS_BROWSER=required")
    pytest.skip(what)


def chromium_path() -> str:
    """Return where Chromium is, or skip."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    needed(found is not None, "there is no chromium on PATH (apt-get install chromium)")
    assert found is not None
    return found


def axe_script() -> str:
    """Return axe-core, whose hash is the one that was looked at, or skip."""
    needed(AXE.exists(), "axe-core is not installed (make axe)")
    script = AXE.read_bytes()
    assert hashlib.sha256(script).hexdigest() == AXE_SHA256, "build/axe holds another axe-core: make axe anew"
    return script.decode()


def run(*arguments: str, folder: Path) -> None:
    """Run the tool in a folder as a person would; its last words are in the failure."""
    done = subprocess.run(
        [sys.executable, "-m", "briefs", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr[-2000:]


def brief_articles(folder: Path, articles: dict[str, bytes]) -> Path:
    """Write articles into FOLDER/articles and brief them into FOLDER/out, which is returned."""
    source = folder / "articles"
    source.mkdir(parents=True, exist_ok=True)
    for name, content in articles.items():
        (source / name).write_bytes(content)
    run(
        "run", "articles", "--out", "out", "--format", "md,json,html", "--jobs", "1", "--quiet", folder=folder
    )
    return folder / "out"


def free_port() -> int:
    """Return a port of the loopback interface that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Site:
    """`briefs desk` on a folder, in a process of its own."""

    def __init__(self, folder: Path, *options: str) -> None:
        """Take the folder of briefs; the port stays the same when the process is started again."""
        self.folder = folder
        self._options = options
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the process and wait until it answers."""
        with (self.folder.parent / "desk.log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "briefs",
                    "desk",
                    str(self.folder),
                    "--port",
                    str(self.port),
                    *self._options,
                ],
                stdout=log,
                stderr=log,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
            )
        until = time.monotonic() + PATIENCE
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > until:
                pytest.fail((self.folder.parent / "desk.log").read_text("utf-8")[-2000:])
            time.sleep(0.05)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End the process."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(PATIENCE)
            self._process = None

    def slug(self, beginning: str) -> str:
        """Return the name of an article's files by how it begins."""
        [found] = self.folder.glob(f"{beginning}*.json")
        return found.stem

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(self.url + "/help", timeout=5):
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[Site]:
    """Serve a folder for a while."""
    site = Site(folder, *options)
    try:
        site.start()
        yield site
    finally:
        site.stop()


class Watch:
    """What pages do that they must not: ask another origin, run into errors."""

    def __init__(self, origin: str) -> None:
        """Take the one origin that may be asked."""
        self._origin = origin
        self.faults: list[str] = []
        self.expected: set[int] = set()
        """Status codes of answers that a test asks for; Chromium reports each on the console."""

    def over(self, context: BrowserContext) -> None:
        """Watch all pages of a browser context; requests to other origins are stopped as well."""
        context.route("**/*", self._routed)
        context.on("console", self._said)
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))

    def _routed(self, route: Route, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("data", "blob") or f"{parts.scheme}://{parts.netloc}" == self._origin:
            route.continue_()
            return
        self.faults.append(f"left the origin: {request.url}")
        route.abort()

    def _said(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        if any(f"status of {code}" in message.text for code in self.expected):
            return
        self.faults.append(f"console: {message.text}")


def sideways(page: Page) -> int:
    """Return by how many pixels a page is wider than its window."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return int(wide)


def serious(page: Page) -> list[str]:
    """Return what axe-core finds serious or critical on a page, each as rule and element, in both colour schemes."""
    page.evaluate(axe_script())
    found = _violations(page, "{resultTypes: ['violations']}")
    page.emulate_media(color_scheme="dark")
    found += _violations(page, "{resultTypes: ['violations'], runOnly: ['color-contrast']}")
    page.emulate_media(color_scheme="light")
    return found


def _violations(page: Page, options: str) -> list[str]:
    found = page.evaluate(f"axe.run(document, {options})")
    return [
        f"{violation['id']}: {node['html'][:160]} ({node['failureSummary'][:300]})"
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]


def claim_of(page: Page, place: int) -> str:
    """Return the id of the claim at a place, from 0, among those that a page shows."""
    found = page.locator(".brief:visible").nth(place).get_attribute("id")
    assert found
    return found
