"""What every route works with: the folder, what is decided in it, and the pages."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from briefs.desk.adding import Adding
from briefs.desk.catalogue import Catalogue, Known
from briefs.desk.opened import Articles, Opened
from briefs.desk.projector import Projector
from briefs.desk.rendering import Rendering
from briefs.desk.security import Cookies, Keys
from briefs.domain.desk_events import DeskEvent, EventDraft
from briefs.store.desk import DeskStore


class Workspace(NamedTuple):
    """The parts of one running desk."""

    folder: Path
    store: DeskStore
    articles: Articles
    catalogue: Catalogue
    projector: Projector
    adding: Adding
    rendering: Rendering
    keys: Keys
    cookies: Cookies

    def open(self, slug: str) -> Opened | None:
        """Return an article by the name of its files, or none where the catalogue has no such article.

        Raises Unreadable.
        """
        known: Known | None = self.catalogue.article(slug)
        if known is None or known.problem:
            return None
        return self.articles.open(known.slug)

    def record(
        self, opened: Opened, drafts: Sequence[EventDraft], expected: Mapping[str, int]
    ) -> tuple[DeskEvent, ...]:
        """Record what a person did; on return it is on the disk, and files will follow.

        Raises StaleEdit where a claim has changed since the person saw it, DeskError.
        """
        self.store.keep_text(opened.result.article)
        events = self.store.append(drafts, expected)
        self.projector.wanted(opened.result.article.slug)
        return events

    def close(self) -> None:
        """Write what is left to write, and close everything."""
        self.projector.close()
        self.adding.close()
        self.catalogue.close()
        self.store.close()
