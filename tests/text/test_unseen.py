"""Unseen characters: named where they are shown, left where a script needs them, read back to the same text."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from briefs.text.lookalikes import lookalikes
from briefs.text.unseen import named, plain, unseen

TRICKS = (
    "ab1 \u202e\u2066\u200b\u200c\u200d\u00ad\ufeff\U000e0041\ufe0f\U000e0100\u200f\x00\x1b⟦U+202E⟧é葛ش🏴❤"
)


@given(st.text(alphabet=st.one_of(st.sampled_from(TRICKS), st.characters())))
@example("⟦U+110000⟧")
@example("⟦⟦U+27E6⟧U+202E⟧")
def test_names_read_back_to_the_same_text(text: str) -> None:
    """No text, not even one that holds such names, is changed by naming and reading back."""
    assert plain(named(text)) == text
    assert "\u202e" not in named(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u202eb", "a⟦U+202E⟧b"),
        ("pass\u200cword", "pass⟦U+200C⟧word"),
        ("18\u00ad000", "18⟦U+00AD⟧000"),
        ("x\U000e0041\U000e0042y", "x⟦U+E0041 U+E0042⟧y"),
        ("a\ufe0f, ❤\ufe0f\ufe0e", "a⟦U+FE0F⟧, ❤⟦U+FE0F U+FE0E⟧"),
        ("\x1b[31m", "⟦U+001B⟧[31m"),
        ("1\u3164000", "1⟦U+3164⟧000"),
        ("left\u200f", "left⟦U+200F⟧"),
        ("the name ⟦U+202E⟧ itself", "the name ⟦U+27E6⟧U+202E⟧ itself"),
    ],
)
def test_what_nobody_sees_is_named(text: str, shown: str) -> None:
    """Turned writing, hidden letters and blanks that are letters stand by their names."""
    assert named(text) == shown


@pytest.mark.parametrize(
    "text", ["👩‍🚀 ❤️ 1️⃣", "می‌خواهم", "Bundes\u00adregierung", "שלום\u200f.", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
             "葛\U000e0100", "e\u0301", "a\tb\r\nc\u2028d\u00a0e", "50\u202f000"]
)  # fmt: skip
def test_what_scripts_need_is_left_alone(text: str) -> None:
    """Emoji, Persian, soft hyphens, Hebrew, flags, ideographs, accents and white space are as they were."""
    assert unseen(text) == ()


def test_characters_that_look_like_others_are_found() -> None:
    """Digits of other alphabets and words of two alphabets are told in a Latin text alone."""
    found = lookalikes("The p\u0430yp\u0430l account held １８,000 crowns and 𝟜𝟚 more, µm and café aside.")
    assert found.digits == ("１８", "𝟜𝟚")
    assert found.words == ("p\u0430yp\u0430l",)
    assert lookalikes("قال إن ١٨ شخصا أصيبوا") == ((), ())
