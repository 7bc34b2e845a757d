"""What the catalogue keeps of one article: one row for it, one a claim, one a question."""

from typing import NamedTuple

from briefs.domain.brief import ArticleBriefs, Brief, Question
from briefs.domain.desk_events import question_key
from briefs.steps.render.head import title
from briefs.steps.render.sources import OWN_VOICE
from briefs.steps.render.told import Told
from briefs.steps.survey.gather import NOBODY
from briefs.steps.survey.names import is_general

MOST_WORDS = 2_000
"""Characters kept of a quotation or a note, for lists and search."""


class FiledClaim(NamedTuple):
    """A claim as lists show it and filters know it."""

    brief: str
    number: int
    """From 1, in the article's order."""
    short: str
    quote: str
    standalone: str
    said_by: str
    source: str
    """Its name, as the filter has it."""
    level: str
    score: float
    status: str
    said: str
    so: str
    checker: str
    date: str
    note: str
    signed: bool
    changed: bool
    """A new version of the article changed words that a sign-off rested on."""
    read_otherwise: bool
    dismissed: bool
    added: bool
    gone: bool
    differs: bool
    """Another claim conflicts with it."""
    flags: tuple[str, ...]
    """Values of `FlagKind`, each once."""
    open_questions: int


class FiledQuestion(NamedTuple):
    """A question as the call sheet shows it."""

    brief: str
    key: str
    one: str
    """The same for what is one question to one somebody, in whatever article."""
    ask: str
    text: str
    settles: str
    look_up: bool
    first: bool
    """It stands on the article's first screen."""
    drafted_by: str
    answer: str | None
    answered_by: str | None


class FiledArticle(NamedTuple):
    """An article with its claims and questions."""

    id: str
    slug: str
    title: str
    outlet: str
    published: str
    text_sha256: str
    failures: int
    flags: int
    claims: tuple[FiledClaim, ...]
    questions: tuple[FiledQuestion, ...]


def filed(result: ArticleBriefs) -> FiledArticle:
    """Return what the catalogue keeps of an article's briefs with the desk's decisions in them."""
    told = Told(result)
    article = result.article
    first = frozenset(result.overview.first_questions)
    return FiledArticle(
        id=article.id,
        slug=article.slug,
        title=title(article),
        outlet=article.outlet or "",
        published=article.published or "",
        text_sha256=article.text_sha256,
        failures=len(result.made.failures),
        flags=result.flags_in_all,
        claims=tuple(_claim(brief, number, told) for number, brief in enumerate(told.result.briefs, 1)),
        questions=tuple(
            FiledQuestion(
                brief=brief.id,
                key=question_key(raw.ask, raw.text),
                one=_one(raw, article.slug),
                ask=told.ask(asked),
                text=asked.text,
                settles=asked.settles,
                look_up=asked.look_up,
                first=asked.id in first,
                drafted_by=asked.drafted_by,
                answer=asked.answer,
                answered_by=asked.answered_by,
            )
            for plain, brief in zip(result.briefs, told.result.briefs, strict=True)
            if plain.desk.dismissed is None and not plain.desk.gone
            for raw, asked in zip(plain.questions, brief.questions, strict=True)
        ),
    )


def source_of(brief: Brief) -> str:
    """Return the source of a claim as filters name it."""
    said = brief.attribution
    if said.source is not None:
        return said.source.name
    return OWN_VOICE if said.kind == "unattributed" else "not stated"


def _one(question: Question, slug: str) -> str:
    """Return what a question has in common with those of other articles that one answer answers.

    "The author", "the police": who that is depends on the article.
    """
    key = question_key(question.ask, question.text)
    return f"{key} {slug}" if question.ask in NOBODY or is_general(question.ask) else key


def _claim(brief: Brief, number: int, told: Told) -> FiledClaim:
    claim, desk = brief.claim, brief.desk
    return FiledClaim(
        brief=brief.id,
        number=number,
        short=told.short(brief),
        quote=claim.quote.text[:MOST_WORDS],
        standalone=claim.standalone[:MOST_WORDS],
        said_by=told.said_by(brief),
        source=source_of(brief),
        level=claim.priority.level,
        score=claim.priority.score,
        status=desk.status.value,
        said=desk.said.value,
        so=desk.so.value,
        checker=desk.checker or "",
        date=desk.date or "",
        note=" ".join(each for each in (desk.note, desk.corrected_wording) if each)[:MOST_WORDS],
        signed=desk.signed,
        changed=bool(desk.changed),
        read_otherwise=bool(desk.read_otherwise),
        dismissed=desk.dismissed is not None,
        added=desk.added_by is not None,
        gone=desk.gone,
        differs=any(each.kind == "conflict" for each in brief.related),
        flags=tuple(dict.fromkeys(flag.kind.value for flag in brief.flags)),
        open_questions=sum(question.answered_by is None for question in brief.questions),
    )
