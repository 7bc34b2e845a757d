"""Page tree: an HTML page parsed within bounds, and without its comments, scripts and the like.

Which elements a reader of the page sees is told by `page_hidden`.
"""

import re

import lxml.html
from lxml.etree import iterwalk
from lxml.html import HtmlElement

from briefs import data as data_files
from briefs.readers.page_tags import overloaded

_TAGS = data_files.load("page_markup")
SKIPPED = frozenset(_TAGS["skipped"])
"""Elements that are never shown, or are no text."""
_UNSEEN = re.compile(_TAGS["unseen"], re.IGNORECASE)
_NAMES = 1000
"""Characters of a class or an id that are read: patterns are looked for in them, element by element."""
_NOTE = 600
"""Characters beyond which an element is no caption and no pop-up, whatever it is named."""
_INSIDE = 100
"""Elements within one, beyond which the same holds."""
_UNFIT = re.compile("[\x00-\x08\x0e-\x1f\ufffe\uffff]")
"""What no tree of this library may hold (XML 1.0, 2.2), though its parser lets it through."""
_SPACE = re.compile("[\x0b\x0c]")
_DEEPEST = 500
_MOST = 60_000
"""Elements: long pages have some thousand, and each takes a quarter of a millisecond."""


class TooDeepError(ValueError):
    """Elements so deep or so many that reading on is neither safe nor sensible; `str()` says which."""


def parse(html: str) -> HtmlElement | None:
    """Parse a page; none if it holds no element at all. Entities of a document type are not expanded.

    Raises TooDeepError for elements nested more than 500 deep (browsers draw the line at 512), or more than
    any page of an article has.
    """
    if overloaded(html):
        raise TooDeepError("have too many attributes")
    # huge_tree, because libxml2 drops the rest of a page from 256 levels on without a word.
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_pis=True, huge_tree=True)
    try:
        tree = lxml.html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError):
        return None
    _fit(tree, html)
    depth = count = 0
    for event, _ in iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        if depth > _DEEPEST:
            raise TooDeepError("are nested too deeply")
        if count > _MOST:
            raise TooDeepError("are too many")
    return tree


def _fit(tree: HtmlElement, html: str) -> None:
    """Show control characters as U+FFFD, form feeds as spaces: lxml refuses to move a text with one."""
    if "&#" not in html and not _UNFIT.search(html) and not _SPACE.search(html):
        return
    for element in tree.iter():
        for part in ("text", "tail"):
            held = getattr(element, part)
            if held and (_UNFIT.search(held) or _SPACE.search(held)):
                setattr(element, part, _UNFIT.sub("\ufffd", _SPACE.sub(" ", held)))


def clean(tree: HtmlElement) -> None:
    """Take comments, scripts and the like out of `tree`, in place, and styles off what is left.

    What its readers see has been decided by then (`page_hidden`): nobody is to judge by the styles again.
    """
    for element in list(tree.iter()):
        skipped = not isinstance(element.tag, str) or element.tag in SKIPPED
        if skipped and element.getparent() is not None:
            element.drop_tree()
        elif not skipped:
            element.attrib.pop("style", None)


def is_unseen(element: HtmlElement) -> bool:
    """Tell whether an element is named as one for screen readers alone, or that opens over a word."""
    return is_note(element, _UNSEEN)


def names_of(element: HtmlElement) -> str:
    """Return an element's class and id, of each as much as anybody would give; " " where there is none."""
    return f"{(element.get('class') or '')[:_NAMES]} {(element.get('id') or '')[:_NAMES]}"


def is_note(element: HtmlElement, names: re.Pattern[str]) -> bool:
    """Tell whether an element has one of the names as its class or id, and little text."""
    given = names_of(element)
    if given == " " or not names.search(given):
        return False
    characters = 0
    for count, inner in enumerate(element.iter("*")):
        characters += len((inner.text or "").strip()) + len((inner.tail or "").strip() if count else "")
        if characters > _NOTE or count > _INSIDE:
            return False
    return True
