"""What was decided about an article, on the words that it has now.

Before anything that was decided is shown, it is carried over to the article's present version, and that is
recorded: so a sign-off on words that are no longer the article's is never shown as one.
"""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from briefs.domain.brief import ArticleBriefs
from briefs.domain.desk_events import DeskEvent, Moved
from briefs.errors import DeskError, StaleEdit
from briefs.pipeline.rereading import Rereading
from briefs.review.carry import Carried, carry
from briefs.review.fold import ClaimState, states
from briefs.review.project import bare, project
from briefs.steps.render.wording import count
from briefs.store.desk import DeskStore
from briefs.store.files import content_of

TRIES = 20
"""How often work is done again because somebody else was faster."""
_NOTHING: Mapping[str, str] = MappingProxyType({})


class Former(NamedTuple):
    """The version of an article that another one follows, where that has another id."""

    article: str
    """Its id."""
    briefs: ArticleBriefs | None = None
    """Its briefs, where they are known."""
    events: tuple[DeskEvent, ...] = ()
    """What the desk of another folder has recorded about it."""


class Current(NamedTuple):
    """An article's briefs with everything that was decided about them by now."""

    result: ArticleBriefs
    seen: int
    """The last event that was looked at, whosever."""
    moved: Mapping[str, str] = _NOTHING
    """Ids of claims that went on under another one just now."""
    told: tuple[str, ...] = ()
    """What was carried over just now, for a person."""


class Decided:
    """What was decided about the articles of one folder."""

    def __init__(self, folder: Path, desk: DeskStore, former: Former | None = None) -> None:
        """Take an open desk; `former` is the version that the one article of a run follows."""
        self._folder, self._desk, self._former = folder, desk, former

    def states(self, article: str) -> Mapping[str, ClaimState]:
        """Return the states of an article's claims, and of those of the version that it follows."""
        return states(self._events(article))

    def _events(self, article: str) -> list[DeskEvent]:
        events = list(self._desk.events(article=article))
        if self._former is not None:
            known = {event.seq for event in events}
            events += [e for e in self._desk.events(article=self._former.article) if e.seq not in known]
            events.sort(key=lambda event: event.seq)
        return events

    def states_in(self, former: ArticleBriefs) -> tuple[Mapping[str, ClaimState], Mapping[str, ClaimState]]:
        """Return the states of an article's claims, under the ids that a version of it has and under today's.

        Where a run was stopped after it had recorded under which ids claims go on, and before it wrote them,
        the files that lie there still have the old ones.
        """
        ids = {brief.id for brief in former.briefs}
        events = self._events(former.article.id)
        there = [
            event
            for event in events
            if not (isinstance(event.what, Moved) and event.brief in ids and event.what.to not in ids)
        ]
        return states(there), states(events)

    def before(self, fresh: ArticleBriefs) -> ArticleBriefs | None:
        """Return the version of an article that lies in the folder, or else the one that it follows."""
        try:
            found = ArticleBriefs.from_json(content_of(self._folder / f"{fresh.article.slug}.json"))
        except (OSError, ValueError):
            return self._former.briefs if self._former is not None else None
        return found if found.article.id == fresh.article.id else None

    def current(self, result: ArticleBriefs) -> Current:
        """Carry over what was decided on other words than an article has, and put everything in.

        Raises DeskError where that cannot be recorded.
        """
        fresh, versions = bare(result), None
        moved: dict[str, str] = {}
        told: tuple[str, ...] = ()
        for _ in range(TRIES):
            seen, now = self._desk.last(), self.states(fresh.article.id)
            if not now:  # nothing is put in, and nothing taken out that another desk may have put in
                return Current(result, seen)
            versions = versions or Rereading(fresh, self.before(fresh), self._desk.text)
            carried = carry(now, fresh, versions, self._former.article if self._former else None)
            if not carried.drafts:
                return Current(project(result, now), seen, moved, told)
            try:
                self._desk.keep_text(fresh.article)
                self._desk.append(carried.drafts, carried.expected)
            except StaleEdit:
                continue
            moved.update(
                {each.brief: each.what.to for each in carried.drafts if isinstance(each.what, Moved)}
            )
            told = (*told, *_told(carried))
        raise DeskError(f"{self._desk.path}: others kept changing it; run again")


def _told(carried: Carried) -> list[str]:
    told = []
    if carried.kept:
        told.append(f"{_sign_offs(carried.kept)} kept")
    again = len(carried.reopened) - carried.gone
    if again:
        told.append(f"{_sign_offs(again)} open again: the article has changed their words")
    if carried.gone:
        told.append(f"{_sign_offs(carried.gone)} no longer in the article")
    return told


def _sign_offs(number: int) -> str:
    return count(number, "sign-off", "sign-offs")
