"""Recorded calls: what is recorded replays with no network, and nothing that was not recorded does."""

import asyncio
import logging
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from leaky_server import KEY, Server, leaky_server
from pydantic import SecretStr
from recorded_calls import INFO, SCHEMA, adapter, ask, record, replay
from yaml import YAMLError

from briefs.errors import ConfigError, ReplayError
from briefs.llm.adapter import Adapter
from briefs.llm.cassette_check import leaks
from briefs.llm.cassette_file import Label
from briefs.llm.cassettes import CassetteTransport, Mode, Recording
from briefs.llm.exchange import ArticleRef, article
from briefs.llm.port import FailureKind, Reply, Request
from briefs.llm.recording import INFO_FILE, RecordingInfo
from briefs.llm.transport import network

SLUG = "fire-1a2b3c"
ASKED = (
    ask("1 The fire began at 4 a.m.\n2 “Nobody was hurt,” she said 😀", "chunk 10"),
    ask("1 Später.", "chunk 2"),
)


def _said(replies: list[Reply]) -> list[Reply]:
    return [each.model_copy(update={"seconds": 0.0}) for each in replies]


@pytest.fixture
def server() -> Iterator[Server]:
    """Serve for one test."""
    with leaky_server() as state:
        yield state


@pytest.mark.parametrize("compress", [False, True])
def test_what_was_recorded_replays_without_a_network(tmp_path: Path, server: Server, compress: bool) -> None:
    """Protects CI of a newsroom: the same replies and token counts, at an address that does not exist."""
    server.compress = compress
    recorded = record(tmp_path, server, ASKED)
    replayed, finished = replay(tmp_path, reversed(ASKED))
    assert _said(replayed) == _said(recorded)[::-1]
    assert [each.failure for each in replayed] == [None, None]
    assert replayed[0].usage.tokens_in == 31
    assert finished == (2, 0, ())
    assert len(server.bodies) == 2


def test_a_key_that_the_answer_gives_back_is_kept_nowhere(tmp_path: Path, server: Server) -> None:
    """A server, or a model that sees the key, may say it: neither a recording nor a draft may hold it."""
    server.suffix = f" {KEY}"
    recorded = record(tmp_path, server, ASKED)
    assert all(each.text.endswith('[taken out]"}') for each in recorded)
    assert not [path for path in tmp_path.iterdir() if KEY in path.read_text("utf-8")]
    assert _said(replay(tmp_path, ASKED)[0]) == _said(recorded)

    async def draft(unrecorded: Adapter) -> Reply:
        try:
            return await unrecorded.ask(ASKED[0])
        finally:
            await unrecorded.close()

    ours = adapter(network(server.base_url, connections=1), server.base_url)
    assert asyncio.run(draft(ours)).text == recorded[0].text
    # A provider's package reads its key by itself: it is taken out of answers all the same.
    theirs = Adapter(
        id="x:plain", provider="openai", name="plain", base_url=server.base_url, hidden=SecretStr(KEY)
    )
    assert asyncio.run(draft(theirs)).text == recorded[0].text


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        (ask("1 Später!", "chunk 2"), "has it with other messages"),
        (ask("1 Später. ", "chunk 2"), "has it with other messages"),
        (
            ask("1 Später.", "chunk 2", schema=SCHEMA.replace("900", "901")),
            "has it with other response_format",
        ),
        (ask("1 Später!", "chunk 2", version="4"), "has it with prompt extract@3"),
        (ask("1 Später!", "chunk 3"), "holds no call for this part"),
    ],
)
def test_one_changed_character_is_another_call(
    tmp_path: Path, server: Server, changed: Request, why: str
) -> None:
    """Protects against a green replay of calls that nobody made: the error says which, why and what to do."""
    record(tmp_path, server, ASKED)
    with pytest.raises(ReplayError) as caught:
        replay(tmp_path, [changed])
    message = str(caught.value)
    assert message.startswith(
        f"drafts/{SLUG}.txt: extract, {changed.place} (prompt extract@{changed.prompt.version})"
    )
    assert f"{SLUG}.yaml {why}" in message
    assert message.endswith(f"briefs run drafts/{SLUG}.txt --record {tmp_path} --model openai:plain")
    assert "\n" not in message


