"""Whether two claims are one sentence, as a wire copy or a quotation is.

Likeness of words only proposes: "18,000" and "19,000" are 99 per cent alike. Numbers, names, negation and
hedges have to agree, else something was lost or changed.
"""

from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from briefs.steps.relate.profile import Profile

_ALIKE = 0.82
"""So much of two sentences' terms, in order, is one sentence edited for style."""
_HELD_IN = 0.9
_ENOUGH = 5
"""Terms of the shorter sentence, where it has to stand within the longer."""
_ONE_NAME = 80


class Alike(NamedTuple):
    """How far two claims are one sentence."""

    near: bool
    """Near-copies, whatever figures, names, negation and hedges say."""
    numbers: bool
    negated: bool
    held: bool
    """Both hold back, or neither."""


def alike(one: Profile, other: Profile) -> Alike | None:
    """Compare the words of two claims; none where they are clearly different sentences."""
    fewer, more = sorted((one, other), key=lambda each: len(each.content))
    if len(fewer.content) < 2:
        return None
    common = len(fewer.content & more.content)
    if common < _HELD_IN * len(fewer.content) and common < 0.6 * len(more.content):
        return None
    close = Indel.normalized_similarity(one.words, other.words) >= _ALIKE
    if not close and not (len(fewer.content) >= _ENOUGH and common >= _HELD_IN * len(fewer.content)):
        return None
    if not close and not _runs_within(fewer, more):
        return None
    return Alike(
        near=True,
        numbers=_agree(one.numbers, other.numbers, close),
        negated=one.negations % 2 == other.negations % 2,
        held=bool(one.held) == bool(other.held),
    )


def one_name(one: str, other: str) -> bool:
    """Tell whether two names may be one, spelt alike or nearly: "Kovalik", "Kowalik"."""
    return fuzz.ratio(one.lower(), other.lower()) >= _ONE_NAME


def _agree(one: frozenset[str], other: frozenset[str], close: bool) -> bool:
    """Sentences of one length have the same numbers; one within another has those of its part."""
    return one == other if close else one <= other or other <= one


def _runs_within(fewer: Profile, more: Profile) -> bool:
    """Tell whether the shorter sentence's terms stand in the longer in their order."""
    kept = Indel.distance(fewer.words, more.words)
    return kept <= len(more.words) - len(fewer.words) + 0.2 * len(fewer.words)
