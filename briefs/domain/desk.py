"""The desk: an editor's fields of a claim, and the words that a sign-off rests on.

The tool fills in none of the fields. What was decided when, and by whom, is in `briefs.domain.desk_events`;
the values here are what these events come to.
"""

from enum import StrEnum

from briefs.domain.spans import Frozen, Quote


class Check(StrEnum):
    """State of one of an editor's two checks."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    NOT_CONFIRMED = "not_confirmed"


class Status(StrEnum):
    """What an editor decided about a claim."""

    OPEN = "open"
    USABLE = "usable"
    CORRECT = "correct"
    SOFTEN = "soften"
    CUT = "cut"


class Desk(Frozen):
    """An editor's fields of one claim."""

    said: Check = Check.OPEN
    """The source said it."""
    so: Check = Check.OPEN
    """It is so."""
    status: Status = Status.OPEN
    checker: str | None = None
    date: str | None = None
    """ISO 8601 date of the last decision."""
    source_consulted: str | None = None
    archive_url: str | None = None
    corrected_wording: str | None = None
    note: str | None = None
    log: tuple[str, ...] = ()
    """Who changed what and when, in words for people, the earliest first."""
    rating: str | None = None
    """The editor's own rating in the editor's own words, for a published ClaimReview."""
    dismissed: str | None = None
    """Why an editor holds it to be no claim worth a brief; null where nobody does."""
    added_by: str | None = None
    """Who selected the words of a claim that the tool had not found."""
    changed: tuple[str, ...] = ()
    """Why an earlier sign-off no longer holds, in words for people: what the article says otherwise now."""
    read_otherwise: tuple[str, ...] = ()
    """What newer rules or another model read differently in the same text; the sign-off stands."""
    gone: bool = False
    """The article no longer has the words, or the tool no longer calls them a claim; kept as the editor's."""

    @property
    def signed(self) -> bool:
        """Tell whether an editor has decided anything about the claim."""
        return self.said is not Check.OPEN or self.so is not Check.OPEN or self.status is not Status.OPEN


class Basis(Frozen):
    """The article's own words that a sign-off rests on; it expires when these words change.

    Offsets are places of the text whose hash is `text_sha256`.
    """

    text_sha256: str
    quote: Quote
    """The claim."""
    name: str | None = None
    """Whose words these are, by the best name that the article gave; null for the article's own voice."""
    source: Quote | None = None
    """Where that name, or the word that stands for it, stands."""
    cue: Quote | None = None
    """The words that attribute: "said", "claimed"."""
    chain: tuple[Quote, ...] = ()
    """Who passed it on, nearest the article first, then what the source leans on."""
    hedges: tuple[Quote, ...] = ()
    figures: tuple[Quote, ...] = ()
    """Quantities and dates of the claim, in the article's order."""
