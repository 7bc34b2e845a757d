"""Things that turn out to be one, with the reasons why (union-find, in any order)."""

from collections.abc import Callable, Hashable, Iterable
from typing import Generic, NamedTuple, TypeVar

Key = TypeVar("Key", bound=Hashable)


class Reason(NamedTuple):
    """Why things were counted as one, in words for people, and the claims that it is about."""

    text: str
    claims: frozenset[str] = frozenset()


class Joined(Generic[Key]):
    """Sets of keys that are one; the least key of a set stands for it."""

    def __init__(self, keys: Iterable[Key]) -> None:
        self._parent = {key: key for key in keys}

    def root(self, key: Key) -> Key:
        """Return the key that stands for all that are one with `key`."""
        path = []
        while self._parent[key] != key:
            path.append(key)
            key = self._parent[key]
        for each in path:
            self._parent[each] = key
        return key

    def join(self, one: Key, other: Key, allowed: Callable[[Key, Key], bool] | None = None) -> bool:
        """Make two keys one unless `allowed` refuses their sets; tell whether they were two before."""
        first, second = self.root(one), self.root(other)
        if first == second or (allowed is not None and not allowed(first, second)):
            return False
        least, most = sorted((first, second), key=str)
        self._parent[most] = least
        return True

    def sets(self) -> dict[Key, list[Key]]:
        """Return the members of each set by the key that stands for it, in order."""
        found: dict[Key, list[Key]] = {}
        for key in sorted(self._parent, key=str):
            found.setdefault(self.root(key), []).append(key)
        return found
