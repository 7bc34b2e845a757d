"""The seal: the HTML comment that ends every Markdown file of briefs, so that the file proves itself.

It lists each brief's id, the place of its quotation and the hash of the quoted words, and the hashes of
the article; `verify` learns from it what must still be there after a person has rewritten the rest. Its
own hash, over everything above it and over itself, tells whether anybody has edited the file since.
"""

import json
import re
from collections.abc import Iterable
from typing import NamedTuple

from pydantic import Field, ValidationError

from briefs.domain.article import sha256
from briefs.domain.brief import ArticleBriefs
from briefs.domain.spans import Frozen, Span
from briefs.text.equality import collapsed

MARK = "<!-- briefs:"
"""How the comment begins; nothing else in a file that we write begins so."""
STORY_MARK = "<!-- briefs-story:"
"""How the comment at the end of a story's overview begins: it holds the hash of what stands above it."""
RUN = 5
"""From how many words on a run between quotation marks must be proved."""
_SEAL = re.compile(r"<!-- briefs:(.*?)-->", re.DOTALL)
_STORY_SEAL = re.compile(r"<!-- briefs-story: ([0-9a-f]{64}) -->\s*\Z")


class SealedBrief(Span):
    """A brief that the file must hold: its id, the place of its quotation, the hash of the quoted words."""

    id: str
    sha256: str


class SealedOther(Frozen):
    """Another article that the file quotes: id, name of its files beside this one, hash of its text."""

    article: str
    slug: str | None
    text_sha256: str | None


class Seal(Frozen):
    """What a sealed file says of itself."""

    schema_version: str
    article: str
    """The article's id."""
    source_path: str
    text_sha256: str
    source_sha256: str
    briefs: tuple[SealedBrief, ...]
    others: tuple[SealedOther, ...] = ()
    quoted: tuple[str, ...] = ()
    """Of the runs of words that are quoted of other articles: the hash's first 16 characters."""
    sealed_sha256: str = Field(pattern="^[0-9a-f]{64}$")
    """Of the Markdown above the comment and of the comment without this line."""


class _Parts(NamedTuple):
    above: str
    record: str
    below: str


def words_sha256(words: str) -> str:
    """Return the hash of quoted words, or of a whole text; exact, not even white space is changed."""
    return sha256(words.encode("utf-8", "surrogatepass"))


def listing(result: ArticleBriefs) -> Seal:
    """Return what the seal of an article's briefs lists; its own hash is not made yet."""
    article = result.article
    quotes = [(brief.id, brief.claim.quote) for brief in result.briefs]
    return Seal(
        schema_version=result.schema_version,
        article=article.id,
        source_path=article.source_path,
        text_sha256=article.text_sha256,
        source_sha256=article.source_sha256,
        briefs=tuple(
            SealedBrief(id=brief_id, start=quote.start, end=quote.end, sha256=words_sha256(quote.text))
            for brief_id, quote in quotes
        ),
        sealed_sha256="0" * 64,
    )


def run_hash(words: str) -> str:
    """Return what stands in a seal for words of another article: a hash that white space does not change."""
    return words_sha256(collapsed(words))[:16]


def seal(
    markdown_body: str, result: ArticleBriefs, others: Iterable[SealedOther] = (), quoted: Iterable[str] = ()
) -> str:
    """Return the whole Markdown file: the body, a blank line, and the comment that seals it.

    `others` are the articles that the body quotes besides its own, `quoted` what it quotes of them.
    """
    unsealed = listing(result).model_copy(
        update={"others": tuple(others), "quoted": tuple(sorted({run_hash(words) for words in quoted}))}
    )
    sealed = unsealed.model_copy(update={"sealed_sha256": _sealed_sha256(markdown_body, unsealed)})
    return f"{markdown_body.rstrip()}\n\n{_comment(sealed)}\n"


def seal_story(markdown_body: str) -> str:
    """Return the whole Markdown file of a story's overview: the body and the comment that seals it."""
    return f"{markdown_body.rstrip()}\n\n{STORY_MARK} {sha256(_plain(markdown_body))} -->\n"


def read_seal(markdown: str) -> Seal | None:
    """Return the seal of a Markdown file; none where it is missing or garbled.

    The last comment counts. Line ends that an editor converted do not matter.
    """
    parts = _split(markdown)
    if parts is None:
        return None
    try:
        return Seal.model_validate(json.loads(parts.record))
    except (ValueError, ValidationError, RecursionError):
        return None


def body(markdown: str) -> str:
    """Return a Markdown file without its seal: what stands above the comment and below it."""
    parts = _split(markdown)
    return markdown if parts is None else f"{parts.above}\n\n{parts.below}"


def as_written(markdown: str) -> bool:
    """Tell whether a Markdown file is one that we wrote and nobody has edited since.

    Converted line ends and a byte order mark are no edit: no person's words are in them.
    """
    story = _STORY_SEAL.search(markdown)
    if story is not None:
        return story.group(1) == sha256(_plain(markdown[: story.start()]))
    parts = _split(markdown)
    found = read_seal(markdown)
    if parts is None or found is None or parts.below.strip():
        return False
    return found.sealed_sha256 == _sealed_sha256(parts.above, found)


def _split(markdown: str) -> _Parts | None:
    start = markdown.rfind(MARK)
    match = _SEAL.match(markdown, start) if start >= 0 else None
    if match is None:
        return None
    return _Parts(markdown[:start], match.group(1), markdown[match.end() :])


def _sealed_sha256(above: str, found: Seal) -> str:
    record = _record(found.model_copy(update={"sealed_sha256": "0" * 64}))
    return sha256(_plain(above) + f"\n{record}".encode("utf-8", "surrogatepass"))


def _plain(above: str) -> bytes:
    """Return what is hashed of the Markdown above a comment, whatever its line ends."""
    lines = above.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").rstrip()
    return lines.encode("utf-8", "surrogatepass")


def _comment(found: Seal) -> str:
    return f"{MARK} {_record(found)} -->"


def _record(found: Seal) -> str:
    """Write a seal as JSON, a brief a line, that cannot end the comment it stands in."""
    fields = found.model_dump(mode="json")
    for name in ("others", "quoted"):
        if not fields[name]:  # as in files made before there were any
            del fields[name]
    rows = [json.dumps(row, separators=(", ", ": ")) for row in fields.pop("briefs")]
    head = json.dumps(fields, indent=1)[1:-2]
    listed = ",".join(f"\n  {row}" for row in rows)
    record = f'{{{head},\n "briefs": [{listed}]\n}}'
    return record.replace("--", "-\\u002d").replace("<", "\\u003c").replace(">", "\\u003e")
