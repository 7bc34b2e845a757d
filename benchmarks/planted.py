"""Planted errors: whether the checker is drawn to an error, and how many flags clean articles get.

    python -m benchmarks.planted --data DIR [--most N] [--misses] [--flags]

Clean articles are the samples of `corpus/` and the Wikinews articles of GUM (Zeldes 2017) from DIR's
`gum_attribution.jsonl`. Into each, one at a time, errors of ten kinds are planted by rule (`planting_rules`,
`planting_values`), at most N of a kind in an article, drawn with a fixed seed. Then the brief is drafted and
read as `benchmarks.drawn` says, twice:

* drawn at all: the brief draws the checker to the element, though it may do so in the clean article too;
* drawn by the error: by a flag that the clean article does not have there, or by a kind of question or of
  missing evidence that the clean article does not have about its element. Every named source is asked the
  same few questions, so where the error is a name, only a flag counts for this.

Every second GUM article was read when the rules were written; the others were only measured. Intervals draw
articles with replacement. The corpus has troubles of its own, so clean articles are GUM's and the samples
that the manifest calls clean. A flag of a clean article counts as false here until somebody has read the
article; `--flags` prints them.
"""

import json
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.drawn import Attention, Route, attention, held, is_claim
from benchmarks.figures import Figure, bootstrap, data_parser
from benchmarks.planting import Error, Ground, Plant, chosen, planted
from benchmarks.planting_rules import borrowed, reworded
from benchmarks.planting_values import revalued
from briefs.domain.article import Article
from briefs.domain.brief import ArticleBriefs, Flag
from briefs.pipeline import article_of, draft, given_by_user
from briefs.readers.inputs import inputs
from briefs.steps.ingest import Origin, ingest
from briefs.steps.scan import scan
from briefs.steps.segment import segment

CORPUS = Path(__file__).parent.parent / "corpus"
MOST = 3
_QUESTION = "planted errors"


class Clean(NamedTuple):
    """A clean article with its brief."""

    ground: Ground
    briefs: ArticleBriefs
    part: str
    """"corpus", or which half of GUM."""
    untroubled: bool
    """Nothing was planted in it when it was written."""

    @property
    def article(self) -> Article:
        """Return the article."""
        return self.ground.article


class Outcome(NamedTuple):
    """What became of one planted error."""

    plant: Plant
    sentence: str
    """The altered sentence or what is around the error, for reading."""
    now: frozenset[Attention]
    before: frozenset[Attention]
    held: bool
    is_claim: bool

    @property
    def at_all(self) -> bool:
        """Tell whether the brief draws the checker to the element."""
        return bool(self.now)

    @property
    def by_error(self) -> bool:
        """Tell whether it does so by something that it does not do for the clean article."""
        named = self.plant.error in (Error.SPEAKER, Error.NAMED)
        return any(not named or each.route is Route.FLAG for each in self.now - self.before)

    def by(self, route: Route) -> bool:
        """Tell whether this is one of the ways in which the checker is drawn."""
        return any(each.route is route for each in self.now)


class Measured(NamedTuple):
    """One article and what became of its errors."""

    clean: Clean
    outcomes: tuple[Outcome, ...]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures and what they are made of."""
    parser = data_parser(__doc__, "folder with the annotated sets")
    parser.add_argument(
        "--most", type=int, default=MOST, help="errors of a kind in an article (default: %(default)s)"
    )
    parser.add_argument("--misses", action="store_true", help="print the errors that nothing draws to")
    parser.add_argument("--flags", action="store_true", help="print the flags of the clean articles")
    given = parser.parse_args(arguments)
    measured = measure(given.data, given.most)
    for figure in _figures(measured):
        print(figure)
    for line in _table(measured):
        print(line)
    for each in measured if given.misses else ():
        for outcome in each.outcomes:
            if not outcome.at_all:
                print(f"MISS {each.clean.article.id} {outcome.plant.error}: {outcome.sentence}")
    for each in measured if given.flags else ():
        for flag in _flags(each.clean.briefs) if each.clean.untroubled else ():
            print(f"FLAG {each.clean.article.id} {flag.kind}: {flag.note}")


def figures(data: Path) -> list[Figure]:
    """Return what goes into the table of figures; the errors are planted with the usual numbers."""
    return _figures(measure(data, MOST))


def measure(data: Path, most: int) -> list[Measured]:
    """Plant at most `most` errors of a kind in each article, and return what became of them."""
    clean = [_clean(*each) for each in _articles(data)]
    corpus = [each.ground for each in clean if each.part == "corpus"]
    return [
        Measured(each, tuple(_outcomes(each, corpus if each.part == "corpus" else (), most)))
        for each in clean
    ]


def _articles(data: Path) -> Iterator[tuple[Article, str, bool]]:
    gold = tomllib.loads((CORPUS / "manifest.toml").read_text(encoding="utf-8"))["article"]
    for each in gold:
        path = str(CORPUS / each["file"])
        article = next(article_of(found, given_by_user("published", None, None)) for found in inputs([path]))
        # An id that does not hang on where the project lies, since the draw hangs on it.
        yield article.model_copy(update={"id": each["file"]}), "corpus", bool(each.get("clean"))
    with (data / "gum_attribution.jsonl").open(encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["genre"] == "news"]
    for number, row in enumerate(sorted(rows, key=lambda row: row["doc"])):
        origin = Origin(id=row["doc"], path=f"{row['doc']}.txt")
        half = "GUM, half only measured" if number % 2 else "GUM, half read"
        yield ingest(row["text"].encode("utf-8"), origin), half, True


def _clean(article: Article, part: str, untroubled: bool) -> Clean:
    segmentation = segment(article)
    people = [e.name for e in scan(article, segmentation).entities if e.label == "PERSON"]
    return Clean(Ground(article, segmentation, people), draft(article), part, untroubled)


def _outcomes(clean: Clean, others: Sequence[Ground], most: int) -> Iterator[Outcome]:
    found = [*reworded(clean.ground), *revalued(clean.ground), *borrowed(clean.ground, others)]
    for plant in chosen(clean.article, found, most):
        altered = planted(clean.article, plant)
        briefs = draft(altered)
        around = altered.text[max(0, plant.element.start - 60) : plant.element.end + 60]
        yield Outcome(
            plant,
            " ".join(around.split()),
            attention(briefs, plant.element, plant.name, plant.error),
            attention(clean.briefs, plant.before, plant.name_before, plant.error),
            held(briefs, plant.element, plant.name),
            is_claim(briefs, plant.element),
        )


def _flags(briefs: ArticleBriefs) -> list[Flag]:
    """Return an article's flags, one that stands under several claims once."""
    every = (*briefs.overview.flags, *(flag for brief in briefs.briefs for flag in brief.flags))
    return list({(flag.kind, flag.spans): flag for flag in every}.values())


