"""Third-person pronouns: which of the people named before can be meant, or nobody if two can."""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from spacy.tokens import Token

from briefs.domain.spans import Span
from briefs.language.gender import Gender
from briefs.language.parse import SUBJECTS

PRONOUNS: Mapping[str, Gender] = {
    "he": "he",
    "him": "he",
    "his": "he",
    "himself": "he",
    "she": "she",
    "her": "she",
    "hers": "she",
    "herself": "she",
}
_BACK = 3
"""How many sentences back an antecedent may stand."""


class Mentioned(NamedTuple):
    """A name, or a word that stands for it, where the article has it."""

    name: str
    label: Literal["PERSON", "ORG", "PLACE", "GROUP", "EVENT", "LAW", "WORK", "OTHER"]
    span: Span
    """Where the name itself stands, also for a pronoun."""
    role: str | None
    number: int
    """Of its sentence, counting those that are not wholly quoted."""
    token: Token
    """Its first word."""
    resolved: bool
    """A pronoun or description."""


def antecedent(
    token: Token, index: int, gender: Gender, seen: Sequence[Mentioned], known: Mapping[str, Gender]
) -> Mentioned | None:
    """Return the person that a pronoun stands for, or none where nobody or two people can be meant."""
    by_sentence: dict[int, list[Mentioned]] = {}
    for mention in reversed(seen):
        if mention.number < index - _BACK:
            break
        if mention.label == "PERSON" and known.get(mention.name, gender) == gender:
            by_sentence.setdefault(mention.number, []).append(mention)
    for number in range(index, index - _BACK - 1, -1):
        here = by_sentence.get(number)
        if not here:
            continue
        here = here[::-1]
        names = {mention.name for mention in here}
        if len(names) == 1:
            return None if number == index and _objects_itself(token, here[-1]) else here[-1]
        # Two people: the subject of the sentence goes on, if it is one of them and no other is a subject.
        subjects = [mention for mention in here if _is_subject(mention.token)]
        settled = {mention.name for mention in here if mention.name in known}
        if len({mention.name for mention in subjects}) == 1 and (
            token.dep_ in SUBJECTS or len(settled) == len(names)
        ):
            return subjects[-1]
        return None
    return None


def _is_subject(token: Token) -> bool:
    following = token
    while following.i + 1 < len(token.doc) and (following.pos_ == "PROPN" or following.i == token.i):
        following = following.nbor(1)
        if following.tag_ in ("VBD", "VBZ") and following.ent_type_ == "":
            return True
        if following.pos_ not in ("PROPN", "ADV"):
            break
    node = token
    for _ in range(5):
        if node.dep_ in SUBJECTS:
            return True
        if node.dep_ not in ("compound", "appos", "flat", "nmod", "amod"):
            return False
        node = node.head
    return False


def _objects_itself(token: Token, mention: Mentioned) -> bool:
    """Tell whether "him" would stand beside the subject it cannot mean: "Roe praised him"."""
    if token.dep_ not in ("dobj", "dative", "pobj") or token.lower_.endswith("self"):
        return False
    verb = token.head if token.dep_ != "pobj" else token.head.head
    return any(
        child.dep_ in SUBJECTS and child.left_edge.i <= mention.token.i <= child.i for child in verb.children
    )
