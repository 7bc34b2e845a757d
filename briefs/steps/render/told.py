"""One article's claims and addressees in the words of its own page, for use on another page."""

from briefs.domain.brief import ArticleBriefs, Brief, Question
from briefs.steps.render.drafting import addressee
from briefs.steps.render.short import short
from briefs.steps.render.sources import who
from briefs.steps.render.tame import tamed


class Told:
    """Tells of an article's claims; `result` are its briefs with a model's words made harmless to print."""

    def __init__(self, result: ArticleBriefs) -> None:
        """Take an article's briefs."""
        self.result = tamed(result)
        self._text = result.article.text
        self._ask = addressee(self.result)

    def short(self, brief: Brief) -> str:
        """Return a claim in a few words; ours, not a quotation."""
        return short(brief.claim, brief.attribution, self._text)

    def said_by(self, brief: Brief) -> str:
        """Return who says so, in a few words."""
        return who(brief.attribution)

    def ask(self, question: Question) -> str:
        """Return whom a question asks, and that a model named them where the article does not."""
        return self._ask(question)
