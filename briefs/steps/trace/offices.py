"""For which body a person speaks, by the office that the article gives."""

import re
from collections.abc import Iterable
from functools import cache

from briefs.data import load
from briefs.steps.trace.names import words
from briefs.steps.trace.parties import full_name, lists

_READ = 400


@cache
def _office() -> re.Pattern[str]:
    return re.compile(
        r"(?<!\w)(?:" + "|".join(re.escape(each) for each in lists().speaks_for) + r")(?!\w)", re.IGNORECASE
    )


@cache
def _joins() -> re.Pattern[str]:
    joins = "|".join(load("origins")["joins"])
    return re.compile(rf"^\s+(?:{joins})\s+(?:the\s+)?(.+)$", re.IGNORECASE | re.DOTALL)


def body_of(role: str, names: Iterable[str]) -> str | None:
    """Return the body that the holder of an office speaks for, or none where the role names none.

    "president of the Federation of Ward Nurses", "Russian Foreign Ministry spokesperson", "the board's
    director of staffing" (where one of `names` is the board's). A former holder speaks for nobody.
    """
    role = role[:_READ]
    if lists().no_longer & set(words(role)):
        return None
    office = _office().search(role)
    if office is None:
        return None
    before = re.sub(r"^(?:the|an?)\s+", "", role[: office.start()].strip(), flags=re.IGNORECASE)
    owned = re.sub(r"['’]s?$", "", before)
    if owned != before:
        return _named(owned, names)
    spoken = office.group().lower() in lists().spokespeople
    if before[:1].isupper() and (spoken or lists().bodies & set(words(before))):
        return before
    if before and spoken and (whose := full_name(before, names)):
        return whose
    after = _joins().match(role[office.end() :])
    return _named(after.group(1), names) if after else None


def _named(text: str, names: Iterable[str]) -> str | None:
    text = re.sub(r"^(?:the|a|an|its)\s+", "", text.strip(), flags=re.IGNORECASE)
    return text if text[:1].isupper() else full_name(text, names)
