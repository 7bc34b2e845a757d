"""Requests that need no article, and an office that puts them off, sends them and fetches what comes back."""

import asyncio
import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from batch_provider import Body
from batch_server import BatchServer

from briefs.batch.fetching import fetch, give_up, tidy
from briefs.batch.job import BatchJob
from briefs.batch.post import BatchPost, Terms
from briefs.batch.sending import send
from briefs.batch.state import BatchState
from briefs.config import settings_of
from briefs.llm.batch_api import BatchApi
from briefs.llm.batch_plan import batch_api
from briefs.llm.clock import FakeClock
from briefs.llm.engines import engine
from briefs.llm.plan import budget_of, plan
from briefs.llm.port import Message, PromptRef, Reply, Request
from briefs.llm.put_off import Letter, PutOffError, letter_id
from briefs.store.calls import Calls

MODEL = "openai:stub"
_SCHEMA = {
    "type": "object",
    "properties": {"said": {"type": "string", "maxLength": 200}},
    "required": ["said"],
    "additionalProperties": False,
}


def request(number: int, words: str = "") -> Request:
    """Return one of many requests, all different."""
    return Request(
        step="extract",
        place=f"chunk {number}",
        prompt=PromptRef(name="extract", version="1", sha256=""),
        messages=(
            Message(role="system", text="Answer in JSON."),
            Message(role="user", text=f"Boat “{number}” — pier{words}"),
        ),
        schema_name="extract",
        json_schema=json.dumps(_SCHEMA, sort_keys=True, separators=(",", ":")),
        max_tokens=100,
    )


def requests(count: int) -> tuple[Request, ...]:
    """Return so many requests."""
    return tuple(request(number) for number in range(count))


def said(body: Body) -> str:
    """Answer a request with its own last words."""
    return json.dumps({"said": body["messages"][-1]["content"]}, ensure_ascii=False)


def number_of(body: Body) -> int:
    """Return the number of a request from its body."""
    return int(body["messages"][-1]["content"].split("“")[1].split("”")[0])


class Office:
    """One output folder's batches, at a server; every method is a command's part, and opens what it needs."""

    def __init__(self, folder: Path, server: BatchServer, *, rounds: int = 3, **settings: Any) -> None:
        self.out, self.server, self.rounds = folder / "out", server, rounds
        self.out.mkdir(exist_ok=True)
        given = {"model": MODEL, "base_url": server.url, "cache_dir": str(folder / "cache")} | settings
        self.settings = settings_of(**given)
        self.plan = plan(self.settings).by_batch()
        self.waiting = 0
        self.job = BatchJob(paths=("a",), folder=Path("/"), formats=("json",), settings=dict(given))
        with BatchState(self.out) as state:
            if state.job is None:
                state.begin(self.job)

    def api(self) -> BatchApi:
        """Return the door to the server, with a clock of its own."""
        api = batch_api(self.plan, self.settings)
        api._clock = FakeClock()
        return api

    def ask(self, asked: Sequence[Request], state: BatchState | None = None) -> list[Reply | None]:
        """Ask for all; what is put off is none, and lies in files afterwards."""
        if state is None:
            with BatchState(self.out) as own:
                return self.ask(asked, own)
        calls = Calls(self.out / "calls.sqlite")

        async def one(request: Request, model: Any) -> Reply | None:
            try:
                reply: Reply = await model.ask(request)
            except PutOffError:
                return None
            return reply

        async def every(post: BatchPost) -> list[Reply | None]:
            made = engine(self.settings, calls=calls, post=post)
            await made.start()
            try:
                return [await one(each, made.model) for each in asked]
            finally:
                await made.close()

        with self._post(state) as post:
            replies = asyncio.run(every(post))
        self.waiting = post.waiting
        return replies

    def carry(self, asked: Sequence[Request], state: BatchState | None = None) -> list[bool]:
        """Hand all to the post, without a model in front of it; tell which have been answered."""
        if state is None:
            with BatchState(self.out) as own:
                return self.carry(asked, own)
        with self._post(state) as post:
            found = [post.answer(_letter(each)) for each in asked]
        return [posted is not None and posted.status == 200 for posted in found]

    def _post(self, state: BatchState) -> BatchPost:
        terms = Terms(self.rounds, budget_of(self.settings), self.plan.price, self.plan.way)
        return BatchPost(state, terms)

    def send(self) -> tuple[str, ...]:
        """Send what is written; return what there is to say."""
        with closing(self.api()) as api, BatchState(self.out) as state:
            return send(state, api)

    def fetch(self) -> tuple[str, ...]:
        """Fetch what has ended, and delete its files; return what there is to say."""
        with closing(self.api()) as api, BatchState(self.out) as state:
            notes = fetch(state, api)
            tidy(state, api, keep=False)
            return notes

    def give_up(self) -> None:
        """Have requests of batches that are gone sent again, as a submission that goes on does."""
        with closing(self.api()) as api, BatchState(self.out) as state:
            give_up(state, api)

    def round(self, asked: Sequence[Request]) -> list[Reply | None]:
        """Send what is asked, have the server carry it out, fetch, and ask again."""
        self.ask(asked)
        self.send()
        self.server.finish()
        self.fetch()
        return self.ask(asked)


def _letter(asked: Request) -> Letter:
    messages = [{"role": each.role, "content": each.text} for each in asked.messages]
    body = json.dumps({"model": "stub", "messages": messages}).encode()
    return Letter(letter_id(body), body, asked, "slug")


def cut(state: BatchState) -> None:
    """Let go of a state as kill -9 does: what was not committed is lost, nothing is tidied."""
    database: sqlite3.Connection | None = state._database
    state._database = None
    if database is not None:
        database.close()
