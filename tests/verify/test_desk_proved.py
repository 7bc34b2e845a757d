"""Decisions in files: proved against the record, and an editor's own words left to the editor."""

from collections.abc import Callable

import pytest
from mill import IDS, QUOTES, TEXT, Desk, whats

from briefs.domain.brief import ArticleBriefs, Brief, Question
from briefs.domain.claims import brief_id
from briefs.domain.desk import Basis
from briefs.domain.desk_events import (
    Added,
    Answered,
    Change,
    DeskField,
    Dismissed,
    Door,
    Edited,
    EventDraft,
    Happening,
    Moved,
    Reopened,
    question_key,
)
from briefs.domain.spans import Quote
from briefs.review.basis import basis_of
from briefs.review.fold import states
from briefs.review.project import project
from briefs.steps.render import render
from briefs.store.desk import FILE, DeskStore
from briefs.verify import verify

ASKED = Question(id="q1", text="How many reams?", ask="the mill", settles="whether", serves=(IDS[0],))
SAID = "the register says “no such mill has ever stood in this town”"
EARLIER = "The old mill by the river burned down in the spring of that year."


def briefs_of(desk: Desk) -> ArticleBriefs:
    """Return the mill's briefs, the first with a question."""
    first = desk.result.briefs[0].model_copy(update={"questions": (ASKED,)})
    return desk.result.model_copy(update={"briefs": (first, *desk.result.briefs[1:])})


def missed(result: ArticleBriefs) -> Brief:
    """Return a brief for words that are no claim by the rules."""
    words = "Nobody was dismissed *that day*."
    start = TEXT.index(words)
    quote = Quote(start=start, end=start + len(words), text=words)
    claim = result.briefs[0].claim.model_copy(update={"quote": quote, "standalone": words})
    return Brief(
        id=brief_id("mill.txt", words, 1),  # an equal claim, gone since, had the first id
        claim=claim,
        attribution=result.briefs[0].attribution,
    )


def decided(desk: Desk) -> list[tuple[str, Happening]]:
    """Return what an editor did: signed off with a quotation, answered, dismissed, added; words that are gone."""
    result = briefs_of(desk)
    first, second, _ = result.briefs
    signed = (
        Change(field=DeskField.SO, before=None, after="confirmed"),
        Change(field=DeskField.CHECKER, before=None, after="A. Reader"),
        Change(field=DeskField.SOURCE_CONSULTED, before=None, after=SAID),
        Change(field=DeskField.NOTE, before=None, after=f"one line\n{SAID}"),
    )
    key = question_key(ASKED.ask, ASKED.text)
    gone = Basis(text_sha256="0" * 64, quote=Quote(start=0, end=len(EARLIER), text=EARLIER))
    cut = (Change(field=DeskField.STATUS, before=None, after="cut"),)
    added = missed(result)
    reasons = (f"“{EARLIER}” is “Seven words that are nowhere in here” now.",)
    return [
        (first.id, Edited(changes=signed, basis=basis_of(result.article, first))),
        (first.id, Answered(question=key, text=ASKED.text, ask=ASKED.ask, answer=f"Yes: {SAID}.")),
        (first.id, Answered(question="k1", text=f"Who says that {SAID}?", answer="Nobody.")),
        (second.id, Dismissed(reason=f"not ours: {SAID}", basis=basis_of(result.article, second))),
        (added.id, Added(brief=added, basis=basis_of(result.article, added))),
        (added.id, Edited(changes=cut, basis=basis_of(result.article, added))),
        (added.id, Reopened(reasons=reasons, basis=basis_of(result.article, added))),
        ("b0", Edited(changes=cut, basis=gone)),
        ("b0", Edited(changes=(Change(field=DeskField.NOTE, before=None, after=SAID),), basis=gone)),
    ]


@pytest.fixture
def signed(desk: Desk) -> Desk:
    """Return briefs that an editor has worked on, with the record beside them."""
    drafts = [
        EventDraft(who="A. Reader", door=Door.DESK, article="mill.txt", brief=brief, what=what)
        for brief, what in decided(desk)
    ]
    with DeskStore.open(desk.out) as store:
        store.append(drafts)
        store.keep_text(desk.result.article)
        made = project(briefs_of(desk), states(store.events()))
    desk.json.write_text(render(made, "json"), "utf-8")
    desk.markdown.write_text(render(made, "md"), "utf-8")
    return desk


def test_what_an_editor_decided_holds(signed: Desk) -> None:
    """Protects the desk: quotations of documents in notes and answers are the editor's, no fault of the brief."""
    verdict = verify(signed.out)
    assert whats(verdict) == ""
    assert verdict.counts.briefs == 4
    markdown = signed.markdown.read_text("utf-8")
    assert markdown.count(SAID) > 6
    assert EARLIER in markdown


def test_the_markdown_alone_holds_too(signed: Desk) -> None:
    """Protects a brief that was sent on: without JSON and record it still proves its quotations."""
    signed.json.unlink()
    for path in signed.out.glob(f"{FILE}*"):
        path.unlink()
    assert whats(verify(signed.markdown, article=signed.article)) == ""


