"""Where a claim of unknown origin is from, by what other articles say: its words, its text, or who is cited.

A claim is settled only if what is found leads to one origin; two candidates are none.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import NamedTuple

from briefs.steps.trace.copies import title
from briefs.steps.trace.names import outlet_words
from briefs.steps.trace.quotations import quoted_runs
from briefs.steps.trace.work import Work


class _Found(NamedTuple):
    source: str
    """A claim of known origin."""
    reason: str


def settle(work: Work) -> None:
    """Join each claim of unknown origin with the one known origin that its words or text are taken from."""
    sides: dict[str, list[str]] = {}
    for each in work.ids:
        sides.setdefault(work.side[each], []).append(each)
    for ids in sides.values():
        sources = [each for each in ids if each in work.known]
        if not sources or len(sources) == len(ids):
            continue
        finders = [finder(work, sources) for finder in (_Quoted, _Copied, _Citing, _Within)]
        settled: list[tuple[str, _Found]] = []
        for each in ids:
            if each not in work.known:
                found = next((found for finder in finders if (found := finder.find(each))), None)
                if found is not None:
                    settled.append((each, found))
        for each, found in settled:
            work.join((each, found.source), found.reason)
            work.known.add(each)


class _Finder(ABC):
    """One way to find where a claim of unknown origin is from."""

    def __init__(self, work: Work, sources: Iterable[str]) -> None:
        self.work = work
        self._roots: dict[str, dict[str, str]] = {}
        for source in sources:
            for key in self.keys(source):
                self._roots.setdefault(key, {}).setdefault(work.origin.of(source), source)

    def find(self, claim: str) -> _Found | None:
        """Return the one origin that a claim's keys lead to, by its first claim; none for several."""
        roots: dict[str, str] = {}
        for key in self.asked(claim):
            roots.update(self._roots.get(key, {}))
        if len(roots) != 1:
            return None
        source = next(iter(roots.values()))
        return _Found(source, self.reason(claim, source))

    @abstractmethod
    def keys(self, source: str) -> Iterable[str]:
        """Return the keys under which a claim of known origin is found."""

    @abstractmethod
    def asked(self, claim: str) -> Iterable[str]:
        """Return the keys under which a claim of unknown origin looks."""

    @abstractmethod
    def reason(self, claim: str, source: str) -> str:
        """Return why the two are one, in words for people."""


class _Quoted(_Finder):
    """The same quotation, with a speaker there and none here."""

    def keys(self, source: str) -> Iterable[str]:
        return set(quoted_runs(self.work.claims[source]))

    def asked(self, claim: str) -> Iterable[str]:
        return () if self.work.chains[claim].hidden else set(quoted_runs(self.work.claims[claim]))

    def reason(self, claim: str, source: str) -> str:  # noqa: ARG002 (one reason for all)
        return f"{title(self.work.article(claim))} gives the same quotation without its speaker"


class _Copied(_Finder):
    """The same text, with a source there and none here."""

    def __init__(self, work: Work, sources: Iterable[str]) -> None:
        listed = list(sources)
        self._named = {work.claims[source].article for source in listed}
        self._near: dict[str, str] = {}
        for pair in work.copies.pairs:
            for one, other in ((pair.one, pair.other), (pair.other, pair.one)):
                if other in self._named:
                    self._near.setdefault(one, other)
        super().__init__(work, listed)

    def keys(self, source: str) -> Iterable[str]:
        article = self.work.claims[source].article
        return (f"in {self.work.copies.group[article]}", article)

    def asked(self, claim: str) -> Iterable[str]:
        own = self.work.claims[claim].article
        copies = self.work.copies.members[self.work.copies.group[own]]
        if own not in self._named:
            return (f"in {self.work.copies.group[own]}",)
        return [each for each in copies if each != own]

    def reason(self, claim: str, source: str) -> str:
        one, other = self.work.article(claim), self.work.article(source)
        whose = title(self.work.articles[self._near.get(one.id, other.id)])
        return f"{title(one)} names no source here; its text is that of {whose}, which does"


class _Citing(_Finder):
    """An outlet is cited, and its own article is here."""

    def keys(self, source: str) -> Iterable[str]:
        outlet = self.work.article(source).outlet
        return (" ".join(outlet_words(outlet)),) if outlet else ()

    def asked(self, claim: str) -> Iterable[str]:
        return [" ".join(outlet_words(each.name)) for each in self.work.chains[claim].relays]

    def reason(self, claim: str, source: str) -> str:
        cited = title(self.work.article(source))
        return f"{title(self.work.article(claim))} cites {cited}, whose own article names the source"


class _Within(_Finder):
    """The article says it in its own words, and says in another place who says so."""

    def keys(self, source: str) -> Iterable[str]:
        return (self.work.claims[source].article,)

    def asked(self, claim: str) -> Iterable[str]:
        chain, own = self.work.chains[claim], self.work.claims[claim]
        theirs = chain.hidden is not None or chain.relays or own.attribution.source is not None
        return () if theirs else (own.article,)

    def reason(self, claim: str, source: str) -> str:  # noqa: ARG002 (one reason for all)
        return f"{title(self.work.article(claim))} says it again with its source"
