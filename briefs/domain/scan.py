"""What the text says of itself: who says what, figures, dates, hedges, names. No judgement yet.

Terms follow the field: an attribution is source + cue + content (PolNeAR, Newell et al. 2018).
"""

from enum import StrEnum
from typing import Literal

from pydantic import Field

from briefs.domain.spans import Frozen, How, Mention, Quote, Span

Number = int | float
OFFLINE = "offline"
"""`drafted_by` of what the deterministic engine found or wrote."""


class SourceKind(StrEnum):
    """What kind of source stands behind attributed words."""

    NAMED = "named"
    """A person with a name."""
    ANONYMOUS = "anonymous"
    """A person or persons without one: "a law enforcement source", "some"."""
    ORGANISATION = "organisation"
    """A body, government, company, office: "officials", "the ministry"."""
    MEDIA = "media"
    """An outlet or its journalists."""
    DOCUMENT = "document"
    """A report, court paper, data set."""
    UNATTRIBUTED = "unattributed"
    """The article says it in its own voice."""


class Speech(StrEnum):
    """How the attributed words are given."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"
    NONE = "none"


class ChainEnd(StrEnum):
    """Where the chain behind a claim stops."""

    DOCUMENT = "document"
    PERSON = "person"
    UNNAMED = "unnamed"
    UNSTATED = "unstated"


class Source(Mention):
    """Whose words these are."""

    role: str | None = None
    """Office or description as the article gives it: "Foreign Ministry spokesperson"."""


class Attribution(Frozen):
    """One attribution: a source, the words that attribute (cue), and what is attributed (content)."""

    kind: SourceKind
    source: Source | None = None
    cue: Span | None = None
    content: tuple[Span, ...] = ()
    """The attributed words alone, without the "X said"; several pieces where the cue interrupts them."""
    via: tuple[Mention, ...] = ()
    """Who passed the words to the article, nearest the article first."""
    basis: tuple[Mention, ...] = ()
    """What the source leans on, in order, nearest the source first."""
    chain_end: ChainEnd = ChainEnd.UNSTATED
    speech: Speech = Speech.NONE
    anonymity_reason: Span | None = None
    """The reason that the article gives for a source's anonymity."""
    drafted_by: str = OFFLINE
    """Who read the source out of the article: "offline" or a model's id."""

    @property
    def how(self) -> How | None:
        """Return how the source was found, or none where there is no source."""
        return self.source.how if self.source else None

    @property
    def hearsay(self) -> bool:
        """Tell whether somebody unnamed passed on what a known source said: "Roe reportedly said"."""
        known = self.source is not None and self.kind is not SourceKind.ANONYMOUS
        return known and self.chain_end is ChainEnd.UNNAMED and not self.basis


OWN_VOICE = Attribution(kind=SourceKind.UNATTRIBUTED)
"""The attribution of what an article says itself."""


class Quantity(Quote):
    """A figure with what it counts.

    `low` and `high` are the inclusive bounds that the words allow, both equal for a plain number;
    one is null for an open bound ("more than 21,000": low 21000, high null).
    """

    low: Number | None
    high: Number | None
    unit: str | None = None
    """What is counted or measured, in the article's words: "soldiers", "criminal cases", "%", "USD"."""
    approximate: bool = False
    period: str | None = None
    """The time that the figure is for, in the article's words: "in October", "per month"."""
    denominator: str | None = None
    """What a share is of, or a rate is per, in the article's words."""
    kind: Literal["count", "money", "percent", "measure", "ordinal", "multiple", "score"] = "count"
    predicate: str | None = None
    """What the counted thing does or undergoes, in its dictionary form: "kill", "walk out", "resignation"."""


