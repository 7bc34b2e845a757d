"""Where words of an old text stand in a new one, and whether they are still the same words.

Pieces that end like sentences are paired first, wherever they stand: unique ones, then their equal
neighbours (patience diff, Cohen 2010). What is left between pairs is aligned word by word (longest common
subsequence, by rapidfuzz), so that sentences that were split or joined are followed too; what was moved and
reworded is found by likeness. Likeness finds a place, it never says that words are the same: that is decided
by `briefs.text.wordings`.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import Indel

from briefs.domain.spans import Span
from briefs.text.wordings import Token, equal_words, key_of, tokens, trimmed

_TELLING = 4
"""From how many words on a piece that stands once in both texts is paired wherever it stands."""
_LARGEST = 400_000_000
"""Most pairs of words that are aligned at once: some 50 MB."""
_MOST_PIECES = 600
"""Most pieces on either side that are compared with one another by likeness."""
_LIKE = 0.6
"""Indel similarity from which a piece is one that was moved and reworded."""
_POOR = 0.5
"""Share of its words under which a piece counts as not found where it should stand."""
_HALF = 0.5
_STOPS = frozenset(".!?…”")
_REACH = 40
"""How many words apart the parts of a reworded place may be."""
_CONTEXT = 30
"""How many words on either side tell equal places apart."""


class Placed(NamedTuple):
    """Where words of the old text stand in the new one."""

    span: Span | None
    """Null where they are gone; the nearest that is left of them where they are not the same."""
    same: bool
    """The words there are the same, in their order, with nothing between them."""


GONE = Placed(None, False)


class _Side:
    """One text as words and pieces."""

    def __init__(self, text: str, numbers: dict[str, int]) -> None:
        self.text = text
        self.tokens: Sequence[Token] = tuple(tokens(text))
        self.keys = [numbers.setdefault(key_of(token), len(numbers)) for token in self.tokens]
        borders = [0]
        borders += [n for n, token in enumerate(self.tokens) if n and _ends(self.tokens[n - 1], token)]
        self.pieces = [range(a, b) for a, b in pairwise([*dict.fromkeys(borders), len(self.tokens)]) if a < b]
        self.starts = [piece.start for piece in self.pieces]
        self.piece_keys = [tuple(self.keys[piece.start : piece.stop]) for piece in self.pieces]
        self.of_key: dict[int, list[int]] = defaultdict(list)
        for place, key in enumerate(self.keys):
            self.of_key[key].append(place)

    def span(self, first: int, last: int) -> Span:
        """Return the place of the words from number `first` to number `last`, both included."""
        return Span(start=self.tokens[first].start, end=self.tokens[last].end)


class Alignment:
    """An old text held against a new one; made once, asked for many places."""

    def __init__(self, old: str, new: str) -> None:
        numbers: dict[str, int] = {}
        self._old, self._new = _Side(old, numbers), _Side(new, numbers)
        self._to: list[int | None] = [None] * len(self._old.tokens)
        self._from: list[int | None] = [None] * len(self._new.tokens)
        pairs = _paired(self._old, self._new)
        for one, other in pairs.items():
            self._pair(self._old.pieces[one], self._new.pieces[other])
        for old_part, new_part in _gaps(self._old, self._new, pairs):
            self._align(old_part, new_part)
        self._find_moved()

    @cached_property
    def equal(self) -> bool:
        """Tell whether the two texts are the same words throughout."""
        return [each.text for each in self._old.tokens] == [each.text for each in self._new.tokens]

    def place(self, span: Span, within: Span | None = None) -> Placed:
        """Return where the words of the old text's `span` stand in the new text.

        A stop at their end and the letter case that a sentence's beginning gives are forgiven, white space
        and the shape of marks too; nothing else is. Words that were put elsewhere are found where they stand
        unaltered and are not another place's; with `within`, a place of the new text, only there.
        """
        run = trimmed(self._old.tokens, _covered(self._old.tokens, span))
        if not run:
            return GONE
        straight = self._straight(run)
        if straight is not None and (within is None or within.overlaps(straight)):
            return Placed(straight, True)
        copies = list(self._copies(run, within))
        if copies:
            return Placed(max(copies, key=lambda each: self._fits(run, each)).span, True)
        left = self._left_of(run)
        if left is None or (within is not None and not within.overlaps(left)):
            return GONE
        return Placed(self._with_stop(span, left), False)

    def put_in(self, span: Span) -> tuple[str, ...]:
        """Return the words from stop to stop around a place of the new text that the old text lacks."""
        return tuple(
            self._new.tokens[n].text
            for piece in _pieces(self._new, span)
            for n in piece
            if self._from[n] is None
        )

    def sentence(self, span: Span) -> Span:
        """Return the new text's words from stop to stop around a place of it."""
        pieces = _pieces(self._new, span)
        return self._new.span(pieces[0].start, pieces[-1].stop - 1) if pieces else span

    def _with_stop(self, span: Span, place: Span) -> Span:
        """Return a place with the stop that ends its sentence, where the old words had theirs."""
        end, text = place.end, self._new.text
        if span.of(self._old.text).rstrip()[-1:] in _STOPS:
            while end < len(text) and text[end] in _STOPS:
                end += 1
        return Span(start=place.start, end=end)

    def _straight(self, run: range) -> Span | None:
        first = self._to[run.start]
        if first is None or any(self._to[n] != first + n - run.start for n in run):
            return None
        return self._same_at(run, first)

    def _same_at(self, run: range, first: int) -> Span | None:
        there = range(first, first + len(run))
        if there.stop > len(self._new.tokens):
            return None
        if not equal_words(
            (self._old.text, self._old.tokens, run), (self._new.text, self._new.tokens, there)
        ):
            return None
        last = there.stop - 1
        # A stop that was part of the words stays with them.
        end = self._new.tokens[last].end
        return Span(start=self._new.tokens[first].start, end=end)

    def _copies(self, run: range, within: Span | None) -> Iterator["_Copy"]:
        """Yield where the words stand in the new text unaltered without being another place's words."""
        keys = self._old.keys[run.start : run.stop]
        rarest = min(range(len(keys)), key=lambda n: len(self._new.of_key.get(keys[n], ())))
        for place in self._new.of_key.get(keys[rarest], ()):
            first = place - rarest
            if first < 0 or self._new.keys[first : first + len(keys)] != keys:
                continue
            origins = [self._from[n] for n in range(first, first + len(keys))]
            strangers = sum(each is not None and each not in run for each in origins)
            if strangers > len(keys) * _HALF:
                continue
            span = self._same_at(run, first)
            if span is not None and (within is None or within.overlaps(span)):
                yield _Copy(span, first)

    def _fits(self, run: range, copy: "_Copy") -> tuple[float, float, int]:
        """Return how well a copy sits where the old words stood: its own words, its context, its order."""
        there = range(copy.first, copy.first + len(run))
        own = sum(self._to[n] in there for n in run)
        old, new = self._old.keys, self._new.keys
        before = Indel.normalized_similarity(
            old[max(0, run.start - _CONTEXT) : run.start], new[max(0, there.start - _CONTEXT) : there.start]
        )
        after = Indel.normalized_similarity(
            old[run.stop : run.stop + _CONTEXT], new[there.stop : there.stop + _CONTEXT]
        )
        return own, before + after, -copy.first

    def _left_of(self, run: range) -> Span | None:
        """Return where most of the words went, if they stayed together."""
        places = sorted(place for n in run if (place := self._to[n]) is not None)
        groups: list[list[int]] = []
        for place in places:
            if groups and place - groups[-1][-1] <= _REACH:
                groups[-1].append(place)
            else:
                groups.append([place])
        best = max(groups, key=len, default=[])
        if len(best) < max(1, len(run) * _HALF):
            return None
        return self._new.span(best[0], best[-1])

    def _pair(self, one: range, other: range) -> None:
        for old, new in zip(one, other, strict=True):
            self._to[old], self._from[new] = new, old

    def _align(self, one: range, other: range) -> None:
        """Pair the words that two parts have in common, in order."""
        if not one or not other or len(one) * len(other) > _LARGEST:
            return
        codes = Indel.opcodes(self._old.keys[one.start : one.stop], self._new.keys[other.start : other.stop])
        for code in codes:
            if code.tag == "equal":
                self._pair(
                    range(one.start + code.src_start, one.start + code.src_end),
                    range(other.start + code.dest_start, other.start + code.dest_end),
                )

    def _find_moved(self) -> None:
        """Pair the words of pieces that were both moved and reworded."""
        old = [p for p in self._old.pieces if len(p) >= _TELLING and _share(self._to, p) < _POOR]
        new = [p for p in self._new.pieces if len(p) >= _TELLING and _share(self._from, p) < _POOR]
        if len(old) > _MOST_PIECES or len(new) > _MOST_PIECES:
            return
        likely = []
        for one in old:
            for other in new:
                a, b = self._old.keys[one.start : one.stop], self._new.keys[other.start : other.stop]
                likeness = Indel.normalized_similarity(a, b, score_cutoff=_LIKE)
                if likeness >= _LIKE:
                    likely.append((-likeness, one.start, other.start, one, other))
        taken: set[range] = set()
        for *_, one, other in sorted(likely):
            if one not in taken and other not in taken:
                taken |= {one, other}
                self._free(one, other)
                self._align(one, other)

    def _free(self, one: range, other: range) -> None:
        for n in one:
            if (there := self._to[n]) is not None:
                self._to[n] = self._from[there] = None
        for n in other:
            if (there := self._from[n]) is not None:
                self._from[n] = self._to[there] = None


