"""TOML of strangers: read within bounds, whatever it holds."""

import tracemalloc

import pytest

from briefs.text.toml import TomlError, parsed


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a" + ".a" * 13_000 + " = 1", "more than 32 parts"),
        ('"a"' + " . 'a'" * 13_000 + " = 1", "more than 32 parts"),
        ('"\\"".' * 13_000 + "a = 1", "more than 32 parts"),
        ("[a" + ".a" * 13_000 + "]", "more than 32 parts"),
        ("a = " + "[" * 100_000, "nested too deeply"),
        ("a = " + "9" * 4_301, "thousands of digits"),
        ("a = 2031-02-31", "(?i)date"),
        ("a", "Expected"),
    ],
    ids=lambda value: value[:12],
)
def test_every_fault_is_told_in_one_way(text: str, fault: str) -> None:
    """No text takes the memory of the machine, and none raises what its reader does not expect."""
    tracemalloc.start()
    try:
        with pytest.raises(TomlError, match=fault):
            parsed(text)
        assert tracemalloc.get_traced_memory()[1] < 40_000_000
    finally:
        tracemalloc.stop()


def test_what_people_write_is_read() -> None:
    """Dots in a value are no key, and a table may lie some tables deep."""
    text = '[prices."openai:q.4.1"]\nin = 1\nnote = "e.g. a.b.c' + ".d. " * 40 + '"\n[a.b.c.d]\ne.f = 2\n'
    assert parsed(text)["a"]["b"]["c"]["d"]["e"]["f"] == 2


def test_long_words_and_open_quotes_take_linear_time() -> None:
    """A megabyte of one word, of dots or of quotation marks is looked through once."""
    for text in (
        "a" * 1_000_000,
        "." * 1_000_000,
        '"' * 1_000_000,
        "a." * 20 + "b" * 1_000_000,
        '\\"' * 500_000,
    ):
        with pytest.raises(TomlError):
            parsed(text)
