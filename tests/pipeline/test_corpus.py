"""Relating the articles of a run and of earlier ones: the outputs hang on the set of articles alone."""

import json
import os
import shutil
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from itertools import permutations
from pathlib import Path

import pytest
from ferries import signing

from briefs.domain.aliases import NO_ALIASES, Aliases
from briefs.domain.brief import ArticleBriefs
from briefs.pipeline.corpus import Corpus
from briefs.pipeline.living import Living
from briefs.pipeline.work import Drafted, Job, Wanted, process
from briefs.readers.inputs import inputs
from briefs.steps.ingest import Given
from briefs.store.desk import DeskStore
from briefs.verify import verify

WARDS = "nurses left the public hospitals of Orla Province in October 2024"
TEXTS = {
    "gazette.txt": f"Wards empty\n\nExactly 2,310 {WARDS}, Danuta Rósza told the Halmen Gazette.\n",
    "board.txt": f"Board counts\n\nExactly 1,120 {WARDS}, the Orla Health Board said.\n",
    "mail.txt": f"Nurses go\n\nExactly 2,310 {WARDS}, Danuta Rósza told the Orla Mail.\n",
    "ferry.txt": "Ferry laid up\n\nThe ferry of Port Ansel has lain in dock since 4 May 2023, its owner said.\n",
}
Folder = Mapping[str, bytes]


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Drafted]:
    """Return the drafts of small invented articles, and of one that has changed."""
    folder = tmp_path_factory.mktemp("articles")
    made: dict[str, Drafted] = {}
    for name, text in (*TEXTS.items(), ("changed", "Nurses go\n\nThe Mail stays shut on 4 May 2025.\n")):
        path = folder / name if name != "changed" else folder / "later" / "mail.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
        job = Job(next(iter(inputs([str(path)]))), Given(), Wanted(("md", "json", "html"), relates=True))
        drafted = process(job).drafted
        assert drafted is not None
        made[name] = drafted
    return made


def run(
    out: Path,
    drafts: Iterable[Drafted],
    store: Path | None = None,
    aliases: Aliases = NO_ALIASES,
    *,
    desk: bool = True,
) -> Corpus:
    """Relate and write articles as one run does, with a desk or without one."""
    out.mkdir(exist_ok=True)
    living = Living.open(out) if desk else None
    corpus = Corpus.at(store or out / "claims.sqlite", out, aliases, living)
    for drafted in drafts:
        corpus.add(drafted)
    corpus.settle()
    corpus.close()
    if living is not None:
        living.close()
    return corpus


def files(out: Path) -> Folder:
    """Return the outputs by name, without the index."""
    return {path.name: path.read_bytes() for path in out.iterdir() if ".sqlite" not in path.name}


def related(out: Path, drafted: Drafted) -> set[tuple[str, str]]:
    """Return the kinds and articles of everything that an article's briefs call related."""
    result = ArticleBriefs.from_json((out / f"{drafted.slug}.json").read_bytes())
    return {(each.kind, each.article) for brief in result.briefs for each in brief.related}


def test_an_article_is_told_of_what_came_before_and_after(
    tmp_path: Path, drafts: Mapping[str, Drafted]
) -> None:
    """The first article of a run names the later ones, which its own draft could not know."""
    run(tmp_path, (drafts[name] for name in TEXTS))
    gazette, board, ferry = (
        related(tmp_path, drafts[name]) for name in ("gazette.txt", "board.txt", "ferry.txt")
    )
    assert gazette == {("conflict", drafts["board.txt"].id), ("same", drafts["mail.txt"].id)}
    assert board == {("conflict", drafts["gazette.txt"].id), ("conflict", drafts["mail.txt"].id)}
    assert ferry == set()
    brief = (tmp_path / f"{drafts['gazette.txt'].slug}.md").read_text("utf-8")
    assert "**Other articles differ on 1 claim:**" in brief
    assert f"({drafts['board.txt'].slug}.md#b" in brief
    assert "- **R1.** " in brief
    assert "2 articles, 2 attributions; 1 known origin: Danuta Rósza" in brief


