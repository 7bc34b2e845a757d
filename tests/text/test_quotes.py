"""Quotations: found in any newspaper's marks, never opened by an apostrophe, not flipped by a lost mark."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.domain.spans import Span
from briefs.text.quotes import Quotation, quotations

OPEN, CONTINUED = "open", "continued"


def found(text: str) -> list[Quotation]:
    """Return the quotations of a text whose paragraphs are its lines."""
    place, paragraphs = 0, []
    for line in text.split("\n"):
        paragraphs.append(Span(start=place, end=place + len(line)))
        place += len(line) + 1
    return list(quotations(text, paragraphs))


MARKED = [
    ("“We left,” Ana Ruiz said.", ["We left,"]),
    ('"We left," Ana Ruiz said.', ["We left,"]),
    ("‘We left,’ Ana Ruiz said.", ["We left,"]),
    ("'We left,' Ana Ruiz said.", ["We left,"]),
    ("« Nous partons », dit Ana.", [" Nous partons "]),
    ("«Nous partons», dit Ana.", ["Nous partons"]),
    ("„Wir gehen“, sagte Ana.", ["Wir gehen"]),
    ("„Wir gehen”, mówi Ana.", ["Wir gehen"]),
    ("»Wir gehen«, sagte Ana.", ["Wir gehen"]),
    ("”Vi går”, sade Ana.", ["Vi går"]),
    ("``We left,'' Ana Ruiz said.", ["We left,"]),
    ("''We left,'' Ana Ruiz said.", ["We left,"]),
    ("‘‘We left,’’ Ana Ruiz said. It’s over.", ["We left,"]),
    ("「行きます」とアナ。", ["行きます"]),
    # An interruption makes two of one.
    ("“We left,” she said, “and came back.”", ["We left,", "and came back."]),
    ('"We left," she said, "and came back."', ["We left,", "and came back."]),
    ("‘We left,’ she said, ‘and came back.’", ["We left,", "and came back."]),
    # Scare quotes.
    ("The ‘reform’ of the “century” and a 'deal'.", ["reform", "century", "deal"]),
    ("Some spoke of a 'mass return,' others of 'leave'—a word for rest.", ["mass return,", "leave"]),
    # Nested quotations belong to the outer one.
    ("“He told me ‘go home’ and I did,” she said.", ["He told me ‘go home’ and I did,"]),
    ("‘He told me “go home” and I did,’ she said.", ["He told me “go home” and I did,"]),
    ("\"He told me 'go home' and I did,\" she said.", ["He told me 'go home' and I did,"]),
    ("“He told me ‘go home.’” She did.", ["He told me ‘go home.’"]),
    (
        "“A practice where ‘you’re no one, go home,'” she said.",
        ["A practice where ‘you’re no one, go home,'"],
    ),
    ("“They said “no” to it,” she said.", ["They said “no” to it,"]),
    ("“‘No’ is what they said,” she said.", ["‘No’ is what they said,"]),
    # Dashes, brackets, missing spaces.
    ("The mayor—“a fool”—left (“for good”).", ["a fool", "for good"]),
    ('The mayor—"a fool"—left ("for good").', ["a fool", "for good"]),
    ("“We left.”The mayor stayed. “We came.”", ["We left.", "We came."]),
    ('"We left."The mayor stayed. "We came."', ["We left.", "We came."]),
    ("“…and then we left…” she said.", ["…and then we left…"]),
    ('"...and then we left..." she said.', ["...and then we left..."]),
    # Marks of other kinds at the two ends.
    ('“We left," she said. “We came.”', ["We left,", "We came."]),
    ("‘We left,' she said. ‘We came.’", ["We left,", "We came."]),
    ("“We left,“ she said. It rained.", ["We left,"]),
    ('The play “Mill”’s plot and "Dam"\'s end.', ["Mill", "Dam"]),
]


@pytest.mark.parametrize(("text", "expected"), MARKED)
def test_marks(text: str, expected: list[str]) -> None:
    """Every style of marks gives the same quotations, each once and closed."""
    assert [q.inner.of(text) for q in found(text)] == expected
    assert all(q.closed and not q.continues for q in found(text))


@pytest.mark.parametrize(
    "text",
    [
        "It’s Ana’s, isn’t it? The soldiers’ posts and the Joneses’ house.",
        "It's Ana's, isn't it? The soldiers' posts and the Joneses' house.",
        "Rock ’n’ roll in the ’90s: ’twas their time, get ’em.",
        "Rock 'n' roll in the '90s: 'twas their time, get 'em.",
        "Rock ‘n’ roll in the ‘90s.",
        "He is 6'2\" tall and O'Neil is 5'11\".",
        "They were goin' home, o' course, the workers' way.",
        "The pay of [the board]'s staff, and of (the other board)'s, rose by 5%'s worth.",
        "No marks at all.",
        "",
    ],
)
def test_apostrophes(text: str) -> None:
    """An apostrophe opens nothing and closes nothing."""
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("‘The soldiers’ posts weren’t manned,’ she said.", "The soldiers’ posts weren’t manned,"),
        ("'The soldiers' posts weren't manned,' she said.", "The soldiers' posts weren't manned,"),
        ("‘It’s the ’90s again,’ she said.", "It’s the ’90s again,"),
        ("'It's the '90s again,' she said.", "It's the '90s again,"),
        ("They came as ‘volunteers’ serving without ‘rank’.", "volunteers"),
        ("They came as 'volunteers' serving without pay.", "volunteers"),
        ('"He is 6\'2" tall," she said.', "He is 6'2\" tall,"),
    ],
)
def test_apostrophes_inside(text: str, expected: str) -> None:
    """Inside a quotation in single marks an apostrophe does not end it, and a close is still seen."""
    assert found(text)[0].inner.of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We left. We came.\n“We stayed.” It rained.", [(OPEN, CONTINUED), ()]),
        ("“We left.\n“We came.\n“We stayed.” It rained.", [(OPEN, CONTINUED), (OPEN, CONTINUED), ()]),
        ("“We left.\nWe stayed.” It rained. “No.”", [(OPEN, CONTINUED), (), ()]),
        ("‘We left, all of us.\nWe stayed.’ Ana’s day. ‘No.’", [(OPEN, CONTINUED), (), ()]),
        ("“We left.\nThen rain.\nWe stayed.” It rained.", [(OPEN, CONTINUED), (OPEN, CONTINUED), ()]),
        ("“We left.\nIt rained.", [(OPEN,)]),
        ("“We left.\nIt rained. “No,” she said.", [(OPEN,), ()]),
        ("‘We left all of it there.\n‘We stayed.’", [(OPEN, CONTINUED), ()]),
    ],
)
def test_over_paragraphs(text: str, expected: list[tuple[str, ...]]) -> None:
    """A quotation that its paragraph does not close runs to its end, and on where the next one shows it."""
    flags = [(OPEN,) * (not q.closed) + (CONTINUED,) * q.continues for q in found(text)]
    assert flags == expected


def test_led_paragraph_is_quoted_from_its_start() -> None:
    """Where a paragraph closes what an earlier one opened, its quoted words begin with it."""
    text = "“We left.\nWe stayed.” It rained."
    second = found(text)[1]
    assert second.span.of(text) == "We stayed.”"
    assert second.inner.of(text) == "We stayed."


@pytest.mark.parametrize("marks", ["“”", '""', "‘’", "''"])
@pytest.mark.parametrize(
    "broken",
    ["{a}We left, she said.", "We left,{b} she said.", "{a}We left, she said. {a}We came,{b} he said."],
)
def test_a_lost_mark_flips_nothing(marks: str, broken: str) -> None:
    """After a paragraph that lacks a mark, the next ones are quoted where they are quoted."""
    opening, closing = marks[0], marks[1]
    text = broken.format(a=opening, b=closing) + f"\nIt rained. {opening}We won,{closing} Ana said. The end."
    assert [q.inner.of(text) for q in found(text)][-1] == "We won,"
    assert all("The end" not in q.span.of(text) for q in found(text))


def test_a_lost_mark_within_a_paragraph() -> None:
    """A quotation that is never closed ends at the latest where the next one opens."""
    text = "“We left, she said. “We came,” he said. It rained."
    assert [q.inner.of(text) for q in found(text)] == ["We left, she said.", "We came,"]


def test_furniture_is_left_out() -> None:
    """A mark inside an advertisement opens nothing in the article."""
    text = 'It rained. 9" Jar “Best Price: $6.18 It was cold. “We left,” she said.'
    start, end = text.index('9"'), text.index(" It was")
    whole = Span(start=0, end=len(text))
    kept = quotations(text, [whole], [Span(start=start, end=end)])
    assert [q.inner.of(text) for q in kept] == ["We left,"]


@given(
    st.lists(
        st.sampled_from(["“", "”", "‘", "’", '"', "'", "«", "»", "„", " ", "\n", "a", "s", ".", "é", "5"]),
        max_size=60,
    )
)
def test_any_marks(pieces: list[str]) -> None:
    """Whatever marks a text has, its quotations are in order, disjoint, and within one paragraph each."""
    text = "".join(pieces)
    place = 0
    for quotation in found(text):
        assert place <= quotation.span.start <= quotation.inner.start
        assert quotation.inner.start <= quotation.inner.end <= quotation.span.end
        assert "\n" not in quotation.span.of(text)
        assert not (quotation.closed and quotation.continues)
        place = quotation.span.end


def test_marks_without_a_close_cost_no_more_the_later_they_stand() -> None:
    """What stands before and behind an unclosed mark is looked at as far as it matters, and no further."""
    filler = "He went on and on. " * 200
    unclosed = "He said: ‘Nobody knew where it was"
    for before in ("", filler):
        text = f"{before}{unclosed} {filler}"
        found = quotations(text, [Span(start=0, end=len(text))])
        assert [each.span.start for each in found] == [text.index("‘")]
    spaced = f"He said,{' ' * 500}‘Nobody knew where it was"
    assert quotations(spaced, [Span(start=0, end=len(spaced))])
    assert not quotations("A ‘Nobody knew where it was", [Span(start=0, end=27)])
