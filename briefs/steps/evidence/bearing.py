"""Whether a passage bears on a claim: it shares the subject, and something particular besides.

Names and words decide here, cheaply, before anything is parsed; figures and dates are compared later.
"""

from functools import lru_cache
from typing import NamedTuple

from briefs.domain.documents import Passage
from briefs.language.terms import content
from briefs.steps.evidence.sought import Sought, Subject, holds
from briefs.text.figures import figures_of

_ENOUGH = 4
"""So many words in common are a subject in common without a name."""


_LEAST = 2
"""Words in common that a passage must have at least."""
_INSIDE = 2
"""Words of its own that a passage must share for those above it to count."""


class Bearing(NamedTuple):
    """A passage that bears on a claim, and how much of the claim's words it holds."""

    passage: Passage
    share: float
    """Of the claim's content words, those that stand in the passage or above it, 0 to 1."""
    inside: float
    """The same, of those in the passage itself."""
    named: int
    """Names of the claim that stand in it or above it."""
    figures: int
    """Figures of the claim that stand in it, in digits."""

    @property
    def weight(self) -> float:
        """Return a number to order passages by."""
        return self.share + 0.2 * min(self.named, 2) + 0.3 * min(self.figures, 2)


def bearing(claim: Sought, about: Subject, passage: Passage) -> Bearing | None:
    """Return how a passage bears on a claim, or none if it does not."""
    above = above_of(passage)
    here = terms_in(passage.text)
    near = here | terms_in(above)
    shared = [word for word in claim.content if word in near]
    inside = [word for word in shared if word in here]
    # Most passages end here: names are looked for only in what shares enough words.
    if len(shared) < _LEAST or (not inside and passage.cells is None):
        return None
    figures = len(_telling(claim.words).intersection(figures_of(passage.text)))
    if not figures and len(shared) < max(_LEAST, round(0.4 * len(claim.content))):
        return None
    whole = f"{passage.text} {above}".lower()
    own = [name for name in claim.names if holds(whole, name)]
    if len(shared) < _ENOUGH and not own and not _same_topic(about, whole, near):
        return None
    few = len(inside) < _INSIDE and passage.cells is None
    share = len(inside if few else shared) / len(claim.content)
    return Bearing(passage, share, len(inside) / len(claim.content), len(own), figures)


@lru_cache(maxsize=100)
def _telling(words: str) -> frozenset[str]:
    """Return the figures of a claim that have more than one digit: these do not meet by chance."""
    return frozenset(each for each in figures_of(words) if len(each) > 1)


@lru_cache(maxsize=20_000)
def terms_in(text: str) -> frozenset[str]:
    """Return the terms of a text; those of passages that claims meet again and again are kept."""
    return frozenset(content(text))


def above_of(passage: Passage) -> str:
    """Return the words above a passage: its document's title, its heading, the names of a table's columns."""
    return f"{passage.source.heading} {passage.heading} {' '.join(passage.columns)}"


def _same_topic(about: Subject, whole: str, near: frozenset[str]) -> bool:
    """Tell whether a passage and what stands above it name what the article is about."""
    return len(about.title & near) >= 2 or any(holds(whole, name) for name in about.names)
