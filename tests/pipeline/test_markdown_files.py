"""The Markdown as the other door, through real files: run, edit, run again, a new version, run again."""

import re
from pathlib import Path

from ferries import BASE, briefs_in, claim, drafted, ran, signing

from briefs.domain.brief import ArticleBriefs
from briefs.domain.desk import Check, Status
from briefs.pipeline.living import Living
from briefs.pipeline.work import Drafted
from briefs.seal import as_written
from briefs.store.desk import DeskStore
from briefs.text.disputes import END, THEIRS, YOURS
from briefs.verify.run import verify


class Newsroom:
    """An article, its briefs on disk, and an editor with a text editor."""

    def __init__(self, folder: Path) -> None:
        self.article = folder / "ferries.txt"
        self.out = folder / "out"
        self.draft: Drafted = drafted(self.article, BASE)
        ran(self.out, self.draft)

    @property
    def path(self) -> Path:
        """Return the Markdown file."""
        return self.out / f"{self.draft.slug}.md"

    @property
    def text(self) -> str:
        """Return what the Markdown file holds."""
        return self.path.read_text("utf-8")

    @property
    def briefs(self) -> ArticleBriefs:
        """Return what the JSON holds."""
        return briefs_in(self.out, self.draft)

    def run(self, text: str | None = None) -> str:
        """Brief the article again, its text new where one is given; return what the run says."""
        self.draft = drafted(self.article, text)
        return ran(self.out, self.draft).note or ""

    def section(self, name: str) -> str:
        """Return a claim's section of the Markdown file."""
        start = self.text.index(f'<a id="{claim(self.briefs, name).id}"></a>')
        ends = [at for mark in ('<a id="', "\n## ") if (at := self.text.find(mark, start + 5)) > 0]
        return self.text[start : min(ends)]

    def edit(self, name: str, *changes: tuple[str, str]) -> None:
        """Change words in a claim's section of the Markdown file."""
        section = before = self.section(name)
        for old, new in changes:
            assert old in section, old
            section = section.replace(old, new, 1)
        self.path.write_text(self.text.replace(before, section), "utf-8")

    def problems(self) -> list[str]:
        """Return what `briefs verify` finds."""
        return [str(problem) for problem in verify(self.out).problems]


SIGNED = [
    ("- Said so: open", "- Said so: yes"),
    ("- Status: open", "- Status: OK"),
    ("- Checker:", "- Checker: Jana Nová"),
    ("- Source consulted:", "- Source consulted: her own recording"),
    ("- Note:", "- Note: heard “it three times over in a row”\n  on the phone"),
]


def test_run_edit_run(tmp_path: Path) -> None:
    """What was written is on the desk and in every file; the wording around it stays; verify holds."""
    room = Newsroom(tmp_path)
    assert as_written(room.text)
    room.edit("crew", *SIGNED, ("**Questions**", "Her deputy agrees.\n\n**Questions**"))
    question = re.search(r"- \*\*(Q\d+)\.\*\* ([^*]*\?) ", room.section("crossings"))
    assert question is not None
    answered = (question.group(), f"- **{question[1]}.** How many, and when? ")
    room.edit("crossings", answered, ("\n\n**Desk**", "\n  - Answer: 45 | all in April\n\n**Desk**"))
    room.run()
    desk = claim(room.briefs, "crew").desk
    assert (desk.said, desk.status, desk.checker) == (Check.CONFIRMED, Status.USABLE, "Jana Nová")
    assert desk.note == "heard “it three times over in a row”\non the phone"
    assert "Her deputy agrees." in room.section("crew")
    assert f"- **{question[1]}.** How many, and when? *Ask*" in room.section("crossings")
    assert [q.answer for q in claim(room.briefs, "crossings").questions if q.answer] == ["45 | all in April"]
    assert "  - Answer: 45 \\| all in April\n  - Answered by: the Markdown file\n" in room.section(
        "crossings"
    )
    assert not as_written(room.text)
    assert room.problems() == []
    before = room.path.read_bytes()
    assert room.run() == ""
    assert room.path.read_bytes() == before
    assert [path.name for path in room.out.glob("*.md")] == [room.path.name]


def test_a_new_version_of_an_edited_article(tmp_path: Path) -> None:
    """Sign-offs, wording and answers go on in the new version: under new numbers, and under a new id."""
    room = Newsroom(tmp_path)
    room.edit("crew", *SIGNED, ("**Questions**", "Her deputy agrees.\n\n**Questions**"))
    room.edit("crossings", ("**Questions**", "I asked the pier master.\n\n**Questions**"))
    room.run()
    room.edit("strike", ("- Status: open", "- Status: cut"))
    paragraph = "The mayor, Hana Osk, opened 14 bus stops in March, she said.\n\nThe ferry company"
    said = room.run(
        BASE.replace("The ferry company", paragraph).replace("that 45 crossings", "that 46 crossings")
    )
    assert "sign-off" in said
    assert claim(room.briefs, "crew").desk.status is Status.USABLE
    assert claim(room.briefs, "strike").desk.status is Status.CUT
    assert "Her deputy agrees." in room.section("crew")
    assert "I asked the pier master." in room.section("crossings")
    assert YOURS not in room.text
    assert room.problems() == []


