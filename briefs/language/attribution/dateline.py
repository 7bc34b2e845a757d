"""The dateline that opens a report, and the agency that it credits: "PORT TOWN, Norland (Corvo Wire) — …"."""

import re
from typing import NamedTuple

from briefs.domain.scan import Attribution, SourceKind
from briefs.domain.spans import How, Mention, Span
from briefs.language.parse import ParsedArticle

_LINE = re.compile(
    r"(?P<place>[A-ZÀ-ÖØ-Þ][^\W\d_]+(?:[ .,'’-]+[\w.'’-]+){0,7}?)\s*"
    r"(?:\((?P<agency>[A-ZÀ-ÖØ-Þ][\w.&'’-]*(?: [A-ZÀ-ÖØ-Þ][\w.&'’-]*){0,3})\)\s*(?:[—–]|--?)|(?:[—–]|--))\s+"
)
_CAPITALS = re.compile(r"[A-ZÀ-ÖØ-Þ]{3,}")
_FIRST = 8
"""Sentences of article text among which a dateline may stand."""


class Dateline(NamedTuple):
    """A dateline and the agency in its brackets."""

    place: Span
    """Up to the first word of the report itself."""
    agency: Mention | None


def dateline(parsed: ParsedArticle) -> Dateline | None:
    """Return the dateline at the start of one of the first paragraphs, or none."""
    paragraph = -1
    for each in parsed.sentences[:_FIRST]:
        if each.sentence.paragraph == paragraph:
            continue
        paragraph = each.sentence.paragraph
        found = _LINE.match(
            parsed.text, each.sentence.start, min(each.sentence.end, each.sentence.start + 120)
        )
        if found is None or (found["agency"] is None and not _CAPITALS.match(found["place"])):
            continue
        agency = None
        if found["agency"] is not None:
            agency = Mention(start=found.start("agency"), end=found.end("agency"), name=found["agency"])
        return Dateline(Span(start=found.start(), end=found.end()), agency)
    return None


def credited(attribution: Attribution, line: Dateline | None) -> Attribution:
    """Return an attribution with the dateline's agency as who passed it on, where nobody else is named."""
    agency = line.agency if line is not None else None
    unsaid = attribution.source is None or attribution.via or attribution.kind is SourceKind.UNATTRIBUTED
    if agency is None or unsaid or attribution.source is None or attribution.source.name == agency.name:
        return attribution
    return attribution.model_copy(update={"via": (agency.model_copy(update={"how": How.CARRIED}),)})


def without(content: tuple[Span, ...], line: Dateline | None) -> tuple[Span, ...]:
    """Return the content without the dateline that may stand before its first words."""
    if line is None or content[0].start != line.place.start or content[0].end <= line.place.end:
        return content
    return (Span(start=line.place.end, end=content[0].end), *content[1:])
