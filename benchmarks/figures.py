"""A figure that a benchmark measures, with what it is compared with: a line of print, a row of a table."""

import argparse
import random
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

ItemT = TypeVar("ItemT")


class Interval(NamedTuple):
    """The 95 % interval of a figure."""

    low: float
    high: float


class Figure(NamedTuple):
    """One measured figure."""

    question: str
    """What a reader wants to know: "who said it"."""
    measure: str
    """How it is measured: "content spans, F1 at IoU of at least 0.5"."""
    data: str
    """On what: "PolNeAR dev, 42 articles"."""
    value: float
    counts: str
    """What the figure is made of: "412 of 640 found"."""
    interval: Interval | None = None
    floor: str = ""
    """The simplest thing that could work, and its figure."""
    people: str = ""
    """How well people agree, or the best that is published, with its source."""
    aim: float | None = None
    at_most: bool = False
    """The aim is a ceiling, not a floor."""

    @property
    def reached(self) -> bool | None:
        """Tell whether the aim is reached; none where there is no aim."""
        if self.aim is None:
            return None
        return self.value <= self.aim if self.at_most else self.value >= self.aim

    def __str__(self) -> str:
        """Return the figure as a line of a terminal."""
        interval = f" [{self.interval.low:.3f}, {self.interval.high:.3f}]" if self.interval else ""
        aim = "" if self.aim is None else f"   aim {'≤' if self.at_most else '≥'} {self.aim:g}"
        verdict = {None: "", True: ": reached", False: ": NOT reached"}[self.reached]
        return f"{self.measure:<52} {self.value:6.3f}{interval}  ({self.counts}){aim}{verdict}"


def data_parser(about: str | None, folder: str = "folder with the annotated sets") -> argparse.ArgumentParser:
    """Return the parser of a benchmark's command, with the option that says where its data is."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help=folder)
    return parser


def f1(both: int, mine: int, gold: int) -> float:
    """Return the F1 of `both` matches among `mine` found and `gold` annotated; 0 where there is nothing."""
    return 2 * both / (mine + gold) if mine + gold else 0.0


def bootstrap(
    items: Sequence[ItemT], value: Callable[[Iterable[ItemT]], float], rounds: int = 1000
) -> Interval:
    """Return the 95 % percentile interval of `value`, items (documents, most often) drawn with replacement.

    Efron 1979; a fixed seed, so that the same items give the same interval.
    """
    drawn = random.Random(1979)  # noqa: S311 - statistics, not secrets
    values = sorted(value(drawn.choices(items, k=len(items))) for _ in range(rounds))
    return Interval(values[int(0.025 * rounds)], values[int(0.975 * rounds)])
