"""Passages of a folder of evidence in one SQLite file: written once, then read by any number of processes.

The index is FTS5: BM25 (Robertson and Zaragoza 2009) over the terms of a passage, those of what stands above
it counting less. A claim is looked for by its rarest terms. A file never changes once it has its name: it is
made beside it first, so that a killed run leaves none that is half full.
"""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from briefs.domain.documents import Passage, Review, Shelved, Source
from briefs.domain.spans import Span
from briefs.errors import StoreError
from briefs.text.searching import searchable

MOST_FOUND = 24
"""Passages that are looked at more closely for one claim."""
_MOST_TERMS = 10
_MOST_MET = 3_000
"""Passages that the terms of one search may stand in, all together, the three rarest terms apart."""
_LEAST_TERMS = 3
_TABLES = """
CREATE TABLE folder (about TEXT NOT NULL);     -- JSON: documents, notes and what was left out
CREATE TABLE passage (id INTEGER PRIMARY KEY, said TEXT NOT NULL);   -- JSON
CREATE VIRTUAL TABLE word USING fts5(words, around, content='', tokenize='unicode61 remove_diacritics 0');
CREATE VIRTUAL TABLE term USING fts5vocab(word, row);
CREATE TABLE frequency (term TEXT PRIMARY KEY, passages INTEGER NOT NULL) WITHOUT ROWID;
"""
_numbers = count()


class Folder(NamedTuple):
    """What is known of a folder as a whole."""

    documents: tuple[Source, ...]
    notes: tuple[str, ...] = ()
    """One line each: a file that was left out, and why."""
    left_out: tuple[str, ...] = ()


class PassageIndex:
    """The passages of a folder, read from a file that `write` made; raises StoreError where it cannot be."""

    def __init__(self, path: Path) -> None:
        where = f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1"
        try:
            self._database = sqlite3.connect(where, uri=True, check_same_thread=False)
            about = json.loads(self._database.execute("SELECT about FROM folder").fetchone()[0])
        except (sqlite3.Error, ValueError, TypeError) as error:
            raise StoreError(f"{path}: is no index of a folder of evidence ({error})") from error
        self._folder = Folder(
            tuple(Source(*each) for each in about["documents"]),
            tuple(about["notes"]),
            tuple(about["left_out"]),
        )

    @property
    def documents(self) -> tuple[Source, ...]:
        """Return the documents, by path."""
        return self._folder.documents

    @property
    def notes(self) -> tuple[str, ...]:
        """Return what a person is told of files that could not be read."""
        return self._folder.notes

    @property
    def left_out(self) -> tuple[str, ...]:
        """Return the paths of the files that could not be read."""
        return self._folder.left_out

    def __len__(self) -> int:
        """Return how many passages there are."""
        return int(self._database.execute("SELECT count(*) FROM passage").fetchone()[0])

    def find(self, terms: Sequence[str]) -> list[Passage]:
        """Return the passages that hold most of the rarest of these terms, the best first."""
        rare = self._rarest(terms)
        if not rare:
            return []
        found = self._database.execute(
            "SELECT rowid FROM word WHERE word MATCH ? ORDER BY bm25(word, 1.0, 0.4), rowid LIMIT ?",
            (" OR ".join(f'"{term}"' for term in rare), MOST_FOUND),
        )
        return [self._passage(row) for (row,) in found.fetchall()]

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _rarest(self, terms: Sequence[str]) -> list[str]:
        counted = []
        for place, term in enumerate(dict.fromkeys(searchable([term]) for term in terms)):
            row = self._database.execute("SELECT passages FROM frequency WHERE term = ?", (term,)).fetchone()
            if row is not None and '"' not in term:
                counted.append((row[0], place, term))
        chosen: list[str] = []
        met = 0
        for passages, _, term in sorted(counted)[:_MOST_TERMS]:
            met += passages
            if len(chosen) >= _LEAST_TERMS and met > _MOST_MET:
                break
            chosen.append(term)
        return chosen

    def _passage(self, row: int) -> Passage:
        said = self._database.execute("SELECT said FROM passage WHERE id = ?", (row,)).fetchone()[0]
        document, start, end, text, place, heading, lead, columns, decimal, cells, review = json.loads(said)
        return Passage(
            self.documents[document],
            Span(start=start, end=end),
            text,
            place,
            heading,
            lead,
            tuple(columns),
            decimal,
            None if cells is None else tuple(cells),
            None if review is None else Review(**review),
        )


def write(path: Path, folder: Folder, shelved: Iterable[Shelved]) -> None:
    """Make the file of a folder's passages, which come in the order of their documents.

    It takes its name when it is whole and on the disk. Raises OSError or sqlite3.Error; nothing is left then.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = path.with_name(f"{path.name}.{os.getpid()}-{next(_numbers)}.tmp")
    try:
        os.close(os.open(beside, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        with closing(sqlite3.connect(beside, isolation_level=None)) as database:
            _fill(database, folder, shelved)
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _fill(database: sqlite3.Connection, folder: Folder, shelved: Iterable[Shelved]) -> None:
    # Nobody sees the file before it is whole: a journal would only be written for nothing.
    database.execute("PRAGMA journal_mode = OFF")
    database.execute("PRAGMA synchronous = OFF")
    database.executescript(_TABLES)
    database.execute("BEGIN")
    about = {"documents": folder.documents, "notes": folder.notes, "left_out": folder.left_out}
    database.execute("INSERT INTO folder VALUES (?)", (json.dumps(about),))
    places = {source: place for place, source in enumerate(folder.documents)}
    kept: list[tuple[int, str]] = []

    def words() -> Iterator[tuple[int, str, str]]:
        for row, each in enumerate(shelved, 1):
            kept.append((row, _said(each.passage, places[each.passage.source])))
            yield row, each.words, each.around

    database.executemany("INSERT INTO word(rowid, words, around) VALUES (?, ?, ?)", words())
    database.executemany("INSERT INTO passage VALUES (?, ?)", kept)
    database.execute("INSERT INTO frequency SELECT term, doc FROM term")
    database.execute("COMMIT")


def _said(passage: Passage, document: int) -> str:
    review = passage.review
    return json.dumps(
        (
            document,
            passage.span.start,
            passage.span.end,
            passage.text,
            passage.place,
            passage.heading,
            passage.lead,
            passage.columns,
            passage.decimal,
            passage.cells,
            None if review is None else review.model_dump(),
        )
    )
