"""Characters that nobody sees, or that turn the order of what is seen: found, named, and read back.

Text is never changed because of them: where it is shown each is named, as ⟦U+202E⟧, so that an editor sees
what a program sees. A run of them is named in one pair of brackets. `plain` gives the text back.

Which they are: Unicode's format characters and those that are ignored by default (Unicode 15, UAX 44),
control characters but white space, and blanks that are letters. Left alone where scripts need them: joiners
and variation selectors beside other than ASCII, soft hyphens between letters, marks of direction in a text
with letters of a script that is written from right to left, tags in the flags of emoji (UTS 51).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

OPENS, CLOSES = "\u27e6", "\u27e7"
_ALWAYS = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # control characters that are no white space
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0"  # joiners and fillers that look like nothing
    "\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff0-\ufffb\U0001d173-\U0001d17a"  # of no width
    "\u202a-\u202e\u2066-\u2069"  # turn the direction of writing
    "\U000e0000-\U000e0fff"  # tags, and selectors that can spell out any bytes
)
_FOUND = re.compile(
    "\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f"  # England's flag and the like
    "|(?<=[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])[\U000e0100-\U000e01ef]"  # a form of an ideograph
    f"|(?P<unseen>(?:[{_ALWAYS}]"
    "|(?<![^\x00-\x7f])[\u200c\u200d](?![^\x00-\x7f])"
    "|[\ufe00-\ufe0f](?=[\ufe00-\ufe0f])|(?<=[\ufe00-\ufe0f])[\ufe00-\ufe0f]|(?<![^\x00-\x22\x24-\x29\x2b-\x2f\x3a-\x7f])[\ufe00-\ufe0f]"
    "|(?<![^\\W\\d_])\u00ad|\u00ad(?![^\\W\\d_])"
    "|(?P<direction>[\u061c\u200e\u200f]))+)"
    f"|(?P<literal>{OPENS}(?=U\\+))"
)
_LEFTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""Letters of the scripts that are written from right to left."""
_NAMED = re.compile(f"{OPENS}(U\\+[0-9A-F]{{4,6}}(?: U\\+[0-9A-F]{{4,6}})*){CLOSES}")
_LAST = 0x10FFFF


class Unseen(NamedTuple):
    """A run of unseen characters; `start` and `end` are a half-open range of code points of the text."""

    start: int
    end: int
    name: str
    """As it is shown: ⟦U+202E⟧."""

    def of(self, text: str) -> str:
        """Return the characters themselves."""
        return text[self.start : self.end]


def unseen(text: str) -> tuple[Unseen, ...]:
    """Return the runs of unseen characters of a text, in order and disjoint.

    An opening bracket that would read as the beginning of a name is one too, so that names are ours alone.
    """
    if text.isascii() and (text.isprintable() or not _FOUND.search(text)):
        return ()
    leftward = _LEFTWARD.search(text) is not None
    found = []
    for match in _FOUND.finditer(text):
        words = match["unseen"] or match["literal"]
        if words and not (leftward and match["direction"] and set(words) <= {"\u061c", "\u200e", "\u200f"}):
            found.append(Unseen(*match.span(), name_of(words)))
    return tuple(found)


class Part(NamedTuple):
    """Words of a text that are seen, or a run of its characters that are not, with their name."""

    text: str
    start: int
    """Code points from the start of the whole text."""
    name: str | None = None


def parts(text: str) -> Iterator[Part]:
    """Yield a text cut at what nobody sees, in order: together they are the text, to the character."""
    done = 0
    for each in unseen(text):
        if each.start > done:
            yield Part(text[done : each.start], done)
        yield Part(each.of(text), each.start, each.name)
        done = each.end
    if done < len(text):
        yield Part(text[done:], done)


def named(text: str) -> str:
    """Return `text` with unseen characters by their names."""
    return "".join(part.name or part.text for part in parts(text))


def name_of(words: str) -> str:
    """Return characters by their names, in one pair of brackets."""
    return f"{OPENS}{' '.join(f'U+{ord(character):04X}' for character in words)}{CLOSES}"


def plain(shown: str) -> str:
    """Return the text that `named` was given: the inverse of it."""
    return _NAMED.sub(_characters, shown) if OPENS in shown else shown


def _characters(match: re.Match[str]) -> str:
    codes = [int(code[2:], 16) for code in match[1].split()]
    return "".join(map(chr, codes)) if max(codes) <= _LAST else match[0]
