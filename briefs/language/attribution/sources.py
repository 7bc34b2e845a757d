"""The source of a cue by grammar: the subject of a verb, the agent of a passive, the owner of a noun."""

from spacy.tokens import Token

from briefs.domain.spans import Span
from briefs.language.attribution.found import Phrase, child, children
from briefs.language.attribution.lexicon import lexicon
from briefs.language.parse import FINITE, ParsedSentence

_CLIMB = frozenset({"conj", "xcomp", "advcl", "pcomp", "prep", "dep", "ccomp", "parataxis"})
_RELATIVE = frozenset({"who", "that", "which"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X"})
_HOPS = 8
"""How far a verb without a subject is followed upwards; a bound that keeps runaway parses linear."""


def subject(sentence: ParsedSentence, verb: Token) -> Phrase | None:
    """Return who does what `verb` says, its own subject or the one it shares, or none."""
    node = _speaker_of(verb) or verb
    for _ in range(_HOPS):
        own = _own(node)
        if own is not None and own.i != verb.i:
            passive = (
                own.dep_ == "nsubjpass" and node.i != verb.i and verb.tag_ == "VBG" and verb.dep_ != "pcomp"
            )
            return (agent(sentence, node) if passive else None) or _subject(sentence, own, node, verb)
        beside = _beside(sentence, node) if node.tag_ in FINITE else None
        if beside is not None:
            return beside
        if node.dep_ in ("acl", "relcl"):
            if node.head.pos_ in _NOUNS and node.left_edge.lower_ != "to":
                return phrase(sentence, node.head, before=node.left_edge)
            return None
        if node.dep_ not in _CLIMB or node.head.i == node.i:
            return None
        node = node.head
    return None


def _speaker_of(verb: Token) -> Token | None:
    """Return the reporting verb that a closing ", adding that …" goes with, however the parser hangs it."""
    if verb.tag_ != "VBG" or verb.i == 0 or verb.nbor(-1).text != "," or verb.dep_ == "conj":
        return None
    node = verb
    for _ in range(_HOPS):
        if node.head.i == node.i:
            return None
        node = node.head
        if (
            node.i < verb.i
            and node.lemma_.lower() in lexicon().verbs.speech
            and child(node, "nsubj") is not None
        ):
            return node
    return None


def _own(verb: Token) -> Token | None:
    """Return the subject among a verb's children; "they" rather than "which" in "which they claim"."""
    own = [each for each in verb.children if each.dep_ in ("nsubj", "nsubjpass") and each.lower_ != "whom"]
    plain = [each for each in own if each.lower_ not in _RELATIVE and each.i < verb.i]
    if len(own) > 1 and plain:
        return plain[-1]
    return own[0] if own else None


def _beside(sentence: ParsedSentence, verb: Token) -> Phrase | None:
    """Return the name or pronoun right before a finite verb that the parser left without a subject."""
    index, low = _past_aside(verb, sentence.tokens.start) - 1, sentence.tokens.start
    while index >= low and verb.doc[index].pos_ in ("ADV", "AUX") and verb.doc[index].is_lower:
        index -= 1
    last = index
    while index >= low and _is_name(verb.doc[index], low):
        index -= 1
    if index == last and last >= low and verb.doc[last].lower_ in ("he", "she", "they", "it"):
        index -= 1
    if index == last or last < low:
        return None
    first = verb.doc[index + 1]
    end = verb.doc[last]
    start = sentence.offset + first.idx
    return Phrase(Span(start=start, end=sentence.offset + end.idx + len(end)), end, sentence)


def _past_aside(verb: Token, low: int) -> int:
    """Return a verb's place, or that of the comma before an aside to its left: "Roe, who left, said"."""
    document = verb.doc
    if verb.i - 1 <= low or document[verb.i - 1].text != ",":
        return verb.i
    for index in range(verb.i - 2, max(low, verb.i - _ASIDE), -1):
        if document[index].text == ",":
            relative = document[index + 1].lower_ in ("who", "whose", "whom")
            finite = any(token.tag_ in FINITE for token in document[index + 1 : verb.i - 1])
            if relative or not finite:
                return index
    return verb.i


_ASIDE = 20
"""Words of an aside at most."""


def _is_name(token: Token, first: int) -> bool:
    """Tell whether a word looks like a name, whatever the tagger makes of it."""
    following = token.i + 2 < len(token.doc) and token.nbor(1).text == ","
    named = token.pos_ == "PROPN" or token.ent_type_ == "PERSON"
    named = named or (bool(following) and token.is_title and token.nbor(2).lower_ in ("who", "whose"))
    return named or (
        token.is_title and token.is_alpha and (token.i > first or token.pos_ not in ("ADV", "SCONJ"))
    )


def _subject(sentence: ParsedSentence, own: Token, node: Token, verb: Token) -> Phrase | None:
    if own.lower_ in _RELATIVE and own.pos_ != "DET":
        if node.dep_ == "relcl":
            return Phrase(sentence.place(own), own, sentence, node.head)
        return Phrase(sentence.place(own), own, sentence)
    if own.lower_ in ("it", "there", "what") and own.dep_ == "expl":
        return None
    return phrase(sentence, own, before=verb if own.i < verb.i else None)


def hearsay(verb: Token) -> Token | None:
    """Return the "reportedly" with which somebody unnamed passes on what somebody said, or none."""
    if (
        verb.pos_ != "VERB"
        or verb.lemma_.lower() not in lexicon().verbs.speech
        or child(verb, "nsubj") is None
    ):
        return None
    return next((each for each in children(verb, "advmod") if each.lower_ in lexicon().hearsay), None)


def agent(sentence: ParsedSentence, verb: Token) -> Phrase | None:
    """Return who does it in the passive ("by some"), or none."""
    marker = child(verb, "agent")
    if marker is None:
        return None
    noun = child(marker, "pobj")
    return phrase(sentence, noun) if noun is not None else None


def owner(sentence: ParsedSentence, noun: Token) -> Phrase | None:
    """Return whose claim, statement or plan `noun` is: "X's claim", "a claim by X", "a warning from X"."""
    for each in noun.children:
        if each.dep_ == "poss":
            return phrase(sentence, each)
        if each.dep_ in ("prep", "agent") and each.lower_ in ("by", "from", "among"):
            inner = child(each, "pobj")
            if inner is not None:
                return phrase(sentence, inner)
    return None


def phrase(sentence: ParsedSentence, head: Token, before: Token | None = None) -> Phrase | None:
    """Return the noun phrase of `head`, cut before the token `before` and before stray clauses."""
    first, last = head.left_edge.i, head.right_edge.i
    document, low = head.doc, sentence.tokens.start
    first = max(first, low)
    if before is not None:
        last = min(last, before.i - 1)
    for each in head.children:
        # A clause that the parser hangs on a name by "and" is a sentence of its own, not the source.
        if each.dep_ in ("conj", "ccomp", "parataxis") and each.pos_ in ("VERB", "AUX") and each.i > head.i:
            last = min(last, each.left_edge.i - 1)
    if document[first].lower_ == "who" and head.i > first > low and document[first - 1].pos_ == "NOUN":
        # "Soldiers who desert often cite …": the parser may take the verb for the noun.
        head = document[first - 1]
        first, last = max(head.left_edge.i, low), max(last, head.i)
    while first < head.i and (
        document[first].is_punct or document[first].dep_ in ("mark", "advmod", "cc", "punct")
    ):
        first += 1
    while last > head.i and (
        document[last].is_punct or document[last].is_space or document[last].dep_ in _TAIL
    ):
        if document[last].text in (")", "]"):
            break
        last -= 1
    last = max(last, head.i)
    span = Span(
        start=sentence.offset + document[first].idx,
        end=sentence.offset + document[last].idx + len(document[last]),
    )
    return Phrase(span, head, sentence)


_TAIL = frozenset({"aux", "auxpass", "advmod", "cc", "punct", "neg", "case"})
