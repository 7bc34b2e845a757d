"""Asking: what a model says of passages that arithmetic does not settle, and which of it stands.

Asked are few pairs, of the claims that want checking most. What passages those are hangs on the offline
rules, unlike any other request: better rules may ask other pairs. An answer counts only with words that
stand in the passage; its figures, dates and denials are then held against the claim's like any others.

A call holds several claims, so nothing is asked about a claim or a passage that speaks to somebody: it might
tell the model what to say of the others. Such a passage is left to a reader.
"""

import json
from collections.abc import Iterator, Sequence
from itertools import count, islice
from typing import NamedTuple

from pydantic import ValidationError

from briefs.domain.brief import ArticleBriefs, Brief, Evidence, Failure, Stance
from briefs.domain.proposals import Rejection
from briefs.llm.answers import whole_claims
from briefs.llm.port import Asking, Reply, Request
from briefs.llm.wire import json_schema
from briefs.llm.wire_stance import (
    LONGEST,
    MOST_CALLS,
    MOST_PAIRS,
    SCHEMA_NAME,
    TOKENS,
    TOKENS_A_PAIR,
    StanceAnswer,
    WireStance,
)
from briefs.prompts import Prompt
from briefs.steps.evidence.answering import check
from briefs.steps.evidence.reading import speaks
from briefs.text.equality import collapsed

STEP = "stance"
_STANCES = {"supports": Stance.SUPPORTS, "refutes": Stance.REFUTES}


class Open(NamedTuple):
    """A passage that bears on a claim and that nothing has settled: the brief's id, and which evidence."""

    brief: str
    number: int


class Judged(NamedTuple):
    """The briefs with what stands of a model's answers."""

    briefs: ArticleBriefs
    rejections: tuple[Rejection, ...] = ()
    failures: tuple[Failure, ...] = ()


class _Pair(NamedTuple):
    open: Open
    claim: Brief
    evidence: Evidence


def ask(result: ArticleBriefs, pending: Sequence[Open], prompt: Prompt, model: str) -> Asking[Judged]:
    """Ask about open passages of the claims that want checking most; `model` is who drafts what stands."""
    calls = list(_calls(result, pending))
    if not calls:
        return Judged(result)
    replies = yield tuple(_request(prompt, pairs, part) for part, pairs in enumerate(calls, 1))
    said: dict[Open, Evidence] = {}
    rejected: list[str] = []
    failures: list[Failure] = []
    for part, pairs, reply in zip(count(1), calls, replies, strict=False):
        answers = _read(reply)
        if reply.failure is not None or not answers:
            kind = reply.failure.kind.value if reply.failure else "malformed"
            why = reply.failure.message if reply.failure else "the model's answer could not be read"
            message = f"{why}; what it does not say of these passages is left to a reader"
            failures.append(Failure(where=f"{STEP}, part {part}", kind=kind, message=message))
        for pair, answer in _matched(pairs, answers, rejected):
            if answer.stance == "not_enough":
                continue
            stance = _STANCES[answer.stance]
            found = check(result, pair.claim, pair.evidence, answer.words, stance)
            if isinstance(found, str):
                rejected.append(found)
                continue
            note = f"It rests on “{collapsed(found.of(pair.evidence.quote))}”."
            said[pair.open] = pair.evidence.model_copy(
                update={"stance": stance, "drafted_by": model, "note": note}
            )
    kinds = tuple(Rejection(step=STEP, kind=kind) for kind in rejected)
    return Judged(_with(result, said), kinds, tuple(failures))


def _calls(result: ArticleBriefs, pending: Sequence[Open]) -> Iterator[list[_Pair]]:
    briefs = {brief.id: brief for brief in result.briefs}
    order = {brief.id: place for place, brief in enumerate(result.briefs)}
    worth = [each for each in pending if briefs[each.brief].claim.priority.level != "low"]
    worth.sort(key=lambda o: (-briefs[o.brief].claim.priority.score, order[o.brief], o.number))
    pairs = (_Pair(o, briefs[o.brief], briefs[o.brief].evidence[o.number]) for o in worth)
    quiet = (p for p in pairs if not speaks(p.claim.claim.standalone) and not speaks(p.evidence.quote))
    for _ in range(MOST_CALLS):
        if call := list(islice(quiet, MOST_PAIRS)):
            yield call


def _request(prompt: Prompt, pairs: Sequence[_Pair], part: int) -> Request:
    lines = [
        f"[{number}] claim: {_flat(pair.claim.claim.standalone)}\n    passage: {_flat(pair.evidence.quote)}"
        for number, pair in enumerate(pairs, 1)
    ]
    return Request(
        step=STEP,
        place=f"part {part}",
        prompt=prompt.ref,
        messages=prompt.messages(pairs="\n".join(lines)),
        schema_name=SCHEMA_NAME,
        json_schema=json_schema(StanceAnswer),
        max_tokens=TOKENS + TOKENS_A_PAIR * len(pairs),
    )


def _flat(text: str) -> str:
    """Return `text` on one line, bounded, unable to close the list of pairs."""
    line = collapsed(text).replace("<", "‹").replace(">", "›")
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def _read(reply: Reply) -> list[WireStance]:
    """Return the items of an answer that have the asked shape; whole items of a truncated one count."""
    try:
        document, _ = json.JSONDecoder().raw_decode(reply.text, reply.text.index("{"))
        items = document["claims"]
    except (ValueError, KeyError, TypeError, RecursionError):
        items = list(whole_claims(reply.text))
    found = []
    for item in items[:MOST_PAIRS] if isinstance(items, list) else ():
        try:
            found.append(WireStance.model_validate(item))
        except (ValidationError, RecursionError):
            continue
    return found


def _matched(
    pairs: Sequence[_Pair], answers: Sequence[WireStance], rejected: list[str]
) -> Iterator[tuple[_Pair, WireStance]]:
    """Yield each pair with its answer; an answer to no pair, or a second one, is rejected."""
    answered: set[int] = set()
    for answer in answers:
        if not 1 <= answer.n <= len(pairs):
            rejected.append("no_such_pair")
        elif answer.n in answered:
            rejected.append("repeated_number")
        else:
            answered.add(answer.n)
            yield pairs[answer.n - 1], answer


def _with(result: ArticleBriefs, said: dict[Open, Evidence]) -> ArticleBriefs:
    if not said:
        return result
    briefs = tuple(
        brief.model_copy(
            update={
                "evidence": tuple(
                    said.get(Open(brief.id, number), each) for number, each in enumerate(brief.evidence)
                )
            }
        )
        for brief in result.briefs
    )
    return result.model_copy(update={"briefs": briefs})
