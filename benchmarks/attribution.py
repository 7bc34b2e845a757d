"""Who said it: attributions against people's annotation.

`python -m benchmarks.attribution --data DIR` reads `polnear_dev.jsonl.gz` (PolNeAR, Newell et al. 2018:
news with source, cue and content) and `gum_attribution.jsonl` (GUM, Zeldes 2017: sentences and who they are
attributed to) from DIR, and prints for PolNeAR

* content: spans matched one to one, greedily, by intersection over union of characters of at least 0.5;
* linked: the sources too, at 0.5, or both absent;
* source right: claims that lie to 80 % inside one annotated content, right if the source given for them
  overlaps the annotated one (both absent counts as right);
* own voice: claims of which at most a tenth is annotated content, right if they are given no source;

the last two for the claims that the tool itself draws up and for all sentences, taken as claims. For GUM:
whether a sentence is attributed, and whether the source overlaps. Nothing is trained here. Intervals are over
documents.
"""

import gzip
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypedDict

from benchmarks.attribution_figures import Tally, gum_figures, polnear_figures
from benchmarks.attribution_spans import (
    Annotated,
    Asked,
    Pair,
    characters,
    judged,
    matched,
    ours,
    theirs,
)
from benchmarks.figures import Figure, data_parser
from briefs.domain.brief import Brief
from briefs.domain.claims import ExtractedClaim
from briefs.domain.scan import Attribution
from briefs.domain.spans import How, Span
from briefs.steps.extract import extract
from briefs.steps.ingest import Origin, ingest
from briefs.steps.scan import scan
from briefs.steps.segment import segment

POLNEAR, GUM = "polnear_dev.jsonl.gz", "gum_attribution.jsonl"


class Row(TypedDict):
    """An article of PolNeAR."""

    doc: str
    text: str
    attributions: list[Annotated]


class GumAttribution(TypedDict):
    """An attribution of GUM: the head unit of what is attributed, and whose words it is."""

    content_head_edu: list[int]
    source: list[list[int]]


class GumRow(TypedDict):
    """A document of GUM."""

    genre: str
    text: str
    sentences: list[list[int]]
    attributions: list[GumAttribution]


class Read(NamedTuple):
    """What the tool reads in an article."""

    sentences: tuple[Span, ...]
    attributions: tuple[Attribution, ...]
    claims: tuple[ExtractedClaim, ...]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures."""
    parser = data_parser(__doc__, "folder with the annotated sets")
    parser.add_argument("--set", default=POLNEAR, help="file with PolNeAR rows (default: %(default)s)")
    parser.add_argument("--most", type=int, default=0, help="read at most so many articles")
    parser.add_argument(
        "--misses", action="store_true", help="print what was not found, and what was too much"
    )
    given = parser.parse_args(arguments)
    rows = read_rows(given.data / given.set)[: given.most or None]
    if given.misses:
        for row in rows:
            print(*misses(row), sep="\n")
    for figure in polnear(rows, given.set.split(".")[0]):
        print(figure)
    if (given.data / GUM).exists():
        for figure in wikinews(_gum_rows(given.data / GUM)):
            print(figure)


def figures(data: Path) -> list[Figure]:
    """Return the figures for the sets in the folder `data`."""
    return [*polnear(read_rows(data / POLNEAR)), *wikinews(_gum_rows(data / GUM))]


def read_rows(path: Path) -> list[Row]:
    """Return the articles of a PolNeAR file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _gum_rows(path: Path) -> list[GumRow]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def polnear(rows: Sequence[Row], name: str = "PolNeAR dev") -> list[Figure]:
    """Return the figures for articles of PolNeAR."""
    return polnear_figures([tally(row, read(row["text"])) for row in rows], f"{name}, {len(rows)} articles")


def read(text: str) -> Read:
    """Return what the tool reads in a text; ValueError if the text would be changed on the way in."""
    article = ingest(text.encode("utf-8"), Origin(id="benchmark", path="benchmark.txt"))
    if article.text != text:
        raise ValueError("the text was changed on the way in, so that offsets do not hold")
    segmentation = segment(article)
    scanned = scan(article, segmentation)
    claims = extract(article, segmentation, scanned).claims
    return Read(tuple(s.place for s in segmentation.sentences), scanned.attributions, claims)


