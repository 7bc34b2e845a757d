"""Mutation that knows a format: a Word document's parts inside its archive, and each format's own words.

Bytes alone rarely get past an archive's checksums or a parser's first line. A mutator is a pure function of
its input and of the random numbers it is given, so that a seed gives the same inputs again. The words of each
format are in `fuzz_words.txt`.
"""

import io
import random
import zipfile
from ast import literal_eval
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from lxml.etree import XMLParser, XMLSyntaxError, fromstring, tostring

Bytes = Callable[[bytes], bytes]
"""What changes bytes without knowing what they are."""
Mutator = Callable[[bytes, random.Random, Bytes], bytes]

_WORDS = Path(__file__).with_name("fuzz_words.txt")
MOST = 65_536
"""Bytes of an input; what only shows in long ones is tried apart (`fuzz_growth`)."""


def of(kind: str) -> Mutator:
    """Return the mutator of a format."""
    words = _words(kind)

    def mutate(data: bytes, draw: random.Random, plain: Bytes) -> bytes:
        return _changed(data, draw, plain, words)[:MOST]

    return mutate


@cache
def _words(kind: str) -> tuple[bytes, ...]:
    """Return the words of a format, and those that are put into every one."""
    found: list[bytes] = []
    inside = False
    for line in _WORDS.read_text("utf-8").splitlines():
        if line.startswith("= "):
            inside = line.removeprefix("= ") in ("everywhere", kind)
        elif inside:
            found.append(literal_eval(line))
    return tuple(found)


def document(data: bytes, draw: random.Random, plain: Bytes) -> bytes:
    """Change one part of a Word document and pack it again; now and then the archive's own bytes."""
    if draw.random() < 0.15:
        return plain(data)[: 2 * MOST]
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except Exception:  # an input that a mutation of its bytes has broken
        return plain(data)[: 2 * MOST]
    names = [name for name in parts if name.endswith((".xml", ".rels"))] or list(parts)
    if not names:
        return plain(data)[: 2 * MOST]
    chosen = (
        "word/document.xml" if draw.random() < 0.6 and "word/document.xml" in parts else draw.choice(names)
    )
    parts[chosen] = _changed(parts[chosen], draw, plain, _words("xml"))[: 4 * MOST]
    if draw.random() < 0.7:
        parts[chosen] = _well_formed(parts[chosen])
    if draw.random() < 0.05:
        parts.pop(draw.choice(list(parts)))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _well_formed(part: bytes) -> bytes:
    """Return the nearest XML that a parser takes: a broken part is refused at its first fault."""
    try:
        tree = fromstring(part, XMLParser(recover=True, resolve_entities=False, huge_tree=True))
    except XMLSyntaxError:  # nothing in it that could be mended
        return part
    return part if tree is None else bytes(tostring(tree, encoding="utf-8"))


def _changed(data: bytes, draw: random.Random, plain: Bytes, words: Sequence[bytes]) -> bytes:
    for _ in range(draw.choice((1, 1, 2, 4))):
        data = _once(data, draw, plain, words)
    return data


def _once(data: bytes, draw: random.Random, plain: Bytes, words: Sequence[bytes]) -> bytes:
    chosen = draw.random()
    if chosen < 0.35 or not data:
        return plain(data)
    start = draw.randrange(len(data) + 1)
    end = min(len(data), start + draw.choice((1, 4, 16, 64, 256)))
    if chosen < 0.65:  # put in
        return data[:start] + draw.choice(words) + data[start:]
    if chosen < 0.75:  # repeat
        times = draw.choice((2, 3, 10, 100, 700))
        return data[:start] + data[start:end] * min(times, MOST // max(1, end - start)) + data[end:]
    if chosen < 0.85:  # leave out
        return data[:start] + data[end:]
    if chosen < 0.95:  # replace
        return data[:start] + draw.choice(words) + data[end:]
    other = draw.randrange(len(data) + 1)  # say again elsewhere
    return data[:other] + data[start:end] + data[other:]


def blind(draw: random.Random) -> Bytes:
    """Return what flips, adds and drops single bytes, where no fuzzing engine does it."""

    def plain(data: bytes) -> bytes:
        made = bytearray(data or b"a")
        for _ in range(draw.choice((1, 2, 8))):
            place = draw.randrange(len(made))
            made[place : place + draw.choice((0, 1, 1, 1))] = bytes([draw.randrange(256)])
        return bytes(made)

    return plain
