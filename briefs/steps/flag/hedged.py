"""Flags about certainty: a headline that outruns its text, a hedge that goes missing on the way."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from briefs.domain.article import BlockRole
from briefs.domain.brief import Finding, FlagKind
from briefs.domain.scan import Hedge
from briefs.domain.segmentation import Sentence
from briefs.domain.spans import Span
from briefs.steps.flag.context import Context
from briefs.steps.flag.figure import Figure, same_thing
from briefs.steps.flag.lexicon import alternatives, phrase_pattern, stems, words
from briefs.steps.flag.unnamed import is_unnamed_person

_SERIOUS = frozenset({"report", "allegation", "condition", "belief"})
_PAST = re.compile(r"\s*(?:(?:may|might|could)\s+)?have\b", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[,;:.!?](?=\s)|[—–()]")
_AHEAD = 40
"""A hedge is missed within this many sentences."""
_FEWEST = 4
"""Content words of a proposition that must come again, at least."""
_MOST = 0.75
"""Share of them that must come again."""
_NEXT = 5
"""A hedge is on what stands within this many words after it."""
_SMALLEST = 20
_POINTS_BACK = re.compile(r"(?:This|That|These|Those|The)\b")
_CAUSE = re.compile(
    rf"\b(?:{alternatives(words('unsettled'))})\b[^.;:]{{0,40}}?\b(?:{alternatives(words('cause_nouns'))})\b|"
    rf"\b(?:{alternatives(words('cause_nouns'))})\b[^.;:]{{0,60}}?\b(?:{alternatives(words('unsettled'))})\b",
    re.IGNORECASE,
)


class _Held(NamedTuple):
    """What holds a body sentence back: a hedge, or a source without a name."""

    span: Span
    unnamed: bool


def headline_firmer(context: Context) -> Iterator[Finding]:
    """Flag a headline that states flatly what every matching sentence of the body holds back."""
    headline = context.headline
    if headline is None or not _is_flat(context, headline):
        return
    unsettled = _unsettled_cause(context, headline)
    if unsettled is not None:
        yield _firmer(context, headline, _Held(unsettled, unnamed=False))
        return
    matching = _said_again(context, headline)
    told = stems(headline.of(context.text))
    held_back = [held for sentence in matching if (held := _held(context, sentence, told)) is not None]
    if matching and len(held_back) == len(matching):
        yield _firmer(context, headline, held_back[0])


def _is_flat(context: Context, headline: Sentence) -> bool:
    text = headline.of(context.text)
    if "?" in text or re.search(r"[\"“”‘]", text) or _serious(context, headline):
        return False
    if phrase_pattern("headline_holds_back").search(text):
        return False
    # "INFERNO: …" is a label; a source that the headline names is named in the text again.
    below = context.text[headline.end :].lower()
    sources = [a.source for a in context.attributions_of.get(headline.index, ()) if a.source]
    return not any(context.words(source).lower() in below for source in sources)


def _firmer(context: Context, headline: Sentence, held: _Held) -> Finding:
    how = "The text has it from an unnamed source" if held.unnamed else "The text holds back"
    note = f"The headline says it flatly: {context.excerpt(headline)}. {how}: {context.excerpt(held.span)}."
    spans = (headline.place, held.span.place)
    return context.finding(FlagKind.HEADLINE_FIRMER, note, spans, article_wide=True)


def _unsettled_cause(context: Context, headline: Sentence) -> Span | None:
    """Return where the body says that a cause is not settled which the headline names."""
    if not phrase_pattern("causing").search(headline.of(context.text)):
        return None
    told = stems(headline.of(context.text))
    for sentence in context.body:
        match = _CAUSE.search(context.text, sentence.start, sentence.end)
        if match and (len(told & _around(context, sentence)) >= 2):
            return Span(start=match.start(), end=match.end())
    return None


def _around(context: Context, sentence: Sentence) -> frozenset[str]:
    """Return the content words of a sentence and of the two before it: what its "cause" is the cause of."""
    near = (sentence, *context.before(sentence, 2))
    return frozenset().union(*(stems(each.of(context.text)) for each in near))


def _said_again(context: Context, headline: Sentence) -> list[Sentence]:
    """Return the body's sentences that state what the headline states."""
    own = [
        f
        for f in context.figures_of.get(headline.index, ())[:3]
        if f.low >= 2 and f.quantity.kind != "ordinal"
    ]
    if own:
        return list(dict.fromkeys(f.sentence for f in context.figures if _same_figure(f, own, headline)))
    told = stems(headline.of(context.text))
    if len(told) < _FEWEST:
        return []
    matching: list[Sentence] = []
    for sentence in context.body:
        shared = told & stems(sentence.of(context.text))
        if sentence.role is BlockRole.BODY and len(shared) >= max(_FEWEST, 0.6 * len(told)):
            matching.append(sentence)
    return matching


def _same_figure(figure: Figure, own: list[Figure], headline: Sentence) -> bool:
    return figure.sentence is not headline and any(
        (figure.low, figure.high) == (other.low, other.high) and figure.quantity.kind == other.quantity.kind
        for other in own
    )


