"""The desk's pages in a real browser: for everybody, on a phone, in print, with hostile text, after a restart."""

import io
import re
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from newsroom import Site, Watch, chromium_path, claim_of, serious, serving, sideways
from playwright.sync_api import Browser, Page, expect

Opener = Callable[..., Page]
PAGES = (
    "/",
    "/?priority=high",
    "/?status=cut",
    "/a/{nurses}?priority=high",
    "/a/{hostile}",
    "/a/{hostile}/add",
    "/a/{nurses}/add?first=4",
    "/a/{nurses}/log",
    "/calls",
    "/calls?ticked=true",
    "/story",
    "/help",
    "/who",
    "/search",
    "/search?q=nurses",
    "/nowhere",
)


def address(site: Site, page: str) -> str:
    """Return a page's address with the names of the articles' files."""
    return page.format(nurses=site.slug("halmen-gazette"), hostile=site.slug("mayor"))


def test_axe_finds_nothing_serious(opener: Opener, site: Site, watch: Watch) -> None:
    """axe-core finds no serious or critical violation on any page, in the light and the dark scheme."""
    watch.expected.add(404)
    page = opener("/help")
    for each in PAGES:
        page.goto(address(site, each))
        assert not serious(page), each


def test_axe_finds_nothing_serious_in_what_opens(opener: Opener, site: Site, watch: Watch) -> None:
    """Nor with every state of a claim in view: all statuses, a refusal, both versions, all folds open, the keys."""
    watch.expected.update((409, 422))
    path = f"/a/{site.slug('plain-lantern')}"
    page, other = opener(path), opener(path, who="Night desk")
    for place, key in enumerate("1234", 2):
        page.locator(f"[id='{claim_of(page, place)}']").focus()
        page.keyboard.press(key)
        expect(page.locator(".brief.on header .status")).not_to_have_text("open")
    stale = other.locator(f"[id='{claim_of(other, 2)}']")
    stale.get_by_label("Note", exact=True).fill("later")
    stale.get_by_role("button", name="Cut").click()
    expect(stale.locator(".versions")).to_be_visible()
    refused = other.locator(f"[id='{claim_of(other, 7)}']")
    refused.get_by_role("group", name="It is so").get_by_label("confirmed", exact=True).check()
    refused.get_by_role("button", name="Save").click()
    expect(refused.locator(".desk > .trouble")).to_be_visible()
    for shown in (page, other):
        shown.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        assert not serious(shown)
    page.keyboard.press("?")
    assert not serious(page)


def test_axe_finds_nothing_serious_on_the_page_of_a_conflict(
    opener: Opener, site: Site, watch: Watch
) -> None:
    """Nor on the page that shows both versions without a script."""
    watch.expected.add(409)
    path = address(site, "/a/{nurses}")
    plain, quick = opener(path), opener(path, who="Night desk")
    identity = claim_of(plain, 9)
    quick.locator(f"[id='{identity}']").get_by_role("button", name="Cut").click()
    expect(quick.locator("#live")).to_have_text("Saved.")
    # As a browser without a script sends it.
    plain.evaluate(
        "document.querySelectorAll('form[data-place]').forEach((each) => each.removeAttribute('data-place'))"
    )
    plain.locator(f"[id='{identity}']").get_by_role("button", name="Usable").click()
    expect(plain.locator("main > .versions")).to_be_visible()
    assert not serious(plain)


def test_a_phone_shows_everything(opener: Opener, site: Site, watch: Watch) -> None:
    """At 390 pixels no page scrolls sideways, and what is pressed is 44 pixels high."""
    watch.expected.add(404)
    page = opener("/help", width=390, height=800)
    for each in PAGES:
        page.goto(address(site, each))
        assert sideways(page) == 0, each
        low = page.evaluate(
            """[...document.querySelectorAll("button, select, input:not([type=hidden]), textarea, summary, .top nav a, .choices label")]
            .filter((each) => each.checkVisibility() && !each.closest(".hidden, dialog") && !["radio", "checkbox"].includes(each.type))
            .filter((each) => each.getBoundingClientRect().height < 43.5).map((each) => each.outerHTML.slice(0, 120))"""
        )
        assert not low, each


def test_a_phone_signs_off(opener: Opener, site: Site) -> None:
    """On a phone a claim's mark leads to its brief, whose buttons are within the screen and work."""
    page = opener(address(site, "/a/{nurses}"), width=390, height=800)
    page.locator("#article .mark").nth(13).tap()
    claim = page.locator(".brief.on")
    expect(claim).to_be_in_viewport()
    button = claim.get_by_role("button", name="Soften")
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    button.tap()
    expect(claim.locator("header .status")).to_have_text("soften")


def test_print_has_the_article_and_every_brief(opener: Opener, site: Site) -> None:
    """Printed: the article with its claims numbered, then the briefs with their desk fields, and no controls."""
    page = opener(address(site, "/a/{nurses}"))
    claim = page.locator(f"[id='{claim_of(page, 2)}']")
    claim.get_by_label("Note", exact=True).fill("Heard on the phone")
    claim.get_by_role("button", name="Usable").click()
    expect(claim.locator("header .status")).to_have_text("usable")
    number = page.locator(".brief").count()
    with pypdfium2.PdfDocument(io.BytesIO(page.pdf(format="A4"))) as document:
        pages = [each.get_textpage().get_text_bounded() for each in document]
        for each in document:
            each.close()
    text = " ".join(" ".join(pages).split())
    assert 3 <= len(pages) <= 25
    assert "In October alone, 2,310 nurses quit" in text
    for each in range(1, number + 1):
        assert f"Claim {each} " in text
    assert "Heard on the phone" in text
    assert "Is it so" in text
    for control in ("Save, status", "Add as a claim", "Show all", "Say who you are"):
        assert control not in text


