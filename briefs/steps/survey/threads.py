"""Claim families as the overview shows them: who gives which figure when, and in how many ways."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from briefs.domain.relations import Family
from briefs.domain.story import Figure, Thread, Way
from briefs.steps.survey.figures import compared
from briefs.steps.survey.gather import Claimed, levels
from briefs.steps.survey.web import Web, by_date, told, unbridged

LISTED = 8
"""Claims of a family that are listed."""
_GOOD = 25
"""Characters that a wording needs to say what it is about."""


class Threads(NamedTuple):
    """The families that are shown, and how many are not."""

    shown: tuple[Thread, ...]
    more: int


def threads(families: Iterable[Family], web: Web, most: int) -> Threads:
    """Return the families of two articles or more, or with a conflict, the most important first."""
    made = [t for family in families if (t := _thread(family, web)) is not None]
    made.sort(key=_importance)
    return Threads(tuple(made[:most]), max(0, len(made) - most))


def _importance(thread: Thread) -> tuple[int, int, int, str]:
    """Order families by how widely a thing is told, how important it is, and whether in one way."""
    weight = 2 * min(thread.articles, 10) + 2 * min(thread.levels.high, 5) + 5 * bool(thread.conflicts)
    return (-weight, -thread.articles, -thread.levels.all, thread.id)


def _thread(family: Family, web: Web) -> Thread | None:
    claims = [web.claims[each] for each in family.claims if each in web.claims]
    articles = {claim.place.article for claim in claims}
    inside = {claim.id for claim in claims}
    pairs = {
        frozenset((web.sides.of(r.one), web.sides.of(r.other)))
        for r in family.relations
        if r.kind == "conflict" and r.one in inside and r.other in inside
    }
    if not claims or (len(articles) < 2 and not pairs):
        return None
    claims.sort(key=by_date)
    sides = {side: n for n, side in enumerate(dict.fromkeys(web.sides.of(c.id) for c in claims), 1)}
    listed = sorted(_chosen(claims, web), key=by_date)
    figures = compared(claims, unbridged(family.relations, web.claims))
    shown = tuple(told(c, figures.get(c.id), sides[web.sides.of(c.id)]) for c in listed)
    numbers = {each.side for each in shown}
    return Thread(
        id=family.id,
        short=_wording(claims, figures, web),
        levels=levels(claim.level for claim in claims),
        articles=len(articles),
        outlets=len({claim.place.outlet for claim in claims if claim.place.outlet}),
        claims=shown,
        more=len(claims) - len(listed),
        sides=len(sides),
        ways=tuple(_way(number, web.same[side]) for side, number in sides.items() if number in numbers),
        conflicts=len(pairs),
    )


def _way(number: int, claims: Sequence[Claimed]) -> Way:
    widest = max(claims, key=lambda claim: (claim.attributions, claim.id))
    return Way(
        number=number,
        articles=len({claim.place.article for claim in claims}),
        attributions=widest.attributions,
        origins=widest.origins,
        unknown=widest.unknown,
    )


def _chosen(claims: Sequence[Claimed], web: Web) -> list[Claimed]:
    """Return the claims to list: of each way of telling it the first, then one an article, by importance."""
    seen_sides: set[str] = set()
    seen_articles: set[str] = set()
    ranks: list[tuple[int, int, Claimed]] = []
    for claim in claims:
        side, article = web.sides.of(claim.id), claim.place.article
        rank = 0 if side not in seen_sides else 1 if article not in seen_articles else 2
        seen_sides.add(side)
        seen_articles.add(article)
        ranks.append((rank, len(ranks), claim))
    ranks.sort(key=lambda each: (each[0], -each[2].score if each[0] else 0, each[1]))
    return [claim for _, _, claim in ranks[:LISTED]]


def _stating(claims: Sequence[Claimed], figures: Mapping[str, Figure]) -> Sequence[Claimed]:
    """Return the claims whose wording has the figure that its row shows; else those with one; else all."""
    having = [claim for claim in claims if claim.id in figures]
    stating = [claim for claim in having if _states(claim, figures[claim.id])]
    return stating or having or claims


def _states(claim: Claimed, figure: Figure) -> bool:
    wording = " ".join(claim.short.split()).casefold()
    written = [" ".join(each.text.split()) for each in claim.quantities]
    return any(each.casefold() in wording for each in written if each and figure.text.startswith(each))


def _wording(claims: Sequence[Claimed], figures: Mapping[str, Figure], web: Web) -> str:
    """Return the shortest wording that is whole, names its subject, and is of the way told most often.

    It is one with the figure that its row shows, where there is any.
    """
    told_most = Counter(web.sides.of(claim.id) for claim in claims)

    def goodness(claim: Claimed) -> tuple[bool, bool, bool, int, int, str]:
        words = claim.short
        return (
            words.endswith("…"),
            "(after: " in words,
            len(words) < _GOOD,
            -told_most[web.sides.of(claim.id)],
            len(words),
            words,
        )

    return min(_stating(claims, figures), key=goodness).short
