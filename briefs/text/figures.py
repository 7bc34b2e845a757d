"""Figures as they are written in digits, for looking them up: what they mean is read elsewhere."""

import re
from collections.abc import Iterator

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_PLAIN = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
"""The same for ASCII, in half the time."""
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?\Z")


def figures_of(text: str) -> Iterator[str]:
    """Yield the figures written in digits, without what groups thousands: "1,120" and "1120" are one."""
    for each in (_PLAIN if text.isascii() else _FIGURE).findall(text):
        yield each.replace(",", "") if _GROUPED.match(each) else each
