"""Questions that a claim's source chain raises: who says so, through whom, leaning on what."""

import re
from collections.abc import Iterator

from briefs.domain.article import Copy
from briefs.domain.claims import ClaimType
from briefs.domain.scan import SourceKind
from briefs.steps.compose.facts import Facts
from briefs.steps.compose.parties import Party, agreement
from briefs.steps.compose.phrases import words
from briefs.steps.compose.proposals import Proposal, base, of_content, of_figure
from briefs.steps.compose.reading import Reading

_DUE = re.compile(
    r"\b(?:will|shall|(?:is|are) (?:due|set|scheduled|planned|expected)"
    r"|(?:starts?|begins?|opens?|meets?) (?:again )?on)\b",
    re.IGNORECASE,
)
"""Words that announce something for a day to come."""


def about_source(reading: Reading, facts: Facts) -> Iterator[Proposal]:
    """Yield the questions about where a claim comes from."""
    source = facts.source
    if facts.possible is not None:
        slots = base(facts, facts.possible)
        yield Proposal("possible_source", facts.id, 9, reading.author, slots, "source")
    if source is None:
        yield from _origin(reading, facts)
        return
    if facts.hedge and facts.attribution.hearsay:
        filled = base(facts) | {"hedge": facts.hedge}
        yield Proposal("origin_hedged", facts.id, 9.1, reading.author, filled, "source")
    yield from _knowing(reading, facts, source)
    yield from _chain(reading, facts, source)
    yield from _words(reading, facts, source)


def _origin(reading: Reading, facts: Facts) -> Iterator[Proposal]:
    """Yield what to ask the author about words that are the article's own."""
    slots = base(facts)
    voiced = facts.voiced
    figures = [figure for figure in facts.figures if figure.statistic]
    for figure in figures[:2]:
        filled = slots | of_figure(figure)
        about = f"{facts.id} {figure.number}"
        if figure.owner is None:
            yield Proposal("origin_figure", about, 9, reading.author, filled, "source")
        else:
            filled |= figure.owner.slots("source") | agreement(figure.owner)
            yield Proposal("lent_figure", about, 6.4, reading.author, filled, "source")
    if facts.hedge:
        filled = slots | {"hedge": facts.hedge}
        yield Proposal("origin_hedged", facts.id, 9.1, reading.author, filled, "source")
    if facts.table is not None:
        yield Proposal("table", f"table {facts.table}", 9.2, reading.author, slots, "source")
        return
    if facts.unanswered:
        yield Proposal("unanswered", facts.id, 9, reading.author, slots, "source")
    if figures or facts.hedge or facts.unanswered:
        return
    if facts.thesis:
        return  # the text below it is what a headline rests on
    weight = 4 if voiced else 6.5 if facts.lays_down else 8.2
    kind = "origin_event" if facts.has_day else "origin_general"
    if facts.claim.claim.dates and _DUE.search(facts.claim.claim.quote.text):
        kind = "origin_due"
    yield Proposal(kind, facts.id, weight, reading.author, slots, "source")


def _knowing(reading: Reading, facts: Facts, source: Party) -> Iterator[Proposal]:
    """How the source knows, once for all its claims."""
    slots = of_content(facts, source)
    kind, desk = facts.attribution.kind, _desk(reading, facts)
    figures = [figure for figure in facts.figures if figure.statistic]
    if source.vague:
        filled = slots | of_figure(figures[0]) if figures else slots
        document = kind is SourceKind.DOCUMENT
        named = "vague_figure" if figures else "vague_retold" if facts.told else ""
        bank = "vague_document" if document else named
        yield Proposal("vague_source", source.key, 9.5, reading.author, filled, "source", bank)
    elif kind is SourceKind.ANONYMOUS and facts.type is ClaimType.PERSONAL:
        return  # the author's own people: nobody's position is at stake
    elif kind is SourceKind.ANONYMOUS:
        # Who holds a view, or called something names, has seen nothing that a second person could confirm.
        view = facts.voiced or facts.told is not None
        bank = "anonymous_retold" if facts.told else "anonymous_view" if view else ""
        yield Proposal("anonymous_position", f"{source.key} {bank}", 9.5, desk, slots, "source", bank)
        if not facts.told:
            yield Proposal("anonymous_interest", source.key, 5.5, desk, slots, "source")
        if not view:
            yield Proposal("anonymous_second", source.key, 7, desk, slots, "source")
    elif facts.basis or (kind is SourceKind.NAMED and (facts.voiced or _remark(facts))):
        return  # a paper behind it is asked for; a view is not known, it is held
    elif figures and not facts.voiced and kind is SourceKind.NAMED:
        filled = slots | of_figure(figures[0])
        yield Proposal("knows", source.key, 11, source.ask, filled, "source", "knows_figure")
    elif _retold(facts):
        if not facts.voiced:  # a view is asked for below, by its words
            body = kind is SourceKind.ORGANISATION and not source.person
            bank = "knows_retold" if body else "voiced_retold"
            yield Proposal("knows", f"{source.key} {facts.id}", 11, source.ask, slots, "source", bank)
    else:
        yield Proposal("knows", source.key, 11, source.ask, slots, "source", _as(facts, source))


def _retold(facts: Facts) -> bool:
    """Tell what somebody denied, called or revealed: it stands in the article's words, not in theirs."""
    spoken = {SourceKind.NAMED, SourceKind.ORGANISATION, SourceKind.MEDIA}
    return facts.told is not None and facts.attribution.kind in spoken


