"""Several `briefs run` at once into one folder: nothing is lost, and the outputs are those of one run."""

import subprocess
import sys
from pathlib import Path

import pytest

PLACES = ("Port Sable", "Lower Orla", "Halmen", "Kell")
TEXT = "{place} counts\n\nThe board of Port Sable lost {count} grain crates in March 2024, {who} of {place} said.\n"


def start(out: Path, *articles: Path) -> "subprocess.Popen[str]":
    """Start a run."""
    command = [sys.executable, "-m", "briefs", "run", *map(str, articles), "--out", str(out), "--quiet"]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


def files(out: Path) -> dict[str, bytes]:
    """Return what was written, without what differs from run to run."""
    return {p.name: p.read_bytes() for p in out.iterdir() if ".sqlite" not in p.name and p.name != "run.json"}


@pytest.mark.parametrize("split", [True, False])
def test_runs_at_once_end_as_one_run_would(tmp_path: Path, split: bool) -> None:
    """Two editors who start at one time, on other articles or on the same, get what one of them would."""
    articles = []
    for number, place in enumerate(PLACES):
        path = tmp_path / f"{place}.txt".lower().replace(" ", "-")
        who = ("Ana Petrel", "Ivo Marn")[number % 2]
        path.write_text(TEXT.format(place=place, count=1_200 + 250 * (number % 2), who=who), "utf-8")
        articles.append(path)
    shares = (articles[::2], articles[1::2]) if split else (articles, articles)
    runs = [start(tmp_path / "shared", *share) for share in shares]
    alone = start(tmp_path / "alone", *articles)
    for each in (*runs, alone):
        _, told = each.communicate()
        assert (each.returncode, told) == (0, "")
    if split:  # who finishes first cannot know what the other one adds to the overview
        last = start(tmp_path / "shared", *articles)
        assert (last.communicate()[1], last.returncode) == ("", 0)
    assert files(tmp_path / "shared") == files(tmp_path / "alone")
