"""Claims that the model would leave out: they stay, marked and a little lower in the order."""

from collections.abc import Collection, Mapping, Sequence

from briefs.domain.claims import Claim, ExtractedClaim, ModelChoice, Priority
from briefs.domain.proposals import LeaveReason, ProposedOmission
from briefs.steps.ground.context import Context
from briefs.steps.ground.lists import lists

_LOWER = 0.1
"""As much as the heaviest of the light questions of `priority.toml`."""
_LEVELS = (0.5, 0.25)
"""Scores at which `Priority.level` changes."""
_NEARLY_ALL = 0.6
"""A model that would leave out a larger share of the claims has not understood what is asked."""


def omitted(
    context: Context,
    claims: Sequence[ExtractedClaim],
    omissions: Sequence[ProposedOmission],
    chosen: Collection[int],
    kept: Collection[str],
) -> dict[str, LeaveReason]:
    """Return the ids of the claims that the model would leave out, with its reason.

    A claim counts only if the model would leave out all its sentences; a sentence that it also quotes
    (`chosen`) and a claim that it points at (`kept`) are not left out.
    """
    reasons = _reasons(context, omissions, chosen)
    found: dict[str, LeaveReason] = {}
    for each in claims:
        own = [s.index for s in context.segmentation.sentences_of(each.claim.quote)]
        if each.id not in kept and own and all(index in reasons for index in own):
            found[each.id] = reasons[own[0]]
    if len(found) > _NEARLY_ALL * len(claims):
        for _ in found:
            context.reject("omits_nearly_all")
        return {}
    return found


def _reasons(
    context: Context, omissions: Sequence[ProposedOmission], chosen: Collection[int]
) -> Mapping[int, LeaveReason]:
    reasons: dict[int, LeaveReason] = {}
    for each in omissions:
        if each.sentence >= len(context.segmentation.sentences):
            context.reject("no_such_sentence")
        elif each.sentence in chosen:
            context.reject("omits_what_it_chose")
        else:
            reasons.setdefault(each.sentence, each.why)
    return reasons


def lowered(context: Context, each: ExtractedClaim, why: LeaveReason) -> ExtractedClaim:
    """Return a claim marked as one that the model would leave out, lower in the order.

    A claim with a figure or an accusation keeps its level; where a sentence that speaks to somebody stood in
    the same call, every claim keeps its place.
    """
    claim = each.claim
    said = lists().leave_out[why]
    choice = ModelChoice(by=context.model, says="leave_out", why=said)
    if context.is_guarded(claim.quote):
        return each.model_copy(update={"claim": claim.model_copy(update={"choice": choice})})
    score = max(0.0, claim.priority.score - _LOWER)
    if _weighs(context, claim):
        score = max(score, next((level for level in _LEVELS if claim.priority.score >= level), 0.0))
    reasons = (*claim.priority.reasons, f"lower: the model would leave it out, {said}")
    priority = Priority(score=round(score, 3), reasons=reasons)
    return each.model_copy(
        update={"claim": claim.model_copy(update={"priority": priority, "choice": choice})}
    )


def _weighs(context: Context, claim: Claim) -> bool:
    """Tell whether a claim holds a figure, a harm, an accusation or an allegation."""
    if any(figure.kind != "ordinal" for figure in claim.quantities):
        return True
    own = {s.index for s in context.segmentation.sentences_of(claim.quote)}
    harmful = any(s.harm for s in context.scan.signals if s.sentence in own)
    accused = any(c.place.overlaps(claim.quote) for c in context.scan.criticisms)
    alleged = any(h.kind == "allegation" and claim.quote.contains(h) for h in context.scan.hedges)
    return harmful or accused or alleged
