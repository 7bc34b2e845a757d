"""The words of a reported clause: without the "he said" in its midst, and with what goes on after it."""

import re

from spacy.tokens import Token

from briefs.domain.spans import Span
from briefs.language.attribution.found import Phrase, bounds, child, children, trimmed
from briefs.language.attribution.lexicon import lexicon
from briefs.language.parse import FINITE, ParsedSentence

_FINITE = FINITE | {"MD"}
_TAIL = 8
"""Words that may follow a closing "he said": "in a statement on Monday"."""


def clausal(
    sentence: ParsedSentence, verb: Token, clause: Token, source: Phrase | None, text: str
) -> tuple[Span, ...]:
    """Return the pieces of a reported clause, without the "he said" that may stand within it."""
    whole = bounds(sentence, clause.left_edge, clause.right_edge)
    inner = _frame(sentence, verb, source)
    thing = child(verb, "dobj")
    if (
        thing is not None
        and verb.i < thing.i < clause.i
        and verb.lemma_.lower() not in lexicon().verbs.recipient
    ):
        # "revealed a worse figure: half the staff had left": what is said begins with the noun.
        whole = Span(start=bounds(sentence, thing.left_edge, thing).start, end=whole.end)
        inner = sentence.place(verb)
    if clause.i < verb.i and verb.dep_ == "ROOT":
        # "A happened, but B did, she said": the parser may give her only one of the clauses.
        whole = Span(start=sentence.sentence.start, end=max(whole.end, inner.start))
    pieces: list[Span | None] = []
    if clause.i > verb.i:
        whole = _before_more(sentence, clause, whole)
        whole = whole.model_copy(update={"end": whole.start + len(_LINK.sub("", whole.of(text)))})
    elif whole.end <= inner.start:
        after = trimmed(text, inner.end, sentence.sentence.end)
        if after is not None and _opens_anew(sentence, text, inner):
            return (after,)
        resumed = resumption(text, inner.end, sentence.sentence.end)
        pieces = [trimmed(text, whole.start, whole.end), resumed]
        return tuple(piece for piece in pieces if piece is not None)
    if whole.end <= inner.start or whole.start >= inner.end:
        pieces.append(trimmed(text, whole.start, whole.end))
    else:
        if whole.start < inner.start:
            pieces.append(trimmed(text, whole.start, inner.start))
        if whole.end > inner.end:
            pieces.append(trimmed(text, inner.end, whole.end))
    return tuple(piece for piece in pieces if piece is not None)


def _before_more(sentence: ParsedSentence, clause: Token, whole: Span) -> Span:
    """Return a clause without a second report that the parser joins to it: "he was ready and said that …"."""
    for each in children(clause, "conj"):
        said = each.lemma_.lower() in lexicon().verbs.speech and child(each, "ccomp") is not None
        if said and each.tag_ in FINITE and child(each, "nsubj", "aux") is None and each.i > clause.i + 1:
            last = each.left_edge.nbor(-1)
            while last.i > clause.i and (last.dep_ == "cc" or last.is_punct):
                last = last.nbor(-1)
            return Span(start=whole.start, end=max(whole.start + 1, sentence.place(last).end))
    return whole


def _opens_anew(sentence: ParsedSentence, text: str, frame: Span) -> bool:
    """Tell whether a report begins after a colon or a dash: "He was hard - a driver said he read bills"."""
    if text[sentence.sentence.start : frame.start].rstrip()[-1:] not in _STOPS:
        return False
    return any(
        token.tag_ in _FINITE and sentence.place(token).start >= frame.end for token in sentence.tokens
    )


_LINK = re.compile(r"(?<=\w)[,;]? (?:and|but|or)$")
"""What the parser leaves behind at the end of a clause."""
_STOPS = (":", ";", "—", "–", "-")
_RESUMED = re.compile(
    r"[^,;:.“”\"]{0,60}[,;] +(?=(?:that|because|while|though|although|since|if|unless|rather|whether)\b)"
)


def resumption(text: str, start: int, end: int) -> Span | None:
    """Return what goes on with a report after an aside: "He will go, she said, because …", or none."""
    found = _RESUMED.match(text, start, end)
    return trimmed(text, found.end(), end) if found is not None else None


def _frame(sentence: ParsedSentence, verb: Token, source: Phrase | None) -> Span:
    """Return the words of the reporting clause itself: subject, auxiliaries and verb."""
    place = sentence.place(verb)
    start, end = place.start, place.end
    for each in verb.children:
        if each.dep_ in ("aux", "neg", "advmod", "dobj", "dative", "npadvmod") and abs(each.i - verb.i) < 12:
            # "told councillors that …": the parser may hang what was told on the councillors.
            whole = child(each, "acl", "relcl", "ccomp") is None
            span = bounds(sentence, each.left_edge, each.right_edge if whole else each)
            start, end = min(start, span.start), max(end, span.end)
    if source is not None and source.sentence is sentence and source.head.sent.start == verb.sent.start:
        start, end = min(start, source.span.start), max(end, source.span.end)
    return Span(start=start, end=end)


def around(sentence: ParsedSentence, verb: Token, source: Phrase | None, text: str) -> tuple[Span, ...]:
    """Return what stands before and after a "he said" that the parser took for an aside, or nothing."""
    if source is None or source.antecedent is not None or verb.tag_ == "VBG":
        return ()
    own = child(verb, "nsubj")
    beside = (
        own is None
        and source.head.ent_type_ == "PERSON"
        and source.head.i < verb.i
        and verb.dep_ in ("ROOT", "conj")
    )
    if (own is None and not beside) or verb.dep_ not in ("ROOT", "parataxis", "ccomp", "conj", "advcl"):
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
