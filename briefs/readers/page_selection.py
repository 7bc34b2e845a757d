"""Page selection: which of a page's blocks are the article, starting from what trafilatura extracted.

Its decision is followed, with three kinds of correction that only the page's own markup allows: paragraphs
built exactly like the article's are taken in, quotations, tables and captions between its paragraphs too, and
teasers that it let through (lines that are nothing but a link, runs of headings without text) are left out.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from briefs.domain.article import BlockRole, FurnitureKind
from briefs.readers.page import PageBlock, squeeze

_LONG = 30
"""Squeezed characters from which a block is found in the extracted text wherever it stands."""
_PARAGRAPH = 60
"""Squeezed characters of a paragraph that is taken in for being built like the article's."""
_SEARCHED = 4_000_000_000
"""Characters of extracted text that are looked through for one page's blocks, some seconds' worth."""
_SEVERAL = 3
"""Blocks of the article with the same tags and classes that make a further one its own."""
_LEAD = 100
_TEASER = 200
_HEADINGS = frozenset((BlockRole.HEADLINE, BlockRole.SUBHEAD))
_BETWEEN = frozenset((BlockRole.QUOTE, BlockRole.TABLE, BlockRole.CAPTION))
_NEVER = frozenset(
    (
        FurnitureKind.NEWSLETTER,
        FurnitureKind.READ_MORE,
        FurnitureKind.COOKIES,
        FurnitureKind.COMMENTS,
        FurnitureKind.ADVERTISING,
    )
)
"""Hints of the markup that outweigh the extraction for short blocks."""


def select(blocks: Sequence[PageBlock], lines: Sequence[str]) -> list[int]:
    """Return the indices of the blocks that are the article, in the page's order.

    `lines` is the extracted text, a block a line.
    """
    kept = _found(blocks, lines)
    if not kept:
        return []
    kept |= set(_built_alike(blocks, kept))
    kept |= set(_beside(blocks, kept))
    kept |= set(_between(blocks, kept))
    kept -= set(_hinted(blocks, kept))
    kept -= {i for i in kept if _is_teaser(blocks[i])}
    kept -= set(_bare_headings(blocks, sorted(kept)))
    return sorted(kept)


class _Within:
    """Looks texts up in a long one, within bounds: many blocks that are not there must not cost a minute."""

    def __init__(self, whole: str) -> None:
        self._whole = whole
        self._left = _SEARCHED

    def __call__(self, text: str) -> bool:
        """Tell whether the text is there; not so where too much has been looked through already."""
        self._left -= len(self._whole)
        return self._left > 0 and text in self._whole


def _found(blocks: Sequence[PageBlock], lines: Sequence[str]) -> set[int]:
    """Return the blocks whose text is in the extracted lines: short ones as a line, within the article."""
    # Cells of a table are set apart by bars in the lines.
    short = {squeeze(line).replace("|", "") for line in lines}
    within = _Within(squeeze("".join(lines)).replace("|", ""))
    texts = [block.squeezed.replace("|", "") for block in blocks]
    found = {i for i, text in enumerate(texts) if len(text) >= _LONG and (text in short or within(text))}
    if not found:
        return {i for i, text in enumerate(texts) if text in short}
    span = range(min(found), max(found) + 1)
    return found | {i for i in span if len(texts[i]) < _LONG and texts[i] in short}


def _built_alike(blocks: Sequence[PageBlock], kept: set[int]) -> Iterator[int]:
    """Yield paragraphs with the tags and classes that the article's long paragraphs have."""
    paths = Counter(
        blocks[i].path
        for i in kept
        if blocks[i].tag in ("p", "div") and len(blocks[i].squeezed) >= _PARAGRAPH
    )
    common = {path for path, count in paths.items() if count >= _SEVERAL}
    for i, block in enumerate(blocks):
        if (
            i not in kept
            and block.path in common
            and block.hint is None
            and len(block.squeezed) >= _PARAGRAPH
            and block.linked < 0.5
        ):
            yield i


def _beside(blocks: Sequence[PageBlock], kept: set[int]) -> Iterator[int]:
    """Yield blocks of any length within the article that are built and named as several of its own."""
    own = Counter((blocks[i].path, blocks[i].hint) for i in kept)
    for i in range(min(kept), max(kept)):
        block = blocks[i]
        count = own[block.path, block.hint]
        if i not in kept and block.linked < 0.9 and (count >= _SEVERAL or (count > 1 and not block.linked)):
            yield i


def _between(blocks: Sequence[PageBlock], kept: set[int]) -> Iterator[int]:
    """Yield quotations, table rows and captions that stand between two blocks of the article."""
    for i in range(min(kept), max(kept)):
        block = blocks[i]
        if i not in kept and block.role in _BETWEEN and block.linked < 0.8 and block.hint not in _NEVER:
            yield i


def leads(blocks: Sequence[PageBlock], kept: Sequence[int], headline: int | None) -> list[int]:
    """Return the leads and captions between the headline and the text in `kept`, set in another style."""
    first = next((i for i in kept if headline is not None and i > headline), None)
    if headline is None or first is None:
        return []
    return [i for i in range(headline + 1, first) if _is_lead(blocks[i])]


def _is_lead(block: PageBlock) -> bool:
    """Tell whether a block is a paragraph or a caption of some length, neither a teaser nor hinted at."""
    if block.hint is not None or block.linked >= 0.5:
        return False
    if block.role is BlockRole.CAPTION:
        return len(block.squeezed) >= _LONG
    return block.role is BlockRole.BODY and len(block.squeezed) >= _LEAD and block.text[-1] in '.!?…”"’»)'


def _hinted(blocks: Sequence[PageBlock], kept: set[int]) -> Iterator[int]:
    """Yield short blocks that the markup calls furniture, unless it calls much of the article so."""
    total = sum(len(blocks[i].squeezed) for i in kept)
    shares = Counter[FurnitureKind | None]()
    for i in kept:
        shares[blocks[i].hint] += len(blocks[i].squeezed)
    for i in kept:
        hint = blocks[i].hint
        if hint in _NEVER and len(blocks[i].squeezed) < _TEASER and shares[hint] * 4 < total:
            yield i


def _is_teaser(block: PageBlock) -> bool:
    """Tell whether a paragraph is nothing but a link to something else and no sentence."""
    return (
        block.role in (BlockRole.BODY, BlockRole.CAPTION)
        and block.linked > 0.95
        and len(block.squeezed) < _TEASER
        and block.text[-1] not in '.”"’»'
    )


def _bare_headings(blocks: Sequence[PageBlock], kept: Sequence[int]) -> Iterator[int]:
    """Yield headings that head nothing: three and more in a row, or the last blocks of all."""
    run: list[int] = []
    for i in [*kept, None]:
        if i is not None and blocks[i].role in _HEADINGS:
            run.append(i)
            continue
        if len(run) >= 3 or (i is None and run and run[0] != kept[0]):
            yield from (j for j in run if blocks[j].tag != "h1")
        run = []
