"""Web page to article text: how much of the article is kept, and how much of the page is left out.

`python -m benchmarks.pages --data DIR` reads the gzip pages and `ground-truth.json` of `DIR/article_pages`
(scrapinghub/article-extraction-benchmark, pages of 2019) and takes each page in as the tool does. The
evaluation is that set's own `evaluate.py`: words are runs of letters and digits, a document's 4-gram
shingles are compared as multisets, precision and recall are averaged over documents, F1 is that of the two.

The set's `articleBody` has no headline and no captions. Both are article text to an editor, so the tool
keeps them, as blocks of their own. What is compared is the text without these blocks; the same with both,
and with captions, is printed too, and trafilatura alone, on which the reader rests.
"""

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import mean
from typing import NamedTuple

from benchmarks.figures import Figure, bootstrap, data_parser
from briefs.domain.article import Article, BlockRole
from briefs.errors import InputError
from briefs.steps.ingest import Origin, ingest

_WORD = re.compile(r"\w+")
_SHINGLE = 4
_QUESTION = "which text of a page is the article"
_BODY, _CAPTIONS, _ALL = "article body", "with captions", "with captions and headline"
_WITHOUT = {
    _BODY: frozenset({BlockRole.HEADLINE, BlockRole.CAPTION}),
    _CAPTIONS: frozenset({BlockRole.HEADLINE}),
    _ALL: frozenset[BlockRole](),
}
"""What is compared, to the roles that are left out of it."""
_HALVES = {"half looked at": (True,), "other half": (False,), "all": (True, False)}

Shingles = Counter[tuple[str, ...]]


class Page(NamedTuple):
    """A page with the text that people took from it."""

    key: str
    html: bytes
    text: str

    @property
    def looked_at(self) -> bool:
        """Tell whether the page is of the half that may be looked at when rules are made."""
        return int(self.key[-1], 16) % 2 == 0


class Scored(NamedTuple):
    """One document: shingles in both texts, and in one only."""

    both: int
    extra: int
    lost: int

    @property
    def precision(self) -> float | None:
        """Share of what we give that is right; none where neither text has a word."""
        return _share(self.both, self.extra) if self.both + self.extra else None

    @property
    def recall(self) -> float | None:
        """Share of what is right that we give; none where there is nothing to give."""
        return _share(self.both, self.lost) if self.both + self.lost else None


def _share(both: int, wrong: int) -> float:
    return both / (both + wrong)


def figures(data: Path) -> list[Figure]:
    """Return the figure for all pages, and that of the half never looked at when rules were made."""
    read = [(page, extracted(page)) for page in pages(data)]
    scored = [score(page.text, texts[_BODY]) for page, texts in read]
    unseen = [score(page.text, texts[_BODY]) for page, texts in read if not page.looked_at]
    whole = [score(page.text, texts[_ALL]) for page, texts in read]
    return [
        _figure("4-gram F1, all pages", scored, aim=0.955),
        _figure("4-gram F1, pages never looked at", unseen),
        _figure("4-gram F1, all pages, captions and headline too", whole),
    ]


def _figure(measure: str, scored: Sequence[Scored], aim: float | None = None) -> Figure:
    precision, recall = averages(scored)
    return Figure(
        question=_QUESTION,
        measure=measure,
        data=f"article-extraction-benchmark, {len(scored)} pages",
        value=total(scored),
        counts=f"P {precision:.3f}, R {recall:.3f}",
        interval=bootstrap(scored, total),
        floor="readability 0.922 (its README, 181 pages)",
        people="AutoExtract 0.970 (its README, 181 pages)",
        aim=aim,
    )


def pages(data: Path) -> list[Page]:
    """Return the pages of the set, in the order of their keys."""
    folder = data / "article_pages"
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    return [
        Page(key, gzip.decompress((folder / f"{key}.html.gz").read_bytes()), row.get("articleBody") or "")
        for key, row in sorted(truth.items())
    ]


def extracted(page: Page) -> dict[str, str]:
    """Return the text that the tool takes from a page, furniture left out, for each way to compare."""
    try:
        article = ingest(page.html, Origin(id=page.key, path=f"{page.key}.html"))
    except InputError:
        return dict.fromkeys(_WITHOUT, "")
    return {name: "\n".join(_pieces(article, roles)) for name, roles in _WITHOUT.items()}


def _pieces(article: Article, without: frozenset[BlockRole]) -> Iterable[str]:
    for block in article.blocks:
        if block.role in without:
            continue
        position = block.start
        for piece in article.furniture:
            if block.start <= piece.start < block.end:
                yield article.text[position : piece.start]
                position = piece.end
        yield article.text[position : block.end]


def score(truth: str, mine: str) -> Scored:
    """Compare two texts as that set does: multisets of 4-gram shingles."""
    gold, ours = shingles(truth), shingles(mine)
    return Scored((gold & ours).total(), (ours - gold).total(), (gold - ours).total())


def shingles(text: str) -> Shingles:
    """Return the 4-grams of a text's words; a text of fewer words is one shingle."""
    found = _WORD.findall(text)
    starts = range(max(1, len(found) - _SHINGLE + 1)) if found else range(0)
    return Counter(tuple(found[i : i + _SHINGLE]) for i in starts)


def averages(scored: Iterable[Scored]) -> tuple[float, float]:
    """Return mean precision and mean recall."""
    each = list(scored)
    return (
        mean(one.precision for one in each if one.precision is not None),
        mean(one.recall for one in each if one.recall is not None),
    )


def total(scored: Iterable[Scored]) -> float:
    """Return the F1 of mean precision and mean recall."""
    precision, recall = averages(scored)
    return 2 * precision * recall / (precision + recall)


def _trafilatura(page: Page) -> str:
    import trafilatura  # noqa: PLC0415 - slow, and for one table only

    return trafilatura.extract(page.html, include_comments=False) or ""


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures, the ways to compare, and the pages that cost most of the half to look at."""
    parser = data_parser(__doc__, "folder with article_pages/")
    parser.add_argument("--misses", action="store_true", help="list the pages looked at, the worst first")
    given = parser.parse_args(arguments)
    for figure in figures(given.data):
        print(figure)
    found = pages(given.data)
    read = [extracted(page) | {"trafilatura alone": _trafilatura(page)} for page in found]
    for name in read[0]:
        scored = [(page, score(page.text, texts[name])) for page, texts in zip(found, read, strict=True)]
        for which, halves in _HALVES.items():
            chosen = [each for page, each in scored if page.looked_at in halves]
            precision, recall = averages(chosen)
            line = f"P {precision:.4f}  R {recall:.4f}  F1 {total(chosen):.4f}"
            print(f"{name:<28} {which:<15} n {len(chosen):>3}  {line}")
        if given.misses and name == _BODY:
            _misses(scored)


def _misses(scored: Sequence[tuple[Page, Scored]]) -> None:
    looked_at = [(one, page.key) for page, one in scored if page.looked_at]
    for one, key in sorted(looked_at, key=lambda each: each[0].both / max(1, sum(each[0]))):
        print(f"  {key[:12]}  both {one.both:>5}  extra {one.extra:>4}  lost {one.lost:>4}")


if __name__ == "__main__":
    main()
