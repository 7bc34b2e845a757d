"""How exactly figures and dates are found and valued, against annotated short inputs.

    python -m benchmarks.numbers --data DIR [--misses TYPE]

`DIR` holds `numeric_offsets.jsonl`, made from microsoft/Recognizers-Text's test specifications (MIT): one
JSON object a line with `model`, `input` and `spans` [{type, start, end, resolution}]. They test a voice
assistant's recogniser: many inputs are fragments and commands, and their annotation takes in words that ours
leaves outside ("more than 5", "on Monday", "age 87"). So the figures say how close we come to that
annotation, not how well news is read, and they cannot be compared with that recogniser's own.

A span counts when start and end are exact; "value right" is the share of the exact spans with a value on both
sides whose values agree. The second table keeps only inputs of at least eight words that end in a full stop.
"""

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from briefs.domain.article import BlockRole
from briefs.domain.segmentation import Paragraph, Segmentation, Sentence
from briefs.language.dates import dates
from briefs.language.parse import parse
from briefs.language.quantities import quantities

_GROUPS = {
    "number": "number",
    "numberrange": "range",
    "currency": "money",
    "percentage": "percent",
    "dimension": "measure",
    "temperature": "measure",
    "age": "measure",
    "datetimeV2.date": "date",
    "datetimeV2.daterange": "date",
    "datetimeV2.datetime": "date",
    "datetimeV2.duration": "duration",
    "datetimeV2.time": "time",
}
_KINDS = {
    "NumberModel": ("number",),
    "NumberRangeModel": ("range",),
    "CurrencyModel": ("money",),
    "PercentModel": ("percent",),
    "DimensionModel": ("measure",),
    "TemperatureModel": ("measure",),
    "AgeModel": ("measure",),
    "DateTimeModel": ("date", "duration", "time"),
}
_SENTENCE_WORDS = 8


class Place(NamedTuple):
    """A span of one input with its group and, where it has one, its value."""

    group: str
    start: int
    end: int
    value: str | None


class Tally:
    """Right, wrong and missed spans of one group."""

    def __init__(self) -> None:
        self.exact = self.gold = self.ours = self.valued = self.right = 0

    def line(self, name: str) -> str:
        """Return the table row: spans, precision, recall, share of values right and of how many."""
        parts = ((self.exact, self.ours), (self.exact, self.gold), (self.right, self.valued))
        share = [f"{part / whole:9.2f}" if whole else "        -" for part, whole in parts]
        return f"| {name:9} | {self.gold:5} | " + " | ".join(share) + f" | {self.valued:4} |"


def _segmented(text: str) -> Segmentation:
    sentence = Sentence(start=0, end=len(text), index=0, paragraph=0)
    paragraph = Paragraph(start=0, end=len(text), index=0, role=BlockRole.BODY, first=0, last=0)
    return Segmentation(sentences=(sentence,), paragraphs=(paragraph,), chunks=())


def _found(text: str, published: str | None) -> Iterator[Place]:
    parsed = parse(text, _segmented(text))
    dated = dates(parsed, published)
    for date in dated:
        group = {"duration": "duration", "time": "time"}.get(date.kind, "date")
        yield Place(group, date.start, date.end, date.iso)
    lasting = {date.start for date in dated if date.kind == "duration"}
    for each in quantities(parsed, dated):
        if each.start in lasting:
            continue
        value = None if each.low is None or each.low != each.high else f"{each.low:.10g}"
        group = {"money": "money", "percent": "percent", "measure": "measure"}.get(each.kind, "number")
        if each.unit == "share":
            group = "number"
        plain = group != "number" or each.low == each.high
        yield Place(group if plain else "range", each.start, each.end, value)


def _gold(row: dict[str, Any]) -> Iterator[Place]:
    for span in row["spans"]:
        group = _GROUPS.get(span["type"] or "")
        if group is not None:
            yield Place(group, span["start"], span["end"], _value(span.get("resolution") or {}))


def _value(resolution: dict[str, Any]) -> str | None:
    values = resolution.get("values")
    if values:
        whole = values[0].get("timex", "")
        return whole if re.fullmatch(r"\d{4}(?:-\d\d){0,2}", whole) else None
    try:
        return f"{float(str(resolution.get('value')).rstrip('%')):.10g}"
    except ValueError:
        return None


def _is_sentence(text: str) -> bool:
    return text.rstrip().endswith(".") and len(text.split()) >= _SENTENCE_WORDS


def score(rows: list[dict[str, Any]], *, sentences_only: bool, misses: str | None) -> dict[str, Tally]:
    """Return a tally for each group; prints what was missed or invented of group `misses`."""
    tallies: defaultdict[str, Tally] = defaultdict(Tally)
    for row in rows:
        kinds = _KINDS.get(row["model"])
        text = row["input"]
        reference = (row.get("context") or {}).get("ReferenceDateTime")
        gold = list(_gold(row)) if kinds else []
        if kinds is None or (sentences_only and not _is_sentence(text)):
            continue
        ours = [each for each in _found(text, reference) if each.group in kinds or each.group == _also(kinds)]
        _count(tallies, gold, ours)
        if misses in kinds:
            _show(text, gold, ours)
    return tallies


def _also(kinds: tuple[str, ...]) -> str:
    """Bounded and plain numbers are one thing to us: both are read for either."""
    return {"number": "range", "range": "number"}.get(kinds[0], "")


def _count(tallies: defaultdict[str, Tally], gold: list[Place], ours: list[Place]) -> None:
    exact = {(each.start, each.end): each for each in gold}
    for each in gold:
        tallies[each.group].gold += 1
    default = gold[0].group if gold else None
    for each in ours:
        match = exact.get((each.start, each.end))
        tally = tallies[match.group if match else default or each.group]
        tally.ours += 1
        tally.exact += match is not None
        if match and match.value and each.value:
            tally.valued += 1
            tally.right += match.value == each.value


def _show(text: str, gold: list[Place], ours: list[Place]) -> None:
    wanted = {(each.start, each.end) for each in gold}
    got = {(each.start, each.end) for each in ours}
    if wanted != got:
        print(repr(text[:160]))
        print("   missed:  ", [text[a:b] for a, b in sorted(wanted - got)])
        print("   not gold:", [text[a:b] for a, b in sorted(got - wanted)])


def main() -> None:
    """Print one table for all inputs and one for whole sentences."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--misses", help="print what was missed of this group")
    options = parser.parse_args()
    lines = (options.data / "numeric_offsets.jsonl").read_text("utf-8").splitlines()
    rows: list[dict[str, Any]] = [json.loads(line) for line in lines]
    for sentences_only, title in ((False, "all inputs"), (True, "whole sentences")):
        tallies = score(
            rows, sentences_only=sentences_only, misses=options.misses if sentences_only else None
        )
        print(f"\n{title}\n| group     | spans | precision | recall    | value right |   of |")
        print("|---|---|---|---|---|---|")
        for name in sorted(tallies):
            print(tallies[name].line(name))


if __name__ == "__main__":
    main()
