"""Whose events are whose: a claim may go on under another id, in another article, and takes its past along.

An id names a claim at a time. With a `Moved` event all that was recorded under the old id belongs to the new
one, and the old id stands for nothing until something is recorded under it again.
"""

from collections.abc import Iterable, Mapping

from briefs.domain.desk_events import DeskEvent, Moved


def by_claim(events: Iterable[DeskEvent]) -> Mapping[str, tuple[DeskEvent, ...]]:
    """Return the events of each claim by the id that it has after all of them, the earliest first.

    `events` must come in the order of `seq`. Where a claim goes on under an id that has a past of its own,
    the two are one claim from then on, as if they had always been.
    """
    found: dict[str, list[DeskEvent]] = {}
    for event in events:
        own = found.setdefault(event.brief, [])
        own.append(event)
        if isinstance(event.what, Moved) and event.what.to != event.brief:
            del found[event.brief]
            other = found.get(event.what.to, [])
            found[event.what.to] = sorted((*own, *other), key=lambda each: each.seq)
    return {brief: tuple(own) for brief, own in found.items()}
