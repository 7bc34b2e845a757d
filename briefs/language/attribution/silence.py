"""Where somebody is said to say nothing: "declined to comment", "did not respond to questions"."""

from spacy.tokens import Token

from briefs.language.attribution.found import child, children
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
