"""`/a/SLUG/add`: a claim that the tool missed, by selected words; without a script by choosing sentences."""

import re
from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from briefs.desk.answers import Failed, Saved
from briefs.desk.asking import Ask, Asking, Refused, Signed, described, documented, taken
from briefs.desk.forms import AddForm
from briefs.desk.opened import Opened
from briefs.desk.routes.articles import Slug
from briefs.desk.routes.claims import saved
from briefs.desk.showing import claim_url, path_of
from briefs.desk.views import AddView, Sentence, Word
from briefs.domain.claims import Disposition
from briefs.domain.desk_events import Added, Door, EventDraft
from briefs.domain.spans import Span
from briefs.errors import SelectionError, StaleEdit
from briefs.pipeline.added import MOST_CHARACTERS, AddedDraft
from briefs.review.basis import basis_of
from briefs.steps.render.head import title
from briefs.steps.render.wording import listing

router = APIRouter()
Number = Annotated[int | None, Query(ge=0, le=10_000_000)]
MOST_PLACES = 50
_WORD = re.compile(r"\S+")


@router.get("/a/{slug}/add", responses=documented(404, 422))
def choose(asking: Ask, slug: Slug, first: Number = None, last: Number = None) -> Response:
    """Choose the first and the last sentence, then the first and the last word."""
    view = _view(asking, asking.open(slug), first, last)
    return asking.page("add.html", view)


class _NotAdded(Exception):  # noqa: N818 - an answer, not a fault
    """Why a claim is not added, and the places to choose from."""

    def __init__(self, status: int, message: str, places: tuple[Span, ...] = ()) -> None:
        super().__init__(message)
        self.status, self.message, self.places = status, message, places


@router.post(
    "/a/{slug}/add",
    responses={**documented(403, 404, 409, 413, 422, model=Saved), 303: {"description": "Added"}},
    openapi_extra=described(AddForm),
)
def add(asking: Signed, slug: Slug, form: Annotated[AddForm, Depends(taken(AddForm))]) -> Response:
    """Add the claim that selected words state."""
    opened = asking.open(slug)
    try:
        who = asking.person(form.who)
        draft = _added(asking, opened, _place(opened, form), who)
    except Refused as error:
        return _refuse(asking, opened, _NotAdded(error.status, error.message))
    except _NotAdded as error:
        return _refuse(asking, opened, error)
    if not asking.json:
        return asking.gone_to(claim_url(slug, draft.brief.id, done="added"), who)
    numbers = [str(each.number) for each in opened.page.sections if each.anchor in draft.overlaps]
    message = " ".join(("The claim is added.", *([_overlapping(numbers)] if numbers else [])))
    return saved(asking, slug, draft.brief.id, who, message)


def _place(opened: Opened, form: AddForm) -> Span:
    """Return the one place that is meant; raises _NotAdded."""
    article = opened.result.article
    if form.text_sha256 and form.text_sha256 != article.text_sha256:
        raise _NotAdded(409, "The article’s text has changed since your page was loaded: select again.")
    places = _places(article.text, form)
    if len(places) > 1:
        raise _NotAdded(422, "These words stand in several places: choose one.", tuple(places))
    if not places:
        raise _NotAdded(422, "These words do not stand there in the article: select them again.")
    return places[0]


def _added(asking: Asking, opened: Opened, place: Span, who: str) -> AddedDraft:
    """Record the claim at a place; raises _NotAdded."""
    article = opened.result.article
    taken = {event.brief for event in opened.events}
    try:
        draft = asking.workspace.adding.draft(opened.result, place, taken)
        what = Added(brief=draft.brief, basis=basis_of(article, draft.brief))
        event = EventDraft(who=who, door=Door.DESK, article=article.id, brief=draft.brief.id, what=what)
        asking.workspace.record(opened, [event], {draft.brief.id: 0})
    except SelectionError as error:
        raise _NotAdded(422, _sentence(str(error))) from error
    except StaleEdit as error:
        raise _NotAdded(409, "Somebody added these words just now: look at the claims again.") from error
    return draft


def _places(text: str, form: AddForm) -> list[Span]:
    """Return where the selected words stand; none where the words given are not at the offsets given.

    White space is forgiven: a browser selects none between two paragraphs, and changes line ends.
    """
    if form.start is not None and form.end is not None:
        if not form.start < form.end <= len(text):
            return []
        words = text[form.start : form.end]
        same = form.text is None or "".join(form.text.split()) == "".join(words.split())
        return [Span(start=form.start, end=form.end)] if same else []
    wanted = (form.text or "").split()
    if not wanted or len(wanted) > MOST_CHARACTERS:
        return []
    found = re.finditer(r"\s+".join(map(re.escape, wanted)), text)
    return [
        Span(start=each.start(), end=each.end()) for each, _ in zip(found, range(MOST_PLACES), strict=False)
    ]


def _sentence(reason: str) -> str:
    return f"{reason[:1].upper()}{reason[1:]}."


def _refuse(asking: Asking, opened: Opened, error: _NotAdded) -> Response:
    if asking.json:
        return asking.answer(Failed(message=error.message), error.status)
    view = _view(asking, opened, None, None)
    around = _around(opened, error.places)
    return asking.page("add.html", view._replace(problem=error.message, places=around), error.status)


def _around(opened: Opened, places: Iterable[Span]) -> tuple[Word, ...]:
    text = opened.result.article.text
    return tuple(
        Word(" ".join(text[max(0, each.start - 60) : each.end + 60].split()), each.start, each.end)
        for each in places
    )


def _view(asking: Asking, opened: Opened, first: int | None, last: int | None) -> AddView:
    result = opened.result
    article, numbers = result.article, {each.anchor: each.number for each in opened.page.sections}
    if first is not None and last is not None and first > last:
        first, last = last, first
    chosen = range(first, (first if last is None else last) + 1) if first is not None else range(0)
    sentences = tuple(
        Sentence(
            number=entry.sentence,
            text=" ".join(article.text[entry.start : entry.end].split()),
            start=entry.start,
            end=entry.end,
            claims=tuple(numbers[each] for each in entry.briefs if each in numbers),
            why=entry.reason,
            chosen=entry.sentence in chosen,
        )
        for entry in result.ledger
        if entry.disposition is not Disposition.FURNITURE
    )
    picked = [each for each in sentences if each.chosen]
    words: tuple[Word, ...] = ()
    problem = None
    if first is not None and not picked:
        raise Refused(404, "The article has no such sentence.")
    if picked:
        start, end = picked[0].start, picked[-1].end
        if end - start > 4 * MOST_CHARACTERS:
            problem = "That is more than one claim: choose fewer sentences."
        else:
            found = _WORD.finditer(article.text, start, end)
            words = tuple(Word(each.group(), each.start(), each.end()) for each in found)
    return AddView(
        frame=asking.frame(f"Add a claim: {title(article)}", "articles"),
        slug=article.slug,
        title=title(article),
        text_sha256=article.text_sha256,
        sentences=sentences,
        words=words,
        places=(),
        problem=problem,
        action=f"{path_of(article.slug)}/add",
    )


def _overlapping(numbers: list[str]) -> str:
    """Return a sentence that names the claims which have some of the selected words."""
    named = "Claim" if len(numbers) == 1 else "Claims"
    return f"{named} {listing(numbers)} {'has' if len(numbers) == 1 else 'have'} some of these words."
