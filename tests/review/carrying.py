"""An article in two versions, with the events of an editor carried from one to the other."""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import count

from briefs.domain.article import Article
from briefs.domain.brief import ArticleBriefs, Brief
from briefs.domain.desk import Basis, Check, Status
from briefs.domain.desk_events import (
    Change,
    DeskEvent,
    DeskField,
    Door,
    Edited,
    EventDraft,
)
from briefs.pipeline.order import draft
from briefs.pipeline.rereading import Rereading
from briefs.review.basis import basis_of
from briefs.review.carry import Carried, carry
from briefs.review.fold import ClaimState, states
from briefs.review.project import project
from briefs.steps.ingest import Origin, ingest

NO_TEXTS: dict[str, str] = {}
FIRE = """Fire at the mill

The mill of Tarn lost 40 of its 90 looms on 3 May, Ana Ruiz said.

“We will build it again.” The owner, Bo Lund, told the Tarn Ledger that two men were hurt.

The mayor said: “Nobody slept that night.”

The fire burned for nine hours.
"""


@cache
def briefed(text: str, name: str = "fire.txt") -> ArticleBriefs:
    """Return the briefs of an article."""
    return draft(article(text, name))


def article(text: str, name: str = "fire.txt") -> Article:
    """Return an article."""
    return ingest(text.encode(), Origin(id=name, path=name))


def recorded(drafts: Sequence[EventDraft], before: Sequence[DeskEvent] = ()) -> list[DeskEvent]:
    """Return events as the desk would keep them."""
    numbers = count(len(before) + 1)
    at = "2024-05-04T10:00:00+00:00"
    return [*before, *(DeskEvent(**dict(each), seq=next(numbers), at=at) for each in drafts)]


def at(result: ArticleBriefs, words: str) -> Brief:
    """Return the claim that has certain words."""
    [found] = [each for each in result.briefs if words in each.claim.quote.text]
    return found


def edited(result: ArticleBriefs, brief: Brief, basis: Basis | None = None, **fields: str) -> EventDraft:
    """Return the event of an editor who fills in fields."""
    given = fields or {"said": Check.CONFIRMED.value, "status": Status.USABLE.value, "checker": "K. Aune"}
    changes = tuple(Change(field=DeskField(name), before=None, after=after) for name, after in given.items())
    what = Edited(changes=changes, basis=basis or basis_of(result.article, brief))
    return EventDraft(who="K. Aune", door=Door.DESK, article=result.article.id, brief=brief.id, what=what)


def carried(
    events: Sequence[DeskEvent], old: ArticleBriefs, new: ArticleBriefs
) -> tuple[Carried, Mapping[str, ClaimState], ArticleBriefs]:
    """Return what carrying gives, the states after it, and the new briefs with them; once more gives nothing."""
    texts = {each.article.text_sha256: each.article.text for each in (old, new)}
    versions = Rereading(new, old, texts.get)
    of = old.article.id
    found = carry(states(events), new, versions, of)
    after = states(recorded(found.drafts, events))
    assert not carry(after, new, versions, of).drafts
    return found, after, project(new, after)


def kinds(found: Carried) -> list[str]:
    """Return the kinds of events, in order."""
    return [each.what.kind for each in found.drafts]
