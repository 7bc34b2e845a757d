"""The figures of "who said it" from counts of articles, with intervals over the articles."""

from collections import Counter
from collections.abc import Iterable, Sequence

from benchmarks.attribution_spans import STRATA
from benchmarks.figures import Figure, bootstrap, f1

QUESTION = "who said it"
Tally = Counter[str]
"""Counts of one article; "mine" and "gold" are what was given and what is annotated."""


def polnear_figures(tallies: Sequence[Tally], data: str) -> list[Figure]:
    """Return the figures for the counts of PolNeAR articles."""
    total = _sum(tallies)
    found = f"{total['content']} of {total['gold']} found, {total['mine']} given"
    made = [
        _f1(tallies, data, "content spans, F1 at IoU of at least 0.5", "content", found)._replace(
            floor="0.37 regex", people="0.80 people", aim=0.62
        ),
        _f1(tallies, data, "content and source linked, F1", "linked", f"{total['linked']} linked")._replace(
            floor="0.21 regex", people="0.73 people", aim=0.55
        ),
    ]
    for unit, plural in (("claim", "the tool's claims"), ("sentence", "sentences as claims")):
        made += [
            _share(tallies, data, f"source right, {plural}", f"{unit} right", f"{unit} claims")._replace(
                floor="0.53 regex", people="0.92 people", aim=0.82
            ),
            _share(
                tallies, data, f"own voice has no source, {plural}", f"{unit} silent", f"{unit} own"
            )._replace(floor="0.70 regex", aim=0.90),
            _share(tallies, data, f"neither, {plural}", f"{unit} neither", f"{unit} asked"),
        ]
    for name in STRATA:
        made += [
            _share(tallies, data, f"content found: {name}", f"{name} found", f"{name} gold"),
            _share(tallies, data, f"content found and linked: {name}", f"{name} linked", f"{name} gold"),
        ]
    return made


def gum_figures(tallies: Sequence[Tally], data: str) -> list[Figure]:
    """Return the figures for the counts of GUM documents."""
    total = _sum(tallies)
    found = f"{total['both']} of {total['gold']} found, {total['mine']} given"
    return [
        _f1(tallies, data, "a sentence is attributed or not, F1", "both", found),
        _share(tallies, data, "its source overlaps, where both give one", "source", "both"),
    ]


def _f1(tallies: Sequence[Tally], data: str, measure: str, both: str, counts: str) -> Figure:
    def value(drawn: Iterable[Tally]) -> float:
        total = _sum(drawn)
        return f1(total[both], total["mine"], total["gold"])

    return Figure(QUESTION, measure, data, value(tallies), counts, bootstrap(tallies, value))


def _share(tallies: Sequence[Tally], data: str, measure: str, right: str, of: str) -> Figure:
    def value(drawn: Iterable[Tally]) -> float:
        total = _sum(drawn)
        return total[right] / max(1, total[of])

    total = _sum(tallies)
    counts = f"{total[right]} of {total[of]}"
    return Figure(QUESTION, measure, data, value(tallies), counts, bootstrap(tallies, value))


def _sum(tallies: Iterable[Tally]) -> Tally:
    total: Tally = Counter()
    for each in tallies:
        total.update(each)
    return total
