"""Read back: what a person wrote into a Markdown file of briefs, as events, against the file as generated.

Only what differs from the generated file counts, so a file that nobody edited gives nothing. What cannot be
understood, or may not be done, stays in the file as it was written and is noted with its line. Nothing here
decides what happens to wording around the fields: see `briefs.review.markdown_merge`.
"""

import codecs
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from briefs.domain.brief import ArticleBriefs, Brief
from briefs.domain.desk_events import Answered, Dismissed, Door, Edited, EventDraft, question_key
from briefs.review.basis import basis_of
from briefs.review.markdown_answers import Given, Rewrite, read_answers
from briefs.review.markdown_desk import DeskRead, Remark, read_desk, rebuilt
from briefs.review.markdown_items import DeskPart, desk_part
from briefs.review.markdown_parts import Cut, Heads, cut, heads, text_lines
from briefs.review.markdown_values import meant

NOBODY = "the Markdown file"
"""Who changed a field where no checker is named."""
_LONGEST_NAME = 200


class ReadBack(NamedTuple):
    """What reading a file back came to."""

    drafts: tuple[EventDraft, ...]
    """What is to be recorded, in the article's order."""
    notes: tuple[str, ...]
    """Lines for a person: what stays in the file and was not taken over, and why."""
    wording: str
    """The file with every field that was taken over put back as it was generated, without its seal."""


def decoded(data: bytes) -> str:
    """Return the text of a file that any program may have saved: UTF-8 or UTF-16, else Windows-1252."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace") if b"\x00" not in data else data.decode("utf-8", "replace")


def read_back(edited: str, generated: str, result: ArticleBriefs) -> ReadBack:
    """Return what a person changed in a Markdown file of an article's briefs.

    `generated` is the file as the tool last wrote it ("" where nobody knows: then fields that are not filled
    in are what it had); `result` are the briefs that it was made from, with the desk as it is now.
    """
    lines = text_lines(edited)
    if not any(line.strip() for line in lines):
        return ReadBack((), ("the file is empty: nothing was read from it",), "")
    base_lines = text_lines(generated)
    known = heads(base_lines) if generated else Heads({brief.id: "" for brief in result.briefs}, ())
    return _Reading(cut(lines, known), cut(base_lines, known), result).back()


class _Section(NamedTuple):
    brief: Brief
    number: int
    offset: int
    desk: DeskPart
    read: DeskRead
    who: str


class _Reading:
    """One file as it is read."""

    def __init__(self, edited: Cut, generated: Cut, result: ArticleBriefs) -> None:
        self._edited, self._generated, self._result = edited, generated, result
        self._parts = {part.key: part for part in edited.parts}
        self._notes: list[tuple[int, str]] = []
        self._rewrites: list[Rewrite] = []
        self._who: dict[str, str] = {}

    def back(self) -> ReadBack:
        drafts: list[EventDraft] = []
        readable: list[str] = []
        for number, brief in enumerate(self._result.briefs, 1):
            if self._may_be_read(brief, number):
                readable.append(brief.id)
                drafts.extend(self._section(brief, number))
        answers = read_answers(self._edited, self._generated, self._result, readable)
        self._rewrites.extend(answers.rewrites)
        self._notes.extend((each.at, each.what) for each in answers.remarks)
        drafts.extend(self._answered(each) for each in answers.given)
        order = {brief.id: at for at, brief in enumerate(self._result.briefs)}
        drafts.sort(key=lambda draft: order[draft.brief])
        notes = tuple(f"line {at + 1}: {what}" for at, what in sorted(self._notes))
        return ReadBack(tuple(drafts), notes, "\n".join(_rewritten(self._edited.lines, self._rewrites)))

    def _may_be_read(self, brief: Brief, number: int) -> bool:
        places = self._edited.repeated.get(brief.id)
        if places is not None:
            lines = ", ".join(str(at + 1) for at in places)
            what = f"the section of claim {number} stands there more than once (lines {lines})"
            self._notes.append((places[0], f"{what}: nothing was read from it; keep one"))
            return False
        return brief.id in self._parts

    def _section(self, brief: Brief, number: int) -> Iterable[EventDraft]:
        part = self._parts[brief.id]
        lines, old = self._edited.of(brief.id), self._generated.of(brief.id)
        desk, base = desk_part(lines), desk_part(old)
        if desk is None:
            self._who[brief.id] = brief.desk.checker or NOBODY
            if base is not None and any(_filled(base)):
                what = f"the desk of claim {number} was deleted, which changes nothing that is recorded"
                self._notes.append((part.start, what))
            return
        read = read_desk(desk, base, brief, self._result.article)
        self._note(part.start, number, read.remarks)
        self._who[brief.id] = who = _checker(desk, brief)
        if base is not None:
            made = rebuilt(lines, desk, old, base, read)
            self._rewrites.append(Rewrite(part.start + desk.start, part.start + desk.end, tuple(made)))
        basis = basis_of(self._result.article, brief)
        if read.changes:
            yield self._draft(who, brief.id, Edited(changes=read.changes, basis=basis))
        if read.dismissal is not None:
            yield self._draft(who, brief.id, Dismissed(reason=read.dismissal.after, basis=basis))

    def _note(self, offset: int, number: int, remarks: Sequence[Remark]) -> None:
        self._notes.extend((offset + each.at, f"claim {number}: {each.what}") for each in remarks)

    def _answered(self, given: Given) -> EventDraft:
        question = given.asked.question
        what = Answered(
            question=question_key(question.ask, question.text),
            text=question.text,
            ask=question.ask or None,
            answer=given.answer,
            done=given.done,
        )
        who = given.who or self._who.get(given.asked.brief, NOBODY)
        return self._draft(who[:_LONGEST_NAME], given.asked.brief, what)

    def _draft(self, who: str, brief: str, what: Edited | Dismissed | Answered) -> EventDraft:
        return EventDraft(
            who=who, door=Door.MARKDOWN, article=self._result.article.id, brief=brief, what=what
        )


def _checker(desk: DeskPart, brief: Brief) -> str:
    """Return who is named as the checker of a section, in the file or else on the desk."""
    named = next((item.raw for item in desk.items if item.name == "checker"), "")
    name = " ".join((meant(None, named).value or brief.desk.checker or "").split())
    return name[:_LONGEST_NAME] or NOBODY


def _filled(desk: DeskPart) -> Iterable[bool]:
    return (bool(item.raw) and item.raw != "open" for item in desk.items)


def _rewritten(lines: Sequence[str], rewrites: Iterable[Rewrite]) -> list[str]:
    made: list[str] = []
    done = 0
    for each in sorted(rewrites):
        if each.start < done:
            continue
        made.extend([*lines[done : each.start], *each.lines])
        done = each.end
    return [*made, *lines[done:]]
