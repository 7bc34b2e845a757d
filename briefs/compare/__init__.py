"""Compare: what differs between two versions of an article's briefs.

Two versions of the article, two versions of a prompt, two models or two versions of the rules: the values are
compared, and what they were made with is said. Nothing here reads a file, parses a text or judges which
version is better.
"""

from collections.abc import Iterable
from typing import Literal

from briefs.compare.changes import Seen, affects, changes, reworded
from briefs.compare.comparison import (
    ClaimDiff,
    ClaimSide,
    Comparison,
    FolderComparison,
    SignedOff,
    Version,
)
from briefs.compare.pairing import Pair, pairs
from briefs.compare.texts import Texts
from briefs.domain.brief import ArticleBriefs, Brief
from briefs.steps.render.told import Told

__all__ = ["Comparison", "FolderComparison", "compare", "version"]


def compare(old: ArticleBriefs, new: ArticleBriefs) -> Comparison:
    """Return what differs between two versions of an article's briefs.

    A signed-off claim is affected where it is gone, where its quoted words are others, or where a changed
    text gives its source or hedges otherwise. The same text read otherwise does not affect it.
    """
    texts = Texts(old.article, new.article)
    before, after = _Sides(old), _Sides(new)
    made: list[ClaimDiff] = []
    unchanged = 0
    for pair in pairs(old, new, texts):
        found = _diff(pair, before, after, texts)
        if found is None:
            unchanged += 1
        else:
            made.append(found)
    return Comparison(
        old=version(old),
        new=version(new),
        same_text=texts.same,
        made_otherwise=tuple(_made_otherwise(old, new)),
        claims=tuple(made),
        unchanged=unchanged,
    )


def version(result: ArticleBriefs) -> Version:
    """Return what a header says of one version."""
    article, made = result.article, result.made
    return Version(
        article=article.id,
        slug=article.slug,
        title=article.title,
        outlet=article.outlet,
        published=article.published,
        text_sha256=article.text_sha256,
        engine=made.engine,
        model=made.model,
        prompts=made.prompts,
        tool_version=made.tool_version,
        failures=len(made.failures),
        claims=sum(not brief.desk.gone for brief in result.briefs),
        signed=sum(brief.desk.signed for brief in result.briefs),
    )


class _Sides:
    """One version's claims, told to people."""

    def __init__(self, result: ArticleBriefs) -> None:
        self._article = result.article
        told = Told(result)
        self._sides = {
            brief.id: ClaimSide(
                id=brief.id,
                number=number,
                quote=brief.claim.quote.text,
                start=brief.claim.quote.start,
                end=brief.claim.quote.end,
                short=told.short(tamed),
                said_by=told.said_by(tamed),
                dismissed=brief.desk.dismissed is not None,
            )
            for number, (brief, tamed) in enumerate(zip(result.briefs, told.result.briefs, strict=True), 1)
        }
        self._tamed = {brief.id: brief for brief in told.result.briefs}

    def of(self, brief: Brief) -> ClaimSide:
        """Return a claim as the comparison shows it."""
        return self._sides[brief.id]

    def seen(self, brief: Brief) -> Seen:
        """Return a claim with a model's words made harmless to print."""
        return Seen(self._tamed[brief.id], self._article)


def _diff(pair: Pair, before: _Sides, after: _Sides, texts: Texts) -> ClaimDiff | None:
    old, new = pair
    if new is not None and new.desk.gone and old is not None and not old.desk.gone:
        # It stands among the new briefs as the editor's, though the tool no longer finds it.
        new = None
    if old is None:
        return ClaimDiff(what="added", new=after.of(new)) if new is not None else None
    signed = _signed(old)
    if new is None:
        return _removed(old, before, signed, texts)
    found = changes(before.seen(old), after.seen(new), texts)
    if not found:
        return None
    return ClaimDiff(
        what="changed",
        old=before.of(old),
        new=after.of(new),
        changes=found,
        signed=signed,
        affected=signed is not None and affects(found, texts),
    )


def _removed(old: Brief, before: _Sides, signed: SignedOff | None, texts: Texts) -> ClaimDiff:
    """Return that a claim is gone, with what the article has where it stood."""
    place = texts.place(old.claim.quote)
    instead = () if place.same or place.span is None else (texts.sentence(place.span),)
    quote = before.seen(old).quote
    return ClaimDiff(
        what="removed",
        old=before.of(old),
        changes=tuple(reworded(quote, words) for words in instead),
        words_stand=place.same,
        signed=signed,
        affected=signed is not None,
    )


def _signed(brief: Brief) -> SignedOff | None:
    desk = brief.desk
    if not desk.signed:
        return None
    return SignedOff(said=desk.said, so=desk.so, status=desk.status, checker=desk.checker, date=desk.date)


def _made_otherwise(
    old: ArticleBriefs, new: ArticleBriefs
) -> Iterable[Literal["rules", "engine", "model", "prompts"]]:
    before, after = old.made, new.made
    if before.tool_version != after.tool_version:
        yield "rules"
    if before.engine != after.engine:
        yield "engine"
    if before.model != after.model:
        yield "model"
    if before.prompts != after.prompts:
        yield "prompts"
