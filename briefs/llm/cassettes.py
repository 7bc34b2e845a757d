"""Recorded calls: a transport that plays an article's exchanges from its file, or records what is missing.

    adapter ── guard ── CassetteTransport ──┬── Recording ── one file an article (vcrpy's Cassette)
                                            └── network (only while recording)

The file is chosen by the context variable that names the article, so concurrent articles never mix, and no
other HTTP of the process is touched. A request is played when method, path and canonical body are equal to a
recorded one. Only answers to the request itself are recorded: 200, and 400, 413, 422, by which a server says
that it is too long or not allowed. That a server refuses the form of a schema is not recorded but noted in
`recording.json`: another article, or a replay of this one alone, never asks in that form. A run with a 503 in
the end leaves a gap, which the next `--record` fills.
"""

import logging
import shlex
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

import httpx2
from vcr.cassette import Cassette
from vcr.record_mode import RecordMode
from vcr.request import Request as VcrRequest

from briefs.errors import ConfigError, ReplayError
from briefs.llm.cassette_body import KEPT_STATUSES, canonical, differing, filled_in, kept
from briefs.llm.cassette_file import Disk, Label, Persister, Serializer, Shelf, label_of
from briefs.llm.exchange import ArticleRef, current_article, current_request
from briefs.llm.failures import refuses_schema
from briefs.llm.recording import INFO_FILE, RecordingInfo

# vcrpy logs whole answers at INFO, and they hold words of the article.
for _name in ("vcr.cassette", "vcr.request", "vcr.matchers"):
    logging.getLogger(_name).addFilter(lambda _: False)

_ENDPOINT = "/chat/completions"


class Mode(StrEnum):
    """What is done with a recording."""

    REPLAY = "replay"
    """Play; a call that was not recorded is an error, and the network is never reached."""
    RECORD = "record"
    """Play what matches, call and keep what is missing, drop what was not asked for."""


class Finished(NamedTuple):
    """What an article's calls came to."""

    played: int
    """Recorded exchanges that were played."""
    recorded: int
    """Exchanges that are new."""
    unplayed: tuple[Label, ...]
    """Recorded exchanges that nothing asked for: left alone by a replay, dropped by a recording."""


