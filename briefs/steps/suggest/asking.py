"""The calls: what is sent for a batch, and what follows from its reply."""

from typing import NamedTuple

from briefs.domain.article import Article
from briefs.domain.brief import Failure
from briefs.domain.segmentation import Segmentation
from briefs.domain.spans import Span
from briefs.llm.port import CallFailure, FailureKind, Reply, Request
from briefs.llm.wire import json_schema
from briefs.llm.wire_compose import SCHEMA_NAME, TOKENS, TOKENS_A_CLAIM, ComposeAnswer
from briefs.prompts import Prompts
from briefs.steps.suggest.answers import Suggestions, read
from briefs.steps.suggest.batches import Batch, passage, shown_sentences
from briefs.text.equality import collapsed

STEP = "compose"
LONGEST_BROKEN = 6_000
"""The most characters of an unreadable answer that are sent back for repair."""
_MENDED_BY_LESS = frozenset({FailureKind.CONTEXT_LENGTH, FailureKind.TRUNCATED})
_MAY_BE_READ = frozenset({FailureKind.TRUNCATED, FailureKind.MALFORMED})
"""Failures that leave text behind."""
_EMPTY = CallFailure(kind=FailureKind.EMPTY, message="the model answered with nothing")
_UNREADABLE = CallFailure(
    kind=FailureKind.MALFORMED,
    message="the model's answer could not be read, and neither could its correction",
)


class Heard(NamedTuple):
    """What a model suggests about the claim at a place of the article."""

    place: Span
    suggestions: Suggestions
    shown: tuple[int, ...] = ()
    """Indices of the sentences that the same call showed."""


class Asker:
    """Asks about an article's batches and collects what is heard, what is rejected and what failed."""

    def __init__(self, article: Article, segmentation: Segmentation, prompts: Prompts) -> None:
        self._article = article
        self._segmentation = segmentation
        self._prompts = prompts
        self._schema = json_schema(ComposeAnswer)
        self.heard: list[Heard] = []
        self.rejected: list[str] = []
        self.failures: list[Failure] = []

    @property
    def shown(self) -> str:
        """Return the prompt's own words, for telling echoes."""
        return " ".join(turn.text for turn in self._prompts.compose.turns)

    def request(self, batch: Batch) -> Request:
        """Return the call for a batch, or for the repair of its answer."""
        if batch.broken is None:
            prompt = self._prompts.compose
            messages = prompt.messages(claims=passage(self._article, self._segmentation, batch))
        else:
            prompt = self._prompts.repair
            problem = "it is not one JSON object of this schema, to its end"
            messages = prompt.messages(answer=batch.broken, problem=problem, schema=self._schema)
        return Request(
            step=STEP,
            place=batch.place if batch.broken is None else f"{batch.place}, repair",
            prompt=prompt.ref,
            messages=messages,
            schema_name=SCHEMA_NAME,
            json_schema=self._schema,
            max_tokens=TOKENS + TOKENS_A_CLAIM * len(batch.claims),
        )

    def take(self, batch: Batch, reply: Reply) -> tuple[Batch, ...]:
        """Take what a reply holds; return the batches to ask about next because of it."""
        failure = reply.failure
        if not reply.text.strip() or (failure is not None and failure.kind not in _MAY_BE_READ):
            return self._failed(batch, failure or _EMPTY)
        answer = read(reply.text)
        if not answer.whole and not answer.suggestions:
            if failure is not None and failure.kind in _MENDED_BY_LESS:
                return self._failed(batch, failure)
            if batch.broken is None:
                return (batch._replace(broken=collapsed(reply.text[:LONGEST_BROKEN])),)
            return self._failed(batch, _UNREADABLE)
        self.rejected += ["misshapen"] * answer.malformed
        answered: set[int] = set()
        shown = shown_sentences(self._segmentation, batch)
        for each in answer.suggestions:
            if not 1 <= each.claim <= len(batch.claims):
                self.rejected.append("no_such_claim")
            elif each.claim in answered:
                self.rejected.append("repeated_number")
            else:
                answered.add(each.claim)
                self.heard.append(Heard(batch.claims[each.claim - 1], each, shown))
        if answer.whole:
            return ()
        self.rejected.append("truncated")
        rest = tuple(c for number, c in enumerate(batch.claims, start=1) if number not in answered)
        if rest:
            self._note(batch, FailureKind.TRUNCATED, _cut_off(len(answered), len(batch.claims)))
        return (batch.part(rest),) if answered and rest else ()

    def _failed(self, batch: Batch, failure: CallFailure) -> tuple[Batch, ...]:
        """Split what smaller parts may mend; record what has failed for good."""
        if failure.kind in _MENDED_BY_LESS and len(batch.claims) > 1:
            return batch.halves()
        self._note(batch, failure.kind, f"{failure.message}; to these claims the model adds nothing")
        return ()

    def _note(self, batch: Batch, kind: FailureKind, message: str) -> None:
        self.failures.append(Failure(where=f"{STEP}, {batch.place}", kind=kind.value, message=message))


def _cut_off(used: int, asked: int) -> str:
    if not used:
        return "the model's answer was cut off; none of it can be used, and the offline draft stands"
    return (
        f"the model's answer was cut off; what it says of {used} of {asked} claims is used "
        "beside the offline draft, and the rest is asked about again"
    )
