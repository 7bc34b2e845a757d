"""An article's page: its claims with their forms, filtered, and the one that is open."""

from collections.abc import Callable, Mapping
from typing import NamedTuple
from urllib.parse import quote

from briefs.desk.asking import Asking, counts_of
from briefs.desk.forms import LONGEST, Refusal, held
from briefs.desk.listing import STATES, Choice, Facet, Filters
from briefs.desk.opened import Opened
from briefs.desk.views import ArticleView, ClaimView, FieldView, QuestionView
from briefs.domain.brief import Brief
from briefs.domain.desk_events import DeskField, question_key
from briefs.review.log_lines import LABELS
from briefs.steps.render.head import title
from briefs.steps.render.marks import paragraphs
from briefs.steps.render.sources import OWN_VOICE
from briefs.steps.render.view import Section
from briefs.steps.render.wording import FLAGS, STATUSES, upperfirst


class Typed(NamedTuple):
    """What a person typed for a claim and could not be recorded: it is shown again."""

    brief: str
    fields: Mapping[DeskField, str | None] = {}
    refusal: Refusal | None = None
    question: str | None = None
    """The question's key, where it was an answer."""
    answer: str = ""
    reason: str = ""
    """Why the claim was to be dismissed."""


def path_of(slug: str) -> str:
    """Return the path of an article's page."""
    return f"/a/{quote(slug, safe='')}"


def claim_url(slug: str, brief: str, filters: Filters = Filters(), done: str = "") -> str:  # noqa: B008 - frozen
    """Return the address of an article's page with a claim open."""
    more = {"claim": brief, "done": done} if done else {"claim": brief}
    return f"{filters._replace(article='').url(path_of(slug), **more)}#{quote(brief, safe='')}"


def article_view(
    asking: Asking,
    opened: Opened,
    filters: Filters = Filters(),  # noqa: B008 - frozen
    claim: str | None = None,
    typed: Typed | None = None,
) -> ArticleView:
    """Return the page of an article, with a claim open where one is named."""
    article = opened.result.article
    shown = [each for each in opened.page.sections if passes(each.brief, filters)]
    passing = {each.anchor for each in shown}
    claims = tuple(
        claim_view(
            opened,
            section,
            filters,
            passes=section.anchor in passing,
            selected=section.anchor == claim,
            typed=typed,
        )
        for section in opened.page.sections
    )
    selected = next((each for each in claims if each.selected), None)
    order = [each.section for each in claims if each.passes or each.selected]
    at = next((i for i, each in enumerate(order) if each.anchor == claim), -1)
    return ArticleView(
        frame=asking.frame(title(article), "articles"),
        article=article,
        slug=article.slug,
        page=opened.page,
        paragraphs=paragraphs(opened.page),
        claims=claims,
        selected=selected,
        previous=claim_url(article.slug, order[at - 1].anchor, filters) if at > 0 else None,
        next=claim_url(article.slug, order[at + 1].anchor, filters) if at + 1 < len(order) else None,
        filters=filters,
        facets=_facets(opened, filters),
        counts=counts_of(opened),
        passing=len(shown),
        files_note=asking.workspace.projector.notes.get(article.slug),
    )


def claim_view(  # noqa: PLR0913 - most with a default
    opened: Opened,
    section: Section,
    filters: Filters = Filters(),  # noqa: B008 - frozen
    *,
    passes: bool = True,
    selected: bool = True,
    typed: Typed | None = None,
) -> ClaimView:
    """Return a claim with its form; `typed` is shown in it where it is this claim's."""
    slug, brief = opened.result.article.slug, section.brief
    mine = typed if typed is not None and typed.brief == brief.id else None
    state = opened.states.get(brief.id)
    action = f"{path_of(slug)}/c/{quote(brief.id, safe='')}"
    return ClaimView(
        section=section,
        desk=brief.desk,
        revision=state.revision if state is not None else 0,
        fields={field.value: _field(field, brief, mine) for field in DeskField},
        questions=tuple(_questions(opened, section, action, mine)),
        passes=passes,
        selected=selected,
        action=action,
        url=claim_url(slug, brief.id, filters),
        reason=mine.reason if mine is not None else brief.desk.dismissed or "",
        refusal=mine.refusal.message if mine is not None and mine.refusal is not None else None,
    )


