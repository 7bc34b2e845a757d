"""What a figure counts, for which time, and out of what: read from the words beside it and from the parse."""

import re
from bisect import bisect_left
from functools import cache
from typing import NamedTuple

from spacy.tokens import Token

from briefs.data import load
from briefs.domain.scan import DateMention
from briefs.language.parse import ParsedSentence
from briefs.language.quantities_figure import Figure


class Period(NamedTuple):
    """Words that say for which time a figure is, at `start`..`end` of the text."""

    start: int
    end: int
    rate: bool = False
    """"Per month", "daily": belongs to the figure before it whatever verb stands between."""


class Words:
    """The tokens of one sentence by their place in the article."""

    def __init__(self, sentence: ParsedSentence) -> None:
        self.tokens = list(sentence.tokens)
        self.offset = sentence.offset
        self._starts = [token.idx + sentence.offset for token in self.tokens]

    def at(self, place: int) -> int:
        """Return the index of the first token that starts at or after `place`."""
        return bisect_left(self._starts, place)

    def start(self, index: int) -> int:
        """Return where the token begins in the article."""
        return self._starts[index]

    def end(self, index: int) -> int:
        """Return where the token ends in the article."""
        return self._starts[index] + len(self.tokens[index])


@cache
def _set(name: str) -> frozenset[str]:
    return frozenset(load("units")["labels"][name])


_SKIPPED = frozenset(
    {"more", "other", "additional", "further", "extra", "such", "different", "separate", "-", "individual"}
)
_NOT_COUNTED = frozenset({"percent", "times", "time", "way", "cent"})


def counted(text: str, words: Words, figure: Figure) -> str | None:
    """Return what a count counts, in the article's words, or none where the sentence does not say."""
    at = words.at(figure.tail)
    whole = at < len(words.tokens) and words.tokens[at].lower_ == "of"
    if whole:
        at = _past_determiners(words, at + 1)
    phrase = _past_owners(words, noun_phrase(words, at)) if whole else noun_phrase(words, at)
    if phrase is None:
        return _nominal(words, at) if whole else _tallied(text, words, figure)
    first, last = phrase
    if first == last == at and words.tokens[at].lower_ in _set("verbs"):
        return None
    stop = words.end(last)
    if words.tokens[last].lower_ in _set("containers") and _of_follows(words, last):
        of = noun_phrase(words, last + 2)
        stop = words.end(of[1]) if of and of[0] == last + 2 else stop
    return text[words.start(first) : stop]


def _past_owners(words: Words, phrase: tuple[int, int] | None) -> tuple[int, int] | None:
    """Return the last noun phrase of "the chamber's 180 members", given the first."""
    while (
        phrase is not None and phrase[1] + 1 < len(words.tokens) and words.tokens[phrase[1] + 1].tag_ == "POS"
    ):
        phrase = noun_phrase(words, _past_determiners(words, phrase[1] + 2))
    return phrase


def _nominal(words: Words, at: int) -> str | None:
    """Return "injured" for "six of the injured"."""
    token = words.tokens[at] if at < len(words.tokens) else None
    headed = token is not None and token.dep_ == "pobj" and (token.pos_ == "ADJ" or token.tag_ == "VBN")
    return token.text if token is not None and headed else None


def _past_determiners(words: Words, at: int) -> int:
    while at < len(words.tokens) and _determines(words.tokens[at]):
        at += 1
    return at


def _determines(token: Token) -> bool:
    return token.pos_ in ("DET", "NUM") or token.tag_ == "PRP$" or token.lower_ in ("these", "those", "all")


def _of_follows(words: Words, last: int) -> bool:
    return last + 1 < len(words.tokens) and words.tokens[last + 1].lower_ == "of"


def noun_phrase(words: Words, at: int) -> tuple[int, int] | None:
    """Return the first and last token of the bare noun phrase at token `at`, at most six words."""
    first = at
    while first < len(words.tokens) and words.tokens[first].lower_ in _SKIPPED:
        first += 1
    last = None
    for index in range(first, min(first + 6, len(words.tokens))):
        token = words.tokens[index]
        if token.pos_ in ("NOUN", "PROPN") and token.lower_ not in _NOT_COUNTED:
            if last is not None and token.dep_ not in _INSIDE and words.tokens[last].dep_ not in _INSIDE:
                break
            last = index
        elif (last is not None and token.lower_ != "-") or not _modifies(token):
            break
    return None if last is None else (first, last)


