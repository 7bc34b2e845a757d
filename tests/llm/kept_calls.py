"""Asks a counted model many things through the call cache, in a process that a test kills.

`python kept_calls.py FILE COUNT LOG`: appends "made N" to LOG when the model is asked, prints "finished N" when
the reply is there.
"""

import asyncio
import os
import sys
from pathlib import Path

from recorded_calls import ask

from briefs.llm.cached import Cached
from briefs.llm.port import Reply, Request, Usage
from briefs.store.calls import Calls


class CountedModel:
    """A model that notes every call in a file before it answers."""

    id = "openai:plain"
    address = "http://127.0.0.1:9/v1"

    def __init__(self, log: Path) -> None:
        self._log = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def body(self, request: Request) -> str:
        """Return what would be sent."""
        return request.model_dump_json()

    async def ask(self, request: Request) -> Reply:
        """Note the call and answer it."""
        text = request.messages[-1].text
        os.write(self._log, f"made {text}\n".encode())
        await asyncio.sleep(0.001)
        return Reply(text=f"reply {text}", usage=Usage(tokens_in=1, tokens_out=1), attempts=1)

    async def close(self) -> None:
        """Close the file."""
        os.close(self._log)


async def main(calls: Path, count: int, log: Path) -> None:
    """Ask `count` things, four at a time."""
    model = Cached(CountedModel(log), Calls(calls))
    gate = asyncio.Semaphore(4)

    async def one(number: int) -> None:
        async with gate:
            reply = await model.ask(ask(str(number)))
        if reply.text != f"reply {number}":
            raise SystemExit(f"another call's reply: {reply.text}")
        print(f"finished {number}", flush=True)

    await asyncio.gather(*(one(number) for number in range(count)))
    await model.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])))
