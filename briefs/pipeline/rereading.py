"""Former versions of an article, and what today's offline rules make of a place of any version.

The parser is loaded only where a place is read again: where words that a sign-off rests on are the same and
the reading of them is not.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from briefs.domain.article import Article
from briefs.domain.brief import ArticleBriefs, Brief
from briefs.domain.spans import Span
from briefs.errors import InputError
from briefs.review.portable import portable
from briefs.steps.ingest import Origin, ingest

if TYPE_CHECKING:
    from briefs.domain.claims import ClaimAt, ExtractedClaim
    from briefs.pipeline.order import Reading


class Rereading:
    """The versions of one article; each is read at most once."""

    def __init__(
        self, fresh: ArticleBriefs, former: ArticleBriefs | None, text: Callable[[str], str | None]
    ) -> None:
        """Take the new version, the one before it as it was last written, and where texts were kept."""
        self._fresh, self._former, self._text = fresh, former, text
        self._read: dict[str, tuple[Reading, ClaimAt]] = {}
        self._kept: dict[str, Article | None] = {}
        self._claims: dict[str, dict[Span, ExtractedClaim]] = {}
        """The claims that the rules cut in a text, by their place; of two at one place the first."""
        self._formerly = {each.id: each for each in reversed(former.briefs)} if former is not None else {}

    def article(self, text_sha256: str) -> Article | None:
        """Return the version that has this text; none where it was not kept."""
        for known in (self._fresh, self._former):
            if known is not None and known.article.text_sha256 == text_sha256:
                return known.article
        if text_sha256 not in self._kept:
            self._kept[text_sha256] = self._ingested(text_sha256)
        return self._kept[text_sha256]

    def former(self, brief: str) -> Brief | None:
        """Return a claim's brief as it was before this version, made ready to stand in another one."""
        if self._former is None:
            return None
        found = self._formerly.get(brief)
        return portable(self._former, found) if found else None

    def reading(self, article: Article, place: Span) -> Brief | None:
        """Return what the offline rules make of a place: the claim that they cut there, or would."""
        from briefs.pipeline.order import Reading  # noqa: PLC0415 - loads the parser
        from briefs.steps.extract import claim_at  # noqa: PLC0415 - the same

        if article.text_sha256 not in self._read:
            made = Reading(article)
            self._read[article.text_sha256] = (made, claim_at(*made.read))
            claims = made.extraction.claims
            self._claims[article.text_sha256] = {each.claim.quote.place: each for each in reversed(claims)}
        claim = self._claims[article.text_sha256].get(place.place)
        if claim is not None:
            return Brief(id=claim.id, claim=claim.claim, attribution=claim.attribution)
        _, at = self._read[article.text_sha256]
        try:
            found = at(place).claim
        except ValueError:  # no word of a sentence stands there
            return None
        return Brief(id=found.id, claim=found.claim, attribution=found.attribution)

    def _ingested(self, text_sha256: str) -> Article | None:
        """Return a kept text as an article of its own: its places are the text's, its blocks its lines."""
        text = self._text(text_sha256)
        if text is None:
            return None
        origin = Origin(id=self._fresh.article.id, path="former.txt")
        try:
            article = ingest(text.encode("utf-8", "surrogatepass"), origin)
        except InputError:
            return None
        return article if article.text_sha256 == text_sha256 else None
