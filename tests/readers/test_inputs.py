"""Inputs: ids, order, what a folder gives, and files that are refused before they are read."""

import io
import os
import sys
from pathlib import Path

import pytest

from briefs.errors import InputError
from briefs.readers.inputs import MOST_BYTES, Input, inputs, load


def write(path: Path, text: str = "The boats stopped.") -> Path:
    """Write a file with its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def _refuse(*_arguments: object, **_options: object) -> None:
    raise PermissionError(13, "Permission denied")


def test_folder_is_read_through_in_order(tmp_path: Path) -> None:
    """Sorted by path, with forward slashes; hidden files, other endings and outputs are skipped."""
    folder = tmp_path / "in"
    for name in ("b.txt", "a.md", "sub/c.HTML", "sub/.hidden.txt", ".git/x.txt", "d.csv", "outputs/e.md"):
        write(folder / name)
    found = list(inputs([str(folder)], leave_out=[folder / "outputs"]))
    assert [source.id for source in found] == ["a.md", "b.txt", "sub/c.HTML"]


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    """A symbolic link cannot make the tool read what lies elsewhere."""
    secret = write(tmp_path / "secret.txt")
    write(tmp_path / "elsewhere" / "x.txt")
    folder = tmp_path / "in"
    write(folder / "a.txt")
    (folder / "link.txt").symlink_to(secret)
    (folder / "linked").symlink_to(tmp_path / "elsewhere")
    (folder / "inside.txt").symlink_to(folder / "a.txt")
    assert [source.id for source in inputs([str(folder)])] == ["a.txt"]


def test_same_names_get_paths_that_tell_them_apart(tmp_path: Path) -> None:
    """Two files of one name in one run keep two ids."""
    one, two = write(tmp_path / "one" / "a.txt"), write(tmp_path / "two" / "a.txt")
    other = write(tmp_path / "b.txt")
    found = list(inputs([str(one), str(two), str(other)]))
    assert [source.id for source in found] == ["one/a.txt", "two/a.txt", "b.txt"]
    folders = inputs([str(one.parent), str(two.parent)])
    assert [source.id for source in folders] == ["one/a.txt", "two/a.txt"]


def test_each_input_comes_once(tmp_path: Path) -> None:
    """A file that is named twice, or by itself and by its folder, is one article."""
    path = write(tmp_path / "a.txt")
    assert len(list(inputs([str(path), str(tmp_path), str(path), "-", "-"]))) == 2


def test_kinds_are_told(tmp_path: Path) -> None:
    """Addresses, standard input and files are told apart; nothing is opened for that."""
    found = list(inputs(["https://post.example/a", "-", str(tmp_path / "missing.txt")]))
    assert [source.kind for source in found] == ["url", "stdin", "file"]


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard input is read as bytes, whatever the terminal's charset is."""
    stdin = io.TextIOWrapper(io.BytesIO(b"\xff\xfeA\x00"))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert load(Input("-", "-", "stdin")).data == b"\xff\xfeA\x00"


@pytest.mark.parametrize("kind", ["missing", "folder", "huge", "forbidden", "pipe", "nul"])
def test_what_cannot_be_read_is_refused_in_one_line(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every file that cannot be read is named with the reason and what to do."""
    path = tmp_path / "article.txt"
    reason = {
        "missing": "does not exist",
        "folder": "is a folder",
        "huge": "is a 60 MB file",
        "forbidden": "may not be read",
        "pipe": "not a regular file",
        "nul": "cannot be read",
    }[kind]
    if kind == "folder":
        path.mkdir()
    elif kind == "huge":
        with path.open("wb") as file:
            file.truncate(60 * 2**20)
        assert path.stat().st_size > MOST_BYTES
    elif kind == "forbidden":
        write(path)
        # Permissions do not hold for every user that runs tests.
        monkeypatch.setattr("builtins.open", _refuse)
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "nul":
        path = Path(f"{path}\0")
    with pytest.raises(InputError) as caught:
        load(Input("article.txt", str(path), "file"))
    assert reason in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_file_name_cannot_break_the_message() -> None:
    """A name with line ends or terminal codes is shown harmlessly."""
    with pytest.raises(InputError) as caught:
        load(Input("x", "a\n\x1b[2Jb\udcff.txt", "file"))
    assert str(caught.value) == "a??[2Jb?.txt: does not exist; check the path"


def test_empty_folder_is_told_of(tmp_path: Path) -> None:
    """A folder without articles is an error of its own turn and stops nothing."""
    (source,) = inputs([str(tmp_path)])
    with pytest.raises(InputError, match="no article"):
        load(source)
