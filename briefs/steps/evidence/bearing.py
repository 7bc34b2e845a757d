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
    if not claim.content:
        return None
    whole = f"{passage.text} {above}"
    own = [name for name in claim.names if holds(whole, name)]
    shared = [word for word in claim.content if word in near]
    inside = [word for word in shared if word in here]
    digits = frozenset(figures_of(passage.text))
    figures = sum(len(each) > 1 and each in digits for each in dict.fromkeys(figures_of(claim.words)))
    topic = bool(own) or _same_topic(about, whole)
    share = len(shared) / len(claim.content)
    if not topic and len(shared) < _ENOUGH:
        return None
    if not inside and passage.cells is None:
        return None
    if len(inside) < _INSIDE and passage.cells is None:
        share = len(inside) / len(claim.content)
    particular = figures or len(shared) >= max(2, round(0.4 * len(claim.content)))
    if len(shared) < 2 or not particular:
        return None
    return Bearing(passage, share, len(inside) / len(claim.content), len(own), figures)


@lru_cache(maxsize=20_000)
def terms_in(text: str) -> frozenset[str]:
    """Return the terms of a text; those of passages that claims meet again and again are kept."""
    return frozenset(content(text))


def above_of(passage: Passage) -> str:
    """Return the words above a passage: its document's title, its heading, the names of a table's columns."""
    return f"{passage.source.heading} {passage.heading} {' '.join(passage.columns)}"


def _same_topic(about: Subject, whole: str) -> bool:
    """Tell whether a passage and what stands above it name what the article is about."""
    if any(holds(whole, name) for name in about.names):
        return True
    return len(about.title & terms_in(whole)) >= 2
