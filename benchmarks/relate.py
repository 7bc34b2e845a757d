"""How relating claims scales: seconds, memory, pairs examined, and what is found of planted families.

    python -m benchmarks.relate [--sizes 1000,10000,50000] [--folder DIR] [--filled]

Articles are made from templates (`stories`) as the claim index gets them: no article is read or parsed. Each
size runs in a process of its own, which does what a run does with each article in turn: its entry is made,
put, compared with what the index offers, and its relations are kept; each in a transaction of its own. Then
twenty more articles are added in a fresh process, after five that warm it up; the median counts. With
`--filled` only these are related: the others are put into the index and no more, which takes less
time and tells what one more article costs. Of more than a few thousand articles a line tells now and then how
far it is.

Seconds are CPU time of the process (wall time beside it), without the time of making the articles; memory is
its peak, in MiB. Recall is the share of planted pairs that have a relation of the kind that was planted,
precision the share of relations of that kind that were planted so. A relation between two distractors, or of
another kind than planted, counts as wrong.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from benchmarks.processes import peak
from benchmarks.stories import CLAIMS, EXPECTED, KINDS, Archive, archived
from briefs.domain.relations import IndexedArticle, Relation
from briefs.pipeline.collecting import collect_seldom
from briefs.pipeline.entries import entry_for
from briefs.steps.relate import may_relate, relate, relate_pairs
from briefs.store.claims import ClaimIndex

ADDED, WARMED = 20, 5
TOLD = 5_000
"""After so many articles each a line says how far a run has come, and what the last ones took."""


class Compared(NamedTuple):
    """How many pairs an article brought."""

    met: int
    """Those that share enough keys."""
    offered: int
    """Those among them that may relate, as far as their outlines tell: they are judged."""
    related: int


class Added(NamedTuple):
    """What adding an article took."""

    cpu: float
    wall: float
    pairs: Compared


def main() -> None:
    """Measure each size in processes of its own, and print."""
    arguments = _arguments()
    collect_seldom()  # as `briefs run` does
    if arguments.grow:
        _grow(arguments.grow, arguments.folder)
        return
    if arguments.fill:
        _fill(arguments.fill, arguments.folder)
        return
    if arguments.add:
        _add(arguments.add, arguments.folder)
        return
    for size in map(int, arguments.sizes.split(",")):
        with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
            for step in ("--fill" if arguments.filled else "--grow", "--add"):
                command = [sys.executable, "-m", "benchmarks.relate", step, str(size), "--folder", folder]
                subprocess.run(command, check=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,10000,50000")
    parser.add_argument("--folder", type=Path, help="where the index is made; it is deleted afterwards")
    parser.add_argument("--filled", action="store_true", help="relate the articles that are added last only")
    parser.add_argument("--grow", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--fill", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--add", type=int, help=argparse.SUPPRESS)
    return parser.parse_args()


def add(index: ClaimIndex, article: IndexedArticle, folder: Path) -> Compared:
    """Put an article and relate it, as a run does; return how many pairs with other articles that meant."""
    with index.writing():
        index.put(entry_for(article), folder)
        offered = index.candidates(article.id, may_relate)
        heads = {each.id: each for each in (article, *offered.articles)}
        claims = {claim.id: claim for claim in (*article.claims, *offered.claims)}
        pairs = [(claims[pair.one], claims[pair.other]) for pair in offered.pairs]
        found = relate_pairs(pairs, heads)
        index.relate_to(article.id, (*relate(article.claims, (), heads), *found))
        index.done(article.id)
    return Compared(offered.met, len(pairs), len(found))


def _grow(size: int, folder: Path) -> None:
    archive, path = Archive(size + ADDED + WARMED), folder / "claims.sqlite"
    before = peak()
    with closing(ClaimIndex(path, rules="benchmark")) as index:
        took: list[Added] = []
        for number in range(size):
            took.append(_timed(index, archive.article(number), folder))
            if len(took) % TOLD == 0:
                _tell(took)
        index.vacuum()
        cpu, wall = sum(each.cpu for each in took), sum(each.wall for each in took)
        pairs, possible = sum(each.pairs.met for each in took), (size * CLAIMS) ** 2 / 2
        print(
            f"{size:,} articles, {size * CLAIMS:,} claims: {cpu:.1f} s CPU ({wall:.1f} s), "
            f"{peak():.0f} MiB at the peak ({before:.0f} before the first article), "
            f"file {path.stat().st_size / 2**20:.0f} MiB, {pairs:,} pairs examined "
            f"({pairs / possible:.2%} of {possible:,.0f}, {pairs / size:.1f} an article; "
            f"{sum(each.pairs.offered for each in took) / size:.2f} judged, "
            f"{sum(each.pairs.related for each in took) / size:.2f} related)",
            flush=True,
        )
        _judge(archive, index, size)


def _tell(took: list[Added]) -> None:
    last = took[-TOLD:]
    met, judged, related = (statistics.mean(each.pairs[place] for each in last) for place in range(3))
    print(
        f"  {len(took):,} articles: {sum(each.cpu for each in took):.1f} s CPU; of the last {TOLD:,} one "
        f"{statistics.mean(each.cpu for each in last) * 1000:.1f} ms, "
        f"{met:.1f} pairs met, {judged:.2f} judged, {related:.2f} related",
        flush=True,
    )


def _fill(size: int, folder: Path) -> None:
    archive, begun = Archive(size + ADDED + WARMED), time.process_time()
    with closing(ClaimIndex(folder / "claims.sqlite", rules="benchmark")) as index:
        for number in range(size):
            with index.writing():
                index.put(entry_for(archive.article(number)), folder)
        index.vacuum()
    print(
        f"{size:,} articles put without relating: {time.process_time() - begun:.1f} s CPU, {peak():.0f} MiB",
        flush=True,
    )


def _timed(index: ClaimIndex, article: IndexedArticle, folder: Path) -> Added:
    cpu, wall = time.process_time(), time.perf_counter()
    pairs = add(index, article, folder)
    return Added(time.process_time() - cpu, time.perf_counter() - wall, pairs)


def _add(size: int, folder: Path) -> None:
    archive = Archive(size + ADDED + WARMED)
    with closing(ClaimIndex(folder / "claims.sqlite", rules="benchmark")) as index:
        took = [
            _timed(index, archive.article(number), folder) for number in range(size, size + ADDED + WARMED)
        ][WARMED:]
    pairs = statistics.median(each.pairs.met for each in took)
    cpu, wall = [each.cpu for each in took], [each.wall for each in took]
    print(
        f"  one more article to {size:,}: {statistics.median(cpu):.4f} s CPU, "
        f"{statistics.median(wall):.4f} s, at most {max(cpu):.4f} s CPU, "
        f"{max(wall):.4f} s ({pairs:.0f} pairs)"
    )


def _judge(archive: Archive, index: ClaimIndex, size: int) -> None:
    """Print recall and precision by kind, and an example of each way of being wrong."""
    planted = Counter(kind for _, _, kind in archive.pairs(size))
    found, right, wrong = Counter[str](), Counter[str](), Counter[str]()
    example: dict[str, tuple[str, str]] = {}
    for each in _relations(index, size):
        mine, theirs = archive.planted(each.one), archive.planted(each.other)
        kin = mine.kind if mine and theirs and mine.family == theirs.family else None
        found[each.kind] += 1
        if kin and EXPECTED[kin] == each.kind:
            right.update((kin, f"as {each.kind}"))
            continue
        what = f"{kin or 'nothing'} as {each.kind} ({each.aspect})"
        wrong[what] += 1
        example.setdefault(what, (each.one, each.other))
    for kind in KINDS:
        share = right[kind] / planted[kind]
        print(f"  planted {kind} ({EXPECTED[kind]}): recall {share:.3f} of {planted[kind]:,}")
    for name, count in sorted(found.items()):
        print(f"  found {name}: precision {right[f'as {name}'] / count:.3f} of {count:,}")
    for name, count in wrong.most_common():
        quotes = [claim.quote.text for claim in index.claims(example[name]).values()]
        print(f"  wrong, {name}: {count:,}, such as {json.dumps(quotes)}")


def _relations(index: ClaimIndex, size: int) -> Iterator[Relation]:
    """Yield every kept relation once: with its first claim."""
    for number in range(size):
        own = {archived(number, place) for place in range(CLAIMS)}
        yield from (each for each in index.relations(own) if each.one in own)


if __name__ == "__main__":
    main()
