"""The overview of the story, as the last run wrote it."""

from pathlib import Path

from briefs.domain.story import Story
from briefs.store.files import content_of
from briefs.store.outputs import OVERVIEW

LARGEST = 32 * 1024 * 1024


def read_story(folder: Path) -> Story | None:
    """Return the overview of a folder; none where there is none that can be read."""
    try:
        content = content_of(folder / OVERVIEW, LARGEST + 1, follow=False)
        return Story.from_json(content) if len(content) <= LARGEST else None
    except (OSError, ValueError):
        return None
