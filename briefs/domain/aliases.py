"""Names that a newsroom says are one, and names that it says are two."""

from typing import Self

from pydantic import model_validator

from briefs.domain.spans import Frozen


class Aliases(Frozen):
    """What `aliases.toml` says of people, bodies, outlets and documents; names as a person writes them.

    Raises ValueError (pydantic's ValidationError) if one pair of names is said to be both one and two.
    """

    same: tuple[tuple[str, ...], ...] = ()
    """Groups of names for one; the first name of a group is the one that is shown."""
    apart: tuple[tuple[str, ...], ...] = ()
    """Groups of names of which no two are one, whatever else speaks for it."""

    @model_validator(mode="after")
    def _settled(self) -> Self:
        for group in (*self.same, *self.apart):
            if len({_folded(name) for name in group}) < 2:
                raise ValueError(f"a group needs two different names: {list(group)!r}")
        for one in self.same:
            for two in self.apart:
                both = {_folded(name) for name in one} & {_folded(name) for name in two}
                if len(both) > 1:
                    raise ValueError(f"said to be both the same and apart: {sorted(both)!r}")
        return self


NO_ALIASES = Aliases()
"""Nothing said by anybody."""


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
