"""Carry: what becomes of sign-offs when an article has a new version.

A sign-off rests on the article's own words for quotation, source, words that attribute, hedges and figures
(`Basis`), and expires only when these change. The same text never expires one. Where all words are the same
and today's rules read them otherwise, the rules read the old text too: the same reading there means that it
is the rules that changed, and the sign-off holds.

Pure: what must be known of former texts, and today's reading of a place, come through `Versions`.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol

from briefs.domain.article import Article
from briefs.domain.brief import ArticleBriefs, Brief, Origins
from briefs.domain.claims import brief_id
from briefs.domain.desk import Basis, Desk
from briefs.domain.desk_events import Added, Door, EventDraft, Happening, Kept, Moved, Reopened
from briefs.domain.spans import Quote, Span
from briefs.review.basis import basis_of
from briefs.review.carry_reasons import Aspect, differing, gone, outside, reasons, turned
from briefs.review.fold import ClaimState, is_decided
from briefs.text.alignment import Alignment
from briefs.text.overlapping import Overlapping
from briefs.text.wordings import same_words

WHO = "briefs run"
"""Who carries sign-offs over."""
_LEAST = 0.5
"""Share of the words of either wording that a reworded claim shares with the claim that it becomes."""


class Versions(Protocol):
    """What is known of an article's versions, and what today's rules make of them."""

    def article(self, text_sha256: str) -> Article | None:
        """Return the version that has this text; none where it was not kept."""

    def former(self, brief: str) -> Brief | None:
        """Return a claim's brief as it was before this version; none where it is not known."""

    def reading(self, article: Article, place: Span) -> Brief | None:
        """Return what today's rules make of a place of a version; none where they cannot read it."""


class Carried(NamedTuple):
    """What is to be recorded when an article has a new version."""

    drafts: tuple[EventDraft, ...] = ()
    expected: Mapping[str, int] = {}
    """The revision of every claim that this rests on."""
    kept: int = 0
    reopened: tuple[str, ...] = ()
    """Ids of the claims whose sign-off no longer holds."""
    gone: int = 0
    """How many of these are no longer in the article."""


def carry(
    states: Mapping[str, ClaimState], fresh: ArticleBriefs, versions: Versions, of: str | None = None
) -> Carried:
    """Return what the new version of an article makes of what was decided about the old one.

    `fresh` holds the new version's briefs with nothing decided. `of` is the old version's id where that is
    another one; claims then go on in the new article. Nothing is returned for what needs no event, so that
    a second call after these events gives none.
    """
    names = {fresh.article.id, *((of,) if of else ())}
    mine = {name: each for name, each in states.items() if each.article in names}
    return _Carrying(mine, fresh, versions).done()


class _Held(NamedTuple):
    """A claim that somebody has decided about, held against the new text."""

    state: ClaimState
    basis: Basis
    old: Article
    place: Span | None
    same: bool


class _At(NamedTuple):
    """A claim of the new version, and a place where it stands."""

    brief: Brief
    span: Span


