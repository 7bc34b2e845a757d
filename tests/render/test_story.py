"""The overview in its forms: whole, well formed and safe, whatever the articles contain.

After a change that is meant, write the committed forms again:
`PYTHONPATH=tests/steps .venv/bin/python tests/render/test_story.py`.
"""

import re
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import invented
from lxml import html as lxml_html
from markdown_it import MarkdownIt
from telling import article, claimed, link, place, put, story
from told_story import told_story

from briefs.domain.story import Story
from briefs.readers.dispatch import is_brief
from briefs.seal import as_written
from briefs.steps.render.story import story_html, story_json, story_markdown
from briefs.steps.render.told import Told
from briefs.steps.survey import Frame, gather

HERE = Path(__file__).parent
FORMS: dict[str, Callable[[Story], str]] = {"md": story_markdown, "html": story_html, "json": story_json}
PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
HOSTILE = (
    "</main><script>alert(1)</script>",
    "</style><style>*{display:none}</style>",
    "<img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "](javascript:alert(1))",
    "[x](http://a.example)",
    "<!-- briefs-story: 0 -->",
    "-->",
    "| a | b |\n|---|---|",
    "\n\n# Head\n\n- item\n\n> quote\n\n",
    "`code` ``` **bold** _it_ ~~s~~",
    "&lt;b&gt; &amp;amp; {{ 7 * 7 }} {% if",
    "\u202eevil\u202c",
    "\ud800",
    "plain words ",
)
TEXTS = st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=5).map("".join)


def found(node: Any, query: str) -> list[Any]:
    """Return what an XPath query finds in a page or a part of it."""
    return list(node.xpath(query))


def hostile(text: str) -> Story:
    """Return a story in which every word that comes from outside is `text`."""
    one, other = place("a-1", "2024-03-14", text), place("b-2", None, None)
    one, other = (each.model_copy(update={"title": text}) for each in (one, other))
    words = f"{text} 300 {text}"
    claims = [
        claimed("b1", words, one, source=text, via=[text], figures=[("300", 300, 300, text)]),
        claimed("b2", words.replace("300", "450"), other, source=text, figures=[("450", 450, None, text)]),
    ]
    puts = [put(text, text, one, ["b1"], settles=text), put(text, text, other, ["b2"], look_up=True)]
    articles = [article(one, claims[:1], puts[:1]), article(other, claims[1:], puts[1:])]
    return story(articles, [link("conflict", claims[0], claims[1], text)])


@pytest.mark.parametrize("form", FORMS)
def test_the_overview_is_as_committed(form: str) -> None:
    """A change of wording or layout is seen and meant."""
    assert FORMS[form](told_story()) == (HERE / f"golden_story.{form}").read_bytes().decode()


@given(TEXTS)
@settings(max_examples=40, deadline=None)
def test_no_article_adds_anything_to_the_page(text: str) -> None:
    """Hostile words stay words: the same elements as for harmless ones, and none that runs or loads."""
    elements = []
    for words in ("plain", text):
        tree = lxml_html.document_fromstring(story_html(hostile(words)))
        elements.append([each.tag for each in tree.iter() if isinstance(each.tag, str)])
        assert not {"script", "img", "link", "iframe", "form", "base"} & set(elements[-1])
        for each in tree.iter():
            attributes = {str(name): str(value) for name, value in each.attrib.items()}
            assert not [name for name in attributes if name.startswith("on") or name in {"src", "style"}]
            assert re.match(r"#|a-1\.html|b-2\.html", attributes.get("href", "#"))
    # An empty or repeated word may leave out a line of ours ("Through", "also called"), never add one.
    assert len(elements[1]) <= len(elements[0]) + 2


