"""Groups: what links make one, in whatever order they come (union-find)."""

from collections.abc import Callable, Hashable, Iterable
from typing import Generic, TypeVar

MemberT = TypeVar("MemberT", bound=Hashable)


class Groups(Generic[MemberT]):
    """Disjoint groups that grow together by links; the least member of a group, as a string, stands for it.

    Which member that is does not depend on the order of the links.
    """

    def __init__(
        self, links: Iterable[tuple[MemberT, MemberT]] = (), *, members: Iterable[MemberT] = ()
    ) -> None:
        """Take links between two members each, and members that may have none."""
        self._up = {member: member for member in members}
        for one, other in links:
            self.join(one, other)

    def of(self, member: MemberT) -> MemberT:
        """Return the member that stands for a member's group; one without links stands for itself."""
        path = []
        while (above := self._up.setdefault(member, member)) != member:
            path.append(member)
            member = above
        for each in path:
            self._up[each] = member
        return member

    def join(
        self, one: MemberT, other: MemberT, allowed: Callable[[MemberT, MemberT], bool] | None = None
    ) -> bool:
        """Make one group of two members' groups, unless `allowed` refuses; tell whether they were two.

        `allowed` is given the members that stand for the two groups.
        """
        first, second = self.of(one), self.of(other)
        if first == second or (allowed is not None and not allowed(first, second)):
            return False
        least, most = sorted((first, second), key=str)
        self._up[most] = least
        return True

    def sets(self) -> dict[MemberT, list[MemberT]]:
        """Return the members of each group in order, by the member that stands for it."""
        found: dict[MemberT, list[MemberT]] = {}
        for member in sorted(self._up, key=str):
            found.setdefault(self.of(member), []).append(member)
        return found
