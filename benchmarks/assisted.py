r"""What a model adds to the offline draft, and where it harms: the same texts drafted twice, one table.

    python -m benchmarks.assisted --data DIR --model openai:NAME --base-url http://127.0.0.1:8080/v1 \
        --calls FILE [--articles 12] [--sentences 120] [--claims 20]

The texts are samples of the sets that the offline benchmarks use, drawn by hash, so that every model gets the
same ones. Each text is drafted by the rules alone and again with the model:

* who said it (PolNeAR): claims that lie to 80 % inside one annotated content, right if their source overlaps
  the annotated one; claims in the article's own voice, right if they have none; annotated contents of
  which claims quote at least half;
* worth checking (CheckThat): sentences, ten to a text, that are claims worth at least 0.5; with the model
  less those that it would leave out, and with those that it added;
* questions (AVeriTeC): ours against people's, METEOR, see `benchmarks.questions`.

Finished calls are kept in the file --calls, so that an interrupted run goes on where it was.
"""

import argparse
import asyncio
import hashlib
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from benchmarks import questions, worth
from benchmarks.attribution import POLNEAR, claimed, read_rows
from benchmarks.attribution_spans import Characters, Pair, characters, judged, theirs
from benchmarks.figures import bootstrap, data_parser, f1
from briefs.config import settings_of
from briefs.domain.article import Article
from briefs.domain.brief import ArticleBriefs
from briefs.llm import exchange
from briefs.llm.engines import Engine, engine
from briefs.llm.port import Reply, Request
from briefs.pipeline.order import Assistance, draft, drafting
from briefs.prompts import Prompts, load_prompts
from briefs.steps.ingest import Origin, ingest
from briefs.store.calls import Calls

ItemT = TypeVar("ItemT")

AsyncLines = AsyncIterator["Compared | str"]

_SENTENCES_A_TEXT = 10
_NOTHING = Reply(text='{"claims": []}')
"""An answer to compose, where only the choice of claims is measured."""


class Both(NamedTuple):
    """One text, drafted twice."""

    offline: ArticleBriefs
    assisted: ArticleBriefs


class Compared(NamedTuple):
    """One measure: counts of each text, offline and assisted, and how a figure is made of them."""

    measure: str
    offline: tuple[Counter[str], ...]
    assisted: tuple[Counter[str], ...]
    value: Callable[[Counter[str]], float]

    def __str__(self) -> str:
        """Return the line of the table: both figures, the difference and its 95 % interval by text."""
        pairs = list(zip(self.offline, self.assisted, strict=True))

        def difference(chosen: Iterable[tuple[Counter[str], Counter[str]]]) -> float:
            before: Counter[str] = Counter()
            after: Counter[str] = Counter()
            for one, other in chosen:
                before.update(one)
                after.update(other)
            return self.value(after) - self.value(before)

        before, after = (self.value(_sum(each)) for each in (self.offline, self.assisted))
        low, high = bootstrap(pairs, difference)
        return (
            f"{self.measure:<58}{before:8.3f}{after:10.3f}{after - before:+9.3f}  [{low:+.3f}, {high:+.3f}]"
        )


def main() -> None:
    """Print the table."""
    given = _arguments()
    asyncio.run(_measured(given))


def _arguments() -> argparse.Namespace:
    parser = data_parser(__doc__)
    parser.add_argument("--model", required=True, metavar="SPEC", help="as `briefs run --model` takes it")
    parser.add_argument("--base-url", metavar="URL")
    parser.add_argument("--calls", type=Path, required=True, metavar="FILE", help="where finished calls stay")
    parser.add_argument("--articles", type=int, default=12, help="of PolNeAR")
    parser.add_argument("--sentences", type=int, default=120, help="of CheckThat")
    parser.add_argument("--claims", type=int, default=20, help="of AVeriTeC")
    parser.add_argument("--concurrency", type=int, default=1)
    return parser.parse_args()


async def _measured(given: argparse.Namespace) -> None:
    settings = settings_of(model=given.model, base_url=given.base_url, concurrency=given.concurrency)
    model = engine(settings, calls=Calls(given.calls))
    await model.start()
    try:
        print(f"{'':58}{'offline':>8}{'assisted':>10}{'':>9}  95 % interval", flush=True)
        for part in (_sources, _worth, _questions):
            async for line in part(given, model):
                print(line, flush=True)
    finally:
        await model.close()


