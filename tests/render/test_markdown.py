"""The Markdown of an article's briefs: well formed and exact, whatever the article contains."""

import re

import pytest
from bare import bare
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import IDS, QUOTES, SKERRY, invented
from invented_article import TEXT
from markdown_it import MarkdownIt
from markdown_it.token import Token

from briefs.domain.article import Link
from briefs.domain.brief import ArticleBriefs
from briefs.domain.spans import Span
from briefs.seal import as_written
from briefs.steps.render import render
from briefs.text.unseen import plain
from briefs.verify.rewritten import Kept, Quoting, check_markdown

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
PIECES = (
    *"\\`*_{}[]()<>#+-.!|~&:@$^=\"' \n\n\u00a0\u2028\u202e。「é1a",
    "word ",
    "\n\n",
    "---",
    "```",
    "-->",
    "<!--",
    "<script>",
    "&amp;",
    "{{ x }}",
    "{% if",
    "](http://a.example)",
)
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map("".join)


@st.composite
def articles(draw: st.DrawFn) -> ArticleBriefs:
    """Draw an article of any text with claims at any places that are not blank."""
    text = draw(TEXTS)
    spans = []
    for _ in range(draw(st.integers(0, 3))):
        start, end = sorted(draw(st.tuples(*[st.integers(0, len(text))] * 2)))
        if text[start:end].strip():
            spans.append(Span(start=start, end=end))
    return bare(text, spans, title=draw(TEXTS))


def collapsed(text: str) -> str:
    """Return text with its white space collapsed."""
    return " ".join(text.split())


def sections(tokens: list[Token]) -> list[list[Token]]:
    """Return the tokens of each claim's section, from its heading on."""
    found: list[list[Token]] = []
    inside = False
    for token in tokens:
        if token.type == "heading_open":
            inside = token.tag == "h3"
            if inside:
                found.append([])
        if inside:
            found[-1].append(token)
    return found


class Quotation:
    """The block quote of one section: all its words, and those in bold."""

    def __init__(self, section: list[Token]) -> None:
        """Read the first block quote among the tokens of a section."""
        first = next(i for i, t in enumerate(section) if t.type == "blockquote_open")
        last = next(i for i, t in enumerate(section) if t.type == "blockquote_close")
        words, bold, depth = [], [], 0
        for token in section[first:last]:
            for child in [*(token.children or ()), None]:
                content = child.content if child else " "
                if child is not None:
                    depth += {"strong_open": 1, "strong_close": -1}.get(child.type, 0)
                    content = "" if child.type.startswith("strong") else content
                words.append(content)
                bold.append(content if depth or child is None else "")
        self.words = collapsed(plain("".join(words)))
        self.bold = collapsed(plain("".join(bold)))


@given(articles())
@settings(max_examples=150, deadline=None)
def test_any_article_gives_as_many_sections_as_claims(result: ArticleBriefs) -> None:
    """No text can open, close or swallow a section, a table row or the seal."""
    made = render(result, "md")
    tokens = PARSER.parse(made)
    headings = [t.tag for t in tokens if t.type == "heading_open"]
    assert headings.count("h3") == len(result.briefs)
    assert headings.count("h1") == 1
    assert sum(t.type == "blockquote_open" for t in tokens) == len(result.briefs)
    assert sum(t.type == "tr_open" for t in tokens) == 2 * (len(result.briefs) + 1) * bool(result.briefs)
    blocks = [t.content for t in tokens if t.type == "html_block"]
    assert [b.startswith("<!-- briefs:") for b in blocks] == [True]
    assert as_written(made)


@given(articles())
@settings(max_examples=150, deadline=None)
def test_any_claim_is_quoted_exactly(result: ArticleBriefs) -> None:
    """Reading the Markdown gives the claim's exact words back, within exact text of the article."""
    for section, brief in zip(sections(PARSER.parse(render(result, "md"))), result.briefs, strict=True):
        quotation = Quotation(section)
        assert quotation.words in collapsed(result.article.text)
        assert (quotation.bold or quotation.words) == collapsed(brief.claim.quote.text)


def test_quotes_across_paragraphs_and_never_shows_advertising() -> None:
    """A claim over two paragraphs is quoted in two; an advertisement inside a paragraph is left out."""
    found = [Quotation(s) for s in sections(PARSER.parse(render(invented(), "md")))]
    assert [q.bold or q.words for q in found] == [collapsed(words) for words in QUOTES]
    assert "Best Price" not in "".join(q.words for q in found)
    assert "told me to go home.” " not in found[3].words
    assert found[3].words.endswith("go home.”")


