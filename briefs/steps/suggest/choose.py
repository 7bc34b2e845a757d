"""Lead what was heard to the briefs it is about, and keep what survives the checks."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from briefs.domain.brief import Brief, Composition, MissingEvidence, Question
from briefs.domain.segmentation import Segmentation
from briefs.domain.spans import Span
from briefs.steps.suggest.asking import Heard
from briefs.steps.suggest.judge import About, Judge
from briefs.steps.suggest.merge import Additions

LineT = TypeVar("LineT", Question, MissingEvidence)


class Choice(NamedTuple):
    """What survived, by brief id, and a word for each thing that did not."""

    additions: Mapping[str, Additions]
    rejected: tuple[str, ...]


class _Finder:
    """Finds the brief that a place of the article belongs to."""

    def __init__(self, segmentation: Segmentation, briefs: Sequence[Brief]) -> None:
        self._segmentation = segmentation
        self._by_sentence: dict[int, list[Brief]] = {}
        for brief in briefs:
            for place in (brief.claim.quote, *brief.claim.also_at):
                for sentence in segmentation.sentences_of(place):
                    self._by_sentence.setdefault(sentence.index, []).append(brief)

    def at(self, place: Span) -> Brief | None:
        """Return the brief whose quotation shares most with `place`; else one that states it there too."""
        near: dict[str, Brief] = {}
        for sentence in self._segmentation.sentences_of(place):
            for brief in self._by_sentence.get(sentence.index, ()):
                near.setdefault(brief.id, brief)
        best = max(near.values(), key=lambda b: b.claim.quote.shared(place), default=None)
        if best is None or best.claim.quote.shared(place):
            return best
        also = (b for b in near.values() if any(each.overlaps(place) for each in b.claim.also_at))
        # A proposal of a sentence with one brief is about that brief, whichever clause it quotes.
        return next(also, best if len(near) == 1 else None)


def _sort(judged: Iterable[LineT | str], kept: list[LineT], rejected: list[str]) -> None:
    """Put what survived with what stands already, before the next is judged, and the rest's checks apart."""
    for each in judged:
        if isinstance(each, str):
            rejected.append(each)
        else:
            kept.append(each)


def chosen(
    segmentation: Segmentation,
    composition: Composition,
    heard: Sequence[Heard],
    judge: Judge,
    speaking: frozenset[int] = frozenset(),
) -> Choice:
    """Return what survives of what was heard, in the article's order.

    `speaking` are the sentences that speak to somebody: of a claim that stands in one nothing is taken, and
    what was said of others in the same call is guarded.
    """
    finder = _Finder(segmentation, composition.briefs)
    printed = {q.id: q for b in composition.briefs for q in b.questions}
    additions: dict[str, Additions] = {}
    rejected: list[str] = []
    for each in sorted(heard, key=lambda h: (h.place.start, h.place.end)):
        said = each.suggestions
        brief = finder.at(each.place)
        if brief is None:
            rejected += ["no_claim"] * (len(said.missing) + len(said.questions))
            continue
        own = segmentation.sentences_of(each.place) + segmentation.sentences_of(brief.claim.quote)
        if any(sentence.index in speaking for sentence in own):
            rejected += ["speaks_itself"] * (len(said.missing) + len(said.questions))
            continue
        elsewhere = tuple(printed[name] for name in brief.see_questions if name in printed)
        about = About(brief, each.place, elsewhere, not speaking.isdisjoint(each.shown))
        added = additions.setdefault(brief.id, Additions([], []))
        _sort((judge.question(about, w, added.questions) for w in said.questions), added.questions, rejected)
        _sort((judge.missing(about, w, added.missing) for w in said.missing), added.missing, rejected)
    return Choice(additions, (*rejected, *judge.replaced))
