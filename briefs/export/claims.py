"""Which claims of an article are exported, and the lines that several formats have in common."""

from typing import NamedTuple

from briefs.domain.brief import ArticleBriefs, FormerClaim, MissingEvidence, Question
from briefs.domain.desk import Desk
from briefs.steps.render.drafting import Addressee, addressee, by_model
from briefs.steps.render.view import Asked, Page, Section, page

STILL_THERE = "The words stand in the article; the tool no longer calls them a claim."
NO_LONGER = "The article no longer has this claim; the words are those of an earlier version."


class Exportable(NamedTuple):
    """An article's page without the claims that an editor dismissed; numbers are those of its briefs."""

    page: Page
    former: tuple[FormerClaim, ...]
    """Claims that editors decided about and that are in the article no longer."""
    dismissed: int
    """How many claims an editor dismissed."""
    ask: Addressee
    holder: Addressee

    @property
    def sections(self) -> tuple[Section, ...]:
        """Return the claims in the article's order."""
        return self.page.sections

    def question(self, asked: Asked) -> str:
        """Return a question with its number, whom it asks and, where there is one, its answer."""
        question = asked.question
        ask = f" (ask {self.ask(question)})" if question.ask else ""
        line = f"{asked.label}{ask}: {question.text}"
        line = f"{line} (model)" if by_model(question) else line
        if not is_done(question):
            return line
        by = f" ({question.answered_by})" if question.answered_by else ""
        return f"{line} – {question.answer or 'ticked off'}{by}"

    def missing(self, item: MissingEvidence) -> str:
        """Return what is missing and who would hold it."""
        line = f"{item.what} (held by {self.holder(item)})"
        return f"{line} (model)" if by_model(item) else line


def exportable(result: ArticleBriefs) -> Exportable:
    """Return what of an article's briefs is exported."""
    whole = page(result)
    kept = tuple(section for section in whole.sections if section.brief.desk.dismissed is None)
    former = tuple(each for each in result.former if each.desk.dismissed is None)
    return Exportable(
        page=whole._replace(sections=kept),
        former=former,
        dismissed=len(whole.sections) - len(kept) + len(result.former) - len(former),
        ask=addressee(whole.result),
        holder=addressee(whole.result, "{}, {}"),
    )


def is_done(question: Question) -> bool:
    """Tell whether a question is answered or ticked off."""
    return question.answer is not None or question.answered_by is not None


def remarks(desk: Desk) -> tuple[str, ...]:
    """Return what an editor should know of how a claim came to stand as it does on the desk."""
    made = [f"Open again: {reason}" for reason in desk.changed]
    made.extend(f"Read otherwise today: {note}" for note in desk.read_otherwise)
    if desk.gone:
        made.append(STILL_THERE)
    if desk.added_by:
        made.append(f"Added by {desk.added_by}.")
    return tuple(made)
