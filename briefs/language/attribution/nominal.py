"""Cues that are no verbs: "according to" and its like, nouns ("claim"), adverbs ("reportedly")."""

from collections.abc import Iterator

from spacy.tokens import Token

from briefs.domain.spans import Span
from briefs.language.attribution.found import Found, Phrase, bounds, child, children, trimmed
from briefs.language.attribution.lexicon import lexicon
from briefs.language.attribution.sources import owner, subject
from briefs.language.attribution.whose import according, counted, ranging
from briefs.language.parse import ParsedSentence


def nominal(sentence: ParsedSentence, index: int, text: str) -> Iterator[Found]:
    """Yield the attributions of one sentence whose cue is not a verb."""
    nouns, adverbs, measured = lexicon().nouns, lexicon().adverbs, lexicon().measured.nouns
    spreading = lexicon().spread.nouns
    tokens = sentence.tokens
    for position, token in enumerate(tokens):
        lower = token.lower_
        if lower == "according" and position + 1 < len(tokens) and tokens[position + 1].lower_ == "to":
            found = according(sentence, index, token, tokens[position + 1], text)
        elif lower == "per" and position > 2 and tokens[position - 1].text == ",":
            found = according(sentence, index, token, token, text)
        elif lower in measured:
            found = counted(sentence, index, token, text)
        elif lower in adverbs:
            found = _adverb(sentence, index, token, text)
        elif token.pos_ == "ADJ" and token.dep_ == "acomp":
            found = _adjective(sentence, index, token)
        elif token.pos_ == "NOUN" and token.lemma_ in nouns.every | spreading:
            spread = ranging(sentence, index, token, text) if token.lemma_ in spreading else None
            found = spread or _noun(sentence, index, token)
        else:
            continue
        if found is not None:
            yield found


def _adverb(sentence: ParsedSentence, index: int, token: Token, text: str) -> Found | None:
    head = token.head
    if head.pos_ not in ("VERB", "AUX"):
        head = head.head
    if head.pos_ not in ("VERB", "AUX"):
        return None
    first, last = head.left_edge, head.right_edge
    for each in sentence.tokens:
        if each.lower_ == "according" and token.i < each.i <= last.i:
            last = each.nbor(-2) if each.nbor(-1).text == "," else each.nbor(-1)
            break
    whole = bounds(sentence, first, last)
    place = sentence.place(token)
    pieces = (trimmed(text, whole.start, place.start), trimmed(text, place.end, whole.end))
    content = tuple(piece for piece in pieces if piece is not None)
    return Found(index, None, place, token, content) if content else None


def _adjective(sentence: ParsedSentence, index: int, word: Token) -> Found | None:
    """Return what somebody is said to be glad, sure or wary of."""
    known, lower = lexicon().adjectives, word.lower_
    source = subject(sentence, word.head)
    if source is None or child(word.head, "neg") is not None or source.head.lower_ in ("it", "there"):
        return None
    for each in word.children:
        if each.i < word.i:
            continue
        that = each.dep_ == "ccomp" and lower in known.clause
        to = each.dep_ == "xcomp" and lower in known.infinitive
        if each.dep_ == "prep" and each.lower_ in known.preposition.get(lower, frozenset()):
            inner = child(each, "pobj", "pcomp")
        else:
            inner = each if that or to else None
        if inner is not None:
            said = bounds(sentence, inner.left_edge, inner.right_edge)
            return Found(index, source, sentence.place(word), word, (said,))
    return None


def _noun(sentence: ParsedSentence, index: int, noun: Token) -> Found | None:
    nouns, lemma = lexicon().nouns, noun.lemma_
    source = owner(sentence, noun) or _carrier(sentence, noun)
    content = _said(sentence, noun, source)
    if content is None or (source is None and lemma not in nouns.unsourced):
        return None
    return Found(index, source, sentence.place(noun), noun, (content,))


def _carrier(sentence: ParsedSentence, noun: Token) -> Phrase | None:
    """Return whose doubts they are in "Roe raised doubts about the plan", where "raise" only carries them."""
    verb = noun.head
    if noun.dep_ != "dobj" or verb.pos_ != "VERB" or verb.lemma_.lower() not in lexicon().nouns.light:
        return None
    return subject(sentence, verb) if child(verb, "neg") is None else None


def _said(sentence: ParsedSentence, noun: Token, source: Phrase | None) -> Span | None:
    nouns, lemma = lexicon().nouns, noun.lemma_
    for clause in children(noun, "acl", "relcl", "ccomp", "xcomp"):
        opens = clause.left_edge.lower_
        that = (
            lemma in nouns.clause
            and opens == "that"
            and clause.dep_ in ("acl", "ccomp")
            and clause.i > noun.i
        )
        to = lemma in nouns.infinitive and opens == "to" and source is not None and clause.i > noun.i
        if that or to:
            return bounds(sentence, clause.left_edge, clause.right_edge)
    if source is None:
        return None
    wanted = nouns.preposition.get(lemma, frozenset())
    for each in children(noun, "prep"):
        if each.lower_ in wanted and each.i > noun.i:
            inner = child(each, "pobj", "pcomp")
            if inner is not None:
                return bounds(sentence, inner.left_edge, inner.right_edge)
    return None
