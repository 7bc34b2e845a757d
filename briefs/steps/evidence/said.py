"""What a passage says to a claim."""

from typing import NamedTuple

from briefs.domain.brief import Stance


class Said(NamedTuple):
    """A stance, and why, in one sentence."""

    stance: Stance
    note: str
    settled: bool = True
    """By arithmetic or equal words; false: somebody has to read it."""
    exact: bool = False
    """Open, though a figure is the same."""
    columns: tuple[str, ...] = ()
    """Of a table: the columns that were compared."""
