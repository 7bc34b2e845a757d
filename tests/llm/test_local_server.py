"""A real small model, served: it is ours alone, it is silent, and it ends with the process that started it."""

import asyncio
import hashlib
import http.client
import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from smollm import smollm_file

from briefs.errors import ConfigError
from briefs.llm import local_server
from briefs.llm.adapter import Adapter
from briefs.llm.local import LocalOptions, LocalServer
from briefs.llm.port import FailureKind, Message, PromptRef, Reply, Request

_PROGRAM = Path(local_server.__file__)
_SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["words"],
    "properties": {
        "words": {"type": "array", "maxItems": 1, "items": {"type": "string", "maxLength": 5}},
    },
}
_PARENT = """
import sys, time
from briefs.llm.local import LocalOptions, LocalServer
with LocalServer(sys.argv[1], LocalOptions(context=512, threads=1)) as server:
    print(server.pid, flush=True)
    time.sleep(600)
"""


@pytest.fixture(scope="module")
def served() -> Iterator[LocalServer]:
    """Serve the model once for the tests that only ask it."""
    with LocalServer(str(smollm_file()), LocalOptions(context=1024, threads=1)) as server:
        yield server


def _post(server: LocalServer, key: str | None, **body: object) -> tuple[int, str]:
    where = urlsplit(server.base_url)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=60)
    headers = {"Content-Type": "application/json"}
    if key is not None:
        headers["Authorization"] = f"Bearer {key}"
    try:
        connection.request("POST", f"{where.path}/chat/completions", json.dumps(body), headers)
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


def _request(text: str, most: int) -> Request:
    return Request(
        step="extract",
        place="chunk 1",
        prompt=PromptRef(name="test", version="1", sha256="0" * 64),
        messages=(Message(role="user", text=text),),
        schema_name="answer",
        json_schema=json.dumps(_SCHEMA),
        max_tokens=most,
    )


def _ask(server: LocalServer, request: Request) -> Reply:
    adapter = Adapter(
        id=server.id,
        provider="openai",
        name=server.path.name,
        base_url=server.base_url,
        api_key=server.api_key,
        attempts=1,
        concurrency=server.options.slots,
    )

    async def once() -> Reply:
        try:
            return await adapter.ask(request)
        finally:
            await adapter.close()

    return asyncio.run(once())


def _hello() -> list[dict[str, str]]:
    return [{"role": "user", "content": "Name three colours."}]


def test_a_reply_holds_to_the_bounds_and_names_no_folder(served: LocalServer) -> None:
    """The grammar holds even a tiny model to lengths of strings and lists; no path gets into a recording."""
    form = {"type": "json_schema", "json_schema": {"name": "a", "strict": True, "schema": _SCHEMA}}
    key = served.api_key.get_secret_value()
    status, text = _post(served, key, messages=_hello(), max_tokens=100, temperature=0, response_format=form)
    assert status == 200
    words = json.loads(json.loads(text)["choices"][0]["message"]["content"])["words"]
    assert len(words) <= 1
    assert all(len(word) <= 5 for word in words)
    assert str(smollm_file().parent) not in text


@pytest.mark.parametrize("key", [None, "", "guess"])
def test_nobody_else_on_the_machine_can_use_the_server(served: LocalServer, key: str | None) -> None:
    """Other users of the machine see an open port: without the key it tells and does nothing."""
    assert _post(served, key, messages=_hello(), max_tokens=1)[0] == 401


def test_the_server_listens_on_loopback_only_and_its_key_is_not_shown(served: LocalServer) -> None:
    """The network cannot reach the server, and neither `ps` nor the object's text shows the key."""
    assert urlsplit(served.base_url).hostname == "127.0.0.1"
    key = served.api_key.get_secret_value()
    assert len(key) >= 32
    assert key not in repr(served) + repr(vars(served))
    for name in ("cmdline", "environ"):
        assert key.encode() not in Path(f"/proc/{served.pid}/{name}").read_bytes()


def test_the_model_is_known_by_its_content_and_stopping_ends_its_process(
    served: LocalServer, tmp_path: Path
) -> None:
    """The call cache asks for the file's hash, whatever its name; no process with an article outlives the run."""
    assert served.id == f"local:{smollm_file().name}"
    (tmp_path / "other.gguf").symlink_to(smollm_file())
    with LocalServer(str(tmp_path / "other.gguf"), LocalOptions(context=512, threads=1)) as other:
        pid = other.pid
        assert pid is not None
        assert other.identity == served.identity == f"local:{_hash(smollm_file())[:16]}"
        assert other.id == "local:other.gguf"
    assert other.pid is None
    assert _gone(pid)
    other.stop()


