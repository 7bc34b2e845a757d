"""Flags about what an article states twice and not alike: a quotation, a "not", a "some", a figure."""

import re
from collections import defaultdict, deque
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from briefs.domain.article import BlockRole
from briefs.domain.brief import Finding, FlagKind
from briefs.domain.segmentation import Sentence
from briefs.domain.spans import Span
from briefs.steps.flag.context import Context
from briefs.steps.flag.figure import Figure
from briefs.steps.flag.lexicon import phrase_pattern, stems
from briefs.steps.flag.periods import rate_of
from briefs.text.quotes import quotations

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_FEWEST = 6
"""Words of a quotation, or content words of a sentence, below which likeness is chance."""
_ALIKE = 0.8
"""Share of the words that two versions of one quotation have in common, in order."""
_MOST_WORDS = 60
_SAME = 0.75
"""Share of the content words of the shorter of two sentences that state one thing."""
_NEGATED = re.compile(r"\b(?:not|never|no|none|nobody|neither|cannot|without)\b|n['’]t\b", re.IGNORECASE)
_BACK = 40
"""Sentences back to which a sentence is compared, so that the time stays linear."""
_FIGURES_BACK = 8
_AROUND = 3
"""Content words beside a figure that two clauses share, at least."""
_ROUNDED = 0.05
"""Figures nearer than this may be one figure, rounded once."""
_CUT = re.compile(r"…|\.\.\.|[\[\]]")


class _Quoted(NamedTuple):
    place: Span
    words: tuple[str, ...]


def quotation_differs(context: Context) -> Iterator[Finding]:
    """Flag one quotation that stands in an article twice, in other words the second time."""
    by_word: dict[str, list[_Quoted]] = defaultdict(list)
    for quotation in quotations(context.text, context.segmentation.paragraphs):
        inner = quotation.inner
        for place in _sentences_in(context, inner):
            said = tuple(_WORD.findall(place.of(context.text).lower()))
            if not _FEWEST <= len(said) <= _MOST_WORDS or _CUT.search(context.text, place.start, place.end):
                continue
            quoted = _Quoted(place, said)
            rare = sorted(set(said), key=lambda word: (-len(word), word))[:3]
            twin = next(
                (t for word in rare for t in by_word[word][:5] if _other_version(t.words, said)), None
            )
            for word in rare:
                by_word[word].append(quoted)
            if twin is not None:
                note = (
                    f"One quotation in two versions: {context.excerpt(twin.place)} and "
                    f"{context.excerpt(place)}. Only one can be what was said."
                )
                yield context.finding(FlagKind.QUOTATION_DIFFERS, note, (place, twin.place))


def _sentences_in(context: Context, inner: Span) -> list[Span]:
    """Return the sentences of a quotation, each as far as it is quoted."""
    return [
        Span(start=max(s.start, inner.start), end=min(s.end, inner.end))
        for s in context.segmentation.sentences_of(inner)
        if s.furniture is None
    ]


