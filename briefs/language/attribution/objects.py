"""What a verb attributes that is no clause: a noun phrase ("denied the charge"), what it is judged to be."""

from spacy.tokens import Token

from briefs.domain.spans import Span
from briefs.language.attribution.found import Phrase, bounds, child, children
from briefs.language.attribution.lexicon import lexicon
from briefs.language.parse import ParsedSentence
from briefs.language.roles import roles

_CITING = frozenset({"cite", "quote", "invoke"})
_POWERS = frozenset({"may", "might", "can", "could", "must", "should", "shall"})


def objects(sentence: ParsedSentence, verb: Token) -> tuple[Span, ...]:
    """Return the noun phrase that a verb attributes, or nothing."""
    verbs, lemma = lexicon().verbs, verb.lemma_.lower()
    thing = child(verb, "dobj")
    if thing is not None and _says_nothing(thing, lemma):
        return ()
    stated = judged(verb)
    if stated is not None and thing is not None and thing.i < stated.i:
        return (bounds(sentence, thing.left_edge, stated.right_edge),)
    if lemma == "report" and (verb.dep_ == "conj" or verb.tag_ in ("VB", "VBG")):
        # "Inspectors came and reported no faults": what they did, not what they say.
        return ()
    if lemma in verbs.object and thing is not None and thing.i > verb.i:
        return (bounds(sentence, thing.left_edge, _reasoned(verb, thing)),)
    wanted = verbs.preposition.get(lemma, frozenset())
    for each in children(verb, "prep", "prt"):
        inner = child(each, "pobj", "pcomp") if each.lower_ in wanted and each.i > verb.i else None
        if inner is not None:
            return (bounds(sentence, inner.left_edge, inner.right_edge),)
    return ()


def _reasoned(verb: Token, thing: Token) -> Token:
    """Return the last word of what is praised or attacked, with as what or for what: "it as a trick"."""
    for each in children(verb, "prep"):
        if each.i == thing.right_edge.i + 1 and each.lower_ in _REASONS:
            return each.right_edge
    return thing.right_edge


_REASONS = frozenset({"about", "against", "as", "for", "over"})


def borne(sentence: ParsedSentence, verb: Token, source: Phrase) -> tuple[Span, ...]:
    """Return what a document lists, gives or records, or nothing: "the register lists 40 names"."""
    known = lexicon()
    if verb.lemma_.lower() not in known.verbs.document or source.head.lemma_.lower() not in known.bearers:
        return ()
    thing = child(verb, "ccomp", "dobj")
    if thing is None or thing.i < verb.i:
        return ()
    return (bounds(sentence, thing.left_edge, thing.right_edge),)


def _says_nothing(thing: Token, lemma: str) -> bool:
    """Tell whether the object is no content: "defend itself", "requested anonymity", "quoting sources"."""
    empty = thing.lower_.endswith(("self", "selves")) or thing.lower_ == "anonymity"
    modal = child(thing.head, "aux")
    if modal is not None and modal.lower_ in _POWERS:
        # "Courts may deny bail": a power, nothing that was said.
        return True
    return empty or (lemma in _CITING and _is_source(thing))


def _is_source(noun: Token) -> bool:
    """Tell whether what is cited is itself a source, so that it belongs to the chain and says nothing."""
    known, lemma = roles(), noun.lemma_.lower()
    return known.human(lemma) or lemma in known.documents or lemma in known.media or lemma in known.bodies


def judged(verb: Token) -> Token | None:
    """Return the preposition phrase that says as what, or for what, something is judged."""
    wanted = lexicon().verbs.judgement.get(verb.lemma_.lower(), frozenset())
    thing = child(verb, "dobj")
    # The parser may hang "as …" on the thing that is judged.
    beside = children(thing, "prep") if thing is not None and "as" in wanted else []
    places = [*children(verb, "prep", "prt"), *(each for each in beside if each.lower_ == "as")]
    return next((each for each in places if each.lower_ in wanted and each.i > verb.i), None)
