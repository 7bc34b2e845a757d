"""Questions that a claim's own elements raise: figures, events, laws, causes, comparisons, superlatives."""

import re
from collections.abc import Iterator
from itertools import islice

from briefs.domain.claims import ClaimType
from briefs.domain.scan import SourceKind
from briefs.steps.compose.asking_detail import about_details
from briefs.steps.compose.facts import Facts
from briefs.steps.compose.figure import MANY, Figure
from briefs.steps.compose.parties import Party
from briefs.steps.compose.phrases import words
from briefs.steps.compose.proposals import Proposal, base, of_figure
from briefs.steps.compose.reading import Reading
from briefs.steps.compose.spells import counted_day

_WORD = re.compile(r"\w+")
MOST_FIGURES = 3
"""Figures of one claim that are asked about; more cannot all be settled under one claim."""


def about_claim(reading: Reading, facts: Facts) -> Iterator[Proposal]:
    """Yield the questions about what a claim says, whoever says it."""
    yield Proposal("bare", facts.id, 0, reading.author, base(facts), "claim")
    if facts.thesis:
        yield Proposal("headline_shown", facts.id, 9.3, reading.author, base(facts), "headline")
    if not facts.unanswered and facts.table is None:
        yield from about_details(reading, facts, _knower(reading, facts))
    if facts.voiced or facts.unanswered or facts.table is not None:
        return
    for number, figure in enumerate(facts.figures[:MOST_FIGURES]):
        proposals = _figure(reading, facts, figure)
        yield from proposals if number == 0 else islice(proposals, 1)
    yield from _lasted(reading, facts)
    yield from _compared(reading, facts)
    yield from _happened(reading, facts)
    if facts.type is ClaimType.PERSONAL:
        ask = facts.source.ask if facts.source else reading.author
        yield Proposal("personal", facts.id, 6, ask, base(facts), "claim")
    yield Proposal("other", facts.id, 3, _knower(reading, facts), base(facts), "claim")


def _knower(reading: Reading, facts: Facts) -> str:
    """Who can answer on the matter itself: the record's holder, else the source, else the author."""
    if facts.holder and facts.holder.named:
        return facts.holder.office
    if facts.basis and not facts.basis[-1].group:
        return facts.basis[-1].ask
    if facts.attribution.kind is SourceKind.ORGANISATION and facts.source and _is_body(facts.source):
        return facts.source.ask  # a body that counts is nearer than an office that would
    if facts.holder:
        return facts.holder.office
    if facts.source and facts.attribution.kind is not SourceKind.ANONYMOUS and not facts.source.vague:
        return facts.source.ask
    return reading.author


def _is_body(source: Party) -> bool:
    return not (source.vague or source.person or source.nobody or source.group)


def _speaker(reading: Reading, facts: Facts) -> str:
    """Who can say what the words mean: the source, else the author."""
    return facts.source.ask if facts.source and not facts.source.vague else reading.author


def _kind(figure: Figure) -> str:
    """Return what sort of figure it is asked about as: "1.2 million tonnes a year" is a count."""
    if figure.relation:
        return "multiple"
    return "count" if figure.given.kind == "measure" and figure.given.period else figure.given.kind


def _figure(reading: Reading, facts: Facts, figure: Figure) -> Iterator[Proposal]:
    """Yield what to ask about one figure, whatever it measures."""
    given, slots = figure.given, base(facts) | of_figure(figure)
    about, knower, speaker = f"{facts.id} {figure.number}", _knower(reading, facts), _speaker(reading, facts)

    def propose(kind: str, weight: float, ask: str, wordings: str = "") -> Proposal:
        return Proposal(kind, about, weight, ask, slots, "figure", wordings)

    alone = {
        "multiple": ("figure_multiple", 7.5, speaker),
        "measure": ("figure_measure", 6.0, knower),
        "money": ("figure_money", 7.5, knower),
    }
    if figure.detail:
        return
    kind = _kind(figure)
    if given.kind == "score" or (figure.unit and words("votes") & set(figure.unit.lower().split())):
        if given.kind != "score" and facts.matter:
            slots["quoted"] = facts.matter  # "by four votes" says nothing of which vote
        yield propose("figure_vote", 8.6, knower if facts.holder else reading.author)
        return
    if kind in alone:
        yield propose(*alone[kind])
        return
    if given.kind == "percent" and not given.denominator:
        yield propose("figure_change" if figure.change else "figure_denominator", 8.4, speaker)
    if figure.vague:
        yield Proposal("figure_vague", about, 8.2, speaker, slots | {"quoted": figure.quoted or ""}, "figure")
        return
    if facts.counts_once(figure):
        # An office knows of which unit or firm its own people are.
        kept = "figure_group_record" if facts.holder else ""
        yield propose("figure_group", 8, knower if facts.holder else speaker, kept)
    elif figure.statistic:
        counted = "figure_record" if facts.holder else "figure_count"
        yield propose(counted, 8 if facts.holder else 5.2, knower)
        if facts.type is not ClaimType.EVENT or not facts.has_day:
            yield propose("figure_series", 5.6, knower)
        if given.kind == "count":
            yield from (propose(*each) for each in _count(facts, figure, knower, speaker))


