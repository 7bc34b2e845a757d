"""Turns invented lines into claims with the extractor's own figures, dates, names and sources."""

from collections.abc import Iterable, Mapping
from functools import cache

from bare_article import article

from briefs.domain.article import Block, BlockRole
from briefs.domain.claims import ClaimType
from briefs.domain.relations import IndexedClaim
from briefs.domain.scan import OWN_VOICE, Scan
from briefs.domain.spans import Quote, Span
from briefs.language.terms import content
from briefs.steps.relate.figures import Finding, Frame, compare_figures
from briefs.steps.scan import scan
from briefs.steps.segment import segment

_GAP = "\n" * 220
"""Far enough that no line lends the next what its figures count."""
_NAMED = ("PERSON", "ORG", "PLACE", "GROUP")
NOVEMBER = "2024-11-20"
TOPIC = "Nurses and soldiers leave as mill fire and ferry shock Harrow Vale"


def claims_of(lines: Iterable[str], published: str | None) -> Mapping[str, IndexedClaim]:
    """Return each line as a claim of its own, all scanned in one run; offsets point into the joined text."""
    wanted = tuple(dict.fromkeys(lines))
    text = _GAP.join(wanted)
    blocks, at = [], 0
    for line in wanted:
        blocks.append(Block(start=at, end=at + len(line), role=BlockRole.BODY))
        at += len(line) + len(_GAP)
    made = article(text, blocks).model_copy(update={"published": published})
    scanned = scan(made, segment(made))
    return {
        line: _claim(text, block, scanned, number)
        for number, (line, block) in enumerate(zip(wanted, blocks, strict=True))
    }


def _claim(text: str, place: Span, scanned: Scan, number: int) -> IndexedClaim:
    told = next((a for a in scanned.attributions if any(place.contains(p) for p in a.content)), OWN_VOICE)
    named = (e.name for e in scanned.entities if place.contains(e) and e.label in _NAMED)
    return IndexedClaim(
        id=f"b{number:03}",
        article="one",
        quote=Quote(start=place.start, end=place.end, text=place.of(text)),
        standalone=place.of(text),
        type=ClaimType.QUANTITY,
        level="high",
        names=tuple(dict.fromkeys(named)),
        quantities=tuple(q for q in scanned.quantities if place.contains(q)),
        dates=tuple(d for d in scanned.dates if place.contains(d)),
        attribution=told,
    )


@cache
def frame(label: str, published: str | None, title: str = TOPIC) -> Frame:
    """Return what is known of an invented article."""
    terms = frozenset(content(title))
    return Frame(label, published, terms, terms)


def compared(
    one: IndexedClaim, other: IndexedClaim, first: str | None = NOVEMBER, second: str | None = NOVEMBER
) -> Finding | None:
    """Compare two claims as of two articles that appeared on the days given."""
    renamed = other.model_copy(update={"id": other.id + "x", "article": "two"})
    return compare_figures(one, renamed, frame("The Alder Post", first), frame("Kirn Weekly", second))
