"""Reading a Markdown file back: what a person wrote becomes events, and nothing else does."""

import re
from typing import Any

import pytest
from handwork import GENERATED, all_said, in_section, reread, said
from harbour import CANCELLED, COUNT, RESULT, SEVEN, Events, answer, dismissed, edit
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs.domain.brief import ArticleBriefs
from briefs.domain.desk import Check, Desk, Status
from briefs.domain.desk_events import Answered, Door, Edited, Happening, question_key
from briefs.review.basis import basis_of
from briefs.review.fold import states
from briefs.review.markdown import NOBODY, read_back
from briefs.review.project import project
from briefs.steps.render import render
from briefs.steps.render.entered import holdable

TYPED = st.text(
    st.sampled_from("ab :.-*_`|<>&#;[]()~\\\"'“”\n\t\r1x@/$!?=+\u2028\u202e\u200f\ufeff\xa0é😀\x00\x0b"),
    max_size=25,
) | st.text(max_size=25)
WORDS = TYPED.filter(lambda value: bool(value.strip()))
FIELDS = ("checker", "date", "source_consulted", "archive_url", "corrected_wording", "note", "rating")


@st.composite
def desks(draw: st.DrawFn) -> Desk:
    """Draw a desk that the web could have filled in, with any characters at all."""
    return Desk(
        said=draw(st.sampled_from(Check)),
        so=draw(st.sampled_from(Check)),
        status=draw(st.sampled_from(Status)),
        dismissed=draw(st.none() | WORDS),
        changed=tuple(draw(st.lists(WORDS, max_size=2))),
        read_otherwise=tuple(draw(st.lists(WORDS, max_size=1))),
        log=tuple(draw(st.lists(WORDS, max_size=2))),
        added_by=draw(st.none() | WORDS),
        **{name: draw(st.none() | WORDS) for name in FIELDS},
    )


def with_desks(*filled: Desk, answers: tuple[str | None, str | None] = (None, None)) -> ArticleBriefs:
    """Return the article's briefs with filled in desks and the first question answered."""
    briefs = [
        brief.model_copy(update={"desk": desk}) for brief, desk in zip(RESULT.briefs, filled, strict=False)
    ]
    asked = briefs[0].questions[0].model_copy(update={"answer": answers[0], "answered_by": answers[1]})
    briefs[0] = briefs[0].model_copy(update={"questions": (asked,)})
    return RESULT.model_copy(update={"briefs": (*briefs, *RESULT.briefs[len(briefs) :])})


@settings(deadline=None)
@given(desks(), desks(), st.none() | WORDS, st.none() | WORDS)
def test_a_file_that_nobody_edited_gives_nothing(
    one: Desk, other: Desk, words: str | None, who: str | None
) -> None:
    """Whatever the desk holds, the file made of it reads back as no change at all."""
    result = with_desks(one, other, answers=(words, who))
    made = render(result, "md")
    read = read_back(made, made, result)
    assert read.drafts == ()
    assert read.notes == ()


@settings(deadline=None)
@given(desks(), WORDS, WORDS)
def test_any_words_survive_the_way_through_the_file(desk: Desk, words: str, who: str) -> None:
    """Web, Markdown and back: read against an empty desk, every field comes back with the same characters."""
    full = with_desks(desk, answers=(words, who))
    read = read_back(render(full, "md"), GENERATED, RESULT)
    found: dict[str, Any] = {}
    for draft in read.drafts:
        found |= said(draft)
    wanted = {
        name: holdable(value)
        for name in (*FIELDS, "dismissed")
        if name != "date" and (value := getattr(desk, name)) is not None
    }
    ignored = {"date", "said", "so", "status", "checker", "source_consulted", "done"}
    assert {k: v for k, v in found.items() if k not in ignored} == {
        k: v for k, v in (wanted | {"answer": holdable(words)}).items() if k not in ignored
    }


