"""Whatever a model answers, a brief holds no words, figures or names that the article does not have."""

import json
import re

from hypothesis import given, settings
from hypothesis import strategies as st
from suggesting import MODEL, TEXT, Drafted, drafted, suggested

from briefs.domain.brief import Composition, MissingEvidence, Question
from briefs.llm.port import CallFailure, FailureKind, Reply, Request
from briefs.llm.wire_compose import WireMissing, WireQuestion
from briefs.steps.suggest.judge import About, Judge
from briefs.steps.suggest.page import Page

INVENTED = ("Halvorsen", "Zagreb", "Quirke Institute", "NATO", "Ulla Falk", "Ольга", "東京", "McAllister")
PIECES = (
    *(
        "412",
        "413",
        "15 percent",
        "16%",
        "$2 million",
        "three",
        "twelve",
        "½",
        "٣",
        "2031",
        "October",
        "November",
    ),
    *("“", "”", '"', "«", "»", "‘", "'", "``", "Nobody asked us before the cuts", "we never knew"),
    *("Nina Falk", "Orsted Herald", "Mayor Ulla Brandt", *INVENTED),
    *(
        "Which register shows the",
        "patients",
        "crews",
        "ambulances",
        "delays from the council",
        "the dispatch log of",
    ),
    *(
        "who counted",
        "?",
        ".",
        ",",
        "-",
        " of ",
        " and ",
        "\n",
        "\x00",
        "<b>",
        "](http://x.example)",
        "false",
    ),
)
LINES = st.one_of(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=9).map(" ".join),
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map(
        lambda p: f"Which register shows {' '.join(p)}?"
    ),
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=3).map(lambda p: f"the log of {' '.join(p)}"),
    st.text(max_size=60),
)
SOUND_QUESTIONS = (
    {"ask": "the clerk", "text": "Which register shows the 412 patients {}?", "settles": "who counted {}"},
    {
        "ask": "Nina Falk {}",
        "text": "On which roster {} can the cut of crews be seen?",
        "settles": "if it was so",
    },
    {
        "ask": "the city treasurer",
        "text": "Is the $2 million {} budgeted or spent?",
        "settles": "what {} it is",
    },
    {
        "ask": "the police {}",
        "text": "Which minutes {} did Ulla Brandt hand to the council?",
        "settles": "what {} is known",
    },
)
SOUND_LACKS = (
    {
        "holder": "the clerk {}",
        "what": "the dispatch log {} for the 412 patients",
        "why": "it has the count {}",
    },
    {"holder": "the council", "what": "the minutes {} on the delays", "why": "they show {} what was said"},
    {"holder": "the city {}", "what": "the budget {} for ambulances", "why": "it has the $2 million {}"},
)


def _with_a_piece(sound: tuple[dict[str, str], ...]) -> st.SearchStrategy[dict[str, str]]:
    """Draw a sound line with one piece of any kind put into it, or none."""
    pieces = st.sampled_from(("", "", *PIECES))
    return st.tuples(st.sampled_from(sound), st.sampled_from(sorted(sound[0])), pieces).map(
        lambda drawn: {
            key: " ".join(value.replace("{}", drawn[2] if key == drawn[1] else "").split(" "))
            .replace("  ", " ")
            .replace(" ?", "?")
            .strip(" ")
            for key, value in drawn[0].items()
        }
    )


ANY_QUESTION = st.fixed_dictionaries({"ask": LINES, "text": LINES, "settles": LINES})
ANY_LACK = st.fixed_dictionaries({"holder": LINES, "what": LINES, "why": LINES})
QUESTION = st.one_of(_with_a_piece(SOUND_QUESTIONS), _with_a_piece(SOUND_QUESTIONS), ANY_QUESTION)
LACK = st.one_of(_with_a_piece(SOUND_LACKS), _with_a_piece(SOUND_LACKS), ANY_LACK)
ITEM = st.fixed_dictionaries(
    {
        "claim": st.sampled_from((2, 3, 5, 6, 1, 4, -1, 0, 9)),
        "about": st.text(max_size=5),
        "missing": st.lists(LACK, max_size=3),
        "questions": st.lists(QUESTION, max_size=3),
    }
)
ANSWERS = st.one_of(
    st.lists(ITEM, min_size=3, max_size=8).map(lambda items: json.dumps({"claims": items})),
    st.lists(ITEM, min_size=1, max_size=8).map(lambda items: json.dumps({"claims": items})),
    st.lists(ITEM, min_size=1, max_size=4).map(lambda items: json.dumps({"claims": items})[:-9]),
    st.text(max_size=80),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=9),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["claims", "claim", "missing", "questions", "text"]), inner, max_size=4
            )
        ),
        max_leaves=12,
    ).map(json.dumps),
)


