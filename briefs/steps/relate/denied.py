"""What a text denies in so many words."""

import re
from functools import cache

from briefs.data import load
from briefs.language.terms import common, content


def denied_terms(text: str) -> tuple[str, ...] | None:
    """Return the terms of what a text denies in so many words, or none where it denies nothing."""
    found = _patterns().denies.search(text)
    return content(found.group(1)) if found else None


def called_false(text: str) -> tuple[str, ...]:
    """Return the terms of what the reports are about that a text calls false; empty where it does not."""
    found = _patterns().false.search(text)
    return tuple(t for t in content(found.group(1)) if not common(t)) if found else ()


def reports_of(text: str) -> list[tuple[str, ...]]:
    """Return the terms of what reports, claims or allegations a text speaks of."""
    return [content(found.group(1)) for found in _patterns().reports.finditer(text)]


class _Patterns:
    """Patterns made of the data file's lists."""

    def __init__(self) -> None:
        lists: dict[str, list[str]] = load("relating")
        denies, reports, false = ("|".join(lists[name]) for name in ("denies", "reports", "false"))
        what = r"([^.;:!?“”\"]{8,300})"
        self.denies = re.compile(
            rf"\b(?:{denies})\s+(?:(?:(?:the|any|all|these|those|such)\s+)?(?:{reports})\s+)?"
            rf"(?:that|of|about)?\s*{what}",
            re.IGNORECASE,
        )
        self.false = re.compile(
            rf"\b(?:{reports})\s+(?:about|of|that)\s+([^.;:!?,“”\"]{{3,80}}?)\s+(?:is|are|was|were)\s+"
            rf"(?:(?:completely|entirely|simply|totally|all|utterly)\s+)?(?:{false})\b",
            re.IGNORECASE,
        )
        self.reports = re.compile(
            rf"\b(?:{reports})\s+(?:of|about|that)\s+([^.;:!?,]{{3,80}})", re.IGNORECASE
        )


@cache
def _patterns() -> _Patterns:
    return _Patterns()
