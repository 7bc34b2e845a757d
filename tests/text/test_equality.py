"""Equality: white space aside, every character counts, and words are found whole or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.steps.render.escape import escaped
from briefs.text.equality import Words, collapsed
from briefs.verify.passages import passages

TEXT = (
    "The mill, which made 15,000,000 reams at 3.5 cents, closed.\u00a0Ana Růžičková said:\r\n  “It’s over.”"
)


@pytest.mark.parametrize(
    "words",
    [
        "The mill",
        "The  mill,\nwhich",
        "closed. Ana",
        "Růžičková said: “It’s over.”",
        "15,000,000",
        "3.5",
        "over",
        TEXT,
    ],
)
def test_held(words: str) -> None:
    """Words of the text are held, however their white space is set."""
    assert Words(TEXT).hold(words)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("the mill", "case"),
        ("The mill which", "comma"),
        ("It's over", "straight apostrophe"),
        ("Ruzickova", "accents"),
        ("Růžičkova\u0301", "composition"),
        ("The mill\u200b", "unseen character"),
        ("he mill", "cut at the start of a word"),
        ("The mil", "cut at the end of a word"),
        ("15,000", "cut figure"),
        ("000,000", "cut figure"),
        ("5 cents", "cut figure"),
        ("3", "cut figure"),
        ("The mill … closed", "elision"),
        ("", "nothing"),
        (" \n", "nothing"),
    ],
)
def test_not_held(words: str, why: str) -> None:
    """One wrong, missing, cut or added character, and the words are not the text's."""
    assert not Words(TEXT).hold(words), why


def test_cut_accent() -> None:
    """A letter without the accent that the text sets on it is another letter."""
    assert not Words("at the cafe\u0301 there").hold("at the cafe")


def test_a_later_whole_place_counts() -> None:
    """Words that first stand inside others are found where they stand whole."""
    assert Words("Millers mill").hold("mill")
    assert not Words("Millers miller").hold("mill")


@given(st.text(alphabet=st.characters()))
def test_escaping_for_markdown_changes_nothing(text: str) -> None:
    """Any text, escaped into a block quote and read back as a Markdown parser reads it, is equal."""
    quote = f"> {escaped(text)}"
    read = " ".join(passage.text for passage in passages(quote))
    assert collapsed(read) == collapsed(text)
