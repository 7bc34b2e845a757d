"""Events to record, for tests of the desk's file; a process of its own signs off until it is killed."""

import sys
from pathlib import Path

from briefs.domain.desk import Basis
from briefs.domain.desk_events import Change, DeskField, Door, Edited, EventDraft, Moved
from briefs.domain.spans import Quote
from briefs.store.desk import DeskStore

ARTICLE = "harbour/ferry.txt"
BASIS = Basis(text_sha256="0" * 64, quote=Quote(start=0, end=5, text="Seven"))


def edited(
    brief: str = "b1", *, article: str = ARTICLE, who: str = "A. Reader", note: str = "n"
) -> EventDraft:
    """Return an edit of a claim's status and note."""
    changes = (
        Change(field=DeskField.STATUS, before="open", after="usable"),
        Change(field=DeskField.NOTE, before=None, after=note),
    )
    what = Edited(changes=changes, basis=BASIS)
    return EventDraft(who=who, door=Door.DESK, article=article, brief=brief, what=what)


def moved(brief: str, to: str, *, article: str = ARTICLE, into: str = ARTICLE) -> EventDraft:
    """Return that a claim goes on under another id."""
    return EventDraft(
        who="briefs run", door=Door.RUN, article=article, brief=brief, what=Moved(to=to, article=into)
    )


def _sign_off(folder: Path, name: str, number: int) -> None:
    """Sign off `number` claims, telling on standard output what was confirmed."""
    with DeskStore.open(folder) as store:
        for at in range(number):
            [event] = store.append([edited(f"{name}-{at}", note="words " * 40)])
            sys.stdout.write(f"{event.seq} {event.brief}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    _sign_off(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