@pytest.mark.parametrize("order", list(permutations(TEXTS))[::5])
def test_no_order_changes_a_byte(
    tmp_path: Path, drafts: Mapping[str, Drafted], order: tuple[str, ...]
) -> None:
    """One run, one run an article, and every order of them give the same outputs."""
    run(tmp_path / "once", (drafts[name] for name in TEXTS))
    run(tmp_path / "order", (drafts[name] for name in order))
    for name in order:
        run(tmp_path / "one by one", [drafts[name]])
    assert files(tmp_path / "once") == files(tmp_path / "order") == files(tmp_path / "one by one")


def test_the_same_run_again_touches_nothing(tmp_path: Path, drafts: Mapping[str, Drafted]) -> None:
    """No output is written anew where nothing changed, nor is anything compared again."""
    run(tmp_path, (drafts[name] for name in TEXTS))
    before = {path: path.stat().st_mtime_ns for path in tmp_path.glob("*.[mjh]*")}
    again = run(tmp_path, (drafts[name] for name in TEXTS))
    assert {path: path.stat().st_mtime_ns for path in tmp_path.glob("*.[mjh]*")} == before
    assert (again.record.pairs, again.record.rewritten) == (0, 0)


def test_a_killed_run_is_completed_by_the_next(tmp_path: Path, drafts: Mapping[str, Drafted]) -> None:
    """Wherever a run was killed, the same run gives what it would have given; so does any other run."""
    run(tmp_path / "whole", (drafts[name] for name in TEXTS))
    killed = tmp_path / "killed"
    killed.mkdir()
    corpus = Corpus.at(killed / "claims.sqlite", killed)
    for name in TEXTS:
        corpus.add(drafts[name])
    corpus.close()  # nothing is settled
    assert files(killed) != files(tmp_path / "whole")
    assert verify(killed).holds
    shutil.copytree(killed, tmp_path / "other")
    run(killed, (drafts[name] for name in TEXTS))
    run(tmp_path / "other", [drafts["ferry.txt"]])
    assert files(killed) == files(tmp_path / "other") == files(tmp_path / "whole")


def test_the_index_may_be_deleted(tmp_path: Path, drafts: Mapping[str, Drafted]) -> None:
    """A run without the index fills it from the outputs, and changes none of them."""
    run(tmp_path, (drafts[name] for name in TEXTS))
    before = files(tmp_path)
    for path in tmp_path.glob("claims.sqlite*"):
        path.unlink()
    run(tmp_path, [drafts["ferry.txt"]])
    assert files(tmp_path) == before


@pytest.mark.parametrize("row", ["claims SET record = '{'", "articles SET record = 'x'"])
def test_damage_met_in_a_run_costs_no_relation(
    tmp_path: Path, drafts: Mapping[str, Drafted], row: str
) -> None:
    """An index that turns out to be damaged is filled again before the run ends, whenever that was seen."""
    run(tmp_path / "whole", (drafts[name] for name in TEXTS))
    first, *others = TEXTS
    out = tmp_path / "damaged"
    run(out, [drafts[name] for name in others])
    with closing(sqlite3.connect(out / "claims.sqlite")) as index, index:
        index.execute(f"UPDATE {row}")
    corpus = run(out, [drafts[first]])
    assert any("put aside" in note for note in corpus.notes)
    assert files(out) == files(tmp_path / "whole")


def test_a_changed_article_takes_its_old_relations_along(
    tmp_path: Path, drafts: Mapping[str, Drafted]
) -> None:
    """What an article no longer says is no longer told of it, as if it had never said it."""
    run(tmp_path / "old", (drafts[name] for name in TEXTS))
    run(tmp_path / "old", [drafts["changed"]])
    run(tmp_path / "new", (drafts[name] for name in ("gazette.txt", "board.txt", "changed", "ferry.txt")))
    assert files(tmp_path / "old") == files(tmp_path / "new")
    assert related(tmp_path / "old", drafts["gazette.txt"]) == {("conflict", drafts["board.txt"].id)}


