"""A run that is stopped between two things it writes: done again, it comes out as if nothing had happened."""

import itertools
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ferries import briefs_in, drafted, ran

from benchmarks import faults_check
from briefs.errors import ConfigError
from briefs.pipeline import handwriting, living
from briefs.store.desk import DeskStore
from briefs.store.outputs import write

ARTICLE = "Deckhands leave\n\nOrla Lines has lost 310 of its 940 deckhands since May 2024, Ana Petrel said.\n"
LINE = "Checked by phone with the federation."


class Stopped(BaseException):
    """Stands for the end of the process."""


def stop_at(turn: int, monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Stop at the n-th thing that is kept: before a file takes its place, after the desk has recorded."""
    done = itertools.count(1)
    seen: list[int] = []

    def counted() -> bool:
        seen.append(next(done))
        return seen[-1] == turn

    def before(real: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*given: Any, **more: Any) -> Any:
            if counted():
                raise Stopped
            return real(*given, **more)

        return wrapped

    def after(real: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*given: Any, **more: Any) -> Any:
            result = real(*given, **more)
            if counted():
                raise Stopped
            return result

        return wrapped

    monkeypatch.setattr(Path, "replace", before(Path.replace))
    for name in ("append", "keep_generated", "keep_person", "keep_text"):
        monkeypatch.setattr(DeskStore, name, after(getattr(DeskStore, name)))
    return lambda: len(seen)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """Return the outputs of an article in which a person has filled in and written, and its next version."""
    place = tmp_path_factory.mktemp("begun")
    first = drafted(place / "in" / "ferries.txt", ARTICLE)
    ran(place / "out", first)
    path = place / "out" / f"{first.slug}.md"
    text = path.read_text("utf-8").replace("- Status: open", "- Status: usable", 1)
    text = text.replace("- Checker:", "- Checker: K. Aune", 1).replace("**Desk**", f"{LINE}\n\n**Desk**", 1)
    path.write_text(text, "utf-8")
    return place / "out", drafted(place / "in" / "ferries.txt", ARTICLE.replace("310", "320"))


def test_wherever_a_run_stops_the_next_ends_as_one(
    begun: tuple[Path, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects sign-offs and wording: nothing is recorded twice, and no second file lies beside a person's."""
    before, second = begun
    shutil.copytree(before, tmp_path / "alone")
    with monkeypatch.context() as counting:
        steps = stop_at(0, counting)
        ran(tmp_path / "alone", second)
        total = steps()
    assert total >= 6
    assert LINE in (tmp_path / "alone" / f"{second.slug}.md").read_text("utf-8")
    for turn in range(1, total + 1):
        out = tmp_path / f"stopped-{turn}"
        shutil.copytree(before, out)
        with monkeypatch.context() as stopping:
            stop_at(turn, stopping)
            with pytest.raises(Stopped):
                ran(out, second)
        ran(out, second)
        assert faults_check.decided(out) == faults_check.decided(tmp_path / "alone"), turn
        assert faults_check.contents(out) == faults_check.contents(tmp_path / "alone"), turn


def test_what_is_saved_while_a_stopped_run_is_done_again_is_merged(
    begun: tuple[Path, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects a person who saves new Markdown beside old JSON just before both are replaced: read again alike."""
    before, second = begun
    out, path = tmp_path / "out", tmp_path / "out" / f"{second.slug}.md"
    shutil.copytree(before, out)
    with monkeypatch.context() as stopping:
        replace = Path.replace
        stopping.setattr(
            Path, "replace", lambda at, to: _stopped(to) if to.suffix == ".json" else replace(at, to)
        )
        with pytest.raises(Stopped):
            ran(out, second)
    path.write_text(path.read_text("utf-8").replace(LINE, f"{LINE} Once more."), "utf-8")
    saved: list[str] = []

    def saving(*given: Any) -> Any:
        if not saved:
            saved.append("once")
            path.write_text(path.read_text("utf-8").replace("Once more.", "Nobody answered."), "utf-8")
        return write(*given)

    monkeypatch.setattr(living, "write", saving)
    written = ran(out, second)
    assert saved
    assert "another version" not in (written.note or "")
    assert f"{LINE} Nobody answered." in path.read_text("utf-8")
    assert not list(out.glob("*.new.md"))


def _stopped(at: Path) -> None:
    raise Stopped(at)


def test_what_a_failing_disk_hides_is_not_taken_for_nothing(
    begun: tuple[Path, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects a person's file that cannot be read just now: the article fails and nothing is put beside it."""
    before, second = begun
    shutil.copytree(before, tmp_path / "out")
    then = faults_check.contents(tmp_path / "out")
    with monkeypatch.context() as failing:
        failing.setattr(Path, "read_bytes", _failing(Path.read_bytes))
        with pytest.raises(ConfigError, match="cannot be read"):
            handwriting.edited(tmp_path / "out" / f"{second.slug}.md")
        with pytest.raises(ConfigError, match="Input/output error"):
            ran(tmp_path / "out", second)
    assert faults_check.contents(tmp_path / "out") == then
    ran(tmp_path / "out", second)
    assert briefs_in(tmp_path / "out", second).article.text_sha256 != ""
    assert not list((tmp_path / "out").glob("*.new.md"))


def _failing(real: Callable[[Path], bytes]) -> Callable[[Path], bytes]:
    def read(path: Path) -> bytes:
        if path.suffix == ".md":
            raise OSError(5, "Input/output error")
        return real(path)

    return read
