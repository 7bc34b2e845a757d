"""A database that is a link is not followed: a folder that was handed on leads nowhere outside."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from briefs.errors import DeskError
from briefs.store.calls import Calls
from briefs.store.claims import ClaimIndex
from briefs.store.desk import FILE, DeskStore


def _nothing(path: Path) -> None:
    """Leave the link dangling."""


def _other_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE cookies (a)")
        database.commit()


@pytest.mark.parametrize("make", [_nothing, _other_database])
@pytest.mark.parametrize("store", ["desk", "claims", "calls"])
def test_a_linked_file_is_refused_in_words_and_untouched(tmp_path: Path, make: object, store: str) -> None:
    """Neither made nor changed where the link leads; the message says what it is."""
    target = tmp_path / "elsewhere"
    assert callable(make)
    make(target)
    before = target.read_bytes() if target.exists() else None
    folder = tmp_path / "out"
    folder.mkdir()
    link = folder / (FILE if store == "desk" else "file.sqlite")
    link.symlink_to(target)
    if store == "desk":
        with pytest.raises(DeskError) as refused:
            DeskStore.open(folder)
        said = str(refused.value)
    else:
        opened = ClaimIndex(link) if store == "claims" else Calls(link)
        said = opened.note or ""
        opened.close()
    assert "is a link; put the file itself there" in said
    assert (target.read_bytes() if target.exists() else None) == before
    assert link.is_symlink()
    assert [each.name for each in folder.iterdir()] == [link.name]


def test_a_linked_folder_is_the_users_own_choice(tmp_path: Path) -> None:
    """A cache on another disk goes on working."""
    (tmp_path / "disk").mkdir()
    (tmp_path / "cache").symlink_to(tmp_path / "disk")
    store = Calls(tmp_path / "cache" / "briefs" / "calls.sqlite")
    store.put("key", "reply")
    assert (store.get("key"), store.note) == ("reply", None)
    store.close()
