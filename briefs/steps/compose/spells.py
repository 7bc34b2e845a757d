"""Lengths of time and days counted from another: both end on dates that can be looked up."""

import re
from collections.abc import Sequence
from functools import cache

from briefs.domain.claims import ExtractedClaim
from briefs.steps.compose.figure import UNSAFE, Figure
from briefs.steps.compose.phrases import words

_WORD = re.compile(r"\w+")


def length(claim: ExtractedClaim, figures: Sequence[Figure]) -> str | None:
    """Return the exact words of the first length of time that something took.

    None for an age, a sentence passed, what is repeated and an adjective ("a five-day strike"): nobody
    could say from when to when they run.
    """
    if not words("no_spells").isdisjoint(_WORD.findall(claim.claim.quote.text.lower())):
        return None
    counted = (figure.quoted for figure in figures if figure.lasts and figure.quoted)
    dated = (date.text for date in claim.claim.dates if date.kind == "duration")
    return next((said for said in (*counted, *dated) if _usable(said)), None)


def counted_day(claim: ExtractedClaim) -> str | None:
    """Return the words of the first day that is counted from another: "24 days ago", "two weeks later"."""
    dated = (date.text for date in claim.claim.dates if date.kind == "relative")
    return next((said for said in dated if _usable(said) and _FROM.search(said)), None)


def _usable(said: str) -> bool:
    return " " in said and not UNSAFE.search(said) and _counted().search(said) is not None


_FROM = re.compile(r"\b(?:ago|earlier|later|before|after)\b", re.IGNORECASE)


@cache
def _counted() -> re.Pattern[str]:
    return re.compile(
        rf"\b[\w.,-]+\s(?:{'|'.join(sorted(words('spells'), key=len, reverse=True))})\b", re.IGNORECASE
    )
