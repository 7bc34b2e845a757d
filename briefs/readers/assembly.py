"""Assembly: blocks of marked-up text become one frozen text, with the places of blocks and links."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from briefs.domain.article import Block, BlockRole, Link

_SPACE = re.compile(r"[ \t\n\r\f]+")
"""White space that markup lets authors use freely (HTML, ASCII white space); a no-break space stays."""
_BETWEEN_BLOCKS = "\n\n"
CELL = "\t"
"""Stands between the cells of a table row: no character that an author could have written."""


class Piece(NamedTuple):
    """A run of inline text, linked to `url` or not; `hard` text keeps its white space (line break, tab)."""

    text: str
    url: str | None = None
    hard: bool = False
    linked: bool = False
    """Stands in a link, also one without an address that can be used."""


BREAK = Piece("\n", hard=True)


class Assembly:
    """Collects blocks; `text`, `blocks` and `links` belong together at any time."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self.blocks: list[Block] = []
        self.links: list[Link] = []

    @property
    def text(self) -> str:
        """Return the text so far: blocks with a blank line between them."""
        return "".join(self._parts)

    def add(self, role: BlockRole, pieces: Iterable[Piece]) -> None:
        """Append a block; one without visible characters is dropped."""
        text, links = join(pieces)
        if not text:
            return
        if self._length:
            self._parts.append(_BETWEEN_BLOCKS)
            self._length += len(_BETWEEN_BLOCKS)
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        self.blocks.append(Block(start=start, end=self._length, role=role))
        self.links += [Link(start=start + a, end=start + b, url=url) for a, b, url in links]


class _Anchor(NamedTuple):
    start: int
    end: int
    url: str


class Joined(NamedTuple):
    """The text of one block and the links in it, offsets from the block's start."""

    text: str
    links: tuple[_Anchor, ...]


def join(pieces: Iterable[Piece]) -> Joined:
    """Join inline pieces: runs of markup white space become one space, ends are trimmed.

    A link's place is exactly its anchor's words without white space around them; one over several
    pieces (bold inside a link) is one link.
    """
    out: list[str] = []
    length = 0
    blank = True
    anchors: list[_Anchor] = []
    for piece in pieces:
        text = piece.text if piece.hard else _SPACE.sub(" ", piece.text)
        if blank and not piece.hard:
            text = text.lstrip(" ")
        if piece.hard and out and out[-1].endswith(" "):
            out[-1] = out[-1][:-1]
            length -= 1
        if not text:
            continue
        if piece.url is not None and text.strip():
            start = length + len(text) - len(text.lstrip())
            anchors.append(_Anchor(start, length + len(text.rstrip()), piece.url))
        out.append(text)
        length += len(text)
        blank = text[-1] in " \n\t"
    whole = "".join(out)
    kept = whole.strip()
    lead = len(whole) - len(whole.lstrip())
    return Joined(kept, tuple(_merged(anchors, lead, len(kept), whole)))


def _merged(anchors: list[_Anchor], lead: int, length: int, whole: str) -> Iterable[_Anchor]:
    """Yield anchors moved by the trimmed white space, neighbours with one address made one."""
    merged: list[_Anchor] = []
    for anchor in anchors:
        previous = merged[-1] if merged else None
        if (
            previous is not None
            and previous.url == anchor.url
            and not whole[previous.end : anchor.start].strip()
        ):
            merged[-1] = _Anchor(previous.start, anchor.end, anchor.url)
        else:
            merged.append(anchor)
    for anchor in merged:
        start, end = max(anchor.start - lead, 0), min(anchor.end - lead, length)
        if start < end:
            yield _Anchor(start, end, anchor.url)
