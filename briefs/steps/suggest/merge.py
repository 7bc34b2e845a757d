"""Put what survived beside the offline draft: the more specific first, no offline line dropped."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from briefs.domain.brief import Brief, Composition, MissingEvidence, Overview, Question
from briefs.steps.suggest.party import is_particular
from briefs.steps.suggest.words import WORD, content, documents, stems

MOST = 7
"""Questions that serve one claim, those printed elsewhere included."""
MOST_MORE = 2
"""Questions that a model may add to one claim."""
MOST_MISSING = 6
"""Items of missing evidence under one claim; offline ones are never dropped for it."""

Line = TypeVar("Line")


class Additions(NamedTuple):
    """What survived for one brief, in the model's order."""

    questions: list[Question]
    missing: list[MissingEvidence]


def merged(composition: Composition, additions: Mapping[str, Additions]) -> Composition:
    """Return the composition with the additions by brief id; equal to the given one where there are none."""
    if not any(each.questions or each.missing for each in additions.values()):
        return composition
    briefs = [_brief(b, additions[b.id]) if b.id in additions else b for b in composition.briefs]
    numbers: dict[str, str] = {}
    numbered = []
    count = 0
    for brief in briefs:
        made = []
        for question in brief.questions:
            count += 1
            if question.id:
                numbers[question.id] = f"q{count}"
            made.append(question.model_copy(update={"id": f"q{count}"}))
        numbered.append(brief.model_copy(update={"questions": tuple(made)}))
    return Composition(
        overview=_overview(composition.overview, numbers),
        briefs=tuple(
            b.model_copy(update={"see_questions": tuple(numbers.get(q, q) for q in b.see_questions)})
            for b in numbered
        ),
    )


def _overview(overview: Overview, numbers: Mapping[str, str]) -> Overview:
    first = tuple(numbers.get(each, each) for each in overview.first_questions)
    return overview.model_copy(update={"first_questions": first})


def _brief(brief: Brief, added: Additions) -> Brief:
    room = max(0, min(MOST_MORE, MOST - len(brief.questions) - len(brief.see_questions)))
    questions = sorted(added.questions, key=lambda q: -specificity(brief, q))[:room]
    missing = added.missing[: max(0, MOST_MISSING - len(brief.missing_evidence))]
    return brief.model_copy(
        update={
            "questions": _interleaved(brief.questions, questions, lambda q: specificity(brief, q)),
            "missing_evidence": _interleaved(brief.missing_evidence, missing, lambda m: _told(brief, m)),
        }
    )


def _interleaved(
    offline: Sequence[Line], added: Sequence[Line], weight: Callable[[Line], int]
) -> tuple[Line, ...]:
    """Merge two lists, each in its own order; of two heads the more specific goes first, offline at a tie."""
    rest, more = list(offline), list(added)
    found: list[Line] = []
    while rest and more:
        found.append(more.pop(0) if weight(more[0]) > weight(rest[0]) else rest.pop(0))
    return (*found, *rest, *more)


def specificity(brief: Brief, question: Question) -> int:
    """Return how particular a question is, from 0 to 7.

    One point each for a figure, a date and a name of the claim, for a document or record, for asking how
    something is known or counted; one for somebody particular to ask, one for its words without quotation.
    """
    words = content(question.text)
    claim = brief.claim
    figures = content(" ".join(q.text for q in claim.quantities))
    dates = content(" ".join(d.text for d in claim.dates))
    source = brief.attribution.source
    names = content(source.name) if source else frozenset()
    quoted = any(mark in question.text for mark in '“"')
    return sum(
        (
            bool(words & figures),
            bool(words & dates),
            bool(words & names),
            bool(words & documents()),
            bool(words & stems("behind")),
            is_particular(question.ask),
            not quoted,
        )
    )


def _told(brief: Brief, missing: MissingEvidence) -> int:
    """Return how particular missing evidence is: a name, a figure or date of the claim, a holder."""
    words = content(missing.what)
    figures = content(
        " ".join((*(q.text for q in brief.claim.quantities), *(d.text for d in brief.claim.dates)))
    )
    named = any(found.group()[:1].isupper() for found in WORD.finditer(missing.what))
    return sum((named, bool(words & figures), is_particular(missing.holder)))
