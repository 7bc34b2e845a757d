"""What a page shows, in its order: an article's briefs with everything looked up, before any format.

Both Markdown and HTML are made from a `Page`; all text in it is plain and still has to be escaped.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from briefs.domain.brief import ArticleBriefs, Brief, Flag, MissingEvidence, Question
from briefs.steps.render.drafting import Choice, by_model, choice
from briefs.steps.render.layout import Layout, Shown
from briefs.steps.render.origins import OriginLines, given_reasons, origin_lines
from briefs.steps.render.related import Others, others
from briefs.steps.render.short import short
from briefs.steps.render.sources import Line, chain, who
from briefs.steps.render.tame import tamed
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


class Elsewhere(NamedTuple):
    """What stands under another claim and serves this one too."""

    home: ClaimRef
    words: tuple[str, ...]


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
    see: tuple[Elsewhere, ...]
    """Labels of questions printed under other claims."""
    missing: tuple[MissingEvidence, ...]
    """What is missing and not printed under an earlier claim."""
    missing_too: tuple[Elsewhere, ...]
    """What is missing here as well, printed under an earlier claim."""
    flags: tuple[Flagged, ...]
    choice: Choice | None
    """What the model said of choosing it, where it is not what the offline rules say."""
    others: Others
    origins: OriginLines | None
    """None where nothing is known of other attributions."""

    @property
    def is_dismissed(self) -> bool:
        """Tell whether an editor holds it to be no claim."""
        return self.brief.desk.dismissed is not None


class Page(NamedTuple):
    """Everything a page shows that needs looking up; the rest is in `result`."""

    result: ArticleBriefs
    layout: Layout
    sections: tuple[Section, ...]
    ranked: tuple[Section, ...]
    """In order of importance."""
    first: tuple[Asked, ...]
    """The questions that settle most, of those that are open."""
    flags: tuple[Flagged, ...]
    """Those that concern the article as a whole; the others stand under their claims."""

    @property
    def flagged(self) -> tuple[Section, ...]:
        """Return the claims that have flags of their own, in the article's order."""
        told = {each.flag.alone for each in self.flags}
        return tuple(s for s in self.sections if any(each.flag.alone not in told for each in s.flags))


class _Index(NamedTuple):
    """What stands where: claims and questions by id, flags by the claim that shows them first."""

    layout: Layout
    refs: dict[str, ClaimRef]
    asked: dict[str, Asked]
    first: dict[Flag, ClaimRef]
    missing: dict[MissingEvidence, ClaimRef]
    reasons: dict[str, int]
    """Reasons why attributions go back to one origin, by the number of the claim that gives them in full."""
    article: str
    numbers: dict[str, int]


def page(result: ArticleBriefs) -> Page:
    """Return what to show of an article's briefs, claims in the article's order.

    What a model or a server wrote is made harmless to print first.
    """
    result = tamed(result)
    refs = {b.id: ClaimRef(n, b.id) for n, b in enumerate(result.briefs, 1)}
    first: dict[Flag, ClaimRef] = {}
    missing: dict[MissingEvidence, ClaimRef] = {}
    reasons: dict[str, int] = {}
    for brief in result.briefs:
        for reason in given_reasons(brief.origins):
            reasons.setdefault(reason, refs[brief.id].number)
        for flag in brief.flags:
            first.setdefault(flag.alone, refs[brief.id])
        for item in brief.missing_evidence:
            missing.setdefault(item, refs[brief.id])
    asked = {a.question.id: a for a in _questions(result, refs)}
    numbers = {ref.anchor: ref.number for ref in refs.values()}
    index = _Index(Layout(result), refs, asked, first, missing, reasons, result.article.id, numbers)
    sections = tuple(_section(brief, index) for brief in result.briefs)
    dismissed = {each.anchor for each in sections if each.is_dismissed}
    order = sorted(sections, key=_importance)
    return Page(
        result=result,
        layout=index.layout,
        sections=sections,
        ranked=tuple(order),
        first=tuple(
            each
            for i in result.overview.first_questions
            if (each := asked.get(i)) is not None and _is_open(each, dismissed)
        ),
        flags=_flags(result.overview.flags, index),
    )


def _importance(section: Section) -> tuple[bool, int, float, int]:
    """Order claims by what they want of an editor; what is held to be no claim comes last."""
    score = section.brief.claim.priority.score
    return section.is_dismissed, _LEVELS[section.level], -score, section.number


def _is_open(asked: Asked, dismissed: Collection[str]) -> bool:
    """Tell whether a question still wants an answer, for a claim that an editor holds to be one."""
    if asked.question.answered_by is not None:
        return False
    return any(ref.anchor not in dismissed for ref in (asked.home, *asked.also))


def _questions(result: ArticleBriefs, refs: dict[str, ClaimRef]) -> Iterator[Asked]:
    for brief in result.briefs:
        home = refs[brief.id]
        for question in brief.questions:
            also = tuple(sorted(refs[i] for i in question.serves if i in refs and i != brief.id))
            yield Asked(question.id.upper(), question, home, also)


def _flags(flags: tuple[Flag, ...], index: _Index) -> tuple[Flagged, ...]:
    return tuple(
        Flagged(FLAGS[f.kind], f, index.refs.get(f.other_brief or ""), index.first.get(f.alone))
        for f in flags
    )


def _elsewhere(found: Iterable[tuple[ClaimRef, str]]) -> tuple[Elsewhere, ...]:
    """Gather what stands under the same other claim, in the order in which the claims stand."""
    words: dict[ClaimRef, list[str]] = {}
    for home, each in found:
        words.setdefault(home, []).append(each)
    return tuple(Elsewhere(home, tuple(words[home])) for home in sorted(words))


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
        see=_elsewhere((a.home, a.label) for i in brief.see_questions if (a := index.asked.get(i))),
        missing=tuple(m for m in brief.missing_evidence if index.missing[m] == here),
        missing_too=_elsewhere(
            (home, f"{m.what} (model)" if by_model(m) else m.what)
            for m in brief.missing_evidence
            if (home := index.missing[m]) != here
        ),
        flags=_flags(brief.flags, index),
        choice=choice(claim.choice),
        others=others(brief, index.article, index.numbers),
        origins=origin_lines(brief.origins, here.number, index.reasons),
    )
