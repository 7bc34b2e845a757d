"""An article's page: its claims with their forms, filtered, and the one that is open."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from urllib.parse import quote

from briefs.desk.asking import Asking, counts_of
from briefs.desk.filed import source_of
from briefs.desk.forms import LONGEST, Refusal, held
from briefs.desk.listing import SOURCES, STATES, Choice, Facet, Filters
from briefs.desk.opened import Opened
from briefs.desk.views import ArticleView, ClaimView, FieldView, QuestionView
from briefs.domain.brief import Brief
from briefs.domain.desk_events import DeskField, question_key
from briefs.review.log_lines import LABELS
from briefs.steps.render.head import title
from briefs.steps.render.marks import paragraphs
from briefs.steps.render.view import Section
from briefs.steps.render.wording import FLAGS, STATUSES, upperfirst

WINDOW = 100
"""Claims whose sections stand on a page; an article of 20,000 sentences has thousands."""


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
    traits = {each.anchor: _traits(each.brief) for each in opened.page.sections}
    passing = {anchor for anchor, each in traits.items() if _passes(each, filters)}
    order = [each.anchor for each in opened.page.sections if each.anchor in passing or each.anchor == claim]
    at = order.index(claim) if claim in order else -1
    ids = list(dict.fromkeys((*order, *traits)))
    first = max(0, at) // WINDOW * WINDOW
    printed = frozenset(ids[first : first + WINDOW])
    claims = tuple(
        claim_view(
            opened,
            section,
            filters,
            passes=section.anchor in passing,
            selected=section.anchor == claim,
            typed=typed,
            whole=section.anchor in printed,
        )
        for section in opened.page.sections
    )
    return ArticleView(
        frame=asking.frame(title(article), "articles"),
        article=article,
        slug=article.slug,
        page=opened.page,
        paragraphs=paragraphs(opened.page),
        claims=claims,
        printed=printed,
        earlier=claim_url(article.slug, ids[first - WINDOW], filters) if first else None,
        later=claim_url(article.slug, ids[first + WINDOW], filters) if first + WINDOW < len(ids) else None,
        selected=next((each for each in claims if each.selected), None),
        previous=claim_url(article.slug, order[at - 1], filters) if at > 0 else None,
        next=claim_url(article.slug, order[at + 1], filters) if at + 1 < len(order) else None,
        filters=filters,
        facets=_facets(article.slug, traits.values(), filters),
        counts=counts_of(opened),
        passing=len(passing),
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
    whole: bool = True,
) -> ClaimView:
    """Return a claim with its form; `typed` is shown in it where it is this claim's.

    Without `whole` it has no fields and no questions: its section is not printed.
    """
    slug, brief = opened.result.article.slug, section.brief
    mine = typed if typed is not None and typed.brief == brief.id else None
    state = opened.states.get(brief.id)
    action = f"{path_of(slug)}/c/{quote(brief.id, safe='')}"
    return ClaimView(
        section=section,
        desk=brief.desk,
        revision=state.revision if state is not None else 0,
        fields={field.value: _field(field, brief, mine) for field in DeskField} if whole else {},
        questions=tuple(_questions(opened, section, action, mine)) if whole else (),
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
    raw = {question.id: question for question in opened.result.briefs[section.number - 1].questions}
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


class _Traits(NamedTuple):
    """What filters ask of a claim."""

    status: frozenset[str]
    priority: frozenset[str]
    state: frozenset[str]
    flag: frozenset[str]
    source: frozenset[str]
    words: str


def _traits(brief: Brief) -> _Traits:
    desk = brief.desk
    states = {
        "changed": bool(desk.changed),
        "differs": any(each.kind == "conflict" for each in brief.related),
        "unsigned": not desk.signed,
        "signed": desk.signed,
        "questions": any(each.answered_by is None for each in brief.questions),
        "added": desk.added_by is not None,
        "gone": desk.gone,
        "read_otherwise": bool(desk.read_otherwise),
    }
    dismissed = desk.dismissed is not None
    said = (brief.claim.quote.text, brief.claim.standalone, source_of(brief), desk.note or "")
    return _Traits(
        status=frozenset({desk.status.value}),
        priority=frozenset({brief.claim.priority.level}),
        # A dismissed claim is nothing else, as in the lists of the whole folder.
        state=frozenset({"dismissed"} if dismissed else (name for name, held in states.items() if held)),
        flag=frozenset(flag.kind.value for flag in brief.flags),
        source=frozenset({source_of(brief)}),
        words=" ".join(said).casefold(),
    )


def _passes(traits: _Traits, filters: Filters) -> bool:
    if "dismissed" in traits.state and filters.state != "dismissed":
        return False
    for name in ("status", "priority", "state", "flag", "source"):
        wanted = getattr(filters, name)
        if wanted and wanted not in getattr(traits, name):
            return False
    return all(word in traits.words for word in filters.q.casefold().split())


def _facets(slug: str, claims: Iterable[_Traits], filters: Filters) -> tuple[Facet, ...]:
    """Return the filters of one article's claims, with counts."""
    path, held = path_of(slug), tuple(claims)

    def facet(name: str, label: str, words: Mapping[str, str], most: int | None = None) -> Facet:
        chosen = str(getattr(filters, name))
        others = filters._replace(**{name: ""})
        counts = Counter(value for each in held if _passes(each, others) for value in getattr(each, name))
        if name == "state":  # what is dismissed is counted though it is not shown
            gone = filters._replace(state="dismissed")
            counts["dismissed"] = sum(_passes(each, gone) for each in held)
        shown = words or {value: value for value, _ in counts.most_common(most)} | {chosen: chosen}
        choices = tuple(
            Choice(
                value,
                upperfirst(word),
                counts[value],
                value == chosen,
                filters.url(path, **{name: "" if value == chosen else value}),
            )
            for value, word in shown.items()
            if value and (counts[value] or value == chosen)
        )
        return Facet(name, label, choices, chosen)

    return (
        facet("status", "Status", {status.value: words for status, words in STATUSES.items()}),
        facet("priority", "Priority", {each: each for each in ("high", "medium", "low")}),
        facet("state", "State", STATES),
        facet("flag", "Flag", {kind.value: words for kind, words in FLAGS.items()}),
        facet("source", "Source", {}, SOURCES),
    )
