"""What composing looks up in an article again and again: names, countries, items within a place."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from typing import Generic, TypeVar

from briefs.data import load
from briefs.domain.article import Article, BlockRole, Copy
from briefs.domain.claims import ExtractedClaim
from briefs.domain.figures import Owned, Owners, owned
from briefs.domain.scan import Entity, Quantity, Scan
from briefs.domain.segmentation import Segmentation
from briefs.domain.spans import Span
from briefs.steps.compose.bodies import Bodies
from briefs.steps.compose.phrases import words

S = TypeVar("S", bound=Span)


class Sorted(Generic[S]):
    """Spans that can be asked for by place in logarithmic time; they are put in order first."""

    def __init__(self, spans: Sequence[S]) -> None:
        self._spans = sorted(spans, key=lambda span: span.start)
        self._starts = [span.start for span in self._spans]

    @property
    def all(self) -> list[S]:
        """Return all spans in order."""
        return self._spans

    def within(self, place: Span) -> list[S]:
        """Return the spans that start in `place`, in order."""
        first = bisect_left(self._starts, place.start)
        last = bisect_left(self._starts, place.end)
        return self._spans[first:last]

    def overlapping(self, place: Span) -> list[S]:
        """Return the spans that share a character with `place`, for spans that do not overlap each other."""
        first = max(bisect_left(self._starts, place.start) - 1, 0)
        last = bisect_left(self._starts, place.end)
        return [span for span in self._spans[first:last] if span.overlaps(place)]

    def among(self, places: Sequence[Span]) -> list[S]:
        """Return the spans that start in any of `places`."""
        return [span for place in places for span in self.within(place)]


@cache
def demonyms() -> dict[str, str]:
    """Return every word for a country (name, adjective, capital) with the country's name."""
    found: dict[str, str] = {}
    for country, others in load("countries")["names"].items():
        for word in (country, *others):
            found[word] = country
    return found


_IN = re.compile(r"\b[Ii]n ")
_NAME_ENDS = re.compile(r"\b(?! [A-Z])")
_BEGINNING = 5
"""Letters by which names behind "in" are found."""
_CAPITAL = re.compile(r"\b[A-Z](?:(?:\.[A-Z])+\.?|\w*)(?!-?\w)")


def countries(text: str) -> list[str]:
    """Return the countries that `text` names in any form, in order, each once."""
    names = demonyms()
    found: dict[str, None] = {}
    held: re.Match[str] | None = None
    for word in _CAPITAL.finditer(text):
        # "South Korean" before "Korean": two capitals side by side are tried first.
        pair = f"{held.group()} {word.group()}" if held and word.start() == held.end() + 1 else ""
        country = names.get(pair) or names.get(word.group())
        if country:
            found[country] = None
        held = word
    return list(found)


def english_speaking(country: str) -> bool:
    """Tell whether officials of `country` mostly speak English on the record."""
    return country in load("countries")["english"]


def with_article(country: str) -> str:
    """Return the country's name as it stands in running text: "the Netherlands"."""
    return f"the {country}" if country in load("countries")["article"] else country


def flat(words: str) -> str:
    """Return `words` on one line with single spaces."""
    return " ".join(words.split())