_INSIDE = frozenset({"compound", "nmod", "amod", "poss"})


def _modifies(token: Token) -> bool:
    if token.pos_ == "ADJ" or token.lower_ == "-":
        return True
    if token.pos_ == "ADV":
        return token.dep_ == "advmod" and token.head.pos_ == "ADJ"
    return token.pos_ == "VERB" and token.dep_ in ("amod", "compound")


def _tallied(text: str, words: Words, figure: Figure) -> str | None:
    """Return "absentees" for "the number of absentees has passed 9,300"."""
    at = words.at(figure.end) - 1
    if not 0 <= at < len(words.tokens):
        return None
    verb = words.tokens[at]
    for _ in range(4):
        if verb.pos_ in ("VERB", "AUX") or verb.head is verb:
            break
        verb = verb.head
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass"):
            return _of_tally(text, words, child)
    return None


def _of_tally(text: str, words: Words, subject: Token) -> str | None:
    if subject.lemma_.lower() not in _set("tallies"):
        return None
    base = words.tokens[0].i
    first = subject.i - base
    if _of_follows(words, first):
        phrase = noun_phrase(words, first + 2)
        if phrase:
            return text[words.start(phrase[0]) : words.end(phrase[1])]
    left = first
    while (
        left > 0
        and words.tokens[left - 1].dep_ in ("compound", "amod")
        and words.tokens[left - 1].head is subject
    ):
        left -= 1
    return text[words.start(left) : words.end(first)] if left < first else None


def _whole_follows(words: Words, at: int) -> bool:
    """Tell whether a whole is named at token `at`: "of the 40 guests" names one, "of wheat" does not."""
    return at < len(words.tokens) and _determines(words.tokens[at])


_PARTS_OF = re.compile(
    r"[\"“‘'(]?Of (?P<whole>(?:the|its|their|his|her|our|those|these|all|some|about|more than|nearly)?\s?"
    r"(?:[^,;:.]|(?<=[0-9])[,.](?=[0-9])){3,120}), "
)


def stated_whole(text: str, start: int, end: int) -> Period | None:
    """Return the place of "the 40 guests who left" where a sentence opens "Of the 40 guests who left, …"."""
    match = _PARTS_OF.match(text, start, end)
    return None if match is None else Period(match.start("whole"), match.end("whole"))


_PER = re.compile(
    r"\s(?:per|for every|for each|out of every|in every)\s(?P<per>(?:[0-9][0-9,.]*\s|(?:hundred|thousand"
    r"|million)\s)?[A-Za-z-]{2,30}(?:\s(?:people|residents|inhabitants|births|patients))?)"
    r"|\s(?:an?|each|apiece)(?:\s(?P<each>barrel|litre|liter|gallon|tonne|ton|kilo|kilogram|kg|head|person"
    r"|share|ounce|pound|square metre|square meter|square foot|ticket|mile|unit|piece|household|seat))?\b",
    re.IGNORECASE,
)
_TIMES = frozenset(
    {
        "second",
        "minute",
        "hour",
        "day",
        "night",
        "week",
        "month",
        "quarter",
        "year",
        "season",
        "decade",
        "annum",
    }
)


def denominator(text: str, words: Words, figure: Figure, unit_end: int) -> str | None:
    """Return what a share is of ("voters") or a rate is per ("100,000 people", "barrel")."""
    begin = words.at(figure.tail)
    of = begin < len(words.tokens) and words.tokens[begin].lower_ == "of"
    if figure.kind == "percent" or (of and not figure.vague and _whole_follows(words, begin + 1)):
        begin += of
        # "12 of the 40 guests" has a whole; "12 of them" names none; "10 percent growth" is of nothing.
        at = _past_determiners(words, begin)
        phrase = noun_phrase(words, at) if of or figure.unit == "share" else None
        phrase = _past_owners(words, phrase) or phrase
        return text[words.start(begin) : words.end(phrase[1])] if phrase else None
    match = _PER.match(text, unit_end, unit_end + 80)
    found = (match["per"] or match["each"]) if match else None
    return None if found is None or found.lower() in _TIMES else found


