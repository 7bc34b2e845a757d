"""What there is in a piece of a sentence, as plain yes/no facts: the features of every later decision."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from briefs.domain.scan import Attribution, Quantity, SourceKind, Speech
from briefs.domain.spans import How, Span
from briefs.language.denials import denial
from briefs.steps.extract.attributing import covered, said_by
from briefs.steps.extract.view import View, within
from briefs.steps.extract.wording import Manner, manner

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_TURN = re.compile(
    r"\b(?:its|their|his|her|the)\s+(?:first|second|third|[^\W_]+th|\d+(?:st|nd|rd|th))\s+"
    r"(?:year|month|week|day|anniversary|decade)\b",
    re.IGNORECASE,
)
_NAMED = frozenset({"PERSON", "ORG", "PLACE", "GROUP", "EVENT", "LAW", "WORK"})
_ANCHORED = frozenset({"date", "month", "year", "period", "time"})


_POINTING = frozenset({"the", "these", "those", "both", "our", "their", "its", "his", "her", "my", "your"})
_FEW = 10
"""Up to here a number after "the" only points at things already met."""
_DAYS = frozenset({"date", "month", "time"})


class Facts(NamedTuple):
    """The yes/no facts about one piece of a sentence."""

    figure: bool
    """A number of something, other than a place in an order or a length of time."""
    superlative: bool
    event: bool
    particular: bool
    """A name: person, body, place, group, event, law, work, or a pronoun for one; not the source's own."""
    date: bool
    day: bool
    """A day, month or hour by name, not only a year or a vague time."""
    comparison: bool
    cause: bool
    rule: bool
    harm: bool
    statement: bool
    """Most of it is attributed to somebody."""
    reported: bool
    """A hedge says that somebody unnamed reports or alleges it."""
    opinion: bool
    prediction: bool
    question: bool
    imperative: bool
    first_person: bool
    generic: bool
    finite: bool
    words: int
    manner: Manner
    denial: bool = False
    """It denies, rejects or calls false what others say."""
    turn: bool = False
    """Which year or anniversary of something it is: "enters its fourth year"."""


def words(text: str) -> list[str]:
    """Return the words of `text` in lower case; a hyphen or apostrophe within a word stays."""
    return _WORD.findall(text.lower())


def facts(text: str, view: View, piece: Span, source: Attribution | None = None) -> Facts:
    """Return the facts about `piece`, a part or the whole of the sentence of `view`.

    `text` is the article's. `source` is the attribution of the piece, worked out here if not given.
    """
    source = source or said_by(view.attributions, piece)
    slice_ = piece.of(text)
    said = words(slice_)
    signals, frames = view.signals, _frames(view)
    lasting = [d for d in view.dates if d.kind == "duration"]
    figures = [
        q
        for q in within(view.quantities, piece)
        if _states(text, q) and not _inside(q, frames) and not _inside(q, lasting)
    ]
    names = [e for e in within(view.entities, piece) if e.label in _NAMED and not _inside(e, frames)]
    dates = within(view.dates, piece)
    whole = piece.start <= view.sentence.start and piece.end >= view.sentence.end
    return Facts(
        figure=bool(figures),
        superlative=bool(within(view.superlatives, piece)),
        event=any(not _inside(e, frames) for e in within(signals.event, piece)),
        particular=bool(names or within(view.references, piece)),
        date=any(d.kind in _ANCHORED or d.iso or d.from_date for d in dates),
        day=any(d.kind in _DAYS for d in dates),
        comparison=bool(within(signals.comparison, piece)),
        cause=any(not _inside(c, frames) for c in within(signals.cause, piece)),
        rule=bool(within(signals.rule, piece)),
        harm=bool(within(signals.harm, piece)),
        statement=source.kind is not SourceKind.UNATTRIBUTED and source.how is not How.POSSIBLE,
        reported=any(h.kind in {"report", "allegation"} for h in within(view.hedges, piece)),
        opinion=any(_judges(each, source, piece) for each in within(signals.opinion, piece)),
        prediction=bool(within(signals.prediction, piece)),
        question=signals.question and (whole or slice_.rstrip("\"'”’»)").endswith("?")),
        imperative=signals.imperative,
        first_person=signals.first_person,
        generic=signals.generic,
        finite=signals.finite,
        words=len(said),
        manner=manner(said),
        denial=denial(slice_) is not None,
        turn=_TURN.search(slice_) is not None,
    )


def _states(text: str, figure: Quantity) -> bool:
    """Tell whether a figure states how many: "two banks" may, "the two banks" only points."""
    if figure.kind == "ordinal":
        return False
    small = figure.low == figure.high and figure.high is not None and figure.high <= _FEW
    before = text[max(0, figure.start - 12) : figure.start].split()[-1:]
    return not (small and figure.kind == "count" and before and before[0].lower() in _POINTING)


def _frames(view: View) -> list[Span]:
    """Return the words that attribute, "said" and "an officer of the guard": no fact of the claim."""
    return [
        part
        for each in view.attributions
        for part in (each.source, each.cue, each.anonymity_reason)
        if part is not None and not any(content.contains(part) for content in each.content)
    ]


def _judges(judging: Span, source: Attribution, piece: Span) -> bool:
    """Tell whether words of judgement judge in what is claimed.

    Where most of it is somebody's words, or it opens with them in quotation marks, the article's own beside
    them do not: "…, she said of the grim toll".
    """
    if source.kind is SourceKind.UNATTRIBUTED or source.how is How.POSSIBLE:
        return True
    opens = source.speech is Speech.DIRECT and any(c.start - piece.start <= 1 for c in source.content)
    said = opens or 2 * covered(source, piece) >= piece.end - piece.start
    return not said or any(content.overlaps(judging) for content in source.content)


def _inside(span: Span, frames: Sequence[Span]) -> bool:
    return any(frame.contains(span) for frame in frames)
