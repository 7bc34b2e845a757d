"""Claim families as the overview shows them: who gives which figure when, and in how many ways."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from briefs.domain.relations import Family, Relation
from briefs.domain.scan import Quantity
from briefs.domain.spans import Span
from briefs.domain.story import Figure, Thread, Told
from briefs.steps.survey.gather import Claimed, levels
from briefs.steps.survey.sides import Groups

LISTED = 8
"""Claims of a family that are listed."""
_GOOD = 25
"""Characters that a wording needs to say what it is about."""


class Threads(NamedTuple):
    """The families that are shown, and how many are not."""

    shown: tuple[Thread, ...]
    more: int


class Web:
    """Claims with what links them: groups that say the same, and the words that they are compared by."""

    def __init__(self, claims: Mapping[str, Claimed], relations: Iterable[Relation]) -> None:
        """Take all claims, and all relations; those of claims that are not there are left aside."""
        self.claims = claims
        self.relations = tuple(r for r in relations if r.one in claims and r.other in claims)
        self.sides = Groups((r.one, r.other) for r in self.relations if r.kind == "same")
        self.stories = Groups(
            (claims[r.one].place.article, claims[r.other].place.article) for r in self.relations
        )
        """Articles that relations connect."""
        self.same: dict[str, list[Claimed]] = {}
        """Claims by the name of their group."""
        for claim in claims.values():
            self.same.setdefault(self.sides.of(claim.id), []).append(claim)
        self._words: dict[str, Counter[Span]] = {}
        for relation in self.relations:
            for end, words in ((relation.one, relation.one_words), (relation.other, relation.other_words)):
                if words is not None:
                    self._words.setdefault(end, Counter())[words] += 1

    def alike(self, claim: str) -> Sequence[Claimed]:
        """Return all claims that say the same as one, itself among them."""
        return self.same[self.sides.of(claim)]

    def figure(self, claim: Claimed) -> Figure | None:
        """Return the figure that a claim is compared by; its only one, where nothing is said of that."""
        words = self._words.get(claim.id)
        if words is None:
            counted = [q for q in claim.quantities if q.kind != "ordinal"]
            return figure(counted[0]) if len(counted) == 1 else None
        # The words that most relations are about; of equally many, the first.
        best = min(words, key=lambda span: (-words[span], span.start, span.end))
        return next((figure(q) for q in claim.quantities if q.overlaps(best)), None)


def figure(quantity: Quantity) -> Figure:
    """Return a figure with its noun and its open bound, as far as its words do not give them."""
    text, unit = " ".join(quantity.text.split()), " ".join((quantity.unit or "").split())
    bare = not any(word.isalpha() for word in text.split()[:-1])
    if unit and unit.casefold() not in text.casefold():
        text = f"{text} {unit}"
    if bare and quantity.low is None and quantity.high is not None:
        text = f"{text} or fewer"
    elif bare and quantity.high is None and quantity.low is not None:
        text = f"{text} or more"
    return Figure(
        text=text,
        low=quantity.low,
        high=quantity.high,
        unit=quantity.unit,
        period=quantity.period,
        approximate=quantity.approximate,
    )


def told(claim: Claimed, web: Web, side: int = 1) -> Told:
    """Return a claim as it is shown."""
    return Told(
        brief=claim.id,
        number=claim.number,
        place=claim.place,
        short=claim.short,
        quote=" ".join(claim.quote.text.split()),
        said_by=claim.said_by,
        level=claim.level,
        figure=web.figure(claim),
        side=side,
    )


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
    widest = max(claims, key=lambda claim: (claim.attributions, claim.id))
    return Thread(
        id=family.id,
        short=_wording(claims, web),
        levels=levels(claim.level for claim in claims),
        articles=len(articles),
        outlets=len({claim.place.outlet for claim in claims if claim.place.outlet}),
        claims=tuple(told(claim, web, sides[web.sides.of(claim.id)]) for claim in listed),
        more=len(claims) - len(listed),
        sides=len(sides),
        conflicts=len(pairs),
        attributions=widest.attributions,
        origins=widest.origins,
        unknown=widest.unknown,
    )


def by_date(claim: Claimed) -> tuple[bool, str, str, int, str]:
    """Order claims by publication date, undated last, then by article and place."""
    place = claim.place
    return (place.published is None, place.published or "", place.article, claim.quote.start, claim.id)


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


def _wording(claims: Sequence[Claimed], web: Web) -> str:
    """Return the shortest wording that is whole, names its subject, and is of the way told most often."""
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

    return min(claims, key=goodness).short
