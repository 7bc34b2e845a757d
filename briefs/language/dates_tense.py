"""Whether the words around a date look back or ahead: "were due on Friday" against "resigned on Friday".

Read from the verb that the date hangs on, so that "said on Monday that it would close in May" looks back for
Monday and ahead for May.
"""

from functools import cache
from typing import Literal

from spacy.tokens import Token

from briefs.data import load

Direction = Literal["back", "ahead"]
_MOST_STEPS = 8
"""How many words a date may hang below its verb; a parse of prose is hardly ever deeper."""
_AUXILIARY = frozenset({"aux", "auxpass"})
_JOINS = frozenset({"advcl", "relcl", "ccomp", "conj", "parataxis"})


@cache
def _set(name: str) -> frozenset[str]:
    return frozenset(load("dates")[name])


def direction(token: Token) -> Direction | None:
    """Return where the clause of `token`, a word of a date, looks; none where it does not tell."""
    word = token
    for _ in range(_MOST_STEPS):
        if _is_ahead(word):
            return "ahead"
        if word.pos_ in ("VERB", "AUX"):
            return _of_verb(word)
        if word.head is word:
            return None
        word = word.head
    return None


def _is_ahead(word: Token) -> bool:
    """Tell whether a word by itself is about what is to come: "planned", "deadline", "upcoming"."""
    if word.lemma_.lower() in _set("ahead") or word.lower_ in _set("ahead"):
        return True
    return any(child.lower_ in _set("ahead_before") for child in word.children if child.dep_ == "amod")


def _of_verb(verb: Token) -> Direction | None:
    """Return where a verb with its auxiliaries looks, or the verb that an infinitive depends on."""
    for _ in range(_MOST_STEPS):
        helpers = [child for child in verb.children if child.dep_ in _AUXILIARY]
        infinitive = any(each.lower_ == "to" for each in helpers)
        # "The council is to meet": an infinitive below a form of be.
        bound = infinitive and verb.head.lemma_ == "be" and verb.dep_ == "xcomp"
        planned = not helpers and verb.tag_ in ("VBZ", "VBP") and verb.lemma_ in _set("planned")
        if bound or planned or _promised(verb, helpers):
            return "ahead"
        # "The date was 12 May" does not say that 12 May is over.
        copula = verb.lemma_ == "be" and verb.dep_ not in _AUXILIARY
        # "It is shut until Friday" is not over either.
        lasting = [each.lower_ for each in helpers] in (["is"], ["are"])
        if not (infinitive or copula or lasting) and any(
            each.tag_ in ("VBD", "VBN") for each in (verb, *helpers)
        ):
            return "back"
        if not infinitive or verb.head is verb or verb.dep_ in _JOINS:
            return None
        verb = verb.head
    return None


def _promised(verb: Token, helpers: list[Token]) -> bool:
    described = (child for child in verb.children if child.dep_ in ("acomp", "oprd"))
    modal = any(each.lower_ in _set("modals") for each in helpers)
    return modal or _is_ahead(verb) or any(map(_is_ahead, described))
