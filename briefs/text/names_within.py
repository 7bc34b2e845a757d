"""Which of many names stand in some words: without looking at each of them."""

from collections.abc import Iterable, Iterator

_BEGINNING = 4
"""Letters by which names are found."""


class NamesWithin:
    """Names by number, in the order given; asked for those that stand in some words.

    A question costs a step for each character of the words, and one for each name that begins as they do.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(names)
        self._by_beginning: dict[str, list[int]] = {}
        for number, name in enumerate(self._names):
            self._by_beginning.setdefault(name[:_BEGINNING], []).append(number)
        self._lengths = sorted({len(beginning) for beginning in self._by_beginning if beginning})

    def of(self, words: str) -> Iterator[int]:
        """Yield the numbers of the names that stand in `words` to the letter, in order of their places."""
        for place in range(len(words)):
            for length in self._lengths:
                if place + length > len(words):
                    break
                for number in self._by_beginning.get(words[place : place + length], ()):
                    if words.startswith(self._names[number], place):
                        yield number
