"""The figures of one claim as they are compared, worked out once."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from briefs.data import load
from briefs.domain.relations import IndexedClaim
from briefs.domain.scan import Quantity
from briefs.domain.spans import Span
from briefs.language.comparing.happenings import happening
from briefs.language.comparing.periods import time_of
from briefs.language.comparing.things import Thing, thing_of
from briefs.language.comparing.times import Day, Time
from briefs.language.comparing.values import Bounds, bounds_of
from briefs.language.terms import common, content
from briefs.steps.relate.bodies import calling
from briefs.steps.relate.claim_key import ClaimKey
from briefs.steps.relate.denied import denied_terms
from briefs.steps.relate.figures.finding import Frame

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_DATELINE = re.compile(r"\A[^\W\d_][^–—\n]{2,60}\s[–—]\s")
_BORDER = re.compile(r"[;:]|,\s(?:and|but|while|whereas|which|who)\s|\.\s")
_ADDED = re.compile(r"\[([^\[\]]{2,60})\]")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_SPACE = re.compile(r"\s+")
_AT = frozenset({"at", "in", "near", "outside", "around", "across"})
_AHEAD = 90
"""So far behind a figure its clause says whether it has happened: "4,000 teachers will strike"."""
_LONG = 110
_CLOSE = 60
"""So far before a figure its time is shown in one run of words with it."""
_NEAR = 24
"""So far behind a figure its unit is shown with it."""
_MOST = 8
"""More figures in one claim are a table; the first so many are compared."""
_KEPT = 4_000


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """One figure of a claim."""

    quantity: Quantity
    thing: Thing
    event: str | None
    """Class of what happens to what is counted."""
    time: Time
    bounds: Bounds
    ahead: bool
    """It has not happened, by the words beside it."""
    shown: str
    """The exact words of the article with what is counted and for when, on one line."""
    short: str
    """The exact words with what is counted alone."""
    place: Span


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """A claim with its figures."""

    claim: IndexedClaim
    frame: Frame
    figures: tuple[Figure, ...]
    telling: frozenset[str]
    """Terms that say what the claim is about, without what its figures count and when."""
    countries: frozenset[str]
    names: frozenset[str]
    """Terms of the names in the claim, those of its sources apart."""
    owners: frozenset[str]
    """Terms of all names in the claim and of its source, without those that passed it on."""
    sides: frozenset[str]
    """"3:1": the second word group of the fourth line of contrasts stands in the claim."""
    days: tuple[Day, ...]
    """Days on which the claim's dates begin."""
    denied: bool


def read(claim: IndexedClaim, frame: Frame) -> Figures:
    """Return the figures of a claim as they are compared; kept while the claim is likely to be asked for."""
    return _kept(ClaimKey(claim, frame))


@lru_cache(maxsize=_KEPT)
def _kept(key: ClaimKey[Frame]) -> Figures:
    claim, frame = key.claim, key.read_with
    lists = _lists()
    text = claim.quote.text
    figures = tuple(
        _figure(claim, each, frame.published)
        for each in claim.quantities[:_MOST]
        if _is_figure(each) and claim.quote.contains(each)
    )
    terms = frozenset(content(text))
    told = _told(claim)
    counted = {term for each in figures for term in content(f"{each.quantity.unit or ''} {each.event or ''}")}
    lower = {word.lower() for word in _WORD.findall(text)}
    return Figures(
        claim=claim,
        frame=frame,
        figures=figures,
        telling=frozenset(
            t for t in terms - counted - lists.times if not common(t) and not t.startswith("@")
        ),
        countries=frozenset(term for term in content(told) if term.startswith("@")),
        names=frozenset(words[-1] for name in claim.names if name in told and (words := content(name))),
        owners=_owners(claim),
        sides=frozenset(side for side, words in lists.sides.items() if not words.isdisjoint(lower)),
        days=tuple(_begin(claim, frame.published)),
        denied=denied_terms(_SPACE.sub(" ", text)) is not None,
    )


def _is_figure(quantity: Quantity) -> bool:
    """Tell whether a quantity can be held against another: no rank, no score, no year ("2016 candidate")."""
    year = quantity.kind == "count" and _YEAR.fullmatch(quantity.text) is not None
    return not year and quantity.kind not in ("ordinal", "score", "multiple")


def _figure(claim: IndexedClaim, quantity: Quantity, published: str | None) -> Figure:
    text, base = claim.quote.text, claim.quote.start
    start, end = quantity.start - base, quantity.end - base
    return Figure(
        quantity=quantity,
        thing=thing_of(quantity),
        event=happening(quantity, text[end:]),
        time=time_of(quantity, claim.dates, published),
        bounds=bounds_of(quantity),
        ahead=_is_ahead(text, start, end),
        shown=_shown(text, start, end, quantity),
        short=_short(text, start, end, quantity),
        place=quantity.place,
    )


