"""What news writes of figures and dates, told from an annotation alone, and how spans are made comparable.

The annotated inputs of `benchmarks.numbers` test a voice assistant. Which of its annotations are about what
news writes is told here from the annotation (its type, its TIMEX value, its own words), never from what is
found in them. An annotation that is left out has a reason, and nothing found on its place counts for or
against. The words that a date may be made of are a closed list, after the usual style books.
"""

import re
from typing import Any, Final

CLOCK: Final = "clock time or repetition"
ORDINAL: Final = "ordinal"
ANAPHORIC: Final = "hangs on other text, numbered week, school year"
CHAT: Final = "holiday, chat or machine notation"
SUM: Final = "sum of a length and a date"
BARE_DAY: Final = "week day with a bare number"
DICTATED: Final = "dictated: day, year or cents read out"
NO_FIGURE: Final = "unit without a figure"
NOTATION: Final = "mathematical notation or school fraction"
QUERY: Final = "two conditions of a query"
ADDRESS: Final = "piece of an address on the internet"
SHORT: Final = "abbreviation that no style book has"
PIECE: Final = "piece of a date, an amount, a telephone number, a list"

_CLOCK_TYPES: Final = frozenset({"datetime", "datetimerange", "time", "timerange", "timezone", "set"})
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?"
    r"|sun(?:day)?)\.?"
)
_UNIT = (
    r"(?:second|minute|hour|day|night|weekend|week|fortnight|month|quarter|year|decade|century|centurie)s?"
)
_CARDINAL = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand)"
)
_ORDINAL = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|last|final"
    r"|[0-9]{1,2}(?:st|nd|rd|th))"
)
_PLAIN = (
    r"(?:an?|the|this|that|these|those|of|in|on|at|to|and|or|from|between|through|until|till|since|before"
    r"|after|by|for|within|during|starting|ending|beginning|start|end|begin|middle|mid|early|earlier|late"
    r"|later|more|less|than|over|about|around|nearly|almost|at|least|no|past|last|next|coming|upcoming"
    r"|previous|following|current|recent|same|ago|now|yesterday|today|tomorrow|half|few|several|couple"
    r"|spring|summer|autumn|fall|winter|fiscal|financial|calendar|greater|up|only|just|long|old)"
)
_DIGITS = (
    r"(?:[0-9]{1,2}|[0-9]{4}s?|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}([/.-])[0-9]{1,2}\1[0-9]{4}"
    r"|[0-9]{4}[-–][0-9]{2}(?:[0-9]{2})?|q[1-4])"
)
_HYPHENED = rf"(?:{_MONTH}[-–]{_MONTH}|[0-9]{{1,2}}[-–](?:[0-9]{{1,2}}|{_MONTH})|{_CARDINAL}-{_CARDINAL})"
_NEWS_WORD = re.compile(
    rf"{_MONTH}|{_WEEKDAY}|{_UNIT}|{_CARDINAL}|{_ORDINAL}|{_PLAIN}|{_DIGITS}|{_HYPHENED}|[-–—]"
)
_HANGING = re.compile(r"PRESENT_REF|XXXX-XX|#|^XXXX$|^SY|-W[0-9]+-WE")
_BARE = re.compile(r"(?:the|that|same|the same) (?:day|week|month|year|fortnight|quarter)|week [0-9]+")
_NUMERIC = re.compile(
    r"(?<![0-9-])[0-9]{1,2}[/.-][0-9]{1,2}(?:[/.-][0-9]{2,4})?\s?-\s?[0-9]|\bof [0-9]{2}$"
    r"|^[0-9]{1,2}[/.-][0-9]{1,2}$"
)
_ADDRESS = re.compile(r"://|www\.|@|\.(?:com|org|net)\b", re.IGNORECASE)
_SHORT = re.compile(r"[0-9.,]+\s?(?:MM|mil|G|T)|.*\bdozs?\.?")
_SUM = re.compile(
    rf"(?:[0-9]|\ba\b|{_CARDINAL}).*\b{_UNIT},? (?:from|before|after|starting|beginning|since|on)\b"
)
_BARE_DAY = re.compile(
    rf"(?:(?:this|next|last|coming|past) )?{_WEEKDAY},? (?:the )?(?:[0-9]{{1,2}}|{_CARDINAL})"
)
"""A week day with a bare number: in a newspaper that number counts something ("on Monday 21 were hurt")."""
_COUNTED = re.compile(rf"\b{_CARDINAL}\b")
_LENGTH = re.compile(rf"\b{_UNIT}\b")
_MATHEMATICS = re.compile(r"[<>=~^{}]|\bover\b|\bequal|\d[ex]\d|^-?0[0-9]|[0-9]{12}|-\s", re.IGNORECASE)
_COMPARES = r"(?:than|above|below|at (?:most|least))"
_QUERY = re.compile(rf"{_COMPARES}.*\b(?:and|but)\b.*{_COMPARES}|,.*{_COMPARES}|\bthe\b", re.IGNORECASE)
_FIGURE = re.compile(rf"[0-9½⅓⅔¼¾⅙]|{_CARDINAL}|half|quarter|third|fifth|dozen|nought|naught", re.IGNORECASE)
_CENTS = re.compile(rf"(?:[0-9]|{_CARDINAL})\s?(?:dollars?|usd|euros?|\$)(?: and)? [a-z0-9-]+", re.IGNORECASE)
_BESIDE = re.compile(
    rf"[\w/-]|,\s?[0-9]|\s?(?:[$€£%]|dollars?|yuan|euros?|rupees?|kg|{_UNIT})(?!\w)", re.IGNORECASE
)
_WHOLE_AND_PART = re.compile(r"and (?:a|one|three) (?:half|quarters?|fourths?)", re.IGNORECASE)


