"""Quotation marks: where quotations open and close, in any of the marks that newspapers use."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from briefs.domain.spans import Span
from briefs.text.marks import Family, Mark, marks

_REACH = 64
"""How many marks ahead a closing mark is looked for, so that odd marks cost linear time."""
_SILENT = 2
"""How many paragraphs without any mark a quotation may run through."""
_SOME = 2_000
"""Characters behind a mark in which its words are counted."""
_FOUR_WORDS = re.compile(r"\s*\S+(?:\s+\S+){3}")
_SCARE = 12
"""The most words that a doubtful closing mark (the apostrophe of a plural?) may close."""


class Quotation(NamedTuple):
    """One run of quoted words within one paragraph."""

    span: Span
    """With its marks."""
    inner: Span
    """Without them."""
    closed: bool
    """Has a closing mark of its own."""
    continues: bool
    """Goes on in the next paragraph, which opens with a mark again (the convention for long quotations)."""


class _Paragraph(NamedTuple):
    span: Span
    marks: list[Mark]


def quotations(text: str, paragraphs: Sequence[Span], skip: Sequence[Span] = ()) -> tuple[Quotation, ...]:
    """Return the outermost quotations of `text`, in order.

    A quotation that never closes in its paragraph runs to the paragraph's end. One that the next
    paragraph closes without opening it goes on from that paragraph's start. A mark too few does not
    turn the quoted and the unquoted text of what follows about. Marks inside `skip` do not count.
    """
    parts = [
        _Paragraph(_stripped(text, paragraph), marks(text, paragraph, within))
        for paragraph, within in _with_skipped(paragraphs, skip)
    ]
    found: list[Quotation] = []
    pending: Family | None = None
    silent: list[Span] = []
    for index, part in enumerate(parts):
        following = parts[index + 1 : index + 2 + _SILENT]
        first = 0
        if pending is not None:
            lead = _leading_close(part, pending)
            if lead is not None:
                found.extend(Quotation(span, span, closed=False, continues=True) for span in silent)
                found.append(_led(part, lead))
                first = lead + 1
                pending = None
            elif not part.marks and len(silent) < _SILENT:
                silent.append(part.span)
                continue
        silent = []
        here = _in_paragraph(text, part, first, following)
        found.extend(here.quotations)
        pending = here.pending
    return tuple(found)


def _with_skipped(paragraphs: Sequence[Span], skip: Sequence[Span]) -> Iterator[tuple[Span, list[Span]]]:
    """Yield each paragraph with the pieces of `skip` that lie in it; both are in order."""
    first = 0
    for paragraph in paragraphs:
        while first < len(skip) and skip[first].end <= paragraph.start:
            first += 1
        last = first
        while last < len(skip) and skip[last].start < paragraph.end:
            last += 1
        yield paragraph, list(skip[first:last])


def _stripped(text: str, span: Span) -> Span:
    piece = span.of(text)
    start = span.start + len(piece) - len(piece.lstrip())
    return Span(start=start, end=max(start, span.start + len(piece.rstrip())))


def _leading_close(part: _Paragraph, family: Family) -> int | None:
    """Return the index of the mark that closes what an earlier paragraph opened."""
    for index, mark in enumerate(part.marks[:_REACH]):
        if mark.family is not family:
            continue
        if mark.opens:
            return None
        if family is not Family.SINGLE or mark.after_stop:
            return index
    return None


def _led(part: _Paragraph, closing: int) -> Quotation:
    mark = part.marks[closing]
    start = part.span.start
    return Quotation(
        Span(start=start, end=mark.end), Span(start=start, end=mark.start), closed=True, continues=False
    )


class _Here(NamedTuple):
    quotations: list[Quotation]
    pending: Family | None
    """The family of the mark that opened a quotation which the paragraph does not close."""


def _in_paragraph(text: str, part: _Paragraph, first: int, following: Sequence[_Paragraph]) -> _Here:
    found: list[Quotation] = []
    index = first
    while index < len(part.marks):
        opening = part.marks[index]
        if not opening.opens:
            index += 1
            continue
        end = _closing(text, part.marks, index)
        if end.closing is not None:
            closing = part.marks[end.closing]
            span = Span(start=opening.start, end=closing.end)
            found.append(Quotation(span, Span(start=opening.end, end=closing.start), True, False))
            index = end.closing + 1
        elif not _credible(text, part, opening, end, following):
            index += 1
        elif end.reopens is not None:
            found.append(_open_run(text, opening, part.marks[end.reopens].start, continues=False))
            index = end.reopens
        else:
            goes_on = _goes_on(following, opening.family)
            found.append(_open_run(text, opening, part.span.end, continues=goes_on))
            return _Here(found, opening.family)
    return _Here(found, None)


def _open_run(text: str, opening: Mark, end: int, *, continues: bool) -> Quotation:
    span = _stripped(text, Span(start=opening.start, end=end))
    inner = Span(start=min(opening.end, span.end), end=span.end)
    return Quotation(span, inner, closed=False, continues=continues)


class _End(NamedTuple):
    closing: int | None
    reopens: int | None
    """Where the next quotation opens although this one was never closed."""


def _closing(text: str, found: Sequence[Mark], opening: int) -> _End:
    """Return the mark that closes the quotation opened by mark number `opening`."""
    if found[opening].family is Family.SINGLE:
        end = _single_closing(text, found, opening, nests=True)
        return end if end.closing is not None else _single_closing(text, found, opening, nests=False)
    return _double_closing(found, opening)


def _double_closing(found: Sequence[Mark], opening: int) -> _End:
    """Find the close of any quotation but one in single marks, which are apostrophes too."""
    first = found[opening]
    depth = 0
    reopens: int | None = None
    doubtful: int | None = None
    for index in range(opening + 1, min(len(found), opening + 1 + _REACH)):
        mark = found[index]
        if mark.family is not first.family:
            continue
        closes = mark.closes or _turned(first, mark)
        if mark.opens and not closes:
            if doubtful is not None:
                break
            depth += 1
            reopens = reopens if reopens is not None else index
        elif closes and mark.doubtful and doubtful is None and not depth:
            doubtful = index
        elif closes and not depth:
            return _End(index, None)
        elif closes:
            depth -= 1
    return _End(doubtful, reopens if doubtful is None else None)


def _turned(first: Mark, mark: Mark) -> bool:
    """Tell whether `mark`, an opening one elsewhere, closes after `first`: „…“ and »…«."""
    return (first.char in "„‟" and mark.char == "“") or (first.char in "»›" and mark.char in "«‹")


def _single_closing(text: str, found: Sequence[Mark], opening: int, *, nests: bool) -> _End:
    """Find the close of a quotation in single marks; `nests` heeds double marks opened inside it."""
    doubtful: int | None = None
    depth = 0
    for index in range(opening + 1, min(len(found), opening + 1 + _REACH)):
        mark = found[index]
        if mark.family is Family.DOUBLE and nests:
            depth = max(0, depth - 1) if mark.closes and depth else depth + int(mark.opens)
        if mark.family is not Family.SINGLE or depth:
            continue
        if mark.closes and not mark.doubtful:
            return _End(index, None)
        if mark.closes:
            doubtful = doubtful if doubtful is not None else index
        elif mark.opens:
            if doubtful is None and not nests:
                return _End(None, index)
            break
    if doubtful is not None and len(text[found[opening].end : found[doubtful].start].split()) <= _SCARE:
        return _End(doubtful, None)
    return _End(None, None)


def _goes_on(following: Sequence[_Paragraph], family: Family) -> bool:
    """Tell whether the next paragraph opens with a mark again, or closes what it did not open."""
    for distance, part in enumerate(following):
        if not part.marks:
            continue
        first = part.marks[0]
        if distance == 0 and first.opens and first.family is family and first.start == part.span.start:
            return True
        return _leading_close(part, family) is not None
    return False


def _credible(text: str, part: _Paragraph, opening: Mark, end: _End, following: Sequence[_Paragraph]) -> bool:
    """Tell whether a mark without a close is a quotation all the same; a single one is often not."""
    if opening.family is not Family.SINGLE:
        return opening.char in "“„‟«‹「『``" or not (opening.closes and opening.doubtful)
    if end.reopens is None and _goes_on(following, Family.SINGLE):
        return True
    if opening.char != "‘":
        return False
    place = opening.start
    while place > part.span.start and text[place - 1].isspace():
        place -= 1
    introduced = place == part.span.start or text[place - 1] in ",:.!?…"
    reach = min(part.span.end, opening.end + _SOME)
    return introduced and _FOUR_WORDS.match(text, opening.end, reach) is not None