class DateMention(Quote):
    """A date or time expression.

    `iso` is the value where the article fixes it (YYYY, YYYY-MM, YYYY-MM-DD or a date-time), null
    where it does not: without a dateline no year is guessed. `from_date` and `to_date` bound a period.
    """

    iso: str | None = None
    from_date: str | None = Field(default=None, alias="from")
    to_date: str | None = Field(default=None, alias="to")
    kind: Literal["date", "month", "year", "period", "relative", "time", "duration"] = "date"
    month: int | None = Field(default=None, ge=1, le=12)
    """The month that the words name, known even where the year is not."""
    day: int | None = Field(default=None, ge=1, le=31)


class Hedge(Span):
    """Words that hold back certainty: "allegedly", "reportedly", "if accurate"."""

    kind: Literal["report", "allegation", "condition", "possibility", "approximation", "belief"]


class Superlative(Span):
    """A first, record or extreme: "highest since", "unprecedented", "the only"."""

    kind: Literal["record", "first", "extreme", "only"]
    scope: Span | None = None
    """The words that bound it: "since the beginning of the conflict"."""


class Entity(Mention):
    """A named person, body, place or group as the text names it."""

    label: Literal["PERSON", "ORG", "PLACE", "GROUP", "EVENT", "LAW", "WORK", "OTHER"]
    role: str | None = None


class Reference(Mention):
    """A pronoun or description ("she", "the agency") that stands for a named person or body."""

    antecedent: Span


class Criticism(Frozen):
    """Criticism or accusation of an identifiable person or body, and whether their answer is there."""

    target: Mention
    by: str | None = None
    """Who criticises; null where the article does so in its own voice."""
    place: Span
    answer: Span | None = None
    """Where the article carries the target's answer."""
    asked: Literal["yes", "no", "unsaid"] = "unsaid"
    """"yes": an answer, or that they were asked, stands in the article; "no": it says they were not."""


class Clause(Span):
    """A part of a sentence that states something on its own, where a sentence states several things."""

    sentence: int = Field(ge=0)
    subject: Span | None = None


class Signals(Frozen):
    """Plain yes/no facts about one sentence, each with the words that show it."""

    sentence: int = Field(ge=0)
    finite: bool = True
    """Has a finite verb (a headline or list item may not)."""
    question: bool = False
    imperative: bool = False
    first_person: bool = False
    prediction: tuple[Span, ...] = ()
    """"will", "is expected to", "could", "likely": about what has not happened."""
    opinion: tuple[Span, ...] = ()
    """Words of judgement."""
    cause: tuple[Span, ...] = ()
    """"because of", "led to", "due to"."""
    comparison: tuple[Span, ...] = ()
    """"more than before", "rose", "doubled", "fewer"."""
    rule: tuple[Span, ...] = ()
    """Laws, courts, obligations."""
    harm: tuple[Span, ...] = ()
    """Accusation, crime, death, damage to a person's or body's name."""
    negation: tuple[Span, ...] = ()
    event: tuple[Span, ...] = ()
    """Verbs that report something that happened."""
    generic: bool = False
    """No name, figure, date or particular event: said of things in general."""
    past: bool = False
    """Has a verb in the past, or a participle: of what was done."""
    going_on: bool = False
    """Its main verb says what is going on: "is building"."""
    acts: bool = False
    """Its main verb does something: neither be nor have, neither thinking nor asking."""
    of_kinds: bool = False
    """Its subject is a noun without an article: "farmers", "class size"."""
    nouns: int = Field(default=0, ge=0)
    """How many different common nouns."""
    proper: int = Field(default=0, ge=0)
    """How many words of names."""


class Scan(Frozen):
    """Everything the offline pass finds in one article; each tuple is in the article's order."""

    attributions: tuple[Attribution, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    dates: tuple[DateMention, ...] = ()
    hedges: tuple[Hedge, ...] = ()
    entities: tuple[Entity, ...] = ()
    references: tuple[Reference, ...] = ()
    superlatives: tuple[Superlative, ...] = ()
    criticisms: tuple[Criticism, ...] = ()
    clauses: tuple[Clause, ...] = ()
    signals: tuple[Signals, ...] = ()
    """One a sentence that is article text."""