class _Carrying:
    def __init__(self, states: Mapping[str, ClaimState], fresh: ArticleBriefs, versions: Versions) -> None:
        self._states, self._fresh, self._versions = states, fresh, versions
        self._alignments: dict[str, Alignment] = {}
        self._becomes: dict[str, str] = {}
        self._after: list[EventDraft] = []
        self._retired: set[str] = set()
        self._kept = self._gone = 0
        self._reopened: list[str] = []
        self._ids = {brief.id for brief in fresh.briefs}

    def done(self) -> Carried:
        held = [each for state in self._states.values() if (each := self._held(state))]
        taken = self._exact(held)
        self._likely([each for each in held if each.state.brief not in taken], taken)
        for each in held:
            self._decide(each, taken.get(each.state.brief))
        for name, state in self._states.items():
            if state.article != self._fresh.article.id and name not in self._becomes:
                self._becomes[name] = name if name not in self._retired else f"{name}~{state.revision}"
        moves = self._moves()
        drafts = (*moves, *self._after)
        touched = {each.brief for each in drafts} | {
            each.what.to for each in moves if isinstance(each.what, Moved)
        }
        expected = {name: self._revision(name) for name in sorted(touched) if "~" not in name}
        return Carried(drafts, expected, self._kept, tuple(self._reopened), self._gone)

    def _revision(self, name: str) -> int:
        state = self._states.get(name)
        return state.revision if state else 0

    def _held(self, state: ClaimState) -> _Held | None:
        """Hold a claim's words against the new text; none where there is nothing to do or to go by."""
        basis, text = state.basis, self._fresh.article.text_sha256
        if basis is None:
            return None
        if basis.text_sha256 == text:
            if state.brief in self._ids or state.added is not None or not _stands(self._fresh.article, basis):
                return None
            return _Held(state, basis, self._fresh.article, basis.quote.place, True)
        old = self._versions.article(basis.text_sha256)
        if old is None:
            return None
        placed = self._alignment(old).place(basis.quote)
        return _Held(state, basis, old, placed.span, placed.same)

    def _alignment(self, old: Article) -> Alignment:
        if old.text_sha256 not in self._alignments:
            self._alignments[old.text_sha256] = Alignment(old.text, self._fresh.article.text)
        return self._alignments[old.text_sha256]

    def _exact(self, held: Iterable[_Held]) -> dict[str, Brief]:
        """Return the claims of the new version that are the same words at the place where these went."""
        taken: dict[str, Brief] = {}
        free = {brief.id: brief for brief in self._fresh.briefs}
        quotes = [_At(brief, brief.claim.quote) for brief in self._fresh.briefs]
        joined = [_At(brief, span) for brief in self._fresh.briefs for span in brief.claim.also_at]
        for stands in (quotes, joined):  # the tool joins what an article states twice
            near = Overlapping(each.span for each in stands)
            for each in held:
                if each.place is None or not each.same or each.state.brief in taken:
                    continue
                there = (stands[number] for number in near.of(each.place))
                found = next((at.brief.id for at in there if self._is(each, at, free)), None)
                if found is not None:
                    taken[each.state.brief] = free.pop(found)
        return taken

    def _is(self, held: _Held, at: _At, free: Mapping[str, Brief]) -> bool:
        """Tell whether a free claim stands at a place with the same words."""
        return at.brief.id in free and same_words(at.span.of(self._fresh.article.text), held.basis.quote.text)

    def _likely(self, held: Iterable[_Held], taken: dict[str, Brief]) -> None:
        """Add the claims that reworded ones have become, the likeliest first."""
        gone = {brief.id for brief in taken.values()}
        briefs = self._fresh.briefs
        near = Overlapping(brief.claim.quote for brief in briefs)
        found = sorted(
            (-share, brief.claim.quote.start, each.state.brief, brief.id, brief)
            for each in held
            if each.place is not None and not each.same
            for brief in map(briefs.__getitem__, near.of(each.place))
            if brief.id not in gone and (share := brief.claim.quote.share(each.place)) >= _LEAST
        )
        for *_, state, name, brief in found:
            if state not in taken and name not in gone:
                taken[state] = brief
                gone.add(name)

    def _decide(self, held: _Held, brief: Brief | None) -> None:
        if held.place is None:
            self._lost(held)
        elif brief is None and held.old.text_sha256 == self._fresh.article.text_sha256:
            self._retain(held, self._versions.former(held.state.brief), held.basis)
        elif not held.same:
            self._reworded(held, held.place, brief)
        else:
            self._compare(held, held.place, brief)

    def _lost(self, held: _Held) -> None:
        """Say that the words are gone, once."""
        self._retired.add(held.state.brief)
        if is_decided(held.state.desk):
            self._tell(held.state.brief, held, Reopened(reasons=(gone(held.basis),), basis=None))

    def _reworded(self, held: _Held, place: Span, brief: Brief | None) -> None:
        read = brief or self._versions.reading(self._fresh.article, place)
        if read is None:
            self._lost(held)
            return
        now = basis_of(self._fresh.article, read)
        name = self._go_on(held, brief, read)
        told = reasons(held.basis, now, (*differing(held.basis, now), Aspect.QUOTE))
        self._tell(name, held, Reopened(reasons=told, basis=now))

    def _compare(self, held: _Held, place: Span, brief: Brief | None) -> None:
        """Decide about a claim whose own words are the same: still the same source's, as firmly said."""
        article, alignment = self._fresh.article, self._alignment(held.old)
        read = brief or self._versions.reading(article, place)
        if read is None:
            self._lost(held)
            return
        now = basis_of(article, read)
        differs = differing(held.basis, now)
        changed = self._by_the_article(held, place, now, alignment)
        turning = turned(alignment.put_in(place), alignment.sentence(place).of(article.text))
        name = self._go_on(held, brief, read)
        if changed or turning:
            told = (*turning, *reasons(held.basis, now, changed))
            self._tell(name, held, Reopened(reasons=told, basis=now))
            return
        self._kept += is_decided(held.state.desk)
        basis = now if not differs else _moved(held.basis, article, place, alignment)
        self._tell(name, held, Kept(basis=basis))

    def _by_the_article(
        self, held: _Held, place: Span, now: Basis, alignment: Alignment
    ) -> tuple[Aspect, ...]:
        """Return in which respects it is the article that changed, where the claim's own words have not."""
        differs = _beyond_the_words(held.basis, now)
        if not differs or alignment.equal:  # white space and typography are no words
            return ()
        before = self._versions.reading(held.old, held.basis.quote)
        after = self._versions.reading(self._fresh.article, place)
        if before is None or after is None:
            return differs
        read = _beyond_the_words(basis_of(held.old, before), basis_of(self._fresh.article, after))
        return tuple(
            aspect
            for aspect in differs
            if aspect in read or not all(alignment.place(each).same for each in outside(held.basis, aspect))
        )

    def _go_on(self, held: _Held, brief: Brief | None, read: Brief) -> str:
        """Return the id under which a claim goes on; what the tool does not call one becomes the editor's."""
        old = held.state.brief
        if brief is not None:
            if brief.id != old:
                self._becomes[old] = brief.id
            return brief.id
        name = self._free_id(read.claim.quote.text, old)
        if name != old:
            self._becomes[old] = name
        former = held.state.added or self._versions.former(old)
        own = _as_editors(read, former, name)
        self._tell(name, held, Added(brief=own, basis=basis_of(self._fresh.article, own)))
        return name

    def _free_id(self, words: str, old: str) -> str:
        article, ordinal = self._fresh.article.id, 0
        held = self._ids | (set(self._states) - {old}) | set(self._becomes.values())
        while (name := brief_id(article, words, ordinal)) in held:
            ordinal += 1
        return name

    def _retain(self, held: _Held, former: Brief | None, basis: Basis) -> None:
        """Keep a claim of the same text that newer rules do not find as the editor's own."""
        brief = former or self._versions.reading(self._fresh.article, basis.quote.place)
        if brief is not None and brief.claim.quote == basis.quote:
            own = _as_editors(brief, former, held.state.brief)
            self._tell(held.state.brief, held, Added(brief=own, basis=basis))

    def _tell(self, name: str, held: _Held, what: Happening) -> None:
        if isinstance(what, Reopened) and is_decided(held.state.desk):
            self._reopened.append(name)
            self._gone += what.basis is None
        article = self._fresh.article.id
        self._after.append(EventDraft(who=WHO, door=Door.RUN, article=article, brief=name, what=what))

    def _moves(self) -> list[EventDraft]:
        """Return the moves in an order in which no claim comes upon another: chains from their end."""
        becomes = dict(self._becomes)
        for name in self._retired & set(becomes.values()):
            becomes.setdefault(name, f"{name}~{self._revision(name)}")
        self._after = [  # what is told of words that are gone goes to where their claim goes
            each.model_copy(update={"brief": becomes[each.brief]})
            if each.brief in self._retired & becomes.keys()
            and isinstance(each.what, Reopened)
            and each.what.basis is None
            else each
            for each in self._after
        ]
        moves: list[tuple[str, str]] = []
        while becomes:
            free = next((name for name, to in becomes.items() if to not in becomes or to == name), None)
            if free is None:  # they change places: one steps aside
                free = next(iter(becomes))
                aside = f"{free}~"
                moves.append((free, aside))
                becomes[aside] = becomes.pop(free)
                continue
            moves.append((free, becomes.pop(free)))
        return [self._move(name, to) for name, to in moves]

    def _move(self, name: str, to: str) -> EventDraft:
        state = self._states.get(name.removesuffix("~"))
        article = state.article if state else self._fresh.article.id
        return EventDraft(
            who=WHO,
            door=Door.RUN,
            article=article,
            brief=name,
            what=Moved(to=to, article=self._fresh.article.id),
        )


