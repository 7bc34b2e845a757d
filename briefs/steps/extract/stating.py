"""The pieces of the article that each state one claim: sentences, runs of sentences, clauses."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from briefs.domain.article import BlockRole
from briefs.domain.scan import OWN_VOICE, Attribution, Clause, Speech
from briefs.domain.spans import How, Span
from briefs.steps.extract.attributing import leads, said_by
from briefs.steps.extract.checkability import Judgement, judge
from briefs.steps.extract.facts import Facts, facts
from briefs.steps.extract.view import View, within
from briefs.steps.extract.weighing import Weight, weigh

_LONGEST_RUN = 4
"""Sentences of one quotation that may be read as one point; more is too much for one brief."""
_SHORTEST_CLAUSE = 4
"""Three clauses or more with a shorter one among them are a series, which says more when it stays whole."""
_EDGE = " \t\r\n\u00a0,;:–—"
_LINKS = re.compile(r"(?:and|but|while|whereas|although|though|yet|so|that)\s+", re.IGNORECASE)


class Statement(NamedTuple):
    """One claim to be: its place, whose words it is, and what was decided about it."""

    quote: Span
    views: tuple[View, ...]
    """The sentences it lies in, at least one."""
    attribution: Attribution
    facts: Facts
    judgement: Judgement
    subject: Span | None = None
    """Where a clause leaves its subject unsaid, the place of the subject."""


class Looked(NamedTuple):
    """A sentence as a whole, and the statements that came of it (none: left out)."""

    view: View
    whole: Statement
    statements: tuple[Statement, ...]
    weight: Weight


def look(text: str, view: View) -> Looked:
    """Judge a sentence and the clauses in it; two checkable clauses give two statements."""
    whole = _statement(text, view, view.sentence.place)
    stated = _stated(text, view, whole)
    return Looked(view, whole, stated, weigh(text, view, whole.facts, kept=bool(stated)))


def _stated(text: str, view: View, whole: Statement) -> tuple[Statement, ...]:
    """Return the clauses that each state a claim, or the whole sentence, or nothing."""
    kept = (whole,) if whole.judgement.checkable else ()
    if view.sentence.role is BlockRole.HEADLINE:
        return kept
    pieces = [_statement(text, view, place, clause) for place, clause in _pieces(text, view)]
    apart = tuple(each for each in pieces if each.judgement.weight == 2)
    series = len(apart) > 2 and any(each.facts.words < _SHORTEST_CLAUSE for each in apart)
    if len(apart) > 1 and not series:
        return tuple(_in_sentence(each, whole) for each in apart)
    return kept


def runs(looked: Sequence[Looked]) -> Iterator[Statement]:
    """Yield the statements of the article in order, sentences of one quotation that make one point joined."""
    pending: Statement | None = None
    for each in looked:
        if pending is not None and _goes_on(pending, each):
            pending = _joined(pending, each.whole)
            continue
        if pending is not None:
            yield pending
            pending = None
        if len(each.statements) == 1 and each.statements[0].quote == each.view.sentence.place:
            pending = each.statements[0]
        else:
            yield from each.statements
    if pending is not None:
        yield pending


def statement_at(text: str, views: Sequence[View], place: Span) -> Statement:
    """Return what `place` states, whether or not the rules would have chosen it.

    `views` are those of its sentences, in order, at least one. A place that is a clause of its sentence is
    read as that clause.
    """
    first, *following = (_read(text, view, place) for view in views)
    for each in following:
        first = _joined(first, each)
    return first


def _read(text: str, view: View, place: Span) -> Statement:
    sentence = view.sentence
    piece = Span(start=max(place.start, sentence.start), end=min(place.end, sentence.end))
    bare = _trimmed(text, piece.start, piece.end)
    for clause_place, clause in _pieces(text, view):
        if clause_place == bare:
            piece = clause_place
            whole = _statement(text, view, sentence.place)
            return _in_sentence(_statement(text, view, piece, clause), whole)
    return _statement(text, view, piece)


def _statement(text: str, view: View, place: Span, clause: Clause | None = None) -> Statement:
    source = said_by(view.attributions, place)
    if source is OWN_VOICE and clause is None:
        # A sentence attributed in part, the rest stating nothing: the source stands for the whole.
        figures = within(view.quantities, place)
        leading = (each for each in view.attributions if leads(each, text, place, figures))
        source = said_by(leading, place, least=0.2)
    found = facts(text, view, place, source)
    judgement = judge(place.of(text), found, view.sentence.role)
    subject = clause.subject if clause and clause.subject and not place.overlaps(clause.subject) else None
    return Statement(place, (view,), source, found, judgement, subject)


def _in_sentence(clause: Statement, whole: Statement) -> Statement:
    """Return a clause's statement with what its sentence says for all its clauses: whom it is about, harm."""
    facts_of_both = clause.facts._replace(
        harm=clause.facts.harm or whole.facts.harm,
        particular=clause.facts.particular or whole.facts.particular,
    )
    return clause._replace(facts=facts_of_both)


def _pieces(text: str, view: View) -> Iterator[tuple[Span, Clause]]:
    """Yield the clauses of a sentence as places without overlap, trimmed of linking words and marks."""
    reached = view.sentence.start
    for clause in sorted(view.clauses, key=lambda each: (each.start, -each.end)):
        start, end = max(clause.start, reached), min(clause.end, view.sentence.end)
        if start < end:
            place = _trimmed(text, start, end)
            reached = end
            if place.start < place.end:
                yield place, clause


def _trimmed(text: str, start: int, end: int) -> Span:
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    while start < end and text[start] in _EDGE:
        start += 1
    link = _LINKS.match(text, start, end)  # "…, and 12 drowned", "said that 12 drowned"
    return Span(start=link.end() if link else start, end=end)


def _goes_on(first: Statement, following: Looked) -> bool:
    """Tell whether a sentence only goes on with the point of the quotation before it."""
    last, sentence = first.views[-1].sentence, following.view.sentence
    if sentence.index != last.index + 1 or sentence.furniture is not None or len(first.views) >= _LONGEST_RUN:
        return False
    if following.whole.judgement.weight == 2 or last.role is not sentence.role:
        return False
    one, other = first.attribution, following.whole.attribution
    if one.source is None:
        # A quotation within the article's own sentence, which closes only sentences later.
        return sentence.quote_depth > 0
    if other.source is None:
        return False
    if other.speech is not Speech.DIRECT or one.speech not in {Speech.DIRECT, Speech.MIXED}:
        return False
    return one.source.name == other.source.name and other.how is not How.POSSIBLE


def _joined(first: Statement, following: Statement) -> Statement:
    quote = Span(start=first.quote.start, end=following.quote.end)
    source = first.attribution if first.attribution.source else following.attribution
    found = first.facts._replace(denial=first.facts.denial or following.facts.denial)
    return first._replace(
        quote=quote, views=(*first.views, *following.views), attribution=source, facts=found
    )
