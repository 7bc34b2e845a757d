"""Briefs as they lie on disk, read for a person who named them: what is wrong is said in one line."""

import json
from pathlib import Path

from pydantic import ValidationError

from briefs.domain.brief import SCHEMA_VERSION, ArticleBriefs
from briefs.errors import InputError
from briefs.store.outputs import NO_BRIEFS

LARGEST = 200_000_000
"""Bytes; the JSON of the longest article that is briefed has a tenth of it."""
_OURS = ("schema_version", "article", "ledger", "briefs")


def briefs_in(folder: Path) -> tuple[Path, ...]:
    """Return the JSON files of a folder, by name, without the run's record and the overview.

    Pipes, devices and hidden files are left aside; whether a file holds briefs is seen when it is read.
    """
    found = (
        path
        for path in folder.glob("*.json")
        if path.name not in NO_BRIEFS and not path.name.startswith(".") and path.is_file()
    )
    return tuple(sorted(found, key=lambda path: path.name))


def read_briefs(path: Path) -> ArticleBriefs:
    """Return the briefs that a JSON file holds.

    Raises InputError, with the reason, for a file that cannot be read, is too large, is no JSON, is JSON of
    something else or of another schema version, or whose quotations are not where it says.
    """
    try:
        if not path.is_file():
            raise InputError(str(path), "is not a file", "name the JSON of briefs, or a folder of them")
        if path.stat().st_size > LARGEST:
            raise InputError(
                str(path),
                f"is larger than {LARGEST // 1_000_000} MB",
                "name the JSON of one article's briefs",
            )
        content = path.read_bytes()
    except OSError as error:
        raise InputError(
            str(path), f"cannot be read ({error.strerror or error})", "check its permissions"
        ) from error
    try:
        return ArticleBriefs.from_json(content)
    except (ValueError, RecursionError) as error:
        raise InputError(
            str(path), _reason(content, error), "run `briefs run` on the article again"
        ) from error


def _reason(content: bytes, error: Exception) -> str:
    try:
        made = json.loads(content)
    except (ValueError, RecursionError):
        return "is not JSON"
    if not isinstance(made, dict) or not all(key in made for key in _OURS):
        return "is JSON, but not the briefs of an article"
    if made["schema_version"] != SCHEMA_VERSION:
        version = str(made["schema_version"])[:20]
        return f"has schema version {version}; this version of briefs reads {SCHEMA_VERSION}"
    if not isinstance(error, ValidationError):
        return "is not the briefs of an article"
    first = error.errors()[0]
    where = ".".join(map(str, first["loc"]))[:200]  # a key of a stranger may be of any length
    what = " ".join(first["msg"].split())[:200]
    return f"is not as the format has it ({f'{where}: ' if where else ''}{what})"