def test_both_wordings_until_somebody_decides(tmp_path: Path) -> None:
    """A wording that a new version makes otherwise stands beside the person's; deleting one ends it."""
    room = Newsroom(tmp_path)
    line = next(line for line in room.section("crossings").split("\n") if line.startswith("- The count"))
    room.edit("crossings", (line, "- The list of cancelled boats (held by the federation)."))
    said = room.run(BASE.replace("that 45 crossings", "that 46 crossings"))
    assert "1 place holds" in said
    new = line.replace("45", "46")
    block = (
        f"{YOURS}\n\n- The list of cancelled boats (held by the federation).\n\n{THEIRS}\n\n{new}\n\n{END}\n"
    )
    assert block in room.section("crossings")
    assert room.problems() == []
    before = room.text
    room.run()
    assert room.text == before
    room.edit("crossings", (f"{new}\n\n", ""))
    room.run()
    assert YOURS not in room.text
    assert "- The list of cancelled boats" in room.section("crossings")


def test_what_is_not_understood_stays(tmp_path: Path) -> None:
    """The run says the line and why, and the words are still in the file after it."""
    room = Newsroom(tmp_path)
    room.edit("boats", ("- Status: open", "- Status: hmm"), ("- Is it so: open", "- Is it so: confirmed"))
    said = room.run()
    line = room.text.split("\n").index("- Status: hmm") + 1
    assert f"line {line}: " in said
    assert "To confirm takes a checker" in said
    assert claim(room.briefs, "boats").desk.status is Status.OPEN
    assert "- Is it so: confirmed" in room.section("boats")


def test_a_damaged_quotation_is_reported_after_a_run_too(tmp_path: Path) -> None:
    """A person's edit of a quotation stays, and verify says so until the quotation is put right."""
    room = Newsroom(tmp_path)
    room.edit(
        "deckhands",
        (
            "lost 310 of its 940 deckhands since January, according",
            "lost 300 of its 940 deckhands since January, according",
        ),
    )
    room.edit("crew", *SIGNED)
    room.run()
    assert claim(room.briefs, "crew").desk.signed
    assert any("missing or altered" in each for each in room.problems())
    assert any("not in the article" in each for each in room.problems())
    room.edit("deckhands", ("lost 300 of", "lost 310 of"))
    assert room.problems() == []


def test_the_desk_and_the_file_at_once(tmp_path: Path) -> None:
    """An edit on the desk brings a person's file up to date; what both changed stands twice."""
    room = Newsroom(tmp_path)
    room.edit("boats", *SIGNED)
    living = Living.open(room.out)
    brief = claim(room.briefs, "safe")
    living.desk.append([signing(room.briefs, brief, note="from the desk")])
    room.edit("safe", ("- Status: open", "- Status: cut"), ("- Note:", "- Note: from the file"))
    living.refresh(room.draft.slug)
    living.close()
    assert claim(room.briefs, "boats").desk.status is Status.USABLE
    assert claim(room.briefs, "safe").desk.status is Status.USABLE
    section = room.section("safe")
    assert f"{YOURS}\n\n- Status: cut\n\n{THEIRS}\n\n- Status: usable\n\n{END}" in section
    assert f"{YOURS}\n\n- Note: from the file\n\n{THEIRS}\n\n- Note: from the desk\n" in section
    room.edit("safe", ("- Status: usable\n", ""), ("- Note: from the file\n", ""))
    room.run()
    desk = claim(room.briefs, "safe").desk
    assert (desk.status, desk.note) == (Status.CUT, "from the desk")
    assert YOURS not in room.text


def test_saved_by_other_programs(tmp_path: Path) -> None:
    """CRLF, a byte order mark, Windows-1252, UTF-16, no seal: the edit is read, the file is whole again."""
    for number, encoding in enumerate(("utf-8-sig", "cp1252", "utf-16")):
        room = Newsroom(tmp_path / str(number))
        text = room.text.replace("é", "e").replace("á", "a").replace("ó", "o")
        room.path.write_text(text, "utf-8")
        room.edit("crew", *[(old, new.replace("ová", "ova")) for old, new in SIGNED])
        changed = room.text.replace("\n", "\r\n").encode(encoding, "replace")
        room.path.write_bytes(changed)
        room.run()
        assert claim(room.briefs, "crew").desk.status is Status.USABLE, encoding
        assert "\r" not in room.path.read_bytes().decode("utf-8")


def test_a_persons_file_is_kept_before_it_is_merged(tmp_path: Path) -> None:
    """The file as the person left it can be had again, to the character."""
    room = Newsroom(tmp_path)
    room.edit("crew", *SIGNED)
    mine = room.text
    room.run()
    with DeskStore.open(room.out) as desk:
        assert desk.persons(room.draft.slug)[-1].markdown == mine


def test_an_emptied_file_is_written_anew(tmp_path: Path) -> None:
    """A file that was emptied by accident takes nothing back."""
    room = Newsroom(tmp_path)
    room.edit("crew", *SIGNED)
    room.run()
    room.path.write_text("\n", "utf-8")
    room.run()
    assert claim(room.briefs, "crew").desk.status is Status.USABLE
    assert room.problems() == []
