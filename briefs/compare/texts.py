"""The texts of two versions held against one another: where words of the old one stand in the new one."""

from briefs.domain.article import Article
from briefs.domain.spans import Span
from briefs.review.carry_reasons import turned
from briefs.text.alignment import Alignment, Placed


class Texts:
    """Two texts, aligned once; the same text is not aligned at all."""

    def __init__(self, old: Article, new: Article) -> None:
        self.same = old.text_sha256 == new.text_sha256
        self.new = new.text
        self._alignment = None if self.same else Alignment(old.text, new.text)

    def place(self, span: Span) -> Placed:
        """Return where words of the old text stand in the new one, and whether they are the same."""
        return Placed(span.place, True) if self._alignment is None else self._alignment.place(span)

    def sentence(self, span: Span) -> str:
        """Return the new text's words from stop to stop around a place of it."""
        whole = span if self._alignment is None else self._alignment.sentence(span)
        return " ".join(whole.of(self.new).split())

    def turned(self, span: Span) -> str | None:
        """Return what is to be said of a word put in around a place of the new text that turns it about."""
        if self._alignment is None:
            return None
        put_in = self._alignment.put_in(span)
        return next(iter(turned(put_in, self._alignment.sentence(span).of(self.new))), None)
