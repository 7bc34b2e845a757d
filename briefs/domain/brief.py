"""The brief and the file of an article's briefs: the JSON contract, schema version 1."""

from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, model_validator

from briefs.domain.article import Article
from briefs.domain.claims import Claim, LedgerEntry
from briefs.domain.scan import OFFLINE, Attribution
from briefs.domain.spans import Frozen, Span

SCHEMA_VERSION = "1"


class Stance(StrEnum):
    """Stance of a passage towards a claim (FEVER, Thorne et al. 2018)."""

    SUPPORTS = "SUPPORTS"
    REFUTES = "REFUTES"
    NOT_ENOUGH_INFO = "NOT_ENOUGH_INFO"


class Evidence(Frozen):
    """A passage of a document at hand that bears on a claim."""

    document: str
    place: str
    quote: str
    stance: Stance
    drafted_by: str


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
    """Unique in the article: "q1", "q2", …"""
    text: str
    ask: str
    """Whom to ask: a name or a role."""
    settles: str
    serves: tuple[str, ...]
    """Ids of the briefs that the answer serves, the one that prints it first."""
    answer: str | None = None
    drafted_by: str = OFFLINE


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


class Flag(Frozen):
    """A place where the text, taken by its own words, does not sit right."""

    kind: FlagKind
    note: str
    """One or two sentences with the arithmetic or the two wordings shown."""
    spans: tuple[Span, ...]
    """The words it is about, each an exact place."""
    other_brief: str | None = None


class Related(Frozen):
    """A claim of this or another article that says the same, conflicts or is related."""

    kind: Literal["same", "conflict", "related"]
    brief: str
    article: str
    note: str


class Origins(Frozen):
    """How many attributions stand behind a claim, and how many origins they come from."""

    attributions: int = Field(default=0, ge=0)
    independent: int = Field(default=0, ge=0)
    unknown: int = Field(default=0, ge=0)
    shared_with: tuple[str, ...] = ()


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
    """An editor's fields; the tool fills in none of them."""

    said: Check = Check.OPEN
    """The source said it."""
    so: Check = Check.OPEN
    """It is so."""
    status: Status = Status.OPEN
    checker: str | None = None
    date: str | None = None
    source_consulted: str | None = None
    archive_url: str | None = None
    corrected_wording: str | None = None
    note: str | None = None
    log: tuple[str, ...] = ()


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
    origins: Origins = Origins()
    desk: Desk = Desk()


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
    made: Made

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
    article_wide: bool = False
    """Shown on the first screen."""


class Composition(Frozen):
    """What composing an article gives: the first screen and a brief a claim, in the article's order."""

    overview: Overview
    briefs: tuple[Brief, ...]