def _count(facts: Facts, figure: Figure, knower: str, speaker: str) -> Iterator[tuple[str, float, str]]:
    """Yield kind, weight and addressee of what to ask about a count of persons, cases or things."""
    given, unit = figure.given, set((figure.given.unit or "").lower().split())
    once = facts.type is ClaimType.EVENT and facts.has_day
    if figure.unit and unit & words("cases"):
        yield "figure_cases", 7.4, knower
    elif figure.unit and unit & words("persons"):
        if max(given.low or 0, given.high or 0) > MANY:
            yield "figure_persons", 7.3, knower
    elif figure.unit and not once:
        yield "figure_definition", 6.5, knower
    if once and words("casualties") & set(_WORD.findall(facts.claim.claim.quote.text.lower())):
        yield "figure_tally", 7.2, speaker
    elif once:
        pass
    elif max(given.low or 0, given.high or 0) >= MANY and not given.period and not facts.dated:
        yield "figure_period", 6.8, speaker
    closed = given.low is not None and given.high is not None
    if closed and given.low != given.high and not given.approximate:
        yield "figure_spread", 7.1, speaker
    elif given.approximate or not closed:
        yield "figure_exact", 4.6, speaker
    if figure.unit and not once:
        yield "figure_context", 4, knower


def _lasted(reading: Reading, facts: Facts) -> Iterator[Proposal]:
    """Yield what to ask about a length of time, and about a day that is counted from another."""
    if facts.length:
        slots = base(facts) | {"quoted": facts.length}
        about = f"{facts.id} {facts.length.lower()}"
        yield Proposal("figure_length", about, 7.65, _knower(reading, facts), slots, "figure")
    if counted := counted_day(facts.claim):
        slots = base(facts) | {"quoted": counted}
        about = f"{facts.id} {counted.lower()}"
        yield Proposal("day_counted", about, 7.1, _speaker(reading, facts), slots, "event")


def _compared(reading: Reading, facts: Facts) -> Iterator[Proposal]:
    slots = base(facts)
    if facts.superlative:
        filled = slots | {
            "superlative": facts.superlative,
        }
        yield Proposal("superlative", facts.id, 7.7, _knower(reading, facts), filled, "series")
    elif facts.has_comparison and facts.type is not ClaimType.STATEMENT:
        kind = "comparison" if facts.changes else "comparison_beside"
        yield Proposal(kind, facts.id, 7 if facts.changes else 5, _knower(reading, facts), slots, "series")
    if (facts.has_cause or facts.type is ClaimType.CAUSE) and not (facts.absent or facts.cause_sought):
        weight = 8.3 if facts.type is ClaimType.CAUSE else 5.8
        kind = "cause_stated" if facts.states_cause else "cause_alternative"
        yield Proposal(kind, facts.id, weight, _speaker(reading, facts), slots, "cause")


def _dated(reading: Reading, facts: Facts) -> bool:
    """Tell whether the claim, or its paragraph, gives a date."""
    dates = facts.claim.claim.dates
    if any(d.day or d.iso or d.from_date or d.to_date or d.kind in _PLACED for d in dates):
        return True
    if dates:
        return False  # "in the autumn", "in September" of no year: the day is still to be found
    sentence = reading.segmentation.sentence_at(facts.claim.claim.quote.start)
    if sentence is None:
        return False
    around = reading.segmentation.paragraphs[sentence.paragraph]
    return any(d.kind in {"date", "month", "time", "relative"} for d in reading.dates.within(around))


_PLACED = frozenset({"year", "relative", "time", "duration"})
"""Kinds of date that are as near a day as the text will give."""


def _happened(reading: Reading, facts: Facts) -> Iterator[Proposal]:
    slots = base(facts)
    office = facts.holder.office if facts.holder else None
    heard = bool(words("trials") & set(facts.claim.claim.quote.text.lower().split()))
    keeper = facts.holder.office if facts.holder and facts.holder.keeps_texts else reading.author
    if heard:
        yield Proposal("court_case", facts.id, 8.1, keeper, slots, "law")
    elif facts.lays_down:
        yield Proposal("law_text", facts.id, 8.1, keeper, slots, "law")
        draft = words("drafts") & set(_WORD.findall(facts.claim.claim.quote.text.lower()))
        if draft and not (facts.of_law and facts.direct):  # of several sentences, another may name the bill
            yield Proposal("law_stage", facts.id, 7.8, keeper, slots, "law")
    if facts.type is not ClaimType.EVENT or not facts.has_event:
        return
    if office and (facts.has_day or facts.figures):
        yield Proposal("event_record", facts.id, 7.4, office, slots, "event")
    if not facts.has_day or words("habitual") & set(facts.claim.claim.quote.text.lower().split()):
        return
    if facts.superlative or facts.headline or facts.absent or facts.retold or facts.of_many:
        return  # a rank, a headline, words, what did not happen and what many did: nobody saw it on a day
    if not _dated(reading, facts):
        weight = 5.6 if facts.direct else 7.6
        yield Proposal("event_date", facts.id, weight, _speaker(reading, facts), slots, "event")
    if words("deaths") & set(_WORD.findall(facts.claim.claim.quote.text.lower())):
        yield Proposal("event_death", facts.id, 6.8, _speaker(reading, facts), slots, "event")
        return
    body = facts.attribution.kind in {SourceKind.ORGANISATION, SourceKind.DOCUMENT}
    if (facts.holder is None or not facts.holder.keeps_texts) and not body:
        yield Proposal("event_witness", facts.id, 6.6, _speaker(reading, facts), slots, "event")
    yield Proposal("event_image", facts.id, 3.9, reading.author, slots, "event")
