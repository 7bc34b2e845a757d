"""`briefs run` on a disk that is full or read-only: what is told, what stays, and that a later run mends it."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from briefs.cli import main

TEXTS = {
    "first.txt": "Crates\n\nPort Sable's harbour board lost 1,200 grain crates in March 2024, Ana Petrel said.\n",
    "second.txt": "Lost\n\nThe harbour board of Port Sable lost 1,450 grain crates in March 2024, Ivo Marn said.\n",
}
Sized = Callable[[str], None]


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Return a folder with two articles that conflict."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[tuple[Path, Sized]]:
    """Return a disk of its own, and what mounts it again with other options; skip where nobody may mount."""
    place = tmp_path / "disk"
    place.mkdir()

    def mount(options: str) -> int:
        given = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
        try:
            return subprocess.run(given, check=False, capture_output=True).returncode
        except OSError:
            return 1

    if mount("size=20m"):
        pytest.skip("mounting a disk is not allowed here")

    def remount(options: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{options}", str(place)], check=True)

    try:
        yield place, remount
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False)


def run(articles: Path, out: Path) -> Result:
    """Brief the articles."""
    return CliRunner().invoke(main, ["run", str(articles), "--out", str(out), "--format", "md,json,html"])


def files(out: Path) -> dict[str, bytes]:
    """Return what a run wrote, without what differs from run to run."""
    return {p.name: p.read_bytes() for p in out.iterdir() if ".sqlite" not in p.name and p.name != "run.json"}


@pytest.mark.parametrize("size", [8, 120, 200, 320, 480])
def test_a_full_disk_is_told_of_and_the_next_run_mends_it(
    articles: Path, disk: tuple[Path, Sized], tmp_path: Path, size: int
) -> None:
    """Wherever the disk fills up, no file is half written, no traceback shown, and nothing is lost for good."""
    place, remount = disk
    remount(f"size={size}k")
    full = run(articles, place / "out")
    assert full.exit_code in (1, 2), full.output
    assert full.exception is None or isinstance(full.exception, SystemExit)
    assert "No space left" in full.output or "full" in full.output
    remount("size=20m")
    whole = tmp_path / "whole"
    assert run(articles, whole).exit_code == 0
    mended = run(articles, place / "out")
    assert mended.exit_code == 0, mended.output
    assert files(place / "out") == files(whole)


def test_a_read_only_folder_is_told_of_and_left_alone(articles: Path, disk: tuple[Path, Sized]) -> None:
    """An archive that nobody may write costs one line, and is the same afterwards."""
    place, remount = disk
    assert run(articles, place / "out").exit_code == 0
    before = files(place / "out")
    (articles / "first.txt").write_text(TEXTS["second.txt"], "utf-8")
    remount("ro")
    refused = run(articles, place / "out")
    assert refused.exit_code == 2
    assert "cannot be written (Read-only file system)" in refused.output
    assert refused.output.count("\n") == 1
    assert files(place / "out") == before
    refused = run(articles, place / "new" / "out")
    assert (refused.exit_code, refused.output.count("\n")) == (2, 1)
