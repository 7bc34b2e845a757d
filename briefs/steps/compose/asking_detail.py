"""Questions that the small words of a claim raise: "many of", a denial, "may", a day, "proved"."""

from collections.abc import Iterator

from briefs.domain.scan import SourceKind
from briefs.steps.compose.details import details
from briefs.steps.compose.facts import Facts
from briefs.steps.compose.proposals import Proposal, base
from briefs.steps.compose.reading import Reading

_WEIGHTS = {
    "proof": 8.0,
    "negation": 7.45,
    "sweeping": 7.4,
    "quantifier": 7.35,
    "caution": 6.9,
    "stressed": 6.5,
    "day": 6.3,
}


def about_details(reading: Reading, facts: Facts, knower: str) -> Iterator[Proposal]:
    """Yield one question a detail; the source is asked for its words, `knower` for the matter itself."""
    source = facts.source if facts.source and not facts.source.vague else None
    slots, document = base(facts, source), facts.attribution.kind is SourceKind.DOCUMENT
    for each in details(reading, facts):
        if each.kind not in _WEIGHTS or (each.kind != "caution" and facts.voiced):
            continue
        spoken = source is not None and each.kind in _SAID and not document
        if each.kind in {"negation", "caution"} and (facts.direct or not spoken):
            continue  # a quotation is asked about whole; the author's own "not" and "may" say what they say
        kind = f"{each.kind}_said" if spoken else each.kind
        said = reading.author if each.kind in {"day", "stressed"} else knower
        ask = source.ask if source is not None and spoken else said
        filled = slots | {"part": each.words}
        about = f"{facts.id} {each.words.lower()}"
        yield Proposal(kind, about, _WEIGHTS[each.kind], ask, filled, "detail")


_SAID = frozenset({"proof", "negation", "caution"})
"""Kinds of detail that a source is asked about in other words than the article's author."""
