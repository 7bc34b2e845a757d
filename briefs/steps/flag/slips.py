"""Flags about a unit that has slipped: points for per cent, billions for millions, a part above its whole."""

import re
from collections import defaultdict
from collections.abc import Iterator

from briefs.domain.brief import Finding, FlagKind
from briefs.domain.spans import Span
from briefs.steps.flag.context import Context
from briefs.steps.flag.figure import Figure, number, same_kind
from briefs.steps.flag.lexicon import lengths, phrase_pattern, stems

_POINTS = re.compile(r"\b\d[\d,.]*\s+(?:percentage|per ?cent)[ -]points?\b", re.IGNORECASE)
_LEVEL = re.compile(
    r"\b(?:to|at|above|below|only|just|exceed\w*|reach\w*)\s+(?:(?:about|around|approximately|nearly|almost|"
    r"less than|more than|over|under|some)\s+)?\Z"
)
"""Before a share: what it reached, not by how much it moved."""
_STEPS = (1_000.0, 1_000_000.0)
"""A slip between thousand, million and billion is by one of these."""
_LEAST = 1_000
_MOST_EQUAL = 40
"""Figures of one value that a later one is compared with: the first ones."""
_COMMON = 2
"""Content words beside the unit that two sentences about one amount share, at least."""
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_CONVERTED = re.compile(
    rf"(?P<first>{_NUMBER})[ -]?(?P<unit>[a-z]{{1,10}})\s\(\s?"
    r"(?:about |around |approximately |roughly |nearly |some )?"
    rf"(?P<second>{_NUMBER})[ -]?(?P<other>[a-z]{{1,10}})\s?\)"
)
_OFF = 0.2
"""A conversion may be rounded this far."""
_OF_WHICH = re.compile(r"[^.;]{0,40}?,\s+of\s+(?:which|whom|them)\b|[^.;]{0,40}?,\s+including\b")


def points_misfit(context: Context) -> Iterator[Finding]:
    """Flag percentage points in a sentence that tells no difference between two percentages."""
    for found in _POINTS.finditer(context.text):
        sentence = context.segmentation.sentence_at(found.start())
        if sentence is None or sentence.furniture is not None:
            continue
        before = context.text[sentence.start : found.start()]
        rest = f"{before} {context.text[found.end() : sentence.end]}"
        if phrase_pattern("differences").search(rest) and not _LEVEL.search(before):
            continue
        place = Span(start=found.start(), end=found.end())
        note = (
            f"“{context.words(place)}” counts a difference between two percentages, and the sentence tells "
            "none. If a share is meant, it is per cent."
        )
        yield context.finding(FlagKind.UNIT_MISFIT, note, (place,))


def conversion_misfit(context: Context) -> Iterator[Finding]:
    """Flag "500 miles (800 miles)", and one measure in two units that are not the same length or weight."""
    for found in _CONVERTED.finditer(context.text):
        first, second = (lengths().get(found[part]) for part in ("unit", "other"))
        if first is None or second is None or first.of != second.of:
            continue
        stated, given = _value(found["first"]) * first.size, _value(found["second"]) * second.size
        if min(stated, given) <= 0 or max(stated, given) / min(stated, given) - 1 <= _OFF:
            continue
        place = Span(start=found.start(), end=found.end())
        makes = number(stated / second.size)
        note = f"“{context.words(place)}”: the first makes {makes} of the second. A figure or a unit is off."
        yield context.finding(FlagKind.UNIT_MISFIT, note, (place,))


def _value(figure: str) -> float:
    return float(figure.replace(",", ""))


def magnitude_slipped(context: Context) -> Iterator[Finding]:
    """Flag "5.6 million" in one place and "5.6 billion" in another for what looks like one amount."""
    by_digits: dict[tuple[str, str | None], list[Figure]] = defaultdict(list)
    for figure in context.figures:
        quantity = figure.quantity
        if (
            quantity.kind in ("count", "money", "measure")
            and quantity.low == quantity.high
            and figure.low >= _LEAST
        ):
            digits = f"{figure.low:.0f}".rstrip("0")
            if len(digits) >= 2:  # "2 million" and "2 billion" meet by chance
                by_digits[digits, quantity.kind].append(figure)
    for figures in by_digits.values():
        earlier: dict[float, list[int]] = defaultdict(list)
        for position, later in enumerate(figures):
            near = sorted(n for value, found in earlier.items() if _is_step(value, later.low) for n in found)
            first = next((figures[n] for n in near if _slipped(context, figures[n], later)), None)
            if len(earlier[later.low]) < _MOST_EQUAL:
                earlier[later.low].append(position)
            if first is None:
                continue
            note = f"{context.shown(first)} in one place, {context.shown(later)} in another: the same digits."
            yield context.finding(
                FlagKind.FIGURES_DIFFER, note, (first.quantity.place, later.quantity.place), article_wide=True
            )


def _is_step(one: float, other: float) -> bool:
    high, low = max(one, other), min(one, other)
    return high != low and any(abs(high / low - step) < 1 for step in _STEPS)


def _slipped(context: Context, one: Figure, other: Figure) -> bool:
    shared = stems(one.sentence.of(context.text)) & stems(other.sentence.of(context.text))
    return one.quantity.unit == other.quantity.unit and len(shared) >= _COMMON


def part_above_whole(context: Context) -> Iterator[Finding]:
    """Flag a part that is larger than its whole: "8 million crowns, of which the town pays 56 million"."""
    for position, whole in enumerate(context.figures):
        kind = whole.quantity.kind
        end = whole.quantity.end
        if kind not in ("count", "money") or whole.quantity.high is None or whole.sentence.quote_depth:
            continue
        opening = _OF_WHICH.match(context.text, end, whole.sentence.end)
        if opening is None:
            continue
        for part in context.figures[position + 1 : position + 4]:
            same = part.sentence.index == whole.sentence.index and part.quantity.start >= opening.end()
            unit = part.quantity.unit == whole.quantity.unit if kind == "money" else same_kind(part, whole)
            if not same or part.quantity.kind != kind or not unit or part.low <= whole.high:
                continue
            note = (
                f"{context.shown(part)} is given as a part of {context.shown(whole)}, and is more: "
                f"{number(part.low)} is above {number(whole.high)}."
            )
            spans = (part.quantity.place, whole.quantity.place)
            yield context.finding(FlagKind.PARTS_EXCEED_WHOLE, note, spans)
            break
