"""Two articles with one name for their files: names end in 24 bits of a hash, and may meet by chance."""

import json
from pathlib import Path

from briefs.errors import ConfigError
from briefs.store.files import content_of

_HEAD = 65_536
"""Bytes at the beginning of a JSON file within which its article's id and source stand."""
_BEFORE = '"article":'


def claim_name(folder: Path, slug: str, article: str, source: str) -> str | None:
    """Raise ConfigError where the files of this name are another article's: none is ever overwritten.

    Returns a note where they are this article's, but were read from elsewhere than `source` (the path or
    address that a person named): any file may state the address of another one.
    """
    head = _head(folder / f"{slug}.json")
    holder, before = _said(head, "id"), _said(head, "source_path")
    if holder is not None and holder != article:
        raise same_name(article, holder, slug)
    if holder is None or before in (None, source.encode("utf-8", "replace").decode()):
        return None
    return f"takes the place of what was read from {before} ({article})"


def same_name(article: str, holder: str, slug: str) -> ConfigError:
    """Return the error that an article's files would have the names of another one's."""
    return ConfigError(
        f"{article}: its files would have the names of those of {holder} ({slug}); rename it and run it again"
    )


def _head(path: Path) -> str:
    """Return how the JSON of the article at `path` begins; nothing where there is none."""
    try:
        head = content_of(path, _HEAD).decode("utf-8", "replace")
        return head[head.index("{", head.index(_BEFORE)) :]
    except (OSError, ValueError):
        return ""


def _said(head: str, key: str) -> str | None:
    """Return the text of an article's field; none where there is none."""
    _, _, rest = head.partition(f'"{key}":')
    try:
        found, _ = json.JSONDecoder().raw_decode(rest.lstrip())
    except ValueError:
        return None
    return found if isinstance(found, str) else None
