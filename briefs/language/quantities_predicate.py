"""What the counted thing does or undergoes: "kill" in "four people were killed", read from the parse.

Returned is the dictionary form of a verb with its particle ("walk out", "come back"), of an adjective
("dead") or of a noun that is itself what happened ("resignation"). "Not" stands before it where the words
deny it, and two verbs over one count are both given ("kill and injure"). Nothing is returned where the words
only weigh the figure ("has surpassed 180,000") or where the counted do it ("12 guards killed five").
"""

from functools import cache

from spacy.tokens import Token

from briefs.data import load
from briefs.domain.spans import Span
from briefs.language.parse import SUBJECTS
from briefs.language.quantities_counted import Words

_CLAUSES = ("acl", "relcl")
_DOWN = ("xcomp", "acomp", "oprd", "ccomp")
_MOST_STEPS = 8
"""Deeper than this no sentence of prose nests between a figure and its verb."""


def predicate(words: Words, figure: Span, unit_end: int, kind: str) -> str | None:
    """Return what the counted thing does or undergoes, or none where the parse does not show it.

    `unit_end` is where the words for what is counted end; the end of the figure where there are none.
    """
    root = _root(words, figure.start, max(unit_end, figure.end))
    if root is None:
        return None
    if kind == "count" and (noun := _happening(root)):
        return noun
    state = _state(words, figure.end, root)
    found = state or _of_clause(root) or _governing(root, kind) or _tallied(root)
    if found is not None:
        return found
    return root.lemma_.lower() if kind == "count" and root.lemma_.lower() in _set("doers") else None


@cache
def _set(name: str) -> frozenset[str]:
    return frozenset(load("quantities")[name])


def _root(words: Words, start: int, end: int) -> Token | None:
    """Return the token of `start`..`end` that the others of it hang on."""
    first, stop = words.at(start), words.at(end)
    inside = words.tokens[first:stop]
    root = inside[-1] if inside else None
    # spaCy makes a token anew at each asking: only `==` compares them.
    while root is not None and root.head != root and root.head in inside:
        root = root.head
    return root


def _happening(root: Token) -> str | None:
    """Return "death" for "40 deaths" and for "the deaths of 40 people"."""
    if root.pos_ in ("NOUN", "PROPN") and root.lemma_.lower() in _set("happenings"):
        return root.lemma_.lower()
    if root.dep_ == "pobj" and root.head.lower_ == "of":
        noun = root.head.head
        if noun.pos_ == "NOUN" and noun.lemma_.lower() in _set("happenings"):
            return noun.lemma_.lower()
    return None


def _state(words: Words, end: int, root: Token) -> str | None:
    """Return "dead" for "four dead" and "injured" for "six of the injured", where no verb follows."""
    at = words.at(end)
    token = words.tokens[at] if at < len(words.tokens) else None
    if token is None or token.lower_ not in _set("states"):
        return None
    verb = root.head if root.dep_ in SUBJECTS else None
    return None if verb is not None and verb != token and _weight(verb) else _lemma(token)


def _of_clause(root: Token) -> str | None:
    """Return "leave" for "soldiers leaving their units" and for "soldiers who have left"."""
    governed = root.dep_ in (*SUBJECTS, "dobj") and _weight(root.head)
    if governed and not any(child.dep_ == "relcl" for child in root.children):
        return None
    for child in root.children:
        if child.dep_ == "acl" and child.tag_ in ("VBN", "VBG") and not governed and _weight(child):
            return _told(child)
        if child.dep_ == "relcl" and not governed:
            subject = next((each for each in child.children if each.dep_ in SUBJECTS), None)
            if subject is not None and subject.tag_ in ("WP", "WDT") and _suits(child, subject):
                return _told(_heavy(child))
    return None


def _governing(root: Token, kind: str) -> str | None:
    """Return the verb that a figure is the subject or object of; of a length, also "for nine days"."""
    head = root.head
    if root.dep_ == "conj" and head.dep_ in (*SUBJECTS, "dobj"):
        root, head = head, head.head
    if kind in ("measure", "money") and root.dep_ == "pobj" and head.lower_ in ("for", "at", "by", "within"):
        head = head.head
        if head.dep_ == "pobj" and head.head.dep_ == "prep":
            # "Shut down for repairs for nine days."
            head = head.head.head
        return _told(head) if head.pos_ == "VERB" and _weight(head) else None
    related = (*SUBJECTS, "dobj") if kind == "count" else (*SUBJECTS, "dobj", "npadvmod")
    if root.dep_ not in related or head.pos_ not in ("VERB", "AUX") or not _suits(head, root):
        return None
    if root.dep_ in SUBJECTS:
        head = _heavy(head)
    elif left := next((each for each in head.children if each.dep_ == "oprd"), None):
        # "Left 40 people homeless."
        head = left
    said = kind != "count" or _weight(head) or head.lemma_.lower() in _set("plain")
    return _told(head) if said else None