@settings(max_examples=120, deadline=None)
@given(
    answers=st.lists(
        st.tuples(ANSWERS, st.sampled_from([None] * 30 + list(FailureKind))), min_size=1, max_size=5
    )
)
def test_whatever_a_model_answers_nothing_is_invented_and_nothing_lost(
    answers: list[tuple[str, FailureKind | None]],
) -> None:
    """No quotation and no figure out of nowhere, no such name outside ask and holder, every offline line kept."""
    made = drafted()
    upcoming = iter(answers)

    def answer(_: Request) -> Reply:
        text, kind = next(upcoming, ("", FailureKind.EMPTY))
        return Reply(text=text, failure=CallFailure(kind=kind, message="it failed") if kind else None)

    result = suggested(made, answer)
    _assert_nothing_invented(result.composition)
    _assert_nothing_lost(made, result.composition)
    if not any(_model_lines(result.composition)):
        assert result.composition == made.composition


def _model_lines(composition: Composition) -> list[tuple[str, bool]]:
    """Return every string of a line that the model drafted, and whether names are free in it."""
    found = []
    for brief in composition.briefs:
        for question in brief.questions:
            if question.drafted_by == MODEL:
                found += [(question.text, False), (question.settles, False), (question.ask, True)]
        for missing in brief.missing_evidence:
            if missing.drafted_by == MODEL:
                found += [(missing.what, False), (missing.why, False), (missing.holder, True)]
    return found


def _assert_nothing_invented(composition: Composition) -> None:
    _assert_lines(_model_lines(composition))


def _assert_lines(lines: list[tuple[str, bool]]) -> None:
    for line, names_are_free in lines:
        for quoted in re.findall(r"[“\"«]([^“”\"«»]*)[”\"»]", line):
            assert quoted in TEXT, line
        assert line.count('"') % 2 == 0
        for figure in re.findall(r"\d[\d.,]*", line):
            assert re.search(rf"(?<!\d){re.escape(figure.rstrip('.,'))}(?!\d)", TEXT), line
        assert not {"twelve", "½", "٣", "november", "16%"} & set(line.lower().replace("?", " ").split())
        assert not any(c in line for c in "\n\x00<")
        if not names_are_free:
            assert not any(name in line for name in INVENTED), line


def _assert_nothing_lost(made: Drafted, result: Composition) -> None:
    """Every offline line stands in its order; ids are q1, q2 … and every reference leads where it led."""
    ids = [q.id for b in result.briefs for q in b.questions]
    assert ids == [f"q{number}" for number in range(1, len(ids) + 1)]
    before = {q.id: q.text for b in made.composition.briefs for q in b.questions}
    after = {q.id: q.text for b in result.briefs for q in b.questions}
    first = made.composition.overview.first_questions
    assert [before[i] for i in first] == [after[i] for i in result.overview.first_questions]
    for old, new in zip(made.composition.briefs, result.briefs, strict=True):
        kept = [q.model_copy(update={"id": ""}) for q in new.questions if q.drafted_by != MODEL]
        assert kept == [q.model_copy(update={"id": ""}) for q in old.questions]
        assert tuple(m for m in new.missing_evidence if m.drafted_by != MODEL) == old.missing_evidence
        assert [before[i] for i in old.see_questions] == [after[i] for i in new.see_questions]
        assert all(q.serves[0] == new.id for q in new.questions)
        lines = ("questions", "see_questions", "missing_evidence")
        assert new.model_dump(exclude=set(lines)) == old.model_dump(exclude=set(lines))
        assert len(new.questions) + len(new.see_questions) <= max(
            7, len(old.questions) + len(old.see_questions)
        )
        assert len(new.missing_evidence) <= max(6, len(old.missing_evidence))


def test_every_piece_in_every_place_of_a_sound_line() -> None:
    """Each sound line survives bare; with an invention put anywhere into it, it falls or holds it where it may."""
    made = drafted()
    page = Page(made.article, made.segmentation, made.scan)
    survived = 0
    for piece in ("", *PIECES):
        for brief in made.composition.briefs:
            about = About(
                brief.model_copy(update={"questions": (), "missing_evidence": ()}), brief.claim.quote.place
            )
            for sound in (*SOUND_QUESTIONS, *SOUND_LACKS):
                for place in sound:
                    line = {k: _filled(v, piece if k == place else "") for k, v in sound.items()}
                    judge = Judge(page, MODEL, "")
                    held: object
                    if "text" in line:
                        held = judge.question(about, WireQuestion.model_validate(line), [])
                    else:
                        held = judge.missing(about, WireMissing.model_validate(line), [])
                    if isinstance(held, Question):
                        survived += 1
                        _assert_lines([(held.text, False), (held.settles, False), (held.ask, True)])
                    elif isinstance(held, MissingEvidence):
                        survived += 1
                        _assert_lines([(held.what, False), (held.why, False), (held.holder, True)])
    assert survived > 300


def _filled(line: str, piece: str) -> str:
    return line.replace("{}", piece).replace("  ", " ").replace(" ?", "?").strip(" ")
