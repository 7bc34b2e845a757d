"""Living: an article's files follow what editors decide, and what they decided follows the article.

Before an article is written, sign-offs of its former version are carried over, and everything that was
decided is put into its briefs. The truth is the desk's events (`briefs.store.desk`); what is written here is
a projection of them and of the draft. Articles that nobody has decided anything about are written as they
were drafted.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple, Self, get_args

from briefs.domain.brief import ArticleBriefs
from briefs.errors import ConfigError, DeskError, StaleEdit
from briefs.pipeline.rereading import Rereading
from briefs.pipeline.work import Drafted
from briefs.review.carry import Carried, carry
from briefs.review.fold import ClaimState, states
from briefs.review.project import bare, project
from briefs.steps.render import Format, render
from briefs.store.desk import DeskStore
from briefs.store.outputs import Written, write

_TRIES = 20
"""How often work is done again because somebody else was faster."""


class Former(NamedTuple):
    """The version of an article that another one follows, where that has another id."""

    article: str
    """Its id."""
    briefs: ArticleBriefs | None = None
    """Its briefs, where they are known."""


class Living:
    """The desk of one output folder, and the files that follow it."""

    def __init__(self, folder: Path, desk: DeskStore, former: Former | None = None) -> None:
        """Take an open desk; `former` is the version that the one article of a run follows."""
        self.notes: list[str] = []
        """Lines for a person about the run as a whole."""
        self._folder, self._desk, self._former = folder, desk, former
        self._decided: frozenset[str] | None = None
        self._told: dict[str, list[str]] = {}

    @classmethod
    def open(cls, folder: Path, *, create: bool = True, former: Former | None = None) -> Self:
        """Open the desk of a folder; where it has none, make one, or with `create` false do without.

        Raises ConfigError or DeskError where there is one that cannot be used: files that were written
        without it would look as if nobody had decided anything.
        """
        return cls(folder, DeskStore.open(folder, create=create), former)

    @property
    def desk(self) -> DeskStore:
        """Return the desk, for whoever records events."""
        return self._desk

    def met(self, drafted: Drafted) -> ArticleBriefs | None:
        """Return a new draft as `prepared` does; none where it can stay as it is, or its JSON is not made."""
        if "json" not in drafted.files or not self._concerns(drafted):
            return None
        return self.prepared(ArticleBriefs.from_json(drafted.files["json"]))

    def write_draft(self, drafted: Drafted, result: ArticleBriefs | None) -> Written:
        """Write a draft's files, or those of what has become of it."""
        if result is None:
            return self.put(drafted.slug, drafted.files)
        return self.write(result, drafted.forms)

    def prepared(self, result: ArticleBriefs) -> ArticleBriefs:
        """Return a new draft with everything that was decided about it, sign-offs of its former version too.

        What was carried over is recorded. Raises DeskError when that fails.
        """
        fresh = bare(result)
        former = self._before(fresh)
        versions = Rereading(fresh, former, self._desk.text)
        for _ in range(_TRIES):
            now = self._states(fresh.article.id)
            carried = carry(now, fresh, versions, self._former.article if self._former else None)
            if not carried.drafts:
                return project(fresh, now)
            try:
                self._record(carried, fresh)
            except StaleEdit:
                continue
            self._tell(fresh.article.slug, carried)
            return project(fresh, self._states(fresh.article.id))
        raise DeskError(f"{self._desk.path}: others kept changing it; run again")

    def projected(self, result: ArticleBriefs) -> ArticleBriefs:
        """Return an article's briefs with what was decided about them by now."""
        now = self._states(result.article.id)
        return project(result, now) if now else result

    def write(self, result: ArticleBriefs, forms: Iterable[Format]) -> Written:
        """Write an article's files, with what was decided about it; the JSON last.

        Raises ConfigError when the folder cannot be written, DeskError when the desk cannot be read.
        """
        return self.put(result.article.slug, files_of(self.projected(result), forms))

    def put(self, slug: str, files: Mapping[str, str]) -> Written:
        """Write files as they are, and remember which Markdown was generated."""
        written = write(self._folder, slug, files)
        told = self._told.pop(slug, [])
        if told:
            note = "; ".join([*told, *([written.note] if written.note else [])])
            written = written._replace(note=note)
        return written

    def refresh(self, slug: str) -> Written:
        """Bring one article's files up to what was decided, in the formats that it has.

        Whoever finishes last has seen all events, however many processes do it at once. Raises ConfigError
        when the article's JSON is not there or the folder cannot be written, DeskError.
        """
        path = self._folder / f"{slug}.json"
        written: Written | None = None
        for _ in range(_TRIES):
            seen = self._desk.last()
            result = _read(path)
            if result is None:
                raise ConfigError(f"{path}: is not there or not the briefs of an article; run briefs again")
            there = [form for form in get_args(Format) if (self._folder / f"{slug}.{form}").exists()]
            written = self.write(result, there)
            if self._desk.last() == seen:
                return written
        raise DeskError(f"{self._desk.path}: others kept changing it; try again")

    def close(self) -> None:
        """Close the desk."""
        self._desk.close()

    def _concerns(self, drafted: Drafted) -> bool:
        """Tell whether anybody has decided anything about an article, or written into its Markdown."""
        if self._former is not None:
            return True
        if self._decided is None:
            self._decided = frozenset(self._desk.articles())
        return drafted.id in self._decided

    def _states(self, article: str) -> Mapping[str, ClaimState]:
        events = list(self._desk.events(article=article))
        if self._former is not None:
            known = {event.seq for event in events}
            events += [e for e in self._desk.events(article=self._former.article) if e.seq not in known]
            events.sort(key=lambda event: event.seq)
        return states(events)

    def _before(self, fresh: ArticleBriefs) -> ArticleBriefs | None:
        if self._former is not None:
            return self._former.briefs
        found = _read(self._folder / f"{fresh.article.slug}.json")
        return found if found is not None and found.article.id == fresh.article.id else None

    def _record(self, carried: Carried, fresh: ArticleBriefs) -> None:
        self._desk.keep_text(fresh.article)
        self._desk.append(carried.drafts, carried.expected)

    def _tell(self, slug: str, carried: Carried) -> None:
        told = []
        if carried.kept:
            told.append(f"{carried.kept} sign-{'off' if carried.kept == 1 else 'offs'} kept")
        if carried.reopened:
            ids = ", ".join(carried.reopened)
            told.append(f"{len(carried.reopened)} set back to open, because the article has changed: {ids}")
        if told:
            self._told.setdefault(slug, []).append("; ".join(told))


def files_of(result: ArticleBriefs, forms: Iterable[Format]) -> dict[str, str]:
    """Return an article's files; its JSON last: where that is up to date, so are the others."""
    return {form: render(result, form) for form in sorted(forms, key=lambda form: form == "json")}


def _read(path: Path) -> ArticleBriefs | None:
    try:
        return ArticleBriefs.from_json(path.read_bytes())
    except (OSError, ValueError):
        return None
