"""What people answered, under the questions as they stand today; ids of questions count anew every time."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import count

from briefs.domain.brief import Brief, Question
from briefs.domain.desk_events import question_key
from briefs.review.fold import Answer, ClaimState

_ASKED_NO_LONGER = re.compile(r"a[0-9]+\Z")


class Answers:
    """The answers of one article: a question may stand under another claim today."""

    def __init__(self, states: Iterable[ClaimState]) -> None:
        """Take the states of the article's claims; of two answers to one question the later one counts."""
        self._numbers = count(1)
        self._asked: set[str] = set()
        self._found: dict[str, tuple[str, Answer]] = {}
        for state in states:
            for key, answer in state.answers.items():
                if key not in self._found or self._found[key][1].seq < answer.seq:
                    self._found[key] = (state.brief, answer)

    def given(self, briefs: Sequence[Brief]) -> tuple[Brief, ...]:
        """Return an article's briefs with the answers to their questions.

        What was answered and is asked nowhere any more stays under the claim that it was asked for, as
        question "a1", "a2", ….
        """
        if not self._found:
            return tuple(briefs)
        self._asked = {_key(each) for brief in briefs for each in brief.questions}
        return tuple(
            brief.model_copy(
                update={"questions": (*map(self._answered, brief.questions), *self.left_of(brief.id))}
            )
            for brief in briefs
        )

    def left_of(self, brief: str) -> tuple[Question, ...]:
        """Return what was answered for a claim and is asked nowhere in the briefs that were `given`."""
        own = [
            (key, each)
            for key, (home, each) in self._found.items()
            if home == brief and key not in self._asked and (each.done or each.answer)
        ]
        return tuple(
            Question(
                id=f"a{next(self._numbers)}",
                text=each.question,
                ask=each.ask or "",
                settles="",
                serves=(brief,),
                answer=each.answer,
                answered_by=each.who if each.done else None,
            )
            for _, each in sorted(own, key=lambda pair: pair[1].seq)
        )

    def _answered(self, question: Question) -> Question:
        _, answer = self._found.get(_key(question), (None, None))
        if answer is None:
            return question
        by = answer.who if answer.done else None
        return question.model_copy(update={"answer": answer.answer, "answered_by": by})


def unanswered(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Return the questions that the tool asks, without answers."""
    return tuple(
        each.model_copy(update={"answer": None, "answered_by": None})
        for each in questions
        if not _ASKED_NO_LONGER.match(each.id)
    )


def numbered(others: Iterable[Brief], added: Iterable[Brief]) -> tuple[Brief, ...]:
    """Return added briefs with ids for their questions that no other has, each question asked once.

    `see_questions` of an added brief hold keys (`question_key`); here they become the ids of the questions
    that stand in the file today, and one that is asked no longer is left out.
    """
    ids = {_key(each): each.id for brief in others for each in brief.questions}
    numbers = count(1)
    return tuple([_numbered(brief, ids, numbers) for brief in added])


def _numbered(brief: Brief, ids: dict[str, str], numbers: Iterator[int]) -> Brief:
    own: list[Question] = []
    see = list(brief.see_questions)
    for each in unanswered(brief.questions):
        key = _key(each)
        if key in ids:
            see.append(key)
            continue
        ids[key] = f"e{next(numbers)}"
        own.append(each.model_copy(update={"id": ids[key], "serves": (brief.id,)}))
    printed = {each.id for each in own}
    elsewhere = dict.fromkeys(ids[key] for key in see if key in ids and ids[key] not in printed)
    return brief.model_copy(update={"questions": tuple(own), "see_questions": tuple(elsewhere)})


def _key(question: Question) -> str:
    return question_key(question.ask, question.text)
