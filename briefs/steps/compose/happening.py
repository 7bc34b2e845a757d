"""Whether a claim tells one event, with a day and people who were there, and whether it gives its reason."""

import re
from functools import cache

from briefs.domain.spans import Span
from briefs.steps.compose.phrases import words

_ABOUT = re.compile(
    r"\b(?:who|which|whose|that(?!\s(?:an?|the|its?|his|her|their|he|she|they|no|there)\b))"
    r"\s(?:[\w’'-]+\s){0,8}?(?:is|are|has|have|remains?|will)\b",
    re.IGNORECASE,
)
"""A clause about the subject, up to the verb of what is said of it: "crews who left their boats are"."""
_AWAITED = re.compile(
    r"\b(?:would|will|may|might|could|can)\s(?:[\w’'-]+\s){1,8}?(?:when|if|once|until|unless)\s"
    r"(?:[\w’'-]+\s){0,4}",
    re.IGNORECASE,
)
_OPENING = re.compile(r"^[\s\"“”„«‘'(\[]+")
_EITHER = re.compile(r"\b(?:either|whether)\b.*\bor\b", re.IGNORECASE | re.DOTALL)


def stands(text: str, cut: Span, event: Span) -> bool:
    """Tell whether an event is none by itself in an excerpt.

    It only tells which people or things are meant ("crews who left are at home"), or is waited for ("would
    believe it when he saw it").
    """
    about = (found.span() for found in _ABOUT.finditer(text, cut.start, cut.end))
    waits = ((found.start(), found.end() + 1) for found in _AWAITED.finditer(text, cut.start, cut.end))
    return any(start < event.start < end for start, end in (*about, *waits))


def of_many(said: str, before: str) -> bool:
    """Tell what many did, each for themselves: it has no one day, and nobody saw it.

    `before` is the sentence before, which tells who "they" are. What happened to many "when a tram left the
    rails" is one event.
    """
    if " when " in said:
        return False
    if _EITHER.search(said):
        return True
    opening = _OPENING.sub("", said)
    meant = _OPENING.sub("", before) if opening.lower().startswith("they ") else opening
    return _many().match(meant) is not None


@cache
def _many() -> re.Pattern[str]:
    amounts = "|".join(sorted((re.escape(each) for each in words("masses")), key=len, reverse=True))
    return re.compile(
        rf"(?:{amounts}|an? (?:[\w-]+ )?(?:number|majority|minority|share) of)\b", re.IGNORECASE
    )


def gives_reason(said: str) -> bool:
    """Tell whether words hold a reason that no listed word for causes shows: "left to avoid the tax"."""
    return any(f" {each} " in f" {said.lower()} " for each in words("reasons"))


def seeks_cause(said: str) -> bool:
    """Tell words about a cause that is still looked for: nobody is asked how it was established."""
    heard = set(re.findall(r"[a-z]+", said.lower()))
    return bool(heard & {"cause", "causes", "caused", "reason", "reasons"}) and bool(heard & words("sought"))
