"""Connections that say nothing, or say it for ever, keep nobody out."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress

import httpx2 as httpx
import pytest
import uvicorn
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from briefs.desk import patience

_BODY = b"POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 900\r\n\r\nhalf"


async def _echo(scope: Scope, receive: Receive, send: Send) -> None:
    body = await Request(scope, receive).body()
    await PlainTextResponse(f"{len(body)} bytes")(scope, receive, send)


@pytest.fixture
def port() -> Iterator[int]:
    """Serve an echo on loopback, over the desk's protocol."""
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        _echo, http=patience.PatientProtocol, lifespan="off", log_config=None, limit_concurrency=200
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listening])))
    thread.start()
    yield int(listening.getsockname()[1])
    server.should_exit = True
    thread.join()
    listening.close()


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\nhost: localhost\r\nx: ", _BODY])
def test_two_hundred_that_wait_keep_nobody_out(port: int, sent: bytes) -> None:
    """Neither silence, nor half a head, nor half a body takes the places of people."""
    with ExitStack() as stack:
        for _ in range(230):
            waiting = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=20))
            with suppress(OSError):
                waiting.sendall(sent)
        answer = httpx.post(f"http://127.0.0.1:{port}/", content=b"x" * 9, timeout=20)
        assert (answer.status_code, answer.text) == (200, "9 bytes")


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\n", _BODY])
def test_a_request_that_does_not_come_whole_ends_its_connection(
    port: int, sent: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often another byte comes: the whole is due in time."""
    monkeypatch.setattr(patience, "SECONDS", 0.3)
    begun = time.monotonic()
    with socket.create_connection(("127.0.0.1", port), timeout=20) as slow, suppress(OSError):
        slow.sendall(sent)
        slow.settimeout(0.1)
        while time.monotonic() < begun + 20:
            with suppress(TimeoutError):
                if slow.recv(100) == b"":
                    break
            if sent:
                slow.sendall(b"x")
    assert time.monotonic() < begun + 20


def test_an_answer_may_take_longer_and_a_connection_serves_again(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Patience is for what a client has to send; between requests a browser keeps its connection."""
    monkeypatch.setattr(patience, "SECONDS", 0.3)
    with httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
        for _ in range(2):
            assert client.post("/", content=b"x").text == "1 bytes"
            time.sleep(0.5)
        assert client.post("/", content=b"xy").text == "2 bytes"
