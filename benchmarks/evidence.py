"""How long a folder of documents takes: reading it, indexing it, and holding one claim against it.

Makes the folder from invented words, on wide pools, so that rare and common terms come as in real documents:

    python -m benchmarks.evidence                       # 501 documents, 7 MB
    python -m benchmarks.evidence --documents 8         # what a small folder adds
    python -m benchmarks.evidence --folder corpus/evidence

Prints seconds for reading and for indexing, milliseconds a claim (median and worst, after the parser has been
loaded), and the most memory that the process took.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from benchmarks.processes import peak
from briefs.data import load
from briefs.domain.brief import ArticleBriefs
from briefs.pipeline.library import library_of
from briefs.pipeline.order import draft
from briefs.steps.evidence import evidence
from briefs.steps.ingest import Given, Origin, ingest
from briefs.store.passages import PassageIndex

SEED = 5
DOCUMENTS = 501
PARAGRAPHS = 92
"""Of one document."""
ARTICLES = 4
_ONSETS = [
    "b",
    "br",
    "c",
    "ch",
    "d",
    "dr",
    "f",
    "fl",
    "g",
    "gr",
    "h",
    "j",
    "k",
    "kl",
    "l",
    "m",
    "n",
    "p",
    "pl",
    "qu",
    "r",
    "s",
    "sk",
    "sl",
    "st",
    "t",
    "tr",
    "v",
    "w",
    "z",
]
_VOWELS = ["a", "e", "i", "o", "u", "ai", "ea", "ou"]
_CODAS = ["", "l", "m", "n", "nd", "r", "rk", "rn", "s", "st", "t", "x"]
_SMALL = [
    "the",
    "the",
    "the",
    "of",
    "of",
    "and",
    "to",
    "in",
    "a",
    "for",
    "on",
    "with",
    "at",
    "by",
    "was",
    "were",
    "had",
    "has",
    "that",
    "it",
    "said",
    "from",
    "as",
    "not",
]
_UNITS = [
    "nurses",
    "tonnes",
    "crowns",
    "permits",
    "houses",
    "lorries",
    "inspections",
    "complaints",
    "berths",
    "pupils",
    "letters",
]
_VERBS = [
    "reported",
    "counted",
    "approved",
    "delayed",
    "closed",
    "opened",
    "sold",
    "repaired",
    "refused",
    "delivered",
    "promised",
]
_MONTHS = [first for first, *_ in load("dates")["months"]]


class Pools(NamedTuple):
    """Words that documents and articles are drawn from."""

    words: list[str]
    """The common ones first."""
    weights: list[float]
    """How often they come, added up."""
    places: list[str]
    people: list[str]


def pools(chance: random.Random) -> Pools:
    """Return 30,000 words whose frequencies fall as those of a language do (Zipf 1949), and 1,500 names."""
    words = list(dict.fromkeys(_word(chance, chance.randint(1, 3)) for _ in range(60_000)))[:30_000]
    chance.shuffle(words)
    weights = list(accumulate(1 / (rank + 10) for rank in range(len(words))))
    names = [_word(chance, 2).title() for _ in range(1_500)]
    return Pools(
        words, weights, names[:600], [f"{one} {two}" for one, two in zip(names, names[600:], strict=False)]
    )


def _word(chance: random.Random, syllables: int) -> str:
    parts = (
        chance.choice(_ONSETS) + chance.choice(_VOWELS) + chance.choice(_CODAS) for _ in range(syllables)
    )
    return "".join(parts)


def sentence(chance: random.Random, drawn: Pools) -> str:
    """Return an invented sentence; every second one holds a figure, every third a date."""
    words = chance.choices(drawn.words, cum_weights=drawn.weights, k=chance.randint(3, 9))
    for place in range(0, len(words), 2):
        words.insert(place, chance.choice(_SMALL))
    if chance.random() < 0.5:
        figure = f"{chance.randint(2, 9_000):,} {chance.choice(_UNITS)}"
        words[len(words) // 2 : len(words) // 2] = [chance.choice(_VERBS), figure]
    if chance.random() < 0.33:
        words.append(f"in {chance.choice(_MONTHS)} {chance.randint(2019, 2025)}")
    who = chance.choice(drawn.people if chance.random() < 0.4 else drawn.places)
    return f"{who} {chance.choice(_VERBS)} {' '.join(words)}."


def paragraph(chance: random.Random, drawn: Pools) -> str:
    """Return a paragraph of one or two sentences."""
    return " ".join(sentence(chance, drawn) for _ in range(chance.randint(1, 2)))


def fill(folder: Path, documents: int, chance: random.Random, drawn: Pools) -> None:
    """Write invented documents: text, every third Markdown, every tenth a table."""
    for number in range(documents):
        place = chance.choice(drawn.places)
        if number % 10 == 9:
            name, text = f"{number:04}.csv", "\n".join(_rows(chance, drawn))
        elif number % 3 == 2:
            name, text = (
                f"{number:04}.md",
                f"# Report on {place}\n\n" + "\n\n".join(_prose(chance, drawn, "## ")),
            )
        else:
            name, text = f"{number:04}.txt", f"Report on {place}\n\n" + "\n\n".join(_prose(chance, drawn, ""))
        (folder / name).write_text(text + "\n", "utf-8")


def _prose(chance: random.Random, drawn: Pools, mark: str) -> Iterator[str]:
    for number in range(PARAGRAPHS):
        if number % 12 == 0:
            yield f"{mark}Part {number // 12 + 1}, {chance.choice(drawn.places)}"
        yield paragraph(chance, drawn)


def _rows(chance: random.Random, drawn: Pools) -> Iterator[str]:
    yield "month,district,nurses,permits"
    for _ in range(PARAGRAPHS):
        month = f"{chance.choice(_MONTHS)} {chance.randint(2019, 2025)}"
        yield f"{month},{chance.choice(drawn.places)},{chance.randint(2, 900)},{chance.randint(2, 900)}"


def articles(chance: random.Random, drawn: Pools) -> Iterator[ArticleBriefs]:
    """Yield the offline briefs of invented articles that speak as the documents do."""
    for number in range(ARTICLES):
        text = f"{chance.choice(drawn.places)} council answers\n\n" + "\n\n".join(
            paragraph(chance, drawn) for _ in range(20)
        )
        origin = Origin(id=f"{number}.txt", path=f"{number}.txt")
        yield draft(ingest(text.encode(), origin, Given(published="2025-03-01")))


def measure(folder: Path, caches: Path, drafts: list[ArticleBriefs]) -> None:
    """Print what indexing, opening the index and holding the claims of some articles against it take."""
    begun = time.perf_counter()
    with library_of(folder, caches) as file:
        made = time.perf_counter()
        print(f"reading and indexing {made - begun:.2f} s, {file.stat().st_size / 1e6:.0f} MB")
    with library_of(folder, caches) as file:
        again = time.perf_counter()
        library = PassageIndex(file)
        opened = time.perf_counter()
        print(
            f"next run: found unchanged in {again - made:.2f} s, opened in {1000 * (opened - again):.0f} ms"
        )
        print(f"{len(library.documents)} documents, {len(library):,} passages")
        hold(library, drafts)


def hold(library: PassageIndex, drafts: list[ArticleBriefs]) -> None:
    """Print what holding each claim against the documents takes."""
    taken = []
    found = 0
    for result in drafts:
        for brief in result.briefs:
            alone = result.model_copy(update={"briefs": (brief,)})
            start = time.perf_counter()
            held = evidence(alone, library)
            taken.append(1_000 * (time.perf_counter() - start))
            found += len(held.briefs.briefs[0].evidence)
    taken.sort()
    print(
        f"{len(taken)} claims, {found} passages shown: median {statistics.median(taken):.1f} ms,"
        f" mean {statistics.mean(taken):.1f} ms, worst {taken[-1]:.0f} ms a claim"
    )
    print(f"peak memory {peak():.0f} MB")


def main() -> None:
    """Make the folder, or take the one that is named, and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=DOCUMENTS)
    parser.add_argument("--folder", type=Path, help="a folder of one's own in place of the invented one")
    given = parser.parse_args()
    chance = random.Random(SEED)  # noqa: S311 - invents words, guards nothing
    drawn = pools(chance)
    drafts = list(articles(chance, drawn))
    if given.folder is not None:
        with tempfile.TemporaryDirectory() as caches:
            measure(given.folder, Path(caches), drafts)
        return
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "documents"
        folder.mkdir()
        fill(folder, given.documents, chance, drawn)
        measure(folder, Path(place) / "caches", drafts)


if __name__ == "__main__":
    main()
