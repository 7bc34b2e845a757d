"""Where dates and times stand in a text: the rules of `dates_rules`, and what beside them rules a match out.

Nothing here knows what a date is worth; `dates_value` does.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from briefs.data import load
from briefs.domain.spans import Span
from briefs.language.dates_rules import rules


class Found(NamedTuple):
    """A date expression at `start`..`end` of the text, found by `rule`."""

    rule: str
    start: int
    end: int


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    names: dict[str, str] = {}
    parts: list[str] = []
    for at, (name, rule) in enumerate(rules()):
        names[f"r{at}"] = name
        parts.append(f"(?P<r{at}>{rule})")
    joined = "|".join(parts)
    return re.compile(
        rf"(?<![\w$€£¥#.])(?<![$€£¥] )(?:(?<!\d[,.:/-])|(?<=\d-)(?=[A-Z]))(?:{joined})", re.IGNORECASE
    ), names


_WORD = re.compile(r"[A-Za-z]+|[0-9]+|['’](?=[2-9]0)")


@cache
def _openers() -> frozenset[str]:
    """Return the lower-case words that an expression can start with."""
    data = load("dates")
    phrases = [form for forms in data["months"] for form in forms]
    for key in (
        "weekdays",
        "weekdays_short",
        "ordinals",
        "numbers",
        "vague_numbers",
        "seasons",
        "holidays",
        "openers",
    ):
        phrases.extend(data[key])
    return frozenset(re.split("[ -]", phrase)[0].lower() for phrase in phrases)


_TAB = re.compile(r"\t")


def cells(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the cells of a table row, or the whole of a sentence: no date and no figure runs over a tab."""
    for border in (*(match.start() for match in _TAB.finditer(text, start, end)), end):
        if border > start:
            yield Span(start=start, end=border)
        start = border + 1


def find(text: str, start: int, end: int) -> Iterator[Found]:
    """Yield the date expressions of `text` between `start` and `end`, in order, none overlapping another."""
    pattern, names = _pattern()
    openers, free = _openers(), start
    # The rules are tried only where an expression can start: most words are dismissed by one look-up.
    for word in _WORD.finditer(text, start, end):
        at = word.start()
        if at < free or not (word.group()[0] in _DIGITS or word.group().lower() in openers):
            continue
        match = pattern.match(text, at, end)
        if match and _fits(names[match.lastgroup or ""], text, match, start, end):
            yield _found(names[match.lastgroup or ""], text, match)
            free = match.end()


def _found(rule: str, text: str, match: re.Match[str]) -> Found:
    """Return the mention without an article before it ("the third quarter"), or a full stop after it."""
    start, end = match.span()
    if rule != "day" and text[start : start + 4].lower() == "the ":
        start += 4
    # An abbreviated month at the end of a sentence: the stop is the sentence's.
    if text[end - 1] == "." and rule != "clock":
        after = text[end : end + 40].lstrip()[:1]
        end -= not after or after.isupper()
    return Found(rule, start, end)


_DIGITS = frozenset("0123456789'’")
_MONTH_BEFORE = re.compile(
    r"\b(?:in|since|by|until|till|from|to|of|during|before|after|through|throughout|between|and|or|for"
    r"|every|each|late|early|mid"
    r"|as of|on|around|last|this|next|past|the|that|over|at|-|–)[\s-]+(?:the\s+)?$",
    re.IGNORECASE,
)
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|by|until|till|before|after|during|early|late|mid|year|years|fiscal|FY|circa|the|its"
    r"|his|her|their|our|this|through|from|a|for|between|of|to|and|or|than|around|back)"
    r"|not|with|on|versus|vs\.?|against|like|unlike|into|beyond"
    r"|['’]s|[(\[,;:–—/-]|\b[A-Z][\w’'.-]*)[\s-]*$"
)
_COUNT_BEFORE = re.compile(
    r"(?:\b(?:about|some|than|nearly|almost|around|of|to|for|and|or|least|most|over|approximately|with|on"
    r"|not|against)|\bNo\."
    r"|\d)\s*$",
    re.IGNORECASE,
)
_PLURAL_AFTER = re.compile(r"\s(?:[a-z-]{2,}s|[a-z]*(?:children|people|women|men|police))\b")
_OLD_AFTER = re.compile(r"[\s-]years?[\s-]old\b", re.IGNORECASE)
_YEAR_AND_UNIT = re.compile(r"(?:19|20)\d\d\s[a-z]+[a-rt-z]", re.IGNORECASE)
_AGE_BEFORE = re.compile(
    r"\b(?:aged?|ages) (?:of |between )?(?:[0-9]{1,3}\s?(?:[-–—]|to|and)\s?)?$", re.IGNORECASE
)
_LAST_VERB = re.compile(
    r"(?:\b(?:will|would|could|should|may|might|can|must|shall|to|not|did|does|do|often|usually)|n['’]t)\s$",
    re.IGNORECASE,
)
_COMPOUND_AFTER = re.compile(r"-(?!long\b)[a-z]", re.IGNORECASE)
_DURATION_BEFORE = re.compile(
    r"\b(?:for|in|within|after|over|than|about|of|last|lasts|lasted|took|take|takes|spent|spend|until|half"
    r"|nearly|almost|least|only|just|once)\s$",
    re.IGNORECASE,
)


