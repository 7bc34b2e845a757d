"""The words after --model and --base-url: what each form means, and what is refused."""

from typing import NamedTuple

import pytest

from briefs.errors import ConfigError
from briefs.llm.spec import parse, reach_of

KEY = "sk-proj-0123456789abcdefghijklmnop"


class Meant(NamedTuple):
    """What two words on the command line mean."""

    model: str
    base_url: str | None
    kind: str
    id: str
    host: str
    here: bool


MEANT = [
    Meant("offline", None, "offline", "offline", "", True),
    Meant("openai:gpt-5-mini", None, "openai", "openai:gpt-5-mini", "api.openai.com", False),
    Meant(
        "openai:qwen2.5:3b",
        "http://localhost:11434/v1/",
        "openai",
        "openai:qwen2.5:3b",
        "localhost:11434",
        True,
    ),
    Meant("openai:a/m", "https://llm.example.org/v1", "openai", "openai:a/m", "llm.example.org", False),
    Meant("openai:m", "http://[::1]:8000/v1", "openai", "openai:m", "[::1]:8000", True),
    Meant("openai:m", "http://10.0.0.7/v1", "openai", "openai:m", "10.0.0.7", False),
    Meant("local:models/qwen.gguf", None, "local", "local:qwen.gguf", "", True),
    Meant("anthropic:claude-sonnet-4-5", None, "provider", "anthropic:claude-sonnet-4-5", "", False),
]


@pytest.mark.parametrize("meant", MEANT)
def test_each_form_is_read(meant: Meant) -> None:
    """The forms of --model and --base-url mean what the documentation says."""
    spec = parse(meant.model, meant.base_url)
    assert (spec.kind, spec.id, spec.host, spec.here) == (meant.kind, meant.id, meant.host, meant.here)


REFUSED = [
    ("gpt-5-mini", None, "do you mean openai:gpt-5-mini?"),
    ("claude-sonnet-4-5", None, "do you mean anthropic:claude-sonnet-4-5?"),
    ("qwen.gguf", None, "do you mean local:qwen.gguf?"),
    ("qwen", "http://localhost:8000/v1", "do you mean openai:qwen?"),
    ("qwen", None, "write offline, openai:NAME"),
    ("", None, "write offline, openai:NAME"),
    ("openai:", None, "which model?"),
    ("langsmith:openai/x", None, "tracing service"),
    ("offline", "http://localhost:8000/v1", "which model?"),
    ("local:a.gguf", "http://localhost:8000/v1", "--base-url goes with openai:NAME"),
    ("anthropic:x", "http://localhost:8000/v1", "--base-url goes with openai:NAME"),
    ("openai:x", "http://llm.example.org/v1", "unencrypted"),
    ("openai:x", "http://93.184.216.34/v1", "unencrypted"),
    ("openai:x", "http://localhost.example.org/v1", "unencrypted"),
    ("openai:x", "http://127.0.0.1.example.org/v1", "unencrypted"),
    ("openai:x", "localhost:8000/v1", "not an address"),
    ("openai:x", "ftp://localhost/v1", "not an address"),
    ("openai:x", "http://localhost:port/v1", "not an address"),
    ("openai:x", "http://local host/v1", "not an address"),
    ("openai:x", f"https://user:{KEY}@llm.example.org/v1", "plain address"),
    ("openai:x", f"https://llm.example.org/v1?key={KEY}", "plain address"),
    (KEY, None, "looks like a key"),
    (f"openai:{KEY}", None, "looks like a key"),
    (f"openai:/tmp/{KEY}/x.gguf", "http://localhost:8000/v1", "looks like a key"),
    (f"openai:https://user:{KEY}@host/x", "http://localhost:8000/v1", "looks like a key"),
]


@pytest.mark.parametrize(("model", "base_url", "expected"), REFUSED)
def test_what_cannot_be_meant_is_refused(model: str, base_url: str | None, expected: str) -> None:
    """A wrong word is told in one line that says what to write, and never repeats a key."""
    with pytest.raises(ConfigError) as caught:
        parse(model, base_url)
    assert expected in str(caught.value)
    assert KEY not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "reach"),
    [
        ("http://127.0.0.9/v1", "loopback"),
        ("http://models.localhost/v1", "loopback"),
        ("http://192.168.1.4/v1", "private"),
        ("http://gpu-box:8000/v1", "private"),
        ("http://llm.newsroom.internal/v1", "private"),
        ("http://8.8.8.8/v1", "public"),
        ("http://gpu.example.org/v1", "public"),
    ],
)
def test_how_far_a_server_is(url: str, reach: str) -> None:
    """What counts as this computer and as a private network is a closed list, read without a look-up."""
    assert reach_of(url) == reach
