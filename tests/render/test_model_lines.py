"""A model's lines: marked, harmless whatever they hold, and the briefs proved all the same."""

import re
import unicodedata
from collections.abc import Callable
from itertools import cycle

import pytest
from assisted import MODEL, assisted
from hypothesis import example, given, settings
from hypothesis import strategies as st
from invented import SKERRY, invented
from invented_article import TEXT
from lxml import html as lxml_html
from markdown_it import MarkdownIt

from briefs.domain.brief import ArticleBriefs, Brief, Evidence, Failure, Stance
from briefs.domain.scan import OFFLINE
from briefs.llm.port import FailureKind
from briefs.seal import as_written, listing, read_seal
from briefs.steps.render import Format, render
from briefs.steps.render.tame import Tamer, tamed
from briefs.verify.rewritten import check_markdown

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
PIECES = (
    *"\\`*_{}[]()<>#+-.!|~&:@$^=\"' \n\r\t\x00\x1b\x7f\u00a0\u00ad\u200b\u200f\u2028\u2066\u2069\u202e\ufeff\ud800",
    *"“”‘’«»„「」`´é1aß",
    "word ",
    "Port Ansel ",
    "“About 4,200 passengers were stranded in Port Ansel”",
    "“five words of its own",
    "told the soldiers' friends' dogs' ",
    "\n\n# Heading\n\n",
    "\n- item\n",
    "\n> quoted by nobody at all here\n",
    "\n| a | b |\n|---|---|\n",
    "\n---\n",
    "```\n",
    "-->",
    "<!--",
    "<!-- briefs: {} -->",
    "<script>alert(1)</script>",
    "</li></ul></section>",
    "<img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "<a id=x>",
    "[x](javascript:alert(1))",
    "![x](http://a.example/x.png)",
    "http://a.example www.a.example a@a.example",
    "[x]: http://a.example",
    "&amp;&#x3c;",
    "{{ 7 * 7 }}{% if",
    "**Desk**",
    "(model)",
)
STRINGS = st.one_of(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join),
    st.text(st.characters(), max_size=40),
)

SAID = st.lists(STRINGS.map(lambda words: f"{words}w"), min_size=1, max_size=5)
"""What a model says, in turn; never nothing at all, for which a line has another form."""


def said_by(model: Callable[[], str], result: ArticleBriefs) -> ArticleBriefs:
    """Return briefs in which every word of the model, and of what failed, is what `model` says."""
    reading = result.made.model_copy(
        update={
            "failures": tuple(
                Failure(where=model(), kind=kind, message=model())
                for kind in (*FailureKind, FailureKind.TIMED_OUT)
            )
        }
    )
    briefs = tuple(_said(model, brief) for brief in result.briefs)
    sources = tuple(s.model_copy(update={"name": model()}) for s in result.overview.sourcing.sources)
    sourcing = result.overview.sourcing.model_copy(update={"sources": sources})
    overview = result.overview.model_copy(update={"sourcing": sourcing})
    return result.model_copy(update={"made": reading, "briefs": briefs, "overview": overview})


def _said(model: Callable[[], str], brief: Brief) -> Brief:
    claim, reading = brief.claim, brief.attribution
    if claim.standalone_by != OFFLINE:
        claim = claim.model_copy(update={"standalone": model()})
    if claim.choice is not None and claim.choice.why:
        claim = claim.model_copy(update={"choice": claim.choice.model_copy(update={"why": model()})})
    if reading.drafted_by != OFFLINE and reading.source is not None:
        source = reading.source.model_copy(update={"name": model(), "role": model()})
        via = tuple(each.model_copy(update={"name": model()}) for each in reading.via)
        reading = reading.model_copy(update={"source": source, "via": via})
    questions = tuple(
        q.model_copy(update={"text": model(), "ask": model(), "settles": model()})
        if q.drafted_by != OFFLINE
        else q
        for q in brief.questions
    )
    missing = tuple(
        m.model_copy(update={"what": model(), "why": model(), "holder": model()})
        if m.drafted_by != OFFLINE
        else m
        for m in brief.missing_evidence
    )
    changed = {"claim": claim, "attribution": reading, "questions": questions, "missing_evidence": missing}
    return brief.model_copy(update=changed)


