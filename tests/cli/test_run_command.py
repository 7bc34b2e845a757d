"""`briefs run` as a person meets it: files, exit codes, messages, and nothing lost."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ARTICLE = """Harbour board lost 1,200 crates

Port Sable's harbour board lost 1,200 crates in March, according to its auditor, Ana Petrel.

“Nobody counted them twice,” Petrel told the Sable Courier. She said the board had been warned in May.
"""


def briefs(*arguments: str | Path, cwd: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    command = [sys.executable, "-m", "briefs", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, input=stdin, capture_output=True, text=True, check=False)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Return a folder with two articles in `in`."""
    (tmp_path / "in" / "later").mkdir(parents=True)
    (tmp_path / "in" / "harbour.txt").write_text(ARTICLE, "utf-8")
    (tmp_path / "in" / "later" / "harbour.txt").write_text(ARTICLE.replace("1,200", "1,300"), "utf-8")
    return tmp_path


def outputs(folder: Path) -> dict[str, bytes]:
    """Return the content of every output but the run's own record, the index of claims and the desk."""
    own = ("run.json", "claims.sqlite", "desk.sqlite")
    return {
        path.name: path.read_bytes() for path in sorted(folder.iterdir()) if not path.name.startswith(own)
    }


def test_help_loads_nothing_heavy() -> None:
    """`briefs --help` stays quick: no parser, model library, pydantic or HTML reader is imported."""
    code = (
        "import sys\nfrom briefs.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'spacy', 'langchain', 'langchain_core', 'openai', 'pydantic', 'trafilatura', 'rich', 'lxml'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Commands:" in result.stdout
    assert "Exit codes:" in result.stdout
    assert result.stdout.splitlines()[-1] == "[]"


def test_a_folder_becomes_briefs(desk: Path) -> None:
    """Every article gets its files, two of one name kept apart, and the run says where they are."""
    result = briefs("run", "in", "--format", "md,json,html", cwd=desk)
    assert result.returncode == 0, result.stderr
    names = sorted(outputs(desk / "outputs"))
    assert len(names) == 9
    assert {"index.html", "index.json", "index.md"} < set(names)
    assert all(name in result.stdout for name in names if name.endswith(".md"))
    record = json.loads((desk / "outputs" / "run.json").read_text("utf-8"))
    assert (record["done"], record["failed"]) == (2, 0)
    assert "nothing of an article leaves this machine" in result.stderr


def test_a_run_is_repeatable_and_independent_of_jobs(desk: Path) -> None:
    """The same articles give the same bytes: again, in another process, and with two of them."""
    for out, jobs in (("first", 1), ("again", 1), ("two", 2)):
        assert (
            briefs("run", "in", "--out", out, "--jobs", jobs_text(jobs), "--quiet", cwd=desk).returncode == 0
        )
    assert outputs(desk / "first") == outputs(desk / "again") == outputs(desk / "two")


def jobs_text(jobs: int) -> str:
    """Return a number of jobs as an argument."""
    return str(jobs)


def test_what_a_person_writes_into_the_markdown_lives_on(desk: Path) -> None:
    """Fields are recorded, wording stays where it was written, and a changed article says what it reopened."""
    briefs("run", "in/harbour.txt", cwd=desk)
    [path] = (desk / "outputs").glob("*-??????.md")
    edited = path.read_text("utf-8").replace("- Status: open", "- Status: usable", 1)
    edited = edited.replace("- Checker:", "- Checker: K. Aune", 1)
    path.write_text(edited.replace("**Desk**", "Checked by phone.\n\n**Desk**", 1), "utf-8")
    (desk / "in" / "harbour.txt").write_text(ARTICLE.replace("lost 1,200", "lost 1,300"), "utf-8")
    result = briefs("run", "in/harbour.txt", cwd=desk)
    assert result.returncode == 0, result.stderr
    assert "1 sign-off open again" in result.stderr
    brief = path.read_text("utf-8")
    assert "Checked by phone." in brief
    assert "- Checker: K. Aune" in brief
    assert "1,300" in brief
    assert not path.with_name(f"{path.stem}.new.md").exists()
    assert briefs("verify", "outputs", cwd=desk).returncode == 0


def test_without_a_desk_an_edited_markdown_file_stays(desk: Path) -> None:
    """With --no-store no desk is made; a person's edit stays, and the new brief is written beside it."""
    briefs("run", "in/harbour.txt", "--no-store", cwd=desk)
    assert sorted(each.suffix for each in (desk / "outputs").iterdir()) == [".json", ".json", ".md"]
    [path] = (desk / "outputs").glob("*-??????.md")
    edited = path.read_text("utf-8").replace("Status: open", "Status: usable", 1) + "\nChecked by phone.\n"
    path.write_text(edited, "utf-8")
    (desk / "in" / "harbour.txt").write_text(ARTICLE.replace("March", "April"), "utf-8")
    result = briefs("run", "in/harbour.txt", "--no-store", cwd=desk)
    assert result.returncode == 0
    assert path.read_text("utf-8") == edited
    assert path.with_name(f"{path.stem}.new.md").exists()
    assert "has been edited" in result.stderr


def test_one_bad_article_does_not_stop_the_others(desk: Path) -> None:
    """An empty file gives one line naming it and exit code 1; the others are written."""
    (desk / "in" / "empty.txt").write_text(" \n", "utf-8")
    (desk / "in" / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 64)
    result = briefs("run", "in", cwd=desk)
    assert result.returncode == 1
    errors = [line for line in result.stderr.splitlines() if line.startswith("briefs: ")]
    assert len(errors) == 2
    assert "empty.txt" in errors[0]
    assert "picture.txt" in errors[1]
    assert len(list((desk / "outputs").glob("*-??????.md"))) == 2
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(("run",), "Missing argument", id="no path"),
        pytest.param(("run", "in", "--format", "odt"), "odt is not a format", id="unknown format"),
        pytest.param(("run", "in", "--published", "18 July"), "not a date", id="not a date"),
        pytest.param(("run", "in", "--out", "in/harbour.txt"), "cannot be written", id="out is a file"),
        pytest.param(("run", "in", "--jobs", "0"), "--jobs", id="no jobs"),
        pytest.param(("run", "in", "--store", "s", "--no-store"), "contradict", id="a store and none"),
        pytest.param(("run", "in", "--store", "s", "--format", "md"), "add json", id="a store without json"),
        pytest.param(("run", "in", "--aliases", "none.toml"), "none.toml", id="no such aliases"),
        pytest.param(("sing",), "No such command", id="no such command"),
    ],
)
def test_wrong_usage_exits_2_and_does_nothing(desk: Path, arguments: tuple[str, ...], words: str) -> None:
    """Wrong usage or configuration is one clear message, exit code 2, and no output."""
    result = briefs(*arguments, cwd=desk)
    assert result.returncode == 2
    assert words in result.stderr
    assert "Traceback" not in result.stderr
    assert not (desk / "outputs").exists()


