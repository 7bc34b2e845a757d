"""PDF hidden: characters that stand on a page and leave no mark there, told by looking at the page.

Characters in an invisible mode, in white, without size or off the page are suspect. Whether they are seen is
told by the page's own picture: where nothing but one colour is, nobody reads anything. So white letters on a
dark box stay, and so does the unprinted text that text recognition lays over a scan.
"""

import ctypes
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pypdfium2 import PdfPage, PdfTextPage, raw

from briefs.readers.hidden import Hidden

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


class Unseen(NamedTuple):
    """The characters of a page that nobody sees, and what they say."""

    places: frozenset[int]
    passages: tuple[Hidden, ...]


def unseen(page: PdfPage, textpage: PdfTextPage, codes: Sequence[int]) -> Unseen:
    """Return the characters of a page that leave no mark on it; white space between them counts as theirs."""
    suspects = [i for i, code in enumerate(codes) if code > 32 and _is_suspect(textpage, i)]
    if not suspects:
        return Unseen(frozenset(), ())
    width, height = page.get_size()
    picture = _Picture(page) if max(width, height) <= _LARGEST else None
    gone = [
        i
        for i in suspects
        if _tiny(textpage, i) or picture is None or picture.is_flat(textpage.get_charbox(i))
    ]
    runs = list(_runs(gone, codes))
    told = tuple(
        Hidden("unseen on its page", "".join(chr(codes[i]) for i in range(a, b) if codes[i]), "trick")
        for a, b in runs
    )
    return Unseen(frozenset(i for a, b in runs for i in range(a, b)), told)


def _runs(gone: Sequence[int], codes: Sequence[int]) -> Iterator[tuple[int, int]]:
    start = end = -1
    for i in gone:
        if end >= 0 and all(code <= 32 for code in codes[end:i]):
            end = i + 1
            continue
        if end >= 0:
            yield start, end
        start, end = i, i + 1
    if end >= 0:
        yield start, end


def _tiny(textpage: PdfTextPage, index: int) -> bool:
    _, bottom, _, top = textpage.get_charbox(index, loose=True)  # of the font: a full stop is small
    return bool(top - bottom < _TINY)


def _is_suspect(textpage: PdfTextPage, index: int) -> bool:
    red, green, blue, alpha = (ctypes.c_uint(0) for _ in range(4))
    filled = raw.FPDFText_GetFillColor(textpage, index, red, green, blue, alpha)
    if filled and (alpha.value < 16 or min(red.value, green.value, blue.value) >= _LIGHT):
        return True
    drawn = raw.FPDFText_GetTextObject(textpage, index)
    if drawn and raw.FPDFTextObj_GetTextRenderMode(drawn) == _INVISIBLE:
        return True
    return _tiny(textpage, index)


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
        columns = range(max(0, int(left * _SCALE)), min(self._size[0], int(right * _SCALE) + 1))
        rows = range(
            max(0, int((self._height - top) * _SCALE)),
            min(self._size[1], int((self._height - bottom) * _SCALE) + 1),
        )
        shades = [self._pixels[y * self._stride + x] for y in rows for x in columns]
        return not shades or max(shades) - min(shades) < _FLAT
