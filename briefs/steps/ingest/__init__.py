"""Ingest: bytes to a frozen, hashed article with its metadata and its page furniture marked.

What the user gives wins over what the format states, and that over what stands in the text. Nothing is
guessed: a date without a year is no publication date.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from unicodedata import name
from urllib.parse import urlsplit

from briefs.domain.article import Article, Block, BlockRole, Copy, GivenBy, Reading, sha256
from briefs.domain.slug import slug
from briefs.errors import InputError
from briefs.readers.dispatch import read
from briefs.readers.lines import is_headline, lines
from briefs.readers.names import Checked, Names
from briefs.steps.ingest.furniture import Found, furniture
from briefs.steps.ingest.stated import read_stated
from briefs.steps.ingest.tongue import UNKNOWN, language_of, name_of, not_latin
from briefs.text.lookalikes import lookalikes, spelled
from briefs.text.unseen import OPENS, unseen

_TITLE_WORDS = 12
_KINDS = 4
"""How many kinds of unseen characters a note names."""


MOST_CHARACTERS = 5_000_000
"""A text with more characters than this is no article; it would take many minutes (a novel has a million)."""


class Origin(NamedTuple):
    """Where an article's bytes came from."""

    id: str
    """Canonical URL or path within the input folder; replaced by the canonical URL the page states."""
    path: str
    """What a person typed or the file's path, for messages and `source_path`."""
    url: str | None = None
    """The address that the bytes came from, after redirects."""
    retrieved: str | None = None
    content_type: str | None = None
    """The HTTP header, for bytes from a URL."""
    text: str | None = None
    """The article's text, where it came as text: then nothing is decoded."""


class Given(NamedTuple):
    """What the user says of an article; it wins over what the format states."""

    copy: Copy = Copy.PUBLISHED
    published: str | None = None
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    url: str | None = None
    """Where the article was published."""
    id: str | None = None
    by: GivenBy | None = None
    """Which manifest says so, where one does."""
    refused: Checked = Checked(Names())
    """What the manifest states as a name and is none."""


_NOTHING_GIVEN = Given()


def ingest(data: bytes, origin: Origin, given: Given = _NOTHING_GIVEN) -> Article:
    """Return the article in `data`; raises InputError when it cannot be read."""
    reading = _reading(data, origin, given)
    address = _stated_address(reading, origin)
    text = reading.text
    marked = reading.blocks or lines(text)
    if len(text) > MOST_CHARACTERS:
        reason = f"has {len(text):,} characters of text, more than the {MOST_CHARACTERS:,} of any article"
        raise InputError(origin.path, reason, "give one article a file")
    found = furniture(text, marked)
    blocks = _article_blocks(text, marked, found, plain=not reading.blocks)
    if not blocks:
        raise InputError(origin.path, "holds no article text", "give a file with the article's text")
    stated = read_stated(text, blocks, found)
    article_id = _writable(given.id or given.url or address or origin.id)
    language = _language(language_of("\n".join(block.of(text) for block in blocks)), reading.language)
    return Article(
        id=article_id,
        text_sha256=sha256(text.encode("utf-8", "surrogatepass")),
        source_sha256=sha256(data),
        slug=slug(article_id),
        title=given.title or _title(text, blocks, reading.title),
        outlet=given.outlet or reading.outlet or stated.outlet,
        byline=given.byline or stated.byline or reading.byline,
        published=given.published or reading.published or stated.published,
        retrieved=origin.retrieved,
        url=given.url or address or origin.url,
        language=language,
        copy_kind=given.copy,
        source_path=_writable(origin.path),
        given_by=given.by,
        republished_from=reading.republished_from or stated.origin,
        links=reading.links,
        blocks=blocks,
        furniture=tuple(item.furniture for item in found),
        omitted=(*reading.omitted, *given.refused.omitted),
        notes=(*reading.notes, *given.refused.notes, *_notes(text, language)),
        text=text,
    )


