"""What a person does to a Markdown file, and what came of it, in short forms for tests."""

from collections.abc import Callable
from typing import Any

from harbour import RESULT, Events

from briefs.domain.brief import ArticleBriefs
from briefs.domain.desk_events import EventDraft
from briefs.review.fold import states
from briefs.review.markdown import ReadBack, read_back
from briefs.review.project import project
from briefs.steps.render import render

GENERATED = render(RESULT, "md")
Change = Callable[[str], str]


def in_section(markdown: str, brief: str, *changes: tuple[str, str]) -> str:
    """Return a file with words of one claim's section replaced, each once; they must be there."""
    start = markdown.index(f'<a id="{brief}"></a>')
    behind = [at for mark in ('<a id="', "## Names") if (at := markdown.find(mark, start + 5)) > 0]
    end = min(behind)
    section = markdown[start:end]
    for old, new in changes:
        assert old in section, old
        section = section.replace(old, new, 1)
    return markdown[:start] + section + markdown[end:]


def said(draft: EventDraft) -> dict[str, Any]:
    """Return what a draft records, without the words that it rests on."""
    what = draft.what
    if what.kind == "edited":
        return {change.field.value: change.after for change in what.changes}
    if what.kind == "dismissed":
        return {"dismissed": what.reason}
    assert what.kind == "answered"
    return {"answer": what.answer, "done": what.done}


def all_said(read: ReadBack) -> list[dict[str, Any]]:
    """Return what all drafts record."""
    return [said(draft) for draft in read.drafts]


def after(result: ArticleBriefs, read: ReadBack) -> ArticleBriefs:
    """Return an article's briefs with what was read back."""
    event = Events()
    events = [event(d.brief, d.what, who=d.who, door=d.door, article=d.article) for d in read.drafts]
    return project(result, states(events))


def reread(edited: str, result: ArticleBriefs = RESULT, generated: str = GENERATED) -> ReadBack:
    """Return what is read back of an edited file."""
    return read_back(edited, generated, result)
