"""What nouns and names stand for: people, outlets, bodies, documents, and forms of address."""

from functools import cache
from typing import NamedTuple

from briefs.data import load


class Roles(NamedTuple):
    """Word classes of `briefs/data/roles.toml`; lemmas in lower case, marks and names as written."""

    people: frozenset[str]
    """Offices and occupations."""
    persons: frozenset[str]
    """People without an office: "resident", "some"."""
    media: frozenset[str]
    media_people: frozenset[str]
    media_marks: frozenset[str]
    media_openers: frozenset[str]
    outlets: frozenset[str]
    documents: frozenset[str]
    words_of: frozenset[str]
    laws: frozenset[str]
    loose: frozenset[str]
    """Words, as written, for data that a name or a date must make findable."""
    amounts: frozenset[str]
    """Words right before those of `loose` with which they are no data: "in large numbers"."""
    bodies: frozenset[str]
    body_marks: frozenset[str]
    titles: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]
    reasons: tuple[str, ...]
    place_marks: frozenset[str]
    calendar: frozenset[str]
    seasons: frozenset[str]
    countries: frozenset[str]
    peoples: frozenset[str]
    """Adjectives, peoples and seats of government."""

    def human(self, lemma: str) -> bool:
        """Tell whether a noun stands for a person or people."""
        return lemma in self.people or lemma in self.persons


@cache
def roles() -> Roles:
    """Return the word classes."""
    data, countries = load("roles"), load("countries")["names"]
    people, media, documents, bodies = data["people"], data["media"], data["documents"], data["bodies"]
    titles = data["titles"]
    return Roles(
        people=frozenset(people["roles"]),
        persons=frozenset(people["persons"]),
        media=frozenset(media["nouns"]),
        media_people=frozenset(media["people"]),
        media_marks=frozenset(media["marks"]),
        media_openers=frozenset(media["openers"]),
        outlets=frozenset(media["names"]),
        documents=frozenset(documents["nouns"]),
        words_of=frozenset(documents["words_of"]),
        laws=frozenset(documents["laws"]),
        loose=frozenset(documents["loose"]),
        amounts=frozenset(documents["amounts"]),
        bodies=frozenset(bodies["nouns"]),
        body_marks=frozenset(bodies["marks"] + bodies["companies"]),
        titles=frozenset(titles["male"] + titles["female"] + titles["either"]),
        male=frozenset(titles["male"] + titles["male_roles"]),
        female=frozenset(titles["female"] + titles["female_roles"]),
        reasons=tuple(data["anonymity"]["reasons"]),
        place_marks=frozenset(data["places"]["marks"]),
        calendar=frozenset(data["calendar"]["words"]),
        seasons=frozenset(data["calendar"]["seasons"]),
        countries=frozenset(countries),
        peoples=frozenset(word for words in countries.values() for word in words),
    )
