"""Figures: value, bounds, approximation, what is counted, period and denominator.

The `text` of a quantity covers the figure with its magnitude, currency and unit of measure ("$4.5 million",
"10 percent", "200 miles", "15,000 to 18,000", "tens of thousands"), and "from" or "between" before a range.
Words that only bound or blur it ("more than", "about", "or so") stay outside and show in `low`, `high` and
`approximate`.

- "More than", "at least": `high` is null; "up to", "fewer than": `low` is null. "Nearly", "about": both
  bounds are the figure, and `approximate` is set. "Tens of thousands": 20,000 to 100,000; "thousands":
  2,000 and no upper bound.
- A percentage counts in hundredths, unit "%"; a share in words ("two-thirds", "one in five") as a fraction
  of one, unit "share". Money has its ISO 4217 code as unit.
- A score ("3-1", "52-48") has the smaller number as `low`, the larger as `high`. A multiple ("doubled",
  "three times as many") and a rank ("third-largest") have their number in both.
- A duration that is stated for its own sake ("took five hours", "for 26 years") is a measure, and a date
  mention too; one that only says over which time something happened ("in five years") is not.
"""

import re
from bisect import bisect_left

from briefs.data import load
from briefs.domain.scan import DateMention, Quantity
from briefs.domain.spans import Span
from briefs.language import numbers
from briefs.language.dates import dates
from briefs.language.dates_grammar import cells
from briefs.language.parse import ParsedArticle, ParsedSentence
from briefs.language.quantities_counted import (
    Words,
    counted,
    denominator,
    noun_phrase,
    period_of,
    periods,
    stated_whole,
)
from briefs.language.quantities_figure import Figure
from briefs.language.quantities_grammar import figures
from briefs.language.quantities_predicate import predicate
from briefs.language.quantities_words import durations, openers, word_figures

_SPOKEN = re.compile(r"[A-Za-z]+")
_HEIGHT = re.compile(r"[0-9]['’′]\s?[0-9]")
_FIGURE = re.compile(r"[0-9½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]")


def quantities(parsed: ParsedArticle, dated: tuple[DateMention, ...] | None = None) -> tuple[Quantity, ...]:
    """Return the figures of the article, in order, none overlapping another.

    `dated` are the article's dates, so that they are not looked for twice; found here where left out.
    """
    mentions = dates(parsed, None) if dated is None else dated
    starts = [mention.start for mention in mentions]
    found: list[Quantity] = []
    for sentence in parsed.sentences:
        first = bisect_left(starts, sentence.sentence.start)
        last = bisect_left(starts, sentence.sentence.end)
        near = [each for each in found[-3:] if sentence.sentence.start - each.end < _NEAR]
        found.extend(_of_sentence(parsed.text, sentence, list(mentions[first:last]), near))
    return tuple(found)


_NEAR = 200
"""Characters back to which "900 have gone" looks for what it counts."""


def _of_sentence(
    text: str, sentence: ParsedSentence, dated: list[DateMention], near: list[Quantity]
) -> list[Quantity]:
    """Return the figures of one sentence; `near` are the last ones before it."""
    start, end = sentence.sentence.start, sentence.sentence.end
    spoken = {word.lower() for word in _SPOKEN.findall(text, start, end)}
    if _FIGURE.search(text, start, end) is None and spoken.isdisjoint(numbers.starters() | openers()):
        return []
    wordless = spoken.isdisjoint(openers()) and _HEIGHT.search(text, start, end) is None
    worded = [] if wordless else list(word_figures(text, start, end))
    worded.extend(durations(text, start, dated))
    # "Three times as many" is one multiple, not a count of three.
    places = [*dated, *(Span(start=each.start, end=each.end) for each in worded)]
    plain = (each for cell in cells(text, start, end) for each in figures(text, cell.start, cell.end, places))
    every = sorted([*plain, *worded], key=lambda figure: figure.start)
    if not every:
        return []
    words = Words(sentence)
    phrases = periods(text, start, end, dated)
    whole = stated_whole(text, start, end)
    found: list[Quantity] = []
    for figure in every:
        if (figure.bare_one and not _counts_one(words, figure)) or _is_clock(text, words, figure):
            continue
        quantity = _quantity(text, words, figure, period_of(text, start, figure, phrases))
        quantity = _with_unit(quantity, figure, words, found if whole else [*near, *found])
        if whole and figure.start > whole.end and quantity.denominator is None and quantity.kind in _PARTS:
            quantity = quantity.model_copy(update={"denominator": text[whole.start : whole.end]})
        found.append(quantity)
    return found


