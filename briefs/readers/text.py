"""Plain text: the article's text is the file's decoded text exactly; only a byte order mark is dropped."""

from briefs.domain.article import Reading
from briefs.readers.charset import decode


def read_text(data: bytes, name: str, label: str | None = None) -> Reading:
    """Return the file's text; line ends stay as they are, and lines are the blocks."""
    decoded = decode(data, name, label)
    return Reading(text=decoded.text, notes=decoded.notes)
