"""Lines: the blocks of plain text, where nothing but line ends says what belongs together."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from briefs.domain.article import Block, BlockRole
from briefs.domain.spans import Span

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
"""The line ends of str.splitlines, which readers of plain text and editors agree on."""
_BULLET = re.compile(r"(?:[-*•‣▪–]|\d{1,2}[.)])\s+\S")
_QUOTED = re.compile(r">\s*\S")
_ENDS_SENTENCE = re.compile(r"[.!?…:;,][\"'”’»)\]]*$")
_SUBHEAD_WORDS = 12
_HEADLINE_LENGTH = 250


def lines(text: str) -> tuple[Block, ...]:
    """Return the blocks of plain text, in order; every visible character lies in exactly one.

    Each line is a block, unless the text is hard-wrapped at a column: then runs of lines are.
    """
    single = [_trimmed(match[0], match.start()) for match in _LINE.finditer(text) if match[0].strip()]
    spans = _unwrapped(text, single) if _hard_wrapped(text, single) else single
    return tuple(_with_roles(text, spans))


def _trimmed(line: str, start: int) -> Span:
    return Span(start=start + len(line) - len(line.lstrip()), end=start + len(line.rstrip()))


def _runs(text: str, spans: Sequence[Span]) -> Iterator[list[Span]]:
    """Yield the lines between blank lines."""
    run: list[Span] = []
    for span in spans:
        if run and _blank_between(text, run[-1], span):
            yield run
            run = []
        run.append(span)
    if run:
        yield run


def _blank_between(text: str, first: Span, second: Span) -> bool:
    return len(text[first.end : second.start].strip(" \t").splitlines()) > 1


def _hard_wrapped(text: str, spans: Sequence[Span]) -> bool:
    """Tell whether lines were broken at a column: in runs of lines, nearly all but the last are full."""
    inner = [(span, following) for run in _runs(text, spans) for span, following in pairwise(run)]
    if len(inner) < 3:
        return False
    width = max(span.end - span.start for span in spans)
    if not 40 <= width <= 120:
        return False
    full = 0
    for span, following in inner:
        word = text[following.start : following.end].split(maxsplit=1)[0]
        # The next line's first word did not fit any more: that is why the line was broken.
        full += span.end - span.start + 1 + len(word) > width - 12
    return full >= 0.7 * len(inner)


def _unwrapped(text: str, spans: Sequence[Span]) -> list[Span]:
    blocks: list[Span] = []
    width = max(span.end - span.start for span in spans)
    for run in _runs(text, spans):
        if all(span.end - span.start < width * 0.6 for span in run):
            blocks += run
            continue
        start = run[0].start
        for previous, span in pairwise(run):
            if _BULLET.match(text, span.start, span.end):
                blocks.append(Span(start=start, end=previous.end))
                start = span.start
        blocks.append(Span(start=start, end=run[-1].end))
    return blocks


def _with_roles(text: str, spans: Sequence[Span]) -> Iterator[Block]:
    for i, span in enumerate(spans):
        role = BlockRole.BODY
        if _BULLET.match(text, span.start, span.end):
            role = BlockRole.LIST_ITEM
        elif _QUOTED.match(text, span.start, span.end):
            role = BlockRole.QUOTE
        elif i and _is_subhead(text, spans, i):
            role = BlockRole.SUBHEAD
        yield Block(start=span.start, end=span.end, role=role)


def _is_subhead(text: str, spans: Sequence[Span], i: int) -> bool:
    """Tell whether a short line without a full stop stands alone above a paragraph."""
    if i + 1 >= len(spans):
        return False
    span, before, after = spans[i], spans[i - 1], spans[i + 1]
    line = text[span.start : span.end]
    return (
        len(line.split()) <= _SUBHEAD_WORDS
        and (line[0].isupper() or line[0].isdigit() or line[0] in "“\"‘'¿¡«")
        and any(character.isalpha() for character in line)
        and not _ENDS_SENTENCE.search(line)
        and _blank_between(text, before, span)
        and after.end - after.start > 1.5 * len(line)
        and bool(_ENDS_SENTENCE.search(text[after.start : after.end]))
    )


def is_headline(text: str, block: Block, following: Block | None) -> bool:
    """Tell whether the first block of an unmarked text is its headline: no full stop, and text follows."""
    line = block.of(text)
    return (
        following is not None
        and block.role in (BlockRole.BODY, BlockRole.SUBHEAD)
        and len(line) <= _HEADLINE_LENGTH
        and any(character.isalpha() for character in line)
        and not re.search(r"[.…:;,][\"'”’»)\]]*$", line)
    )
