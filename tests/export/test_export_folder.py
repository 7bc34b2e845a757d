"""The folder of exports: what a person has changed there is never written over."""

from pathlib import Path

import pytest

from briefs.errors import ConfigError
from briefs.export.folder import LIST, ExportFolder


def put(folder: Path, content: bytes, name: str = "facts.csv") -> tuple[str, bool]:
    """Export one file; return under which name it went, and whether a person is told."""
    exports = ExportFolder(folder)
    placed = exports.put(name, content)
    exports.finish()
    return placed.path.name, placed.note is not None


def test_what_we_wrote_is_replaced(tmp_path: Path) -> None:
    """A newer export takes the place of an older one that nobody has touched."""
    assert put(tmp_path, b"one") == ("facts.csv", False)
    assert put(tmp_path, b"two") == ("facts.csv", False)
    assert (tmp_path / "facts.csv").read_bytes() == b"two"


def test_a_changed_file_stays(tmp_path: Path) -> None:
    """The new one goes beside it, and is replaced there by the next; a change there stays too."""
    put(tmp_path, b"one")
    (tmp_path / "facts.csv").write_bytes(b"mine")
    assert put(tmp_path, b"two") == ("facts.new.csv", True)
    assert put(tmp_path, b"three") == ("facts.new.csv", True)
    (tmp_path / "facts.new.csv").write_bytes(b"mine too")
    assert put(tmp_path, b"four") == ("facts.new-2.csv", True)
    held = {path.name: path.read_bytes() for path in tmp_path.glob("facts*")}
    assert held == {"facts.csv": b"mine", "facts.new.csv": b"mine too", "facts.new-2.csv": b"four"}


def test_a_file_that_was_there_before_is_a_persons(tmp_path: Path) -> None:
    """Also where the list is lost or garbled: nothing is written over that we cannot prove to be ours."""
    (tmp_path / "facts.csv").write_bytes(b"theirs")
    assert put(tmp_path, b"one")[0] == "facts.new.csv"
    (tmp_path / LIST).write_bytes(b"[" * 100_000)
    assert put(tmp_path, b"two")[0] == "facts.new-2.csv"
    assert (tmp_path / "facts.csv").read_bytes() == b"theirs"


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    """What a link leads to is not ours to write."""
    target = tmp_path / "elsewhere"
    target.write_bytes(b"theirs")
    (tmp_path / "facts.csv").symlink_to(target)
    assert put(tmp_path, b"one")[0] == "facts.new.csv"
    assert target.read_bytes() == b"theirs"


def test_the_same_again_touches_nothing(tmp_path: Path) -> None:
    """A second export of the same changes no file, not even its time."""
    put(tmp_path, b"one")
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert put(tmp_path, b"one") == ("facts.csv", False)
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("name", ["../out.csv", "", "..", "a/b.csv"])
def test_nothing_is_written_outside_the_folder(tmp_path: Path, name: str) -> None:
    """A name that is no file name is refused: an article's own name is not trusted."""
    with pytest.raises(ConfigError):
        put(tmp_path / "in", b"one", name)
