"""The sample corpus's manifest as types: what each article is for and what a careful checker expects of it.

The meaning of every field stands at the head of `corpus/manifest.toml`. `words` gives the words of an
article as a person sees them, made without the project's own readers, so that tests of those readers have
something to be held against.
"""

import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path
from typing import Literal

from pydantic import Field

from briefs.domain.article import BlockRole, FurnitureKind
from briefs.domain.brief import FlagKind
from briefs.domain.claims import ClaimType
from briefs.domain.scan import ChainEnd, SourceKind, Speech
from briefs.domain.spans import Frozen, How

CORPUS = Path(__file__).parents[2] / "corpus"
SOURCES = Path(__file__).parent / "sources"


class GoldLink(Frozen):
    """A link inside article text."""

    words: str
    url: str


class GoldName(Frozen):
    """A name with the other forms that the article uses."""

    name: str
    variants: tuple[str, ...]


class GoldFurniture(Frozen):
    """A piece of the page that is not article text."""

    kind: FurnitureKind
    begins: str


class GoldBlock(Frozen):
    """Article text that is not body text."""

    role: BlockRole
    text: str


class GoldCriticism(Frozen):
    """Criticism of somebody, and whether they were asked."""

    name: str
    asked: Literal["yes", "no", "unsaid"]
    words: str
    by: str | None = None


class GoldFlag(Frozen):
    """A planted trouble, and the words that it is about."""

    kind: FlagKind
    words: tuple[str, ...]


class GoldQuantity(Frozen):
    """A figure with its bounds; an absent bound is open."""

    text: str
    low: int | float | None = None
    high: int | float | None = None
    unit: str | None = None
    kind: str | None = None
    period: str | None = None
    denominator: str | None = None
    approximate: bool = False


class GoldDate(Frozen):
    """A date; without `iso` it is one that nobody may guess."""

    text: str
    iso: str | None = None
    month: int | None = None


class GoldShow(Frozen):
    """Something that the tool must handle, and the words that show it."""

    what: str
    words: str


class GoldClaim(Frozen):
    """A claim that a careful checker would list."""

    id: str
    quote: str
    type: ClaimType
    kind: SourceKind
    speaker: str | None = None
    how: How | None = None
    speech: Speech = Speech.NONE
    via: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    chain_end: ChainEnd | None = None
    repeats: str | None = None


class GoldArticle(Frozen):
    """One article of the corpus."""

    file: str
    source: str | None = None
    purpose: str
    hand: str
    family: str | None = None
    clean: bool = False
    title: str
    outlet: str | None = None
    byline: str | None = None
    published: str | None = None
    language: str | None = None
    url: str | None = None
    republished_from: str | None = None
    links: tuple[GoldLink, ...] = ()
    names: tuple[GoldName, ...] = ()
    furniture: tuple[GoldFurniture, ...] = ()
    blocks: tuple[GoldBlock, ...] = ()
    criticised: tuple[GoldCriticism, ...] = ()
    not_claims: tuple[str, ...] = ()
    flags: tuple[GoldFlag, ...] = ()
    quantities: tuple[GoldQuantity, ...] = ()
    dates: tuple[GoldDate, ...] = ()
    shows: tuple[GoldShow, ...] = ()
    claims: tuple[GoldClaim, ...] = Field(alias="claim")

    @property
    def path(self) -> Path:
        """Return where the article's file is."""
        return CORPUS / self.file


class GoldRelation(Frozen):
    """Claims of different articles, every two of which stand in the relation."""

    kind: Literal["same", "conflict", "related"]
    claims: tuple[str, ...]
    note: str


class GoldOrigin(Frozen):
    """Attributions of one family that go back to one upstream."""

    family: str
    upstream: str
    through: str | None = None
    known: bool = True
    missed: bool = False
    articles: tuple[str, ...]
    claims: tuple[str, ...]
    note: str


class Manifest(Frozen):
    """The whole expectation."""

    articles: tuple[GoldArticle, ...] = Field(alias="article")
    relations: tuple[GoldRelation, ...] = Field(alias="relation")
    origins: tuple[GoldOrigin, ...] = Field(alias="origin")


def manifest() -> Manifest:
    """Return the manifest; raises pydantic's ValidationError where it is not well formed."""
    return Manifest.model_validate(tomllib.loads((CORPUS / "manifest.toml").read_text(encoding="utf-8")))


def collapse(text: str) -> str:
    """Return `text` with every run of white space as one space."""
    return " ".join(text.split())


def words(article: GoldArticle) -> str:
    """Return the words of an article's whole page, markup gone, white space collapsed."""
    path = SOURCES / article.source if article.source else article.path
    raw = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        page = _Visible()
        page.feed(raw)
        return collapse("".join(page.pieces))
    if path.suffix == ".md":
        unlinked = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", raw)
        return collapse(re.sub(r"(?m)^(?:#+|>|-|\d\.) |\*(?!\s*$)|(?<=\S)\*$", "", unlinked))
    return collapse(raw)


class _Visible(HTMLParser):
    """Collects what a browser shows, with a space at the border of each block."""

    _INLINE = frozenset({"a", "em", "strong", "span", "time", "small"})
    _UNSEEN = frozenset({"script", "style", "title"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._unseen += tag in self._UNSEEN
        self._border(tag)

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in self._UNSEEN
        self._border(tag)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.pieces.append(data)

    def _border(self, tag: str) -> None:
        if tag not in self._INLINE:
            self.pieces.append(" ")
