"""Where sentences end: against sentence-splitting rules, and against people's borders in news.

`python -m benchmarks.sentences --data DIR` reads `sentence_rules_en.jsonl` (English golden rules of pySBD,
Sadvilkar and Neumann 2020: a text and its sentences; a rule is passed when all are equal) and
`gum_attribution.jsonl` (GUM, Zeldes 2017) from DIR. Documents of GUM go through ingest and segment as
articles do, and the places where sentences end are compared. Two thirds of those stand at the end of a
paragraph and come for free; so the ends inside paragraphs are counted by themselves too.

Floor: a stop, white space and a capital, nothing else.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypedDict

from benchmarks.figures import Figure, bootstrap, data_parser, f1
from briefs.steps.ingest import Origin, ingest
from briefs.steps.segment import segment
from briefs.text.sentences import sentences

_RULES = "sentence_rules_en.jsonl"
_GUM = "gum_attribution.jsonl"
_QUESTION = "where sentences end"
_STOP = re.compile(r"[.!?][\"”'’)\]]*(?=\s+[\"“‘'(\[]*[A-Z])")
_CONTEXT = 50


class _Rule(TypedDict):
    text: str
    sentences: list[str]


class _Document(TypedDict):
    doc: str
    genre: str
    text: str
    sentences: list[list[int]]


class Borders(NamedTuple):
    """The ends of sentences in one document that are in both, ours alone and the annotation's."""

    both: int
    mine: int
    gold: int


def figures(data: Path) -> list[Figure]:
    """Return the rules passed, and the F1 of borders in news: all of them, and those inside paragraphs."""
    rules = _read_rules(data)
    passed = [split(rule["text"]) == rule["sentences"] for rule in rules]
    naive = [naively(rule["text"]) == rule["sentences"] for rule in rules]
    news = [document for document in _read_gum(data) if document["genre"] == "news"]
    return [
        Figure(
            question=_QUESTION,
            measure="golden rules, share passed",
            data=f"pySBD's English golden rules, {len(rules)}",
            value=sum(passed) / len(passed),
            counts=f"{sum(passed)} of {len(passed)}",
            interval=bootstrap(passed, _mean),
            floor=f"stop, space, capital: {sum(naive) / len(naive):.2f}",
            people="0.98, pySBD itself",
            aim=0.95,
        ),
        _borders("all ends of sentences, F1", news, inside=False, aim=0.95),
        _borders("ends inside paragraphs, F1", news, inside=True),
    ]


def _borders(measure: str, documents: Sequence[_Document], inside: bool, aim: float | None = None) -> Figure:
    counted = [compared(document, segmented, inside) for document in documents]
    floor = total(compared(document, naive_ends, inside) for document in documents)
    both, mine, gold = (sum(column) for column in zip(*counted, strict=True))
    return Figure(
        question=_QUESTION,
        measure=measure,
        data=f"GUM news, {len(documents)} articles",
        value=total(counted),
        counts=f"{both} right of {mine} found and {gold} annotated",
        interval=bootstrap(counted, total),
        floor=f"stop, space, capital: {floor:.2f}",
        aim=aim,
    )


def _mean(values: Iterable[bool]) -> float:
    listed = list(values)
    return sum(listed) / len(listed)


def total(counted: Iterable[Borders]) -> float:
    """Return the F1 of all documents' borders together."""
    both, mine, gold = (sum(column) for column in zip(*counted, strict=True))
    return f1(both, mine, gold)


def split(text: str) -> list[str]:
    """Return the sentences of a text as the tool cuts them."""
    return [span.of(text) for span in sentences(text, 0, len(text))]


def naively(text: str) -> list[str]:
    """Return the sentences that a stop, white space and a capital make."""
    ends = [match.end() for match in _STOP.finditer(text)]
    return [text[a:b].strip() for a, b in zip([0, *ends], [*ends, len(text)], strict=True)]


def segmented(text: str) -> set[int]:
    """Return where the tool ends the sentences of an article."""
    article = ingest(text.encode("utf-8"), Origin(id="benchmark", path="benchmark.txt"))
    if article.text != text:
        raise ValueError("the text was changed on the way in, so that offsets do not hold")
    return {sentence.end for sentence in segment(article).sentences}


def naive_ends(text: str) -> set[int]:
    """Return the ends that a stop, white space and a capital make, and those of paragraphs."""
    paragraphs = {match.end() for match in re.finditer(r"\S(?=\s*\n|\s*\Z)", text)}
    return {match.end() for match in _STOP.finditer(text)} | paragraphs


def compared(document: _Document, splitter: Callable[[str], set[int]], inside: bool) -> Borders:
    """Count the borders of one document, only those `inside` paragraphs where wanted."""
    mine, gold = _ends(document, splitter, inside)
    return Borders(len(mine & gold), len(mine), len(gold))


def _ends(
    document: _Document, splitter: Callable[[str], set[int]], inside: bool
) -> tuple[set[int], set[int]]:
    text = document["text"]
    mine, gold = splitter(text), {end for _, end in document["sentences"]}
    if inside:
        free = {match.start() for match in re.finditer(r"(?<=\S)\s*\n|(?<=\S)\s*\Z", text)}
        mine, gold = mine - free, gold - free
    return mine, gold


def _read_rules(data: Path) -> list[_Rule]:
    return [json.loads(line) for line in (data / _RULES).read_text("utf-8").splitlines()]


def _read_gum(data: Path) -> list[_Document]:
    return [json.loads(line) for line in (data / _GUM).read_text("utf-8").splitlines()]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures, those of GUM's other genres, and with --misses each border that differs."""
    parser = data_parser(__doc__, "folder with the two sets")
    parser.add_argument("--misses", action="store_true", help="show the rules and borders that differ")
    given = parser.parse_args(arguments)
    for figure in figures(given.data):
        print(figure)
    documents = _read_gum(given.data)
    for genre in ("interview", "speech"):
        chosen = [document for document in documents if document["genre"] == genre]
        for inside in (False, True):
            both, mine, gold = map(sum, zip(*(compared(d, segmented, inside) for d in chosen), strict=True))
            print(
                f"GUM {genre:<10} {'inside paragraphs' if inside else 'all':<18}"
                f" F1 {f1(both, mine, gold):.3f}  ({both} right of {mine} found and {gold} annotated)"
            )
    if given.misses:
        for line in _misses(_read_rules(given.data), documents):
            print(line)


def _misses(rules: Sequence[_Rule], documents: Sequence[_Document]) -> Iterator[str]:
    for rule in rules:
        if split(rule["text"]) != rule["sentences"]:
            yield f"rule: {split(rule['text'])} for {rule['sentences']}"
    for document in documents:
        mine, gold = _ends(document, segmented, inside=False)
        text = document["text"]
        for place in sorted(mine ^ gold):
            what = "extra" if place in mine else "lost"
            before, after = text[max(0, place - _CONTEXT) : place], text[place : place + _CONTEXT]
            yield f"{document['doc']} {what}: {before!r} | {after!r}"


if __name__ == "__main__":
    main()