def _fits(rule: str, text: str, match: re.Match[str], start: int, end: int) -> bool:
    before = text[max(start, match.start() - 24) : match.start()]
    after = text[match.end() : min(end, match.end() + 40)]
    if rule == "year":
        return _is_year(before, after)
    if rule == "month_alone":
        return _is_month(before, match.group())
    if rule == "duration":
        # "Two night-shift workers" are not two nights.
        compound = " " in match.group() and _COMPOUND_AFTER.match(text, match.end())
        # "The 2018 day of action".
        compound = compound or _YEAR_AND_UNIT.fullmatch(match.group())
        return not (_AGE_BEFORE.search(before) or compound or _is_part(before, match.group()))
    if rule in ("last_n", "a_duration"):
        # "The trial should last three weeks": a verb.
        led = _LAST_VERB if rule == "last_n" else _DURATION_BEFORE
        return (led.search(before) is None) is (rule == "last_n")
    return rule != "season_alone" or _is_season(before, match.group(), after)


def _is_year(before: str, after: str) -> bool:
    if _OLD_AFTER.match(after):
        return False
    if not before.strip():
        return _PLURAL_AFTER.match(after) is None
    counted = _PLURAL_AFTER.match(after) is not None and _COUNT_BEFORE.search(before) is not None
    return not counted and _YEAR_BEFORE.search(before) is not None


_QUARTERS = re.compile(r"(?:one|two|three)[ -]quarters?", re.IGNORECASE)
_QUARTERS_BEFORE = re.compile(
    r"\b(?:for|in|within|over|after|last|past|next|first|consecutive|all)\s$", re.IGNORECASE
)


def _is_part(before: str, words: str) -> bool:
    """Tell whether "three quarters" are a part of something, and no stretch of nine months."""
    return _QUARTERS.fullmatch(words) is not None and _QUARTERS_BEFORE.search(before) is None


_SEASON_BEFORE = re.compile(
    r"\b(?:in|by|during|over|throughout|until|till|since|before|after|every|each|whole)\s(?:the\s)?$",
    re.IGNORECASE,
)


def _is_season(before: str, words: str, after: str) -> bool:
    """Tell whether a season without its year is a time: "by summer", not "summer school"."""
    led = _SEASON_BEFORE.search(before)
    if led is None and not words.lower().startswith("the "):
        return False
    if not words[words.lower().startswith("the ") * 4 :].islower():
        return False
    stands = re.match(
        r"[.,;:!?)”’\"]|$|\s(?:and|but|when|after|before|as|to|or|for|with|by|it|he|she|they|the|a)\b", after
    )
    springs = re.search(r"\b(?:spring|fall)$", words, re.IGNORECASE)
    return stands is not None and (springs is None or led is not None)


def _is_month(before: str, words: str) -> bool:
    """Tell whether a bare month name is one: "may" and "March" also are other words, and April a name."""
    if not words[0].isupper() and " " not in words and "-" not in words:
        return _MONTH_BEFORE.search(before) is not None and len(words) > 3
    ambiguous = words.rstrip(".").lower() in load("dates")["ambiguous_months"]
    return not ambiguous or _MONTH_BEFORE.search(before) is not None
