"""Definite descriptions ("the agency", "the deputy") that stand for the one name they fit."""

from collections.abc import Sequence
from typing import NamedTuple

from spacy.tokens import Token

from briefs.domain.spans import Span
from briefs.language.parse import ParsedSentence
from briefs.language.pronouns import Mentioned
from briefs.language.roles import roles


class Described(NamedTuple):
    """A description and the mention it stands for."""

    mention: Mentioned
    span: Span


def description(sentence: ParsedSentence, noun: Token, seen: Sequence[Mentioned]) -> Described | None:
    """Return what "the …" with the head `noun` stands for, or none where none or several names fit."""
    known, lemma = roles(), noun.lemma_.lower()
    if not (lemma in known.media or lemma in known.bodies or lemma in known.people):
        return None
    first = noun.left_edge
    if first.lower_ not in ("the", "this") or noun.i - first.i > 3 or noun.tag_ in ("NNS", "NNPS"):
        return None
    if noun.dep_ in ("compound", "nmod", "appos") or _narrowed(noun):
        return None
    modifiers = [token.lower_ for token in noun.doc[first.i + 1 : noun.i]]
    if lemma in known.people:
        fitting = [m for m in seen if m.label == "PERSON" and _has_office(m.role, lemma, modifiers)]
    else:
        fitting = [m for m in seen if m.label == "ORG" and not modifiers and _is_such(m.name, lemma)]
    if len({mention.name for mention in fitting}) != 1:
        return None
    start, end = sentence.offset + first.idx, sentence.offset + noun.idx + len(noun)
    return Described(fitting[-1], Span(start=start, end=end))


def _narrowed(noun: Token) -> bool:
    """Tell whether more words say which one is meant: "the ministry of X", "the mayor, Jane Roe"."""
    return any(
        each.i > noun.i
        and (each.dep_ in ("relcl", "acl", "appos") or (each.dep_ == "prep" and each.lower_ == "of"))
        for each in noun.children
    )


def _has_office(role: str | None, lemma: str, modifiers: Sequence[str]) -> bool:
    words = (role or "").lower().replace("’s", "").replace("'s", "").split()
    return lemma in words and all(word in words for word in modifiers)


def _is_such(name: str, lemma: str) -> bool:
    """Tell whether a name's own words, or the list of outlets, say that it is an agency, a ministry, …."""
    known = roles()
    words = [word.lower() for word in name.split()]
    if lemma in words:
        return True
    outlet = name in known.outlets or any(word in known.media_marks for word in name.split())
    return outlet and lemma in known.media
