"""What a model proposes for an article: untrusted until `ground` has held it against the text."""

from enum import StrEnum

from pydantic import Field

from briefs.domain.brief import Failure
from briefs.domain.claims import ClaimType
from briefs.domain.spans import Frozen, Quote


class LeaveReason(StrEnum):
    """Why a model would leave a sentence out."""

    OPINION = "opinion"
    PREDICTION = "prediction"
    VAGUE = "vague"
    BACKGROUND = "background"
    """Common knowledge, or context that nobody disputes."""
    REPEATED = "repeated"
    NOT_A_CLAIM = "not_a_claim"
    """A question, a heading, a line of the page."""


class ProposedClaim(Frozen):
    """A claim that the model would check.

    `quote` was located by our code and is an exact slice of the article. All else is the model's: any
    string at all.
    """

    sentence: int = Field(ge=0)
    """Index of the article's sentence in which the quote starts."""
    quote: Quote
    type: ClaimType
    standalone: str = ""
    """The model's wording; empty where it gave none."""
    source: str = ""
    """Whose words, as the model says; empty for the article's own voice."""
    via: tuple[str, ...] = ()
    """Who passed the words on, nearest the article first."""


class ProposedOmission(Frozen):
    """A sentence that the model would leave out."""

    sentence: int = Field(ge=0)
    """Index of the article's sentence."""
    why: LeaveReason


class Rejection(Frozen):
    """Something a model said that did not pass a check, without the words: for counting."""

    step: str
    """"extract", "compose" or "stance"."""
    kind: str
    """The check that it did not pass, as a lower-case name: "not_in_article", "figure_changed"."""


class Proposals(Frozen):
    """All that a model proposed for one article, in the article's order."""

    model: str
    """Its id, for `drafted_by`."""
    claims: tuple[ProposedClaim, ...] = ()
    omissions: tuple[ProposedOmission, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    failures: tuple[Failure, ...] = ()
    """Chunks of which the calls failed for good; their part of the draft is the offline one."""
