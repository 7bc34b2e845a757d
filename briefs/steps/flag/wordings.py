"""Flags about words: a hedge that goes missing, a headline that outruns its text, quotations, anonymity."""

import re
from collections import defaultdict
from collections.abc import Iterator

from briefs.domain.brief import Finding, FlagKind
from briefs.domain.scan import Hedge, SourceKind
from briefs.domain.segmentation import Sentence
from briefs.domain.spans import Span
from briefs.steps.flag.context import Context, Figure
from briefs.text.quotes import quotations

_FIRM_KINDS = frozenset({"approximation"})
"""Hedges that leave the claim itself as firm as before."""
_CONTENT = re.compile(r"[^\W_]{3,}")
_COMMON = 20
"""A word in more sentences than this finds no pairs: it would compare all with all."""
_OMISSION = re.compile(r"\((?:…|\.\.\.|\. \. \.)\)|\[(?:…|\.\.\.|\. \. \.)\]")


def headline_firmer(context: Context) -> Iterator[Finding]:
    """Flag a headline that states flatly what every matching sentence of the body hedges."""
    headline = context.headline
    if headline is None or _hedges(context, headline) or context.attributions_of.get(headline.index):
        return
    matching = _said_again(context, headline)
    held_back = [(sentence, hedge) for sentence in matching if (hedge := _first_hedge(context, sentence))]
    if not matching or len(held_back) < len(matching):
        return
    sentence, hedge = held_back[0]
    note = (
        f"The headline says it flatly: “{context.words(headline)}”. "
        f"The text holds back: “{context.words(hedge)}”."
    )
    spans = (headline.place, hedge.place)
    finding = context.finding(FlagKind.HEADLINE_FIRMER, note, spans, article_wide=True)
    ids = dict.fromkeys((*finding.briefs, *(c.id for c in context.claims_of.get(sentence.index, ()))))
    yield finding.model_copy(update={"briefs": tuple(ids)})


def hedge_lost(context: Context) -> Iterator[Finding]:
    """Flag what is hedged in one sentence and stated flatly, in the article's own voice, in a later one."""
    hedged_figures: dict[tuple[object, ...], tuple[Figure, Hedge]] = {}
    for figure in context.figures:
        if figure.sentence is context.headline or figure.quantity.low is None:
            continue
        key = (figure.quantity.low, figure.quantity.high, figure.unit)
        hedge = _first_hedge(context, figure.sentence)
        if hedge is not None:
            hedged_figures.setdefault(key, (figure, hedge))
        elif figure.attribution is None and key in hedged_figures and figure.unit is not None:
            earlier, hedge = hedged_figures.pop(key)
            yield _lost(context, hedge, earlier.sentence, figure.quantity.place, figure.sentence)
    yield from _lost_in_words(context)


def _lost_in_words(context: Context) -> Iterator[Finding]:
    sentences_with: dict[str, list[int]] = defaultdict(list)
    content: dict[int, frozenset[str]] = {}
    by_index = context.segmentation.sentences
    for sentence in context.body:
        words = _content(context, sentence)
        content[sentence.index] = words
        flat = not _first_hedge(context, sentence) and not context.attributions_of.get(sentence.index)
        if flat and len(words) >= 5:
            shared: dict[int, int] = defaultdict(int)
            for word in words:
                for index in sentences_with[word][-_COMMON:]:
                    shared[index] += 1
            for index, count in sorted(shared.items()):
                hedge = _first_hedge(context, by_index[index])
                if hedge and count >= 5 and count >= 0.6 * len(words | content[index]):
                    yield _lost(context, hedge, by_index[index], sentence.place, sentence)
                    break
        for word in words:
            sentences_with[word].append(sentence.index)


def _lost(context: Context, hedge: Span, hedged: Sentence, flat: Span, sentence: Sentence) -> Finding:
    note = (
        f"Held back in one sentence: “{context.words(hedge)}” in “{_short(context, hedged)}”. "
        f"Stated flatly in a later one: “{_short(context, sentence)}”."
    )
    return context.finding(FlagKind.HEDGE_LOST, note, (hedge.place, flat))