_FREQUENCY = re.compile(
    r"\b(?:per|every|each|an?)\s(?:single\s)?(?:second|minute|hour|day|night|week|month|quarter|year"
    r"|season|decade)\b(?![-’'])"
    r"|\b(?:hourly|daily|weekly|monthly|quarterly|yearly|annually|per annum)\b"
    r"|\bin an?\s(?:single\s)?(?:day|week|month|year|night)\b|\bso far\b(?: this (?:year|month|season))?"
    r"|\bsince (?:the |its |his |her |their )?(?=[a-z])[\w'’ -]{3,70}?(?=[,.;:!?”\"()—–\n]|\s(?:and|but"
    r"|according|which|who|while|as|when|after|without|with)\b|$)",
    re.IGNORECASE,
)
_RATE = re.compile(
    r"(?:per|every|each|an?|hourly|daily|weekly|monthly|quarterly|yearly|annually)\b", re.IGNORECASE
)
_PREPOSITION = re.compile(
    r"\b(?:in|during|over|within|on|for|through|throughout|by|at|as of|until|in the course of|between"
    r"|from)\s(?:about\s|around\s)?(?:the\s|all of\s|just\s)?$",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"\s[–—-]\s")
_ALONE = re.compile(r"\s(?:alone|so far)\b", re.IGNORECASE)
_CLAUSES = (
    r"[;:\n]|\.\s|,\s(?:and|but|while|as|which|who|whereas)\s|\sand that\s"
    r"|\s(?:which|who|whom|while|whereas|because|although|when)\s"
)
_CLAUSE_BREAK = re.compile(_CLAUSES, re.IGNORECASE)
_BREAK = re.compile(
    _CLAUSES + r"|\b(?:said|says|say|reported|reports|told|tells|announced|claimed|claims|stated|revealed"
    r"|noted|added|wrote|writes|according|stating|saying)\b",
    re.IGNORECASE,
)


def periods(text: str, start: int, end: int, dated: list[DateMention]) -> list[Period]:
    """Return the phrases of a sentence that can say for which time a figure is, in order."""
    found: list[Period] = []
    for mention in dated:
        before = _PREPOSITION.search(text, max(start, mention.start - 24), mention.start)
        if mention.kind == "time" or (mention.kind == "duration" and before is None):
            continue
        if _DATELINE.match(text, mention.end, end) and text[start : mention.start].rstrip().endswith(","):
            continue
        alone = _ALONE.match(text, mention.end, end)
        found.append(
            Period(before.start() if before else mention.start, alone.end() if alone else mention.end)
        )
    for match in _FREQUENCY.finditer(text, start, end):
        if not any(each.start < match.end() and match.start() < each.end for each in found):
            found.append(Period(match.start(), match.end(), rate=_RATE.match(match.group()) is not None))
    return sorted(found)


def period_of(text: str, sentence_start: int, figure: Figure, phrases: list[Period]) -> str | None:
    """Return the period of a figure: the next one in its clause, else one that opens the clause."""
    for phrase in phrases:
        if phrase.start >= figure.end:
            breaks = _CLAUSE_BREAK if phrase.rate else _BREAK
            if not breaks.search(text, figure.end, phrase.start):
                return text[phrase.start : phrase.end]
            break
    for phrase in reversed(phrases):
        if phrase.end <= figure.start and not _BREAK.search(text, phrase.end, figure.start):
            opening = text[sentence_start : phrase.start].strip(" \"“”‘’'(—–")
            if not opening or opening.endswith(","):
                return text[phrase.start : phrase.end]
            # "From 1,150 in spring to 1,840 in the second half": spring is the first figure's.
            if _NUMBER.search(opening):
                return None
            if figure.start - phrase.end < 40:
                return text[phrase.start : phrase.end]
    return None


_NUMBER = re.compile(r"[0-9]")
