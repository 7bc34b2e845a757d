"""What the seal of a Markdown file says of the other articles and documents that the file quotes."""

from collections.abc import Iterator

from briefs.domain.brief import ArticleBriefs
from briefs.domain.spans import Span
from briefs.seal import SealedOther
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
    return tuple(found[article] for article in sorted(found))


def sealed_runs(page: Page) -> Iterator[str]:
    """Yield the runs of words that a page quotes of other articles and documents, also in its own notes."""
    for section in page.sections:
        for each in section.others.shown:
            yield from _runs(each.note)
            if each.quoted is not None:
                words = f"{each.quoted.before}{each.quoted.words}{each.quoted.after}".strip()
                yield words
                yield from _runs(f"{each.quoted.opens}{words}{each.quoted.closes}")
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