class _Copy(NamedTuple):
    span: Span
    first: int
    """Number of its first word in the new text."""


def _ends(token: Token, following: Token) -> bool:
    """Tell whether a piece ends between two words: at a stop, or at an empty line."""
    return following.breaks or (token.text in (".", "!", "?", "…") and following.text not in ('"', "'", ")"))


def _covered(found: Sequence[Token], span: Span) -> range:
    """Return the numbers of the words that a place overlaps."""
    low = bisect_right(found, span.start, key=lambda token: token.end)
    last = low
    while last < len(found) and found[last].start < span.end:
        last += 1
    return range(low, last)


def _pieces(side: _Side, span: Span) -> list[range]:
    run = _covered(side.tokens, span)
    if not run:
        return []
    first = bisect_right(side.starts, run.start) - 1
    return side.pieces[first : bisect_left(side.starts, run.stop)]


def _share(paired: Sequence[int | None], piece: range) -> float:
    return sum(paired[n] is not None for n in piece) / len(piece)


class _Pairing:
    """Which piece of the old text is which of the new one, by equality."""

    def __init__(self, old: _Side, new: _Side) -> None:
        self._old, self._new = old, new
        self.pairs: dict[int, int] = {}
        self.back: dict[int, int] = {}

    def unique(self) -> None:
        """Pair what stands once in either text."""
        here, there = Counter(self._old.piece_keys), Counter(self._new.piece_keys)
        where = {key: n for n, key in enumerate(self._new.piece_keys)}
        for one, key in enumerate(self._old.piece_keys):
            if len(key) >= _TELLING and here[key] == there[key] == 1:
                self._pair(one, where[key])

    def neighbours(self) -> None:
        """Pair equal neighbours of what is paired, and of the beginnings and ends of the texts."""
        ends = (len(self._old.pieces), len(self._new.pieces))
        for one, other in [(-1, -1), *self.pairs.items(), ends]:
            for step in (1, -1):
                distance = step
                while self._pair(one + distance, other + distance):
                    distance += step

    def repeated(self) -> None:
        """Pair what is left of equal pieces in their order."""
        left: dict[tuple[int, ...], deque[int]] = defaultdict(deque)
        for other, key in enumerate(self._new.piece_keys):
            if other not in self.back and len(key) >= _TELLING:
                left[key].append(other)
        for one, key in enumerate(self._old.piece_keys):
            if one not in self.pairs and left.get(key):
                self._pair(one, left[key].popleft())

    def _pair(self, one: int, other: int) -> bool:
        if not (0 <= one < len(self._old.pieces) and 0 <= other < len(self._new.pieces)):
            return False
        if one in self.pairs or other in self.back:
            return False
        if self._old.piece_keys[one] != self._new.piece_keys[other]:
            return False
        self.pairs[one], self.back[other] = other, one
        return True


def _paired(old: _Side, new: _Side) -> dict[int, int]:
    pairing = _Pairing(old, new)
    pairing.unique()
    pairing.neighbours()
    pairing.repeated()
    return pairing.pairs


def _gaps(old: _Side, new: _Side, pairs: dict[int, int]) -> Iterator[tuple[range, range]]:
    """Yield the parts of the two texts that stand between the same pairs, as numbers of words."""
    back = set(pairs.values())
    one = 0
    while one < len(old.pieces):
        if one in pairs:
            one += 1
            continue
        begin = one
        while one < len(old.pieces) and one not in pairs:
            one += 1
        after = pairs[begin - 1] + 1 if begin else 0
        first = last = after
        while last < len(new.pieces) and last not in back:
            last += 1
        if first == last:  # nothing new follows: what stood before the next pair may be it
            last = pairs[one] if one < len(old.pieces) else len(new.pieces)
            first = last
            while first > 0 and first - 1 not in back:
                first -= 1
        if first < last:
            yield (
                range(old.pieces[begin].start, old.pieces[one - 1].stop),
                range(new.pieces[first].start, new.pieces[last - 1].stop),
            )
