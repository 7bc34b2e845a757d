"""How many questions of an article share their wording once names and figures are masked."""

import re
from collections import Counter
from collections.abc import Sequence

_QUOTED = re.compile(r"“[^”]*”")
_FIGURE = re.compile(r"[$€£]?\d(?:[\d.,]*\d)?(?:\s?%)?")
_NAME = re.compile(
    r"(?<![.?!:] )(?<!^)\b[^\W\d_a-z][\w’'.-]*(?:\s+(?:of|the|and|de|von|van)?\s*[^\W\d_a-z][\w’'.-]*)*"
)


def masked(question: str) -> str:
    """Return `question` with excerpts, figures and names replaced, so that only its own wording is left."""
    text = _QUOTED.sub("“…”", question)
    text = _FIGURE.sub("#", text)
    return " ".join(_NAME.sub("@", text).lower().split())


def shared(questions: Sequence[str]) -> float:
    """Return the share, from 0 to 1, of questions whose masked wording another question has too."""
    if not questions:
        return 0.0
    count = Counter(masked(q) for q in questions)
    return sum(n for n in count.values() if n > 1) / len(questions)
