"""Flags for text that speaks to a program, and for text that no reader sees; they change nothing else."""

import re
from collections.abc import Iterator

from briefs.domain.article import FurnitureKind
from briefs.domain.brief import Finding, Flag, FlagKind
from briefs.steps.flag.context import Context
from briefs.text.machine import signs

_MARKS = re.compile('[“”"]')
_SHOWN = 3
_MOST = 20
"""Paragraphs that get a flag of their own; a page that is nothing but such text is told often enough."""
_NAMED = 2
"""Signs that a note names."""


def hidden_text(context: Context) -> Iterator[Finding]:
    """Flag the words that the file holds and does not show; they are listed with what was left out."""
    found = [each for each in context.article.omitted if each.kind is FurnitureKind.HIDDEN]
    if not found:
        return
    count = "one passage" if len(found) == 1 else f"{len(found)} passages"
    shown = ", ".join(f"“{_MARKS.sub('', each.excerpt)}”" for each in found[:_SHOWN])
    note = (
        f"Hidden text in the page: {count} that no reader of it sees, beginning {shown}. It was left out of "
        "the article’s text and is listed at the end. Who put it there, and for whom?"
    )
    flag = Flag(kind=FlagKind.HIDDEN_TEXT, note=note, spans=())
    yield Finding(flag=flag, article_wide=True)


def machine_addressed(context: Context) -> Iterator[Finding]:
    """Flag the sentences that hold the signs of a paragraph, page furniture included."""
    flagged = 0
    sentences = context.segmentation.sentences
    for paragraph in context.segmentation.paragraphs:
        if flagged >= _MOST:
            break
        found = signs(context.text, paragraph.start, paragraph.end)
        if not found:
            continue
        flagged += 1
        own = sentences[paragraph.first : paragraph.last + 1]
        places = tuple(s.place for s in own if any(sign.place.overlaps(s) for sign in found))
        heaviest = sorted(found, key=lambda sign: -sign.weight)[:_NAMED]
        what = ", and ".join(dict.fromkeys(sign.name for sign in heaviest))
        note = (
            f"{context.excerpt(places[0])} reads as if it were meant for a program and not for readers: it "
            f"{what}. It was read like any other text; whether it belongs to the article has to be decided."
        )
        yield context.finding(FlagKind.MACHINE_ADDRESSED, note, places, article_wide=True)
