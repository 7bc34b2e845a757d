"""What an editor's words in a field of the desk mean: a decision, a date, an address, or just the words.

What could mean two things is not guessed: the reason is given, for a person to write it otherwise.
"""

import re
from datetime import date
from functools import cache
from typing import NamedTuple

from briefs.data import load
from briefs.domain.desk_events import DeskField
from briefs.steps.render.entered import entered
from briefs.steps.render.wording import CHECKS, STATUSES

MOST = 20_000
"""The most characters of a value that are taken over."""
_EDGES = " \t\n\u00a0*_`\"'“”„‘’«»[]()."
_STRUCK = re.compile(r"~~[^~\n]{0,200}~~|<(del|s)>[^<\n]{0,200}</\1>")
_DATES = (
    re.compile(r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})(?:t.{0,30})?"),
    re.compile(r"(?P<day>[0-9]{1,2})\.\s?(?P<month>[0-9]{1,2})\.\s?(?P<year>[0-9]{4}|[0-9]{2})"),
    re.compile(
        r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?(?P<month>[a-z]{3,9})\.?,?\s+(?P<year>[0-9]{4})"
    ),
    re.compile(r"(?P<month>[a-z]{3,9})\.?\s+(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>[0-9]{4})"),
)
_SLASHED = re.compile(r"(?P<one>[0-9]{1,2})[/-](?P<other>[0-9]{1,2})[/-](?P<year>[0-9]{4})")
_TWELVE = 12
_WEEKDAY = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+")
_LINK = re.compile(r"\[[^\]\n]{0,500}\]\(\s{0,9}<?([^\s<>()]{1,2000})>?[^)\n]{0,200}\)")
_ANGLED = re.compile(r"<([a-z]+://[^\s<>]{1,2000})>", re.IGNORECASE)


class Value(NamedTuple):
    """What a field's words mean: a value, nothing (both null), or why they cannot be taken over."""

    value: str | None = None
    reason: str | None = None


def meant(field: DeskField | None, raw: str, soft: str = "\n") -> Value:
    """Return what a field's Markdown means; `field` is null where any words are.

    A check's and a status's value is that of the enumeration, a date's is ISO 8601.
    """
    if len(raw) > MOST:
        return Value(reason=f"it is longer than {MOST:,} characters")
    if field in (DeskField.SAID, DeskField.SO):
        return _chosen(raw, "check", ", ".join(CHECKS.values()))
    if field is DeskField.STATUS:
        return _chosen(raw, "status", ", ".join(STATUSES.values()))
    if field is DeskField.DATE:
        return _dated(raw)
    if field is DeskField.ARCHIVE_URL:
        raw = _ANGLED.sub(r"\1", _LINK.sub(r"\1", raw))
    words = entered(raw, soft)
    return Value(words if words.strip() else None)


class _Words(NamedTuple):
    means: dict[str, dict[str, str]]
    unclear: dict[str, str]


@cache
def _words() -> _Words:
    lists = load("desk_markdown")
    means = {
        kind: {word: value for value, words in lists[kind].items() for word in words}
        for kind in ("check", "status")
    }
    return _Words(means, lists["unclear"])


def _chosen(raw: str, kind: str, allowed: str) -> Value:
    said = entered(_STRUCK.sub(" ", raw), soft=" ").replace("_", " ").rstrip("!;,")
    said = " ".join(said.casefold().split())
    word = said.strip(_EDGES)
    if not said:
        return Value("open")
    value = _words().means[kind].get(word) or _words().means[kind].get(said)
    if value is not None:
        return Value(value)
    if kind == "status" and word in _words().unclear:
        return Value(reason=_words().unclear[word])
    return Value(reason=f"it is none of: {allowed}")


def _dated(raw: str) -> Value:
    said = entered(raw, soft=" ").strip(_EDGES + ",;").casefold()
    if not said:
        return Value()
    said = _WEEKDAY.sub("", said, count=1) if said[0].isalpha() else said
    slashed = _SLASHED.fullmatch(said)
    if slashed:
        return _slashed(int(slashed["one"]), int(slashed["other"]), int(slashed["year"]))
    match = next((found for form in _DATES if (found := form.fullmatch(said))), None)
    if match is None:
        return _NO_DATE
    month = match["month"] if match["month"].isdigit() else _months().get(match["month"], 0)
    year = match["year"] if len(match["year"]) == len("2026") else f"20{match['year']}"
    return _day(int(year), int(month), int(match["day"]))


_NO_DATE = Value(reason="it is no date: write it as 2026-11-22")


def _slashed(one: int, other: int, year: int) -> Value:
    """Return a date of which only the figures tell which is the month."""
    if max(one, other) <= _TWELVE and one != other:
        return Value(reason="day and month could be meant either way: write it as 2026-11-22")
    return _day(year, min(one, other), max(one, other))


@cache
def _months() -> dict[str, int]:
    return {each.casefold(): at for at, names in enumerate(load("dates")["months"], 1) for each in names}


def _day(year: int, month: int, day: int) -> Value:
    try:
        return Value(date(year, month, day).isoformat())
    except ValueError:
        return _NO_DATE
