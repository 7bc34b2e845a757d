"""Propose: ask a model which sentences are checkable claims, a call a chunk, and locate its words.

The scan is never shown to the model: a request depends on the article's text, the prompt and the schema
alone, so that better rules void no recorded call. Nothing is believed here: words that do not stand in the
article are dropped and counted; all else is held against the article in `ground`.

    parts.py     the sentences of a request, and how they are numbered
    answers.py   an answer read as far as it can be read
    placing.py   claims to places in the article
"""

from functools import cache
from typing import NamedTuple

from briefs.domain.article import Article
from briefs.domain.brief import Failure
from briefs.domain.proposals import Proposals, Rejection
from briefs.domain.segmentation import Segmentation
from briefs.llm.port import Asking, CallFailure, FailureKind, Reply, Request
from briefs.llm.wire import MOST_CLAIMS, ExtractAnswer, json_schema
from briefs.prompts import Prompt, Prompts
from briefs.steps.propose.answers import Misshapen, ReadAnswer, read, shown_answer
from briefs.steps.propose.parts import Part, halves, parts
from briefs.steps.propose.placing import Placed, place
from briefs.text.locate import words

__all__ = ["propose"]

STEP = "extract"
_SCHEMA = json_schema(ExtractAnswer)
_TOKENS_OF_FRAME, _TOKENS_A_CLAIM, _TOKENS_A_SENTENCE = 120, 110, 4
"""Bounds of an answer: a claim of ordinary length takes about 60 tokens."""


class _Asked(NamedTuple):
    """A request on its way, and what it is about."""

    part: Part
    request: Request
    repairs: bool


class _Outcome(NamedTuple):
    """What a reply came to: something to place, something more to ask, or a failure."""

    answer: ReadAnswer | None = None
    ask: tuple[_Asked, ...] = ()
    failure: Failure | None = None


def propose(article: Article, segmentation: Segmentation, prompts: Prompts, model: str) -> Asking[Proposals]:
    """Ask for the claims of every chunk and return what was proposed, words located; `model` is its id.

    The chunks are asked about together. A chunk that is too long for the model is asked about in halves,
    down to one sentence; an answer that cannot be read is given back once to be repaired.
    """
    asked = [_first_request(part, prompts.extract) for part in parts(article, segmentation)]
    example = _words(tuple(turn.text for turn in prompts.extract.example))
    placed: list[Placed] = []
    failures: list[Failure] = []
    while asked:
        replies = yield tuple(each.request for each in asked)
        following: list[_Asked] = []
        for each, reply in zip(asked, replies, strict=True):
            outcome = _outcome(article, each, reply, prompts)
            following.extend(outcome.ask)
            if outcome.answer is not None:
                placed.append(place(article, each.part, outcome.answer, example))
                if "truncated" in outcome.answer.rejected:
                    failures.append(_cut_off(each.part, len(placed[-1].claims)))
            if outcome.failure is not None:
                failures.append(outcome.failure)
        asked = following
    kinds = [kind for each in placed for kind in each.rejected]
    return Proposals(
        model=model,
        claims=tuple(
            sorted((c for each in placed for c in each.claims), key=lambda c: (c.quote.start, c.quote.end))
        ),
        omissions=tuple(sorted((o for each in placed for o in each.omissions), key=lambda o: o.sentence)),
        rejections=tuple(Rejection(step=STEP, kind=kind) for kind in kinds),
        failures=tuple(failures),
    )


@cache
def _words(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.text for text in texts for word in words(text))


def _outcome(article: Article, asked: _Asked, reply: Reply, prompts: Prompts) -> _Outcome:
    kind = reply.failure.kind if reply.failure else None
    if kind is FailureKind.CONTEXT_LENGTH and not asked.repairs and len(asked.part.sentences) > 1:
        return _Outcome(
            ask=tuple(_first_request(half, prompts.extract) for half in halves(asked.part, article))
        )
    failure = reply.failure if reply.text.strip() else reply.failure or _EMPTY
    if failure is not None and not (reply.text.strip() and kind in _MAY_BE_READ):
        return _Outcome(failure=_failure(asked.part, failure))
    answer = read(reply.text, truncated=kind is FailureKind.TRUNCATED)
    if isinstance(answer, ReadAnswer):
        return _Outcome(answer=answer)
    if asked.repairs:
        return _Outcome(failure=_failure(asked.part, _MALFORMED))
    return _Outcome(ask=(_repair_request(asked, reply.text, answer, prompts.repair),))


_MAY_BE_READ = frozenset({FailureKind.TRUNCATED, FailureKind.MALFORMED})
"""Failures that leave text behind."""
_EMPTY = CallFailure(kind=FailureKind.EMPTY, message="the model answered with nothing")
_MALFORMED = CallFailure(
    kind=FailureKind.MALFORMED,
    message="the model's answer could not be read, and neither could its correction",
)


def _failure(part: Part, failure: CallFailure) -> Failure:
    return Failure(
        where=f"{STEP}, {part.name}",
        kind=failure.kind.value,
        message=f"{failure.message}; this part is drafted by the offline rules alone",
    )


def _cut_off(part: Part, used: int) -> Failure:
    claims = "1 claim of it is" if used == 1 else f"{used or 'no'} claims of it are"
    message = f"the model's answer was cut off; {claims} used, and the rest of this part is the offline draft"
    return Failure(where=f"{STEP}, {part.name}", kind=FailureKind.TRUNCATED.value, message=message)


def _first_request(part: Part, prompt: Prompt) -> _Asked:
    request = Request(
        step=STEP,
        place=part.name,
        prompt=prompt.ref,
        messages=prompt.messages(article=part.text, context=part.context, most=str(MOST_CLAIMS)),
        schema_name=STEP,
        json_schema=_SCHEMA,
        max_tokens=_most_tokens(len(part.sentences)),
    )
    return _Asked(part, request, repairs=False)


def _most_tokens(sentences: int) -> int:
    claims = min(2 * sentences, MOST_CLAIMS)
    return _TOKENS_OF_FRAME + _TOKENS_A_CLAIM * claims + _TOKENS_A_SENTENCE * sentences


def _repair_request(asked: _Asked, text: str, wrong: Misshapen, prompt: Prompt) -> _Asked:
    request = asked.request.model_copy(
        update={
            "place": f"{asked.part.name}, repair",
            "prompt": prompt.ref,
            "messages": prompt.messages(answer=shown_answer(text), problem=wrong.problem, schema=_SCHEMA),
        }
    )
    return _Asked(asked.part, request, repairs=True)
