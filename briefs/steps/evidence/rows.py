"""Rows: what a row of a table says to a claim: it names the subject and the time, a column the measure."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from briefs.data import load
from briefs.domain.brief import Stance
from briefs.domain.documents import Passage
from briefs.domain.scan import Quantity
from briefs.language.comparing.periods import time_of
from briefs.language.comparing.things import Counted, compare_things, thing_of
from briefs.language.comparing.times import Shape, Times, compare_times
from briefs.language.comparing.values import Agreement, agreement, bounds_of, difference, number
from briefs.language.terms import content
from briefs.readers.tables import number_of
from briefs.steps.evidence.bearing import above_of
from briefs.steps.evidence.row_keys import Keys, is_dated, keys_of
from briefs.steps.evidence.said import Said
from briefs.steps.evidence.sought import Sought, holds
from briefs.steps.evidence.timing import time_of_date

_SCALES = (("million", 1_000_000), ("thousand", 1_000), ("’000", 1_000), ("'000", 1_000))
_TELLING = 3
"""Digits from which on two equal numbers in a row are no chance."""


class _Cell(NamedTuple):
    """A number of a row beside a figure of a claim."""

    claimed: Quantity
    column: str
    value: Quantity
    agreement: Agreement
    shared: int
    """Words of the column's name that the claim uses."""
    whole: bool
    """The claim uses them all."""
    rival: str = ""
    """Another column that the claim's words fit better, and its value; empty where there is none."""

    @property
    def telling(self) -> bool:
        """Tell whether it is the very number, and one that does not meet another by chance."""
        digits = f"{self.claimed.low:g}".replace(".", "").strip("0-") if self.claimed.low is not None else ""
        return self.value.low == self.claimed.low == self.claimed.high and len(digits) >= _TELLING


def row_says(claim: Sought, passage: Passage) -> Said | None:
    """Return what a row says to a claim; none where it is about something else."""
    keys = keys_of(passage)
    if keys is None or not _about(claim, keys):
        return None
    named = frozenset(content(above_of(passage)))
    counted = [figure for figure in claim.quantities if _is_counted(figure, named)]
    if not counted:
        return _of_files(claim, passage, keys)
    cells = [cell for figure in counted if (cell := _best(claim, figure, passage)) is not None]
    agreeing = [cell for cell in cells if cell.agreement is Agreement.AGREES]
    # Two telling numbers in one row are that row's, whatever time the claim leaves out.
    sure = sum(cell.telling for cell in agreeing) >= 2
    timely = {cell.column: _time(claim, cell, keys, sure=sure) for cell in cells}
    differing = [
        cell
        for cell in cells
        if cell.agreement is Agreement.DIFFERS and cell.whole and cell.shared and not timely[cell.column]
    ]
    if differing:
        return _refuted(differing[0], keys)
    told = [cell for cell in agreeing if not timely[cell.column] or cell.telling]
    return _told(claim, told, timely, keys) if told else None


def _of_files(claim: Sought, passage: Passage, keys: Keys) -> Said | None:
    """Return that a column gives the number for cases or notices that the claim gives for people."""
    for figure in claim.quantities:
        for cell in _cells(claim, figure, passage):
            column = figure.model_copy(update={"unit": cell.column})
            measure = compare_things(thing_of(figure), thing_of(column)) is Counted.MEASURE
            if (
                not measure
                or cell.agreement is not Agreement.AGREES
                or _time(claim, cell, keys, sure=False, rough=True)
            ):
                continue
            note = f"{_gives(cell, keys)}, the claim {figure.text} {figure.unit}: it need not count people."
            return Said(Stance.NOT_ENOUGH_INFO, note, exact=True, columns=(cell.column,))
    return None


def _about(claim: Sought, keys: Keys) -> bool:
    """Tell whether a row's names are the claim's; one that names only a time is of the document's subject."""
    names = [name for name in keys.names if name.lower() not in _tables().totals]
    if not names:
        return keys.time.shape is not Shape.NONE
    return any(
        holds(claim.brief.claim.standalone, name)
        or len(frozenset(content(name)).intersection(claim.content)) * 2 > len(frozenset(content(name)))
        for name in names
    )


def _is_counted(figure: Quantity, named: frozenset[str]) -> bool:
    """Tell whether a table's title or columns name what a figure counts, as far as that says anything."""
    thing = thing_of(figure)
    if figure.kind != "count" or thing.kind == "unsaid" or thing.head == "anyone":
        return True
    return not named.isdisjoint(content(figure.unit or ""))


def _best(claim: Sought, figure: Quantity, passage: Passage) -> _Cell | None:
    """Return the cell that a figure is to be held against: an equal one, else that of the column meant."""
    others = {(each.low, each.high) for each in claim.quantities if each != figure}
    cells = [c for c in _cells(claim, figure, passage) if (c.value.low, c.value.high) not in others]
    agreeing = [cell for cell in cells if cell.agreement is Agreement.AGREES]
    if agreeing:
        cell = max(agreeing, key=lambda cell: (cell.telling, cell.shared))
        return cell if cell.whole else cell._replace(rival=_rival(cell, cells))
    most = max((cell.shared for cell in cells), default=0)
    best = [cell for cell in cells if cell.shared == most]
    return best[0] if most and len(best) == 1 else None


