"""An editor signs claims off in a real browser: open, filter, keys, refusals, both versions, no script."""

import re
from collections.abc import Callable

import pytest
from newsroom import Site, Watch, claim_of
from playwright.sync_api import Dialog, Page, expect

Opener = Callable[..., Page]
NURSES = "halmen-gazette-nurses"


def test_from_the_list_to_a_claim(opener: Opener) -> None:
    """From the list of articles a link leads to the article, and a filter leaves only the claims it names."""
    page = opener("/")
    page.get_by_role("link", name="Nurse Exodus Reaches Record Levels").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nurse Exodus")
    all_claims = page.locator(".brief:visible").count()
    page.get_by_label("Priority").select_option("high")
    expect(page).to_have_url(re.compile("priority=high"))
    page.wait_for_load_state()  # the address is new before the page is there whole
    shown = page.locator(".brief:visible")
    assert 0 < shown.count() < all_claims
    assert shown.locator(".level.high").count() == shown.count()


def test_a_filter_of_the_whole_folder_lists_claims(opener: Opener) -> None:
    """A status chosen on the first page lists claims of all articles, each a link to its place."""
    page = opener("/")
    page.get_by_label("Flag").select_option(index=1)
    expect(page.get_by_role("heading", level=1)).to_contain_text("claim")
    first = page.locator("tbody tr").first
    words = first.get_by_role("link").first.inner_text()
    first.get_by_role("link").first.click()
    expect(page.locator(".brief.on")).to_be_visible()
    assert words.split()[0] in page.locator(".brief.on").inner_text()


def test_signing_off_by_keyboard_alone(opener: Opener, site: Site) -> None:
    """j, 2, n, words, Escape, 1: status and note are saved, focus stays, and each step is said aloud."""
    page = opener(f"/a/{site.slug(NURSES)}")
    page.keyboard.press("j")
    page.keyboard.press("j")
    claim = page.locator(".brief.on")
    expect(claim).to_be_focused()
    page.keyboard.press("2")
    expect(claim.locator("header .status")).to_have_text("needs correction")
    expect(page.locator("#live")).to_have_text("Saved.")
    page.keyboard.press("n")
    expect(claim.get_by_label("Note", exact=True)).to_be_focused()
    page.keyboard.type("Asked the register twice; 5 or 50?")
    page.keyboard.press("Escape")
    expect(claim).to_be_focused()
    page.keyboard.press("3")
    expect(claim.locator("header .status")).to_have_text("soften")
    page.reload()
    again = page.locator(f"[id='{claim_of(page, 1)}']")
    expect(again.locator("header .status")).to_have_text("soften")
    expect(again.get_by_label("Note", exact=True)).to_have_value("Asked the register twice; 5 or 50?")


def test_keys_do_nothing_while_somebody_types(opener: Opener, site: Site) -> None:
    """A figure typed into a note is no status."""
    page = opener(f"/a/{site.slug(NURSES)}")
    for _ in range(3):
        page.keyboard.press("j")
    claim = page.locator(".brief.on")
    before = claim.locator("header .status").inner_text()
    page.keyboard.press("n")
    page.keyboard.type("12345 jk/?")
    expect(claim.get_by_label("Note", exact=True)).to_have_value("12345 jk/?")
    expect(claim.locator("header .status")).to_have_text(before)
    expect(claim.get_by_text("Not saved yet").first).to_be_visible()


def test_help_and_search_by_key(opener: Opener, site: Site) -> None:
    """? opens the list of keys, Escape closes it and gives the focus back, / goes to the search."""
    page = opener(f"/a/{site.slug(NURSES)}")
    page.keyboard.press("j")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()
    expect(page.locator(".brief.on")).to_be_focused()
    page.keyboard.press("/")
    page.keyboard.type("nurses")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Search", level=1)).to_be_visible()
    assert page.locator("tbody tr").count() > 1


