"""Two versions of one claim: what a person sent from a stale page, and what is there now. Nothing is lost."""

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import quote

from briefs.desk.answers import Conflicted
from briefs.desk.asking import Asking
from briefs.desk.forms import changes, held
from briefs.desk.logs import bare
from briefs.desk.opened import Opened
from briefs.desk.showing import claim_url, claim_view, path_of
from briefs.desk.views import ClaimView, ConflictView, Side, Since
from briefs.domain.desk import Desk
from briefs.domain.desk_events import DeskField, Moved
from briefs.domain.desk_lineage import by_claim
from briefs.review.fold import Answer, ClaimState, Step, state, steps
from briefs.review.log_lines import LABELS, log_lines, value_words
from briefs.steps.render.head import title
from briefs.steps.render.wording import upperfirst

KEPT = "Nothing of yours is recorded yet, and nothing is lost."


class Meant(NamedTuple):
    """What a person sent from a stale page: one of these, and the revision that the page showed."""

    revision: int
    fields: Mapping[DeskField, str | None] | None = None
    reason: str | None = None
    """Why the claim is dismissed; empty where a dismissal is taken back."""
    question: str | None = None
    """Key of the question that is answered."""
    answer: str = ""
    done: bool = False


def conflict_view(asking: Asking, opened: Opened, brief: str, meant: Meant) -> ConflictView:
    """Return both versions of a claim; it may have gone on under another id meanwhile."""
    slug, now = opened.result.article.slug, _now(opened, brief)
    section = next((each for each in opened.page.sections if each.anchor == now), None)
    claim = claim_view(opened, section) if section is not None else None
    present = opened.states.get(now)
    events = by_claim(opened.events).get(now, ())
    seen = [event for event in events if event.seq <= meant.revision]
    before = state(now, seen) if seen else None
    since = [step for step in steps(now, events) if step.event.seq > meant.revision]
    names = ", ".join(dict.fromkeys(step.event.who for step in since))
    return ConflictView(
        frame=asking.frame("Changed meanwhile", "articles"),
        slug=slug,
        title=title(opened.result.article),
        claim=claim,
        heading="Changed meanwhile" if claim else "This claim is not in the article any more",
        message=_message(claim, names),
        sides=tuple(_sides(meant, before, present)),
        since=tuple(map(_since, since)),
        action=_action(claim, meant),
        fields=_fields(meant, before, claim),
        drop=claim_url(slug, now) if claim else path_of(slug),
    )


def conflicted(asking: Asking, view: ConflictView) -> Conflicted:
    """Return both versions for a program."""
    return Conflicted(
        message=view.message,
        revision=view.claim.revision if view.claim else 0,
        theirs={side.name: side.theirs for side in view.sides},
        yours={side.name: side.yours for side in view.sides},
        html=asking.workspace.rendering.page("conflict_parts.html", view),
    )


def _now(opened: Opened, brief: str) -> str:
    """Return the id that a claim has now."""
    for event in opened.events:
        if event.brief == brief and isinstance(event.what, Moved):
            brief = event.what.to
    return brief


def _message(claim: ClaimView | None, names: str) -> str:
    if claim is None:
        return "Nothing was recorded. What you typed is below: copy what you still need."
    by = f" by {names}" if names else ""
    return f"The claim was changed{by} after your page was loaded. {KEPT}"


def _since(step: Step) -> Since:
    lines = tuple(map(bare, log_lines(step.event, step.before)))
    return Since(step.event.at, step.event.who, lines)


def _sides(meant: Meant, before: ClaimState | None, present: ClaimState | None) -> list[Side]:
    was, is_now = before.desk if before else Desk(), present.desk if present else Desk()
    if meant.fields is not None:
        yours = {each.field: each.after for each in changes(was, meant.fields)}
        theirs = {field for field in DeskField if held(was, field) != held(is_now, field)}
        return [
            Side(
                name=field.value,
                label=upperfirst(LABELS[field]),
                before=_words(field, held(was, field)),
                theirs=_words(field, held(is_now, field)),
                yours=_words(field, yours.get(field, held(was, field))),
                theirs_changed=field in theirs,
                yours_changed=field in yours,
            )
            for field in DeskField
            if field in yours or field in theirs
        ]
    if meant.question is not None:
        old, new = _answer(before, meant.question), _answer(present, meant.question)
        mine = meant.answer or ("ticked off" if meant.done else "open")
        return [Side("answer", "Answer", _said(old), _said(new), mine, old != new, yours_changed=True)]
    reason = meant.reason or "it is a claim"
    return [
        Side(
            "reason",
            "Dismissed because",
            was.dismissed or "it is a claim",
            is_now.dismissed or "it is a claim",
            reason,
            was.dismissed != is_now.dismissed,
            yours_changed=True,
        )
    ]


def _words(field: DeskField, value: str | None) -> str:
    """Return a field's whole value in words for people: a long note is not cut here."""
    if field in (DeskField.SAID, DeskField.SO, DeskField.STATUS):
        return value_words(field, value)
    return value or "nothing"


def _answer(state: ClaimState | None, key: str) -> Answer | None:
    return state.answers.get(key) if state is not None else None


def _said(answer: Answer | None) -> str:
    if answer is None or not (answer.done or answer.answer):
        return "open"
    return answer.answer or "ticked off"


def _action(claim: ClaimView | None, meant: Meant) -> str:
    if claim is None:
        return ""
    if meant.fields is not None:
        return claim.action
    if meant.question is not None:
        return f"{claim.action}/q/{quote(meant.question, safe='')}"
    return f"{claim.action}/{'dismiss' if meant.reason else 'restore'}"


def _fields(meant: Meant, before: ClaimState | None, claim: ClaimView | None) -> dict[str, str]:
    """Return what to send again: only what the person changed, so that the rest stays as others left it."""
    found = {"revision": str(claim.revision if claim else 0)}
    if meant.fields is not None:
        was = before.desk if before else Desk()
        found |= {each.field.value: each.after or "" for each in changes(was, meant.fields)}
    elif meant.question is not None:
        found |= {"answer": meant.answer, **({"done": "true"} if meant.done else {})}
    elif meant.reason:
        found["reason"] = meant.reason
    return found
