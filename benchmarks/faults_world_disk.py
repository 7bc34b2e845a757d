"""Disks that fill up, folders that go away or hold something else, databases that another process holds."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from benchmarks import faults_check
from benchmarks.faults_server import serving
from benchmarks.faults_world import Situation, Skipped, Told, World, told

_NOBODY = 65_534

# The disk and the output folder.


@contextmanager
def _disk(place: Path, size: str) -> Iterator[Callable[[str], None]]:
    place.mkdir(parents=True, exist_ok=True)
    given = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    if os.geteuid() or subprocess.run(given, check=False, capture_output=True).returncode:
        raise Skipped("mounting a disk is not allowed here")

    def remount(options: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{options}", str(place)], check=True)

    try:
        yield remount
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False)


def full_disk(kilobytes: int, *, before: bool) -> Situation:
    """Return a disk with so much room, on which there is a former version or nothing."""

    def play(world: World, name: str) -> Told:
        folder = world.folder(name)
        with _disk(folder, "30m") as remount:
            if before:
                world.ran(folder)
                used = sum(each.stat().st_blocks * 512 for each in folder.rglob("*")) // 1024
                remount(f"size={used + kilobytes}k")
            else:
                remount(f"size={kilobytes}k")
            first = world.ran(folder, later=before)
            remount("size=30m")
            return world.again(folder, first, later=before)

    return play


def full_cache(world: World, name: str) -> Told:
    """Fill the disk of the call cache, not that of the outputs: calls are made, and kept ones still used."""
    folder = world.folder(name)
    with serving(folder / "calls.log") as server, _disk(folder / "cache", "30m") as remount:
        model = ("--model", "openai:stub", "--base-url", server.url, "--concurrency", "4")
        world.ran(folder, *model)
        calls, used = (
            len(server.calls("asked")),
            sum(e.stat().st_blocks * 512 for e in (folder / "cache").rglob("*")),
        )
        remount(f"size={used // 1024 + 8}k")
        shutil.rmtree(folder / "out")
        first = world.ran(folder, *model)
        more = len(server.calls("asked")) - calls
        wrong = (*first.wrong, *((f"{more} calls were made again",) if more else ()))
        later = world.ran(folder, *model, later=True)
        remount("size=30m")
        return later._replace(wrong=(*wrong, *later.wrong))


def read_only(world: World, name: str) -> Told:
    """Mount the disk of the output folder read-only."""
    folder = world.folder(name)
    with _disk(folder, "30m") as remount:
        world.ran(folder)
        before = _content(folder / "out")
        remount("ro")
        found = world.ran(folder, later=True)
        remount("rw")
        changed = _content(folder / "out") != before
        return found._replace(wrong=(*found.wrong, *(("the outputs have changed",) if changed else ())))


def not_allowed(world: World, name: str) -> Told:
    """Run as somebody who may not write into the output folder."""
    if os.geteuid():
        raise Skipped("only the superuser can become somebody else")
    if shutil.which("setpriv") is None:
        raise Skipped("there is no setpriv")
    folder = world.folder(name)
    (folder / "out").mkdir(mode=0o755)
    for path in (world.place, folder):
        path.chmod(0o755)
    command = ["setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups", sys.executable]
    begun = time.monotonic()
    done = subprocess.run(
        [*command, "-m", "briefs", "run", str(world.place / "in"), "--out", str(folder / "out")],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "HOME": str(folder), "BRIEFS_CACHE_DIR": str(folder / "cache")},
    )
    wrong = () if "Traceback" not in done.stderr else (done.stderr[-300:],)
    left = tuple(path.name for path in (folder / "out").iterdir())
    return Told(
        done.returncode, time.monotonic() - begun, done.stderr.strip().splitlines()[-1], (*wrong, *left)
    )


def in_mid_run(what: Callable[[Path], object], undo: Callable[[Path], object]) -> Situation:
    """Return something that happens to the output folder as soon as its first brief is written."""

    def play(world: World, name: str) -> Told:
        folder = world.folder(name)
        out, begun = folder / "out", time.monotonic()
        child = world.start(folder)
        while not list(out.glob("*.json")) and time.monotonic() - begun < 60:
            time.sleep(0.001)
        what(out)
        first = told(child, child.wait(), time.monotonic() - begun, out)
        undo(out)
        return world.again(folder, first)

    return play


def in_place(make: Callable[[Path], object], where: str, *, stays: bool = True) -> Situation:
    """Return something that lies where a run wants to write; it is taken away before the second run.

    After the first it must still be there, unless it need not: a pipe holds nothing, and makes room for JSON.
    """

    def play(world: World, name: str) -> Told:
        folder = world.folder(name)
        path = folder / "out" / where if where else folder / "out"
        path.parent.mkdir(parents=True, exist_ok=True)
        make(path)
        kind = stat.S_IFMT(path.lstat().st_mode)
        first = world.ran(folder)
        if stays and stat.S_IFMT(path.lstat().st_mode) != kind:
            first = first._replace(wrong=(*first.wrong, "what lay there is gone"))
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
        for beside in (folder / "out").glob("*.new*.md"):
            beside.unlink()
        return world.again(folder, first)

    return play


def _nothing(_: Path) -> None:
    """Undo nothing."""


def removed(pattern: str) -> Callable[[Path], None]:
    """Return what removes some files of a folder."""

    def remove(out: Path) -> None:
        for path in out.glob(pattern):
            path.unlink(missing_ok=True)

    return remove


def _content(folder: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in (".md", ".json", ".html")
    }


# Databases that another process holds.


def held(where: str, seconds: float) -> Situation:
    """Return another process's lock on a database, for so many seconds; 0: for ever."""

    def play(world: World, name: str) -> Told:
        folder = world.folder(name)
        with serving(folder / "calls.log") as server:
            model = ("--model", "openai:stub", "--base-url", server.url, "--concurrency", "4")
            world.ran(folder, *model)
            holder = sqlite3.connect(folder / where, isolation_level=None, check_same_thread=False)
            holder.execute("PRAGMA locking_mode = EXCLUSIVE")
            holder.execute("BEGIN EXCLUSIVE")
            timer = threading.Timer(seconds, holder.close) if seconds else None
            if timer:
                timer.start()
            first = world.ran(folder, *model, later=True)
            if timer:
                timer.join()
            with suppress(sqlite3.Error):
                holder.close()
            after = world.ran(folder, *model, later=True)
            wanted = world.folder(f"{name} alone")
            for later in (False, True):
                world.ran(wanted, *model, later=later)
            wrong = [*first.wrong, *after.wrong]
            wrong += [f"again: {each}" for each in faults_check.differences(folder / "out", wanted / "out")]
            return first._replace(wrong=tuple(wrong))

    return play


