"""HTML: trafilatura decides which blocks of a page are the article; the page itself supplies their text.

Taking text, links and captions from the page's own blocks keeps link places exact and lets everything that
is left out be named in `Reading.omitted`. Date guessing is off: a date is read where the page states one.
"""

import logging
import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from briefs.domain.article import BlockRole, FurnitureKind, Reading
from briefs.errors import InputError
from briefs.readers.assembly import Assembly
from briefs.readers.charset import decode
from briefs.readers.dates import iso_date
from briefs.readers.hidden import omitted, told
from briefs.readers.page import PageBlock, page_blocks, squeeze
from briefs.readers.page_hidden import Page, take_hidden
from briefs.readers.page_metadata import Metadata, charset_label, metadata
from briefs.readers.page_selection import leads, select
from briefs.readers.page_tree import TooDeepError, clean, parse

_BELOW = 8
"""Blocks below the headline in which a byline or date line may stand."""
_BYLINE = re.compile(r"[Bb][Yy]:? ([A-ZÀ-ÞА-Я]\S+(?: [A-ZÀ-ÞА-Я]\S+){1,3})(?=$|[,|·•]| \||\n)")
_HEADING = 20
"""Squeezed characters of a heading that may be the first part of the page's title."""
_LEAST = 120
"""Characters of text outside links, white space not counted, below which a page holds no article."""


def read_html(data: bytes, name: str, label: str | None = None, url: str | None = None) -> Reading:
    """Return the article in a page.

    `label` is the charset of the HTTP header, `url` the address the page came from. Raises InputError for
    a page without article text, such as a front page or a list of links.
    """
    decoded = decode(data, name, label or charset_label(data))
    try:
        tree = parse(decoded.text)
    except TooDeepError as error:
        reason = f"its elements {error} to be read"
        raise InputError(name, reason, "give the article's text as a .txt file") from error
    if tree is None:
        raise InputError(name, "holds no HTML", "give the article's own page")
    stated = metadata(tree, url)
    base = stated.url or url
    hidden = take_hidden(tree)
    clean(tree)
    extracted = _extract(tree)
    blocks = page_blocks(tree, base)
    kept = select(blocks, extracted)
    headline = _headline(blocks, kept, stated)
    kept = sorted({*leads(blocks, kept, headline), *kept})
    if _only_links([blocks[i] for i in kept]):
        raise InputError(name, "the page has no article text, only navigation", "give the article's own page")
    assembly = Assembly()
    if headline is not None:
        assembly.add(BlockRole.HEADLINE, blocks[headline].pieces)
    for i in kept:
        if headline is None or blocks[i].squeezed != blocks[headline].squeezed:
            assembly.add(_role(blocks[i]), blocks[i].pieces)
    taken = {*kept, headline}
    left = [block for i, block in enumerate(blocks) if i not in taken]
    record = told(hidden.passages)
    return Reading(
        text=assembly.text,
        blocks=tuple(assembly.blocks),
        links=tuple(assembly.links),
        omitted=(
            *(omitted(block.hint or FurnitureKind.NAVIGATION, block.text) for block in left),
            *record.omitted,
        ),
        notes=(*decoded.notes, *record.notes, *_uncertain(hidden)),
        **_completed(stated, left, blocks, headline)._asdict(),
    )


def _uncertain(hidden: Page) -> tuple[str, ...]:
    """Say how many passages are set in the colour of an empty page, and may stand on another ground."""
    if not hidden.uncertain:
        return ()
    noun = "passage is" if hidden.uncertain == 1 else "passages are"
    return (
        f"{hidden.uncertain} {noun} set in white, on a ground that the page itself does not state; "
        "left in the text.",
    )


def _completed(
    stated: Metadata, left: Sequence[PageBlock], blocks: Sequence[PageBlock], headline: int | None
) -> Metadata:
    """Fill in a date and byline that stand as lines below the headline, where the page's head has none."""
    near = blocks[headline + 1 : headline + 1 + _BELOW] if headline is not None else ()
    for block in near:
        if block not in left or len(block.text) > 120:
            continue
        if stated.published is None:
            stated = stated._replace(published=iso_date(block.text))
        name = _BYLINE.match(block.text)
        if stated.byline is None and name:
            stated = stated._replace(byline=name[1])
    return stated


def _only_links(kept: Sequence[PageBlock]) -> bool:
    """Tell whether what was kept is too little for an article, or mostly links to other pages."""
    total = sum(len(block.squeezed) for block in kept)
    unlinked = sum(len(block.squeezed) * (1 - block.linked) for block in kept)
    return unlinked < max(_LEAST, 0.4 * total)


def _role(block: PageBlock) -> BlockRole:
    return BlockRole.SUBHEAD if block.role is BlockRole.HEADLINE else block.role


def _extract(tree: HtmlElement) -> list[str]:
    """Return the lines that trafilatura takes for the article."""
    from trafilatura import bare_extraction  # noqa: PLC0415 - half a second that other formats do not need

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    document = bare_extraction(
        tree, include_comments=False, include_tables=True, include_formatting=False, with_metadata=False
    )
    text = document.text if document is not None and not isinstance(document, dict) else None
    return (text or "").split("\n")


def _headline(blocks: Sequence[PageBlock], kept: Sequence[int], stated: Metadata) -> int | None:
    """Return the article's headline: the heading with the stated title, else the last h1 above the text."""
    candidates = [
        i for i, block in enumerate(blocks) if block.tag == "h1" or block.role is BlockRole.HEADLINE
    ]
    title = squeeze(stated.title or "").casefold()
    lower = [i for i, block in enumerate(blocks) if block.tag in ("h2", "h3")]
    for i in (*candidates, *lower):
        if _says(title, blocks[i].squeezed.casefold()):
            return i
    if not candidates:
        return None
    first = kept[0] if kept else len(blocks)
    before = [i for i in candidates if i <= first]
    return before[-1] if before else candidates[0]


def _says(title: str, heading: str) -> bool:
    """Tell whether a heading is the page's title, which may name the outlet behind a dash or bar."""
    if title == heading:
        return True
    return len(heading) >= _HEADING and title.startswith(heading) and title[len(heading)] in "|–—·»-"
