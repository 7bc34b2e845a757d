"""One error in a clean article: which kinds there are, where one is planted, and the article with it.

Offsets are half-open code points of `Article.text`, of the clean article or of the altered one as each field
says. Which places can be altered is said in `planting_rules` and `planting_values`; here they are chosen, by
a fixed seed, and put into the article, so that the same data give the same errors.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from briefs.domain.article import Article, BlockRole, sha256
from briefs.domain.segmentation import Segmentation, Sentence
from briefs.domain.spans import Span

SEED = 1979


class Error(StrEnum):
    """A kind of newsroom error."""

    SPEAKER = "speaker swapped"
    HEDGE = "hedge dropped"
    PROVED = "“said” became “proved”"
    FIGURE = "figure changed in one of two places"
    UNIT = "unit or denominator slipped"
    DATE = "date that no longer fits"
    NEGATION = "negation lost"
    ALL = "“some” became “all”"
    NAMED = "unnamed source given a name"
    QUOTATION = "quotation altered against its source article"


class Ground(NamedTuple):
    """A clean article as the rules of planting look at it."""

    article: Article
    segmentation: Segmentation
    people: Sequence[str]
    """Full names of the people in it."""

    @property
    def text(self) -> str:
        """Return the article's text."""
        return self.article.text

    @property
    def body(self) -> list[Sentence]:
        """Return the sentences of article text below the headline."""
        left = (BlockRole.HEADLINE, BlockRole.SUBHEAD, BlockRole.TABLE)
        return [s for s in self.segmentation.sentences if s.furniture is None and s.role not in left]


class Plant(NamedTuple):
    """One error that can be planted in one article."""

    error: Error
    cut: Span
    """What is taken out of the clean text."""
    words: str
    """What stands there instead."""
    before: Span
    """The element as it stands in the clean text: the figure, the name, the words that were held back."""
    name_before: str
    """Words that a line must hold to name the element of the clean article."""
    name: str
    """Words that a line must hold to name the element of the altered article."""

    @property
    def element(self) -> Span:
        """Return where the element stands in the altered text."""
        shift = len(self.words) - (self.cut.end - self.cut.start)
        start = min(self.before.start, self.cut.start)
        return Span(start=start, end=max(self.before.end, self.cut.end) + shift)


def chosen(article: Article, candidates: Iterable[Plant], most: int) -> tuple[Plant, ...]:
    """Return at most `most` errors of each kind, drawn by the seed and the article's id, in text order."""
    by_kind: dict[Error, list[Plant]] = defaultdict(list)
    for plant in candidates:
        by_kind[plant.error].append(plant)
    drawn: list[Plant] = []
    for error in Error:
        found = by_kind[error]
        lot = random.Random(f"{SEED} {article.id} {error}")  # noqa: S311 - a draw, not a secret
        drawn += lot.sample(found, min(most, len(found)))
    return tuple(sorted(drawn, key=lambda plant: (plant.cut.start, plant.error)))


def planted(article: Article, plant: Plant) -> Article:
    """Return the article with one error: its text, and every place after it moved along."""
    cut, shift = plant.cut, len(plant.words) - (plant.cut.end - plant.cut.start)
    text = article.text[: cut.start] + plant.words + article.text[cut.end :]

    def moved(offset: int) -> int:
        return offset + shift if offset >= cut.end else min(offset, cut.start + len(plant.words))

    def placed(span: Span) -> dict[str, int]:
        return {"start": moved(span.start), "end": moved(span.end)}

    return article.model_copy(
        update={
            "text": text,
            "text_sha256": sha256(text.encode("utf-8", "surrogatepass")),
            "links": tuple(each.model_copy(update=placed(each)) for each in article.links),
            "blocks": tuple(each.model_copy(update=placed(each)) for each in article.blocks),
            "furniture": tuple(each.model_copy(update=placed(each)) for each in article.furniture),
        }
    )