class Recording:
    """A folder of cassettes in use: one file an article, in memory only while the article is in work.

    `info` is needed to record; a replay reads it where it is not given. The folder's files lie on a shelf,
    the disk or another. Raises ConfigError when the folder is no recording, or cannot be written.
    """

    def __init__(
        self, folder: Path, mode: Mode, info: RecordingInfo | None = None, shelf: Shelf | None = None
    ) -> None:
        self.folder = folder
        self.mode = mode
        self.shelf: Shelf = shelf or Disk()
        self.unplayed: dict[str, tuple[Label, ...]] = {}
        """By article drafted to its end, the recorded exchanges that nothing asked for."""
        self._open: dict[str, Cassette] = {}
        self._new: dict[str, int] = {}
        self._gaps: dict[str, set[bytes]] = {}
        if mode is Mode.REPLAY:
            self.info = info or RecordingInfo.read(folder)
            return
        if info is None:
            raise ValueError("a recording is made with a model: give its info")
        self.info = info
        self._write_info()

    def path(self, slug: str) -> Path:
        """Return the file of an article."""
        return self.folder / f"{slug}.yaml"

    def play(self, article: ArticleRef, request: VcrRequest) -> dict[str, Any] | None:
        """Return the recorded answer to a request, or none; raises ReplayError for a damaged file."""
        cassette = self._cassette(article.slug)
        if request not in cassette:
            return None
        answer: dict[str, Any] = cassette.play_response(request)
        return answer

    def keep(self, article: ArticleRef, request: VcrRequest, answer: dict[str, Any]) -> None:
        """Keep an exchange, in the article's file at once: a killed run loses no call."""
        cassette = self._cassette(article.slug)
        cassette.append(request, answer)
        cassette.drop_unused_requests = False
        with suppress(OSError):  # told of when the article is finished
            cassette._save(force=True)
        self._new[article.slug] = self._new.get(article.slug, 0) + 1
        self._gaps.get(article.slug, set()).discard(request.body)

    def failed(self, article: ArticleRef, request: VcrRequest) -> None:
        """Note a call that gave nothing to record, unless it is made again and does."""
        self._gaps.setdefault(article.slug, set()).add(request.body)

    def passed_by(self, article: ArticleRef, request: VcrRequest) -> None:
        """Note a call that is made again in another form: it leaves no gap."""
        self._gaps.get(article.slug, set()).discard(request.body)

    def note(self, parameter: str, value: str) -> None:
        """Note in the recording how the server wants to be spoken to from now on."""
        if self.mode is Mode.RECORD:
            self.info = self.info.model_copy(update={"parameters": self.info.parameters | {parameter: value}})
            self._write_info()

    def finish(self, slug: str, *, whole: bool = True) -> Finished:
        """Let go of an article's exchanges, and while recording write its file.

        An article that was not drafted to its end (`whole` false), or of which a call failed, keeps its
        unplayed exchanges: they may be asked for when it is. Raises ConfigError when the file cannot be
        written.
        """
        if self.mode is Mode.REPLAY and slug not in self._open and not self._is_there(slug):
            return Finished(0, 0, ())
        cassette = self._cassette(slug)
        new = self._new.get(slug, 0)
        loaded = cassette.data[: len(cassette.data) - new]
        unplayed = tuple(
            label_of(answer) for index, (_, answer) in enumerate(loaded) if not cassette.play_counts[index]
        )
        if self.mode is Mode.RECORD:
            cassette.drop_unused_requests = whole and not self._gaps.pop(slug, None)
            try:
                cassette._save(force=True)  # what vcrpy's own context manager does
            except OSError as error:
                raise self._unwritable(error) from error
        if unplayed and whole:
            self.unplayed[slug] = unplayed
        del self._open[slug]
        self._new.pop(slug, None)
        return Finished(len(loaded) - len(unplayed), new, unplayed)

    def close(self) -> None:
        """Write what was recorded for articles that were not finished; nothing that was paid for is lost."""
        for slug in tuple(self._open):
            self.finish(slug, whole=False)

    def missing(self, article: ArticleRef, request: VcrRequest, label: Label) -> ReplayError:
        """Return the error of a replay that lacks a call: which one, why, and what to do."""
        path = self.path(article.slug)
        if not self._is_there(article.slug):
            why = f"there is no {path}"
        else:
            alike = [
                (recorded, label_of(answer))
                for recorded, answer in self._cassette(article.slug).data
                if label_of(answer)[:2] == label[:2]
            ]
            why = _difference(request, label, alike, path)
        command = shlex.join(
            ["briefs", "run", article.path, "--record", str(self.folder), "--model", self.info.model]
        )
        return ReplayError(f"{article.path}: {label} is not in the recording: {why}; record it: {command}")

    def _cassette(self, slug: str) -> Cassette:
        if slug not in self._open:
            if slug in ("", ".", "..") or Path(slug).name != slug:
                raise ReplayError(f"{slug!r}: not a file name; give the article another id")
            self._open[slug] = Cassette.load(
                path=str(self.path(slug)),
                serializer=Serializer,
                persister=Persister(self.shelf),
                record_mode=RecordMode.NEW_EPISODES if self.mode is Mode.RECORD else RecordMode.NONE,
                match_on=(_same,),
                allow_playback_repeats=True,
            )
        return self._open[slug]

    def _is_there(self, slug: str) -> bool:
        try:
            return self.shelf.read(self.path(slug)) is not None
        except (OSError, UnicodeDecodeError):  # damaged, and told of when it is read
            return True

    def _write_info(self) -> None:
        try:
            self.shelf.write(self.folder / INFO_FILE, self.info.text())
        except OSError as error:
            raise self._unwritable(error) from error

    def _unwritable(self, error: OSError) -> ConfigError:
        reason = error.strerror or type(error).__name__
        return ConfigError(
            f"{self.folder}: cannot be written ({reason}); choose another folder with --record"
        )


