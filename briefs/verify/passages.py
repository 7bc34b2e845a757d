"""A Markdown file as a reader sees it: block quotes and other passages, and whose section each is in.

What stands in an editor's fields is the editor's own and says so: there people quote documents and calls.

Only text content counts: emphasis, links and escapes are read as CommonMark reads them. Tables are
GitHub's. Struck-out words do not count as standing there.
"""

import re
from collections.abc import Collection, Iterator
from html.parser import HTMLParser
from typing import Literal, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from briefs.steps.render.desk import ANSWER, ANSWERED_BY, FORMER_TITLE
from briefs.text.unseen import plain

_PARSER = MarkdownIt("commonmark", {"maxNesting": 100}).enable("table")
_ANCHOR = re.compile(r"""<[a-z][^>]{0,300}?\s(?:id|name)\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_TAG = re.compile(r"</?([a-zA-Z][\w-]*)")
_STRUCK = frozenset({"del", "s", "strike"})
_STRUCK_OUT = "\ufffc"
"""Stands for the edge of struck-out words, so that they equal no words of an article."""
_APART = frozenset(
    {"br", "p", "div", "li", "td", "th", "tr", "blockquote", "hr", "h1", "h2", "h3", "h4", "h5", "h6"}
)

_DESK = "Desk"
"""The line that an editor's fields stand under, to the end of their claim's section."""
_EDITORS = re.compile(rf"(?:{re.escape(ANSWER)}|{re.escape(ANSWERED_BY)}):|A[0-9]+\. ")
"""How an answer begins, and a question that was answered and is asked no longer."""

Kind = Literal["quote", "prose", "heading", "cell", "desk"]


class Passage(NamedTuple):
    """One paragraph, heading, cell or code block of a Markdown file."""

    text: str
    line: int
    """Where it begins, from 1."""
    kind: Kind
    quote: int | None
    """Number of the block quote that it stands in."""
    section: str | None
    """Id of the brief in whose section it stands."""
    anchored: int | None = None
    """Number of the section's first block quote: the owner's own."""
    links: tuple[str, ...] = ()
    """Where its links lead."""


class _Position:
    """Where the walk through a file stands: in which block quote, and in whose section."""

    def __init__(self, ids: Collection[str]) -> None:
        self.ids = ids
        self.depth = 0
        self.quotes = 0
        self.section: str | None = None
        self.level: int | None = None
        self.fresh = False
        self.heading = False
        self.cell = False
        self.first_quote: int | None = None
        self.desk = False

    def anchor(self, markup: str) -> None:
        """Enter a brief's section where its anchor stands."""
        for name in _ANCHOR.findall(markup):
            if name in self.ids:
                self.section, self.level, self.fresh, self.first_quote = name, None, True, None
                self.desk = False

    def head(self, level: int) -> None:
        """Begin a heading: it belongs to the anchor before it, or ends the section of a higher one."""
        self.heading = True
        self.desk = False
        if self.fresh:
            self.level = level
        elif self.level is None or level <= self.level:
            self.section, self.first_quote = None, None

    def passage(self, text: str, line: int, *, quoted: bool = False) -> Passage:
        """Return a passage at this position."""
        self.fresh = False
        text = plain(text)
        inside = self.depth > 0 or quoted
        if inside and self.first_quote is None:
            self.first_quote = self.quotes
        kind: Kind = "quote" if inside else "heading" if self.heading else "cell" if self.cell else "prose"
        if kind == "prose" and (self.desk or _EDITORS.match(text)):
            kind = "desk"
        if (kind, text.strip()) in (("heading", FORMER_TITLE), ("prose", _DESK)):
            self.desk = True
        return Passage(text, line, kind, self.quotes if inside else None, self.section, self.first_quote)


def passages(markdown: str, ids: Collection[str] = ()) -> Iterator[Passage]:
    """Yield the passages of a Markdown file, in order; `ids` are those of briefs, whose anchors count."""
    position = _Position(ids)
    line = 0
    for token in _PARSER.parse(markdown):
        line = token.map[0] + 1 if token.map else line
        _move(position, token)
        if token.type == "inline":
            for child in token.children or ():
                if child.type == "html_inline":
                    position.anchor(child.content)
            text = _content(token)
            if text.strip():  # a paragraph of an anchor alone is none
                links = (c.attrs.get("href") for c in token.children or () if c.type == "link_open")
                found = position.passage(text, line)
                yield found._replace(links=tuple(each for each in links if isinstance(each, str)))
        elif token.type in ("code_block", "fence"):
            yield position.passage(token.content, line)
        elif token.type == "html_block":
            position.anchor(token.content)
            yield from _html(token.content, line, position)


def _move(position: _Position, token: Token) -> None:
    if token.type == "blockquote_open":
        position.quotes += position.depth == 0
        position.depth += 1
    elif token.type == "blockquote_close":
        position.depth -= 1
    elif token.type == "heading_open":
        position.head(int(token.tag[1:]))
    elif token.type == "heading_close":
        position.heading = False
    elif token.type in ("th_open", "td_open"):
        position.cell = True
    elif token.type in ("th_close", "td_close"):
        position.cell = False


def _content(token: Token) -> str:
    """Return the text content of a run of inline elements."""
    return "".join(_inline(child) for child in token.children or ())


def _inline(child: Token) -> str:
    if child.type in ("softbreak", "hardbreak"):
        return " "
    if child.type == "image":
        return _content(child)
    if child.type == "html_inline":
        return _tag(child.content)
    return child.content


def _tag(markup: str) -> str:
    match = _TAG.match(markup)
    name = match.group(1).lower() if match else ""
    if name in _STRUCK:
        return _STRUCK_OUT
    return " " if name in _APART else ""


class _Html(HTMLParser):
    """Collects the text of an HTML block, piece by piece, each with whether it is a block quote."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[tuple[str, bool]] = []
        self.depth = 0
        self.text: list[str] = []

    def flush(self) -> None:
        self.pieces.append(("".join(self.text), self.depth > 0))
        self.text = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._edge(tag)
        if tag == "blockquote":
            self.depth += 1
        if tag == "q":
            self.text.append("“")

    def handle_endtag(self, tag: str) -> None:
        self._edge(tag)
        if tag == "blockquote":
            self.depth = max(0, self.depth - 1)
        if tag == "q":
            self.text.append("”")

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def _edge(self, tag: str) -> None:
        if tag in _STRUCK:
            self.text.append(_STRUCK_OUT)
        elif tag == "br":
            self.text.append(" ")
        elif tag in _APART:
            self.flush()


def _html(markup: str, line: int, position: _Position) -> Iterator[Passage]:
    parser = _Html()
    # Python's parser raises AssertionError for a marked section that it does not know.
    parser.feed(markup.replace("<![", "&lt;!["))
    parser.close()
    parser.flush()
    for text, quoted in parser.pieces:
        if text.strip():
            if quoted and not position.depth:
                position.quotes += 1
            yield position.passage(text, line, quoted=quoted)
