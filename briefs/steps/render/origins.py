"""How many attributions stand behind a claim, and what they go back to, in words for people.

"No common source known", never "independent": two origins are counted apart because no text shows what they
share, and that is all.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from briefs.domain.brief import MOST_IDS, Origin, Origins
from briefs.domain.scan import SourceKind
from briefs.steps.render.tame import visible
from briefs.steps.render.wording import SOURCE_KINDS, count, listing, stop, upperfirst

MOST = 8
"""Origins listed under a claim; the JSON has all."""

_NAMED = 3
"""Known origins named in the sentence."""
_TOLD = frozenset({SourceKind.ANONYMOUS, SourceKind.UNATTRIBUTED})
"""Kinds that an origin's name tells by itself."""


class OriginLines(NamedTuple):
    """The origins of one claim: a sentence, and a line for each."""

    sentence: str
    lines: tuple[str, ...]


def given_reasons(origins: Origins) -> tuple[str, ...]:
    """Return the reasons that stand under a claim."""
    if not origins.attributions:
        return ()
    return tuple(reason for origin in origins.origins[:MOST] for reason in origin.reasons)


def origin_lines(
    origins: Origins, number: int = 0, first: Mapping[str, int] = MappingProxyType({})
) -> OriginLines | None:
    """Return what to show of a claim's origins; none where nothing is counted.

    `number` is the claim's, and `first` has the number of the claim that gives a reason in full: the claims
    of one wire text have one reason, and it is said once.
    """
    if not origins.attributions:
        return None
    if len(origins.origins) == 1 and origins.independent == 1:
        (only,) = origins.origins
        return OriginLines(
            _sentence(origins), (f"Why: {_reasons(only, number, first)}.",) if only.reasons else ()
        )
    lines = [_line(origin, number, first) for origin in origins.origins[:MOST]]
    more = len(origins.origins) - len(lines)
    if more:
        lines.append(f"and {count(more, 'other', 'others')}; the JSON lists them")
    return OriginLines(_sentence(origins), tuple(lines))


def _sentence(origins: Origins) -> str:
    attributions = count(origins.attributions, "attribution", "attributions")
    where = f"in {count(origins.articles, 'article', 'articles')}, " if origins.articles else ""
    parts = [f"{where}{attributions}"]
    known = [visible(origin.name) for origin in origins.origins if origin.known]
    more = len(known) - _NAMED
    names = "; ".join([*known[:_NAMED], *([f"and {more} more"] if more > 0 else [])])
    told = f": {names}" if names else ""
    if origins.independent == 1:
        parts.append(f"1 known origin{told}")
    elif origins.independent:
        parts.append(f"{origins.independent} origins with no common source known{told}")
    if origins.unknown and origins.unknown == origins.attributions:
        whose = "it comes" if origins.unknown == 1 else "they come"
        parts.append(f"the texts do not say where {whose} from")
        return stop(upperfirst("; ".join(parts)))
    sentence = stop(upperfirst("; ".join(parts)))
    if origins.unknown == 1:
        sentence += " Of 1 attribution the texts do not say where it comes from."
    elif origins.unknown:
        sentence += f" Of {origins.unknown} attributions the texts do not say where they come from."
    return sentence


def _line(origin: Origin, number: int, first: Mapping[str, int]) -> str:
    kind = SOURCE_KINDS[origin.kind]
    name = visible(origin.name)
    told = origin.kind in _TOLD or kind in name.casefold()
    described = name if told else f"{name} ({kind})"
    unknown = "" if origin.known else ", what lies behind it is not stated"
    more = "at least " if len(origin.claims) >= MOST_IDS else ""
    claims = f"{more}{count(len(origin.claims), 'attribution', 'attributions')}"
    articles = f"{more}{count(len(origin.articles), 'article', 'articles')}"
    reasons = f". Why: {_reasons(origin, number, first)}" if origin.reasons else ""
    return stop(f"{upperfirst(described)}{unknown}: {claims} in {articles}{reasons}")


def _reasons(origin: Origin, number: int, first: Mapping[str, int]) -> str:
    new = [visible(each) for each in origin.reasons if first.get(each, number) == number]
    earlier = sorted({first[each] for each in origin.reasons if first.get(each, number) != number})
    claims = f"{'claim' if len(earlier) == 1 else 'claims'} {listing(list(map(str, earlier)))}"
    also = [f"as under {claims}"] if earlier else []
    return "; ".join([*new, *also])
