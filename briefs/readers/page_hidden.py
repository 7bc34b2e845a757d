"""Page hidden: what a page holds for programs and does not show to readers; taken out of it and recorded.

Nothing goes that a reader of the page may see: letters in white are taken out only where the ground under
them is known to be white, or nothing says what it is.
"""

import json
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from lxml.etree import Comment
from lxml.html import HtmlElement

from briefs.readers.hidden import Hidden
from briefs.readers.page_style import (
    SEEN,
    WHITE,
    Colour,
    Sheet,
    colour,
    is_clear,
    number,
    pixels,
    sheet_of,
    style_of,
)
from briefs.readers.page_tree import SKIPPED, is_unseen

_FAR = -400
"""Pixels beyond which nothing that stands there is on the page."""
_TINY = 2.0
"""Pixels of letters below which nobody reads them."""
_SILENT = ("alt", "title", "aria-label", "placeholder", "data-description")
_CODE = re.compile(r"^\s*(?:\[if|/?wp:|!|#)|[{};=]\s*$|</?\w+[ >]")
_CUT = re.compile(r"rect\(\s*(?:0|1px)\b|inset\((?:50|100)%")
_MOVED = re.compile(r"scale\(0(?:\.0+)?\)|translate\w*\(\s*-\d{3,}")
_AS_ABOVE = ("inherit", "unset")
_GROUND = ("background-color", "background")
_TEXT = frozenset(("p", "blockquote", "h1", "h2", "figcaption"))
_MOST_STRINGS = 400


class Page(NamedTuple):
    """What was hidden in a page, and what may have been."""

    passages: tuple[Hidden, ...]
    uncertain: int
    """Passages in white, left in the text, of which the ground is set in a file that is not read."""


class _State(NamedTuple):
    """What an element inherits."""

    ink: Colour | None = Colour(0, 0, 0)
    clear: bool = False
    ground: Colour | None = WHITE
    """None where it cannot be told."""
    tiny: bool = False
    invisible: bool = False
    named: bool = False
    """It, or an element above it, has a class or id that a style sheet of another file may speak of."""


def take_hidden(tree: HtmlElement) -> Page:
    """Take everything out of `tree` that its readers do not see, in place, and return it."""
    sheet = sheet_of(tree)
    found = [*_strings(tree), *_comments(tree)]
    states: dict[HtmlElement, _State] = {}
    gone: list[HtmlElement] = []
    uncertain = 0
    skipped: set[HtmlElement] = set()
    for element in tree.iter("*"):
        above = element.getparent()
        if above in skipped or element.tag in SKIPPED:
            skipped.add(element)
            continue
        style = style_of(element, sheet)
        shut = _shut(element, style)
        if shut is not None and element.tag not in ("html", "body") and above is not None:
            found.append(Hidden(shut.how, _words(element), _weighed(shut.kind, element)))
            gone.append(element)
            skipped.add(element)
            continue
        state = states[element] = _inherited(states.get(above, _State()), element, style)
        way = _unseen(state, sheet)
        if way is None or not (own := _own(element)):
            continue
        if way.sure:
            found.append(Hidden(way.how, own, _weighed(way.kind, element)))
            _blank(element)
        else:
            uncertain += 1
    for element in gone:
        if element.getparent() is not None:
            element.drop_tree()
    return Page(tuple(found), uncertain)


class _Shut(NamedTuple):
    how: str
    kind: Literal["trick", "unshown"]


class _Way(NamedTuple):
    how: str
    sure: bool
    kind: Literal["trick", "unshown"] = "trick"


def _shut(element: HtmlElement, style: dict[str, str]) -> _Shut | None:  # noqa: PLR0911 - one a way of hiding
    """Return how an element and all in it is kept from view, if it is."""
    if "hidden" in element.attrib or style.get("display") == "none":
        return _Shut("not shown", "unshown")
    if is_unseen(element):
        return _Shut("for screen readers alone", "unshown")
    if not style:  # as most elements
        return None
    if number(style.get("opacity", "1")) < SEEN:
        return _Shut("transparent", "trick")
    places = [
        pixels(style.get(side)) for side in ("left", "top", "right", "bottom", "text-indent", "margin-left")
    ]
    if any(place is not None and place <= _FAR for place in places):
        return _Shut("off the page", "trick")
    if style.get("overflow") in ("hidden", "clip"):
        sizes = [pixels(style.get(side)) for side in ("height", "width", "max-height", "max-width")]
        if any(size is not None and size <= 1 for size in sizes):
            return _Shut("in a box without size", "trick")
    if _CUT.search(style.get("clip", "") + style.get("clip-path", "")):
        return _Shut("cut away", "trick")
    if _MOVED.search(style.get("transform", "")):
        return _Shut("off the page", "trick")
    return None