class CassetteTransport(httpx2.AsyncBaseTransport):
    """Plays and records; `inner` is the network, and none for a replay."""

    def __init__(self, inner: httpx2.AsyncBaseTransport | None, recording: Recording) -> None:
        if (inner is None) is not (recording.mode is Mode.REPLAY):
            raise ValueError("a recording needs the network, and a replay must not have it")
        self._inner = inner
        self._recording = recording

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Return the recorded answer, or the network's; raises ReplayError when a replay has none."""
        article = current_article()
        if article is None:
            if self._inner is None:
                raise ReplayError("a call outside any article cannot be replayed; leave out --replay")
            return await self._inner.handle_async_request(request)
        asked = VcrRequest(request.method, _path(request.url), canonical(await request.aread()), {})
        answer = self._recording.play(article, asked)
        if answer is not None:
            return _response(request, answer)
        label = _label()
        if self._inner is None:
            raise self._recording.missing(article, asked, label)
        self._recording.failed(article, asked)  # until it has not
        live = await self._inner.handle_async_request(request)
        if live.status_code not in KEPT_STATUSES:
            return live
        try:
            body = kept(await live.aread(), _key_of(request))
        finally:
            await live.aclose()
        if not body:  # not JSON: something else than a model's server answered
            return httpx2.Response(live.status_code, headers=_plain(live.headers), content=live.content)
        if refuses_schema(live.status_code, live.text):
            self._recording.passed_by(article, asked)
            return httpx2.Response(live.status_code, headers=_plain(live.headers), content=live.content)
        # Two equal requests may have been under way: the first answer counts, as it will in a replay.
        answer = self._recording.play(article, asked)
        if answer is None:
            answer = {
                "status": {"code": live.status_code, "message": ""},
                "headers": {"content-type": ["application/json"]},
                "body": {"string": body},
                "label": label,
            }
            self._recording.keep(article, asked, answer)
        return _response(request, answer)

    async def aclose(self) -> None:
        """Write what is not written yet, and let go of the network."""
        try:
            self._recording.close()
        finally:
            if self._inner is not None:
                await self._inner.aclose()


def _same(one: VcrRequest, other: VcrRequest) -> bool:
    # Bodies are canonical on both sides. vcrpy's own body matcher diffs every miss: 230 ms and more.
    same: bool = one.method == other.method and one.uri == other.uri and one.body == other.body
    return same


def _key_of(request: httpx2.Request) -> str:
    """Return the key that a request is sent with, or nothing."""
    return str(request.headers.get("authorization", "")).removeprefix("Bearer ")


def _path(url: httpx2.URL) -> str:
    """Return the path below the base URL, the same at any server; without a query, which may hold a key."""
    return _ENDPOINT if url.path.endswith(_ENDPOINT) else url.path


def _label() -> Label:
    asked = current_request()
    if asked is None:
        return Label("call", "-", "-")
    return Label(asked.step, asked.place, f"{asked.prompt.name}@{asked.prompt.version}")


def _response(request: httpx2.Request, answer: dict[str, Any]) -> httpx2.Response:
    body = answer["body"]["string"]
    return httpx2.Response(
        answer["status"]["code"],
        headers={"content-type": answer["headers"]["content-type"][0]},
        content=filled_in(body.encode() if isinstance(body, str) else body),
        request=request,
    )


def _plain(headers: httpx2.Headers) -> httpx2.Headers:
    """Return the headers of an answer that has been read and unpacked."""
    dropped = {"content-encoding", "content-length", "transfer-encoding"}
    return httpx2.Headers([pair for pair in headers.multi_items() if pair[0].lower() not in dropped])


def _difference(request: VcrRequest, label: Label, alike: list[tuple[VcrRequest, Label]], path: Path) -> str:
    """Say what is not the same, in names of fields; never a word of the article."""
    if not alike:
        return f"{path.name} holds no call for this part"
    recorded, its = next((each for each in alike if each[1].prompt == label.prompt), alike[0])
    if its.prompt != label.prompt:
        return f"{path.name} has it with prompt {its.prompt}"
    return f"{path.name} has it with other {', '.join(differing(request.body, recorded.body))}"
