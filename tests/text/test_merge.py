"""Three-way merge: nothing that a person wrote is lost, and what both changed stands twice, marked, once."""

import random
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefs.text.disputes import END, IN_TABLE, NOTHING, THEIRS, YOURS, blocks
from briefs.text.lines import aligned
from briefs.text.merge import Outcome, chunks, merge

LINE = st.sampled_from(["", "- Said so: open", "- Note:", "a", "b", "c", "> q", "| 1 |", "| 2 |", "# h"])
TEXTS = st.lists(LINE, max_size=12).map("\n".join)
ANY = st.lists(st.text(st.characters(exclude_characters="\n"), max_size=4), max_size=8).map("\n".join)


def edited(base: str, changes: list[tuple[int, str | None]]) -> str:
    """Return a text with lines replaced, or deleted where the new line is none, at places modulo its length."""
    lines: list[str | None] = list(base.split("\n"))
    for at, line in changes:
        lines[at % len(lines)] = line
    return "\n".join(line for line in lines if line is not None)


CHANGES = st.lists(
    st.tuples(st.integers(0, 30), st.none() | st.sampled_from(["x", "y", "z", "a", ""])), max_size=5
)


@given(TEXTS | ANY, TEXTS | ANY)
def test_a_side_that_did_not_change_gives_way(base: str, other: str) -> None:
    """What one side alone changed, and what both changed alike, is the result to the letter."""
    assert merge(base, base, other) == (other, 0)
    assert merge(base, other, base) == (other, 0)
    assert merge(base, other, other) == (other, 0)


@given(TEXTS, CHANGES, CHANGES)
def test_no_line_of_a_person_is_lost(
    base: str, mine: list[tuple[int, str | None]], new: list[tuple[int, str | None]]
) -> None:
    """Every line that a person added stands in the result, and every line that only the new text has."""
    yours, theirs = edited(base, mine), edited(base, new)
    result = merge(base, yours, theirs)
    kept = set(result.text.split("\n"))
    for side in (yours, theirs):
        added = Counter(side.split("\n")) - Counter(base.split("\n"))
        assert kept.issuperset(line for line in added if line)


@settings(deadline=None, max_examples=60)
@given(TEXTS, TEXTS, TEXTS)
def test_marks_are_balanced_and_counted(base: str, yours: str, theirs: str) -> None:
    """Each place with two versions has its three marks, in order, and the count says how many there are."""
    result = merge(base, yours, theirs)
    lines = result.text.split("\n")
    marks = [line for line in lines if line in (YOURS, THEIRS, END)]
    assert marks == [YOURS, THEIRS, END] * result.conflicts
    assert len(blocks(lines)) == result.conflicts
    assert not any(block.settled for block in blocks(lines))


@example("\n- Note:", "- Said so: open\n", "\n- Said so: open")
@example("\n", "- Said so: open\n\n- Said so: open", "\n- Said so: open\n- Said so: open")
@settings(deadline=None, max_examples=60)
@given(TEXTS, TEXTS, TEXTS)
def test_merging_again_piles_nothing_up(base: str, yours: str, theirs: str) -> None:
    """Further runs that make the same text anew mark nothing twice and settle no open place.

    Where one line stands at several places, or both sides added the same one, a line may answer to another
    of its kind, and a place may close.
    """
    once = merge(base, yours, theirs)
    again = merge(theirs, once.text, theirs)
    third = merge(theirs, again.text, theirs)
    assert once.conflicts >= again.conflicts >= third.conflicts
    if not once.conflicts:
        assert again == once
    lines = [[line for line in text.split("\n") if line.strip()] for text in (base, yours, theirs)]
    old, mine, new = map(set, lines)
    if all(len(each) == len(set(each)) for each in lines) and not (mine - old) & (new - old):
        assert bool(once.conflicts) == bool(again.conflicts) == bool(third.conflicts)


def test_an_open_place_stays_open_beside_its_like() -> None:
    """Also where one line stands at two places."""
    theirs = "- Note:\n- Note:\n\n- Said so: open"
    once = merge("\n- Note:\n\n- Said so: open", "- Note:", theirs)
    again = merge(theirs, once.text, theirs)
    assert (once.conflicts, again.conflicts, merge(theirs, again.text, theirs).conflicts) == (1, 1, 1)


