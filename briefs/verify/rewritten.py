"""Markdown of briefs, also after a person has rewritten it, against the words of the article."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from briefs.domain.claims import brief_id
from briefs.domain.spans import Span
from briefs.seal import MARK, RUN, Seal, SealedBrief, body, read_seal, run_hash, words_sha256
from briefs.text.equality import Words, collapsed
from briefs.text.quotes import quotations
from briefs.verify.passages import Passage, passages
from briefs.verify.verdict import Counts, Problem, Verdict, short

_HANDED_ON = 50
"""How many ids more equal quotations may have had: those of claims that are gone are not given twice."""
_LONGEST_SEARCH = 50_000
"""The longest text in which words are looked for by their hash alone."""


class Quoted(NamedTuple):
    """Words that a Markdown file gives as quoted, between marks in its running text."""

    text: str
    passage: Passage


class Kept(NamedTuple):
    """What the JSON of another article holds."""

    article: str
    """Its id."""
    title: str
    text: str
    sha256: str


class Quoting(NamedTuple):
    """What a file may quote of other articles."""

    kept: tuple[Kept, ...] = ()
    missing: tuple[str, ...] = ()
    """Names of the JSON files that are not beside it."""
    said: tuple[str, ...] = ()
    """Words of those that are missing, as the article's own JSON has them."""


_NOTHING = Quoting()


def check_markdown(
    name: str, markdown: str, text: str, besides: Iterable[str] = (), elsewhere: Quoting = _NOTHING
) -> Verdict:
    """Check one Markdown file against the article's text.

    `besides` are other words that a run between marks may quote: the page's title, what stood outside
    the text; `elsewhere` are other articles. Block quotes may quote the article's text alone.
    """
    seal = read_seal(markdown)
    if seal is None:
        return Verdict(problems=(Problem(file=name, what=_no_seal(markdown)),), counts=Counts(files=1))
    words = Words(text)
    listed = [(brief, _words_of(brief, text)) for brief in seal.briefs]
    found = list(passages(body(markdown), {brief.id for brief in seal.briefs}))
    # An editor's own fields may quote a document or a call: the article is not held to have it.
    said = [passage for passage in found if passage.kind not in ("quote", "desk")]
    quoted = [run for passage in said for run in quoted_runs(passage)]
    runs = _foreign_runs(name, quoted, _Allowed(words, besides, elsewhere, seal))
    problems = [
        *_misplaced(name, listed),
        *_misnamed(name, seal.article, listed),
        *_missing(name, listed, found, quoted),
        *_foreign_quotes(name, found, words),
        *runs.problems,
    ]
    checked = len(listed) + sum(passage.kind == "quote" for passage in found) + len(quoted)
    counts = Counts(files=1, briefs=len(listed), quotations=checked)
    notes = (f"{name}: not checked: {runs.unchecked}",) if runs.unchecked else ()
    return Verdict(problems=tuple(problems), notes=notes, counts=counts)


def _no_seal(markdown: str) -> str:
    if MARK in markdown:
        return "its closing comment is garbled, so that nothing tells what must be in it; restore the comment"
    return "its closing comment is missing, so that nothing tells what must be in it; restore the comment"


def quoted_runs(passage: Passage) -> Iterator[Quoted]:
    """Yield what stands between quotation marks in a passage, of any length.

    An ellipsis at its end (words cut short) is ours. A run that is never closed goes to the passage's end;
    a closing mark there is ours, where the opening one of another kind stands within quoted words.
    """
    whole = Span(start=0, end=len(passage.text))
    for quotation in quotations(passage.text, [whole]):
        inner = quotation.inner.of(passage.text)
        yield Quoted(inner.rstrip(" …" if quotation.closed else " …”"), passage)


def _words_of(brief: SealedBrief, text: str) -> str | None:
    """Return the words that a sealed brief quotes, wherever they stand in the text; none if nowhere."""
    if words_sha256(brief.of(text)) == brief.sha256:
        return brief.of(text)
    length = brief.end - brief.start
    if len(text) > _LONGEST_SEARCH:
        return None
    for start in range(len(text) - length + 1):
        if words_sha256(text[start : start + length]) == brief.sha256:
            return text[start : start + length]
    return None


Listed = Sequence[tuple[SealedBrief, str | None]]


def _misplaced(name: str, listed: Listed) -> Iterator[Problem]:
    """Yield the briefs whose place or hash in the comment fits no words of the article."""
    seen: set[str] = set()
    for brief, words in listed:
        if words is None:
            what = f"the quotation of {brief.id} is not in the article where the closing comment puts it"
            yield Problem(file=name, what=what, where=f"characters {brief.start} to {brief.end}")
        if brief.id in seen:
            yield Problem(file=name, what=f"the closing comment lists {brief.id} twice")
        seen.add(brief.id)


def _misnamed(name: str, article: str, listed: Listed) -> Iterator[Problem]:
    """Yield the briefs whose id belongs to other words: an id is made from the words it stands for."""
    equal = Counter(collapsed(words) for _, words in listed if words is not None)
    ids = cache(ids_of)
    for brief, words in listed:
        if words is not None and brief.id not in ids(article, words, equal[collapsed(words)]):
            yield Problem(file=name, what=f"the id {brief.id} does not belong to the words that it lists")


def ids_of(article: str, words: str, number: int) -> set[str]:
    """Return the ids that a brief may have whose words an article's briefs quote `number` times."""
    return {brief_id(article, words, ordinal) for ordinal in range(number + _HANDED_ON)}


