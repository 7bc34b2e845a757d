"""What a question about one claim can name: its figures, parties, excerpt, occasion and record holder."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from briefs.data import load
from briefs.domain.article import BlockRole
from briefs.domain.claims import ClaimType, ExtractedClaim
from briefs.domain.scan import Attribution, Quantity, SourceKind, Speech
from briefs.domain.spans import How, Span
from briefs.steps.compose import spells
from briefs.steps.compose.attributed import Retold, of_own, retold
from briefs.steps.compose.excerpts import excerpt
from briefs.steps.compose.figure import UNSAFE, Figure, figure_of
from briefs.steps.compose.happening import gives_reason, of_many, seeks_cause, stands
from briefs.steps.compose.holders import Holder, holder
from briefs.steps.compose.joined import JOINT, with_subject, without_source
from briefs.steps.compose.laws import lays_down
from briefs.steps.compose.official import official
from briefs.steps.compose.parties import Party, party
from briefs.steps.compose.phrases import words
from briefs.steps.compose.reading import Reading, countries, english_speaking, flat

_DEMONSTRATIVE = re.compile(r"(?:this|that|these|those)\b", re.IGNORECASE)
_STATE = re.compile(r"\b(?:is|are|be)\s(?:\w+ly\s)?$")
_PERFECT = re.compile(r"\b(?:has|have|to|will|would)\s(?:been\s)?(?:\w+ly\s)?(?:been\s)?$|(?:'|’)ve\s$")

_WORD = re.compile(r"\w+")
_ABSENT = re.compile(r"\b(?:not?|never|nobody|none|nothing|neither|cannot)\b|n[’']t\b", re.IGNORECASE)
_UNNAMED = re.compile(r"\b(?:unnamed|anonymous|unidentified|sources?|insiders?)\b", re.IGNORECASE)
"""People without a name behind a source: they have no press office, and are asked about where they speak."""


class Facts(NamedTuple):
    """One claim as its questions see it."""

    claim: ExtractedClaim
    regions: tuple[Span, ...]
    """The attributed words within the quotation, or all of it."""
    figures: tuple[Figure, ...]
    matter: str | None
    """A short exact slice that says what the claim is about; or two, parted by `attributed.JOINT`."""
    source: Party | None
    possible: Party | None
    """A neighbouring sentence's source: asked about, never taken for granted."""
    via: tuple[Party, ...]
    basis: tuple[Party, ...]
    occasion: str | None
    direct: bool
    foreign: bool
    """The source speaks for, or comes from, a country that does not mostly speak English."""
    superlative: str | None
    hedge: str | None
    """Words such as "reportedly", where the article does not say who reported."""
    holder: Holder | None
    place: str | None
    town: str | None
    """A place that the article says something is in: neither a street, a river nor a firm's site."""
    has_cause: bool
    has_comparison: bool
    has_event: bool
    table: int | None
    """Where the table starts that the claim is a row of."""
    judged: bool
    """It holds words of opinion or prediction."""
    asked_by_us: bool
    """The article tells that its own outlet asked somebody."""
    headline: bool
    """It is the headline's own wording, without a source."""
    dated: bool
    """Its sentence gives a date, within the claim or beside it."""
    changes: bool
    """What is compared is one thing at two times."""
    retold: bool
    """The excerpt holds the words that say who speaks ("denied hiding …"): it reports words, no event."""
    told: Retold | None
    """These words in parts, where they are retold and the parts can be quoted."""
    own: bool
    """The source speaks of what it did or had itself, or of its own firm or office."""
    official: str | None
    """The exact words by which the claim, or a sentence behind it, calls the count official."""
    of_many: bool
    """Many did it, each for themselves: there is no one day, and no witness."""
    has_day: bool
    """Something is told as done and over, so that it has a day: not "is", not "has been"."""
    of_law: bool
    """It says what a law or bill lets, forbids or orders: its text shows that, and nobody was there."""

    @property
    def unanswered(self) -> bool:
        """Tell what the article says of its own asking: that somebody declined, or did not answer."""
        joined = f" {' '.join(self.claim.claim.quote.text.lower().split())} "
        if self.asked_by_us:
            return True
        return self.source is None and any(phrase in joined for phrase in load("claim_types")["answers"])

    @property
    def voiced(self) -> bool:
        """Tell an opinion or prediction that somebody voiced: only that it was voiced can be checked."""
        view = self.type is ClaimType.STATEMENT and self.judged
        if self.of_law or self.attribution.kind is SourceKind.DOCUMENT:
            return False
        return self.type in _VOICED or (view and not self.figures and not self.has_day)

    @property
    def lays_down(self) -> bool:
        """Tell a rule, or what one lets, forbids or orders."""
        return self.of_law or self.type is ClaimType.RULE

    @property
    def thesis(self) -> bool:
        """Tell a headline that states something without a figure of its own."""
        return self.headline and not any(figure.statistic for figure in self.figures)

    @property
    def absent(self) -> bool:
        """Tell what did not happen, or is not so: it has no day, no witness and no cause."""
        return self.matter is not None and _ABSENT.search(self.matter) is not None

    @property
    def states_cause(self) -> bool:
        """Tell whether the excerpt itself names the cause: it is asked what that rests on, not what it is."""
        return self.has_cause or (self.matter is not None and gives_reason(self.matter))

    @property
    def cause_sought(self) -> bool:
        """Tell whether the excerpt is about a cause that is still looked for."""
        return self.matter is not None and seeks_cause(self.matter)

    @property
    def length(self) -> str | None:
        """Return the exact words for how long something took, as `spells.length` finds them."""
        said = spells.length(self.claim, self.figures)
        after = said is not None and f"after {said}".lower() in flat(self.claim.claim.quote.text).lower()
        # "A bonus after six months" is a condition; "it reopened after six months" tells what was.
        return None if self.type is ClaimType.RULE or (after and not self.has_day) else said

    def counts_once(self, figure: Figure) -> bool:
        """Tell a figure of a few people in one event, which neither a paper behind it nor a toll counts."""
        said = set(_WORD.findall(self.claim.claim.quote.text.lower()))
        tolls = words("casualties") | words("deaths")
        counted = self.basis or self.attribution.kind is SourceKind.DOCUMENT or not tolls.isdisjoint(said)
        return figure.group and not (counted or self.has_comparison or self.superlative)

    @property
    def id(self) -> str:
        """Return the brief's id."""
        return self.claim.id

    @property
    def attribution(self) -> Attribution:
        """Return the claim's attribution."""
        return self.claim.attribution

    @property
    def type(self) -> ClaimType:
        """Return the claim's type."""
        return self.claim.claim.type


