"""The overview of an output folder: made of what lies there, never over a person's work."""

import json
import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from briefs.domain.brief import ArticleBriefs
from briefs.domain.relations import IndexedArticle, Relation
from briefs.pipeline import overview as module
from briefs.pipeline.overview import Scope, overview, write_overview
from briefs.pipeline.work import Job, Wanted, process
from briefs.readers.inputs import inputs
from briefs.steps.ingest import Given
from briefs.steps.relate import relate
from briefs.store.outputs import write
from briefs.verify import verify

TEXTS = {
    "gazette.txt": "Wards empty\n\nExactly 2,310 nurses left the public hospitals of Orla Province in October 2024, Danuta Rósza told the Halmen Gazette.\n",
    "board.txt": "Board counts\n\nExactly 1,120 nurses left the public hospitals of Orla Province in October 2024, the Orla Health Board said.\n",
    "ferry.txt": "Ferry laid up\n\nThe ferry of Port Ansel has lain in dock since 4 May 2023, its owner said.\n",
}


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the briefs of three small invented articles."""
    folder, out = tmp_path_factory.mktemp("articles"), tmp_path_factory.mktemp("outputs")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, "utf-8")
    for found in inputs([str(folder)]):
        made = process(Job(found, Given(), Wanted(("md", "json", "html")))).drafted
        assert made is not None
        write(out, made.slug, made.files)
    return out


@pytest.fixture
def out(drafted: Path, tmp_path: Path) -> Path:
    """Return a copy of the folder of briefs."""
    return Path(shutil.copytree(drafted, tmp_path / "out"))


class Relations:
    """Gives the relations of a folder's claims, as an index would."""

    def __init__(self, folder: Path) -> None:
        """Relate the claims of all briefs in a folder."""
        results = [
            ArticleBriefs.from_json(path.read_bytes())
            for path in sorted(folder.glob("*.json"))
            if path.name != "index.json"
        ]
        articles = {r.article.id: IndexedArticle.of(r) for r in results}
        self.all = relate([c for a in articles.values() for c in a.claims], (), articles)

    def __call__(self, claims: Sequence[str]) -> Iterable[Relation]:
        """Return the relations with an end in the claims asked for."""
        return [r for r in self.all if r.one in claims or r.other in claims]


def test_the_overview_tells_of_the_folders_conflict(out: Path) -> None:
    """Two figures of two articles that cannot both hold stand in all three files, linked to both briefs."""
    written = write_overview(out, Relations(out))
    assert sorted(path.name for path in written.files) == ["index.html", "index.json", "index.md"]
    told = json.loads((out / "index.json").read_text("utf-8"))
    (clash,) = told["conflicts"]
    assert {clash["one"]["figure"]["low"], clash["other"]["figure"]["low"]} == {1120, 2310}
    for end in (clash["one"], clash["other"]):
        assert f"({end['place']['slug']}.md#{end['brief']})" in (out / "index.md").read_text("utf-8")
        assert f'"{end["place"]["slug"]}.html#{end["brief"]}"' in (out / "index.html").read_text("utf-8")
    assert (told["articles"], len(told["filed"])) == (3, 3)


def test_the_same_folder_gives_the_same_bytes(out: Path) -> None:
    """A second overview of an unchanged folder touches no file, its own files and foreign ones notwithstanding."""
    relations = Relations(out)
    (out / "notes.json").write_text('{"mine": true}')
    (out / "broken.json").write_bytes(b"\xff{")
    write_overview(out, relations)
    assert write_overview(out, relations).changed == ()


def test_an_edited_overview_is_never_overwritten(out: Path) -> None:
    """A person's notes in index.md stay; the new overview lies beside it."""
    write_overview(out, Relations(out))
    edited = (out / "index.md").read_text("utf-8") + "\nRing Ada first.\n"
    (out / "index.md").write_text(edited, "utf-8")
    written = write_overview(out, Relations(out), Scope(top=1))
    assert (out / "index.md").read_text("utf-8") == edited
    assert written.beside == out / "index.new.md"
    assert written.note is not None


def test_the_number_of_questions_can_be_chosen(out: Path) -> None:
    """`top` bounds the call sheet, which says what it leaves out."""
    sheets = [overview(out, Relations(out), Scope(top=top)).call_sheet for top in (0, 2, 500)]
    assert [sheet.asked for sheet in sheets[:2]] == [0, 2]
    assert len({sheet.asked + sheet.left_out for sheet in sheets}) == 1


def test_a_large_folders_overview_covers_the_run(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Above a bound only the run's articles are read, and the page says how many are not covered."""
    monkeypatch.setattr(module, "WHOLE", 2)
    slugs = sorted(path.stem for path in out.glob("*.json"))
    story = overview(out, Relations(out), Scope(run=slugs[:1]))
    assert (story.articles, story.not_covered, [f.place.slug for f in story.filed]) == (1, 2, slugs[:1])


def test_what_is_no_output_of_ours_does_not_stop_the_overview(out: Path) -> None:
    """A folder holds other programs' files, too: JSON of any depth, pipes and devices that never end."""
    relations = Relations(out)
    before = overview(out, relations)
    (out / "deep.json").write_text("[" * 200_000)
    os.mkfifo(out / "pipe.json")
    (out / "endless.json").symlink_to("/dev/zero")
    assert overview(out, relations) == before


def test_an_empty_folder_has_an_overview(tmp_path: Path) -> None:
    """Nothing to tell is told as such."""
    write_overview(tmp_path, lambda _: ())
    assert "No question is open." in (tmp_path / "index.md").read_text("utf-8")
    assert "no conflict was found" in (tmp_path / "index.html").read_text("utf-8")


def test_verifying_a_folder_takes_the_overview_for_no_brief(out: Path) -> None:
    """The overview lies among the briefs without being one, and costs them no problem."""
    before = verify(out).counts.briefs
    write_overview(out, Relations(out))
    verdict = verify(out)
    assert not [p for p in verdict.problems if "index" in p.file]
    assert verdict.counts.briefs == before