def _missing(
    name: str, listed: Listed, found: Sequence[Passage], quoted: Sequence[Quoted]
) -> Iterator[Problem]:
    """Yield the listed quotations that no longer stand in their claim's section, exact and whole."""
    anchored = {passage.section for passage in found}
    places = _places(found, quoted)
    under: dict[str | None, list[_Place]] = {}
    for place in places:
        under.setdefault(place.section, []).append(place)
    shared = [place for place in places if place.section is None or not place.own]
    for brief, words in listed:
        if words is None:
            continue
        own = under.get(brief.id, ()) if brief.id in anchored else shared
        if any(place.words.hold(words) for place in own):
            continue
        if any(place.words.hold(words) for place in places):
            what = f"the quotation of {brief.id} stands under another claim only"
        else:
            what = f"the quotation of {brief.id} is missing or altered"
        yield Problem(file=name, what=what, where=f"“{short(words)}”")


class _Place(NamedTuple):
    """Somewhere a listed quotation may stand: a whole block quote, or a run between marks."""

    words: Words
    section: str | None
    own: bool
    """The first block quote of a brief's section: it can stand for that brief alone."""


def _places(found: Sequence[Passage], quoted: Sequence[Quoted]) -> list[_Place]:
    blocks: dict[int, list[Passage]] = {}
    for passage in found:
        if passage.quote is not None:
            blocks.setdefault(passage.quote, []).append(passage)
    places = [
        _Place(Words(" ".join(p.text for p in block)), block[0].section, number == block[0].anchored)
        for number, block in blocks.items()
    ]
    places.extend(_Place(Words(run.text), run.passage.section, own=True) for run in quoted)
    return places


def _foreign_quotes(name: str, found: Sequence[Passage], words: Words) -> Iterator[Problem]:
    for passage in found:
        if passage.kind == "quote" and passage.text.strip() and not words.hold(passage.text):
            what = "a block quote is not in the article"
            yield Problem(file=name, what=what, where=f"line {passage.line}: “{short(passage.text)}”")


class _Allowed:
    """What runs between marks may quote besides the article."""

    def __init__(self, words: Words, besides: Iterable[str], elsewhere: Quoting, seal: Seal) -> None:
        titles = (kept.title for kept in elsewhere.kept)
        texts = (kept.text for kept in elsewhere.kept)
        self._texts = (words, Words(*besides, *titles, *texts))
        self._said, self._sealed = Words(*elsewhere.said), frozenset(seal.quoted)
        self.missing = elsewhere.missing

    def prove(self, run: str) -> bool:
        """Tell whether a run stands in a text that is at hand, there perhaps as a sentence's first words."""
        return any(words.hold(run) or words.hold(run[:1].upper() + run[1:]) for words in self._texts)

    def vouch(self, run: str) -> bool:
        """Tell whether a run is as our own files have it, where the text that it is from is not at hand."""
        if not self.missing:
            return False
        return run_hash(run) in self._sealed or self._said.hold(run)


class _Runs(NamedTuple):
    """What checking the runs between marks came to."""

    problems: tuple[Problem, ...]
    unchecked: str
    """What could not be checked, in words; empty where everything could."""


def _foreign_runs(name: str, quoted: Sequence[Quoted], allowed: _Allowed) -> _Runs:
    problems: list[Problem] = []
    unchecked = 0
    for run in quoted:
        # Beside a link to another article even a short run is that article's, or this one's.
        short_one = len(run.text.split()) < RUN and not _leads_elsewhere(run.passage)
        if short_one or not run.text.strip() or allowed.prove(run.text):
            continue
        if allowed.vouch(run.text):
            unchecked += 1
            continue
        what = "words between quotation marks are not in the article"
        if allowed.missing:
            what += f" ({len(allowed.missing)} others that it quotes are not here)"
        where = f"line {run.passage.line}: “{short(run.text)}”"
        problems.append(Problem(file=name, what=what, where=where))
    said = f"{unchecked} quoted runs of {_named(allowed.missing)}, not here" if unchecked else ""
    return _Runs(tuple(problems), said)


def _named(files: Sequence[str]) -> str:
    more = len(files) - 3
    return f"{', '.join(files[:3])} and {more} more" if more > 0 else ", ".join(files)


def _leads_elsewhere(passage: Passage) -> bool:
    return any(".md#" in link for link in passage.links)


def disagreements(name: str, seal: Seal, other: Seal, other_name: str) -> Iterator[Problem]:
    """Yield where a Markdown file's comment and the JSON beside it list different things."""
    if (seal.article, seal.text_sha256) != (other.article, other.text_sha256):
        what = f"was made from another text of the article than {other_name}"
        yield Problem(file=name, what=what)
        return
    if seal.source_sha256 != other.source_sha256:
        yield Problem(file=name, what=f"names another hash of the article's file than {other_name}")
    here = {brief.id: brief for brief in seal.briefs}
    there = {brief.id: brief for brief in other.briefs}
    for listed in [*here, *(i for i in there if i not in here)]:
        if listed not in there:
            yield Problem(file=name, what=f"lists {listed}, which {other_name} does not hold")
        elif listed not in here:
            yield Problem(file=name, what=f"does not list {listed}, which {other_name} holds")
        elif here[listed] != there[listed]:
            yield Problem(file=name, what=f"gives another quotation for {listed} than {other_name}")
