"""Whether somebody who is criticised was asked, and where an article carries the answer."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Literal, NamedTuple

from briefs.data import load
from briefs.domain.scan import Attribution
from briefs.domain.spans import Span
from briefs.language.criticism_target import Targets, countries
from briefs.language.parse import ParsedSentence
from briefs.text.names_within import NamesWithin


class _Phrases(NamedTuple):
    asked: re.Pattern[str]
    denied: re.Pattern[str]
    not_asked: re.Pattern[str]


@cache
def _phrases() -> _Phrases:
    data = load("criticism")
    return _Phrases(*(re.compile(data[name], re.IGNORECASE) for name in _Phrases._fields))


@cache
def _officials() -> frozenset[str]:
    return frozenset(load("criticism")["officials"])


class Reply(NamedTuple):
    """Whether somebody was asked, and the words of the answer."""

    asked: Literal["yes", "no", "unsaid"]
    answer: Span | None = None


def refusals(text: str, sentence: ParsedSentence, targets: Targets) -> dict[str, Reply]:
    """Return who, by this sentence, was asked and gave no answer, or was not asked."""
    start, end = sentence.sentence.start, sentence.sentence.end
    words = text[start:end]
    if not any(hint in words for hint in _HINTS):
        return {}
    phrases = _phrases()
    refusal = phrases.asked.search(text, start, end)
    denial = None if refusal else phrases.denied.search(text, start, end)
    if refusal is None and denial is None and phrases.not_asked.search(text, start, end) is None:
        return {}
    answered = refusal or denial
    reply = Reply("yes" if answered else "no", sentence.sentence.place if answered else None)
    named = (
        targets.of(sentence, token)
        for token in sentence.tokens
        # A denial answers for its subject alone: who is denied may be the critic.
        if token.pos_ in ("PROPN", "NOUN", "PRON") and (denial is None or token.dep_ == "nsubj")
    )
    return {target.key: reply for target in named if target}


_HINTS = (
    "respon",
    "repl",
    "comment",
    "reach",
    "contact",
    "approach",
    "ask",
    "answer",
    "interview",
    "discuss",
    "consult",
    "chance",
    "den",
    "reject",
    "dispute",
)
"""Pieces of words without which no sentence tells of a question put: most sentences are dismissed by them."""


class Said:
    """The attributions of an article by the place of their contents."""

    def __init__(self, attributions: tuple[Attribution, ...]) -> None:
        self._attributions = attributions
        pieces = [(span.start, span.end, each) for each in attributions for span in each.content]
        self._pieces = sorted(pieces, key=lambda piece: piece[:2])
        self._starts = [piece[0] for piece in self._pieces]

    def critic(self, place: Span) -> str | None:
        """Return whose words stand at `place`: the innermost attribution's source, or none."""
        at = bisect_right(self._starts, place.end - 1)
        for _, end, attribution in reversed(self._pieces[max(0, at - 8) : at]):
            if end > place.start and attribution.source is not None:
                return attribution.source.name
        return None

    def answers(self, critics: Mapping[str, Collection[str | None]]) -> dict[str, Span]:
        """Return by target the first words attributed to it, or to those who speak for it.

        `critics` has by target those who criticise it, whose words are no answer.
        """
        speakers = _Speakers(critics)
        found: dict[str, Span] = {}
        for each in self._attributions:
            if each.source is None or not each.content:
                continue
            for key in speakers.speak_for(f"{each.source.name} {each.source.role or ''}"):
                if key not in found and each.source.name not in critics[key]:
                    found[key] = each.content[0]
        return found


_WORD = re.compile(r"[\w-]+")
_GENITIVE = re.compile(r"['’]s ")


class _Speakers:
    """For which targets a source speaks, by the words for it; each of these is looked at once."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._by_country: dict[str, list[str]] = {}
        self._by_kind: dict[str, list[str]] = {}
        self._alone: list[str] = []
        for key in keys:
            country, _, body = key.partition("/")
            if body:
                self._by_country.setdefault(country, []).append(key)
            else:
                self._by_kind.setdefault(key.rsplit(maxsplit=1)[-1], []).append(key)
                self._alone.append(key)
        self._within = NamesWithin(self._alone)
        self._longest = max(map(len, self._by_kind), default=0)
        self._known: dict[str, tuple[str, ...]] = {}

    def speak_for(self, source: str) -> tuple[str, ...]:
        """Return the targets, each once."""
        if source not in self._known:
            self._known[source] = tuple(dict.fromkeys(self._found(source)))
        return self._known[source]

    def _found(self, source: str) -> Iterator[str]:
        yield from (self._alone[number] for number in self._within.of(source.lower()))
        # "The board's director" speaks for the Kirn Health Board.
        for match in _GENITIVE.finditer(source):
            for first in range(max(0, match.start() - self._longest), match.start()):
                yield from self._by_kind.get(source[first : match.start()], ())
        words = _WORD.findall(source)
        if not _officials().isdisjoint(word.lower() for word in words):
            for word in words:
                yield from self._by_country.get(countries().get(word, ""), ())