class Reading:
    """An article with its scan, indexed by place."""

    def __init__(
        self,
        article: Article,
        segmentation: Segmentation,
        scan: Scan,
        claims: Sequence[ExtractedClaim] = (),
    ) -> None:
        self.article = article
        self.text = article.text
        self.segmentation = segmentation
        self.scan = scan
        self._tables: dict[int, int] = {}
        """Paragraphs of tables with the first of the same table: claims come in order, no row walks far."""
        self._in: dict[str, bool] = {}
        self.dates = Sorted(scan.dates)
        scan_entities = [e for e in scan.entities if not self.dates.overlapping(e)]
        self.entities = Sorted(scan_entities)
        self.quantities = Sorted(scan.quantities)
        self.hedges = Sorted([h for h in scan.hedges if h.kind in {"report", "allegation", "belief"}])
        self.cautions = Sorted([h for h in scan.hedges if h.kind in {"possibility", "condition"}])
        self.superlatives = Sorted(scan.superlatives)
        self.criticisms = Sorted([c.place for c in scan.criticisms])
        self.causes = Sorted([span for s in scan.signals for span in s.cause])
        self.rules = Sorted([span for s in scan.signals for span in s.rule])
        self.events = Sorted([span for s in scan.signals for span in s.event])
        self.comparisons = Sorted([span for s in scan.signals for span in s.comparison])
        self.judgements = Sorted([span for s in scan.signals for span in (*s.opinion, *s.prediction)])
        attributed = (Owned(q, c.attribution) for c in claims for q in c.claim.quantities)
        self.owners = Owners((*owned(scan), *attributed))
        used = Counter(e.name for e in scan_entities)
        led = Counter(
            e.name for e in scan_entities if self.text[max(e.start - 4, 0) : e.start].lower() == "the "
        )
        # More often than not: "the Lund Grain terminal" does not make it "the Lund Grain".
        self.with_the = frozenset(name for name, times in led.items() if 2 * times > used[name])
        self.named: dict[str, Entity] = {}
        for entity in scan_entities:
            held = self.named.get(entity.name)
            if held is None or (entity.role and not held.role):
                self.named[entity.name] = entity
        self._last_names = _last_names(self.named)
        self.roles = {name: e.role for name, e in self.named.items() if e.role}
        for said in scan.attributions:
            if said.source is not None and said.source.role:
                self.roles.setdefault(self.full_name(flat(said.source.name)), said.source.role)
        named = [e for e in self.named.values() if e.label == "ORG"]
        self.bodies = Bodies(self.text, named, countries)
        headline = article.headline.of(article.text) if article.headline else article.title
        scene = countries(headline)
        self.scene = scene if len(scene) == 1 else []
        """The country of the story, where the headline names one alone."""
        self.own = article.copy_kind is Copy.OWN

    def full_name(self, name: str) -> str:
        """Return the full name for a last name alone, or for a name with a title before it."""
        bare = name.removesuffix("'s").removesuffix("’s")
        last = bare.rsplit(maxsplit=1)[-1] if bare.split() else ""
        full = self._last_names.get(last)
        if full is None or (bare in self.named and bare != last):
            return bare
        title = bare.removesuffix(full).split() if bare.endswith(f" {full}") else None
        titled = title is not None and len(title) < 4 and not any(w in words("joints") for w in title)
        return full if bare == last or titled else bare

    @property
    def author(self) -> str:
        """Return whom to ask about the article itself."""
        article = self.article
        if self.own:
            return f"the author, {short_byline(article.byline)}" if article.byline else "the author"
        if article.byline and article.outlet:
            return f"{short_byline(article.byline)}, {article.outlet}"
        if article.byline:
            return f"the author, {short_byline(article.byline)}"
        return f"the news desk of {article.outlet}" if article.outlet else "the article’s author or outlet"

    def with_unit(self, figure: Quantity) -> Span:
        """Return the place of a figure, stretched over its unit where that follows it."""
        if figure.unit:
            end = self.text.find(figure.unit, figure.end, figure.end + len(figure.unit) + 4)
            if end >= 0:
                return Span(start=figure.start, end=end + len(figure.unit))
        return figure.place

    def says_in(self, place: str) -> bool:
        """Tell whether the article says "in" before a place's name, and no name goes on behind it."""
        if place not in self._in:
            starts = self._behind_in.get(place[:_BEGINNING], ())
            self._in[place] = any(
                self.text.startswith(place, at) and _NAME_ENDS.match(self.text, at + len(place))
                for at in starts
            )
        return self._in[place]

    @cached_property
    def _behind_in(self) -> dict[str, list[int]]:
        """Where words stand behind "in", by their first letters."""
        found: dict[str, list[int]] = {}
        for match in _IN.finditer(self.text):
            for length in range(1, _BEGINNING + 1):
                beginning = self.text[match.end() : match.end() + length]
                found.setdefault(beginning, []).append(match.end())
        return found

    def table_at(self, offset: int) -> int | None:
        """Return where the run of table rows starts that holds `offset`, or none outside tables."""
        paragraphs, sentence = self.segmentation.paragraphs, self.segmentation.sentence_at(offset)
        if sentence is None or sentence.role is not BlockRole.TABLE:
            return None
        first = sentence.paragraph
        while first not in self._tables and first > 0 and paragraphs[first - 1].role is BlockRole.TABLE:
            first -= 1
        first = self._tables.setdefault(first, first)
        self._tables[sentence.paragraph] = first
        return paragraphs[first].start

    def starts_sentence(self, offset: int) -> bool:
        """Tell whether a sentence starts at `offset`, an opening quotation mark aside."""
        sentence = self.segmentation.sentence_at(offset)
        return sentence is not None and not self.text[sentence.start : offset].strip(" \"'“‘«„([")


def _last_names(named: Mapping[str, Entity]) -> dict[str, str]:
    """Return persons' full names by last name, those left out that two persons share."""
    found: dict[str, str] = {}
    for name, entity in named.items():
        parts = name.split()
        if entity.label == "PERSON" and len(parts) > 1:
            found[parts[-1]] = "" if found.get(parts[-1], name) != name else name
    return {last: name for last, name in found.items() if name}


def short_byline(byline: str) -> str:
    """Return a byline without its "By" and at most 60 characters long."""
    bare = re.sub(r"^(?:by|from|von)\s+", "", flat(byline), flags=re.IGNORECASE)
    return bare if len(bare) <= 60 else bare[:60].rsplit(" ", 1)[0]
