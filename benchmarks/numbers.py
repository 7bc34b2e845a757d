"""How exactly figures and dates are found and valued, against annotated short inputs.

    python -m benchmarks.numbers --data DIR [--misses TYPE]

`DIR` holds `numeric_offsets.jsonl` (microsoft/Recognizers-Text test specifications, MIT): one JSON object
a line with
`model`, `input` and `spans` [{type, start, end, resolution}]. The inputs come from a voice assistant's
tests, so a
second table keeps only forms that news uses (`_SPOKEN` and `_ADDRESSED` say what is left out). A span
counts when start
and end are exact; "loose" forgives words that only introduce or bound it ("on", "more than").
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
# Said to an assistant, not written in news: chained fractions, powers, bare units, spoken clock
# times, week numbers, "otd", brackets around units, comparison signs.
_SPOKEN = re.compile(
    r"\bover\b|(?:hundred|thousand|million|twenty|thirty|forty|ninety)[a-z -]*(?:fifths?|firsts?|thirds"
    r"|eighths?|ninths)\b|\^|e[+-]?\d|[<>=≤≥\[{]|\bequal"
    r"|dollars? (?:and )?(?:[a-z-]+|\d+)$|[a-z]{3}\$|\bM(?:USD|EUR|GBP|AUD)\b|\bweek ?\d|\bw\d\d"
    r"|nought|\bdozs?\b|\bpast (?:\w+)(?: o'clock)?$|\bish\b|\botd\b|\bnow\b|o'clock"
    r"|minutes? past|\bampm\b|/\d{1,2}$|^\d{1,2}\.\d{1,2}$"
    r"|\b(?:this|next|last) (?:week|month) \w+day\b|\bday of\b|asap|fortnite|eod|eoy|eom",
    re.IGNORECASE,
)
# Inputs that speak to an assistant.
_ADDRESSED = re.compile(
    r"^\s*(?:i['’]ll|i will|i['’]m|i am|let['’]?s|cortana|please|set|schedule|meet|show|rotate|turn"
    r"|convert|raise|keep|book|find"
    r"|are you|can you|could you|what|when|where|how|is this|did|do|does|will|shall|may|hey|add|help"
    r"|remind)\b"
    r"|\bcortana\b|\bskype\b",
    re.IGNORECASE,
)
_BOUNDING = re.compile(
    r"(?:on|in|at|by|during|of|for|from|around|about|approximately|the|this|next|more than|less than|over"
    r"|under|at least|fewer than|greater than|up to"
    r"|since|before|after|until|between|within|early|late|mid|just|above|below|within the|in the"
    r"|no more than|no less than|exceeding)\s+",
    re.IGNORECASE,
)


class Place(NamedTuple):
    """A span of one input with its group and, where it has one, its value."""

    group: str
    start: int
    end: int
    value: str | None


class Tally:
    """Right, wrong and missed spans of one group."""

    def __init__(self) -> None:
        self.exact = self.loose = self.gold = self.ours = self.valued = self.right = 0

    def line(self, name: str) -> str:
        """Return the table row."""
        share = [
            f"{part / whole:5.2f}" if whole else "    -"
            for part, whole in (
                (self.exact, self.ours),
                (self.exact, self.gold),
                (self.loose, self.ours),
                (self.loose, self.gold),
                (self.right, self.valued),
            )
        ]
        return f"| {name:9} | {self.gold:5} | " + " | ".join(share) + " |"


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
    for each in quantities(parsed, dated):
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


_TRAILING = re.compile(
    r"\s(?:or|and) (?:more|less|over|above|greater|fewer|higher|lower|later|under|below)\b.*"
)


def _bare(text: str, place: Place) -> tuple[int, int]:
    start = place.start
    trailing = _TRAILING.search(text, place.start, place.end)
    if trailing:
        return place.start, trailing.start()
    while match := _BOUNDING.match(text, start, place.end):
        start = match.end()
    return start, place.end


def _is_news(text: str, gold: list[Place]) -> bool:
    spoken = any(_SPOKEN.search(text[place.start : place.end]) for place in gold)
    return not spoken and _ADDRESSED.search(text) is None


def score(rows: list[dict[str, Any]], *, news_only: bool, misses: str | None) -> dict[str, Tally]:
    """Return a tally for each group; prints what was missed or invented of group `misses`."""
    tallies: defaultdict[str, Tally] = defaultdict(Tally)
    for row in rows:
        kinds = _KINDS.get(row["model"])
        text = row["input"]
        reference = (row.get("context") or {}).get("ReferenceDateTime")
        gold = list(_gold(row)) if kinds else []
        if kinds is None or (news_only and not _is_news(text, gold)):
            continue
        ours = [each for each in _found(text, reference) if each.group in kinds or each.group == _also(kinds)]
        _count(tallies, text, gold, ours)
        if misses in kinds:
            _show(text, gold, ours)
    return tallies


def _also(kinds: tuple[str, ...]) -> str:
    """Bounded and plain numbers are one thing to us: both are read for either."""
    return {"number": "range", "range": "number"}.get(kinds[0], "")


def _count(tallies: defaultdict[str, Tally], text: str, gold: list[Place], ours: list[Place]) -> None:
    exact = {(each.start, each.end): each for each in gold}
    loose = {_bare(text, each) for each in gold}
    for each in gold:
        tallies[each.group].gold += 1
    default = gold[0].group if gold else None
    for each in ours:
        match = exact.get((each.start, each.end))
        tally = tallies[match.group if match else default or each.group]
        tally.ours += 1
        tally.exact += match is not None
        tally.loose += match is not None or _bare(text, each) in loose
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
    """Print one table for all inputs and one for the forms that news uses."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--misses", help="print what was missed of this group")
    options = parser.parse_args()
    lines = (options.data / "numeric_offsets.jsonl").read_text("utf-8").splitlines()
    rows: list[dict[str, Any]] = [json.loads(line) for line in lines]
    for news_only, title in ((False, "all inputs"), (True, "forms that news uses")):
        tallies = score(rows, news_only=news_only, misses=options.misses if news_only else None)
        print(f"\n{title}\n| group     | spans | P exact | R exact | P loose | R loose | value right |")
        print("|---|---|---|---|---|---|---|")
        for name in sorted(tallies):
            print(tallies[name].line(name))


if __name__ == "__main__":
    main()
