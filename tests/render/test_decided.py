"""Decisions as a reader meets them: where a claim stands, what changed, and what is no longer in the article."""

import pytest
from invented import invented

from briefs.domain.brief import ArticleBriefs, FormerClaim, Question
from briefs.domain.desk import Check, Desk, Status
from briefs.steps.render import render
from briefs.steps.render.desk import FORMER_TITLE, filled_in, standing
from briefs.steps.render.told import Told
from briefs.steps.render.view import page
from briefs.steps.survey.gather import gather


@pytest.mark.parametrize(
    ("desk", "words"),
    [
        (Desk(), ""),
        (Desk(note="n", checker="A. Reader"), ""),
        (Desk(said=Check.CONFIRMED), "said so: confirmed"),
        (Desk(so=Check.CONFIRMED), "is it so: confirmed"),
        (Desk(said=Check.CONFIRMED, so=Check.NOT_CONFIRMED), "said so: confirmed; is it so: not confirmed"),
        (Desk(status=Status.CORRECT, read_otherwise=("x",)), "needs correction; read otherwise"),
        (Desk(changed=("x",), added_by="A"), "open again; added"),
        (Desk(dismissed="no fact", gone=True), "not a claim; no longer found"),
    ],
)
def test_where_a_claim_stands_in_a_few_words(desk: Desk, words: str) -> None:
    """Protects the reader from a plain "confirmed": which of the two checks it was is always named."""
    assert standing(desk) == words


def test_only_filled_in_fields_are_shown_of_what_is_gone() -> None:
    """Protects the page from blanks that nobody is to fill in any more."""
    desk = Desk(status=Status.USABLE, note="n", gone=True, log=("line",))
    assert [(each.label, each.value) for each in filled_in(desk)] == [
        ("Status", "usable"),
        ("Note", "n"),
        ("Log", "line"),
    ]


def with_desk(result: ArticleBriefs, number: int, desk: Desk) -> ArticleBriefs:
    """Return the briefs with another desk on one claim, counted from 1."""
    briefs = list(result.briefs)
    briefs[number - 1] = briefs[number - 1].model_copy(update={"desk": desk})
    return result.model_copy(update={"briefs": tuple(briefs)})


def undecided() -> ArticleBriefs:
    """Return the invented briefs as nobody has touched them."""
    result = invented()
    for number in range(1, len(result.briefs) + 1):
        result = with_desk(result, number, Desk())
    return result


def test_the_table_has_a_column_for_the_desk_where_anything_was_decided() -> None:
    """Protects a fresh brief from an empty column, and the editor from opening each claim to see its state."""
    assert "| Desk |" not in render(undecided(), "md")
    assert '<th scope="col">Desk</th>' not in render(undecided(), "html")
    decided = with_desk(undecided(), 3, Desk(status=Status.CUT, said=Check.CONFIRMED))
    assert "| cut; said so: confirmed |" in render(decided, "md")
    assert '<td class="decided" dir="auto">cut; said so: confirmed</td>' in render(decided, "html")


def test_what_is_held_to_be_no_claim_comes_last_and_is_not_counted() -> None:
    """Protects the order of work: a dismissed claim wants nothing of anybody, and is still there."""
    before, after = page(undecided()), page(with_desk(undecided(), 1, Desk(dismissed="no fact")))
    assert before.ranked[0].number == 1
    assert after.ranked[-1].number == 1
    assert len(after.sections) == len(before.sections)
    markdown = render(after.result, "md")
    assert "**6 claims to check: 2 high, 2 medium, 2 low. 1 more held to be no claim.**" in markdown
    assert "- Not a claim, because: no fact" in markdown