EDITS: list[tuple[str, list[tuple[str, str]], list[dict[str, Any]]]] = [
    ("as documented", [("- Status: open", "- Status: usable")], [{"status": "usable"}]),
    ("upper case, full stop", [("- Status: open", "- STATUS: Usable.")], [{"status": "usable"}]),
    ("OK", [("- Status: open", "- Status: OK")], [{"status": "usable"}]),
    ("no space", [("- Status: open", "- Status:usable")], [{"status": "usable"}]),
    ("struck out", [("- Status: open", "- Status: ~~open~~ cut")], [{"status": "cut"}]),
    ("bold", [("- Status: open", "- **Status:** **soften**")], [{"status": "soften"}]),
    ("bold label", [("- Status: open", "* **Status**: soften")], [{"status": "soften"}]),
    ("smart quotes", [("- Status: open", "- Status: „needs correction“")], [{"status": "correct"}]),
    ("German dash", [("- Status: open", "– Status: cut")], [{"status": "cut"}]),
    ("dash for a colon", [("- Status: open", "- Status – cut")], [{"status": "cut"}]),
    ("wide colon", [("- Status: open", "- Status：cut")], [{"status": "cut"}]),
    ("no bullet", [("- Status: open", "Status: cut")], [{"status": "cut"}]),
    ("indented", [("- Status: open", "    - Status: cut")], [{"status": "cut"}]),
    ("numbered", [("- Status: open", "3. Status: cut")], [{"status": "cut"}]),
    ("a task", [("- Status: open", "- [x] Status: cut")], [{"status": "cut"}]),
    ("escaped", [("- Status: open", "\\- Status: needs\\_correction")], []),
    (
        "escaped value",
        [("- Note:", "- Note: 5 \\* 3 \\| \\[a\\] &amp; C:\\new")],
        [{"note": "5 * 3 | [a] & C:\\new"}],
    ),
    ("not open any more", [("- Said so: open", "- Said so: no")], [{"said": "not_confirmed"}]),
    ("a date", [("- Date:", "- Date: 22 November 2026")], [{"date": "2026-11-22"}]),
    ("a German date", [("- Date:", "- Date: 22.11.2026")], [{"date": "2026-11-22"}]),
    ("American", [("- Date:", "- Date: Nov 2nd, 2026")], [{"date": "2026-11-02"}]),
    ("a weekday", [("- Date:", "- Date: Sunday, 22 Nov. 2026")], [{"date": "2026-11-22"}]),
    ("slashes", [("- Date:", "- Date: 22/11/2026")], [{"date": "2026-11-22"}]),
    ("ISO", [("- Date:", "- Date: 2026-11-22")], [{"date": "2026-11-22"}]),
    (
        "a link",
        [("- Archive link:", "- Archive link: <https://a.example/x>")],
        [{"archive_url": "https://a.example/x"}],
    ),
    (
        "a link of Markdown",
        [("- Archive link:", "- Archive link: [kept](https://a.example/x)")],
        [{"archive_url": "https://a.example/x"}],
    ),
    ("several lines", [("- Note:", "- Note: one\n  two\n\n  three")], [{"note": "one\ntwo\n\nthree"}]),
    ("lines below the label", [("- Note:", "- Note:\n  - one\n  - two")], [{"note": "- one\n- two"}]),
    ("lazy lines", [("- Note:", "- Note: one\ntwo")], [{"note": "one\ntwo"}]),
    ("hard breaks", [("- Note:", "- Note: one\\\n  two<br>three")], [{"note": "one\ntwo\nthree"}]),
    ("HTML and code", [("- Note:", "- Note: <b>x</b> `a\\*b`")], [{"note": "<b>x</b> `a\\*b`"}]),
    ("a rating", [("- Note:", "- Note:\n- Rating: Mostly right")], [{"rating": "Mostly right"}]),
    ("dismissed", [("- Said so:", "- Not a claim, because: a joke\n- Said so:")], [{"dismissed": "a joke"}]),
    (
        "reordered",
        [
            ("- Status: open\n", ""),
            ("- Said so:", "- Note: first\n- Status: cut\n- Said so:"),
            ("- Note:\n", "\n"),
        ],
        [{"status": "cut", "note": "first"}],
    ),
    ("deleted lines", [("- Archive link:\n", ""), ("- Date:\n", "")], []),
    ("doubled, one filled in", [("- Note:", "- Note:\n- Note: mine")], [{"note": "mine"}]),
    (
        "another bullet everywhere",
        [("- Said so", "* Said so"), ("- Is it", "* Is it"), ("- Status", "+ Status")],
        [],
    ),
    (
        "the title of the desk as a heading",
        [("**Desk**", "#### Desk"), ("Status: open", "Status: cut")],
        [{"status": "cut"}],
    ),
    (
        "the title of the desk deleted",
        [("**Desk**\n", ""), ("Status: open", "Status: cut")],
        [{"status": "cut"}],
    ),
    (
        "the anchor deleted",
        [(f'<a id="{SEVEN.id}"></a>\n', ""), ("Status: open", "Status: cut")],
        [{"status": "cut"}],
    ),
    (
        "the anchor escaped",
        [(f'<a id="{SEVEN.id}"></a>', f'\\<a id="{SEVEN.id}"\\>\\</a\\>'), ("Status: open", "Status: cut")],
        [{"status": "cut"}],
    ),
    (
        "an answer",
        [("*Settles* whether.", "*Settles* whether.\n  - Answer: They *do*.")],
        [{"answer": "They *do*.", "done": True}],
    ),
    (
        "an answer below",
        [("*Settles* whether.", "*Settles* whether.\n\nAnswer: yes")],
        [{"answer": "yes", "done": True}],
    ),
    (
        "an answer behind",
        [("*Settles* whether.", "*Settles* whether. **Answer:** yes")],
        [{"answer": "yes", "done": True}],
    ),
    (
        "ticked off",
        [("*Settles* whether.", "*Settles* whether.\n  - Answered by: Jana")],
        [{"answer": None, "done": True}],
    ),
    ("a note in prose is none", [("**Desk**", "Note: a paragraph\n\n**Desk**")], []),
]