def _as(facts: Facts, source: Party) -> str:
    """Return the kind of wordings that ask how a source knows: by what it is and whose affair it tells."""
    kind = facts.attribution.kind
    if kind in {SourceKind.MEDIA, SourceKind.DOCUMENT}:
        return "knows_media" if kind is SourceKind.MEDIA else "knows_document"
    if "spokes" in source.phrase:
        return "knows_spokes"
    if kind is not SourceKind.ORGANISATION or source.person:
        return "knows_own" if facts.own else "knows_person"
    if source.many or source.group:
        return "knows_bodies" if source.many else "knows_group"
    recorded = facts.figures or facts.has_day or facts.has_comparison or facts.superlative
    return "knows_body" if recorded and (facts.told or not facts.retold) else "knows_stance"


def _remark(facts: Facts) -> bool:
    """Tell quoted words that tell nothing which somebody could know: "a museum on wheels"."""
    telling = facts.figures or facts.has_event or facts.has_comparison or facts.has_cause or facts.superlative
    return facts.direct and facts.type is ClaimType.STATEMENT and not telling


def _desk(reading: Reading, facts: Facts) -> str:
    """Who can speak for an unnamed source: the outlet it spoke to, else the article's author."""
    return facts.via[0].ask if facts.via else reading.author


def _chain(reading: Reading, facts: Facts, source: Party) -> Iterator[Proposal]:
    """Who passed the words on, and what they lean on."""
    slots = base(facts, source)
    for via in facts.via:
        filled = slots | via.slots("via")
        yield Proposal("via_read", via.key, 11.2, reading.author, filled, "chain")
        role = (facts.attribution.source.role or "") if facts.attribution.source else ""
        own_reporter = via.phrase.removeprefix("the ") in role
        spoken = facts.attribution.kind in {SourceKind.NAMED, SourceKind.ANONYMOUS}
        if spoken and not own_reporter and not via.person:
            yield Proposal("via_contact", f"{via.key} {source.key}", 6.2, via.ask, filled, "chain")
    for basis in facts.basis:
        filled = slots | basis.slots("basis")
        bank = "basis_paper" if basis.paper else ""
        yield Proposal("basis_document", f"{basis.key} {source.key}", 10, source.ask, filled, "chain", bank)
        if basis.paper:
            continue
        if basis.group:
            yield _which(reading, facts, basis, filled)
            continue
        if facts.figures:
            filled = filled | of_figure(facts.figures[0])
            yield Proposal("basis_holder", f"{basis.key} {facts.id}", 9.2, basis.ask, filled, "basis")
        else:
            yield Proposal("basis_words", f"{basis.key} {source.key}", 7.5, basis.ask, filled, "basis")


def _which(reading: Reading, facts: Facts, basis: Party, slots: dict[str, str]) -> Proposal:
    """Return the question which office is meant by what is none, and gave this out."""
    filled = slots | {"group": basis.group or basis.phrase}
    filled |= of_figure(facts.figures[0]) if facts.figures else {}
    bank = "basis_group_figure" if facts.figures else ""
    return Proposal("basis_group", f"{basis.key} {facts.id}", 9.2, reading.author, filled, "basis", bank)


def _words(reading: Reading, facts: Facts, source: Party) -> Iterator[Proposal]:
    """Whether the source said it, in these words, and where that can be looked up."""
    if source.vague:
        return
    slots = of_content(facts, source) | agreement(source)
    anonymous = facts.attribution.kind is SourceKind.ANONYMOUS or source.vague is not None
    document = facts.attribution.kind is SourceKind.DOCUMENT
    ask = reading.author if reading.own or anonymous else source.ask
    if facts.occasion and not document:
        filled = slots | {"occasion": facts.occasion}
        about = f"{source.key} {facts.occasion.lower()}"
        bank = "quote_written" if facts.occasion.lower().split()[-1] in words("written") else ""
        yield Proposal("quote_occasion", about, 8, _finder(reading, facts), filled, "words", bank)
    elif facts.direct and not anonymous and not document:
        yield Proposal("quote_place", source.key, 7, _finder(reading, facts), slots, "words")
    elif _public(facts, source):
        figures = [figure for figure in facts.figures if figure.statistic]
        filled = slots | of_figure(figures[0]) if figures else slots
        bank = "transcript_figure" if figures else ""
        yield Proposal("quote_transcript", source.key, 7.9, ask, filled, "words", bank)
    if facts.direct and facts.foreign:
        yield Proposal("quote_language", source.key, 6.4, _finder(reading, facts), slots, "words")
    if facts.voiced and not anonymous:
        kind = "voiced_prediction" if facts.type is ClaimType.PREDICTION else "voiced_opinion"
        bank = "voiced_retold" if facts.retold else ""
        yield Proposal(kind, f"{source.key} {facts.id}", 7.2, ask, slots, "words", bank)
    elif facts.direct and not document:
        yield Proposal("quote_context", facts.id, 4.5, ask, slots, "words")


def _public(facts: Facts, source: Party) -> bool:
    """Tell whether somebody in office is paraphrased, whose words are usually kept and published."""
    role = (facts.attribution.source.role or "") if facts.attribution.source else ""
    office = words("offices") & {word.strip(",.’'s").lower() for word in role.split()}
    return source.person and bool(office) and not facts.via and not facts.direct and not facts.voiced


def _finder(reading: Reading, facts: Facts) -> str:
    """Who can find the recording: the outlet that carried the words, else the author."""
    if reading.article.copy_kind is Copy.PUBLISHED and facts.via:
        return facts.via[0].ask
    return reading.author