def facts(reading: Reading, claim: ExtractedClaim) -> Facts:
    """Return what can be asked about `claim` in the article's own words."""
    text, quote, said = reading.text, claim.claim.quote.place, claim.attribution
    regions = _regions(text, quote, said)
    shown = (quote,) if _named_only(text, said) else regions
    of_law = any(lays_down(text, region) for region in regions)
    # Where the words go on around "she said", that verb is nothing that happened.
    happened = [e for e in reading.events.among(regions) if not (said.cue and e.overlaps(said.cue))]
    state = [e for e in happened if _STATE.search(text, max(e.start - 12, 0), e.start)]
    events = [] if of_law else [e for e in happened if e not in state]
    keys: list[Span] = [*reading.judgements.among(regions)] if claim.claim.type in _VOICED else []
    causes, rules = reading.causes.among(regions), reading.rules.among(regions)
    comparisons = reading.comparisons.among(regions)
    keys += reading.superlatives.within(quote)
    if claim.claim.type is ClaimType.QUANTITY and not keys:
        keys += [q.place for q in claim.claim.quantities if q.kind != "ordinal"]
    keys += {ClaimType.CAUSE: causes, ClaimType.RULE: rules}.get(claim.claim.type, []) + events + comparisons
    # Direct speech is asked about in its own words, however few: around it stands only who said it.
    dates, sentences = reading.dates.within(quote), reading.segmentation.sentences_of(quote)
    spoken = excerpt(text, regions, keys, dates=dates) if said.speech is Speech.DIRECT else None
    cut = spoken or excerpt(text, dict.fromkeys([*shown, quote]), keys, dates=dates)
    cut = cut or excerpt(text, [quote], (), 1)
    parts = _parts(text, cut, said, (*shown, quote), keys) if cut else []
    events = [e for e in events if not (cut and stands(text, cut, e))]
    source = None
    if said.source is not None and not _DEMONSTRATIVE.match(said.source.name):
        source = party(reading, said.source, said.kind, said.source.role)
    possible = said.source is not None and source is not None and said.source.how is How.POSSIBLE
    bare = source is None or possible
    figures = tuple(
        figure_of(text, q)._replace(owner=_owner(reading, q) if bare else None)
        for q in claim.claim.quantities
        if q.kind != "ordinal"
    )
    places = [e.name for e in reading.entities.among(regions) if e.label == "PLACE"]
    unit = next((f.given.unit for f in figures if f.given.unit), None)
    matter = JOINT.join(flat(part.of(text)) for part in parts) or None
    around = source is not None and said.cue is not None and any(p.overlaps(said.cue) for p in parts)
    return Facts(
        claim=claim,
        regions=regions,
        figures=figures,
        matter=matter,
        source=None if possible else source,
        possible=source if possible else None,
        via=tuple(party(reading, v, SourceKind.MEDIA) for v in said.via if not _own(reading, v.name)),
        basis=tuple(
            party(reading, b, SourceKind.ORGANISATION) for b in said.basis if not _UNNAMED.search(b.name)
        ),
        occasion=_occasion(text, reading, quote, said),
        direct=_direct(said),
        foreign=_foreign(reading, said, quote),
        superlative=_exact(text, reading.superlatives.within(quote)),
        hedge=_exact(text, reading.hedges.within(quote)),
        holder=holder(reading, quote.of(text), " ".join(r.of(text) for r in regions), unit),
        place=next((p for p in places if not countries(p)), None),
        town=next((p for p in places if not countries(p) and reading.says_in(p)), None),
        has_cause=any(part.overlaps(cause) for part in parts for cause in causes),
        has_comparison=bool(comparisons),
        has_event=bool(events),
        table=reading.table_at(quote.start),
        judged=bool(reading.judgements.among(regions)),
        asked_by_us=_asked_by_us(reading, quote),
        headline=source is None and any(s.role is BlockRole.HEADLINE for s in sentences),
        dated=bool(claim.claim.dates) or any(reading.dates.within(s) for s in sentences),
        changes=any(words("changing") & set(c.of(text).lower().split()) for c in comparisons),
        retold=around,
        told=retold(text, said, quote, dates) if around else None,
        own=of_own(matter or "", (said.source.role if said.source else None) or "", direct=_direct(said)),
        official=official(reading, quote),
        of_many=of_many(matter or "", _before(reading, quote)) and not any(d.day for d in claim.claim.dates),
        has_day=any(not _PERFECT.search(text, max(e.start - 20, 0), e.start) for e in events),
        of_law=of_law,
    )


