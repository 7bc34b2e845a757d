"""The overview of a story: what many articles claim together, and what to ask whom.

It is made from their briefs alone. Every list in it is bounded and says how many are left out, so that an
overview of a thousand articles is still read in two minutes. It holds no verdict: claims agree or differ, and
an editor decides.
"""

from typing import Literal

from pydantic import Field

from briefs.domain.scan import Number, SourceKind
from briefs.domain.spans import Frozen

STORY_VERSION = "1"
Level = Literal["high", "medium", "low"]


class Levels(Frozen):
    """How many claims there are of each priority."""

    high: int = Field(default=0, ge=0)
    medium: int = Field(default=0, ge=0)
    low: int = Field(default=0, ge=0)

    @property
    def all(self) -> int:
        """Return how many claims there are."""
        return self.high + self.medium + self.low


class Place(Frozen):
    """An article, as every line that speaks of it needs it."""

    article: str
    """Its id."""
    slug: str
    """Name of its files in the output folder without their suffix."""
    title: str
    outlet: str | None = None
    published: str | None = None
    """ISO 8601; null where the article does not say."""


class Figure(Frozen):
    """A figure as the article words it; `low` and `high` are the bounds that it allows, null where open."""

    text: str
    low: Number | None
    high: Number | None
    unit: str | None = None
    period: str | None = None
    approximate: bool = False
    rate: bool = False
    """So many in each of some times, which no total is drawn beside."""


class ClaimRef(Frozen):
    """A claim that a line points to."""

    brief: str
    place: Place
    number: int = Field(ge=1)
    """Its number in its article."""
    level: Level


class Account(Frozen):
    """A claim as the overview shows it."""

    brief: str
    number: int = Field(ge=1)
    """Its number in its article."""
    place: Place
    short: str
    """In a few words, ours; not a quotation."""
    quote: str
    """The article's exact words."""
    said_by: str
    """Who says so, in words for people."""
    level: Level
    figure: Figure | None = None
    """The figure that the claims are compared by; null where they are compared by something else."""
    side: int = Field(default=1, ge=1)
    """Claims with one number say the same; from 1, in the order in which they were first published."""


class Way(Frozen):
    """One of the ways in which a thing is told: claims that say the same, and where they come from."""

    number: int = Field(ge=1)
    articles: int = Field(ge=1)
    attributions: int = Field(default=0, ge=0)
    origins: tuple[str, ...] = ()
    """Where the attributions are known to come from, in words for people."""
    unknown: int = Field(default=0, ge=0)
    """Attributions of which the texts do not say where they come from."""


class Thread(Frozen):
    """A family of claims: one thing as several articles, or several places of one, have it."""

    id: str
    short: str
    """What it is about: the shortest good wording among its claims."""
    levels: Levels
    articles: int = Field(ge=1)
    outlets: int = Field(ge=0)
    claims: tuple[Account, ...]
    """By publication date, undated last."""
    more: int = Field(default=0, ge=0)
    """Claims that are not listed."""
    sides: int = Field(ge=1)
    """Groups of claims that say the same among themselves."""
    ways: tuple[Way, ...] = ()
    """Those of them that the listed claims belong to."""
    conflicts: int = Field(default=0, ge=0)
    """Pairs of those groups that cannot both hold."""


class Clash(Frozen):
    """Two claims that by their own words cannot both hold, with what else says the same as one of them."""

    one: Account
    other: Account
    one_words: str | None = None
    """The figure or date in `one` that it is about."""
    other_words: str | None = None
    why: str
    """One sentence."""
    like_one: tuple[Place, ...] = ()
    """Other articles that say the same as `one`."""
    like_other: tuple[Place, ...] = ()
    more_like_one: int = Field(default=0, ge=0)
    more_like_other: int = Field(default=0, ge=0)


class Standing(Frozen):
    """A source with the way its words took, and what rests on it."""

    name: str
    kind: SourceKind
    also: tuple[str, ...] = ()
    """Other spellings that were taken for the same, and roles."""
    through: tuple[str, ...] = ()
    """Who passed the words on, nearest the article first."""
    leaning_on: tuple[str, ...] = ()
    """What the source leans on."""
    claims: Levels
    alone: Levels
    """Claims for which none of the articles gives another source."""
    articles: tuple[Place, ...]
    more_articles: int = Field(default=0, ge=0)


class Errand(Frozen):
    """One question, put once for all the articles that raise it."""

    text: str
    settles: str
    look_up: bool
    claims: tuple[ClaimRef, ...]
    """The claims that its answer serves, the most important first."""
    more_claims: int = Field(default=0, ge=0)
    serves: Levels
    """How many claims its answer serves, those that say the same in other articles included."""
    articles: int = Field(ge=1)
    drafted_by: str


class Call(Frozen):
    """Somebody to ask, with all that is to be asked of them."""

    whom: str
    also: tuple[str, ...] = ()
    """Other ways in which the articles' briefs name them."""
    serves: Levels
    """How many claims all their answers together would serve."""
    errands: tuple[Errand, ...]
    more: int = Field(default=0, ge=0)
    """Questions to them that are not listed."""


class Twin(Frozen):
    """An article with nearly the same text."""

    place: Place
    share: float = Field(ge=0, le=1)
    """Estimated share of their short word sequences that both texts have."""


class Filed(Frozen):
    """An article of the story."""

    place: Place
    claims: Levels
    failures: int = Field(default=0, ge=0)
    """Parts that did not work while its briefs were made."""
    flags: int = Field(default=0, ge=0)
    republished_from: str | None = None
    twins: tuple[Twin, ...] = ()
    formats: tuple[str, ...] = ()
    """Suffixes of the files that stand beside its JSON."""


class CallSheet(Frozen):
    """All open questions of all articles: what can be looked up, then whom to call."""

    look_ups: tuple[Call, ...] = ()
    calls: tuple[Call, ...] = ()
    asked: int = Field(default=0, ge=0)
    """Questions listed."""
    left_out: int = Field(default=0, ge=0)
    """Questions that are not listed."""


class Story(Frozen):
    """The content of `outputs/index.json`."""

    story_version: Literal["1"] = "1"
    articles: int = Field(ge=0)
    not_covered: int = Field(default=0, ge=0)
    """Articles of the output folder that are left aside, because it holds many.

    They are neither of the last run nor related to it.
    """
    claims: Levels
    threads: tuple[Thread, ...] = ()
    """The most important first."""
    more_threads: int = Field(default=0, ge=0)
    conflicts: tuple[Clash, ...] = ()
    more_conflicts: int = Field(default=0, ge=0)
    sources: tuple[Standing, ...] = ()
    """What most rests on alone first."""
    more_sources: int = Field(default=0, ge=0)
    call_sheet: CallSheet = CallSheet()
    filed: tuple[Filed, ...] = ()
    """By publication date, undated last."""
    more_filed: int = Field(default=0, ge=0)
    tool_version: str
