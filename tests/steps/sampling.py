"""The sample articles of corpus/, drafted offline once, and lines of a model judged for them."""

from functools import cache
from pathlib import Path

from lines_strong import Line
from suggesting import MODEL

from briefs.domain.article import Article
from briefs.domain.brief import Composition, MissingEvidence, Question
from briefs.domain.segmentation import Segmentation
from briefs.domain.spans import Span
from briefs.llm.wire_compose import WireMissing, WireQuestion
from briefs.pipeline import article_of, given_by_user
from briefs.readers.inputs import inputs
from briefs.steps.compose import compose
from briefs.steps.extract import extract
from briefs.steps.flag import flag
from briefs.steps.scan import scan
from briefs.steps.segment import segment
from briefs.steps.suggest.judge import About, Judge
from briefs.steps.suggest.page import Page

CORPUS = Path(__file__).parents[2] / "corpus"


class Sample:
    """One sample article with its offline draft, as the checks look at it."""

    def __init__(self, article: Article, segmentation: Segmentation) -> None:
        scanned = scan(article, segmentation)
        extraction = extract(article, segmentation, scanned)
        findings = flag(article, segmentation, scanned, extraction)
        self.article = article
        self.segmentation = segmentation
        self.composition: Composition = compose(article, segmentation, scanned, extraction, findings)
        self.page = Page(article, segmentation, scanned)

    def about(self, words: str) -> About:
        """Return the brief whose claim's sentences have `words`."""
        start = self.article.text.index(words)
        place = Span(start=start, end=start + len(words))
        around = self.page.around(place)
        for brief in self.composition.briefs:
            if any(around.overlaps(each) for each in (brief.claim.quote, *brief.claim.also_at)):
                return About(brief, place)
        raise LookupError(f"no brief for {words!r}")


@cache
def sample(name: str) -> Sample:
    """Return the article whose file's name begins with `name`."""
    (path,) = CORPUS.glob(f"{name}*")
    (found,) = inputs([str(path)])
    article = article_of(found, given_by_user("published", None, None))
    return Sample(article, segment(article))


def judged(line: Line) -> Question | MissingEvidence | str:
    """Return what becomes of a line that a model writes for its claim: what survives, or why it falls."""
    found = sample(line.article)
    about = found.about(line.claim)
    judge = Judge(found.page, MODEL, "")
    if line.text.endswith("?"):
        return judge.question(
            about, WireQuestion(ask=line.ask, text=line.text, settles=line.reason), taken=[]
        )
    return judge.missing(about, WireMissing(holder=line.ask, what=line.text, why=line.reason), taken=[])
