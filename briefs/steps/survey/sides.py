"""Which claims say the same, and which articles belong to one story: groups by what links them."""

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

_T = TypeVar("_T", bound=Hashable)


class Groups(Generic[_T]):
    """Disjoint groups that grow together by links (union-find); a group's name is its smallest member's.

    The names are the same whatever the order of the links.
    """

    def __init__(self, links: Iterable[tuple[_T, _T]] = ()) -> None:
        """Take links between two members each."""
        self._up: dict[_T, _T] = {}
        for one, other in links:
            self.join(one, other)

    def join(self, one: _T, other: _T) -> None:
        """Make one group of the groups of two members."""
        first, second = sorted((self.of(one), self.of(other)), key=_order)
        if first != second:
            self._up[second] = first

    def of(self, member: _T) -> _T:
        """Return the name of a member's group; a member without links is its own."""
        top = member
        while top in self._up:
            top = self._up[top]
        while member != top:
            above = self._up[member]
            self._up[member] = top
            member = above
        return top


def _order(member: object) -> str:
    return str(member)