def test_long_paragraphs_are_trimmed_to_whole_sentences() -> None:
    """Around a claim in a very long paragraph only whole neighbouring sentences are shown."""
    sentence = "The boat left the pier at noon and came back at night with nobody on board. "
    text = sentence * 20 + "It sank.\n"
    result = bare(text, [Span(start=text.index("It sank"), end=len(text) - 1)])
    entry = result.ledger[0]
    step = len(sentence)
    ends = [*range(step, 20 * step + 1, step), len(text) - 1]
    starts = [0, *ends[:-1]]
    cut = tuple(
        entry.model_copy(update={"sentence": n, "start": a, "end": b})
        for n, (a, b) in enumerate(zip(starts, ends, strict=True))
    )
    quotation = Quotation(sections(PARSER.parse(render(result.model_copy(update={"ledger": cut}), "md")))[0])
    assert quotation.bold == "It sank."
    assert 300 < len(quotation.words) < 720
    assert re.fullmatch(r"(The boat left .*? on board\. )+It sank\.", quotation.words)


def test_desk_fields_can_be_read_back() -> None:
    """Each claim's section has every desk field once, in the documented form, under its brief's id."""
    body = render(invented(), "md")
    parts = re.split(r'^<a id="([^"]+)"></a>$', body, flags=re.MULTILINE)
    assert tuple(parts[1::2]) == IDS
    for part in parts[2::2]:
        desk = part.split("**Desk**", 1)[1].split("\n\n", 2)[1]
        fields = dict(re.findall(r"^- ([A-Z][^:]*):(?: (.*))?$", desk, flags=re.MULTILINE))
        assert list(fields)[:9] == [
            "Said so",
            "Is it so",
            "Status",
            "Checker",
            "Date",
            "Source consulted",
            "Archive link",
            "Corrected wording",
            "Note",
        ]
    assert "- Status: needs correction\n- Checker: K. \\*Aune\\*\n" in body


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("**7 claims to check: 3 high, 2 medium, 2 low.**", 1),
        ("Tomas Ruud (paragraph 2): the article does not say whether they were asked.", 1),
        ("Vellmar Line: ", 0),
        ("- Sentences 4 to 6: no answer within 60 seconds (timeout)", 1),
        ("- See also Q1 under [claim 1]", 1),
        (f"Also for claim [2](#{IDS[1]}).", 1),
        ("perhaps harbour office\\_log (document), which is named nearby: to be asked", 1),
        ("the article writes “She” here", 1),
        ("**Reason given for leaving out the name:** “because the talks are private”", 1),
        ("- Differs: Harbour office, monthly bulletin, page 3.", 1),
        ("**Not article text: advertising**", 1),
        ("**Opinion, with no fact in it**", 1),
        (f"- Rate and total do not fit: see [claim 5](#{IDS[4]}).", 1),
        ("- Cookie notice, 412 characters, beginning: We value your \\*privacy\\*", 1),
        ("- [ ] Tomas Ruud (2 places); also written Томас Рууд", 1),
    ],
)
def test_says_what_an_editor_needs(words: str, count: int) -> None:
    """The things an editor looks for stand in the file, once, in the newsroom's words."""
    assert render(invented(), "md").count(words) == count


def test_the_first_screen_fits_a_screen() -> None:
    """Everything above the order of importance fits in forty lines."""
    assert render(invented(), "md").index("## The claims") < len(render(invented(), "md"))
    assert render(invented(), "md").split("## The claims", 1)[0].count("\n") <= 40


def test_no_jargon_and_no_verdict() -> None:
    """Words of ours that mean nothing, or too much, to an editor are not in the text for people."""
    body = render(invented(), "md").split("<!-- briefs:", 1)[0].casefold()
    for word in ("furniture", "refutes", "supports", "grounded", "span", "cue", "independent", "✓", "0.82"):
        assert word not in body


def test_what_is_written_is_proved() -> None:
    """The file as written holds every quotation where `verify` looks for it, and no foreign one."""
    skerry = Kept("skerry/ferry.html", "Ferries: the count", SKERRY, "")
    lantern = Kept("lantern/ferry.txt", "Stranded", "Here 4,200 were stranded, all say", "")
    held = ("1,420 passengers were rebooked in August",)
    verdict = check_markdown("ferry.md", render(invented(), "md"), TEXT, held, Quoting((skerry, lantern)))
    assert not verdict.problems
    assert verdict.counts.briefs == len(QUOTES)


def test_a_link_that_ends_within_a_word_is_shown_with_the_whole_word() -> None:
    """`<a>…nine ferry line</a>s` is found in the article by `verify`, which cuts no word."""
    text = "The council closed all nine of its northern ferry lines in May."
    made = bare(text, [Span(start=0, end=len(text))])
    link = Link(start=text.index("ouncil"), end=text.index("s in May"), url="https://news.example/ferries")
    linking = made.model_copy(update={"article": made.article.model_copy(update={"links": (link,)})})
    markdown = render(linking, "md")
    assert "- “council closed all nine of its northern ferry lines”: " in markdown
    assert not check_markdown("ferry.md", markdown, text, ("A title",)).problems
