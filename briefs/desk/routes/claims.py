"""Changes of one claim: its fields, dismissing it, answers to its questions."""

from typing import Annotated, NamedTuple

from fastapi import APIRouter, Depends, Path
from starlette.responses import Response

from briefs.desk.answers import Conflicted, Failed, Saved
from briefs.desk.asking import (
    PAGE,
    Asking,
    Refused,
    Signed,
    counts_of,
    described,
    documented,
    own_path,
    taken,
)
from briefs.desk.conflicts import Meant, conflict_view, conflicted
from briefs.desk.forms import (
    LONGEST_ANSWER,
    LONGEST_REASON,
    AnswerForm,
    ClaimForm,
    EditForm,
    ReasonForm,
    Refusal,
    applied,
    changes,
    plain,
    refused,
)
from briefs.desk.opened import Opened
from briefs.desk.routes.articles import BriefId, Slug
from briefs.desk.showing import Typed, article_view, claim_url, claim_view, path_of
from briefs.domain.brief import Question
from briefs.domain.desk import Basis
from briefs.domain.desk_events import (
    Answered,
    Change,
    DeskField,
    Dismissed,
    Door,
    Edited,
    EventDraft,
    Happening,
    question_key,
)
from briefs.errors import StaleEdit
from briefs.review.basis import basis_of
from briefs.steps.render.given import values
from briefs.steps.render.view import Section

router = APIRouter()
Key = Annotated[str, Path(max_length=40)]
_DECISIONS = (DeskField.SAID, DeskField.SO, DeskField.STATUS)
_SAID = {
    "saved": "Saved.",
    "dismissed": "Dismissed.",
    "restored": "It is a claim again.",
    "answered": "Noted.",
}
_RESPONSES = {
    **documented(403, 404, 413, 422, model=Saved),
    303: {"description": "Recorded: on to the article's page"},
    409: {
        "model": Conflicted,
        "description": "Changed meanwhile",
        "content": PAGE,
    },
}


class _Claim(NamedTuple):
    """A claim that a form is about."""

    asking: Asking
    opened: Opened
    section: Section

    @property
    def id(self) -> str:
        return self.section.anchor

    @property
    def revision(self) -> int:
        """Return the claim's present revision."""
        state = self.opened.states.get(self.id)
        return state.revision if state is not None else 0

    def basis(self) -> Basis:
        """Return the words that the person saw."""
        return basis_of(self.opened.result.article, self.section.brief)


class _Deed(NamedTuple):
    """What a person does to a claim."""

    claim: _Claim
    form: ClaimForm
    who: str
    meant: Meant
    done: str
    """The word for it in the address afterwards."""


@router.post("/a/{slug}/c/{brief}", responses=_RESPONSES, openapi_extra=described(EditForm))
def edit(
    asking: Signed, slug: Slug, brief: BriefId, form: Annotated[EditForm, Depends(taken(EditForm))]
) -> Response:
    """Change a claim's fields, all that were sent at once."""
    sent = form.values()
    meant = Meant(form.revision, fields=sent)
    claim = _claim(asking, slug, brief)
    if claim is None or claim.revision != form.revision:
        return _stale(asking, slug, brief, meant)
    desk = claim.section.brief.desk
    typed = Typed(brief, fields=sent)
    who = _person(asking, form)
    if isinstance(who, Refusal):
        return _refuse(claim, typed._replace(refusal=who))
    changed = changes(desk, sent)
    decides = any(each.field in _DECISIONS for each in changed)
    if decides and not sent.get(DeskField.CHECKER) and desk.checker is None:
        changed = (*changed, Change(field=DeskField.CHECKER, before=None, after=who))
    refusal = refused(applied(desk, changed), claim.opened.result.article, sent) if changed else None
    if refusal is not None:
        return _refuse(claim, typed._replace(refusal=refusal))
    deed = _Deed(claim, form, who, meant, "saved")
    if not changed:
        return _done(deed._replace(done="unchanged"))
    return _recorded(deed, Edited(changes=changed, basis=claim.basis()), form.revision)


@router.post("/a/{slug}/c/{brief}/dismiss", responses=_RESPONSES, openapi_extra=described(ReasonForm))
def dismiss(
    asking: Signed, slug: Slug, brief: BriefId, form: Annotated[ReasonForm, Depends(taken(ReasonForm))]
) -> Response:
    """Say that this is no claim worth a brief, and why."""
    reason = plain(form.reason)
    meant = Meant(form.revision, reason=reason)
    claim = _claim(asking, slug, brief)
    if claim is None or claim.revision != form.revision:
        return _stale(asking, slug, brief, meant)
    who = _person(asking, form)
    if not reason:
        who = Refusal("Say in a few words why it is no claim.", "reason")
    elif len(reason) > LONGEST_REASON:
        who = Refusal(f"At most {LONGEST_REASON:,} characters, please.", "reason")
    if isinstance(who, Refusal):
        return _refuse(claim, Typed(brief, refusal=who, reason=form.reason))
    what = Dismissed(reason=reason, basis=claim.basis())
    return _recorded(_Deed(claim, form, who, meant, "dismissed"), what, form.revision)


