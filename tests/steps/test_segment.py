"""Segment: every non-blank character in one sentence, in order, for any text, in linear time."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from bare_article import article
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs.domain.article import Block, BlockRole, Furniture, FurnitureKind
from briefs.domain.segmentation import Segmentation
from briefs.steps.segment import CONTEXT, segment

PIECES = st.one_of(
    st.text(alphabet=st.characters(), max_size=12),
    st.sampled_from(
        [
            "He left. ",
            "“No,” she said. ",
            "\n\n",
            "\r\n",
            ". ",
            "…",
            "(…) ",
            "e\u0301. ",
            "👩\u200d👩\u200d👧! ",
            "ש",
            "\u200b",
            "\u00ad",
            "\u2067שלום. \u2069",
            "\ud800",
            "1. ",
            "• ",
            "U.S. ",
            "‘It’s ",
            "’ ",
            '"',
            "\x1c",
            "\u2028",
            "\ufe0f",
        ]
    ),
)
TEXTS = st.lists(PIECES, max_size=25).map("".join)


def paragraphs(text: str) -> list[Block]:
    """Return a block for every line of the text."""
    blocks, place = [], 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            blocks.append(Block(start=place, end=place + len(line.rstrip()), role=BlockRole.BODY))
        place += len(line)
    return blocks


def check(text: str, cut: Segmentation, budget: int) -> None:
    """Assert everything that a segmentation promises."""
    place = 0
    for index, sentence in enumerate(cut.sentences):
        assert sentence.index == index
        assert sentence.start >= place
        assert not text[place : sentence.start].strip()
        assert sentence.of(text).strip() == sentence.of(text) != ""
        place = sentence.end
    assert not text[place:].strip()
    first = 0
    for index, paragraph in enumerate(cut.paragraphs):
        assert (paragraph.index, paragraph.first) == (index, first)
        assert paragraph.last >= first
        assert paragraph.start == cut.sentences[first].start
        assert paragraph.end == cut.sentences[paragraph.last].end
        assert {s.paragraph for s in cut.sentences[first : paragraph.last + 1]} == {index}
        first = paragraph.last + 1
    assert first == len(cut.sentences)
    first = 0
    for index, chunk in enumerate(cut.chunks):
        assert (chunk.index, chunk.first) == (index, first)
        assert chunk.start == cut.sentences[first].start
        assert chunk.end == cut.sentences[chunk.last].end
        assert chunk.end - chunk.start <= budget or chunk.first == chunk.last
        if chunk.context is not None:
            assert chunk.context.end == cut.sentences[first - 1].end
            assert chunk.context.start in {s.start for s in cut.sentences}
            assert chunk.context.end - chunk.context.start <= CONTEXT
        first = chunk.last + 1
    assert first == len(cut.sentences)


@given(text=TEXTS, budget=st.integers(1, 200))
@settings(deadline=None)
def test_any_text_in_blocks(text: str, budget: int) -> None:
    """No character is lost or doubled, whatever scripts, marks and line ends the text has."""
    check(text, segment(article(text, paragraphs(text)), budget), budget)


@given(text=TEXTS, cuts=st.lists(st.integers(0, 200), max_size=8), budget=st.integers(1, 200))
@settings(deadline=None)
def test_any_blocks_and_furniture(text: str, cuts: list[int], budget: int) -> None:
    """Blocks that leave gaps, and furniture across, inside and outside them, lose nothing either."""
    places = sorted({min(cut, len(text)) for cut in cuts})
    pairs = list(pairwise(places))
    blocks = [Block(start=a, end=b, role=BlockRole.BODY) for a, b in pairs[::2]]
    halves = [((a + b) // 2, b + 1) for a, b in pairs[::3]]
    furniture = [
        Furniture(start=a, end=min(b, len(text)), kind=FurnitureKind.WIDGET)
        for a, b in halves
        if b <= len(text)
    ]
    check(text, segment(article(text, blocks, furniture), budget), budget)


def test_advertising_inside_a_paragraph() -> None:
    """An advertisement is a sentence of its own, marked, and cuts the text before and after it apart."""
    before, notice, after = (
        "The mill closed in May.",
        "Mill Songs, Best Price: $3.10",
        "Nobody was hurt there.",
    )
    text = f"{before} {notice} {after}"
    start = text.index(notice)
    furniture = Furniture(start=start, end=start + len(notice), kind=FurnitureKind.ADVERTISING)
    block = Block(start=0, end=len(text), role=BlockRole.BODY)
    cut = segment(article(text, [block], [furniture]))
    assert [s.of(text) for s in cut.sentences] == [before, notice, after]
    assert [s.furniture for s in cut.sentences] == [None, FurnitureKind.ADVERTISING, None]
    assert len(cut.paragraphs) == 1


def test_furniture_between_blocks_and_text_in_no_block() -> None:
    """Furniture outside the blocks is a marked paragraph; stray text is article text, not lost."""
    text = "Daily Lantern\nMill closes\nA stray line. Here too.\n\nThe mill closed."
    furniture = Furniture(start=0, end=13, kind=FurnitureKind.BANNER)
    blocks = [
        Block(start=14, end=25, role=BlockRole.HEADLINE),
        Block(start=len(text) - 16, end=len(text), role=BlockRole.BODY),
    ]
    cut = segment(article(text, blocks, [furniture]))
    assert [(s.of(text), s.furniture, s.role, s.paragraph) for s in cut.sentences] == [
        ("Daily Lantern", FurnitureKind.BANNER, BlockRole.BODY, 0),
        ("Mill closes", None, BlockRole.HEADLINE, 1),
        ("A stray line.", None, BlockRole.BODY, 2),
        ("Here too.", None, BlockRole.BODY, 2),
        ("The mill closed.", None, BlockRole.BODY, 3),
    ]


def test_quote_depth() -> None:
    """Sentences inside a running quotation are told from those outside, across paragraphs too."""
    text = "“We lost. We left,” Ana Ruiz said. She sat.\n“We came back.\n“We stayed. All of us.” He nodded."
    cut = segment(article(text, paragraphs(text)))
    assert [(s.of(text), s.quote_depth) for s in cut.sentences] == [
        ("“We lost.", 0),
        ("We left,” Ana Ruiz said.", 1),
        ("She sat.", 0),
        ("“We came back.", 0),
        ("“We stayed.", 1),
        ("All of us.”", 1),
        ("He nodded.", 0),
    ]


@pytest.mark.parametrize(
    ("budget", "expected"),
    [
        (10_000, [(0, 5)]),
        (100, [(0, 3), (4, 5)]),
        (60, [(0, 1), (2, 3), (4, 5)]),
        (10, [(i, i) for i in range(6)]),
    ],
)
def test_chunk_borders(budget: int, expected: list[tuple[int, int]]) -> None:
    """An article within the budget is one chunk; others end with a paragraph in the budget's upper half."""
    text = "\n".join(["The first mill closed. The second did not."] * 3)
    cut = segment(article(text, paragraphs(text)), budget)
    assert [(c.first, c.last) for c in cut.chunks] == expected


