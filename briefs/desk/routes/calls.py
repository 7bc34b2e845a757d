"""`/calls`: the call sheet as a checklist."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from briefs.desk.answers import Calls, CallSaved, ErrandAnswer, Failed
from briefs.desk.asking import Ask, Asking, Refused, Signed, described, documented, taken
from briefs.desk.callsheet import Errand, errands, sheet
from briefs.desk.conflicts import KEPT
from briefs.desk.forms import LONGEST_ANSWER, MergedAnswerForm, plain
from briefs.desk.routes.filters import PageNumber
from briefs.desk.views import CallConflictView, CallsView, ErrandView
from briefs.domain.desk_events import Answered, Door, EventDraft, question_key
from briefs.errors import StaleEdit

router = APIRouter()
_TRIES = 3
_GONE = "This question is not asked any more. Nothing was recorded: copy what you still need."


@router.get("/calls", responses=documented(422, model=Calls))
def calls(asking: Ask, page: PageNumber = 1, ticked: Annotated[bool, Query()] = False) -> Response:
    """All open questions of all articles, by whom to ask; with `ticked`, those that are done."""
    reading = asking.workspace.catalogue.refresh()
    found = sheet(asking.workspace.catalogue, page, done=ticked)
    if asking.json:
        listed = [_answer(each.whom, view) for each in found.calls for view in each.errands]
        return asking.answer(Calls(errands=listed, open=found.open, done=found.done))
    view = CallsView(
        frame=asking.frame("Call sheet", "calls", reading=reading),
        look_ups=tuple(each for each in found.calls if each.errands[0].look_up),
        calls=tuple(each for each in found.calls if not each.errands[0].look_up),
        ticked=ticked,
        pager=found.pager,
        open=found.open,
        done=found.done,
    )
    return asking.page("calls.html", view)


@router.post(
    "/calls",
    responses={**documented(403, 404, 409, 413, 422, model=CallSaved), 303: {"description": "Noted"}},
    openapi_extra=described(MergedAnswerForm),
)
def answer(asking: Signed, form: Annotated[MergedAnswerForm, Depends(taken(MergedAnswerForm))]) -> Response:
    """Tick a question off for all the claims that it is asked for, or open it again."""
    said = plain(form.answer)
    try:
        who = asking.person(form.who)
        if len(said) > LONGEST_ANSWER:
            raise Refused(422, f"At most {LONGEST_ANSWER:,} characters, please.", "answer")
        answered = _answered(asking, form, who, said)
    except Refused as error:
        return _refuse(asking, error, said, form)
    if not asking.json:
        return asking.gone_to("/calls?done=answered", who)
    now = _now(asking, form.errand)
    if now is None:  # another took the question away in this moment
        raise Refused(409, _GONE)
    saved = CallSaved(message="Noted.", errand=_answer(now.whom, now.view), answered=answered)
    return asking.remembering(asking.answer(saved), who)


def _now(asking: Asking, one: str) -> Errand | None:
    """Return a question as it is now."""
    asking.workspace.catalogue.refresh()
    return next(iter(errands(asking.workspace.catalogue, [one])), None)


def _answered(asking: Asking, form: MergedAnswerForm, who: str, said: str) -> int:
    """Record an answer; returns for how many questions. Refuses where it was answered meanwhile."""
    for _ in range(_TRIES):
        errand = _now(asking, form.errand)
        if errand is None:
            raise Refused(409, _GONE)
        if errand.view.seen != form.seen:
            raise Refused(409, f"Somebody else answered after your page was loaded. {KEPT}")
        try:
            return _record(asking, errand, who, said, done=form.done)
        except StaleEdit:  # something else about one of the claims came in: look again
            continue
    raise Refused(503, "Others keep changing these claims: try again.")


def _record(asking: Asking, errand: Errand, who: str, said: str, *, done: bool) -> int:
    """Record the answer under every claim that the question stands under; returns how many."""
    drafts: list[EventDraft] = []
    expected: dict[str, int] = {}
    slugs: dict[str, None] = {}
    for ref in errand.refs:
        opened = asking.open(ref.slug)
        brief = next((each for each in opened.result.briefs if each.id == ref.brief), None)
        questions = brief.questions if brief is not None else ()
        question = next((q for q in questions if question_key(q.ask, q.text) == ref.key), None)
        if question is None:  # the file changed since the list was made
            raise StaleEdit(ref.brief, 0, [])
        state = opened.states.get(ref.brief)
        expected[ref.brief] = state.revision if state is not None else 0
        what = Answered(
            question=ref.key, text=question.text, ask=question.ask, answer=said or None, done=done
        )
        article = opened.result.article.id
        drafts.append(EventDraft(who=who, door=Door.DESK, article=article, brief=ref.brief, what=what))
        slugs[ref.slug] = None
    asking.workspace.store.append(drafts, expected)
    for slug in slugs:
        asking.workspace.projector.wanted(slug)
    return len(drafts)


def _refuse(asking: Asking, error: Refused, said: str, form: MergedAnswerForm) -> Response:
    """Show what was typed, why it was not recorded, and the question as it is now."""
    if asking.json:
        return asking.answer(Failed(message=error.message, field=error.field), error.status)
    errand = _now(asking, form.errand)
    view = CallConflictView(
        frame=asking.frame("Not recorded" if error.status == 422 else "Changed meanwhile", "calls"),
        errand=errand.view if errand is not None else None,
        yours=said,
        yours_done=form.done,
        message=error.message,
    )
    return asking.page("call_conflict.html", view, error.status)


def _answer(whom: str, view: ErrandView) -> ErrandAnswer:
    return ErrandAnswer(
        id=view.id,
        ask=whom,
        text=view.text,
        settles=view.settles,
        look_up=view.look_up,
        done=view.done,
        answer=view.answer,
        who=view.who,
        stands_for=view.stands_for,
        seen=view.seen,
    )
