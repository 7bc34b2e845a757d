"""The index says what the output folder says: files gone, new, edited, hostile or somebody else's."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefs.domain.brief import ArticleBriefs
from briefs.domain.relations import IndexedArticle
from briefs.store.claim_index.entry import Entry
from briefs.store.claim_index.reconcile import reconcile
from briefs.store.claims import ClaimIndex

SAMPLES = sorted((Path(__file__).parents[2] / "outputs" / "example").glob("*.json"))


class Entries:
    """Makes entries, and counts how many files were read for it."""

    def __init__(self) -> None:
        self.read = 0

    def __call__(self, result: ArticleBriefs) -> Entry:
        """Return an entry whose claims all share a key."""
        self.read += 1
        article = IndexedArticle.of(result)
        return Entry(article, (frozenset({"k"}),) * len(article.claims), (("t",),) * len(article.claims))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an output folder with one article's briefs."""
    (tmp_path / "out").mkdir()
    shutil.copy(SAMPLES[0], tmp_path / "out")
    return tmp_path / "out"


@pytest.fixture
def index(folder: Path) -> Iterator[ClaimIndex]:
    """Return an empty index of that folder."""
    opened = ClaimIndex(folder / "claims.sqlite")
    yield opened
    opened.close()


def renamed(path: Path, name: str) -> Path:
    """Write the briefs of another article, made from those in `path`, beside them."""
    content = json.loads(path.read_text("utf-8"))
    content["article"] |= {"id": name, "slug": name}
    for number, brief in enumerate(content["briefs"]):
        brief["id"] = f"{name}-{number}"
    other = path.with_name(f"{name}.json")
    other.write_text(json.dumps(content), "utf-8")
    return other


def test_a_folder_is_read_once(index: ClaimIndex, folder: Path) -> None:
    """Protects a large folder from being read at every run."""
    (folder / "run.json").write_text("{}")
    (folder / "index.json").write_text('{"article": 1, "ledger": 1, "schema_version": 1}')
    entries = Entries()
    first = reconcile(index, folder, entries)
    assert (len(first.changed), first.gone, first.notes) == (1, (), ())
    assert index.unrelated() == first.changed
    assert reconcile(index, folder, entries) == ((), (), ())
    assert entries.read == 1


def test_a_file_that_is_gone_takes_its_traces_along(index: ClaimIndex, folder: Path) -> None:
    """Protects outputs from relations to an article that somebody deleted."""
    (path,) = folder.glob("*.json")
    other = renamed(path, "other")
    entries = Entries()
    reconcile(index, folder, entries)
    assert len(index.articles()) == 2
    other.unlink()
    assert reconcile(index, folder, entries).gone == ("other",)
    assert "other" not in index.articles()
    shutil.rmtree(folder / "nothing", ignore_errors=True)
    path.unlink()
    assert len(reconcile(index, folder, entries).gone) == 1
    assert index.articles() == {}


def test_an_edited_file_is_read_again(index: ClaimIndex, folder: Path) -> None:
    """Protects an editor's change of the JSON, and a file that was only touched from being related anew."""
    (path,) = folder.glob("*.json")
    entries = Entries()
    (article,) = reconcile(index, folder, entries).changed
    index.relate_to(article, ())
    os.utime(path, ns=(1, 1))
    assert reconcile(index, folder, entries) == ((), (), ())
    assert (entries.read, index.unrelated()) == (2, ())
    content = json.loads(path.read_text("utf-8"))
    content["article"]["outlet"] = "Another Outlet"
    path.write_text(json.dumps(content), "utf-8")
    assert reconcile(index, folder, entries).changed == (article,)
    assert index.articles()[article].outlet == "Another Outlet"
    assert index.unrelated() == (article,)


def test_what_was_written_by_the_run_is_not_read(index: ClaimIndex, folder: Path) -> None:
    """Protects the time of the next run."""
    (path,) = folder.glob("*.json")
    entries = Entries()
    (article,) = reconcile(index, folder, entries).changed
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    index.wrote(article, path)
    reconcile(index, folder, entries)
    assert entries.read == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(
            '{"article": {}, "ledger": 3, "schema_version": "1"}',
            "not the briefs of an article",
            id="misshapen",
        ),
        pytest.param(
            '{"schema_version": "2", "article": 1, "ledger": []}', "not the briefs of an article", id="newer"
        ),
        pytest.param('{"article":"ledger""schema_version"' + "[" * 100_000, "not the briefs", id="deep"),
        pytest.param('{"name": "somebody", "version": "else"}', None, id="somebody's"),
        pytest.param("", None, id="empty"),
        pytest.param("\x00\ud800".encode("utf-8", "surrogatepass"), None, id="no text"),
    ],
)
def test_hostile_json_is_left_out(
    index: ClaimIndex, folder: Path, content: str | bytes, said: str | None
) -> None:
    """Protects a run from whatever lies in the folder; what never was ours is not worth a note."""
    reconcile(index, folder, Entries())
    path = folder / "hostile.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    found = reconcile(index, folder, Entries())
    assert (found.gone, found.changed) == ((), ())
    assert len(index.articles()) == 1
    if said is None:
        assert found.notes == ()
    else:
        assert [said in note and "hostile.json" in note for note in found.notes] == [True]


def test_a_file_that_says_to_be_another_is_left_out(index: ClaimIndex, folder: Path) -> None:
    """Protects files outside the folder: names inside a JSON are never believed."""
    (path,) = folder.glob("*.json")
    shutil.copy(path, folder / "copy.json")
    evil = renamed(path, "evil")
    evil.write_text(evil.read_text("utf-8").replace('"slug": "evil"', '"slug": "../../evil"'), "utf-8")
    found = reconcile(index, folder, Entries())
    assert len(found.changed) == 1
    assert [note.count("holds an article of another name") for note in found.notes] == [1, 1]


def test_the_second_of_two_folders_does_not_take_an_article_over(
    index: ClaimIndex, folder: Path, tmp_path: Path
) -> None:
    """Protects one article from moving between two folders at every run."""
    (path,) = folder.glob("*.json")
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(path, other)
    reconcile(index, folder, Entries())
    (article,) = index.articles()
    (note,) = reconcile(index, other, Entries()).notes
    assert f"{path} holds the same article" in note
    assert index.folder(article) == folder
    path.unlink()
    reconcile(index, folder, Entries())
    assert reconcile(index, other, Entries()).changed == (article,)
    assert index.folder(article) == other


def test_an_entry_that_cannot_be_made_is_said(index: ClaimIndex, folder: Path) -> None:
    """Protects a run from a rule that meets what nobody foresaw, and the article's words from the note."""

    def fail(_: ArticleBriefs) -> Entry:
        raise ValueError("secret words")

    (note,) = reconcile(index, folder, fail).notes
    assert "unforeseen ValueError" in note
    assert "secret" not in note


def test_a_file_that_becomes_unreadable_is_taken_out(index: ClaimIndex, folder: Path) -> None:
    """Protects the promise that the index says what the folder says."""
    (path,) = folder.glob("*.json")
    (article,) = reconcile(index, folder, Entries()).changed
    path.write_text('{"article": "ledger" "schema_version"', "utf-8")
    found = reconcile(index, folder, Entries())
    assert found.gone == (article,)
    assert len(found.notes) == 1
    assert index.articles() == {}
