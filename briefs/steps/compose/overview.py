"""The first screen: what the article rests on, whom it criticises, what to ask first."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from briefs.data import load
from briefs.domain.brief import (
    FIRST_SOURCES,
    Brief,
    Criticised,
    Finding,
    Overview,
    Question,
    SourceLine,
    Sourcing,
)
from briefs.domain.scan import Criticism, SourceKind
from briefs.language.denials import denial
from briefs.steps.compose.distribute import Asked
from briefs.steps.compose.facts import Facts
from briefs.steps.compose.names import checklist
from briefs.steps.compose.parties import Party
from briefs.steps.compose.phrases import MOST_WORDS, capital, counted, listed, spelt
from briefs.steps.compose.reading import Reading, flat

FIRST = 6
"""Questions on the first screen."""
SLIGHT = 0.3
"""A claim of less priority does not bring its questions there for variety alone."""
_QUOTED = re.compile("“[^”]+”")
WORTH_LESS = 10
"""A question that settles so many times less than the weightiest does not stand there for variety alone."""
_UNNAMED = (SourceKind.ANONYMOUS, SourceKind.UNATTRIBUTED)


def overview(
    reading: Reading,
    all_facts: Sequence[Facts],
    findings: Sequence[Finding],
    briefs: Sequence[Brief],
    asked: Asked,
) -> Overview:
    """Return the article's first screen."""
    return Overview(
        sourcing=_sourcing(reading, all_facts),
        flags=tuple(f.flag for f in findings if f.article_wide or not f.briefs),
        criticised=_criticised(reading),
        first_questions=_first(reading, briefs, asked),
        names=checklist(reading),
    )


def _sourcing(reading: Reading, all_facts: Sequence[Facts]) -> Sourcing:
    by_key: dict[str, list[tuple[Facts, Party]]] = {}
    for facts in all_facts:
        if facts.source is not None and not facts.source.nobody:
            by_key.setdefault(facts.source.key, []).append((facts, facts.source))
    lines, denying = [], []
    for held in by_key.values():
        facts, party = held[0]
        role = next(
            (
                f.attribution.source.role
                for f, _ in held
                if f.attribution.source and f.attribution.source.role
            ),
            None,
        )
        lines.append(
            SourceLine(
                name=_name(facts, party),
                kind=(SourceKind.ANONYMOUS if party.vague else facts.attribution.kind).value,
                role=flat(role) if role else None,
                claims=len(held),
                via=tuple(dict.fromkeys(v.phrase for f, _ in held for v in f.via)),
            )
        )
        if any(denial(f.claim.claim.quote.text) for f, _ in held):
            denying.append(lines[-1])
    unnamed = sum(1 for held in by_key.values() if _is_unnamed(*held[0]))
    figures = [(f, figure) for f in all_facts for figure in f.figures if figure.statistic]
    bare = [figure.phrase for f, figure in figures if f.source is None and figure.owner is None]
    return Sourcing(
        summary=_summary(reading, lines, unnamed, len(figures), list(dict.fromkeys(bare))),
        sources=_ranked(lines, denying),
        unnamed=unnamed,
        figures=len(figures),
        figures_without_source=len(bare),
    )


