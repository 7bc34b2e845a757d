"""How many flags the offline engine raises on ordinary articles, by kind.

    python -m benchmarks.flags PATH... [--limit N] [--list] [--published DATE]

A PATH is a file or folder of articles, or a JSON Lines file (.jsonl, .jsonl.gz) whose objects carry a `text`.
Prints flags per 1,000 words by kind, where a flag that stands under several claims counts once; with
`--list`, every flag's note besides. Ordinary articles have little wrong with them: a flag on one is to be
read as false until its article has been read.
"""

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

from briefs.domain.article import Article
from briefs.domain.brief import Finding
from briefs.pipeline import article_of, given_by_user
from briefs.readers.inputs import inputs
from briefs.steps.extract import extract
from briefs.steps.flag import flag
from briefs.steps.ingest import Given, Origin, ingest
from briefs.steps.scan import scan
from briefs.steps.segment import segment


def main() -> None:
    """Run, count and print."""
    arguments = _arguments()
    given = given_by_user("published", arguments.published, None)
    every = chain.from_iterable(_articles(path, given) for path in arguments.paths)
    counts: Counter[str] = Counter()
    articles = words = 0
    for article in islice(every, arguments.limit):
        articles += 1
        words += len(article.text.split())
        for finding in _flags(article):
            counts[finding.flag.kind.value] += 1
            if arguments.list:
                wide = " (first screen)" if finding.article_wide else ""
                print(f"{article.id} {finding.flag.kind.value}{wide}: {finding.flag.note}", flush=True)
    print(f"{articles} articles, {words} words; flags per 1,000 words:")
    for kind, count in counts.most_common():
        print(f"{1000 * count / max(words, 1):7.3f}  {kind} ({count})")
    print(f"{1000 * counts.total() / max(words, 1):7.3f}  in all ({counts.total()})")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    parser.add_argument("--limit", type=int, help="articles at most")
    parser.add_argument("--list", action="store_true", help="print every flag")
    parser.add_argument("--published", help="take this as every article's date (YYYY-MM-DD)")
    return parser.parse_args()


def _articles(path: Path, given: Given) -> Iterator[Article]:
    if not path.name.endswith((".jsonl", ".jsonl.gz")):
        yield from (article_of(found, given) for found in inputs([str(path)]))
        return
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            identity = f"{path.name}:{number}"
            origin = Origin(id=identity, path=f"{identity}.txt")
            yield ingest(_with_headline(json.loads(line)["text"]).encode(), origin, given)


def _with_headline(text: str) -> str:
    """Take the full stop from a short first paragraph: such collections put one behind headlines."""
    first, blank, rest = text.partition(".\n\n")
    return f"{first}\n\n{rest}" if blank and len(first) < 150 and "\n" not in first else text


def _flags(article: Article) -> tuple[Finding, ...]:
    segmentation = segment(article)
    scanned = scan(article, segmentation)
    return flag(article, segmentation, scanned, extract(article, segmentation, scanned))


if __name__ == "__main__":
    main()
