"""Flags about figures of one article that are laid side by side, with the arithmetic shown."""

import re
from collections import defaultdict
from collections.abc import Iterator

from briefs.domain.brief import Finding, FlagKind
from briefs.domain.scan import Attribution
from briefs.domain.spans import Span
from briefs.steps.flag.context import Context, Figure, phrase_pattern, words
from briefs.steps.flag.periods import is_rate, months_covered, one_month, open_ended

_WHOLE = re.compile(r"\b(?:of|out of|among)\s+(?:the|its|their|those|all|a total of)?\s*$", re.IGNORECASE)
_PIECE_GAP = 400
"""Parts and their whole stand within this many characters."""


_QUALIFIER = re.compile(
    r"(?:more than|less than|fewer than|over|under|above|below|at least|at most|up to|as many as|nearly|"
    r"almost|"
    r"about|around|approximately|roughly|some|surpass\w*|exceed\w*|top\w*)\s+$",
    re.IGNORECASE,
)


def shown(context: Context, figure: Figure) -> str:
    """Return a figure's exact words with the "more than" before it and the unit after it, for a note."""
    start, end = figure.quantity.start, figure.quantity.end
    before = _QUALIFIER.search(context.text, max(figure.sentence.start, start - 20), start)
    unit = figure.quantity.unit
    if unit and context.text.startswith(f" {unit}", end):
        end += len(unit) + 1
    return f"“{context.words(Span(start=before.start() if before else start, end=end))}”"


def comparable(one: Figure, other: Figure) -> bool:
    """Tell whether two figures count the same kind of thing."""
    if one.quantity.kind != other.quantity.kind or one.quantity.low == other.quantity.low is None:
        return False
    same_unit = one.unit is not None and one.unit == other.unit
    return same_unit or (one.counts is not None and one.counts == other.counts)


def bounds(figure: Figure) -> tuple[float, float]:
    """Return a figure's bounds as numbers, infinite where open."""
    low, high = figure.quantity.low, figure.quantity.high
    return (float("-inf") if low is None else low, float("inf") if high is None else high)


