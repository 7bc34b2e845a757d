"""Flags about people who speak and whom the text does not introduce, or introduces too late or twice."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from briefs.domain.article import BlockRole
from briefs.domain.brief import Finding, FlagKind
from briefs.domain.spans import Span
from briefs.steps.flag.context import Context
from briefs.steps.flag.lexicon import alternatives, words

_SAYING = rf"(?:{alternatives(words('plain_saying'))})"
_INTRODUCED = re.compile(r",\s(?:an?|the|who|whose)\s[^\W\d_]")
"""A name with what its bearer is: "Marit Brandt, a spokeswoman"."""
_SAYING_BEFORE = re.compile(rf"\b{_SAYING}\s+\Z")
_SAYING_AFTER = re.compile(rf"\s+(?:(?:also|later|then|has|had)\s+)?{_SAYING}\b")
_DESCRIBED = re.compile(r"\s*(?:[,(:–—\[]|(?:of|from|at|with|in|and|who|for)\b|[’']s\b)")
_BARE_BEFORE = re.compile(r"(?:\n|[.!?]\s+|[”\"]\s+|,\s+(?:but|and|while)\s+)\Z")
"""What stands before a name that nothing describes: the end of a sentence, of a quotation or of a clause."""
_CAPITAL = re.compile(r"\b[A-Z][\w-]+")
_NAME_BEFORE = re.compile(r"(?:[A-Z][\w.’'-]*|\bd[ei]|\bv[ao]n|\b[a-z]+-[A-Z]\w+)\s+\Z")
_FAMILY_NAME = re.compile(
    rf"\b(?P<before>[A-Z][\w-]+)\s+{_SAYING}\b|\b{_SAYING}\s+(?P<after>[A-Z][\w-]+)\b(?!\s+[A-Z]|[’'-])"
)
_SHORTEST = 3
_ROOM = 40


class _Person(NamedTuple):
    """A person with the places where the body has the full name."""

    full: str
    last: str
    places: tuple[Span, ...]


def stranger(context: Context) -> Iterator[Finding]:
    """Flag somebody who speaks before being introduced, is introduced after having spoken, or never is."""
    speaking = _speaking_by_family_name(context)
    named = Counter(_CAPITAL.findall(context.text))
    for person in _people(context):
        first = person.places[0]
        early = speaking.get(person.last)
        again = [place for place in person.places[1:] if _INTRODUCED.match(context.text, place.end)]
        if early is not None and early.end <= first.start:
            note = (
                f"“{context.words(early)}” speaks here, and who that is stands only further down: "
                f"“{person.full}”. Was a name put in the wrong place?"
            )
            yield context.finding(FlagKind.NAME_UNINTRODUCED, note, (early, first))
        elif again and _speaks(context, first):
            note = (
                f"“{person.full}” speaks here, and is introduced further down. Is it one person, or was a "
                "name put in the wrong place?"
            )
            yield context.finding(FlagKind.NAME_UNINTRODUCED, note, (first, again[0]))
        elif named[person.last] == 1 and _stands_bare(context, first):
            note = f"“{person.full}” speaks, and the text does not say who that is."
            yield context.finding(FlagKind.NAME_UNINTRODUCED, note, (first,))


def _people(context: Context) -> Iterator[_Person]:
    """Yield the people with a family name of their own, and where the body has their full names."""
    names = [entity for entity in context.scan.entities if entity.label == "PERSON"]
    places: dict[str, list[Span]] = {}
    for entity in names:
        exact = context.words(entity)
        sentence = context.segmentation.sentence_at(entity.start)
        told = sentence is not None and sentence.furniture is None and sentence.role is BlockRole.BODY
        if told and len(exact.split()) > 1 and exact == entity.of(context.text):
            places.setdefault(exact, []).append(entity.place)
    bearers = Counter(full.split()[-1] for full in places)
    for full, found in places.items():
        last = full.split()[-1]
        if bearers[last] == 1 and len(last) >= _SHORTEST:
            yield _Person(full, last, tuple(found))


def _speaking_by_family_name(context: Context) -> dict[str, Span]:
    """Return where in the body each family name alone first says something."""
    found: dict[str, Span] = {}
    for match in _FAMILY_NAME.finditer(context.text):
        part = "before" if match["before"] else "after"
        place = Span(start=match.start(part), end=match.end(part))
        previous = context.text[max(0, place.start - _ROOM) : place.start]
        if part == "before" and _NAME_BEFORE.search(previous):
            continue
        if _is_body(context, place):
            found.setdefault(match[part], place)
    return found


def _is_body(context: Context, place: Span) -> bool:
    sentence = context.segmentation.sentence_at(place.start)
    return sentence is not None and sentence.furniture is None and sentence.role is BlockRole.BODY


def _speaks(context: Context, place: Span) -> bool:
    """Tell whether a verb of saying stands just before or just after a name."""
    before = _SAYING_BEFORE.search(context.text, max(0, place.start - _ROOM), place.start)
    return before is not None or _SAYING_AFTER.match(context.text, place.end) is not None


def _stands_bare(context: Context, place: Span) -> bool:
    """Tell whether a name speaks with nothing beside it that says whose it is."""
    after = _SAYING_AFTER.match(context.text, place.end)
    if after is None:
        said = _SAYING_BEFORE.search(context.text, max(0, place.start - _ROOM), place.start)
        return said is not None and _DESCRIBED.match(context.text, place.end) is None
    return _BARE_BEFORE.search(context.text, max(0, place.start - _ROOM), place.start) is not None