def _inherited(above: _State, element: HtmlElement, style: dict[str, str]) -> _State:
    ground = above.ground
    for name in _GROUND:
        if name in style and not is_clear(style[name]) and style[name] not in ("none", "inherit", "initial"):
            ground = colour(style[name])
    if style.get("background-image", "none") != "none":
        ground = None
    ink, clear = above.ink, above.clear
    if style.get("color", "inherit") not in _AS_ABOVE:
        ink, clear = colour(style["color"]), is_clear(style["color"])
    size = pixels(style.get("font-size"))
    visibility = style.get("visibility", "inherit")
    named = above.named or bool(element.get("class") or element.get("id"))
    return _State(
        ink=ink,
        clear=clear,
        ground=ground,
        tiny=above.tiny if size is None else size < _TINY,
        invisible=above.invisible if visibility in _AS_ABOVE else visibility in ("hidden", "collapse"),
        named=named and element.tag not in ("html", "body"),
    )


def _unseen(state: _State, sheet: Sheet) -> _Way | None:
    if state.invisible:
        return _Way("not shown", sure=True, kind="unshown")
    if state.tiny:
        return _Way("too small to be read", sure=True)
    if state.clear:
        return _Way("transparent", sure=True)
    if state.ink is not None and state.ground is not None and state.ink.near(state.ground):
        known = not (sheet.elsewhere and state.named and state.ground == WHITE)
        return _Way("in the colour of the ground", sure=known)
    return None


def _weighed(kind: Literal["trick", "unshown"], element: HtmlElement) -> Literal["trick", "unshown"]:
    """Return "trick" only for what stands among paragraphs; menus that fade in are not shown, no more."""
    if element.tag in _TEXT or any(above.tag in _TEXT for above in element.iterancestors()):
        return kind
    parent = element.getparent()
    beside = [] if parent is None else [child for child in parent if child.tag == "p"]
    return kind if len(beside) > 1 else "unshown"


def _words(element: HtmlElement) -> str:
    """Return the words in an element, without those of scripts and styles in it."""
    parts: list[str] = []
    for part in element.iter("*"):
        if part.tag not in SKIPPED:
            parts.append(part.text or "")
        if part is not element:
            parts.append(part.tail or "")
    return " ".join(" ".join(parts).split())


def _own(element: HtmlElement) -> str:
    """Return the words that stand in an element itself, not in those within it."""
    return " ".join(
        part.strip() for part in (element.text, *(child.tail for child in element)) if part and part.strip()
    )


def _blank(element: HtmlElement) -> None:
    element.text = " " if element.text else element.text
    for child in element:
        child.tail = " " if child.tail else child.tail


def _comments(tree: HtmlElement) -> Iterator[Hidden]:
    for comment in tree.iter(Comment):
        text = " ".join((comment.text or "").split())
        if text:
            yield Hidden("in a comment", text, "silent" if _CODE.search(text) else "unshown")


def _strings(tree: HtmlElement) -> Iterator[Hidden]:
    """Yield what stands in attributes, in the page's head and in its data: read by programs alone."""
    count = 0
    for element in tree.iter("*"):
        found: list[str | None] = []
        if element.tag == "meta":
            found = [element.get("content")]
        elif element.tag == "script" and "json" in (element.get("type") or ""):
            found = list(_data(element.text or ""))
        elif element.tag in ("noscript", "template"):
            found = [element.text_content()]
        else:
            found = [element.get(name) for name in _SILENT]
        for text in found:
            if text and len(text.split()) > 1 and count < _MOST_STRINGS:
                count += 1
                yield Hidden("in a description that is not shown", text, "silent")


def _data(text: str) -> Iterator[str]:
    try:
        pending: list[object] = [json.loads(text, strict=False)]
    except (ValueError, RecursionError):
        return
    for _ in range(_MOST_STRINGS):
        if not pending:
            return
        node = pending.pop()
        if isinstance(node, str):
            yield node
        elif isinstance(node, dict):
            pending += [*node.values()][:_MOST_STRINGS]
        elif isinstance(node, list):
            pending += node[:_MOST_STRINGS]
