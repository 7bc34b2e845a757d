"""Guarded: what a model may say of a claim where a sentence that speaks to somebody stood in the same call.

Such a sentence may have been meant for the model, and then every line of its answer may be what that sentence
asked for. No rule can tell; so a line about a claim is made of the claim's own words and of the words that
checkers ask with, or it falls: whatever stands elsewhere in the article, it cannot get to this claim.
"""

from functools import cache

from briefs.data import load
from briefs.domain.brief import Brief
from briefs.domain.spans import Span
from briefs.steps.suggest.page import Page
from briefs.steps.suggest.words import content, documents, parties, stem, stems

_LISTS = ("askable", "behind", "calendar", "further", "generic", "openers", "traces", "showing", "saying")


def from_elsewhere(page: Page, brief: Brief, place: Span, *lines: str) -> bool:
    """Tell whether one of `lines` holds a word that neither the claim nor the checkers' vocabulary has."""
    at_home = vocabulary() | _own(page, brief, place)
    return not all(content(line) <= at_home for line in lines)


def _own(page: Page, brief: Brief, place: Span) -> frozenset[str]:
    """Return the words of a claim's sentences, of its sources' names, and of whom the rules would ask."""
    said = [page.around(place).of(page.text), page.around(brief.claim.quote).of(page.text)]
    attribution = brief.attribution
    if attribution.source:
        said += [attribution.source.name, attribution.source.role or ""]
    said += [each.name for each in (*attribution.via, *attribution.basis)]
    said += [each.ask for each in brief.questions] + [each.holder for each in brief.missing_evidence]
    return frozenset(word for each in said for word in content(each))


@cache
def vocabulary() -> frozenset[str]:
    """Return the stems of the words that checkers ask with: the bank's, of records and of offices."""
    said: list[str] = []
    for groups in load("question_bank").values():
        said += [text for group in groups for text in (*group["texts"], group["settles"])]
    for holder in load("record_holders")["holder"]:
        said += [holder["office"], holder.get("local", ""), holder["record"]]
    own = frozenset(word for text in said for word in content(text.replace("{", " ").replace("}", " ")))
    return own.union(documents(), parties(), *(stems(name) for name in _LISTS)) | {stem("whoever")}
