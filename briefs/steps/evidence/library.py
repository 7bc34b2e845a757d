"""Library: all passages of a folder's documents, to be found by words; built once, asked for every claim.

The index is SQLite's FTS5 in memory: BM25 (Robertson and Zaragoza 2009) over the terms of a passage, those of
the document's title and the heading above counting less. A claim is looked for by its rarest terms.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from functools import cached_property

from briefs.domain.documents import Document, Shelf, Table
from briefs.language.terms import content
from briefs.steps.evidence.passages import Passage, passages
from briefs.steps.evidence.words import figures_of

MOST_FOUND = 24
"""Passages that are looked at more closely for one claim."""
_MOST_TERMS = 10
_MOST_MET = 3_000
"""Passages that the terms of one search may stand in, all together, the three rarest terms apart."""
_LEAST_TERMS = 3


class Library:
    """The documents of a folder, indexed; `notes` and `left_out` say what could not be read."""

    def __init__(self, shelf: Shelf) -> None:
        self.documents: tuple[Document, ...] = shelf.documents
        self.notes = shelf.notes
        self.left_out = shelf.left_out
        self.passages: list[Passage] = []
        self._index = sqlite3.connect(":memory:")
        self._index.execute(
            "CREATE VIRTUAL TABLE passage USING fts5(words, around, content='',"
            " tokenize='unicode61 remove_diacritics 0')"
        )
        self._index.execute("CREATE VIRTUAL TABLE term USING fts5vocab(passage, row)")
        self._index.executemany(
            "INSERT INTO passage(rowid, words, around) VALUES (?, ?, ?)", self._rows(shelf.documents)
        )

    def _rows(self, documents: Iterable[Document]) -> Iterable[tuple[int, str, str]]:
        for document in documents:
            above: tuple[str, Table | None] | None = None
            around = ""
            for each in passages(document):
                self.passages.append(each)
                if above != (each.heading, each.table):
                    above = each.heading, each.table
                    around = _around(document, *above)
                text = each.text
                yield len(self.passages), _terms((*content(text), *figures_of(text))), around

    @cached_property
    def texts(self) -> frozenset[str]:
        """Return the hashes of the documents' texts."""
        return frozenset(each.text_sha256 for each in self.documents)

    def find(self, terms: Sequence[str]) -> list[Passage]:
        """Return the passages that hold most of the rarest of these terms, the best first."""
        rare = self._rarest(terms)
        if not rare:
            return []
        found = self._index.execute(
            "SELECT rowid FROM passage WHERE passage MATCH ? ORDER BY bm25(passage, 1.0, 0.4), rowid LIMIT ?",
            (" OR ".join(f'"{term}"' for term in rare), MOST_FOUND),
        )
        return [self.passages[row - 1] for (row,) in found]

    def _rarest(self, terms: Sequence[str]) -> list[str]:
        counted = []
        for place, term in enumerate(dict.fromkeys(map(_sayable, terms))):
            row = self._index.execute("SELECT doc FROM term WHERE term = ?", (term,)).fetchone()
            if row is not None and '"' not in term:
                counted.append((row[0], place, term))
        chosen: list[str] = []
        met = 0
        for passages_, _, term in sorted(counted)[:_MOST_TERMS]:
            met += passages_
            if len(chosen) >= _LEAST_TERMS and met > _MOST_MET:
                break
            chosen.append(term)
        return chosen


def _around(document: Document, heading: str, table: Table | None) -> str:
    columns = " ".join(table.columns) if table else ""
    return _terms(content(f"{document.title or ''} {heading} {columns} {_spelt(document.path)}"))


def _terms(found: Iterable[str]) -> str:
    return _sayable(" ".join(found))


def _spelt(path: str) -> str:
    return path.replace("_", " ").replace("-", " ").replace("/", " ")


def _sayable(text: str) -> str:
    """Return a term as the index holds it: a country's "@" as letters, no half characters of broken files."""
    return text.replace("@", "country").replace(".", "point").encode("utf-8", "replace").decode()
