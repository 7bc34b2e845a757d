"""Phrases that say whose a statement is: "according to Roe", "by the town's count", "estimates range"."""

import re

from spacy.tokens import Token

from briefs.domain.spans import Span
from briefs.language.attribution.found import Found, Phrase, bounds, child, children, trimmed
from briefs.language.attribution.lexicon import lexicon
from briefs.language.attribution.sources import owner, phrase, subject
from briefs.language.parse import ParsedSentence
from briefs.language.roles import roles

_HOPS = 8
"""How far a preposition is followed upwards to its clause."""
_OPENS = frozenset({",", "(", ";", ":", "-", "–", "—"})
_POINTING = frozenset({"this", "that", "these", "those", "such", "any", "no", "every", "each"})


def according(sentence: ParsedSentence, index: int, token: Token, to: Token, text: str) -> Found | None:
    """Return what "according to", or a closing "per", attributes; `to` is the last word of the cue."""
    noun = child(to, "pobj") or child(token, "pobj")
    if noun is None or noun.i <= to.i:
        return None
    source = phrase(sentence, noun)
    if source is None:
        return None
    cue = bounds(sentence, token, to)
    whole = _scope(sentence, token)
    before = trimmed(text, whole.start, cue.start) if cue.start > whole.start else None
    after = trimmed(text, source.span.end, whole.end) if whole.end > source.span.end else None
    if before is not None and after is not None and len(text[after.start : after.end].split()) < 3:
        after = None
    if before is not None and len(text[before.start : before.end].split()) < 2:
        before = None
    if before is None and after is None:
        # The parser took the sentence for part of the source: "According to Jane Roe, the yard closed."
        comma = text.find(",", sentence.offset + noun.idx, whole.end)
        if comma < 0:
            return None
        source = source._replace(span=Span(start=source.span.start, end=comma))
        after = trimmed(text, comma, whole.end)
    content = tuple(piece for piece in (before, after) if piece is not None)
    if token is to and (after is not None or not source.head.ent_type_):
        # "per" attributes only at the end and with a name: ", per Corvo News", not ", per head of stock".
        return None
    return Found(index, source, cue, token, content) if content else None


def _scope(sentence: ParsedSentence, token: Token) -> Span:
    """Return the clause that "according to" covers: the relative clause it stands in, or the sentence."""
    node = token
    for _ in range(6):
        if node.dep_ == "relcl":
            return bounds(sentence, node.left_edge, node.right_edge)
        if node.head.i == node.i:
            break
        node = node.head
    return sentence.sentence.place


def counted(sentence: ParsedSentence, index: int, marker: Token, text: str) -> Found | None:
    """Return what "by the town's own count", "on one estimate" or "in Roe's view" attributes.

    A count, an estimate and their like are papers and stand for themselves; a reckoning or a view is its
    owner's. Where those have no owner ("by some accounts"), nobody is named.
    """
    noun = child(marker, "pobj")
    known = lexicon().measured
    if (
        noun is None
        or noun.lemma_.lower() not in known.nouns[marker.lower_]
        or not _stands_aside(marker, noun)
    ):
        return None
    verb = _governing(marker)
    whose = _owner(sentence, noun, verb)
    if whose is None and (marker.lower_ == "in" or not _unowned(noun)):
        return None
    if whose is not None and whose.head.pos_ == "PRON" and verb is not None and _reports(verb):
        # "In her account to the inquiry, the mayor said that …": hers are the words that the verb reports.
        return None
    itself = whose is not None and not noun.is_ancestor(whose.head)
    own = itself or noun.lemma_.lower() in known.spoken
    source = whose if own else phrase(sentence, noun)
    end = _end(sentence, noun)
    if source is not None and not own:
        source = source._replace(span=Span(start=source.span.start, end=min(source.span.end, end)))
    framing = Span(start=sentence.offset + marker.idx, end=end)
    content = _beside(text, _clause(sentence, marker, verb), framing)
    cue = sentence.place(noun if source is None else marker)
    return Found(index, source, cue, marker, content) if content else None


def _beside(text: str, whole: Span, framing: Span) -> tuple[Span, ...]:
    """Return what stands before and after a phrase within its clause, brackets and asides left out."""
    bracket = text[framing.start - 1 : framing.start] == "(" and text[framing.end : framing.end + 1] == ")"
    start, end = framing.start - bracket, framing.end + bracket
    aside = _ASIDE.match(text, end, whole.end)
    end = aside.end() if aside is not None else end
    first, stop = text.rfind(";", whole.start, start) + 1 or whole.start, text.find(";", end, whole.end)
    before = trimmed(text, first, start) if start > first else None
    if before is not None and before.of(text) in _LINKS:
        before = None
    after = trimmed(text, end, stop if stop > 0 else whole.end) if whole.end > end else None
    if after is not None and after.of(text).startswith("according to "):
        after = None
    return tuple(piece for piece in (before, after) if piece is not None)


_LINKS = frozenset({"that", "which", "who", "and", "but"})
_ASIDE = re.compile(r", (?:who|which|whose)\b[^,;]*(?=,)")


def _stands_aside(marker: Token, noun: Token) -> bool:
    """Tell whether a phrase stands aside: at the start, between commas, or last after a figure."""
    tokens = marker.sent
    before = marker.nbor(-1) if marker.i > tokens.start else None
    after = noun.right_edge.nbor(1) if noun.right_edge.i + 1 < tokens.end else None
    closed = after is None or after.is_punct or any(token.text in _OPENS for token in noun.subtree)
    if before is None or before.text == ";":
        return True
    if before.text in _OPENS:
        return closed
    if marker.lower_ != "by" or marker.dep_ == "agent":
        return False
    if before.dep_ in ("cc", "mark", "aux") or before.tag_ in ("WDT", "WP"):
        return True
    figure = any(token.pos_ == "NUM" for token in tokens if token.i < marker.i)
    return closed and figure and before.pos_ in ("NOUN", "NUM", "SYM", "PROPN")


