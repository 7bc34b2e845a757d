"""PDF hidden: characters that stand on a page and leave no mark there, told by looking at the page.

Characters in an invisible mode, in white, without size or off the page are suspect. Whether they are seen is
told by the page's own picture: where nothing but one colour is, nobody reads anything. So white letters on a
dark box stay, and so does the unprinted text that text recognition lays over a scan.
"""

import ctypes
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from pypdfium2 import PdfPage, PdfTextPage, raw

_INVISIBLE = 3
"""Text rendering mode 3: neither filled nor stroked (ISO 32000-1, 9.3.6)."""
_LIGHT = 235
_TINY = 1.5
"""Points of letters below which nobody reads them."""
_SCALE = 1.5
_FLAT = 20
"""Difference of brightness, of 255, within which an area is of one colour."""
_LARGEST = 4000
"""Points of a page's side above which no picture of it is made."""


class Run(NamedTuple):
    """A half-open range of a page's characters."""

    start: int
    end: int


def unseen(page: PdfPage, textpage: PdfTextPage, codes: Sequence[int]) -> tuple[Run, ...]:
    """Return the runs of a page's characters that leave no mark on it, with the white space between such."""
    suspects = list(_suspects(textpage, codes))
    if not suspects:
        return ()
    width, height = page.get_size()
    picture = _Picture(page) if max(width, height) <= _LARGEST else None
    gone = [i for i, tiny in suspects if tiny or picture is None or picture.is_flat(textpage.get_charbox(i))]
    return tuple(_runs(gone, codes))


def _runs(gone: Sequence[int], codes: Sequence[int]) -> Iterator[Run]:
    start = end = -1
    for i in gone:
        if end >= 0 and all(code <= 32 for code in codes[end:i]):
            end = i + 1
            continue
        if end >= 0:
            yield Run(start, end)
        start, end = i, i + 1
    if end >= 0:
        yield Run(start, end)


class _Suspect(NamedTuple):
    place: int
    tiny: bool
    """Too small to be read: nobody need look."""


def _suspects(textpage: PdfTextPage, codes: Sequence[int]) -> Iterator[_Suspect]:
    """Yield the characters that may be unseen.

    Asking PDFium costs more than all else, so it is asked once a character which object it was drawn with,
    and the rest once an object: its colour, mode and size are those of all its characters.
    """
    drawn_with, handle = raw.FPDFText_GetTextObject, textpage.raw
    told: dict[int, bool | None] = {}
    for i, code in enumerate(codes):
        if code <= 32:
            continue
        drawn = drawn_with(handle, i)
        key = ctypes.addressof(drawn.contents) if drawn else -i
        if key not in told:
            tiny = _is_tiny(textpage, i)
            told[key] = tiny if tiny or _is_faint(textpage, i, drawn) else None
        if (tiny_one := told[key]) is not None:
            yield _Suspect(i, tiny_one)


def _is_tiny(textpage: PdfTextPage, index: int) -> bool:
    _, bottom, _, top = textpage.get_charbox(index, loose=True)  # of the font: a full stop is small
    return bool(top - bottom < _TINY)


def _is_faint(textpage: PdfTextPage, index: int, drawn: Any) -> bool:
    """Tell whether a character is drawn in white, clear or not at all."""
    red, green, blue, alpha = (ctypes.c_uint(0) for _ in range(4))
    filled = raw.FPDFText_GetFillColor(textpage, index, red, green, blue, alpha)
    if filled and (alpha.value < 16 or min(red.value, green.value, blue.value) >= _LIGHT):
        return True
    return bool(drawn) and raw.FPDFTextObj_GetTextRenderMode(drawn) == _INVISIBLE


class _Picture:
    """A page's picture in shades of grey."""

    def __init__(self, page: PdfPage) -> None:
        self._height = page.get_height()
        bitmap = page.render(scale=_SCALE, grayscale=True)
        self._stride, self._size = bitmap.stride, (bitmap.width, bitmap.height)
        self._pixels = bytes(bitmap.buffer)
        bitmap.close()

    def is_flat(self, box: tuple[float, float, float, float]) -> bool:
        """Tell whether an area, in points from the page's lower left, is of one colour or off the page."""
        left, bottom, right, top = box
        first, last = max(0, int(left * _SCALE)), min(self._size[0], int(right * _SCALE) + 1)
        rows = range(
            max(0, int((self._height - top) * _SCALE)),
            min(self._size[1], int((self._height - bottom) * _SCALE) + 1),
        )
        shades = b"".join(
            self._pixels[y * self._stride + first : y * self._stride + max(first, last)] for y in rows
        )
        return not shades or max(shades) - min(shades) < _FLAT
