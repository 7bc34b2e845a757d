"""Do two statements state the same claim? By figures, names, negation, hedges and the words of content.

Careful by design: two wordings stay two claims when a figure, a name, a negation or a hedge differs, because
such differences are what a checker has to see. A headline, caption or pull quote says less than the body;
there it is enough that the body holds what it says.
"""

import re
from functools import cache
from typing import NamedTuple

from briefs.data import load
from briefs.domain.article import BlockRole
from briefs.domain.scan import Quantity
from briefs.domain.spans import How
from briefs.steps.extract.facts import words
from briefs.steps.extract.stating import Statement
from briefs.steps.extract.view import within

_DISPLAYED = {BlockRole.HEADLINE, BlockRole.SUBHEAD, BlockRole.CAPTION, BlockRole.QUOTE}
_QUOTED_WORDS = 4
"""So many words in the same order are a quotation and no chance."""


class Figure(NamedTuple):
    """A figure as it is compared."""

    value: str
    bounds: str
    unit: str


class Likeness(NamedTuple):
    """What is compared of a statement."""

    words: tuple[str, ...]
    figures: frozenset[Figure]
    content: frozenset[str]
    names: frozenset[str]
    """The words of the names of people and bodies."""
    negated: bool
    hedged: bool
    source: frozenset[str]
    """The words of the source's name; none for the article's own voice."""
    displayed: bool

    @property
    def keys(self) -> tuple[object, ...]:
        """Return what to look it up by: its whole wording, its values, its words of content."""
        return (self.words, *sorted({f.value for f in self.figures}), *sorted(self.content))


def likeness(text: str, statement: Statement) -> Likeness:
    """Return what is compared of a statement; `text` is the article's."""
    quote, source = statement.quote, statement.attribution.source
    said = words(quote.of(text))
    lists = compared()
    figures = (q for view in statement.views for q in within(view.quantities, quote) if q.kind != "ordinal")
    hedges = (h for view in statement.views for h in within(view.hedges, quote))
    named = (e for view in statement.views for e in within(view.entities, quote))
    spoken = words(source.name) if source and source.how is not How.POSSIBLE else []
    return Likeness(
        words=tuple(said),
        figures=frozenset(_figure(q) for q in figures),
        content=frozenset(_stem(w) for w in said if w not in lists.stop and not w[0].isdigit()),
        names=frozenset(w for e in named if e.label in {"PERSON", "ORG"} for w in words(e.name)),
        negated=any(w in lists.negations or w.endswith(("n't", "n’t")) for w in said),
        hedged=any(h.kind != "approximation" for h in hedges),
        source=frozenset(_stem(w) for w in spoken if w not in lists.stop),
        displayed=statement.views[0].sentence.role in _DISPLAYED,
    )


def same(one: Likeness, other: Likeness) -> bool:
    """Tell whether two statements state the same claim."""
    if _differ(one, other):
        return False
    if one.words == other.words:
        return True
    common = len(one.content & other.content)
    if one.displayed or other.displayed:
        brief, full = (one, other) if one.displayed else (other, one)
        least, enough = (2, 0.5) if brief.figures else (3, 0.6)
        return _quoted_in(brief, full) or (common >= least and common >= enough * len(brief.content))
    fewer, more = sorted((len(one.content), len(other.content)))
    enough = 0.5 if one.figures & other.figures else 0.8
    return common > 1 and common >= enough * fewer and common >= 0.25 * more


def _differ(one: Likeness, other: Likeness) -> bool:
    """Tell whether two statements differ in something that a checker has to see."""
    return (
        one.negated != other.negated
        or one.hedged != other.hedged
        or bool(one.source and other.source and one.source.isdisjoint(other.source))
        or bool(one.names and other.names and one.names.isdisjoint(other.names))
        or _figures_differ(one, other)
    )


def _figures_differ(one: Likeness, other: Likeness) -> bool:
    if one.displayed or other.displayed:
        brief, full = (one, other) if one.displayed else (other, one)
        return not {f.value for f in brief.figures} <= {f.value for f in full.figures}
    holds = one.figures <= other.figures or other.figures <= one.figures
    return not holds or bool(one.figures) != bool(other.figures)


def _quoted_in(brief: Likeness, full: Likeness) -> bool:
    """Tell whether a run of words of a headline or pull quote stands in the body."""
    text = f" {' '.join(full.words)} "
    runs = (brief.words[i : i + _QUOTED_WORDS] for i in range(len(brief.words) - _QUOTED_WORDS + 1))
    known = [run for run in runs if f" {' '.join(run)} " in text]
    return len(known) * 2 >= len(brief.words) - _QUOTED_WORDS + 1 and bool(known)


def _figure(figure: Quantity) -> Figure:
    unit = (figure.unit or "").lower().split()
    value = figure.low if figure.low is not None else figure.high
    return Figure(f"{value}", f"{figure.low}..{figure.high}", _stem(unit[-1]) if unit else "")


class Compared(NamedTuple):
    """Words that count for nothing, and words that turn a claim round."""

    stop: frozenset[str]
    negations: frozenset[str]


@cache
def compared() -> Compared:
    """Return the word lists of the data file."""
    lists = load("stopwords")
    return Compared(frozenset(lists["words"]), frozenset(lists["negations"]))


_ENDING = re.compile(r"(?:['’]s|ations?|ions?|ings?|ments?|ed|es|ers?|s|e)$")


def _stem(word: str) -> str:
    """Return a word without its commonest endings, never shorter than four letters."""
    if len(word) <= 4:
        return word
    cut = _ENDING.sub("", word)
    return cut if len(cut) >= 4 else word
