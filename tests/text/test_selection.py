"""What a person meant to select: whole words, whatever the mouse did."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs.domain.spans import Span
from briefs.text.selection import bare_words, whole_words

TEXT = "He said: “About 15,000 boats — the Line’s own — lay up.” É́t cétera (all of it), $4.50 a day"


@pytest.mark.parametrize(
    ("selected", "meant"),
    [
        ("out 15,000 bo", "About 15,000 boats"),
        ("000", "15,000"),
        ("15", "15,000"),
        (" boats — ", "boats"),
        (": “About 15,000", "“About 15,000"),
        ("lay up.”", "lay up.”"),
        ("s own", "Line’s own"),
        ("ne’", "Line’s"),
        ("cétera (", "cétera"),
        ("(all of it),", "(all of it)"),
        ("$4", "$4.50"),
        ("4.50", "4.50"),
        ("ter", "cétera"),
    ],
)
def test_words_are_selected_whole(selected: str, meant: str) -> None:
    """Protects an added claim's quotation from half words, cut figures and stray marks."""
    start = TEXT.index(selected)
    found = whole_words(TEXT, Span(start=start, end=start + len(selected)))
    assert found is not None
    assert found.of(TEXT) == meant


@pytest.mark.parametrize("selected", ["", " ", ": “", " — ", ", $"])
def test_a_selection_without_a_letter_is_none(selected: str) -> None:
    """Protects the desk from claims of blanks and marks."""
    start = TEXT.index(selected)
    assert whole_words(TEXT, Span(start=start, end=start + len(selected))) is None


def test_a_selection_beyond_the_text_is_none() -> None:
    """Protects against a page that shows another version of the article."""
    assert whole_words(TEXT, Span(start=500, end=900)) is None


def test_bare_words_have_no_marks_around_them() -> None:
    """Protects the comparison of a selection with a claim: a full stop more is no other claim."""
    assert bare_words(TEXT, Span(start=8, end=len(TEXT))).of(TEXT).startswith("About")
    quoted = Span(start=TEXT.index("“"), end=TEXT.index("”") + 1)
    assert bare_words(TEXT, quoted).of(TEXT).endswith("lay up")


@settings(deadline=None)
@given(st.text(), st.integers(0, 60), st.integers(0, 60))
def test_any_selection_of_any_text(text: str, one: int, other: int) -> None:
    """Protects against any Unicode and any mouse: within the text, every selected letter kept, stable."""
    selected = Span(start=min(one, other), end=max(one, other))
    found = whole_words(text, selected)
    letters = [at for at in range(selected.start, min(selected.end, len(text))) if text[at].isalnum()]
    if found is None:
        assert not letters
        return
    assert found.end <= len(text)
    assert all(found.start <= at < found.end for at in letters)
    again = whole_words(text, found)
    assert again == found
