"""Flags about what a figure counts and where it comes from: cases as people, none given, none's own."""

import re
from collections import defaultdict
from collections.abc import Iterator

from briefs.domain.article import BlockRole
from briefs.domain.brief import Finding, FlagKind
from briefs.domain.segmentation import Sentence
from briefs.domain.spans import Span
from briefs.steps.flag.context import Context
from briefs.steps.flag.figure import Figure, same_kind
from briefs.steps.flag.lexicon import alternatives, phrase_pattern, words

_NOUN = re.compile(
    r"\s+(?:(?!(?:that|of|in|on|at|for)\b)[\w’']+\s+){0,3}?"
    rf"(?:(?:{alternatives(words('announced_nouns'))})\b"
    rf"(?=\s+(?:{alternatives(words('after_announced'))})\b|\W*$|[,;:—–])|"
    rf"(?:{alternatives(words('announced_clauses'))})\b)"
)
_WORD = re.compile(r"[\w’']+")
_SMALLEST = 20
"""Smaller numbers meet by chance."""
_CLOSE = 3
"""A round number means the same in two places only within this many sentences, or with "the" before it."""


def units_mixed(context: Context) -> Iterator[Finding]:
    """Flag one number that counts cases in one place and people in another."""
    by_value: dict[float, list[Figure]] = defaultdict(list)
    for figure in context.figures:
        if figure.counts and figure.quantity.kind == "count" and figure.low >= _SMALLEST:
            by_value[figure.low].append(figure)
    for figures in by_value.values():
        case = next((f for f in figures if f.counts == "cases"), None)
        person = next((f for f in figures if f.counts == "people"), None)
        if case is None or person is None or not _same_number(context, case, person):
            continue
        note = (
            f"{context.shown(case)} in one place and {context.shown(person)} in another: the same number. "
            "A case is not a person: one person may have several, one case may hold many."
        )
        spans = (case.quantity.place, person.quantity.place)
        yield context.finding(FlagKind.UNITS_MIXED, note, spans)


def _same_number(context: Context, case: Figure, person: Figure) -> bool:
    """Tell whether two equal numbers are one number: close, pointed back to, or too odd for chance."""
    apart = abs(case.sentence.index - person.sentence.index)
    if apart == 0:
        return False
    odd = len(str(int(case.low)).rstrip("0")) >= 4
    later = max(case, person, key=lambda f: f.quantity.start)
    before = _WORD.findall(context.text[max(0, later.quantity.start - 12) : later.quantity.start].lower())
    return odd or apart <= _CLOSE or bool(before and before[-1] in words("definite"))


def figure_announced(context: Context) -> Iterator[Finding]:
    """Flag a figure that is announced and then not given, there or in the two sentences after."""
    for sentence in context.body:
        if sentence.role is not BlockRole.BODY or _figures_follow(context, sentence):
            continue
        text = sentence.of(context.text)
        verb = phrase_pattern("announcing_verbs").search(text)
        noun = _NOUN.match(text, verb.end()) if verb else None
        if verb is None or noun is None or not _has_happened(text[: verb.start()]):
            continue
        place = Span(start=sentence.start + verb.start(), end=sentence.start + noun.end())
        note = f"Announces a figure, “{context.words(place)}”, and gives none here or in the sentences after."
        yield context.finding(FlagKind.FIGURE_ANNOUNCED, note, (place,))


def _has_happened(before: str) -> bool:
    """Tell whether nothing before an announcing verb denies it, asks for it or puts it off."""
    nearest = _WORD.findall(before.lower())[-6:]
    return not any(word in words("unannounced") or word.endswith(("n't", "n’t")) for word in nearest)


def _figures_follow(context: Context, sentence: Sentence) -> bool:
    return any(
        figure.quantity.kind != "ordinal"
        for near in range(sentence.index - 1, sentence.index + 3)
        for figure in context.figures_of.get(near, ())
    )


def figure_unsourced(context: Context) -> Iterator[Finding]:
    """Flag a figure in the article's own voice just after a sourced one for the same kind of thing."""
    for figure in context.figures:
        if figure.attribution is not None or figure.quantity.kind not in ("count", "money"):
            continue
        if (figure.low < _SMALLEST and figure.high < _SMALLEST) or figure.unit is None:
            continue
        if not context.in_own_voice(figure.sentence) or _supposed(figure.sentence.of(context.text)):
            continue
        sourced = (
            (other, source)
            for sentence in context.before(figure.sentence, 1)
            for other in context.figures_of.get(sentence.index, ())
            if _alike(figure, other) and (source := _source_of(context, other)) is not None
        )
        beside, source = next(sourced, (None, None))
        if beside is None:
            continue
        note = (
            f"{context.shown(figure)} has no source of its own; {context.shown(beside)} just before it "
            f"{source}. One source must not be lent to the other."
        )
        spans = (figure.quantity.place, beside.quantity.place)
        # The figure beside it has its source: only the claim of the bare one lacks anything.
        yield context.finding(FlagKind.FIGURE_UNSOURCED, note, spans, about=figure.quantity.place)


def _supposed(text: str) -> bool:
    """Tell whether a sentence asks or supposes: its figures are not stated as facts."""
    return "?" in text or phrase_pattern("supposing").search(text) is not None


def _source_of(context: Context, figure: Figure) -> str | None:
    """Return in words whose a figure is, or none for the article's own."""
    if figure.attribution is not None:
        source = figure.attribution.source
        return f"is given to {source.name}" if source is not None else None
    sentence = figure.sentence
    if context.attributions_of.get(sentence.index) or sentence.quote_depth:
        return None
    cited = phrase_pattern("cited").search(context.text, figure.quantity.end, sentence.end)
    return f"has one (“{cited.group()}”)" if cited else None


def _alike(one: Figure, other: Figure) -> bool:
    """Tell whether a reader would take two figures for one source's: same kind, not one number again."""
    return same_kind(one, other) and (one.low, one.high) != (other.low, other.high) and one.low != other.low
