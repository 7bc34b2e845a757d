"""What was decided, out of the files of an article's briefs: for when the record of the desk is lost.

The files are projections of the record, so they hold what it came to, and its log in words; not every step.
"""

from collections.abc import Iterator

from briefs.domain.brief import ArticleBriefs, Brief, FormerClaim
from briefs.domain.desk import Basis, Desk
from briefs.domain.desk_events import (
    Added,
    Answered,
    Change,
    DeskField,
    Door,
    Edited,
    EventDraft,
    Happening,
    question_key,
)
from briefs.domain.spans import Quote
from briefs.review.basis import basis_of
from briefs.review.portable import portable

WHO = "briefs run"


def recovered(result: ArticleBriefs) -> tuple[EventDraft, ...]:
    """Return what is to be recorded so that the desk comes to what an article's briefs say."""
    return (
        *(draft for brief in result.briefs for draft in _of_brief(result, brief)),
        *(draft for former in result.former for draft in _of_former(result, former)),
    )


def _of_brief(result: ArticleBriefs, brief: Brief) -> Iterator[EventDraft]:
    basis = basis_of(result.article, brief)
    added = Added(brief=portable(result, brief), basis=basis)
    if brief.desk.added_by is not None:
        yield _draft(result, brief.id, added, who=brief.desk.added_by, door=Door.DESK)
    elif brief.desk.gone:
        yield _draft(result, brief.id, added)
    yield from _answers(result, brief)
    if brief.desk.model_copy(update={"added_by": None, "gone": False, "read_otherwise": ()}) != Desk():
        yield _draft(result, brief.id, _whole(brief.desk, basis))


def _of_former(result: ArticleBriefs, former: FormerClaim) -> Iterator[EventDraft]:
    yield from _answers(result, former)
    words = former.words or ""
    quote = Quote(start=0, end=len(words), text=words)
    basis = Basis(text_sha256=former.text_sha256 or "", quote=quote, name=former.name)
    yield _draft(result, former.id, _whole(former.desk, basis))


def _answers(result: ArticleBriefs, of: Brief | FormerClaim) -> Iterator[EventDraft]:
    for each in of.questions:
        if each.answer is None and each.answered_by is None:
            continue
        what = Answered(
            question=question_key(each.ask, each.text),
            text=each.text,
            ask=each.ask,
            answer=each.answer,
            done=each.answered_by is not None,
        )
        yield _draft(result, of.id, what, who=each.answered_by or WHO)


def _whole(desk: Desk, basis: Basis) -> Edited:
    status = Change(field=DeskField.STATUS, before=None, after=desk.status.value)
    return Edited(changes=(status,), basis=basis, taken_over=desk)


def _draft(
    result: ArticleBriefs, brief: str, what: Happening, *, who: str = WHO, door: Door = Door.RUN
) -> EventDraft:
    return EventDraft(who=who, door=door, article=result.article.id, brief=brief, what=what)