def test_an_article_that_was_never_recorded_is_named(tmp_path: Path, server: Server) -> None:
    """Protects the person who added an article to a recorded folder."""
    record(tmp_path, server, ASKED)
    with pytest.raises(
        ReplayError, match=r"drafts/new-0.txt: .*there is no .*new-0.yaml; record it: briefs run"
    ):
        replay(tmp_path, ASKED, slug="new-0")
    assert not (tmp_path / "new-0.yaml").exists()


def test_a_prompt_whose_text_alone_changed_its_version_replays(tmp_path: Path, server: Server) -> None:
    """Protects the rule of matching: what is sent decides, labels are for people."""
    record(tmp_path, server, ASKED)
    renamed = ask("1 Später.", "part two", version="4")
    assert replay(tmp_path, [renamed])[0][0].failure is None


def test_concurrent_articles_never_mix(tmp_path: Path, server: Server) -> None:
    """Protects parallel runs: 20 articles at once, each file holds exactly its own exchanges."""
    recording = Recording(tmp_path, Mode.RECORD, INFO)
    slugs = [f"article-{number}" for number in range(20)]

    async def one(model: Adapter, slug: str) -> None:
        with article(ArticleRef(slug=slug, path=f"{slug}.txt")):
            calls = [ask(f"{slug}, chunk {number}", f"chunk {number}") for number in range(3)]
            replies = await asyncio.gather(*(model.ask(each) for each in calls))
        assert [each.failure for each in replies] == [None] * 3
        recording.finish(slug)

    async def run() -> None:
        model = adapter(
            CassetteTransport(network(server.base_url, connections=20), recording), server.base_url
        )
        await asyncio.gather(*(one(model, slug) for slug in slugs))
        await model.close()

    asyncio.run(run())
    assert recording._open == {}
    for slug in slugs:
        text = (tmp_path / f"{slug}.yaml").read_text("utf-8")
        assert text.count("\n- step: ") == 3
        assert [other for other in slugs if f"{other}," in text] == [slug]


def test_a_file_does_not_depend_on_which_call_was_faster(tmp_path: Path, server: Server) -> None:
    """Protects reviews from diffs without a change: the same exchanges are the same bytes."""
    record(tmp_path / "one", server, ASKED)
    record(tmp_path / "other", server, reversed(ASKED))
    for name in (f"{SLUG}.yaml", INFO_FILE):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "other" / name).read_bytes()


def test_recording_again_makes_no_call_and_no_change(tmp_path: Path, server: Server) -> None:
    """Protects money and reviews: what matches is played from the file."""
    record(tmp_path, server, ASKED)
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.iterdir()}
    server.suffix = " (a second answer)"
    replies = record(tmp_path, server, ASKED)
    assert len(server.bodies) == 2
    assert all("second" not in each.text for each in replies)
    assert {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.iterdir()} == before


def test_recording_again_calls_what_is_missing_and_drops_what_was_not_asked(
    tmp_path: Path, server: Server
) -> None:
    """Protects recordings from growing: a changed chunk costs one call, and the old one goes."""
    record(tmp_path, server, ASKED)
    record(tmp_path, server, [ASKED[0], ask("1 Später, aber anders.", "chunk 2")])
    assert len(server.bodies) == 3
    text = (tmp_path / f"{SLUG}.yaml").read_text("utf-8")
    assert text.count("- step: ") == 2
    assert "Später." not in text
    assert "Später, aber anders." in text


def test_an_article_that_was_cut_short_loses_nothing(tmp_path: Path, server: Server) -> None:
    """Protects what was paid for when Ctrl-C comes: closing writes the new and keeps the unplayed."""
    record(tmp_path, server, ASKED)
    recording = Recording(tmp_path, Mode.RECORD, INFO)

    async def run() -> None:
        model = adapter(
            CassetteTransport(network(server.base_url, connections=1), recording), server.base_url
        )
        with article(ArticleRef(slug=SLUG, path="x.txt")):
            await model.ask(ask("1 New.", "chunk 3"))
        await model.close()

    asyncio.run(run())
    assert (tmp_path / f"{SLUG}.yaml").read_text("utf-8").count("- step: ") == 3
    assert replay(tmp_path, [*ASKED, ask("1 New.", "chunk 3")])[1] == (3, 0, ())


