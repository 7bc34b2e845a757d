"""Living: an article's files follow what editors decide, and what they decided follows the article.

Before an article is written, what a person wrote into its Markdown is read back, sign-offs of its former
version are carried over, and everything that was decided is put into its briefs. The truth is the desk's
events (`briefs.store.desk`); what is written here is a projection of them and of the draft. Articles that
nobody has decided anything about are written as they were drafted.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from threading import RLock
from typing import NamedTuple, Self, get_args

from briefs.domain.brief import ArticleBriefs
from briefs.domain.desk_events import Moved
from briefs.errors import ConfigError, DeskError, FileChanged, StaleEdit
from briefs.pipeline import handwriting
from briefs.pipeline.handwriting import Handwriting
from briefs.pipeline.rereading import Rereading
from briefs.pipeline.work import Drafted
from briefs.review.carry import Carried, carry
from briefs.review.fold import ClaimState, states
from briefs.review.project import bare, project
from briefs.steps.render import Format, render
from briefs.store.desk import FILE, DeskStore
from briefs.store.outputs import MARKDOWN, Written, write

_TRIES = 20
"""How often work is done again because somebody else was faster."""


class Former(NamedTuple):
    """The version of an article that another one follows, where that has another id."""

    article: str
    """Its id."""
    briefs: ArticleBriefs | None = None
    """Its briefs, where they are known."""


class _Met(NamedTuple):
    """What is known of an article's Markdown since it was met, until it is written."""

    hand: Handwriting | None = None
    moved: Mapping[str, str] = {}
    """Ids of claims that go on under another one."""
    told: tuple[str, ...] = ()
    """For a person."""