def _held(context: Context, sentence: Sentence, told: frozenset[str]) -> _Held | None:
    """Return what holds a sentence back as far as it says what the headline tells."""
    hedge = _hedge_or_condition(context, sentence)
    if hedge is not None and _is_about(context, sentence, hedge, told):
        return _Held(hedge, unnamed=False)
    attributed = context.attributions_of.get(sentence.index, ())
    sources = [a.source for a in attributed if a.source is not None]
    unnamed = [a.source for a in attributed if a.source is not None and is_unnamed_person(context, a)]
    if unnamed and len(unnamed) == len(sources):
        return _Held(unnamed[0], unnamed=True)
    return None


def _is_about(context: Context, sentence: Sentence, hedge: Hedge, told: frozenset[str]) -> bool:
    """Tell whether a hedge is on what the headline tells, and not on something beside it."""
    if hedge.kind == "condition":
        return True
    next_words = " ".join(context.text[hedge.end : sentence.end].split(maxsplit=_NEXT)[:_NEXT])
    whole = stems(_clause(context, sentence, hedge).of(context.text))
    return len(whole & told) >= 2 and bool(stems(next_words) & told)


def _serious(context: Context, sentence: Sentence) -> list[Hedge]:
    """Return the hedges that hold back what happened: not "about", not what may yet come."""
    return [
        hedge
        for hedge in context.hedges_of.get(sentence.index, ())
        if hedge.kind in _SERIOUS or (hedge.kind == "possibility" and _of_the_past(context, hedge))
    ]


def _of_the_past(context: Context, hedge: Hedge) -> bool:
    return hedge.of(context.text).lower().endswith("have") or bool(_PAST.match(context.text, hedge.end))


def _hedge_or_condition(context: Context, sentence: Sentence) -> Hedge | None:
    """Return a sentence's first hedge, or a condition that the next sentence sets on it."""
    found = _serious(context, sentence)
    if found:
        return found[0]
    for after in context.segmentation.sentences[sentence.index + 1 : sentence.index + 2]:
        conditions = [h for h in _serious(context, after) if h.kind == "condition"]
        if conditions and after.furniture is None and _POINTS_BACK.match(context.text, after.start):
            return conditions[0]
    return None


def hedge_lost(context: Context) -> Iterator[Finding]:
    """Flag what is hedged in one sentence and stated flatly, in the article's own voice, in a later one."""
    known: dict[int, frozenset[str]] = {}
    for sentence in context.body:
        for hedge in _serious(context, sentence)[:3]:
            flat = _stated_flatly(context, sentence, hedge, known)
            if flat is not None:
                yield _lost(context, hedge, sentence, flat)
                break


def _stated_flatly(
    context: Context, sentence: Sentence, hedge: Hedge, known: dict[int, frozenset[str]]
) -> Sentence | None:
    """Return the first later sentence that states what `hedge` holds back as a plain fact."""
    held = _clause(context, sentence, hedge)
    proposition = stems(held.of(context.text))
    counted = [
        f
        for f in context.figures_of.get(sentence.index, ())
        if held.contains(f.quantity) and f.low >= _SMALLEST
    ]
    for later in context.segmentation.sentences[sentence.index + 1 : sentence.index + 1 + _AHEAD]:
        if later.furniture is not None:
            continue
        if later.index not in known:
            known[later.index] = stems(later.of(context.text))
        shared = proposition & known[later.index]
        told = len(shared) >= _FEWEST and len(shared) >= _MOST * len(proposition)
        counted_again = any(
            one.quantity.text == other.quantity.text and same_thing(one, other) and len(shared) >= 2
            for one in counted
            for other in context.figures_of.get(later.index, ())
        )
        if (told or counted_again) and _is_plain(context, later):
            return later
    return None


def _is_plain(context: Context, sentence: Sentence) -> bool:
    if _hedge_or_condition(context, sentence) or not context.in_own_voice(sentence):
        return False
    text = sentence.of(context.text)
    return "?" not in text and phrase_pattern("taking_back").search(text) is None


def _clause(context: Context, sentence: Sentence, hedge: Hedge) -> Span:
    """Return the words that a hedge holds back: what follows it in its clause, else the whole clause."""
    ends = _CLAUSE_END.search(context.text, hedge.end, sentence.end)
    end = ends.start() if ends else sentence.end
    after = Span(start=hedge.end, end=end)
    if len(stems(after.of(context.text))) >= _FEWEST or hedge.kind == "possibility":
        return after
    start = sentence.start
    for border in _CLAUSE_END.finditer(context.text, sentence.start, hedge.start):
        start = border.end()
    return Span(start=start, end=end)


def _lost(context: Context, hedge: Hedge, hedged: Sentence, flat: Sentence) -> Finding:
    note = (
        f"Held back in one sentence, “{context.words(hedge)}”: {context.excerpt(hedged)}. "
        f"Stated flatly in a later one: {context.excerpt(flat)}."
    )
    return context.finding(FlagKind.HEDGE_LOST, note, (hedge.place, flat.place))
