"""A newsroom's archive made from templates, with families of claims planted in it; every word is invented.

Each article has five claims. A tenth of all claims stand in planted families of two to six articles; a
twentieth of the articles are wire copies of others. The rest are distractors: bodies, places, months and
words are drawn from pools in which few are very common (Zipf), so that distractors share them with
planted claims and with one another, though they speak of other things. An article is a function of the
seed and its number, and is made when it is asked for.
"""

from array import array
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from random import Random
from typing import Literal, NamedTuple, TypedDict

from benchmarks.stories_words import MONTHS, QUALITIES, SYLLABLES, THINGS
from briefs.domain.claims import ClaimType
from briefs.domain.relations import IndexedArticle, IndexedClaim
from briefs.domain.scan import OWN_VOICE, Attribution, DateMention, Quantity, Source, SourceKind, Speech
from briefs.domain.spans import Quote, Span
from briefs.text.sketch import sketch

CLAIMS = 5
Kind = Literal["rounded", "conflict", "related", "copy"]
KINDS: tuple[Kind, ...] = ("rounded", "conflict", "related", "copy")
EXPECTED = {"rounded": "same", "conflict": "conflict", "related": "related", "copy": "same"}
"""What a relation between two claims of a family is to be called."""

_FAMILIES = (2, 3, 4, 6)
"""Sizes, in turn."""
_SHARE = 0.1
_COPIES = 4
"""Articles in a group of wire copies."""
_COPIED = 0.05
_YEARS = (2021, 2022, 2023, 2024)
_DEEDS = (
    "inspected",
    "repaired",
    "closed",
    "counted",
    "insured",
    "replaced",
    "searched",
    "sold",
    "moved",
    "fined",
)
_FILLERS = (
    "The decision follows weeks of debate in the chamber, and a vote is due before the end of the session.",
    "Residents had asked for an answer since spring, and some of them waited outside the hall all morning.",
    "No date has been set for the next meeting, which is to take place behind closed doors.",
    "Several members left early, and the minutes had not been published when this report was written.",
    "A budget line for the work was cut twice before it came back in a smaller form last year.",
    "The rules that apply were changed after a long dispute, and few of the parties are content with them.",
)


class Planted(NamedTuple):
    """A claim's place in a family; the claims of a family are of different articles."""

    family: int
    kind: Kind
    member: int


class _Matter(NamedTuple):
    """What a claim speaks of."""

    body: str
    place: str
    speaker: str
    thing: str
    deed: str
    month: int
    year: int
    figure: int


def archived(article: int, place: int) -> str:
    """Return the id of a claim by its article's number and its place in it."""
    return f"b{article:07x}{place:05x}"


