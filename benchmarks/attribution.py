"""Who said it: attributions against people's annotation.

`python -m benchmarks.attribution --data DIR` reads `polnear_dev.jsonl.gz` (PolNeAR, Newell et al. 2018:
news with source, cue and content) and `gum_attribution.jsonl` (GUM, Zeldes 2017: sentences and who they are
attributed to) from DIR, and prints for PolNeAR

* content: spans matched one to one, greedily, by intersection over union of characters of at least 0.5;
* linked: the sources too, at 0.5, or both absent;
* source right: sentences that lie to 80 % inside one annotated content, right if the source given for
  them overlaps the annotated one (both absent counts as right);
* own voice: sentences of which at most a tenth is annotated content, right if they are given no source;

and for GUM whether a sentence is attributed, and whether the source overlaps. Nothing is trained here.
"""

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypedDict

from briefs.domain.scan import Attribution
from briefs.domain.segmentation import Segmentation
from briefs.domain.spans import How, Span
from briefs.steps.ingest import Origin, ingest
from briefs.steps.scan import scan
from briefs.steps.segment import segment

Characters = frozenset[int]


class _Annotated(TypedDict):
    source: list[list[int]] | None
    cue: list[list[int]] | None
    content: list[list[int]]


class _Row(TypedDict):
    doc: str
    text: str
    attributions: list[_Annotated]


class Pair(NamedTuple):
    """An attribution as sets of character offsets."""

    source: Characters
    content: Characters
    stratum: str


