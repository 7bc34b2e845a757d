"""In what one claim differs between two versions: what the article says, and what was drafted."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple, TypeVar

from briefs.compare.comparison import Change, Kind
from briefs.compare.texts import Texts
from briefs.compare.words import marked
from briefs.domain.article import Article
from briefs.domain.brief import Brief
from briefs.domain.desk_events import question_key
from briefs.domain.scan import Attribution, DateMention, Quantity
from briefs.domain.spans import Mention, Span
from briefs.steps.render.drafting import choice
from briefs.steps.render.sources import chain, who
from briefs.steps.render.wording import CLAIM_TYPES, FLAGS
from briefs.text.equality import collapsed
from briefs.text.wordings import same_words

FigureT = TypeVar("FigureT", Quantity, DateMention)
_RESTED_ON = frozenset({Kind.SOURCE, Kind.CUE, Kind.HEDGE_GAINED, Kind.HEDGE_LOST, Kind.TURNED})
"""What a sign-off rests on besides the quoted words."""
_NO_CHOICE = "as the rules have it"


class Seen(NamedTuple):
    """A claim with the article that its places lie in."""

    brief: Brief
    article: Article

    @property
    def quote(self) -> str:
        """Return the claim's words, with white space collapsed."""
        return collapsed(self.brief.claim.quote.text)

    def words(self, span: Span | None) -> str | None:
        """Return the words at a place, with white space collapsed."""
        return collapsed(span.of(self.article.text)) if span is not None else None


def changes(old: Seen, new: Seen, texts: Texts) -> tuple[Change, ...]:
    """Return in what a claim differs, what the article says first.

    What was drafted is compared only where the claim's own words are the same: other words are asked about
    otherwise.
    """
    same = _same(old.quote, new.quote)
    said = [] if same else [reworded(old.quote, new.quote)]
    said += [*_attributed(old, new, texts), *_hedges(old, new), *_figures(old, new)]
    if same:
        turned = texts.turned(new.brief.claim.quote)
        said += [Change(kind=Kind.TURNED, after=turned)] if turned else []
        said += _drafted(old.brief, new.brief)
    return tuple(said)


def reworded(before: str, after: str) -> Change:
    """Return that words have become others, with both in one."""
    return Change(kind=Kind.WORDS, before=before, after=after, marked=marked(before, after))


def affects(found: Iterable[Change], texts: Texts) -> bool:
    """Tell whether changes are such that a sign-off rests on the words that changed.

    Of the same text only the claim's own words count. A figure whose words are the same and whose value is
    not was read otherwise: that does not count.
    """
    kinds = {change.kind for change in found}
    return Kind.WORDS in kinds or (not texts.same and not kinds.isdisjoint(_RESTED_ON))


def _attributed(old: Seen, new: Seen, texts: Texts) -> Iterator[Change]:
    before, after = old.brief.attribution, new.brief.attribution
    # Another reader of one text ("as the model reads it") is told of; how a newer text is read is not.
    if _named(before) != _named(after) or (texts.same and before.drafted_by != after.drafted_by):
        short = (who(before), who(after))
        told = short if short[0] != short[1] else (_told(before, old.article), _told(after, new.article))
        yield Change(kind=Kind.SOURCE, before=told[0], after=told[1])
    elif not _same(stood := old.words(before.source), stands := new.words(after.source)):
        yield Change(kind=Kind.SOURCE, before=f"“{stood}”", after=f"“{stands}”")
    cues = (old.words(before.cue), new.words(after.cue))
    if not _same(*cues):
        yield Change(kind=Kind.CUE, before=cues[0], after=cues[1])


def _same(one: str | None, other: str | None) -> bool:
    return one == other if one is None or other is None else one == other or same_words(one, other)


def _named(attribution: Attribution) -> tuple[object, ...]:
    source = attribution.source
    names = (_folded(source.name), _folded(source.role)) if source is not None else None
    passed = tuple(_mentions(each) for each in (attribution.via, attribution.basis))
    return (attribution.kind, names, passed)


def _mentions(mentions: Iterable[Mention]) -> tuple[str, ...]:
    return tuple(_folded(mention.name) for mention in mentions)


def _told(attribution: Attribution, article: Article) -> str:
    """Return whose words a claim is, with the chain behind it, in words for people."""
    first, *others = (line for line in chain(attribution, article.text) if line.label != "The chain ends")
    told = "; ".join(f"{line.label[:1].lower()}{line.label[1:]} {line.text}" for line in others)
    return f"{first.text}; {told}" if told else first.text


def _hedges(old: Seen, new: Seen) -> Iterator[Change]:
    before, after = (_counted(each.words(span) for span in each.brief.claim.hedges) for each in (old, new))
    lost, gained = before - after, after - before
    for kind, words in ((Kind.HEDGE_LOST, lost), (Kind.HEDGE_GAINED, gained)):
        for word in words.elements():
            is_lost = kind is Kind.HEDGE_LOST
            yield Change(kind=kind, before=word if is_lost else None, after=None if is_lost else word)


