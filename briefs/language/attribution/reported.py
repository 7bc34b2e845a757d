"""Indirect speech and thought: what a verb's own grammar says it attributes."""

from collections.abc import Iterator

from spacy.tokens import Token

from briefs.domain.spans import Span
from briefs.language.attribution.found import Found, Phrase, bounds, child, children, trimmed
from briefs.language.attribution.lexicon import lexicon
from briefs.language.attribution.sources import agent, phrase, subject
from briefs.language.parse import ParsedSentence

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_TAIL = 8
"""Words that may follow a closing "he said": "in a statement on Monday"."""


def reported(sentence: ParsedSentence, index: int, text: str) -> Iterator[Found]:
    """Yield the attributions that the verbs of one sentence make by their grammar."""
    verbs = lexicon().verbs
    for token in sentence.tokens:
        if token.pos_ != "VERB" or token.lemma_.lower() not in verbs.every:
            continue
        found = (
            _passive(sentence, index, token) if _is_passive(token) else _active(sentence, index, token, text)
        )
        if found is not None:
            yield found


def _is_passive(verb: Token) -> bool:
    if child(verb, "nsubjpass", "auxpass") is not None:
        return True
    bare = verb.tag_ == "VBN" and child(verb, "aux", "nsubj") is None
    return bare and verb.dep_ in ("acl", "advcl", "relcl", "ROOT")


def _passive(sentence: ParsedSentence, index: int, verb: Token) -> Found | None:
    verbs, lemma = lexicon().verbs, verb.lemma_.lower()
    source = agent(sentence, verb)
    about = child(verb, "nsubjpass")
    if about is None and verb.dep_ == "acl":
        about = None
    clause = child(verb, "ccomp")
    if clause is not None and lemma in verbs.clause and clause.i > verb.i:
        return Found(
            index,
            source,
            sentence.place(verb),
            verb,
            (bounds(sentence, clause.left_edge, clause.right_edge),),
        )
    if about is None or about.lower_ in ("it", "there"):
        return None
    rest: Token | None = None
    if lemma in verbs.unsourced or source is not None:
        rest = child(verb, "xcomp", "oprd")
    if rest is None and lemma in verbs.judgement:
        rest = _judged(verb)
    topic = phrase(sentence, about, before=verb)
    if topic is None:
        return None
    if rest is not None and rest.i > verb.i and (lemma in verbs.unsourced or source is not None):
        pieces = (topic.span, bounds(sentence, rest.left_edge, rest.right_edge))
        return Found(index, source, sentence.place(verb), verb, pieces)
    if source is not None and lemma in verbs.object:
        return Found(index, source, sentence.place(verb), verb, (topic.span,))
    return None


def _judged(verb: Token) -> Token | None:
    """Return the preposition phrase that says as what, or for what, something is judged."""
    wanted = lexicon().verbs.judgement.get(verb.lemma_.lower(), frozenset())
    return next(
        (each for each in children(verb, "prep", "prt") if each.lower_ in wanted and each.i > verb.i), None
    )


def _active(sentence: ParsedSentence, index: int, verb: Token, text: str) -> Found | None:
    if any(each.lower_ in lexicon().adverbs for each in children(verb, "advmod")):
        return None
    source = subject(sentence, verb)
    content = _content(sentence, verb, source, text)
    if not content:
        return None
    if source is not None and any(source.span.start >= c.start and source.span.end <= c.end for c in content):
        return None
    return Found(index, source, _cue(sentence, verb), verb, content)


def _cue(sentence: ParsedSentence, verb: Token) -> Span:
    particle = child(verb, "prt")
    if particle is not None and particle.i == verb.i + 1:
        return bounds(sentence, verb, particle)
    return sentence.place(verb)


def _content(sentence: ParsedSentence, verb: Token, source: Phrase | None, text: str) -> tuple[Span, ...]:
    verbs, lemma = lexicon().verbs, verb.lemma_.lower()
    clause = child(verb, "ccomp")
    if clause is not None and clause.left_edge.lower_ == "which" and clause.i > verb.i:
        clause = None
    if clause is not None and lemma in verbs.clause | verbs.directive:
        return _clause(sentence, verb, clause, source, text)
    if lemma in verbs.clause:
        around = _around(sentence, verb, source, text)
        if around:
            return around
    if lemma in verbs.naming:
        named = child(verb, "oprd") or child(verb, "ccomp")
        thing = child(verb, "dobj") or named
        if named is not None and thing is not None and named.i > verb.i:
            return (_between(sentence, thing.left_edge, named.right_edge),)
    open_clause = child(verb, "xcomp")
    if open_clause is not None and open_clause.i > verb.i:
        thing = child(verb, "dobj")
        if lemma in verbs.directive and thing is not None and verb.i < thing.i < open_clause.i:
            return (_between(sentence, thing.left_edge, open_clause.right_edge),)
        if lemma in verbs.infinitive or lemma in verbs.recipient or lemma in verbs.directive:
            return (bounds(sentence, open_clause.left_edge, open_clause.right_edge),)
    return _nominal(sentence, verb)