class Share(NamedTuple):
    """How many of how many were right."""

    right: int
    of: int

    def __str__(self) -> str:
        """Return the share with its counts."""
        return f"{self.right / self.of:.3f} ({self.right}/{self.of})" if self.of else "none"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--data", type=Path, required=True, metavar="DIR", help="folder with the annotated sets"
    )
    parser.add_argument(
        "--set", default="polnear_dev.jsonl.gz", help="file with PolNeAR rows (default: %(default)s)"
    )
    parser.add_argument("--most", type=int, default=0, help="read at most so many articles")
    given = parser.parse_args(arguments)
    with gzip.open(given.data / given.set, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    for line in polnear(rows[: given.most or None]):
        print(line)
    gum = given.data / "gum_attribution.jsonl"
    if gum.exists():
        for line in wikinews([json.loads(line) for line in gum.open(encoding="utf-8")]):
            print(line)


def polnear(rows: Sequence[_Row]) -> Iterator[str]:
    """Yield the lines of the PolNeAR table."""
    tally: Counter[str] = Counter()
    strata: Counter[str] = Counter()
    for row in rows:
        segmentation, attributions = _scanned(row["text"])
        mine = [_mine(each) for each in attributions if each.content]
        gold = [_gold(each, row["text"]) for each in row["attributions"]]
        tally["mine"] += len(mine)
        tally["gold"] += len(gold)
        strata.update(f"{each.stratum} gold" for each in gold)
        for ours, theirs in _matched(mine, gold):
            tally["content"] += 1
            strata[f"{theirs.stratum} found"] += 1
            none = not ours.source and not theirs.source
            linked = none or _overlap(ours.source, theirs.source) >= 0.5
            tally["linked"] += linked
            strata[f"{theirs.stratum} linked"] += linked
        tally.update(_claims(segmentation, mine, gold))
    yield f"PolNeAR: {len(rows)} articles, {tally['gold']} attributions annotated, {tally['mine']} found"
    precision, recall = Share(tally["content"], tally["mine"]), Share(tally["content"], tally["gold"])
    yield f"  content   P {precision}  R {recall}  F1 {_f1(tally, 'content'):.3f}"
    yield f"  linked    F1 {_f1(tally, 'linked'):.3f}"
    yield f"  source right, given a claim  {Share(tally['right'], tally['claims'])}"
    yield f"  no source for own voice      {Share(tally['silent'], tally['own'])}"
    yield f"  sentences that are neither   {tally['neither']}"
    for name in ("direct", "indirect", "mixed", "pronoun source", "no source"):
        hits, sources = strata[f"{name} found"], strata[f"{name} linked"]
        of = strata[f"{name} gold"]
        yield f"  {name:<15} found {Share(hits, of)}, linked {Share(sources, of)}"


def _scanned(text: str) -> tuple[Segmentation, tuple[Attribution, ...]]:
    article = ingest(text.encode("utf-8"), Origin(id="benchmark", path="benchmark.txt"))
    if article.text != text:
        raise ValueError("the text was changed on the way in, so that offsets do not hold")
    segmentation = segment(article)
    return segmentation, scan(article, segmentation).attributions


def _mine(attribution: Attribution) -> Pair:
    sure = attribution.source is not None and attribution.how is not How.POSSIBLE
    source = _characters([attribution.source]) if sure and attribution.source else frozenset()
    return Pair(source, _characters(attribution.content), attribution.speech.value)


def _characters(spans: Sequence[Span]) -> Characters:
    return frozenset(place for span in spans for place in range(span.start, span.end))


_PRONOUNS = frozenset(
    {"he", "she", "they", "it", "i", "we", "you", "who", "which", "that", "his", "her", "their", "him"}
)
_QUOTES = frozenset('“”"‘«»')


def _gold(annotated: _Annotated, text: str) -> Pair:
    content = [Span(start=start, end=end) for start, end in annotated["content"]]
    source = [Span(start=start, end=end) for start, end in annotated["source"] or ()]
    if not source:
        stratum = "no source"
    elif source[0].of(text).lower() in _PRONOUNS:
        stratum = "pronoun source"
    else:
        words = [span.of(text) for span in content]
        marked = any(mark in word for word in words for mark in (*_QUOTES, "''"))
        whole = all(word[0] in _QUOTES or word.startswith("''") for word in words if word)
        stratum = "direct" if marked and whole else "mixed" if marked else "indirect"
    return Pair(_characters(source), _characters(content), stratum)


def _overlap(one: Characters, other: Characters) -> float:
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0


def _matched(mine: Sequence[Pair], gold: Sequence[Pair]) -> Iterator[tuple[Pair, Pair]]:
    """Yield pairs of contents, the best first, none used twice."""
    scored = sorted(
        (
            (_overlap(ours.content, theirs.content), i, j)
            for i, ours in enumerate(mine)
            for j, theirs in enumerate(gold)
            if not ours.content.isdisjoint(theirs.content)
        ),
        key=lambda each: (-each[0], each[1], each[2]),
    )
    used: set[int] = set()
    taken: set[int] = set()
    for score, i, j in scored:
        if score < 0.5:
            return
        if i not in used and j not in taken:
            used.add(i)
            taken.add(j)
            yield mine[i], gold[j]


def _claims(segmentation: Segmentation, mine: Sequence[Pair], gold: Sequence[Pair]) -> Counter[str]:
    """Count the sentences that are somebody's words or the article's own, and what is given for them."""
    tally: Counter[str] = Counter()
    for sentence in segmentation.sentences:
        claim = _characters([sentence])
        inside = [each for each in gold if len(claim & each.content) >= 0.8 * len(claim)]
        covering = max(mine, key=lambda each: len(claim & each.content), default=None)
        given: Characters = frozenset()
        if covering is not None and len(claim & covering.content) >= 0.5 * len(claim):
            given = covering.source
        if inside:
            wanted = min(inside, key=lambda each: len(each.content)).source
            tally["claims"] += 1
            tally["right"] += bool(given & wanted) or not (given or wanted)
        elif len(claim & frozenset().union(*(each.content for each in gold))) <= 0.1 * len(claim):
            tally["own"] += 1
            tally["silent"] += not given
        else:
            tally["neither"] += 1
    return tally


def _f1(tally: Counter[str], what: str) -> float:
    total = tally["mine"] + tally["gold"]
    return 2 * tally[what] / total if total else 0.0


class _GumAttribution(TypedDict):
    content_head_edu: list[int]
    source: list[list[int]]


class _GumRow(TypedDict):
    genre: str
    text: str
    sentences: list[list[int]]
    attributions: list[_GumAttribution]


def wikinews(rows: Sequence[_GumRow]) -> Iterator[str]:
    """Yield the lines of the GUM table: its news articles, and all its genres together."""
    for name, chosen in (("news", [row for row in rows if row["genre"] == "news"]), ("all genres", rows)):
        tally: Counter[str] = Counter()
        for row in chosen:
            tally.update(_attributed(row))
        precision, recall = Share(tally["both"], tally["mine"]), Share(tally["both"], tally["gold"])
        f1 = 2 * tally["both"] / max(1, tally["mine"] + tally["gold"])
        yield f"GUM, {name}: {len(chosen)} documents, {tally['gold']} sentences with attributed words"
        yield f"  sentence is attributed  P {precision}  R {recall}  F1 {f1:.3f}"
        yield f"  source overlaps, where both are there  {Share(tally['source'], tally['both'])}"


def _attributed(row: _GumRow) -> Counter[str]:
    """Count the sentences of one document that are attributed, by the annotation and by us."""
    tally: Counter[str] = Counter()
    _, attributions = _scanned(row["text"])
    for start, end in row["sentences"]:
        sentence = Span(start=start, end=end)
        gold = [a for a in row["attributions"] if start <= a["content_head_edu"][0] < end]
        mine = [a for a in attributions if any(piece.overlaps(sentence) for piece in a.content)]
        tally["gold"] += bool(gold)
        tally["mine"] += bool(mine)
        if gold and mine:
            tally["both"] += 1
            theirs = [Span(start=s, end=e) for a in gold for s, e in a["source"]]
            tally["source"] += any(a.source and a.source.overlaps(s) for a in mine for s in theirs)
    return tally


if __name__ == "__main__":
    main()
