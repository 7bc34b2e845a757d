"""The attributed words of a claim: what was said about what, and whether it is the speaker's own affair."""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from briefs.domain.scan import Attribution
from briefs.domain.spans import Span
from briefs.steps.compose.excerpts import excerpt
from briefs.steps.compose.phrases import words

SHORTEST_CONTENT = 4
"""Words from which what comes after the verb says what it is about: "the reports" alone does not."""

_VERB = re.compile(
    r"(?:\b(?:has|have|had|is|are|was|were|been|being|also|never|always|often|once|now|long|not|further|again|\w+ly)\s+)+$",
    re.IGNORECASE,
)
"""What belongs to a verb of attribution and stands before it: "has repeatedly described"."""


_DAY_AFTER = re.compile(r"\s(?:(?:on|in|for|at|by|until|since)\s)?(?:the\s)?")


class Retold(NamedTuple):
    """What an excerpt that holds its own "described" or "denied" is made of, each an exact slice."""

    deed: str
    """From the verb on: "has repeatedly described the toll as a gift"."""
    content: str
    """What comes after the verb: "the toll as a gift". The same as the deed where that is too short."""


def retold(text: str, said: Attribution, quote: Span, dates: Iterable[Span] = ()) -> Retold | None:
    """Return the parts of "Holt has described the toll as a gift"; none where the verb does not stand so.

    One of `dates` right behind them belongs to them: "has promised a briefing on Friday".
    """
    cue, source = said.cue, said.source
    if cue is None or source is None or not said.content:
        return None
    content = said.content[0]
    if not source.end <= cue.start < cue.end <= content.start:
        return None
    before = _VERB.search(text, source.end, cue.start)
    start = before.start() if before else cue.start
    end = min(content.end, quote.end)
    end = next((d.end for d in dates if _DAY_AFTER.fullmatch(text, end, d.start) and d.start >= end), end)
    deed = excerpt(text, [Span(start=start, end=end)], [cue], 2)
    about = excerpt(text, [Span(start=content.start, end=end)], (), 2) if end > content.start else None
    if deed is None or about is None or deed.start > cue.start:
        return None
    long = len(about.of(text).split()) >= SHORTEST_CONTENT and not about.of(text).startswith("to ")
    return Retold(_flat(deed.of(text)), _flat((about if long else deed).of(text)))


def _flat(said: str) -> str:
    return " ".join(said.split())


def of_own(said: str, role: str, *, direct: bool) -> bool:
    """Tell words about the speaker's own doings or firm: "we sold it", "it had cost her", "her office sent".

    In a paraphrase "her" is the speaker unless the words name somebody else before.
    """
    leads = not words("leads").isdisjoint(_LETTERS.findall(role.lower()))
    if direct:
        heard = _LETTERS.findall(said.lower())
        return not _MINE.isdisjoint(heard) or (leads and not _OURS.isdisjoint(heard))
    if leads and _firm().search(said):
        return True
    pronoun = _THIRD.search(said)
    return pronoun is not None and not _OTHERS.search(said[1 : pronoun.start()])


_LETTERS = re.compile(r"[a-z]+")
_MINE = frozenset({"i", "my", "me", "mine", "myself"})
_OURS = frozenset({"we", "our", "us", "ours", "ourselves"})
"""Said for a firm by whoever leads it; others say "we" for a town, a country or everybody."""
_THIRD = re.compile(r"\b(?:he|she|him|her|his|hers|himself|herself)\b", re.IGNORECASE)
_OTHERS = re.compile(
    r"[A-Z]|[’']s?\b|\b(?:man|woman|boy|girl|who|whose|\w+(?:er|or|ist|ent|ant|man|woman))\b"
)
"""Signs of another person: a name, an owner, a noun for somebody."""


@cache
def _firm() -> re.Pattern[str]:
    return re.compile(rf"\b(?:the|its|their|his|her) (?:{'|'.join(sorted(words('firms')))})\b", re.IGNORECASE)