def _stands(article: Article, basis: Basis) -> bool:
    return basis.quote.of(article.text) == basis.quote.text


def _as_editors(read: Brief, former: Brief | None, name: str) -> Brief:
    """Return the brief of a claim that the tool does not find, with what was drafted for it before."""
    own = {"id": name, "flags": (), "related": (), "related_in_all": 0, "origins": Origins(), "desk": Desk()}
    if former is None:
        return read.model_copy(update=own)
    return former.model_copy(update={**own, "claim": read.claim, "attribution": read.attribution})


def _beyond_the_words(then: Basis, now: Basis) -> tuple[Aspect, ...]:
    """Return in which respects two readings of the same words differ by more than how these are read.

    What stands within the claim has not changed, whatever is made of it: only another source, and words
    outside the claim, can.
    """
    return tuple(
        aspect
        for aspect in differing(then, now)
        if outside(then, aspect) or outside(now, aspect) or (aspect is Aspect.NAME and now.name is not None)
    )


def _moved(basis: Basis, article: Article, place: Span, alignment: Alignment) -> Basis:
    """Return the words that a sign-off rests on at their places in the new text; those that went stay out."""

    def there(quote: Quote | None) -> Quote | None:
        span = alignment.place(quote).span if quote is not None else None
        return Quote(start=span.start, end=span.end, text=span.of(article.text)) if span else None

    return Basis(
        text_sha256=article.text_sha256,
        quote=Quote(start=place.start, end=place.end, text=place.of(article.text)),
        name=basis.name,
        source=there(basis.source),
        cue=there(basis.cue),
        chain=tuple(found for each in basis.chain if (found := there(each))),
        hedges=tuple(found for each in basis.hedges if (found := there(each))),
        figures=tuple(found for each in basis.figures if (found := there(each))),
    )
