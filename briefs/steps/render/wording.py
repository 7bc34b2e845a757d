"""Words for people: what the contract's values are called on a page an editor reads.

No verdict, no decimal score, no term of ours where the newsroom has a word.
"""

import re

from briefs.data import load
from briefs.domain.article import Copy, FurnitureKind
from briefs.domain.brief import FlagKind, Stance
from briefs.domain.claims import ClaimType
from briefs.domain.desk import Check, Status
from briefs.domain.scan import ChainEnd, SourceKind, Speech
from briefs.llm.port import FailureKind

SOURCE_KINDS = {
    SourceKind.NAMED: "named person",
    SourceKind.ANONYMOUS: "unnamed",
    SourceKind.ORGANISATION: "body",
    SourceKind.MEDIA: "media",
    SourceKind.DOCUMENT: "document",
    SourceKind.UNATTRIBUTED: "the article's own voice",
}
SPEECH = {
    Speech.DIRECT: "in direct quotation",
    Speech.INDIRECT: "in the article's paraphrase",
    Speech.MIXED: "partly quoted, partly in paraphrase",
    Speech.NONE: "",
}
CHAIN_ENDS = {
    ChainEnd.DOCUMENT: "with a document",
    ChainEnd.PERSON: "with a person, not a document",
    ChainEnd.UNNAMED: "with somebody unnamed",
    ChainEnd.UNSTATED: "unstated in the article",
}
CLAIM_TYPES = {
    ClaimType.QUANTITY: "figure",
    ClaimType.EVENT: "event",
    ClaimType.STATEMENT: "statement",
    ClaimType.CAUSE: "cause and effect",
    ClaimType.RULE: "law or rule",
    ClaimType.PREDICTION: "prediction",
    ClaimType.OPINION: "opinion",
    ClaimType.PERSONAL: "personal account",
    ClaimType.OTHER: "other",
}
FLAGS = {
    FlagKind.HEADLINE_FIRMER: "headline firmer than the text",
    FlagKind.HEDGE_LOST: "a reservation is lost",
    FlagKind.CORROBORATION_DIFFERS: "corroborated by a different figure",
    FlagKind.RATE_AND_TOTAL: "rate and total do not fit",
    FlagKind.RANGE_AND_BOUND: "range ends below another figure",
    FlagKind.PARTS_EXCEED_WHOLE: "parts exceed the whole",
    FlagKind.UNITS_MIXED: "unlike things counted as one",
    FlagKind.FIGURE_ANNOUNCED: "figure announced, not given",
    FlagKind.FIGURE_UNSOURCED: "figure without a source",
    FlagKind.INTERVAL_MISFIT: "interval does not fit its dates",
    FlagKind.YEAR_MISFIT: "years do not fit",
    FlagKind.QUOTATION_SPLICED: "quotation put together from pieces",
    FlagKind.ANONYMOUS_OPINION: "unnamed source for an opinion",
    FlagKind.FIGURES_DIFFER: "figures differ",
    FlagKind.SOURCE_DISPUTED: "unclear whose words these are",
    FlagKind.PROOF_CLAIMED: "“proved” for what somebody said",
    FlagKind.DATE_MISFIT: "date does not fit the calendar or the article",
    FlagKind.UNIT_MISFIT: "unit does not fit",
    FlagKind.QUOTATION_DIFFERS: "one quotation in two versions",
    FlagKind.STATEMENTS_DIFFER: "two sentences contradict each other",
    FlagKind.NEGATION_MISSING: "a negation may be missing",
    FlagKind.NAME_UNINTRODUCED: "name not introduced where it speaks",
    FlagKind.HIDDEN_TEXT: "hidden text in the page",
    FlagKind.MACHINE_ADDRESSED: "addressed to a program, not to readers",
}
FURNITURE = {
    FurnitureKind.BANNER: "outlet name or section line",
    FurnitureKind.ADVERTISING: "advertising",
    FurnitureKind.COOKIES: "cookie notice",
    FurnitureKind.NEWSLETTER: "newsletter box",
    FurnitureKind.COMMENTS: "comment form",
    FurnitureKind.SHARING: "share bar",
    FurnitureKind.READ_MORE: "list of other articles",
    FurnitureKind.WIDGET: "text of the site's theme or a widget",
    FurnitureKind.NAVIGATION: "navigation",
    FurnitureKind.LEGAL: "copyright line",
    FurnitureKind.BYLINE: "byline or dateline",
    FurnitureKind.HIDDEN: "hidden text, which no reader of the page sees",
    FurnitureKind.UNSHOWN: "text that the page does not show",
    FurnitureKind.ORIGIN: "note on where the article first appeared",
}
STANCES = {
    Stance.SUPPORTS: "agrees",
    Stance.REFUTES: "differs",
    Stance.NOT_ENOUGH_INFO: "does not settle it",
}
CHECKS = {Check.OPEN: "open", Check.CONFIRMED: "confirmed", Check.NOT_CONFIRMED: "not confirmed"}
STATUSES = {
    Status.OPEN: "open",
    Status.USABLE: "usable",
    Status.CORRECT: "needs correction",
    Status.SOFTEN: "soften",
    Status.CUT: "cut",
}
COPIES = {Copy.OWN: "our own draft", Copy.PUBLISHED: "published by others"}
ASKED = {
    "yes": "their answer, or that they were asked, is in the article",
    "no": "the article says they were not asked or could not be reached",
    "unsaid": "the article does not say whether they were asked",
}
FAILURES = {
    FailureKind.RATE_LIMITED: "the model's provider allows no more calls for now",
    FailureKind.QUOTA: "the account has no allowance left",
    FailureKind.NOT_AUTHORISED: "the key was not accepted",
    FailureKind.BAD_REQUEST: "the server did not accept the request",
    FailureKind.CONTEXT_LENGTH: "the text is longer than the model can read at once",
    FailureKind.SERVER_ERROR: "the model's server is in trouble",
    FailureKind.UNREACHABLE: "the model could not be reached",
    FailureKind.TIMED_OUT: "the model did not answer in time",
    FailureKind.REFUSED: "the model declined to answer",
    FailureKind.CONTENT_FILTER: "the provider's content filter stopped the answer",
    FailureKind.TRUNCATED: "the model's answer was cut off",
    FailureKind.EMPTY: "the model answered with nothing",
    FailureKind.MALFORMED: "the model's answer could not be read",
    FailureKind.BUDGET: "the budget was spent before this call",
}
"""Why a model gave nothing to read."""
PARTS = {
    "extract": "claims",
    "compose": "questions and missing evidence",
    "stance": "what documents say",
}
"""What a step's calls ask a model for."""

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_ISO = re.compile(
    r"(?P<year>[0-9]{4})-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>0[1-9]|[12][0-9]|3[01])"
    r"(?:T(?P<clock>[0-9]{2}:[0-9]{2})(?::[0-9.]+)?(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?)?)?"
)