def _field(field: DeskField, brief: Brief, typed: Typed | None) -> FieldView:
    value = held(brief.desk, field)
    problem = None
    if typed is not None and typed.question is None:
        value = typed.fields.get(field, value)
        if typed.refusal is not None and typed.refusal.field == field.value:
            problem = typed.refusal.message
    label = upperfirst(LABELS[field])
    return FieldView(field.value, label, value or "", LONGEST.get(field, 20), problem)


def _questions(opened: Opened, section: Section, action: str, typed: Typed | None) -> list[QuestionView]:
    # A model's words are tamed for the page: a question's key is made of what the brief has.
    raw = {q.id: q for brief in opened.result.briefs if brief.id == section.anchor for q in brief.questions}
    found = []
    for asked in section.questions:
        question = raw[asked.question.id]
        key = question_key(question.ask, question.text)
        mine = typed is not None and typed.question == key
        found.append(
            QuestionView(
                key=key,
                asked=asked,
                done=question.answered_by is not None,
                answer=typed.answer if typed is not None and mine else question.answer or "",
                who=question.answered_by,
                action=f"{action}/q/{key}",
                problem=typed.refusal.message if typed is not None and mine and typed.refusal else None,
            )
        )
    return found


def source_of(brief: Brief) -> str:
    """Return the source of a claim as filters name it."""
    said = brief.attribution
    if said.source is not None:
        return said.source.name
    return OWN_VOICE if said.kind == "unattributed" else "not stated"


_STATES: Mapping[str, Callable[[Brief], bool]] = {
    "changed": lambda brief: bool(brief.desk.changed),
    "differs": lambda brief: any(each.kind == "conflict" for each in brief.related),
    "unsigned": lambda brief: not brief.desk.signed,
    "signed": lambda brief: brief.desk.signed,
    "questions": lambda brief: any(each.answered_by is None for each in brief.questions),
    "added": lambda brief: brief.desk.added_by is not None,
    "gone": lambda brief: brief.desk.gone,
    "read_otherwise": lambda brief: bool(brief.desk.read_otherwise),
    "dismissed": lambda brief: brief.desk.dismissed is not None,
}


def passes(brief: Brief, filters: Filters) -> bool:
    """Tell whether a claim passes the filters, as in the lists of the whole folder."""
    if (brief.desk.dismissed is not None) != (filters.state == "dismissed"):
        return False
    said = (brief.claim.quote.text, brief.claim.standalone, source_of(brief), brief.desk.note or "")
    words = " ".join(said).casefold()
    return (
        filters.status in ("", brief.desk.status.value)
        and filters.priority in ("", brief.claim.priority.level)
        and filters.source in ("", source_of(brief))
        and (not filters.flag or any(flag.kind.value == filters.flag for flag in brief.flags))
        and (not filters.state or _STATES[filters.state](brief))
        and all(word in words for word in filters.q.casefold().split())
    )


def _facets(opened: Opened, filters: Filters) -> tuple[Facet, ...]:
    """Return the filters of one article's claims, with counts."""
    briefs, path = opened.page.result.briefs, path_of(opened.result.article.slug)

    def facet(name: str, label: str, words: Mapping[str, str]) -> Facet:
        chosen = str(getattr(filters, name))
        choices = []
        for value, word in words.items():
            count = sum(passes(brief, filters._replace(**{name: value})) for brief in briefs)
            if count or value == chosen:
                url = filters.url(path, **{name: "" if value == chosen else value})
                choices.append(Choice(value, upperfirst(word), count, value == chosen, url))
        return Facet(name, label, tuple(choices), chosen)

    sources = dict.fromkeys(source_of(brief) for brief in briefs)
    return (
        facet("status", "Status", {status.value: words for status, words in STATUSES.items()}),
        facet("priority", "Priority", {each: each for each in ("high", "medium", "low")}),
        facet("state", "State", STATES),
        facet("flag", "Flag", {kind.value: words for kind, words in FLAGS.items()}),
        facet("source", "Source", {each: each for each in sources}),
    )
