"""What a page shows, in its order: an article's briefs with everything looked up, before any format.

Both Markdown and HTML are made from a `Page`; all text in it is plain and still has to be escaped.
"""

from collections.abc import Iterator
from typing import NamedTuple

from briefs.domain.brief import ArticleBriefs, Brief, Flag, Question
from briefs.steps.render.layout import Layout, Shown
from briefs.steps.render.short import short
from briefs.steps.render.sources import Line, chain, who
from briefs.steps.render.wording import FLAGS

_LEVELS = {"high": 0, "medium": 1, "low": 2}


class ClaimRef(NamedTuple):
    """Where another claim stands on the page."""

    number: int
    anchor: str


class Asked(NamedTuple):
    """A question with its label and the claims it serves."""

    label: str
    question: Question
    home: ClaimRef
    """The claim that prints it."""
    also: tuple[ClaimRef, ...]
    """The other claims that its answer serves."""


class Flagged(NamedTuple):
    """A flag with its name in words and the other claim it speaks of."""

    label: str
    flag: Flag
    other: ClaimRef | None
    home: ClaimRef | None
    """The claim under which the flag stands in full."""


class Section(NamedTuple):
    """One claim's part of the page."""

    number: int
    anchor: str
    short: str
    level: str
    who: str
    place: str
    also: tuple[str, ...]
    """Other places of the claim, in words."""
    shown: tuple[Shown, ...]
    standalone: str | None
    """Only where it differs from the quoted words."""
    lines: tuple[Line, ...]
    brief: Brief
    questions: tuple[Asked, ...]
    see: tuple[Asked, ...]
    """Questions printed under other claims."""
    flags: tuple[Flagged, ...]


class Page(NamedTuple):
    """Everything a page shows that needs looking up; the rest is in `result`."""

    result: ArticleBriefs
    layout: Layout
    sections: tuple[Section, ...]
    ranked: tuple[Section, ...]
    """In order of importance."""
    first: tuple[Asked, ...]
    flags: tuple[Flagged, ...]


class _Index(NamedTuple):
    """What stands where: claims and questions by id, flags by the claim that shows them first."""

    layout: Layout
    refs: dict[str, ClaimRef]
    asked: dict[str, Asked]
    first: dict[Flag, ClaimRef]


def page(result: ArticleBriefs) -> Page:
    """Return what to show of an article's briefs, claims in the article's order."""
    refs = {b.id: ClaimRef(n, b.id) for n, b in enumerate(result.briefs, 1)}
    first: dict[Flag, ClaimRef] = {}
    for brief in result.briefs:
        for flag in brief.flags:
            first.setdefault(flag, refs[brief.id])
    asked = {a.question.id: a for a in _questions(result, refs)}
    index = _Index(Layout(result), refs, asked, first)
    sections = tuple(_section(brief, index) for brief in result.briefs)
    order = sorted(sections, key=lambda s: (_LEVELS[s.level], -s.brief.claim.priority.score, s.number))
    return Page(
        result=result,
        layout=index.layout,
        sections=sections,
        ranked=tuple(order),
        first=tuple(asked[i] for i in result.overview.first_questions if i in asked),
        flags=_flags(result.overview.flags, index),
    )


def _questions(result: ArticleBriefs, refs: dict[str, ClaimRef]) -> Iterator[Asked]:
    for brief in result.briefs:
        home = refs[brief.id]
        for question in brief.questions:
            also = tuple(sorted(refs[i] for i in question.serves if i in refs and i != brief.id))
            yield Asked(question.id.upper(), question, home, also)


def _flags(flags: tuple[Flag, ...], index: _Index) -> tuple[Flagged, ...]:
    return tuple(
        Flagged(FLAGS[f.kind], f, index.refs.get(f.other_brief or ""), index.first.get(f)) for f in flags
    )


def _section(brief: Brief, index: _Index) -> Section:
    claim, here, layout = brief.claim, index.refs[brief.id], index.layout
    same = " ".join(claim.standalone.split()) == " ".join(claim.quote.text.split())
    places = dict.fromkeys(layout.place(span) for span in claim.also_at)
    return Section(
        number=here.number,
        anchor=brief.id,
        short=short(claim, brief.attribution, layout.text),
        level=claim.priority.level,
        who=who(brief.attribution),
        place=layout.place(claim.quote),
        also=tuple(places),
        shown=layout.around(claim.quote),
        standalone=None if same else claim.standalone,
        lines=chain(brief.attribution, layout.text),
        brief=brief,
        questions=tuple(index.asked[q.id] for q in brief.questions),
        see=tuple(index.asked[i] for i in brief.see_questions if i in index.asked),
        flags=_flags(brief.flags, index),
    )
