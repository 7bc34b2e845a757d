"""A claim as the key under which what was worked out of it is kept."""

from typing import Generic, TypeVar

from briefs.domain.relations import IndexedClaim

WithT = TypeVar("WithT")


class ClaimKey(Generic[WithT]):
    """Found by the claim's id, equal where the whole claim is and what it was read with."""

    __slots__ = ("claim", "read_with")

    def __init__(self, claim: IndexedClaim, read_with: WithT) -> None:
        self.claim, self.read_with = claim, read_with

    def __hash__(self) -> int:
        return hash(self.claim.id)

    def __eq__(self, other: object) -> bool:
        # Identity first: comparing whole claims takes far longer.
        return (
            isinstance(other, ClaimKey)
            and (self.claim is other.claim or self.claim == other.claim)
            and (self.read_with is other.read_with or self.read_with == other.read_with)
        )
