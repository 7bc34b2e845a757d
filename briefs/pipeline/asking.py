"""The replies to a suspended draft's requests, all asked for at once; and one article drafted that way."""

import asyncio
from typing import TYPE_CHECKING

from briefs.domain.article import Article
from briefs.errors import ReplayError
from briefs.llm import exchange
from briefs.llm.engines import Engine
from briefs.llm.port import Reply, Request
from briefs.llm.put_off import PutOffError
from briefs.llm.served import NotLoadedError
from briefs.prompts import load_prompts

if TYPE_CHECKING:
    from briefs.pipeline.order import Draft


async def ask_for(article: Article, engine: Engine) -> "Draft":
    """Draft one article in this process; the engine is closed at the end."""
    from briefs.pipeline.order import Assistance, Draft, drafting  # noqa: PLC0415 - loads the parser

    try:
        await engine.start()
        draft = drafting(article, Assistance(engine.model.id, load_prompts(engine.prompts)))
        replies: tuple[Reply, ...] | None = None
        with exchange.article(exchange.ArticleRef(slug=article.slug, path=article.source_path)):
            while True:
                try:
                    requests = next(draft) if replies is None else draft.send(replies)
                except StopIteration as stop:
                    done: Draft = stop.value
                    return done
                replies = await answered(engine, requests, {})
    finally:
        await engine.close()


async def answered(
    engine: Engine, requests: tuple[Request, ...], known: dict[Request, Reply]
) -> tuple[Reply, ...]:
    """Ask for all replies at once; those in `known` were had before a worker died.

    Raises PutOffError when some will be there another day: all have been asked for then.
    """
    put_off = 0

    async def answer(request: Request) -> Reply:
        nonlocal put_off
        if request not in known:
            try:
                known[request] = await engine.model.ask(request)
            except PutOffError:
                put_off += 1
                return Reply()
        return known[request]

    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(answer(request)) for request in requests]
    except ExceptionGroup as group:  # not except*: before Python 3.11.4 what is raised there comes in a group
        raise _first(group) from None
    if put_off:
        raise PutOffError(put_off)
    return tuple(task.result() for task in tasks)


def _first(group: ExceptionGroup[Exception]) -> Exception:
    """Return the first error that ends an article with words; the whole group where another is in it."""
    ours, others = group.split((ReplayError, NotLoadedError))
    if ours is None or others is not None:
        return group
    error: Exception = ours
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    return error
