"""`briefs doctor` as a person meets it: why this engine, where text goes, and one line for each failure."""

import json
import os
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner

from briefs.cli.doctor import command

KEY = "sk-proj-0123456789abcdefghijklmnop"


class Stub(ThreadingHTTPServer):
    """A chat model's server on loopback: answers with `status` and `content`, and keeps what it was sent."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status = 200
        self.content = '{"ready": true}'
        self.received: list[Any] = []
        self.listed = 0

    @property
    def url(self) -> str:
        """Return the base URL."""
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class _Handler(BaseHTTPRequestHandler):
    server: Stub

    def do_GET(self) -> None:
        self.server.listed += 1
        self._answer(200, {"object": "list", "data": [{"id": "tiny-1"}, {"id": "tiny-2"}]})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.received.append((self.path, dict(self.headers), json.loads(body)))
        message = {"role": "assistant", "content": self.server.content}
        good = {
            "id": "1",
            "object": "chat.completion",
            "created": 1,
            "model": "tiny",
            "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
            "usage": {"prompt_tokens": 21, "completion_tokens": 5, "total_tokens": 26},
        }
        bad = {"error": {"message": "no", "type": "x", "code": "x"}}
        self._answer(self.server.status, good if self.server.status == 200 else bad)

    def _answer(self, status: int, content: object) -> None:
        data = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""


@pytest.fixture
def stub() -> Iterator[Stub]:
    """Serve for one test."""
    server = Stub()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


class Said(NamedTuple):
    """What a command left behind."""

    returncode: int
    stdout: str
    stderr: str


def doctor(*arguments: str, cwd: Path, **environment: str) -> Said:
    """Run doctor in this process, without keys and settings of the machine."""
    (cwd / ".git").mkdir(exist_ok=True)
    unset: dict[str, str | None] = {
        name: None
        for name in os.environ
        if name.startswith(("BRIEFS_", "LANG")) or name.endswith(("_API_KEY", "_PROXY", "_proxy"))
    }
    before = Path.cwd()
    os.chdir(cwd)
    try:
        result = CliRunner().invoke(command, arguments, env=unset | environment)
    finally:
        os.chdir(before)
    return Said(result.exit_code, result.stdout, result.stderr)


def test_with_nothing_set_it_is_offline(tmp_path: Path) -> None:
    """The default is told as such: nothing leaves the machine, and why."""
    result = doctor("--json", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    report = json.loads(result.stdout)
    assert report["engine"] == "offline"
    assert report["why"].startswith("the default")
    assert (report["host"], report["settings"], report["tracing"]) == (None, [], "off")
    assert set(report["prompts"]) == {"extract", "compose", "repair", "stance"}
    assert report["packages"]["briefs"]


def test_it_says_why_and_shows_no_key(tmp_path: Path) -> None:
    """Each changed setting has its origin; a key is said to be there, and is nowhere to be seen."""
    (tmp_path / "briefs.toml").write_text('model = "openai:gpt-5-mini"\nattempts = 2\n')
    environment = {"OPENAI_API_KEY": KEY, "BRIEFS_TIMEOUT": "9", "LANGSMITH_TRACING": "true"}
    for form in ((), ("--json",)):
        result = doctor("--concurrency", "3", *form, cwd=tmp_path, **environment)
        assert result.returncode == 0, result.stderr
        said = " ".join(result.stdout.split())
        assert KEY not in said + result.stderr
        assert "OPENAI_API_KEY is set (not shown); sent to api.openai.com alone" in said
        assert "storing is turned off" in said
        assert "LANGSMITH_TRACING asks for it, and is overruled" in said
        assert "$0.25 in, $2 out for a million tokens, as listed on 20" in said
    origins = {line["name"]: line["origin"] for line in json.loads(result.stdout)["settings"]}
    toml = str(tmp_path / "briefs.toml")
    assert origins == {
        "model": toml,
        "attempts": toml,
        "timeout": "BRIEFS_TIMEOUT",
        "concurrency": "--concurrency",
    }


def test_nothing_is_sent_unasked(tmp_path: Path, stub: Stub) -> None:
    """Without --call the server hears nothing."""
    result = doctor("--model", "openai:tiny", "--base-url", stub.url, cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert stub.received == []


def test_one_call_with_time_and_tokens(tmp_path: Path, stub: Stub) -> None:
    """--call makes one call, of fixed words, and says what it took."""
    result = doctor("--model", "openai:tiny", "--base-url", stub.url, "--call", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert "answered in" in result.stdout
    assert "21 tokens in, 5 out" in result.stdout
    ((path, headers, body),) = stub.received
    assert path == "/v1/chat/completions"
    assert "authorization" not in {name.lower() for name in headers}
    assert body["model"] == "tiny"
    assert "store" not in body


class Failing(NamedTuple):
    """What a server does, and what is said of it."""

    status: int
    content: str
    kind: str
    advice: str


@pytest.mark.parametrize(
    "case",
    [
        Failing(401, "", "not_authorised", "the key is wrong"),
        Failing(402, "", "quota", "add credit"),
        Failing(404, "", "bad_request", "does not know the model's name"),
        Failing(429, "", "rate_limited", "--requests-per-minute"),
        Failing(503, "", "server_error", "look at its log"),
        Failing(200, "", "empty", "answered with nothing"),
        Failing(200, "certainly!", "malformed", "does not keep to a JSON schema"),
    ],
)
def test_a_failure_has_a_diagnosis(case: Failing, tmp_path: Path, stub: Stub) -> None:
    """Each kind of failure gives exit code 1, its name, and what to do; one request is made, not four."""
    stub.status, stub.content = case.status, case.content
    result = doctor("--model", "openai:tiny", "--base-url", stub.url, "--call", cwd=tmp_path)
    assert result.returncode == 1, result.stdout + result.stderr
    assert f"Call: failed ({case.kind}," in result.stdout
    assert case.advice in result.stdout
    assert len(stub.received) == 1


def test_no_server_is_told(tmp_path: Path) -> None:
    """Nobody listens: unreachable, with exit code 1, as JSON too."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: refused
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
        result = doctor("--model", "openai:tiny", "--base-url", url, "--call", "--json", cwd=tmp_path)
    assert result.returncode == 1, result.stderr
    call = json.loads(result.stdout)["call"]
    assert (call["ok"], call["kind"]) == (False, "unreachable")
    assert "is the server running" in call["advice"]


