"""`briefs.run` in Python with a model: the same briefs, in any thread, and nothing taken from the environment."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from assisting import MODEL, WEIR, asks, assert_nothing_lost, chooses, sound, suggests, undisturbed
from fault_server import FaultServer, status

import briefs
from briefs.domain.brief import ArticleBriefs
from briefs.errors import ConfigError


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an article's file, in a folder that holds no settings."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "weir.txt").write_text(WEIR, "utf-8")
    return Path("weir.txt")


def said(result: ArticleBriefs) -> object:
    """Return what the briefs of an article say, whatever the article is called."""
    return [
        (each.claim, each.attribution, [q.text for q in each.questions], each.missing_evidence)
        for each in result.briefs
    ]


def test_a_model_and_a_server_are_named(path: Path) -> None:
    """A path or a text is briefed with the model that is named, at the server that is named."""
    with FaultServer(answer=sound) as server:
        by_path = briefs.run(path, model=MODEL, base_url=server.url)
        by_text = briefs.run(WEIR, model=MODEL, base_url=server.url)
        assert len(server.requests) == 4
    assert said(by_path) == said(by_text) == said(undisturbed().briefs)
    assert (by_path.made.engine, by_path.made.model) == ("model", MODEL)
    assert not list(path.parent.glob("outputs*"))


def test_a_running_event_loop_is_no_hindrance(path: Path) -> None:
    """A notebook, or a server of its own, has a loop running where the function is called; twice is no matter."""

    async def within(url: str) -> list[ArticleBriefs]:
        return [briefs.run(path, model=MODEL, base_url=url) for _ in range(2)]

    with FaultServer(answer=sound) as server:
        one, two = asyncio.run(within(server.url))
    assert said(one) == said(two) == said(undisturbed().briefs)


def test_failed_calls_stand_in_the_result(path: Path) -> None:
    """A caller sees what failed, and has the offline draft all the same."""
    with FaultServer(after=status(400)) as server:
        result = briefs.run(path, model=MODEL, base_url=server.url)
    assert [failure.kind for failure in result.made.failures] == ["bad_request"]
    assert said(result) == said(briefs.run(path))


@pytest.mark.parametrize(("given", "setting"), [({"model": ""}, "model"), ({"base_url": 8080}, "base_url")])
def test_a_wrong_value_is_a_configuration_error(path: Path, given: dict[str, Any], setting: str) -> None:
    """A caller meets the errors of this tool alone, in one line that names what is wrong."""
    with pytest.raises(ConfigError, match=f"^{setting}: [^\n]*$"):
        briefs.run(path, **{"model": MODEL} | given)


def test_nothing_is_taken_from_the_environment(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A draft never leaves because of a variable or a file that the caller does not know of."""
    with FaultServer(answer=suggests({"18,000": ([asks("Which records?")], [])}, chooses(()))) as server:
        monkeypatch.setenv("BRIEFS_MODEL", MODEL)
        monkeypatch.setenv("BRIEFS_BASE_URL", server.url)
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        Path("briefs.toml").write_text(f'model = "{MODEL}"\nbase_url = "{server.url}"\n', "utf-8")
        offline = briefs.run(path)
        assert offline.made.engine == "offline"
        assert server.requests == []
        monkeypatch.setenv("OPENAI_API_KEY", "sk-test-0123456789abcdefghijklmn")
        monkeypatch.setenv("BRIEFS_BUDGET_TOKENS", "1")
        monkeypatch.setenv("BRIEFS_PROMPTS", "/nowhere")
        with FaultServer(answer=sound) as named:
            result = briefs.run(path, model=MODEL, base_url=named.url)
            assert len(named.requests) == 2
            assert all("sk-test" not in str(each.headers) for each in named.requests)
        assert server.requests == []
    assert not result.made.failures
    assert_nothing_lost(result)
