"""A cassette in review: readable, the same for the same exchanges, and holding no secret."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from leaky_server import COOKIE, KEY, MODEL_PATH, ORGANISATION, leaky_server
from recorded_calls import ask, record

from briefs.llm.cassette_body import canonical, kept
from briefs.llm.cassette_check import leaks, orphans
from briefs.llm.cassette_yaml import Dumper, Loader, readable
from briefs.llm.secrets import secrets_in, shapes

GOLDEN = """\
# Model calls of one article, recorded by `briefs run --record`. Not written or edited by hand: to change one,
# record it again. No key, host or account stands here. See docs/ci.md.
version: 1
interactions:
- step: extract
  place: chunk 1
  prompt: extract@3
  request:
    method: POST
    uri: /chat/completions
    json:
      model: plain
      max_tokens: 200
      messages:
      - role: system
        content: Answer in JSON.
      - role: user
        content: |-
          1 “Nobody was hurt,” she said.
          2 Später: nichts.
      response_format:
        type: json_schema
        json_schema:
          name: claims
          schema:
            type: object
          strict: true
      store: false
      stream: false
      temperature: 0.0
  response:
    status: 200
    json:
      model: plain.gguf
      choices:
      - finish_reason: stop
        index: 0
        message:
          role: assistant
          content: !json-spaced-ascii
            echo: |-
              1 “Nobody was hurt,” she said.
              2 Später: nichts.
      object: chat.completion
      usage:
        completion_tokens: 5
        prompt_tokens: 31
        total_tokens: 36
