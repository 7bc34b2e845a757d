"""The catalogue: right when files and decisions change under it, kept over a restart, made anew when lost."""

import os
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from desk_pages import NURSES, desk, example, folder_at, put, renamed, workspace

from benchmarks import desk_folder
from briefs.desk import catalogue_schema
from briefs.desk.catalogue import Catalogue
from briefs.desk.opened import Articles, Read
from briefs.domain.desk import Status
from briefs.domain.desk_events import Change, DeskField, Door, Edited, EventDraft
from briefs.review.basis import basis_of
from briefs.store.desk import DeskStore


def _cut(store: DeskStore, which: int = 0, who: str = "Ben") -> None:
    """Record, as another process would, that a claim of the example is to be cut."""
    result = example()
    brief = result.briefs[which]
    change = Change(field=DeskField.STATUS, before="open", after="cut")
    what = Edited(changes=(change,), basis=basis_of(result.article, brief))
    store.append([EventDraft(who=who, door=Door.DESK, article=result.article.id, brief=brief.id, what=what)])


def test_articles_come_change_and_go_without_a_restart(folder: Path) -> None:
    """Several runs write into the folder while it is open."""
    with desk(folder) as browser:
        put(folder, renamed(example(), "second-1", title="The second"))
        assert {each["slug"] for each in browser.json("/")["articles"]} == {NURSES, "second-1"}
        put(folder, renamed(example(), "second-1", title="The second, anew"))
        assert "The second, anew" in browser.get("/").text
        assert "The second, anew" in browser.get("/a/second-1").text
        (folder / "second-1.json").unlink()
        assert browser.get("/a/second-1").status_code == 404
        assert {each["slug"] for each in browser.json("/")["articles"]} == {NURSES}
        assert browser.json("/?article=second-1")["total"] == 0


def test_an_article_that_is_not_read_yet_is_there_when_asked_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who opens a link into a desk that has just been started, and still reads, is not told 404."""
    monkeypatch.setattr(Catalogue, "_fill", lambda _self: None)
    for number in range(12):
        put(folder, renamed(example(), f"other-{number}", title=f"Other {number}"))
    with DeskStore.open(folder) as store:
        catalogue = Catalogue(folder, store, Articles(folder, store))
        assert catalogue.refresh() is not None
        for number in reversed(range(12)):
            found = catalogue.article(f"other-{number}")
            assert found is not None
            assert found.title == f"Other {number}"
        assert catalogue.article("nobody") is None
        catalogue.close()


def test_articles_that_are_being_read_are_there_for_everybody(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Several editors open links into a desk that still reads; whoever is faster, none is told 404."""
    real = Articles.read

    def slow(self: Articles, slug: str, *, keep: bool = True) -> Read:
        time.sleep(0.01)
        return real(self, slug, keep=keep)

    monkeypatch.setattr(Articles, "read", slow)
    names = [f"other-{number}" for number in range(24)]
    for name in names:
        put(folder, renamed(example(), name, title=name))
    with DeskStore.open(folder) as store:
        catalogue = Catalogue(folder, store, Articles(folder, store))
        with ThreadPoolExecutor(8) as editors:
            found = list(editors.map(catalogue.article, names))
        catalogue.close()
    assert [each.slug if each else None for each in found] == names


def test_a_file_replaced_within_one_tick_of_the_clock_is_noticed(folder: Path) -> None:
    """Time and size may be the same: a file that takes the place of another is another."""
    put(folder, renamed(example(), "second-1", title="One title"))
    with desk(folder) as browser:
        path = folder / "second-1.json"
        times = (path.stat().st_atime_ns, path.stat().st_mtime_ns)
        new = folder / "new.tmp"
        new.write_bytes(path.read_bytes().replace(b"One title", b"Two title"))
        os.utime(new, ns=times)
        new.replace(path)
        assert "Two title" in browser.get("/").text
        assert "Two title" in browser.get("/a/second-1").text


def test_what_another_process_decided_is_on_the_next_page(folder: Path) -> None:
    """Two desks of one folder, or a run that carried sign-offs over."""
    with desk(folder) as browser, DeskStore.open(folder) as other:
        assert browser.json("/?status=cut")["total"] == 0
        _cut(other)
        assert browser.json("/?status=cut")["total"] == 1
        assert browser.claims()[0]["desk"]["status"] == "cut"


