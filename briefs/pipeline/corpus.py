"""Relate the articles of a run to one another and to earlier ones, and bring their briefs up to date.

An article is put into the claim index, related to what is known, filled in and written in one piece of work:
a run that is killed leaves the index and the files of an article both as they were or both as they should be.
Articles that others of the run touched are filled in again at the end; one that many say the same as is
filled in only then, and the index remembers that it is to be. What is written is a function of the articles
alone: neither their order nor the number of runs that brought them changes a byte.
"""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar, get_args

from pydantic import ValidationError

from briefs.domain.aliases import NO_ALIASES, Aliases
from briefs.domain.article import sha256
from briefs.domain.brief import ArticleBriefs
from briefs.domain.relations import IndexedArticle, Relation
from briefs.domain.run import Relating
from briefs.errors import ConfigError, DeskError, FileChanged, StoreError
from briefs.pipeline.behind import Tracing
from briefs.pipeline.entries import RULES, entry_for, entry_of
from briefs.pipeline.fill import Known, fill
from briefs.pipeline.living import Living, files_of
from briefs.pipeline.overview import MOST, OVERVIEW, Scope, write_overview
from briefs.pipeline.smallest import Smallest
from briefs.pipeline.work import Drafted
from briefs.steps.relate import may_relate, relate, relate_pairs
from briefs.steps.render import Format
from briefs.steps.survey import TOP
from briefs.store.claim_index.reconcile import reconcile
from briefs.store.claims import ClaimIndex
from briefs.store.files import content_of
from briefs.store.outputs import Written, write

_NAMES = "aliases"
"""Under which name the index keeps the hash of the aliases that its articles were filled in with."""
_MANY = 8
"""Other articles that a new one is related to from which on it is filled in at the end of the run: of many
copies of one text, each would be filled in for every one that comes."""
ResultT = TypeVar("ResultT")


