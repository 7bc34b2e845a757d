"""Furniture: which pieces of the text are not article text, each with its kind. Patterns: furniture.toml.

A pattern never acts on position alone. Where position is needed (a byline stands near an edge) it is
needed in addition to the words.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from briefs import data as data_files
from briefs.domain.article import Block, BlockRole, Furniture, FurnitureKind

_EDGE = 6
"""Blocks from the first or last one that count as near an edge."""
_BANNER_LINES = 4
_BANNER_LENGTH = 80
_PRODUCT_TITLE = 200
"""Characters that a product's title before its price may have."""
_SENTENCE_END = re.compile(
    r"(?<![A-Z])(?<!\bMr)(?<!\bDr)(?<!\bSt)(?<!\bNo)(?<!\bvs)(?<!\bMrs)(?<!\bVol)(?<!\bRev)(?<!\bGen)"
    r"(?<!\.\.)[.!?][\"'”’»)\]]*\s+"
)
_TITLE_RUN = re.compile(r"(?:(?:[A-Z0-9][^\s.!?]*|of|the|and|a|an|in|for|to|on|&|–|-)[:,.]?\s+)+\Z")
_SENTENCE = re.compile(r"[.;:,][\"'”’»)\]]*$")
_TITLE_LINE = re.compile(r"[.!?;:][\"'”’»)\]]*$")


class Found(NamedTuple):
    """Furniture with what its words state: byline, outlet, origin where the pattern names them."""

    furniture: Furniture
    stated: Mapping[str, str]


class _Line(NamedTuple):
    kind: FurnitureKind
    match: re.Pattern[str]
    near_edge: bool
    form: bool
    after_form: bool
    heads_list: bool


class _Inline(NamedTuple):
    kind: FurnitureKind
    match: re.Pattern[str]
    title_before: bool
    needs: tuple[str, ...]
    """Words one of which a block must hold: looking for them first is ten times faster."""


class _Rules(NamedTuple):
    lines: tuple[_Line, ...]
    inline: tuple[_Inline, ...]
    section: re.Pattern[str]
    outlet: re.Pattern[str]
    name: re.Pattern[str]
    never_with: re.Pattern[str]
    longest: int


@cache
def _rules() -> _Rules:
    loaded = data_files.load("furniture")
    parts: dict[str, str] = loaded["parts"]

    def compiled(pattern: str) -> re.Pattern[str]:
        for _ in range(3):  # parts may name parts
            for name, part in parts.items():
                pattern = pattern.replace(f"{{{name}}}", part)
        return re.compile(pattern, re.IGNORECASE)

    return _Rules(
        lines=tuple(
            _Line(
                FurnitureKind(rule["kind"]),
                compiled(rule["match"]),
                rule.get("near_edge", False),
                rule.get("form", False),
                rule.get("after_form", False),
                rule.get("heads_list", False),
            )
            for rule in loaded["line"]
        ),
        inline=tuple(
            _Inline(
                FurnitureKind(rule["kind"]),
                compiled(rule["match"]),
                rule.get("title_before", False),
                tuple(rule["needs"]),
            )
            for rule in loaded["inline"]
        ),
        section=compiled(loaded["banner"]["section"]),
        outlet=compiled(loaded["banner"]["outlet"]),
        name=compiled(loaded["banner"]["name"]),
        never_with=re.compile(loaded["never_with"], re.IGNORECASE),
        longest=loaded["longest"],
    )


def furniture(text: str, blocks: Sequence[Block]) -> tuple[Found, ...]:
    """Return the furniture in `blocks`, in order and disjoint: whole blocks, or pieces inside one."""
    found = dict(_banner(text, blocks))
    found |= {index: item for index, item in _whole_blocks(text, blocks) if index not in found}
    found |= _lists(text, blocks, found)
    result: list[Found] = []
    for index, block in enumerate(blocks):
        if index in found:
            result.append(found[index])
        else:
            result += _inline(text, block)
    return tuple(result)


class _Placed(NamedTuple):
    block: int
    found: Found


def _whole(block: Block, kind: FurnitureKind, stated: Mapping[str, str] | None = None) -> Found:
    return Found(Furniture(start=block.start, end=block.end, kind=kind), stated or {})


