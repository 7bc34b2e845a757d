"""A row of a manifest: what it says of one article, checked. Whoever wrote it, it is hostile text.

A row gives an article's text (`text`, or `html` for a page) or says where it lies (`path`, or `url` alone),
and may state `id`, `url`, `title`, `outlet`, `byline`, `published` and `copy`. Nothing in it is guessed.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from briefs.domain.article import Copy

COLUMNS = ("path", "url", "text", "html", "id", "title", "outlet", "byline", "published", "copy")
"""The names that are read; any other is left aside."""
SOURCES = ("path", "url", "text", "html")
"""Of these a row has to have one."""
STATED = ("id", "url", "title", "outlet", "byline", "published", "copy")
_LONGEST = {"path": 4_000, "url": 4_000, "id": 2_000}
_LONGEST_WORDS = 1_000
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters, and half characters, which JSON lets through."""
_ADDRESS = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,20}://")


class Trouble(NamedTuple):
    """Why a row is no article, and what to do."""

    reason: str
    advice: str


class RowError(ValueError):
    """A row does not say which article it means, or says it wrongly."""

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(reason)
        self.trouble = Trouble(reason, advice)


class Stated(NamedTuple):
    """What a row states of its article; a field is none where it says nothing."""

    id: str | None = None
    url: str | None = None
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: str | None = None
    """ISO 8601 date or date-time."""
    copy_kind: Copy | None = None

    @property
    def named(self) -> tuple[str, ...]:
        """Return the names of the columns that say something."""
        return tuple(name for name, said in zip(STATED, self, strict=True) if said is not None)


class Row(NamedTuple):
    """One row of a manifest."""

    manifest: str
    """The manifest as a person named it."""
    number: int
    """Counted as an editor or a spreadsheet shows it: lines of JSONL and records of Parquet from 1; a
    CSV's heading is row 1."""
    stated: Stated = Stated()
    path: str | None = None
    text: str | None = None
    html: str | None = None
    trouble: Trouble | None = None

    @property
    def place(self) -> str:
        """Return how a message names the row."""
        return f"{self.manifest}, row {self.number}"


def row_of(values: Mapping[str, object], manifest: str, number: int) -> Row:
    """Return the row that `values` say, by column; raises RowError where they say no article."""
    said = {name: _words(name, values.get(name)) for name in COLUMNS}
    text, html, path, url = said["text"], said["html"], said["path"], said["url"]
    if sum(each is not None for each in (text, html, path)) > 1:
        raise RowError("has more than one of path, text and html", "give one of them")
    if all(said[name] is None for name in SOURCES):
        raise RowError("has no text", "give path, url, text or html")
    if url is not None and not _ADDRESS.fullmatch(url):
        raise RowError("its url is no http(s) address", "correct it, or leave it out")
    if path is not None and _SCHEME.match(path):
        raise RowError("its path is an address", "give an http(s) address as url, a file by its path")
    for name, given in (("text", text), ("html", html)):
        if given is not None and "\0" in given:
            raise RowError(f"its {name} holds NUL characters", "export it again")
    stated = Stated(
        id=said["id"],
        url=url,
        title=said["title"],
        outlet=said["outlet"],
        byline=said["byline"],
        published=None if said["published"] is None else _day(said["published"]),
        copy_kind=None if said["copy"] is None else _copy(said["copy"]),
    )
    return Row(manifest, number, stated, path, text, html)


def _words(name: str, value: object) -> str | None:
    """Return what a cell says as text; none where it is empty."""
    if name == "published" and isinstance(value, date):  # Parquet has types for days and times
        return value.isoformat()
    if name == "id" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if value is None:
        return None
    if not isinstance(value, str):
        raise RowError(f"its {name} is not text", "write it as a string")
    if name in ("text", "html"):
        return value if value.strip() else None
    words = value if name == "path" else " ".join(value.split())
    if not words.strip():
        return None
    longest = _LONGEST.get(name, _LONGEST_WORDS)
    if len(words) > longest:
        raise RowError(f"its {name} has {len(words):,} characters", f"give {longest:,} at most")
    if _CONTROL.search(words):
        raise RowError(f"its {name} holds control characters", "export it again")
    return words


def _day(stated: str) -> str:
    """Return an ISO 8601 date or date-time; RFC 2822 is read too, as feeds give it."""
    for read in (date.fromisoformat, datetime.fromisoformat, parsedate_to_datetime):
        try:
            return read(stated).isoformat()
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    raise RowError(f"its published is no date ({stated[:40]})", "write it as YYYY-MM-DD")


def _copy(stated: str) -> Copy:
    try:
        return Copy(stated.lower())
    except ValueError:
        raise RowError(
            f"its copy is neither own nor published ({stated[:40]})", "write one of them"
        ) from None
