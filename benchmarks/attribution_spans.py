"""Attributions as sets of characters: matched one to one against people's, and what each claim is given."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypedDict

from briefs.domain.scan import Attribution
from briefs.domain.spans import How, Span

Characters = frozenset[int]
_ENOUGH = 0.5
"""Intersection over union of characters at which two spans are the same."""
_INSIDE = 0.8
"""Share of a claim that lies in one annotated content, for the claim to be somebody's words."""
_OUTSIDE = 0.1
"""Share of a claim that may lie in annotated contents, for it to be the article's own words."""


class Annotated(TypedDict):
    """One attribution of PolNeAR: lists of [start, end], offsets in code points."""

    source: list[list[int]] | None
    cue: list[list[int]] | None
    content: list[list[int]]


class Pair(NamedTuple):
    """Source and content of an attribution as offsets of characters."""

    source: Characters
    content: Characters
    stratum: str = ""
    """How the words are given: one of `STRATA`."""


class Match(NamedTuple):
    """A content of ours and the annotated one that it is matched with."""

    ours: Pair
    theirs: Pair

    @property
    def linked(self) -> bool:
        """Tell whether the sources are the same too, or both absent."""
        none = not self.ours.source and not self.theirs.source
        return none or overlap(self.ours.source, self.theirs.source) >= _ENOUGH


STRATA = ("direct", "indirect", "mixed", "pronoun source", "no source")
"""By the annotation: "no source" and "pronoun source" come before the three manners of speech."""
_PRONOUNS = frozenset(
    {"he", "she", "they", "it", "i", "we", "you", "who", "which", "that", "his", "her", "their", "him"}
)
_QUOTES = frozenset('“”"‘«»')


def characters(spans: Iterable[Span]) -> Characters:
    """Return the offsets of the characters within `spans`."""
    return frozenset(place for span in spans for place in range(span.start, span.end))


def ours(attribution: Attribution) -> Pair:
    """Return an attribution of the tool; a source that is only possible counts as none."""
    source = attribution.source
    sure = source is not None and attribution.how is not How.POSSIBLE
    return Pair(characters([source] if sure and source else ()), characters(attribution.content))


def theirs(annotated: Annotated, text: str) -> Pair:
    """Return an annotated attribution with its stratum."""
    content = [Span(start=start, end=end) for start, end in annotated["content"]]
    source = [Span(start=start, end=end) for start, end in annotated["source"] or ()]
    return Pair(characters(source), characters(content), _stratum(source, content, text))


def _stratum(source: Sequence[Span], content: Sequence[Span], text: str) -> str:
    if not source:
        return "no source"
    if source[0].of(text).lower() in _PRONOUNS:
        return "pronoun source"
    words = [span.of(text) for span in content]
    marked = any(mark in word for word in words for mark in (*_QUOTES, "''"))
    whole = all(word[0] in _QUOTES or word.startswith("''") for word in words if word)
    return "direct" if marked and whole else "mixed" if marked else "indirect"


def overlap(one: Characters, other: Characters) -> float:
    """Return the intersection over union of two sets of characters."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0


def matched(mine: Sequence[Pair], gold: Sequence[Pair]) -> Iterator[Match]:
    """Yield the contents that are the same, the best pair first, none used twice."""
    scored = sorted(
        (
            (overlap(one.content, other.content), i, j)
            for i, one in enumerate(mine)
            for j, other in enumerate(gold)
            if not one.content.isdisjoint(other.content)
        ),
        key=lambda each: (-each[0], each[1], each[2]),
    )
    used: set[int] = set()
    taken: set[int] = set()
    for score, i, j in scored:
        if score < _ENOUGH:
            return
        if i not in used and j not in taken:
            used.add(i)
            taken.add(j)
            yield Match(mine[i], gold[j])


class Asked(NamedTuple):
    """A claim as offsets of characters, and the source that the tool gives for it."""

    claim: Characters
    given: Characters


def judged(asked: Iterable[Asked], gold: Sequence[Pair]) -> Counter[str]:
    """Count the claims that are somebody's words (`claims`) or the article's own (`own`), and the right ones.

    Right is a source that overlaps the annotated one of the smallest content that holds the claim (`right`;
    both absent counts), and no source for the article's own words (`silent`). The rest of those `asked` are
    `neither`.
    """
    everything = frozenset().union(*(each.content for each in gold))
    tally: Counter[str] = Counter()
    for claim, given in asked:
        tally["asked"] += 1
        inside = [each for each in gold if len(claim & each.content) >= _INSIDE * len(claim)]
        if inside:
            wanted = min(inside, key=lambda each: len(each.content)).source
            tally["claims"] += 1
            tally["right"] += bool(given & wanted) or not (given or wanted)
        elif len(claim & everything) <= _OUTSIDE * len(claim):
            tally["own"] += 1
            tally["silent"] += not given
        else:
            tally["neither"] += 1
    return tally