def _banner(text: str, blocks: Sequence[Block]) -> Iterator[_Placed]:
    """Yield the lines above the headline: section words, menus, and the outlet's name beside them."""
    top = [" ".join(block.of(text).split()) for block in blocks[: _BANNER_LINES + 1]]
    roles = [block.role for block in blocks[: len(top)]]
    marked = roles.index(BlockRole.HEADLINE) if BlockRole.HEADLINE in roles else None
    sections = [len(line) <= _BANNER_LENGTH and bool(_rules().section.fullmatch(line)) for line in top]
    # Whatever it is, the last line of a text is not above a headline.
    highest = marked if marked is not None else min(len(top), len(blocks) - 1)
    for i, line in enumerate(top[:highest]):
        if sections[i]:
            yield _Placed(i, _whole(blocks[i], FurnitureKind.BANNER))
        elif i == 0 and _is_outlet(line, top[1:], sections[1:], marked is not None):
            yield _Placed(i, _whole(blocks[i], FurnitureKind.BANNER, {"outlet": line}))
        else:
            return


def _is_outlet(line: str, below: Sequence[str], sections: Sequence[bool], marked: bool) -> bool:
    """Tell whether the first line is a name that stands where outlets set theirs."""
    rules = _rules()
    if len(line) > _BANNER_LENGTH or not (rules.outlet.fullmatch(line) or rules.name.fullmatch(line)):
        return False
    if marked or (sections and sections[0]):
        return True
    headline = below[0] if below else ""
    longer = len(headline) > 1.3 * len(line) and len(headline.split()) >= 4
    return bool(rules.outlet.fullmatch(line)) and longer and not _SENTENCE.search(headline)


def _whole_blocks(text: str, blocks: Sequence[Block]) -> Iterator[_Placed]:
    rules = _rules()
    form_seen = False
    for index, block in enumerate(blocks):
        if block.end - block.start > rules.longest or block.role is BlockRole.HEADLINE:
            continue
        line = " ".join(block.of(text).split())
        if rules.never_with.search(line):
            continue
        near_edge = 0 < index <= _EDGE or len(blocks) - index <= _EDGE
        for rule in rules.lines:
            if (rule.near_edge and not near_edge) or (rule.after_form and not form_seen):
                continue
            match = rule.match.fullmatch(line)
            if match:
                form_seen = form_seen or rule.form
                stated = {key: value.strip() for key, value in match.groupdict().items() if value}
                yield _Placed(index, _whole(block, rule.kind, {**stated, "line": line}))
                break


def _lists(text: str, blocks: Sequence[Block], found: Mapping[int, Found]) -> dict[int, Found]:
    """Return the titles that stand in a list below "Read more" or the like."""
    heads = [rule.match for rule in _rules().lines if rule.heads_list]
    listed: dict[int, Found] = {}
    for index in found:
        line = " ".join(blocks[index].of(text).split())
        if not any(head.fullmatch(line) for head in heads):
            continue
        run = []
        for block in blocks[index + 1 :]:
            title = block.of(text)
            if len(title) > 160 or _TITLE_LINE.search(title) or '"' in title[:1]:
                break
            run.append(block)
        after = index + 1 + len(run)
        # A line above a paragraph may be the next subhead: it stays unless it is marked as a list item.
        if run and after < len(blocks) and after not in found and run[-1].role is not BlockRole.LIST_ITEM:
            run.pop()
        listed |= {
            index + 1 + i: _whole(block, FurnitureKind.READ_MORE)
            for i, block in enumerate(run)
            if index + 1 + i not in found
        }
    return listed


def _inline(text: str, block: Block) -> Iterator[Found]:
    """Yield furniture inside a block of article text."""
    pieces: list[Found] = []
    words = block.of(text).lower()
    for rule in _rules().inline:
        if not any(word in words for word in rule.needs):
            continue
        for match in rule.match.finditer(text, block.start, block.end):
            start = _title_start(text, block.start, match.start()) if rule.title_before else match.start()
            stated = {key: value.strip() for key, value in match.groupdict().items() if value}
            piece = Furniture(start=start, end=match.end(), kind=rule.kind)
            if not any(piece.overlaps(other.furniture) for other in pieces):
                pieces.append(Found(piece, stated))
    yield from sorted(pieces, key=lambda piece: piece.furniture.start)


def _title_start(text: str, lowest: int, price: int) -> int:
    """Return where the product's title before a price starts: after the last sentence's end."""
    earliest = max(lowest, price - _PRODUCT_TITLE)
    window = text[earliest:price]
    ends = [match.end() for match in _SENTENCE_END.finditer(window)]
    if ends:
        return earliest + ends[-1]
    if earliest == lowest and window[:1].isupper() and _TITLE_RUN.fullmatch(window):
        return lowest
    run = _TITLE_RUN.search(window)
    return earliest + run.start() if run else price
