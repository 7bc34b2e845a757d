"""What a person wrote under the questions of a Markdown file: answers, and who gave them.

A question is known by its label, which stands for the text that was generated behind it. An answer may stand
under its question in the claim's section or on the first screen, or behind "Answer:" at the end of its line.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from briefs.domain.brief import ArticleBriefs, Question
from briefs.review.markdown_desk import Remark
from briefs.review.markdown_items import ANSWERER, ANSWERING, QuestionLine, question_lines, without_inline
from briefs.review.markdown_parts import HEAD, Cut
from briefs.review.markdown_values import Value, meant
from briefs.steps.render.entered import entered, holdable


class Asked(NamedTuple):
    """A question and the brief that prints it."""

    question: Question
    brief: str


class Given(NamedTuple):
    """A person's answer to a question."""

    asked: Asked
    answer: str | None
    who: str | None
    """Who is said to have answered; none where nobody is."""
    done: bool


class Rewrite(NamedTuple):
    """Lines of a file that are to be put back: half-open indexes, and what stands there instead."""

    start: int
    end: int
    lines: tuple[str, ...]


class AnswersRead(NamedTuple):
    """What the answers of a file came to; places are those of the whole file."""

    given: tuple[Given, ...]
    remarks: tuple[Remark, ...]
    rewrites: tuple[Rewrite, ...]


class _Place(NamedTuple):
    """A question's line in a part of the file."""

    offset: int
    line: QuestionLine


class _Said(NamedTuple):
    answer: str | None
    who: str | None


def read_answers(edited: Cut, generated: Cut, result: ArticleBriefs, known: Sequence[str]) -> AnswersRead:
    """Return the answers that a person wrote, changed or took back; `known` are the sections to be read."""
    asked = _asked(result)
    labels = frozenset(asked)
    then = _places(generated, labels, [part.key for part in generated.parts])
    now = _places(edited, labels, [HEAD, *known])
    given: list[Given] = []
    remarks: list[Remark] = []
    rewrites: list[Rewrite] = []
    for label, places in now.items():
        base = then.get(label, [])
        if base and not _fits(generated.lines[base[-1].offset + base[-1].line.at], asked[label].question):
            continue
        found = _read(asked[label], places, base)
        if isinstance(found, Remark):
            remarks.append(found)
            continue
        if found is not None:
            given.append(found)
        rewrites.extend(_put_back(edited, places, generated, base) if base else [])
    return AnswersRead(tuple(given), tuple(remarks), tuple(rewrites))


def _asked(result: ArticleBriefs) -> dict[str, Asked]:
    return {
        question.id.upper(): Asked(question, brief.id)
        for brief in result.briefs
        for question in brief.questions
    }


def _places(file: Cut, labels: frozenset[str], keys: Sequence[str]) -> dict[str, list[_Place]]:
    """Return where questions stand, those of the first screen first."""
    found: dict[str, list[_Place]] = {}
    for part in file.parts:
        if part.key in keys:
            for line in question_lines(file.lines[part.start : part.end], labels):
                found.setdefault(line.label, []).append(_Place(part.start, line))
    return found


def _fits(line: str, question: Question) -> bool:
    """Tell whether a generated line is that of the question: its words, or at least where they end."""
    words = " ".join(entered(line, soft=" ").split())
    return " ".join(holdable(question.text).split()) in words or question.drafted_by != "offline"


def _read(asked: Asked, places: Sequence[_Place], base: Sequence[_Place]) -> Given | Remark | None:
    question = asked.question
    answers = [_Raw(p.offset + i.start, i.raw) for p in places for i in p.line.items if i.name == ANSWERING]
    answers += [_Raw(p.offset + p.line.at, p.line.inline) for p in places if p.line.inline is not None]
    names = [_Raw(p.offset + i.start, i.raw) for p in places for i in p.line.items if i.name == ANSWERER]
    told = [item for place in base for item in place.line.items]
    then_answer = next((item.raw for item in told if item.name == ANSWERING), "")
    then_name = next((item.raw for item in told if item.name == ANSWERER), "")
    label = question.id.upper()
    new_answers, new_names = _changed(answers, then_answer), _changed(names, then_name)
    for rows, what in ((new_answers, "the answer"), (new_names, "who answered")):
        if len({meant(None, row.raw) for row in rows}) > 1:
            return Remark(rows[0].at, f"{what} to {label} stands there more than once: keep one line of it")
    if not new_answers and not new_names:
        return None
    at = (new_answers or new_names)[0].at
    answer = meant(None, new_answers[0].raw if new_answers else then_answer)
    name = meant(None, new_names[0].raw if new_names else then_name)
    reason = answer.reason or name.reason
    if reason is not None:
        return Remark(at, f"the answer to {label} is not taken over: {reason}")
    now, then = _present(question), _Said(meant(None, then_answer).value, meant(None, then_name).value)
    said = _Said(answer.value, " ".join(name.value.split()) if name.value else None)
    if said == now or (not new_names and said.answer is not None and said.answer == now.answer):
        return None  # recorded already, by a run that did not come to write the file
    if now != then:
        return Remark(at, f"{label} was answered elsewhere since: both are in the file; delete one of them")
    taken_back = bool(new_names) and said.who is None
    return Given(asked, said.answer, said.who, done=not taken_back and (said.answer or said.who) is not None)


class _Raw(NamedTuple):
    at: int
    raw: str


def _changed(rows: Sequence[_Raw], then: str) -> list[_Raw]:
    before: Value = meant(None, then, soft=" ")
    return [row for row in rows if row.raw != then and meant(None, row.raw, soft=" ") != before]


def _present(question: Question) -> _Said:
    answer, who = (
        holdable(each) if each and each.strip() else None for each in (question.answer, question.answered_by)
    )
    return _Said(answer, who)


def _put_back(edited: Cut, places: Sequence[_Place], generated: Cut, base: Sequence[_Place]) -> list[Rewrite]:
    """Return what makes the lines under a question those that were generated."""
    rewrites: list[Rewrite] = []
    told: Mapping[bool, tuple[str, ...]] = {
        place.offset == 0: tuple(
            line
            for item in place.line.items
            for line in generated.lines[place.offset + item.start : place.offset + item.end]
        )
        for place in base
    }
    for place in places:
        at = place.offset + place.line.at
        for item in place.line.items:
            start = place.offset + item.start
            while start - 1 > at and not edited.lines[start - 1].strip():
                start -= 1
            rewrites.append(Rewrite(start, place.offset + item.end, ()))
        line = edited.lines[at] if place.line.inline is None else without_inline(edited.lines[at])
        rewrites.append(Rewrite(at, at + 1, (line, *told.get(place.offset == 0, ()))))
    return rewrites
