"""Turns one invented text into a parsed article for the tests of this folder."""

from briefs.domain.article import BlockRole
from briefs.domain.segmentation import Paragraph, Segmentation, Sentence
from briefs.language.parse import ParsedArticle, parse


def parsed_lines(text: str) -> ParsedArticle:
    """Parse `text` with each of its lines as one sentence and one paragraph."""
    sentences: list[Sentence] = []
    at = 0
    for line in text.split("\n"):
        start, end = at + len(line) - len(line.lstrip()), at + len(line.rstrip())
        if start < end:
            number = len(sentences)
            sentences.append(Sentence(start=start, end=end, index=number, paragraph=number))
        at += len(line) + 1
    paragraphs = tuple(
        Paragraph(start=s.start, end=s.end, index=s.index, role=BlockRole.BODY, first=s.index, last=s.index)
        for s in sentences
    )
    return parse(text, Segmentation(sentences=tuple(sentences), paragraphs=paragraphs, chunks=()))
