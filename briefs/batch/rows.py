"""The tables of a submission's state, and their rows as types."""

from typing import Literal, NamedTuple

from briefs.llm.put_off import Posted

SCHEMA_VERSION = 1
TABLES = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE articles (name TEXT PRIMARY KEY, state TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE pages (
  name TEXT PRIMARY KEY, data BLOB NOT NULL, content_type TEXT, url TEXT, retrieved TEXT
);
CREATE TABLE requests (
  id TEXT PRIMARY KEY,          -- hash of the body
  article TEXT NOT NULL,        -- slug of the article that asked first
  tokens_in INTEGER NOT NULL,   -- estimated
  most_out INTEGER NOT NULL,
  batch INTEGER,                -- number of the batch that it is in, on its way
  rounds INTEGER NOT NULL DEFAULT 0,   -- how often it was sent and came back, answered or not
  status INTEGER,               -- of HTTP: what came back
  body BLOB,
  used_in INTEGER NOT NULL DEFAULT 0,  -- as the provider counted them, of all rounds
  used_out INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX requests_batch ON requests (batch) WHERE batch IS NOT NULL;
CREATE INDEX requests_article ON requests (article);
CREATE TABLE payers (key TEXT PRIMARY KEY, article TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX payers_article ON payers (article);
CREATE TABLE batches (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL,           -- by which its file and it are known at the provider
  state TEXT NOT NULL,
  requests INTEGER NOT NULL DEFAULT 0,
  bytes INTEGER NOT NULL DEFAULT 0,
  tokens INTEGER NOT NULL DEFAULT 0,   -- estimated, in
  file TEXT, batch TEXT, output TEXT, errors TEXT,   -- ids at the provider
  status TEXT NOT NULL DEFAULT '',
  completed INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0,
  created INTEGER NOT NULL DEFAULT 0, expires INTEGER,
  note TEXT NOT NULL DEFAULT ''
);
"""

Stage = Literal["writing", "written", "uploading", "uploaded", "creating", "sent", "gone", "back", "closed"]
"""Where a batch is: each is noted before what leads to the next is done.

"gone": it was sent, and the provider does not know it; a key of another project would hide it, too.
"""
UNSENT: tuple[Stage, ...] = ("written", "uploading", "uploaded", "creating")
UNDER_WAY: tuple[Stage, ...] = (*UNSENT, "sent", "gone")


class Row(NamedTuple):
    """What is known of a request."""

    rounds: int
    batch: int | None
    posted: Posted | None


class BatchRow(NamedTuple):
    """What is known of a batch; `BatchInfo` says what its fields are."""

    number: int
    name: str
    state: Stage
    requests: int
    bytes: int
    tokens: int
    file: str | None
    batch: str | None
    output: str | None
    errors: str | None
    status: str
    completed: int
    failed: int
    created: int
    expires: int | None
    note: str


class Sums(NamedTuple):
    """Tokens of requests."""

    spent_in: int
    spent_out: int
    held_in: int
    """Of those under way, estimated."""
    held_out: int
    """Of those under way, at most."""


class Page(NamedTuple):
    """A web page as it was when it was submitted."""

    data: bytes
    content_type: str | None
    url: str | None
    retrieved: str | None


Standing = Literal["open", "done", "partly", "failed"]
"""Where an article is."""


class Articles(NamedTuple):
    """How many articles are where."""

    open: int
    done: int
    partly: int
    """Done, with parts that are the offline draft because calls failed."""
    failed: int
