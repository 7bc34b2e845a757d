"""The actor that asks the model, without Ray: its files travel, its death costs no finished call."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import fault_server as played
import pytest
from fault_server import FaultServer
from ray.exceptions import ActorDiedError
from recorded_calls import ask

from briefs.cluster import asker as asker_module
from briefs.cluster.address import address
from briefs.cluster.asker import Asker, CarriedShelf
from briefs.cluster.connection import Cluster
from briefs.cluster.model import AskerElsewhere
from briefs.cluster.reader import Introduction, Machine
from briefs.config import settings_of
from briefs.errors import ConfigError, ReplayError
from briefs.llm.engines import Engine, engine
from briefs.llm.exchange import ArticleRef, article
from briefs.llm.port import FailureKind, Reply, Request

ASKED = [ask("1 One.", "chunk 1"), ask("2 Two.", "chunk 2")]
REF = ArticleRef(slug="fire-1a2b3c", path="fire.txt")


class FakeRay:
    """What the room uses of Ray, in this process; `lose` numbers the calls of `ask` that die with their actor."""

    def __init__(self, lose: tuple[int, ...] = ()) -> None:
        self.lose, self.asked, self.made, self.killed = set(lose), 0, 0, 0
        self.util = SimpleNamespace(
            scheduling_strategies=SimpleNamespace(
                NodeAffinitySchedulingStrategy=lambda node, soft: (node, soft)
            )
        )

    def get_runtime_context(self) -> Any:
        """Return where the driver is."""
        return SimpleNamespace(get_node_id=lambda: "node")

    def remote(self, actor: type) -> Any:
        """Return what makes actors of a class."""

        def made(**_: Any) -> Any:
            def start() -> "_Handle":
                self.made += 1
                return _Handle(self, actor())

            return SimpleNamespace(remote=start)

        return SimpleNamespace(options=made)

    def kill(self, _: Any) -> None:
        """Count."""
        self.killed += 1


class _Handle:
    def __init__(self, ray: FakeRay, actor: object) -> None:
        self._ray, self._actor, self._dead = ray, actor, False

    def __getattr__(self, name: str) -> Any:
        method: Callable[..., Awaitable[Any]] = getattr(self._actor, name)

        async def called(*arguments: Any) -> Any:
            if name == "ask":
                self._ray.asked += 1
                self._dead |= self._ray.asked in self._ray.lose
            if self._dead:
                await getattr(self._actor, "close")()  # noqa: B009 - as the system does for a process that died
                raise ActorDiedError
            return await method(*arguments)

        return SimpleNamespace(remote=called)


@pytest.fixture(autouse=True)
def aloud(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave this process its output: only an actor falls silent."""
    monkeypatch.setattr(asker_module, "fall_silent", lambda: None)
    monkeypatch.setenv("BRIEFS_API_KEY", "key-of-a-test")


def moved(ray: FakeRay, made: Engine) -> Engine:
    """Return the engine with its calls made by a fake actor."""
    made.move(AskerElsewhere(Cluster(ray, address("ray")), made))  # type: ignore[arg-type]
    return made


def replies(made: Engine, asked: list[Request], *, finish: bool = True) -> list[Reply]:
    """Return the replies to all requests of one article, asked one after the other."""

    async def run() -> list[Reply]:
        try:
            await made.start()
            with article(REF):
                got = [await made.model.ask(each) for each in asked]
            if finish:
                await made.finish(REF.slug, whole=True)
            return got
        finally:
            await made.close()

    return asyncio.run(run())


def test_what_an_actor_records_is_what_one_machine_records(tmp_path: Path) -> None:
    """Protects recordings: written by the driver, call by call, the same bytes; and played from there."""
    folders = {}
    for name in ("here", "there"):
        folders[name] = tmp_path / name
        with FaultServer(answer=lambda body: '{"echo":"' + body["messages"][-1]["content"] + '"}') as server:
            settings = settings_of(model="openai:stub", base_url=server.url)
            made = engine(settings, record=folders[name], prompts={"extract": "3"})
            recorded = replies(moved(FakeRay(), made) if name == "there" else made, ASKED)
            assert len(server.requests) == 2
    names = sorted(each.name for each in folders["here"].iterdir())
    assert names == sorted(each.name for each in folders["there"].iterdir())
    for each in names:
        assert (folders["here"] / each).read_bytes() == (folders["there"] / each).read_bytes()
    ray = FakeRay()
    replayed = moved(ray, engine(settings_of(), replay=folders["there"]))
    assert [each.text for each in replies(replayed, ASKED[:1])] == [recorded[0].text]
    assert len(replayed.notes) == 1
    assert "1 recorded call was not asked for (extract, chunk 2 (prompt extract@3))" in replayed.notes[0]
    assert ray.killed == ray.made == 1
    missing = moved(FakeRay(), engine(settings_of(), replay=folders["there"]))
    with pytest.raises(ReplayError, match="has it with other"):
        replies(missing, [ask("3 Three.", "chunk 1")])


