"""The small words of a claim that turn it: "many of", "not", "may", a day, a verb of proof.

Each is an exact slice of a few words, so that a question or a line of evidence can name it. Nothing here
says what should stand in its place.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

from briefs.domain.scan import SourceKind
from briefs.domain.spans import Span
from briefs.steps.compose.facts import Facts
from briefs.steps.compose.phrases import words
from briefs.steps.compose.reading import Reading, flat

Kind = Literal["proof", "quantifier", "sweeping", "negation", "stressed", "caution", "day"]

MOST_WORDS = 5
_UNSAFE = re.compile(r"[\"“”„«»‘()\[\]`*_|<>\\]")


class Detail(NamedTuple):
    """A few words of a claim that it would not survive without."""

    kind: Kind
    words: str
    place: Span


def details(reading: Reading, facts: Facts) -> tuple[Detail, ...]:
    """Return the details of a claim, in the order of their places, none twice and none inside another."""
    quote = facts.claim.claim.quote.place
    found = sorted(_all(reading, facts), key=lambda each: (each.place.start, -each.place.end))
    kept: list[Detail] = []
    for each in found:
        inside = kept and each.place.start < kept[-1].place.end
        safe = each.words and not _UNSAFE.search(each.words) and len(each.words.split()) <= MOST_WORDS
        if safe and not inside and quote.contains(each.place) and each.words not in {k.words for k in kept}:
            kept.append(each)
    return tuple(kept)


def _all(reading: Reading, facts: Facts) -> Iterator[Detail]:
    text, cue = reading.text, facts.attribution.cue
    if facts.attribution.kind is not SourceKind.DOCUMENT:
        if cue is not None and not words("proving").isdisjoint(cue.of(text).lower().split()):
            yield _detail(text, "proof", cue)
        yield from (_detail(text, "caution", hedge) for hedge in reading.cautions.among(facts.regions))
    for region in facts.regions:
        for match in _quantifiers().finditer(text, region.start, region.end):
            yield _detail(text, "quantifier", Span(start=match.start(), end=match.end()))
        for match in _sweeping().finditer(text, region.start, region.end):
            yield _detail(text, "sweeping", Span(start=match.start(), end=match.end()))
        for match in _negations().finditer(text, region.start, region.end):
            yield _detail(text, "negation", Span(start=match.start(), end=match.end()))
    if not facts.direct:
        yield from _stressed(reading, facts)
    yield from _dated(text, facts)


def _stressed(reading: Reading, facts: Facts) -> Iterator[Detail]:
    """Yield "does cover" where nothing in its sentence or the one before it says against what."""
    text = reading.text
    for match in _STRESS.finditer(text, facts.claim.claim.quote.start, facts.claim.claim.quote.end):
        sentence = reading.segmentation.sentence_at(match.start())
        if sentence is None or sentence.quote_depth or match["verb"] in words("no_stress"):
            continue
        first = reading.segmentation.sentences[max(0, sentence.index - 1)].start
        before, after = text[first : match.start()], text[match.end() : sentence.end]
        asked = _ASKED.search(text, sentence.start, max(sentence.start, match.start() - len("which ")))
        if not (asked or _against().search(f"{before} | {after}")):
            yield _detail(text, "stressed", Span(start=match.start(), end=match.end()))


def _dated(text: str, facts: Facts) -> Iterator[Detail]:
    for date in facts.claim.claim.dates:
        if (
            date.kind == "date"
            and _DIGIT.search(date.of(text))
            and facts.has_day
            and facts.attribution.kind in {SourceKind.MEDIA, SourceKind.ANONYMOUS}
            and not any(region.overlaps(date) for region in facts.regions)
            and not _RUNS.search(text, date.start - 12, date.end)
        ):
            opening = _BEFORE.match(text, date.start, date.end)
            yield _detail(text, "day", Span(start=opening.end() if opening else date.start, end=date.end))


def _detail(text: str, kind: Kind, span: Span) -> Detail:
    return Detail(kind, flat(span.of(text)), Span(start=span.start, end=span.end))


_STRESS = re.compile(r"(?<=[\w’')] )\b(?:does|did)\s(?P<verb>[a-z]{2,})\b(?!\sso\b)")
_ASKED = re.compile(r"\b(?:what|how|when|where|why|which|who|than|as|so)\b", re.IGNORECASE)
"""Before a stressed verb: its clause asks, relates or compares, as in "than he did", "what it did say"."""
_BEFORE = re.compile(r"(?:(?:in|on|of|the)\s+)+", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_RUNS = re.compile(r"\b(?:since|by|until|till|before|after|from|to|of|between|dated)\b", re.IGNORECASE)
"""Words that bound a time: what happened is not dated by the day after them."""


def _run(most: int) -> str:
    """Return a pattern for up to `most` words of the same phrase: no small word, no figure, no time."""
    lists = words("function") | words("borders") | words("lengths") | words("times")
    small = "|".join(sorted(lists - words("quantifiers"), key=len, reverse=True))
    return rf"(?:\s(?!(?:{small})(?![\w’'-])|\d)[\w’'-]+){{1,{most}}}"


@cache
def _quantifiers() -> re.Pattern[str]:
    amounts = "|".join(sorted(words("quantifiers"), key=len, reverse=True))
    owned = r"\sof\s(?:the|its|their|our|his|her|these|those)"
    plurals = rf"(?:{_run(1)})??{_run(1)}(?<=[^s’']s)\b"
    numbers = r"an?\s(?:[\w-]+\s)?number\sof"
    return re.compile(rf"\b(?:(?:{amounts}){owned}|several|{numbers}){plurals}", re.IGNORECASE)


@cache
def _against() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(words('against')))})\b|n[’']t\b|\?", re.IGNORECASE)


@cache
def _sweeping() -> re.Pattern[str]:
    return re.compile(rf"\ball(?:\sthe)?(?:{_run(1)})??{_run(1)}(?<=[^s’']s)\b", re.IGNORECASE)


@cache
def _negations() -> re.Pattern[str]:
    auxiliaries = "do|does|did|is|are|was|were|has|have|had|will|would|could|can|should|may|might"
    borders = "|".join(sorted(words("borders"), key=len, reverse=True))
    return re.compile(
        rf"\b(?:(?:{auxiliaries})\s(?:\w+ly\s|yet\s)?not{_run(3)}|(?:{auxiliaries})n[’']t{_run(3)}|cannot{_run(3)}"
        rf"|never{_run(3)}|(?:no|neither|without)(?:\s(?:an?|any|of))?{_run(3)})"
        rf"(?:\s(?:the|an?|its|their|his|her|our){_run(2)})?"
        rf"(?=[.,;:!?)”\"’]|$|\s(?:{borders})\b)",  # else it would break off in mid-phrase
        re.IGNORECASE,
    )
