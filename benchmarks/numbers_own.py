"""Our own news-like sentences with their figures and dates: a regression set, no proof of quality.

`benchmarks/numbers_own.txt` was written by the same hands as the grammar, so a miss there is a fault to mend
and a full score says only that nothing known is broken. The file says how it is marked up.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.figures import Figure
from benchmarks.numbers_news import bare
from briefs.domain.article import BlockRole
from briefs.domain.segmentation import Paragraph, Segmentation, Sentence
from briefs.language.dates import dates
from briefs.language.parse import parse
from briefs.language.quantities import quantities

_FILE = Path(__file__).parent / "numbers_own.txt"
_DATELINE = "2024-03-14"
_MARKED = re.compile(r"\[\[(?P<words>[^|]+)\|(?P<worth>[^\]]+)\]\]")


class Expected(NamedTuple):
    """What is marked, or found, in one sentence; bounds and unit are none where they are not stated."""

    start: int
    end: int
    words: str
    kind: str
    low: str | None = None
    high: str | None = None
    unit: str | None = None
    valued: bool = False


def figures() -> list[Figure]:
    """Return precision, recall and the share of values right on our own sentences."""
    tally, _ = _scored()
    rows = (("precision", "exact", "ours"), ("recall", "exact", "gold"), ("value right", "right", "valued"))
    return [
        Figure(
            question="figures and dates",
            measure=f"all kinds: {name} of exact spans" if part == "exact" else f"all kinds: {name}",
            data=f"our own sentences, {tally['gold']} expressions (a regression set)",
            value=tally[part] / tally[whole],
            counts=f"{tally[part]} of {tally[whole]}",
        )
        for name, part, whole in rows
    ]


def report() -> Iterator[str]:
    """Yield the figures as lines, then each sentence that is not read as marked."""
    yield "\nour own sentences (a regression set, no proof):"
    yield from map(str, figures())
    yield from _scored()[1]


def sentences() -> Iterator[tuple[str, list[Expected]]]:
    """Yield each sentence without its marks, and what is marked in it."""
    for line in _FILE.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield _unmarked(line)


def _unmarked(line: str) -> tuple[str, list[Expected]]:
    text, expected, at = "", [], 0
    for match in _MARKED.finditer(line):
        text += line[at : match.start()]
        kind, _, worth = match["worth"].partition(" ")
        value, _, unit = worth.partition(" ")
        low, _, high = value.partition("..") if ".." in value else (value, "", value)
        start, end = len(text), len(text) + len(match["words"])
        text, at = text + match["words"], match.end()
        start, end = bare(text, start, end)
        expected.append(
            Expected(start, end, text[start:end], kind, _norm(low), _norm(high), unit or None, bool(value))
        )
    return text + line[at:], expected


def _norm(words: str | float | None) -> str | None:
    """Return a bound in one form: a date as it is, a number with nine figures, none where open."""
    if words is None or words == "":
        return None
    if isinstance(words, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", words):
        return words
    return f"{float(words):.9g}"


def found(text: str) -> Iterator[Expected]:
    """Yield what our grammar finds in a sentence; a duration counts once, as a date mention."""
    sentence = Sentence(start=0, end=len(text), index=0, paragraph=0)
    paragraph = Paragraph(start=0, end=len(text), index=0, role=BlockRole.BODY, first=0, last=0)
    parsed = parse(text, Segmentation(sentences=(sentence,), paragraphs=(paragraph,), chunks=()))
    dated = dates(parsed, _DATELINE)
    for mention in dated:
        kind = mention.kind if mention.kind in ("time", "duration") else "date"
        start, end = bare(text, mention.start, mention.end)
        yield Expected(start, end, text[start:end], kind, mention.from_date, mention.to_date)
    lasting = {mention.start for mention in dated if mention.kind == "duration"}
    for each in quantities(parsed, dated):
        if each.start not in lasting:
            start, end = bare(text, each.start, each.end)
            low, high = _norm(each.low), _norm(each.high)
            yield Expected(start, end, text[start:end], each.kind, low, high, each.unit)


def _scored() -> tuple[Counter[str], list[str]]:
    tally: Counter[str] = Counter()
    wrong: list[str] = []
    for text, expected in sentences():
        ours = {(each.start, each.end): each for each in found(text)}
        tally.update(gold=len(expected), ours=len(ours))
        faults = [
            f"not marked: {each.words}" for place, each in ours.items() if place not in _places(expected)
        ]
        for each in expected:
            mine = ours.get((each.start, each.end))
            if mine is None:
                faults.append(f"missed: {each.words}")
                continue
            right = _same(each, mine)
            tally.update(exact=1, valued=each.valued, right=each.valued and right)
            if not right:
                faults.append(f"{each.words}: {mine.kind} {mine.low}..{mine.high} {mine.unit}")
        wrong += [f"  {text}\n      {'; '.join(faults)}"] if faults else []
    return tally, wrong


def _places(expected: list[Expected]) -> set[tuple[int, int]]:
    return {(each.start, each.end) for each in expected}


def _same(gold: Expected, mine: Expected) -> bool:
    value = not gold.valued or (gold.low, gold.high) == (mine.low, mine.high)
    return gold.kind == mine.kind and value and (gold.unit is None or gold.unit == mine.unit)


def main() -> None:
    """Print the report."""
    print(*report(), sep="\n")


if __name__ == "__main__":
    main()
