"""Flags about quoted words: put together from pieces, or an opinion from somebody without a name."""

import re
from collections.abc import Iterator

from briefs.domain.brief import Finding, FlagKind
from briefs.domain.scan import Attribution, Speech
from briefs.domain.spans import Span
from briefs.steps.flag.context import Context
from briefs.steps.flag.lexicon import phrase_pattern
from briefs.steps.flag.unnamed import is_unnamed_person
from briefs.text.quotes import quotations

_OMISSION = re.compile(r"\((?:…|\.\.\.|\. \. \.)\)|\[(?:…|\.\.\.|\. \. \.)\]")
_ADDED = re.compile(r"\[(?!…|\.)[^\[\]\n]{1,60}\]")
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST = 4
"""Words of a general remark at least."""


def quotation_spliced(context: Context) -> Iterator[Finding]:
    """Flag a quotation out of which words were left, by the article's own marks of omission."""
    if not _OMISSION.search(context.text):
        return
    for quotation in quotations(context.text, context.segmentation.paragraphs):
        inner = quotation.inner
        gaps = [match.span() for match in _OMISSION.finditer(context.text, inner.start, inner.end)]
        within = [gap for gap in gaps if _stands_within(context.text, inner, gap)]
        if not within:
            continue
        places = "at one place" if len(within) == 1 else f"at {len(within)} places"
        note = f"The quotation is put together from {len(within) + 1} pieces: words are left out {places}."
        added = _ADDED.search(context.text, inner.start, inner.end)
        if added:
            note += f" “{context.words(Span(start=added.start(), end=added.end()))}” was put in."
        note += " The whole passage may read differently."
        spans = tuple(Span(start=start, end=end) for start, end in within)
        yield context.finding(FlagKind.QUOTATION_SPLICED, note, (quotation.span, *spans))


def _stands_within(text: str, inner: Span, gap: tuple[int, int]) -> bool:
    """Tell whether quoted words stand before and after a mark of omission."""
    return bool(_WORD.search(text, inner.start, gap[0]) and _WORD.search(text, gap[1], inner.end))


def anonymous_opinion(context: Context) -> Iterator[Finding]:
    """Flag an unnamed source that is given for a judgement and not for a fact, each source once."""
    named: set[str] = set()
    for attribution in context.scan.attributions:
        source = attribution.source
        if source is None:
            continue
        if not is_unnamed_person(context, attribution) or not attribution.content:
            continue
        first = attribution.content[0]
        if _states_facts(context, attribution):
            continue
        judged = _judgement(context, attribution)
        if judged is None:
            continue
        name = _short_name(context.words(source))
        if source.name in named:
            continue
        named.add(source.name)
        note = f"An unnamed source, “{name}”, is given for a judgement: {context.excerpt(judged)}."
        spans = (source.place, judged if judged.start >= first.start else first.place)
        yield context.finding(FlagKind.ANONYMOUS_OPINION, note, spans)


def _short_name(name: str) -> str:
    """Return a description without the clause that hangs on it."""
    return re.split(r",|\s+(?:who|which|that)\b", name, maxsplit=1)[0]


def _states_facts(context: Context, attribution: Attribution) -> bool:
    """Tell whether the attributed words hold a figure or a date: then there is something to check."""
    for piece in attribution.content:
        for sentence in context.segmentation.sentences_of(piece):
            figures = context.figures_of.get(sentence.index, ())
            if any(piece.contains(f.quantity) and f.quantity.text.lower() != "one" for f in figures):
                return True
    return False


def _judgement(context: Context, attribution: Attribution) -> Span | None:
    """Return the attributed words that judge: they hold a word of judgement, or say something in general."""
    for piece in attribution.content:
        if phrase_pattern("judgement").search(context.text, piece.start, piece.end):
            return piece.place
    first = attribution.content[0]
    if attribution.speech is Speech.DIRECT and _in_general(context.words(first)):
        return first.place
    return None


_GENERAL = re.compile(
    r"^\W*(?P<a>an?|every|no|any)\s+(?P<noun>[^\W\d_]+)\b.*\b(?:is|are)\s+(?P=a)\s+(?P=noun)\b|"
    r"^\W*(?:nobody|no one|everybody|everyone)\b",
    re.IGNORECASE,
)


def _in_general(remark: str) -> bool:
    """Tell whether a remark is a saying: "a house that leaks is a house that falls", "nobody believes it"."""
    return len(remark.split()) >= _FEWEST and _GENERAL.search(remark) is not None
