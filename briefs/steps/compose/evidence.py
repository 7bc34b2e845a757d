"""What would settle a claim and is not in the article: documents, records, recordings, data and people."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from briefs.domain.brief import MissingEvidence
from briefs.domain.claims import ClaimType
from briefs.domain.scan import SourceKind
from briefs.steps.compose.facts import Facts
from briefs.steps.compose.figure import Figure
from briefs.steps.compose.parties import Party
from briefs.steps.compose.phrases import of, words
from briefs.steps.compose.reading import Reading, flat

MOST = 4
"""Items under one claim."""


class Reports:
    """The reports that an article passes on: each is named once, in the words of the first claim from it."""

    def __init__(self) -> None:
        self._named: dict[_Report, str] = {}

    def named(self, via: Party, date: str | None, matter: str) -> str:
        """Return what to call a report by `via`, of `date` if that is known; none lends another its date."""
        what = f"the report by {via.phrase}{f' of “{date}”' if date else matter}"
        return self._named.setdefault(_Report(via.key, date), what)


class _Report(NamedTuple):
    by: str
    date: str | None


def missing(reading: Reading, facts: Facts, reports: Reports) -> tuple[MissingEvidence, ...]:
    """Return what is missing for one claim, the nearest to the claim first."""
    found: dict[str, MissingEvidence] = {}
    for item in (*_chain(reading, facts, reports), *_substance(reading, facts)):
        found.setdefault(item.what.lower(), item)
    return tuple(found.values())[:MOST]


def _chain(reading: Reading, facts: Facts, reports: Reports) -> Iterator[MissingEvidence]:
    """Yield what would show that the source said it."""
    source, kind = facts.source, facts.attribution.kind
    for via in facts.via if kind is not SourceKind.DOCUMENT else ():  # a paper is named itself, below
        yield MissingEvidence(
            what=reports.named(via, _date(reading, facts), _on(facts)),
            why="the article passes it on and does not show it",
            holder=via.phrase if via.person else f"{via.phrase} (archive)",
        )
    for basis in facts.basis:
        subject = f" behind {facts.figures[0].phrase}" if facts.figures else _on(facts)
        if basis.paper:
            yield MissingEvidence(
                what=f"{basis.phrase} in full{subject}",
                why="it ends the chain; the article does not show it",
                holder=f"whoever issued it, or {source.ask}" if source else "whoever issued it",
            )
            continue
        yield MissingEvidence(
            what=f"the {'data' if facts.figures else 'document'} of {basis.phrase}{subject}",
            why="it ends the chain; the article neither shows nor dates it",
            holder=_meant(basis.group) if basis.group else basis.phrase,
        )
    if source is None:
        return
    role = (facts.attribution.source.role or "") if facts.attribution.source else ""
    if kind is SourceKind.ANONYMOUS and facts.type is ClaimType.PERSONAL:
        return
    if source.vague or kind is SourceKind.ANONYMOUS:
        yield MissingEvidence(
            what=_backer(facts, source),
            why=f"{_called(source)} cannot be looked up",
            holder=reading.author,
        )
    elif kind is SourceKind.DOCUMENT:
        yield MissingEvidence(
            what=f"{source.phrase} in full, with {'their' if source.many else 'its'} date",
            why=f"the article does not show {'them' if source.many else 'it'}",
            holder=f"whoever issued {'them' if source.many else 'it'}",
        )
    elif kind is SourceKind.MEDIA:
        yield MissingEvidence(
            what=f"the report by {source.phrase}{_on(facts)}",
            why="its own sources are not named here",
            holder=f"{source.phrase} (archive)",
        )
    elif facts.via and facts.via[0].phrase.removeprefix("the ") in role:
        return  # the outlet's own correspondent: his words are its report
    elif facts.direct or source.person or kind is SourceKind.NAMED:
        yield _recording(reading, facts, source)
    elif not facts.figures:
        yield MissingEvidence(
            what=f"the statement or paper with {of('exact words', source.phrase)}{_spoken_on(facts)}",
            why="the article gives no date and no document",
            holder=_office(source),
        )


def _recording(reading: Reading, facts: Facts, source: Party) -> MissingEvidence:
    occasion = f" (“{facts.occasion}”)" if facts.occasion else ""
    holder = facts.via[0].phrase if facts.via else _office(source)
    if holder == source.phrase:  # somebody without an office: only the reporter can have kept the words
        return MissingEvidence(
            what=f"notes or recording of {of('words', source.phrase)}{occasion}",
            why="it shows the exact words, what came before and after, and the day",
            holder=reading.author,
        )
    return MissingEvidence(
        what=f"recording or full transcript of {of('words', source.phrase)}{occasion}",
        why="it shows the exact words, what came before and after, and the day",
        holder=f"{holder}, or {reading.author}" if reading.own else holder,
    )


def _substance(reading: Reading, facts: Facts) -> Iterator[MissingEvidence]:
    """Yield what would show that it is so."""
    if facts.voiced:
        return
    keeper = facts.holder.office if facts.holder else None
    if facts.unanswered:
        yield MissingEvidence(
            what="the message that asked for comment, with its date and hour, and whatever came back",
            why="it shows whether there was time to answer",
            holder=reading.author,
        )
        return
    if facts.superlative:
        yield MissingEvidence(
            what=f"the whole series behind “{facts.superlative}”, from its first entry",
            why="without the earlier values nobody can tell an extreme from the usual",
            holder=keeper or "whoever keeps the series",
        )
    figures = [figure for figure in facts.figures if figure.statistic]
    yield from (_behind(figure, facts, keeper) for figure in figures[:2])
    if figures or facts.superlative or facts.thesis or facts.attribution.kind is SourceKind.DOCUMENT:
        return  # asked for above; a headline stands on the text below it
    keeps = not facts.lays_down or (facts.holder is not None and facts.holder.keeps_texts)
    if facts.holder and keeps and (facts.has_day or facts.lays_down or facts.type is ClaimType.QUANTITY):
        yield MissingEvidence(
            what=f"the {facts.holder.record} on {_it(facts)}{_ends(facts)}",
            why=_WHY.get(_kind(facts), "a record made at the time outweighs a retelling"),
            holder=facts.holder.office,
        )
    elif facts.type is ClaimType.RULE and (facts.direct or facts.has_cause) and not facts.of_law:
        return  # words about a rule, or what it did: not what its text says
    elif facts.lays_down:
        yield MissingEvidence(
            what=f"the text of the law or rule behind {_it(facts)}, with its number",
            why=_WHY[ClaimType.RULE],
            holder="whoever issued it",
        )
    elif facts.type is ClaimType.CAUSE and (facts.has_day or facts.absent or facts.cause_sought):
        return  # one event's reason is no matter for a survey: whoever gives it is asked
    elif facts.type is ClaimType.CAUSE:
        yield MissingEvidence(
            what=f"a study, survey or inquiry that bears out {_it(facts)}"
            if facts.states_cause
            else f"a study or survey of the reasons for {_it(facts)}",
            why="an assumed cause needs a comparison to become a finding",
            holder="researchers in that field",
        )
    elif (
        facts.type is ClaimType.EVENT
        and facts.has_day
        and not (facts.absent or facts.retold or facts.of_many)
    ):
        yield MissingEvidence(
            what=f"a dated record, picture or witness account of {_it(facts)}{_ends(facts)}",
            why="the article shows none",
            holder=f"witnesses or authorities in {facts.town}" if facts.town else reading.author,
        )
    elif facts.source is None and facts.type is not ClaimType.OTHER and not facts.absent:
        yield MissingEvidence(
            what=f"a document or witness for {_it(facts)}",
            why="the article names no source",
            holder=reading.author,
        )


def _kind(facts: Facts) -> ClaimType:
    return ClaimType.RULE if facts.of_law else facts.type


_WHY = {
    ClaimType.RULE: "the text of a rule outweighs any account of it",
    ClaimType.CAUSE: "it would show whether the reason was looked into at all",
    ClaimType.EVENT: "a record made at the time outweighs a retelling",
}


_BEHIND = {
    "count": (
        "the count and the definitions behind",
        "only the count shows what is in the figure and which dates it covers",
    ),
    "group": (
        "a report, list or witness account, with place and day, of the",
        "a few people at one place are seen and named; no series has their number",
    ),
    "money": ("the account or contract behind", "it shows what the sum covers, over what time and from whom"),
    "percent": ("the full table behind", "a share says little without the whole that it is part of"),
    "measure": ("the record of measuring", "it shows when, with what and how exactly it was measured"),
}
_KEEPS = {"money": "whoever keeps the account", "measure": "whoever took the measurement"}
_PERIOD = re.compile(r"(?:in|since|per|every|each|during|over|between|from|by|a|an) \w", re.IGNORECASE)


def _behind(figure: Figure, facts: Facts, keeper: str | None) -> MissingEvidence:
    counted = figure.given.kind == "measure" and figure.given.period  # "tonnes a year" are counted
    kind = "count" if counted else figure.given.kind
    name, why = _BEHIND["group"] if facts.counts_once(figure) else _BEHIND.get(kind, _BEHIND["count"])
    period = flat(figure.given.period) if figure.given.period else ""
    if period[:1].isupper() and period.split()[0].lower() in words("function"):
        period = period[0].lower() + period[1:]
    span = f" {period}" if _PERIOD.match(period) and period not in figure.phrase else ""
    source = facts.source or figure.owner
    document = facts.attribution.kind is SourceKind.DOCUMENT or (source is not None and source.paper)
    spoken = source is not None and not source.vague and not document
    stated = source.phrase if source is not None and spoken else None
    counts_itself = facts.attribution.kind is SourceKind.ORGANISATION and not (source and source.person)
    bases = [basis.phrase for basis in facts.basis if not (basis.paper or basis.group)]
    told = source is not None and (source.person or facts.attribution.kind is SourceKind.NAMED)
    someone = _KEEPS.get(kind, "whoever made the count")
    if source is not None and source.group:
        keeper = keeper or _meant(source.group)
    elif stated and counts_itself and not (facts.holder and facts.holder.named):
        keeper = stated
    elif stated and told:  # who speaks of a count has not made it
        keeper = keeper or next(iter(bases), None)
        keeper = keeper or (f"the office behind “{facts.official}”" if facts.official else None)
        stated = f"{someone}: {stated} can say who"
    return MissingEvidence(
        what=f"{name} {figure.phrase}{span}",
        why=why,
        holder=keeper or stated or someone,
    )


def _meant(group: str) -> str:
    return f"whoever is meant by “{group}”"


def _on(facts: Facts) -> str:
    return f",{_spoken_on(facts)}" if facts.matter else ""


def _spoken_on(facts: Facts) -> str:
    if facts.told:
        return f" {'behind' if facts.told.content == facts.told.deed else 'on'} “{facts.told.content}”"
    return f" on “{facts.matter}”" if facts.matter else ""


def _it(facts: Facts) -> str:
    return f"“{facts.matter}”" if facts.matter else "what is said here"


def _ends(facts: Facts) -> str:
    """Name a length of time that a record has to bear out: by its two ends, not by what somebody recalls."""
    return f", with the start and the end of “{facts.length}”" if facts.length else ""


def _backer(facts: Facts, source: Party) -> str:
    """Return what would name somebody, or a paper, behind words that have no name."""
    if facts.attribution.kind is SourceKind.DOCUMENT:
        return f"the title and date of the paper that has {_figure_or_matter(facts)}"
    if facts.told is None or any(figure.statistic for figure in facts.figures):
        return f"the name of somebody who stands by {_figure_or_matter(facts)}"
    if source.vague or source.many:
        return f"the name of one of those who “{facts.told.deed}”"
    return f"the name of {source.phrase}, who “{facts.told.deed}”"


def _figure_or_matter(facts: Facts) -> str:
    figure = next((figure for figure in facts.figures if figure.statistic), None)
    return f"the figure of {figure.phrase}" if figure else _it(facts)


def _called(source: Party) -> str:
    return f"“{source.vague}”" if source.vague else source.phrase


def _office(source: Party) -> str:
    return source.ask


def _date(reading: Reading, facts: Facts) -> str | None:
    """Return the words of a full date beside the attribution, as a report's date."""
    for date in facts.claim.claim.dates:
        exact = date.of(reading.text)
        if date.kind == "date" and date.day and flat(exact) == exact:
            return exact
    return None
