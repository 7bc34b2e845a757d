"""`briefs run --manifest` as a person meets it: rows become briefs, bad rows are told, the rest is done."""

import json
import subprocess
import sys
from pathlib import Path

ROPE = "The council of Port Sable spent 4,500 crowns on rope in May, its clerk Ola Nim said."


def briefs(*arguments: str, cwd: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    command = [sys.executable, "-m", "briefs", *arguments]
    return subprocess.run(command, cwd=cwd, input=stdin, capture_output=True, text=True, check=False)


def test_rows_are_briefed_and_bad_ones_told(tmp_path: Path) -> None:
    """One bad row is one failed article with its number, in the table and in the record."""
    (tmp_path / "rope.txt").write_text(ROPE)
    (tmp_path / "list.csv").write_text("path,title,author\nrope.txt,Rope,x\nmissing.txt,,\nrope.txt,,\n")
    result = briefs("run", "--manifest", "list.csv", "--jobs", "2", cwd=tmp_path)
    assert result.returncode == 1, result.stderr
    assert "missing.txt, row 3: failed" in result.stdout
    assert "1 written, 2 failed" in result.stdout
    assert "list.csv, row 3: missing.txt: does not exist" in result.stderr
    assert "row 4: is the same article as list.csv, row 2" in result.stderr
    assert result.stderr.count("columns that are not read: author") == 1
    record = json.loads((tmp_path / "outputs" / "run.json").read_text("utf-8"))
    assert [each["row"] for each in record["articles"]] == [2, 3, 4]
    written = json.loads((tmp_path / "outputs" / f"{record['articles'][0]['slug']}.json").read_text("utf-8"))
    assert written["article"]["title"] == "Rope"
    assert written["article"]["given_by"] == {"manifest": "list.csv", "fields": ["title"]}
    assert briefs("verify", "outputs", cwd=tmp_path).returncode == 0


def test_scan_reads_rows_from_standard_input(tmp_path: Path) -> None:
    """JSONL may come through a pipe, so that another program's rows need no file."""
    result = briefs(
        "scan", "--manifest", "-", "--json", cwd=tmp_path, stdin=json.dumps({"text": ROPE}) + "\n1\n"
    )
    assert result.returncode == 1
    assert json.loads(result.stdout)["article"]["text"] == ROPE
    assert "-, row 2: is neither" in result.stderr


def test_what_cannot_be_a_manifest_is_refused(tmp_path: Path) -> None:
    """A wrong use is told in one line with exit code 2, before anything is read."""
    (tmp_path / "list.txt").write_text("a.txt\n")
    for arguments in (("--manifest", "list.txt"), ("--root", ".", "list.txt")):
        result = briefs("run", *arguments, cwd=tmp_path)
        assert (result.returncode, len(result.stderr.splitlines())) == (2, 1), result.stderr