def _tallied(root: Token) -> str | None:
    """Return "leave" for "the number of nurses who left has passed 900" and "death" for "the death toll"."""
    verb = root.head.head if root.dep_ == "pobj" and root.head.dep_ == "prep" else root.head
    subject = next((each for each in verb.children if each.dep_ in SUBJECTS), None)
    if subject is None or subject == root or subject.lemma_.lower() not in _tallies():
        return None
    for child in subject.children:
        if child.dep_ == "compound" and child.lemma_.lower() in _set("happenings"):
            return child.lemma_.lower()
        if child.dep_ == "prep" and child.lower_ == "of":
            counted = next((each for each in child.children if each.dep_ == "pobj"), None)
            if counted is not None:
                lemma = counted.lemma_.lower()
                named = lemma in _set("happenings") or lemma in _set("doers")
                return _of_clause(counted) or (lemma if named else None)
    return None


@cache
def _tallies() -> frozenset[str]:
    return frozenset(load("units")["labels"]["tallies"])


def _weight(verb: Token) -> bool:
    """Tell whether a verb says by itself what happens."""
    return verb.pos_ in ("VERB", "ADJ") and (
        verb.lemma_.lower() not in _set("slight") or _turned(verb) is not None or _leaves(verb)
    )


def _leaves(verb: Token) -> bool:
    """Tell whether "leave" means going away: "left 40 people dead" does not."""
    lemma = verb.lemma_.lower()
    return lemma == "leave" and not any(each.dep_ in _DOWN for each in verb.children)


def _heavy(verb: Token) -> Token:
    """Return the verb or adjective under a slight one: "left" in "are believed to have left"."""
    for _ in range(_MOST_STEPS):
        under = next((each for each in verb.children if each.dep_ in _DOWN and _same_subject(each)), None)
        if under is None or _weight(verb):
            return verb
        verb = under
    return verb


def _same_subject(verb: Token) -> bool:
    return not any(each.dep_ in SUBJECTS for each in verb.children)


def _suits(verb: Token, subject: Token) -> bool:
    """Tell whether what the verb says happens to its subject, and is not done by it to others."""
    has_object = any(each.dep_ == "dobj" for each in verb.children)
    active = subject.dep_ == "nsubj" and verb.tag_ != "VBN"
    return not (active and has_object and verb.lemma_.lower() in _set("done_to_others"))


def _turned(verb: Token) -> str | None:
    for child in verb.children:
        if child.dep_ == "prt":
            return child.lower_
        near = 0 < child.i - verb.i <= 2
        if near and child.dep_ == "advmod" and child.lower_ in _set("turning"):
            return child.lower_
        if near and child.dep_ == "prep" and child.lower_ == "out":
            return child.lower_
    return None


def _lemma(token: Token) -> str:
    adjective = token.lower_ in _set("states") and (token.pos_ == "ADJ" or token.lower_ == "missing")
    lemma = token.lower_ if adjective else token.lemma_.lower()
    # "Took part", "took leave": the verb alone says nothing.
    taken = next((each.lower_ for each in token.children if each.dep_ == "dobj" and each.tag_ == "NN"), None)
    turned = taken if lemma == "take" and taken else _turned(token)
    return f"{lemma} {turned}" if turned else lemma


def _told(verb: Token) -> str:
    """Return a verb in its dictionary form, with "not" and with a second verb that shares its subject."""
    first = _lemma(verb)
    for child in verb.children:
        shared = child.dep_ == "conj" and child.pos_ == "VERB" and child.tag_ == verb.tag_
        if shared and 0 < child.i - verb.i <= 2 and _same_subject(child):
            link = next((each.lower_ for each in verb.children if each.dep_ == "cc"), "and")
            first = f"{first} {link} {_lemma(child)}"
            break
    denied = any(each.dep_ == "neg" for each in verb.children) or any(
        each.dep_ == "neg" for each in verb.head.children if verb.dep_ in _DOWN
    )
    return f"not {first}" if denied else first
