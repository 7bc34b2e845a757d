"""The brief and the file of an article's briefs: the JSON contract, schema version 1."""

from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, model_validator

from briefs.domain.article import Article
from briefs.domain.claims import Claim, LedgerEntry
from briefs.domain.desk import Desk
from briefs.domain.documents import Review
from briefs.domain.scan import OFFLINE, Attribution, SourceKind
from briefs.domain.spans import Frozen, Quote, Span

SCHEMA_VERSION = "1"


class Stance(StrEnum):
    """Stance of a passage towards a claim (FEVER, Thorne et al. 2018)."""

    SUPPORTS = "SUPPORTS"
    REFUTES = "REFUTES"
    NOT_ENOUGH_INFO = "NOT_ENOUGH_INFO"


class Evidence(Frozen):
    """A passage of a document at hand that bears on a claim."""

    document: str
    """Its title, or its path within the folder of evidence."""
    place: str
    """Where the passage stands in it, in words for people: "paragraph 4", "row 12", "page 3"."""
    quote: str
    """The exact words of the document."""
    stance: Stance
    drafted_by: str
    note: str | None = None
    """Why it agrees or differs, in one sentence; with figures, the arithmetic."""
    path: str | None = None
    """Path of the document within the folder of evidence."""
    span: Span | None = None
    """Place of the passage in the document's text as it was read."""
    text_sha256: str | None = None
    """Hash of the document's text as it was read."""
    review: Review | None = None
    """Set where the passage is a claim that others have checked before; the stance is then open."""


class MissingEvidence(Frozen):
    """Something that would settle a claim and is not in the article."""

    what: str
    """A document, record, recording, data set or person."""
    why: str
    holder: str
    """Who would hold it."""
    drafted_by: str = OFFLINE


class Question(Frozen):
    """A question to put to somebody, and what the answer would settle."""

    id: str
    """Unique in the article: "q1", "q2", …; "r1", "r2", … for those that other articles raise, "e1", "e2", …
    under claims that an editor added, "a1", "a2", … for answered ones that are asked no longer."""
    text: str
    ask: str
    """Whom to ask: a name or a role."""
    settles: str
    serves: tuple[str, ...]
    """Ids of the briefs that the answer serves, the one that prints it first."""
    answer: str | None = None
    """What a person wrote down."""
    answered_by: str | None = None
    """Who ticked it off; null while it is open."""
    drafted_by: str = OFFLINE
    look_up: bool = False
    """It can be looked up before anybody is called: a document, a recording, a date of publication."""


class FlagKind(StrEnum):
    """What a flag draws attention to; all come from the text alone."""

    HEADLINE_FIRMER = "headline_firmer"
    HEDGE_LOST = "hedge_lost"
    CORROBORATION_DIFFERS = "corroboration_differs"
    RATE_AND_TOTAL = "rate_and_total"
    RANGE_AND_BOUND = "range_and_bound"
    PARTS_EXCEED_WHOLE = "parts_exceed_whole"
    UNITS_MIXED = "units_mixed"
    FIGURE_ANNOUNCED = "figure_announced"
    FIGURE_UNSOURCED = "figure_unsourced"
    INTERVAL_MISFIT = "interval_misfit"
    YEAR_MISFIT = "year_misfit"
    QUOTATION_SPLICED = "quotation_spliced"
    ANONYMOUS_OPINION = "anonymous_opinion"
    FIGURES_DIFFER = "figures_differ"
    SOURCE_DISPUTED = "source_disputed"
    PROOF_CLAIMED = "proof_claimed"
    DATE_MISFIT = "date_misfit"
    UNIT_MISFIT = "unit_misfit"
    QUOTATION_DIFFERS = "quotation_differs"
    STATEMENTS_DIFFER = "statements_differ"
    NAME_UNINTRODUCED = "name_unintroduced"
    NEGATION_MISSING = "negation_missing"
    HIDDEN_TEXT = "hidden_text"
    """The file holds words that no reader of it sees; they are no article text, so the flag has no place."""
    MACHINE_ADDRESSED = "machine_addressed"
    """Text that speaks to a program that reads it and not to readers: told, never acted on."""


