"""Figures that are words of their own: multiples ("doubled", "three times as many") and ranks."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from briefs.data import load
from briefs.domain.scan import DateMention, Number
from briefs.language.quantities_figure import Figure
from briefs.language.quantities_grammar import bounded, figures

_STEMS: dict[str, Number] = load("numbers")["multiples"]["stems"]
_FOLDS: list[str] = load("numbers")["multiples"]["folds"]
_CHANGING = "|".join(stem for stem in _STEMS if stem not in ("half", "twice", "thrice"))
_MULTIPLE = re.compile(
    rf"\b(?:(?:{_CHANGING})(?:ed|es|ing)\b(?!\s(?:down|up)\b)|(?:{_CHANGING})e"
    r"(?=\s(?:the|its|their|his|her|what|that|in|to|from|since|between|over|by|within)\b)"
    r"|(?:twice|thrice)(?=\s(?:as|the|that|what|its|their|his|her|more)\b)|half as (?=many|much)"
    rf"|(?P<number>{'|'.join(_FOLDS)}"
    r"|[0-9]{1,4}(?:\.[0-9]{1,2})?)(?:[ -]?fold\b|\stimes(?=\s(?:as|more|less|the|higher|lower|larger"
    r"|bigger|greater|faster|what|its|their|over|that)\b)))",
    re.IGNORECASE,
)


_FEET = re.compile(
    r"(?<![\w.])(?P<feet>[1-9][0-9]?)[ -]?(?:ft|feet|foot)\.?(?:,? and )?[ -]?"
    r"(?P<inches>[0-9]{1,2}(?:\.[0-9])?)"
    r"(?:[ -]?(?:inches|inch|ins|in)\b)?(?![\w%])"
    r"|(?<![\w.])(?P<tall>[3-8])['’′]\s?(?P<rest>[0-9]|1[01])(?:[\"”″]|['’]{2})",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"\b(?:in|within|over|during|every|each|per|past|last|next|first|on|into|the)\s(?:about\s|around\s|just\s|only\s)?$",
    re.IGNORECASE,
)
_LENGTH = re.compile(r"(?P<number>.{1,60}?)[ -](?P<unit>[a-z]+)(?:[ -]long)?", re.IGNORECASE)


def durations(text: str, start: int, dated: Iterable[DateMention]) -> Iterator[Figure]:
    """Yield the durations among `dated` that are stated for their own sake, as measures of time."""
    for mention in dated:
        match = _LENGTH.fullmatch(mention.text) if mention.kind == "duration" else None
        if match is None or _WITHIN.search(text, max(start, mention.start - 20), mention.start):
            continue
        read = figures(match["number"], 0, len(match["number"]), ())
        # "One day", "an hour" are seldom meant as a figure.
        if len(read) != 1 or read[0].low == 1 or read[0].end - read[0].start != len(match["number"]):
            continue
        (value,) = read
        figure = Figure(mention.start, mention.end, value.low, value.high, "measure", match["unit"].lower())
        yield bounded(text, figure, start, mention.end)


@cache
def _rank() -> re.Pattern[str]:
    words = "|".join(sorted(load("dates")["ordinals"], key=len, reverse=True))
    ordinal = rf"(?P<{{}}>{words}|[0-9]{{{{1,3}}}}(?:st|nd|rd|th))"
    return re.compile(
        rf"\b{ordinal.format('one')}[- ](?=(?:[a-z]{{3,12}}est|most|best|worst|least)\b)"
        rf"|\b(?:rank|ranks|ranked|ranking|finish|finished|finishing|placed"
        rf"|came)\s(?:in\s)?(?:the\s)?{ordinal.format('two')}\b"
        rf"|\b{ordinal.format('three')}(?=[- ]place\b)",
        re.IGNORECASE,
    )


@cache
def openers() -> frozenset[str]:
    """Return the lower-case words without which a sentence holds no multiple and no rank."""
    changing = {stem + ending for stem in _STEMS for ending in ("", "e", "ed", "es", "ing")}
    ranks = {word.split("-")[-1] for word in load("dates")["ordinals"]}
    folds = {f"{number}fold" for number in _FOLDS}
    return frozenset(
        {*changing, *ranks, *folds, "times", "fold", "ft", "foot", "feet", "st", "nd", "rd", "th"}
    )


def word_figures(text: str, start: int, end: int) -> Iterator[Figure]:
    """Yield lengths in feet and inches, the multiples and the ranks between `start` and `end`."""
    for match in _FEET.finditer(text, start, end):
        value = int(match["feet"] or match["tall"]) + float(match["inches"] or match["rest"]) / 12
        first, stop = match.span()
        yield Figure(first, stop, value, value, kind="measure", unit="ft", lead=first, tail=stop)
    for match in _MULTIPLE.finditer(text, start, end):
        value = _multiple(match)
        stop = match.start() + len(match.group().rstrip())
        yield Figure(match.start(), stop, value, value, kind="multiple", lead=match.start(), tail=stop)
    ordinals: list[str] = load("dates")["ordinals"]
    for match in _rank().finditer(text, start, end):
        name = next(name for name in ("one", "two", "three") if match[name])
        word, first, stop = match[name].lower(), match.start(name), match.end(name)
        rank = ordinals.index(word) + 1 if word in ordinals else int(word[:-2])
        yield Figure(first, stop, rank, rank, kind="ordinal", lead=first, tail=stop)


def _multiple(match: re.Match[str]) -> Number:
    if match["number"] is None:
        return next(value for stem, value in _STEMS.items() if match.group().lower().startswith(stem))
    word = match["number"].lower()
    data = load("numbers")
    for group in ("units", "teens", "tens", "scales"):
        if word in data[group]:
            value: int = data[group][word]
            return value
    return float(word) if "." in word else int(word)