def _between(sentence: ParsedSentence, first: Token, last: Token) -> Span:
    return bounds(sentence, first, last) if first.i <= last.i else bounds(sentence, last, first)


def _nominal(sentence: ParsedSentence, verb: Token) -> tuple[Span, ...]:
    verbs, lemma = lexicon().verbs, verb.lemma_.lower()
    thing = child(verb, "dobj")
    judged = _judged(verb)
    if judged is not None and thing is not None and thing.i < judged.i:
        return (_between(sentence, thing.left_edge, judged.right_edge),)
    if thing is not None and (thing.lower_.endswith(("self", "selves")) or thing.lower_ == "anonymity"):
        return ()
    if lemma in verbs.object and thing is not None and thing.i > verb.i:
        return (bounds(sentence, thing.left_edge, thing.right_edge),)
    wanted = verbs.preposition.get(lemma)
    if wanted is None:
        return ()
    for each in children(verb, "prep", "prt"):
        if each.lower_ in wanted and each.i > verb.i:
            inner = child(each, "pobj", "pcomp")
            if inner is not None:
                return (bounds(sentence, inner.left_edge, inner.right_edge),)
    return ()


def _clause(
    sentence: ParsedSentence, verb: Token, clause: Token, source: Phrase | None, text: str
) -> tuple[Span, ...]:
    """Return the pieces of a reported clause, without the "he said" that may stand within it."""
    whole = bounds(sentence, clause.left_edge, clause.right_edge)
    inner = _frame(sentence, verb, source)
    pieces: list[Span | None] = []
    if whole.end <= inner.start or whole.start >= inner.end:
        pieces.append(trimmed(text, whole.start, whole.end))
    else:
        if whole.start < inner.start:
            pieces.append(trimmed(text, whole.start, inner.start))
        if whole.end > inner.end:
            pieces.append(trimmed(text, inner.end, whole.end))
    return tuple(piece for piece in pieces if piece is not None)


def _frame(sentence: ParsedSentence, verb: Token, source: Phrase | None) -> Span:
    """Return the words of the reporting clause itself: subject, auxiliaries and verb."""
    place = sentence.place(verb)
    start, end = place.start, place.end
    for each in verb.children:
        if each.dep_ in ("aux", "neg", "advmod", "dobj", "dative", "npadvmod") and abs(each.i - verb.i) < 12:
            span = bounds(sentence, each.left_edge, each.right_edge)
            start, end = min(start, span.start), max(end, span.end)
    if source is not None and source.sentence is sentence and source.head.sent.start == verb.sent.start:
        start, end = min(start, source.span.start), max(end, source.span.end)
    return Span(start=start, end=end)


def _around(sentence: ParsedSentence, verb: Token, source: Phrase | None, text: str) -> tuple[Span, ...]:
    """Return what stands before and after a "he said" that the parser took for an aside, or nothing."""
    if source is None or source.antecedent is not None or verb.tag_ == "VBG":
        return ()
    own = child(verb, "nsubj")
    if own is None or verb.dep_ not in ("ROOT", "parataxis", "ccomp", "conj", "advcl"):
        return ()
    frame = _frame(sentence, verb, source)
    whole = sentence.sentence
    before = trimmed(text, whole.start, frame.start)
    after_text = text[frame.end : whole.end]
    framed = [t for t in sentence.tokens if sentence.offset + t.idx < frame.start]
    goes_on = after_text.lstrip().startswith(",")
    final = len(after_text.split()) <= _TAIL
    if (
        before is not None
        and text[before.end : frame.start].strip().startswith(",")
        and ((final and any(t.tag_ in _FINITE for t in framed)) or goes_on)
    ):
        pieces = [before]
        if goes_on:
            after = trimmed(text, frame.end, whole.end)
            if after is not None:
                pieces.append(after)
        return tuple(pieces)
    if child(verb, "dobj", "xcomp", "oprd") is not None:
        return ()
    rest = [
        token for token in sentence.tokens if token.i > verb.i and sentence.place(token).start >= frame.end
    ]
    if verb.lemma_ == "say" and any(token.tag_ in _FINITE for token in rest):
        after = trimmed(text, frame.end, whole.end)
        return (after,) if after is not None else ()
    return ()
