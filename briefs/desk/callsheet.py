"""The call sheet as a checklist: questions of all articles, each once, with everything that it stands for."""

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from briefs.desk.catalogue import Catalogue
from briefs.desk.listing import PAGE, Pager, pager_of
from briefs.desk.views import CallView, ErrandView
from briefs.domain.scan import OFFLINE
from briefs.domain.story import ClaimRef, Place

SHOWN_CLAIMS = 6
"""Claims listed with a question."""


class Ref(NamedTuple):
    """A question as it stands under one claim."""

    slug: str
    brief: str
    key: str


class Errand(NamedTuple):
    """A question with all that it stands for."""

    view: ErrandView
    whom: str
    refs: tuple[Ref, ...]


class Sheet(NamedTuple):
    """A page of the call sheet."""

    calls: tuple[CallView, ...]
    pager: Pager
    open: int
    done: int


_SELECT = (
    "SELECT q.one, q.slug, q.brief, q.key, q.ask, q.text, q.settles, q.look_up, q.level, q.drafted_by, "
    "q.answer, q.answered_by, c.number, a.id, a.title, a.outlet, a.published FROM questions q "
    "JOIN claims c ON c.slug = q.slug AND c.brief = q.brief JOIN articles a ON a.slug = q.slug "
)
_COUNTS = (
    "SELECT done, count(*) FROM (SELECT min(answered_by IS NOT NULL) AS done FROM questions GROUP BY one) "
    "GROUP BY done"
)
_RANK = "CASE q.level WHEN 'high' THEN 2 WHEN 'medium' THEN 1 ELSE 0 END"


class _Row(NamedTuple):
    one: str
    ref: Ref
    ask: str
    text: str
    settles: str
    look_up: bool
    level: str
    drafted_by: str
    answer: str | None
    answered_by: str | None
    claim: ClaimRef


def sheet(catalogue: Catalogue, page: int, *, done: bool = False) -> Sheet:
    """Return a page of the questions that are open, or of those that are done: what settles most first."""
    counted = {bool(each): int(str(n)) for each, n in catalogue.rows(_COUNTS)}
    pager = pager_of(page, counted.get(done, 0), lambda n: f"/calls?{'ticked=true&' if done else ''}page={n}")
    ordered = catalogue.rows(
        "SELECT q.one FROM questions q GROUP BY q.one HAVING min(q.answered_by IS NOT NULL) = ? "  # noqa: S608 - our own words; values are bound
        f"ORDER BY max(q.look_up) DESC, max({_RANK}) DESC, sum(q.first) DESC, count(*) DESC, q.one "
        "LIMIT ? OFFSET ?",
        (done, PAGE, (pager.page - 1) * PAGE),
    )
    found = errands(catalogue, [str(row[0]) for row in ordered])
    return Sheet(_calls(found), pager, counted.get(False, 0), counted.get(True, 0))


def errands(catalogue: Catalogue, ones: Iterable[str]) -> list[Errand]:
    """Return questions by what each is known by, in the order given; what is not there is left out."""
    wanted = list(ones)
    marks = ", ".join("?" * len(wanted))
    rows = catalogue.rows(
        f"{_SELECT} WHERE q.one IN ({marks}) ORDER BY c.score DESC, q.slug, c.number", wanted
    )
    by_one: dict[str, list[_Row]] = {}
    for row in rows:
        made = _row(row)
        by_one.setdefault(made.one, []).append(made)
    return [_errand(one, by_one[one]) for one in wanted if one in by_one]


def _row(row: tuple[object, ...]) -> _Row:
    one, slug, brief, key, ask, text, settles, look_up, level, drafted_by, answer, answered_by, number = row[
        :13
    ]
    article, title, outlet, published = map(str, row[13:])
    place = Place(
        article=article, slug=str(slug), title=title, outlet=outlet or None, published=published or None
    )
    return _Row(
        one=str(one),
        ref=Ref(str(slug), str(brief), str(key)),
        ask=str(ask),
        text=str(text),
        settles=str(settles),
        look_up=bool(look_up),
        level=str(level),
        drafted_by=str(drafted_by),
        answer=None if answer is None else str(answer),
        answered_by=None if answered_by is None else str(answered_by),
        claim=ClaimRef.model_validate({"brief": brief, "place": place, "number": number, "level": level}),
    )


def _errand(one: str, rows: list[_Row]) -> Errand:
    first = rows[0]
    answers = list(dict.fromkeys(row.answer for row in rows if row.answer))
    names = list(dict.fromkeys(row.answered_by for row in rows if row.answered_by))
    state = "\x00".join(f"{row.ref} {row.answer} {row.answered_by}" for row in sorted(rows))
    view = ErrandView(
        id=one,
        text=first.text,
        settles=first.settles,
        look_up=first.look_up,
        by_model=first.drafted_by != OFFLINE,
        claims=tuple(row.claim for row in rows[:SHOWN_CLAIMS]),
        more_claims=max(0, len(rows) - SHOWN_CLAIMS),
        stands_for=len(rows),
        done=all(row.answered_by is not None for row in rows),
        answer="\n\n".join(answers),
        who=", ".join(names) or None,
        seen=hashlib.sha256(state.encode("utf-8", "replace")).hexdigest()[:16],
    )
    return Errand(view, first.ask, tuple(row.ref for row in rows))


def _calls(found: Iterable[Errand]) -> tuple[CallView, ...]:
    by_whom: dict[tuple[bool, str], list[ErrandView]] = {}
    for each in found:
        by_whom.setdefault((each.view.look_up, each.whom), []).append(each.view)
    return tuple(CallView(whom, tuple(asked)) for (_, whom), asked in by_whom.items())
