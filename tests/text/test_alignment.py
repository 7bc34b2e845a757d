"""Where words of an old text stand in a new one: never said to be the same when they are not."""

from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefs.domain.spans import Span
from briefs.text.alignment import Alignment
from briefs.text.wordings import same_words, tokens

ORLA = (
    "Orla ferries stop\n\nThe ferry company has lost 310 deckhands since May. “We cannot go on,” said Ana Ruiz.\n\n"
    "She spoke in Port Ansel on Friday. The board, she said, may close the pier.\n\nIt rained all night."
)
WORDS = st.sampled_from(
    [
        "the",
        "The",
        "boat",
        "310",
        "31",
        "3,100",
        "lost",
        "not",
        "“",
        "”",
        '"',
        "-",
        "—",
        ".",
        "!",
        "?",
        ",",
        "'",
        "’",
        "%",
        "a\u0301",
        "á",
        "\u00ad",
        "U.S.",
        "…",
        "...",
        "пароход",
        "船",
        "👩\u200d👧",
        "x\u200by",
        "\n\n",
        "\n",
        " ",
        "\u00a0",
        "\r\n",
    ]
)
TEXTS = st.lists(WORDS, max_size=40).map(" ".join) | st.text(max_size=60)


def span_of(text: str, words: str) -> Span:
    """Return where words stand, which must stand there once."""
    assert text.count(words) == 1
    start = text.index(words)
    return Span(start=start, end=start + len(words))


def swap(old: str, new: str) -> Callable[[str], str]:
    """Return an edit."""
    return lambda text: text.replace(old, new)


@pytest.mark.parametrize(
    ("words", "edit", "found", "same"),
    [
        ("lost 310 deckhands", lambda t: t, "lost 310 deckhands", True),
        ("lost 310 deckhands", swap("310", "320"), "lost 320 deckhands", False),
        ("lost 310 deckhands", swap("310", "310,000"), "lost 310,000 deckhands", False),
        ("310", swap("310", "310%"), "310", False),
        ("lost 310 deckhands", swap("deckhands", "non-deckhands"), "lost 310 non-deckhands", False),
        ("lost 310 deckhands", swap("lost 310", "not lost 310"), "lost 310 deckhands", True),
        ("has lost 310", swap("has lost", "has not lost"), "has not lost 310", False),
        (
            "“We cannot go on,” said",
            swap("“We cannot go on,”", '"We cannot go on,"'),
            '"We cannot go on," said',
            True,
        ),
        (
            "“We cannot go on,” said",
            swap("“We cannot go on,”", "We cannot go on,"),
            "We cannot go on, said",
            False,
        ),
        (
            "The board, she said",
            swap("Friday. The board", "Friday, and the board"),
            "the board, she said",
            True,
        ),
        ("The board, she said", swap("The board,", "THE board,"), "THE board, she said", False),
        ("on Friday", swap("on Friday", "on\n    Friday"), "on\n    Friday", True),
        ("on Friday", swap("on Friday", "on\u00a0Fri\u00adday"), "on\u00a0Fri\u00adday", True),
        ("It rained all night.", swap("all night.", "all night?"), "It rained all night?", False),
        ("It rained all night.", swap("all night.", "all night; so"), "It rained all night", True),
        ("It rained all night.", swap("\n\nIt rained all night.", ""), None, False),
        (
            "It rained all night.",
            lambda t: "It rained all night. " + t[: t.rindex("It rained")],
            "It rained all night",
            True,
        ),
        (
            "She spoke in Port Ansel",
            lambda t: "She spoke in Port Hale. " + t,
            "She spoke in Port Ansel",
            True,
        ),
    ],
)
def test_a_place_is_found_and_judged(
    words: str, edit: Callable[[str], str], found: str | None, same: bool
) -> None:
    """Each edit gives the place of the words, and says whether they are the same."""
    new = edit(ORLA)
    placed = Alignment(ORLA, new).place(span_of(ORLA, words))
    assert placed.same is same
    if found is None:
        assert placed.span is None
        return
    assert placed.span is not None
    assert placed.span.of(new).rstrip(".") == found.rstrip(".")


def test_equal_words_keep_apart_by_their_context() -> None:
    """Of the same words twice, each goes where its own neighbours go, also when their order is turned."""
    one, other = "Ana Ruiz spoke. “We go.” The hall was full.", "Bo Lund left. “We go.” It was dark outside."
    old, new = f"{one}\n\n{other}", f"{other}\n\n“We go.” was heard.\n\n{one}"
    aligned = Alignment(old, new)
    first, second = old.index("“We go.”"), old.rindex("“We go.”")
    for start, neighbour in ((first, "spoke. "), (second, "left. ")):
        placed = aligned.place(Span(start=start, end=start + 8))
        assert placed.same
        assert placed.span is not None
        assert new[: placed.span.start].endswith(neighbour)


