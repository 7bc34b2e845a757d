"""One article of the folder with what was decided on it, read when it is asked for."""

import os
import stat
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import NamedTuple, TypeVar

from pydantic import ValidationError

from briefs.domain.brief import ArticleBriefs
from briefs.domain.desk_events import DeskEvent
from briefs.review.fold import ClaimState, states
from briefs.review.project import project
from briefs.steps.render.view import Page, page
from briefs.store.desk import DeskStore

LARGEST = 64 * 1024 * 1024
"""Bytes of a JSON file that is read; an article of 2 MB has a fifth of it."""
_KEPT = 8
"""Articles that are kept open."""
Value = TypeVar("Value")


class Unreadable(Exception):  # noqa: N818 - said of a file, and shown
    """A file of the folder holds no article's briefs; the message is for people."""


class Stamp(NamedTuple):
    """What tells one content of a file from the next."""

    mtime_ns: int
    size: int
    inode: int

    @classmethod
    def of(cls, found: os.stat_result) -> "Stamp":
        """Return the stamp of a file."""
        return cls(found.st_mtime_ns, found.st_size, found.st_ino)

    def __str__(self) -> str:
        return f"{self.mtime_ns}-{self.size}-{self.inode}"


class Opened(NamedTuple):
    """An article, its briefs with the desk's decisions in them, and these decisions."""

    bare: ArticleBriefs
    """As its JSON file has it."""
    result: ArticleBriefs
    states: Mapping[str, ClaimState]
    """By brief id; none for a claim on which nothing was recorded."""
    events: tuple[DeskEvent, ...]
    page: Page
    stamp: Stamp


class Read(NamedTuple):
    """An article's briefs as its file has them."""

    stamp: Stamp
    briefs: ArticleBriefs


class Articles:
    """Opens articles of one folder; the last few are kept until their file or their decisions change."""

    def __init__(self, folder: Path, store: DeskStore) -> None:
        """Take the folder and its store."""
        self._folder, self._store = folder, store
        self._lock = Lock()
        self._read: OrderedDict[str, Read] = OrderedDict()
        self._opened: OrderedDict[str, Opened] = OrderedDict()

    def read(self, slug: str, *, keep: bool = True) -> Read:
        """Return an article's briefs as its file has them; `slug` must come from the catalogue.

        Raises Unreadable.
        """
        path = self._folder / f"{slug}.json"
        with self._lock:
            held = self._read.get(slug)
        try:
            handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
            with os.fdopen(handle, "rb") as file:
                found = os.fstat(file.fileno())
                stamp = Stamp.of(found)
                if held is not None and held.stamp == stamp:
                    return held
                if not stat.S_ISREG(found.st_mode):
                    raise Unreadable("is no file")
                if found.st_size > LARGEST:
                    raise Unreadable(f"is larger than {LARGEST // 2**20} MB")
                content = file.read(LARGEST + 1)
        except OSError as error:
            raise Unreadable(f"cannot be read ({error.strerror or type(error).__name__})") from error
        try:
            briefs = ArticleBriefs.from_json(content)
        except (ValidationError, ValueError) as error:
            raise Unreadable("is not the JSON of briefs") from error
        if briefs.article.slug != slug:
            raise Unreadable("holds briefs of another name")
        made = Read(stamp, briefs)
        if keep:
            with self._lock:
                _keep(self._read, slug, made)
        return made

    def open(self, slug: str) -> Opened:
        """Return an article with what was decided on it up to now; raises Unreadable."""
        stamp, bare = self.read(slug)
        events = self._store.events(article=bare.article.id)
        with self._lock:
            held = self._opened.get(slug)
        last = events[-1].seq if events else 0
        if held is not None and held.stamp == stamp and (held.events[-1].seq if held.events else 0) == last:
            return held
        found = states(events)
        result = project(bare, found)
        made = Opened(bare, result, found, events, page(result), stamp)
        with self._lock:
            _keep(self._opened, slug, made)
        return made


def _keep(held: OrderedDict[str, Value], slug: str, value: Value) -> None:
    held[slug] = value
    held.move_to_end(slug)
    while len(held) > _KEPT:
        held.popitem(last=False)
