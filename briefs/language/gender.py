"""Which of "he" and "she" can stand for a person, as far as the text and the name tell."""

from functools import cache
from typing import Literal

from briefs.data import load
from briefs.domain.scan import Entity
from briefs.language.parse import ParsedArticle
from briefs.language.roles import roles

Gender = Literal["he", "she"]


def genders(parsed: ParsedArticle, entities: tuple[Entity, ...]) -> dict[str, Gender]:
    """Return the pronoun of each person for whom a title, a role or the name settles it."""
    return genders_in(parsed.text, entities)


def genders_in(text: str, entities: tuple[Entity, ...]) -> dict[str, Gender]:
    """Return what `genders` does, from the article's text alone."""
    known: dict[str, Gender] = {}
    for entity in entities:
        if entity.label != "PERSON":
            continue
        told = _by_title(text[max(0, entity.start - 12) : entity.start]) or _by_role(entity.role)
        if told is not None:
            known[entity.name] = told
        elif entity.name not in known:
            guessed = _by_name(entity.name)
            if guessed is not None:
                known[entity.name] = guessed
    return known


def _by_title(before: str) -> Gender | None:
    words = before.split()
    if not words or not before[-1].isspace():
        return None
    return told_by(words[-1].lower())


def _by_role(role: str | None) -> Gender | None:
    return next((told for word in (role or "").lower().split() if (told := told_by(word))), None)


def told_by(word: str) -> Gender | None:
    """Return the pronoun that a form of address or an office settles: "spokeswoman"; lower case."""
    if word in roles().male:
        return "he"
    return "she" if word in roles().female else None


def is_given(word: str) -> bool:
    """Tell whether a word is a given name of the list."""
    return word in _given()


@cache
def _given() -> dict[str, Gender]:
    data = load("given_names")
    return {**dict.fromkeys(data["male"], "he"), **dict.fromkeys(data["female"], "she")}


def _by_name(name: str) -> Gender | None:
    words = name.split()
    given = _given().get(words[0])
    if given is not None or len(words) < 2:
        return given
    data = load("given_names")
    if words[-1].endswith(tuple(data["female_endings"])):
        return "she"
    return "he" if words[-1].endswith(tuple(data["male_endings"])) else None
