"""`briefs.run` from Python against bad input: typed errors, and no mistyped path taken for an article."""

from pathlib import Path

import pytest

import briefs
from briefs.errors import ConfigError, InputError


@pytest.mark.parametrize(
    ("given", "error", "words"),
    [
        pytest.param(Path("nowhere.txt"), InputError, "does not exist", id="missing path"),
        pytest.param("nowhere.txt", InputError, "does not exist", id="missing file named as text"),
        pytest.param(Path("a\0b.txt"), InputError, "cannot be read", id="NUL in a path"),
        pytest.param("HTTP://127.0.0.1/", InputError, "private address", id="private address"),
        pytest.param(" \n", InputError, "is empty", id="blank text"),
        pytest.param(Path(__file__).parent, InputError, "is a folder", id="folder"),
        pytest.param(b"bytes", TypeError, "not bytes", id="bytes"),
        pytest.param(None, TypeError, "not NoneType", id="none"),
    ],
)
def test_bad_input_raises_its_own_error(given: str | Path, error: type[Exception], words: str) -> None:
    """Each kind of wrong input raises the documented error with the reason."""
    with pytest.raises(error, match=words):
        briefs.run(given)


def test_a_wrong_date_is_a_wrong_setting() -> None:
    """A date that is none is told before anything is read."""
    with pytest.raises(ConfigError, match="not a date"):
        briefs.run("The board lost 12 crates.", published="soon")


@pytest.mark.parametrize("text", ["a\0b said Ana Petrel", "\ud800 half a letter", "word " * 2000])
def test_odd_text_is_an_article(text: str) -> None:
    """NUL, half a surrogate pair and a text without a full stop are text, untouched."""
    assert briefs.run(text).article.text.strip() == text.strip() or "\ud800" in text
