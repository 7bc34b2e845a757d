"""What goes into the claim index and what comes out of it, and how words become its numbers.

Keys and terms are made by the steps that know language; the index only compares them. It keeps
their hashes: an equal hash of two different keys costs a needless comparison, nothing else.
"""

import json
import stat
from array import array
from collections.abc import Callable, Iterable
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple, Self

from briefs.domain.relations import IndexedArticle, IndexedClaim, Outline, Relation

_NUMBER = 32
"""Bits of a posting that hold a claim's number."""


class Entry(NamedTuple):
    """An article with what its claims are found by; `keys` and `terms` go in the order of its claims."""

    article: IndexedArticle
    keys: tuple[frozenset[str], ...]
    """Blocking keys of each claim: claims that share a rare one, or several, are compared."""
    terms: tuple[tuple[str, ...], ...]
    """Stemmed content words of each claim: claims that share two rare ones are compared."""
    outlines: tuple[str, ...] = ()
    """What is handed over with each claim for telling whether two may relate; empty: nothing with any."""
    head: str = ""
    """The same for the article."""


class Stamp(NamedTuple):
    """What tells without reading whether an article's JSON file is the one that was read or written last."""

    slug: str
    size: int
    """Bytes."""
    written: int
    """Nanoseconds since 1970."""

    @classmethod
    def of(cls, path: Path) -> Self | None:
        """Return the stamp of a file; none where there is no such file, or it is a folder or a pipe."""
        try:
            state = path.stat()
        except OSError:
            return None
        return cls(path.stem, state.st_size, state.st_mtime_ns) if stat.S_ISREG(state.st_mode) else None


class Pair(NamedTuple):
    """Two claims worth comparing, by their ids; `one` belongs to the article that was asked about."""

    one: str
    other: str


MayRelate = Callable[[Outline, Outline], bool]
"""Whether two claims may relate, told by what their entries said of them and of their articles."""


class Candidates(NamedTuple):
    """What an article's claims are to be compared with: claims of other articles."""

    pairs: tuple[Pair, ...]
    claims: tuple[IndexedClaim, ...]
    """Every `other` of the pairs."""
    articles: tuple[IndexedArticle, ...]
    """The articles of those claims, without their claims and sketches."""
    met: int
    """Pairs that were found, those among them that cannot relate."""


class Listed(NamedTuple):
    """A line about an article for a person."""

    id: str
    slug: str
    title: str
    outlet: str | None
    published: str | None
    folder: Path
    claims: int
    relations: int
    """To claims of other articles."""


class Limits(NamedTuple):
    """How common a key may be; the pairs that the index offers depend on these and on the set of articles.

    A key of up to `rare` claims pairs them all. Of those of up to `live` claims it takes two, or one and a
    term. One of up to `hot` joins all to the `hubs` whose ids have the smallest hashes: a large story still
    hangs together, and which claims they are does not depend on the order in which articles came. A
    commoner key joins none.
    """

    rare: int = 8
    live: int = 16
    hubs: int = 3
    hot: int = 2000
    term: int = 16
    """Claims that may hold a term that counts as rare."""


def written(value: IndexedArticle | IndexedClaim | Relation) -> str:
    """Return a value as JSON; half a character, which hostile text may hold, as JSON's own escape."""
    try:
        return value.model_dump_json(exclude_defaults=True)
    except ValueError:
        return json.dumps(value.model_dump(mode="json", exclude_defaults=True))


def is_text(identifier: str) -> bool:
    """Tell whether an id is valid Unicode: SQLite takes no other."""
    try:
        identifier.encode()
    except UnicodeEncodeError:
        return False
    return True


def hashed(text: str) -> int:
    """Return 63 bits of a text's BLAKE2 hash."""
    data = text.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big") >> 1


def posting(identifier: str, number: int) -> int:
    """Return under which number a claim's keys and terms are filed, in the order of hubs."""
    return hashed(identifier) >> _NUMBER << _NUMBER | number


def number_of(filed: int) -> int:
    """Return the claim of a posting."""
    return filed & (1 << _NUMBER) - 1


def hashes(words: Iterable[str]) -> tuple[int, ...]:
    """Return the hashes of different words, in ascending order."""
    return tuple(sorted({hashed(word) for word in words}))


def token(term: str) -> str:
    """Return a term's hash as a word that FTS5 takes for one token."""
    return f"{hashed(term) >> 23:x}"


def packed(numbers: Iterable[int]) -> bytes:
    """Return numbers of 63 bits as bytes."""
    return array("q", numbers).tobytes()


def packed_sketch(sketch: tuple[int, ...]) -> bytes:
    """Return a sketch as bytes: 32 bits a number, -1 and up, where they suffice, else 64."""
    if all(-1 <= each < 2**32 - 1 for each in sketch):
        return array("I", (each + 1 for each in sketch)).tobytes()
    return b"q" + packed(sketch)


def unpacked_sketch(data: bytes) -> tuple[int, ...]:
    """Return the sketch that `packed_sketch` made bytes of."""
    if len(data) % 4:
        return unpacked(data[1:])
    return tuple(each - 1 for each in array("I", data))


def unpacked(data: bytes) -> tuple[int, ...]:
    """Return the numbers that `packed` made bytes of."""
    return tuple(array("q", data))
