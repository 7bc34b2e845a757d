"""What a law or bill lets, forbids or orders: its text shows that, and nobody was there to see it."""

import re
from functools import cache

from briefs.domain.spans import Span
from briefs.language.roles import roles
from briefs.steps.compose.phrases import words


def lays_down(text: str, place: Span) -> bool:
    """Tell "the bill would remove …" and "drivers could avoid a fine" in `place` from what happened.

    What a bill would bring about ("would ruin farmers") and what awaits particular people ("the drivers may
    face a fine") is a forecast, and stays one.
    """
    if _provision().search(text, place.start, place.end):
        return True
    found = _exposure().finditer(text, place.start, place.end)
    return any(_is_any(each[1], text[max(0, each.start() - _NEAR) : each.start()]) for each in found)


_NEAR = 40
"""Characters before a noun that may say whose, which or how many it stands for."""


def _is_any(people: str, before: str) -> bool:
    """Tell whether people who face something are any such people, and not particular ones."""
    if people.lower() in words("law_no_plural"):
        return False
    near = re.findall(r"\w[\w’'-]*", re.split(r"[.!?;:,\n]", before)[-1].lower())[-2:]
    if people[0].isupper() and (near or not roles().human(people.lower().removesuffix("s"))):
        return False  # a name
    return not any(map(_singles_out, near))


def _singles_out(word: str) -> bool:
    return word in words("law_particular") or word[0].isdigit() or word.endswith(("’s", "'s", "s’"))


@cache
def _provision() -> re.Pattern[str]:
    """Return how a text that binds is said to let, forbid or order."""
    laws, orders = (_any_of(name) for name in ("law_texts", "law_orders"))
    return re.compile(rf"\b(?i:{laws})\s(?:[\w’'-]+\s){{0,3}}?{_MODAL}\s(?:{orders})\b")


@cache
def _exposure() -> re.Pattern[str]:
    """Return how people are said to face or escape a penalty; the first group is who."""
    who = r"\b([A-Za-z]+s|[A-Za-z]*(?:men|people))"
    return re.compile(rf"{who}\s{_MODAL}\s(?:[\w’'-]+\s){{1,6}}?(?:{_any_of('penalties')})\b")


_MODAL = r"(?:would|will|could|can|may|must|shall)(?:\snot|\s?n[’']t)?(?:\s(?:also|now|still|only))?"


def _any_of(name: str) -> str:
    return "|".join(sorted(words(name)))
