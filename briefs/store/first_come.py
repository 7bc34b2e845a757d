"""Who came first under a name: a dictionary that only grows, and whose growth goes to disk, not to memory."""

import sqlite3
from hashlib import blake2b


class FirstCome:
    """Names, each with the value that it was first given; gone when the process ends.

    SQLite's own temporary file holds what exceeds its cache of 2 MB, some 100 bytes a name. Where that
    cannot be written, further names stay in memory.
    """

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.execute("CREATE TABLE first (name BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID")
        self._db.execute("BEGIN")  # never committed: there is nothing to come back to
        self._kept: dict[bytes, str] = {}

    def first(self, name: str, value: str) -> str:
        """Return the value that `name` was given first; `value` where it is new."""
        key = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        if (kept := self._kept.get(key)) is not None:
            return kept
        found = self._db.execute("SELECT value FROM first WHERE name = ?", (key,)).fetchone()
        if found is not None:
            return str(bytes(found[0]), "utf-8", "surrogatepass")
        try:
            data = value.encode("utf-8", "surrogatepass")
            self._db.execute("INSERT INTO first VALUES (?, ?)", (key, data))
        except sqlite3.Error:
            self._kept[key] = value
        return value
