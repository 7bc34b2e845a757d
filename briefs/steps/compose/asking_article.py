"""Questions about the article as a whole, its flags, and those it criticises."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from briefs.domain.brief import Finding, FlagKind
from briefs.domain.claims import ClaimType
from briefs.domain.scan import Criticism, DateMention, SourceKind
from briefs.domain.spans import Span
from briefs.steps.compose.excerpts import excerpt
from briefs.steps.compose.facts import Facts
from briefs.steps.compose.parties import party
from briefs.steps.compose.phrases import capital, definite, words
from briefs.steps.compose.proposals import NOWHERE, Proposal, base
from briefs.steps.compose.reading import Reading, Sorted, flat

MOST_WORDS_OF_FLAG = 12
ARTICLE = "the article"
"""The critic where the article criticises in its own voice."""
ENOUGH = 5
"""Words that say what somebody is criticised for; fewer are quoted only where no claim has so many."""
MOST_OF_NAME = 5
"""Words of a critic's name, or of a date, that a question carries."""


class Raised(NamedTuple):
    """A proposal with the claims that its answer serves."""

    proposal: Proposal
    serves: tuple[str, ...]


def about_article(reading: Reading, all_facts: Sequence[Facts]) -> Iterator[Raised]:
    """Yield the questions that the article raises before any of its claims."""
    article = reading.article
    if not all_facts:
        return
    if article.published is None:
        # One question, in the words of the claim that it is printed under.
        for facts in [f for f in all_facts if _hangs(f)] or all_facts[:1]:
            when = _when(reading, facts)
            slots = {"when": when} if when else {}
            yield Raised(Proposal("undated", "", 12, reading.author, slots, "article"), (facts.id,))
    if article.republished_from:
        slots = {"outlet": flat(article.republished_from)}
        ask = f"the news desk of {slots['outlet']}"
        first = max(all_facts, key=lambda f: f.claim.claim.priority.score)
        yield Raised(Proposal("republished", "", 9, ask, slots, "article"), (first.id,))
    if not reading.own:
        first = next((f for f in all_facts if f.type is not ClaimType.OTHER or f.headline), all_facts[0])
        yield Raised(Proposal("usage", "", 6.9, reading.author, base(first), "article"), (first.id,))


def _hangs(facts: Facts) -> bool:
    """Tell a claim whose time can only be told from the day of publication."""
    claim = facts.claim.claim
    return any(_in_the_air(date) for date in claim.dates) or bool(_NTH_YEAR.search(claim.quote.text))


def _in_the_air(date: DateMention) -> bool:
    # "For ten days" and "at three in the morning" are as long, and as late, whenever they are read.
    return not (date.iso or date.from_date or date.to_date) and date.kind not in ("duration", "time")


_NTH_YEAR = re.compile(
    r"\bent(?:er|ers|ered|ering) (?:its|his|her|their|the|an?) (?:[\w-]+ ){1,2}(?:year|month|week|day)\b"
)
"""Counted from a beginning that the text leaves open: "enters its third year"."""


def _when(reading: Reading, facts: Facts) -> str | None:
    """Return the exact words of a claim's date that hangs in the air without a publication date."""
    found: list[str] = []
    for date in facts.claim.claim.dates:
        exact = date.of(reading.text)
        if _in_the_air(date) and flat(exact) == exact and len(exact.split()) <= MOST_OF_NAME:
            if date.kind in {"date", "month"}:  # "9 November" rather than "recent months"
                return exact
            found.append(exact)
    return found[0] if found else None


def about_flags(
    reading: Reading, findings: Sequence[Finding], known: Mapping[str, Facts]
) -> Iterator[Raised]:
    """Yield one question a finding: what has to be reconciled before the wording can stand."""
    for number, finding in enumerate(findings):
        serves = tuple(i for i in dict.fromkeys(finding.briefs) if i in known)
        slots = _flag_slots(reading, finding) if serves else {}
        if not slots:
            continue
        slots = {**base(known[serves[0]]), **slots}
        told = (known[i] for i in (*serves, *finding.beside) if i in known)
        named = [f.source for f in told if f.source is not None]
        if named:
            slots |= named[0].slots("source")
        kind = f"flag_{finding.flag.kind.value}"
        weight = 8.0 if finding.flag.kind is FlagKind.ANONYMOUS_OPINION else 10.5
        yield Raised(Proposal(kind, str(number), weight, reading.author, slots, "flag"), serves)


def _flag_slots(reading: Reading, finding: Finding) -> dict[str, str]:
    """Return the words that a flag lays side by side; figures are taken with what they count."""
    spans: Sequence[Span] = finding.flag.spans
    if finding.flag.kind in _OF_FIGURES:
        figures = [reading.with_unit(q) for span in spans for q in reading.quantities.overlapping(span)[:1]]
        spans = figures or spans
    quoted = list(dict.fromkeys(words for span in spans if (words := _safe(reading, span))))
    slots = dict(zip(("first", "second"), quoted, strict=False))
    for mark in ("(…)", "(...)", "[…]", "[...]"):
        if any(mark in span.of(reading.text) for span in finding.flag.spans):
            slots["mark"] = mark
    return slots