def test_a_recording_with_a_failed_call_drops_nothing(tmp_path: Path, server: Server) -> None:
    """Protects what was paid for from a bad hour: after a failed call nobody knows what would have been asked."""
    record(tmp_path, server, ASKED)
    server.statuses = [503]
    record(tmp_path, server, [ask("1 New.", "chunk 3")])
    assert replay(tmp_path, ASKED)[1] == (2, 0, ())
    record(tmp_path, server, [ask("1 New.", "chunk 3")])
    assert (tmp_path / f"{SLUG}.yaml").read_text("utf-8").count("- step: ") == 1


def test_equal_requests_are_recorded_once_and_play_any_number_of_times(
    tmp_path: Path, server: Server
) -> None:
    """Protects the replay of an article that asks the same twice, at once or one after another."""
    replies = record(tmp_path, server, [ASKED[0], ASKED[0]])
    assert replies[0].text == replies[1].text
    assert (tmp_path / f"{SLUG}.yaml").read_text("utf-8").count("- step: ") == 1
    assert [each.failure for each in replay(tmp_path, [ASKED[0]] * 3)[0]] == [None] * 3


@pytest.mark.parametrize("status", [401, 403, 404, 408, 429, 500, 503, 529])
def test_a_failed_answer_is_not_recorded(tmp_path: Path, server: Server, status: int) -> None:
    """Protects a recording from a bad hour of the provider: the gap is seen, and the next recording fills it."""
    server.statuses = [status]
    assert record(tmp_path, server, [ASKED[0]])[0].failure is not None
    with pytest.raises(ReplayError):
        replay(tmp_path, [ASKED[0]])
    assert record(tmp_path, server, [ASKED[0]])[0].failure is None
    assert replay(tmp_path, [ASKED[0]])[0][0].failure is None


def test_a_request_that_is_too_long_is_too_long_in_the_replay(tmp_path: Path, server: Server) -> None:
    """Protects articles whose chunks were split because the server said so: the split replays."""
    server.statuses = [400]
    recorded = record(tmp_path, server, [ASKED[0]])[0].failure
    replayed = replay(tmp_path, [ASKED[0]])[0][0].failure
    assert recorded == replayed
    assert replayed is not None
    assert replayed.kind is FailureKind.CONTEXT_LENGTH
    assert "[taken out]" in (tmp_path / f"{SLUG}.yaml").read_text("utf-8")


def test_what_was_not_played_is_told(tmp_path: Path, server: Server) -> None:
    """Protects a recording from dead exchanges: a replay names them, and leaves the file alone."""
    record(tmp_path, server, ASKED)
    before = (tmp_path / f"{SLUG}.yaml").read_bytes()
    _, finished = replay(tmp_path, ASKED[:1])
    assert finished == (1, 0, (Label("extract", "chunk 2", "extract@3"),))
    assert (tmp_path / f"{SLUG}.yaml").read_bytes() == before


def test_a_replay_reaches_no_network_and_a_call_outside_an_article_is_refused(tmp_path: Path) -> None:
    """Protects "no network": a transport for a replay cannot even be given one."""
    (tmp_path / INFO_FILE).write_text(INFO.text(), "utf-8")
    recording = Recording(tmp_path, Mode.REPLAY)
    with pytest.raises(ValueError, match="must not have it"):
        CassetteTransport(network("http://127.0.0.1:9/v1", connections=1), recording)

    async def run() -> None:
        model = adapter(CassetteTransport(None, recording), "http://replay.invalid/v1")
        try:
            await model.ask(ASKED[0])
        finally:
            await model.close()

    with pytest.raises(ReplayError, match="outside any article"):
        asyncio.run(run())


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("<<<<<<< HEAD\nversion: 1\n=======\n", "line 2"),
        ("version: 1\ninteractions: " + "[" * 50_000 + "]" * 50_000, "line 2"),
        ("version: 2\ninteractions: []\n", "not as this version writes it"),
        ("version: 1\n", "not as this version writes it"),
        ("- 1\n", "not as this version writes it"),
        ("version: 1\ninteractions: [{step: extract}]\n", "not as this version writes it"),
        ("version: !!python/object:os.system {}\n", "not as this version writes it"),
        ("", "not as this version writes it"),
    ],
)
def test_a_damaged_file_is_never_taken_for_an_empty_one(
    tmp_path: Path, server: Server, content: str, why: str
) -> None:
    """Protects a recording with a merge conflict from being silently called and paid for again."""
    record(tmp_path, server, ASKED)
    (tmp_path / f"{SLUG}.yaml").write_text(content, "utf-8")
    for attempt in (lambda: replay(tmp_path, ASKED), lambda: record(tmp_path, server, ASKED)):
        with pytest.raises(
            ReplayError, match=rf"{SLUG}.yaml: not a whole cassette \(.*{why}.*\); delete it and"
        ):
            attempt()
    assert len(server.bodies) == 2
    assert (tmp_path / f"{SLUG}.yaml").read_text("utf-8") == content


