"""A figure in the forms in which a question can carry it."""

import re
from typing import NamedTuple

from briefs.data import load
from briefs.domain.scan import Quantity
from briefs.steps.compose.parties import Party
from briefs.steps.compose.phrases import plural, short, words
from briefs.steps.compose.reading import demonyms, flat

_ROUND = re.compile(
    r"^(?:about|around|approximately|roughly|some|nearly|almost|an estimated|estimated)\s", re.I
)
_RANGE = re.compile(r"^(?:between|from|anywhere from|anything between)\s(.+?)\s(?:and|to)\s", re.I)
_ADJECTIVE = re.compile(r"(.+)-([a-z]+)")
_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[^\W\d_]{3}")
_CHANGED = re.compile(
    r"\b(?:by|up|down|rose|fell|grew|shrank|gained|climbed|dropped|slipped|jumped|increased|decreased|declined)\s+"
    r"(?:(?:about|around|nearly|almost|some|roughly|at least|more than|over|less than)\s+)?$",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\s*-?\s*(?:rise|fall|increase|decrease|drop|decline|growth|gain|cut|reduction|jump)\b", re.IGNORECASE
)
UNSAFE = re.compile(r"[\n\r\"“”„«»‘()\[\]`*_|<>\\]")
"""What cannot stand between quotation marks in a question."""
HANDFUL = 9
"""A count up to this is a number of things told one by one, not a statistic."""
MANY = 100
"""From here on persons are counted by their papers; fewer are seen, and can be named."""
BARE = 999
"""Up to this a number says too little without what it counts: "the figure of 14" cannot be asked about."""


class Figure(NamedTuple):
    """A figure in the forms in which a question can carry it."""

    given: Quantity
    phrase: str
    """With its unit: "21,600 soldiers"."""
    number: str
    """Without: "21,600"."""
    unit: str | None
    """A plural noun, or null where none was found."""
    quoted: str | None
    """The exact words of the article, where they can stand between quotation marks."""
    change: bool = False
    """It is by how much something rose or fell, not how much there is."""
    owner: Party | None = None
    """Whose it is, where the claim gives no source and another place of the article does."""

    @property
    def statistic(self) -> bool:
        """Tell a figure that somebody counted from a relation, a handful told one by one, or an adjective."""
        bound = self.given.low if self.given.high is None else self.given.high
        bare = self.unit is None and not _LETTER.search(self.phrase)
        voted = bool(self.unit) and bool(words("votes") & set((self.unit or "").lower().split()))
        if voted or self.given.kind == "score":
            return False
        handful = self.given.kind == "count" and bound is not None and bound <= (BARE if bare else HANDFUL)
        plain = self.given.kind in {"count", "money", "percent"} or " " in self.phrase
        return plain and not (handful or self.relation or self.vague or self.detail)

    @property
    def group(self) -> bool:
        """Tell a few people who did something together, or to whom it was done: no series has their number.

        Not what is rounded, a share, or counted over more than a day.
        """
        given, period = self.given, flat(self.given.period or "").lower()
        few = given.kind == "count" and given.low == given.high and (given.low or 0) < MANY
        once = not period or period.startswith(("on ", "at "))
        did = given.predicate is not None and not given.predicate.startswith("not ")
        persons = bool(self.unit) and bool(words("persons") & set((self.unit or "").lower().split()))
        return few and once and did and persons and not (given.approximate or given.denominator)

    @property
    def detail(self) -> bool:
        """Tell a length of time or of a text, or a measure used as an adjective ("forty-tonne")."""
        unit = (self.given.unit or self.given.text.rpartition(" ")[2]).lower()
        return unit in words("lengths") or (self.given.kind == "measure" and " " not in self.phrase)

    @property
    def lasts(self) -> bool:
        """Tell a length of time: it lies between two dates or hours that can be looked up."""
        unit = (self.given.unit or self.given.text.rpartition(" ")[2]).lower()
        return self.quoted is not None and " " in self.phrase and unit in words("spells")

    @property
    def vague(self) -> bool:
        """Tell words for a size ("tens of thousands") from a number."""
        said = self.given.text
        return not _DIGIT.search(said) and not words("magnitudes").isdisjoint(said.lower().split())

    @property
    def relation(self) -> bool:
        """Tell a relation between two numbers ("half", "doubled") from a number."""
        if self.given.kind == "multiple":
            return True
        return bool(words("fractions") & set(self.given.text.lower().split())) and not _DIGIT.search(
            self.number
        )


def figure_of(text: str, given: Quantity) -> Figure:
    """Return a figure of the article `text` with its phrase, number and unit, as they can be spoken."""
    whole = flat(given.text)
    if given.period and whole.endswith(flat(given.period)) and len(whole) > len(given.period):
        whole = whole.removesuffix(flat(given.period)).rstrip(" ,")
    whole = _RANGE.sub(r"\1 to ", _ROUND.sub("", whole))
    if given.kind == "money" and (adjective := _ADJECTIVE.fullmatch(whole)):
        whole = _sum_of(adjective)
    unit = flat(given.unit) if given.unit else None
    number = whole
    if unit and whole.endswith(unit) and len(whole) > len(unit):
        number = whole.removesuffix(unit).rstrip(" -")
    elif unit:
        after = flat(text[given.end : given.end + len(unit) + 5])
        joint = next((j for j in ("", "of ") if after.startswith(f"{j}{unit}")), None)
        whole = whole if joint is None else f"{whole} {joint}{unit}"
    if whole[:1].isupper() and whole[1:2].islower():
        whole, number = whole[0].lower() + whole[1:], number[0].lower() + number[1:]
    if unit and unit.istitle() and unit not in demonyms():
        # A headline's capitals: "20,000 Cases".
        whole, unit = whole.replace(unit, unit.lower()), unit.lower()
    noun = short(unit, 4) if unit else None
    countable = noun is not None and noun[-1:].isalpha() and plural(noun) and given.kind == "count"
    return Figure(
        given=given,
        phrase=short(whole, 7) if "," not in whole else _short_figure(whole),
        number=number,
        unit=noun if countable and noun and noun in whole else None,
        quoted=None if UNSAFE.search(given.text) else given.text,
        change=bool(
            _CHANGED.search(text[max(0, given.start - 40) : given.start])
            or _CHANGE.match(text, given.end, given.end + 30)
        ),
    )


def _sum_of(adjective: re.Match[str]) -> str:
    """Return a sum that was written before what it pays for: "8.4-million-crown" is 8.4 million crowns."""
    currencies = load("units")
    known = {word for words in currencies["currency_words"].values() for word in words}
    word = currencies["currency_adjectives"].get(adjective[2], adjective[2])
    number = re.sub(r"(?<!\d)-|-(?!\d)", " ", adjective[1])
    return f"{number} {word}s" if f"{word}s" in known else f"{number} {word}"


def _short_figure(whole: str) -> str:
    """Shorten a figure without taking the comma inside its number for a border."""
    kept = whole.replace(",", "\x00") if re.search(r"\d,\d", whole) else whole
    return short(kept, 7).replace("\x00", ",")
