"""Where nothing is said: "declined to comment", "no longer believe", "crews who leave often cite"."""

from spacy.tokens import Token

from briefs.language.attribution.found import Phrase, child, children
from briefs.language.attribution.lexicon import lexicon


def silent(verb: Token) -> bool:
    """Tell whether a verb says that nothing was said, or that somebody was asked to say something."""
    known, lemma = lexicon().silence, verb.lemma_.lower()
    if lemma in known.refusals:
        clause = child(verb, "xcomp")
        return clause is not None and clause.lemma_.lower() in known.verbs and not _that(clause)
    refused = verb.dep_ == "xcomp" and verb.head.lemma_.lower() in known.refusals
    if lemma in known.verbs and (refused or child(verb, "neg") is not None):
        return not _that(verb)
    if lemma in ("ask", "refer", "respond", "reply"):
        return any(noun.lemma_.lower() in known.requests for noun in _objects(verb))
    return False


def ceased(verb: Token) -> bool:
    """Tell whether a verb only tells what somebody has stopped thinking, or thinks instead.

    "No longer believe in the dam and consider it useless" describes them; nobody is said to have said so.
    """
    if verb.lemma_.lower() not in lexicon().ceased:
        return False
    joined = [verb, *children(verb, "conj"), *([verb.head] if verb.dep_ == "conj" else [])]
    return any(each.lemma_.lower() in lexicon().ceased and _no_longer(each) for each in joined)


def generalises(source: Phrase, verb: Token) -> bool:
    """Tell whether the article only tells what people of a kind do: "crews who leave often cite"."""
    noun = source.antecedent or source.head
    if verb.tag_ != "VBP" or noun.tag_ != "NNS" or noun.left_edge.i != noun.i or noun.i + 1 >= len(noun.doc):
        return False
    usual = verb.nbor(-1).lower_ in lexicon().habits
    return usual and noun.i < verb.i and noun.nbor(1).lower_ in ("who", "that")


def _no_longer(verb: Token) -> bool:
    return any(
        each.lower_ == "anymore"
        or (each.lower_ in ("longer", "more") and each.i > 0 and each.nbor(-1).lower_ in ("no", "any"))
        for each in children(verb, "advmod", "neg")
    )


def _that(verb: Token) -> bool:
    """Tell whether a clause follows that could be true: "did not say that the yard was safe"."""
    clause = child(verb, "ccomp")
    return clause is not None and clause.left_edge.lower_ not in _OPEN


_OPEN = frozenset({"how", "why", "whether", "when", "where", "who", "what", "which", "if"})


def _objects(verb: Token) -> list[Token]:
    things = children(verb, "dobj")
    for each in children(verb, "prep", "dative"):
        things += children(each, "pobj")
    # "asked the bidder, X, for comment": the parser may hang "for comment" on the name.
    for thing in list(things):
        things += [noun for each in children(thing, "prep") for noun in children(each, "pobj")]
    return things
