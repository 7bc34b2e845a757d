"""A claim that the tool missed is added by its words: selected in the article, or chosen without a script."""

import json
import re
from collections.abc import Callable

from newsroom import Site, Watch
from playwright.sync_api import Page, expect

Opener = Callable[..., Page]
SELECT = """([piece, from, to]) => {
  const found = [...document.querySelectorAll("#article [data-at]")].find((each) => each.textContent.includes(piece));
  const node = found.firstChild;
  const start = node.data.indexOf(from);
  getSelection().setBaseAndExtent(node, start, node, node.data.indexOf(to) + to.length);
}"""


def test_selected_words_become_a_claim(opener: Opener, site: Site) -> None:
    """Words selected in the article are added with one key and a button, marked as the editor's, and stay."""
    page = opener(f"/a/{site.slug('halmen-gazette')}")
    expect(page.locator("#adding")).to_be_hidden()
    page.evaluate(SELECT, ["It is a number to stop anyone", "It is a number", "corridor."])
    expect(page.get_by_role("form", name="Add the selected words as a claim")).to_be_visible()
    expect(page.locator("#adding q")).to_have_text("It is a number to stop anyone in a corridor.")
    page.keyboard.press("a")
    page.keyboard.press("Enter")
    claim = page.locator(".brief.on")
    expect(claim).to_contain_text("added by Desk", timeout=60_000)
    expect(claim.locator("blockquote")).to_have_text("It is a number to stop anyone in a corridor.")
    page.reload()
    mark = page.locator("#article .mark", has_text="It is a number to stop anyone")
    expect(mark).to_have_count(1)


def test_an_escape_drops_the_selection(opener: Opener, site: Site) -> None:
    """Escape takes the selection and the offer back; words outside the article offer nothing."""
    page = opener(f"/a/{site.slug('halmen-gazette')}")
    page.evaluate(SELECT, ["It is hard to imagine", "It is hard", "its hospitals."])
    expect(page.locator("#adding")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#adding")).to_be_hidden()
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.brief blockquote'))")
    expect(page.locator("#adding")).to_be_hidden()


def test_places_are_right_across_paragraphs(opener: Opener, site: Site) -> None:
    """A selection over two paragraphs sends the places of its first and last character in the article's text."""
    slug = site.slug("halmen-gazette")
    page = opener(f"/a/{slug}")
    page.evaluate(
        """() => {
          const of = (words) => [...document.querySelectorAll("#article [data-at]")].find((each) => each.textContent.includes(words)).firstChild;
          const [first, last] = [of("It is a number"), of("The October figure")];
          getSelection().setBaseAndExtent(first, first.data.indexOf("number"), last, "The October".length);
        }"""
    )
    expect(page.locator("#adding q")).to_have_text("number to stop anyone in a corridor. The October")
    start, end = (int(page.locator(f"#adding [name={name}]").input_value()) for name in ("start", "end"))
    text = json.loads((site.folder / f"{slug}.json").read_text("utf-8"))["article"]["text"]
    assert text[start:end] == "number to stop anyone in a corridor.\n\nThe October"


def test_without_a_script_a_sentence_is_narrowed_to_words(opener: Opener, site: Site) -> None:
    """Without JavaScript a sentence is chosen, then its first and last word."""
    page = opener(f"/a/{site.slug('halmen-gazette')}", javascript=False)
    page.get_by_role("link", name="Add a claim").click()
    page.get_by_role("link", name=re.compile("sadder emblem of a country")).click()
    page.get_by_label("Last word").select_option(label="12. that")
    page.get_by_role("button", name="Add as a claim").click()
    claim = page.locator(".brief.on")
    expect(claim.locator("blockquote")).to_have_text(
        "It is hard to imagine a sadder emblem of a country that"
    )


def test_words_that_do_not_stand_there_are_refused(opener: Opener, site: Site, watch: Watch) -> None:
    """Words typed that the article does not have are refused with a reason; nothing is added."""
    watch.expected.add(422)
    page = opener(f"/a/{site.slug('halmen-gazette')}/add", javascript=False)
    page.get_by_label("Exactly as they stand in the article").fill("Nobody ever said this")
    page.get_by_role("button", name="Add as a claim").click()
    expect(page.get_by_role("alert")).to_be_visible()


def test_places_of_hostile_text_are_right(opener: Opener, site: Site) -> None:
    """Words after characters beyond the BMP and after markup are added as they were selected."""
    page = opener(f"/a/{site.slug('mayor')}")
    page.evaluate(
        """() => {
          const node = [...document.querySelectorAll("#article [data-at]")].find((each) => each.textContent.includes("412 of them")).firstChild;
          const start = node.data.indexOf("412 of them");
          getSelection().setBaseAndExtent(node, start, node, start + "412 of them, left on 4 May 2024".length);
        }"""
    )
    page.get_by_role("button", name="Add as a claim").click()
    quote = page.locator(".brief.on blockquote")
    expect(quote).to_have_text("412 of them, left on 4 May 2024", timeout=60_000)
