"""Ingest: bytes to a frozen, hashed article with its metadata and its page furniture marked."""

import re
from typing import NamedTuple

from briefs.domain.article import Article, Block, BlockRole, Copy, sha256


class Origin(NamedTuple):
    """Where an article's bytes came from."""

    id: str
    """Canonical URL or path within the input folder; replaced by the canonical URL the page states."""
    path: str
    """What a person typed or the file's path, for messages and `source_path`."""
    url: str | None = None
    retrieved: str | None = None


class Given(NamedTuple):
    """What the user says of an article; it wins over what the format states."""

    copy: Copy = Copy.PUBLISHED
    published: str | None = None
    outlet: str | None = None


def ingest(data: bytes, origin: Origin, given: Given = Given()) -> Article:
    """Return the article in `data`; raises InputError when it cannot be read."""
    text = data.decode()
    blocks = tuple(
        Block(start=m.start(), end=m.end(), role=BlockRole.BODY) for m in re.finditer(r"\S[^\n]*", text)
    )
    return Article(
        id=origin.id,
        text_sha256=sha256(text.encode()),
        source_sha256=sha256(data),
        slug="x",
        title=origin.id,
        language="en",
        copy_kind=given.copy,
        source_path=origin.path,
        blocks=blocks,
        text=text,
    )
