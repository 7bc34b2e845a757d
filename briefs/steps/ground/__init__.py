"""Ground: where the scan and the model meet; what a model proposes is held against the article.

The model's choice moves the scan's, it does not replace it. A claim that only the scan found stays; one that
only the model found comes in if it passes the checks; what fails is dropped and counted. The rules' type of
a claim stands too: the model's is taken only for a claim that it added and the rules can only call "other".
"""

from collections.abc import Sequence
from typing import NamedTuple

from briefs.domain.article import Article
from briefs.domain.brief import Finding
from briefs.domain.claims import ClaimAt, ExtractedClaim, Extraction, ModelChoice
from briefs.domain.proposals import Proposals, Rejection
from briefs.domain.scan import Scan
from briefs.domain.segmentation import Segmentation
from briefs.domain.spans import Span
from briefs.steps.ground.adding import added, parts, place_of
from briefs.steps.ground.assembling import assembled, numbered
from briefs.steps.ground.context import Context
from briefs.steps.ground.omitting import lowered, omitted
from briefs.steps.ground.pointing import Piece, point
from briefs.steps.ground.sourced import sourced
from briefs.steps.ground.worded import reworded

__all__ = ["Grounded", "ground"]

_MOST_SAID = 8
"""Proposals for one claim of which wording and source are looked at; a model that says more rambles."""


class Grounded(NamedTuple):
    """The claims that stand, with what did not pass and what the two readings disagree on."""

    extraction: Extraction
    findings: tuple[Finding, ...]
    """Disputed sources: both readings are kept, and the editor is told."""
    rejections: tuple[Rejection, ...]
    """What did not pass a check of this step; those of `Proposals.rejections` are not repeated."""


class _Moved(NamedTuple):
    """A claim after the model's choice, with what of the model points at it."""

    claim: ExtractedClaim
    pieces: Sequence[Piece]


def ground(  # noqa: PLR0913, PLR0917 — a step is given each value that it reads, as every step is
    article: Article,
    segmentation: Segmentation,
    scan: Scan,
    extraction: Extraction,
    proposals: Proposals,
    claim_at: ClaimAt,
) -> Grounded:
    """Return the offline claims moved by the model's proposals, all held against the article.

    `claim_at` is what the offline rules make of any place of the article, with a provisional id. The ids of
    the offline claims do not change; only a claim that the model takes apart gives way to its parts.
    """
    context = Context(article, segmentation, scan, proposals.model, claim_at)
    pointed = point(context, extraction, proposals.claims)
    at = {name: list(pieces) for name, pieces in pointed.at.items()}
    new = _newcomers(context, extraction, pointed.alone, at)
    apart = {
        each.id: found
        for each in extraction.claims
        if each.id in at
        and not context.is_guarded(each.claim.quote)
        and (found := parts(context, each.claim, at[each.id]))
    }
    halves = [part for found in apart.values() for part in found]
    named = {
        _place(each): each
        for each in numbered(article.id, extraction.claims, [*(m.claim for m in new), *halves])
    }
    leave = omitted(context, extraction.claims, proposals.omissions, pointed.sentences, at.keys())
    moved = [_Moved(named[_place(each.claim)], each.pieces) for each in new]
    for each in extraction.claims:
        if each.id in apart:
            moved += [_Moved(named[_place(part)], at[each.id]) for part in apart[each.id]]
        elif each.id in at:
            moved.append(_Moved(_chosen(context, each), at[each.id]))
        else:
            moved.append(_Moved(lowered(context, each, leave[each.id]) if each.id in leave else each, ()))
    claims, findings = _worded(context, moved)
    return Grounded(
        assembled(
            segmentation,
            extraction,
            claims,
            {name: [named[_place(part)].id for part in found] for name, found in apart.items()},
            {named[_place(each.claim)].id for each in new},
        ),
        tuple(sorted(findings, key=lambda each: each.flag.spans[0].start)),
        tuple(context.rejections),
    )


def _newcomers(
    context: Context, extraction: Extraction, alone: Sequence[Piece], at: dict[str, list[Piece]]
) -> list[_Moved]:
    """Return the claims that only the model found, each place once; repeats of a claim point at it."""
    taken = [place for each in extraction.claims for place in (each.claim.quote.place, *each.claim.also_at)]
    new: dict[Span, _Moved] = {}
    tried: set[Span] = set()
    for piece in alone:
        near = [place for place in taken if place.overlaps(piece.sentence)]
        place = place_of(context, piece, near)
        if place is None:
            context.reject("part_of_a_claim")
            continue
        if place in new:
            new[place] = new[place]._replace(pieces=(*new[place].pieces, piece))
            continue
        if place in tried:
            continue
        tried.add(place)
        repeated = context.claim_at(place).repeats
        known = [e.id for e in extraction.claims if repeated and e.claim.quote.overlaps(repeated)]
        if known:
            at.setdefault(known[0], []).append(piece)
            continue
        claim = added(context, piece, place)
        if claim is not None:
            new[place] = _Moved(claim, (piece,))
    return list(new.values())


def _chosen(context: Context, each: ExtractedClaim) -> ExtractedClaim:
    choice = ModelChoice(by=context.model, says="claim")
    return each.model_copy(update={"claim": each.claim.model_copy(update={"choice": choice})})


def _worded(context: Context, moved: Sequence[_Moved]) -> tuple[list[ExtractedClaim], list[Finding]]:
    """Return the claims with the wordings and sources of the model that pass, and the disputes.

    The first wording that settles something and the first source that says something count for a claim.
    """
    claims: list[ExtractedClaim] = []
    findings: list[Finding] = []
    for claim, pieces in moved:
        each, dispute = claim, None
        within = [piece.proposal for piece in pieces if piece.place.overlaps(claim.claim.quote)]
        for number, proposal in enumerate(dict.fromkeys(within)):
            if number >= _MOST_SAID:
                context.reject("repeated")
                continue
            if each.claim.standalone == claim.claim.standalone:
                each = _unless_guarded(context, each, reworded(context, each, proposal))
            if dispute is None and each.attribution is claim.attribution:
                each, dispute = sourced(context, each, proposal)
        claims.append(each)
        findings += [dispute] if dispute else []
    return claims, findings


def _unless_guarded(context: Context, each: ExtractedClaim, better: ExtractedClaim) -> ExtractedClaim:
    """Return the better wording, but where a sentence that speaks to somebody stood in the same call."""
    if better is each or not context.is_guarded(each.claim.quote):
        return better
    context.reject("guarded")
    return each


def _place(each: ExtractedClaim) -> tuple[int, int]:
    return each.claim.quote.start, each.claim.quote.end
