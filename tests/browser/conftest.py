"""Fixtures of the browser tests.

The browser lives as long as a module's tests: playwright keeps an event loop running in the main thread, in
which no other test could start one.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from newsroom import HOSTILE, NURSES, ROOT, Site, Watch, brief_articles, chromium_path, serving
from playwright.sync_api import Browser, Page, StorageState, expect, sync_playwright

Opener = Callable[..., Page]
expect.set_options(timeout=20_000)  # milliseconds: a machine with other work is slow, not wrong


@pytest.fixture(scope="session")
def briefed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the briefs of invented articles, one of them hostile, made once for all workers of a test run."""
    chromium_path()
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "browser-samples"
    shared.mkdir(exist_ok=True)
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "made").exists():
            samples = {name: (ROOT / "corpus" / name).read_bytes() for name in NURSES}
            brief_articles(shared, {"mayor<b>.txt": HOSTILE.encode(), **samples})
            (shared / "made").touch()
    return shared / "out"


@pytest.fixture(scope="module")
def folder(briefed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the briefs that a module's tests may work on."""
    copy = tmp_path_factory.mktemp("newsroom")
    shutil.copytree(briefed.parent / "articles", copy / "articles")
    shutil.copytree(briefed, copy / "out")
    return copy / "out"


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[Site]:
    """Serve the module's copy of the briefs."""
    with serving(folder) as served:
        yield served


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Return Debian's Chromium."""
    path = chromium_path()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def known() -> dict[str, StorageState]:
    """Return the cookies of people who have said who they are, by name."""
    return {}


@pytest.fixture
def watch(site: Site) -> Iterator[Watch]:
    """Watch a test's pages; the test fails by what they do that they must not."""
    watched = Watch(site.url)
    yield watched
    assert not watched.faults


@pytest.fixture
def opener(chromium: Browser, site: Site, watch: Watch, known: dict[str, StorageState]) -> Iterator[Opener]:
    """Return what opens an address as an editor, each in a browser context of its own."""
    contexts = []

    def opened(
        address: str, who: str | None = "Desk", width: int = 1400, height: int = 900, javascript: bool = True
    ) -> Page:
        context = chromium.new_context(
            base_url=site.url,
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            has_touch=width < 500,
            storage_state=known.get(who or ""),
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        watch.over(context)
        page = context.new_page()
        if who is not None and who not in known:
            page.goto("/who")
            page.get_by_label("Your name").fill(who)
            page.get_by_role("button", name="Keep it").click()
            known[who] = context.storage_state()
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