def test_a_restart_reads_no_file_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rows are kept: a folder of a thousand articles opens at once."""
    desk_folder.make(folder, 5)
    with desk(folder) as browser:
        before = browser.json("/?status=open")
    reads: list[str] = []
    read = Articles.read

    def counted(self: Articles, slug: str, *, keep: bool = True) -> object:
        reads.append(slug)
        return read(self, slug, keep=keep)

    monkeypatch.setattr(Articles, "read", counted)
    with desk(folder) as browser:
        assert browser.json("/?status=open") == before
        assert reads == []
        put(folder, renamed(example(), "second-1"))
        browser.json("/")
        assert reads == ["second-1"]


def test_what_was_decided_while_no_desk_ran_is_seen(folder: Path) -> None:
    """Rows that were kept are those of the decisions of then."""
    with desk(folder) as browser:
        assert browser.json("/?status=cut")["total"] == 0
    with DeskStore.open(folder) as store:
        _cut(store)
    with desk(folder) as browser:
        assert browser.json("/?status=cut")["total"] == 1


@pytest.mark.parametrize("content", [b"", b"nonsense", b"SQLite format 3\x00" + b"\xff" * 500])
def test_a_catalogue_that_is_damaged_is_made_anew(folder: Path, content: bytes) -> None:
    """It is a cache: whatever lies there stops nobody, and a foreign file is left as it is."""
    path = folder / catalogue_schema.FILE
    path.write_bytes(content)
    with desk(folder) as browser:
        assert len(browser.json("/")["articles"]) == 1
    if content == b"nonsense":
        assert path.read_bytes() == content


def test_rows_of_another_version_are_not_used(folder: Path) -> None:
    """An update may read the same files differently."""
    with desk(folder):
        pass
    database = sqlite3.connect(folder / catalogue_schema.FILE)
    with database:
        database.execute("UPDATE kept SET value = 'older' WHERE name = 'made_by'")
        database.execute("UPDATE articles SET title = 'of the older version'")
    database.close()
    with desk(folder) as browser:
        assert "of the older version" not in browser.get("/").text


def test_a_catalogue_is_its_owners_alone(folder: Path) -> None:
    """It holds words of unpublished articles."""
    with desk(folder):
        assert (folder / catalogue_schema.FILE).stat().st_mode & 0o777 == 0o600


def test_a_link_in_the_catalogues_place_is_not_followed(folder: Path, tmp_path: Path) -> None:
    """Whoever can put a link there must not choose which file is written."""
    target = tmp_path / "elsewhere.sqlite"
    (folder / catalogue_schema.FILE).symlink_to(target)
    with desk(folder) as browser:
        assert len(browser.json("/")["articles"]) == 1
    assert not target.exists()


def test_where_it_cannot_be_written_it_goes_on_in_memory(folder: Path) -> None:
    """A full disk costs a longer start, and no page."""
    with DeskStore.open(folder) as store:
        articles = Articles(folder, store)
        catalogue = Catalogue(folder, store, articles)
        catalogue.wait()
        catalogue._database.execute("PRAGMA max_page_count = 1")  # as a full disk would
        put(folder, renamed(example(), "second-1"))
        catalogue.wait()
        catalogue.wait()
        rows = catalogue.rows("SELECT slug FROM articles ORDER BY slug")
        catalogue.close()
    assert [row[0] for row in rows] == [NURSES, "second-1"]


def test_a_folder_that_is_read_for_the_first_time_is_shown_as_far_as_it_is(tmp_path: Path) -> None:
    """Nobody waits for a thousand articles: the list says that it is not whole yet."""
    folder = folder_at(tmp_path / "outputs", made=40)
    with DeskStore.open(folder) as store:
        catalogue = Catalogue(folder, store, Articles(folder, store))
        reading = catalogue.refresh()
        assert reading is not None
        assert reading.total == 41
        catalogue.wait()
        assert catalogue.refresh() is None
        assert catalogue.rows("SELECT count(*) FROM articles") == [(41,)]
        catalogue.close()


def test_files_follow_decisions_that_a_killed_desk_left(folder: Path) -> None:
    """The truth is in the store: at the next start the files are brought up to it."""
    with desk(folder) as browser:
        workspace(browser).projector.settle()
    with DeskStore.open(folder) as store:
        _cut(store, 1)
    with desk(folder) as browser:
        workspace(browser).projector.settle()
        held = Articles(folder, workspace(browser).store).read(NURSES).briefs
        assert held.briefs[1].desk.status is Status.CUT
        assert workspace(browser).catalogue.kept_number("written") == 1
        written = (folder / f"{NURSES}.json").stat().st_mtime_ns
    with desk(folder) as browser:
        workspace(browser).projector.settle()
        assert (folder / f"{NURSES}.json").stat().st_mtime_ns == written


def test_files_that_cannot_be_written_are_told_and_tried_again(folder: Path) -> None:
    """The page says it, the decision stands, and the next start writes them."""
    with desk(folder) as browser:
        (folder / f"{NURSES}.html").unlink()
        (folder / f"{NURSES}.html").mkdir()
        claim = browser.claims()[0]["brief"]
        assert browser.edit(claim, status="usable").status_code == 303
        workspace(browser).projector.settle()
        assert "cannot be written" in browser.get(f"/a/{NURSES}").text
        assert browser.claims()[0]["desk"]["status"] == "usable"
        assert workspace(browser).catalogue.kept_number("written") == 0
    (folder / f"{NURSES}.html").rmdir()
    with desk(folder) as browser:
        workspace(browser).projector.settle()
        held = Articles(folder, workspace(browser).store).read(NURSES).briefs
        assert held.briefs[0].desk.status is Status.USABLE
