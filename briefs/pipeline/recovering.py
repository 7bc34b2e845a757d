"""A desk that is begun anew in a folder whose briefs say that something was decided takes that over.

So a record that was lost, damaged or left behind when a folder was copied costs no sign-off: the briefs are
its projections. It is done once in a file's life.
"""

import re
from pathlib import Path

from briefs.domain.brief import ArticleBriefs
from briefs.domain.desk_events import EventDraft
from briefs.errors import StaleEdit
from briefs.review.recover import recovered
from briefs.steps.render.wording import count
from briefs.store.desk import DeskStore
from briefs.store.files import content_of
from briefs.store.outputs import NO_BRIEFS

_DONE = "taken over"
_MARKS = re.compile(rb'"log": \[\s*"|"(?:answer|answered_by)": "|"former": \[\s*\{')
"""What the JSON of briefs has where somebody has decided anything, and hardly ever else."""


def take_over(folder: Path, desk: DeskStore) -> tuple[str, ...]:
    """Record what the briefs in a folder say was decided, where the desk's record is new.

    Returns a line for a person where there was anything. Raises DeskError.
    """
    if desk.last() or desk.remembered(_DONE) is not None:
        return ()
    drafts: list[EventDraft] = []
    articles = 0
    for path in sorted(folder.glob("*.json")):
        result = _decided(path)
        if result is not None and (own := recovered(result)):
            desk.keep_text(result.article)
            drafts.extend(own)
            articles += 1
    claims = dict.fromkeys((draft.brief for draft in drafts), 0)
    try:
        desk.append(drafts, claims)
    except StaleEdit:  # another process was faster
        return ()
    desk.remember(_DONE, str(len(drafts)))
    if not drafts:
        return ()
    return (
        f"{desk.path}: begun anew; what the briefs say was decided about "
        f"{count(len(claims), 'claim', 'claims')} of {count(articles, 'article', 'articles')} was taken over",
    )


def says_decided(folder: Path) -> bool:
    """Tell whether any briefs in a folder say that somebody has decided anything."""
    return any(_decided(path) is not None for path in sorted(folder.glob("*.json")))


def _decided(path: Path) -> ArticleBriefs | None:
    """Return the briefs in a file, where they say that somebody has decided anything."""
    if path.name in NO_BRIEFS:
        return None
    try:
        data = content_of(path, follow=False)
        return ArticleBriefs.from_json(data) if _MARKS.search(data) else None
    except (OSError, ValueError):
        return None
