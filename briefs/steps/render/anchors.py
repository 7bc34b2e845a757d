"""What a short wording is about, where its own first words do not say: "It was last repaired in 1987"."""

import re

from briefs.domain.claims import Claim
from briefs.domain.scan import Attribution, Speech
from briefs.domain.spans import How

BARE = frozenset(
    {
        "it",
        "its",
        "he",
        "she",
        "his",
        "her",
        "they",
        "their",
        "this",
        "these",
        "those",
        "such",
        "which",
        "who",
    }
)
"""First words that point back to something said before."""
WORDS = 6
"""Words shown of what was said before."""
_OF_THEM = re.compile(r"^(?:[\w-]+ ){1,8}?(?:of (?:them|these|those)|them)\b", re.IGNORECASE)
_FIRST = re.compile(r"[“‘\"']?([\w’']+)")
_ENDED = re.compile(r"[.!?…][”’\"')\]]*\s+|\n+")
_EDGES = " \t\r\n,;:–—“”‘’\"'«»()[]"
_LOOK_BACK = 600
"""Characters before a claim in which the sentence before it is looked for."""


def anchored(line: str, claim: Claim, attribution: Attribution, text: str) -> tuple[str, str]:
    """Return a short wording that names what it is about, and words to put after it, most often none.

    A pronoun that the article's own names replace in the wording that stands alone is replaced here too; a
    quotation is put after its speaker; else the words before it in its paragraph are shown.
    """
    opening = _FIRST.match(line)
    first = opening.group(1).lower().removesuffix("’s").removesuffix("'s") if opening else ""
    if first not in BARE and not _OF_THEM.match(line):
        return line, ""
    named = re.match(r"[“‘\"']?\[([^\]]{1,60})\]", claim.standalone)
    begun = _FIRST.match(claim.quote.text)
    same = begun is not None and opening is not None and begun.group(1).lower() == opening.group(1).lower()
    if named and same and opening and not named.group(1).endswith(":"):
        return f"{named.group(1)}{line[opening.end() :]}", ""
    source = attribution.source
    sure = source is not None and source.how is not How.POSSIBLE and source.name.lower() not in BARE
    told = source is not None and source.name.lower() in line.lower()
    if source is not None and sure and not told and attribution.speech is not Speech.NONE:
        return f"{source.name}: {line[:1].lower()}{line[1:]}", ""
    before = _before(text[max(0, claim.quote.start - _LOOK_BACK) : claim.quote.start])
    return line, f" (after: {before})" if before else ""


def _before(text: str) -> str:
    """Return the first words of the sentence that stands, or has begun, before a claim."""
    here = text.rpartition("\n")[2]  # what stands in another paragraph seldom says what "this" is
    pieces = [piece.strip(_EDGES) for piece in _ENDED.split(here)]
    last = next((piece for piece in reversed(pieces) if len(piece.split()) > 1), "")
    words = last.split()
    return " ".join(words[:WORDS]).strip(_EDGES) + (" …" if len(words) > WORDS else "")
