"""Whether a folder of outputs is whole, and whether two say the same; each finding is one line."""

import json
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from briefs.domain.brief import ArticleBriefs
from briefs.domain.run import RunRecord
from briefs.seal import MARK, STORY_MARK, as_written
from briefs.store.claims import ClaimIndex
from briefs.store.desk import FILE, DeskStore
from briefs.store.outputs import NO_BRIEFS, OVERVIEW, RUN_RECORD

INDEX = "claims.sqlite"
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\+00:00|Z)")
_SEALED = re.compile(r'"sealed_sha256": "[0-9a-f]{64}"')
_ENDINGS = {".json", ".md", ".html"}
_SHOWN = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?(?: UTC)?")
"""When somebody decided something, as Markdown shows it."""


def _files(folder: Path, pattern: str) -> list[Path]:
    return sorted(path for path in folder.glob(pattern) if path.is_file() and not path.is_symlink())


def half_written(folder: Path) -> Iterator[str]:
    """Yield what is no whole file of ours: JSON that does not parse, Markdown or HTML without its end."""
    for path in _files(folder, "*.json"):
        try:
            if path.name == RUN_RECORD:
                RunRecord.model_validate_json(path.read_bytes())
            elif path.name in NO_BRIEFS:
                json.loads(path.read_bytes())
            else:
                ArticleBriefs.from_json(path.read_bytes())
        except ValueError as error:
            yield f"{path.name}: {type(error).__name__}"
    for path in _files(folder, "*.md"):
        text = path.read_text("utf-8", "surrogatepass")
        mark = STORY_MARK if path.stem.split(".")[0] == Path(OVERVIEW).stem else MARK
        last = text.rstrip().rpartition(mark)
        if not last[1] or not last[2].endswith("-->"):
            yield f"{path.name}: has no end"
    for path in _files(folder, "*.html"):
        if not path.read_text("utf-8", "surrogatepass").rstrip().endswith("</html>"):
            yield f"{path.name}: has no end"


def not_ours(folder: Path, edited: frozenset[str]) -> Iterator[str]:
    """Yield Markdown that is not as we wrote it, though nobody edited it."""
    for path in _files(folder, "*.md"):
        if path.name not in edited and not as_written(path.read_text("utf-8", "surrogatepass")):
            yield f"{path.name}: is not as it was sealed"


def left_over(folder: Path) -> list[str]:
    """Return temporary files and journals that nobody needs any more."""
    found = (*folder.rglob(".briefs-*"), *folder.rglob("*.tmp"), *folder.rglob("*-journal"))
    return sorted({path.name for path in found})


def damaged(folder: Path) -> Iterator[str]:
    """Yield the databases of a folder that do not open or fail SQLite's check; they are read as copies."""
    for path in _files(folder, "**/*.sqlite"):
        with tempfile.TemporaryDirectory() as place:
            for ending in ("", "-wal", "-shm", "-journal"):
                beside = path.with_name(path.name + ending)
                if beside.exists():
                    shutil.copy(beside, place)
            try:
                with closing(sqlite3.connect(Path(place) / path.name)) as database:
                    told = database.execute("PRAGMA integrity_check").fetchall()
            except sqlite3.Error as error:
                told = [(str(error),)]
        if told != [("ok",)]:
            yield f"{path.name}: {told[0][0]}"


def differences(one: Path, other: Path) -> Iterator[str]:
    """Yield what differs between two folders of outputs, times of day let be.

    Of `run.json` the articles are compared, with their files, claims, flags and failures.
    """
    first, second = contents(one), contents(other)
    for name in sorted(first.keys() ^ second.keys()):
        yield f"{name}: in one folder alone"
    for name in sorted(first.keys() & second.keys()):
        if first[name] != second[name]:
            yield f"{name}: differs"
    if _recorded(one) != _recorded(other):
        yield f"{RUN_RECORD}: other articles, files or figures"
    if _decided(one) != _decided(other):
        yield f"{FILE}: other events"
    if (one / INDEX).exists() or (other / INDEX).exists():
        for what, here, there in zip(
            ("articles", "relations", "pending"), _known(one), _known(other), strict=True
        ):
            if here != there:
                yield f"{INDEX}: other {what}"


def decided(folder: Path) -> list[str]:
    """Return what the desk of a folder recorded, an event each, without its time."""
    return list(_decided(folder))


def contents(folder: Path) -> dict[str, str]:
    """Return the Markdown, JSON and HTML of a folder by name, with every time of day as one word."""
    found = {}
    for path in folder.iterdir():
        if path.name != RUN_RECORD and (path.suffix in _ENDINGS or path.name.startswith(".")):
            text = path.read_text("utf-8", "surrogatepass")
            # The seal's own hash differs with a time above it; `not_ours` proves it.
            found[path.name] = _SEALED.sub("SEALED", _SHOWN.sub("TIME", _INSTANT.sub("TIME", text)))
    return found


def _recorded(folder: Path) -> list[tuple[object, ...]]:
    record = RunRecord.model_validate_json((folder / RUN_RECORD).read_bytes())
    return [
        (
            each.id,
            each.slug,
            each.files,
            each.beside,
            each.claims,
            each.high,
            each.flags,
            each.failures,
            each.error,
        )
        for each in record.articles
    ]


def _decided(folder: Path) -> list[str]:
    if not (folder / FILE).exists():
        return []
    with DeskStore.open(folder, create=False) as desk:
        return [event.model_copy(update={"at": ""}).model_dump_json() for event in desk.events()]


def _known(folder: Path) -> tuple[list[str], list[str], list[str]]:
    index = ClaimIndex(folder / INDEX)
    try:
        listing = [f"{each.id} {each.slug} {each.claims} {each.relations}" for each in index.listing()]
        heads = [index.get(each.id) for each in index.listing()]
        claims = [claim.id for head in heads if head for claim in head.claims]
        relations = [each.model_dump_json() for each in index.relations(claims)]
        return listing, relations, [*index.pending(), *index.unrelated()]
    finally:
        index.close()