def _ranked(lines: Sequence[SourceLine], denying: Sequence[SourceLine]) -> tuple[SourceLine, ...]:
    """Return sources by how many claims rest on each; those who deny something stand among the first."""
    ranked = sorted(lines, key=lambda line: -line.claims)
    below = [line for line in ranked[FIRST_SOURCES:] if line in denying][: FIRST_SOURCES // 2]
    above = [line for line in ranked[:FIRST_SOURCES] if line not in denying]
    given_up = above[len(above) - len(below) :] if below else []
    first = [line for line in ranked[:FIRST_SOURCES] if line not in given_up]
    return (*first, *below, *given_up, *(line for line in ranked[FIRST_SOURCES:] if line not in below))


def _name(facts: Facts, party: Party) -> str:
    """Return a source as the article first speaks of it: by name, else in its own words for somebody."""
    given = flat(facts.attribution.source.name) if facts.attribution.source else ""
    described = party.phrase.startswith("the ") and given[:1].islower() and len(given.split()) <= MOST_WORDS
    return party.vague or (given if described else party.phrase)


def _is_unnamed(facts: Facts, party: Party) -> bool:
    return facts.attribution.kind in _UNNAMED or party.vague is not None


def _summary(
    reading: Reading, lines: Sequence[SourceLine], unnamed: int, figures: int, bare: Sequence[str]
) -> str:
    article = reading.article
    head = [
        "" if article.published else "undated",
        "" if article.byline else "no byline",
        counted(len(article.links), "link") if article.links else "no link",
    ]
    head = [part for part in head if part]
    if article.republished_from:
        head.append(f"republished from {flat(article.republished_from)}")
    named = len(lines) - unnamed
    relayed = [line for line in lines if line.via]
    rests = (
        f"it names {counted(named, 'source')} and leaves {counted(unnamed, 'other')} unnamed"
        if lines
        else "no source is named or described"
    )
    if lines and not unnamed:
        rests = f"it names {counted(named, 'source')}"
    elif lines and not named:
        rests = f"{counted(unnamed, 'source')}, none of them named"
    if relayed:
        through = listed(list(dict.fromkeys(v for line in relayed for v in line.via))[:3])
        rests += f"; {counted(len(relayed), 'is', 'are')} relayed, by way of {through}"
    numbers = counted(figures, "figure")
    if bare:
        lacking = "" if figures == 1 else "all " if len(bare) == figures else f"{spelt(len(bare))} "
        shown = f", among them {listed(bare[:3])}" if len(bare) > 3 else f" ({'; '.join(bare)})"
        numbers += f", {lacking}without a source{shown}"
    return " ".join(f"{capital(part)}." for part in (", ".join(head), rests, numbers))


def _criticised(reading: Reading) -> tuple[Criticised, ...]:
    held: dict[str, list[Criticism]] = {}
    order = {"yes": 2, "no": 1, "unsaid": 0}
    for each in reading.scan.criticisms:
        if name := flat(each.target.name):
            held.setdefault(name.lower(), []).append(each)
    return tuple(
        Criticised(
            name=flat(found[0].target.name),
            asked=max((each.asked for each in found), key=lambda asked: order[asked]),
            where=tuple(dict.fromkeys(each.place for each in found)),
        )
        for found in held.values()
    )


@cache
def _order() -> tuple[frozenset[str], ...]:
    """Return the kinds of question on the first screen, gathered by what they settle, in its order."""
    return tuple(frozenset(str(kind) for kind in kinds) for kinds in load("phrases")["first"])


def _first(reading: Reading, briefs: Sequence[Brief], asked: Asked) -> tuple[str, ...]:
    """Return the questions that settle most, one for each thing to settle: look-ups first, then calls.

    What each settles is weighed by the claims that it serves. Half of them at most go to the author, and a
    third to anybody else.
    """
    scores: Mapping[str, float] = {b.id: b.claim.priority.score for b in briefs}
    questions = [q for b in briefs for q in b.questions]

    def worth(question: Question) -> float:
        served = sorted((scores[i] for i in question.serves), reverse=True)
        return asked.weights[question.id] * (served[0] + sum(served[1:]) / 2)

    def weighty(question: Question) -> bool:
        return worth(question) >= least and max(scores[i] for i in question.serves) >= SLIGHT

    ranked = sorted((q for q in questions if asked.kinds[q.id] != "usage"), key=lambda q: -worth(q))
    groups = _order()
    heads = [next((q for q in ranked if asked.kinds[q.id] in kinds), None) for kinds in groups]
    least = worth(ranked[0]) / WORTH_LESS if ranked else 0.0
    put: Counter[str] = Counter()
    quoted: set[str] = set()
    chosen: list[Question] = []
    for question in (*(q for q in heads if q is not None and weighty(q)), *ranked):
        most = FIRST // 2 if question.ask == reading.author else FIRST // 3
        about = set(_QUOTED.findall(question.text))
        if len(chosen) < FIRST and question not in chosen and put[question.ask] < most and not about & quoted:
            put[question.ask] += 1
            quoted |= about
            chosen.append(question)
    place = {kind: number for number, kinds in enumerate(groups) for kind in kinds}
    return tuple(q.id for q in sorted(chosen, key=lambda q: place.get(asked.kinds[q.id], len(groups))))
