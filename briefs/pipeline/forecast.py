"""What a run would ask of a model, before it asks: the very requests of `extract`, an estimate for `compose`.

Nothing is parsed: an archive is estimated at the speed of reading it. How many passages of documents are
asked about only shows once they are held against claims: the most that may be is given, and called so.
"""

from collections.abc import Iterator
from math import ceil

from briefs.llm import wire_stance
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
TOKENS_A_PAIR = 2 * wire_stance.LONGEST // CHARACTERS_A_TOKEN
"""A claim and a passage as they go into `stance`, at their longest."""


def forecast(found: Input, given: Given, prompts: Prompts, *, stance: bool = False) -> Iterator[StepEstimate]:
    """Yield what each step would ask for one article; raises InputError when it cannot be read.

    `stance` says that the model is asked what documents say, too.
    """
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
    if stance:
        yield _most_of_stance(prompts, claims)


_PASSAGES_A_CLAIM = 2
"""Passages of documents that may be left open under one claim."""


def _most_of_stance(prompts: Prompts, claims: int) -> StepEstimate:
    prompt = sum(len(turn.text) for turn in prompts.stance.turns) // CHARACTERS_A_TOKEN
    pairs = min(claims * _PASSAGES_A_CLAIM, wire_stance.MOST_PAIRS * wire_stance.MOST_CALLS)
    a_call = min(pairs, wire_stance.MOST_PAIRS)
    return assumed(
        "stance",
        items=pairs,
        a_call=wire_stance.MOST_PAIRS,
        tokens_in=prompt + a_call * TOKENS_A_PAIR,
        max_tokens=wire_stance.TOKENS + wire_stance.TOKENS_A_PAIR * a_call,
    ).model_copy(update={"at_most": True})