class Archive:
    """`size` articles by number, and which of their claims belong together."""

    def __init__(self, size: int, seed: int = 5) -> None:
        self.size, self._seed = size, seed
        draw = Random(f"{seed} {size}")  # noqa: S311 - the same each time
        self._names = _names(draw, 4000)
        self._copied = int(size * _COPIED) // _COPIES * _COPIES
        self._order = array("l", range(size))
        draw.shuffle(self._order)
        self._rank = array("l", [0]) * size
        for rank, article in enumerate(self._order):
            self._rank[article] = rank
        slots = list(range((size - self._copied) * CLAIMS))
        draw.shuffle(slots)
        self._plant(slots[: int(len(slots) * _SHARE)])

    def article(self, number: int) -> IndexedArticle:
        """Return article `number` with its claims."""
        rank = self._rank[number]
        source = rank // _COPIES * _COPIES if rank < self._copied else rank
        head = self._draw("head", source)
        matters = [self._matter(rank, place) for place in range(CLAIMS)]
        bodies = tuple(
            dict.fromkeys(name for each in matters for name in (each.body, each.place, each.speaker))
        )
        year, month = max(each.year for each in matters), max(each.month for each in matters)
        claims, text = [], ""
        identifier = f"https://{self._names[rank % 97].lower()}.example/{number}"
        for place, matter in enumerate(matters):
            claim = _claim(matter, archived(number, place), identifier, len(text), self._form(rank, place))
            claims.append(claim)
            text += claim.quote.text + " " + head.choice(_FILLERS) + " "
        return IndexedArticle(
            id=identifier,
            slug=f"article-{number:06}",
            title=f"{matters[0].body} {matters[0].deed} {matters[0].thing} in {matters[0].place}",
            outlet=f"The {self._names[rank % 97]} Post",
            published=f"{year}-{month:02}-28",
            language="en",
            names=bodies,
            text_sha256=f"{number:064x}",
            sketch=sketch(text),
            claims=tuple(claims),
        )

    def planted(self, claim: str) -> Planted | None:
        """Return the family of a claim by its id, or none for a distractor."""
        number, place = int(claim[1:8], 16), int(claim[8:], 16)
        rank = self._rank[number]
        if rank < self._copied:
            return Planted(-1 - (rank // _COPIES * CLAIMS + place), "copy", rank % _COPIES)
        return self._families.get(rank * CLAIMS + place)

    def pairs(self, among: int) -> Iterator[tuple[str, str, Kind]]:
        """Yield every planted pair among the first `among` articles: two claims' ids and its kind."""
        members: dict[int, list[str]] = {}
        kinds: dict[int, Kind] = {}
        for number in range(among):
            for place in range(CLAIMS):
                claim = archived(number, place)
                if found := self.planted(claim):
                    members.setdefault(found.family, []).append(claim)
                    kinds[found.family] = found.kind
        for family, claims in members.items():
            for place, one in enumerate(claims):
                yield from ((one, other, kinds[family]) for other in claims[place + 1 :])

    def _plant(self, slots: Sequence[int]) -> None:
        self._families: dict[int, Planted] = {}
        begin = family = 0
        while begin + _FAMILIES[-1] <= len(slots):
            size = _FAMILIES[family // len(KINDS) % len(_FAMILIES)]
            taken: set[int] = set()
            for slot in slots[begin : begin + size]:
                if slot // CLAIMS not in taken:  # one claim an article
                    taken.add(slot // CLAIMS)
                    kind = KINDS[family % len(KINDS)]
                    self._families[slot + self._copied * CLAIMS] = Planted(family, kind, len(taken) - 1)
            begin, family = begin + size, family + 1

    def _form(self, rank: int, place: int) -> Planted | None:
        return None if rank < self._copied else self._families.get(rank * CLAIMS + place)

    def _matter(self, rank: int, place: int) -> _Matter:
        planted = self._form(rank, place)
        source = rank // _COPIES * _COPIES if rank < self._copied else rank
        draw = (
            self._draw("family", planted.family) if planted else self._draw("claim", source * CLAIMS + place)
        )
        return _Matter(
            body=self._zipf(draw, 0, 1500)
            + " "
            + draw.choice(("Council", "Board", "Office", "Agency", "Union")),
            place=self._zipf(draw, 1500, 2500),
            speaker=f"{self._zipf(draw, 2500, 3000)} {self._zipf(draw, 3000, 4000)}",
            thing=f"{draw.choice(QUALITIES)} {draw.choice(THINGS)}",
            deed=draw.choice(_DEEDS),
            month=draw.randint(1, 12),
            year=draw.choice(_YEARS),
            figure=draw.randint(1100, 98_000),
        )

    def _draw(self, what: str, number: int) -> Random:
        return Random(f"{self._seed} {what} {number}")  # noqa: S311

    def _zipf(self, draw: Random, begin: int, end: int) -> str:
        rank = draw.choices(range(end - begin), cum_weights=self._weights[end - begin])[0]
        return self._names[begin + rank]

    @cached_property
    def _weights(self) -> dict[int, list[float]]:
        return {n: list(accumulate(1 / (rank + 3) for rank in range(n))) for n in (500, 1000, 1500)}


class _Wording(NamedTuple):
    """A claim's words, and those of its figure and its time."""

    words: str
    figure: int
    counted: str
    period: str
    rounded: bool


def _wording(matter: _Matter, planted: Planted | None) -> _Wording:
    """Word a claim as its place in its family calls for: the first of a family states it as it is."""
    figure, period = matter.figure, f"in {MONTHS[matter.month - 1]} {matter.year}"
    kind = planted.kind if planted and planted.member else None
    member = planted.member if planted else 0
    if kind == "conflict":
        figure = int(figure * (1 + 0.3 * member)) + 7
    if kind == "related":
        figure = figure * (8 + member) + 13
        period = f"since {MONTHS[matter.month - 1]} {matter.year - member}"
    if kind == "rounded":
        figure = figure // 100 * 100
        counted = f"More than {figure:,} {matter.thing}"
        words = f"{counted} were {matter.deed} by the {matter.body} at {matter.place} {period}."
        return _Wording(words, figure, counted, period, rounded=True)
    counted = f"{figure:,} {matter.thing}"
    words = f"The {matter.body} {matter.deed} {counted} at {matter.place} {period}, {matter.speaker} said."
    return _Wording(words, figure, counted, period, rounded=False)


def _claim(
    matter: _Matter, identifier: str, article: str, start: int, planted: Planted | None
) -> IndexedClaim:
    """Return a claim as extracting it from its article's text would."""
    words, figure, counted, period, rounded = _wording(matter, planted)
    said = "" if rounded else words[: words.rindex(", ")]
    names = (matter.body, matter.place)
    return IndexedClaim(
        id=identifier,
        article=article,
        quote=Quote(text=words, start=start, end=start + len(words)),
        standalone=words,
        type=ClaimType.QUANTITY,
        level="medium",
        names=names if rounded else (*names, matter.speaker),
        said=(said,) if said else (),
        quantities=(
            Quantity(
                **_placed(words, counted, start),
                low=figure,
                high=None if rounded else figure,
                unit=matter.thing,
                period=period,
                predicate=_LEMMAS.get(matter.deed, matter.deed.removesuffix("ed")),
            ),
        ),
        dates=(_date(matter, period, _placed(words, period, start)),),
        attribution=_attribution(words, matter.speaker, said, start) if said else OWN_VOICE,
    )


class _Placed(TypedDict):
    text: str
    start: int
    end: int


def _placed(words: str, part: str, start: int) -> _Placed:
    at = start + words.index(part)
    return _Placed(text=part, start=at, end=at + len(part))


def _date(matter: _Matter, period: str, placed: _Placed) -> DateMention:
    if period.startswith("since"):
        return DateMention(
            **placed, kind="period", month=matter.month, from_date=f"{period[-4:]}-{matter.month:02}-01"
        )
    return DateMention(**placed, kind="month", month=matter.month, iso=f"{matter.year}-{matter.month:02}")


def _attribution(words: str, speaker: str, said: str, start: int) -> Attribution:
    at = start + words.index(speaker)
    return Attribution(
        kind=SourceKind.NAMED,
        source=Source(name=speaker, start=at, end=at + len(speaker)),
        content=(Span(start=start, end=start + len(said)),),
        speech=Speech.INDIRECT,
    )


_LEMMAS = {
    "closed": "close",
    "insured": "insure",
    "replaced": "replace",
    "moved": "move",
    "fined": "fine",
    "sold": "sell",
}


def _names(draw: Random, count: int) -> list[str]:
    """Return invented names of two or three syllables, all different."""
    found: dict[str, None] = {}
    while len(found) < count:
        syllables = draw.choices(SYLLABLES, k=draw.choice((2, 2, 3)))
        found["".join(syllables).capitalize() + draw.choice(("", "", "n", "r", "sk", "m"))] = None
    return list(found)
