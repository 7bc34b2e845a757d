"""HTML reader: article text with exact links, metadata, and an account of what was left out."""

import json

import pytest

from briefs.domain.article import BlockRole, FurnitureKind
from briefs.errors import InputError
from briefs.readers.dispatch import read
from briefs.readers.page import page_blocks
from briefs.readers.page_selection import select
from briefs.readers.page_tree import clean, parse

LINKED = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "Anders Post"},
        {
            "@type": "NewsArticle",
            "headline": "Harbour ferries stop running",
            "datePublished": "2025-07-03T09:30:00Z",
            "author": [{"@type": "Person", "name": "Mara Lindqvist"}],
            "publisher": {"@type": "Organization", "name": "Anders Post"},
            "inLanguage": "en-GB",
        },
    ],
}
PARAGRAPHS = (
    "The harbour council closed three of its five ferry lines on Monday after talks about pay had failed.",
    "About 4,200 people use the lines every working day, figures of the council's own transport office show.",
    "Captains want eight percent more; the council offers three, and neither side has asked for a mediator.",
    "The last strike, eleven years ago, ended after nine days when the region paid half of the difference.",
)


def page(body: str, head: str = "") -> bytes:
    """Return a page with the furniture that news sites have around a body."""
    return (
        f"<!doctype html><html lang='en-GB'><head><meta charset='utf-8'><title>Ferries | Anders Post</title>{head}"
        f"<link rel='canonical' href='/news/ferries'><script type='application/ld+json'>{json.dumps(LINKED)}</script>"
        "</head><body><nav><ul><li><a href='/'>Home</a></li><li><a href='/n'>News</a></li></ul></nav>"
        "<header class='site-header'><a href='/'>Anders Post</a></header>"
        f"<main><article><h1>Harbour ferries stop running</h1>{body}</article></main>"
        "<aside class='related'><h3>Related</h3><ul><li><a href='/x'>Boats for sale in the north</a></li></ul></aside>"
        "<div class='cookie-box'>We use cookies. <button>Accept</button></div>"
        "<footer>Copyright 2025 Anders Post, all rights reserved</footer></body></html>"
    ).encode()


BODY = (
    f"<p>{PARAGRAPHS[0]}</p><p>About 4,200 people <a href='/riders?a=1&amp;b=2'>use <b>the</b> lines</a> every"
    " working day, figures of the council's own transport office show.</p>"
    "<figure><img src='f.jpg'><figcaption>Two ferries at the quay in May.</figcaption></figure>"
    f"<h2>Captains want more</h2><p>{PARAGRAPHS[2]}</p><blockquote>We are tired of waiting.</blockquote>"
    "<table><tr><th>Line</th><th>Riders</th></tr><tr><td>North</td><td>2,900</td></tr></table>"
    f"<p style='display:none'>Hidden paragraph that nobody ever sees on the page at all.</p><!-- remark --><p>{PARAGRAPHS[3]}</p>"
)


def test_article_is_read_whole_and_in_order() -> None:
    """Headline first; captions, subheads, quotations and table rows are article text with their roles."""
    reading = read(page(BODY), "a.html", url="https://post.example/news/ferries?utm=1")
    assert [(block.role, block.of(reading.text)) for block in reading.blocks] == [
        (BlockRole.HEADLINE, "Harbour ferries stop running"),
        (BlockRole.BODY, PARAGRAPHS[0]),
        (BlockRole.BODY, PARAGRAPHS[1]),
        (BlockRole.CAPTION, "Two ferries at the quay in May."),
        (BlockRole.SUBHEAD, "Captains want more"),
        (BlockRole.BODY, PARAGRAPHS[2]),
        (BlockRole.QUOTE, "We are tired of waiting."),
        (BlockRole.TABLE, "Line\tRiders"),
        (BlockRole.TABLE, "North\t2,900"),
        (BlockRole.BODY, PARAGRAPHS[3]),
    ]
    assert [(link.url, link.of(reading.text)) for link in reading.links] == [
        ("https://post.example/riders?a=1&b=2", "use the lines")
    ]


def test_metadata_is_what_the_page_states() -> None:
    """Title, outlet, byline, date, language and canonical URL come from the page's own statements."""
    reading = read(page(BODY), "a.html", url="https://post.example/x")
    assert (reading.title, reading.outlet, reading.byline) == (
        "Harbour ferries stop running",
        "Anders Post",
        "Mara Lindqvist",
    )
    assert (reading.published, reading.language, reading.url) == (
        "2025-07-03T09:30:00+00:00",
        "en-GB",
        "https://post.example/news/ferries",
    )


def test_byline_and_date_below_the_headline_are_read() -> None:
    """Where the page's head states nothing, the lines that it shows below the headline do."""
    html = (
        "<html><body><article><h1>Ferries stop</h1><div class='byline'>By Owen Tadlock</div>"
        f"<div class='timestamp'>Published Jul 3, 2025 at 4:07 PM</div>{BODY}</article></body></html>"
    )
    reading = read(html.encode(), "a.html")
    assert (reading.byline, reading.published) == ("Owen Tadlock", "2025-07-03")


def test_no_date_is_guessed_from_the_footer() -> None:
    """A page that states no date has none, whatever years stand on it."""
    bare = f"<html><body><h1>Ferries stop</h1>{BODY}<footer>July 2019. Copyright 2021</footer></body></html>"
    assert read(bare.encode(), "a.html").published is None