_DOUBLED = "".join(f"- &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))


@pytest.mark.parametrize(
    "hostile",
    [
        "- &a0 [lol]\n" + _DOUBLED,
        "- &a0 [*a0]\n",
        "- &a0 {x: lol}\n" + _DOUBLED.replace("[", "{<<: [").replace("]", "]}"),
        f"- {'!json [' * 60}'\"'{']' * 60}\n",
    ],
    ids=["doubled", "within itself", "merged", "escaped"],
)
def test_a_small_file_that_unpacks_to_gigabytes_is_refused(tmp_path: Path, hostile: str) -> None:
    """Protects a replay of somebody else's recording from never ending; the check of secrets too."""
    (tmp_path / INFO_FILE).write_text(INFO.text(), "utf-8")
    path = tmp_path / f"{SLUG}.yaml"
    path.write_text(hostile, "utf-8")
    with pytest.raises(ReplayError, match=rf"{SLUG}.yaml: not a whole cassette \(line 1\); delete it and"):
        replay(tmp_path, ASKED)
    with pytest.raises(YAMLError):
        leaks(path)


@pytest.mark.skipif(os.name != "posix", reason="modes")
def test_only_the_owner_can_read_a_recording(tmp_path: Path, server: Server) -> None:
    """Protects drafts on a shared machine; a folder that was there keeps its mode."""
    there = tmp_path / "there"
    there.mkdir(mode=0o755)
    before = os.umask(0)
    try:
        for folder, mode in ((tmp_path / "new", 0o700), (there, 0o755)):
            record(folder, server, ASKED)
            assert stat.S_IMODE(folder.stat().st_mode) == mode
            assert {stat.S_IMODE(each.stat().st_mode) for each in folder.iterdir()} == {0o600}
    finally:
        os.umask(before)


def test_a_folder_that_is_no_recording_is_refused(tmp_path: Path) -> None:
    """Protects a mistyped --replay from looking like a broken recording."""
    with pytest.raises(ConfigError, match=r"not a recording .*--record"):
        Recording(tmp_path, Mode.REPLAY)
    (tmp_path / INFO_FILE).write_text("{}", "utf-8")
    with pytest.raises(ConfigError, match="not as this version writes it"):
        Recording(tmp_path, Mode.REPLAY)
    (tmp_path / INFO_FILE).write_text(INFO.model_copy(update={"version": 2}).text(), "utf-8")
    with pytest.raises(ConfigError, match="newer version"):
        Recording(tmp_path, Mode.REPLAY)
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="cannot be written"):
        Recording(tmp_path / "file" / "folder", Mode.RECORD, INFO)


def test_the_folder_knows_its_model(tmp_path: Path, server: Server) -> None:
    """Protects `--replay DIR` alone: model and parameters come from the folder."""
    record(tmp_path, server, ASKED)
    assert RecordingInfo.read(tmp_path) == INFO


def test_a_file_name_cannot_leave_the_folder(tmp_path: Path) -> None:
    """Protects the disk from an article whose slug is a path."""
    recording = Recording(tmp_path, Mode.RECORD, INFO)
    for slug in ("../x", "a/b", "..", ""):
        with pytest.raises(ReplayError, match="not a file name"):
            recording.finish(slug)


def test_nothing_of_an_exchange_is_logged(
    tmp_path: Path, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    """Protects drafts: vcrpy logs whole answers at INFO, and must not here, whatever the levels."""
    for name in ("vcr", "vcr.cassette", "vcr.request", "vcr.matchers"):
        logging.getLogger(name).disabled = False
    with (
        caplog.at_level(logging.DEBUG),
        caplog.at_level(logging.DEBUG, "vcr"),
        caplog.at_level(logging.DEBUG, "vcr.cassette"),
    ):
        record(tmp_path, server, ASKED)
        replay(tmp_path, ASKED)
    assert not [each for each in caplog.records if each.name.startswith("vcr")]
    assert "Später" not in caplog.text