def test_a_removed_article_leaves_no_trace(tmp_path: Path, drafts: Mapping[str, Drafted]) -> None:
    """The others' outputs are as if it had never been there; its own files are its owner's to delete."""
    run(tmp_path / "all", (drafts[name] for name in TEXTS))
    corpus = Corpus.at(tmp_path / "all" / "claims.sqlite", tmp_path / "all")
    assert corpus.forget(drafts["mail.txt"].id)
    assert not corpus.forget("never.txt")
    corpus.close()
    run(tmp_path / "without", (drafts[name] for name in ("gazette.txt", "board.txt", "ferry.txt")))
    own = {name for name in files(tmp_path / "all") if name.startswith(drafts["mail.txt"].slug)}
    assert len(own) == 3
    left = {name: data for name, data in files(tmp_path / "all").items() if name not in own}
    assert left == files(tmp_path / "without")


def test_a_persons_markdown_is_never_overwritten(tmp_path: Path, drafts: Mapping[str, Drafted]) -> None:
    """Without a desk, where a later article touches an edited brief, the new one lies beside it."""
    run(tmp_path, [drafts["gazette.txt"]], desk=False)
    brief = tmp_path / f"{drafts['gazette.txt'].slug}.md"
    edited = brief.read_text("utf-8").replace("- Checker:", "- Checker: K. Aune", 1)
    brief.write_text(edited, "utf-8")
    corpus = run(tmp_path, [drafts["board.txt"]], desk=False)
    assert brief.read_text("utf-8") == edited
    beside = brief.with_suffix(".new.md")
    assert "Other articles differ" in beside.read_text("utf-8")
    assert any(beside.name in note for note in corpus.notes)


def test_a_later_article_is_merged_into_a_persons_markdown(
    tmp_path: Path, drafts: Mapping[str, Drafted]
) -> None:
    """With a desk, what a later article brings stands in the edited brief, and what was filled in is recorded."""
    run(tmp_path, [drafts["gazette.txt"]])
    brief = tmp_path / f"{drafts['gazette.txt'].slug}.md"
    edited = brief.read_text("utf-8").replace("- Checker:", "- Checker: K. Aune", 1)
    brief.write_text(edited.replace("**Desk**", "I rang them.\n\n**Desk**", 1), "utf-8")
    run(tmp_path, [drafts["board.txt"]])
    merged = brief.read_text("utf-8")
    assert "Other articles differ" in merged
    assert "I rang them." in merged
    result = ArticleBriefs.from_json(brief.with_suffix(".json").read_bytes())
    assert next(each.desk.checker for each in result.briefs) == "K. Aune"
    assert not brief.with_suffix(".new.md").exists()
    before = files(tmp_path)
    run(tmp_path, (drafts[name] for name in ("board.txt", "gazette.txt")))
    assert files(tmp_path) == before


def test_sign_offs_and_added_claims_do_not_hang_on_the_order(
    tmp_path: Path, drafts: Mapping[str, Drafted]
) -> None:
    """With decisions on the desk, whatever comes in whatever order gives the same bytes, and again none new."""
    for out, order in (("one", tuple(TEXTS)), ("other", tuple(reversed(TEXTS)))):
        run(tmp_path / out, [drafts["gazette.txt"]])
        store = DeskStore.open(tmp_path / out, clock=lambda: "2024-11-20T10:00:00+00:00")
        living = Living(tmp_path / out, store)
        path = tmp_path / out / f"{drafts['gazette.txt'].slug}.json"
        result = ArticleBriefs.from_json(path.read_bytes())
        living.desk.append([signing(result, each) for each in result.briefs])
        for name in order:
            run(tmp_path / out, [drafts[name]])
        living.refresh(drafts["gazette.txt"].slug)
        living.close()
    assert files(tmp_path / "one") == files(tmp_path / "other")
    assert b"K. Aune" in files(tmp_path / "one")[f"{drafts['gazette.txt'].slug}.md"]
    before = files(tmp_path / "one")
    run(tmp_path / "one", (drafts[name] for name in TEXTS))
    assert files(tmp_path / "one") == before


