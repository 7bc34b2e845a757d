"""Living: an article's files follow what editors decide, and what they decided follows the article.

Before an article is written, what a person wrote into its Markdown is read back, sign-offs of its former
version are carried over, and everything that was decided is put into its briefs. The truth is the desk's
events (`briefs.store.desk`); what is written here is a projection of them and of the draft. Articles that
nobody has decided anything about are written as they were drafted.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from threading import RLock
from types import MappingProxyType
from typing import NamedTuple, Self, get_args

from briefs.compare.pairing import pairs
from briefs.compare.texts import Texts
from briefs.domain.brief import ArticleBriefs
from briefs.errors import ConfigError, DeskError, FileChanged, StaleEdit
from briefs.pipeline import handwriting
from briefs.pipeline.decided import TRIES, Current, Decided, Former
from briefs.pipeline.handwriting import Handwriting
from briefs.pipeline.recovering import says_decided, take_over
from briefs.pipeline.work import Drafted
from briefs.review.markdown import decoded
from briefs.review.project import project
from briefs.seal import read_seal
from briefs.steps.render import Format, render
from briefs.store.desk import FILE, DeskStore
from briefs.store.files import content_of, holds
from briefs.store.outputs import MARKDOWN, Written, write

_NOTHING: Mapping[Path, bytes] = MappingProxyType({})


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
        """Take an open desk; `former` is the version that the one article of a run follows.

        A desk that was begun anew takes over what the folder's briefs say was decided. Raises DeskError.
        """
        self._folder, self._desk, self._former = folder, desk, former
        self._claims = Decided(folder, desk, former)
        self._there = (folder / FILE).exists()
        self._seen: int | None = None
        self._decided: frozenset[str] = frozenset()
        self._met: defaultdict[str, _Met] = defaultdict(_Met)
        """By the name of its files."""
        self._lock = RLock()
        self.notes = take_over(folder, desk) if self._there else ()
        """For a person, about the folder as a whole."""

    @classmethod
    def open(cls, folder: Path, *, create: bool = True, former: Former | None = None) -> Self:
        """Open the desk of a folder; where it has none, make one, or with `create` false do without.

        One is made all the same where the folder's briefs say that somebody has decided anything: its record
        was lost, and briefs written without it would lose the decisions, too.

        Raises ConfigError or DeskError where there is one that cannot be used: files that were written
        without it would look as if nobody had decided anything.
        """
        needed = create or (not (folder / FILE).exists() and says_decided(folder))
        living = cls(folder, DeskStore.open(folder, create=needed), former)
        if former is not None and former.events and living._there:
            if former.briefs is not None:
                living.desk.keep_text(former.briefs.article)
            living.desk.take_over(former.events)
        return living

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
        former = self._claims.before(result)
        self._read_before(former, result)
        self._follow(former, result)
        return self._current(result).result

    def projected(self, result: ArticleBriefs) -> ArticleBriefs:
        """Return an article's briefs with what was decided about them by now."""
        return self._current(result).result if self._there else result

    def read_back(self, former: ArticleBriefs) -> int:
        """Record what a person wrote into an article's Markdown since it was written; return how much.

        `former` are the briefs that lie beside it. The wording around the fields is merged when the files
        are next written. Raises DeskError.
        """
        slug = former.article.slug
        return self._record(former, self._edited(slug), into=slug)

    def _edited(self, slug: str) -> bytes | None:
        """Return an article's Markdown where a person has edited it."""
        return handwriting.edited(self._markdown(slug)) if self._there else None

    def _record(self, former: ArticleBriefs, data: bytes | None, into: str) -> int:
        """Record what a person wrote into Markdown that held `data` and was made of the `former` briefs.

        `into` names the files that it goes on in. Return how much it was; raises DeskError.
        """
        self._met.pop(into, None)
        if data is None:
            return 0
        name = former.article.slug
        for _ in range(TRIES):
            known, now = self._claims.states_in(former)
            hand = handwriting.read(
                self._markdown(name), data, self._desk.generated(name), former, project(former, known)
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
            self._met[into] = _Met(hand, told=tuple(f"{name}.md: {note}" for note in hand.notes))
            return len(hand.drafts)
        raise DeskError(f"{self._desk.path}: others kept changing it; run again")

    def _read_before(self, former: ArticleBriefs | None, result: ArticleBriefs) -> None:
        """Record what a person wrote into the Markdown that new briefs go in the place of.

        It was made of the `former` briefs, as a rule: of the new ones where a run was stopped when it had put
        the Markdown in its place, and not yet the JSON.
        """
        slug = result.article.slug
        lying = former or result
        data = self._edited(lying.article.slug)
        if data is not None and lying.article.slug == slug:
            seal = read_seal(decoded(data))
            old, new = lying.article.text_sha256, result.article.text_sha256
            if seal is not None and old != new == seal.text_sha256:
                lying = result
        self._record(lying, data, into=slug)

    def write(self, result: ArticleBriefs, forms: Iterable[Format]) -> Written:
        """Write an article's files, with what was decided about it; the JSON last.

        A person who saves the Markdown meanwhile is read again, and so is the desk. Raises ConfigError when
        the folder cannot be written, DeskError when the desk cannot be used.
        """
        if not self._there:
            return self._put(result.article.slug, files_of(result, forms))
        return self._written(result, tuple(forms), {})

    def write_draft(
        self, drafted: Drafted, result: ArticleBriefs | None, forms: Sequence[Format] | None = None
    ) -> Written:
        """Write a draft's files, or those of what has become of it; raises as `write` does."""
        wanted = drafted.forms if forms is None else forms
        for _ in range(TRIES):
            if result is not None:
                return self.write(result, wanted)
            try:
                files: dict[str, str] = {form: drafted.files[form] for form in wanted}
                return self._put(drafted.slug, files, seen=self._seen)
            except FileChanged:  # somebody has decided about it since it was met
                result = self.met(drafted)
        raise DeskError(f"{self._desk.path}: others kept changing it; run again")

    def refresh(self, slug: str) -> Written:
        """Bring one article's files up to what was decided, in the formats that it has.

        What a person wrote into its Markdown is read back first. However many processes do it at once, or
        brief the article anew, nothing that is older is written over anything that is newer. Raises
        ConfigError when the article's JSON is not there or the folder cannot be written, DeskError.
        """
        path = self._folder / f"{slug}.json"
        for _ in range(TRIES):
            try:
                data = content_of(path)
                result = ArticleBriefs.from_json(data)
            except (OSError, ValueError) as error:
                raise ConfigError(
                    f"{path}: not there, or not an article's briefs; run briefs again"
                ) from error
            there: list[Format] = [
                form for form in get_args(Format) if (self._folder / f"{slug}.{form}").exists()
            ]
            with self._lock, suppress(FileChanged):
                self.read_back(result)
                return self._written(result, there, {path: data})
        raise DeskError(f"{self._desk.path}: others kept changing it; try again")

    def _written(
        self, result: ArticleBriefs, forms: Sequence[Format], expected: Mapping[Path, bytes]
    ) -> Written:
        """Write what was decided by now; again as long as others decide or save meanwhile."""
        slug = result.article.slug
        for _ in range(TRIES):
            now = self._current(result)
            met = self._met[slug]
            try:
                return self._put(slug, files_of(now.result, forms), expected, now.seen)
            except FileChanged:
                if any(not holds(path, data) for path, data in expected.items()):
                    raise
                self._read_before(self._claims.before(result), result)
                self._met[slug] = self._met[slug]._replace(moved=met.moved, told=met.told)
        raise DeskError(f"{self._desk.path}: others kept changing it; run again")

    def _put(
        self,
        slug: str,
        files: Mapping[str, str],
        expected: Mapping[Path, bytes] = _NOTHING,
        seen: int | None = None,
    ) -> Written:
        """Write files, the Markdown with what a person wrote into it, and remember what was generated.

        Raises FileChanged when a file is no longer what was read, or more was recorded than was `seen`.
        """
        if not self._there:
            return write(self._folder, slug, files)
        met, made = self._met[slug], files.get(MARKDOWN)
        told, read, content = list(met.told), dict(expected), dict(files)
        if made is not None:
            if met.hand is not None and met.hand.base is not None:
                whole = handwriting.merge(met.hand, met.hand.base, made, met.moved)
                if whole.markdown != met.hand.text:
                    self._desk.keep_person(slug, met.hand.text)
                    told.extend(f"{slug}.md: {note}" for note in whole.notes)
                    told.extend([f"{slug}.md: {_places(whole.conflicts)}"] if whole.conflicts else [])
                content[MARKDOWN] = whole.markdown
                read[met.hand.path] = met.hand.data
            if self._desk.generated(slug) != made:
                self._desk.keep_generated(slug, made)  # first: a base that is known too early is no harm
        with self._desk.alone():
            if seen is not None and self._desk.last() != seen:
                raise FileChanged(f"{slug}: somebody has decided about it meanwhile")
            written = write(self._folder, slug, content, read)
        self._met.pop(slug, None)
        return written._replace(notes=(*told, *written.notes))

    def close(self) -> None:
        """Close the desk."""
        self._desk.close()

    def _markdown(self, slug: str) -> Path:
        return self._folder / f"{slug}.{MARKDOWN}"

    def _concerns(self, drafted: Drafted) -> bool:
        """Tell whether anybody has decided anything about an article, or written into its Markdown."""
        if self._former is not None:
            return True
        if (last := self._desk.last()) != self._seen:
            self._seen, self._decided = last, frozenset(self._desk.articles())
        if drafted.id in self._decided:
            return True
        path, made = self._markdown(drafted.slug), drafted.files.get(MARKDOWN, "")
        if holds(path, made.encode("utf-8", "surrogatepass")):  # as most are: no look at its seal
            return False
        return handwriting.edited(path) is not None

    def _follow(self, former: ArticleBriefs | None, result: ArticleBriefs) -> None:
        """Find under which ids claims go on that a person has written under, whether signed off or not."""
        slug = result.article.slug
        met = self._met[slug]
        if met.hand is None or former is None:
            return
        texts = Texts(former.article, result.article)
        found = {pair.old.id: pair.new.id for pair in pairs(former, result, texts) if pair.old and pair.new}
        moved = {old: new for old, new in found.items() if old != new}
        self._met[slug] = met._replace(moved=moved)

    def _current(self, result: ArticleBriefs) -> Current:
        """Return what was decided; remember what was carried over until the Markdown is written."""
        now = self._claims.current(result)
        if now.moved or now.told:
            slug = result.article.slug
            met = self._met[slug]
            self._met[slug] = met._replace(told=(*now.told, *met.told), moved={**met.moved, **now.moved})
        return now


def files_of(result: ArticleBriefs, forms: Iterable[Format]) -> dict[str, str]:
    """Return an article's files; its JSON last: where that is up to date, so are the others."""
    return {form: render(result, form) for form in sorted(forms, key=lambda form: form == "json")}


def _places(count: int) -> str:
    many = "1 place holds" if count == 1 else f"{count} places hold"
    return f"{many} both your wording and the new one; choose"
