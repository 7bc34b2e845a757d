"""A person's Markdown file and the runs over it: what was written is recorded, merged, and never lost."""

import re
from pathlib import Path

import pytest
from ferries import BASE, briefs_in, claim, drafted, ran, sign_all, signing

from briefs.domain.desk import Status
from briefs.errors import FileChanged
from briefs.pipeline import living as living_module
from briefs.pipeline.living import Living
from briefs.pipeline.work import Drafted
from briefs.seal import as_written
from briefs.store.outputs import write
from briefs.verify import verify

NOTE = "I called the harbour twice."
CHANGED = BASE.replace("lost 310", "lost 320")


@pytest.fixture
def draft(tmp_path: Path) -> Drafted:
    """Return the article's first draft; its outputs lie in `out`."""
    made = drafted(tmp_path / "ferries.txt", BASE)
    ran(tmp_path / "out", made)
    return made


def markdown(folder: Path, draft: Drafted) -> Path:
    """Return the path of the article's Markdown."""
    return folder / "out" / f"{draft.slug}.md"


def written_into(path: Path, brief: str, **fields: str) -> str:
    """Fill in fields of a claim's section and add a line of a person's own; return the whole text."""
    text = path.read_text("utf-8")
    before, section = text.split(f'<a id="{brief}"></a>', 1)
    for name, value in fields.items():
        section = re.sub(rf"- {name}:.*", f"- {name}: {value}", section, count=1)
    section = section.replace("**Desk**", f"{NOTE}\n\n**Desk**", 1)
    path.write_text(f'{before}<a id="{brief}"></a>{section}', "utf-8")
    return path.read_text("utf-8")


def test_fields_are_recorded_and_wording_stays(tmp_path: Path, draft: Drafted) -> None:
    """A person's fields reach the JSON, and the line between them stays when the article changes elsewhere."""
    path = markdown(tmp_path, draft)
    before = briefs_in(tmp_path / "out", draft)
    text = written_into(path, claim(before, "crossings").id, Status="usable", Checker="K. Aune")
    newer = drafted(tmp_path / "ferries.txt", CHANGED)
    ran(tmp_path / "out", newer)
    signed = claim(briefs_in(tmp_path / "out", newer), "crossings")
    assert (signed.desk.status, signed.desk.checker) == (Status.USABLE, "K. Aune")
    merged = path.read_text("utf-8")
    assert NOTE in merged
    assert "lost 320" in merged
    assert "lost 310" not in merged
    assert not list((tmp_path / "out").glob("*.new*"))
    with_desk = Living.open(tmp_path / "out")
    assert text in [each.markdown for each in with_desk.desk.persons(draft.slug)]
    with_desk.close()
    assert verify(tmp_path / "out").holds


def test_fields_alone_leave_a_file_that_is_the_tools(tmp_path: Path, draft: Drafted) -> None:
    """Where only fields were filled in, the next file is as generated: nothing of it is anybody's wording."""
    path = markdown(tmp_path, draft)
    path.write_text(path.read_text("utf-8").replace("- Status: open", "- Status: soften", 1), "utf-8")
    ran(tmp_path / "out", draft)
    assert as_written(path.read_text("utf-8"))
    assert briefs_in(tmp_path / "out", draft).briefs[0].desk.status is Status.SOFTEN


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_the_same_run_again_touches_nothing(tmp_path: Path, draft: Drafted, ends: str) -> None:
    """A merged file is left as it is, to the byte, as long as nothing is new; so is its owner's line end."""
    path = markdown(tmp_path, draft)
    written_into(path, claim(briefs_in(tmp_path / "out", draft), "crossings").id, Status="usable")
    ran(tmp_path / "out", draft)
    path.write_bytes(path.read_bytes().replace(b"\n", ends.encode()))
    before = {
        each.name: each.read_bytes() for each in (tmp_path / "out").iterdir() if "sqlite" not in each.name
    }
    for _ in range(2):
        assert not ran(tmp_path / "out", draft).changed
    after = {
        each.name: each.read_bytes() for each in (tmp_path / "out").iterdir() if "sqlite" not in each.name
    }
    assert before == after


def test_both_wordings_stay_where_they_conflict(tmp_path: Path, draft: Drafted) -> None:
    """A line that a person and the tool both changed is there in both versions, and the run says so."""
    path = markdown(tmp_path, draft)
    text = path.read_text("utf-8")
    line = next(each for each in text.splitlines() if "310 of its 940" in each and each.startswith("> "))
    path.write_text(text.replace(line, line.replace("has lost", "is said to have lost")), "utf-8")
    written = ran(tmp_path / "out", drafted(tmp_path / "ferries.txt", CHANGED))
    merged = path.read_text("utf-8")
    assert "is said to have lost 310" in merged
    assert "lost 320" in merged
    assert written.note is not None
    assert "both your wording and the new one" in written.note


def test_an_edit_goes_on_under_a_claims_new_id(tmp_path: Path, draft: Drafted) -> None:
    """A line that was written under a claim is under the same claim when its words, and so its id, change."""
    path = markdown(tmp_path, draft)
    old = claim(briefs_in(tmp_path / "out", draft), "deckhands").id
    written_into(path, old, Status="usable")
    newer = drafted(tmp_path / "ferries.txt", CHANGED)
    ran(tmp_path / "out", newer)
    now = claim(briefs_in(tmp_path / "out", newer), "deckhands")
    assert now.id != old
    assert now.desk.status is Status.OPEN
    assert now.desk.changed
    section = path.read_text("utf-8").split(f'<a id="{now.id}"></a>')[1].split("<a id=")[0]
    assert NOTE in section