def test_a_chunk_is_not_cut_short_for_the_end_of_a_short_paragraph() -> None:
    """Where the last whole paragraph ends in the first half of the budget, a sentence ends the chunk."""
    text = "The mill shut.\n" + " ".join(["The second mill stayed open."] * 6)
    cut = segment(article(text, paragraphs(text)), 110)
    assert [(c.first, c.last) for c in cut.chunks] == [(0, 3), (4, 6)]


STORY = tuple(
    f"On day {n} the council of ward {n * 7} met. It voted {n + 3} to {n}. "
    f"{'Nobody spoke against the plan that the mayor had brought before it. ' * (n % 4)}They left at {n}."
    for n in range(1, 61)
)


def contents(story: Sequence[str]) -> set[str]:
    """Return what a model would be asked about each chunk: its text with the context before it."""
    text = "\n".join(story)
    cut = segment(article(text, paragraphs(text)), 1500)
    return {f"{c.context.of(text) if c.context else ''}|{c.of(text)}" for c in cut.chunks}


def test_a_changed_paragraph_changes_few_chunks() -> None:
    """Whichever of sixty paragraphs is changed, left out or added, cuts fall into step again behind it.

    A chunk differs if it or its context holds the change, and a cut beside it may move: on average fewer than
    three of nine or more are new, and never those far behind.
    """
    before = contents(STORY)
    assert len(before) >= 8
    new: list[int] = []
    for n in range(len(STORY)):
        edits = (
            (*STORY[:n], STORY[n].replace("They left", "All of them left"), *STORY[n + 1 :]),
            (*STORY[:n], *STORY[n + 1 :]),
            (*STORY[:n], "A clerk who took notes has since lost them.", *STORY[n:]),
        )
        new.extend(len(contents(edit) - before) for edit in edits)
    assert min(new) >= 1
    assert sum(new) / len(new) < 2.5
    assert max(new) <= 6


def test_context_is_what_stands_before() -> None:
    """Every chunk but the first brings the whole sentences before it, to be read only."""
    text = "\n".join(f"This is paragraph number {n} of the story." for n in range(10, 90))
    cut = segment(article(text, paragraphs(text)), 500)
    assert cut.chunks[0].context is None
    for chunk in cut.chunks[1:]:
        assert chunk.context is not None
        length = chunk.context.end - chunk.context.start
        assert length <= CONTEXT
        assert length > 450 or chunk.context.start == 0


@pytest.mark.parametrize(
    "unit",
    [
        "The mill closed in May, Ana Ruiz said. “We lost. We left,” she said.\n",
        "‘It’s the soldiers’ mill, ",
        "“a ‘b ",
        "(",
        ". ",
        "1. a ",
        "no end of words ",
        "x",
        "\n",
        "I. ",
        "' ",
    ],
)
@pytest.mark.timeout(120)
def test_linear_time(unit: str) -> None:
    """Long runs of anything take seconds, not minutes: no rule looks back at all that came before."""
    text = unit * (200_000 // len(unit))
    check(text, segment(article(text, paragraphs(text))), 6000)
