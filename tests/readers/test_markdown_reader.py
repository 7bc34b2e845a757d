"""Markdown reader: rendered text, exact links, front matter."""

import pytest

from briefs.domain.article import BlockRole
from briefs.readers.dispatch import read

PAGE = b"""---
title: "Ferries Stop"
author:
  - Mara Lindqvist
  - Owen Tadlock
date: 2025-07-03
outlet: Anders Post
canonical_url: https://post.example/ferries
---

# Ferries *stop*

The council [closed **three** lines](https://post.example/minutes) on
Monday &amp; nobody ~~knows~~ said why. ![](chart.png)

## What comes next

> The boats are tired.

- First boat
- Second [boat](relative.html)

| Line | Riders |
|------|--------|
| North | 4,200 |

<!-- hidden --><div>Raw block</div>
"""


def test_text_is_what_a_reader_sees() -> None:
    """No syntax character is left, and every block has its role."""
    reading = read(PAGE, "a.md")
    assert [(block.role, block.of(reading.text)) for block in reading.blocks] == [
        (BlockRole.HEADLINE, "Ferries stop"),
        (BlockRole.BODY, "The council closed three lines on Monday & nobody knows said why."),
        (BlockRole.SUBHEAD, "What comes next"),
        (BlockRole.QUOTE, "The boats are tired."),
        (BlockRole.LIST_ITEM, "First boat"),
        (BlockRole.LIST_ITEM, "Second boat"),
        (BlockRole.TABLE, "Line\tRiders"),
        (BlockRole.TABLE, "North\t4,200"),
        (BlockRole.BODY, "Raw block"),
    ]


def test_links_stand_at_their_words() -> None:
    """A link's place is its anchor words exactly; one with bold text inside is one link."""
    reading = read(PAGE, "a.md")
    assert [(link.url, link.of(reading.text)) for link in reading.links] == [
        ("https://post.example/minutes", "closed three lines")
    ]


def test_front_matter_is_metadata() -> None:
    """Front matter is no text, and gives what it states."""
    reading = read(PAGE, "a.md")
    assert (reading.title, reading.byline, reading.published, reading.outlet, reading.url) == (
        "Ferries Stop",
        "Mara Lindqvist, Owen Tadlock",
        "2025-07-03",
        "Anders Post",
        "https://post.example/ferries",
    )
    toml = read(b'+++\ntitle = "T"\nauthors = ["A B", "C D"]\n+++\nText of the article.\n', "a.md")
    assert (toml.title, toml.byline, toml.text) == ("T", "A B, C D", "Text of the article.")


@pytest.mark.parametrize(
    "address", ["/posts/ferries", "javascript:alert(1)", "https://post.example/", "ferries"]
)
def test_address_that_is_no_article_page_is_not_taken(address: str) -> None:
    """Relative addresses and a site's front page identify no article."""
    assert read(f"---\ntitle: T\nurl: {address}\n---\nText.\n".encode(), "a.md").url is None


def test_rule_of_dashes_is_no_front_matter() -> None:
    """Prose between two rules stays text."""
    assert read(b"---\nProse stands here\n---\n", "a.md").text == "Prose stands here"