@pytest.mark.parametrize(
    ("changes", "expected"), [each[1:] for each in EDITS], ids=[each[0] for each in EDITS]
)
def test_edits_of_one_section(changes: list[tuple[str, str]], expected: list[dict[str, Any]]) -> None:
    """A table of what editors write, and exactly the events that it comes to."""
    read = reread(in_section(GENERATED, SEVEN.id, *changes))
    assert all_said(read) == expected
    assert all(draft.brief == SEVEN.id and draft.door is Door.MARKDOWN for draft in read.drafts)


LEFT = [
    ("- Status: open", "- Status: correct", "Status is not taken over: it may say that the claim is correct"),
    ("- Status: open", "- Status: usable?", "it is none of: open, usable, needs correction, soften, cut"),
    ("- Status: open", "- Status: usable, see note", "it is none of"),
    ("- Is it so: open", "- Is it so: true", "it is none of: open, confirmed, not confirmed"),
    ("- Date:", "- Date: 03/04/2026", "could be meant either way"),
    ("- Date:", "- Date: last week", "it is no date"),
    ("- Date:", "- Date: 31.2.2026", "it is no date"),
    ("- Note:", "- Note: a\n- Note: b", "stands there more than once"),
    ("- Is it so: open", "- Is it so: confirmed", "To confirm takes a checker"),
    ("- Note:", "- Note: " + "x" * 20_001, "longer than 20,000 characters"),
]


@pytest.mark.parametrize(("old", "new", "why"), LEFT)
def test_what_cannot_be_taken_over_stays_and_is_noted(old: str, new: str, why: str) -> None:
    """No event, a note with the line and the reason, and the words stay in the file."""
    edited = in_section(GENERATED, SEVEN.id, (old, new))
    read = reread(edited)
    assert read.drafts == ()
    (note,) = read.notes
    assert why in note
    line = int(re.match(r"line (\d+): claim 1: ", note)[1])  # type: ignore[index]
    assert edited.split("\n")[line - 1] == new.partition("\n")[0]
    assert new in read.wording


def test_a_confirmation_comes_with_what_it_takes() -> None:
    """Checker and source consulted make a confirmation count; the article itself as source does not."""
    fields = [("- Is it so: open", "- Is it so: confirmed"), ("- Checker:", "- Checker: Jana Nová")]
    good = reread(
        in_section(GENERATED, SEVEN.id, *fields, ("- Source consulted:", "- Source consulted: gate book"))
    )
    assert all_said(good) == [{"so": "confirmed", "checker": "Jana Nová", "source_consulted": "gate book"}]
    assert good.drafts[0].who == "Jana Nová"
    bad = reread(
        in_section(GENERATED, SEVEN.id, *fields, ("- Source consulted:", "- Source consulted: the article"))
    )
    assert all_said(bad) == [{"checker": "Jana Nová", "source_consulted": "the article"}]
    assert "- Is it so: confirmed" in bad.wording
    assert "The article itself cannot confirm" in bad.notes[0]


def test_what_a_confirmation_rests_on_cannot_be_taken_away() -> None:
    """Deleting the source of a confirmed claim is refused; the note beside it is taken over."""
    result = with_desks(Desk(so=Check.CONFIRMED, checker="Jana", source_consulted="gate book"))
    made = render(result, "md")
    read = read_back(in_section(made, SEVEN.id, (" gate book", ""), ("- Note:", "- Note: x")), made, result)
    assert all_said(read) == [{"note": "x"}]
    assert "Source consulted is not taken over" in read.notes[0]


def test_clearing_and_deleting() -> None:
    """Nothing after the colon clears a field; a deleted line changes nothing and is noted."""
    result = with_desks(
        Desk(status=Status.USABLE, note="old", rating="r", dismissed="d"), answers=("yes", "Jana")
    )
    made = render(result, "md")
    cleared = in_section(
        made,
        SEVEN.id,
        ("Status: usable", "Status:"),
        ("Note: old", "Note:"),
        ("because: d", "because:"),
        ("Answer: yes", "Answer:"),
        ("Answered by: Jana", "Answered by:"),
    )
    assert all_said(read_back(cleared, made, result)) == [
        {"status": "open", "note": None},
        {"dismissed": None},
        {"answer": None, "done": False},
    ]
    deleted = in_section(
        made, SEVEN.id, ("- Status: usable\n", ""), ("- Rating: r\n", ""), ("  - Answer: yes\n", "")
    )
    read = read_back(deleted, made, result)
    assert read.drafts == ()
    assert sum("was deleted, which changes nothing" in note for note in read.notes) == 2


