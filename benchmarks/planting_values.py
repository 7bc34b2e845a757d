"""Where the figures, dates and names of an article can be given an error.

Plain patterns that know nothing of the tool's own rules; only the names of people are taken from the tool's
reading, since a name cannot be told from other capitals by a pattern.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from benchmarks.planting import Error, Ground, Plant
from briefs.domain.segmentation import Sentence
from briefs.domain.spans import Span

_SAYING = r"(?:said|says|told|added|explained|argued|stated|noted|warned|claimed|announced|wrote|insisted)"
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_INVENTED = (
    "Marlow Tennick",
    "Edda Quillfeather",
    "Corwin Ashdyke",
    "Philippa Ormerod-Vane",
    "Tobin Harkness",
)
"""Names of nobody, for sources that had none."""


def revalued(ground: Ground) -> Iterator[Plant]:
    """Yield dates that can move, units that can slip, figures that stand twice, names that can be swapped."""
    for sentence in ground.body:
        yield from _dates(ground, sentence)
        yield from _units(ground, sentence)
        yield from _unnamed(ground, sentence)
    yield from _speakers(ground)
    yield from _figures(ground)


_DATE = re.compile(
    rf"\b(?:(?P<weekday>{'|'.join(_WEEKDAYS)}),? )?(?:(?P<day>\d{{1,2}}) (?P<month>{'|'.join(_MONTHS)})"
    rf"|(?P<named>{'|'.join(_MONTHS)}) (?P<numbered>\d{{1,2}}))\b(?!:)"
)
_YEAR = re.compile(r"\b(?:in|since|of|during|from|by|late|early) (?P<year>(?:19|20)\d\d)\b(?![-–/]\d)")
_AHEAD = re.compile(
    r"\b(?:will|would|until|next|upcoming|scheduled|plans?|due|expected|deadline|to be|set for|starts|begins|"
    r"opens|meets|runs|through|wish|forbids|allows|between|now)\b"
)
"""A sentence with one of these may well speak of a day to come."""


def _dates(ground: Ground, sentence: Sentence) -> Iterator[Plant]:
    """Yield dates of the past that can be moved beyond the article's own, and weekdays beside a date."""
    published = ground.article.published
    if published is None or _AHEAD.search(ground.text, sentence.start, sentence.end):
        return
    year, month = int(published[:4]), int(published[5:7])
    for found in _DATE.finditer(ground.text, sentence.start, sentence.end):
        if found["weekday"]:
            day = found["weekday"]
            other = _WEEKDAYS[(_WEEKDAYS.index(day) + 2) % 7]
            yield _replaced(Error.DATE, found.start("weekday"), day, other)
        elif month < 11 and not re.match(r",? (?:19|20)\d\d", ground.text[found.end() :]):
            part = "month" if found["month"] else "named"
            old, new = found[part], _MONTHS[month + 1]
            whole = Span(start=found.start(), end=found.end())
            moved = _replaced(Error.DATE, found.start(part), old, new)
            yield moved._replace(
                before=whole, name_before=found.group(), name=found.group().replace(old, new)
            )
    for found in _YEAR.finditer(ground.text, sentence.start, sentence.end):
        if int(found["year"]) <= year:
            yield _replaced(Error.DATE, found.start("year"), found["year"], str(year + 2))


def _replaced(error: Error, start: int, old: str, new: str) -> Plant:
    """Return an error that puts one word or name for another, which are the whole element."""
    place = Span(start=start, end=start + len(old))
    return Plant(error, place, new, place, old, new)


_NUMBER = r"(?P<number>\d[\d,.]*\d|\d|one|two|three|four|five|six|seven|eight|nine|ten)"
_UNITS = tuple(
    (re.compile(rf"\b{_NUMBER}(?P<gap>[ -]?)(?P<unit>{old})(?![\w])"), new)
    for old, new in (
        ("million", "billion"),
        ("billion", "million"),
        ("percent|per cent", "percentage points"),
        ("%", " percentage points"),
        ("km|kilometres|kilometers", "miles"),
        ("miles", "kilometres"),
        ("metres|meters", "kilometres"),
        ("tonnes|tons", "kilograms"),
        ("hours", "days"),
        ("days", "weeks"),
        ("weeks", "months"),
        ("months", "years"),
    )
)
_PER = re.compile(
    rf"\b{_NUMBER}(?P<between>(?: [a-z]+){{0,3}}) (?P<unit>(?:a|per|each|every) (?:day|week|month|year))\b"
)
_LONGER = {"day": "month", "week": "year", "month": "day", "year": "month"}


def _units(ground: Ground, sentence: Sentence) -> Iterator[Plant]:
    for pattern, new in _UNITS:
        for found in pattern.finditer(ground.text, sentence.start, sentence.end):
            yield _slipped(found, new)
    for found in _PER.finditer(ground.text, sentence.start, sentence.end):
        each, _, unit = found["unit"].partition(" ")
        yield _slipped(found, f"{each} {_LONGER[unit]}")


