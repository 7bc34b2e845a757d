"""The page: self-contained, well formed, safe and complete, whatever the article contains."""

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from bare import bare
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import IDS, invented
from invented_article import TEXT
from lxml import html as lxml_html

from briefs.domain.spans import Span
from briefs.steps.render import render

HOSTILE = (
    "</main><script>alert(1)</script>",
    "</style><style>*{display:none}</style>",
    "<img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "javascript:alert(1)",
    "<!--",
    "]]>",
    "&lt;b&gt; &amp;amp;",
    "\u202eevil\u202c",
    "{{ 7 * 7 }}",
    "</title><svg onload=alert(1)>",
    "plain words ",
    "\n\n",
)
TEXTS = st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=12).map("".join)
VOID = {"meta", "link", "br", "img", "input", "hr"}


class Tags(HTMLParser):
    """Every element that a parser sees, in order, and whether all are closed in turn."""

    def __init__(self, page: str) -> None:
        """Parse a page."""
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.misnested = 0
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element."""
        if not self.open or self.open.pop() != tag:
            self.misnested += 1


def article_text(page: str) -> str:
    """Return the text of the page's article, as a reader selects it."""
    tree = lxml_html.document_fromstring(page)
    return "".join("".join(str(t) for t in p.itertext()) + "\n" for p in next(tree.iter("main")))


@given(TEXTS, st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), max_size=4))
@settings(max_examples=100, deadline=None)
def test_no_article_adds_an_element_or_an_attribute(text: str, pairs: list[tuple[int, int]]) -> None:
    """Hostile text stays text: the same elements as for harmless text, all closed, none that runs."""
    spans = [Span(start=min(p), end=max(p)) for p in pairs if text[min(p) : max(p)].strip()]
    spans = [Span(start=s.start, end=min(s.end, len(text))) for s in spans]
    page = render(bare(text, spans, title=text), "html")
    tags = Tags(page)
    assert not tags.misnested
    assert not tags.open
    names = [tag for tag, _ in tags.seen]
    assert names.count("script") == names.count("title") == 1
    assert names.count("style") == 1 + any(each.get("class") == "unseen" for _, each in tags.seen)
    assert not {"img", "svg", "link", "iframe", "object", "form", "base"} & set(names)
    for _, attributes in tags.seen:
        assert not [
            name for name in attributes if name.startswith("on") or name in {"src", "style", "action"}
        ]
        assert (attributes.get("href") or "#").startswith("#")
    assert "".join(article_text(page).split()) == "".join(text.split())


def test_a_mark_that_only_a_part_of_the_text_shows_has_its_style() -> None:
    """A mark of direction is at home in a text with Hebrew, and unseen in a claim that has none: it is styled."""
    text = "The mayor\u200f resigned on Monday. \u05e9\u05dc\u05d5\u05dd."
    page = render(bare(text, [Span(start=0, end=31)]), "html")
    assert 'class="unseen"' in page
    assert page.count("<style>") == 2


def test_the_article_stands_whole_and_in_order() -> None:
    """Marks, numbers and greyed parts add nothing to the article's text and lose nothing of it."""
    assert " ".join(article_text(render(invented(), "html")).split()) == " ".join(TEXT.split())


def test_the_policy_allows_our_own_style_and_script_and_nothing_else() -> None:
    """The policy's hashes are those of the inline style and script; everything else is denied."""
    page = render(invented(), "html")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    rules = policy[1].replace("&#39;", "'").split("; ")
    expected = ["default-src 'none'"]
    for name, tag in (("style-src", "style"), ("script-src", "script")):
        inline = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        assert inline
        digests = (b64encode(sha256(each.encode()).digest()).decode() for each in inline)
        expected.append(" ".join([name, *(f"'sha256-{digest}'" for digest in digests)]))
    assert rules == [*expected, "base-uri 'none'", "form-action 'none'"]
    assert not re.search(r"url\(|@import|https?:(?!//port-ansel\.example)", page)


def test_every_address_within_the_page_exists_once() -> None:
    """Every link leads to one element of the page, so that the page works without its script."""
    tags = Tags(render(invented(), "html"))
    ids = [attributes["id"] for _, attributes in tags.seen if "id" in attributes]
    assert len(ids) == len(set(ids))
    named = [
        attributes.get(k) for _, attributes in tags.seen for k in ("aria-labelledby",) if k in attributes
    ]
    links = [attributes["href"] for tag, attributes in tags.seen if tag == "a"]
    here = {link for link in links if link != "skerry%20ferry-1.html#b0"}  # in the file beside it
    assert len(here) < len(set(links))
    assert {(link or "").removeprefix("#") for link in here} | set(named) <= set(ids)


def test_marks_lead_to_their_claims_also_where_claims_overlap() -> None:
    """The inner of two overlapping claims has the words; each claim has a mark and a number."""
    tree = lxml_html.document_fromstring(render(invented(), "html"))
    marks = [a for a in tree.iter("a") if "mark" in (a.get("class") or "").split()]
    words = [("".join(map(str, m.itertext())), m.get("href"), m.get("data-n")) for m in marks]
    assert ("Between 300 and 350 sailings are cancelled every month", f"#{IDS[4]}", "5 6") in words
    assert any(href == f"#{IDS[5]}" and "5,000" in text for text, href, _ in words)
    assert {number for _, _, n in words for number in (n or "").split()} == set("1234567")
    assert marks[0].get("class") == "mark high also"
    grey = ["".join(map(str, s.itertext())) for s in tree.iter("span") if s.get("class") == "off"]
    assert [words.startswith("Atlas of Small Harbours Best Price") for words in grey] == [False, True, False]


@pytest.mark.parametrize(
    "query",
    [
        "//main[@aria-label]",
        "//section[@id='briefs'][@aria-label]",
        "//footer",
        "//a[@class='skip'][@href='#briefs']",
        "//html[@lang='en']",
        "//main[@lang='en']/*[@dir='auto']",
        "//table/thead/tr/th[@scope='col']",
        "//article[@aria-labelledby][@tabindex='-1']",
        "//meta[@name='viewport']",
    ],
)
def test_can_be_used_by_ear_and_by_keyboard(query: str) -> None:
    """Landmarks, labels and a way past the first screen are there."""
    assert lxml_html.document_fromstring(render(invented(), "html")).xpath(query)


def test_claims_within_claims_each_keep_a_mark() -> None:
    """Claims nested in one another deeply are each marked at the words that are theirs alone."""
    text = "word " * 100
    page = render(bare(text, [Span(start=5 * n, end=len(text) - 1) for n in range(90)]), "html")
    assert page.count('<a class="mark') == 90


def test_a_place_that_a_claim_names_twice_is_marked_once() -> None:
    """Protects whoever renders a file that another program wrote: it is a page, not a traceback."""
    made = bare("The yard closed. The yard closed.", [Span(start=0, end=16)])
    claim = made.briefs[0].claim.model_copy(update={"also_at": (Span(start=17, end=33),) * 2})
    twice = made.model_copy(update={"briefs": (made.briefs[0].model_copy(update={"claim": claim}),)})
    assert render(twice, "html").count('<a class="mark') == 2
