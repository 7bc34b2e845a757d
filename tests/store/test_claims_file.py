"""The claim index's file: nobody else's to read, never the reason that a run stops, whole whatever ends a run."""

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import claims_v1
import pytest
from claim_entries import entry, relation

from briefs.domain.relations import Outline
from briefs.errors import ConfigError, StoreError
from briefs.store.claim_index import schema
from briefs.store.claims import ClaimIndex

_WORDS = "Der Hafenmeister zählte zwölf Kähne"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where a run keeps its index."""
    return tmp_path / "out" / "claims.sqlite"


def test_only_the_owner_can_read_the_file(path: Path) -> None:
    """Protects drafts on a shared machine: claims quote the article."""
    before = os.umask(0)
    try:
        index = ClaimIndex(path)
        index.put(entry("a", ("k", "t")), path.parent)
        modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()}
    finally:
        os.umask(before)
    index.close()
    assert set(modes.values()) == {0o600}
    assert len(modes) == 3


def test_a_newer_file_is_refused_in_words(path: Path) -> None:
    """Protects the index of a newer version from being misread or overwritten."""
    ClaimIndex(path).close()
    with closing(sqlite3.connect(path)) as database:
        database.execute(f"PRAGMA user_version = {schema.SCHEMA_VERSION + 1}")
    with pytest.raises(
        ConfigError, match="made by a newer version of briefs; update briefs, or name another"
    ) as refused:
        ClaimIndex(path)
    assert "\n" not in str(refused.value)


def test_a_file_of_something_else_is_refused(path: Path) -> None:
    """Protects a person's other database, named by mistake."""
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE photographs (name TEXT)")
    with pytest.raises(ConfigError, match="holds something else than claims"):
        ClaimIndex(path)


def test_an_older_file_is_migrated_after_a_copy_is_made(tmp_path: Path) -> None:
    """Protects what an older version kept, and the way back."""
    path = tmp_path / "claims.sqlite"
    claims_v1.make(path)
    before = os.umask(0)
    try:
        index = ClaimIndex(path, rules="r1")
    finally:
        os.umask(before)
    assert index.note is None
    assert index.articles()["a"].sketch == claims_v1.SKETCH
    assert index.articles()["b"].title == "Zwölf „Boote“ gezählt"
    assert index.relations(["a.0"]) == (relation("a.0", "b.0"),)
    assert [tuple(each) for each in index.candidates("a").pairs] == [("a.0", "b.0")]
    assert (index.pending(), index.folders()) == (("b",), (tmp_path / "out",))
    assert index.stamps(tmp_path / "out")["a"] == ("a-slug", 10, 20)
    index.put(entry("c", ("k", "t")), tmp_path)
    assert index.remove("c")
    index.put(entry("c", ("k", "t")), tmp_path)
    index.close()
    copy = tmp_path / "claims.sqlite.backup-1"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with closing(sqlite3.connect(copy)) as database:
        assert database.execute("PRAGMA user_version").fetchone() == (1,)
        assert database.execute("SELECT count(*) FROM bands").fetchone() == (2,)
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA user_version").fetchone() == (schema.SCHEMA_VERSION,)
        assert database.execute("SELECT max(number) > 71 FROM claims").fetchone() == (1,)  # not given twice
        migrated = _shape(database)
    ClaimIndex(tmp_path / "new.sqlite").close()
    with closing(sqlite3.connect(tmp_path / "new.sqlite")) as database:
        assert migrated == _shape(database)


def test_what_tells_strangers_is_migrated_too(tmp_path: Path) -> None:
    """Protects the time of an archive, and relations, where a file of version 3 is taken over."""
    path = tmp_path / "claims.sqlite"
    claims_v1.make(path)
    with closing(sqlite3.connect(path)) as database:
        for version in (1, 2):
            schema.MIGRATIONS[version](database)
        database.execute("UPDATE articles SET outline = 'head of ' || id")
        database.execute("UPDATE claims SET outline = 'outline of ' || id")
        database.execute("PRAGMA user_version = 3")
        database.commit()
    asked: list[tuple[Outline, Outline]] = []

    def may_relate(one: Outline, other: Outline) -> bool:
        asked.append((one, other))
        return False

    with closing(ClaimIndex(path, rules="r1")) as index:
        found = index.candidates("a", may_relate)
    assert asked == [(Outline("head of a", "outline of a.0"), Outline("head of b", "outline of b.0"))]
    assert (found.pairs, found.met) == ((), 1)


