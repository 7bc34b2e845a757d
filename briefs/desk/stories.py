"""The overview of the story, as the last run wrote it."""

import os
import stat
from pathlib import Path

from briefs.domain.story import Story
from briefs.store.outputs import OVERVIEW

LARGEST = 32 * 1024 * 1024


def read_story(folder: Path) -> Story | None:
    """Return the overview of a folder; none where there is none that can be read."""
    try:
        handle = os.open(
            folder / OVERVIEW, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        )
        with os.fdopen(handle, "rb") as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode) or found.st_size > LARGEST:
                return None
            return Story.from_json(file.read(LARGEST + 1))
    except (OSError, ValueError):
        return None