def test_what_is_left_out_is_told() -> None:
    """Every visible block that is no article text is on record, hidden text is on record as such, and no text."""
    reading = read(page(BODY), "a.html")
    left = {omitted.excerpt: omitted.kind for omitted in reading.omitted}
    assert left["Boats for sale in the north"] is FurnitureKind.READ_MORE
    assert left["We use cookies."] is FurnitureKind.COOKIES
    assert "Copyright 2025 Anders Post, all rights reserved" in left
    assert "Hidden" not in reading.text
    assert left["Hidden paragraph that nobody ever sees on the page at all."] is FurnitureKind.UNSHOWN
    assert "remark" not in reading.text + "".join(left)


@pytest.mark.parametrize(
    "html",
    [
        b"<html><body><nav><a href='/'>Home</a></nav></body></html>",
        b"<html><body><ul>"
        + b"".join(b"<li><a href='/%d'>Section %d</a></li>" % (i, i) for i in range(60))
        + b"</ul></body></html>",
        b"<html></html>",
    ],
)
def test_page_that_is_only_navigation_is_refused(html: bytes) -> None:
    """A front page or a list of links gives one clear error."""
    with pytest.raises(InputError, match=r"^front\.html: .*(?:navigation|no text|no HTML)"):
        read(html, "front.html")


def test_charset_label_of_the_page_is_honoured_as_browsers_do() -> None:
    """A page labelled iso-8859-1 is windows-1252; one labelled so that is UTF-8 is read as UTF-8."""
    html = page(BODY.replace("We are tired of waiting.", "“We are tired.”")).decode()
    western = html.replace("charset='utf-8'", "charset='iso-8859-1'")
    assert "“We are tired.”" in read(western.encode("windows-1252"), "a.html").text
    mislabelled = read(western.encode(), "a.html")
    assert "“We are tired.”" in mislabelled.text
    assert "UTF-8" in mislabelled.notes[0]


def test_entity_bomb_is_harmless() -> None:
    """Entities that a page declares are never expanded."""
    bomb = '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    reading = read(
        (bomb + page(BODY + "<p>&b;</p>").decode().removeprefix("<!doctype html>")).encode(), "a.html"
    )
    assert "aaaa" not in reading.text


def test_deep_nesting_does_not_exhaust_the_stack() -> None:
    """Ten thousand nested elements are read or refused, never a crash."""
    deep = b"<html><body>" + b"<div>" * 10_000 + page(BODY) + b"</div>" * 10_000
    try:
        read(deep, "a.html")
    except InputError:
        return


@pytest.mark.parametrize(
    "unseen",
    [
        "<span class='sr-only'>Opens in a new window</span>",
        "<span class='label visually-hidden'>Opens in a new window</span>",
        "<span class='card'><b class='tooltip-content'>Opens in a new window</b></span>",
    ],
)
def test_words_that_nobody_sees_are_no_text(unseen: str) -> None:
    """Labels for screen readers and cards that open over a word do not get into sentences."""
    reading = read(page(BODY.replace("use <b>the</b>", f"use {unseen}<b>the</b>")), "a.html")
    assert PARAGRAPHS[1] in reading.text
    assert "new window" not in reading.text


def test_a_long_text_is_seen_whatever_its_class_says() -> None:
    """A site that misuses a class for its article does not lose the article."""
    article = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS * 2)
    reading = read(page(f"<div class='sr-only'>{article}</div>"), "a.html")
    assert PARAGRAPHS[3] in reading.text


@pytest.mark.parametrize(
    "picture",
    [
        "<div class='wp-caption'><img src='f.jpg'><p class='wp-caption-text'>{}</p></div>",
        "<div><img src='f.jpg'><div class='InlineImage-imageCaption'>{}</div></div>",
        "<div><img src='f.jpg' alt='{0}'><br><span class='small'>{0}</span></div>",
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_captions_are_told_by_class_or_alternative_text(picture: str, first: bool) -> None:
    """A caption is article text and no paragraph, also above the first paragraph."""
    caption = "Two ferries at the quay of Port Anders in May, with no crew aboard."
    figure = picture.format(caption)
    body = figure + BODY if first else BODY.replace("<h2>", figure + "<h2>")
    reading = read(page(body), "a.html")
    roles = {block.of(reading.text): block.role for block in reading.blocks}
    assert roles[caption] is BlockRole.CAPTION
    assert roles[PARAGRAPHS[0]] is BlockRole.BODY


def test_headline_is_the_heading_that_says_the_title() -> None:
    """The h1 of another story is not taken for the headline where a lower heading says the page's title."""
    head = "<meta property='og:title' content='Harbour ferries stop running - Anders Post'>"
    html = (
        f"<html><head>{head}</head><body><div class='promo'><h1><a href='/x'>Whales seen off the cape</a></h1></div>"
        f"<article><h2>Harbour ferries stop running</h2>{BODY}</article></body></html>"
    )
    reading = read(html.encode(), "a.html")
    headlines = [block.of(reading.text) for block in reading.blocks if block.role is BlockRole.HEADLINE]
    assert headlines == ["Harbour ferries stop running"]


def test_short_paragraphs_built_like_the_others_are_kept() -> None:
    """A short sentence of its own inside the article is not lost when the extraction leaves it out."""
    short, linked = "There are two problems with this.", "More on ferries"
    html = "<article>" + "".join(f"<p class='t'>{paragraph}</p>" for paragraph in PARAGRAPHS[:3])
    html += (
        f"<p class='t'>{short}</p><p class='t'><a href='/m'>{linked}</a></p><p class='x'>Advice column</p>"
    )
    tree = parse(
        f"<html><body>{html}<p class='t'>{PARAGRAPHS[3]}</p><p class='t'>Last line</p></article></body></html>"
    )
    assert tree is not None
    clean(tree)
    blocks = page_blocks(tree, None)
    assert [blocks[i].text for i in select(blocks, PARAGRAPHS)] == [*PARAGRAPHS[:3], short, PARAGRAPHS[3]]
