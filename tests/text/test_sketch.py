"""Sketches: stable numbers, shared wording told from chance, a short text within a long one."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from briefs.text.sketch import BINS, LEAST, alike, bands, shared, sketch


def _text(seed: int, words: int) -> str:
    chosen = random.Random(seed)  # noqa: S311 (invented text)
    return " ".join(f"w{chosen.randrange(20_000)}" for _ in range(words))


def test_numbers_are_the_same_everywhere() -> None:
    """A sketch does not depend on the machine, the process or the Python: an index keeps it for years."""
    found = sketch(
        "The fire broke out shortly before 3 a.m. in the No. 2 elevator at the grain terminal on the "
        "north quay and took about five hours to bring under control."
    )
    assert len(found) == BINS + 1
    assert found[0] == 28
    assert sum(found) == 55_761_237_368
    assert bands(found) == ("18:d29a5b756d61", "32:4f784a7b0166")


def test_what_does_not_count() -> None:
    """Letter case, accents, marks, punctuation and line ends are no wording."""
    text = _text(1, 60)
    assert sketch(text.upper().replace(" ", ",\n ")) == sketch(text)
    words = "Rósza said “never” – and the naïve café of Århus did not mind that at all, " * 3
    plain = "Rosza said 'never' and the naive cafe of Arhus did not mind that at all " * 3
    assert sketch(words) == sketch(plain)


def test_few_words_have_no_sketch() -> None:
    """A text of a few words is nobody's copy."""
    short = _text(1, LEAST + 2)
    assert sketch(short) == ()
    assert sketch("") == ()
    assert alike((), sketch(_text(1, 200))) == 0
    assert shared((), ()) == 0
    assert bands(()) == ()
    assert sketch(_text(1, LEAST + 3)) != ()


def test_estimates_are_near_the_truth() -> None:
    """Half a text replaced reads as half its wording shared, other texts as nothing."""
    for seed in range(10):
        one = _text(seed, 600).split()
        other = one[:300] + _text(seed + 100, 300).split()
        assert abs(shared(sketch(" ".join(one)), sketch(" ".join(other))) - 0.5) < 0.12
        assert alike(sketch(" ".join(one)), sketch(_text(seed + 200, 600))) < 0.02


def test_short_text_within_a_long_one() -> None:
    """A wire story within an article three times as long is shared whole, though the two are not alike."""
    for seed in range(10):
        wire = _text(seed, 250)
        article = f"{_text(seed + 100, 250)} {wire} {_text(seed + 200, 250)}"
        assert alike(sketch(wire), sketch(article)) < 0.5
        assert shared(sketch(wire), sketch(article)) > 0.8


def test_bands_bring_near_texts_together() -> None:
    """Texts that share half their wording meet under a key; texts that share none hardly ever do."""
    met = chance = 0
    for seed in range(50):
        one = _text(seed, 500)
        near = " ".join(one.split()[:375] + _text(seed + 100, 125).split())
        met += bool(set(bands(sketch(one))) & set(bands(sketch(near))))
        chance += bool(set(bands(sketch(one))) & set(bands(sketch(_text(seed + 500, 500)))))
    assert met == 50
    assert chance <= 1


@given(st.text(max_size=2_000), st.text(max_size=2_000))
@settings(deadline=None)
def test_any_text(one: str, other: str) -> None:
    """Any text has a sketch, and likeness is symmetric, whole with itself and between 0 and 1."""
    first, second = sketch(one), sketch(other)
    assert alike(first, second) == alike(second, first)
    assert shared(first, second) == shared(second, first)
    assert 0 <= alike(first, second) <= shared(first, second) <= 1
    if first:
        assert alike(first, first) == shared(first, first) == 1
    assert bands(first) == bands(sketch(one))


def test_lone_surrogates_and_long_words() -> None:
    """What a hostile file may hold does not stop a run."""
    assert sketch("\ud800 a b \udfff " * 30) is not None
    assert sketch("x" * 100_000) == ()
