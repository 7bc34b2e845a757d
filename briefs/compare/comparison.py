"""What differs between two versions of an article's briefs: the content of `briefs diff --json`."""

from enum import StrEnum
from typing import Literal

from pydantic import Field

from briefs.domain.desk import Check, Status
from briefs.domain.spans import Frozen

COMPARISON_VERSION = "1"


class Kind(StrEnum):
    """In what respect a claim differs."""

    WORDS = "reworded"
    """Its quoted words."""
    SOURCE = "source_changed"
    """Whose words it is, who passed them on, or what the source leans on."""
    CUE = "attributing_words_changed"
    """The words that attribute: "said", "claimed"."""
    HEDGE_GAINED = "hedge_gained"
    HEDGE_LOST = "hedge_lost"
    FIGURE = "figure_changed"
    """A quantity or a date."""
    TURNED = "turned"
    """Its own words are the same, and a word put in around them turns what they say about."""
    STANDALONE = "standalone_changed"
    """The wording that stands alone, drafted by the tool."""
    PRIORITY = "priority_changed"
    CHOICE = "choice_changed"
    """What a model said of choosing it."""
    TYPE = "type_changed"
    FLAG_NEW = "flag_new"
    FLAG_GONE = "flag_gone"
    QUESTION_NEW = "question_new"
    QUESTION_GONE = "question_gone"
    MISSING_NEW = "missing_evidence_new"
    MISSING_GONE = "missing_evidence_gone"


DRAFTED = frozenset(
    {
        Kind.STANDALONE,
        Kind.PRIORITY,
        Kind.CHOICE,
        Kind.TYPE,
        Kind.FLAG_NEW,
        Kind.FLAG_GONE,
        Kind.QUESTION_NEW,
        Kind.QUESTION_GONE,
        Kind.MISSING_NEW,
        Kind.MISSING_GONE,
    }
)
"""What the tool drafted differently; the others are what the article says otherwise, or is read to say."""


class Run(Frozen):
    """Words that both versions have, or one of them alone."""

    kind: Literal["same", "old", "new"]
    text: str
    """White space collapsed, none at the ends."""


class Change(Frozen):
    """One respect in which a claim differs."""

    kind: Kind
    before: str | None = None
    """In the article's words or in words for people; null where the old version has nothing there."""
    after: str | None = None
    marked: tuple[Run, ...] = ()
    """Both wordings in one, of what was reworded."""


class SignedOff(Frozen):
    """What an editor had decided about a claim of the old version."""

    said: Check
    so: Check
    status: Status
    checker: str | None = None
    date: str | None = None


class ClaimSide(Frozen):
    """A claim as one of the two versions has it."""

    id: str
    number: int = Field(ge=1)
    """Its number in that version's briefs, from 1."""
    quote: str
    """The article's exact words."""
    start: int = Field(ge=0)
    """Code points from the start of that version's text."""
    end: int = Field(ge=0)
    short: str
    """In a few words, ours."""
    said_by: str
    dismissed: bool = False
    """An editor holds it to be no claim worth a brief."""


class ClaimDiff(Frozen):
    """A claim that differs between the two versions; one that only the old or only the new one has."""

    what: Literal["added", "removed", "changed"]
    old: ClaimSide | None = None
    new: ClaimSide | None = None
    changes: tuple[Change, ...] = ()
    """Of a removed claim, what the new article has in its place, where that is no claim."""
    words_stand: bool = False
    """The claim was removed, and the new text has its words all the same."""
    signed: SignedOff | None = None
    """Null where no editor had decided about it in the old version."""
    affected: bool = False
    """It was signed off, and its words have changed or are gone."""


class Version(Frozen):
    """One of the two versions, as its header says."""

    article: str
    slug: str
    title: str
    outlet: str | None = None
    published: str | None = None
    text_sha256: str
    engine: str
    model: str | None = None
    prompts: dict[str, str]
    tool_version: str
    failures: int = Field(ge=0)
    claims: int = Field(ge=0)
    signed: int = Field(ge=0)
    """Claims that an editor has decided about."""


class Comparison(Frozen):
    """What differs between two versions of an article's briefs."""

    comparison_version: Literal["1"] = "1"
    old: Version
    new: Version
    same_text: bool
    """The article's text is the same: every difference is one of reading or drafting."""
    made_otherwise: tuple[Literal["rules", "engine", "model", "prompts"], ...] = ()
    """What the two were made with that is not the same."""
    claims: tuple[ClaimDiff, ...] = ()
    """In the new article's order, each removed claim after the one that stood before it."""
    unchanged: int = Field(ge=0)
    """Claims in which nothing differs."""

    @property
    def affected(self) -> int:
        """Return how many signed-off claims have changed words or are gone."""
        return sum(claim.affected for claim in self.claims)

    def count(self, kind: Kind) -> int:
        """Return how many claims that both versions have differ in one respect."""
        changed = (claim for claim in self.claims if claim.what == "changed")
        return sum(any(change.kind is kind for change in claim.changes) for claim in changed)

    def number(self, what: Literal["added", "removed", "changed"]) -> int:
        """Return how many claims were added, removed or changed."""
        return sum(claim.what == what for claim in self.claims)


class FolderComparison(Frozen):
    """What differs between two folders of briefs."""

    comparison_version: Literal["1"] = "1"
    articles: tuple[Comparison, ...]
    only_old: tuple[Version, ...] = ()
    """Articles for which the new folder has none."""
    only_new: tuple[Version, ...] = ()
    not_read: tuple[str, ...] = ()
    """Files that could not be read, with the reason."""

    @property
    def affected(self) -> int:
        """Return how many signed-off claims have changed words or are gone, with their article or without."""
        return sum(each.affected for each in self.articles) + sum(each.signed for each in self.only_old)
