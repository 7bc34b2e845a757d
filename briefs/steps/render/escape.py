"""Article text inside Markdown: escaped so that parsing gives the same characters back.

Only backslash escapes and numeric entities are used, and white space is collapsed. Characters that nobody
sees stand there by their names (`briefs.text.unseen`), from which `verify` reads them back. Rules are those
of CommonMark 0.31 (commonmark.org) and GitHub's extensions to it (tables, strike-through, bare links,
alerts, formulas between dollar signs). What is harmless in its place is left alone, so that the file reads
well without any program.
"""

import re
import string
import unicodedata
from collections.abc import Collection, Iterable
from typing import NamedTuple

from briefs.text.unseen import OPENS, Unseen, name_of, unseen


class Markdown(str):
    """Text that is Markdown already and must not be escaped again."""

    __slots__ = ()


class Piece(NamedTuple):
    """A half-open range of code points within the text at hand (not within the article)."""

    start: int
    end: int


class _Edit(NamedTuple):
    start: int
    end: int
    text: str


_SPECIAL = re.compile(
    # One class of first characters, then what must stand around each: the search skips plain text fast.
    r"""
    [\\`*_<~|&\]\[\#$@/.]
    (?:
        (?<=[\\`*_<~|])
      | (?<=&)(?=\#?[0-9A-Za-z]{1,40};)
      | (?<=\])(?=[(\[:])                      # link, image, link definition
      | (?<=\[)(?=[!^])                        # GitHub's alerts and footnotes
      | (?<=\#)(?<!\S\#)
      | (?<=\$)(?!\d)                          # could close a formula
      | (?<=\w@)(?=\w)
      | (?<=[A-Za-z]:/)(?=/)
      | (?<=[Ww][Ww][Ww]\.)
    )
    """,
    re.VERBOSE,
)
_TURNS = re.compile(f"[\u202a-\u202e\u2066-\u2069]|{OPENS}(?=U\\+)")
_SPACE = re.compile(r"\s{2,}|[\t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]")
_SWALLOWED = re.compile(r"\A\s+|\s+\Z|(?<=\s)\s+|[\t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]")
"""White space that Markdown, or a program that saves it, may take away."""
_AT_START = re.compile(r"\s*(?:[0-9]{1,9}(?=[.)](?:\s|$))|(?=[-+](?:[-\s]|$)|[=>]|\[[ xX]\]))")
"""What would open a list, heading line, quotation or task at the start of a block."""
_NO_ENTITY = frozenset({"Cc", "Cs", "Cn"})
"""Categories that Markdown parsers refuse to write as entities: words beside them stay without bold."""


def escaped(text: str, strong: Iterable[Piece] = ()) -> Markdown:
    """Return `text` as one line of Markdown that parses back to the same characters.

    `strong` are pieces to set in bold, in order and disjoint. White space is collapsed and stripped; what
    nobody sees is named.
    """
    if text.isascii() and text.isalnum() and not strong:
        return Markdown(text)
    pieces = _merged(strong)
    edits = [_Edit(m.start(), m.end(), f"\\{m.group()}") for m in _SPECIAL.finditer(text)]
    edits += _names(unseen(text), text, {border for piece in pieces for border in piece})
    taken = {place for edit in edits for place in range(edit.start, edit.end)}
    for piece in pieces:
        edits.extend(_bold(text, piece, taken))
    opening = _AT_START.match(text)
    if opening is not None:  # after the bold marks: the backslash must stand at the character itself
        edits.append(_Edit(opening.end(), opening.end(), "\\"))
    line = _apply(text, edits) if edits else text
    if "  " in line or not line.isprintable():
        line = _SPACE.sub(" ", line)
    return Markdown(line.strip())


def kept_exactly(line: str) -> Markdown:
    """Return one line of Markdown that parses back to the same characters, its white space included."""
    edits = [_Edit(m.start(), m.end(), f"\\{m.group()}") for m in _SPECIAL.finditer(line)]
    edits += [_Edit(at, at + 1, f"&#x{ord(line[at]):X};") for at in _turning(line)]
    opening = _AT_START.match(line)
    if opening is not None:
        edits.append(_Edit(opening.end(), opening.end(), "\\"))
    for match in _SWALLOWED.finditer(line):
        edits.extend(_Edit(at, at + 1, f"&#{ord(line[at])};") for at in range(*match.span()))
    return Markdown(_apply(line, edits))


def _turning(line: str) -> Iterable[int]:
    """Yield the places of what would turn our own words too, and of brackets that would begin a name."""
    for match in _TURNS.finditer(line):
        yield match.start()


def _names(found: Iterable[Unseen], text: str, borders: Collection[int]) -> Iterable[_Edit]:
    """Yield the edits that name unseen characters, one by one where bold begins or ends within a run."""
    for each in found:
        if any(each.start < border < each.end for border in borders):
            for at in range(each.start, each.end):
                yield _Edit(at, at + 1, name_of(text[at]))
        else:
            yield _Edit(*each)


def _merged(pieces: Iterable[Piece]) -> list[Piece]:
    merged: list[Piece] = []
    for piece in pieces:
        if merged and piece.start <= merged[-1].end:
            merged[-1] = Piece(merged[-1].start, max(piece.end, merged[-1].end))
        else:
            merged.append(piece)
    return merged


def _bold(text: str, piece: Piece, taken: set[int]) -> Iterable[_Edit]:
    """Yield the edits that set a piece in bold, wherever its borders fall.

    Emphasis opens only before, and closes only after, certain characters (CommonMark's flanking
    rules). Where a border falls inside a word beside punctuation, the letter outside is written as an
    entity, which counts as punctuation and reads back as the letter.
    """
    inner = text[piece.start : piece.end]
    start = piece.start + len(inner) - len(inner.lstrip())
    end = piece.end - len(inner) + len(inner.rstrip())
    if start >= end:
        return
    outside: list[int] = []
    marks = (start in taken or _may_mark(text[start]), end - 1 in taken or _may_mark(text[end - 1]))
    if start > 0 and start - 1 not in taken and marks[0] and _letter(text[start - 1]):
        outside.append(start - 1)
    if end < len(text) and end not in taken and marks[1] and _letter(text[end]):
        outside.append(end)
    if any(unicodedata.category(text[place]) in _NO_ENTITY for place in outside):
        return
    yield _Edit(start, start, "**")
    yield _Edit(end, end, "**")
    for place in outside:
        yield _Edit(place, place + 1, f"&#{ord(text[place])};")


def _may_mark(character: str) -> bool:
    """Tell whether any version of CommonMark takes the character for punctuation."""
    return unicodedata.category(character)[0] in "PSC"


def _letter(character: str) -> bool:
    """Tell whether any version of CommonMark takes the character for part of a word."""
    ascii_mark = character in string.punctuation
    return not (ascii_mark or character.isspace() or unicodedata.category(character)[0] == "P")


def _apply(text: str, edits: list[_Edit]) -> str:
    out: list[str] = []
    done = 0
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        if edit.start < done:
            continue
        out.append(text[done : edit.start])
        out.append(edit.text)
        done = edit.end
    out.append(text[done:])
    return "".join(out)
