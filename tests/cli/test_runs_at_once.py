"""Several `briefs run` at once into one folder: nothing is lost, and the outputs are those of one run."""

import random
import subprocess
import sys
import time
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
    """Editors who start at one time, four on an article each or two on all, get what one of them would."""
    articles = []
    for number, place in enumerate(PLACES):
        path = tmp_path / f"{place}.txt".lower().replace(" ", "-")
        who = ("Ana Petrel", "Ivo Marn")[number % 2]
        path.write_text(TEXT.format(place=place, count=1_200 + 250 * (number % 2), who=who), "utf-8")
        articles.append(path)
    shares = [[each] for each in articles] if split else [articles, articles]
    runs = [start(tmp_path / "shared", *share) for share in shares]
    alone = start(tmp_path / "alone", *articles)
    for each in (*runs, alone):
        _, told = each.communicate()
        assert (each.returncode, told) == (0, "")
    if split:  # who finishes first cannot know what the other one adds to the overview
        last = start(tmp_path / "shared", *articles)
        assert (last.communicate()[1], last.returncode) == ("", 0)
    assert files(tmp_path / "shared") == files(tmp_path / "alone")


def test_a_run_may_be_killed_at_any_moment(tmp_path: Path) -> None:
    """After `kill -9`, again and again, the same run gives what an undisturbed one would have given."""
    articles = []
    for number, place in enumerate(PLACES * 2):
        path = tmp_path / f"{number}.txt"
        who = ("Ana Petrel", "Ivo Marn")[number % 2]
        path.write_text(TEXT.format(place=place, count=1_200 + 250 * (number % 2), who=who), "utf-8")
        articles.append(path)
    moments = random.Random(5)  # noqa: S311 - no secret
    out = tmp_path / "killed"
    alone = start(tmp_path / "alone", *articles)
    for _ in range(2):
        run, begun = start(out, *articles), len(list(out.glob("*.json")))
        while run.poll() is None and len(list(out.glob("*.json"))) < min(begun + 1, len(articles)):
            time.sleep(0.02)
        time.sleep(moments.uniform(0.0, 0.4))
        run.kill()
        run.communicate()
    last = start(out, *articles)
    assert (last.communicate()[1], last.returncode) == ("", 0)
    assert (alone.communicate()[1], alone.returncode) == ("", 0)
    assert files(out) == files(tmp_path / "alone")
