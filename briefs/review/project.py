"""Project: put what editors decided into an article's briefs, and take it out again.

Pure: the same briefs and the same states give the same value, however often it is done. `bare` is the
inverse: it leaves what the tool alone gives. No word of the article and none of the tool's own is changed.
"""

from collections.abc import Iterable, Mapping

from briefs.domain.brief import ArticleBriefs, Brief, FormerClaim
from briefs.domain.desk import Desk
from briefs.review.answers import Answers, numbered, unanswered
from briefs.review.basis import basis_of, read_otherwise
from briefs.review.entered import entered, left
from briefs.review.fold import ClaimState, is_decided


def project(result: ArticleBriefs, states: Mapping[str, ClaimState]) -> ArticleBriefs:
    """Return an article's briefs with its claims' states; what an earlier projection put in is replaced.

    Claims that the tool does not have are put in where their words stand in the article; the others are
    `former`. `states` may hold those of other articles too.
    """
    own = bare(result)
    mine = {brief: each for brief, each in states.items() if each.article == result.article.id}
    added = _related_as_before(_added(own, mine), result)
    there = {brief.id for brief in (*own.briefs, *added)}
    gone = [each for brief, each in mine.items() if brief not in there and _is_worth_keeping(each)]
    answers = Answers(mine.values())
    briefs = (*(_decided(own, brief, mine.get(brief.id)) for brief in own.briefs), *added)
    ordered = sorted(briefs, key=lambda each: (each.claim.quote.start, each.claim.quote.end))
    given = answers.given(ordered)
    return own.model_copy(
        update={
            "briefs": given,
            "ledger": entered(own.ledger, added),
            "former": tuple(
                _former(each, answers) for each in sorted(gone, key=lambda each: (_start(each), each.brief))
            ),
        }
    )


def bare(result: ArticleBriefs) -> ArticleBriefs:
    """Return an article's briefs as the tool alone gives them: nothing that an editor decided."""
    put_in = {brief.id for brief in result.briefs if brief.desk.added_by is not None or brief.desk.gone}
    briefs = (
        brief.model_copy(update={"desk": Desk(), "questions": unanswered(brief.questions)})
        for brief in result.briefs
        if brief.id not in put_in
    )
    return result.model_copy(
        update={"briefs": tuple(briefs), "ledger": left(result.ledger, put_in), "former": ()}
    )


def _decided(own: ArticleBriefs, brief: Brief, state: ClaimState | None) -> Brief:
    if state is None:
        return brief
    differs: tuple[str, ...] = ()
    if state.basis is not None and is_decided(state.desk):
        differs = read_otherwise(state.basis, basis_of(own.article, brief))
    # What the tool has found itself was not added by anybody.
    update = {"added_by": None, "gone": False, "read_otherwise": differs}
    return brief.model_copy(update={"desk": state.desk.model_copy(update=update)})


def _added(own: ArticleBriefs, mine: Mapping[str, ClaimState]) -> tuple[Brief, ...]:
    """Return the briefs of claims that the tool does not have, with questions that no other claim asks."""
    found = {brief.id for brief in own.briefs}
    text = own.article.text
    wanted = [
        (brief, each.added, each)
        for brief, each in mine.items()
        if brief not in found and each.added is not None and _stands(text, each.added)
    ]
    made: list[Brief] = []
    for brief, drafted, state in sorted(wanted, key=lambda each: (each[1].claim.quote.start, each[0])):
        desk = state.desk.model_copy(update={"gone": state.desk.added_by is None})
        made.append(drafted.model_copy(update={"id": brief, "desk": desk}))
    return numbered(own.briefs, made)


def _related_as_before(added: Iterable[Brief], result: ArticleBriefs) -> tuple[Brief, ...]:
    """Return added briefs with what relating put into them before: that is not the desk's to take out."""
    before = {
        brief.id: brief for brief in result.briefs if brief.desk.added_by is not None or brief.desk.gone
    }
    return tuple(_with_relations(brief, before[brief.id]) if brief.id in before else brief for brief in added)


def _with_relations(brief: Brief, before: Brief) -> Brief:
    raised = tuple(each for each in unanswered(before.questions) if each.id.startswith("r"))
    return brief.model_copy(
        update={
            "related": before.related,
            "related_in_all": before.related_in_all,
            "origins": before.origins,
            "questions": (*brief.questions, *raised),
        }
    )


def _stands(text: str, brief: Brief) -> bool:
    """Tell whether a brief's words stand in the article where it says that they do."""
    quoted = (brief.claim.quote, *brief.claim.quantities, *brief.claim.dates)
    return all(each.of(text) == each.text for each in quoted)


def _is_worth_keeping(state: ClaimState) -> bool:
    """Tell whether a person has written anything about a claim."""
    return bool(state.desk.log or state.answers)


def _start(state: ClaimState) -> int:
    return state.basis.quote.start if state.basis is not None else 0


def _former(state: ClaimState, answers: Answers) -> FormerClaim:
    basis = state.basis
    return FormerClaim(
        id=state.brief,
        words=basis.quote.text if basis else None,
        name=basis.name if basis else None,
        text_sha256=basis.text_sha256 if basis else None,
        questions=answers.left_of(state.brief),
        desk=state.desk.model_copy(update={"gone": True}),
    )
