"""The call sheet: every open question once, by whom to ask; done ones ticked, decided ones left out."""

import re

from desked import decided, hostile
from markdown_it import MarkdownIt

from briefs.domain.brief import ArticleBriefs
from briefs.domain.desk import Desk, Status
from briefs.export.calls import noted, sheet
from briefs.seal import as_written


def of(*results: ArticleBriefs, links: dict[str, str] | None = None) -> str:
    """Return the call sheet of articles."""
    return sheet([noted(result) for result in results], links or {}).content.decode()


def test_every_open_question_stands_once() -> None:
    """All questions that serve an open claim are there, with a box, and none twice."""
    result = decided()
    made = sheet([noted(result)], {})
    open_ones = {
        brief.id
        for brief in result.briefs
        if brief.desk.status is Status.OPEN and brief.desk.dismissed is None
    }
    asked = {
        question.text
        for brief in result.briefs
        for question in brief.questions
        if open_ones & set(question.serves) and question.answered_by is None
    }
    boxes = re.findall(r"^- \[ \] (.*?) \*Settles\*", made.content.decode(), re.MULTILINE)
    assert sorted(boxes) == sorted(set(boxes))
    assert {re.sub(r"\\(.)", r"\1", box).replace(" (model)", "") for box in boxes} == asked
    assert made.open == len(boxes)


def test_what_can_be_looked_up_comes_first_then_whom_to_call() -> None:
    """Two parts, in this order, each by whom to ask."""
    text = of(decided())
    assert text.index("## Look up") < text.index("## Call") < text.index("## Done")
    assert "### The health authority" in text


def test_done_questions_are_ticked_with_their_answers() -> None:
    """An answered question stands at the end with who answered, and no longer among the open ones."""
    made = sheet([noted(decided())], {})
    text = made.content.decode()
    done = text[text.index("## Done") :]
    assert made.done == 2
    assert done.count("- [x] ") == 2
    assert "**It is another \\*count\\*.** (Jo Ferrant)" in done
    assert "Ticked off. (Jo Ferrant)" in done
    assert "count\\*" not in text[: text.index("## Done")]


def test_questions_of_decided_claims_are_left_out_and_counted() -> None:
    """Nobody is rung about a claim that is cut."""
    result = decided()
    cut = Desk(status=Status.CUT)
    all_cut = [brief.model_copy(update={"desk": cut}) for brief in result.briefs]
    made = sheet([noted(result.model_copy(update={"briefs": tuple(all_cut)}))], {})
    questions = sum(len(brief.questions) for brief in result.briefs)
    assert (made.open, made.done, made.settled) == (0, 2, questions - 2)
    assert b"- [ ]" not in made.content


def test_articles_are_merged_by_whom_to_ask() -> None:
    """Two articles in either order give one sheet; an office that both places have is told apart."""
    other = hostile()
    asked = [
        brief.model_copy(
            update={"questions": (brief.questions[0].model_copy(update={"ask": "the health authority"}),)}
        )
        for brief in other.briefs
    ]
    other = other.model_copy(update={"briefs": tuple(asked)})
    text = of(decided(), other)
    assert text == of(other, decided())
    assert "from 2 articles" in text
    assert "### The health authority (The Halmen Gazette)" in text
    assert "### The health authority (+Outlet)" in text
    for part in text.split("\n## ")[1:]:
        headings = re.findall(r"^### (.*)$", part, re.MULTILINE)
        assert sorted(headings) == sorted(set(headings))


def test_links_lead_to_the_briefs() -> None:
    """A claim's number is a link to its section where the article's briefs lie beside."""
    result = decided()
    text = of(result, links={result.article.slug: "../my briefs/x.html"})
    assert f"[5](../my%20briefs/x.html#{result.briefs[4].id})" in text
    assert "](" not in of(result)


def test_hostile_words_stay_words() -> None:
    """No heading, box, tag or link of an article's making; the file is well formed and known as ours."""
    text = of(hostile())
    assert as_written(text)
    tokens = MarkdownIt("commonmark").parse(text)
    inner = [child for token in tokens for child in token.children or []]
    assert not [t for t in (*tokens, *inner) if t.type == "html_inline" or t.type.startswith("link")]
    assert len([t for t in tokens if t.type == "html_block"]) == 1  # the seal
    assert text.count("\n# ") == 0
    assert "\x1b" not in text