@given(TEXTS)
@settings(max_examples=40, deadline=None)
def test_no_article_changes_the_structure_of_the_markdown(text: str) -> None:
    """Headings, tables, links and the closing comment are ours alone."""
    counts = []
    for words in ("plain", text):
        made = story_markdown(hostile(words))
        tokens = PARSER.parse(made)
        inline = [child for token in tokens for child in token.children or ()]
        links = [child.attrs["href"] for child in inline if child.type == "link_open"]
        assert all(re.match(r"(a-1|b-2)\.md(#b[12])?$", str(address)) for address in links)
        assert sum(token.type == "html_block" for token in tokens) == 1
        assert not [child for child in inline if child.type == "html_inline"]
        kinds = [token.type for token in tokens]
        counts.append((kinds.count("heading_open"), kinds.count("tr_open"), kinds.count("blockquote_open")))
        assert as_written(made.encode().decode())
        assert story_json(hostile(words)).encode()
    assert counts[0] == counts[1]


def test_an_edit_of_the_overview_is_seen() -> None:
    """One changed word makes the file a person's; changed line ends do not."""
    made = story_markdown(told_story())
    assert as_written(made.replace("\n", "\r\n"))
    assert not as_written(made.replace("Harbour", "Harbor", 1))
    assert not as_written(made + "\nmine\n")


@pytest.mark.parametrize("form", ["md", "html"])
def test_the_overview_is_never_taken_for_an_article(form: str) -> None:
    """A later run over the same folder does not brief it."""
    assert is_brief(FORMS[form](told_story()).encode())


def test_the_policy_allows_our_own_styles_and_nothing_else() -> None:
    """The page has no script, makes no request, and its styles are allowed by their hashes."""
    page = story_html(told_story())
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    styles = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    hashes = [f"'sha256-{b64encode(sha256(each.encode()).digest()).decode()}'" for each in styles]
    rules = policy[1].replace("&#39;", "'").split("; ")
    assert rules == [
        "default-src 'none'",
        f"style-src {' '.join(hashes)}",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    assert not re.search(r"url\(|@import|<script|https?:(?!//a\.example)", page)


def test_every_address_leads_somewhere() -> None:
    """Links within the page have their element; the others name an article's files."""
    tree = lxml_html.document_fromstring(story_html(told_story()))
    ids = [str(each) for each in found(tree, "//@id")]
    assert len(ids) == len(set(ids))
    for address in map(str, found(tree, "//a/@href")):
        name = re.match(
            r"(harbour-post-1a2b3c|quay-4d5e6f|leaflet-7a8b9c|mirror-0d1e2f)\.html(#b0\d)?$", address
        )
        assert name or address.removeprefix("#") in ids
    labels = " ".join(map(str, found(tree, "//@aria-labelledby"))).split()
    assert set(labels) <= set(ids)


def test_without_pages_the_links_lead_to_the_markdown() -> None:
    """Where a run wrote no HTML of an article, its Markdown is what opens."""
    made = told_story()
    filed = tuple(each.model_copy(update={"formats": ("md",)}) for each in made.filed)
    page = story_html(made.model_copy(update={"filed": filed}))
    assert "leaflet-7a8b9c.md#b04" in page
    assert ".html" not in page


def test_the_drawing_says_what_it_shows() -> None:
    """Each mark has its row in the table beside it, and the whole is told in words to who cannot see it."""
    tree = lxml_html.document_fromstring(story_html(told_story()))
    (drawing,) = found(tree, "//*[name()='svg']")
    assert drawing.get("role") == "img"
    assert str(drawing.xpath("string(*[name()='title'])")).startswith("Figures by date of publication:")
    described = str(drawing.xpath("string(*[name()='desc'])"))
    assert "Row 1: 300 drivers or more, The *Harbour* Post, 14 March 2024." in described
    labels = [str(each.text) for each in found(drawing, "*[name()='text'][@class='label']")]
    rows = [
        str(each)
        for each in found(tree, "//article[@class='thread'][.//*[name()='svg']]//tbody/tr/td[1]/text()")
    ]
    assert labels == rows[: len(labels)]


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("### 1. 300 drivers or more, or 420 and 450 drivers", 1),
        ("The same in The Mirror.", 1),
        ("**Ada Holm**", 1),
        ("also called", 0),
        ("- [ ] Who counted to 300?", 1),
        ("Who made this count?", 0),
        ("**The author or outlet of “Title of leaflet-7a8b9c”**", 1),
        ("first published on Northern \\<i> Compass", 1),
        ("nearly the same text as The \\*Harbour\\* Post, 14 March 2024", 1),
        ("1 part of the model's work failed", 1),
    ],
)
def test_says_what_an_editor_needs(words: str, count: int) -> None:
    """What an editor looks for stands in the file, in the newsroom's words, as often as it should."""
    assert story_markdown(told_story()).count(words) == count


