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
        self._last: dict[str, tuple[int, Target]] = {}
        self._kinds: dict[str, list[Entity]] = {}
        for entity in self._entities:
            if entity.label == "ORG" and " " in entity.name:
                words = entity.name.lower().split(" of ")[0].split()
                self._kinds.setdefault(words[-1], []).append(entity)
        self._countries: dict[str, int] = {}
        """How often a body's country changed: 1 as long as all the text speaks of one."""
        self._owned: dict[str, dict[str, str]] = {}

    def of(self, sentence: ParsedSentence, noun: Token) -> Target | None:
        """Return whom `noun` stands for, or none where that is nobody identifiable."""
        place = sentence.offset + noun.idx
        body = self.body_of(noun)
        if body is not None:
            return self._body(sentence, noun, body) or self._office(sentence, noun)
        entity = self._entity_at(place)
        if entity is not None:
            return _named(entity)
        at = bisect_right(self._references, place) - 1
        if at >= 0 and (reference := self._referred[self._references[at]]).end > place:
            return Target(reference.name.lower(), reference.name, reference.start, reference.end)
        return self._kind(sentence, noun) or self._owner(sentence, noun) or self._office(sentence, noun)

    def _kind(self, sentence: ParsedSentence, noun: Token) -> Target | None:
        """Return the one body named before that "the board" can be."""
        candidates = self._kinds.get(noun.lower_)
        place = sentence.place(noun)
        if candidates is None or not _plain(noun):
            return None
        named = {each.name.lower(): each.name for each in candidates if each.start < place.start}
        if len(named) != 1:
            return None
        ((key, name),) = named.items()
        return Target(key, name, place.start, place.end)

    def _owner(self, sentence: ParsedSentence, noun: Token) -> Target | None:
        """Return whose a place of work is: "the Ellis Steel plant", and "the plant" after it."""
        place = sentence.place(noun)
        run = _capitals(noun)
        if run:
            start = sentence.place(run[0]).start
            name = sentence.tokens.doc[run[0].i : run[-1].i + 1].text
            owners = self._owned.setdefault(noun.lemma_.lower(), {})
            owners[name.lower()] = name
            return Target(name.lower(), name, start, place.end)
        owners = self._owned.get(noun.lemma_.lower(), {})
        if len(owners) != 1 or not _plain(noun):
            return None
        ((key, name),) = owners.items()
        return Target(key, name, place.start, place.end)

    def _office(self, sentence: ParsedSentence, noun: Token) -> Target | None:
        """Return "the government" and the like, where a text speaks of one and names none."""
        if noun.lower_ not in _known() or not _plain(noun):
            return None
        place = sentence.place(noun)
        return Target(noun.lower_, f"the {noun.lower_}", place.start, place.end)

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
            near = recent is not None and number - recent[0] <= _RECENT
            known = _plain(noun) and (near or self._countries.get(body, 0) == 1)
            if recent is None or not known:
                return None
            place = sentence.place(noun)
            return recent[1]._replace(start=place.start, end=place.end)
        start = sentence.offset + first.idx
        end = sentence.offset + noun.idx + len(noun)
        target = Target(f"{country}/{body}", f"{country}'s {body}", start, end)
        if body not in self._last or self._last[body][1].key != target.key:
            self._countries[body] = self._countries.get(body, 0) + 1
        self._last[body] = (number, target)
        return target

    def note(self, sentence: ParsedSentence, noun: Token) -> None:
        """Remember a body or a place of work that is named without being criticised."""
        body = self.body_of(noun)
        if body is not None:
            self._body(sentence, noun, body)
        elif _capitals(noun):
            self._owner(sentence, noun)


@cache
def _known() -> frozenset[str]:
    return frozenset(load("criticism")["known"])


def _capitals(noun: Token) -> list[Token]:
    """Return the run of two or more capitalised words right before a common noun: "the Ellis Steel plant"."""
    run: list[Token] = []
    if noun.pos_ != "NOUN" or noun.is_title:
        return run
    for child in sorted(noun.lefts, key=lambda each: each.i, reverse=True):
        if child.dep_ not in ("compound", "nmod") or child.i != noun.i - 1 - len(run):
            break
        run.insert(0, child)
        while run[0].i > 0 and run[0].nbor(-1).head in run and run[0].nbor(-1).dep_ == "compound":
            run.insert(0, run[0].nbor(-1))
    return run if len(run) > 1 and all(each.is_title or each.is_upper for each in run) else []


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