def test_a_lost_actor_costs_no_finished_call(tmp_path: Path) -> None:
    """Protects money: what was answered is written at once; the call under way is made once more."""
    with FaultServer(answer=lambda _: '{"echo":"x"}') as server:
        settings = settings_of(model="openai:stub", base_url=server.url)
        ray = FakeRay(lose=(2,))
        got = replies(moved(ray, engine(settings, record=tmp_path / "r", prompts={})), ASKED)
        assert [each.failure for each in got] == [None, None]
        assert len(server.requests) == 2
    assert ray.made == 2
    assert (tmp_path / "r" / "fire-1a2b3c.yaml").read_text("utf-8").count("\n- step: ") == 2


def test_actors_that_keep_dying_are_a_failed_call() -> None:
    """A cluster that kills every actor ends in offline drafts that say so, not in an endless loop."""
    with FaultServer(answer=lambda _: '{"echo":"x"}') as server:
        ray = FakeRay(lose=tuple(range(1, 100)))
        made = moved(ray, engine(settings_of(model="openai:stub", base_url=server.url)))
        failure = replies(made, ASKED[:1])[0].failure
    assert failure is not None
    assert failure.kind is FailureKind.UNREACHABLE
    assert "was lost 5 times" in failure.message
    assert ray.made == 5


def test_a_new_actor_waits_out_the_old_ones_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects the account: calls of a lost actor count for the limits of a minute, so its heir waits."""
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    with FaultServer(answer=lambda _: '{"echo":"x"}') as server:
        settings = settings_of(model="openai:stub", base_url=server.url, requests_per_minute=100)
        made = moved(FakeRay(lose=(2,)), engine(settings))
        monkeypatch.setattr(asker_module, "_pause", sleep)
        replies(made, ASKED)
    assert slept[0] == 0.0
    assert 60 < slept[-1] <= 61


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"model": "openai:stub", "base_url": "http://127.0.0.1:9/v1"}, "means another computer on head"),
        ({"model": "openai:stub", "base_url": "http://localhost:9/v1"}, "means another computer on head"),
    ],
)
def test_loopback_of_another_computer_is_refused(
    told: dict[str, Any], reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects articles: a server on this computer is not asked from another one, where somebody else listens."""
    real = Asker.introduce

    async def far(self: Asker) -> Introduction:
        return (await real(self))._replace(machine=Machine("head", "boot"))

    monkeypatch.setattr(Asker, "introduce", far)
    with pytest.raises(ConfigError, match=reason):
        replies(moved(FakeRay(), engine(settings_of(**told))), ASKED)


def test_an_unfinished_articles_calls_are_kept(tmp_path: Path) -> None:
    """Protects a run that is stopped while it records: what was paid for is on the driver's disk."""
    with FaultServer([None, played.status(503)], answer=lambda _: '{"echo":"x"}') as server:
        settings = settings_of(model="openai:stub", base_url=server.url, attempts=1)
        made = moved(FakeRay(), engine(settings, record=tmp_path / "r", prompts={}))
        replies(made, ASKED, finish=False)
    assert (tmp_path / "r" / "fire-1a2b3c.yaml").read_text("utf-8").count("\n- step: ") == 1


def test_a_carried_file_is_sent_back_once() -> None:
    """Protects the driver's disk and the network: only what has changed goes back."""
    shelf = CarriedShelf()
    shelf.files[Path("a")] = "old"
    shelf.write(Path("a"), "old")
    assert shelf.changes() == ()
    shelf.write(Path("a"), "new")
    assert shelf.changes() == ((Path("a"), "new"),)
    assert shelf.changes() == ()
    assert shelf.read(Path("a")) == "new"
    assert shelf.read(Path("b")) is None