def _parts(text: str, cut: Span, said: Attribution, regions: Sequence[Span], keys: list[Span]) -> list[Span]:
    """Return an excerpt in one slice, or in two around what stands between its subject and its verb."""
    parts = without_source(text, cut, said, keys)
    region = next((region for region in regions if region.contains(cut)), cut)
    return parts if len(parts) > 1 else with_subject(text, cut, region, keys)


def _direct(said: Attribution) -> bool:
    return said.speech in {Speech.DIRECT, Speech.MIXED}


def _before(reading: Reading, quote: Span) -> str:
    """Return the sentence before a quotation, or nothing."""
    sentence = reading.segmentation.sentence_at(quote.start)
    earlier = reading.segmentation.sentences[sentence.index - 1] if sentence and sentence.index else None
    return earlier.of(reading.text) if earlier else ""


def _owner(reading: Reading, figure: Quantity) -> Party | None:
    said = reading.owners.of(figure)
    if said is None or said.source is None or _DEMONSTRATIVE.match(said.source.name):
        return None
    return party(reading, said.source, said.kind, said.source.role)


def _own(reading: Reading, name: str) -> bool:
    """Tell whether a go-between is the article's own outlet or agency."""
    article = reading.article
    return any(name.lower() in flat(own).lower() for own in (article.byline, article.outlet) if own)