def test_without_the_record_a_note_says_what_was_not_checked(signed: Desk) -> None:
    """Protects the reader from taking decisions for proved that nothing is held against."""
    for path in signed.out.glob(f"{FILE}*"):
        path.unlink()
    verdict = verify(signed.json)
    assert verdict.holds
    assert f"not checked: what editors decided about 4 claims ({FILE} is not here)" in "\n".join(
        verdict.notes
    )


def test_what_goes_on_in_the_next_version_is_no_problem_of_the_former_one(signed: Desk) -> None:
    """Protects the files of a former version from problems that no run could settle: its decisions went along."""
    result = ArticleBriefs.from_json(signed.json.read_bytes())
    with DeskStore.open(signed.out) as store:
        mine = {
            name: each for name, each in states(store.events()).items() if each.article == result.article.id
        }
        store.append(
            [
                EventDraft(
                    who="briefs run",
                    door=Door.RUN,
                    article=result.article.id,
                    brief=name,
                    what=Moved(to=f"b{number:012x}" if number else name, article="next.txt"),
                )
                for number, name in enumerate(mine)
            ]
        )
    verdict = verify(signed.json)
    assert verdict.holds, whats(verdict)
    assert f"what editors decided about {len(mine)} claims goes on in the version" in "\n".join(verdict.notes)
    with DeskStore.open(signed.out) as store:  # decided anew since, and the file does not say so
        basis = basis_of(result.article, result.briefs[0])
        cut = (Change(field=DeskField.STATUS, before=None, after="cut"),)
        what = Edited(changes=cut, basis=basis)
        store.append(
            [EventDraft(who="K", door=Door.DESK, article=result.article.id, brief=IDS[0], what=what)]
        )
    assert not verify(signed.json).holds


def test_a_record_that_cannot_be_read_is_named(signed: Desk) -> None:
    """Protects the rest of the check from a damaged record, which is told."""
    (signed.out / FILE).write_text("Dear diary", "utf-8")
    verdict = verify(signed.json)
    assert verdict.holds
    assert "something else than an editor's decisions" in "\n".join(verdict.notes)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param(
            lambda json: json.replace('"so": "confirmed"', '"so": "not_confirmed"'),
            f"what was decided about {IDS[0]} is not what the desk has on record",
            id="a check",
        ),
        pytest.param(
            lambda json: json.replace('"answer": "Nobody."', '"answer": "Everybody."'),
            f"what was decided about {IDS[0]} is not",
            id="an answer",
        ),
        pytest.param(
            lambda json: json.replace('"dismissed": "not ours', '"dismissed": "ours'),
            f"what was decided about {IDS[1]} is not",
            id="a dismissal",
        ),
        pytest.param(
            lambda json: json.replace(EARLIER, EARLIER.replace("burned", "fell")),
            "what was decided about claims that are no longer in the article is not",
            id="former words",
        ),
    ],
)
def test_a_decision_that_nobody_made_is_found(
    signed: Desk, change: Callable[[str], str], expected: str
) -> None:
    """Protects sign-offs from being written into a file past the record."""
    signed.edit(signed.json, change)
    assert expected in whats(verify(signed.json))


def test_former_words_are_held_against_the_text_that_was_kept(signed: Desk) -> None:
    """Protects the words of an earlier version, which this article cannot prove."""
    with DeskStore.open(signed.out) as store:
        basis = Basis(
            text_sha256=signed.result.article.text_sha256,
            quote=Quote(start=0, end=5, text="Words that the kept text never had"),
        )
        what = Edited(changes=(Change(field=DeskField.NOTE, before=None, after="n"),), basis=basis)
        store.append([EventDraft(who="A", door=Door.DESK, article="mill.txt", brief="b9", what=what)])
        made = project(briefs_of(signed), states(store.events()))
    signed.json.write_text(render(made, "json"), "utf-8")
    assert "the words of b9 are not in the earlier version" in whats(verify(signed.json))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param(
            lambda md: md.replace("**Desk**", "Seen: “quite another six words than here”.\n\n**Desk**", 1),
            "words between quotation marks are not in the article",
            id="above the fields",
        ),
        pytest.param(
            lambda md: md.replace("- Status: open", "- Status: open\n\n> Words of nobody at all.", 1),
            "a block quote is not in the article",
            id="a block quote among them",
        ),
        pytest.param(
            lambda md: md.replace("## Names,", "## New\n\nIt says “quite another six words than here”.\n\n## Names,"),
            "words between quotation marks are not in the article",
            id="after them",
        ),
        pytest.param(
            lambda md: md.replace(QUOTES[2], "").replace("- Status: open", f"- Status: open\n- Note: “{QUOTES[2]}”", 9),
            f"the quotation of {IDS[2]} is missing or altered",
            id="a quotation moved into the fields",
        ),
    ],
)  # fmt: skip
def test_only_the_fields_are_the_editors_own(
    signed: Desk, change: Callable[[str], str], expected: str
) -> None:
    """Protects the promise around the fields: every other quotation is still the article's."""
    signed.edit(signed.markdown, change)
    assert expected in whats(verify(signed.markdown))
