"""What a law or bill lets, forbids or orders: its text shows that, and nobody was there to see it."""

import re
from functools import cache

from briefs.domain.spans import Span
from briefs.steps.compose.phrases import words


def lays_down(text: str, place: Span) -> bool:
    """Tell "the bill would remove …" and "drivers could avoid a fine" in `place` from what happened.

    What a bill would bring about ("would ruin farmers") and what awaits particular people ("the drivers may
    face a fine") is a forecast, and stays one.
    """
    return _laid_down().search(text, place.start, place.end) is not None


@cache
def _laid_down() -> re.Pattern[str]:
    modal = r"(?:would|will|could|can|may|must|shall)(?:\snot|\s?n[’']t)?(?:\s(?:also|now|still|only))?"
    laws, orders, penalties = (
        "|".join(sorted(words(name))) for name in ("law_texts", "law_orders", "penalties")
    )
    kind_of_people = r"(?<!the\s)\b(?:[a-z]+s|[a-z]*(?:men|people))"
    return re.compile(
        rf"\b(?:{laws})\s(?:[\w’'-]+\s){{0,3}}?{modal}\s(?:{orders})\b"
        rf"|{kind_of_people}\s{modal}\s(?:[\w’'-]+\s){{1,6}}?(?:{penalties})\b"
    )