def _is_ahead(text: str, start: int, end: int) -> bool:
    borders = [border.end() for border in _BORDER.finditer(text, 0, start)]
    after = _BORDER.search(text, end)
    stop = min(after.start() if after else len(text), end + _AHEAD)
    clause = text[borders[-1] if borders else 0 : stop]
    # "May" with a capital is a month.
    return not _lists().not_yet.isdisjoint(word.lower() for word in _WORD.findall(clause) if word != "May")


def _shown(text: str, start: int, end: int, quantity: Quantity) -> str:
    """Return the words from the qualifier before a figure to its unit, and to its time where that is near."""
    before = _qualifier().search(text, max(0, start - 24), start)
    first, last = before.start() if before else start, end
    for words in (quantity.unit, quantity.period):
        at = text.find(words, end) if words else -1
        if words and at >= 0 and at + len(words) - first <= _LONG:
            last = max(last, at + len(words))
    period = text.rfind(quantity.period, 0, first) if quantity.period else -1
    if period >= 0 and first - period - len(quantity.period or "") <= _CLOSE and last - period <= _LONG:
        first = period
    return f"“{_SPACE.sub(' ', text[first:last])}”"


def _short(text: str, start: int, end: int, quantity: Quantity) -> str:
    """Return the words from the qualifier before a figure to its unit, where that stands near."""
    before = _qualifier().search(text, max(0, start - 24), start)
    at = text.find(quantity.unit, end, end + _NEAR + len(quantity.unit)) if quantity.unit else -1
    last = at + len(quantity.unit or "") if at >= 0 else end
    return f"“{_SPACE.sub(' ', text[before.start() if before else start : last])}”"


def _told(claim: IndexedClaim) -> str:
    """Return the claim's words without those that name its sources, and without a dateline."""
    text = claim.quote.text
    line = _DATELINE.match(text)
    text = text[line.end() :] if line else text
    source = claim.attribution.source
    sources = _sources(claim)
    if source is not None and source.role:
        sources.append(source.role)
    # The longest first: "the board" stands within "the board's tables".
    for words in sorted(sources, key=len, reverse=True):
        text = text.replace(words, " ")
    return text


def _sources(claim: IndexedClaim) -> list[str]:
    told = claim.attribution
    return [each.name for each in (told.source, *told.via, *told.basis) if each is not None]


def _owners(claim: IndexedClaim) -> frozenset[str]:
    """Return the terms that tell the names that the claim, its wording or its source gives, and their last.

    "Sanders’ campaign" is told from "Clinton’s campaign" by what has a capital, the Orla Board from the Kell
    Board by "orla" and "kell". A relayer owns nothing, and the place where it was only where nobody is named.
    """
    told = claim.attribution
    relaying = {each.name for each in (*told.via, *told.basis)}
    source = [told.source.name] if told.source is not None else []
    found: set[str] = set()
    places: set[str] = set()
    for name in (*claim.names, *source, *_ADDED.findall(claim.standalone)):
        if name not in relaying:
            capitals = " ".join(word for word in _WORD.findall(name) if word[0].isupper())
            into = places if _is_where(name, claim.quote.text) else found
            into.update((content(capitals) or content(name))[-1:])
            into.update(term for term in (calling(capitals),) if term)
    return frozenset(found or places)


def _is_where(name: str, text: str) -> bool:
    """Tell whether words name the place where something was: "at Harrow"."""
    before = text[: text.find(name)].split()[-1:] if name in text else []
    return bool(before) and before[0].lower() in _AT


def _begin(claim: IndexedClaim, published: str | None) -> list[Day]:
    """Return the day on which each of the claim's dates begins, where it is known."""
    asked = (
        Quantity(start=0, end=0, text="", low=1, high=1, period=each.text)
        for each in claim.dates
        if each.kind not in ("time", "duration")
    )
    return [day for each in asked if (day := time_of(each, claim.dates, published).first) is not None]


@cache
def _qualifier() -> re.Pattern[str]:
    words = "|".join(map(re.escape, load("flags")["qualifiers"]))
    verbs = "|".join(map(re.escape, load("flags")["qualifying_verbs"]))
    return re.compile(rf"\b(?:{words}|(?:{verbs})\w*)\s+$", re.IGNORECASE)


class _Lists:
    def __init__(self) -> None:
        data, dates = load("comparing"), load("dates")
        self.not_yet = frozenset(data["not_yet"]["words"])
        lines: list[list[list[str]]] = data["claims"]["contrasts"]
        self.sides = {
            f"{line}:{side}": frozenset(words)
            for line, sides in enumerate(lines)
            for side, words in enumerate(sides)
        }
        months = " ".join(form for forms in dates["months"] for form in forms)
        self.times = frozenset(
            content(f"{months} {' '.join(dates['weekdays'])} {' '.join(dates['numbers'])}")
        )


@cache
def _lists() -> _Lists:
    return _Lists()
