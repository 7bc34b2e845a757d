"""What the events of the desk come to: the present state of every claim that somebody has decided about."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple, assert_never

from briefs.domain.brief import Brief
from briefs.domain.desk import Basis, Check, Desk, Status
from briefs.domain.desk_events import (
    Added,
    Answered,
    Change,
    DeskEvent,
    DeskField,
    Dismissed,
    Door,
    Edited,
    Kept,
    Moved,
    Reopened,
)
from briefs.domain.desk_lineage import by_claim
from briefs.review.log_lines import log_lines

_DECISIONS = (DeskField.SAID, DeskField.SO, DeskField.STATUS)
_ENUMERATIONS = {DeskField.SAID: Check, DeskField.SO: Check, DeskField.STATUS: Status}


class Answer(NamedTuple):
    """What a person wrote down to a question, or that it was ticked off."""

    question: str
    """The question as it was asked."""
    ask: str | None
    """Whom it asked, where that is known."""
    answer: str | None
    done: bool
    who: str
    seq: int
    """Of the event: of two answers to one question the higher one counts."""


class ClaimState(NamedTuple):
    """Where a claim stands after all that was recorded about it."""

    brief: str
    """The id that it has now."""
    article: str
    """Id of the article that it stands in now."""
    desk: Desk
    """Without what only the article's present briefs can tell: `read_otherwise`, `gone`."""
    revision: int
    """The `seq` of its last event: what a person who edits it must have seen."""
    basis: Basis | None = None
    """The words that the decisions rest on: the last ones known where they are gone."""
    answers: Mapping[str, Answer] = MappingProxyType({})
    """By the question's key."""
    added: Brief | None = None
    """The brief of a claim that the tool does not have: a person found it, or the tool finds it no longer."""


class Step(NamedTuple):
    """One thing that was recorded about a claim, and where the claim stood before and after it."""

    event: DeskEvent
    before: Desk
    after: ClaimState


def states(events: Iterable[DeskEvent]) -> Mapping[str, ClaimState]:
    """Return the present state of every claim that has one, by the id that it has now.

    `events` must come in the order of `seq`; they may be those of one article or of many.
    """
    return {brief: state(brief, own) for brief, own in by_claim(events).items()}


def state(brief: str, events: Iterable[DeskEvent]) -> ClaimState:
    """Return the state that the events of one claim come to; raises ValueError where there are none."""
    now: ClaimState | None = None
    lines: list[str] = []
    for step in steps(brief, events):
        what = step.event.what
        if isinstance(what, Edited) and what.taken_over is not None:
            lines = list(what.taken_over.log)
        lines.extend(log_lines(step.event, step.before))
        now = step.after
    if now is None:
        raise ValueError(f"{brief}: no events")
    return now._replace(desk=now.desk.model_copy(update={"log": tuple(lines)}))


def steps(brief: str, events: Iterable[DeskEvent]) -> Iterator[Step]:
    """Yield what the events of one claim did, one by one; the states are without their log."""
    now: ClaimState | None = None
    for event in events:
        before = now or ClaimState(brief, event.article, Desk(), 0)
        now = _after(before, event)
        yield Step(event, before.desk, now)


def _after(now: ClaimState, event: DeskEvent) -> ClaimState:  # noqa: PLR0911 - one a kind of event
    what = event.what
    now = now._replace(revision=event.seq, article=event.article)
    match what:
        case Edited():
            return _edited(now, what, event.at)
        case Answered():
            given = Answer(what.text, what.ask, what.answer, what.done, event.who, event.seq)
            return now._replace(answers=MappingProxyType({**now.answers, what.question: given}))
        case Added():
            by = now.desk.added_by or (None if event.door is Door.RUN else event.who)
            desk = now.desk.model_copy(update={"added_by": by})
            return now._replace(added=what.brief, basis=what.basis, desk=desk)
        case Dismissed():
            changed = now.desk.changed if what.reason is None else ()
            desk = now.desk.model_copy(update={"dismissed": what.reason, "changed": changed})
            return now._replace(desk=desk, basis=what.basis)
        case Reopened():
            return _reopened(now, what)
        case Kept():
            return now._replace(basis=what.basis)
        case Moved():
            return now._replace(article=what.article)
        case _:
            assert_never(what)


def _edited(now: ClaimState, what: Edited, at: str) -> ClaimState:
    if what.taken_over is not None:
        own = {"added_by": now.desk.added_by, "gone": False, "read_otherwise": (), "log": ()}
        return now._replace(desk=what.taken_over.model_copy(update=own), basis=what.basis)
    update: dict[str, object] = {each.field.value: _value(each) for each in what.changes}
    decided = any(each.field in _DECISIONS for each in what.changes)
    if decided:
        update["changed"] = ()
        update.setdefault("date", at[:10])
    desk = now.desk.model_copy(update=update)
    # A note beside a decision leaves the decision on the words that it was made on.
    rests_on = what.basis if decided or now.basis is None or not is_decided(now.desk) else now.basis
    return now._replace(desk=desk, basis=rests_on)


def _value(change: Change) -> object:
    kind = _ENUMERATIONS.get(change.field)
    if kind is None:
        return change.after
    return kind(change.after) if change.after is not None else kind("open")


def _reopened(now: ClaimState, what: Reopened) -> ClaimState:
    update: dict[str, object] = {
        "said": Check.OPEN,
        "so": Check.OPEN,
        "status": Status.OPEN,
        "dismissed": None,
    }
    if is_decided(now.desk) or now.desk.changed:
        update["changed"] = tuple(dict.fromkeys((*now.desk.changed, *what.reasons)))
    return now._replace(desk=now.desk.model_copy(update=update), basis=what.basis or now.basis)


def is_decided(desk: Desk) -> bool:
    """Tell whether somebody has decided about a claim: signed anything off, or dismissed it."""
    return desk.signed or desk.dismissed is not None
