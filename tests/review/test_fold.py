"""What events come to: the present fields of a claim, and a log that people can read."""

import pytest
from harbour import (
    CANCELLED,
    COUNT,
    ID,
    MISSED,
    RESULT,
    SEVEN,
    Events,
    added,
    answer,
    dismissed,
    edit,
    kept,
    moved,
    reopened,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs.domain.desk import Check, Desk, Status
from briefs.domain.desk_events import DeskEvent, Door, Happening
from briefs.review.basis import basis_of
from briefs.review.fold import state, states

RUN: dict[str, object] = {"who": "briefs run", "door": Door.RUN}


def test_an_edit_fills_in_the_fields_and_the_day() -> None:
    """Protects a sign-off: every field that a person filled in is there, and when it was decided."""
    event = Events()
    now = state(
        SEVEN.id,
        [
            event(SEVEN.id, edit(so="confirmed", status="usable", checker="A. Reader", note="two\nlines")),
            event(
                SEVEN.id, edit(source_consulted="gate book", status="soften"), at="2026-11-23T09:00:00+00:00"
            ),
        ],
    )
    assert now.desk.model_copy(update={"log": ()}) == Desk(
        so=Check.CONFIRMED,
        status=Status.SOFTEN,
        checker="A. Reader",
        date="2026-11-23",
        source_consulted="gate book",
        note="two\nlines",
    )
    assert (now.revision, now.article, now.basis) == (2, ID, basis_of(RESULT.article, SEVEN))


def test_a_date_that_a_person_gives_stays() -> None:
    """Protects a check made before it was entered."""
    now = state(SEVEN.id, [Events()(SEVEN.id, edit(status="cut", date="2026-11-01"))])
    assert now.desk.date == "2026-11-01"


def test_emptied_fields_are_open_again() -> None:
    """Protects taking a decision back: null stands for a field that is not filled in."""
    event = Events()
    first = event(SEVEN.id, edit(said="confirmed", status="cut", note="n"))
    now = state(SEVEN.id, [first, event(SEVEN.id, edit(said=None, status=None, note=None))])
    assert not now.desk.signed
    assert now.desk.note is None


LINES: list[tuple[str, list[tuple[Happening, dict[str, object]]], list[str]]] = [
    ("decision", [(edit(status="usable"), {})], ["A. Reader: status open → usable"]),
    ("labels", [(edit(status="correct", so="not_confirmed"), {})],
     ["A. Reader: status open → needs correction; is it so open → not confirmed"]),
    ("words", [(edit(note="a\nb"), {}), (edit(note="c"), {}), (edit(note=None), {})],
     ["A. Reader: note “a b”", "A. Reader: note “a b” → “c”", "A. Reader: note “c” → nothing"]),
    ("door", [(edit(status="cut"), {"door": Door.MARKDOWN})], ["A. Reader (in the Markdown): status open → cut"]),
    ("answer", [(answer(), {}), (answer(words=None, done=False), {})],
     [f"A. Reader: “{SEVEN.questions[0].text[:79]}…” answered: “Yes, in the gate book.”",
      f"A. Reader: “{SEVEN.questions[0].text[:79]}…” is open again"]),
    ("dismissed", [(dismissed("no\nfact"), {}), (dismissed(None), {})],
     ["A. Reader: dismissed it: “no fact”", "A. Reader: took the dismissal back"]),
    ("reopened", [(edit(status="usable", said="confirmed"), {}), (reopened("“Seven” is “Eight” now"), RUN)],
     ["A. Reader: status open → usable; said so open → confirmed",
      "briefs run: open again: “Seven” is “Eight” now. (it was: said so confirmed and status usable)"]),
    ("places alone", [(edit(note="n"), {}), (kept(), RUN), (moved("b0"), RUN)], ["A. Reader: note “n”"]),
    ("added", [(added(), {}), (added(), RUN)], ["A. Reader: added this claim"]),
    ("found no longer", [(added(), RUN)], ["briefs run: kept this claim, which is found no longer"]),
    ("who", [(edit(status="cut"), {"who": "A\nB, \u202eC"})], ["A B, C: status open → cut"]),
]  # fmt: skip


@pytest.mark.parametrize(("happened", "said"), [pytest.param(h, s, id=name) for name, h, s in LINES])
def test_log_lines(happened: list[tuple[Happening, dict[str, object]]], said: list[str]) -> None:
    """Protects the log: who changed what, from what, in words for people, one line an event."""
    event = Events()
    events = [event(SEVEN.id, what, **given) for what, given in happened]  # type: ignore[arg-type]
    [now] = states(events).values()
    assert list(now.desk.log) == [f"2026-11-22 14:05 UTC, {line}" for line in said]


def test_a_changed_article_opens_what_was_decided_and_keeps_what_was_written() -> None:
    """Protects the reader from a sign-off that no longer holds, and the checker's work from being lost."""
    event = Events()
    now = state(
        SEVEN.id,
        [
            event(SEVEN.id, edit(so="confirmed", status="usable", source_consulted="gate book", note="n")),
            event(SEVEN.id, answer()),
            event(SEVEN.id, reopened("a figure changed"), who="briefs run", door=Door.RUN),
            event(SEVEN.id, reopened("a hedge is gone", "a figure changed"), who="briefs run", door=Door.RUN),
        ],
    )
    assert not now.desk.signed
    assert now.desk.changed == ("a figure changed", "a hedge is gone")
    assert (now.desk.source_consulted, now.desk.note) == ("gate book", "n")
    assert [each.answer for each in now.answers.values()] == ["Yes, in the gate book."]


@pytest.mark.parametrize(
    ("what", "left"),
    [
        (edit(note="looked at it"), ("a figure changed",)),
        (edit(status="usable"), ()),
        (edit(so="not_confirmed"), ()),
        (dismissed("no claim"), ()),
        (dismissed(None), ("a figure changed",)),
        (answer(), ("a figure changed",)),
    ],
)
def test_only_a_decision_settles_what_changed(what: Happening, left: tuple[str, ...]) -> None:
    """Protects the warning: a note beside it does not take it away, a new decision does."""
    event = Events()
    signed = event(SEVEN.id, edit(status="usable"))
    changed = event(SEVEN.id, reopened("a figure changed"), who="briefs run", door=Door.RUN)
    assert state(SEVEN.id, [signed, changed, event(SEVEN.id, what)]).desk.changed == left


def test_nothing_is_said_to_have_changed_where_nobody_had_decided() -> None:
    """Protects the page from warnings that concern no decision: a note alone expires with nothing."""
    event = Events()
    noted, changed = event(SEVEN.id, edit(note="n")), event(SEVEN.id, reopened("a figure changed"))
    assert state(SEVEN.id, [noted, changed]).desk.changed == ()


def test_a_log_opens_nothing_again_that_was_not_decided() -> None:
    """Protects the log: what changed under a note alone is no sign-off lost; what is gone is said as gone."""
    event = Events()
    noted, changed = event(SEVEN.id, edit(note="n")), event(SEVEN.id, reopened("a figure changed"))
    assert (
        state(SEVEN.id, [noted, changed])
        .desk.log[-1]
        .endswith(": the article has changed: a figure changed.")
    )
    cut, gone = event(SEVEN.id, edit(status="cut")), event(SEVEN.id, reopened("it is gone", gone=True))
    assert (
        state(SEVEN.id, [cut, gone]).desk.log[-1].endswith(": no longer in the article (it was: status cut)")
    )


def test_a_dismissal_rests_on_words_too() -> None:
    """Protects a claim whose figure changed after it was called no claim: it is looked at again."""
    event = Events()
    now = state(
        SEVEN.id, [event(SEVEN.id, dismissed("no fact")), event(SEVEN.id, reopened("a figure changed"))]
    )
    assert (now.desk.dismissed, now.desk.changed) == (None, ("a figure changed",))


def test_a_decision_rests_on_the_words_that_it_was_made_on() -> None:
    """Protects notes written beside a sign-off: they do not move it to words that it was not made on."""
    event = Events()
    other = basis_of(RESULT.article, CANCELLED)
    signed = event(SEVEN.id, edit(status="usable"))
    noted = event(SEVEN.id, edit(note="n").model_copy(update={"basis": other}))
    assert state(SEVEN.id, [signed, noted]).basis == basis_of(RESULT.article, SEVEN)
    assert state(SEVEN.id, [noted]).basis == other
    moved_on = event(SEVEN.id, kept().model_copy(update={"basis": other}))
    assert state(SEVEN.id, [signed, moved_on]).basis == other


def test_words_that_are_gone_are_remembered() -> None:
    """Protects a sign-off whose paragraph was cut: what it was about can still be shown."""
    event = Events()
    now = state(SEVEN.id, [event(SEVEN.id, edit(status="cut")), event(SEVEN.id, reopened("gone", gone=True))])
    assert now.basis == basis_of(RESULT.article, SEVEN)


def test_a_claim_goes_on_under_its_new_id() -> None:
    """Protects a signed claim through a chain of versions, its log in one piece."""
    event = Events()
    found = states(
        [
            event("b1", edit(status="usable")),
            event("b1", moved("b2")),
            event("b2", edit(note="n")),
            event("b2", moved("b3", "harbour/new.txt")),
            event("b1", edit(status="cut"), who="B. Other"),
        ]
    )
    assert set(found) == {"b3", "b1"}
    assert (found["b3"].desk.status, found["b3"].desk.note) == (Status.USABLE, "n")
    assert (found["b3"].article, len(found["b3"].desk.log)) == ("harbour/new.txt", 2)
    assert found["b1"].desk.status is Status.CUT, "the old id stands for another claim now"


def test_who_added_a_claim_stays_said() -> None:
    """Protects the editor's finding when a run moves its places."""
    event = Events()
    now = state(MISSED.id, [event(MISSED.id, added()), event(MISSED.id, added(COUNT), **RUN)])  # type: ignore[arg-type]
    assert now.desk.added_by == "A. Reader"
    assert now.added == COUNT


WHATS: list[Happening] = [
    edit(status="usable"),
    edit(note="n", so="confirmed"),
    edit(status=None),
    answer(),
    answer(words=None, done=False),
    dismissed("no"),
    dismissed(None),
    reopened("changed"),
    reopened("gone", gone=True),
    kept(),
    added(),
]
NAMES = ("b1", "b2", "b3")


@st.composite
def records(draw: st.DrawFn) -> list[DeskEvent]:
    """Draw what happened to the claims of two articles, ids handed on included."""
    event = Events()
    number = draw(st.integers(1, 12))
    made = []
    for _ in range(number):
        name, article = draw(st.sampled_from(NAMES)), draw(st.sampled_from((ID, "other.txt")))
        what = draw(st.sampled_from(WHATS) | st.builds(moved, st.sampled_from(NAMES)))
        made.append(event(f"{article}/{name}", _within(article, what), article=article))
    return made


def _within(article: str, what: Happening) -> Happening:
    if what.kind != "moved":
        return what
    return moved(f"{article}/{what.to}", article)


@settings(deadline=None)
@given(records())
def test_articles_do_not_touch_one_another(events: list[DeskEvent]) -> None:
    """Protects a folder of many: however events of two articles interleave, each has the states of its own."""
    both = states(events)
    apart: dict[str, object] = {}
    for article in (ID, "other.txt"):
        apart |= states([event for event in events if event.article == article])
    assert both == apart


@settings(deadline=None)
@given(records())
def test_every_event_counts_for_exactly_one_claim(events: list[DeskEvent]) -> None:
    """Protects the record: nothing falls out of it, whatever ids are handed on and back."""
    found = states(events)
    assert max((each.revision for each in found.values()), default=0) == events[-1].seq
    lines = sum(len(each.desk.log) for each in found.values())
    silent = sum(e.what.kind in ("kept", "moved") for e in events)
    assert lines == len(events) - silent
