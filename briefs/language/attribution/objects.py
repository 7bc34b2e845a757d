"""What a verb attributes that is no clause: a noun phrase ("denied the charge"), what it is judged to be."""

from spacy.tokens import Token

from briefs.domain.spans import Span
from briefs.language.attribution.found import bounds, child, children
from briefs.language.attribution.lexicon import lexicon
from briefs.language.parse import ParsedSentence
from briefs.language.roles import roles

_CITING = frozenset({"cite", "quote", "invoke"})


def objects(sentence: ParsedSentence, verb: Token) -> tuple[Span, ...]:
    """Return the noun phrase that a verb attributes, or nothing."""
    verbs, lemma = lexicon().verbs, verb.lemma_.lower()
    thing = child(verb, "dobj")
    if thing is not None and _says_nothing(thing, lemma):
        return ()
    stated = judged(verb)
    if stated is not None and thing is not None and thing.i < stated.i:
        return (bounds(sentence, thing.left_edge, stated.right_edge),)
    if lemma in verbs.object and thing is not None and thing.i > verb.i:
        return (bounds(sentence, thing.left_edge, thing.right_edge),)
    wanted = verbs.preposition.get(lemma, frozenset())
    for each in children(verb, "prep", "prt"):
        inner = child(each, "pobj", "pcomp") if each.lower_ in wanted and each.i > verb.i else None
        if inner is not None:
            return (bounds(sentence, inner.left_edge, inner.right_edge),)
    return ()


def _says_nothing(thing: Token, lemma: str) -> bool:
    """Tell whether the object is no content: "defend itself", "requested anonymity", "quoting sources"."""
    empty = thing.lower_.endswith(("self", "selves")) or thing.lower_ == "anonymity"
    return empty or (lemma in _CITING and _is_source(thing))


def _is_source(noun: Token) -> bool:
    """Tell whether what is cited is itself a source, so that it belongs to the chain and says nothing."""
    known, lemma = roles(), noun.lemma_.lower()
    return known.human(lemma) or lemma in known.documents or lemma in known.media or lemma in known.bodies


def judged(verb: Token) -> Token | None:
    """Return the preposition phrase that says as what, or for what, something is judged."""
    wanted = lexicon().verbs.judgement.get(verb.lemma_.lower(), frozenset())
    return next(
        (each for each in children(verb, "prep", "prt") if each.lower_ in wanted and each.i > verb.i), None
    )
