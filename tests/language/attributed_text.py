"""Finds the attributions of one invented text for the tests of this folder."""

from briefs.domain.scan import Attribution
from briefs.language.attribution import attributions
from briefs.language.names import entities
from briefs.language.parse import parse
from briefs.language.references import references
from briefs.steps.ingest import Origin, ingest
from briefs.steps.segment import segment
from briefs.text.quotes import quotations


def found_in(text: str) -> tuple[Attribution, ...]:
    """Return the attributions of a plain text."""
    article = ingest(text.encode("utf-8"), Origin(id="t", path="t.txt"))
    segmentation = segment(article)
    parsed = parse(article.text, segmentation)
    named = entities(parsed)
    quoted = quotations(article.text, segmentation.paragraphs)
    return attributions(parsed, named, references(parsed, named), quoted)