"""

TEXT = st.text(st.characters(codec="utf-8")) | st.text(
    "ab1 \n\t:#'\"-–“😀\u2028\x85\x00\ufeff|>&*{}[],\\", max_size=300
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda each: st.lists(each) | st.dictionaries(TEXT, each),
    max_leaves=15,
)


def test_a_cassette_reads_like_a_conversation(tmp_path: Path) -> None:
    """Protects review: what stands in a file, to the character."""
    request = ask("1 “Nobody was hurt,” she said.\n2 Später: nichts.", schema='{"type":"object"}')
    request = request.model_copy(
        update={
            "messages": (
                request.messages[0].model_copy(update={"text": "Answer in JSON."}),
                request.messages[1],
            )
        }
    )
    with leaky_server() as server:
        record(tmp_path, server, [request])
    assert (tmp_path / "fire-1a2b3c.yaml").read_text("utf-8") == GOLDEN


def test_nothing_leaks(tmp_path: Path) -> None:
    """Protects keys, accounts and machines: of what server and client send along, nothing is in the files."""
    with leaky_server() as server:
        server.statuses = [400]
        record(tmp_path, server, [ask("1 x")])
        record(tmp_path, server, [ask("1 x"), ask("2 y", "chunk 2")])
        port = server.base_url.split(":")[2].split("/")[0]
    for path in tmp_path.iterdir():
        text = path.read_text("utf-8")
        assert leaks(path) == ()
        for secret in (
            KEY,
            ORGANISATION,
            COOKIE,
            MODEL_PATH,
            port,
            "127.0.0.1",
            "req_",
            "chatcmpl",
            "fp_",
            "Hm.",
        ):
            assert secret not in text
        for word in ("created", "timings", "cached_tokens", "user-agent", "stainless", "authorization"):
            assert word not in text.lower()


@given(JSON)
def test_any_json_comes_back(value: Any) -> None:
    """Protects matching and replies: YAML gives back every value to the character, and texts of JSON too."""
    whole = {"a": value, "b": [value, json.dumps(value), json.dumps(value, indent=2, ensure_ascii=False)]}
    text = yaml.dump(readable(whole), Dumper=Dumper, allow_unicode=True, sort_keys=False, width=1 << 30)
    back = yaml.load(text, Loader=Loader)  # noqa: S506 - a safe loader with tags of our own
    assert json.dumps(back, sort_keys=True) == json.dumps(whole, sort_keys=True)


@given(JSON, JSON)
def test_bodies_are_equal_only_when_their_json_is(one: Any, other: Any) -> None:
    """Protects matching: spelling and order of keys do not count, everything else does."""
    spelled = json.dumps(one, indent=3, ensure_ascii=False).encode()
    assert canonical(spelled) == canonical(json.dumps(one).encode())
    same = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    assert (canonical(spelled) == canonical(json.dumps(other).encode())) is same


@given(st.binary() | JSON.map(lambda value: json.dumps(value).encode()))
def test_of_any_answer_only_listed_fields_stay(body: bytes) -> None:
    """Protects against what a server may put into an answer some day: fields are listed, not struck out."""
    found = kept(body)
    if found:
        assert set(json.loads(found)) <= {"object", "model", "choices", "usage", "error"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("sk-proj-" + "a1B2c3D4e5F6g7H8i9J0", "an API key (sk-…)"),
        ("sk-ant-" + "api03-a1B2c3D4e5F6g7H8i9J0", "an API key (sk-…)"),
        ("Bearer " + "abcdefgh12345", "a bearer token"),
        ("Set-Cookie: a=b", "a header with a secret"),
        ("x-stainless-os: Linux", "a header with a secret"),
        ("org-" + "q1w2e3r4t5y6u7i8o9p0", "an organisation or project"),
        ("AKIA" + "IOSFODNN7EXAMPLE", "an AWS key"),
        ("AIza" + "a" * 35, "a Google key"),
        ("hf_" + "a" * 34, "a Hugging Face token"),
        ("ghp_" + "a" * 36, "a GitHub token"),
        ("glpat-" + "a" * 20, "a GitLab token"),
        ("xoxb-" + "1" * 12, "a Slack token"),
        ("gsk_" + "a" * 40, "a key of a model provider"),
        ("eyJ" + "hbGciOiJI." + "eyJ" + "zdWIiOiIx.c2ln", "a signed token (JWT)"),
        ("-----BEGIN RSA " + "PRIVATE KEY-----", "a private key"),
        ("https://desk:" + "pass@example.org/v1", "a login in an address"),
        ("https://example.org/?api_key=" + "12345678", "a key in an address"),
        ("/home/" + "someone/models", "a folder of a person's machine"),
        ("/Users/" + "someone/models", "a folder of a person's machine"),
        ("C:\\Users\\" + "someone\\x", "a folder of a person's machine"),
        ("/private/" + "tmp/model.gguf", "a folder of a person's machine"),
        ("127.0.0.1:" + "8099", "a server's address"),
        ("http://llm." + "corp/v1", "a server's address"),
        ("https://api." + "openai.com/v1", "a server's address"),
        ("chatcmpl-" + "a4A2mRiimZRQ88TTBtWD", "an id of one call"),
    ],
)
def test_each_shape_is_seen(text: str, name: str) -> None:
    """Protects the list of shapes: every one finds what it is for, inside other words."""
    assert name in secrets_in(f"before {text} after")


def test_every_shape_has_an_example_above() -> None:
    """Protects the list from a shape that nobody has tried."""
    (mark,) = (each for each in test_each_shape_is_seen.pytestmark if each.name == "parametrize")  # type: ignore[attr-defined]
    assert {name for _, name in mark.args[1]} == {shape.name for shape in shapes()}


@pytest.mark.parametrize(
    "text",
    [
        "The token: a sign of respect. See https://halmen.example/nurses?page=2&key=3 and 10:30 at 192.0 km/h.",
        "Bearer of bad news, the bearer said: “Nothing.” Cookies and milk; a sk-eleton key; org-wide rules.",
        "The home/Users page, and/or /home alone. He ran 4:15.30.2 in a task-force of 1.2.3.4 people.",
        "User agents and authorization of the bill: none.",
    ],
)
def test_words_of_an_article_are_not_taken_for_secrets(text: str) -> None:
    """Protects newsrooms from alarms about ordinary prose."""
    assert secrets_in(text) == ()


def test_a_secret_that_yaml_folds_or_escapes_is_found(tmp_path: Path) -> None:
    """Protects against hiding by spelling: texts are looked at as parsed, too, and never shown."""
    path = tmp_path / "x.yaml"
    path.write_text('a: "ghp_\\x61' + "a" * 36 + '"\nb: 1\n', "utf-8")
    (found,) = leaks(path)
    assert found == ("x.yaml", 0, "a GitHub token")


def test_orphans_are_named(tmp_path: Path) -> None:
    """Protects a recording from the files of articles that are gone, and of killed runs."""
    for name in ("a-1.yaml", "b-2.yaml", ".c-3.yaml.99.tmp", "recording.json", "README.md"):
        (tmp_path / name).write_text("")
    assert orphans(tmp_path, ["a-1"]) == (".c-3.yaml.99.tmp", "b-2.yaml")