def _shape(database: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: database.execute(f"PRAGMA table_info('{name}')").fetchall() for name in sorted(names)}


def test_a_migration_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects the index from half a migration, such as on a full disk."""
    path = tmp_path / "claims.sqlite"
    claims_v1.make(path)

    def fail(database: sqlite3.Connection) -> None:
        database.execute("DROP TABLE bands")
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(schema, "MIGRATIONS", {1: fail})
    index = ClaimIndex(path)
    assert not index.usable
    assert "articles are not related (database or disk is full)" in (index.note or "")
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT count(*) FROM bands").fetchone() == (2,)
        assert database.execute("PRAGMA user_version").fetchone() == (1,)


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda data: bytes(5000) + data[5000:], id="beginning lost"),
        pytest.param(lambda data: data[:100] + b"\xff" * (len(data) - 100), id="overwritten"),
        pytest.param(lambda data: data[: len(data) // 2 + 100], id="cut off"),
    ],
)
def test_a_damaged_file_is_put_aside(path: Path, damage: object) -> None:
    """Protects a run from a traceback: it goes on with an empty index, which the outputs fill."""
    index = ClaimIndex(path)
    for number in range(60):
        index.put(entry(f"a{number}", ("k", "t"), words=_WORDS * 40), path.parent)
    index.close()
    assert callable(damage)
    path.write_bytes(damage(path.read_bytes()))
    index = ClaimIndex(path)
    if index.note is None:  # met when it is read
        with pytest.raises(StoreError):
            _read_all(index)
    assert index.usable
    assert "put aside as claims.sqlite.damaged-1" in (index.note or "")
    assert index.articles() == {}
    assert index.put(entry("a", ("k", "t")), path.parent)
    index.close()
    assert path.with_name("claims.sqlite.damaged-1").exists()


def _read_all(index: ClaimIndex) -> None:
    for name in index.articles():
        index.get(name)
        index.candidates(name)


@pytest.mark.parametrize("content", [b"My notes.", b"<html>not a database</html>" * 500, b"%PDF-1.7\n\0"])
def test_a_file_of_another_program_is_refused_and_left_alone(path: Path, content: bytes) -> None:
    """Protects a person's file that was named as the store: it was renamed, and vacuum deleted the copy."""
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(ConfigError, match="holds something else than claims"):
        ClaimIndex(path)
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    assert path.read_bytes() == content


def test_a_pipe_is_refused(path: Path) -> None:
    """Protects a run from waiting for ever for what stands in a pipe."""
    path.parent.mkdir()
    os.mkfifo(path)
    with pytest.raises(ConfigError, match="holds something else than claims"):
        ClaimIndex(path)


@pytest.mark.parametrize(
    "damage", ["claims SET record = '{'", "articles SET record = 'x'", "claims SET keys = x'01'"]
)
def test_a_row_that_is_not_as_written_is_damage(path: Path, damage: str) -> None:
    """Protects every later run from a traceback over bytes that SQLite itself does not miss."""
    index = ClaimIndex(path)
    for name in ("a", "b"):
        index.put(entry(name, ("k", "t")), path.parent)
    index.close()
    with closing(sqlite3.connect(path)) as other, other:
        other.execute(f"UPDATE {damage}")
    index = ClaimIndex(path)
    with pytest.raises(StoreError, match="put aside"), index.writing():
        (index.get("b"), index.remove("a"))
    assert index.usable
    assert index.articles() == {}
    index.close()


def test_a_claim_that_another_article_holds_is_left_out(path: Path) -> None:
    """Protects a run from a copied file with another article's ids: no claim is read as the other's."""
    index = ClaimIndex(path)
    one, other = entry("a", ("k", "t")), entry("b", ("k", "t"))
    copied = other.article.claims[0].model_copy(update={"id": one.article.claims[0].id})
    index.put(one, path.parent)
    index.put(other._replace(article=other.article.model_copy(update={"claims": (copied,)})), path.parent)
    assert [each.article for each in index.claims([copied.id]).values()] == ["a"]
    index.close()


def test_an_error_of_whoever_works_with_the_index_is_no_damage(path: Path) -> None:
    """Protects a whole index from being put aside for what happened elsewhere."""
    index = ClaimIndex(path)
    index.put(entry("a", ("k", "t")), path.parent)
    with pytest.raises(ValueError, match="elsewhere"), index.writing():
        raise ValueError("elsewhere")
    assert list(index.articles()) == ["a"]
    index.close()


