"""Cut a double question into its halves, so that each is judged for itself and a good one is kept alone."""

import re
from typing import NamedTuple

from briefs.steps.suggest.words import content, documents, lowered, stems

_JOINT = re.compile(
    r"(?:[,;]\s+and|\s+and|[,;:])\s+(?=(?:(?:under|in|by|for|from|to|at|on|with|over|of)\s+)?"
    r"(?:who|whom|whose|what|which|when|where|why|how|is|are|was|were|does|do|did|has|have|had|can|could)\b)",
    re.IGNORECASE,
)
_TAIL = re.compile(r",?\s+or\s+\w+(?:\s+(?:of|about|from))?\s+(?:it|them|this|that|so)\s*\?$", re.IGNORECASE)
"""An alternative that names nothing: "or hear of it"."""
_POINTS = re.compile(
    r"\b(?:it|its|they|them|their|theirs|he|him|his|she|her|hers|this|those|these|there|one|ones|so|else)\b"
    r"|\bthat\s*\?$",
    re.IGNORECASE,
)
LEAST = 3
"""Words that a half needs: "when and where" is one question word."""


class Half(NamedTuple):
    """A part of a question that asks something by itself."""

    text: str
    """As the model wrote it, with a question mark."""
    bare: bool
    """It points back, and names nothing that the other half does not: "and when did they leave"."""


def halves(question: str) -> tuple[Half, ...]:
    """Return the parts of `question` that ask for themselves, in order; one for a simple question."""
    whole = _TAIL.sub("?", question)
    parts: list[str] = []
    start = 0
    for joint in _JOINT.finditer(whole):
        before, after = whole[start : joint.start()], whole[joint.end() :]
        if len(before.split()) >= LEAST and len(after.split()) >= LEAST - 1:
            parts.append(f"{before}?")
            start = joint.end()
    parts.append(whole[start:])
    if len(parts) == 1:
        return (Half(question if whole == question else whole, bare=False),)
    said = content(parts[0]) | stems("generic")
    return (Half(parts[0], bare=False), *(Half(p, _is_bare(p, said)) for p in parts[1:]))


def _is_bare(half: str, said: frozenset[str]) -> bool:
    """Tell whether `half` has at most one word of its own, and none that asks for something on record."""
    own = content(half) - said
    if own & (stems("behind") | stems("further") | documents()):
        return False
    return len(own) <= 1 and (_points(half) or len(content(half)) <= 1)


def alone(half: Half) -> str | None:
    """Return a second half as a question of its own, or none where it leans on the first."""
    if _points(half.text) or len(lowered(half.text)) < LEAST + 1:
        return None
    return half.text[:1].upper() + half.text[1:]


def _points(text: str) -> bool:
    return bool(_POINTS.search(text))