def each_once(own: list[str]) -> st.SearchStrategy[str]:
    """Return texts in which no line stands twice; the lines in `own` are nobody else's."""
    known = ["- Said so: open", "- Note:", "> q", "| 1 |", "| 2 |", "# h"]
    return st.lists(st.sampled_from(known + own), unique=True, max_size=8).map("\n".join)


@settings(deadline=None, max_examples=60)
@given(each_once([]), each_once(list("abc")), each_once(list("xyz")))
def test_open_places_stay_open_where_each_line_is_one(base: str, yours: str, theirs: str) -> None:
    """Further runs that make the same text anew settle no open place."""
    once = merge(base, yours, theirs)
    again = merge(theirs, once.text, theirs)
    third = merge(theirs, again.text, theirs)
    assert bool(once.conflicts) == bool(again.conflicts) == bool(third.conflicts)


@settings(deadline=None, max_examples=60)
@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_an_open_place_is_never_marked_twice(base: str, yours: str, theirs: str, later: str) -> None:
    """Where the new text changes again, an open place gets the newer wording and no second set of marks."""
    once = merge(base, yours, theirs)
    again = merge(theirs, once.text, later)
    marks = [line for line in again.text.split("\n") if line in (YOURS, THEIRS, END)]
    assert marks == [YOURS, THEIRS, END] * again.conflicts


@given(st.lists(st.integers(0, 6), max_size=30), st.lists(st.integers(0, 6), max_size=30))
def test_an_alignment_pairs_equal_lines_in_order(left: list[int], right: list[int]) -> None:
    """Pairs ascend on both sides and hold equal lines; a text answers to itself line by line."""
    pairs = aligned(left, right)
    assert all(left[pair.left] == right[pair.right] for pair in pairs)
    assert all(a.left < b.left and a.right < b.right for a, b in pairwise(pairs))
    assert len(aligned(left, left)) == len(left)


@settings(deadline=None, max_examples=60)
@given(TEXTS, TEXTS, TEXTS)
def test_chunks_cover_every_line_once(base: str, yours: str, theirs: str) -> None:
    """The chunks of three texts follow one another without a gap on any side."""
    texts = [each.split("\n") for each in (base, yours, theirs)]
    found = chunks(*texts)
    sides = [[c.base for c in found], [c.yours for c in found], [c.theirs for c in found]]
    for ranges, lines in zip(sides, texts, strict=True):
        assert [at for each in ranges for at in range(each.start, each.end)] == list(range(len(lines)))


BASE = "# Title\n\nStanding alone: the tool's.\n\n- one\n- two\n- three\n\nEnd."


@pytest.mark.parametrize(
    ("yours", "theirs", "expected"),
    [
        (
            "the tool's.|mine.",
            "- two|- second",
            "# Title\n\nStanding alone: mine.\n\n- one\n- second\n- three\n\nEnd.",
        ),
        (
            "- one|- uno",
            "- two|- second",
            "# Title\n\nStanding alone: the tool's.\n\n- uno\n- second\n- three\n\nEnd.",
        ),
        ("- two\n|", "End.|Fin.", "# Title\n\nStanding alone: the tool's.\n\n- one\n- three\n\nFin."),
        (
            "- three|- three\n- mine",
            "- three|- three\n- four",
            "# Title\n\nStanding alone: the tool's.\n\n- one\n- two\n- three\n- mine\n- four\n\nEnd.",
        ),
        (
            "End.|End.\n\nMy paragraph.",
            "End.|End.\n\nNew paragraph.",
            BASE + "\n\nMy paragraph.\n\nNew paragraph.",
        ),
        (
            "- two|- my two",
            "- two|- two\n  - added",
            BASE.replace("- two", "- my two\n  - added"),
        ),
        (
            "- two|- two\n  - mine",
            "- two|- second",
            BASE.replace("- two", "- second\n  - mine"),
        ),
        (
            "- two|- above\n- two",
            "- two|- second",
            BASE.replace("- two", "- above\n- second"),
        ),
        (
            "- two|- my two",
            "- two|- second",
            "# Title\n\nStanding alone: the tool's.\n\n- one\n\n"
            f"{YOURS}\n\n- my two\n\n{THEIRS}\n\n- second\n\n{END}\n\n- three\n\nEnd.",
        ),
        (
            "- two\n|",
            "- two|- second",
            "# Title\n\nStanding alone: the tool's.\n\n- one\n\n"
            f"{YOURS}\n\n{NOTHING}\n\n{THEIRS}\n\n- second\n\n{END}\n\n- three\n\nEnd.",
        ),
    ],
)
def test_merged(yours: str, theirs: str, expected: str) -> None:
    """A table of edits on both sides, with the whole file that they come to."""
    mine, new = (BASE.replace(old, to) for old, _, to in (yours.partition("|"), theirs.partition("|")))
    assert merge(BASE, mine, new).text == expected