def test_only_formats_that_exist_are_written_again(tmp_path: Path, drafts: Mapping[str, Drafted]) -> None:
    """A page that somebody deleted, or never wanted, does not come back with a later article."""
    run(tmp_path, [drafts["gazette.txt"]])
    (tmp_path / f"{drafts['gazette.txt'].slug}.html").unlink()
    run(tmp_path, [drafts["board.txt"]])
    assert not (tmp_path / f"{drafts['gazette.txt'].slug}.html").exists()
    assert related(tmp_path, drafts["gazette.txt"])


def test_articles_of_another_folder_are_told_and_not_linked(
    tmp_path: Path, drafts: Mapping[str, Drafted]
) -> None:
    """One index may serve several folders: both sides are brought up to date, and no link leads nowhere."""
    store = tmp_path / "claims.sqlite"
    run(tmp_path / "monday", [drafts["gazette.txt"]], store)
    run(tmp_path / "tuesday", [drafts["board.txt"]], store)
    for folder, name in (("monday", "gazette.txt"), ("tuesday", "board.txt")):
        brief = (tmp_path / folder / f"{drafts[name].slug}.md").read_text("utf-8")
        assert "Differs in the figure" in brief
        assert ".md#" not in brief
        verdict = verify(tmp_path / folder)
        assert verdict.holds
        assert any("not checked" in note for note in verdict.notes)


def test_a_folder_that_is_gone_stops_nothing(tmp_path: Path, drafts: Mapping[str, Drafted]) -> None:
    """Briefs that cannot be brought up to date are named, and are brought up to date when they are back."""
    store = tmp_path / "claims.sqlite"
    run(tmp_path / "monday", [drafts["gazette.txt"]], store)
    (tmp_path / "monday").rename(tmp_path / "away")
    corpus = run(tmp_path / "tuesday", [drafts["board.txt"]], store)
    assert any("not brought up to date" in note for note in corpus.notes)
    assert related(tmp_path / "tuesday", drafts["board.txt"])
    (tmp_path / "away").rename(tmp_path / "monday")
    run(tmp_path / "tuesday", [], store)
    assert related(tmp_path / "monday", drafts["gazette.txt"])


def test_without_an_index_every_article_stands_for_itself(
    tmp_path: Path, drafts: Mapping[str, Drafted]
) -> None:
    """An index that cannot be used costs the relations, never a brief, and the run says so."""
    (tmp_path / "store").mkdir()
    corpus = run(tmp_path / "out", (drafts[name] for name in TEXTS), tmp_path / "store")
    assert len(corpus.notes) == 1
    assert files(tmp_path / "out") == {
        f"{drafts[name].slug}.{form}": content.encode()
        for name in TEXTS
        for form, content in drafts[name].files.items()
    }


def test_a_damaged_index_is_filled_again(tmp_path: Path, drafts: Mapping[str, Drafted]) -> None:
    """A damaged file is put aside, and the outputs are as if nothing had happened."""
    run(tmp_path / "whole", (drafts[name] for name in TEXTS))
    run(tmp_path / "out", (drafts[name] for name in TEXTS))
    store = tmp_path / "out" / "claims.sqlite"
    store.write_bytes(b"SQLite format 3\0" + os.urandom(4000))
    corpus = run(tmp_path / "out", [drafts["ferry.txt"]])
    assert any("put aside" in note for note in corpus.notes)
    assert {n: d for n, d in files(tmp_path / "out").items() if "damaged" not in n} == files(
        tmp_path / "whole"
    )


