"""A comparison as a Markdown file: old words struck out, new ones in bold."""

from collections.abc import Iterable

from briefs.compare.report import Level, Line, Piece, Style
from briefs.steps.render.escape import escaped

_MARKS: dict[Style, str] = {"old": "~~{}~~", "new": "**{}**", "strong": "**{}**", "warning": "**{}**"}
_STARTS = {"title": "## ", "text": "", "claim": "- ", "change": "  - "}


def markdown(lines: Iterable[Line]) -> str:
    """Return lines as Markdown, with a blank line wherever no list goes on."""
    made: list[str] = []
    last: Level | None = None
    for line in lines:
        in_list = line.level == "change" or (line.level == "claim" and last in ("claim", "change"))
        if made and not in_list:
            made.append("")
        made.append(_STARTS[line.level] + "".join(map(_marked, line.pieces)))
        last = line.level
    return "\n".join(made) + "\n"


def _marked(piece: Piece) -> str:
    """Return words in their mark, with white space outside it: emphasis does not open before a space."""
    inner = piece.text.strip()
    before, _, after = piece.text.partition(inner) if inner else (piece.text, "", "")
    return f"{before}{_MARKS.get(piece.style, '{}').format(escaped(inner))}{after}" if inner else before
