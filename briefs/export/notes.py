"""Word comments, written straight into the package.

python-docx can add comments too, but looks for a free id each time, which is quadratic, and stamps each with
the clock.
"""

from collections.abc import Iterable

from docx.document import Document as Script
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.text.paragraph import CT_P
from docx.text.run import Run

from briefs.export.comment import Line
from briefs.export.plain import shown

AUTHOR = "briefs"
"""Whose comments these are: the tool wrote them down, whoever decided what they say."""


class Notes:
    """The comments of one document."""

    def __init__(self, document: Script) -> None:
        """Take the document; it must have no comment yet."""
        self._element = document.comments._comments_elm
        self._made = 0

    def add(self, first: Run, last: Run, initials: str, lines: Iterable[Line]) -> None:
        """Put a comment at the words from one run to another, both included; one paragraph a line."""
        comment = OxmlElement("w:comment")
        for name, value in (("w:id", str(self._made)), ("w:author", AUTHOR), ("w:initials", initials)):
            comment.set(qn(name), value)
        for number, line in enumerate(lines):
            paragraph = _paragraph()
            if not number:  # the mark by which Word leads from the comment to its place
                mark = paragraph.add_r()
                mark.append(OxmlElement("w:annotationRef"))
            if line.label:
                _write(paragraph, f"{line.label}: ", bold=True)
            _write(paragraph, line.words, bold=not line.label)
            comment.append(paragraph)
        self._element.append(comment)
        first.mark_comment_range(last, self._made)
        self._made += 1


def _paragraph() -> CT_P:
    paragraph = OxmlElement("w:p")
    if not isinstance(paragraph, CT_P):
        raise TypeError("not a paragraph")
    paragraph.style = "CommentText"
    return paragraph


def _write(paragraph: CT_P, words: str, *, bold: bool) -> None:
    run = paragraph.add_r()
    if bold:
        run.get_or_add_rPr().append(OxmlElement("w:b"))
    run.text = shown(words)