def _rival(cell: _Cell, cells: list[_Cell]) -> str:
    better = [
        each for each in cells if each.column != cell.column and (each.whole or each.shared > cell.shared)
    ]
    if not better:
        return ""
    other = max(better, key=lambda each: each.shared)
    return f"“{other.column}” gives {_value(other)}"


def _cells(claim: Sought, figure: Quantity, passage: Passage) -> Iterator[_Cell]:
    """Yield the cells that could be a figure's: numbers of its kind, with the words of their columns."""
    for column, cell in zip(passage.columns, passage.cells or (), strict=True):
        value = None if is_dated(column, cell) else number_of(cell, passage.decimal)
        if value is None or not _is_kind(figure, column, cell):
            continue
        scale = next((times for word, times in _SCALES if word in column.lower()), 1)
        exact = {"low": value * scale, "high": value * scale, "approximate": False, "text": cell}
        given = figure.model_copy(update=exact)
        named = frozenset(content(column))
        words = frozenset(claim.content)
        yield _Cell(
            figure,
            column,
            given,
            agreement(figure, given),
            len(named & words),
            bool(named) and named <= words,
        )


def _is_kind(figure: Quantity, column: str, cell: str) -> bool:
    """Tell whether a column can hold a figure: shares with shares, sums and measures with their unit."""
    name = column.lower()
    share = cell.endswith("%") or any(each in name for each in _tables().shares)
    if figure.kind == "percent" or share:
        return figure.kind == "percent" and share
    if figure.kind in ("money", "measure"):
        return bool(frozenset(content(figure.unit or "")) & frozenset(content(column)))
    return figure.kind == "count"


def _time(claim: Sought, cell: _Cell, keys: Keys, *, sure: bool, rough: bool = False) -> str:
    """Say why a row is not known to be of a figure's time; empty where it is."""
    mine = time_of(cell.claimed, claim.dates, claim.published)
    if mine.shape is Shape.NONE:
        return "" if sure or keys.time.shape is Shape.NONE else "the claim names no time"
    if keys.time.shape is Shape.NONE:
        return f"the claim speaks of “{mine.words}”, the row of no time"
    meet = compare_times(mine, keys.time)
    named = [compare_times(time_of_date(each), keys.time) for each in claim.dates]
    if meet is Times.SAME or (cell.telling and Times.SAME in named):
        return ""
    if meet is Times.SAME_BUT_YEAR:
        return "" if rough else f"the year of the claim’s “{mine.words}” is not stated"
    return f"the claim speaks of “{mine.words}”"


def _refuted(cell: _Cell, keys: Keys) -> Said:
    sum_ = difference(bounds_of(cell.claimed), bounds_of(cell.value))
    note = f"{_gives(cell, keys)}, the claim {cell.claimed.text}{f' ({sum_})' if sum_ else ''}."
    return Said(Stance.REFUTES, note, columns=(cell.column,))


def _told(claim: Sought, told: list[_Cell], timely: dict[str, str], keys: Keys) -> Said:
    columns = tuple(dict.fromkeys(cell.column for cell in told))
    note = _gives(told[0], keys) + "".join(f", column “{c.column}” {_value(c)}" for c in told[1:])
    doubt = next((timely[cell.column] for cell in told if timely[cell.column]), "")
    if doubt:
        return Said(Stance.NOT_ENOUGH_INFO, f"{note}; {doubt}.", exact=True, columns=columns)
    rivals = [cell.rival for cell in told if cell.rival]
    if rivals:
        why = f"{rivals[0]}: which of them the claim counts has to be read"
        return Said(Stance.NOT_ENOUGH_INFO, f"{note}; {why}.", exact=True, columns=columns)
    unnamed = [cell for cell in told if not cell.shared]
    if unnamed:
        why = f"whether the claim counts what “{unnamed[0].column}” counts has to be read"
        return Said(Stance.NOT_ENOUGH_INFO, f"{note}; {why}.", exact=True, columns=columns)
    held = [cell.claimed for cell in told]
    silent = [q for q in claim.quantities if q not in held]
    if silent or claim.hedged:
        rest = f"on “{silent[0].text}” it settles nothing" if silent else "the claim itself holds back"
        return Said(Stance.NOT_ENOUGH_INFO, f"{note}; {rest}.", exact=True, columns=columns)
    loose = [cell for cell in told if not cell.value.low == cell.claimed.low == cell.claimed.high]
    return Said(
        Stance.SUPPORTS,
        f"{note}{f'; the claim has {loose[0].claimed.text}' if loose else ''}.",
        columns=columns,
    )


def _gives(cell: _Cell, keys: Keys) -> str:
    time = f" for {keys.time.words}" if keys.time.words else ""
    return f"Column “{cell.column}” gives {_value(cell)}{time}"


def _value(cell: _Cell) -> str:
    return number(float(cell.value.low or 0))


class _Tables(NamedTuple):
    """How tables name what their rows and columns hold."""

    totals: frozenset[str]
    shares: tuple[str, ...]


@cache
def _tables() -> _Tables:
    words = load("comparing")["tables"]
    return _Tables(frozenset(words["totals"]), tuple(words["shares"]))
