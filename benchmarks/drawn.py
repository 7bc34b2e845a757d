"""Whether a brief draws its checker to one element of an article, and by what.

It counts

* a flag, if one of its places overlaps the element;
* a question, or a line of missing evidence, of a claim that holds the element, if it *names* the element:
  in its own words, or in an excerpt that is hardly longer. An element that merely lies somewhere within a
  longer excerpt is not named: such a line asks about the sentence, not about the figure in it. Nor does a
  line name anything that lists three excerpts or more: a list draws to nothing in particular;
* where the error lies in how a named source is rendered (a hedge or a "not" gone, "all" for "some", words
  of a quotation), a line that asks for that source's exact words or their recording, and names the source.

A flag about a whole quotation says nothing of a figure within it, and does not count for one.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from benchmarks.planting import Error
from briefs.domain.brief import ArticleBriefs, Brief, FlagKind
from briefs.domain.spans import Span
from briefs.steps.compose.bank import bank

_SPARE = 3
"""Words that an excerpt may have beside the element that it names."""
_MOST_NAMED = 2
_EXCERPT = re.compile(r"“([^”]*)”")
_EXACT = re.compile(
    r"\b(?:recording|transcript|tape|exact words|word for word|verbatim|original wording|in these words|"
    r"in (?:what|which) (?:exact )?words|put it|as certain|renders?|(?:use|do) the words|hear [^?:]* say|"
    r"did [^?:]* say (?=“|what|so\b|it\b))",
    re.IGNORECASE,
)
_RENDERED = frozenset({Error.HEDGE, Error.NEGATION, Error.ALL, Error.QUOTATION})
_OF_QUOTATIONS = {
    FlagKind.QUOTATION_SPLICED: frozenset({Error.QUOTATION}),
    FlagKind.ANONYMOUS_OPINION: frozenset({Error.QUOTATION, Error.NAMED}),
}


class Route(StrEnum):
    """By what a checker is drawn to an element, the strongest first."""

    FLAG = "flag"
    NAMED = "named"
    WORDS = "exact words asked for"


class Attention(NamedTuple):
    """One thing in a brief that draws a checker to an element."""

    route: Route
    form: str
    """The kind of flag, question or evidence: what two lines share that differ in wording and element."""


def attention(briefs: ArticleBriefs, element: Span, name: str, error: Error) -> frozenset[Attention]:
    """Return everything that draws a checker to the element, which lines would name as `name`."""
    found: set[Attention] = set()
    for flag in (*briefs.overview.flags, *(flag for brief in briefs.briefs for flag in brief.flags)):
        of_it = error in _OF_QUOTATIONS.get(flag.kind, frozenset(Error))
        if of_it and any(span.overlaps(element) for span in flag.spans):
            found.add(Attention(Route.FLAG, flag.kind.value))
    for brief in _holding(briefs, element):
        source = brief.attribution.source
        rendered = error in _RENDERED and any(piece.overlaps(element) for piece in brief.attribution.content)
        said_by = source.name.split()[-1] if source and rendered else None
        for line in _lines(briefs, brief):
            if names(line.text, name):
                found.add(Attention(Route.NAMED, line.form))
            elif said_by and _EXACT.search(line.text) and _has(line.text, said_by):
                found.add(Attention(Route.WORDS, line.form))
    return frozenset(found)


def held(briefs: ArticleBriefs, element: Span, name: str) -> bool:
    """Tell whether a line of the claim holds the element at all, be it within a long excerpt."""
    return any(_has(line.text, name) for brief in _holding(briefs, element) for line in _lines(briefs, brief))


def is_claim(briefs: ArticleBriefs, element: Span) -> bool:
    """Tell whether any claim holds the element."""
    return any(True for _ in _holding(briefs, element))


def names(line: str, name: str) -> bool:
    """Tell whether a line names an element in its own words or in an excerpt that is hardly longer."""
    longest = len(name.split()) + _SPARE
    excerpts = _EXCERPT.findall(line)
    if len(excerpts) > _MOST_NAMED:
        return False
    short = (each for each in excerpts if len(each.split()) <= longest)
    return any(_has(piece, name) for piece in (_EXCERPT.sub(" “” ", line), *short))


def _has(text: str, name: str) -> bool:
    words = r"\s+".join(map(re.escape, name.split()))
    return re.search(rf"(?<!\w){words}(?!\w|[.,]\d)", text, re.IGNORECASE) is not None


def _holding(briefs: ArticleBriefs, element: Span) -> Iterator[Brief]:
    for brief in briefs.briefs:
        if any(place.overlaps(element) for place in (brief.claim.quote, *brief.claim.also_at)):
            yield brief


class _Line(NamedTuple):
    text: str
    form: str


def _lines(briefs: ArticleBriefs, brief: Brief) -> Iterator[_Line]:
    """Yield the questions that serve a claim, wherever they are printed, and its missing evidence."""
    for each in briefs.briefs:
        for question in each.questions:
            if brief.id in question.serves:
                yield _Line(question.text, _kind(question.text))
    for missing in brief.missing_evidence:
        yield _Line(missing.what, f"evidence: {missing.why}")


def _kind(question: str) -> str:
    """Return the kind of a question of the bank; of one that a model wrote, that it is one."""
    return next((kind for kind, pattern in _patterns() if pattern.fullmatch(question)), "a model's")


def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    if not _KINDS:
        for kind, wordings in bank().items():
            for wording in wordings:
                parts = re.split(r"\{\w+\}", wording.text)
                _KINDS.append((kind, re.compile("(.*)".join(map(re.escape, parts)), re.IGNORECASE)))
    return _KINDS


_KINDS: list[tuple[str, re.Pattern[str]]] = []