def _counted(words: Iterable[str | None]) -> Counter[str]:
    return Counter(word.casefold() for word in words if word)


def _figures(old: Seen, new: Seen) -> Iterator[Change]:
    yield from _unequal(old.brief.claim.quantities, new.brief.claim.quantities, _value, _figure_words)
    yield from _unequal(old.brief.claim.dates, new.brief.claim.dates, _day, _date_words)


def _value(figure: Quantity) -> tuple[object, ...]:
    words = tuple(_folded(each) for each in (figure.unit, figure.period, figure.denominator))
    return (figure.low, figure.high, figure.approximate, figure.kind, *words)


def _figure_words(figure: Quantity) -> str:
    words = collapsed(figure.text)
    unit = figure.unit if figure.unit and figure.unit.casefold() not in words.casefold() else None
    told = f"{words} {unit}" if unit else words
    return f"{told} ({collapsed(figure.period)})" if figure.period else told


def _day(date: DateMention) -> tuple[object, ...]:
    value = (date.iso, date.from_date, date.to_date)
    # A day whose value nobody knows is told from others by its words.
    return value if any(value) else (_folded(date.text),)


def _date_words(date: DateMention) -> str:
    words = collapsed(date.text)
    known = date.iso or " to ".join(each for each in (date.from_date, date.to_date) if each)
    return f"{words} ({known})" if known and known != words else words


def _unequal(
    before: Sequence[FigureT],
    after: Sequence[FigureT],
    value: Callable[[FigureT], tuple[object, ...]],
    told: Callable[[FigureT], str],
) -> Iterator[Change]:
    """Yield the figures that one of the two alone has, paired in their order."""
    gone, come = _without(before, after, value), _without(after, before, value)
    for was, now in zip_longest(map(told, gone), map(told, come)):
        yield Change(kind=Kind.FIGURE, before=was, after=now)


def _without(
    figures: Sequence[FigureT], others: Sequence[FigureT], value: Callable[[FigureT], tuple[object, ...]]
) -> list[FigureT]:
    """Return the figures that have no equal one among others, each of which stands for one."""
    held = Counter(value(each) for each in others)
    left = []
    for each in figures:
        if held[value(each)]:
            held[value(each)] -= 1
        else:
            left.append(each)
    return left


def _drafted(old: Brief, new: Brief) -> Iterator[Change]:
    before, after = collapsed(old.claim.standalone), collapsed(new.claim.standalone)
    if not _same(before, after):
        yield Change(kind=Kind.STANDALONE, before=before, after=after, marked=marked(before, after))
    for kind, was, now in (
        (Kind.TYPE, CLAIM_TYPES[old.claim.type], CLAIM_TYPES[new.claim.type]),
        (Kind.PRIORITY, old.claim.priority.level, new.claim.priority.level),
        (Kind.CHOICE, _chosen(old), _chosen(new)),
    ):
        if was != now:
            yield Change(kind=kind, before=was, after=now)
    yield from _lines(
        Kind.FLAG_GONE,
        Kind.FLAG_NEW,
        [(f"{flag.kind} {flag.note}", f"{FLAGS[flag.kind]}: {flag.note}") for flag in old.flags],
        [(f"{flag.kind} {flag.note}", f"{FLAGS[flag.kind]}: {flag.note}") for flag in new.flags],
    )
    yield from _lines(Kind.QUESTION_GONE, Kind.QUESTION_NEW, _questions(old), _questions(new))
    yield from _lines(Kind.MISSING_GONE, Kind.MISSING_NEW, _missing(old), _missing(new))


def _chosen(brief: Brief) -> str:
    """Return what the model said of choosing a claim; nothing is said where it agrees with the rules."""
    told = choice(brief.claim.choice)
    if told is None:
        return _NO_CHOICE
    return f"{told.line}: {told.why}" if told.why else told.line


def _questions(brief: Brief) -> list[tuple[str, str]]:
    return [
        (question_key(each.ask, each.text), f"{collapsed(each.text)} (ask {collapsed(each.ask)})")
        for each in brief.questions
    ]


def _missing(brief: Brief) -> list[tuple[str, str]]:
    told = [f"{collapsed(each.what)} (held by {collapsed(each.holder)})" for each in brief.missing_evidence]
    return [(line, line) for line in told]


def _lines(
    gone: Kind, new: Kind, before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]]
) -> Iterator[Change]:
    known, now = {key for key, _ in before}, {key for key, _ in after}
    yield from (Change(kind=gone, before=told) for key, told in before if key not in now)
    yield from (Change(kind=new, after=told) for key, told in after if key not in known)


def _folded(words: str | None) -> str:
    return collapsed(words).casefold() if words else ""