def test_confirming_takes_a_source_other_than_the_article(opener: Opener, site: Site, watch: Watch) -> None:
    """Confirming without a source is refused in place with the reason, and what was typed stays."""
    watch.expected.add(422)
    page = opener(f"/a/{site.slug(NURSES)}?claim=")
    claim = page.locator(".brief:visible").nth(4)
    claim.get_by_role("group", name="It is so").get_by_label("confirmed", exact=True).check()
    claim.get_by_label("Note", exact=True).fill("kept")
    claim.get_by_role("button", name="Save").click()
    expect(claim.locator(".desk > .trouble")).to_be_visible()
    expect(claim.get_by_label("Source consulted")).to_be_focused()
    expect(claim.get_by_label("Note", exact=True)).to_have_value("kept")
    claim.get_by_label("Source consulted").fill("Register of nurses, extract of 3 December")
    page.keyboard.press("Enter")
    expect(page.locator("#live")).to_have_text("Saved.")
    claim = page.locator(".brief:visible").nth(4)
    expect(claim.get_by_role("group", name="It is so").get_by_label("confirmed", exact=True)).to_be_checked()
    expect(claim.get_by_role("group", name="The source said it").get_by_label("open")).to_be_checked()
    expect(claim.get_by_text("Not saved yet").first).to_be_hidden()


def test_questions_are_ticked_off_with_their_answers(opener: Opener, site: Site) -> None:
    """A tick saves at once; an answer is there after loading the page again, with who gave it."""
    page = opener(f"/a/{site.slug(NURSES)}", who="Night desk")
    question = page.locator(".questions > li").first
    question.get_by_role("checkbox").check()
    expect(page.locator("#live")).to_have_text("Noted.")
    question = page.locator(".questions > li").first
    question.get_by_text("Answer", exact=True).click()
    question.get_by_role("textbox").fill("Page 4 of the report")
    question.get_by_role("button", name="Keep").click()
    expect(question.locator(".aside").first).to_contain_text("Night desk")
    page.reload()
    question = page.locator(".questions > li").first
    expect(question.get_by_role("checkbox")).to_be_checked()
    expect(question.get_by_role("textbox")).to_have_value("Page 4 of the report")


def test_a_wrong_claim_is_dismissed_and_brought_back(opener: Opener, site: Site) -> None:
    """A dismissed claim folds away with its reason, and comes back."""
    page = opener(f"/a/{site.slug('plain-lantern')}")
    before = page.locator(".brief:visible").count()
    identity = claim_of(page, 0)
    claim = page.locator(f"[id='{identity}']")
    claim.get_by_text("Dismiss: no claim to check").click()
    claim.get_by_label("Reason").fill("an opinion")
    claim.get_by_role("button", name="Dismiss").click()
    expect(page.get_by_text("Dismissed: 1 claim")).to_be_visible()
    expect(page.locator(f".dismissed-list [id='{identity}']")).to_contain_text("an opinion")
    page.locator(f"[id='{identity}']").get_by_role("button", name="Take back").click()
    expect(page.locator(".dismissed-list")).to_have_count(0)
    expect(page.locator(".brief:visible")).to_have_count(before)


def test_two_editors_in_conflict(opener: Opener, site: Site, watch: Watch) -> None:
    """The second of two editors is shown both versions; nothing of either is lost, and theirs can be sent again."""
    watch.expected.add(409)
    address = f"/a/{site.slug(NURSES)}"
    day, night = opener(address, who="Day desk"), opener(address, who="Night desk")
    identity = claim_of(day, 6)
    one, other = day.locator(f"[id='{identity}']"), night.locator(f"[id='{identity}']")
    one.get_by_label("Note", exact=True).fill("Called the ministry at noon")
    one.get_by_role("button", name="Usable").click()
    expect(day.locator("#live")).to_have_text("Saved.")
    other.get_by_label("Note", exact=True).fill("Nobody picks up")
    other.get_by_role("button", name="Cut").click()
    both = other.locator(".desk .both")
    expect(both).to_contain_text("Called the ministry at noon")
    expect(both).to_contain_text("Nobody picks up")
    expect(both).to_contain_text("Day desk")
    expect(other.get_by_label("Note", exact=True)).to_have_value("Nobody picks up")
    expect(other.locator("header .status")).to_have_text("open")
    other.get_by_label("Note", exact=True).fill("Called at noon; nobody picks up now")
    other.get_by_role("button", name="Soften").click()
    expect(other.locator("header .status")).to_have_text("soften")
    night.goto(f"{address}/log?claim={identity}")
    expect(night.locator("main")).to_contain_text("Called the ministry at noon")
    expect(night.locator("main")).to_contain_text("Called at noon; nobody picks up now")


