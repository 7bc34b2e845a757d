"""Invented articles with what a model might say of them, for the tests of grounding."""

from collections import Counter
from functools import cache
from typing import Any, NamedTuple

from extract_draft import Draft, article_of

from briefs.domain.article import Article
from briefs.domain.claims import ClaimAt, ClaimType, ExtractedClaim, Extraction
from briefs.domain.proposals import LeaveReason, Proposals, ProposedClaim, ProposedOmission
from briefs.domain.scan import Scan
from briefs.domain.segmentation import Segmentation
from briefs.domain.spans import Quote
from briefs.steps.extract import claim_at, extract
from briefs.steps.ground import Grounded, ground
from briefs.steps.ingest import Given, Origin, ingest
from briefs.steps.scan import scan
from briefs.steps.segment import segment

MODEL = "test:model"

QUARRY = """Quarry at Ostrel Lake flooded three farms

A quarry wall at Ostrel Lake gave way on Monday and flooded three farms, the county said.

Water Inspector Milena Kostova told the Ostrel Courier that 18,000 litres of fuel had leaked into the lake. \
She did not rule out a second collapse.

The quarry's owner, Brantel Stone, has not paid a fine of €40,000 that a court imposed in 2019. \
The manager, Piet Lammers, allegedly knew of cracks in the wall since May.

“We repaired the wall last year,” Mr Lammers said. “Nobody warned us.”

It was a sad day for a beautiful valley. Will the lake ever recover?

According to the county, 60 sheep drowned and two barns were destroyed.

Subscribe to our newsletter for more stories like this.
"""


class Read(NamedTuple):
    """An article with its offline reading."""

    article: Article
    segmentation: Segmentation
    scan: Scan
    extraction: Extraction
    claim_at: ClaimAt

    def proposed(self, words: str, nth: int = 0, **more: Any) -> ProposedClaim:
        """Return a proposal that quotes the `nth` place where `words` stand."""
        start = -1
        for _ in range(nth + 1):
            start = self.article.text.index(words, start + 1)
        quote = Quote(start=start, end=start + len(words), text=words)
        at = self.segmentation.sentence_at(start)
        more.setdefault("type", ClaimType.EVENT)
        return ProposedClaim(sentence=at.index if at else 0, quote=quote, **more)

    def ground(self, *claims: ProposedClaim, leave: dict[str, LeaveReason] | None = None) -> Grounded:
        """Run the step on proposals; `leave` has the first words of the sentences to leave out."""
        omissions = []
        for words, why in (leave or {}).items():
            at = self.segmentation.sentence_at(self.article.text.index(words))
            assert at is not None
            omissions.append(ProposedOmission(sentence=at.index, why=why))
        proposals = Proposals(model=MODEL, claims=claims, omissions=tuple(omissions))
        return ground(self.article, self.segmentation, self.scan, self.extraction, proposals, self.claim_at)


@cache
def read(text: str = QUARRY) -> Read:
    """Return an article with its offline reading, made once."""
    article = ingest(text.encode(), Origin(id="a.txt", path="a.txt"), Given())
    segmentation = segment(article)
    scanned = scan(article, segmentation)
    extraction = extract(article, segmentation, scanned)
    return Read(article, segmentation, scanned, extraction, claim_at(article, segmentation, scanned))


def at(result: Grounded | Extraction, words: str) -> ExtractedClaim:
    """Return the one claim whose quotation holds `words`."""
    extraction = result.extraction if isinstance(result, Grounded) else result
    (found,) = (each for each in extraction.claims if words in each.claim.quote.text)
    return found


def rejected(result: Grounded) -> Counter[str]:
    """Return how many of a model's statements did not pass, by check."""
    return Counter(each.kind for each in result.rejections)


def of_draft(draft: Draft) -> Read:
    """Return a hand-made article with the offline reading of its hand-made scan."""
    article, scanned = article_of(draft.text), draft.scan()
    extraction = extract(article, draft.segmentation, scanned)
    return Read(
        article, draft.segmentation, scanned, extraction, claim_at(article, draft.segmentation, scanned)
    )