def test_new_aliases_reach_articles_of_earlier_runs(tmp_path: Path, drafts: Mapping[str, Drafted]) -> None:
    """Names that a newsroom says are two are counted as two wherever they stand."""
    run(tmp_path, (drafts[name] for name in TEXTS))
    brief = tmp_path / f"{drafts['gazette.txt'].slug}.json"
    before = brief.read_bytes()
    run(tmp_path, [], aliases=Aliases(same=(("Dana Rosza", "Danuta Rósza"),)))
    origins = [each for b in ArticleBriefs.from_json(brief.read_bytes()).briefs for each in b.origins.origins]
    assert any(origin.name.startswith("Dana Rosza") for origin in origins)
    run(tmp_path, [])
    assert brief.read_bytes() == before


def test_what_is_written_of_others_is_proved(tmp_path: Path, drafts: Mapping[str, Drafted]) -> None:
    """Every quotation of another article is checked against that article, in JSON and in Markdown."""
    run(tmp_path, (drafts[name] for name in TEXTS))
    assert verify(tmp_path).holds
    assert not [note for note in verify(tmp_path).notes if "not checked" in note]
    for suffix in ("md", "json"):
        path = tmp_path / f"{drafts['gazette.txt'].slug}.{suffix}"
        whole = path.read_text("utf-8")
        assert "the Orla Health Board said" in whole
        path.write_text(whole.replace("the Orla Health Board said", "the Orla Health Board denied"), "utf-8")
        problems = verify(tmp_path).problems
        assert {problem.file for problem in problems} == {str(path)}
        assert all("not in" in problem.what for problem in problems)
        path.write_text(whole, "utf-8")


def test_what_cannot_be_proved_is_said(tmp_path: Path, drafts: Mapping[str, Drafted]) -> None:
    """Without the other article's files its words are named as not checked, and a changed word still fails."""
    run(tmp_path / "all", (drafts[name] for name in TEXTS))
    slug, lone = drafts["gazette.txt"].slug, tmp_path / "lone"
    lone.mkdir()
    for suffix in ("md", "json"):
        shutil.copy(tmp_path / "all" / f"{slug}.{suffix}", lone)
    verdict = verify(lone)
    assert verdict.holds
    assert (
        sum("not checked" in note for note in verdict.notes) == 3
    )  # two articles in JSON, the Markdown once
    brief = lone / f"{slug}.md"
    brief.write_text(
        brief.read_text("utf-8").replace("1,120 nurses left the", "1,130 nurses left the"), "utf-8"
    )
    assert not verify(brief).holds


def test_markdown_alone_still_tells_a_changed_quotation(
    tmp_path: Path, drafts: Mapping[str, Drafted]
) -> None:
    """With nothing but the article beside it, an edited brief is held to the hashes in its seal."""
    run(tmp_path / "all", (drafts[name] for name in TEXTS))
    brief, article = tmp_path / "brief.md", tmp_path / "gazette.txt"
    article.write_text(TEXTS["gazette.txt"], "utf-8")
    text = (tmp_path / "all" / f"{drafts['gazette.txt'].slug}.md").read_text("utf-8")
    brief.write_text(text.replace("- Checker:", "- Checker: K. Aune", 1), "utf-8")
    verdict = verify(brief, article)
    assert verdict.holds, verdict.problems
    assert any("not checked" in note for note in verdict.notes)
    brief.write_text(text.replace("1,120** nurses left the", "1,130** nurses left the"), "utf-8")
    assert not verify(brief, article).holds


def test_the_record_says_what_relating_did(tmp_path: Path, drafts: Mapping[str, Drafted]) -> None:
    """How many pairs were compared, what was found, and how many briefs were written again."""
    record = run(tmp_path, (drafts[name] for name in TEXTS)).record
    assert record.pairs >= 3
    assert (record.relations["conflict"], record.relations["same"]) == (2, 1)
    assert record.rewritten == 2
    assert json.loads(record.model_dump_json())["relations"] == record.relations


def test_a_newer_index_is_refused(tmp_path: Path) -> None:
    """A file of a later version is not touched."""
    path = tmp_path / "claims.sqlite"
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    before = path.read_bytes()
    with pytest.raises(Exception, match="newer version"):
        Corpus.at(path, tmp_path)
    assert path.read_bytes() == before
