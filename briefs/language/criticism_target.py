"""Whom a word stands for: a named person or body, or a country's army, government, police or parliament."""

from bisect import bisect_right
from functools import cache
from typing import NamedTuple

from spacy.tokens import Token

from briefs.data import load
from briefs.domain.scan import Entity, Reference
from briefs.language.parse import ParsedSentence

_RECENT = 3
"""Sentences within which "the government" is the one named before."""


class Target(NamedTuple):
    """Somebody who can be criticised: `key` is equal for all words that mean the same one."""

    key: str
    name: str
    start: int
    end: int


@cache
def countries() -> dict[str, str]:
    """Return the country for every country name, adjective, people and seat of government."""
    table: dict[str, list[str]] = load("countries")["names"]
    found = {word: country for country, words in table.items() for word in words}
    return {**found, **{country: country for country in table}}


@cache
def bodies() -> dict[str, str]:
    """Return the class ("military", "government") of every word for a country's body."""
    table: dict[str, list[str]] = load("criticism")["bodies"]
    return {word: name for name, words in table.items() for word in words}


@cache
def wrappers() -> frozenset[str]:
    """Return the words that only wrap a body: "the military apparatus"."""
    return frozenset(load("criticism")["wrappers"])


class Targets:
    """Looks up whom a noun or pronoun stands for; call in the article's order."""

    def __init__(self, entities: tuple[Entity, ...], references: tuple[Reference, ...]) -> None:
        self._entities = sorted(entities, key=lambda entity: entity.start)
        self._starts = [entity.start for entity in self._entities]
        self._referred = {reference.start: reference for reference in references}
        self._references = sorted(self._referred)
        self._bodies, self._wrappers = bodies(), wrappers()
        self._last: dict[str, tuple[int, Target]] = {}

    def of(self, sentence: ParsedSentence, noun: Token) -> Target | None:
        """Return whom `noun` stands for, or none where that is nobody identifiable."""
        place = sentence.offset + noun.idx
        body = self.body_of(noun)
        if body is not None:
            return self._body(sentence, noun, body)
        entity = self._entity_at(place)
        if entity is not None:
            return _named(entity)
        at = bisect_right(self._references, place) - 1
        if at >= 0 and (reference := self._referred[self._references[at]]).end > place:
            return Target(reference.name.lower(), reference.name, reference.start, reference.end)
        return None

    def _entity_at(self, place: int) -> Entity | None:
        at = bisect_right(self._starts, place) - 1
        return self._entities[at] if at >= 0 and self._entities[at].end > place else None

    def body_of(self, noun: Token) -> str | None:
        """Return the class of a country's body that `noun` names, by itself or as in "military ranks"."""
        lower = noun.lower_
        body = bodies().get(lower)
        if lower in wrappers():
            inner = (
                bodies().get(c.lower_)
                for c in noun.children
                if c.i < noun.i and c.dep_ in ("compound", "amod")
            )
            body = next((each for each in inner if each), body)
        return body

    def _body(self, sentence: ParsedSentence, noun: Token, body: str) -> Target | None:
        number = sentence.sentence.index
        first = noun
        country = None
        for child in noun.children:
            if child.i < noun.i and child.dep_ in ("amod", "compound", "poss", "nmod"):
                first = child if child.i < first.i else first
                country = country or countries().get(child.text)
        if country is None:
            recent = self._last.get(body)
            known = recent is not None and number - recent[0] <= _RECENT and _plain(noun)
            if recent is None or not known:
                return None
            place = sentence.place(noun)
            return recent[1]._replace(start=place.start, end=place.end)
        start = sentence.offset + first.idx
        end = sentence.offset + noun.idx + len(noun)
        target = Target(f"{country}/{body}", f"{country}'s {body}", start, end)
        self._last[body] = (number, target)
        return target

    def note(self, sentence: ParsedSentence, noun: Token) -> None:
        """Remember a body that is named without being criticised."""
        body = self.body_of(noun)
        if body is not None:
            self._body(sentence, noun, body)


def _plain(noun: Token) -> bool:
    """Tell whether only "the", "its" or "their" stands before the noun."""
    before = [child for child in noun.children if child.i < noun.i]
    return all(child.dep_ == "det" and child.lower_ == "the" for child in before) and bool(before)


def _named(entity: Entity) -> Target | None:
    if entity.label in ("PERSON", "ORG"):
        words = entity.name.split()
        country = next((countries()[word] for word in words if word in countries()), None)
        body = bodies().get(words[-1].lower()) if country else None
        if country and body:
            return Target(f"{country}/{body}", f"{country}'s {body}", entity.start, entity.end)
        return Target(entity.name.lower(), entity.name, entity.start, entity.end)
    # A country that acts is its government.
    country = countries().get(entity.name) if entity.label == "PLACE" else None
    if country is None:
        return None
    return Target(f"{country}/government", f"{country}'s government", entity.start, entity.end)
