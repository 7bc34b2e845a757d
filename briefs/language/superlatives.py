"""Firsts, records and extremes, with the words that bound them.

Superlative adjectives come from the parse (Penn tag JJS; "most" and "least" before an adjective), all
else from `briefs/data/superlatives.toml`.
"""

import re
from functools import cache
from typing import Literal

from spacy.tokens import Token

from briefs.data import load
from briefs.domain.scan import Superlative
from briefs.domain.spans import Span
from briefs.language.parse import ParsedArticle, ParsedSentence
from briefs.language.phrases import Lexicon, lexicon, span_between

Kind = Literal["record", "first", "extreme", "only"]
_KINDS: dict[str, Kind] = {"record": "record", "first": "first", "extreme": "extreme", "only": "only"}

_SCOPE = re.compile(
    r"\b(?:since|on record|of all time|ever|to date|so far(?: this (?:year|month|season))?|"
    r"in(?: (?:more than|over|nearly|almost|about|at least))?(?: the)?(?: (?:past|last))?"
    r"(?: [\w-]+){0,4} (?:years?|decades?|centur(?:y|ies)|months?|weeks?|history|memory|record|world|country|"
    r"nation|region|continent|Europe|Asia|Africa|America|conflict|war)|"
    r"of the (?:year|war|conflict|century|decade|season)|this (?:year|month|season|century|decade))\b"
)
_SINCE_ENDS = re.compile(r"[,;:.!?()\n\"“”—–]| (?:and|but|which|who|as|while|with|when|after)\b")


@cache
def _lexicon() -> Lexicon:
    return lexicon(load("superlatives"))


def superlatives(parsed: ParsedArticle) -> tuple[Superlative, ...]:
    """Return the superlatives of the article, in order, none overlapping another."""
    return tuple(found for sentence in parsed.sentences for found in _of_sentence(parsed.text, sentence))


def _of_sentence(text: str, sentence: ParsedSentence) -> list[Superlative]:
    found: list[tuple[int, int, Kind]] = []
    taken: set[int] = set()
    for hit in _lexicon().find(sentence):
        taken.update(range(hit.first, hit.last + 1))
        if kind := _KINDS.get(hit.label):
            found.append((hit.first, hit.last, kind))
    base = sentence.tokens.start
    for at, token in enumerate(sentence.tokens):
        if at not in taken and (last := _extreme(token)) is not None and last.i - base not in taken:
            found.append((at, last.i - base, "extreme"))
    found.sort()
    return [_superlative(text, sentence, each) for each in found]


def _extreme(token: Token) -> Token | None:
    """Return the last token of a superlative form that starts at `token`, if one does."""
    lower = token.lower_
    if lower in ("most", "least"):
        after = token.head
        is_degree = token.dep_ == "advmod" and after.pos_ in ("ADJ", "ADV") and after.i == token.i + 1
        return after if is_degree else None
    if token.tag_ == "JJS" and token.pos_ == "ADJ" and lower not in ("best", "worst"):
        return token
    # "best" and "worst" are extremes where they stand before a noun with "the" or a possessive.
    if lower in ("best", "worst") and token.dep_ == "amod" and _definite(token.head):
        return token
    return None


def _definite(noun: Token) -> bool:
    return any(child.dep_ == "poss" or child.lower_ == "the" for child in noun.children)


def _superlative(text: str, sentence: ParsedSentence, found: tuple[int, int, Kind]) -> Superlative:
    place = span_between(sentence, found[0], found[1])
    return Superlative(start=place.start, end=place.end, kind=found[2], scope=_scope(text, sentence, place))


def _scope(text: str, sentence: ParsedSentence, place: Span) -> Span | None:
    """Return the nearest bounding words at or after the superlative, within 160 characters."""
    end = min(sentence.sentence.end, place.end + 160)
    match = _SCOPE.search(text, place.start, end)
    if match is None:
        return None
    stop = match.end()
    if match.group().startswith("since"):
        closing = _SINCE_ENDS.search(text, stop, end)
        stop = closing.start() if closing else end
        stop = len(text[:stop].rstrip()) if text[stop - 1].isspace() else stop
    return Span(start=match.start(), end=stop)
