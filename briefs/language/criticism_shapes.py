"""The shapes of reproach: whom a word reproaches, read from the parse.

"A accused B", "B failed to …", "B did not protect …", "B's incompetence", "allegations against B", "a
breakdown in B's command", "B is corrupt", "B should resign", "B allegedly …", "B's alarm was switched off".
"""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from spacy.symbols import ADJ, NOUN, PROPN, VERB
from spacy.tokens import Token

from briefs.data import load


class ReproachWords(NamedTuple):
    """The word lists that the shapes are filled with; what each is for stands in the data file."""

    accuse: frozenset[str]
    wrong: frozenset[str]
    undone: frozenset[str]
    nouns: frozenset[str]
    within: frozenset[str]
    traits: frozenset[str]
    states: frozenset[str]
    contests: frozenset[str]
    against: frozenset[str]
    demands: frozenset[str]
    disabled: frozenset[str]
    safety: frozenset[str]
    hedged: frozenset[str]


@cache
def reproach_words() -> ReproachWords:
    """Return the word lists of `criticism.toml`, as sets."""
    data = load("criticism")
    return ReproachWords(*(frozenset(data[name]) for name in ReproachWords._fields))


AIMING = frozenset({VERB, NOUN, ADJ, PROPN})


def aims(token: Token) -> Iterator[tuple[list[Token], Token | None]]:
    """Yield whom `token` reproaches (the first fitting noun of each list) and the noun that voices it."""
    w, lemma = reproach_words(), token.lemma_.lower()
    if token.pos_ == "VERB":
        yield from _verb_aims(token, lemma, w)
    elif token.pos_ == "NOUN":
        yield from ((nouns, None) for nouns in _noun_aims(token, lemma, w))
    if token.dep_ in ("acomp", "attr") and lemma in w.traits and token.head.lemma_ == "be":
        yield from ((_doer(token.head), None) for _ in range(not _negated(token.head)))
    elif token.dep_ == "pobj" and lemma in w.states and token.head.lower_ == "in":
        verb = token.head.head
        if verb.lemma_ in ("be", "remain") and not _negated(verb):
            yield _doer(verb), None


def _verb_aims(verb: Token, lemma: str, w: ReproachWords) -> Iterator[tuple[list[Token], Token | None]]:
    if lemma in w.accuse:
        if not _negated(verb):
            said = verb.head if verb.dep_ == "conj" else verb
            voice = next(iter(_children(verb, "nsubj") or _children(said, "nsubj")), None)
            yield from (([noun], voice) for noun in _accused(verb, lemma))
    elif lemma in w.wrong or lemma in w.undone:
        # "Taxes are wasted" does not blame the taxes.
        if (lemma in w.undone) == _negated(verb) and not _contest(verb):
            yield _doer(verb), None
    elif lemma in w.demands and _obliged(verb):
        yield _doer(verb), None
    elif lemma in w.disabled:
        yield from ((_owners(thing), None) for thing in _children(verb, "nsubjpass") if _guards(thing, w))
    if any(child.lower_ in w.hedged for child in _children(verb, "advmod")):
        yield _doer(verb), None


def _accused(verb: Token, lemma: str) -> list[Token]:
    """Return the nouns that an accusing verb is aimed at: "blamed the delay on B" is aimed at B."""
    if lemma == "blame":
        holders = (verb, *_children(verb, "dobj"))
        prepositions = [prep for each in holders for prep in _children(each, "prep") if prep.lower_ == "on"]
        if prepositions:
            return [each for prep in prepositions for each in _children(prep, "pobj")]
    return [*_children(verb, "dobj"), *_children(verb, "dative"), *_children(verb, "nsubjpass")]


def _obliged(verb: Token) -> bool:
    """Tell whether it is demanded: "should resign", "must apologise"; "called on B to resign" stays out."""
    return any(
        each.lower_ in ("should", "must", "ought") for each in _children(verb, "aux")
    ) and not _negated(verb)


def _guards(thing: Token, w: ReproachWords) -> bool:
    """Tell whether a thing is there for safety: "the smoke alarm", "the pump's brake"."""
    named = (thing, *_children(thing, "compound"), *_children(thing, "amod"))
    return any(each.lemma_.lower() in w.safety for each in named)


def _owners(thing: Token) -> list[Token]:
    """Return whose a thing is: "B's alarm", "the alarm at B"."""
    inner = [each for prep in _children(thing, "prep") for each in _children(prep, "pobj")]
    owners = [*_children(thing, "poss"), *inner]
    return [*owners, *(own for each in owners for own in _children(each, "poss"))]


def _contest(verb: Token) -> bool:
    return any(child.lemma_ in reproach_words().contests for child in _children(verb, "xcomp"))


def _doer(verb: Token) -> list[Token]:
    """Return the nouns that can be the doer of `verb`, the likeliest first."""
    if verb.dep_ == "xcomp" and not _children(verb, "nsubj"):
        return _doer(verb.head)
    doers = _children(verb, "nsubj")
    for doer in tuple(doers):
        if doer.tag_ in ("WDT", "WP") and verb.dep_ == "relcl":
            doers.append(verb.head)
        # "The council has shown that it cannot …"
        if doer.lower_ in ("it", "they") and verb.dep_ == "ccomp":
            doers.extend(_children(verb.head, "nsubj"))
    return doers


def _noun_aims(noun: Token, lemma: str, w: ReproachWords) -> Iterator[list[Token]]:
    """Yield the owner of a failing: "B's …", "the … of B", "… within B", "allegations against B"."""
    if lemma not in w.nouns and lemma not in w.within and lemma not in w.against:
        return
    if lemma in w.nouns:
        yield _children(noun, "poss")
    for preposition in _children(noun, "prep"):
        of = preposition.lower_ == "of" and lemma in w.nouns
        of = of or (preposition.lower_ == "against" and lemma in w.against)
        if of or (preposition.lower_ in ("in", "within", "inside") and lemma in w.within):
            for inner in _children(preposition, "pobj"):
                further = (each for prep in _children(inner, "prep") for each in _children(prep, "pobj"))
                yield [inner, *_children(inner, "poss"), *further]


def _children(token: Token, dep: str) -> list[Token]:
    return [child for child in token.children if child.dep_ == dep]


def _negated(verb: Token) -> bool:
    negated = any(child.dep_ == "neg" for child in verb.children)
    return negated or any(child.lower_ == "never" for child in _children(verb, "advmod"))