_OF_FIGURES = frozenset(
    {
        FlagKind.CORROBORATION_DIFFERS,
        FlagKind.RATE_AND_TOTAL,
        FlagKind.RANGE_AND_BOUND,
        FlagKind.PARTS_EXCEED_WHOLE,
        FlagKind.FIGURE_UNSOURCED,
        FlagKind.FIGURES_DIFFER,
    }
)


def _safe(reading: Reading, span: Span) -> str | None:
    """Return a flag's words as a question can quote them: exact, on one line, at most a dozen words."""
    exact = span.of(reading.text)
    marked = any(mark in exact for mark in '"“”„«»‘*_`|<>\\')
    if exact and flat(exact) == exact and len(exact.split()) <= MOST_WORDS_OF_FLAG and not marked:
        return exact
    cut = excerpt(reading.text, [span], (), 1)
    return flat(cut.of(reading.text)) if cut else None


def about_replies(reading: Reading, all_facts: Sequence[Facts]) -> Iterator[Raised]:
    """Yield one question for everybody who is criticised and not heard in the article."""
    quotes = Sorted([_Placed.at(f) for f in all_facts])
    done: dict[str, list[Criticism]] = {}
    for each in reading.scan.criticisms:
        if each.asked != "yes":
            done.setdefault(flat(each.target.name).lower(), []).append(each)
    known = {f.id: f for f in all_facts}
    for name, criticisms in done.items():
        places = [s for c in criticisms for s in reading.segmentation.sentences_of(c.place)]
        serves = tuple(dict.fromkeys(p.claim for p in quotes.among([s.place for s in places])))
        if not serves:
            continue
        target = party(
            reading,
            criticisms[0].target,
            SourceKind.ORGANISATION if _body(reading, criticisms[0]) else SourceKind.NAMED,
        )
        # Nobody is rung at what is no office: the outlet is asked whether it heard anybody.
        nowhere = reading.own or target.group is not None
        kind = "reply_author" if nowhere else "reply_target"
        ask = reading.author if nowhere else target.ask
        charges = {i: _charge(reading, known[i], criticisms) for i in serves}
        most = min(max(_length(charge) for charge in charges.values()), ENOUGH)
        for claim, charge in charges.items():
            # One question, under a claim that has the words for it; the others point there.
            wordings = "" if _length(charge) >= most else NOWHERE
            slots = {**base(known[claim]), **target.slots("target"), **charge}
            yield Raised(Proposal(kind, name, 10.2, ask, slots, "reply", wordings), (claim,))


def _length(charge: Mapping[str, str]) -> int:
    return len(charge.get("matter", "").split())


def _charge(reading: Reading, facts: Facts, criticisms: Sequence[Criticism]) -> dict[str, str]:
    """Return who criticises somebody in a claim, and in which words; without these where it has none."""
    quote = facts.claim.claim.quote
    here = [c for c in criticisms if quote.overlaps(c.place)]
    cut = excerpt(reading.text, [_with_article(reading.text, c.place) for c in here])
    told = [c for c in here if cut and c.place.overlaps(cut)] or here or criticisms
    critic = _critic(reading, told[0])
    slots = {"critic": critic, "critic_cap": capital(critic)}
    paper = critic == ARTICLE or critic.rsplit(maxsplit=1)[-1].lower() in words("papers")
    slots["critic_by"] = f"in {critic}" if paper else f"by {critic}"
    return slots | ({"matter": flat(cut.of(reading.text))} if cut else {})


def _with_article(text: str, place: Span) -> Span:
    """Return a place with the "the" before it: words are quoted from where their phrase begins."""
    start = place.start - len("The ")
    return Span(start=start, end=place.end) if text[max(start, 0) : place.start].lower() == "the " else place


def _critic(reading: Reading, criticism: Criticism) -> str:
    """Return who criticises, as far as the article names somebody; else the article itself."""
    name = reading.full_name(flat(criticism.by)) if criticism.by else ""
    known = name.lower() not in words("pronouns") | words("vague") and len(name.split()) <= MOST_OF_NAME
    if not name or not known:
        return ARTICLE
    return name if name[:1].isupper() and name not in reading.with_the else definite(name)


def _body(reading: Reading, criticism: Criticism) -> bool:
    entity = reading.named.get(criticism.target.name)
    return entity is None or entity.label != "PERSON"


class _Placed(Span):
    """A claim's first words, so that it can be found by place."""

    claim: str

    @classmethod
    def at(cls, facts: Facts) -> "_Placed":
        quote = facts.claim.claim.quote
        return cls(start=quote.start, end=quote.end, claim=facts.id)
