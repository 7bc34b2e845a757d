"""Scan: what the text says of itself, before anyone decides what is worth checking."""

from briefs.domain.article import Article
from briefs.domain.scan import Scan
from briefs.domain.segmentation import Segmentation
from briefs.language.attribution import attributions
from briefs.language.clauses import clauses
from briefs.language.criticism import criticisms
from briefs.language.dates import dates
from briefs.language.hedges import hedges
from briefs.language.names import entities
from briefs.language.parse import parsing
from briefs.language.quantities import quantities
from briefs.language.references import references
from briefs.language.signals import signals
from briefs.language.superlatives import superlatives
from briefs.text.quotes import quotations


def scan(article: Article, segmentation: Segmentation) -> Scan:
    """Return everything that the offline rules find in the article's own words."""
    with parsing(article.text, segmentation) as parsed:
        quoted = quotations(article.text, segmentation.paragraphs)
        named = entities(parsed)
        referring = references(parsed, named)
        attributed = attributions(parsed, named, referring, quoted, article.outlet)
        dated = dates(parsed, article.published)
        figures = quantities(parsed, dated)
        return Scan(
            attributions=attributed,
            quantities=figures,
            dates=dated,
            hedges=hedges(parsed),
            entities=named,
            references=referring,
            superlatives=superlatives(parsed),
            criticisms=criticisms(parsed, named, referring, attributed),
            clauses=clauses(parsed),
            signals=signals(parsed, named, figures, dated),
        )
