"""Denials: the words by which a text says that somebody denies, rejects or calls false what others say.

They are told by their words alone, listed in `briefs/data/denials.toml`. A refusal ("denied bail"), a choice
("rejected the offer") and a denial that is itself denied ("neither confirmed nor denied") are none. Whether a
denial is right is not said here.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from briefs.data import load
from briefs.domain.spans import Span

_CLAUSE = r"[^.;:!?“”\"]"
_BE = r"(?:is|are|was|were)"
_ENDS = (
    r"\b(?=\W*(?:$|[,.;:!?)…’”\"']|(?:and|or|but|in|on|that|from|designed|meant|aimed|spread|intended)\b))"
)
"""After a word of falsehood: no noun of which it is said ("fake passports")."""
_BEFORE = 40
"""Characters before a word of denial in which it may be taken back."""


class _Pattern(NamedTuple):
    words: re.Pattern[str]
    unless: re.Pattern[str]
    """Before it, within its clause: then it denies nothing."""


def denial(text: str, within: Span | None = None) -> Span | None:
    """Return the place of the first words of `text` that deny something, or none.

    Where `within` is given only its part of the text is read; offsets are those of `text`.
    """
    start, end = (within.start, within.end) if within else (0, len(text))
    places = list(_denials(text, start, end))
    return min(places, key=lambda place: place.start) if places else None


def _denials(text: str, start: int, end: int) -> Iterator[Span]:
    for pattern in _patterns():
        for found in pattern.words.finditer(text, start, end):
            before = text[max(start, found.start() - _BEFORE) : found.start()]
            if not pattern.unless.search(before):
                yield Span(start=found.start(), end=found.end())


@cache
def _patterns() -> tuple[_Pattern, ...]:
    given: dict[str, list[str]] = load("denials")
    lists = {name: "|".join(words) for name, words in given.items()}
    reports, false = lists["reports"], lists["false"]
    said = f"{reports}|{lists['reports_said']}"
    adverbs = r"(?:(?!not\b)[^\W\d_]+\s+){0,2}"
    few = r"(?:[\w’'-]+\s+){0,4}?"
    two_objects = (
        rf"(?:(?!(?:{lists['between']}|{said}|[\w-]+ing)\b)[\w’'-]+\s+){{1,4}}(?:an?|the|any|[\w]+[’']s)\s"
    )
    refused = rf"{few}(?:{lists['refused']})\b"
    made = _made(lists)
    return (
        made(rf"\b(?:{lists['denies']})\b(?!\s+(?:{refused}|{two_objects}))", "taken_back"),
        made(rf"\b(?:{lists['rejects']})\s+{few}(?:{reports})\b", "thrown_out"),
        made(r"\b(?:disputed|contested)\s+that\b", "taken_back"),
        made(
            rf"\b(?:{lists['describes']})\s+{_CLAUSE}{{0,80}}?\bas\s+{adverbs}(?:{false}){_ENDS}",
            "thrown_out",
        ),
        made(
            r"\b(?:call(?:s|ed|ing)?|label(?:s|led|ling)?|brand(?:s|ed|ing)?)\s+(?:the|these|those|this|that|such"
            rf"|it|them|his|her|their|its|any|all)\s+{few}[‘'“\"]*(?:{false}){_ENDS}",
            "taken_back",
        ),
        made(rf"\b(?:{said})\b{_CLAUSE}{{0,60}}?\b{_BE}\s+{adverbs}(?:{false}){_ENDS}", "supposed"),
        made(
            rf"\b(?:this|it|these|those|they|all of it)\s+{_BE}\s+{adverbs}(?:{lists['false_alone']}){_ENDS}",
            "supposed",
        ),
        made(rf"\bthat\s+{_BE}\s+{adverbs}(?:{lists['false_alone']}){_ENDS}", "relative"),
        made(rf"\b(?:{said})\b{_CLAUSE}{{0,60}}?\b(?:{lists['passive']}) by\b", "supposed"),
        made(rf"\b(?:{lists['phrases']})\b", "supposed"),
    )


def _made(lists: Mapping[str, str]) -> Callable[[str, str], _Pattern]:
    """Return what makes a pattern of its words and of the name of what must not stand before them."""
    taken_back = (
        r"(?:\b(?:not|never|nor|or|no|cannot|nobody|no one|few|none|without|to|if|whether|was|were|been|being"
        r"|be|is|are|a|an|the|this|these|those|now)|n[’']t)(?:\s+[^\W\d_]+ly)?[\s-]+$"
    )
    unless = {
        "taken_back": taken_back,
        "thrown_out": rf"\b(?:{lists['judges']})\b[^,]*$|{taken_back}",
        "supposed": r"\b(?:if|whether|unless|or)\b[^,]*$",
        "relative": r"(?<!\band)(?<!\bbut)(?<!because)(?<=[^\W\d_])\s+$",
    }
    before = {name: re.compile(words, re.IGNORECASE) for name, words in unless.items()}
    return lambda words, name: _Pattern(re.compile(words, re.IGNORECASE), before[name])
