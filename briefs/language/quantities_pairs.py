"""Two numbers that are one figure: ranges, scores, "one in five"."""

import re
from itertools import pairwise

from briefs.language.numbers import whole
from briefs.language.quantities_figure import Figure

_CHANGE = re.compile(
    r"\b(?:rose|risen|rise|rises|rising|fell|fallen|fall|falls|falling|grew|grown|grow|increase[ds]?"
    r"|increasing|decrease[ds]?|drop(?:s|ped|ping)?"
    r"|cut|cuts|up|down|climb(?:s|ed|ing)?|jump(?:s|ed)?|declin(?:e|es|ed|ing)|reduc(?:e|es|ed|ing)"
    r"|rais(?:e|es|ed|ing)|went|gone|expand(?:s|ed)?"
    r"|chang(?:e|es|ed|ing)|soar(?:s|ed)?|shr[aiu]nk|doubled|surged|slid|dipped|lower(?:s|ed)?|moved"
    r"|swelled)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_LEAD = re.compile(r"(?<!\w)(from|between|either)\s(?:about\s|around\s|some\s)?$", re.IGNORECASE)
_DASH = re.compile(r"\s?[-–—‑]\s?")
_TO = re.compile(r"\s(?:to|through)\s(?:about\s|around\s|as many as\s)?")
_AND = re.compile(r"\sand\s(?:about\s|around\s)?")
_OR = re.compile(r"\sor\s(?:even\s|perhaps\s|maybe\s)?")
_OUT_OF = re.compile(r"\s(?:in|out of|of)\s(?:every\s|each\s)?")
_CONTEST = re.compile(
    r"\b(?:win|wins|won|beat|beats|beaten|beating|defeat\w*|lost|lose|loses|lead|leads|led|draw|drew|drawn"
    r"|vote[ds]?|voting|score[ds]?|margin|ruled|ruling"
    r"|pass(?:es|ed)?|approve[ds]?|reject(?:s|ed)?|victory|goal|goals|game|match|final|half-time|trail\w*"
    r"|thrash\w*|decision|split|record)\b",
    re.IGNORECASE,
)


def joined_pairs(text: str, plain: list[Figure], start: int) -> list[Figure]:
    """Join the two ends of a range or score, and the two numbers of "one in five"."""
    joined: list[Figure] = []
    skip = False
    for one, two in pairwise([*plain, None]):
        if skip or one is None:
            skip = False
            continue
        both = _pair(text, one, two, start) if two and two.start - one.end <= 16 else None
        joined.append(both or one)
        skip = both is not None
    return joined


def _pair(text: str, one: Figure, two: Figure, start: int) -> Figure | None:
    gap = text[one.end : two.start]
    lead = _LEAD.search(text, max(start, one.start - 18), one.start)
    if _OUT_OF.fullmatch(gap):
        return _one_in(one, two, gap)
    if _DASH.fullmatch(gap) and (score := _score(text, one, two, start)):
        return score
    # "Passed by 88 to 79": a contest's figures fall, a range's rise.
    if _TO.fullmatch(gap) and _falls(one, two) and (score := _score(text, one, two, start, sure=True)):
        return score
    links = _DASH.fullmatch(gap) or _TO.fullmatch(gap) or _OR.fullmatch(gap)
    if lead and lead[1].lower() == "between":
        links = links or _AND.fullmatch(gap)
    if not links or (lead and _CHANGE.search(text[max(start, lead.start() - 70) : lead.start()])):
        return None
    # "Rose 10 to 15 percent" is a range, "rose 10 to 15" a change.
    shares = one.kind == "count" and two.kind == "percent" and two.unit == "%"
    changed = _CHANGE.search(text[max(start, one.start - 40) : one.start])
    if lead is None and _TO.fullmatch(gap) and changed and not shares:
        return None
    return _range(text, one, two, lead.start() if lead else one.start)


_DASHES = frozenset("-–—‑")


def _range(text: str, one: Figure, two: Figure, begin: int) -> Figure | None:
    # "Aged 19 to 34": what is said of the first holds for the second.
    aged = one.kind == "measure" and two.kind == "count" and one.unit == "years"
    # "$5-6 million": the sign is written once.
    priced = (
        one.kind == "money"
        and two.kind == "count"
        and (two.scale > 1 or text[one.end : two.start] in _DASHES)
    )
    if one.low is None or two.low is None or not (aged or priced or one.kind in ("count", two.kind)):
        return None
    low, high = one.low, two.high
    # "15 to 18 thousand": the magnitude is written once.
    if two.scale > 1 and one.scale == 1 and low * two.scale < two.low:
        low = whole(low * two.scale)
    if (high is not None and low >= high) or (one.unit and two.unit and one.unit != two.unit):
        return None
    kind = one.kind if aged or priced else two.kind
    return two._replace(
        start=begin, low=low, kind=kind, unit=two.unit or one.unit, approximate=one.vague or two.vague
    )


def _one_in(one: Figure, two: Figure, gap: str) -> Figure | None:
    """Return "one in five", "nine out of ten" as a share; "12 of the 40" stays two figures."""
    if (
        one.kind != "count"
        or two.kind != "count"
        or one.low is None
        or two.low is None
        or gap.strip() == "of"
    ):
        return None
    usual = two.low in (3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 25, 50, 100, 1000, 10_000, 100_000, 1_000_000)
    if not (0 < one.low < two.low and usual and isinstance(one.low, int)):
        return None
    share = one.low / two.low
    return two._replace(start=one.start, low=share, high=share, kind="percent", unit="share", bare_one=False)


def _falls(one: Figure, two: Figure) -> bool:
    return isinstance(one.low, int) and isinstance(two.low, int) and one.low > two.low


def _score(text: str, one: Figure, two: Figure, start: int, *, sure: bool = False) -> Figure | None:
    """Return the score of two numbers; `sure` asks for a word of contest beside them."""
    plain = one.kind == two.kind == "count" and isinstance(one.low, int) and isinstance(two.low, int)
    if not plain or one.scale > 1 or two.scale > 1 or two.low is None or one.low is None or one.low < 0:
        return None
    around = text[max(start, one.start - 60) : one.start], text[two.end : two.end + 30]
    contested = any(_CONTEST.search(piece) for piece in around) and max(one.low, two.low) < 1000
    if (sure or one.low < two.low) and not contested:
        return None
    if sure and _CHANGE.search(around[0]):
        return None
    low, high = sorted((one.low, two.low))
    return two._replace(start=one.start, low=low, high=high, kind="score")
