"""Library: all passages of a folder's documents, to be found by words; built once, asked for every claim.

The index is SQLite's FTS5 in memory: Porter stems, BM25 (Robertson and Zaragoza 2009) over the words of a
passage, with the document's title and the heading above counting less.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from functools import cached_property

from briefs.domain.documents import Document, Shelf
from briefs.steps.evidence.passages import Passage, passages
from briefs.steps.evidence.words import figures_of

MOST_FOUND = 40
"""Passages that are looked at more closely for one claim."""
_MOST_TERMS = 40


class Library:
    """The documents of a folder, indexed; `notes` and `left_out` say what could not be read."""

    def __init__(self, shelf: Shelf) -> None:
        self.documents: tuple[Document, ...] = shelf.documents
        self.notes = shelf.notes
        self.left_out = shelf.left_out
        self.passages: list[Passage] = []
        self._index = sqlite3.connect(":memory:")
        self._index.execute(
            "CREATE VIRTUAL TABLE passage USING fts5(words, around, content='', tokenize='porter unicode61')"
        )
        self._index.executemany(
            "INSERT INTO passage(rowid, words, around) VALUES (?, ?, ?)", self._rows(shelf.documents)
        )

    def _rows(self, documents: Iterable[Document]) -> Iterable[tuple[int, str, str]]:
        for document in documents:
            for each in passages(document):
                self.passages.append(each)
                columns = " ".join(each.table.columns) if each.table else ""
                around = f"{document.title or ''} {each.heading} {columns} {_spelt(document.path)}"
                words = _sayable(each.text)
                yield len(self.passages), f"{words} {' '.join(figures_of(words))}", _sayable(around)

    @cached_property
    def texts(self) -> frozenset[str]:
        """Return the hashes of the documents' texts."""
        return frozenset(each.text_sha256 for each in self.documents)

    def find(self, terms: Sequence[str]) -> list[Passage]:
        """Return the passages that hold most of the rarest of these words, the best first."""
        quoted = [f'"{term}"' for term in dict.fromkeys(terms) if term.isalnum() or "." in term][:_MOST_TERMS]
        if not quoted:
            return []
        found = self._index.execute(
            "SELECT rowid FROM passage WHERE passage MATCH ? ORDER BY bm25(passage, 1.0, 0.4), rowid LIMIT ?",
            (" OR ".join(quoted), MOST_FOUND),
        )
        return [self.passages[row - 1] for (row,) in found]


def _spelt(path: str) -> str:
    return path.replace("_", " ").replace("-", " ").replace("/", " ")


def _sayable(text: str) -> str:
    """Return a text that SQLite can store: half characters, as broken files hold them, become U+FFFD."""
    return text.encode("utf-8", "replace").decode()
