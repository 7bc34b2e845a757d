"""Words for people about a pair of claims; the same read from either side, and never a verdict."""

import re

from briefs.domain.relations import Aspect, Relation, RelationKind
from briefs.domain.spans import Span
from briefs.steps.relate.profile import Profile

_SPACE = re.compile(r"\s+")
_LONG = 120
_TRIM = " ,;:-–—"
_MARKS = re.compile(r"[\"“”„«»‘‹›]|’(?!\w)|(?<!\w)'|'(?!\w)")


def quoted(text: str, longest: int = _LONG) -> str:
    """Return words in quotation marks on one line: the longest piece that has no mark within, cut if long.

    A mark within would open twice and close once, and whoever reads on for the end of the quotation is lost.
    """
    pieces = (piece.strip(_TRIM) for piece in _MARKS.split(_SPACE.sub(" ", text)))
    words = max(pieces, key=len)
    if len(words) > longest:
        words = words[:longest].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"
    return f"“{words}”"


def both(one: str, other: str) -> str:
    """Return two wordings as one phrase."""
    return f"{quoted(one)} and {quoted(other)}"


def relation(
    pair: tuple[Profile, Profile],
    kind: RelationKind,
    aspect: Aspect,
    note: str,
    words: tuple[str, str] | None = None,
) -> Relation:
    """Return the relation of a pair in canonical order; `words` are those of each to point at."""
    one, other = pair
    return Relation(
        one=one.claim.id,
        other=other.claim.id,
        kind=kind,
        aspect=aspect,
        note=note,
        one_words=_place(one, words[0]) if words else None,
        other_words=_place(other, words[1]) if words else None,
    )


def _place(claim: Profile, words: str) -> Span | None:
    """Return where words first stand in the quoted ones, in the article's text."""
    at = claim.claim.quote.text.find(words) if words else -1
    start = claim.claim.quote.start + at
    return Span(start=start, end=start + len(words)) if at >= 0 else None