def test_a_server_without_a_model_lists_its_own(tmp_path: Path, stub: Stub) -> None:
    """--base-url alone is refused; asked with --call, doctor names what the server offers."""
    result = doctor("--base-url", stub.url, cwd=tmp_path)
    assert result.returncode == 2
    assert "`briefs doctor --call` lists" in result.stderr
    result = doctor("--base-url", stub.url, "--call", cwd=tmp_path)
    assert result.returncode == 2
    assert "it offers tiny-1, tiny-2" in result.stderr
    assert stub.received == []


def test_a_settings_file_collects_no_key(tmp_path: Path, stub: Stub) -> None:
    """Nor when doctor asks its server for models: a `briefs.toml` may have come with somebody's folder."""
    (tmp_path / "briefs.toml").write_text(f'base_url = "{stub.url}"\n')
    result = doctor("--call", cwd=tmp_path, BRIEFS_API_KEY="k" * 24)
    assert result.returncode == 2
    assert "names the server that BRIEFS_API_KEY would be sent to" in result.stderr
    assert stub.listed == 0


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("--model", "gpt-5-mini"), "do you mean openai:gpt-5-mini?"),
        (("--model", "openai:gpt-5-mini"), "OPENAI_API_KEY"),
        (("--model", "local:"), "GGUF"),
        (("--model", "anthropic:claude-x"), "ANTHROPIC_API_KEY"),
        (("--call",), "offline engine makes no calls"),
        (("--prompts", "nowhere", "--model", "offline"), "nowhere"),
    ],
)
def test_a_wrong_configuration_is_one_line(arguments: tuple[str, ...], expected: str, tmp_path: Path) -> None:
    """Exit code 2 and one line that says what to do, never a traceback."""
    result = doctor(*arguments, cwd=tmp_path)
    assert result.returncode == 2
    assert expected in result.stderr
    assert len(result.stderr.splitlines()) == 1
