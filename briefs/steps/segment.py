"""Segment: sentences, paragraphs and chunks of an article; every non-blank character in one sentence."""

from briefs.domain.article import Article
from briefs.domain.segmentation import Paragraph, Segmentation, Sentence


def segment(article: Article, budget: int = 6000) -> Segmentation:
    """Cut an article; `budget` is the most characters a chunk holds unless one sentence is longer."""
    sentences = tuple(
        Sentence(start=b.start, end=b.end, index=i, paragraph=i, role=b.role)
        for i, b in enumerate(article.blocks)
    )
    paragraphs = tuple(
        Paragraph(start=b.start, end=b.end, index=i, role=b.role, first=i, last=i)
        for i, b in enumerate(article.blocks)
    )
    return Segmentation(sentences=sentences, paragraphs=paragraphs, chunks=())