def test_the_adapter_gets_an_answer_of_the_asked_shape(served: LocalServer) -> None:
    """End to end: LangChain, the OpenAI client, HTTP, llama.cpp's grammar and back, with tokens counted."""
    reply = _ask(served, _request("Name three colours.", most=100))
    assert reply.failure is None
    assert len(json.loads(reply.text)["words"]) <= 1
    assert reply.usage.tokens_in > 5
    assert reply.usage.tokens_out > 5


@pytest.mark.parametrize(
    ("text", "most", "kind"),
    [
        ("Name three colours.", 3, FailureKind.TRUNCATED),
        ("Name three colours. " * 400, 3, FailureKind.CONTEXT_LENGTH),
    ],
)
def test_the_adapter_knows_what_a_local_server_cannot_do(
    served: LocalServer, text: str, most: int, kind: FailureKind
) -> None:
    """llama.cpp's own words for "cut off" and "too long" are understood: the caller splits what is too long."""
    reply = _ask(served, _request(text, most))
    assert reply.failure is not None
    assert reply.failure.kind is kind


def test_a_server_that_dies_is_a_failed_call_and_no_more() -> None:
    """A model that is killed in mid-run (out of memory) costs its calls, never the run."""
    with LocalServer(str(smollm_file()), LocalOptions(context=512, threads=1)) as server:
        assert server.pid is not None
        os.kill(server.pid, signal.SIGKILL)
        assert _eventually(lambda: server.pid is None)
        reply = _ask(server, _request("Name three colours.", most=3))
    assert reply.failure is not None
    assert reply.failure.kind is FailureKind.UNREACHABLE


def test_nothing_is_printed_while_serving() -> None:
    """llama.cpp logs what it does to the terminal: a user's screen stays clean, and so do CI's logs."""
    script = (
        "import sys, urllib.request, json\n"
        "from briefs.llm.local import LocalOptions, LocalServer\n"
        "with LocalServer(sys.argv[1], LocalOptions(context=512, threads=1)) as s:\n"
        "    urllib.request.urlopen(urllib.request.Request(s.base_url + '/chat/completions',\n"
        "        json.dumps({'messages': [{'role': 'user', 'content': 'SECRET'}], 'max_tokens': 2}).encode(),\n"
        "        {'Authorization': 'Bearer ' + s.api_key.get_secret_value(), 'Content-Type': 'application/json'}\n"
        "    )).close()\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, str(smollm_file())], capture_output=True, text=True, check=True
    )
    assert (ended.stdout, ended.stderr) == ("", "")


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
def test_the_server_ends_with_its_parent(end: signal.Signals) -> None:
    """Whatever ends the run, kill -9 included, ends the server: it holds gigabytes and an article."""
    with subprocess.Popen(
        [sys.executable, "-c", _PARENT, str(smollm_file())],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert not _gone(pid)
        parent.send_signal(end)
    assert _eventually(lambda: _gone(pid))


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's part in it is Linux's")
def test_a_parent_that_is_killed_while_the_model_loads_takes_it_along(tmp_path: Path) -> None:
    """Loading holds the interpreter for minutes with a large model: nobody must wait for it to end."""
    model = tmp_path / "slow.gguf"
    os.mkfifo(model)
    with subprocess.Popen(
        [sys.executable, "-P", str(_PROGRAM)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        asked = {"model": str(model), "key": "k", "context": 512, "slots": 1, "threads": 1}
        process.stdin.write(json.dumps(asked).encode() + b"\n")
        process.stdin.flush()
        with model.open("wb"):  # returns when the loader has opened its end, and waits for the first byte
            assert process.poll() is None
            process.stdin.close()
            assert process.wait(20) in {0, -signal.SIGIO}


def test_a_truncated_model_is_said_to_be_damaged(tmp_path: Path) -> None:
    """An interrupted download is the commonest fault of all: the message says so, and nothing is left running."""
    path = tmp_path / "half.gguf"
    with smollm_file().open("rb") as whole:
        path.write_bytes(whole.read(4_000_000))
    server = LocalServer(str(path))
    with pytest.raises(ConfigError, match=r"half\.gguf: is incomplete or damaged; download it again"):
        server.start()
    assert server.pid is None


def test_loading_that_takes_too_long_is_ended() -> None:
    """A model too large for the disk or the machine does not hang the run."""
    server = LocalServer(str(smollm_file()), LocalOptions(load_seconds=0.01))
    with pytest.raises(ConfigError, match=r"not loaded after 0\.01 s"):
        server.start()
    assert server.pid is None


def test_a_missing_package_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra, the message is the command that installs it."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(ConfigError, match=r"pip install 'briefs\[local\]'"):
        LocalServer(str(smollm_file())).start()


def test_at_least_one_core_is_counted() -> None:
    """Threads are as many as cores, never none."""
    assert 1 <= local_server.physical_cores() <= (os.cpu_count() or 1)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _gone(pid: int) -> bool:
    """Whether a process has ended; one that only waits to be noticed by its parent has."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def _eventually(holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.02)
    return False
