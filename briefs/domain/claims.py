"""Checkable claims, and the ledger that accounts for every sentence."""

import hashlib
from collections.abc import Sequence
from enum import StrEnum
from typing import Literal, Protocol

from pydantic import Field

from briefs.domain.scan import OFFLINE, Attribution, DateMention, Quantity
from briefs.domain.spans import Frozen, Quote, Span


class ClaimType(StrEnum):
    """Claim types as Full Fact's annotation schema has them (Konstantinovskiy et al. 2018)."""

    QUANTITY = "quantity"
    EVENT = "event"
    STATEMENT = "statement"
    """That somebody said, voiced or announced something."""
    CAUSE = "cause"
    RULE = "rule"
    """Laws and rules, and what they require."""
    PREDICTION = "prediction"
    OPINION = "opinion"
    PERSONAL = "personal"
    OTHER = "other"


class Priority(Frozen):
    """How much a claim wants checking: a weighted sum of named yes/no questions."""

    score: float = Field(ge=0, le=1)
    reasons: tuple[str, ...]
    """The questions that were answered yes, in words for people, the heaviest first."""

    @property
    def level(self) -> Literal["high", "medium", "low"]:
        """Return the level that people are shown instead of the score."""
        return "high" if self.score >= 0.5 else "medium" if self.score >= 0.25 else "low"


class ModelChoice(Frozen):
    """What a model said of choosing a claim; the choice of the offline rules stands beside it."""

    by: str
    """The model's id."""
    says: Literal["claim", "added", "leave_out"]
    """"claim": it chose the claim too; "added": it alone did; "leave_out": it would not check it."""
    why: str | None = None
    """Why it would leave the claim out, in words for people."""


class Claim(Frozen):
    """A checkable claim: the article's exact words and a wording that stands alone."""

    quote: Quote
    also_at: tuple[Span, ...] = ()
    """Other places where the article states the same claim, headline and lead among them."""
    standalone: str
    """The quoted words with references replaced; every addition stands in square brackets."""
    type: ClaimType
    hedges: tuple[Span, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    dates: tuple[DateMention, ...] = ()
    priority: Priority
    standalone_by: str = OFFLINE
    """Who drafted the wording that stands alone: "offline" or a model's id."""
    choice: ModelChoice | None = None
    """What a model said of choosing it; null where none was asked or it said nothing."""


class ExtractedClaim(Frozen):
    """A claim with its attribution and its id, before a brief is composed for it."""

    id: str
    claim: Claim
    attribution: Attribution


class Lent(Span):
    """Words that the context lends to a wording, for what stands here or, at an empty span, added."""

    words: str


class Reading(Frozen):
    """What the offline rules make of a place of the article that somebody else points at."""

    claim: ExtractedClaim
    """The claim that it would be, with a provisional id."""
    checkable: bool
    """The rules call it a claim."""
    arguable: bool
    """There is something to look up in it, and it is no question, opinion or prediction: whoever points at
    it may be right though the rules leave it out."""
    reason: str
    """Why the rules take it for a claim or leave it out, in words for people."""
    repeats: Span | None = None
    """Where the article states the same claim, as far as the rules tell."""


class ClaimAt(Protocol):
    """The offline rules' reading of any place of one article."""

    def __call__(self, place: Span, lent: Sequence[Lent] = ()) -> Reading:
        """Read `place`; `lent` goes in brackets into the wording that stands alone.

        Raises ValueError for a place that holds no word of a sentence.
        """


class Disposition(StrEnum):
    """What became of a sentence."""

    CLAIM = "claim"
    NOT_CHECKABLE = "not_checkable"
    FURNITURE = "furniture"
    FAILED = "failed"


class LedgerEntry(Frozen):
    """What became of one sentence, and why."""

    sentence: int = Field(ge=0)
    """Index of the sentence, from 0."""
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    disposition: Disposition
    reason: str
    """In words for people."""
    briefs: tuple[str, ...] = ()
    """Ids of the briefs that quote the sentence or refer to it."""
    verifiable: bool
    """Is there a fact in it? Also told of a sentence that is no claim, such as a plan or a question."""
    worth: float = Field(ge=0, le=1)
    """How much it is worth checking."""


class Extraction(Frozen):
    """The claims of an article, in its order, and the ledger of all its sentences."""

    claims: tuple[ExtractedClaim, ...]
    ledger: tuple[LedgerEntry, ...]


def brief_id(article_id: str, quoted: str, ordinal: int) -> str:
    """Return a brief's id: from the article's id, the quoted words and an ordinal among equal ones.

    White space in the quoted words is collapsed first, so that a re-wrapped article keeps its ids.
    `ordinal` counts from 0 among the claims of one article that quote equal words.
    """
    words = " ".join(quoted.split())
    key = f"{article_id}\x00{words}\x00{ordinal}".encode("utf-8", "surrogatepass")
    return "b" + hashlib.sha256(key).hexdigest()[:12]
