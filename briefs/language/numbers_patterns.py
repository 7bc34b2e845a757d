"""Words and patterns that numbers are read with: built once from `briefs/data/numbers.toml`."""

import re
from functools import cache
from typing import NamedTuple

from briefs.data import load


class NumberWords(NamedTuple):
    """The words of `briefs/data/numbers.toml` with their values."""

    units: dict[str, int]
    teens: dict[str, int]
    tens: dict[str, int]
    scales: dict[str, int]
    letters: dict[str, int]
    vague: dict[str, int]
    fractions: dict[str, int]
    signs: dict[str, float]


@cache
def number_words() -> NumberWords:
    """Return the number words, loaded once."""
    data = load("numbers")
    return NumberWords(*(data[name] for name in NumberWords._fields))


_DIGITS = (
    r"(?:[0-9]{1,3}(?:,[0-9]{2,3}){0,6},[0-9]{3}(?![0-9])(?:\.[0-9]++)?"
    r"|[0-9]{1,3}(?:[ \u00a0\u2009\u202f'’][0-9]{3}){1,6}(?![0-9])(?:[.,][0-9]{1,2}(?![0-9]))?"
    r"|[0-9]{1,3}(?:\.[0-9]{3}){1,6},[0-9]++|[0-9]{1,3}(?:\.[0-9]{3}){2,6}(?![0-9])"
    r"|[0-9]++(?:[.,][0-9]++)?|\.[0-9]++)"
)


class NumberPatterns(NamedTuple):
    """Regular expressions for the pieces of a number; `atom` names what it found by its group."""

    atom: re.Pattern[str]
    gap: re.Pattern[str]
    scale: re.Pattern[str]
    and_part: re.Pattern[str]
    point: re.Pattern[str]


@cache
def number_patterns() -> NumberPatterns:
    """Return the patterns, compiled once."""
    w = number_words()

    def either(*groups: dict[str, int]) -> str:
        return "(?:" + "|".join(sorted((x for g in groups for x in g), key=len, reverse=True)) + ")"

    signs, fraction, unit = "".join(w.signs), either(w.fractions), either(w.units)
    word = either(w.units, w.teens, w.tens, w.scales, w.vague)
    code = "(?-i:" + "|".join(load("units")["currency_codes"]["codes"]) + ")"
    codes = "".join(f"|(?<={code})" for code in load("units")["currency_codes"]["codes"])
    free = rf"(?:(?<![\w.,/]){codes})(?<!(?<![0-9])[A-Za-z]-)"
    return NumberPatterns(
        atom=re.compile(
            rf"(?P<slash>{free}(?:[0-9]{{1,4}}[ -])?[1-9][0-9]?/[1-9][0-9]{{0,2}}(?![\w/]))"
            rf"|(?P<sign>(?<!\w)[0-9]{{0,4}}[{signs}])|(?P<digits>{free}{_DIGITS})"
            rf"|(?P<word>(?<!\w){word}(?!\w))|(?P<part>(?<!\w){fraction}(?![\w-]))",
            re.IGNORECASE,
        ),
        gap=re.compile(r"\s{1,2}and\s{1,2}|\s?[-‑]\s?|\s{1,2}", re.IGNORECASE),
        scale=re.compile(
            rf"(?:\s{{1,2}}|-)(?P<word>{either(w.scales)}|dozens)(?!\w)"
            rf"|\s?(?P<letter>(?-i:{either(w.letters)}))(?:(?!\w)|(?={code}))(?!\s(?:tall|long|wide|high|deep|away|race"
            rf"|sprint|hurdles|relay)\b)",
            re.IGNORECASE,
        ),
        and_part=re.compile(
            rf"\s{{1,2}}and\s{{1,2}}(an?|{unit})[\s-]{{1,2}}({fraction})(?!\w)", re.IGNORECASE
        ),
        point=re.compile(rf"\s{{1,2}}point((?:\s{{1,2}}{unit}){{1,6}})(?!\w)", re.IGNORECASE),
    )