def test_words_of_another_place_are_not_taken() -> None:
    """Where one of two equal quotations is changed, it is the changed one, not the other."""
    old = "Ana Ruiz said: “We go on.” The hall was full.\n\nBo Lund said: “We go on.” It was dark outside."
    new = old.replace("“We go on.” The hall", "“We give up.” The hall")
    aligned = Alignment(old, new)
    changed = aligned.place(Span(start=old.index("“We"), end=old.index("“We") + 11))
    kept = aligned.place(Span(start=old.rindex("“We"), end=old.rindex("“We") + 11))
    assert (changed.same, kept.same) == (False, True)
    assert kept.span is not None
    assert kept.span.start == new.rindex("“We")


def test_what_was_put_in_around_a_place() -> None:
    """Words that are new in a sentence are told; those that came with another sentence are not."""
    new = ORLA.replace("It rained", "It is not true that it rained")
    placed = Alignment(ORLA, new).place(span_of(ORLA, "rained all night"))
    assert placed.span is not None
    assert "not" in Alignment(ORLA, new).put_in(placed.span)
    joined = ORLA.replace("on Friday. The board", "on Friday, and the board")
    placed = Alignment(ORLA, joined).place(span_of(ORLA, "She spoke"))
    assert placed.span is not None
    assert Alignment(ORLA, joined).put_in(placed.span) == (",", "and")


@settings(max_examples=300, deadline=None)
@given(old=TEXTS, new=TEXTS, cut=st.tuples(st.integers(0, 80), st.integers(0, 80)))
@example(old="a. a. a.", new="a. a.", cut=(3, 5))
@example(old="\ud800 x", new="x \ud800", cut=(0, 3))
def test_what_is_called_the_same_is_the_same(old: str, new: str, cut: tuple[int, int]) -> None:
    """Whatever the texts, a place lies within the new text, and words that are called the same are."""
    start, end = sorted(min(each, len(old)) for each in cut)
    span = Span(start=start, end=end)
    placed = Alignment(old, new).place(span)
    if placed.span is not None:
        assert 0 <= placed.span.start <= placed.span.end <= len(new)
    if placed.same:
        assert placed.span is not None
        covered = [t for t in tokens(old) if t.start < end and t.end > start]
        assert same_words(old[covered[0].start : covered[-1].end], placed.span.of(new))


@settings(max_examples=200, deadline=None)
@given(text=TEXTS, cut=st.tuples(st.integers(0, 80), st.integers(0, 80)))
def test_the_same_text_keeps_every_place(text: str, cut: tuple[int, int]) -> None:
    """Held against itself, every word of a text stands where it stood."""
    start, end = sorted(min(each, len(text)) for each in cut)
    covered = [t for t in tokens(text) if t.start < end and t.end > start]
    placed = Alignment(text, text).place(Span(start=start, end=end))
    if covered:
        assert placed.same
        assert placed.span is not None
        assert placed.span.start == covered[0].start


@settings(max_examples=200, deadline=None)
@given(
    paragraphs=st.lists(
        st.lists(st.sampled_from("abcdefgh"), min_size=4, max_size=8).map(" ".join),
        min_size=2,
        max_size=6,
        unique=True,
    ),
    order=st.randoms(use_true_random=False),
)
def test_moved_paragraphs_are_found(paragraphs: list[str], order: object) -> None:
    """However paragraphs are shuffled, each is found whole and the same."""
    shuffled = list(paragraphs)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    old, new = (".\n\n".join(each) + "." for each in (paragraphs, shuffled))
    aligned = Alignment(old, new)
    for each in paragraphs:
        start = f"\n\n{old}".index(f"\n\n{each}.")
        placed = aligned.place(Span(start=start, end=start + len(each)))
        assert placed.same
        assert placed.span is not None
        assert placed.span.of(new) == each


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("ten boats", "ten  boats", True),
        ("Ten boats.", "ten boats", True),
        ("May left", "may left", True),
        ("ten Boats", "ten boats", False),
        ("10–20", "10-20", True),
        ("10-20", "10 20", False),
        ("don’t go…", "don't go...", True),
        ("18,000", "18.000", False),
        ("“no”", "‘no’", False),
        ("“no”", "«no»", True),
        ("caf\u00e9", "cafe\u0301", True),
        ("cafe", "café", False),
        ("a\u202eb", "ab", False),
    ],
)
def test_which_words_are_one(one: str, other: str, same: bool) -> None:
    """Typography is forgiven; letters, figures and the presence of marks are not."""
    assert same_words(one, other) is same