def _reading(data: bytes, origin: Origin, given: Given) -> Reading:
    if origin.text is None:
        return read(data, origin.path, origin.content_type, origin.url or given.url)
    if not origin.text.strip():
        raise InputError(origin.path, "holds no text", "give the article's text")
    return Reading(text=origin.text.removeprefix("\ufeff"))


def _stated_address(reading: Reading, origin: Origin) -> str | None:
    """Return the address that the page states; of a fetched page none on another host."""
    if reading.url is None or origin.url is None or _host(reading.url) == _host(origin.url):
        return reading.url
    return None


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")


def _article_blocks(
    text: str, marked: Sequence[Block], found: Sequence[Found], *, plain: bool
) -> tuple[Block, ...]:
    """Return the blocks that hold article text, with the headline found where the format marks none."""
    whole = {(item.furniture.start, item.furniture.end) for item in found}
    blocks = [block for block in marked if (block.start, block.end) not in whole]
    if not blocks or any(block.role is BlockRole.HEADLINE for block in blocks):
        return tuple(blocks)
    following = blocks[1] if len(blocks) > 1 else None
    titled = blocks[0].role is BlockRole.SUBHEAD and not plain
    if titled or is_headline(text, blocks[0], following):
        blocks[0] = blocks[0].model_copy(update={"role": BlockRole.HEADLINE})
    return tuple(blocks)


def _title(text: str, blocks: Sequence[Block], stated: str | None) -> str:
    """Return the headline, else the title the format states, else the text's first words."""
    headline = next((block for block in blocks if block.role is BlockRole.HEADLINE), None)
    if headline is not None:
        return " ".join(headline.of(text).split())
    if stated and stated.strip():
        return " ".join(stated.split())
    words = blocks[0].of(text).split()
    return " ".join(words[:_TITLE_WORDS]) + (" …" if len(words) > _TITLE_WORDS else "")


def _language(detected: str, stated: str | None) -> str:
    """Return the text's language: what the words show, refined by what the format states if they agree."""
    if stated and (detected == UNKNOWN or stated.lower().startswith(detected)):
        return stated
    return detected


def _writable(name: str) -> str:
    """Return a file name that can be written as UTF-8; bytes that were no character become "?"."""
    return name.encode("utf-8", "replace").decode()


def _notes(text: str, language: str) -> tuple[str, ...]:
    notes = [*_concealed(text), *_alike(text)]
    foreign = language != UNKNOWN and not language.lower().startswith("en")
    if foreign or (language == UNKNOWN and not_latin(text)):
        notes.append(
            f"The article is in {name_of(language)}. The rules for sources, figures, dates and cautious"
            " wording are written for English: expect claims to be missed and sources to be left open."
        )
    return tuple(notes)


def _concealed(text: str) -> Iterator[str]:
    """Yield a note that counts and names the characters that nobody sees."""
    counts = Counter(character for run in unseen(text) for character in run.of(text) if character != OPENS)
    if not counts:
        return
    kinds = [f"U+{ord(each):04X} {name(each, 'control character').lower()}" for each in list(counts)[:_KINDS]]
    more = f" and {len(counts) - _KINDS} more kinds" if len(counts) > _KINDS else ""
    yield (
        "The text holds characters that are not seen, or that turn the direction of writing"
        f" ({counts.total()}): {', '.join(kinds)}{more}."
        " They were left in place, and are named where they stand."
    )


def _alike(text: str) -> Iterator[str]:
    """Yield notes on figures and words that are not written in what they seem to be written in."""
    found = lookalikes(text)
    if found.digits:
        yield (
            f"Figures are written in digits other than 0 to 9 ({len(found.digits)}), such as"
            f" “{found.digits[0][:20]}” ({spelled(found.digits[0])}); compare them with what is meant."
        )
    if found.words:
        yield (
            f"Words mix letters of two alphabets ({len(found.words)}), such as “{found.words[0][:40]}”"
            f" ({spelled(found.words[0])}): one may be made to look like another."
        )
