"""One command's part of a batch, measured in a process of its own; `benchmarks.batch` starts it."""

import asyncio
import json
import resource
import sys
from collections.abc import Iterator
from pathlib import Path

from briefs.batch.fetching import fetch, tidy
from briefs.batch.held import FOLDER
from briefs.batch.job import BatchJob
from briefs.batch.post import BatchPost, Terms
from briefs.batch.sending import send
from briefs.batch.state import BatchState
from briefs.config import Settings, settings_of
from briefs.llm.batch_api import BatchApi
from briefs.llm.batch_plan import batch_api
from briefs.llm.engines import engine
from briefs.llm.plan import budget_of, plan
from briefs.llm.port import Message, PromptRef, Request
from briefs.llm.put_off import Letter, PutOffError, letter_id
from briefs.llm.wire import ExtractAnswer, json_schema
from briefs.store.calls import Calls

PHASES = ("put off", "send", "fetch", "answer")
_AT_ONCE = 24
"""Requests under way at a time, as in a run."""


def requests(count: int) -> Iterator[Request]:
    """Yield requests as large as those of an article of news."""
    schema = json_schema(ExtractAnswer)
    for n in range(count):
        text = "\n".join(
            f"{k}: Sentence {k} of article {n} says this and that of boats." for k in range(1, 150)
        )
        yield Request(
            step="extract",
            place=f"chunk {n}",
            prompt=PromptRef(name="extract", version="1", sha256=""),
            messages=(Message(role="system", text="Answer in JSON."), Message(role="user", text=text)),
            schema_name="extract",
            json_schema=schema,
            max_tokens=1500,
        )


def _carry(state: BatchState, settings: Settings, count: int) -> int:
    """Hand all to the post, without a model in front of it; return how many were answered."""
    answered = 0
    with _post(state, settings) as post:
        for each in requests(count):
            messages = [{"role": turn.role, "content": turn.text} for turn in each.messages]
            said = {"model": "stub", "messages": messages, "response_format": _form(each)}
            body = json.dumps(said, ensure_ascii=False).encode()
            answered += post.answer(Letter(letter_id(body), body, each, "slug")) is not None
    return answered


def _form(request: Request) -> dict[str, object]:
    named = {"name": request.schema_name, "schema": json.loads(request.json_schema)}
    return {"type": "json_schema", "json_schema": named}


def _post(state: BatchState, settings: Settings) -> BatchPost:
    planned = plan(settings).by_batch()
    return BatchPost(state, Terms(3, budget_of(settings), planned.price, planned.way))


def _ask(state: BatchState, settings: Settings, count: int, cache: Path) -> int:
    """Ask a model for all, with the post behind it; return how many were answered."""

    async def every(post: BatchPost) -> int:
        made = engine(settings, calls=Calls(cache), post=post)
        await made.start()
        answered = 0
        waiting: set[asyncio.Task[bool]] = set()

        async def one(request: Request) -> bool:
            try:
                return (await made.model.ask(request)).failure is None
            except PutOffError:
                return False

        for request in requests(count):
            waiting.add(asyncio.create_task(one(request)))
            if len(waiting) >= _AT_ONCE:
                done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
                answered += sum(task.result() for task in done)
        answered += sum(await asyncio.gather(*waiting))
        await made.close()
        return answered

    with _post(state, settings) as post:
        return asyncio.run(every(post))


def _all(state: BatchState, api: BatchApi, settings: Settings, count: int) -> int:
    """Do what one command does: fetch, put off, send, tidy; return 0 when all is answered, else 3."""
    if state.job is None:
        state.begin(BatchJob(paths=("a",), folder=Path("/"), formats=("json",), settings={}))
    fetch(state, api)
    answered = _carry(state, settings, count)
    send(state, api)
    left = tidy(state, api, keep=False)
    return 0 if answered == count and not left else 3


def main() -> None:
    """Do one phase and print its peak memory and the bytes on their way."""
    phase, folder, url, count = sys.argv[1], Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    settings = settings_of(model="openai:stub", base_url=url)
    api = batch_api(plan(settings), settings)
    code = 0
    with BatchState(folder) as state:
        if phase == "put off":
            state.begin(BatchJob(paths=("a",), folder=Path("/"), formats=("json",), settings={}))
        if phase in ("put off", "answer"):
            through_model = sys.argv[5] == "model"
            answered = (
                _ask(state, settings, count, folder / "calls.sqlite")
                if through_model
                else _carry(state, settings, count)
            )
            assert answered == (0 if phase == "put off" else count), answered
        elif phase == "send":
            assert send(state, api) == ()
        elif phase == "all":
            code = _all(state, api, settings, count)
        else:
            while state.batches("sent"):
                fetch(state, api)
            tidy(state, api, keep=False)
        size = sum(path.stat().st_size for path in (folder / FOLDER).iterdir())
    api.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"peak": peak, "bytes": size}))
    sys.exit(code)


if __name__ == "__main__":
    main()