def date_words(iso: str) -> str:
    """Return an ISO 8601 date or date-time as people write it; what is no such date, unchanged."""
    match = _ISO.fullmatch(iso)
    if match is None:
        return iso
    month, day, clock = match["month"], match["day"], match["clock"]
    words = f"{_MONTHS[int(month) - 1]} {match['year']}"
    words = f"{int(day)} {words}" if day else words
    return f"{words}, {clock}{_zone(match['zone'])}" if clock else words


def _zone(zone: str | None) -> str:
    return " UTC" if zone == "Z" else f" ({zone})" if zone else ""


def count(number: int, one: str, many: str) -> str:
    """Return a number with its noun: "1 claim", "12 claims"."""
    return f"{number} {one if number == 1 else many}"


def source_kind(kind: SourceKind, name: str) -> str:
    """Return what kind of source it is; a spokesperson without a name is no body, but speaks for one."""
    speaks_for = load("origins")["spokespeople"]
    if kind is SourceKind.ORGANISATION and not set(speaks_for).isdisjoint(name.split()):
        return "unnamed, for a body"
    return SOURCE_KINDS[kind]


def listing(words: tuple[str, ...] | list[str]) -> str:
    """Return words joined as in a sentence: "a, b and c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def upperfirst(words: str) -> str:
    """Return words with their first letter a capital and the rest untouched."""
    return words[:1].upper() + words[1:]


def stop(words: str) -> str:
    """Return words as a sentence: with a full stop, unless they end in a mark of their own."""
    return words if words.endswith((".", "?", "!", "…")) else f"{words}."