def _figures(measured: Sequence[Measured]) -> list[Figure]:
    errors = sum(len(each.outcomes) for each in measured)
    data = f"corpus and GUM news, {len(measured)} articles, {errors} errors"
    made = [
        _share("drawn to the element, errors of all kinds", measured, data, by_error=False, aim=0.8),
        _share("drawn by the error itself", measured, data, by_error=True),
    ]
    for part in ("corpus", "GUM, half read", "GUM, half only measured"):
        some = [each for each in measured if each.clean.part == part]
        made.append(_share(f"drawn to the element: {part}", some, part, by_error=False))
        made.append(_share(f"drawn by the error: {part}", some, part, by_error=True))
    calm = [each.clean for each in measured if each.clean.untroubled]
    count, words = _flags_and_words(calm)
    made.append(
        Figure(
            question=_QUESTION,
            measure="flags of clean articles per 1,000 words",
            data=f"GUM news and clean samples, {len(calm)} articles",
            value=1000 * count / max(words, 1),
            counts=f"{count} flags in {words} words",
            interval=bootstrap(calm, _per_thousand),
            aim=1.0,
            at_most=True,
        )
    )
    made.append(_lines(calm))
    return made


def _lines(calm: Sequence[Clean]) -> Figure:
    """Return what the attention costs: the lines that a checker reads for a claim of a clean article."""
    briefs = [brief for each in calm for brief in each.briefs.briefs]
    lines = sum(len(brief.questions) + len(brief.missing_evidence) for brief in briefs)
    return Figure(
        question=_QUESTION,
        measure="questions and missing evidence per claim, clean",
        data=f"GUM news and clean samples, {len(calm)} articles",
        value=lines / max(len(briefs), 1),
        counts=f"{lines} lines for {len(briefs)} claims",
    )


def _share(
    measure: str, measured: Sequence[Measured], data: str, *, by_error: bool, aim: float | None = None
) -> Figure:
    def drawn(some: Iterable[Measured]) -> float:
        outcomes = [outcome for each in some for outcome in each.outcomes]
        hits = sum(outcome.by_error if by_error else outcome.at_all for outcome in outcomes)
        return hits / len(outcomes) if outcomes else 0.0

    outcomes = [outcome for each in measured for outcome in each.outcomes]
    hits = sum(outcome.by_error if by_error else outcome.at_all for outcome in outcomes)
    return Figure(
        question=_QUESTION,
        measure=measure,
        data=data,
        value=drawn(measured),
        counts=f"{hits} of {len(outcomes)}",
        interval=bootstrap(measured, drawn),
        people="0.74 reported for a newsroom's tool, no false alarms published" if aim else "",
        aim=aim,
    )


def _flags_and_words(clean: Iterable[Clean]) -> tuple[int, int]:
    counted = [(len(_flags(each.briefs)), len(each.article.text.split())) for each in clean]
    return sum(flags for flags, _ in counted), sum(words for _, words in counted)


def _per_thousand(clean: Iterable[Clean]) -> float:
    flags, words = _flags_and_words(clean)
    return 1000 * flags / max(words, 1)


def _table(measured: Sequence[Measured]) -> Iterator[str]:
    """Yield a line a kind of error: how many, drawn by the error, at all, in the clean article, and by what.

    "excerpt": nothing names the element, but it lies within an excerpt; "no claim": no claim holds it.
    """
    heads = ("n", "by error", "at all", "if clean", "flag", "named", "words", "excerpt", "no claim")
    widths = (5, 10, 8, 10, 7, 7, 7, 9, 10)
    yield f"{'error':<44}" + "".join(f"{head:>{width}}" for head, width in zip(heads, widths, strict=True))
    for error in Error:
        of_kind = [o for each in measured for o in each.outcomes if o.plant.error is error]
        if not of_kind:
            yield f"{error:<44}{0:>5}"
            continue
        shares = (
            sum(o.by_error for o in of_kind),
            sum(o.at_all for o in of_kind),
            sum(bool(o.before) for o in of_kind),
            sum(o.by(Route.FLAG) for o in of_kind),
            sum(o.by(Route.NAMED) for o in of_kind),
            sum(o.by(Route.WORDS) for o in of_kind),
            sum(o.held and not o.at_all for o in of_kind),
            sum(not o.is_claim and not o.at_all for o in of_kind),
        )
        pairs = zip(shares, widths[1:], strict=True)
        cells = "".join(f"{share / len(of_kind):>{width}.2f}" for share, width in pairs)
        yield f"{error:<44}{len(of_kind):>5}{cells}"


if __name__ == "__main__":
    main()
