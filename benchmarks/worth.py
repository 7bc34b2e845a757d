"""Worth checking, and a fact in it: the ledger's judgement of sentences against people's.

`python -m benchmarks.worth --data DIR` reads from DIR

* `ct24_dev-test.tsv` (CheckThat! Lab 2024, task 1, English: sentences of US debates, Yes = worth checking).
  Each sentence stands alone as the one paragraph below a neutral heading. F1 of Yes for `worth` >= 0.5.
* `policlaim_train.jsonl` (PoliClaim, Ni et al. 2024: US governors' and presidents' speeches, sentence by
  sentence, 1 = holds a verifiable fact). A speech is one article, a sentence a paragraph. Cohen's kappa of
  `verifiable`. The rules were written with SEEN in view; the other speeches were only measured.

Every sentence goes the way of an article: ingest, segment, scan, extract; what is measured is its entry in
the ledger, or the best of them where our own cutting makes two of it. Headings are never measured.
Intervals draw sentences (CheckThat) or speeches (PoliClaim) with replacement. Nothing is trained here.
"""

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from benchmarks.figures import Figure, bootstrap, data_parser, f1
from briefs.domain.claims import LedgerEntry
from briefs.domain.spans import Span
from briefs.steps.extract import extract
from briefs.steps.ingest import Origin, ingest
from briefs.steps.scan import scan
from briefs.steps.segment import segment

SEEN = frozenset({"AL2003_G4_1", "CT2014_G4_1", "DE1999_G4_1", "IN2011_G4_1"})
"""The speeches that were read when the rules were written."""
WORTH = 0.5
"""From here on a sentence is worth checking."""
_HEADING = "Transcript"


class Labelled(NamedTuple):
    """A sentence and what people say of it."""

    document: str
    text: str
    gold: bool


class Judged(NamedTuple):
    """A sentence, what people say of it and what the ledger does."""

    document: str
    text: str
    gold: bool
    worth: float
    verifiable: bool
    reason: str


class Table(NamedTuple):
    """How often two judges say yes and no."""

    both: int
    mine: int
    gold: int
    of: int

    @property
    def kappa(self) -> float:
        """Return Cohen's kappa (1960): agreement beyond what chance would give."""
        if not self.of:
            return 0.0
        agreed = (self.of - self.mine - self.gold + 2 * self.both) / self.of
        yes, no = self.mine * self.gold, (self.of - self.mine) * (self.of - self.gold)
        chance = (yes + no) / self.of**2
        return (agreed - chance) / (1 - chance) if chance < 1 else 0.0

    @property
    def f1(self) -> float:
        """Return the F1 of yes."""
        return f1(self.both, self.mine, self.gold)

    def __str__(self) -> str:
        """Return the counts."""
        return f"{self.both} of {self.gold} found, {self.mine - self.both} more, of {self.of}"


def debates(path: Path) -> tuple[Labelled, ...]:
    """Return the sentences of a CheckThat file, those without a plain Yes or No left out."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return tuple(
        Labelled(row["Sentence_id"], row["Text"], row["class_label"] == "Yes")
        for row in rows
        if row["class_label"] in {"Yes", "No"}
    )


def speeches(path: Path) -> tuple[Labelled, ...]:
    """Return the sentences of PoliClaim, in the order of their speeches."""
    rows = [json.loads(line) for line in path.open(encoding="utf-8")]
    return tuple(Labelled(row["doc"], row["sentence"], row["factual"] == 1) for row in rows)


def judged(sentences: Iterable[Labelled]) -> Iterator[Judged]:
    """Yield the sentences with what the ledger says; neighbours of one document make one article."""
    for _, group in groupby(sentences, key=lambda each: each.document):
        document = list(group)
        paragraphs = [" ".join(each.text.split()) for each in document]
        text = "\n\n".join((_HEADING, *paragraphs))
        ledger = iter(_ledger(text))
        next(ledger)
        entry = next(ledger, None)
        at = len(_HEADING)
        for each, paragraph in zip(document, paragraphs, strict=True):
            at = text.index(paragraph, at)
            place = Span(start=at, end=at + len(paragraph))
            entries = []
            while entry is not None and entry.start < place.end:
                entries.append(entry)
                entry = next(ledger, None)
            at = place.end
            best = max(entries, key=lambda one: one.worth)
            yield Judged(
                *each, max(e.worth for e in entries), any(e.verifiable for e in entries), best.reason
            )


def _ledger(text: str) -> tuple[LedgerEntry, ...]:
    article = ingest(text.encode("utf-8"), Origin(id="benchmark", path="benchmark.txt"))
    if article.text != text:
        raise ValueError("the text was changed on the way in, so that offsets do not hold")
    cut = segment(article)
    return extract(article, cut, scan(article, cut)).ledger


def worth_table(sentences: Iterable[Judged]) -> Table:
    """Return how `worth` and people's Yes agree."""
    return _table((each.worth >= WORTH, each.gold) for each in sentences)


def fact_table(sentences: Iterable[Judged]) -> Table:
    """Return how `verifiable` and people's 1 agree."""
    return _table((each.verifiable, each.gold) for each in sentences)


def _table(pairs: Iterable[tuple[bool, bool]]) -> Table:
    counted = Counter(pairs)
    both = counted[True, True]
    return Table(both, both + counted[True, False], both + counted[False, True], counted.total())


def figures(data: Path) -> list[Figure]:
    """Return the figures of the ledger's judgement for the sets in `data` that are there."""
    found: list[Figure] = []
    debate, speech = data / "ct24_dev-test.tsv", data / "policlaim_train.jsonl"
    if debate.exists():
        found.append(worth_figure(tuple(judged(debates(debate)))))
    if speech.exists():
        found += fact_figures(tuple(judged(speeches(speech))))
    return found


def worth_figure(sentences: Sequence[Judged]) -> Figure:
    """Return the figure for check-worthiness."""
    table = worth_table(sentences)
    return Figure(
        question="worth checking",
        measure="`worth` of at least 0.5, F1 of Yes",
        data=f"CheckThat 2024 dev-test, {len(sentences)} sentences",
        value=table.f1,
        counts=str(table),
        interval=bootstrap(sentences, lambda drawn: worth_table(drawn).f1),
        floor="TF-IDF 0.57 (on test)",
        people="0.75-0.80 fine-tuned transformers (on test)",
        aim=0.75,
    )


def fact_figures(sentences: Sequence[Judged]) -> Iterator[Figure]:
    """Yield the figures for facts: all speeches, those not read, those read."""
    documents = frozenset(each.document for each in sentences)
    for name, wanted in (("all", documents), ("not read", documents - SEEN), ("read", documents & SEEN)):
        chosen = [each for each in sentences if each.document in wanted]
        by_document = [list(group) for _, group in groupby(chosen, key=lambda each: each.document)]
        table = fact_table(chosen)
        yield Figure(
            question="a fact in it",
            measure=f"`verifiable`, Cohen's kappa, speeches {name}",
            data=f"PoliClaim train, {len(by_document)} speeches, {len(chosen)} sentences",
            value=table.kappa,
            counts=str(table),
            interval=bootstrap(
                by_document, lambda drawn: fact_table(one for group in drawn for one in group).kappa
            ),
            floor="TF-IDF 0.54",
            people="0.69 between people, 0.71 GPT-4",
            aim=0.62,
        )


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures."""
    parser = data_parser(__doc__, "folder with the sets")
    given = parser.parse_args(arguments)
    for figure in figures(given.data):
        print(figure)


if __name__ == "__main__":
    main()
