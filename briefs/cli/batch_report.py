"""How far a submission is, for people and programs: batches with their counts and ages, articles, cost."""

from collections.abc import Iterator
from pathlib import Path

from briefs.batch.rows import BatchRow
from briefs.batch.state import BatchState
from briefs.domain.spans import Frozen
from briefs.llm.plan import Plan
from briefs.llm.port import Usage
from briefs.llm.prices import cost_of

_STAGES = {
    "writing": "being written",
    "written": "not sent yet",
    "uploading": "not sent yet",
    "uploaded": "not sent yet",
    "creating": "not sent yet",
    "gone": "not known to the provider",
    "back": "collected, its files are still at the provider",
    "closed": "collected",
}
"""Stages that are ours, in words; of one that is sent the provider's own word is shown."""


class BatchLine(Frozen):
    """One batch; ages and times in seconds."""

    number: int
    id: str | None
    """At the provider."""
    state: str
    requests: int
    completed: int
    failed: int
    age: int | None
    expires_in: int | None
    note: str


class BatchReport(Frozen):
    """How far a submission is."""

    model: str
    batches: tuple[BatchLine, ...]
    articles_open: int
    articles_done: int
    articles_partly: int
    """Of those, the ones with parts that are the offline draft because calls failed."""
    articles_failed: int
    to_relate: bool
    """A collection was stopped before it had held what it wrote against the other articles."""
    tokens_in: int
    tokens_out: int
    cost: float | None
    """US dollars so far, as a batch is priced; null where the price is not known."""
    unreached: str | None = None
    """Why the provider could not be asked; then the rest is what was last known."""


def report_of(state: BatchState, plan: Plan, now: int, unreached: str | None) -> BatchReport:
    """Return how far a submission is; `plan` has a batch's price, `now` is in seconds since 1970."""
    articles, sums = state.articles(), state.sums()
    used = Usage(tokens_in=sums.spent_in, tokens_out=sums.spent_out)
    cost = cost_of(used, plan.price)
    return BatchReport(
        model=plan.spec.id,
        batches=tuple(_line(batch, now) for batch in state.batches()),
        articles_open=articles.open,
        articles_done=articles.done + articles.partly,
        articles_partly=articles.partly,
        articles_failed=articles.failed,
        to_relate=state.to_relate,
        tokens_in=used.tokens_in,
        tokens_out=used.tokens_out,
        cost=cost if cost is None else round(cost, 6),
        unreached=unreached,
    )


def status_lines(report: BatchReport, out: Path, *, batches: bool = True) -> Iterator[str]:
    """Yield a report in lines for a person; without `batches`, the sum of them."""
    if report.unreached:
        yield f"The provider cannot be asked now ({report.unreached}); this is what was last known."
    under_way = [each for each in report.batches if not each.state.startswith("collected")]
    for each in report.batches if batches else ():
        age = f", {_span(each.age)} old" if each.age is not None else ""
        left = f", expires in {_span(each.expires_in)}" if each.expires_in is not None else ""
        note = f" ({each.note})" if each.note else ""
        yield (
            f"batch {each.number} {(each.id or '-')[:60]}: {each.state}, {each.completed:,} of "
            f"{each.requests:,} answered, {each.failed:,} failed{age}{left}{note}"
        )
    cost = "" if report.cost is None else f", ${report.cost:.4f}"
    yield (
        f"{_count(report.articles_done, 'article')} written, {report.articles_open:,} waiting for replies, "
        f"{report.articles_failed:,} failed; {report.model}: "
        f"{report.tokens_in + report.tokens_out:,} tokens{cost} so far"
    )
    if report.to_relate:
        yield f"Articles are still to be held against the others: briefs batch collect --out {out}"
    if under_way or report.articles_open:
        requests = sum(each.requests for each in under_way)
        yield (
            f"{_count(requests, 'request')} in {len(under_way):,} batch{'' if len(under_way) == 1 else 'es'} "
            f"under way; later: briefs batch collect --out {out}"
        )


def _line(batch: BatchRow, now: int) -> BatchLine:
    sent = batch.state == "sent"
    return BatchLine(
        number=batch.number,
        id=batch.batch,
        state=batch.status if sent else _STAGES[batch.state],
        requests=batch.requests,
        completed=batch.completed,
        failed=batch.failed,
        age=max(0, now - batch.created) if batch.created else None,
        expires_in=max(0, batch.expires - now) if sent and batch.expires else None,
        note=batch.note,
    )


def _span(seconds: int | None) -> str:
    minutes = (seconds or 0) // 60
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h {minutes % 60} min"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
