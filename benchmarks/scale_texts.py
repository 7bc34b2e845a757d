"""Invented articles of any number and any length, made from templates; every name and figure is drawn.

A short article is a function of its number: ten sentences of a council, a body and a speaker of its own. A
long one has one of several shapes, each a way in which a text can be long.
"""

from collections.abc import Callable, Iterator
from itertools import cycle, islice
from random import Random
from typing import NamedTuple

from benchmarks.stories_words import MONTHS, QUALITIES, SYLLABLES, THINGS

_SENTENCES = (
    "The {body} of {place} {deed} {figure} {thing} in {month} {year}, {speaker} said on {day}.",
    "“We counted {figure} {thing} twice,” {speaker}, an auditor at the {body}, told the {paper}.",
    "According to a report by the {body}, {share} percent of all {thing} in {place} were {deed} last year.",
    "Residents waited outside the hall for hours before the doors were opened.",
    "{speaker} denied that the {body} had been warned before {month} {year}.",
    "The figure is {share} percent higher than in {year}, the highest since records began.",
    "Two officials, who asked not to be named, said that about {figure} {thing} had never been paid for.",
    "It might take months before anyone knows where the money went, {speaker} added.",
    "A vote is due before the end of the session.",
    "{paper} reported in {month} that {place} had lost {figure} crowns on {thing}.",
)
_DEEDS = ("inspected", "repaired", "closed", "insured", "replaced", "searched", "sold", "moved")
_BODIES = ("council", "harbour board", "water office", "housing agency", "roads department")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


class Made(NamedTuple):
    """A short invented article."""

    id: str
    title: str
    outlet: str
    published: str
    text: str


def made(number: int, sentences: int = 10) -> Made:
    """Return article `number`, the same each time."""
    draw = Random(f"scale {number}")  # noqa: S311 - the same each time
    place, paper = _name(draw), f"{_name(draw)} Courier"
    body = f"{_BODIES[number % len(_BODIES)]}"
    lines = list(islice(_lines(draw, place, paper, body), sentences))
    paragraphs = [" ".join(lines[start : start + 3]) for start in range(0, len(lines), 3)]
    day = f"2025-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
    title = f"{place} {body} asked about {draw.choice(THINGS)}"
    return Made(f"scale-{number:08}", title, paper, day, "\n\n".join([title, *paragraphs]))


def _lines(draw: Random, place: str, paper: str, body: str) -> Iterator[str]:
    speakers = [f"{_name(draw)} {_name(draw)}" for _ in range(3)]
    for template in cycle(_SENTENCES):
        yield template.format(
            place=place,
            paper=paper,
            body=body,
            speaker=draw.choice(speakers),
            thing=f"{draw.choice(QUALITIES)} {draw.choice(THINGS)}",
            deed=draw.choice(_DEEDS),
            month=MONTHS[draw.randrange(12)],
            year=draw.randint(2015, 2024),
            day=draw.choice(_DAYS),
            figure=f"{draw.randint(1100, 98_000):,}",
            share=draw.randint(2, 98),
        )


def _name(draw: Random) -> str:
    return "".join(draw.choices(SYLLABLES, k=draw.choice((2, 2, 3)))).capitalize()


def prose(length: int) -> str:
    """Return articles one after another under a headline, in paragraphs of three sentences."""
    return _cut((f"{made(number).text}\n\n" for number in range(length)), length)


def one_paragraph(length: int) -> str:
    """Return one paragraph without a line break."""
    return _cut((made(number).text.replace("\n\n", " ") + " " for number in range(length)), length)


def lines(length: int) -> str:
    """Return paragraphs of one sentence each, a line each."""
    return _cut((made(number).text.replace(". ", ".\n\n") + "\n\n" for number in range(length)), length)


def marks(length: int) -> str:
    """Return a text that is half quotation marks, opening, closing and straight."""
    pieces = ("“ boat ” ", "“““ ", '" ', "”” rope ", "' ", "‘ said ’ ", "«»„ ")
    draw = Random("marks")  # noqa: S311
    return _cut((draw.choice(pieces) for _ in range(length)), length)


def quotations(length: int) -> str:
    """Return short sentences, each a quotation."""
    return _cut((f"“It was {number},” she said. " for number in range(length)), length)


def endless(length: int) -> str:
    """Return words without an end of a sentence."""
    draw = Random("endless")  # noqa: S311
    words = (
        draw.choice(("rope", "harbour", "Sable", "and", "counted", "4,500", "said", ",")) + " "
        for _ in range(length)
    )
    return _cut(words, length)


def repeated(length: int) -> str:
    """Return one sentence over and over."""
    sentence = "The harbour board of Sable lost 1,200 crates in March 2024, its auditor Ana Petrel said. "
    return _cut((sentence for _ in range(length)), length)


def word(length: int) -> str:
    """Return one word as long as the text."""
    return "a" * length


SHAPES: dict[str, Callable[[int], str]] = {
    shape.__name__: shape
    for shape in (prose, one_paragraph, lines, marks, quotations, endless, repeated, word)
}


def _cut(pieces: Iterator[str], length: int) -> str:
    found: list[str] = []
    size = 0
    for piece in pieces:
        found.append(piece)
        size += len(piece)
        if size >= length:
            break
    return "".join(found)[:length]
