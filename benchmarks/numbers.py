"""How exactly figures and dates are found and valued, against annotated short inputs and against our own.

    python -m benchmarks.numbers --data DIR [--part look|measure|all] [--misses GROUP]

`DIR` holds `numeric_offsets.jsonl`, made from microsoft/Recognizers-Text's test specifications (MIT): one
JSON object a line with `model`, `input` and `spans` [{type, start, end, resolution}]. They test a voice
assistant's recogniser, in fragments and commands. So there are two tables: all of it, and **what news uses**,
told from the annotation alone (`benchmarks.numbers_news`). In the second, nothing found on the place of an
annotation that is left out counts, and spans are compared without the words that one side takes in and the
other leaves outside ("more than", "in", "since"; the closed list is there too); "raw" is without that.

Precision and recall are of spans whose start and end are exact. "Value right" is the share of these whose
value or bounds are the annotation's, of those that have one to reckon. Inputs are split by their hash: the
grammar was improved on `look`, three quarters of them; `measure` was only measured. Each input is annotated
for one group of types, so only ours of that group is looked at.

Figures on the news-like sentences of our own (`benchmarks.numbers_own`) are printed last.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks import numbers_own
from benchmarks.figures import Figure, bootstrap, data_parser
from benchmarks.numbers_news import bare, left_out
from benchmarks.numbers_place import Place, annotated, found, same_value

_KINDS = {
    "NumberModel": ("number", "range"),
    "NumberRangeModel": ("range",),
    "CurrencyModel": ("money",),
    "PercentModel": ("percent",),
    "DimensionModel": ("measure",),
    "TemperatureModel": ("measure",),
    "AgeModel": ("age",),
    "DateTimeModel": ("date", "duration"),
}
_SHOWN = ("number", "range", "money", "percent", "measure", "age", "date", "duration")
_AIMED = ("number", "date", "money", "percent")
_AIM = 0.9


class Tally(NamedTuple):
    """Annotated, found and exact spans; the exact ones with a value to reckon, and those right."""

    gold: int = 0
    ours: int = 0
    exact: int = 0
    valued: int = 0
    right: int = 0

    def __add__(self, other: tuple[int, ...]) -> "Tally":  # type: ignore[override]
        """Return the sum, field by field."""
        return Tally(*(one + two for one, two in zip(self, other, strict=True)))


class Scored(NamedTuple):
    """One input, scored: a tally for each group, and what did not match."""

    tallies: dict[str, Tally]
    missed: tuple[str, ...]
    added: tuple[str, ...]
    text: str


class Mode(NamedTuple):
    """What is compared and how."""

    news: bool = True
    """Only what news uses."""
    normalised: bool = True
    """Without the words of the closed list."""


def rows(data: Path, part: str = "all") -> list[dict[str, Any]]:
    """Return the inputs of `numeric_offsets.jsonl` in `data`, all or one part of them."""
    lines = (data / "numeric_offsets.jsonl").read_text("utf-8").splitlines()
    every: list[dict[str, Any]] = [json.loads(line) for line in lines]
    return [row for row in every if row["model"] in _KINDS and part in ("all", part_of(row["input"]))]


def part_of(text: str) -> str:
    """Return which part an input belongs to, by its hash: three quarters were looked at, one was not."""
    return "measure" if int(hashlib.sha256(text.encode()).hexdigest(), 16) % 4 == 3 else "look"


def score(row: dict[str, Any], mode: Mode) -> Scored:
    """Return the tallies of one input."""
    text, kinds = row["input"], _KINDS[row["model"]]
    reference = (row.get("context") or {}).get("ReferenceDateTime")
    spans = [span for span in row["spans"] if annotated(text, span) is not None]
    out = [span for span in row["spans"] if mode.news and left_out(text, span)]
    gold = [place for span in spans if span not in out and (place := annotated(text, span))]
    ours = [
        each
        for each in found(text, reference)
        if each.group in kinds and not any(each.start < s["end"] and s["start"] < each.end for s in out)
    ]
    if mode.normalised:
        gold, ours = ([_bare(text, each) for each in places] for places in (gold, ours))
    return _compared(text, gold, ours)


def _bare(text: str, place: Place) -> Place:
    start, end = bare(text, place.start, place.end)
    return place._replace(start=start, end=end)


def _compared(text: str, gold: list[Place], ours: list[Place]) -> Scored:
    tallies: defaultdict[str, Tally] = defaultdict(Tally)
    wanted = {(each.start, each.end): each for each in gold}
    for each in gold:
        tallies[each.group] += Tally(gold=1)
    spare = gold[0].group if gold else None
    for each in ours:
        match = wanted.get((each.start, each.end))
        # What a "duration" was annotated as and we call a date is that group's all the same.
        group = match.group if match else spare or each.group
        value = same_value(match, each) if match else None
        tallies[group] += Tally(0, 1, match is not None, value is not None, bool(value))
    got = {(each.start, each.end) for each in ours}
    wrong = [
        f"{text[e.start : e.end]} (value)"
        for e in ours
        if (m := wanted.get((e.start, e.end))) and same_value(m, e) is False
    ]
    missed = [text[a:b] for a, b in sorted(set(wanted) - got)] + wrong
    return Scored(dict(tallies), tuple(missed), tuple(text[a:b] for a, b in sorted(got - set(wanted))), text)


def total(scored: Iterable[Scored], group: str) -> Tally:
    """Return the sum of a group's tallies."""
    whole = Tally()
    for each in scored:
        whole += each.tallies.get(group, Tally())
    return whole


