"""Markdown: the text that a person reads once the page is rendered, without syntax characters."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from briefs.domain.article import BlockRole, Reading
from briefs.errors import InputError
from briefs.readers.addresses import article_address
from briefs.readers.assembly import BREAK, CELL, Assembly, Piece
from briefs.readers.charset import decode
from briefs.readers.dates import iso_date
from briefs.readers.hidden import told
from briefs.readers.markdown_hidden import Unseen
from briefs.readers.page_tree import TooDeepError
from briefs.text.toml import TomlError, parsed

_FRONT = re.compile(r"\A(---|\+\+\+)[ \t]*\r?\n(.*?)\r?\n\1[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-z][\w-]*)[ \t]*:(.*)$", re.MULTILINE)
_LIST_ENTRY = re.compile(r"^[ \t]*-[ \t](.*)$", re.MULTILINE)
_MARKS = "[*_~`<&\\!"
_MOST_MARKS = 200_000
"""Of all marks that may begin something: each takes the parser up to a fourteenth of a millisecond."""
_MOST_LINES = 200_000
_DEEPEST = 60
"""Levels of Markdown: each list item takes two. The parser recurses, so that this bounds its stack."""
_KEYS = {
    "title": ("title", "headline"),
    "outlet": ("outlet", "publication", "publisher", "source", "site_name"),
    "byline": ("byline", "author", "authors"),
    "published": ("published", "date", "publishdate", "datepublished", "pubdate"),
    "language": ("language", "lang"),
    "url": ("canonical", "canonical_url", "url", "link", "permalink"),
    "republished_from": ("republished_from", "originally_published"),
}
"""Our field to the names that static site generators (Jekyll, Hugo, Eleventy) use for it."""


def read_markdown(data: bytes, name: str, label: str | None = None) -> Reading:
    """Return the rendered text with headings, lists, quotations, tables and links as places in it.

    Front matter (YAML-like `key: value` lines or TOML) is read as metadata and is not text. Raises
    InputError for lists and quotations nested some thirty deep.
    """
    decoded = decode(data, name, label)
    front = _front_matter(decoded.text)
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table").enable("strikethrough")
    if sum(map(front.rest.count, _MARKS)) > _MOST_MARKS:
        raise _unreadable(name, "brackets, stars and the like are too many")
    if front.rest.count("\n") > _MOST_LINES:
        raise _unreadable(name, "lines are too many")
    tokens = parser.parse(front.rest)
    if any(token.level >= _DEEPEST - 1 for token in tokens):
        # The parser drops what is nested more deeply, without a word.
        raise _unreadable(name, "lists and quotations are nested too deeply")
    assembly = Assembly()
    unseen = Unseen()
    try:
        for role, pieces in _blocks(tokens, unseen):
            assembly.add(role, pieces)
    except TooDeepError as error:
        raise _unreadable(name, f"elements {error}") from error
    fields = {ours: _first(front.fields, theirs) for ours, theirs in _KEYS.items()}
    published = fields.pop("published")
    fields["url"] = article_address(fields["url"])
    record = told(unseen.passages)
    return Reading(
        text=assembly.text,
        blocks=tuple(assembly.blocks),
        links=tuple(assembly.links),
        omitted=record.omitted,
        notes=(*decoded.notes, *record.notes),
        published=iso_date(published) if published else None,
        **fields,
    )


def _unreadable(name: str, what: str) -> InputError:
    return InputError(name, f"its {what} to be read", "give the article's text as a .txt file")


class _Front(NamedTuple):
    fields: dict[str, str]
    rest: str


def _front_matter(text: str) -> _Front:
    match = _FRONT.match(text)
    if match is None:
        return _Front({}, text)
    body = match[2]
    fields = _toml(body) if match[1] == "+++" else _yaml_like(body)
    # A rule of dashes with prose between is no front matter.
    return _Front(fields, text[match.end() :]) if fields else _Front({}, text)


def _toml(body: str) -> dict[str, str]:
    try:
        loaded = parsed(body)
    except TomlError:
        return {}
    return {
        key.lower(): ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        for key, value in loaded.items()
        if not isinstance(value, dict)
    }


def _yaml_like(body: str) -> dict[str, str]:
    """Read plain `key: value` lines and lists below a key: all that articles' front matter needs."""
    fields: dict[str, str] = {}
    matches = list(_FIELD.finditer(body))
    ends = [*(match.start() for match in matches[1:]), len(body)]
    for match, end in zip(matches, ends, strict=False):
        value = match[2].strip(" \t\r")
        if not value:
            below = body[match.end() : end]
            value = ", ".join(_unquoted(entry.strip(" \t\r")) for entry in _LIST_ENTRY.findall(below))
        elif value[0] == "[" and value[-1] == "]":
            value = ", ".join(_unquoted(entry.strip()) for entry in value[1:-1].split(","))
        fields[match[1].lower()] = _unquoted(value)
    return fields


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def _first(fields: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((fields[name] for name in names if fields.get(name)), None)


class _RoledPieces(NamedTuple):
    role: BlockRole
    pieces: list[Piece]


def _blocks(tokens: Sequence[Token], unseen: Unseen) -> Iterator[_RoledPieces]:
    """Yield each block of the page with the pieces of text in it."""
    open_tags: list[str] = []
    row: list[Piece] = []
    headline = False
    for token in tokens:
        if token.nesting > 0:
            open_tags.append(token.tag)
        elif token.nesting < 0:
            open_tags.pop()
            if token.type == "tr_close":
                yield _RoledPieces(BlockRole.TABLE, row)
                row = []
        elif token.type == "inline":
            pieces = list(_pieces(unseen.of_line(token.children or [])))
            if open_tags[-1:] in (["td"], ["th"]):
                row += [*([Piece(CELL, hard=True)] if row else []), *pieces]
                continue
            role = _role(open_tags, token, headline)
            headline = headline or role is BlockRole.HEADLINE
            yield _RoledPieces(role, pieces)
        elif token.type in ("fence", "code_block"):
            yield _RoledPieces(BlockRole.BODY, [Piece(token.content, hard=True)])
        elif token.type == "html_block":
            yield _RoledPieces(BlockRole.BODY, [Piece(unseen.of_block(token.content))])


def _role(open_tags: list[str], token: Token, headline: bool) -> BlockRole:
    tag = open_tags[-1] if open_tags else "p"
    if tag == "h1" and not headline:
        return BlockRole.HEADLINE
    if tag[:1] == "h" and tag[1:].isdigit():
        return BlockRole.SUBHEAD
    if "li" in open_tags:
        return BlockRole.LIST_ITEM
    if "blockquote" in open_tags:
        return BlockRole.QUOTE
    only = [child for child in token.children or [] if child.content.strip() or child.type == "image"]
    return BlockRole.CAPTION if [child.type for child in only] == ["image"] else BlockRole.BODY


def _pieces(children: Iterable[Token]) -> Iterator[Piece]:
    """Yield inline text; an image stands for its description, which is what a reader sees of it."""
    url: str | None = None
    for child in children:
        if child.type == "link_open":
            href = str(child.attrGet("href") or "")
            url = href if href.startswith(("http://", "https://")) else None
        elif child.type == "link_close":
            url = None
        elif child.type == "softbreak":
            yield Piece("\n", url)
        elif child.type == "hardbreak":
            yield BREAK
        elif child.type in ("text", "code_inline", "image"):
            yield Piece(child.content, url)
