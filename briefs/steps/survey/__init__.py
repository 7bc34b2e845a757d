"""Survey: the overview of a story, made in one pass over what is kept of each article's briefs.

It reads no text, asks no model and gives no verdict: it orders, merges and counts what the briefs hold and
what relating found. The same articles give the same overview whatever order they come in.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from briefs.domain.relations import Family, Relation
from briefs.domain.story import Story
from briefs.steps.survey.conflicts import clashes
from briefs.steps.survey.filed import filed
from briefs.steps.survey.gather import Gathered, Teller, gather, levels
from briefs.steps.survey.names import Canonical
from briefs.steps.survey.questions import call_sheet
from briefs.steps.survey.sources import standings
from briefs.steps.survey.threads import threads
from briefs.steps.survey.web import Web

__all__ = ["TOP", "Frame", "Gathered", "Teller", "gather", "survey"]

TOP = 15
"""Questions on the call sheet, if nothing else is said."""


class Frame(NamedTuple):
    """How much of the story is shown, and of what it is made."""

    tool_version: str
    not_covered: int = 0
    """Articles of the output folder that are left aside."""
    questions: int = TOP
    """The most questions on the call sheet; the others are the most that each list holds."""
    threads: int = 20
    conflicts: int = 30
    sources: int = 25
    articles: int = 200


def survey(
    articles: Iterable[Gathered],
    families: Sequence[Family],
    relations: Iterable[Relation],
    frame: Frame,
    canonical: Canonical = str,
) -> Story:
    """Return the overview of articles, of the families of their claims and of all relations between claims.

    `canonical` gives the one name for a person or body that is known under several.
    """
    held = sorted(articles, key=lambda each: each.filed.place.article)
    claims = {claim.id: claim for each in held for claim in each.claims}
    web = Web(claims, _all(families, relations))
    found = threads(families, web, frame.threads)
    conflicts = clashes(web, frame.conflicts)
    sources = standings(web, canonical, frame.sources)
    listed = filed(held, frame.articles)
    return Story(
        not_covered=frame.not_covered,
        articles=len(held),
        claims=levels(claim.level for claim in claims.values()),
        threads=found.shown,
        more_threads=found.more,
        conflicts=conflicts.shown,
        more_conflicts=conflicts.more,
        sources=sources.shown,
        more_sources=sources.more,
        call_sheet=call_sheet((put for each in held for put in each.put), web, canonical, frame.questions),
        filed=listed.shown,
        more_filed=listed.more,
        tool_version=frame.tool_version,
    )


def _all(families: Sequence[Family], relations: Iterable[Relation]) -> list[Relation]:
    """Return all relations once, in an order that does not depend on how they came."""
    inside = (relation for family in families for relation in family.relations)
    held = dict.fromkeys((*relations, *inside))
    return sorted(held, key=lambda r: (r.one, r.other, r.kind, r.aspect, r.note))