class Flag(Frozen):
    """A place where the text, taken by its own words, does not sit right."""

    kind: FlagKind
    note: str
    """One or two sentences with the arithmetic or the two wordings shown."""
    spans: tuple[Span, ...]
    """The words it is about, each an exact place."""
    other_brief: str | None = None
    """The other claim, where it stands under two."""

    @property
    def alone(self) -> "Flag":
        """Return what two claims that it stands under have in common: one flag is counted once."""
        return self.model_copy(update={"other_brief": None})


class Related(Frozen):
    """A claim of this or another article that says the same, conflicts or is related.

    Everything but `kind`, `brief`, `article` and `note` repeats what the other brief holds, so that an editor
    need not open it.
    """

    kind: Literal["same", "conflict", "related"]
    brief: str
    article: str
    """The other article's id; the same as this one's where both claims stand in one article."""
    note: str
    aspect: str | None = None
    """In what respect: a value of `Aspect`."""
    slug: str | None = None
    """Name of the other article's files without their suffix; null where they are not in the same folder."""
    text_sha256: str | None = None
    """Hash of the other article's text, which `quote` and `words` are places of."""
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    quote: Quote | None = None
    """The other claim's words, an exact slice of the other article's text."""
    words: Quote | None = None
    """The figure or date within them that it is about."""
    source: str | None = None
    """Who says so there, in words for people."""


MOST_IDS = 200
"""The most ids of claims, and of articles, that one origin lists."""


class Origin(Frozen):
    """One place that attributions go back to: a person, body, outlet or document."""

    name: str
    """For people: "Danuta Rósza", "unnamed law-enforcement sources by way of Meridian Wire"."""
    kind: SourceKind
    known: bool
    """The texts say where it comes from; false: what lies behind it is not stated."""
    claims: tuple[str, ...]
    """Briefs' ids of the attributions that go back to it, the first 200."""
    articles: tuple[str, ...]
    """Ids of the articles that they stand in, the first 200."""
    reasons: tuple[str, ...] = ()
    """Why attributions were counted as one, in words for people: one text, one quotation, one name."""


class Origins(Frozen):
    """How many attributions stand behind a claim, and how many origins they come from."""

    attributions: int = Field(default=0, ge=0)
    independent: int = Field(default=0, ge=0)
    """Origins that are known and have no common upstream that the texts show."""
    unknown: int = Field(default=0, ge=0)
    """Attributions of which the texts do not say where they come from."""
    shared_with: tuple[str, ...] = ()
    """Ids of other briefs whose words go back to the same origin as this one's, the first 50."""
    articles: int = Field(default=0, ge=0)
    """In how many articles the claim is made."""
    origins: tuple[Origin, ...] = ()
    """Known ones first, the one behind most attributions first; the first 50."""


class Brief(Frozen):
    """Everything a checker needs for one claim."""

    id: str
    claim: Claim
    attribution: Attribution
    evidence: tuple[Evidence, ...] = ()
    searched: tuple[str, ...] = ()
    missing_evidence: tuple[MissingEvidence, ...] = ()
    questions: tuple[Question, ...] = ()
    see_questions: tuple[str, ...] = ()
    """Ids of questions printed under another claim whose answers serve this one too."""
    flags: tuple[Flag, ...] = ()
    related: tuple[Related, ...] = ()
    """Conflicts first, then what says the same; the first 50 where there are more."""
    related_in_all: int = Field(default=0, ge=0)
    """How many there are, those that `related` has no room for included."""
    origins: Origins = Origins()
    desk: Desk = Desk()


class FormerClaim(Frozen):
    """A claim that an editor decided about, and whose words the article does not have any more.

    Nothing of it is a quotation of this text.
    """

    id: str
    words: str | None
    """As an earlier version of the article had them; null where nobody decided on words."""
    name: str | None = None
    """Whose words they were, by the best name that that version gave."""
    text_sha256: str | None = None
    """Hash of the text that had them."""
    questions: tuple[Question, ...] = ()
    """Those that a person answered."""
    desk: Desk