class Corpus:
    """The claims of a run, and of all runs before it that used the same index.

    Trouble with the index never stops a run: articles are then written as they are, and `notes` says why.
    """

    def __init__(
        self, index: ClaimIndex, out: Path, aliases: Aliases = NO_ALIASES, living: Living | None = None
    ) -> None:
        """Take an open index, the folder that the run writes to, and its desk, which the caller closes."""
        self.notes: list[str] = []
        """Lines for a person."""
        self._index, self._out, self._aliases, self._living = index, out, aliases, living
        self._others: dict[Path, Living] = {}
        self._pairs = self._rewritten = 0
        self._found: Counter[str] = Counter()
        self._seconds = 0.0
        self._slugs = Smallest(MOST)
        self._tracing = Tracing(index, aliases)
        self._left: set[str] = set()
        """Articles of the run that are filled in at its end."""
        self._overview_file: str | None = None
        self._lost = False
        """A damaged index was put aside, and the one in its place is not filled from the outputs yet."""

    @classmethod
    def at(
        cls, path: Path, out: Path, aliases: Aliases = NO_ALIASES, living: Living | None = None
    ) -> "Corpus":
        """Open the index in a file and bring it into line with the outputs that it stands for.

        Raises ConfigError when a newer version of briefs made the file.
        """
        corpus = cls(ClaimIndex(path, rules=RULES), out, aliases, living)
        corpus._tried(corpus._take_in)
        return corpus

    def add(self, drafted: Drafted) -> Written:
        """Write an article's files, with what is known of its claims elsewhere, and what was decided.

        Raises ConfigError when the output folder cannot be written, DeskError when its desk cannot be used.
        """
        prepared = self._living.met(drafted) if self._living else None
        written = self._tried(lambda: self._added(drafted, prepared))
        return written or self._put(drafted, prepared)

    def settle(self) -> None:
        """Relate what is left to relate, and write anew every article that others have touched."""
        if self._lost:
            self._lost = False
            self._tried(self._take_in)
        self._tried(self._settle)

    def overview(self, top: int | None = None) -> Written | None:
        """Write the overview of the story in the output folder, with `top` questions on its call sheet.

        None where the index cannot be used, or a single article is no story. Raises ConfigError when the
        output folder cannot be written.
        """
        return self._tried(lambda: self._overview(top))

    def forget(self, article: str) -> bool:
        """Take an article out of the index, and its traces out of the others' outputs.

        Its own files stay where they are. Returns whether it was there.
        """
        found = self._tried(lambda: self._index.remove(article)) or False
        self.settle()
        return found

    @property
    def record(self) -> Relating:
        """Return what relating did."""
        return Relating(
            pairs=self._pairs,
            relations=dict(sorted(self._found.items())),
            rewritten=self._rewritten,
            overview=self._overview_file,
            seconds=round(self._seconds, 3),
        )

    def close(self) -> None:
        """Close the index, and the desks of folders that the run did not write to by itself."""
        self._index.close()
        for living in self._others.values():
            living.close()

    def _tried(self, work: Callable[[], ResultT]) -> ResultT | None:
        """Return what `work` gives, counting its time; none where the index cannot be used."""
        begun = time.perf_counter()
        try:
            return work() if self._index.usable else None
        except StoreError:
            self._lost = self._index.usable
            self._tracing.forget()
            return None
        except BaseException:  # what the index held meanwhile is taken back
            self._tracing.forget()
            raise
        finally:
            self._seconds += time.perf_counter() - begun
            if self._index.note and self._index.note not in self.notes:
                self.notes.append(self._index.note)

    def _take_in(self) -> None:
        for folder in dict.fromkeys((self._out, *self._index.folders())):
            if folder.is_dir():
                self.notes.extend(reconcile(self._index, folder, entry_of).notes)
        self._relate_all()
        names = sha256(self._aliases.model_dump_json().encode("utf-8", "surrogatepass"))
        with self._index.writing():
            if self._index.remembered(_NAMES) != names:  # other names may be one now
                self._index.mark(self._index.articles())
                self._index.remember(_NAMES, names)

    def _added(self, drafted: Drafted, prepared: ArticleBriefs | None) -> Written | None:
        if drafted.entry is None:
            return None
        entry = drafted.entry
        if prepared:  # with claims that editors have added, as the JSON that is written holds them
            entry = entry_for(IndexedArticle.of(prepared, entry.article.sketch))
        article = entry.article.id
        with self._index.writing():
            if self._index.put(entry, self._out):
                self._relate(article)
            claims = [claim.id for claim in entry.article.claims]
            self._slugs.add(drafted.slug)
            relations = self._index.relations(claims)
            left = self._is_left(drafted, relations)
            if relations and not left:
                result = prepared or ArticleBriefs.from_json(drafted.files["json"])
                prepared = fill(result, self._known(result, self._out, relations))
            written = self._put(drafted, prepared)
            self._index.wrote(article, self._out / f"{drafted.slug}.json")
            if left:
                self._left.add(article)
                self._index.mark([article])
            else:
                self._index.done(article)
        return written

    def _is_left(self, drafted: Drafted, relations: Sequence[Relation]) -> bool:
        """Tell whether an article's briefs can wait for the end of the run: new, and like many others.

        One that is there already is filled in at once, so that no one sees its related claims go and come.
        """
        if any((self._out / f"{drafted.slug}.{form}").exists() for form in drafted.files):
            return False
        ends = {end for each in relations for end in (each.one, each.other)}
        return len({claim.article for claim in self._index.claims(ends).values()}) > _MANY + 1

    def _put(self, drafted: Drafted, result: ArticleBriefs | None) -> Written:
        """Write a draft's files, or those of what has become of it."""
        if self._living is not None:
            return self._living.write_draft(drafted, result)
        files = files_of(result, drafted.forms) if result else drafted.files
        return write(self._out, drafted.slug, files)

    def _settle(self) -> None:
        self._relate_all()
        for article in self._index.pending():
            with self._index.writing():
                self._renew(article)

    def _overview(self, top: int | None) -> Written | None:
        if self._index.size(self._out) < 2 and not (self._out / f"{OVERVIEW}.json").exists():
            return None
        shown = TOP if top is None else top
        scope = Scope(shown, frozenset(self._slugs), self._aliases, self._index.articles)
        written = write_overview(self._out, self._index.relations, scope)
        self.notes.extend([written.note] if written.note else [])
        self._overview_file = next((path.name for path in written.files if path.suffix == ".md"), None)
        return written

    def _relate_all(self) -> None:
        for article in self._index.unrelated():
            with self._index.writing():
                self._relate(article)

    def _relate(self, name: str) -> None:
        article = self._index.get(name)
        if article is None:  # another run removed it
            return
        offered = self._index.candidates(name, may_relate)
        heads = {each.id: each for each in (article, *offered.articles)}
        claims = {claim.id: claim for claim in (*article.claims, *offered.claims)}
        pairs = [(claims[pair.one], claims[pair.other]) for pair in offered.pairs]
        found = (*relate(article.claims, (), heads), *relate_pairs(pairs, heads))
        self._pairs += offered.met
        self._found.update(each.kind for each in found)
        self._index.relate_to(name, found)

    def _known(
        self, result: ArticleBriefs, folder: Path, relations: Sequence[Relation], *, run: bool = True
    ) -> Known:
        """Return what the index knows around an article's claims; `run`: the article is one of the run's."""
        index, own = self._index, {brief.id for brief in result.briefs}
        joined = {end for each in relations if each.kind != "related" for end in (each.one, each.other)}
        behind = self._tracing.behind(own & joined)
        claims = index.claims({*own, *(end for each in relations for end in (each.one, each.other))})
        articles = index.articles({claim.article for claim in claims.values()})
        beside = index.lying_in(folder, {*articles, *behind.slugs})
        if run:
            slugs = {**behind.slugs, **{each.id: each.slug for each in articles.values()}}
            self._slugs.update(slugs[each] for each in beside)
        return Known(relations, claims, articles, behind.origins, beside)

    def _renew(self, article: str) -> None:
        """Fill in an article's briefs again from its JSON, and write them in the formats that it has."""
        folder, head = self._index.folder(article), self._index.articles([article]).get(article)
        if folder is None or head is None:  # another run removed it
            return
        path = folder / f"{head.slug}.json"
        try:
            result = ArticleBriefs.from_json(content_of(path))
            if result.article.id != article:
                raise ValueError("holds another article")
            relations = self._index.relations([brief.id for brief in result.briefs])
            known = self._known(result, folder, relations, run=article in self._left)
            filled = fill(result, known)
            living = self._desk_of(folder)
            if living is not None:
                living.read_back(result)
                filled = living.projected(filled)
            if filled != result:
                there = [form for form in get_args(Format) if (folder / f"{head.slug}.{form}").exists()]
                written = (
                    living.write(filled, there)
                    if living
                    else write(folder, head.slug, files_of(filled, there))
                )
                self._rewritten += 1
                self.notes.extend([written.note] if written.note else [])
        except (OSError, ValueError, ConfigError, DeskError, FileChanged) as error:
            self.notes.append(_not_renewed(path, error))
            return
        self._index.wrote(article, path)
        self._index.done(article)

    def _desk_of(self, folder: Path) -> Living | None:
        """Return the desk of a folder; the index may stand for several."""
        if self._living is None or folder.resolve() == self._out.resolve():
            return self._living
        if folder not in self._others:
            self._others[folder] = Living.open(folder, create=False)
        return self._others[folder]


def _not_renewed(path: Path, error: Exception) -> str:
    """Return one line on an article whose briefs stay as they were; it names each file once."""
    if isinstance(error, ValidationError):
        reason = "is not the JSON of briefs"
    else:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    told = " ".join(reason.split())
    if told.startswith(str(path.with_suffix(""))):  # the error names the file, or the one beside it
        return f"{told}; its briefs are not brought up to date"
    return f"{path}: not brought up to date: {told}"
