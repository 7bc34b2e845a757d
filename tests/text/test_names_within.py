"""Names within words: what looking at each name would find, in the order in which they stand there."""

from hypothesis import given
from hypothesis import strategies as st

from briefs.text.names_within import NamesWithin

_WORDS = st.text(alphabet="ab ü", max_size=12)


@given(st.lists(_WORDS.filter(bool), max_size=6), _WORDS)
def test_the_names_are_those_that_looking_at_each_would_find(names: list[str], words: str) -> None:
    """Names shorter than the letters that they are found by, equal ones and overlapping ones are found alike."""
    found = list(NamesWithin(names).of(words))
    every = [
        (place, min(len(name), 4), number)
        for number, name in enumerate(names)
        for place in range(len(words))
        if words.startswith(name, place)
    ]
    assert found == [number for *_, number in sorted(every)]


def test_a_name_without_letters_stands_nowhere() -> None:
    """An empty name does not stand between all letters."""
    assert list(NamesWithin(["", "a"]).of("banana")) == [1, 1, 1]
