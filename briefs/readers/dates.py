"""Dates that a format states as metadata: to ISO 8601, or nothing where a part is missing or ambiguous.

Dates within sentences are none of this module's business.
"""

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_WORDS = re.compile(
    rf"(?:{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\.? (?P<month2>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    rf"[a-z]*\.?,? (?P<year2>\d{{4}}))",
    re.IGNORECASE,
)
_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?"
)
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})\b")
_COMPACT = re.compile(r"\A(\d{4})(\d{2})(\d{2})\Z")
_PDF = re.compile(r"\AD:(\d{4})(\d{2})(\d{2})")


def iso_date(stated: str) -> str | None:
    """Return the ISO 8601 date or date-time that `stated` gives in full, else none.

    Read are ISO 8601, RFC 2822, PDF dates, "3 July 2025", "July 3, 2025" and "3.7.2025". "03/07/2025"
    is two different days to two readers and is not read.
    """
    stated = " ".join(stated.split())
    return _iso(stated) or _written(stated) or _rfc(stated)


def _iso(stated: str) -> str | None:
    match = _ISO.search(stated)
    if match is None:
        match = _COMPACT.match(stated) or _PDF.match(stated)
        return _day(match[1], match[2], match[3]) if match else None
    day = _day(match[1], match[2], match[3])
    if day is None or match[4] is None:
        return day
    zone = (match[7] or "").replace("Z", "+00:00")
    if zone and ":" not in zone:
        zone = f"{zone[:3]}:{zone[3:]}"
    try:
        return datetime.fromisoformat(f"{day}T{match[4]}:{match[5]}:{match[6] or '00'}{zone}").isoformat()
    except ValueError:
        return day


def _written(stated: str) -> str | None:
    match = _WORDS.search(stated)
    if match:
        name = (match["month"] or match["month2"]).lower()
        number = _MONTHS.index(name) + 1
        return _day(match["year"] or match["year2"], str(number), match["day"] or match["day2"])
    dotted = _DOTTED.search(stated)
    return _day(dotted[3], dotted[2], dotted[1]) if dotted else None


def _rfc(stated: str) -> str | None:
    try:
        return parsedate_to_datetime(stated).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