@router.post("/a/{slug}/c/{brief}/restore", responses=_RESPONSES, openapi_extra=described(ClaimForm))
def restore(
    asking: Signed, slug: Slug, brief: BriefId, form: Annotated[ClaimForm, Depends(taken(ClaimForm))]
) -> Response:
    """Take a dismissal back."""
    meant = Meant(form.revision, reason="")
    claim = _claim(asking, slug, brief)
    if claim is None or claim.revision != form.revision:
        return _stale(asking, slug, brief, meant)
    who = _person(asking, form)
    if isinstance(who, Refusal):
        return _refuse(claim, Typed(brief, refusal=who))
    deed = _Deed(claim, form, who, meant, "restored")
    if claim.section.brief.desk.dismissed is None:
        return _done(deed._replace(done="unchanged"))
    return _recorded(deed, Dismissed(reason=None, basis=claim.basis()), form.revision)


@router.post("/a/{slug}/c/{brief}/q/{key}", responses=_RESPONSES, openapi_extra=described(AnswerForm))
def answer(
    asking: Signed,
    slug: Slug,
    brief: BriefId,
    key: Key,
    form: Annotated[AnswerForm, Depends(taken(AnswerForm))],
) -> Response:
    """Tick a question off, with or without an answer, or open it again."""
    said = plain(form.answer)
    meant = Meant(form.revision, question=key, answer=said, done=form.done)
    claim = _claim(asking, slug, brief)
    question = _question(claim, key, form.revision)
    if claim is None or question is None:
        return _stale(asking, slug, brief, meant)
    who = _person(asking, form)
    if len(said) > LONGEST_ANSWER:
        who = Refusal(f"At most {LONGEST_ANSWER:,} characters, please.", "answer")
    if isinstance(who, Refusal):
        return _refuse(claim, Typed(brief, question=key, answer=said, refusal=who))
    deed = _Deed(claim, form, who, meant, "answered")
    if (question.answer or "", question.answered_by is not None) == (said, form.done):
        return _done(deed._replace(done="unchanged"))
    what = Answered(question=key, text=question.text, ask=question.ask, answer=said or None, done=form.done)
    # Another question's answer, or another field, may have come in since: they do not touch this one.
    return _recorded(deed, what, claim.revision)


def _question(claim: _Claim | None, key: str, seen: int) -> Question | None:
    """Return a claim's question, a model's words not tamed; none where it was answered since it was seen."""
    if claim is None:
        return None
    state = claim.opened.states.get(claim.id)
    held = state.answers.get(key) if state is not None else None
    if held is not None and held.seq > seen:
        return None
    questions = next(each.questions for each in claim.opened.result.briefs if each.id == claim.id)
    return next((q for q in questions if question_key(q.ask, q.text) == key), None)


def _claim(asking: Asking, slug: str, brief: str) -> _Claim | None:
    opened = asking.open(slug)
    section = next((each for each in opened.page.sections if each.anchor == brief), None)
    return _Claim(asking, opened, section) if section is not None else None


def _person(asking: Asking, form: ClaimForm) -> str | Refusal:
    try:
        return asking.person(form.who)
    except Refused as error:
        return Refusal(error.message, error.field)


def _recorded(deed: _Deed, what: Happening, expected: int) -> Response:
    claim, article = deed.claim, deed.claim.opened.result.article
    draft = EventDraft(who=deed.who, door=Door.DESK, article=article.id, brief=claim.id, what=what)
    try:
        claim.asking.workspace.record(claim.opened, [draft], {claim.id: expected})
    except StaleEdit:
        return _stale(claim.asking, article.slug, claim.id, deed.meant)
    return _done(deed)


def _done(deed: _Deed) -> Response:
    claim, slug = deed.claim, deed.claim.opened.result.article.slug
    if claim.asking.json:
        return saved(claim.asking, slug, claim.id, deed.who, _SAID.get(deed.done, "Nothing was changed."))
    path = own_path(deed.form.back) if deed.form.back else ""
    if not path.startswith(path_of(slug)):
        return claim.asking.gone_to(claim_url(slug, claim.id, done=deed.done), deed.who)
    path, _, _ = path.partition("#")
    return claim.asking.gone_to(f"{path}{'&' if '?' in path else '?'}done={deed.done}#{claim.id}", deed.who)


def saved(asking: Asking, slug: str, brief: str, who: str, message: str) -> Response:
    """Return a claim as it now is, for a program."""
    opened = asking.open(slug)
    section = next(each for each in opened.page.sections if each.anchor == brief)
    view = claim_view(opened, section)
    more = {**values(opened.page), "claim": view, "frame": asking.frame("", who=who)}
    desk = view.desk
    answer = Saved(
        message=message,
        brief=brief,
        revision=view.revision,
        status=desk.status.value,
        said=desk.said.value,
        so=desk.so.value,
        dismissed=desk.dismissed is not None,
        counts=dict(counts_of(opened)),
        html=asking.workspace.rendering.page("claim.html", view, more),
    )
    return asking.remembering(asking.answer(answer), who)


def _refuse(claim: _Claim, typed: Typed) -> Response:
    """Give the form back as it was filled in, with the reason why nothing was recorded."""
    asking, refusal = claim.asking, typed.refusal
    if asking.json and refusal is not None:
        return asking.answer(Failed(message=refusal.message, field=refusal.field), 422)
    view = article_view(asking, claim.opened, claim=claim.id, typed=typed)
    return asking.page("article.html", view, 422, values(claim.opened.page))


def _stale(asking: Asking, slug: str, brief: str, meant: Meant) -> Response:
    opened = asking.open(slug)
    view = conflict_view(asking, opened, brief, meant)
    status = 409
    if view.claim is None and not any(event.brief == brief for event in opened.events):
        view, status = view._replace(heading="The article has no such claim"), 404
    if not asking.json:
        return asking.page("conflict.html", view, status)
    return asking.answer(conflicted(asking, view), 409) if status == 409 else asking.failed(404, view.heading)