def number(value: float) -> str:
    """Return a number with thousands separators and no needless decimals."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def corroboration(context: Context) -> Iterator[Finding]:
    """Flag a figure that is said to bear out an earlier one and lies outside it."""
    for sentence in context.body:
        text = sentence.of(context.text)
        cue = phrase_pattern("corroboration").search(text)
        if not cue or not phrase_pattern("pointing_back").search(text):
            continue
        later = [f for f in context.figures_of.get(sentence.index, ()) if f.quantity.kind != "ordinal"]
        earlier = [
            figure
            for before in context.before(sentence, 3)
            for figure in context.figures_of.get(before.index, ())
        ]
        pair = next(((e, f) for f in later for e in earlier if _same_measure(e, f)), None)
        if pair is None or _overlap(*pair):
            continue
        first, second = pair
        word = Span(start=sentence.start + cue.start(), end=sentence.start + cue.end())
        note = (
            f"Said to be “{context.words(word)}”: but {shown(context, first)} and {shown(context, second)} "
            f"are not the same figure. {_distance(first, second)}"
        )
        spans = (first.quantity.place, word, second.quantity.place)
        yield context.finding(FlagKind.CORROBORATION_DIFFERS, note, spans, article_wide=True)


def _same_measure(one: Figure, other: Figure) -> bool:
    """Tell whether two figures count the same thing over periods of the same length."""

    def monthly(figure: Figure) -> bool:
        return is_rate(figure) or one_month(figure)

    return comparable(one, other) and monthly(one) == monthly(other)


def _overlap(one: Figure, other: Figure) -> bool:
    (low, high), (other_low, other_high) = bounds(one), bounds(other)
    slack = 0.02 * max(abs(low), 1) if one.quantity.approximate or other.quantity.approximate else 0
    return low - slack <= other_high and other_low <= high + slack


def _distance(one: Figure, other: Figure) -> str:
    (low, high), (other_low, other_high) = bounds(one), bounds(other)
    if low > other_high:
        return f"{number(low)} lies {number(low - other_high)} above {number(other_high)}."
    return f"{number(high)} lies {number(other_low - high)} below {number(other_low)}."


def rate_and_total(context: Context) -> Iterator[Finding]:
    """Flag a monthly rate that, over the months of a stated total, does not give that total."""
    rates = [f for f in context.figures if is_rate(f) and f.quantity.low and f.quantity.high]
    totals = [f for f in context.figures if not is_rate(f) and f.quantity.low is not None]
    for rate in rates:
        low, high = bounds(rate)
        for total in totals:
            months = months_covered(total, context)
            if months is None or not comparable(rate, total):
                continue
            total_low, total_high = bounds(total)
            # "surpassed 180,000" leaves no room for 180,000 itself.
            over = (
                total_low >= high * months.number if open_ended(total) else total_low > high * months.number
            )
            if not over and total_high >= low * months.number:
                continue
            product = number(low * months.number)
            if high != low:
                product += f" to {number(high * months.number)}"
            note = (
                f"{shown(context, rate)} a month for {months.number} months ({months.words}) would give "
                f"{product}; the text says {shown(context, total)} for the same time. "
                "Different periods or units may explain it."
            )
            spans = (rate.quantity.place, total.quantity.place)
            yield context.finding(FlagKind.RATE_AND_TOTAL, note, spans)


def bound_beside_range(context: Context) -> Iterator[Finding]:
    """Flag a range whose lower end lies under a "more than" given for the same thing."""
    floors = [f for f in context.figures if open_ended(f) and not is_rate(f) and f.quantity.kind == "count"]
    ranges = [
        f
        for f in context.figures
        if f.quantity.low is not None
        and f.quantity.high is not None
        and f.quantity.low < f.quantity.high
        and not is_rate(f)
        and any(character.isdecimal() for character in f.quantity.text)  # "tens of thousands" bounds nothing
    ]
    for floor in floors:
        for spread in ranges:
            low, high = bounds(spread)
            least = bounds(floor)[0]
            near = abs(floor.sentence.index - spread.sentence.index) <= 8
            if not near or not comparable(floor, spread) or low >= least or high < least / 2:
                continue
            note = (
                f"{shown(context, spread)} allows as few as {number(low)}; elsewhere the text gives "
                f"{shown(context, floor)}. If both are for the same time, one of them is off."
            )
            spans = (floor.quantity.place, spread.quantity.place)
            yield context.finding(FlagKind.RANGE_AND_BOUND, note, spans)


def parts_and_whole(context: Context) -> Iterator[Finding]:
    """Flag parts of a whole ("of the 120 …, 80 … and 60 …") that add up to more than it."""
    for position, whole in enumerate(context.figures):
        before = context.text[max(0, whole.quantity.start - 24) : whole.quantity.start]
        if whole.quantity.kind != "count" or whole.quantity.low is None or not _WHOLE.search(before):
            continue
        parts = [
            figure
            for figure in context.figures[position + 1 : position + 6]
            if figure.sentence.index == whole.sentence.index
            and figure.quantity.kind == "count"
            and figure.quantity.start - whole.quantity.end < _PIECE_GAP
            and (figure.unit in (None, whole.unit) or figure.counts == whole.counts is not None)
        ]
        least = sum(bounds(part)[0] for part in parts if part.quantity.low is not None)
        most = bounds(whole)[1]
        if len(parts) < 2 or least <= most or any(bounds(part)[0] > most for part in parts):
            continue
        summed = " + ".join(number(bounds(part)[0]) for part in parts)
        note = (
            f"{summed} = {number(least)}: more than {shown(context, whole)}, the whole that they are part of."
        )
        spans = (whole.quantity.place, *(part.quantity.place for part in parts))
        yield context.finding(FlagKind.PARTS_EXCEED_WHOLE, note, spans)


def units_mixed(context: Context) -> Iterator[Finding]:
    """Flag one number that counts cases in one place and people in another."""
    by_value: dict[tuple[object, object], list[Figure]] = defaultdict(list)
    for figure in context.figures:
        if figure.counts and figure.quantity.low is not None and max(bounds(figure)[0], 0) >= 20:
            by_value[(figure.quantity.low, figure.quantity.high or figure.quantity.low)].append(figure)
    for figures in by_value.values():
        case = next((f for f in figures if f.counts == "cases"), None)
        person = next((f for f in figures if f.counts == "people"), None)
        if case is None or person is None:
            continue
        note = (
            f"{number(bounds(case)[0])} counts “{case.quantity.unit}” in one place and "
            f"“{person.quantity.unit}” in another. "
            "A case is not a person: one person may have several, one case may hold many."
        )
        spans = (case.quantity.place, person.quantity.place)
        yield context.finding(FlagKind.UNITS_MIXED, note, spans)


def figure_announced(context: Context) -> Iterator[Finding]:
    """Flag a figure that is announced and then not given, there or in the two sentences after."""
    verbs = phrase_pattern("announcing_verbs")
    for sentence in context.body:
        text = sentence.of(context.text)
        verb = verbs.search(text)
        if verb is None or sentence.role != "body":
            continue
        noun = re.compile(
            r"\s+(?:\w+\s+){0,3}?(?P<noun>" + "|".join(sorted(words("announced_nouns"))) + r")\b"
        ).match(text, verb.end())
        if noun is None or _figures_follow(context, sentence.index):
            continue
        start, end = sentence.start + verb.start(), sentence.start + noun.end()
        place = Span(start=start, end=end)
        note = f"Announces a figure, “{context.words(place)}”, and gives none here or in the sentences after."
        yield context.finding(FlagKind.FIGURE_ANNOUNCED, note, (place,))


def _figures_follow(context: Context, index: int) -> bool:
    return any(
        figure.quantity.kind != "ordinal"
        for near in range(index - 1, index + 3)
        for figure in context.figures_of.get(near, ())
    )


def figure_unsourced(context: Context) -> Iterator[Finding]:
    """Flag a figure in the article's own voice next to a sourced one that counts the same kind of thing."""
    for figure in context.figures:
        if figure.attribution is not None or figure.quantity.kind == "ordinal" or not figure.unit:
            continue
        if figure.sentence is context.headline or max(bounds(figure)[0], 0) < 10:
            continue
        if context.attributions_of.get(figure.sentence.index):
            continue  # the sentence has a source for some of it: too close to call
        neighbours = (
            other
            for index in (figure.sentence.index - 1, figure.sentence.index + 1)
            for other in context.figures_of.get(index, ())
        )
        beside = next(
            (
                o
                for o in neighbours
                if _sourced(o.attribution) and comparable(figure, o) and _differ(figure, o)
            ),
            None,
        )
        if beside is None or beside.attribution is None or beside.attribution.source is None:
            continue
        note = (
            f"{shown(context, figure)} has no source of its own; {shown(context, beside)} beside it "
            f"is given to {beside.attribution.source.name}. "
            "One source must not be lent to the other."
        )
        yield context.finding(FlagKind.FIGURE_UNSOURCED, note, (figure.quantity.place, beside.quantity.place))