def anonymous_opinion(context: Context) -> Iterator[Finding]:
    """Flag an unnamed source that is given for a judgement and not for a fact."""
    signals = {each.sentence: each for each in context.scan.signals}
    for attribution in context.scan.attributions:
        if attribution.kind is not SourceKind.ANONYMOUS or attribution.source is None:
            continue
        sentences = [s for piece in attribution.content for s in context.segmentation.sentences_of(piece)]
        if any(context.figures_of.get(sentence.index) for sentence in sentences):
            continue
        known = [signals[sentence.index] for sentence in sentences if sentence.index in signals]
        judgement = [span for each in known for span in each.opinion if _within(span, attribution.content)]
        if judgement and not any(each.event for each in known):
            note = (
                f"An unnamed source, “{context.words(attribution.source)}”, is given for a judgement: "
                f"“{context.words(judgement[0])}”."
            )
            spans = (attribution.source.place, judgement[0].place)
            yield context.finding(FlagKind.ANONYMOUS_OPINION, note, spans)


def quotation_spliced(context: Context) -> Iterator[Finding]:
    """Flag a quotation out of which words were left, by the article's own marks of omission."""
    for quotation in quotations(context.text, context.segmentation.paragraphs):
        gaps = [match.span() for match in _OMISSION.finditer(context.text, *_bounds(quotation.inner))]
        if not gaps:
            continue
        places = "at one place" if len(gaps) == 1 else f"at {len(gaps)} places"
        note = (
            f"The quotation is put together from {len(gaps) + 1} pieces: words are left out {places}. "
            "The whole passage may read differently."
        )
        spans = tuple(Span(start=start, end=end) for start, end in gaps)
        finding = context.finding(FlagKind.QUOTATION_SPLICED, note, (quotation.span, *spans))
        yield finding


def _bounds(span: Span) -> list[int]:
    return [span.start, span.end]


def _within(span: Span, pieces: tuple[Span, ...]) -> bool:
    return any(piece.contains(span) for piece in pieces)


def _hedges(context: Context, sentence: Sentence) -> list[Hedge]:
    return [h for h in context.hedges_of.get(sentence.index, ()) if h.kind not in _FIRM_KINDS]


def _first_hedge(context: Context, sentence: Sentence) -> Hedge | None:
    """Return the sentence's first hedge, or a condition that the next sentence sets on it."""
    found = _hedges(context, sentence)
    if found:
        return found[0]
    following = context.segmentation.sentences[sentence.index + 1 : sentence.index + 2]
    for after in following:
        points_back = re.match(r"(?:This|That|These|Those|The)\b", after.of(context.text))
        conditions = [h for h in _hedges(context, after) if h.kind == "condition"]
        if points_back and conditions and after.furniture is None:
            return conditions[0]
    return None


def _said_again(context: Context, headline: Sentence) -> list[Sentence]:
    """Return the body's sentences that state what the headline states."""
    own = {
        (figure.quantity.low, figure.quantity.high)
        for figure in context.figures_of.get(headline.index, ())
        if figure.quantity.low is not None and figure.quantity.kind != "ordinal"
    }
    matching = [
        figure.sentence
        for figure in context.figures
        if figure.sentence is not headline and (figure.quantity.low, figure.quantity.high) in own
    ]
    if own:
        return list(dict.fromkeys(matching))
    merged = [
        sentence
        for claim in context.claims_of.get(headline.index, ())
        for place in (claim.claim.quote, *claim.claim.also_at)
        for sentence in context.segmentation.sentences_of(place)
        if sentence is not headline
    ]
    return list(dict.fromkeys(merged))


def _content(context: Context, sentence: Sentence) -> frozenset[str]:
    return frozenset(word.lower() for word in _CONTENT.findall(sentence.of(context.text)))


def _short(context: Context, sentence: Sentence, limit: int = 140) -> str:
    """Return a sentence's exact words, cut at a word border if long; the cut shows outside the quotes."""
    words = context.words(sentence)
    if len(words) <= limit:
        return words
    return words[: words.rfind(" ", 0, limit)]
