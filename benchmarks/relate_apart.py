"""What relating could gain from more workers: which of its seconds could be another process's, at what price.

    python -m benchmarks.relate_apart [--sizes 300,1000,3000]

does what a run does with each article (put, look for candidates, judge, keep), on the articles of
`benchmarks.relate`, and prints CPU seconds of each part; then what it takes to hand a judging worker its
pairs and to take its relations back (pickled and unpickled, once each way, without any transport). Judging is
a function of the two claims of a pair and the heads of their articles, so that any partition of the pairs
gives the relations of one process; the benchmark holds the two against each other. The last columns are the
most that 2 and that 100 workers could make of the whole (Amdahl 1967), with transport free and with the
measured price.
"""

import argparse
import pickle
import tempfile
import time
from contextlib import closing
from pathlib import Path

from benchmarks.stories import Archive
from briefs.pipeline.entries import entry_for
from briefs.steps.relate import may_relate, relate, relate_pairs
from briefs.store.claims import ClaimIndex

PARTS = 7
"""Partitions of an article's pairs in turn, as so many workers would get them."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="300,1000,3000")
    sizes = [int(each) for each in parser.parse_args().sizes.split(",")]
    print(f"{'articles':>9}{'pairs':>9}{'entry':>8}{'put':>8}{'offer':>8}{'judge':>8}{'keep':>8}"
          f"{'hand over':>11}{'2 workers':>11}{'100':>7}{'2, paid':>9}{'100, paid':>11}")  # fmt: skip
    for size in sizes:
        _measure(size)


def _measure(size: int) -> None:
    spent = dict.fromkeys(("entry", "put", "offer", "judge", "keep", "hand over"), 0.0)
    pairs_in_all = 0

    def timed(part: str, begun: float) -> None:
        spent[part] += time.process_time() - begun

    with (
        tempfile.TemporaryDirectory() as place,
        closing(ClaimIndex(Path(place) / "claims.sqlite", rules="benchmark")) as index,
    ):
        archive = Archive(size)
        for article in map(archive.article, range(size)):
            begun = time.process_time()
            entry = entry_for(article)
            timed("entry", begun)
            with index.writing():
                begun = time.process_time()
                index.put(entry, Path(place))
                timed("put", begun)
                begun = time.process_time()
                offered = index.candidates(article.id, may_relate)
                timed("offer", begun)
                begun = time.process_time()
                heads = {each.id: each for each in (article, *offered.articles)}
                claims = {claim.id: claim for claim in (*article.claims, *offered.claims)}
                pairs = [(claims[pair.one], claims[pair.other]) for pair in offered.pairs]
                own, found = relate(article.claims, (), heads), relate_pairs(pairs, heads)
                timed("judge", begun)
                begun = time.process_time()
                pickle.loads(pickle.dumps((pairs, heads), protocol=5))  # noqa: S301 - what was just made
                pickle.loads(pickle.dumps(found, protocol=5))  # noqa: S301
                timed("hand over", begun)
                parted = [relate_pairs(pairs[part::PARTS], heads) for part in range(PARTS)]
                assert {each for some in parted for each in some} == set(found)
                begun = time.process_time()
                index.relate_to(article.id, (*own, *found))
                timed("keep", begun)
            pairs_in_all += len(pairs)
    whole = sum(spent.values()) - spent["hand over"]
    stays, paid = whole - spent["judge"], spent["hand over"]
    gains = (
        whole / (stays + spent["judge"] / 2), whole / (stays + spent["judge"] / 100),
        whole / (stays + paid + spent["judge"] / 2), whole / (stays + paid + spent["judge"] / 100),
    )  # fmt: skip
    parts = "".join(f"{spent[part]:8.2f}" for part in ("entry", "put", "offer", "judge", "keep"))
    print(f"{size:9,}{pairs_in_all:9,}{parts}{paid:11.2f}{gains[0]:10.2f}×{gains[1]:6.2f}×{gains[2]:8.2f}×{gains[3]:10.2f}×",
          flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
