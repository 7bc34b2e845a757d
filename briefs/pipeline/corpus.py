"""Relate the articles of a run to one another and to earlier ones, and bring their briefs up to date.

An article is put into the claim index, related to what is known, filled in and written in one piece of work:
a run that is killed leaves the index and the files of an article both as they were or both as they should be.
Articles that others of the run touched are filled in again at the end. What is written is a function of the
articles alone: neither their order nor the number of runs that brought them changes a byte.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar, get_args

from pydantic import ValidationError

from briefs.domain.aliases import NO_ALIASES, Aliases
from briefs.domain.article import sha256
from briefs.domain.brief import ArticleBriefs, Origins
from briefs.domain.run import Relating
from briefs.errors import ConfigError, StoreError
from briefs.pipeline.entries import RULES, entry_of
from briefs.pipeline.fill import Known, fill
from briefs.pipeline.overview import OVERVIEW, Scope, write_overview
from briefs.pipeline.work import Drafted
from briefs.steps.relate import families, meet, relate, relate_pairs
from briefs.steps.render import Format, render
from briefs.steps.survey import TOP
from briefs.steps.trace import trace
from briefs.store.claim_index.reconcile import reconcile
from briefs.store.claims import ClaimIndex
from briefs.store.outputs import Written, write

_NAMES = "aliases"
"""Under which name the index keeps the hash of the aliases that its articles were filled in with."""
ResultT = TypeVar("ResultT")


class Corpus:
    """The claims of a run, and of all runs before it that used the same index.

    Trouble with the index never stops a run: articles are then written as they are, and `notes` says why.
    """

    def __init__(self, index: ClaimIndex, out: Path, aliases: Aliases = NO_ALIASES) -> None:
        """Take an open index and the folder that the run writes to."""
        self.notes: list[str] = []
        """Lines for a person."""
        self._index, self._out, self._aliases = index, out, aliases
        self._pairs = self._rewritten = 0
        self._found: Counter[str] = Counter()
        self._seconds = 0.0
        self._slugs: set[str] = set()
        self._overview_file: str | None = None
        self._lost = False
        """A damaged index was put aside, and the one in its place is not filled from the outputs yet."""

    @classmethod
    def at(cls, path: Path, out: Path, aliases: Aliases = NO_ALIASES) -> "Corpus":
        """Open the index in a file and bring it into line with the outputs that it stands for.

        Raises ConfigError when a newer version of briefs made the file.
        """
        corpus = cls(ClaimIndex(path, rules=RULES), out, aliases)
        corpus._tried(corpus._take_in)
        return corpus

    def add(self, drafted: Drafted) -> Written:
        """Write an article's files, with what is known of its claims elsewhere.

        Raises ConfigError when the output folder cannot be written.
        """
        written = self._tried(lambda: self._added(drafted))
        return written or write(self._out, drafted.slug, drafted.files)

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
        """Close the index."""
        self._index.close()

    def _tried(self, work: Callable[[], ResultT]) -> ResultT | None:
        """Return what `work` gives, counting its time; none where the index cannot be used."""
        begun = time.perf_counter()
        try:
            return work() if self._index.usable else None
        except StoreError:
            self._lost = self._index.usable
            return None
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

    def _added(self, drafted: Drafted) -> Written | None:
        if drafted.entry is None:
            return None
        article = drafted.entry.article.id
        with self._index.writing():
            if self._index.put(drafted.entry, self._out):
                self._relate(article)
            claims = [claim.id for claim in drafted.entry.article.claims]
            files = drafted.files
            self._slugs.add(drafted.slug)
            if self._index.relations(claims):
                result = ArticleBriefs.from_json(files["json"])
                known = self._known(result, self._out)
                self._slugs.update(known.articles[each].slug for each in known.beside)
                files = _files(fill(result, known), drafted.forms)
            written = write(self._out, drafted.slug, files)
            self._index.wrote(article, self._out / f"{drafted.slug}.json")
            self._index.done(article)
        return written

    def _settle(self) -> None:
        self._relate_all()
        for article in self._index.pending():
            with self._index.writing():
                self._renew(article)

    def _overview(self, top: int | None) -> Written | None:
        if len(self._index.stamps(self._out)) < 2 and not (self._out / f"{OVERVIEW}.json").exists():
            return None
        scope = Scope(TOP if top is None else top, frozenset(self._slugs), self._aliases)
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
        offered = self._index.candidates(name, meet)
        heads = {each.id: each for each in (article, *offered.articles)}
        claims = {claim.id: claim for claim in (*article.claims, *offered.claims)}
        pairs = [(claims[pair.one], claims[pair.other]) for pair in offered.pairs]
        found = (*relate(article.claims, (), heads), *relate_pairs(pairs, heads))
        self._pairs += len(pairs)
        self._found.update(each.kind for each in found)
        self._index.relate_to(name, found)

    def _known(self, result: ArticleBriefs, folder: Path) -> Known:
        """Return what the index knows around an article's claims."""
        index, own = self._index, [brief.id for brief in result.briefs]
        relations, family = index.relations(own), index.family_of(own)
        claims = index.claims({*own, *family, *(end for r in relations for end in (r.one, r.other))})
        articles = index.articles({claim.article for claim in claims.values()})
        origins: dict[str, Origins] = {}
        for each in families([claims[i] for i in family], index.relations(family), articles):
            if len({claims[claim].article for claim in each.claims}) == 1:
                continue
            traced = trace(each, claims, articles, self._aliases)
            # Behind a claim that is made in one article alone stands what its chain says already.
            origins.update((brief, found) for brief, found in traced.items() if found.articles > 1)
        return Known(relations, claims, articles, origins, index.lying_in(folder, articles))

    def _renew(self, article: str) -> None:
        """Fill in an article's briefs again from its JSON, and write them in the formats that it has."""
        folder, head = self._index.folder(article), self._index.articles([article]).get(article)
        if folder is None or head is None:  # another run removed it
            return
        path = folder / f"{head.slug}.json"
        try:
            result = ArticleBriefs.from_json(path.read_bytes())
            if result.article.id != article:
                raise ValueError("holds another article")
            filled = fill(result, self._known(result, folder))
            if filled != result:
                there = [form for form in get_args(Format) if (folder / f"{head.slug}.{form}").exists()]
                written = write(folder, head.slug, _files(filled, there))
                self._rewritten += 1
                self.notes.extend([written.note] if written.note else [])
        except (OSError, ValueError, ConfigError) as error:
            reason = "is not the JSON of briefs" if isinstance(error, ValidationError) else error
            self.notes.append(f"{path}: not brought up to date: {' '.join(str(reason).split())}")
            return
        self._index.wrote(article, path)
        self._index.done(article)


def _files(result: ArticleBriefs, forms: Iterable[Format]) -> dict[str, str]:
    """Return an article's files; its JSON last: where that is up to date, so are the others."""
    return {form: render(result, form) for form in sorted(forms, key=lambda form: form == "json")}
