"""Does the article itself answer a question? Such a question is worth nobody's time.

By the question word and what the text holds: "how many" beside a figure, "who said" beside a source, "when"
beside a date; and every question that has no word of its own beside those of the sentence it asks about. A
question that goes behind the text (who counted, which table, what is included) has such a word.
"""

import re
from enum import Enum

from briefs.domain.spans import Span
from briefs.steps.suggest.page import Page
from briefs.steps.suggest.words import content, documents, listed, lowered, stems

_ASKS = re.compile(
    r"\b(?P<count>how (?:many|much|large|big|high|long|old|often|far)|(?:what|which) (?:\w+ )?"
    r"(?:number|percentage|share|amount|rate|figure|total|proportion)\b|what (?:is|was|were|are) the "
    r"(?:total )?(?:\w+ )?(?:number|percentage|share|amount|rate|figure|total|proportion"
    r"|cost|price|sum|costs))"
    r"|\b(?P<time>when\b|(?:on |in |by )?(?:what|which) (?:dates?|days?|years?|months?|time|nights?)\b"
    r"|since when)"
    r"|\b(?P<reason>why\b|(?:what|which) (?:is|was|are|were) the (?:cause|reason)"
    r"|for what reason|what caused)"
    r"|\b(?P<place>where\b|in (?:what|which) (?:place|city|country|town|region)\b)"
    r"|\b(?P<who>who\b|whom\b|whose\b|which (?:person|official|organi[sz]ation|outlet|newspaper|source)\b)"
    r"|\b(?P<what>what\b|which\b|how\b)",
    re.IGNORECASE,
)
_ORIGIN = re.compile(
    r"\bwhere (?:did|does|do|has|had|have)\b.*"
    r"\b(?:get|got|take|taken|find|found|come|learn|hear|read|obtain)\b",
    re.IGNORECASE,
)
_OWN_RECORDS = re.compile(
    r"\b(?:your|its|their|his|her) (?:own )?(?:records?|files?|counts?|data|registers?|minutes|logs?)\b"
    r"|\bwho (?:was|were|else was) (?:there|present)\b",
    re.IGNORECASE,
)
_SAYING = re.compile(
    r"^\W*(?:who|whom|which \w+)\b(?: \w+){0,2}? (?:said|says|say|stated|claimed|claims|reported"
    r"|reports|made (?:the|this) (?:claim|statement)|is quoted|was quoted|announced|revealed)\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\b(?:noon|midday|midnight|dawn|dusk|o[’']clock|[ap]\.?m\.?)(?!\w)", re.IGNORECASE)
_EXACTLY = re.compile(r"\b(?:exact|exactly|precise|precisely|which day|what day|date)\b", re.IGNORECASE)


class Asks(Enum):
    """What kind of answer a question wants."""

    COUNT = "count"
    TIME = "time"
    REASON = "reason"
    PLACE = "place"
    WHO = "who"
    WHAT = "what"
    YES_OR_NO = "yes_or_no"


_BY_KIND = frozenset({Asks.COUNT, Asks.TIME, Asks.PLACE})
"""What is told by its kind: two words of the question beside a date, a figure or a place are an answer."""


def asks(question: str) -> Asks:
    """Return what kind of answer `question` wants, by its first question word."""
    found = _ASKS.search(question)
    return Asks(found.lastgroup) if found and found.lastgroup else Asks.YES_OR_NO


def asks_origin(question: str) -> bool:
    """Tell whether `question` asks where something comes from, or for somebody's own records or presence."""
    return bool(_ORIGIN.search(question) or _OWN_RECORDS.search(question))


def goes_behind(question: str, stated: frozenset[str]) -> bool:
    """Tell whether a question has a word that asks how something is known, counted or meant.

    `stated` are the stems that the text asked about has: "the figure in the report" is no question of its own
    where the text speaks of a report.
    """
    if asks_origin(question):
        return True
    return bool((content(question) & (stems("behind") | documents())) - stated) or bool(
        set(lowered(question)) & listed("behind") and asks(question) is not Asks.YES_OR_NO
    )


def answered(page: Page, question: str, claim: Span) -> bool:
    """Tell whether the sentences around `claim`, or any sentence of the article, state the answer."""
    place = page.around(claim)
    kind = asks(question)
    if _SAYING.search(question) and page.sourced.within(place):
        return True
    stated = content(place.of(page.text))
    words = content(question)
    own = {each for each in words - stated - stems("generic") if not is_form(each, stated)}
    if not own and not goes_behind(question, frozenset()):
        return kind in {Asks.WHAT, Asks.YES_OR_NO} or holds_answer(page, kind, place, question)
    if goes_behind(question, stated):
        return False
    if kind is Asks.COUNT and _counted(page, question, place):
        return True
    asked = words - stems("generic")
    if kind is Asks.YES_OR_NO or len(asked) < (2 if kind in _BY_KIND else 3):
        return False
    return any(holds_answer(page, kind, s.place, question) for s in page.holding_all(asked))


def is_form(word: str, stated: frozenset[str]) -> bool:
    """Tell whether `word` looks like another form of a stated one: "hide" beside "hidden"."""
    return any(
        word[:3] == other[:3] and _common(word, other) >= min(len(word), len(other)) - 1 for other in stated
    )


def _common(one: str, other: str) -> int:
    return next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _counted(page: Page, question: str, place: Span) -> bool:
    """Tell whether what a "how many" question wants counted is what a figure of the place counts."""
    after = re.search(
        r"\b(?:many|much|number of|percentage of|share of)\s+(.{3,40})", question, re.IGNORECASE
    )
    if not after:
        return False
    wanted = lowered(after.group(1))[:2]
    units = content(" ".join(q.unit or "" for q in page.quantities.within(place)))
    new = content(question) - content(place.of(page.text)) - stems("generic")
    return bool(content(" ".join(wanted)) & units) and len(new) <= 1


def holds_answer(page: Page, kind: Asks, place: Span, question: str) -> bool:  # noqa: PLR0911  one a kind
    """Tell whether the place has something of the kind that the question wants and does not name itself."""
    if kind is Asks.COUNT:
        asked_with = set(lowered(question))
        return any(not asked_with & set(lowered(q.text)) for q in page.quantities.within(place))
    if kind is Asks.TIME:
        exact = bool(_EXACTLY.search(question))
        dates = [each for each in page.dates.within(place) if each.text not in question]
        if exact:
            return any(each.kind in {"date", "time"} for each in dates)
        return bool(dates) or bool(_CLOCK.search(place.of(page.text)))
    if kind is Asks.REASON:
        return bool(page.causes.within(place))
    asked = content(question)
    named = [e for e in page.entities.within(place) if not content(e.of(page.text)) <= asked]
    if kind is Asks.PLACE:
        return any(each.label == "PLACE" for each in named)
    if kind is Asks.WHO:
        return any(each.label in {"PERSON", "ORG", "GROUP"} for each in named)
    return kind is Asks.WHAT
