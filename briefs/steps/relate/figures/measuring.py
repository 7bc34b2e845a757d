"""Figures of people and of what is filed about them: two measures of one matter."""

import re
from functools import cache, lru_cache

from briefs.data import load
from briefs.domain.relations import Aspect
from briefs.language.comparing.times import Shape, Times
from briefs.steps.relate.figures.couple import Couple, Pairing, Why
from briefs.steps.relate.figures.reading import Figure, Figures
from briefs.text.stems import stem

_WORD = re.compile(r"[^\W\d_]+")
_LARGE = 100
"""Smaller figures of two measures meet everywhere."""
_ALIKE = 3
"""Figures of two measures that lie further apart than so many times have little to say to each other."""
_ONE_TIME = (Times.SAME, Times.SAME_BUT_YEAR, Times.SAME_START)


def of_measures(couple: Couple) -> Pairing | None:
    """Return how a figure of people and one of files about them stand, or two of different files; or none."""
    mine, theirs = couple.figures
    least = min(mine.bounds.low, theirs.bounds.low)
    vague = mine.bounds.vague or theirs.bounds.vague or mine.ahead or theirs.ahead
    if vague or least < _LARGE or max(mine.bounds.low, theirs.bounds.low) > least * _ALIKE:
        return None
    if not _one_matter(couple):
        return None
    if couple.one_number and couple.times in _ONE_TIME:
        return Pairing("related", Aspect.MEASURE, Why.ONE_NUMBER, 0, couple)
    if {mine.thing.kind, theirs.thing.kind} != {"people", "files"} or not _comparable(couple):
        return None
    return Pairing("related", Aspect.MEASURE, Why.MEASURES, 2, couple)


def _comparable(couple: Couple) -> bool:
    """Tell whether the times of two measures are near enough for a reader to lay one beside the other."""
    if couple.times in _ONE_TIME:
        return True
    shapes = {each.time.shape for each in couple.figures}
    if couple.times is Times.RATE:
        rate, count = sorted((each.time for each in couple.figures), key=lambda t: t.shape is not Shape.RATE)
        return rate.per == "month" and count.months == 1
    return shapes == {Shape.SINCE}


def _one_matter(couple: Couple) -> bool:
    """Tell whether files are about what the people do: notices of resignation and those who leave."""
    mine, theirs = couple.figures
    if mine.thing.kind == "files" and theirs.thing.kind == "files":
        return bool(couple.one.telling & couple.other.telling)
    if mine.thing.kind == "people":
        return mine.event is not None and mine.event in _matters(couple.other, theirs)
    return theirs.event is not None and theirs.event in _matters(couple.one, mine)


def _matters(claim: Figures, files: Figure) -> frozenset[str]:
    """Return the classes of what files are about, by their unit, else by the words of the claim."""
    return matters_of(files.quantity.unit or "") or matters_of(claim.claim.quote.text)


@lru_cache(maxsize=20_000)
def matters_of(text: str) -> frozenset[str]:
    """Return the classes of happenings whose words stand in a text: "leave" for "cases of desertion"."""
    stems = _stems()
    return frozenset(found for word in _WORD.findall(text.lower()) if (found := stems.get(stem(word))))


@cache
def _stems() -> dict[str, str]:
    events = load("comparing")["events"]
    found: dict[str, str] = {}
    for line in events["classes"]:
        for form in line:
            if " " not in form and form not in events["anywhere"]:
                found.setdefault(stem(form), line[0])
    return {**found, **{stem(word): name for name, words in events["matters"].items() for word in words}}
