"""Who says so, and through whom: an attribution and its chain in words for people."""

from typing import NamedTuple

from briefs.domain.scan import OFFLINE, Attribution, ChainEnd, Source, SourceKind, Speech
from briefs.domain.spans import How, Mention, Span
from briefs.steps.render.drafting import READING
from briefs.steps.render.wording import CHAIN_ENDS, SOURCE_KINDS, SPEECH, listing, source_kind

OWN_VOICE = "the article itself"
"""Who says so where the article names nobody."""


class Line(NamedTuple):
    """One labelled line of a brief."""

    label: str
    text: str


def who(attribution: Attribution) -> str:
    """Return the source in a few words, for a table."""
    words = _who(attribution)
    return words if attribution.drafted_by == OFFLINE else f"{words} ({READING})"


def _who(attribution: Attribution) -> str:
    source = attribution.source
    if attribution.kind is SourceKind.UNATTRIBUTED and source is None:
        return OWN_VOICE
    if source is None:
        return "unnamed source" if attribution.kind is SourceKind.ANONYMOUS else "not stated"
    name = source.name + (" (unnamed)" if _kind(attribution, source) == "unnamed" else "")
    if source.how is How.POSSIBLE:
        return f"not stated; {name}?"
    return f"{name}, by way of {attribution.via[0].name}" if attribution.via else name


def chain(attribution: Attribution, text: str) -> tuple[Line, ...]:
    """Return the lines that say whose words a claim is, who passed them on and what they lean on."""
    says = _source(attribution, text)
    if attribution.drafted_by != OFFLINE:
        says = f"{says}; {READING}"
    lines = [Line("Who says so", says)]
    if attribution.anonymity_reason is not None:
        lines.append(
            Line("Reason given for leaving out the name", _slice(attribution.anonymity_reason, text))
        )
    passed_on = [_mention(each, text) for each in attribution.via]
    if attribution.hearsay:
        passed_on.append("somebody the article does not name")
    if passed_on:
        lines.append(Line("Passed on by", listing(passed_on)))
    if attribution.basis:
        lines.append(Line("Leaning on", listing([_mention(m, text) for m in attribution.basis])))
    lines.append(Line("The chain ends", _end(attribution)))
    return tuple(lines)


def _end(attribution: Attribution) -> str:
    unstated = attribution.chain_end is ChainEnd.UNSTATED and not attribution.basis
    if unstated and attribution.kind is SourceKind.DOCUMENT:
        return "with a document, which the article does not show"
    return CHAIN_ENDS[attribution.chain_end]


def _source(attribution: Attribution, text: str) -> str:
    source = attribution.source
    if source is None:
        if attribution.kind is SourceKind.UNATTRIBUTED:
            return "the article itself, in its own voice"
        if attribution.kind is SourceKind.ANONYMOUS:
            return "somebody the article does not name"
        return f"not stated ({SOURCE_KINDS[attribution.kind]})"
    named = _described(source, attribution)
    if source.how is How.POSSIBLE:
        return f"not stated here; perhaps {named}, which is named nearby: to be asked"
    parts = [named]
    if attribution.speech is not Speech.NONE:
        parts.append(SPEECH[attribution.speech])
    how = _how(source, text)
    return ", ".join(parts) + (f"; {how}" if how else "")


def _described(source: Source, attribution: Attribution) -> str:
    role = f", {source.role}" if source.role and source.role.casefold() not in source.name.casefold() else ""
    words = _kind(attribution, source)
    return f"{source.name}{role} ({words})" if words else f"{source.name}{role}"


def _kind(attribution: Attribution, source: Source) -> str:
    """Return what kind of source it is, unless its name says so: "unnamed officials"."""
    words = source_kind(attribution.kind, source.name)
    return "" if words in source.name.casefold() else words


def _mention(mention: Mention, text: str) -> str:
    if mention.how is How.POSSIBLE:
        return f"perhaps {mention.name}"
    how = _how(mention, text)
    return f"{mention.name} ({how})" if how else mention.name


def _how(mention: Mention, text: str) -> str:
    """Return how a name was found, where the sentence itself does not give it."""
    if mention.how is How.RESOLVED:
        return f"the article writes {_slice(mention, text)} here"
    if mention.how is How.CARRIED:
        return "carried on from what comes before, not named again here"
    return ""


def _slice(span: Span, text: str) -> str:
    """Return the exact words at a place, between quotation marks."""
    return f"“{' '.join(span.of(text).split())}”"