def test_a_field_that_changed_on_the_desk_meanwhile() -> None:
    """Nothing of either person is overwritten: the file's stays in the file, the desk's on the desk."""
    now = with_desks(Desk(status=Status.USABLE, note="from the desk"))
    edited = in_section(
        GENERATED, SEVEN.id, ("Status: open", "Status: cut"), ("- Note:", "- Note: from the desk")
    )
    read = read_back(edited, GENERATED, now)
    assert read.drafts == ()
    assert "Status was changed elsewhere since" in read.notes[0]
    assert "Status: cut" in read.wording


def test_events_say_what_the_person_saw() -> None:
    """An event holds the value before, the words that it rests on, and the question as it was asked."""
    edited = in_section(
        GENERATED,
        CANCELLED.id,
        ("Status: open", "Status: cut"),
        ("*Settles* whether.", "*Settles* whether.\n  - Answer: no\n  - Answered by: Karl"),
    )
    first, second = reread(edited).drafts
    assert isinstance(first.what, Edited)
    assert isinstance(second.what, Answered)
    assert first.what.basis == basis_of(RESULT.article, CANCELLED)
    assert [(c.before, c.after) for c in first.what.changes] == [("open", "cut")]
    asked = CANCELLED.questions[0]
    assert (second.what.question, second.what.ask) == (question_key(asked.ask, asked.text), asked.ask)
    assert (first.who, second.who) == (NOBODY, "Karl")


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "cut", "note": "a|b\n\n`c`"},
        {"said": "confirmed", "checker": "J", "source_consulted": "her letter", "rating": "Half"},
    ],
)
def test_the_edit_by_hand_gives_exactly_the_events(changes: dict[str, str]) -> None:
    """Rendering with the events and reading that against the file before gives these very events again."""
    event = Events()
    wanted: list[Happening] = [edit(SEVEN, **changes), answer(COUNT), dismissed("a joke", CANCELLED)]
    events = [event(b.id, w) for b, w in zip((SEVEN, COUNT, CANCELLED), wanted, strict=True)]
    shown = render(project(RESULT, states(events)), "md").replace("- Date: 2026-11-22\n", "- Date:\n")
    read = reread(shown)
    by_brief = {draft.brief: said(draft) for draft in read.drafts}
    assert by_brief == {
        SEVEN.id: changes,
        COUNT.id: {"answer": "Yes, in the gate book.", "done": True},
        CANCELLED.id: {"dismissed": "a joke"},
    }


@pytest.mark.parametrize(
    "saved",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n- ", "\n* "),
        lambda text: text.replace("\n- ", "\n-   "),
        lambda text: text.replace(".** ", "\\.** ").replace(",", "\\,"),
        lambda text: text[: text.index("<!-- briefs")],
        lambda text: text + text[text.index("<!-- briefs") :],
        lambda text: text + "\nA line below the seal.\n",
        lambda text: re.sub(r"<a id=[^\n]*\n", "", text),
        lambda text: re.sub(r"(?m)^(.{70}[^ ]*) ", r"\1\n  ", text),
    ],
    ids=[
        "CRLF",
        "CR",
        "BOM",
        "bullets",
        "spaces",
        "escapes",
        "no seal",
        "two seals",
        "below",
        "no anchors",
        "wrapped",
    ],
)
def test_how_a_program_saved_it_is_no_edit(saved: Any) -> None:
    """Other line ends, bullets, escapes or wrapped lines change no field; an edit among them is found."""
    filled = with_desks(Desk(note="a long note " * 12, checker="J"), answers=("an answer " * 20, "J"))
    made = render(filled, "md")
    assert read_back(saved(made), made, filled).drafts == ()
    edited = in_section(made, COUNT.id, ("Status: open", "Status: cut"))
    assert all_said(read_back(saved(edited), made, filled)) == [{"status": "cut"}]


def test_an_answer_on_the_first_screen() -> None:
    """An answer below a question of the first screen is that question's."""
    overview = RESULT.overview.model_copy(update={"first_questions": (SEVEN.questions[0].id,)})
    result = RESULT.model_copy(update={"overview": overview})
    made = render(result, "md")
    label = f"(Q1, [claim 1](#{SEVEN.id}))"
    assert label in made
    read = read_back(made.replace(label, f"{label}\n   Answer: in book 7"), made, result)
    assert all_said(read) == [{"answer": "in book 7", "done": True}]
    assert "in book 7" not in read.wording