def left_out(text: str, span: dict[str, Any]) -> str | None:
    """Return why an annotation of `text` is not about what news writes, or none where it is.

    `span` has type, start, end and resolution as the data set gives them.
    """
    if _in_address(text, span):
        return ADDRESS
    kind = (span["type"] or "ordinal").removeprefix("datetimeV2.")
    words = text[span["start"] : span["end"]].lower()
    resolution = span.get("resolution") or {}
    if kind in _CLOCK_TYPES:
        return CLOCK
    if kind.startswith("ordinal"):
        return ORDINAL
    if kind in ("date", "daterange", "duration"):
        values = resolution.get("values") or [{}]
        return _date_left_out(words, values[0].get("timex", ""), lasts=kind == "duration")
    return _figure_left_out(text, span, words)


def _in_address(text: str, span: dict[str, Any]) -> bool:
    """Tell whether the run of characters around an annotation, up to white space, is an internet address."""
    before, after = text[: span["start"]], text[span["end"] :]
    token = re.search(r"\S*$", before), re.match(r"\S*", after)
    return _ADDRESS.search("".join(part.group() if part else " " for part in token)) is not None


def _figure_left_out(text: str, span: dict[str, Any], words: str) -> str | None:
    kind, resolution = span["type"], span.get("resolution") or {}
    if _MATHEMATICS.search(words) or resolution.get("subtype") == "power":
        return NOTATION
    if resolution.get("value") in (None, "null") or not _FIGURE.search(words) or "cent of" in words:
        return NO_FIGURE
    if kind == "number":
        return _number_left_out(text, span, words)
    wrong = (kind == "numberrange" and _QUERY.search(words), kind == "currency" and _CENTS.search(words))
    return QUERY if wrong[0] else DICTATED if wrong[1] else None


def _date_left_out(words: str, timex: str, *, lasts: bool) -> str | None:
    if _HANGING.search(timex) or _BARE.fullmatch(words):
        return ANAPHORIC
    known = all(_NEWS_WORD.fullmatch(token) for token in re.sub("[,()]", " ", words).split())
    if not known or _NUMERIC.search(words) or (words == timex and len(timex) == len("2015-12")):
        return CHAT
    if lasts:
        return None
    if _SUM.search(words):
        return SUM
    if _BARE_DAY.fullmatch(words):
        return BARE_DAY
    return DICTATED if _COUNTED.search(words) and not _LENGTH.search(words) else None


def _number_left_out(text: str, span: dict[str, Any], words: str) -> str | None:
    before, after = text[: span["start"]], text[span["end"] :]
    if re.search(r"[\w/+$€£-]$|[0-9],\s?$", before) or _BESIDE.match(after):
        return PIECE
    if _SHORT.fullmatch(text[span["start"] : span["end"]].strip()):
        return SHORT
    value = float(span["resolution"]["value"])
    if span["resolution"].get("subtype") != "fraction":
        return None
    if abs(value) > 1:
        return None if _WHOLE_AND_PART.search(words) or "half" in words or "¼" in words else NOTATION
    simple = any(abs(value * under - round(value * under)) < 1e-9 for under in range(2, 11))
    return None if simple and len(re.split(r"[ -]+", words)) <= 3 else NOTATION


_LEAD = re.compile(
    r"(?:about|around|approximately|some|almost|nearly|roughly"
    r"|(?:more|less|fewer|greater|smaller|larger|higher|lower) than|over|under|above|below|at least|at most"
    r"|up to|as late as|no (?:more|less|fewer|later|earlier) than|later than|earlier than|exceed(?:s|ed|ing)?"
    r"|surpass(?:es|ed|ing)?|from|between|either|in|on|at|since|until|till|before|after|by|within|during|for"
    r"|starting(?: on| in| from)?|beginning(?: on| in)?|of|the|aged?|year(?= [0-9]))\s+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s+(?:or|and) (?:more|less|fewer|greater|higher|lower|later|earlier|older|after|before|above|below"
    r"|over|so)(?: than)?$|\s?[.,;]$",
    re.IGNORECASE,
)


def bare(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without the words that one side takes in and the other leaves outside.

    The list is closed: words that bound or blur ("more than", "about", "or more"), prepositions and "the",
    "aged", a stop at the end. They are taken from both sides of a comparison.
    """
    while match := _LEAD.match(text, start, end):
        start = match.end()
    while match := _TAIL.search(text[start:end]):
        end = start + match.start()
    return start, end
