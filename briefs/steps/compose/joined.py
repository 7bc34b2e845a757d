"""Excerpts in two exact slices, where words stand between a subject and what is said of it."""

import re
from collections.abc import Sequence

from briefs.domain.scan import Attribution
from briefs.domain.spans import Span
from briefs.steps.compose.borders import LONGEST
from briefs.steps.compose.excerpts import excerpt
from briefs.steps.compose.phrases import words

JOINT = "” … “"
"""Between two exact slices that stand in one pair of quotation marks of a question."""
MOST_OF_SUBJECT = 5
"""Words that a subject before a comma has at most."""

_WORD = re.compile(r"[\w’'-]+")


def without_source(text: str, cut: Span, said: Attribution, keys: Sequence[Span]) -> list[Span]:
    """Return an excerpt in two parts where who says so stands between them: "These delays … show a lack".

    One that has no such words, or has them elsewhere than between two commas, comes back whole.
    """
    if said.cue is None or said.source is None or not cut.contains(said.cue):
        return [cut]
    if len(said.content) > 1 and said.content[0].end <= cut.start and cut.end <= said.content[1].start:
        rest = excerpt(text, [said.content[1].place], keys)
        return [said.content[0].place, rest] if rest and rest.start == said.content[1].start else [cut]
    inside = [part for part in (said.cue, said.source) if cut.contains(part.place)]
    first, last = min(part.start for part in inside), max(part.end for part in inside)
    opens, closes = text.rfind(",", cut.start, first), text.find(",", last, cut.end)
    if min(opens, closes) < 0 or not any(part.start > closes for part in said.content):
        return [cut]
    head, rest = Span(start=cut.start, end=opens), Span(start=closes + 1, end=cut.end)
    end = max(part.end for part in said.content)
    longer = excerpt(text, [Span(start=rest.start, end=end)], keys) if end > cut.end else None
    rest = Span(start=rest.start + len(rest.of(text)) - len(rest.of(text).lstrip()), end=rest.end)
    fits = longer and len(longer.of(text).split()) + len(head.of(text).split()) <= LONGEST
    if longer is not None and fits and longer.start == rest.start:
        rest = longer
    return [head, rest] if head.of(text).strip() and rest.of(text).strip() else [cut]


def with_subject(text: str, cut: Span, region: Span, keys: Sequence[Span]) -> list[Span]:
    """Return an excerpt behind its subject: "The ferry" … "sank", for "The ferry, old as it is, sank".

    One that has its subject, or whose subject is not the first thing in `region`, comes back whole.
    """
    first, *asides = text[region.start : cut.start].split(",")
    if len(asides) < 2 or asides[-1].strip() or not _predicate(text, cut, keys):
        return [cut]
    if any(_LISTED.match(aside) for aside in asides):
        return [cut]
    head = Span(start=region.start, end=region.start + len(first))
    if first.startswith("that "):
        head = Span(start=region.start + len("that "), end=head.end)
    said = [word.group().lower() for word in _WORD.finditer(head.of(text))]
    if not 1 <= len(said) <= MOST_OF_SUBJECT or not _PLAIN.fullmatch(head.of(text)):
        return [cut]
    sets = words("subordinators") | words("openers")
    adverbial = said[0] in sets or said[0].endswith("ly") or " ".join(said) in words("links")
    return [cut] if adverbial else [head, cut]


_LISTED = re.compile(r"\s*(?:and\b|(?:the|an?|his|her|its|their|[A-Z][\w’'-]*)\s[^,]*\band\b)")
"""More of a list ("the port and the town"), and no aside about what stands before it."""
_PLAIN = re.compile(r"[\w’' .-]+")


def _predicate(text: str, cut: Span, keys: Sequence[Span]) -> bool:
    """Tell whether an excerpt starts with a verb, adverbs aside."""
    for word in _WORD.finditer(text, cut.start, cut.end):
        if word.group().islower() and word.group().endswith("ly"):
            continue
        place = Span(start=word.start(), end=word.end())
        verb = word.group() in words("finite") or any(key.overlaps(place) for key in keys)
        return word.group().islower() and verb
    return False
