"""Makes the screenshots of docs/newsroom.md: `python tests/browser/make_screenshots.py` (`make screenshots`).

A day at a desk, for real: invented articles are briefed, an editor signs off in Chromium, the article changes,
the briefs are made again. It prints what `briefs diff` says of the two versions.
"""

import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from newsroom import ROOT, Site, chromium_path, run, serving
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, sync_playwright

SHOTS = ROOT / "docs" / "screenshots"
ARTICLES = ("port-sable-terminal-fire.txt", "orla-courier-terminal-fire.html", "varnia-now-terminal-fire.md")
EVIDENCE = ("halvard-grain-maintenance-log.txt", "st-brannocs-hospital-bulletin.txt")
NOON = (
    (
        "At least four people were killed and 17 others injured",
        "At least five people were killed and 16 others injured",
    ),
    ("Four dead after fire", "Five dead after fire"),
    ("may have been started by an overheated", "was started by an overheated"),
    ("a contract electrician and a lorry driver", "a contract electrician and a truck driver"),
)
"""What changes in the article at noon."""
COLOURS = 192
"""Of a picture's palette: text stays sharp, and the file small."""


def kept(page: Page, name: str) -> None:
    """Keep what a page shows."""
    with Image.open(io.BytesIO(page.screenshot())) as picture:
        small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        small.save(SHOTS / name, optimize=True)


def opened(browser: Browser, site: Site, who: str, width: int = 1280, height: int = 860) -> Page:
    """Return a page of somebody who has said who they are."""
    page = browser.new_context(base_url=site.url, viewport={"width": width, "height": height}).new_page()
    page.goto("/who")
    page.get_by_label("Your name").fill(who)
    page.get_by_role("button", name="Keep it").click()
    return page


def claim(page: Page, words: str) -> Locator:
    """Return the section of the claim that quotes words."""
    return page.locator(".brief", has=page.locator("blockquote", has_text=words)).first


def decide(page: Page, words: str, status: str, *, source: str = "", note: str = "", check: str = "") -> None:
    """Sign a claim off as an editor does."""
    section = claim(page, words)
    if check:
        section.get_by_role("group", name=check).get_by_label("confirmed", exact=True).check()
    if source:
        section.get_by_label("Source consulted").fill(source)
    if note:
        section.get_by_label("Note", exact=True).fill(note)
    section.get_by_role("button", name=status).click()
    claim(page, words).locator("header .status", has_text=status.lower()).wait_for()


def morning(browser: Browser, site: Site, post: str) -> None:
    """Read the overview, work the call sheet, sign off."""
    page = opened(browser, site, "Desk")
    page.goto("/")
    kept(page, "articles.png")
    page.goto("/story")
    kept(page, "story.png")
    page.goto("/calls")
    page.get_by_role("checkbox").first.check()
    page.locator(".questions > li.done").first.wait_for()
    answer = page.locator(".questions > li").nth(1)
    answer.locator("summary").click()
    answer.get_by_role("textbox").fill("Asked at 09:20, will ring back before eleven")
    kept(page, "call-sheet.png")
    page.goto("/help")
    page.goto(post)
    page.keyboard.press("j")
    said = "The source said it"
    decide(page, "took about five hours", "Usable", source="Recording of the briefing, 06:10", check=said)
    decide(
        page, "overheated conveyor bearing", "Usable", source="Recording of the briefing, 06:10", check=said
    )
    decide(
        page, "spokeswoman for St. Brannoc", "Usable", source="Hospital bulletin no. 2, by email", check=said
    )
    decide(page, "1.2 million tonnes", "Needs correction", note="Ministry's table has 1.1 million for 2023")
    decide(page, "shut down for repairs for nine days", "Soften", note="One unnamed source; log asked for")
    decide(
        page,
        "At least four people",
        "Usable",
        source="Fire service, duty officer by phone, 09:05",
        check="It is so",
    )
    page.locator("#article").hover()
    kept(page, "signing-off.png")
    page.evaluate(
        """() => {
          const node = [...document.querySelectorAll("#article [data-at]")].find((each) => each.textContent.includes("A book of condolence")).firstChild;
          getSelection().setBaseAndExtent(node, 0, node, node.data.indexOf(" at noon"));
          node.parentElement.scrollIntoView({ block: "center" });
        }"""
    )
    page.locator("#adding").wait_for()
    kept(page, "adding.png")
    page.keyboard.press("Escape")
    phone = opened(browser, site, "Desk", width=390, height=780)
    phone.goto(post)
    phone.locator("#article").scroll_into_view_if_needed()
    phone.evaluate("document.getElementById('article').scrollIntoView()")
    kept(phone, "phone.png")


def noon(browser: Browser, site: Site, post: str) -> None:
    """See what has to be decided again, and two editors at one claim."""
    page = opened(browser, site, "Desk")
    page.goto(post)
    page.keyboard.press("j")
    first = page.locator(".brief .changed").first
    first.evaluate("(each) => each.closest('.brief').focus()")
    first.evaluate("(each) => each.closest('.brief').scrollIntoView()")
    kept(page, "open-again.png")
    other = opened(browser, site, "Night desk")
    other.goto(post)
    decide(page, "1.2 million tonnes", "Cut", note="Ministry withdrew its table at noon")
    section = claim(other, "1.2 million tonnes")
    section.get_by_label("Note", exact=True).fill("Harbour office has 1.15 million")
    section.get_by_role("button", name="Soften").click()
    both = section.locator(".desk .versions")
    both.wait_for()
    section.evaluate("(each) => each.scrollIntoView()")
    kept(other, "both-versions.png")


def main() -> None:
    """Make all screenshots."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        folder = Path(place)
        (folder / "articles" / "evidence").mkdir(parents=True)
        for name in ARTICLES:
            shutil.copy(ROOT / "corpus" / name, folder / "articles")
        for name in EVIDENCE:
            shutil.copy(ROOT / "corpus" / "evidence" / name, folder / "articles" / "evidence")
        briefs = ("run", "articles", "--out", "briefs", "--jobs", "1", "--quiet")
        run(*briefs, folder=folder)
        browser = playwright.chromium.launch(executable_path=chromium_path())
        with serving(folder / "briefs") as site:
            post = f"/a/{site.slug('port-sable')}"
            morning(browser, site, post)
        shutil.copytree(folder / "briefs", folder / "briefs-morning")
        text = folder / "articles" / ARTICLES[0]
        changed = text.read_text("utf-8")
        for before, after in NOON:
            changed = changed.replace(before, after)
        text.write_text(changed, "utf-8")
        run(*briefs, folder=folder)
        with serving(folder / "briefs") as site:
            noon(browser, site, post)
        browser.close()
        subprocess.run(
            [sys.executable, "-m", "briefs", "diff", "briefs-morning", "briefs"], cwd=folder, check=False
        )
    for each in sorted(SHOTS.glob("*.png")):
        sys.stdout.write(f"{each.name}: {each.stat().st_size // 1000} kB\n")


if __name__ == "__main__":
    main()
