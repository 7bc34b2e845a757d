"""An invented article, a model that answers about it, and the whole pipeline between them, in this process."""

import asyncio
import json
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from fault_server import Body, FaultServer

from briefs.config import Settings
from briefs.domain.article import Article
from briefs.domain.brief import ArticleBriefs
from briefs.domain.run import StepUse
from briefs.llm.clock import FakeClock
from briefs.llm.engines import engine
from briefs.pipeline import Assistance, draft, drafting
from briefs.pipeline.asking import ask_for
from briefs.pipeline.order import Draft
from briefs.prompts import load_prompts
from briefs.steps.ingest import Given, Origin, ingest
from briefs.steps.render import render
from briefs.verify import verify

MODEL = "openai:stub"
WEIR = """Tolmarsh weir failed three inspections, union says

The weir at Tolmarsh failed three inspections in 2019, according to a report by the Tolmarsh Ledger.

Callow Dredging removed 18,000 tonnes of silt from the basin in May, its director, Edda Marsh, told the \
Ledger. She said the firm had not been paid for the work.

“We warned the council twice,” Ms Marsh said. “Nobody answered our letters.”

Harbour clerk Jonas Pell allegedly signed the permits without a survey. Mr Pell did not reply to questions.

The county spent €2.4 million on the weir last year, 15 percent more than in 2018.

It was a sad day for a beautiful valley. Will the weir ever be safe?

At least 40 barges are stuck above the lock, and two of them have sunk, people who know the basin say.
"""
Said = dict[str, Any]
Answer = Callable[[Body], str]


class Shown(NamedTuple):
    """What a request shows of the article."""

    step: str
    """"extract" or "compose"."""
    lines: tuple[str, ...]
    """The numbered sentences or claims, without their numbers."""
    text: str
    """The whole last turn."""

    def number(self, words: str) -> int:
        """Return the number of the line that holds `words`, from 1; 0 where none does."""
        return next((n for n, line in enumerate(self.lines, 1) if words in line), 0)


def shown(body: Body) -> Shown:
    """Read a request as a model does."""
    text: str = body["messages"][-1]["content"]
    if body["response_format"]["json_schema"]["name"] == "extract":
        lines = re.findall(r"^\[?\d+(?: \w+)?[\]:] (.*)$", text, flags=re.MULTILINE)
        return Shown("extract", tuple(lines), text)
    return Shown("compose", tuple(re.findall(r"^\[\d+\] (.*)$", text, flags=re.MULTILINE)), text)


def claim(words: str, n: int | None = None, *, instead: tuple[str, str] | None = None, **more: Any) -> Said:
    """Return a claim as a model writes it; its number is looked up when the answer is made.

    `instead` is a word of it and what the model would put in its place.
    """
    word, name = instead or ("", "")
    names = [{"word": word, "name": name}] if instead else []
    return {"n": n, "words": words, "source": "", "via": [], "type": "event", "names": names} | more


CHOSEN = (
    claim("The weir at Tolmarsh failed three inspections in 2019", source="the Tolmarsh Ledger"),
    claim(
        "Callow Dredging removed 18,000 tonnes of silt from the basin in May",
        type="quantity",
        source="Edda Marsh",
        via=["Ledger"],
    ),
    claim("the firm had not been paid for the work", source="Edda Marsh"),
    claim("Harbour clerk Jonas Pell allegedly signed the permits without a survey"),
    claim("The county spent €2.4 million on the weir last year", type="quantity"),
    claim("At least 40 barges are stuck above the lock", source="people who know the basin"),
)
"""What a sound model chooses of the article."""
LEFT_OUT = {"opinion": ["a sad day"], "not_a_claim": ["ever be safe"], "repeated": ["union says"]}
REASONS = ("opinion", "prediction", "vague", "background", "repeated", "not_a_claim")


def chooses(claims: Sequence[Said], left_out: Any = None) -> Answer:
    """Return a model that chooses these claims of those that a request shows; to `compose` it says nothing."""

    def answer(body: Body) -> str:
        seen = shown(body)
        if seen.step == "compose":
            return '{"claims":[]}'
        said = [dict(each) for each in claims]
        for each in said:
            each["n"] = seen.number(each["words"]) if each["n"] is None else each["n"]
        there = [each for each in said if each["n"]]
        words = LEFT_OUT if left_out is None else left_out
        numbers = {why: [n for w in words.get(why, ()) if (n := seen.number(w))] for why in REASONS}
        return json.dumps({"claims": there, "left_out": numbers}, ensure_ascii=False)

    return answer


def asks(text: str, ask: str = "Edda Marsh", settles: str = "whether the count is first-hand") -> Said:
    """Return a question as a model writes it."""
    return {"ask": ask, "text": text, "settles": settles}


def lacks(what: str, holder: str = "the basin authority", why: str = "it would show the count") -> Said:
    """Return missing evidence as a model writes it."""
    return {"holder": holder, "what": what, "why": why}


