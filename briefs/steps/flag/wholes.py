"""Flags about parts that add up to more than their whole, with the sum shown."""

import re
from collections.abc import Iterator

from briefs.domain.brief import Finding, FlagKind
from briefs.steps.flag.context import Context
from briefs.steps.flag.figure import Figure, number
from briefs.steps.flag.lexicon import alternatives, phrase_pattern, words

_OF_WHOLE = re.compile(
    r"(?:^|[.;:—–(\s“\"])(?:of|out of|among)\s+"
    r"(?:(?:the|its|their|those|all|some|about|a total of)\s+){0,2}$",
    re.IGNORECASE,
)
_PIECE_GAP = 400
"""Parts and their whole stand within this many characters."""
_MOST_PARTS = 8
_OVERLAPS = re.compile(rf"\s+(?:\w+\s+)?(?:{alternatives(words('overlapping'))})\b", re.IGNORECASE)
_ROUNDED = 1
"""Percentages that were rounded may add up to this much over 100."""


def parts_and_whole(context: Context) -> Iterator[Finding]:
    """Flag parts of a whole ("of the 120 …, 80 … and 60 …") that add up to more than it."""
    for position, whole in enumerate(context.figures):
        if whole.quantity.kind not in ("count", "money") or whole.quantity.low is None:
            continue
        if not _introduces_parts(context, whole):
            continue
        parts = [
            figure
            for figure in context.figures[position + 1 : position + 1 + _MOST_PARTS]
            if figure.sentence.index == whole.sentence.index
            and figure.quantity.kind == whole.quantity.kind
            and figure.quantity.start - whole.quantity.end < _PIECE_GAP
            and _may_be_part(figure, whole)
        ]
        least = sum(part.low for part in parts if part.quantity.low is not None)
        if len(parts) < 2 or least <= whole.high or any(part.low > whole.high for part in parts):
            continue
        if any(_OVERLAPS.match(context.text, part.quantity.end) for part in parts):
            continue
        summed = " + ".join(number(part.low) for part in parts)
        note = (
            f"{summed} = {number(least)}: more than {context.shown(whole)}, the whole that they are given "
            "as parts of, unless some are counted twice."
        )
        spans = (whole.quantity.place, *(part.quantity.place for part in parts))
        yield context.finding(FlagKind.PARTS_EXCEED_WHOLE, note, spans)


def _introduces_parts(context: Context, whole: Figure) -> bool:
    """Tell whether a sentence says "of the 120 …" or "120 …, of whom …" about a figure."""
    start, end = whole.quantity.start, whole.quantity.end
    if _OF_WHOLE.search(context.text[max(whole.sentence.start, start - 40) : start]):
        return True
    after = context.text[end : min(whole.sentence.end, end + 60)]
    return re.match(r"[^.;,]{0,40},\s+of\s+(?:which|whom)\b", after) is not None


def _may_be_part(figure: Figure, whole: Figure) -> bool:
    if whole.quantity.kind == "money":
        return figure.quantity.unit == whole.quantity.unit
    # A noun of its own ("190 hours") counts something else; without one it counts what the whole counts.
    return (
        figure.unit in (None, whole.unit)
        or figure.counts == whole.counts is not None
        or figure.counts is None
    )


def shares(context: Context) -> Iterator[Finding]:
    """Flag percentages of answers that shut each other out and add up to more than 100."""
    for found in context.figures_of.values():
        percents = [f for f in found if f.quantity.kind == "percent" and f.quantity.low == f.quantity.high]
        if not 2 <= len(percents) <= _MOST_PARTS:
            continue
        answers = [_answer(context, figure, percents) for figure in percents]
        total = sum(figure.low for figure in percents)
        # One answer twice ("support the bridge", "support the tunnel") makes two questions of it.
        if None in answers or len(set(answers)) < len(answers) or total <= 100 + _ROUNDED:
            continue
        summed = " + ".join(f"{number(figure.low)}" for figure in percents)
        note = (
            f"{summed} = {number(total)} per cent: answers that shut each other out add up to more than 100."
        )
        yield context.finding(FlagKind.PARTS_EXCEED_WHOLE, note, tuple(f.quantity.place for f in percents))


def _answer(context: Context, figure: Figure, percents: list[Figure]) -> str | None:
    """Return the answer ("in favour", "undecided") that follows a percentage before the next one."""
    following = [f.quantity.start for f in percents if f.quantity.start > figure.quantity.start]
    end = min(following, default=min(figure.sentence.end, figure.quantity.end + 60))
    found = phrase_pattern("answers").search(context.text, figure.quantity.end, end)
    return found.group().lower() if found and figure.quantity.denominator is None else None
