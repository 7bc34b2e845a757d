"""PDF lines to paragraphs: gaps, indents, short last lines and letter sizes say where one ends."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from briefs.domain.article import BlockRole
from briefs.readers.assembly import Piece
from briefs.readers.pdf_lines import Line

_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_BULLET = re.compile(r"(?:[-*•‣▪–]|\d{1,2}[.)]) ")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LEFT_PART = re.compile(r"([^\W\d_]+)[-\u00ad]$")
_RIGHT_PART = re.compile(r"[^\W\d_]+")
_BOUND_ENDINGS = re.compile(r"(?:tion|sion|ment|ness|ing|ed|ers?|ly|ity|ities|ence|ance)s?")
"""Endings of English words that are no words themselves: a hyphen before one is a line's, not a word's."""


class _Edges(NamedTuple):
    """How far the lines of a paragraph reach, in points."""

    left: float
    right: float

    def with_line(self, line: Line) -> "_Edges":
        """Return how far they reach with one line more."""
        return _Edges(min(self.left, line.left), max(self.right, line.right))


class Paragraph(NamedTuple):
    """A paragraph's role and its text, line by line."""

    role: BlockRole
    pieces: list[Piece]
    page: int
    """The page on which it begins, from 0."""


def paragraphs(pages: Sequence[Sequence[Line]]) -> Iterator[Paragraph]:
    """Yield the paragraphs of a document; one may run over the end of a column or page."""
    lines = [line for page in pages for line in page]
    if not lines:
        return
    body = _body_size(lines)
    words = frozenset(word.lower() for line in lines for word in _WORD.findall(line.text))
    run: list[Line] = []
    edges = _Edges(0.0, 0.0)
    headline_size = _headline_size(lines, body)
    pitch = _pitch(lines, body)
    for line in lines:
        if run and _ends(run, line, pitch, edges):
            yield _paragraph(run, body, headline_size, words)
            if run[0].size == headline_size:
                headline_size = None
            run = []
        edges = edges.with_line(line) if run else _Edges(line.left, line.right)
        run.append(line)
    yield _paragraph(run, body, headline_size, words)


def _body_size(lines: Sequence[Line]) -> float:
    """Return the letter size that most characters have."""
    weights: dict[float, int] = {}
    for line in lines:
        weights[line.size] = weights.get(line.size, 0) + len(line.text)
    return max(weights, key=lambda size: weights[size])


def _headline_size(lines: Sequence[Line], body: float) -> float | None:
    """Return the largest size on the first page, if it is clearly larger than the body's."""
    largest = max(line.size for line in lines if line.page == lines[0].page)
    return largest if largest >= 1.2 * body else None


def _pitch(lines: Sequence[Line], body: float) -> float:
    """Return the usual distance of two lines of body text, baseline to baseline."""
    steps = [
        above.bottom - below.bottom
        for above, below in pairwise(lines)
        if above.page == below.page and above.size == below.size == body and above.bottom > below.bottom
    ]
    close = [step for step in steps if step < 3 * body]
    return median(close) if close else 1.2 * body


def _ends(run: Sequence[Line], line: Line, pitch: float, edges: _Edges) -> bool:
    """Tell whether a paragraph ends before `line`."""
    last = run[-1]
    if abs(line.size - last.size) > 0.1 * last.size or _BULLET.match(line.text):
        return True
    step = last.bottom - line.bottom
    moved = line.page != last.page or step < -0.5 * pitch
    if moved:
        # Next column or page: the paragraph goes on if its sentence does.
        return bool(_SENTENCE_END.search(last.text)) or (line.text[:1].isupper() and len(last.text) < 30)
    scale = max(1.0, line.size * 1.3 / pitch) if pitch else 1.0
    if step > 1.35 * pitch * scale:
        return True
    left, right = edges.left, max(edges.right, line.right)
    indented = (
        line.left > left + 0.7 * line.size and len(run) > 1 and run[-1].left < line.left - 0.5 * line.size
    )
    short = last.right < right - 0.18 * (right - left) and bool(_SENTENCE_END.search(last.text))
    return (indented or short) and line.text[:1] not in "abcdefghijklmnopqrstuvwxyz"


def _paragraph(
    run: Sequence[Line], body: float, headline_size: float | None, words: frozenset[str]
) -> Paragraph:
    text = " ".join(line.text for line in run)
    if headline_size is not None and run[0].size == headline_size:
        role = BlockRole.HEADLINE
    elif run[0].size >= 1.1 * body and len(text) < 160:
        role = BlockRole.SUBHEAD
    elif _BULLET.match(text):
        role = BlockRole.LIST_ITEM
    else:
        role = BlockRole.BODY
    return Paragraph(role, _joined(run, words), run[0].page)


def _joined(run: Sequence[Line], words: frozenset[str]) -> list[Piece]:
    """Join lines: a space between them, or nothing behind a hyphen, which itself stays unless it must go."""
    pieces: list[Piece] = []
    for line, following in zip(run, [*run[1:], None], strict=True):
        own = list(line.pieces)
        own[-1] = own[-1]._replace(text=own[-1].text.rstrip())
        left = _LEFT_PART.search(line.text)
        right = _RIGHT_PART.match(following.text) if following else None
        if left is None or right is None:
            pieces += [*own, Piece(" ", own[-1].url)]
            continue
        if _is_line_hyphen(line.text, left[1], right[0], words):
            own[-1] = own[-1]._replace(text=own[-1].text[:-1])
        pieces += own
    return pieces


def _is_line_hyphen(line: str, left: str, right: str, words: frozenset[str]) -> bool:
    """Tell whether a hyphen was set for the line's end alone, by what the document itself shows."""
    if line.endswith("\u00ad"):
        return True
    if f"{left}-{right}".lower() in words or not right.islower():
        return False
    return (left + right).lower() in words or bool(_BOUND_ENDINGS.fullmatch(right))
