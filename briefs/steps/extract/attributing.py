"""Whose words a piece of a sentence is: the attribution that covers it best, or the article's own voice."""

from collections.abc import Iterable, Sequence

from briefs.domain.scan import OWN_VOICE, Attribution, Quantity
from briefs.domain.spans import How, Span

_AUTHOR = frozenset({"i", "we", "the author"})
"""Names under which an attribution only says that the article itself speaks."""


def covered(attribution: Attribution, piece: Span) -> int:
    """Return how many characters of `piece` are content of `attribution`."""
    return sum(content.shared(piece) for content in attribution.content)


def said_by(attributions: Iterable[Attribution], piece: Span, *, least: float = 0.5) -> Attribution:
    """Return the attribution whose content covers most of `piece`, or OWN_VOICE.

    The words that attribute ("X said") are not counted as part of the piece. `least` is the share of
    the rest that has to be covered. A source that is only possible gives way to any other, and one whose
    own "he said" or "allegedly" stands within another's words gives way to that other.
    """
    fitting: list[tuple[Attribution, int]] = []
    for attribution in attributions:
        if attribution.source is not None and attribution.source.name.lower() in _AUTHOR:
            continue  # "I fear", "we say": the article's own voice
        content = covered(attribution, piece)
        rest = piece.end - piece.start - _frame(attribution, piece)
        share = content / rest if rest > 0 else 0.0
        if content and share >= least:
            fitting.append((attribution, content))
    best, best_key = OWN_VOICE, (False, False, 0)
    for attribution, content in fitting:
        outer = not any(_frames(other, attribution) for other, _ in fitting)
        key = (attribution.how is not How.POSSIBLE, outer, content)
        if key > best_key:
            best, best_key = attribution, key
    return best


def leads(attribution: Attribution, text: str, piece: Span, figures: Sequence[Quantity]) -> bool:
    """Tell whether a source that says only a part of `piece` may stand for all of it.

    It may not where it speaks in a clause that hangs on another ("Prices rose, which Roe calls a scandal"),
    nor where such a clause comes after its words and has all the figures ("some call it an exodus, with 40
    to 50 boats gone").
    """
    parts = [*attribution.content, *filter(None, (attribution.source, attribution.cue))]
    inside = [part for part in parts if part.overlaps(piece)]
    if not inside:
        return False
    first, last = min(part.start for part in inside), max(part.end for part in inside)
    before, after = text[piece.start : first].split()[-1:], text[last : piece.end].lstrip(_EDGE).split()[:1]
    opening = text[first : piece.end].split(maxsplit=1)[:1]
    if any(word.lower() in _HANGING for word in (*before, *opening)):
        return False
    told = any(part.overlaps(figure) for part in inside for figure in figures)
    return told or not (
        after and after[0].lower() in _HANGING and any(each.start >= last for each in figures)
    )


_EDGE = " \u00a0,;:—–-\"'’”"
_HANGING = frozenset(
    {
        "after", "although", "as", "because", "before", "if", "since", "that", "though", "unless", "until",
        "when", "where", "whereas", "which", "while", "who", "whom", "whose", "with",
    }
)  # fmt: skip
"""What opens a clause that hangs on another (Quirk et al. 1985, chapters 14 and 17)."""


def _frames(one: Attribution, other: Attribution) -> bool:
    """Tell whether the words that attribute in `other` are themselves content of `one`."""
    cue = other.cue
    return cue is not None and any(content.contains(cue) for content in one.content)


def _frame(attribution: Attribution, piece: Span) -> int:
    """Return how many characters of `piece` are the source, cue, via and basis, and not content."""
    source = [attribution.source.place] if attribution.source else []
    cue = [attribution.cue] if attribution.cue else []
    framing: Sequence[Span] = (*source, *cue, *attribution.via, *attribution.basis)
    total, reached = 0, piece.start
    for span in sorted(framing, key=lambda each: each.start):
        start = max(span.start, reached)
        end = min(span.end, piece.end)
        if end > start:
            whole = Span(start=start, end=end)
            total += end - start - covered(attribution, whole)
            reached = end
    return total
