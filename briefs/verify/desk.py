"""What editors decided, as a file tells it: against the record beside it and the texts kept there."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from briefs.domain.brief import ArticleBriefs, Brief, FormerClaim, Question
from briefs.domain.desk import Desk
from briefs.domain.desk_events import DeskEvent, Moved
from briefs.errors import BriefsError
from briefs.review.fold import states
from briefs.review.project import project
from briefs.seal import words_sha256
from briefs.steps.render.wording import count
from briefs.store.desk import FILE, DeskStore
from briefs.verify.verdict import Problem, Verdict, short

_STALE = "is not what the desk has on record; run briefs again"


def check_desk(name: str, result: ArticleBriefs, folder: Path) -> Verdict:
    """Check an article's decisions, and the words of earlier versions, against the desk's file in `folder`.

    Without that file they are taken as they stand: a note says so where there are any.
    """
    told = [each for each in result.briefs if each.desk != Desk()]
    if not (folder / FILE).is_file():
        unchecked = len(told) + len(result.former)
        return Verdict(notes=(_unchecked(name, unchecked, f"{FILE} is not here"),) if unchecked else ())
    try:
        with DeskStore.open(folder, create=False) as store:
            events = store.events(article=result.article.id)
            now = states(events)
            here = {brief for brief, each in now.items() if each.article == result.article.id}
            gone_on = _gone_on(events, result.article.id) - here
            found = project(result, now)
            problems = [Problem(file=name, what=what) for what in _differences(result, found, gone_on)]
            problems += [
                Problem(file=name, what=what, where=f"“{short(each.words or '')}”")
                for each in result.former
                for what in _words(each, store)
            ]
    except BriefsError as error:
        return Verdict(notes=(_unchecked(name, len(told) + len(result.former), str(error)),))
    return Verdict(problems=tuple(problems), notes=(_next(name, len(gone_on)),) if gone_on else ())


def _gone_on(events: Iterable[DeskEvent], article: str) -> set[str]:
    """Return the ids of an article's claims that went on in another one, which follows it."""
    return {
        event.brief
        for event in events
        if isinstance(event.what, Moved) and event.article == article != event.what.article
    }


def _next(name: str, number: int) -> str:
    which = "a claim" if number == 1 else f"{number} claims"
    return f"{name}: what editors decided about {which} goes on in the version after this one"


def _unchecked(name: str, number: int, why: str) -> str:
    return f"{name}: not checked: what editors decided about {count(number, 'claim', 'claims')} ({why})"


def _differences(result: ArticleBriefs, found: ArticleBriefs, gone_on: Collection[str]) -> Iterator[str]:
    """Yield where a file says something else than the record, but for claims that went on elsewhere."""
    here, there = ({each.id: _told(each) for each in r.briefs} for r in (result, found))
    for brief in sorted((here.keys() | there.keys()) - set(gone_on)):
        if brief not in there:
            yield f"the claim {brief}, added by an editor, {_STALE}"
        elif brief not in here:
            yield f"the claim {brief} was added by an editor and is not there; run briefs again"
        elif here[brief] != there[brief]:
            yield f"what was decided about {brief} {_STALE}"
    before, now = ([_of_former(each) for each in r.former if each.id not in gone_on] for r in (result, found))
    if before != now:
        yield f"what was decided about claims that are no longer in the article {_STALE}"


def _told(brief: Brief) -> tuple[object, ...]:
    # How a log is worded is no decision: another version of briefs may word it otherwise.
    desk = brief.desk.model_copy(update={"log": (), "read_otherwise": ()})
    return (desk, tuple(map(_answer, brief.questions)))


def _of_former(former: FormerClaim) -> FormerClaim:
    return former.model_copy(update={"desk": former.desk.model_copy(update={"log": ()})})


def _answer(question: Question) -> tuple[str | None, ...]:
    return (question.text, question.answer, question.answered_by)


def _words(former: FormerClaim, store: DeskStore) -> Iterator[str]:
    """Yield what is wrong with the words of an earlier version, where its text was kept."""
    text = store.text(former.text_sha256) if former.text_sha256 else None
    if text is None or former.words is None:
        return
    if words_sha256(text) != former.text_sha256:
        yield f"the earlier text that {FILE} keeps is not the one that {former.id} names"
    elif former.words not in text:
        yield f"the words of {former.id} are not in the earlier version that they are said to be from"