def _reports(verb: Token) -> bool:
    return verb.lemma_.lower() in lexicon().verbs.clause and child(verb, "nsubj") is not None


def _owner(sentence: ParsedSentence, noun: Token, verb: Token | None) -> Phrase | None:
    """Return whose count it is: "the town's count", "the count of the town", not "the count of ballots"."""
    known = roles()
    for each in children(noun, "prep"):
        inner = child(each, "pobj") if each.lower_ == "of" else None
        lemma = inner.lemma_.lower() if inner is not None else ""
        if inner is not None and (inner.ent_type_ in _PARTIES or known.human(lemma) or lemma in known.bodies):
            return phrase(sentence, inner)
    whose = owner(sentence, noun)
    itself = whose is not None and whose.head.pos_ == "PRON" and whose.head.nbor(1).lower_ == "own"
    # "By its own count, the board has sold 40 boats": the board's.
    return (subject(sentence, verb) if itself and verb is not None else None) or whose


_PARTIES = frozenset({"PERSON", "ORG", "NORP", "GPE"})


def _unowned(noun: Token) -> bool:
    """Tell whether the words before a noun make it nobody's in particular: "one estimate", "all accounts"."""
    before = [token.lower_ for token in noun.doc[noun.left_edge.i : noun.i]]
    group = noun.tag_ == "NNS" and child(noun, "compound") is not None  # "police estimates"
    return _POINTING.isdisjoint(before) and (group or not lexicon().measured.unowned.isdisjoint(before))


def _end(sentence: ParsedSentence, noun: Token) -> int:
    """Return where the phrase of a noun ends: at the first comma, or before a clause that hangs on it."""
    last = noun
    for token in noun.doc[noun.i + 1 : noun.right_edge.i + 1]:
        if token.text in _OPENS or token.dep_ in ("relcl", "acl") or token.tag_ in ("WDT", "WP"):
            break
        last = token
    return sentence.offset + last.idx + len(last)


def _governing(marker: Token) -> Token | None:
    """Return the verb of the clause that a phrase stands in, or none."""
    node = marker
    for _ in range(_HOPS):
        if node.head.i == node.i:
            break
        node = node.head
        if node.pos_ in ("VERB", "AUX") and node.dep_ in _CLAUSES:
            break
    return node if node.pos_ in ("VERB", "AUX") else None


_CLAUSES = frozenset({"ROOT", "conj", "ccomp", "relcl", "advcl", "parataxis"})


def _clause(sentence: ParsedSentence, marker: Token, verb: Token | None) -> Span:
    """Return the clause that a phrase speaks of: one of several joined ones, or the sentence."""
    whole = sentence.sentence.place
    if verb is None or marker.i == sentence.tokens.start:
        return whole
    if verb.dep_ != "ROOT":
        return bounds(sentence, verb.left_edge, verb.right_edge)
    joined = next((each for each in children(verb, "conj") if each.left_edge.i > marker.i), None)
    if joined is None or joined.pos_ not in ("VERB", "AUX"):
        return whole
    last = joined.left_edge.nbor(-1)
    while last.i > verb.i and (last.dep_ == "cc" or last.is_punct):
        last = last.nbor(-1)
    return Span(start=whole.start, end=max(sentence.place(last).end, whole.start + 1))


def ranging(sentence: ParsedSentence, index: int, noun: Token, text: str) -> Found | None:
    """Return the figures that "estimates ranging from 40 to 60" or "as high as 60" gives, or none."""
    known, tokens = lexicon().spread, sentence.tokens
    rest = [token for token in tokens if token.i > noun.i]
    for position, token in enumerate(rest[:_BEFORE_SPREAD]):
        if token.is_punct:
            return None
        place = sentence.offset + token.idx
        extreme = text[place : place + _EXTREME].lower().startswith(known.extremes)
        if not extreme and token.lower_ not in known.verbs:
            if token.pos_ in ("VERB", "AUX"):
                return None
            continue
        said = rest[position if extreme else position + 1 :]
        stop = next((n for n, each in enumerate(said) if each.text in _STOPS), len(said))
        content = trimmed(text, sentence.offset + said[0].idx, _past(sentence, said[:stop])) if stop else None
        if content is None or not any(each.like_num for each in said[: min(stop, _FIGURE)]):
            return None
        source = Phrase(
            bounds(sentence, _first(noun), rest[position - 1] if position else noun), noun, sentence
        )
        return Found(index, source, sentence.place(noun if extreme else token), token, (content,))
    return None


_BEFORE_SPREAD = 6
"""Tokens within which the verb follows: "estimates of the number of dead range from"."""
_EXTREME = 10
_FIGURE = 6
"""Tokens within which the figure follows."""
_STOPS = frozenset({",", ";", "(", ":", "."})


def _past(sentence: ParsedSentence, tokens: list[Token]) -> int:
    return sentence.offset + tokens[-1].idx + len(tokens[-1])


def _first(noun: Token) -> Token:
    """Return where the phrase of a noun begins, without a preposition before it."""
    return next(
        token
        for token in noun.doc[noun.left_edge.i : noun.i + 1]
        if token.dep_ not in ("prep", "case", "mark")
    )