DISKS: dict[str, Situation] = {
    **{
        f"disk full, {size} kB free, nothing before": full_disk(size, before=False)
        for size in (4, 60, 120, 180, 260, 400, 600)
    },
    **{
        f"disk full, {size} kB free, a former version": full_disk(size, before=True)
        for size in (0, 4, 16, 40, 80, 160, 320)
    },
    "disk full for the call cache": full_cache,
    "output folder read-only": read_only,
    "output folder not the user's": not_allowed,
    "output folder removed in mid-run": in_mid_run(
        lambda out: shutil.rmtree(out, ignore_errors=True), _nothing
    ),
    "output folder renamed in mid-run": in_mid_run(
        lambda out: out.rename(out.with_name("gone")), lambda out: shutil.rmtree(out.with_name("gone"))
    ),
    "claim index removed in mid-run": in_mid_run(removed("claims.sqlite*"), _nothing),
    "desk removed in mid-run": in_mid_run(removed("desk.sqlite*"), _nothing),
    "a file where the output folder should be": in_place(lambda path: path.write_text("mine"), ""),
    "a folder where a brief should be": in_place(Path.mkdir, "001-630dfc.md"),
    "a FIFO where a brief should be": in_place(os.mkfifo, "001-630dfc.md"),
    "a link where a brief should be": in_place(
        lambda path: path.symlink_to("/etc/hostname"), "001-630dfc.md"
    ),
    "a folder where JSON should be": in_place(Path.mkdir, "001-630dfc.json"),
    "a FIFO where JSON should be": in_place(os.mkfifo, "001-630dfc.json", stays=False),
    "a folder where run.json should be": in_place(Path.mkdir, "run.json"),
    "a FIFO where the claim index should be": in_place(os.mkfifo, "claims.sqlite"),
    "a FIFO where the desk should be": in_place(os.mkfifo, "desk.sqlite"),
    "a folder where the desk should be": in_place(Path.mkdir, "desk.sqlite"),
}
BASES: dict[str, Situation] = {
    "claim index held for 1 s": held("out/claims.sqlite", 1),
    "claim index held for ever": held("out/claims.sqlite", 0),
    "desk held for 1 s": held("out/desk.sqlite", 1),
    "desk held for ever": held("out/desk.sqlite", 0),
    "call cache held for 1 s": held("cache/calls.sqlite", 1),
    "call cache held for ever": held("cache/calls.sqlite", 0),
}
