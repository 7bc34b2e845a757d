"""Two articles with one name for their files: names end in 24 bits of a hash, and may meet by chance."""

import json
from pathlib import Path

from briefs.errors import ConfigError
from briefs.store.files import content_of

_HEAD = 65_536
"""Bytes at the beginning of a JSON file within which its article's id stands."""
_BEFORE = '"article":'


def claim_name(folder: Path, slug: str, article: str) -> None:
    """Raise ConfigError where the files of this name are another article's: none is ever overwritten."""
    holder = _holder(folder / f"{slug}.json")
    if holder is not None and holder != article:
        raise same_name(article, holder, slug)


def same_name(article: str, holder: str, slug: str) -> ConfigError:
    """Return the error that an article's files would have the names of another one's."""
    return ConfigError(
        f"{article}: its files would have the names of those of {holder} ({slug}); rename it and run it again"
    )


def _holder(path: Path) -> str | None:
    """Return the id of the article whose briefs lie at `path`; none where there are none."""
    try:
        head = content_of(path, _HEAD).decode("utf-8", "replace")
        begin = head.index("{", head.index(_BEFORE))
        key, colon = head.index('"id":', begin), len('"id":')
        found, _ = json.JSONDecoder().raw_decode(head[key + colon :].lstrip())
    except (OSError, ValueError):
        return None
    return found if isinstance(found, str) else None
