"""Modal verbs that are no guess at what will come: what could be done once, what a law lets people do.

"Earlier, crews could dock for free", "the clerk could not say" and "the fire may have started below" look
back; "under the bill landlords may raise rents" gives the content of a text.
"""

from functools import cache

from spacy.tokens import Token

from briefs.data import load

_MOST_STEPS = 6
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_WITHIN = frozenset({"ccomp", "xcomp", "advcl"})


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load("modals")[name])


def _past_ability(modal: Token) -> bool:
    """Tell whether "could" says what was or was not possible once: no guess, and no doubt either."""
    verb = modal.head
    if modal.lower_ != "could" or modal.dep_ != "aux":
        return False
    if _perfect(verb):
        return False
    if any(child.dep_ == "neg" for child in verb.children):
        return True
    if any(child.dep_ in _SUBJECTS and child.lower_ in _words("nobody") for child in verb.children):
        return True
    return any(_of_the_past(child, verb) for child in verb.children)


def _of_the_past(child: Token, verb: Token) -> bool:
    """Tell whether a word that hangs on a verb sets it in the past: "previously", "last winter"."""
    if child.lower_ in _words("before_verb"):
        return child.i < verb.i
    said = frozenset(token.lower_ for token in child.subtree)
    return child.dep_ in {"advmod", "npadvmod", "prep"} and (
        child.lower_ in _words("past") or (child.dep_ != "prep" and not said.isdisjoint(_words("past")))
    )


def certain(modal: Token) -> bool:
    """Tell whether a modal verb holds nothing back: it looks back, or gives what a law lets somebody do."""
    return modal.lower_ in _words("guesses") and (_past_ability(modal) or _provided(modal.head))


def foretells(modal: Token) -> bool:
    """Tell whether a modal verb speaks of what may come, and not of what may have been."""
    return not (certain(modal) or (modal.lower_ in _words("guesses") and _perfect(modal.head)))


def _perfect(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ in {"have", "'ve", "’ve"} for child in verb.children)


def _provided(verb: Token) -> bool:
    """Tell whether a verb is what a law, or the bill for one, provides."""
    if any(child.lower_ == "under" and _holds_rule(child) for child in verb.children):
        return True
    for _ in range(_MOST_STEPS):
        if verb.dep_ not in _WITHIN or any(
            child.dep_ == "mark" and child.lower_ != "that" for child in verb.children
        ):
            return False
        verb = verb.head
        if _would_of_a_rule(verb):
            return True
    return False


def _would_of_a_rule(verb: Token) -> bool:
    would = any(child.lower_ == "would" for child in verb.children)
    return would and any(
        child.dep_ in _SUBJECTS and child.lemma_.lower() in _words("rules") for child in verb.children
    )


def _holds_rule(preposition: Token) -> bool:
    return any(child.lemma_.lower() in _words("rules") for child in preposition.children)
