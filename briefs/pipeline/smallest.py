"""The first so many of all names that ever came, in their order: what is kept does not grow with the rest."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator


class Smallest:
    """Of all names added, each once, those `most` that stand first when all are sorted."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._names: list[str] = []

    def add(self, name: str) -> None:
        """Add a name."""
        place = bisect_left(self._names, name)
        if place < self._most and self._names[place : place + 1] != [name]:
            self._names.insert(place, name)
            del self._names[self._most :]

    def update(self, names: Iterable[str]) -> None:
        """Add names."""
        for name in names:
            self.add(name)

    def __iter__(self) -> Iterator[str]:
        """Yield the names that are kept, sorted."""
        return iter(self._names)
