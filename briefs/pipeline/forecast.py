"""What a run would ask of a model, before it asks: the very requests of `extract`, an estimate for `compose`.

Nothing is parsed: an archive is estimated at the speed of reading it.
"""

from collections.abc import Iterator
from math import ceil

from briefs.llm.estimate import CHARACTERS_A_TOKEN, StepEstimate, assumed, step_estimate
from briefs.llm.wire_compose import MOST_CLAIMS, TOKENS, TOKENS_A_CLAIM
from briefs.pipeline.one import article_of
from briefs.prompts import Prompts
from briefs.readers.inputs import Input
from briefs.steps.ingest import Given
from briefs.steps.propose import propose
from briefs.steps.segment import segment

CLAIMS_A_SENTENCE = 0.5
"""Claims that a model chooses, a sentence of article text; a strong one, of a news article."""
TOKENS_A_PASSAGE = 70
"""A claim as it goes into `compose`, with the sentences around it."""


def forecast(found: Input, given: Given, prompts: Prompts) -> Iterator[StepEstimate]:
    """Yield what each step would ask for one article; raises InputError when it cannot be read."""
    article = article_of(found, given)
    segmentation = segment(article)
    asking = propose(article, segmentation, prompts, "")
    try:
        requests = next(asking)
    except StopIteration:  # no article text: nothing is asked
        return
    asking.close()
    yield step_estimate("extract", requests)
    sentences = sum(sentence.furniture is None for sentence in segmentation.sentences)
    claims = ceil(sentences * CLAIMS_A_SENTENCE)
    prompt = sum(len(turn.text) for turn in prompts.compose.turns) // CHARACTERS_A_TOKEN
    a_call = min(claims, MOST_CLAIMS)
    yield assumed(
        "compose",
        items=claims,
        a_call=MOST_CLAIMS,
        tokens_in=prompt + TOKENS_A_PASSAGE * a_call,
        max_tokens=TOKENS + TOKENS_A_CLAIM * a_call,
    )
