"""A brief for words that a person selects: read like any other claim, refused with a reason where it is none."""

import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from briefs.domain.article import Article
from briefs.domain.brief import ArticleBriefs
from briefs.domain.claims import Disposition, brief_id
from briefs.domain.desk_events import Added, DeskEvent, Door, question_key
from briefs.domain.scan import SourceKind
from briefs.domain.spans import Span
from briefs.errors import SelectionError
from briefs.pipeline import article_of, draft, given_by_user
from briefs.pipeline.added import AddedDraft, draft_added
from briefs.readers.inputs import inputs
from briefs.review.basis import basis_of
from briefs.review.fold import states
from briefs.review.project import bare, project
from briefs.steps.render import render

CORPUS = Path(__file__).parents[2] / "corpus"
FIRE = "varnia-now-terminal-fire.md"
NURSES = "halmen-gazette-nurses.docx"


@cache
def drafted(name: str) -> ArticleBriefs:
    """Return the briefs of a sample article."""
    [found] = inputs([str(CORPUS / name)])
    return draft(article_of(found, given_by_user("published", None, None)))


def place(article: Article, words: str) -> Span:
    """Return where words first stand."""
    start = article.text.index(words)
    return Span(start=start, end=start + len(words))


def added(name: str, words: str) -> AddedDraft:
    """Return what is drafted for words of a sample article."""
    return draft_added(drafted(name), place(drafted(name).article, words))


def left_out(result: ArticleBriefs) -> list[Span]:
    """Return the sentences that the rules leave out."""
    return [
        Span(start=e.start, end=e.end) for e in result.ledger if e.disposition is Disposition.NOT_CHECKABLE
    ]


@pytest.mark.parametrize("name", [FIRE, NURSES])
def test_any_sentence_left_out_can_become_a_claim(name: str) -> None:
    """Protects an editor's finding: exact words, an id like the tool's, something to ask, and a file that holds."""
    result = drafted(name)
    for at, sentence in enumerate(left_out(result)[:6]):
        made = draft_added(result, Span(start=sentence.start + 1, end=sentence.end - 1))
        brief = made.brief
        assert brief.claim.quote.place == sentence
        assert brief.claim.quote.of(result.article.text) == brief.claim.quote.text
        assert brief.id == brief_id(result.article.id, brief.claim.quote.text, 0)
        assert brief.questions or brief.see_questions
        assert made.overlaps == ()
        what = Added(brief=brief, basis=basis_of(result.article, brief))
        event = DeskEvent(
            seq=1, at="2026-11-22T14:05:00+00:00", who="A", door=Door.DESK, article=result.article.id,
            brief=brief.id, what=what,
        )  # fmt: skip
        whole = project(result, states([event]))
        assert ArticleBriefs.from_json(render(whole, "json")) == whole
        assert bare(whole) == result
        if at == 0:
            assert brief.claim.quote.text.split()[0] in render(whole, "md")


def test_the_rules_find_the_source_of_a_part() -> None:
    """Protects the cited source: words of a quotation are its speaker's, also where an editor selects a part."""
    result = drafted(NURSES)
    spoken = next(
        b for b in result.briefs if b.attribution.kind is SourceKind.NAMED and b.attribution.content
    )
    content = spoken.attribution.content[0]
    words = content.of(result.article.text).split()
    half = place(result.article, " ".join(words[: max(4, len(words) // 2)]))
    made = draft_added(result, half)
    assert made.overlaps == (spoken.id,)
    assert made.brief.id != spoken.id
    assert made.brief.attribution.source is not None
    assert spoken.attribution.source is not None
    assert made.brief.attribution.source.name == spoken.attribution.source.name


def test_questions_elsewhere_are_named_by_their_keys() -> None:
    """Protects references through later versions, in which ids of questions count anew."""
    result = drafted(NURSES)
    known = {question_key(q.ask, q.text) for brief in result.briefs for q in brief.questions}
    for sentence in left_out(result):
        made = draft_added(result, sentence).brief
        assert all(each.startswith("k") for each in made.see_questions)
        assert set(made.see_questions) <= known | {question_key(q.ask, q.text) for q in made.questions}


def test_equal_words_get_an_id_of_their_own() -> None:
    """Protects two claims in the same words, and one whose id was given before and is gone."""
    result = drafted(NURSES)
    sentence = left_out(result)[0]
    first = draft_added(result, sentence).brief
    second = draft_added(result, sentence, taken=[first.id]).brief
    assert second.id == brief_id(result.article.id, first.claim.quote.text, 1)
    assert second.claim == first.claim


@pytest.mark.parametrize(
    ("start", "end", "reason"),
    [(0, 0, "no words are selected"), (10**6, 10**6 + 50, "no words are selected")],
)
def test_nothing_selected_is_refused(start: int, end: int, reason: str) -> None:
    """Protects the desk from empty claims, and from places of another version."""
    with pytest.raises(SelectionError, match=reason):
        draft_added(drafted(FIRE), Span(start=start, end=end))


def test_words_of_a_claim_are_refused_by_its_number() -> None:
    """Protects the list from doubles: its number is named, whatever marks were selected with it."""
    result = drafted(NURSES)
    quote = result.briefs[3].claim.quote
    for selected in (quote, Span(start=quote.start, end=quote.end - 1)):
        with pytest.raises(SelectionError, match="claim 4 has exactly these words; decide about it there"):
            draft_added(result, selected)


def test_what_is_no_article_text_is_refused() -> None:
    """Protects the promise that claims are the article's: not of its advertising, byline or share bar."""
    result = drafted(NURSES)
    furniture = next(e for e in result.ledger if e.disposition is Disposition.FURNITURE)
    with pytest.raises(SelectionError, match="not article text"):
        draft_added(result, Span(start=furniture.start, end=furniture.end))


def test_a_selection_that_begins_in_furniture_is_trimmed() -> None:
    """Protects against the mouse: a claim selected from the section line down holds the article's words alone."""
    result = drafted(NURSES)
    first = next(e for e in result.ledger if e.disposition is Disposition.FURNITURE)
    shown = next(
        e for e in result.ledger if e.start > first.end and e.disposition is not Disposition.FURNITURE
    )
    # The headline is a claim already: it is met in its own words, without the section line above it.
    with pytest.raises(SelectionError, match="claim 1 has exactly these words"):
        draft_added(result, Span(start=first.start, end=shown.end))


def test_a_word_and_a_page_are_no_claim() -> None:
    """Protects the checker: neither states one thing that can be looked up."""
    result = drafted(NURSES)
    body = left_out(result)[0]
    word = place(result.article, result.article.text[body.start : body.end].split()[0])
    with pytest.raises(SelectionError, match="a single word states no claim"):
        draft_added(result, Span(start=body.start, end=body.start + word.end - word.start))
    shown = [e for e in result.ledger if e.disposition is not Disposition.FURNITURE]
    runs = Span(start=shown[1].start, end=shown[14].end)
    with pytest.raises(SelectionError, match=r"more than one claim|runs over words that are not"):
        draft_added(result, runs)


def test_the_parser_is_loaded_with_the_first_selection() -> None:
    """Protects the desk's start: importing this costs no parser."""
    code = "import sys, briefs.pipeline.added; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