def _sum(counts: Iterable[Counter[str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for each in counts:
        total.update(each)
    return total


def sample(items: Sequence[ItemT], key: Callable[[ItemT], str], most: int) -> list[ItemT]:
    """Return `most` items drawn by the hash of their key: the same ones for every model, on every machine."""
    return sorted(items, key=lambda each: hashlib.sha256(key(each).encode()).hexdigest())[:most]


async def _both(texts: Sequence[str], model: Engine, *, compose: bool) -> list[Both]:
    """Draft every text by the rules alone and with the model, as many at a time as it takes calls."""
    prompts = load_prompts(model.prompts)
    gate = asyncio.Semaphore(max(1, model.concurrency))

    async def one(number: int, text: str) -> Both:
        article = ingest(text.encode("utf-8"), Origin(id=f"benchmark-{number}", path="benchmark.txt"))
        async with gate:
            return Both(draft(article), await _assisted(article, model, prompts, compose=compose))

    return list(await asyncio.gather(*(one(number, text) for number, text in enumerate(texts))))


async def _assisted(article: Article, model: Engine, prompts: Prompts, *, compose: bool) -> ArticleBriefs:
    asking = drafting(article, Assistance(model.model.id, prompts))

    async def answer(request: Request) -> Reply:
        return await model.model.ask(request) if compose or request.step == "extract" else _NOTHING

    with exchange.article(exchange.ArticleRef(slug=article.slug, path=article.source_path)):
        requests = next(asking)
        while True:
            replies = tuple(await asyncio.gather(*(answer(each) for each in requests)))
            try:
                requests = asking.send(replies)
            except StopIteration as stop:
                made: ArticleBriefs = stop.value.briefs
                return made


async def _sources(given: argparse.Namespace, model: Engine) -> AsyncLines:
    rows = sample(read_rows(given.data / POLNEAR), lambda row: row["doc"], given.articles)
    drafted = await _both([row["text"] for row in rows], model, compose=False)
    annotated = [[theirs(each, row["text"]) for each in row["attributions"]] for row in rows]
    offline = tuple(_said(each.offline, pairs) for each, pairs in zip(drafted, annotated, strict=True))
    assisted = tuple(_said(each.assisted, pairs) for each, pairs in zip(drafted, annotated, strict=True))
    before, after = (_sum(each)["asked"] for each in (offline, assisted))
    yield f"PolNeAR dev, {len(rows)} articles, {before} claims offline, {after} assisted"
    for measure, right, of in (
        ("source right, for a claim inside one annotated content", "right", "claims"),
        ("no source, for a claim in the article's own voice", "silent", "own"),
        ("annotated contents that claims quote by half", "quoted", "gold"),
    ):
        yield Compared(f"  {measure}", offline, assisted, _share(right, of))


def _share(right: str, of: str) -> Callable[[Counter[str]], float]:
    return lambda counts: counts[right] / counts[of] if counts[of] else 0.0


def _said(made: ArticleBriefs, annotated: Sequence[Pair]) -> Counter[str]:
    """Count what the claims of one article are worth as attributions."""
    counts = judged([claimed(brief) for brief in made.briefs], annotated)
    quoted: Characters = characters(brief.claim.quote for brief in made.briefs)
    counts["gold"] = len(annotated)
    counts["quoted"] = sum(len(each.content & quoted) >= 0.5 * len(each.content) for each in annotated)
    return counts


async def _worth(given: argparse.Namespace, model: Engine) -> AsyncLines:
    rows = sample(worth.debates(given.data / "ct24_dev-test.tsv"), lambda row: row.document, given.sentences)
    groups = [rows[at : at + _SENTENCES_A_TEXT] for at in range(0, len(rows), _SENTENCES_A_TEXT)]
    paragraphs = [[" ".join(row.text.split()) for row in group] for group in groups]
    texts = ["\n\n".join(("Transcript", *each)) for each in paragraphs]
    drafted = await _both(texts, model, compose=False)
    offline, assisted = [], []
    for group, shown, both in zip(groups, paragraphs, drafted, strict=True):
        offline.append(_checked(both.offline, group, shown))
        assisted.append(_checked(both.assisted, group, shown))
    yield f"CheckThat dev-test, {len(rows)} sentences"
    yield Compared("  worth checking, F1 of Yes", tuple(offline), tuple(assisted), _f1)
    yield Compared("  precision", tuple(offline), tuple(assisted), _share("both", "mine"))
    yield Compared("  recall", tuple(offline), tuple(assisted), _share("both", "gold"))


def _f1(counts: Counter[str]) -> float:
    return f1(counts["both"], counts["mine"], counts["gold"])


def _checked(made: ArticleBriefs, group: Sequence[worth.Labelled], shown: Sequence[str]) -> Counter[str]:
    """Count the sentences worth checking, by people and by the draft with what the model said of it."""
    choices = {brief.id: brief.claim.choice.says for brief in made.briefs if brief.claim.choice}
    counts: Counter[str] = Counter()
    at = 0
    for row, paragraph in zip(group, shown, strict=True):
        at = made.article.text.index(paragraph, at)
        entries = [each for each in made.ledger if at <= each.start < at + len(paragraph)]
        at += len(paragraph)
        says = {choices.get(name) for each in entries for name in each.briefs}
        yes = "added" in says or (
            max(each.worth for each in entries) >= worth.WORTH and says != {"leave_out"}
        )
        counts.update(both=yes and row.gold, mine=yes, gold=row.gold)
    return counts


async def _questions(given: argparse.Namespace, model: Engine) -> AsyncLines:
    rows = sample(questions.rows(given.data), lambda row: row.claim, given.claims)
    drafted = await _both([questions.text_of(row) for row in rows], model, compose=True)
    offline = tuple(_met(each.offline, row) for each, row in zip(drafted, rows, strict=True))
    assisted = tuple(_met(each.assisted, row) for each, row in zip(drafted, rows, strict=True))
    asked = [sum(each["asked"] for each in counts) for counts in (offline, assisted)]
    yield f"AVeriTeC, {len(rows)} claims, {asked[0]} questions offline, {asked[1]} assisted"
    yield Compared("  questions against people's, METEOR", offline, assisted, _mean)


def _met(made: ArticleBriefs, row: questions.Row) -> Counter[str]:
    asked = [question.text for brief in made.briefs for question in brief.questions][: questions.MOST]
    return Counter(claims=1, asked=len(asked), met=round(1e6 * questions.scored(asked, row.people)))


def _mean(counts: Counter[str]) -> float:
    return counts["met"] / 1e6 / counts["claims"] if counts["claims"] else 0.0


if __name__ == "__main__":
    main()