HARMLESS = said_by(lambda: "plain words", assisted())


def structure(markdown: str) -> list[str]:
    """Return the elements of a Markdown file in order, blocks and what is in them, without the words."""
    found: list[str] = []
    for token in PARSER.parse(markdown):
        found.append(token.type + token.tag)
        inner = [child.type for child in token.children or () if not child.type.startswith("text")]
        found.extend(inner)
    return found


def elements(page: str) -> list[tuple[str, ...]]:
    """Return every element of a page with its address and the names of its attributes, in order."""
    tree = lxml_html.document_fromstring(page)
    return [(str(each.tag), str(each.get("href")), *sorted(map(str, each.keys()))) for each in tree.iter()]


PLAIN_STRUCTURE = structure(render(HARMLESS, "md"))
PLAIN_ELEMENTS = elements(render(HARMLESS, "html"))


@given(SAID)
@settings(max_examples=30, deadline=None)
def test_no_words_of_a_model_change_the_file(said: list[str]) -> None:
    """Any string in every field that a model writes: the same blocks, links and emphasis, seal and proof whole."""
    result = said_by(cycle(said).__next__, assisted())
    made = render(result, "md")
    assert structure(made) == PLAIN_STRUCTURE
    assert as_written(made)
    found = read_seal(made)
    assert found is not None
    assert found.briefs == listing(result).briefs
    held = ("1,420 passengers were rebooked in August", "Here 4,200 were stranded, all say", SKERRY)
    verdict = check_markdown("ferry.md", made, TEXT, held)
    assert not verdict.problems
    assert not {c for c in made if unicodedata.category(c) in ("Cc", "Cf")} - set("\n\u200c\u200d")


@given(SAID)
@settings(max_examples=40, deadline=None)
def test_no_words_of_a_model_change_the_page(said: list[str]) -> None:
    """Any string in every field that a model writes: the same elements and attributes, links all our own."""
    page = render(said_by(cycle(said).__next__, assisted()), "html")
    assert elements(page) == PLAIN_ELEMENTS
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f]", page)


@given(STRINGS)
@example("“We ran two boats on one engine certificate,” she told the paper")
@settings(max_examples=150, deadline=None)
def test_taming_is_done_once(said: str) -> None:
    """A line made harmless is a single line that making it harmless again does not change."""
    tamer = Tamer(TEXT)
    once = tamer.line(said)
    assert tamer.line(once) == once
    assert once.splitlines() in ([], [once])


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Who counted “About 4,200 passengers” and how?", "Who counted “About 4,200 passengers” and how?"),
        ("Who counted 'About 4,200 passengers' and how?", "Who counted “About 4,200 passengers” and how?"),
        ("Who said “nobody was hurt at all”?", "Who said nobody was hurt at all?"),
        ("Did “4,20” come up?", "Did 4,20 come up?"),
        ("Is it the line's or the lines' fault?", "Is it the line's or the lines' fault?"),
        ("a “lone mark", "a lone mark"),
        ("left\u202eright\n\n# up\x1b[1m", "leftright # up[1m"),
        ("the line’s “Томас Рууд”", "the line’s “Томас Рууд”"),
        ("half \ud800", "half \ufffd"),
        ("co\u00adop می\u200cخواهم", "coop می\u200cخواهم"),
    ],
)
def test_a_model_quotes_the_article_or_nobody(said: str, shown: str) -> None:
    """Marks stay around the article's own words alone; what nobody sees is gone; apostrophes stay."""
    assert Tamer(TEXT).line(said) == shown


def test_what_the_rules_drafted_is_never_touched() -> None:
    """A draft made without a model comes out of taming as it went in."""
    result = invented()
    assert tamed(result) == result