class Living:
    """The desk of one output folder, and the files that follow it; any thread may use it."""

    def __init__(self, folder: Path, desk: DeskStore, former: Former | None = None) -> None:
        """Take an open desk; `former` is the version that the one article of a run follows."""
        self._folder, self._desk, self._former = folder, desk, former
        self._there = (folder / FILE).exists()
        self._decided: frozenset[str] | None = None
        self._met: dict[str, _Met] = {}
        self._lock = RLock()

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
        if not self._there or "json" not in drafted.files or not self._concerns(drafted):
            return None
        return self.prepared(ArticleBriefs.from_json(drafted.files["json"]))

    def prepared(self, result: ArticleBriefs) -> ArticleBriefs:
        """Return a new draft with everything that was decided about it, sign-offs of its former version too.

        What a person wrote into its Markdown, and what was carried over, is recorded. Raises DeskError when
        that fails.
        """
        fresh = bare(result)
        slug = fresh.article.slug
        former = self._before(fresh)
        self.read_back(former or fresh, slug)
        versions = Rereading(fresh, former, self._desk.text)
        for _ in range(_TRIES):
            now = self._states(fresh.article.id)
            carried = carry(now, fresh, versions, self._former.article if self._former else None)
            if not carried.drafts:
                return project(fresh, now)
            try:
                self._desk.keep_text(fresh.article)
                self._desk.append(carried.drafts, carried.expected)
            except StaleEdit:
                continue
            self._note(slug, carried)
        raise DeskError(f"{self._desk.path}: others kept changing it; run again")

    def read_back(self, former: ArticleBriefs, into: str | None = None) -> int:
        """Record what a person wrote into an article's Markdown since it was written; return how much.

        `former` are the briefs that lie beside it, `into` the name of the files that it goes on in. The
        wording around the fields is merged when these are next written. Raises DeskError.
        """
        name = former.article.slug
        path = self._markdown(name)
        data = handwriting.edited(path) if self._there else None
        self._met.pop(into or name, None)
        for _ in range(_TRIES if data is not None else 0):
            now = self._states(former.article.id)
            hand = handwriting.read(
                path, data or b"", self._desk.generated(name), former, project(former, now)
            )
            expected = {
                each.brief: now[each.brief].revision if each.brief in now else 0 for each in hand.drafts
            }
            try:
                if hand.drafts:
                    self._desk.keep_person(name, hand.text)
                    self._desk.keep_text(former.article)
                    self._desk.append(hand.drafts, expected)
            except StaleEdit:
                continue
            self._met[into or name] = _Met(hand, told=tuple(f"{name}.md: {note}" for note in hand.notes))
            return len(hand.drafts)
        if data is not None:
            raise DeskError(f"{self._desk.path}: others kept changing it; run again")
        return 0

    def projected(self, result: ArticleBriefs) -> ArticleBriefs:
        """Return an article's briefs with what was decided about them by now."""
        now = self._states(result.article.id) if self._there else {}
        return project(result, now) if now else result

    def write(self, result: ArticleBriefs, forms: Iterable[Format]) -> Written:
        """Write an article's files, with what was decided about it; the JSON last.

        A person who saves the Markdown meanwhile is read again. Raises ConfigError when the folder cannot be
        written, DeskError when the desk cannot be used.
        """
        slug, wanted = result.article.slug, tuple(forms)
        for _ in range(_TRIES):
            met = self._met.get(slug, _Met())
            try:
                return self.put(slug, files_of(self.projected(result), wanted))
            except FileChanged:
                self.read_back(self._before(result) or result, slug)
                self._met[slug] = self._met.get(slug, _Met())._replace(moved=met.moved)
        raise DeskError(f"{self._markdown(slug)}: somebody kept changing it; run again")

    def write_draft(self, drafted: Drafted, result: ArticleBriefs | None) -> Written:
        """Write a draft's files, or those of what has become of it."""
        if result is None:
            return self.put(drafted.slug, drafted.files)
        return self.write(result, drafted.forms)

    def put(
        self, slug: str, files: Mapping[str, str], expected: Mapping[Path, bytes] | None = None
    ) -> Written:
        """Write files, the Markdown with what a person wrote into it, and remember what was generated.

        Raises FileChanged when a file of `expected`, or the Markdown, is no longer what was read.
        """
        met, made = self._met.pop(slug, _Met()), files.get(MARKDOWN)
        if made is None or not self._there:
            return write(self._folder, slug, files)
        told, read = list(met.told), dict(expected or {})
        content = dict(files)
        hand = met.hand
        if hand is not None and hand.base is not None:
            whole = handwriting.merge(hand, hand.base, made, met.moved)
            if whole.markdown != hand.text:
                self._desk.keep_person(slug, hand.text)
                told.extend(f"{slug}.md: {note}" for note in whole.notes)
                if whole.conflicts:
                    told.append(f"{slug}.md: {_places(whole.conflicts)}")
            content[MARKDOWN] = whole.markdown
            read[hand.path] = hand.data
        if self._desk.generated(slug) != made:
            self._desk.keep_generated(slug, made)  # before the file: a base that is known too early is none
        written = write(self._folder, slug, content, read)
        if written.note:
            told.append(written.note)
        return written._replace(note="; ".join(told) or None)

    def refresh(self, slug: str) -> Written:
        """Bring one article's files up to what was decided, in the formats that it has.

        What a person wrote into its Markdown is read back first. Whoever finishes last has seen all events,
        however many processes do it at once. Raises ConfigError when the article's JSON is not there or the
        folder cannot be written, DeskError.
        """
        path = self._folder / f"{slug}.json"
        for _ in range(_TRIES):
            with self._lock:
                try:
                    data = path.read_bytes()
                    result = ArticleBriefs.from_json(data)
                except (OSError, ValueError) as error:
                    raise ConfigError(
                        f"{path}: not there, or not an article's briefs; run briefs again"
                    ) from error
                self.read_back(result)
                seen = self._desk.last()
                there: list[Format] = [
                    form for form in get_args(Format) if (self._folder / f"{slug}.{form}").exists()
                ]
                files = files_of(self.projected(result), there)
                try:
                    written = self.put(slug, files, {path: data})
                except FileChanged:
                    continue
                if self._desk.last() == seen:
                    return written
        raise DeskError(f"{self._desk.path}: others kept changing it; try again")

    def close(self) -> None:
        """Close the desk."""
        self._desk.close()

    def _markdown(self, slug: str) -> Path:
        return self._folder / f"{slug}.{MARKDOWN}"

    def _concerns(self, drafted: Drafted) -> bool:
        """Tell whether anybody has decided anything about an article, or written into its Markdown."""
        if self._former is not None:
            return True
        if self._decided is None:
            self._decided = frozenset(self._desk.articles())
        return drafted.id in self._decided or handwriting.edited(self._markdown(drafted.slug)) is not None

    def _states(self, article: str) -> Mapping[str, ClaimState]:
        events = list(self._desk.events(article=article))
        if self._former is not None:
            known = {event.seq for event in events}
            events += [e for e in self._desk.events(article=self._former.article) if e.seq not in known]
            events.sort(key=lambda event: event.seq)
        return states(events)

    def _before(self, fresh: ArticleBriefs) -> ArticleBriefs | None:
        """Return the version of an article that lies in the folder, or the one that it is said to follow."""
        try:
            found = ArticleBriefs.from_json((self._folder / f"{fresh.article.slug}.json").read_bytes())
        except (OSError, ValueError):
            return self._former.briefs if self._former is not None else None
        return found if found.article.id == fresh.article.id else None

    def _note(self, slug: str, carried: Carried) -> None:
        """Remember what carrying did, for the person who runs it and for the merge of the Markdown."""
        told = []
        if carried.kept:
            told.append(f"{_sign_offs(carried.kept)} kept")
        if carried.reopened:
            told.append(
                f"{_sign_offs(len(carried.reopened))} open again: the article has changed their words"
            )
        met = self._met.get(slug, _Met())
        moved = {each.brief: each.what.to for each in carried.drafts if isinstance(each.what, Moved)}
        self._met[slug] = met._replace(told=(*told, *met.told), moved={**met.moved, **moved})


def files_of(result: ArticleBriefs, forms: Iterable[Format]) -> dict[str, str]:
    """Return an article's files; its JSON last: where that is up to date, so are the others."""
    return {form: render(result, form) for form in sorted(forms, key=lambda form: form == "json")}


def _sign_offs(count: int) -> str:
    return f"{count} sign-off{'' if count == 1 else 's'}"


def _places(count: int) -> str:
    many = "1 place holds" if count == 1 else f"{count} places hold"
    return f"{many} both your wording and the new one; choose"
