"""Make the index say what an output folder says: files gone, new, or changed since they were read."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from briefs.domain.brief import SCHEMA_VERSION, ArticleBriefs
from briefs.errors import StoreError, where_raised
from briefs.store.claim_index.entry import Entry, Stamp
from briefs.store.claims import ClaimIndex
from briefs.store.files import content_of
from briefs.store.outputs import NO_BRIEFS

EntryOf = Callable[[ArticleBriefs], Entry]
_LARGEST = 200_000_000
"""Bytes; the JSON of the longest article that is briefed has a tenth of it."""


class Reconciled(NamedTuple):
    """What a folder's files changed in the index."""

    gone: tuple[str, ...]
    """Ids of articles whose file is no longer there or no longer theirs; their traces are removed."""
    changed: tuple[str, ...]
    """Ids of articles that were put anew; they are `unrelated`."""
    notes: tuple[str, ...]
    """A line for a person about each file that could not be taken in."""


def reconcile(index: ClaimIndex, folder: Path, entry_of: EntryOf) -> Reconciled:
    """Take into the index what an output folder holds, and out of it what the folder holds no longer.

    Files of the size and time that the index knows are not read. One that is no article's briefs, or that
    says to be another's, is left out with a note. Raises StoreError.
    """
    return _Reconciling(index, folder, entry_of).done()


class _RefusedError(Exception):
    """A file that is not taken in; `str()` says why, unless it is somebody's file that never was ours."""


class _Reconciling:
    def __init__(self, index: ClaimIndex, folder: Path, entry_of: EntryOf) -> None:
        self._index, self._folder, self._entry_of = index, folder, entry_of
        self._holders = {stamp.slug: article for article, stamp in index.stamps(folder).items()}
        self._stamps = index.stamps(folder)
        self._gone: list[str] = []
        self._changed: list[str] = []
        self._notes: list[str] = []

    def done(self) -> Reconciled:
        found = dict(_files(self._folder))
        for slug in sorted(self._holders.keys() - found.keys()):
            self._remove(slug)
        for slug, stamp in sorted(found.items()):
            if slug not in self._holders or self._stamps[self._holders[slug]] != stamp:
                self._take_in(stamp)
        gone, changed = sorted(set(self._gone) - set(self._changed)), sorted(self._changed)
        return Reconciled(tuple(gone), tuple(changed), tuple(self._notes))

    def _take_in(self, stamp: Stamp) -> None:
        path = self._folder / f"{stamp.slug}.json"
        try:
            result = _read(path, stamp)
            article = result.article.id
            self._check(article, stamp.slug)
            entry = self._entry(result)
        except _RefusedError as refused:
            self._remove(stamp.slug)
            if str(refused):
                self._notes.append(f"{path}: {refused}; it is not related to other articles")
            return
        if self._holders.get(stamp.slug, article) != article:
            self._remove(stamp.slug)
        with self._index.writing():
            if self._index.put(entry, self._folder):
                self._changed.append(article)
            self._index.stamp(article, stamp)

    def _remove(self, slug: str) -> None:
        article = self._holders.pop(slug, None)
        if article is not None and self._index.remove(article):
            self._gone.append(article)

    def _check(self, article: str, slug: str) -> None:
        """Refuse a file of an article that another file stands for."""
        folder, known = self._index.folder(article), self._index.articles([article]).get(article)
        if (
            folder is None
            or known is None
            or (known.slug == slug and folder.resolve() == self._folder.resolve())
        ):
            return
        if (other := folder / f"{known.slug}.json").exists():
            raise _RefusedError(f"{other} holds the same article")

    def _entry(self, result: ArticleBriefs) -> Entry:
        try:
            return self._entry_of(result)
        except StoreError:
            raise
        except Exception as error:
            raise _RefusedError(where_raised(error)) from error


def _files(folder: Path) -> Iterator[tuple[str, Stamp]]:
    for path in folder.glob("*.json"):
        stamp = Stamp.of(path)
        if path.name not in NO_BRIEFS and stamp is not None:
            yield path.stem, stamp


def _read(path: Path, stamp: Stamp) -> ArticleBriefs:
    if stamp.size > _LARGEST:
        raise _RefusedError("too large for an article's briefs")
    try:
        content = content_of(path)
    except OSError as error:
        raise _RefusedError(f"cannot be read ({error.strerror or error})") from error
    try:
        result = ArticleBriefs.from_json(content)
    except (ValueError, RecursionError) as error:
        ours = all(key in content for key in (b'"ledger"', b'"article"', b'"schema_version"'))
        wrong = f"not the briefs of an article (schema version {SCHEMA_VERSION})" if ours else ""
        raise _RefusedError(wrong) from error
    if result.article.slug != stamp.slug:
        raise _RefusedError("holds an article of another name")
    return result