def tally(row: Row, found: Read) -> Tally:
    """Count what was found of one article's attributions, and the claims with the right source."""
    mine, gold = _pairs(row, found)
    counts: Tally = Counter({"mine": len(mine), "gold": len(gold)})
    counts.update(f"{each.stratum} gold" for each in gold)
    for match in matched(mine, gold):
        counts.update(("content", f"{match.theirs.stratum} found"))
        if match.linked:
            counts.update(("linked", f"{match.theirs.stratum} linked"))
    sentences = judged((_given(characters([place]), mine) for place in found.sentences), gold)
    claims = judged(map(claimed, found.claims), gold)
    for unit, judgements in (("sentence", sentences), ("claim", claims)):
        counts.update({f"{unit} {name}": count for name, count in judgements.items()})
    return counts


def _pairs(row: Row, found: Read) -> tuple[list[Pair], list[Pair]]:
    mine = [ours(each) for each in found.attributions if each.content]
    return mine, [theirs(each, row["text"]) for each in row["attributions"]]


def _given(claim: frozenset[int], mine: Sequence[Pair]) -> Asked:
    covering = max(mine, key=lambda each: len(claim & each.content), default=None)
    if covering is not None and len(claim & covering.content) >= 0.5 * len(claim):
        return Asked(claim, covering.source)
    return Asked(claim, frozenset())


def claimed(drafted: ExtractedClaim | Brief) -> Asked:
    """Return a claim with the source that it is given; one that is merely possible is none."""
    source = drafted.attribution.source
    sure = source is not None and drafted.attribution.how is not How.POSSIBLE
    return Asked(characters([drafted.claim.quote]), characters([source] if sure and source else ()))


def misses(row: Row, found: Read | None = None) -> Iterator[str]:
    """Yield a line for each attribution of an article that was not found, too much, or has another source."""
    text = row["text"]
    mine, gold = _pairs(row, found or read(text))
    matches = list(matched(mine, gold))
    for match in matches:
        if not match.linked:
            where = f"{_words(match.ours.source, text)!r} for {_words(match.theirs.source, text)!r}"
            yield f"SOURCE   {where}: {_words(match.theirs.content, text)}"
    found_ours, found_theirs = [m.ours for m in matches], [m.theirs for m in matches]
    for each in gold:
        if each not in found_theirs:
            near = max((len(each.content & one.content) for one in mine), default=0)
            kind = "BORDER  " if near >= 0.5 * len(each.content) else "MISSED  "
            yield f"{kind} {_words(each.source, text)!r}: {_words(each.content, text)}"
    for each in mine:
        if each not in found_ours:
            yield f"TOO MUCH {_words(each.source, text)!r}: {_words(each.content, text)}"


def _words(places: frozenset[int], text: str) -> str:
    return " ".join("".join(text[place] for place in sorted(places)).split())


def wikinews(rows: Sequence[GumRow]) -> list[Figure]:
    """Return the figures for GUM: its news articles, and all its genres together."""
    tallies = [(row["genre"], attributed(row, read(row["text"]).attributions)) for row in rows]
    made: list[Figure] = []
    for name, chosen in (
        ("news", [counts for genre, counts in tallies if genre == "news"]),
        ("all genres", [counts for _, counts in tallies]),
    ):
        made.extend(gum_figures(chosen, f"GUM {name}, {len(chosen)} documents"))
    return made


def attributed(row: GumRow, attributions: Sequence[Attribution]) -> Tally:
    """Count the sentences of one document that are attributed, by the annotation and by us."""
    counts: Tally = Counter()
    for start, end in row["sentences"]:
        sentence = Span(start=start, end=end)
        gold = [a for a in row["attributions"] if start <= a["content_head_edu"][0] < end]
        mine = [a for a in attributions if any(piece.overlaps(sentence) for piece in a.content)]
        counts["gold"] += bool(gold)
        counts["mine"] += bool(mine)
        if gold and mine:
            counts["both"] += 1
            places = [Span(start=s, end=e) for a in gold for s, e in a["source"]]
            counts["source"] += any(a.source and a.source.overlaps(s) for a in mine for s in places)
    return counts


if __name__ == "__main__":
    main()
