"""Words are found in long texts, and in several at once, exactly as by looking through each."""

from hypothesis import given
from hypothesis import strategies as st

from briefs.text import equality
from briefs.text.equality import Words

PIECES = st.lists(st.sampled_from(["a", "b", "ab", "1", "1,5", ".", "“a", "b”", "é", " ", "\n"]), max_size=14)


@given(st.lists(PIECES, min_size=1, max_size=3), PIECES)
def test_a_long_text_is_searched_like_a_short_one(texts: list[list[str]], needle: list[str]) -> None:
    """The index of words changes no answer; nothing is found across the border of two texts."""
    given_texts, wanted = [" ".join(each) for each in texts], " ".join(needle)
    apart = any(Words(each).hold(wanted) for each in given_texts)
    whole = Words(*given_texts)
    assert whole.hold(wanted) == apart
    before, equality._LONG = equality._LONG, 0
    try:
        assert Words(*given_texts).hold(wanted) == apart
    finally:
        equality._LONG = before
