"""The reporting clause beside a quotation: after it ("…," said the mayor) or before it (She said: "…")."""

from typing import NamedTuple

from spacy.tokens import Token

from briefs.domain.spans import Span
from briefs.language.attribution.found import Phrase
from briefs.language.attribution.lexicon import lexicon
from briefs.language.attribution.marks import Marks
from briefs.language.attribution.places import Places, tokens_before, tokens_from
from briefs.language.attribution.sources import phrase, subject
from briefs.language.parse import FINITE, ParsedSentence

_REACH = 40
"""Tokens after a quotation, or before it, in which its reporting verb may stand."""
_TAGGED_WRONG = frozenset({"says", "said", "asks", "adds", "asked", "added", "notes", "tweeted"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
_BEFORE_NOUNS = frozenset({"DET", "ADJ", "ADV", "PUNCT", "NUM", "ADP", "PART", "SPACE"})


class Clause(NamedTuple):
    """A reporting clause beside a quotation."""

    source: Phrase | None
    verb: Token
    sentence: ParsedSentence
    number: int
    """Position of its sentence."""
    start: int
    end: int
    """Where the words that belong to it end: at its sentence's end or at the next quotation."""


def beside(places: Places, marks: Marks, index: int) -> Clause | None:
    """Return the reporting clause of quotation number `index`, or none."""
    return _after(places, marks, index) or leading(places, marks, index)


def _after(places: Places, marks: Marks, index: int) -> Clause | None:
    text = marks.text
    place = marks.all[index].span.end
    while place < len(text) and text[place] != "\n" and (text[place].isspace() or text[place] in ",–—-"):
        place += 1
    number = places.at(place)
    if number is None or marks.at(place) is not None:
        return None
    sentence = places.parsed.sentences[number]
    if place == sentence.sentence.start and _is_closed(marks, index) and text[place].isupper():
        # "It is over." She said the yard would close: her sentence reports something else.
        return None
    following = marks.next(place)
    end = sentence.sentence.end
    if following is not None:
        end = min(end, marks.all[following].span.start)
    window = tokens_from(sentence, place, end, _REACH)
    verb = _reporting(window)
    if verb is None:
        return None
    if _says_more(verb) and runs_on(marks, index):
        # Waving signs that read “…,” the crowd said that …: the quotation belongs to what stands before it.
        return None
    source = _inverted(sentence, window, verb) or _plain(sentence, window, verb, place)
    return Clause(source, verb, sentence, number, place, end) if source is not None else None


def runs_on(marks: Marks, index: int) -> bool:
    """Tell whether a quotation follows a word without a stop."""
    start = marks.all[index].span.start
    return marks.text[max(0, start - 3) : start].rstrip()[-1:].isalnum()


def _says_more(verb: Token) -> bool:
    """Tell whether a verb has something else to report after it."""
    return (
        any(
            each.i > verb.i and (each.dep_ == "ccomp" or (each.dep_ == "dobj" and each.lower_ != "it"))
            for each in verb.children
        )
        and verb.lemma_.lower() not in lexicon().verbs.recipient
    )


def _is_closed(marks: Marks, index: int) -> bool:
    """Tell whether a quotation ends with a full stop, so that nothing of its sentence follows."""
    return marks.all[index].inner.of(marks.text).rstrip().endswith(".")


def _reporting(window: list[Token]) -> Token | None:
    """Return the first finite verb of `window` if it reports; relative clauses are passed over."""
    verbs = lexicon().verbs
    for position, token in enumerate(window):
        if token.text in (";", ".") or (position == 0 and token.lower_ in ("but", "because", "if", "while")):
            return None
        if token.pos_ not in ("VERB", "AUX") and token.lower_ not in _TAGGED_WRONG:
            continue
        if token.dep_ in ("relcl", "acl") and position > 1:
            continue
        if token.lemma_.lower() in verbs.quotation and token.tag_ != "VB":
            return token
        if token.tag_ in FINITE and token.dep_ not in ("aux", "auxpass"):
            return None
    return None


def _inverted(sentence: ParsedSentence, window: list[Token], verb: Token) -> Phrase | None:
    """Return the source of "said the mayor of X", where no subject stands before the verb."""
    if verb.i > window[0].i + 1 or (verb.i > window[0].i and window[0].pos_ in _NOUNS):
        return None
    for token in window:
        if token.i <= verb.i or token.pos_ in _BEFORE_NOUNS:
            continue
        if token.pos_ not in _NOUNS:
            return None
        head = token
        for _ in range(6):
            inside = head.dep_ in ("compound", "poss", "nmod", "amod", "appos", "nummod", "dep")
            if not inside or head.head.i <= verb.i or head.head.pos_ not in _NOUNS:
                break
            head = head.head
        if head.dep_ == "npadvmod" or head.ent_type_ in ("DATE", "TIME"):
            return None
        found = phrase(sentence, head)
        if found is None:
            return None
        start = max(found.span.start, sentence.offset + verb.idx + len(verb) + 1)
        last = window[-1]
        end = min(found.span.end, sentence.offset + last.idx + len(last))
        return found._replace(span=Span(start=start, end=max(start, end)))
    return None


def _plain(sentence: ParsedSentence, window: list[Token], verb: Token, place: int) -> Phrase | None:
    """Return the source of "…," the mayor said."""
    source = subject(sentence, verb)
    if source is not None and source.antecedent is None and source.span.start >= place:
        return source
    before = [token for token in window if token.i < verb.i]
    heads = [token for token in before if token.pos_ in _NOUNS]
    if not heads or len(before) > 12:
        # "…," she laughed, adding: the verb shares a subject from further left.
        return source if source is not None and source.antecedent is None and verb.tag_ == "VBG" else None
    head = next((token for token in heads if token.dep_ not in ("compound", "poss", "amod")), heads[-1])
    while before[-1].pos_ not in ("PROPN", "PRON", "NOUN", "NUM", "ADJ"):
        before.pop()
    first, last = before[0], before[-1]
    span = Span(start=sentence.offset + first.idx, end=sentence.offset + last.idx + len(last))
    return Phrase(span, head, sentence)


def leading(places: Places, marks: Marks, index: int) -> Clause | None:
    """Return the reporting clause that leads up to quotation number `index`, or none."""
    text = marks.text
    end = marks.all[index].span.start
    while end > 0 and text[end - 1].isspace():
        end -= 1
    if text[end - 1 : end] != ":" and "\n" in text[end : marks.all[index].span.start]:
        return None
    if end == 0 or not (text[end - 1] in ",:" or text[end - 1].isalnum()):
        return None
    number = places.at(end - 1)
    if number is None:
        return None
    sentence = places.parsed.sentences[number]
    verb = _leading(sentence, marks, end)
    if verb is None:
        return None
    start = sentence.offset + verb.left_edge.idx
    return Clause(subject(sentence, verb), verb, sentence, number, start, marks.all[index].span.end)


def _leading(sentence: ParsedSentence, marks: Marks, end: int) -> Token | None:
    """Return the reporting verb that leads up to `end`, if no other verb stands between."""
    verbs = lexicon().verbs
    worded = marks.text[end - 1].isalnum()
    before = tokens_before(sentence, end, _REACH)
    if worded and before and before[-1].pos_ in ("ADP", "DET"):
        # said Jane Roe, author of "Bitter Water": a title.
        return None
    for distance, token in enumerate(reversed(before)):
        if marks.at(sentence.offset + token.idx) is not None or token.text == ";":
            return None
        if token.pos_ == "VERB" and token.lemma_.lower() in verbs.leading:
            return token if distance <= 6 or not worded else None
        if token.tag_ in FINITE and token.dep_ not in ("relcl", "aux", "auxpass"):
            return None
    return None