def test_unsaved_words_warn_before_leaving(opener: Opener, site: Site) -> None:
    """Leaving the page with words that are not saved asks first; without any it does not."""
    page = opener(f"/a/{site.slug(NURSES)}")
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    page.locator(".brief:visible").nth(8).get_by_label("Note", exact=True).fill("half a thou")
    page.get_by_role("link", name="Call sheet").first.click()
    expect(page.get_by_role("heading", name="Call sheet", level=1)).to_be_visible()
    assert asked == ["beforeunload"]
    page.get_by_role("link", name="Help").first.click()
    expect(page.get_by_role("heading", name="Help", level=1)).to_be_visible()
    assert asked == ["beforeunload"]


def test_saving_one_claim_keeps_what_is_typed_in_another(opener: Opener, site: Site) -> None:
    """Saving in place replaces one claim's section and no other; other forms of the same claim keep their words."""
    page = opener(f"/a/{site.slug(NURSES)}")
    one, other = page.locator(".brief:visible").nth(9), page.locator(".brief:visible").nth(10)
    other.get_by_label("Note", exact=True).fill("not yet")
    one.get_by_text("Dismiss: no claim to check").click()
    one.get_by_label("Reason").fill("perhaps")
    one.get_by_role("button", name="Usable").click()
    expect(one.locator("header .status")).to_have_text("usable")
    expect(other.get_by_label("Note", exact=True)).to_have_value("not yet")
    expect(one.get_by_label("Reason")).to_have_value("perhaps")


@pytest.mark.parametrize("width", [1400, 390])
def test_without_a_script(opener: Opener, site: Site, width: int) -> None:
    """Without JavaScript: give a name, filter, sign off, tick a question, add a claim, by forms alone."""
    page = opener(f"/a/{site.slug('lower')}", who=None, width=width, javascript=False)
    claim = page.locator(f"[id='{claim_of(page, 1 if width > 500 else 2)}']")
    claim.locator(".desk").get_by_label("Your name").fill("Night desk")
    claim.get_by_label("Note", exact=True).fill("on paper")
    claim.get_by_role("button", name="Needs correction").click()
    assert page.get_by_role("status").first.inner_text() == "Saved."
    claim = page.locator(".brief.on")
    expect(claim.locator("header .status")).to_have_text("needs correction")
    expect(claim.get_by_label("Note", exact=True)).to_have_value("on paper")
    question = claim.locator(".questions form").first
    question.get_by_role("checkbox").check()
    question.get_by_text("Answer", exact=True).click()
    question.get_by_role("button", name="Keep").click()
    expect(page.locator(".brief.on .questions form").first.get_by_role("checkbox")).to_be_checked()


def test_without_a_script_a_conflict_has_a_page(opener: Opener, site: Site, watch: Watch) -> None:
    """Without JavaScript the refused edit has a page of its own with both versions, and can be sent again."""
    watch.expected.add(409)
    address = f"/a/{site.slug(NURSES)}"
    plain = opener(address, who="Night desk", javascript=False)
    identity = claim_of(plain, 12)
    quick = opener(address, who="Day desk")
    quick.locator(f"[id='{identity}']").get_by_role("button", name="Cut").click()
    expect(quick.locator("#live")).to_have_text("Saved.")
    claim = plain.locator(f"[id='{identity}']")
    claim.get_by_label("Note", exact=True).fill("two\nlines")
    claim.get_by_role("button", name="Usable").click()
    expect(plain.locator(".versions")).to_contain_text("cut")
    expect(plain.locator(".versions")).to_contain_text("lines")
    plain.get_by_role("button", name="Send mine on top of theirs").click()
    claim = plain.locator(".brief.on")
    expect(claim.locator("header .status")).to_have_text("usable")
    expect(claim.get_by_label("Note", exact=True)).to_have_value("two\nlines")