def _other_version(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two quotations are one in other words: alike, and neither a part of the other."""
    shorter, longer = sorted((one, other), key=len)
    if f" {' '.join(shorter)} " in f" {' '.join(longer)} " or len(shorter) < _ALIKE * len(longer):
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


class _Stated(NamedTuple):
    """A sentence as far as it can contradict another one."""

    sentence: Sentence
    stems: frozenset[str]
    negated: bool
    partly: bool
    wholly: bool


def statement_differs(context: Context) -> Iterator[Finding]:
    """Flag two sentences that state one thing, the one with a "not" or "some", the other without."""
    known: deque[_Stated] = deque(maxlen=_BACK)
    for sentence in context.segmentation.sentences:
        if sentence.furniture is not None or sentence.role is BlockRole.TABLE:
            continue
        text = sentence.of(context.text)
        told = _Stated(
            sentence,
            stems(text),
            negated=len(_NEGATED.findall(text)) % 2 == 1,
            partly=phrase_pattern("some_of").search(text) is not None,
            wholly=phrase_pattern("all_of").search(text) is not None,
        )
        if len(told.stems) < _FEWEST - 1:
            continue
        for earlier in known:
            how = _contrary(earlier, told)
            if how and _one_thing(earlier.stems, told.stems):
                note = (
                    f"Two sentences state one thing, {how}: {context.excerpt(earlier.sentence)} and "
                    f"{context.excerpt(sentence)}."
                )
                spans = (sentence.place, earlier.sentence.place)
                yield context.finding(FlagKind.STATEMENTS_DIFFER, note, spans)
        known.append(told)


def _one_thing(first: frozenset[str], second: frozenset[str]) -> bool:
    return len(first & second) >= max(_FEWEST - 1, _SAME * max(len(first), len(second)))


def _contrary(one: _Stated, other: _Stated) -> str:
    """Return in words what one of two sentences has and the other lacks."""
    if one.negated != other.negated:
        return "one with a negation, one without"
    some = one.partly != other.partly
    if some and one.wholly != other.wholly and one.partly == other.wholly:
        return "one of some, one of all"
    return ""


def figure_differs(context: Context) -> Iterator[Finding]:
    """Flag two figures for one thing in two sentences that otherwise say the same."""
    by_unit: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in context.figures:
        # Percentages of one thing differ from group to group, and the groups are hard to tell apart.
        if figure.unit and figure.quantity.kind not in ("ordinal", "percent"):
            by_unit[figure.quantity.kind, figure.unit].append(figure)
    for figures in by_unit.values():
        for position, later in enumerate(figures):
            nearest = reversed(figures[max(0, position - _FIGURES_BACK) : position])
            earlier = next((figure for figure in nearest if _clash(context, figure, later)), None)
            if earlier is None:
                continue
            note = (
                f"{context.shown(earlier)} in one place, {context.shown(later)} in another, of what looks "
                "like one thing."
            )
            yield context.finding(
                FlagKind.FIGURES_DIFFER, note, (later.quantity.place, earlier.quantity.place)
            )


def _clash(context: Context, one: Figure, other: Figure) -> bool:
    """Tell whether two exact figures stand in clauses that say the same of the same names."""
    if one.sentence.index == other.sentence.index or not (_is_exact(one) and _is_exact(other)):
        return False
    near = abs(one.low - other.low) <= _ROUNDED * max(one.low, other.low)
    if (
        one.low == other.low
        or rate_of(one) != rate_of(other)
        or (near and _is_round(one) != _is_round(other))
    ):
        return False
    if _names(context, one.sentence) != _names(context, other.sentence):
        return False
    first, second = _around(context, one), _around(context, other)
    shared = first & second
    return len(shared) >= _AROUND and len(shared) >= _SAME * min(len(first), len(second))


def _is_exact(figure: Figure) -> bool:
    return figure.low == figure.high and not figure.quantity.approximate


def _is_round(figure: Figure) -> bool:
    return len(f"{figure.low:.0f}".rstrip("0")) <= 1


def _names(context: Context, sentence: Sentence) -> frozenset[str]:
    """Return the capitalised words of a sentence after its first: two names are two things."""
    return frozenset(re.findall(r"(?<=[\w,;:”\"’)] )[A-Z][\w’'-]+", sentence.of(context.text)))


def _around(context: Context, figure: Figure) -> frozenset[str]:
    """Return the content words of the clause that a figure stands in, without those of its unit."""
    sentence = figure.sentence
    start, end = sentence.start, sentence.end
    for border in re.finditer(r"[;:—–(),]\s", sentence.of(context.text)):
        at = sentence.start + border.start()
        if at < figure.quantity.start:
            start = at
        elif at >= figure.quantity.end:
            end = at
            break
    return stems(context.text[start:end]) - stems(figure.quantity.text) - stems(figure.quantity.unit or "")
