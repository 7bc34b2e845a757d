"""Under which id a claim goes on: what was recorded under a former id counts for the present one.

Events name the id that a claim had when they happened. Where a claim went on under another id (`Moved`), the
earlier and later events of either are events of one claim.
"""

from briefs.domain.desk_events import DeskEvent, Moved


class Lineage:
    """Follows claims from id to id, event by event in the order of `seq`."""

    def __init__(self) -> None:
        self._next: dict[str, str] = {}
        self._events: dict[str, list[DeskEvent]] = {}

    def add(self, event: DeskEvent) -> str:
        """Take the next event in; return the id that its claim has after it."""
        now = self.present(event.brief)
        self._events.setdefault(now, []).append(event)
        if isinstance(event.what, Moved) and event.what.to != now:
            return self._moved(event.brief, now, event.what.to)
        return now

    def present(self, brief: str) -> str:
        """Return the id that a claim goes by now; an id that was never heard of is its own."""
        while brief in self._next:
            brief = self._next[brief]
        return brief

    def events(self, brief: str) -> tuple[DeskEvent, ...]:
        """Return the events of the claim that goes by this id now, the earliest first."""
        return tuple(self._events.get(brief, ()))

    def claims(self) -> tuple[str, ...]:
        """Return the present ids of all claims that have events, in the order in which they came up."""
        return tuple(self._events)

    def _moved(self, named: str, now: str, to: str) -> str:
        # An id that a claim returns to is a present one again: without this, two moves would make a circle.
        self._next.pop(to, None)
        for former in {named, now} - {to}:
            self._next[former] = to
        both = [*self._events.pop(now, ()), *self._events.get(to, ())]
        self._events[to] = sorted(both, key=lambda event: event.seq)
        return to
