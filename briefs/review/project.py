"""Project: put what editors decided into an article's briefs, and take it out again.

Pure: the same briefs and the same states give the same value, however often it is done. `bare` is the
inverse: it leaves what the tool alone gives. No word of the article and none of the tool's own is changed.
"""

import re
from collections.abc import Iterable, Mapping

from briefs.domain.brief import ArticleBriefs, Brief, Question
from briefs.domain.claims import Disposition, LedgerEntry
from briefs.domain.desk import Desk
from briefs.domain.desk_events import question_key
from briefs.domain.spans import Span
from briefs.review.basis import basis_of, read_otherwise
from briefs.review.fold import Answer, ClaimState, is_decided

_ADDED = "added on the desk; by the rules alone: "
_KEPT_QUESTION = re.compile(r"a[0-9]+\Z")


def project(result: ArticleBriefs, states: Mapping[str, ClaimState]) -> ArticleBriefs:
    """Return an article's briefs with its claims' states; what an earlier projection put in is replaced.

    `states` may hold those of other articles too.
    """
    own = bare(result)
    mine = {brief: each for brief, each in states.items() if each.article == result.article.id}
    answers = _answers(mine.values())
    found = {brief.id for brief in own.briefs}
    added = [
        _added(each)
        for brief, each in mine.items()
        if brief not in found and each.added is not None and _stands(own.article.text, each.added)
    ]
    briefs = [_decided(own, brief, mine.get(brief.id)) for brief in own.briefs]
    ordered = sorted((*briefs, *added), key=lambda each: (each.claim.quote.start, each.claim.quote.end))
    return own.model_copy(
        update={
            "briefs": tuple(_answered(brief, answers) for brief in ordered),
            "ledger": _entered(own.ledger, added),
        }
    )


def bare(result: ArticleBriefs) -> ArticleBriefs:
    """Return an article's briefs as the tool alone gives them: nothing that an editor decided."""
    put_in = {brief.id for brief in result.briefs if brief.desk.added_by is not None or brief.desk.gone}
    return result.model_copy(
        update={
            "briefs": tuple(_bare(brief) for brief in result.briefs if brief.id not in put_in),
            "ledger": tuple(_left(entry, put_in) for entry in result.ledger),
        }
    )


def _bare(brief: Brief) -> Brief:
    questions = tuple(
        each.model_copy(update={"answer": None, "answered_by": None})
        for each in brief.questions
        if not _KEPT_QUESTION.match(each.id)
    )
    return brief.model_copy(update={"desk": Desk(), "questions": questions})


def _decided(own: ArticleBriefs, brief: Brief, state: ClaimState | None) -> Brief:
    if state is None:
        return brief
    differs: tuple[str, ...] = ()
    if state.basis is not None and is_decided(state.desk):
        differs = read_otherwise(state.basis, basis_of(own.article, brief))
    # What the tool has found itself was not added by anybody.
    update = {"added_by": None, "gone": False, "read_otherwise": differs}
    return brief.model_copy(update={"desk": state.desk.model_copy(update=update)})


def _added(state: ClaimState) -> Brief:
    if state.added is None:
        raise ValueError(f"{state.brief}: was not added")
    gone = state.desk.added_by is None
    bare_brief = _bare(state.added).model_copy(update={"id": state.brief})
    return bare_brief.model_copy(update={"desk": state.desk.model_copy(update={"gone": gone})})


def _stands(text: str, brief: Brief) -> bool:
    """Tell whether a brief's words stand in the article where it says that they do."""
    quoted = (brief.claim.quote, *brief.claim.quantities, *brief.claim.dates)
    return all(each.of(text) == each.text for each in quoted)


def _answers(states: Iterable[ClaimState]) -> dict[str, Answer]:
    """Return the article's answers by key: a question may stand under another claim today."""
    found: dict[str, Answer] = {}
    for each in states:
        for key, answer in each.answers.items():
            if key not in found or found[key].seq < answer.seq:
                found[key] = answer
    return found


def _answered(brief: Brief, answers: Mapping[str, Answer]) -> Brief:
    if not answers:
        return brief
    return brief.model_copy(update={"questions": tuple(_given(each, answers) for each in brief.questions)})


def _given(question: Question, answers: Mapping[str, Answer]) -> Question:
    answer = answers.get(question_key(question.ask, question.text))
    if answer is None:
        return question
    by = answer.who if answer.done else None
    return question.model_copy(update={"answer": answer.answer, "answered_by": by})


def _entered(ledger: Iterable[LedgerEntry], added: Iterable[Brief]) -> tuple[LedgerEntry, ...]:
    places = [(brief.id, brief.claim.quote.place) for brief in added]
    return tuple(_entry(entry, places) for entry in ledger) if places else tuple(ledger)


def _entry(entry: LedgerEntry, places: Iterable[tuple[str, Span]]) -> LedgerEntry:
    place = Span(start=entry.start, end=entry.end)
    new = tuple(name for name, each in places if each.overlaps(place) and name not in entry.briefs)
    if not new:
        return entry
    update: dict[str, object] = {"briefs": (*entry.briefs, *new)}
    if entry.disposition is Disposition.NOT_CHECKABLE:
        update |= {"disposition": Disposition.CLAIM, "reason": f"{_ADDED}{entry.reason}"}
    return entry.model_copy(update=update)


def _left(entry: LedgerEntry, put_in: set[str]) -> LedgerEntry:
    if put_in.isdisjoint(entry.briefs):
        return entry
    update: dict[str, object] = {"briefs": tuple(name for name in entry.briefs if name not in put_in)}
    if entry.reason.startswith(_ADDED):
        update |= {"disposition": Disposition.NOT_CHECKABLE, "reason": entry.reason.removeprefix(_ADDED)}
    return entry.model_copy(update=update)