def test_rows_of_a_table_are_not_torn_apart() -> None:
    """A row that both sides changed stays new in its table; a person's row follows below, with the head."""
    base = "| A | B |\n|---|---|\n| 1 | x |\n| 2 | y |\n\nEnd."
    merged = merge(base, base.replace("| x |", "| mine |"), base.replace("| x |", "| new |"))
    table = base.replace("| x |", "| new |").removesuffix("\n\nEnd.")
    mine = "| A | B |\n|---|---|\n| 1 | mine |"
    assert merged.text == f"{table}\n\n{YOURS}\n\n{mine}\n\n{THEIRS}\n\n{IN_TABLE}\n\n{END}\n\nEnd."
    assert merge(base.replace("| x |", "| new |"), merged.text, base.replace("| x |", "| new |")) == merged


CONFLICT = merge(BASE, BASE.replace("two", "my two"), BASE.replace("two", "second")).text


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("- second\n", "", "- my two"),
        ("- my two\n", "", "- second"),
        (f"{THEIRS}\n\n- second\n\n{END}\n", "", "- my two"),
        (f"{YOURS}\n\n- my two\n\n{THEIRS}\n", "", "- second"),
        ("- my two", "- second", "- second"),
    ],
)
def test_a_place_is_settled_by_deleting_a_version(before: str, after: str, expected: str) -> None:
    """A person deletes either version, with or without its marks: no mark is left, and that wording stands."""
    new = BASE.replace("two", "second")
    result = merge(new, CONFLICT.replace(before, after), new)
    assert result.conflicts == 0
    lines = [line for line in result.text.split("\n") if line]
    assert lines == ["# Title", "Standing alone: the tool's.", "- one", expected, "- three", "End."]


@pytest.mark.parametrize("mark", [YOURS.replace("**", "__"), YOURS.replace("**", "\\*\\*"), f"  {YOURS}  "])
def test_marks_are_known_however_a_program_saved_them(mark: str) -> None:
    """Other marks of emphasis, escapes and white space around our words do not hide a marked place."""
    new = BASE.replace("two", "second")
    assert merge(new, CONFLICT.replace(YOURS, mark), new).text == CONFLICT


def test_words_of_the_base_are_no_mark() -> None:
    """An article whose text has our very marks changes nothing."""
    base = f"{YOURS}\n\na\n\n{THEIRS}\n\nb\n\n{END}"
    assert merge(base, base, base + "\nnew") == (base + "\nnew", 0)
    assert merge(base, base + "\nmine", base).text == base + "\nmine"


def test_equal_keys_take_the_new_line() -> None:
    """A line that only a program wrote otherwise (another bullet) is no edit of a person."""
    base = "- one\n- two"
    result = merge(base, "* one\n* TWO!", "- one\n- two", key=lambda line: line.replace("*", "-"))
    assert result.text == "- one\n* TWO!"


def test_a_long_file_is_merged() -> None:
    """Twenty thousand lines, most of them alike, with edits all over on both sides."""
    draw = random.Random(7)  # noqa: S311 - a test's lines
    base = [f"line {draw.randrange(400)}" for _ in range(20_000)]
    yours, theirs = base[:], base[:]
    for at in range(0, 20_000, 40):
        yours[at] = f"mine {at}"
        theirs[at + 20] = f"new {at}"
    result = merge("\n".join(base), "\n".join(yours), "\n".join(theirs))
    assert result.conflicts == 0
    expected = base[:]
    expected[::40], expected[20::40] = yours[::40], theirs[20::40]
    assert result.text.split("\n") == expected


def test_a_file_too_large_to_align_counts_as_replaced() -> None:
    """Lines without one in common, too many to be compared pair by pair, stand whole on both sides."""
    base, other = ["a", "b"] * 15_000, ["b", "c"] * 15_000
    (chunk,) = chunks(base, other, base)
    assert chunk.outcome is Outcome.YOURS
