"""The lines of a batch's files, whatever stands in them."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office import request

from briefs.llm import batch_lines
from briefs.llm.batch_lines import Returned, Unread, id_in, request_line, returned
from briefs.llm.put_off import Letter, letter_id

ID = "0123456789abcdef0123456789abcdef"
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=8,
)


def test_a_line_holds_the_body_to_the_byte() -> None:
    """Spelling, order and spaces of the body stay, on one line, under an id that is the body's own."""
    body = '{"b": 1,  "a":"“Zürich”", "c":[]}'.encode()
    line = request_line(Letter(letter_id(body), body, request(1), "slug"))
    assert line.endswith(b'"body":' + body + b"}\n")
    said = json.loads(line)
    assert (said["method"], said["url"]) == ("POST", "/v1/chat/completions")
    assert id_in(line) == said["custom_id"] == letter_id(b'{"a":"\\u201cZ\\u00fcrich\\u201d","c":[],"b":1}')
    assert request_line(Letter(ID, b'{"a":\n1}', request(1), "")).count(b"\n") == 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    st.lists(
        st.binary(max_size=80)
        | _VALUES.map(lambda value: json.dumps(value).encode())
        | st.fixed_dictionaries(
            {"custom_id": st.just(ID) | _VALUES, "response": _VALUES, "error": _VALUES}
        ).map(lambda value: json.dumps(value).encode())
        | st.fixed_dictionaries({"status_code": _VALUES, "body": _VALUES}).map(
            lambda value: json.dumps({"custom_id": ID, "response": value, "error": None}).encode()
        ),
        max_size=6,
    )
)
def test_no_line_is_a_surprise(tmp_path: Path, lines: list[bytes]) -> None:
    """Whatever a file holds, each line is an answer to a request or is told of; the next ones are read."""
    path = tmp_path / "output.jsonl"
    good = json.dumps({"custom_id": ID, "response": {"status_code": 200, "body": {"x": 1}}}).encode()
    path.write_bytes(b"\n".join([*(line.replace(b"\n", b" ") for line in lines), good]) + b"\n")
    found = list(returned(path))
    assert all(isinstance(each, Returned | Unread) for each in found)
    last = found[-1]
    assert isinstance(last, Returned)
    assert (last.id, last.posted.status, last.posted.body) == (ID, 200, b'{"x":1}')


def test_a_line_without_end_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line longer than any answer is read in pieces, told of, and the next one counts."""
    monkeypatch.setattr(batch_lines, "_MOST_LINE", 100)
    path = tmp_path / "output.jsonl"
    path.write_bytes(b"x" * 1000 + b"\n" + json.dumps({"custom_id": ID, "error": None}).encode() + b"\n")
    found = list(returned(path))
    assert [type(each) for each in found] == [Unread, Returned]


@pytest.mark.parametrize(
    ("usage", "tokens"),
    [
        ({"prompt_tokens": 7, "completion_tokens": 2}, (7, 2)),
        ({"prompt_tokens": -7, "completion_tokens": True}, (0, 0)),
        ({"prompt_tokens": 10**30, "completion_tokens": "3"}, (10**9, 0)),
        ([], (0, 0)),
    ],
)
def test_what_was_used_is_counted_where_it_can_be(
    usage: object, tokens: tuple[int, int], tmp_path: Path
) -> None:
    """Counts that are none, negative or beyond reason spoil no sum."""
    path = tmp_path / "output.jsonl"
    body = {"usage": usage}
    path.write_bytes(
        json.dumps({"custom_id": ID, "response": {"status_code": 200, "body": body}}).encode() + b"\n"
    )
    (found,) = returned(path)
    assert isinstance(found, Returned)
    assert (found.tokens_in, found.tokens_out) == tokens