def test_hostile_text_is_shown_and_does_nothing(opener: Opener, site: Site) -> None:
    """Markup in title and quotations stands on every page as text; nothing of it runs or is taken for markup."""
    for each in (
        "/",
        "/a/{hostile}",
        "/a/{hostile}/add",
        "/a/{hostile}/log",
        "/calls",
        "/story",
        "/search?q=mayor",
    ):
        page = opener(address(site, each))
        assert page.title() != "run"
        assert page.locator("main [onclick], main [onerror], main img, main script, main style").count() == 0
    page.goto(address(site, "/a/{hostile}"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("<script>")
    page.locator("#article").click()
    expect(page.locator("#article")).to_contain_text("</textarea><script>")
    note = "</textarea><script>document.title='run'</script>\n<b>{{ 7 * 7 }}"
    claim = page.locator(".brief:visible").first
    claim.get_by_label("Note", exact=True).fill(note)
    claim.get_by_role("button", name="Usable").click()
    expect(claim.locator("header .status")).to_have_text("usable")
    page.reload()
    claim = page.locator(".brief:visible").first
    expect(claim.get_by_label("Note", exact=True)).to_have_value(note)
    assert page.title() != "run"


def test_ticking_off_on_the_call_sheet(opener: Opener) -> None:
    """A question ticked off on the call sheet is answered in its brief, and the sheet counts one less."""
    page = opener("/calls", who="Night desk")
    before = int(page.locator("[data-count=open]").inner_text())
    question = page.locator(".questions > li.asked").first
    question.locator("summary").click()
    question.get_by_role("textbox").fill("Yes, on page 3")
    question.get_by_role("checkbox").check()
    expect(page.locator("#live")).to_have_text("Noted.")
    assert int(page.locator("[data-count=open]").inner_text()) == before - 1
    page.locator(".questions > li.done a").first.click()
    ticked = page.locator(".brief.on .questions > li.done").first
    expect(ticked.get_by_role("textbox")).to_have_value("Yes, on page 3")
    expect(ticked).to_contain_text("Ticked off by Night desk")


@pytest.fixture
def fragile(folder: Path) -> Iterator[Site]:
    """Serve the folder by a second process, to be ended in a test."""
    with serving(folder) as site:
        yield site


def test_a_restart_in_between_loses_nothing(chromium: Browser, fragile: Site) -> None:
    """An editor saves, the server is killed, saving says so and keeps the words; after a restart the same page saves."""
    context = chromium.new_context(base_url=fragile.url)
    page = context.new_page()
    page.goto("/who")
    page.get_by_label("Your name").fill("Night desk")
    page.get_by_role("button", name="Keep it").click()
    page.goto(f"/a/{fragile.slug('plain-lantern')}")
    first, second = claim_of(page, 0), claim_of(page, 1)
    page.locator(f"[id='{first}']").get_by_role("button", name="Soften").click()
    expect(page.locator("#live")).to_have_text("Saved.")
    fragile.stop(signal.SIGKILL)
    claim = page.locator(f"[id='{second}']")
    claim.get_by_label("Note", exact=True).fill("while it was down")
    claim.get_by_role("button", name="Usable").click()
    expect(claim.locator(".desk > .trouble")).to_contain_text("What you wrote is still here")
    fragile.start()
    claim.get_by_role("button", name="Usable").click()
    expect(claim.locator("header .status")).to_have_text("usable")
    page.reload()
    expect(page.locator(f"[id='{first}'] header .status")).to_have_text("soften")
    expect(page.locator(f"[id='{second}']").get_by_label("Note", exact=True)).to_have_value(
        "while it was down"
    )
    context.close()


def test_a_token_opens_the_desk(chromium: Browser, folder: Path) -> None:
    """With a token the desk asks for it on a page that says nothing of the folder and has no serious violation."""
    with serving(folder, "--token", "a-token-of-thirty-two-characters") as site:
        context = chromium.new_context(base_url=site.url)
        page = context.new_page()
        page.goto("/")
        expect(page.get_by_label("Token")).to_be_visible()
        assert "Nurse" not in page.content()
        assert not serious(page)
        page.get_by_label("Token").fill("a-token-of-thirty-two-characters")
        page.get_by_role("button", name="Come in").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("article"))
        page.get_by_role("button", name="Leave").click()
        expect(page.get_by_label("Token")).to_be_visible()
        context.close()


def test_a_missing_browser_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without Chromium these tests skip with the reason, and fail where CI requires it."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("BRIEFS_BROWSER", raising=False)
    with pytest.raises(pytest.skip.Exception, match="chromium"):
        chromium_path()
    monkeypatch.setenv("BRIEFS_BROWSER", "required")
    with pytest.raises(pytest.fail.Exception, match="required"):
        chromium_path()
