"""An article under another id: what was decided goes along, however the former version is named."""

import json
import multiprocessing
import os
import shutil
from pathlib import Path

import pytest
from ferries import BASE, CLAIMS, became, briefs_in, claim, drafted, ran, sign_all, signing

from briefs.domain.desk import Status
from briefs.errors import ConfigError, DeskError
from briefs.pipeline.former import former
from briefs.pipeline.living import Living
from briefs.pipeline.work import Drafted
from briefs.store.desk import FILE


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the article `monday.txt`, its outputs in `out`, and every claim signed off."""
    folder = tmp_path_factory.mktemp("previous")
    draft = drafted(folder / "monday.txt", BASE)
    ran(folder / "out", draft)
    sign_all(folder / "out", draft)
    return folder


@pytest.mark.parametrize("named", ["monday.txt", "{path}", "{slug}", "{json}"])
def test_sign_offs_go_along_to_another_id(tmp_path: Path, signed: Path, named: str) -> None:
    """By id, file, name of its briefs or their JSON: all sign-offs but the changed one's hold in the new article."""
    shutil.copytree(signed, tmp_path / "case")
    case = tmp_path / "case"
    [json_file] = (case / "out").glob("monday-*.json")
    name = named.format(path=case / "monday.txt", slug=json_file.stem, json=json_file)
    before = {each.name: each.read_bytes() for each in (case / "out").glob("monday-*")}
    newer = drafted(case / "tuesday.txt", BASE.replace("lost 310", "lost 320"))
    for _ in range(2):  # the same run again finds everything where it put it
        ran(case / "out", newer, former(name, case / "out"))
        found = became(briefs_in(case / "out", newer))
        assert set(found.reopened) == {"deckhands"}
        assert set(found.kept) == set(CLAIMS) - {"deckhands"}
    assert {each.name: each.read_bytes() for each in (case / "out").glob("monday-*")} == before
    again = drafted(case / "tuesday.txt", BASE)
    ran(case / "out", again)  # from now on it is the same article
    assert set(became(briefs_in(case / "out", again)).reopened) == {"deckhands"}


def test_sign_offs_go_along_to_another_folder(tmp_path: Path, signed: Path) -> None:
    """With the JSON of another folder, what its desk recorded is taken over once, with its times."""
    [json_file] = (signed / "out").glob("monday-*.json")
    newer = drafted(tmp_path / "tuesday.txt", BASE.replace("lost 310", "lost 320"))
    for _ in range(2):
        ran(tmp_path / "out", newer, former(str(json_file), tmp_path / "out"))
        found = became(briefs_in(tmp_path / "out", newer))
        assert set(found.kept) == set(CLAIMS) - {"deckhands"}
        assert set(found.reopened) == {"deckhands"}
    there, here = Living.open(signed / "out"), Living.open(tmp_path / "out")
    taken = [(each.at, each.who, each.brief) for each in here.desk.events() if each.who == "K. Aune"]
    assert taken == [(each.at, each.who, each.brief) for each in there.desk.events()]
    there.close()
    here.close()


def test_a_persons_lines_go_along_too(tmp_path: Path, signed: Path) -> None:
    """What was written into the former version's Markdown stands in the new one's, and stays in the old one."""
    shutil.copytree(signed, tmp_path / "case")
    out = tmp_path / "case" / "out"
    [old] = out.glob("monday-*.md")
    text = old.read_text("utf-8").replace("**Desk**", "I rang them.\n\n**Desk**", 1)
    old.write_text(text, "utf-8")
    newer = drafted(tmp_path / "case" / "tuesday.txt", BASE.replace("lost 310", "lost 320"))
    ran(out, newer, former("monday.txt", out))
    assert "I rang them." in (out / f"{newer.slug}.md").read_text("utf-8")
    assert old.read_text("utf-8") == text


@pytest.mark.parametrize("named", ["nowhere.txt", "no-such-article", "http://127.0.0.1:1/x", "broken.json"])
def test_an_unknown_former_version_is_said(tmp_path: Path, named: str) -> None:
    """What is neither briefed nor can be read is a wrong option, told in one line."""
    (tmp_path / "broken.json").write_text("{}", "utf-8")
    name = str(tmp_path / named) if named.endswith(".json") else named
    with pytest.raises(ConfigError, match="--previous"):
        former(name, tmp_path)