def test_no_jargon_and_no_verdict() -> None:
    """Words of ours, and words that judge, are not in the text for people."""
    body = (story_markdown(told_story()) + story_html(told_story())).casefold()
    body = re.sub(r"<style>.*?</style>", "", body, flags=re.DOTALL)
    for word in ("independent", "refutes", "supports", "debunk", "verified", "false", "cluster", "✓", "0.8"):
        assert word not in body


def test_an_overview_of_many_stays_small() -> None:
    """A thousand articles that all repeat two figures give a page of bounded size that says what it leaves out."""
    claims = [
        claimed(
            f"b{n:04}",
            f"{300 + n % 2} drivers walked out",
            place(f"p{n:04}", "2024-03-14", f"Outlet {n}"),
            source=f"Person {n}",
            figures=[(f"{300 + n % 2}", 300 + n % 2, 300 + n % 2, "drivers")],
        )
        for n in range(1000)
    ]
    relations = [link("same", one, other) for one, other in zip(claims, claims[2:], strict=False)]
    relations += [link("conflict", one, other) for one, other in pairwise(claims)]
    puts = [
        put(f"Question {n}?", f"Person {n}", c.place, [c.id], settles=f"matter {n}")
        for n, c in enumerate(claims)
    ]
    made = story(
        [article(c.place, [c], [q]) for c, q in zip(claims, puts, strict=True)], relations, frame=Frame("0")
    )
    assert (len(made.conflicts), made.more_conflicts, len(made.threads)) == (1, 0, 1)
    assert made.call_sheet.left_out == 985
    sizes = {form: len(write(made)) for form, write in FORMS.items()}
    assert max(sizes.values()) < 300_000, sizes


@pytest.mark.parametrize(
    ("ask", "own"),
    [
        ("the news desk of The Harbour Post", True),
        ("Noor Eskildsen, The Harbour Post", True),
        ("the news desk of Northern Compass", True),
        ("the author, N. Eskildsen", True),
        ("the article’s author or outlet", True),
        ("the news desk of The Quay", False),
        ("the Port Line", False),
    ],
)
def test_an_articles_own_newsroom_is_known(ask: str, own: bool) -> None:
    """Who wrote or first published an article answers for that article alone."""
    result = invented()
    home = result.article.model_copy(
        update={"outlet": "The Harbour Post", "republished_from": "Northern Compass"}
    )
    question = result.briefs[0].questions[0].model_copy(update={"ask": ask})
    brief = result.briefs[0].model_copy(update={"questions": (question,)})
    result = result.model_copy(update={"article": home, "briefs": (brief, *result.briefs[1:])})
    told = Told(result)
    assert gather(told.result, told).put[0].own is own


if __name__ == "__main__":
    for each, write in FORMS.items():
        (HERE / f"golden_story.{each}").write_bytes(write(told_story()).encode())


def test_hidden_characters_of_articles_do_not_turn_our_words_around() -> None:
    """A character that reverses what follows stays within the article's own quoted words."""
    ours, theirs = place("a", "2024-03-14"), place("b", "2024-03-15")
    one, two = claimed("b1", "nine \u202eboats left", ours), claimed("b2", "no boats left", theirs)
    why = "“nine \u202eboats” and “no boats” differ."
    shown = story_html(
        story([article(ours, [one]), article(theirs, [two])], [link("conflict", one, two, why)])
    )
    assert "“nine boats” and “no boats” differ." in shown
