"""What is known of a submission: its articles, requests and batches, in one SQLite file of the output folder.

The file is its owner's alone and held by one command at a time; a killed command lets go of it. What leads
to money spent (a batch written, sent, come back) is on the disk before the next step is taken. Replies stand
here from the moment they come back until their article is written, so that the provider's files can be
deleted at once and no reply hangs on the call cache.
"""

import re
import sqlite3
from pathlib import Path

from briefs.batch.held import HeldFile
from briefs.batch.job import BatchJob
from briefs.batch.rows import (
    UNDER_WAY,
    Articles,
    BatchRow,
    Page,
    Row,
    Stage,
    Standing,
    Sums,
)
from briefs.errors import ConfigError
from briefs.llm.batch_api import BatchInfo
from briefs.llm.payload import Form
from briefs.llm.put_off import Posted

_OURS = re.compile(r"briefs-[0-9a-f]{16}(?:\.output|\.errors)?\.jsonl")
"""Names of the files in it that we made."""


class BatchState(HeldFile):
    """The state in one file, a context; every method raises StoreError where the file cannot be used."""

    # What was asked for, and what holds for all of it.

    @property
    def job(self) -> BatchJob | None:
        """Return what was asked for, or none; raises ConfigError where it cannot be read."""
        said = self.fact("job")
        try:
            return BatchJob.from_json(said) if said is not None else None
        except ValueError:
            raise ConfigError(f"{self.path}: not as this version writes it; collect with the other") from None

    def begin(self, job: BatchJob) -> None:
        """Begin a submission; of the former one only answers stay that no article has had yet."""
        with self.durably() as database:
            database.execute("DELETE FROM facts WHERE name != 'form' OR ?", (self._other_server(job),))
            database.execute("DELETE FROM articles")
            database.execute("DELETE FROM batches")
            database.execute("DELETE FROM payers")
            database.execute("DELETE FROM pages")
            database.execute("DELETE FROM requests WHERE status IS NOT 200 OR body IS NULL")
            database.execute("UPDATE requests SET used_in = 0, used_out = 0, rounds = 0, batch = NULL")
            database.execute("INSERT INTO facts VALUES ('job', ?)", (job.to_json(),))

    def goes_on(self, job: BatchJob) -> None:
        """Note what is asked for from now on, which is the same but for how often and for how much."""
        self.remember("job", job.to_json())

    @property
    def whole(self) -> bool:
        """Return whether every article of the submission is known: a round has gone through all of them."""
        return self.fact("whole") == "1"

    @property
    def to_draft(self) -> bool:
        """Return whether another round may write an article or a request, or has articles to relate."""
        drafts = not self.whole or (self.fact("to_draft") == "1" and self.articles().open > 0)
        return drafts or self.to_relate

    @property
    def unfinished(self) -> bool:
        """Return whether something was submitted and is not all written yet."""
        if self.fact("job") is None:
            return False
        awaited = self.articles().open > 0 or bool(self.batches(*UNDER_WAY))
        return not self.whole or awaited or self.to_relate

    @property
    def to_relate(self) -> bool:
        """Return whether articles were written that have not all been held against the others yet."""
        return self.fact("to_relate") == "1"

    def relating(self) -> None:
        """Note that articles are about to be written, which are then to be related."""
        self.remember("to_relate", "1")

    def related(self) -> None:
        """Note that all that was written is related."""
        self.remember("to_relate", "0")

    def drafted(self) -> None:
        """Note that a round has gone through all articles: the next has nothing to do before replies come."""
        with self.durably() as database:
            database.execute("INSERT OR REPLACE INTO facts VALUES ('whole', '1'), ('to_draft', '0')")

    def _other_server(self, job: BatchJob) -> bool:
        former = self.job
        keys = ("model", "base_url")
        return former is None or any(former.settings.get(key) != job.settings.get(key) for key in keys)

    def fact(self, name: str) -> str | None:
        """Return what is remembered under a name."""
        row = self._do("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def remember(self, name: str, value: str) -> None:
        """Remember something durably."""
        with self.durably() as database:
            database.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    @property
    def form(self) -> Form:
        """Return how the server is asked for a schema."""
        return Form(self.fact("form") or Form.BOUNDED)

    # Articles.

    def article(self, name: str) -> Standing | None:
        """Return where an article is, or none for one that is no part of the submission."""
        row = self._do("SELECT state FROM articles WHERE name = ?", (_spelled(name),)).fetchone()
        return None if row is None else row[0]

    def article_is(self, name: str, standing: Standing, slug: str = "") -> None:
        """Note where an article is; the answers of one that is done (`slug`) are dropped."""
        self._do("INSERT OR REPLACE INTO articles VALUES (?, ?)", (_spelled(name), standing))
        if slug:
            self._do(
                "UPDATE requests SET body = NULL WHERE article = ? AND status = 200 AND batch IS NULL",
                (slug,),
            )
            self._do("DELETE FROM payers WHERE article = ?", (slug,))
            self._do("DELETE FROM pages WHERE name = ?", (_spelled(name),))

    def page(self, name: str) -> Page | None:
        """Return the page of an article that was fetched."""
        row = self._do(
            "SELECT data, content_type, url, retrieved FROM pages WHERE name = ?", (_spelled(name),)
        ).fetchone()
        return None if row is None else Page(*row)

    def keep_page(self, name: str, page: Page) -> None:
        """Keep the page of an article."""
        self._do("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?)", (_spelled(name), *page))

    def articles(self) -> Articles:
        """Count the articles."""
        counted = dict(self._do("SELECT state, count(*) FROM articles GROUP BY state").fetchall())
        return Articles(*(int(counted.get(name, 0)) for name in Articles._fields))

    # Requests.

    def request(self, name: str) -> Row | None:
        """Return what is known of a request."""
        row = self._do("SELECT rounds, batch, status, body FROM requests WHERE id = ?", (name,)).fetchone()
        if row is None:
            return None
        posted = Posted(int(row[2]), bytes(row[3])) if row[2] is not None and row[3] is not None else None
        return Row(int(row[0]), row[1], posted)

    def put(self, name: str, article: str, tokens: tuple[int, int], batch: int) -> None:
        """Note that a request goes into a batch; `tokens` are those in and, at most, out."""
        self._do(
            "INSERT INTO requests (id, article, tokens_in, most_out, batch) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET batch = excluded.batch, status = NULL, body = NULL",
            (name, article, *tokens, batch),
        )

    def take(self, batch: int, name: str, posted: Posted, tokens: tuple[int, int]) -> bool:
        """Keep what came back for a request of a batch; false where it is none, or has come before."""
        taken = self._do(
            "UPDATE requests SET status = ?, body = ?, used_in = used_in + ?, used_out = used_out + ?"
            " WHERE id = ? AND batch = ? AND status IS NULL",
            (posted.status, posted.body, *tokens, name, batch),
        )
        return taken.rowcount == 1

    def payer(self, key: str) -> str | None:
        """Return the article that paid for a call, by the key of the call cache."""
        row = self._do("SELECT article FROM payers WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def pays(self, key: str, article: str) -> None:
        """Note which article pays for a call."""
        self._do("INSERT OR REPLACE INTO payers VALUES (?, ?)", (key, article))

    def sums(self) -> Sums:
        """Return the tokens of all requests of the submission."""
        row = self._do(
            "SELECT total(used_in), total(used_out),"
            " total(tokens_in) FILTER (WHERE batch IS NOT NULL AND status IS NULL),"
            " total(most_out) FILTER (WHERE batch IS NOT NULL AND status IS NULL) FROM requests"
        ).fetchone()
        return Sums(*(int(each) for each in row))

    # Batches.

    def new_batch(self, name: str) -> int:
        """Begin a batch and return its number."""
        row = self._do("INSERT INTO batches (name, state) VALUES (?, 'writing')", (name,))
        return int(row.lastrowid or 0)

    def written(self, number: int, requests: int, size: int, tokens: int) -> None:
        """Note that the file of a batch is whole, and what is in it."""
        with self.durably() as database:
            database.execute(
                "UPDATE batches SET state = 'written', requests = ?, bytes = ?, tokens = ? WHERE number = ?",
                (requests, size, tokens, number),
            )

    def is_at(self, number: int, stage: Stage, *, file: str | None = None) -> None:
        """Note where a batch is, and its file's id at the provider."""
        with self.durably() as database:
            database.execute(
                "UPDATE batches SET state = ?, file = coalesce(?, file) WHERE number = ?",
                (stage, file, number),
            )

    def told(self, number: int, info: BatchInfo) -> None:
        """Note what the provider tells of a batch; from now on it is sent."""
        with self.durably() as database:
            database.execute(
                "UPDATE batches SET state = 'sent', batch = ?, status = ?, completed = ?, failed = ?,"
                " created = ?, expires = ?, output = ?, errors = ? WHERE number = ?",
                (
                    *(info.id, info.status, info.completed, info.failed, info.created, info.expires),
                    *(info.output, info.errors, number),
                ),
            )

    def came_back(self, number: int, missing: Posted, note: str) -> int:
        """Note that all has come back that will: `missing` stands for what did not.

        Return for how many requests it stands, those included of which a line said just that.
        """
        with self.durably() as database:
            database.execute(
                "UPDATE requests SET status = ?, body = ? WHERE batch = ? AND status IS NULL",
                (*missing, number),
            )
            (unanswered,) = database.execute(
                "SELECT count(*) FROM requests WHERE status = ? AND body = ? AND batch = ?",
                (*missing, number),
            ).fetchone()
            database.execute(
                "UPDATE requests SET rounds = rounds + 1, batch = NULL WHERE batch = ?", (number,)
            )
            database.execute("UPDATE batches SET state = 'back', note = ? WHERE number = ?", (note, number))
            self._unsettle(database)
        return int(unanswered)

    def taken_back(self, number: int, note: str, most_tokens: int | None = None) -> None:
        """Note that nothing will come of a batch, and no round of it counts: its requests wait for others.

        `most_tokens`: what the others may queue at most, where this one was not taken for its size.
        """
        with self.durably() as database:
            database.execute("UPDATE requests SET batch = NULL WHERE batch = ?", (number,))
            database.execute("UPDATE batches SET state = 'back', note = ? WHERE number = ?", (note, number))
            if most_tokens is not None:
                learned = ("most_tokens", str(most_tokens))
                database.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", learned)
            self._unsettle(database)

    @staticmethod
    def _unsettle(database: sqlite3.Connection) -> None:
        database.execute("INSERT OR REPLACE INTO facts VALUES ('to_draft', '1')")

    def batches(self, *stages: Stage) -> tuple[BatchRow, ...]:
        """Return the batches at some stages, or all, in their order."""
        rows = self._do(f"SELECT {', '.join(BatchRow._fields)} FROM batches ORDER BY number")  # noqa: S608 - names of our own
        found = (BatchRow(*row) for row in rows.fetchall())
        return tuple(each for each in found if not stages or each.state in stages)

    def file_of(self, batch: BatchRow, kind: str = "") -> Path:
        """Return the path of a batch's file on its way."""
        return self.folder / f"{batch.name}{kind}.jsonl"

    def drop_files(self, batch: BatchRow) -> None:
        """Delete a batch's files in our own folder."""
        for kind in ("", ".output", ".errors"):
            self.file_of(batch, kind).unlink(missing_ok=True)

    def forget(self, batch: BatchRow) -> None:
        """Forget a batch that was not sent: its requests wait again."""
        with self.durably() as database:
            database.execute("UPDATE requests SET batch = NULL WHERE batch = ?", (batch.number,))
            database.execute("DELETE FROM batches WHERE number = ?", (batch.number,))
            self._unsettle(database)

    def _settle(self) -> None:
        """Forget files that were being written when a command was killed: their requests wait again."""
        for batch in self.batches("writing"):
            self.forget(batch)
        known = {each.name for each in self.batches(*UNDER_WAY)}
        for path in self.folder.iterdir():
            if _OURS.fullmatch(path.name) and path.name.split(".")[0] not in known:
                path.unlink(missing_ok=True)


def _spelled(name: str) -> str:
    """Return an input's name as SQLite takes it: a file's name may be no valid Unicode."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")
