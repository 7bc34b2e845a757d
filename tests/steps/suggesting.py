"""An invented article, drafted offline, and models that answer what a test tells them to."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from briefs.domain.article import Article, Copy
from briefs.domain.brief import Composition
from briefs.domain.claims import ClaimType
from briefs.domain.proposals import Proposals, ProposedClaim
from briefs.domain.scan import Scan
from briefs.domain.segmentation import Segmentation
from briefs.domain.spans import Quote
from briefs.llm.port import Reply, Request, drive
from briefs.prompts import load_prompts
from briefs.steps.compose import compose
from briefs.steps.extract import extract
from briefs.steps.flag import flag
from briefs.steps.ingest import Given, Origin, ingest
from briefs.steps.scan import scan
from briefs.steps.segment import segment
from briefs.steps.suggest import Suggested, suggest, weigh

MODEL = "test:model"
TEXT = """Ambulances arrive late in Orsted, union says

Ambulances in Orsted reached 412 patients late in October, a record, according to a report by the Orsted Herald.

Nina Falk, spokeswoman of the Paramedics' Union, said the city had cut three of its nine crews in March. "Nobody asked us before the cuts," she told the Herald.

The city spends $2 million a year on ambulances, 15 percent less than before, because the grant from Norway ended.

Mayor Ulla Brandt has hidden the delays from the council, the union claims. Police will open an inquiry.
"""


class Drafted(NamedTuple):
    """An article with its offline draft, and claims that a model has proposed."""

    article: Article
    segmentation: Segmentation
    scan: Scan
    composition: Composition
    proposals: Proposals


@cache
def drafted(text: str = TEXT, claims: tuple[str, ...] = ()) -> Drafted:
    """Draft `text` offline; the proposed claims quote `claims`, or the offline claims' words."""
    article = ingest(
        text.encode(), Origin(id="ambulances.txt", path="ambulances.txt"), Given(copy=Copy.PUBLISHED)
    )
    segmentation = segment(article)
    scanned = scan(article, segmentation)
    extraction = extract(article, segmentation, scanned)
    findings = flag(article, segmentation, scanned, extraction)
    composition = compose(article, segmentation, scanned, extraction, findings)
    quotes = claims or tuple(b.claim.quote.text for b in composition.briefs)
    return Drafted(article, segmentation, scanned, composition, proposals(article, segmentation, quotes))


def proposals(article: Article, segmentation: Segmentation, quotes: Sequence[str]) -> Proposals:
    """Return proposals that quote `quotes`, located in the article."""
    found = []
    for words in quotes:
        start = article.text.index(words)
        sentence = segmentation.sentence_at(start)
        assert sentence is not None
        quote = Quote(start=start, end=start + len(words), text=words)
        found.append(ProposedClaim(sentence=sentence.index, quote=quote, type=ClaimType.OTHER))
    return Proposals(model=MODEL, claims=tuple(found))


def suggested(made: Drafted, answer: Callable[[Request], Reply]) -> Suggested:
    """Run the step with a model that answers with `answer`."""
    read = made.article, made.segmentation
    answered = drive(suggest(*read, made.proposals, load_prompts()), answer)
    return weigh(*read, made.scan, made.composition, answered)


def says(*items: object) -> Callable[[Request], Reply]:
    """Return a model that gives these items as its claims, whatever it is asked."""
    return lambda _: Reply(text=json.dumps({"claims": list(items)}))


def item(number: int, questions: Sequence[object] = (), missing: Sequence[object] = ()) -> dict[str, object]:
    """Return what a model says about one claim."""
    return {"claim": number, "about": "it", "missing": list(missing), "questions": list(questions)}


def asked(text: str, ask: str = "Nina Falk", settles: str = "whether the count can be looked up") -> object:
    """Return a question as a model writes it."""
    return {"ask": ask, "text": text, "settles": settles}


def lacks(what: str, holder: str = "the city archive", why: str = "it would show the count") -> object:
    """Return missing evidence as a model writes it."""
    return {"holder": holder, "what": what, "why": why}


def kinds(result: Suggested) -> Counter[str]:
    """Return how many lines were rejected, by the check that they did not pass."""
    return Counter(rejection.kind for rejection in result.rejections)


def texts(result: Suggested) -> list[str]:
    """Return the questions that the model drafted, in printed order."""
    return [q.text for b in result.composition.briefs for q in b.questions if q.drafted_by == MODEL]