_PARTS = frozenset({"count", "percent"})


def _with_unit(quantity: Quantity, figure: Figure, words: Words, before: list[Quantity]) -> Quantity:
    """Give a bare figure the unit of the one before it, where it counts nothing else.

    "9 million crowns, of which the town pays 3 million" are crowns; "300 cooks quit. More than 900 have gone"
    are cooks: a bare number is the subject of a verb.
    """
    if quantity.unit is not None or quantity.kind != "count" or not before:
        return quantity
    if figure.scale >= _MILLION and before[-1].kind == "money":
        return quantity.model_copy(update={"unit": before[-1].unit, "kind": "money"})
    token = words.tokens[max(0, words.at(figure.end) - 1)]
    if token.dep_ not in ("nsubj", "nsubjpass") or figure.bare_one or token.lower_ in _PRONOUNS:
        return quantity
    counted = next((each.unit for each in reversed(before) if each.kind == "count" and each.unit), None)
    return quantity.model_copy(update={"unit": counted})


_PRONOUNS = frozenset({"two", "both", "three"})
"""Numbers that stand for people met before as often as they count: "the two left together"."""
_MILLION = 1_000_000
_AT = re.compile(r"\b(?:at|by|until|till|before|after|from|past|since)\s$", re.IGNORECASE)
_CHANGE = re.compile(
    r"\b(?:ris|rose|fell|fall|grew|grow|increas|decreas|drop|cut|up|down|won|win|lost|lead|led|beat|remain|stay"
    r"|stood|stands?|number|total)\w*\b[^,;]{0,30}$",
    re.IGNORECASE,
)


def _is_clock(text: str, words: Words, figure: Figure) -> bool:
    """Tell whether a small number in words names an hour or an age: "it closes at ten"."""
    low = figure.low
    if figure.kind != "count" or low != figure.high or not isinstance(low, int) or not 0 < low <= _HOURS:
        return False
    before = text[max(0, figure.start - 40) : figure.start]
    if text[figure.start].isdigit() or not _AT.search(before) or _CHANGE.search(before):
        return False
    return noun_phrase(words, words.at(figure.end)) is None


_HOURS = 12


_NOT_ONE = re.compile(
    r"(?:of|another|day|time|thing|hand|side|way|reason|point|moment|such|more|else|side|s)$"
)


def _counts_one(words: Words, figure: Figure) -> bool:
    """Tell whether the word "one" counts something: "one officer was hurt", not "one of them", "one day"."""
    at = words.at(figure.start)
    if at + 1 >= len(words.tokens) or words.tokens[at].dep_ != "nummod":
        return False
    phrase = noun_phrase(words, at + 1)
    if phrase is None or _NOT_ONE.fullmatch(words.tokens[phrase[1]].lower_):
        return False
    # "Said one analyst" names a source and counts nobody.
    return words.tokens[phrase[1]].head.lemma_ not in load("quantities")["speech"]


def _quantity(text: str, words: Words, figure: Figure, period: str | None) -> Quantity:
    unit = figure.unit
    if unit is None and figure.kind in ("count", "multiple"):
        unit = counted(text, words, figure)
    unit_end = figure.tail
    if unit is not None and (at := text.find(unit, figure.end, figure.end + 120)) >= 0:
        unit_end = at + len(unit)
    return Quantity(
        start=figure.start,
        end=figure.end,
        text=text[figure.start : figure.end],
        low=figure.low,
        high=figure.high,
        unit=unit,
        approximate=figure.approximate,
        period=period,
        denominator=denominator(text, words, figure, unit_end),
        kind=figure.kind,
        predicate=_predicate(words, figure, unit_end),
    )


def _predicate(words: Words, figure: Figure, unit_end: int) -> str | None:
    """Return what the counted thing does or undergoes; a rank, score or multiple counts nothing."""
    if figure.kind in ("ordinal", "score", "multiple"):
        return None
    return predicate(words, Span(start=figure.start, end=figure.end), unit_end, figure.kind)