def _asked_by_us(reading: Reading, quote: Span) -> bool:
    """Tell whether the outlet speaks of its own asking: "The Courier asked the ministry"."""
    last = flat(reading.article.outlet).split()[-1:] if reading.article.outlet else []
    start = reading.text[quote.start : quote.start + 60].split()
    return (
        bool(last)
        and len(start) > 2
        and "asked" in start[1:5]
        and last[0].lower() in [w.lower() for w in start[:4]]
    )


_MARKS = frozenset("“\"‘'«„")
_VOICED = (ClaimType.OPINION, ClaimType.PREDICTION)


def _regions(text: str, quote: Span, said: Attribution) -> tuple[Span, ...]:
    inside = [
        Span(start=max(c.start, quote.start), end=min(c.end, quote.end))
        for c in said.content
        if c.overlaps(quote)
    ]
    if said.source is None or not inside:
        return (quote,)
    # "The scale has been described by some as an exodus": the verb stands between the attributed words.
    first, last = inside[0], inside[-1]
    around = [said.source.place, *([said.cue] if said.cue else [])]
    split = said.speech is not Speech.DIRECT and all(first.end <= s.start < last.start for s in around)
    marked = any(c.of(text)[:1] in _MARKS for c in inside)
    return (
        (Span(start=first.start, end=last.end),)
        if len(inside) > 1 and split and not marked
        else tuple(inside)
    )


def _named_only(text: str, said: Attribution) -> bool:
    """Tell whether a paraphrase is the object of its verb and no statement: "denied hiding the boats"."""
    if said.cue is None or said.speech is not Speech.INDIRECT or not said.content:
        return False
    cue, content = said.cue.of(text).lower().split(), said.content[0].of(text).lower()
    verb = any(word.startswith(tuple(words("nominal_cues"))) for word in cue)
    denied = any(word.startswith(tuple(words("denials"))) for word in cue)  # without it they say the opposite
    whole = content.startswith("that ") and not denied
    return verb and said.content[0].start >= said.cue.end and not whole


def _exact(text: str, found: Sequence[Span]) -> str | None:
    for each in found:
        said = each.of(text).lower().split()
        if len(said) > 1 and said[-1] in words("function"):
            continue
        exact = re.sub(r"^(?:an?|the|its|their|his|her)\s+", "", each.of(text), flags=re.IGNORECASE)
        if exact and not UNSAFE.search(exact) and len(exact.split()) <= 6:
            return exact
    return None


@cache
def _occasions() -> re.Pattern[str]:
    nouns = "|".join(sorted(words("occasions")))
    determiner = r"(?:an?|the|his|her|their|its|this|that|one|last)"
    between = rf"(?:(?!(?:{determiner}|in|of|to|at|on|for|from|with|by)\s)[\w’'-]+\s){{0,3}}?"
    return re.compile(rf"\b{determiner}\s({between}(?:{nouns}))\b", re.IGNORECASE)


def _occasion(text: str, reading: Reading, quote: Span, said: Attribution) -> str | None:
    """Return the words that name the occasion of a quotation, outside the quoted words themselves."""
    sentence = reading.segmentation.sentence_at(said.cue.start if said.cue else quote.start)
    if sentence is None or said.source is None:
        return None
    for found in _occasions().finditer(text, sentence.start, sentence.end):
        place = Span(start=found.start(1), end=found.end(1))
        if not any(c.overlaps(place) for c in said.content) and flat(found.group(1)) == found.group(1):
            return found.group(1)
    return None


def _foreign(reading: Reading, said: Attribution, quote: Span) -> bool:
    if said.source is None or said.kind is SourceKind.DOCUMENT:
        return False
    words_of_source = f"{said.source.name} {said.source.role or ''}"
    entity = reading.named.get(said.source.name)
    if entity and entity.role:
        words_of_source += f" {entity.role}"
    home = countries(words_of_source)
    if not home:
        before = reading.text[max(quote.start, said.source.start - 60) : said.source.end]
        home = countries(before) if said.source.how is How.STATED else []
    return bool(home) and not any(english_speaking(country) for country in home)
