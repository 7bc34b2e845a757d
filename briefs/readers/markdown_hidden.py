"""Markdown hidden: what raw HTML in a file keeps from its readers: comments, hidden elements, titles."""

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from briefs.readers.hidden import Hidden
from briefs.readers.page_hidden import take_hidden
from briefs.readers.page_tree import clean, parse

_TAG = re.compile(r"<\s*([a-zA-Z][\w-]*)")
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_STYLED = re.compile(r"\b(?:style|hidden|class|color)\b", re.IGNORECASE)
_PROBE = "probe"


class Unseen:
    """Collects the hidden passages of one file, and lets what readers see pass."""

    def __init__(self) -> None:
        self.passages: list[Hidden] = []

    def of_block(self, html: str) -> str:
        """Return the text of a block of raw HTML without what it hides; raises TooDeepError."""
        tree = parse(html)
        if tree is None:
            self._comments(html)
            return ""
        self.passages += take_hidden(tree).passages
        clean(tree)
        return str(tree.text_content())

    def of_line(self, children: Sequence[Token]) -> Iterator[Token]:
        """Yield the inline tokens that a reader sees; what stands in an element that hides goes on record."""
        closing, hidden, depth = "", [""], 0
        for child in children:
            if child.type != "html_inline":
                if closing:
                    hidden.append(child.content or "\n")
                    continue
                title = child.attrGet("title") if child.type in ("link_open", "image") else None
                if title:
                    self.passages.append(Hidden("in a description that is not shown", str(title), "silent"))
                yield child
                continue
            self._comments(child.content)
            tag = _TAG.match(child.content)
            name = tag[1].lower() if tag else child.content.strip("</> \n").lower()
            if closing and name == closing:
                depth += 1 if tag else -1
                if not depth:
                    self.passages.append(Hidden("hidden by raw HTML", " ".join(hidden), "trick"))
                    closing, hidden = "", []
            elif not closing and tag and _hides(child.content):
                closing, hidden, depth = name, [], 1
        if closing:
            self.passages.append(Hidden("hidden by raw HTML", " ".join(hidden), "trick"))

    def _comments(self, html: str) -> None:
        self.passages += [Hidden("in a comment", found[1], "unshown") for found in _COMMENT.finditer(html)]


def _hides(tag: str) -> bool:
    """Tell whether an opening tag hides what stands in it."""
    if not _STYLED.search(tag):
        return False
    tree = parse(f"<p>{tag}{_PROBE}</p>")
    return tree is not None and any(each.text.strip() == _PROBE for each in take_hidden(tree).passages)