SUGGESTED = {
    "18,000 tonnes": (
        [asks("Which weighbridge records add up to the 18,000 tonnes of silt?")],
        [lacks("the weighbridge records for the silt of May")],
    ),
    "€2.4 million": (
        [asks("Which budget line holds the €2.4 million for the weir?", ask="the county treasurer")],
        [lacks("the accounts for the weir", holder="the county treasurer")],
    ),
}
"""What a sound model suggests, by words of the claim that it is about."""


def suggests(lines: dict[str, tuple[list[Said], list[Said]]], otherwise: Answer) -> Answer:
    """Return a model that suggests these lines for the claims that hold the words."""

    def answer(body: Body) -> str:
        seen = shown(body)
        if seen.step != "compose":
            return otherwise(body)
        items = [
            {"claim": n, "about": "it", "missing": missing, "questions": questions}
            for words, (questions, missing) in lines.items()
            if (n := seen.number(words))
        ]
        return json.dumps({"claims": items}, ensure_ascii=False)

    return answer


sound = suggests(SUGGESTED, chooses(CHOSEN))
"""A model as one wishes it."""


class Drafted(NamedTuple):
    """One article's draft by the whole pipeline, and what it took."""

    article: Article
    draft: Draft
    use: tuple[StepUse, ...]

    @property
    def briefs(self) -> ArticleBriefs:
        """Return the briefs."""
        return self.draft.briefs

    @property
    def kinds(self) -> set[str]:
        """Return the kinds of failures in the header."""
        return {each.kind for each in self.briefs.made.failures}

    @property
    def rejected(self) -> set[str]:
        """Return the checks that something did not pass."""
        return {each.kind for each in self.draft.rejections}


@cache
def article_of(text: str = WEIR, name: str = "weir.txt") -> Article:
    """Return an article, frozen."""
    return ingest(text.encode(), Origin(id=name, path=name), Given())


@cache
def offline(article: Article) -> ArticleBriefs:
    """Return the offline draft of an article, made once."""
    return draft(article)


def assisted(
    url: str | None,
    article: Article | None = None,
    record: Path | None = None,
    replay: Path | None = None,
    **settings: Any,
) -> Drafted:
    """Draft an article with the model at `url`: all of the way, with waits that take no time."""
    article = article or article_of()
    given: dict[str, Any] = {"model": MODEL, "base_url": url, "attempts": 2} | settings
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("briefs.llm.adapter.SystemClock", FakeClock)
        made = engine(Settings(**given), record=record, replay=replay)
        return Drafted(article, asyncio.run(ask_for(article, made)), made.meter.of(article.slug))


def answered(answer: Answer, article: Article | None = None) -> Drafted:
    """Draft an article with a server on loopback that answers so."""
    with FaultServer(answer=answer) as server:
        return assisted(server.url, article)


@cache
def undisturbed(article: Article | None = None) -> Drafted:
    """Return what the sound model makes of an article, made once."""
    return answered(sound, article)


def asking(article: Article) -> Any:
    """Return the suspended draft, for tests that play the model themselves."""
    return drafting(article, Assistance(MODEL, load_prompts()))


def assert_proved(briefs: ArticleBriefs, folder: Path) -> str:
    """Assert that the files of a draft hold before `briefs verify`; return the Markdown."""
    assert ArticleBriefs.model_validate_json(briefs.model_dump_json()) == briefs
    files = {form: render(briefs, form) for form in ("md", "json", "html")}
    for form, content in files.items():
        (folder / f"{briefs.article.slug}.{form}").write_text(content, "utf-8")
    verdict = verify(folder)
    assert verdict.holds, verdict.problems
    assert verdict.counts.articles == 1
    assert verdict.counts.briefs >= len(briefs.briefs)
    return files["md"]


def assert_nothing_lost(briefs: ArticleBriefs) -> None:
    """Assert that every claim of the offline draft is there as it was, and every sentence accounted for."""
    before = offline(briefs.article)
    after = {each.id: each for each in briefs.briefs}
    for old in before.briefs:
        new = after[old.id]
        for name in ("quote", "also_at", "type", "hedges", "quantities", "dates"):
            assert getattr(new.claim, name) == getattr(old.claim, name)
        if old.attribution.source is not None:
            assert new.attribution == old.attribution
    for entry, kept in zip(before.ledger, briefs.ledger, strict=True):
        assert (entry.sentence, entry.start, entry.end) == (kept.sentence, kept.start, kept.end)
        assert set(entry.briefs) <= set(kept.briefs)


def first_screen(markdown: str) -> str:
    """Return the Markdown before the first claim."""
    return markdown.partition("\n## ")[0]


def every_string(value: Any) -> Iterator[str]:
    """Yield every string of a JSON value, keys left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from every_string(each)
    elif isinstance(value, list):
        for each in value:
            yield from every_string(each)
