"""Page tags: whether any tag of a page has more attributes than its parser can take in.

libxml2 holds each attribute of a tag against all before it: a tag of a megabyte keeps it busy for an hour,
and nothing can end that. So the tags are walked through once, without a parser, before one sees them.
"""

import re

MOST = 5_000
"""Attributes of one tag."""
_LONG = 10_000
"""Characters of a tag below which it cannot have that many."""
_NEXT = re.compile("[>\"']")
_VALUE = re.compile(r"=\s*(?:\"[^\"]*\"|'[^']*')")
_APART = re.compile(r"[\s/=]+")
_BEGINS = re.compile(r"<(?:!--|[a-zA-Z]+)")
_COMMENT_ENDS = re.compile("--!?>")
_UNREAD = {
    "<script": re.compile("</script", re.IGNORECASE),
    "<style": re.compile("</style", re.IGNORECASE),
}


def overloaded(html: str) -> bool:
    """Tell whether a tag may have more than `MOST` attributes; linear in the page's length.

    Where a page's quotation marks are out of order more is taken for one tag than a parser would take: then
    what stands between marks is counted too, unless it follows an equals sign.
    """
    if len(html) < _LONG:
        return False
    never: set[re.Pattern[str]] = set()
    """What ends a comment or a script and does not come any more: looked for once."""
    begins = _BEGINS.search(html)
    while begins is not None:
        closing: re.Pattern[str] | None = _COMMENT_ENDS
        place = begins.start() + 2  # "<!-->" is a whole comment
        if begins[0] != "<!--":
            place = _end(html, begins.end())
            if place - begins.start() > _LONG and _many(html[begins.start() : place]):
                return True
            closing = _UNREAD.get(begins[0].lower())
        if closing is not None and closing not in never:
            ends = closing.search(html, place)
            if ends is None:
                never.add(closing)
            else:
                place = ends.start()
        begins = _BEGINS.search(html, max(place, begins.end()))
    return False


def _end(html: str, place: int) -> int:
    """Return where a tag ends that is open at `place`, passing over what stands between marks."""
    while True:
        found = _NEXT.search(html, place)
        if found is None:
            return len(html)
        if found[0] == ">":
            return found.start()
        place = html.find(found[0], found.end()) + 1
        if not place:
            return len(html)


def _many(tag: str) -> bool:
    return len(_APART.split(_VALUE.sub("= ", tag))) > MOST