def test_a_table_that_is_gone_rolls_back_and_begins_anew(path: Path) -> None:
    """Protects the middle of a run: the work fails whole, the next finds a usable, empty index."""
    index = ClaimIndex(path, rules="r")
    index.put(entry("a", ("k", "t")), path.parent)
    with closing(sqlite3.connect(path)) as other:
        other.execute("DROP TABLE keys")
    with pytest.raises(StoreError, match="put aside"), index.writing():
        index.put(entry("b", ("k", "t")), path.parent)
    assert index.usable
    assert index.articles() == {}
    index.put(entry("b", ("k", "t")), path.parent)
    assert list(index.articles()) == ["b"]
    index.close()


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    """Protects a run whose index has no place: it goes on without."""
    (tmp_path / "out").write_text("a file where the folder should be")
    index = ClaimIndex(tmp_path / "out" / "claims.sqlite")
    assert not index.usable
    assert "articles are not related" in (index.note or "")
    with pytest.raises(StoreError, match="articles are not related"):
        index.put(entry("a", ("k", "t")), tmp_path)
    with pytest.raises(StoreError), index.writing():
        pass


def test_a_full_disk_leaves_the_index_as_it_was(path: Path) -> None:
    """Protects the index from half an article where the disk is full."""
    index = ClaimIndex(path)
    index.put(entry("a", ("k", "t")), path.parent)
    database = index._file.database
    pages = database.execute("PRAGMA page_count").fetchone()[0]
    database.execute(f"PRAGMA max_page_count = {pages + 1}")
    with pytest.raises(StoreError, match="full"):
        index.put(entry("b", ("k", "t"), words=_WORDS * 2000), path.parent)
    assert not index.usable
    again = ClaimIndex(path)
    assert list(again.articles()) == ["a"]
    again.close()


def test_without_full_text_search_it_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Protects users of a Python whose SQLite was built without FTS5."""
    monkeypatch.setattr(schema, "_MADE", schema._MADE.replace("USING fts5", "USING fts5_missing"))
    index = ClaimIndex(path)
    assert not index.usable
    assert "this Python's SQLite has no full-text search, FTS5" in (index.note or "")


def test_other_rules_empty_the_index_and_keep_its_folders(path: Path) -> None:
    """Protects outputs from keys made by two versions; the outputs fill the index again."""
    index = ClaimIndex(path, rules="1")
    index.put(entry("a", ("k", "t")), path.parent)
    index.remember("names", "x")
    index.close()
    assert list(ClaimIndex(path).articles()) == ["a"]  # whoever makes no entries takes it as it is
    newer = ClaimIndex(path, rules="2")
    assert (newer.articles(), newer.folders(), newer.remembered("names")) == ({}, (path.parent,), "x")
    older = ClaimIndex(path, rules="1")
    with pytest.raises(StoreError, match="another version of briefs has taken it over"):
        newer.put(entry("a", ("k", "t")), path.parent)
    assert not newer.usable
    older.close()


def test_index_and_outputs_can_be_moved_together(tmp_path: Path) -> None:
    """Protects a folder that is renamed; outputs elsewhere keep their place."""
    index = ClaimIndex(tmp_path / "one" / "claims.sqlite")
    index.put(entry("a", ("k", "t")), tmp_path / "one")
    index.put(entry("b", ("k", "t")), tmp_path / "far" / "out")
    index.close()
    (tmp_path / "one").rename(tmp_path / "two")
    index = ClaimIndex(tmp_path / "two" / "claims.sqlite")
    assert index.folder("a") == tmp_path / "two"
    assert index.folder("b") == tmp_path / "far" / "out"
    index.close()


def test_no_word_of_a_removed_article_stays_after_vacuum(path: Path) -> None:
    """Protects an informant: a removed article is gone from the bytes, of the log too."""
    index = ClaimIndex(path)
    words = "Hafenmeister"
    for number in range(30):
        index.put(entry(f"a{number}", ("kept", "kept"), words="Other words."), path.parent)
    index.put(entry("secret-id", ("secretkey", words.lower()), words=_WORDS * 30, outlet=words), path.parent)
    index.relate_to("secret-id", [relation("secret-id.0", "a1.0", note=words)])
    assert any(words.encode() in each.read_bytes() for each in path.parent.iterdir())
    index.remove("secret-id")
    index.vacuum()
    for each in path.parent.iterdir():
        data = each.read_bytes()
        assert words.encode() not in data
        assert b"secret-id" not in data
    assert len(index.articles()) == 30
    index.close()
