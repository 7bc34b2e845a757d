"""Flags about rates, totals, ranges and floors that are laid side by side, with the arithmetic shown."""

import re
from collections.abc import Iterator

from briefs.domain.brief import Finding, FlagKind
from briefs.domain.spans import Span
from briefs.steps.flag.context import Context
from briefs.steps.flag.figure import Figure, number, overlap, same_kind, same_thing
from briefs.steps.flag.lexicon import (
    alternatives,
    event_families,
    months,
    phrase_pattern,
    stems,
    time_stems,
    words,
)
from briefs.steps.flag.periods import one_month, rate_of, stretch_of, times

_POINTING = (
    rf"(?:{alternatives(words('pointing_words'))}|{alternatives(months())})(?:[’']s)?\s+"
    rf"(?:[^\W\d_]+\s+)?(?:{alternatives(words('pointing_nouns'))})\b"
)
_BORNE_OUT = re.compile(
    rf"\b{_POINTING}\s+(?:(?:is|are|was|were|has|have|been|being|also|partly|largely|broadly|now)\s+){{1,4}}\Z",
    re.IGNORECASE,
)
"""Before the word: "these figures are … confirmed"."""
_BEARING_OUT = re.compile(rf"\s+(?:[^\W\d_]+\s+){{0,2}}?{_POINTING}", re.IGNORECASE)
"""After the word: "confirmed … these figures"."""
_WIDEST = 3
"""A total further than this from what its rate gives is for another place or thing."""
_NEAR = 10
"""A rate and a total, a range and a floor, are compared within this many sentences."""
_ROUNDING = 0.05
"""What "about" may hide."""


def corroboration(context: Context) -> Iterator[Finding]:
    """Flag a figure that is said to bear out an earlier one and lies outside it."""
    for sentence in context.body:
        if sentence.index not in context.figures_of:
            continue
        text = sentence.of(context.text)
        cue = phrase_pattern("corroboration").search(text)
        if cue is None or not _points_back(text, cue):
            continue
        later = [f for f in context.figures_of[sentence.index] if f.quantity.kind != "ordinal"]
        earlier = [
            figure
            for before in context.before(sentence, 3)
            for figure in context.figures_of.get(before.index, ())
        ]
        pair = next(((e, f) for f in later for e in earlier if _one_measure(e, f, context)), None)
        if pair is None or overlap(*pair, slack=_slack(*pair)):
            continue
        first, second = pair
        word = Span(start=sentence.start + cue.start(), end=sentence.start + cue.end())
        note = (
            f"The text says “{context.words(word)}” of {context.shown(first)} and {context.shown(second)}, "
            f"which are not the same figure. {_distance(first, second)}"
        )
        spans = (first.quantity.place, word, second.quantity.place)
        yield context.finding(FlagKind.CORROBORATION_DIFFERS, note, spans, article_wide=True)


def _points_back(text: str, cue: re.Match[str]) -> bool:
    """Tell whether the sentence speaks of an earlier figure close to the word that bears it out."""
    before = text[max(0, cue.start() - 80) : cue.start()]
    return bool(_BORNE_OUT.search(before) or _BEARING_OUT.match(text, cue.end()))


def _one_measure(one: Figure, other: Figure, context: Context) -> bool:
    """Tell whether two figures count the same kind of thing over times of the same length."""

    def monthly(figure: Figure) -> bool:
        rate = rate_of(figure)
        return one_month(figure, context) if rate is None else rate.unit == "month"

    return same_kind(one, other) and monthly(one) == monthly(other)


def _slack(one: Figure, other: Figure) -> float:
    rough = one.quantity.approximate or other.quantity.approximate
    bounds = [abs(b) for f in (one, other) for b in (f.low, f.high) if abs(b) != float("inf")]
    return _ROUNDING * max(bounds, default=0) if rough else 0


def _distance(one: Figure, other: Figure) -> str:
    if one.low > other.high:
        return f"{number(one.low)} lies {number(one.low - other.high)} above {number(other.high)}."
    return f"{number(one.high)} lies {number(other.low - one.high)} below {number(other.low)}."