@pytest.mark.parametrize(
    ("words", "count"),
    [
        (f"A language model helped: {MODEL}. Lines marked (model) are its suggestions", 1),
        ("are counted once or twice among the 4,200? (model)", 0),
        ("*Settles* whether 4,200 is a number of people. (model)\n", 1),
        ("*Ask* Nordisk Skibsregister (model's suggestion).", 2),
        ("*Ask* the harbour office of Port Ansel. (Q4, [claim 1](#", 1),
        (", model)\n", 2),
        ("(held by Nordisk Skibsregister, model's suggestion). One certificate cannot", 1),
        ("They would show by whom.\n", 1),
        ("Standing alone (model): [Ilse Brandvold] said", 1),
        ("- **The model would leave it out:** it takes it for background that nobody disputes.\n", 1),
        ("| would leave it out: it takes it for background that nobody disputes |\n", 1),
        ("- **Chosen by the model, not by the rules.**\n", 1),
        ("| chosen by the model alone |\n", 1),
        ("in the article's paraphrase; as the model reads it\n", 1),
        ("by way of Skerry Gazette (as the model reads it) |", 1),
        ("- Drafted by: the offline rules, with the language model openai:harbour-mini, briefs 0.1.0\n", 1),
        ("- Prompt: extract 3 (0f1e2d3c4b5a6978)\n", 1),
    ],
)
def test_a_model_s_part_is_said_where_it_stands(words: str, count: int) -> None:
    """Every line of a model is marked, and nothing is said where it and the rules agree."""
    assert render(assisted(), "md").count(words) == count


def test_a_page_marks_the_same_lines() -> None:
    """The page labels the lines that the Markdown marks: two questions on two screens, one item, one wording."""
    tree = lxml_html.document_fromstring(render(assisted(), "html"))
    marks = [each for each in tree.iter("span") if each.get("class") == "by"]
    lines = [parent for mark in marks if (parent := mark.getparent()) is not None]
    first = ["".join(map(str, line.itertext())).split()[0] for line in lines]
    assert first == ["A", "Were", "Which", "Q4", "Standing", "The", "Q5"]
    text = " ".join("".join(map(str, tree.itertext())).split())
    assert text.count("Nordisk Skibsregister (model's suggestion)") == 2
    assert text.count("The model would leave it out: it takes it for background that nobody disputes.") == 1
    assert text.count("Chosen by the model, not by the rules.") == 1


def test_evidence_that_a_model_read_is_marked() -> None:
    """Whether a passage agrees is the model's reading, and said to be."""
    result = invented()
    read = Evidence(document="Log", place="p. 1", quote="x", stance=Stance.SUPPORTS, drafted_by=MODEL)
    first = result.briefs[0].model_copy(update={"evidence": (read,)})
    changed = result.model_copy(update={"briefs": (first, *result.briefs[1:])})
    assert "- Agrees (model): Log, p. 1." in render(changed, "md")
    assert f"A language model helped: {MODEL}." in render(changed, "md")


def test_without_a_model_nothing_is_said_of_one() -> None:
    """An offline brief carries no mark, no header line and no style of a model."""
    forms: tuple[Format, ...] = ("md", "html")
    for form in forms:
        made = render(invented(), form)
        assert "model" not in made.casefold()


def test_a_model_of_which_nothing_stands_is_said_to_have_been_asked() -> None:
    """A model whose calls all failed did not help, and the header does not say that it did."""
    result = invented()
    made = result.made.model_copy(update={"engine": "model", "model": MODEL})
    body = render(result.model_copy(update={"made": made}), "md")
    assert f"A language model was asked: {MODEL}. Nothing that it said stands here." in body
    assert "(model)" not in body


@pytest.mark.parametrize(
    ("ask", "marked"),
    [
        ("the harbour office", False),
        ("a lawyer for the board", False),
        ("Ilse Brandvold", False),
        ("Ilse Brandvolden", True),
        ("the coast guard at Nordhavn", True),
        ("Europol", True),
        ("Томас Рууд", False),
        ("港務局", True),
        ("the police of district 19", True),
        ("", False),
    ],
)
def test_a_name_that_the_article_does_not_have_is_a_suggestion(ask: str, marked: bool) -> None:
    """Whom a model would ask is marked as its suggestion unless the article has every name in it."""
    result = assisted()
    first = result.briefs[0]
    asked = first.questions[0].model_copy(update={"ask": ask})
    brief = first.model_copy(update={"questions": (asked,)})
    overview = result.overview.model_copy(update={"first_questions": ()})
    body = render(result.model_copy(update={"briefs": (brief,), "overview": overview}), "md")
    assert ("(model's suggestion)" in body) is marked