def _sourced(attribution: Attribution | None) -> bool:
    return attribution is not None and attribution.source is not None


def _differ(one: Figure, other: Figure) -> bool:
    return bounds(one) != bounds(other)


def headline_figure(context: Context) -> Iterator[Finding]:
    """Flag a headline figure that no figure of the body for the same thing agrees with."""
    headline = context.headline
    if headline is None:
        return
    for figure in context.figures_of.get(headline.index, ()):
        if figure.unit is None or figure.quantity.kind == "ordinal" or figure.quantity.low is None:
            continue
        others = [f for f in context.figures if f.sentence is not headline and comparable(figure, f)]
        rounded = 0.05 * max(bounds(figure)[0], 0)
        agreeing = [o for o in others if _near(figure, o, rounded)]
        same_period = [o for o in others if _same_measure(figure, o) and o.unit == figure.unit]
        if agreeing or not same_period:
            continue
        note = f"The headline says {shown(context, figure)}; the text gives {shown(context, same_period[0])}."
        spans = (figure.quantity.place, same_period[0].quantity.place)
        yield context.finding(FlagKind.FIGURES_DIFFER, note, spans, article_wide=True)


def _near(one: Figure, other: Figure, slack: float) -> bool:
    (low, high), (other_low, other_high) = bounds(one), bounds(other)
    return low - slack <= other_high and other_low <= high + slack
