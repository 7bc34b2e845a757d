"""Units of money, share and measure: how they are written beside a figure.

The words are in `briefs/data/units.toml`.
"""

import re
from functools import cache
from typing import Literal, NamedTuple

from briefs.data import load

UnitKind = Literal["money", "percent", "measure"]


class UnitMatch(NamedTuple):
    """A unit written after a figure: it ends at `end` of the text."""

    end: int
    unit: str
    """ISO 4217 code, "%", or the unit in the article's words."""
    kind: UnitKind


class _Tables(NamedTuple):
    signs: dict[str, str]
    after: re.Pattern[str]
    before: re.Pattern[str]
    money: dict[str, str]
    adjectives: dict[str, str]


def _either(words: list[str]) -> str:
    return "|".join(
        re.escape(word).replace(r"\ ", r"[\s\u00a0]") for word in sorted(words, key=len, reverse=True)
    )


def _named_dollars(signs: list[str]) -> list[str]:
    """Return the signs that stay clear in small letters: "aud$", not "a$"."""
    return [sign for sign in signs if sign.endswith("$") and len(sign) > len("HK$")]


def _peoples() -> list[str]:
    """Return the words that say whose money it is: "Jordanian", "Hong Kong"."""
    adjectives = [word for words in load("countries")["names"].values() for word in words[:2]]
    return [*adjectives, *load("units")["currency_of_countries"]["of"]]


@cache
def _tables() -> _Tables:
    data = load("units")
    signs: dict[str, str] = data["currency_signs"]
    codes: list[str] = data["currency_codes"]["codes"]
    money = {word.lower(): code for code, words in data["currency_words"].items() for word in words}
    measures = [word for words in data["measures"].values() for word in words]
    percents: list[str] = data["percent"]["words"]
    # Short forms are case-sensitive ("mW" is not "MW"); words are not.
    short = [word for word in measures if len(word) <= 3 and word != "ton"]
    long = [word for word in measures if len(word) > 3 or word == "ton"]
    after = re.compile(
        rf"\s?(?P<percent>%|(?:{_either(percents)})(?!\w))"
        rf"|\s?(?P<sign>{_either([s for s in signs if not s.isascii()])}|\$(?!\s?[0-9]))(?!\w)"
        rf"|[\s-]?(?P<code>(?-i:{_either(codes)}))(?!\w)"
        # "30p" is pence, "1080p" a picture.
        r"|(?<!20)(?<!80)(?P<pence>(?-i:p))(?!\w)"
        r"|\s?(?P<metre>(?-i:m))(?=\s(?:tall|long|wide|high|deep|away|race|sprint|hurdles|relay|below|above)\b)"
        rf"|\s(?P<foreign>(?:{_either(_peoples())})\s(?:{_either(data['currency_of_countries']['nouns'])}))(?!\w)"
        rf"|[\s-](?P<money>{_either([word for word in money if len(word) > 1])})(?!\w)"
        rf"|-(?P<adjective>{_either(list(data['currency_adjectives']))})(?!\w)"
        rf"|[\s-]?(?P<long>{_either(long)})(?![\w²³/])"
        rf"|[\s-]?(?P<short>(?-i:{_either(short)}))(?![\w²³/])",
        re.IGNORECASE,
    )
    letters, marks = ([sign for sign in signs if sign[0].isalpha() is kind] for kind in (True, False))
    before = re.compile(
        rf"(?:(?:(?<!\w)(?P<letters>{_either(letters)}|(?i:{_either(_named_dollars(letters))}))|(?P<sign>{_either(marks)})|(?<!\w)(?P<code>{_either(codes)}))\s?)$"
    )
    adjectives: dict[str, str] = data["currency_adjectives"]
    return _Tables(signs=signs, after=after, before=before, money=money, adjectives=adjectives)


def unit_after(text: str, at: int, end: int, *, scaled: bool) -> UnitMatch | None:
    """Return the unit that is written at `at`; `scaled` tells whether the figure has a magnitude.

    "Two million pounds" are money, "two pounds" a weight.
    """
    match = _tables().after.match(text, at, end)
    if match is None:
        return None
    words = match.group(match.lastgroup or "")
    lower = " ".join(words.lower().split())
    unit, kind = _named(match.lastgroup or "", words, lower, scaled=scaled)
    return UnitMatch(match.end(), unit, kind)


def _named(group: str, words: str, lower: str, *, scaled: bool) -> tuple[str, UnitKind]:
    if group == "percent":
        return (lower if "point" in lower else "%"), "percent"
    if group in ("sign", "code", "pence"):
        return _tables().signs.get(words, words if group == "pence" else words.upper()), "money"
    if group == "foreign":
        return _tables().money.get(lower, words), "money"
    if group == "adjective":
        words = lower = _tables().adjectives[lower]
    code = _tables().money.get(lower) if group in ("money", "adjective") else None
    if code is None or (code == "pounds" and not scaled):
        return words, "measure"
    return {"pounds": "GBP", "XXX": words}.get(code, code), "money"


def currency_before(text: str, start: int, at: int) -> tuple[int, str] | None:
    """Return where a currency sign or code before `at` begins, and its ISO 4217 code."""
    match = _tables().before.search(text, max(start, at - 8), at)
    if match is None:
        return None
    sign = match["sign"] or match["letters"]
    if sign is None:
        return match.start(), match["code"].upper()
    return match.start(), _tables().signs.get(sign) or _tables().signs.get(sign.upper(), "USD")