def test_a_missing_path_is_one_clear_line(desk: Path) -> None:
    """A path that does not exist is named with what to do, and what exists is still done."""
    result = briefs("run", "nowhere.txt", "in/harbour.txt", cwd=desk)
    assert result.returncode == 1
    assert "nowhere.txt" in result.stderr
    assert len(list((desk / "outputs").glob("*-??????.md"))) == 1


def test_standard_input_is_an_article(desk: Path) -> None:
    """`-` reads one article from standard input."""
    result = briefs("run", "-", cwd=desk, stdin=ARTICLE)
    assert result.returncode == 0, result.stderr
    assert len(list((desk / "outputs").glob("*-??????.md"))) == 1


def test_scan_prints_one_json_line_an_article(desk: Path) -> None:
    """Each line holds the untouched text and every finding as offsets into it."""
    result = briefs("scan", "in", "--json", cwd=desk)
    assert result.returncode == 0, result.stderr
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(lines) == 2
    first = lines[0]
    text = first["article"]["text"]
    assert text == ARTICLE
    assert {"sentences", "attributions", "quantities", "dates", "hedges", "entities"} <= set(first)
    spoken = [a for a in first["attributions"] if a["name"] and "Petrel" in a["name"]]
    assert spoken
    for attribution in spoken:
        assert text[attribution["source"]["start"] : attribution["source"]["end"]].strip()
        assert attribution["content"]


