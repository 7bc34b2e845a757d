"""Page style: as much of a page's own CSS as tells whether a reader of the page can see its words.

Read are style attributes and the plain selectors (.class, #id, tag.class) of style elements; of tags alone
the ground of the page. Style sheets of other files are not fetched; where one may have the last word, nothing
is decided here (CSS 2.1, CSS Color 4).
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml.html import HtmlElement

from briefs import data as data_files

_COLOURS: dict[str, list[int]] = data_files.load("page_colours")["named"]
_MOST = 300_000
"""Characters of style elements that are read."""
_COMMENT = re.compile(r"/\*.{0,20000}?\*/", re.DOTALL)
_AT = re.compile(r"@[\w-]+[^{};]{0,1000}(?:;|\{(?:[^{}]{0,4000}\{[^{}]{0,4000}\}){0,500}[^{}]{0,4000}\})")
"""Rules for other media, fonts and movements."""
_GROUNDED = frozenset({"body", "html"})
_BLOCK = re.compile(r"([^{}]{1,2000})\{([^{}]{0,4000})\}")
_PLAIN = re.compile(r"([a-zA-Z][\w-]*)?(?:([.#])(-?[_a-zA-Z][\w-]*))?\Z")
_HEX = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\Z")
_FUNCTION = re.compile(r"(rgb|hsl)a?\(([^()]*)\)\Z")
_LENGTH = re.compile(r"(-?[\d.]+)\s*(px|pt|em|rem|ex|ch|vw|vh|in|cm|mm|%)?\Z")
_IN_PIXELS = {
    "pt": 1.33,
    "em": 16,
    "rem": 16,
    "ex": 8,
    "ch": 8,
    "in": 96,
    "cm": 38,
    "mm": 3.8,
    "vw": 10,
    "vh": 8,
}
_NEAR = 40
"""Sum of differences of red, green and blue below which nobody tells letters from their ground."""
SEEN = 0.06
"""Share of opacity below which nothing is seen."""


class Colour(NamedTuple):
    """Red, green and blue, 0 to 255."""

    red: int
    green: int
    blue: int

    def near(self, other: "Colour") -> bool:
        """Tell whether letters of one colour cannot be told from ground of the other."""
        return sum(abs(a - b) for a, b in zip(self, other, strict=True)) < _NEAR


WHITE = Colour(255, 255, 255)


class Sheet(NamedTuple):
    """Declarations of a page's style elements, by tag, class and id."""

    rules: Mapping[str, tuple[dict[str, str], ...]]
    """ "p", ".note", "#top" or "p.note" to its declarations, in order."""
    elsewhere: bool
    """The page also has style sheets in other files, which are not read."""


def sheet_of(tree: HtmlElement) -> Sheet:
    """Return what the page's own style elements say, media queries and combined selectors aside."""
    rules: dict[str, list[dict[str, str]]] = {}
    read = 0
    for element in tree.iter("style"):
        css = _AT.sub("", _COMMENT.sub("", (element.text or "")[: max(0, _MOST - read)]))
        read += len(element.text or "")
        for block in _BLOCK.finditer(css):
            said = declarations(block[2])
            for selector in block[1].split(","):
                plain = _PLAIN.match(selector.strip())
                if said and plain and (plain[3] or plain[1] in _GROUNDED):
                    rules.setdefault(plain[0], []).append(said)
    linked = any("stylesheet" in (e.get("rel") or "").lower() for e in tree.iter("link"))
    return Sheet({key: tuple(found) for key, found in rules.items()}, linked)


def declarations(css: str) -> dict[str, str]:
    """Return property to value, lower-case, of a style attribute or the inside of a rule."""
    found: dict[str, str] = {}
    for part in css[:4000].split(";"):
        name, colon, value = part.partition(":")
        if colon:
            found[name.strip().lower()] = value.replace("!important", "").strip().lower()
    return found


def style_of(element: HtmlElement, sheet: Sheet) -> dict[str, str]:
    """Return an element's own declarations, the more particular over the less."""
    found: dict[str, str] = {}
    for selector in _selectors(element) if sheet.rules else ():
        for said in sheet.rules.get(selector, ()):
            found |= said
    inline = element.get("style")
    found |= declarations(inline) if inline else {}
    if element.get("color") and element.tag == "font":
        found.setdefault("color", element.get("color").lower())
    if element.get("bgcolor"):
        found.setdefault("background-color", element.get("bgcolor").lower())
    return found


def _selectors(element: HtmlElement) -> Iterator[str]:
    yield str(element.tag)
    classes = (element.get("class") or "").split()[:30]
    for name in classes:
        yield f".{name}"
    for name in classes:
        yield f"{element.tag}.{name}"
    if element.get("id"):
        yield f"#{element.get('id')}"
        yield f"{element.tag}#{element.get('id')}"


def colour(value: str) -> Colour | None:
    """Return the colour that a value names; none for one that cannot be told (a variable, a gradient)."""
    value = value.strip()
    if value in _COLOURS:
        return Colour(*_COLOURS[value])
    if match := _HEX.match(value):
        digits = match[1] if len(match[1]) > 4 else "".join(2 * digit for digit in match[1])
        return Colour(*(int(digits[at : at + 2], 16) for at in (0, 2, 4)))
    if (match := _FUNCTION.match(value)) and match[1] == "rgb":
        parts = re.findall(r"[\d.]+%?", match[2])[:3]
        if len(parts) == 3:
            return Colour(
                *(min(255, round(float(p.rstrip("%.")) * (2.55 if "%" in p else 1))) for p in parts)
            )
    return None


def is_clear(value: str) -> bool:
    """Tell whether a colour is wholly transparent."""
    if value == "transparent":
        return True
    match = _FUNCTION.match(value.strip())
    parts = re.findall(r"[\d.]+%?", match[2]) if match else []
    return len(parts) == 4 and number(parts[3]) < SEEN


def number(value: str) -> float:
    """Return a plain number or a share; 1 where it is none."""
    try:
        return float(value.rstrip("%")) / (100 if value.endswith("%") else 1)
    except ValueError:
        return 1.0


def pixels(value: str | None) -> float | None:
    """Return a length in pixels, roughly; none for what is no length or hangs on something else."""
    match = _LENGTH.match((value or "").strip())
    if match is None:
        return None
    try:
        size = float(match[1])
    except ValueError:
        return None
    if match[2] == "%":
        return size * 0.16 if size <= 0 else None
    return size * _IN_PIXELS.get(match[2] or "px", 1)