FIRST_SOURCES = 8
"""Sources on the first screen."""


class SourceLine(Frozen):
    """One source of the article in the overview."""

    name: str
    kind: str
    role: str | None = None
    claims: int = Field(ge=0)
    """How many claims rest on it."""
    via: tuple[str, ...] = ()


class Sourcing(Frozen):
    """What the article rests on."""

    summary: str
    """Two or three sentences for the first screen."""
    sources: tuple[SourceLine, ...] = ()
    """By how many claims rest on each; who denies what others say is among the first `FIRST_SOURCES`."""
    unnamed: int = Field(default=0, ge=0)
    """How many of the sources have no name."""
    figures: int = Field(default=0, ge=0)
    figures_without_source: int = Field(default=0, ge=0)


class Criticised(Frozen):
    """A person or body that the article criticises."""

    name: str
    asked: Literal["yes", "no", "unsaid"]
    where: tuple[Span, ...]


class NameEntry(Frozen):
    """A name on the checklist, with the spellings that the article uses."""

    name: str
    variants: tuple[str, ...] = ()
    role: str | None = None
    places: tuple[Span, ...]


class Overview(Frozen):
    """The first screen."""

    sourcing: Sourcing
    flags: tuple[Flag, ...] = ()
    """Flags about the article as a whole."""
    criticised: tuple[Criticised, ...] = ()
    first_questions: tuple[str, ...] = ()
    """Ids of the questions that settle most: look-ups first, then calls."""
    names: tuple[NameEntry, ...] = ()


class Failure(Frozen):
    """Something that did not work while a brief was made; it stands in the header."""

    where: str
    kind: str
    message: str


class Made(Frozen):
    """How the briefs were made."""

    engine: str
    model: str | None = None
    prompts: dict[str, str] = Field(default_factory=dict)
    """Prompt name to its version and hash."""
    failures: tuple[Failure, ...] = ()
    tool_version: str


class ArticleBriefs(Frozen):
    """An article with all its briefs: the content of `outputs/<slug>.json`.

    Raises ValueError (pydantic's ValidationError) if a quoted text is not the exact slice of the
    article, an offset lies outside it, or a non-blank character is in no ledger entry.
    """

    schema_version: Literal["1"] = "1"
    article: Article
    overview: Overview
    ledger: tuple[LedgerEntry, ...]
    briefs: tuple[Brief, ...]
    former: tuple[FormerClaim, ...] = ()
    """Claims that editors decided about and that are in the article no longer."""
    made: Made

    @property
    def flags_in_all(self) -> int:
        """Return how many flags there are, one that stands under two claims counted once."""
        return len({flag.alone for brief in self.briefs for flag in brief.flags} | set(self.overview.flags))

    @model_validator(mode="after")
    def _proved(self) -> Self:
        text = self.article.text
        for brief in self.briefs:
            quoted = (brief.claim.quote, *brief.claim.quantities, *brief.claim.dates)
            for quote in quoted:
                if quote.of(text) != quote.text:
                    raise ValueError(f"brief {brief.id}: {quote.text!r} is not at {quote.start}")
        covered = 0
        for entry in self.ledger:
            if entry.start < covered:
                raise ValueError(f"ledger entries overlap at {entry.start}")
            if text[covered : entry.start].strip():
                raise ValueError(f"text at {covered} is in no ledger entry")
            covered = entry.end
        if text[covered:].strip():
            raise ValueError(f"text at {covered} is in no ledger entry")
        return self


class Finding(Frozen):
    """A flag with the claims it concerns."""

    flag: Flag
    briefs: tuple[str, ...] = ()
    """Ids of the claims that it stands under."""
    beside: tuple[str, ...] = ()
    """Ids of other claims of which it names a part, and which lack nothing themselves."""
    article_wide: bool = False
    """Shown on the first screen."""


class Composition(Frozen):
    """What composing an article gives: the first screen and a brief a claim, in the article's order."""

    overview: Overview
    briefs: tuple[Brief, ...]