def figures(data: Path) -> list[Figure]:
    """Return precision, recall and value right of each group on the part that was only measured."""
    scored = [score(row, Mode()) for row in rows(data, "measure")]
    return [*_figures(scored), *numbers_own.figures()]


def _figures(scored: list[Scored]) -> Iterator[Figure]:
    for group in _SHOWN:
        touched = [each for each in scored if group in each.tallies]
        all_of = total(touched, group)
        for name, part, whole in (
            ("precision", "exact", "ours"),
            ("recall", "exact", "gold"),
            ("value right", "right", "valued"),
        ):
            if getattr(all_of, whole):
                yield Figure(
                    question="figures and dates",
                    measure=f"{group}: {name} of exact spans" if part == "exact" else f"{group}: {name}",
                    data="Recognizers-Text, what news uses, unseen quarter",
                    value=_share(touched, group, part, whole),
                    counts=f"{getattr(all_of, part)} of {getattr(all_of, whole)}",
                    interval=bootstrap(touched, lambda s, g=group, p=part, w=whole: _share(s, g, p, w)),  # type: ignore[misc]
                    aim=_AIM if group in _AIMED else None,
                )


def _share(scored: Iterable[Scored], group: str, part: str, whole: str) -> float:
    tally = total(scored, group)
    return getattr(tally, part) / getattr(tally, whole) if getattr(tally, whole) else 0.0


def table(scored: list[Scored]) -> Iterator[str]:
    """Yield the lines of one table."""
    yield "| group     | spans | found | precision | recall | value right |   of |"
    yield "|---|---|---|---|---|---|---|"
    for group in _SHOWN:
        t = total(scored, group)
        parts = ((t.exact, t.ours), (t.exact, t.gold), (t.right, t.valued))
        precision, recall, value = (f"{part / whole:.2f}" if whole else "-" for part, whole in parts)
        counted = f"| {group:9} | {t.gold:5} | {t.ours:5} "
        yield f"{counted}| {precision:>9} | {recall:>6} | {value:>11} | {t.valued:4} |"


def main() -> None:
    """Print the tables, what was left out of the second, and on demand what was missed."""
    parser = data_parser(__doc__)
    parser.add_argument("--part", choices=("look", "measure", "all"), default="all")
    parser.add_argument(
        "--misses", choices=_SHOWN, help="print what was missed of this group, in part `look`"
    )
    options = parser.parse_args()
    parts = ("look", "measure") if options.part == "all" else (options.part,)
    for part in parts:
        chosen = rows(options.data, part)
        for mode, title in (
            (Mode(news=False, normalised=False), "all inputs, raw"),
            (Mode(news=True, normalised=False), "what news uses, raw"),
            (Mode(), "what news uses, normalised"),
        ):
            print(f"\n{part}, {title}", *table([score(row, mode) for row in chosen]), sep="\n")
    reasons = Counter(
        left_out(row["input"], span) or "kept" for row in rows(options.data) for span in row["spans"]
    )
    print("\nannotations by whether news uses them:")
    print(*(f"{count:5}  {reason}" for reason, count in reasons.most_common()), sep="\n")
    if options.misses:
        _show([score(row, Mode()) for row in rows(options.data, "look")], options.misses)
    print(*numbers_own.report(), sep="\n")


def _show(scored: list[Scored], group: str) -> None:
    for each in scored:
        if group in each.tallies and (each.missed or each.added):
            print(f"{each.text[:170]!r}\n   missed: {list(each.missed)}\n   added:  {list(each.added)}")


if __name__ == "__main__":
    main()