def test_a_desk_that_cannot_be_used_stops_a_run(tmp_path: Path, signed: Path) -> None:
    """Briefs written without their sign-offs would look as if nobody had made them: nothing is written."""
    shutil.copytree(signed, tmp_path / "case")
    out = tmp_path / "case" / "out"
    (out / FILE).write_bytes(b"SQLite format 3\0" + os.urandom(5000))
    before = {each.name: each.read_bytes() for each in out.iterdir()}
    with pytest.raises((DeskError, ConfigError)):
        ran(out, drafted(tmp_path / "case" / "monday.txt", BASE))
    assert {each.name: each.read_bytes() for each in out.iterdir()} == before


def test_without_a_desk_nothing_is_made(tmp_path: Path) -> None:
    """A run that is to keep nothing leaves only the briefs."""
    draft = drafted(tmp_path / "monday.txt", BASE)
    (tmp_path / "out").mkdir()
    living = Living.open(tmp_path / "out", create=False)
    living.write_draft(draft, living.met(draft))
    living.close()
    assert {each.name: each.read_bytes() for each in (tmp_path / "out").iterdir()} == {
        f"{draft.slug}.{form}": content.encode() for form, content in draft.files.items()
    }


def test_a_lost_record_is_made_anew_by_a_run_that_makes_none(tmp_path: Path, signed: Path) -> None:
    """Protects sign-offs where desk.sqlite was lost and a run keeps nothing: its JSON is not written over without them."""
    shutil.copytree(signed, tmp_path / "case")
    out = tmp_path / "case" / "out"
    for path in out.glob(f"{FILE}*"):
        path.unlink()
    draft = drafted(tmp_path / "case" / "monday.txt")
    living = Living.open(out, create=False)
    assert len(living.notes) == 1
    living.write_draft(draft, living.met(draft))
    living.close()
    assert set(became(briefs_in(out, draft)).kept) == set(CLAIMS)


def test_a_claim_that_is_gone_is_told_once(tmp_path: Path, signed: Path) -> None:
    """Protects the list of what is no longer in the article under another id: no second, nameless entry."""
    shutil.copytree(signed, tmp_path / "case")
    case = tmp_path / "case"
    lines = [each for each in BASE.split("\n\n") if "lost 310" not in each]
    newer = drafted(case / "tuesday.txt", "\n\n".join(lines))
    for _ in range(2):
        written = ran(case / "out", newer, former("monday.txt", case / "out"))
        gone = briefs_in(case / "out", newer).former
        assert gone
        assert all(each.words for each in gone)
        assert len({each.words for each in gone}) == len(gone)
    assert written.note is None  # nothing is told a second time


def test_markdown_alone_shows_what_was_decided(tmp_path: Path, signed: Path) -> None:
    """A run that writes Markdown alone puts the desk's fields into it as well."""
    shutil.copytree(signed, tmp_path / "case")
    out = tmp_path / "case" / "out"
    draft = drafted(tmp_path / "case" / "monday.txt")
    (out / f"{draft.slug}.md").unlink()
    living = Living.open(out)
    living.write_draft(draft, living.met(draft), ("md",))
    living.close()
    assert (out / f"{draft.slug}.md").read_text("utf-8").count("- Checker: K. Aune") == len(CLAIMS)


def _signs(out: str, slug: str, name: str) -> None:
    """Sign one claim off and bring the files up to it, as a process of its own."""
    living = Living.open(Path(out))
    path = Path(out) / f"{slug}.json"
    from briefs.domain.brief import ArticleBriefs  # noqa: PLC0415 - in the other process

    result = ArticleBriefs.from_json(path.read_bytes())
    living.desk.append([signing(result, claim(result, name), note=name)])
    living.refresh(slug)
    living.close()


def test_processes_at_once_lose_nothing(tmp_path: Path) -> None:
    """Whoever signs and refreshes at the same time: at the end the files show every sign-off."""
    draft: Drafted = drafted(tmp_path / "monday.txt", BASE)
    ran(tmp_path / "out", draft)
    names = list(CLAIMS)[:4]
    context = multiprocessing.get_context("fork")
    processes = [
        context.Process(target=_signs, args=(str(tmp_path / "out"), draft.slug, name)) for name in names
    ]
    for each in processes:
        each.start()
    for each in processes:
        each.join(60)
        assert each.exitcode == 0
    result = briefs_in(tmp_path / "out", draft)
    assert {each.desk.note for each in result.briefs if each.desk.status is Status.USABLE} == set(names)
    brief = (tmp_path / "out" / f"{draft.slug}.md").read_text("utf-8")
    assert brief.count("- Checker: K. Aune") == len(names)
    assert json.loads((tmp_path / "out" / f"{draft.slug}.json").read_bytes())["article"]["id"] == draft.id