def test_the_first_screen_asks_what_is_open() -> None:
    """Protects the phone list: what was answered, or serves no claim any more, is not to be settled first."""
    result = undecided()
    first = page(result).first
    assert len(first) > 1
    home = first[0].home.number
    answered = tuple(
        q.model_copy(update={"answered_by": "A"}) if q.id == first[0].question.id else q
        for q in result.briefs[home - 1].questions
    )
    briefs = list(result.briefs)
    briefs[home - 1] = briefs[home - 1].model_copy(update={"questions": answered})
    asked = page(result.model_copy(update={"briefs": tuple(briefs)})).first
    assert [each.question.id for each in asked] == [each.question.id for each in first[1:]]
    alone = next(each for each in first if not each.also)
    dismissed = page(with_desk(result, alone.home.number, Desk(dismissed="no")))
    assert alone.question.id not in [each.question.id for each in dismissed.first]


FORMER = FormerClaim(
    id="b00000000000f",
    words="The old pier <b>burned</b> & fell\nin *May*",
    name="Ilse Brandvold",
    text_sha256="0" * 64,
    questions=(
        Question(
            id="a1",
            text="Which pier?",
            ask="",
            settles="",
            serves=("b00000000000f",),
            answer="“The old\none”",
        ),
    ),
    desk=Desk(status=Status.USABLE, note="first\n# second", gone=True, changed=("the words are gone",)),
)


def test_what_is_no_longer_in_the_article_has_a_section_of_its_own() -> None:
    """Protects a sign-off whose words are gone, and the promise about quotations: it is in no marks, no block."""
    result = undecided().model_copy(update={"former": (FORMER,)})
    markdown, html = render(result, "md"), render(result, "html")
    section = markdown.split(f"## {FORMER_TITLE}")[1].split("\n## ")[0]
    assert "- The old pier \\<b>burned\\</b> & fell in \\*May\\* (Ilse Brandvold)\n" in section
    assert "  - Note: first\\\n    \\# second\n" in section
    assert "Open again" not in section  # its title says why
    assert "    - Answer: “The old\\\n      one”\n" in section
    assert "\n>" not in section
    assert (
        '<h3 id="b00000000000f" dir="auto">The old pier &lt;b&gt;burned&lt;/b&gt; &amp; fell in *May*' in html
    )
    assert FORMER_TITLE not in render(undecided(), "md")


def test_a_question_that_is_asked_no_longer_says_so() -> None:
    """Protects an answer whose question better rules have dropped, without an empty "Ask"."""
    result = undecided()
    briefs = list(result.briefs)
    old = FORMER.questions[0].model_copy(update={"serves": (briefs[0].id,)})
    briefs[0] = briefs[0].model_copy(update={"questions": (*briefs[0].questions, old)})
    result = result.model_copy(update={"briefs": tuple(briefs)})
    assert "- **A1.** Which pier? (It is asked no longer.)\n  - Answer: “The old" in render(result, "md")
    assert "Which pier?\n" in render(result, "html").replace("</bdi>", "")


@pytest.mark.parametrize(
    ("answer", "by", "left"),
    [(None, None, True), ("Yes.", "A. Reader", False), (None, "A. Reader", False), ("Not yet.", None, True)],
)
def test_the_call_sheet_leaves_out_what_is_ticked_off(answer: str | None, by: str | None, left: bool) -> None:
    """Protects the phone list of a story: a question is settled when somebody says so, with words or without."""
    result = undecided()
    [asked, *_] = result.briefs[0].questions
    ticked = asked.model_copy(update={"answer": answer, "answered_by": by})
    first = result.briefs[0].model_copy(update={"questions": (ticked,)})
    result = result.model_copy(update={"briefs": (first,)})
    found = gather(result, Told(result))
    assert [each.text for each in found.put] == ([asked.text] if left else [])


@pytest.mark.parametrize(
    ("desk", "is_open"),
    [(Desk(), True), (Desk(note="n"), True), (Desk(status=Status.CUT), False), (Desk(dismissed="no"), False)],
)
def test_a_decided_claim_wants_no_call(desk: Desk, is_open: bool) -> None:
    """Protects the phone list from questions about claims that nobody works on any more."""
    result = with_desk(undecided(), 1, desk)
    assert gather(result, Told(result)).claims[0].open is is_open
