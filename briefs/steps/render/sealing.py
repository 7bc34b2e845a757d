"""What the seal of a Markdown file says of the other articles and documents that the file quotes."""

from collections.abc import Iterator

from briefs.domain.brief import ArticleBriefs, Origin
from briefs.domain.slug import slug
from briefs.domain.spans import Span
from briefs.seal import RUN, SealedOther
from briefs.steps.render.origins import MOST
from briefs.steps.render.related import shown
from briefs.steps.render.view import Page
from briefs.text.quotes import quotations


def sealed_others(result: ArticleBriefs) -> tuple[SealedOther, ...]:
    """Return the other articles that a file of these briefs quotes, by id."""
    own = result.article.id
    found = {
        each.article: SealedOther(article=each.article, slug=each.slug, text_sha256=each.text_sha256)
        for brief in result.briefs
        for each in shown(brief, own)
        if each.article != own
    }
    for origin in _quoting_origins(result):
        for article in origin.articles:
            if article != own and article not in found:
                found[article] = SealedOther(article=article, slug=slug(article), text_sha256=None)
    return tuple(found[article] for article in sorted(found))


def _quoting_origins(result: ArticleBriefs) -> Iterator[Origin]:
    """Yield the origins under claims that quote so much of articles, a title say, that it must be proved."""
    for brief in result.briefs:
        for origin in brief.origins.origins[:MOST]:
            if any(len(run.split()) >= RUN for run in _said_of(origin)):
                yield origin


def _said_of(origin: Origin) -> Iterator[str]:
    for said in (origin.name, *origin.reasons):
        yield from _runs(said)


def sealed_runs(page: Page) -> Iterator[str]:
    """Yield the runs of words that a page quotes of other articles and documents, also in its own notes."""
    for section in page.sections:
        for each in section.others.shown:
            yield from _runs(each.note)
            if each.quoted is not None:
                words = f"{each.quoted.before}{each.quoted.words}{each.quoted.after}".strip()
                yield words
                yield from _runs(f"{each.quoted.opens}{words}{each.quoted.closes}")
        for origin in section.brief.origins.origins[:MOST]:
            yield from _said_of(origin)
        for evidence in section.brief.evidence:
            for said in (evidence.document, evidence.quote, evidence.note or ""):
                yield from _runs(said)
            yield evidence.quote
            yield from _runs(f"“{evidence.quote}”")
        for asked in section.questions:
            yield from _runs(asked.question.text)


def _runs(said: str) -> Iterator[str]:
    for run in quotations(said, [Span(start=0, end=len(said))]):
        yield run.inner.of(said)