def test_a_person_who_saves_meanwhile_loses_nothing(
    tmp_path: Path, draft: Drafted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that is saved again just before it is replaced is read again; both edits are there."""
    path = markdown(tmp_path, draft)
    written_into(path, claim(briefs_in(tmp_path / "out", draft), "crossings").id, Status="usable")
    saved: list[str] = []

    def saving(folder: Path, slug: str, files: dict[str, str], read: dict[Path, bytes]) -> object:
        if not saved:
            saved.append("once")
            path.write_text(path.read_text("utf-8").replace(NOTE, f"{NOTE} Nobody answered."), "utf-8")
        return write(folder, slug, files, read)

    monkeypatch.setattr(living_module, "write", saving)
    newer = drafted(tmp_path / "ferries.txt", CHANGED)
    ran(tmp_path / "out", newer)
    assert saved
    assert f"{NOTE} Nobody answered." in path.read_text("utf-8")
    assert "lost 320" in path.read_text("utf-8")


def test_an_event_meanwhile_is_never_written_over(
    tmp_path: Path, draft: Drafted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who signs a claim while a run writes the article finds the sign-off in what the run has written."""
    result = briefs_in(tmp_path / "out", draft)
    other = Living.open(tmp_path / "out")
    done: list[object] = []
    real = Living._put

    def slow(self: Living, *given: object, **named: object) -> object:
        if not done:
            done.append(other.desk.append([signing(result, claim(result, "strike"))]))
        return real(self, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Living, "_put", slow)
    newer = drafted(tmp_path / "ferries.txt", CHANGED)
    ran(tmp_path / "out", newer)
    other.close()
    assert claim(briefs_in(tmp_path / "out", newer), "strike").desk.status is Status.USABLE


def test_without_its_base_an_edited_file_stays(tmp_path: Path, draft: Drafted) -> None:
    """Where nobody knows what a file was before it was edited, the new one lies beside it, as without a desk."""
    path = markdown(tmp_path, draft)
    text = written_into(path, claim(briefs_in(tmp_path / "out", draft), "crossings").id, Checker="K. Aune")
    desk = Living.open(tmp_path / "out")
    desk.desk.keep_generated(draft.slug, "something else")
    desk.close()
    changed = (tmp_path / "out" / f"{draft.slug}.json").read_text("utf-8").replace("Where did", "Whence did")
    (tmp_path / "out" / f"{draft.slug}.json").write_text(changed, "utf-8")
    newer = drafted(tmp_path / "ferries.txt", CHANGED)
    ran(tmp_path / "out", newer)
    assert path.read_text("utf-8") == text
    assert path.with_suffix(".new.md").exists()
    assert claim(briefs_in(tmp_path / "out", newer), "crossings").desk.checker == "K. Aune"


def test_files_of_before_the_desk_are_merged_too(tmp_path: Path, draft: Drafted) -> None:
    """Where the desk never saw the file, the JSON beside it tells what was generated."""
    for each in (tmp_path / "out").glob("desk.sqlite*"):
        each.unlink()
    path = markdown(tmp_path, draft)
    written_into(path, claim(briefs_in(tmp_path / "out", draft), "crossings").id, Status="usable")
    ran(tmp_path / "out", drafted(tmp_path / "ferries.txt", CHANGED))
    assert NOTE in path.read_text("utf-8")
    assert "lost 320" in path.read_text("utf-8")
    assert not list((tmp_path / "out").glob("*.new*"))


def test_refresh_writes_what_was_decided(tmp_path: Path, draft: Drafted) -> None:
    """After an event the three files are brought up to it without a parse; again touches nothing."""
    sign_all(tmp_path / "out", draft)
    living = Living.open(tmp_path / "out")
    assert "K. Aune" in markdown(tmp_path, draft).read_text("utf-8")
    assert as_written(markdown(tmp_path, draft).read_text("utf-8"))
    assert not living.refresh(draft.slug).changed
    living.close()


def test_refresh_does_not_bring_an_older_article_back(
    tmp_path: Path, draft: Drafted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that briefs the article anew between reading and writing is not written over."""
    sign_all(tmp_path / "out", draft)
    newer = drafted(tmp_path / "ferries.txt", CHANGED)
    done: list[bool] = []
    real = Living._put

    def slow(self: Living, *given: object, **named: object) -> object:
        if not done:
            done.append(True)
            ran(tmp_path / "out", newer)
        return real(self, *given, **named)  # type: ignore[arg-type]

    living = Living.open(tmp_path / "out")
    result = briefs_in(tmp_path / "out", draft)
    living.desk.append([signing(result, claim(result, "strike"), note="again")])
    monkeypatch.setattr(Living, "_put", slow)
    living.refresh(draft.slug)
    living.close()
    now = briefs_in(tmp_path / "out", newer)
    assert "lost 320" in now.article.text
    assert claim(now, "strike").desk.note == "again"
    assert claim(now, "deckhands").desk.changed


def test_a_changed_file_is_an_error_of_its_own(tmp_path: Path) -> None:
    """Nothing is written where a file is not what was read."""
    path = tmp_path / "a.md"
    path.write_text("theirs", "utf-8")
    with pytest.raises(FileChanged):
        write(tmp_path, "a", {"md": "ours", "json": "{}"}, {path: b"older"})
    assert path.read_text("utf-8") == "theirs"
    assert not (tmp_path / "a.json").exists()
