"""What the offline rules make of any place of an article, for whoever chooses places by other means."""

from collections.abc import Sequence
from functools import cached_property

from briefs.domain.article import Article
from briefs.domain.claims import ClaimAt, ExtractedClaim, Lent, Reading, brief_id
from briefs.domain.scan import Scan
from briefs.domain.segmentation import Segmentation
from briefs.domain.spans import Span
from briefs.steps.extract.checkability import arguable
from briefs.steps.extract.claiming import Setting, claim, setting
from briefs.steps.extract.likeness import likeness
from briefs.steps.extract.places import Seen, Stated
from briefs.steps.extract.stating import Statement, look, runs, statement_at
from briefs.steps.extract.view import View, views


def claim_at(article: Article, segmentation: Segmentation, scan: Scan) -> ClaimAt:
    """Return the function that reads any place of the article; it looks at the article at its first call.

    Each further call costs no more than its own sentences. The id in a reading is provisional: that of the
    first claim with these words. The function raises ValueError for a place that holds no word of a sentence.
    """
    return _Reader(article, segmentation, scan)


class _Reader:
    def __init__(self, article: Article, segmentation: Segmentation, scan: Scan) -> None:
        self._article = article
        self._segmentation = segmentation
        self._scan = scan

    def __call__(self, place: Span, lent: Sequence[Lent] = ()) -> Reading:
        text = self._article.text
        seen = [self._views[s.index] for s in self._segmentation.sentences_of(place)]
        if not seen or not place.of(text).strip():
            raise ValueError(f"no sentence of the article stands at {place.start}..{place.end}")
        statement = statement_at(text, seen, place)
        drafted = claim(text, Stated(statement, ()), self._around, lent)
        shown = all(view.sentence.furniture is None for view in seen)
        return Reading(
            claim=ExtractedClaim(
                id=brief_id(self._article.id, drafted.quote.text, 0),
                claim=drafted,
                attribution=statement.attribution,
            ),
            checkable=shown and statement.judgement.checkable,
            arguable=shown and arguable(statement.quote.of(text), statement.facts),
            reason=statement.judgement.reason,
            repeats=self._repeated(statement) if shown else None,
        )

    def _repeated(self, statement: Statement) -> Span | None:
        text, quote = self._article.text, statement.quote
        at = self._seen.same_as(likeness(text, statement))
        if at is None or self._statements[at].quote.overlaps(quote):
            return None
        return self._statements[at].quote

    @cached_property
    def _views(self) -> tuple[View, ...]:
        return views(self._segmentation.sentences, self._scan)

    @cached_property
    def _statements(self) -> tuple[Statement, ...]:
        text = self._article.text
        return tuple(runs([look(text, view) for view in self._views if view.sentence.furniture is None]))

    @cached_property
    def _seen(self) -> Seen:
        seen = Seen()
        for statement in self._statements:
            seen.add(likeness(self._article.text, statement))
        return seen

    @cached_property
    def _around(self) -> Setting:
        return setting(self._segmentation, self._scan)