def rate_and_total(context: Context) -> Iterator[Finding]:
    """Flag a rate that, over the time of a stated total, does not give that total."""
    for rate in context.figures:
        per = rate_of(rate)
        if per is None or not rate.quantity.low or not rate.quantity.high:
            continue
        for total in context.figures_near(rate, _NEAR):
            if total.quantity.low is None or not same_thing(rate, total):
                continue
            stretch = stretch_of(total, context)
            if stretch is None or stretch.least <= 0 or stretch.most < 2 * per.months:
                continue
            least = rate.low * stretch.least / per.months
            most = rate.high * stretch.most / per.months
            slack = _ROUNDING * most if rate.quantity.approximate or total.quantity.approximate else 0
            # "surpassed 64,000" leaves no room for 64,000 itself.
            over = total.low >= most + slack if total.is_floor else total.low > most + slack
            if (not over and total.high >= least - slack) or not _one_event(rate, total, context):
                continue
            if total.low > _WIDEST * most or total.high < least / _WIDEST:
                continue
            product = number(round(least))
            if round(most) != round(least):
                product += f" to {number(round(most))}"
            note = (
                f"{context.shown(rate)} a {per.unit} for {times(stretch, per)} would give {product}; "
                f"the text says {context.shown(total)} for the same time. "
                "Different periods or units may explain it."
            )
            spans = (rate.quantity.place, total.quantity.place)
            yield context.finding(FlagKind.RATE_AND_TOTAL, note, spans)


def _one_event(one: Figure, other: Figure, context: Context) -> bool:
    """Tell whether the sentences of two figures tell the same kind of event."""
    first, second = one.sentence.of(context.text), other.sentence.of(context.text)
    if any(family.search(first) and family.search(second) for family in event_families()):
        return True
    return bool((stems(first) & stems(second)) - _units(one, other) - time_stems())


def _other_event(one: Figure, other: Figure, context: Context) -> bool:
    """Tell whether the sentences of two figures tell events of different kinds."""
    first, second = one.sentence.of(context.text), other.sentence.of(context.text)
    told = [(family.search(first), family.search(second)) for family in event_families()]
    if any(one and other for one, other in told):
        return False
    return one.unit != other.unit or all(any(side) for side in zip(*told, strict=True))


def _units(*figures: Figure) -> frozenset[str]:
    return frozenset().union(*(stems(f.quantity.unit or "") for f in figures))


def bound_beside_range(context: Context) -> Iterator[Finding]:
    """Flag a range that ends below a "more than" given for the same thing.

    A range that goes on beyond it leaves room for it: a spread of estimates says no more than that.
    """
    for floor in context.figures:
        if not floor.is_floor or rate_of(floor) is not None or floor.quantity.kind != "count":
            continue
        for spread in context.figures_near(floor, _NEAR):
            below = floor.low / 2 <= spread.high < floor.low
            if not below or floor.low < 10 or not _is_range(spread) or not same_thing(floor, spread):
                continue
            if _other_times(floor, spread, context) or _other_event(floor, spread, context):
                continue
            note = (
                f"{context.shown(spread)}, which ends at {number(spread.high)}, and {context.shown(floor)} "
                "both stand in the text. For which dates does each hold?"
            )
            spans = (floor.quantity.place, spread.quantity.place)
            yield context.finding(FlagKind.RANGE_AND_BOUND, note, spans)


def _is_range(figure: Figure) -> bool:
    """Tell whether a figure has two stated ends; "tens of thousands" bounds nothing."""
    quantity = figure.quantity
    ends = quantity.low is not None and quantity.high is not None and quantity.low < quantity.high
    return ends and rate_of(figure) is None and any(c.isdecimal() for c in quantity.text)


def _other_times(one: Figure, other: Figure, context: Context) -> bool:
    """Tell whether two figures are, by their own words, for different times."""
    first, second = stretch_of(one, context), stretch_of(other, context)
    if one_month(one, context) != one_month(other, context):
        return True
    return first is not None and second is not None and first.words != second.words


def headline_figure(context: Context) -> Iterator[Finding]:
    """Flag a headline figure that no figure of the body for the same thing agrees with."""
    headline = context.headline
    if headline is None:
        return
    for figure in context.figures_of.get(headline.index, ())[:5]:
        if figure.unit is None or figure.quantity.kind == "ordinal" or figure.quantity.low is None:
            continue
        others = [f for f in context.figures if f.sentence is not headline and same_kind(figure, f)]
        slack = _ROUNDING * max(figure.low, 0)
        same = [o for o in others if o.unit == figure.unit and _one_measure(figure, o, context)]
        if not same or any(overlap(figure, o, slack) for o in others) or _summed(figure, same):
            continue
        closest = next((o for o in same if _one_event(figure, o, context)), None)
        if closest is None:
            continue
        note = f"The headline says {context.shown(figure)}; the text gives {context.shown(closest)}."
        spans = (figure.quantity.place, closest.quantity.place)
        yield context.finding(FlagKind.FIGURES_DIFFER, note, spans, article_wide=True)


def _summed(figure: Figure, others: list[Figure]) -> bool:
    """Tell whether a headline adds up what the text gives in parts."""
    lows = [o.low for o in others if o.low > 0]
    pairs = any(a + b == figure.low for i, a in enumerate(lows[:20]) for b in lows[i + 1 : 20])
    return pairs or sum(lows) == figure.low