def test_verify_passes_what_run_wrote_and_catches_one_character(desk: Path) -> None:
    """`briefs verify` holds for fresh outputs, and exits 1 when one character of a quotation changed."""
    briefs("run", "in", cwd=desk)
    fresh = briefs("verify", "outputs", cwd=desk)
    assert fresh.returncode == 0, fresh.stdout
    path = next((desk / "outputs").glob("*-??????.md"))
    text = path.read_text("utf-8")
    path.write_text(text.replace("Nobody counted them twice", "Nobody counted them once"), "utf-8")
    broken = briefs("verify", path, cwd=desk)
    assert broken.returncode == 1
    assert path.name in broken.stdout


def test_articles_are_related_and_the_run_says_what_came_of_it(desk: Path) -> None:
    """Two articles with two figures for one thing: both briefs say so, with a link; a person is told of it."""
    result = briefs("run", "in", "--top", "3", cwd=desk)
    assert result.returncode == 0, result.stderr
    record = json.loads((desk / "outputs" / "run.json").read_text("utf-8"))
    assert record["relating"]["relations"]["conflict"] >= 1
    assert "conflict" in result.stdout
    assert str(Path("outputs") / "index.md") in result.stdout
    for path in (desk / "outputs").glob("*-??????.md"):
        [other] = [each.name for each in (desk / "outputs").glob("*-??????.md") if each != path]
        assert f"({other}#b" in path.read_text("utf-8")
    assert briefs("verify", "outputs", cwd=desk).returncode == 0


def test_one_run_an_article_gives_what_one_run_of_all_gives(desk: Path) -> None:
    """The store joins runs, wherever it lies; with --no-store every article is for itself."""
    briefs("run", "in", "--out", "once", "--quiet", cwd=desk)
    shared = ("--out", "steps", "--store", "shared.sqlite", "--quiet")
    (desk / "in" / "later").rename(desk / "later")
    briefs("run", "in", *shared, cwd=desk)
    (desk / "later").rename(desk / "in" / "later")
    (desk / "in" / "harbour.txt").rename(desk / "harbour.txt")
    briefs("run", "in", *shared, cwd=desk)
    assert (desk / "shared.sqlite").exists()
    assert outputs(desk / "once") == outputs(desk / "steps")
    (desk / "harbour.txt").rename(desk / "in" / "harbour.txt")
    alone = briefs("run", "in", "--out", "alone", "--no-store", cwd=desk)
    assert "related" not in alone.stdout
    assert not list((desk / "alone").glob("claims*"))
    assert not any("Differs" in path.read_text("utf-8") for path in (desk / "alone").glob("*.md"))


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_interrupt_leaves_whole_files(desk: Path, jobs: str) -> None:
    """Ctrl-C stops the run with exit code 130; what is written is whole and no process stays."""
    for number in range(60):
        (desk / "in" / f"{number:02}.txt").write_text(ARTICLE * 8, "utf-8")
    command = [sys.executable, "-m", "briefs", "run", "in", "--jobs", jobs]
    process = subprocess.Popen(command, cwd=desk, stderr=subprocess.PIPE, text=True, start_new_session=True)
    deadline = time.monotonic() + 60
    while not list((desk / "outputs").glob("*.json")) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in errors
    for path in (desk / "outputs").glob("*.json"):
        json.loads(path.read_text("utf-8"))
    assert not list((desk / "outputs").glob("*.tmp"))
    assert json.loads((desk / "outputs" / "run.json").read_text("utf-8"))["interrupted"] is True
