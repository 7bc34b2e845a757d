"""What the comment at a claim says: who says so, what the desk has decided, what is open."""

from collections.abc import Iterator
from typing import NamedTuple

from briefs.domain.brief import FormerClaim
from briefs.domain.desk import Desk
from briefs.export.claims import Exportable, remarks
from briefs.steps.render.view import Section
from briefs.steps.render.wording import CHECKS, STATUSES, count, listing


class Line(NamedTuple):
    """One paragraph of a comment; without a label it is a heading."""

    label: str
    words: str


def comment_lines(section: Section, exported: Exportable) -> tuple[Line, ...]:
    """Return the paragraphs of a claim's comment."""
    return tuple(_lines(section, exported))


def former_lines(former: FormerClaim) -> tuple[Line, ...]:
    """Return what is said below the article of a claim that it no longer has."""
    desk = former.desk
    words = " ".join((former.words or "").split())
    said_by = Line("Who said so", former.name) if former.name else None
    checks = Line("Checks", f"said so: {CHECKS[desk.said]}; is it so: {CHECKS[desk.so]}")
    status = Line("Status", STATUSES[desk.status])
    answers = (Line("Answer", f"{each.text} – {each.answer or 'ticked off'}") for each in former.questions)
    lines = (Line("Earlier words", words), said_by, status, checks, *_decided(desk), *answers)
    return tuple(line for line in lines if line is not None and line.words)


def _lines(section: Section, exported: Exportable) -> Iterator[Line]:
    brief = section.brief
    desk = brief.desk
    yield Line("", f"Claim {section.number} · {STATUSES[desk.status]} · priority {section.level}")
    if section.standalone:
        yield Line("Standing alone", section.standalone)
    yield from (Line(line.label, line.text) for line in section.lines)
    if section.also:
        yield Line("Stated too", listing(section.also))
    yield Line("Checks", f"said so: {CHECKS[desk.said]}; is it so: {CHECKS[desk.so]}")
    yield from _decided(desk)
    yield from (Line("Desk", remark) for remark in remarks(desk))
    yield from (Line("Flag", f"{each.label}. {each.flag.note}") for each in section.flags)
    if section.others.differing:
        yield Line("Other articles", "there are claims that differ; see the brief")
    if brief.evidence:
        yield Line("Documents", f"{count(len(brief.evidence), 'passage', 'passages')} quoted in the brief")
    yield from (Line("Missing", exported.missing(each)) for each in section.missing)
    yield from (Line("Question", exported.question(each)) for each in section.questions)
    for see in section.see:
        yield Line("See also", f"{listing(see.words)} under claim {see.home.number}")


def _decided(desk: Desk) -> Iterator[Line]:
    """Yield what a person has filled in."""
    who = ", ".join(each for each in (desk.checker, desk.date) if each)
    for label, words in (
        ("Checker", who),
        ("Source consulted", desk.source_consulted),
        ("Archive link", desk.archive_url),
        ("Corrected wording", desk.corrected_wording),
        ("Rating", desk.rating),
        ("Note", desk.note),
    ):
        if words:
            yield Line(label, words)