def _slipped(found: re.Match[str], new: str) -> Plant:
    place = Span(start=found.start("unit"), end=found.end("unit"))
    name = f"{found.group()[: found.start('unit') - found.start()]}{new}"
    return Plant(Error.UNIT, place, new, Span(start=found.start(), end=found.end()), found.group(), name)


_ROLES = (
    r"(?:source|official|officer|spokes(?:wo)?man|spokesperson|witness|resident|expert|worker|employee|student|doctor|"
    r"teacher|aide|diplomat|manager|researcher|analyst|protester|survivor|passenger)"
)
_GROUPS = r"(?:officials|sources|witnesses|residents|police|researchers|critics|experts)"
_OF = r"(?: (?:at|in|from|for|of|with|close to) (?:the )?[\w.-]+(?: [A-Z][\w.-]+)*)?"
_UNNAMED = re.compile(
    rf"\b(?P<cut>(?:an?|one|another)(?: [a-z-]+){{0,3}} {_ROLES}{_OF}),? (?=(?:{_SAYING}|who)\b)|"
    rf"\b{_SAYING} (?P<after>(?:an?|one|another)(?: [a-z-]+){{0,3}} {_ROLES})\b|"
    rf"\b(?P<many>{_GROUPS}) {_SAYING}\b",
    re.IGNORECASE,
)


def _unnamed(ground: Ground, sentence: Sentence) -> Iterator[Plant]:
    for found in _UNNAMED.finditer(ground.text, sentence.start, sentence.end):
        part = next(p for p in ("cut", "after", "many") if found[p])
        new = _INVENTED[sentence.index % len(_INVENTED)]
        old = found[part]
        yield _replaced(Error.NAMED, found.start(part), old, new)._replace(name=new.split()[-1])


def _speakers(ground: Ground) -> Iterator[Plant]:
    """Yield people who say something, each with somebody else of the article in their place."""
    forms = _name_forms(ground)
    if len(set(forms.values())) < 2:
        return
    names = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    pattern = re.compile(rf"\b(?P<first>{names}) {_SAYING}\b|\b{_SAYING} (?P<second>{names})\b|"
                         rf"\b[Aa]ccording to (?P<third>{names})\b")  # fmt: skip
    people = list(dict.fromkeys(forms.values()))
    for sentence in ground.body:
        for found in pattern.finditer(ground.text, sentence.start, sentence.end):
            part = next(p for p in ("first", "second", "third") if found[p])
            full = forms[found[part]]
            other = people[(people.index(full) + 1) % len(people)]
            new = other.split()[-1] if found[part] == full.split()[-1] else other
            yield _replaced(Error.SPEAKER, found.start(part), found[part], new)._replace(
                name_before=full.split()[-1], name=other.split()[-1]
            )


def _name_forms(ground: Ground) -> dict[str, str]:
    """Return full names and family names that stand in the text, each with the full name."""
    full = [name for name in dict.fromkeys(ground.people) if len(name.split()) >= 2 and name in ground.text]
    last = Counter(name.split()[-1] for name in full)
    forms = {name: name for name in full}
    return forms | {name.split()[-1]: name for name in full if last[name.split()[-1]] == 1}


_WORDS = {
    "two": "three", "three": "five", "four": "seven", "five": "eight", "six": "nine", "seven": "four",
    "eight": "six", "nine": "five", "ten": "twelve", "eleven": "fourteen", "twelve": "twenty",
}  # fmt: skip
_COUNTED = re.compile(
    rf"(?<![\w.,$€£])(?P<number>\d[\d,]*(?:\.\d+)?(?: (?:million|billion))?|{'|'.join(_WORDS)})"
    r"(?P<sign>%| per ?cent)?(?![\w-]|[.,:]\d)"
)


def _figures(ground: Ground) -> Iterator[Plant]:
    """Yield figures that stand in two places for one thing, the later of them changed."""
    places: dict[tuple[str, str], list[re.Match[str]]] = defaultdict(list)
    for sentence in ground.segmentation.sentences:
        if sentence.furniture is not None:
            continue
        for found in _COUNTED.finditer(ground.text, sentence.start, sentence.end):
            noun = re.match(
                r"\s(?:[a-z-]+ ){0,2}?([A-Za-z]{4,})", ground.text[found.end() : found.end() + 40]
            )
            thing = "%" if found["sign"] else noun.group(1).lower().rstrip("s") if noun else ""
            if thing and not re.fullmatch(r"(?:19|20)\d\d", found["number"]):
                places[found["number"], thing].append(found)
    for found_twice in places.values():
        if len(found_twice) == 2:
            first, second = found_twice
            later = ground.segmentation.sentence_at(second.start())
            if later is not None and not later.contains(Span(start=first.start(), end=first.end())):
                old, new = second["number"], _other(second["number"])
                yield _replaced(Error.FIGURE, second.start("number"), old, new)


def _other(number: str) -> str:
    """Return another number of the same form."""
    if number in _WORDS:
        return _WORDS[number]
    digits = [i for i, c in enumerate(number) if c.isdigit()]
    at = digits[1] if len(digits) > 2 else digits[0]
    return f"{number[:at]}{(int(number[at]) + 3) % 9 + 1}{number[at + 1 :]}"
