"""The call sheet: all open questions of all articles, each put once, by whom to ask."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from briefs.data import load
from briefs.domain.story import Call, CallSheet, ClaimRef, Errand, Levels
from briefs.steps.survey.gather import NOBODY, Claimed, Put, levels
from briefs.steps.survey.names import Canonical, behind, is_general, key, one_name
from briefs.steps.survey.web import Web, by_date
from briefs.text.figures import figures_of
from briefs.text.shortened import shortened

CLAIMS = 6
"""Claims listed with a question."""
FORMS = 3
"""Other names listed with somebody to ask."""
TITLE = 60
"""Characters of a title that stands for an author without a name."""


class _Whom(NamedTuple):
    """Somebody to ask: what tells them from others, and how they are called here."""

    key: str
    form: str


class _Drawn:
    """One question while the articles that raise it are gathered."""

    def __init__(self, whom: _Whom, put: Put) -> None:
        self.whom = whom
        self.puts = [put]

    @property
    def first(self) -> int:
        """Return on how many first screens it stands."""
        return sum(put.first for put in self.puts)


class _Weighed(NamedTuple):
    """A question with the claims that its answer serves."""

    drawn: _Drawn
    served: tuple[Claimed, ...]
    """By importance; those that say the same in other articles too, unless an article's author is asked."""
    serves: Levels


def call_sheet(puts: Iterable[Put], web: Web, canonical: Canonical, top: int) -> CallSheet:
    """Return the `top` questions of all articles that settle most, by whom to ask.

    A question is put once where several articles put it to the same somebody in the same words, or about
    claims that say the same put what settles the same, or what begins alike on the same figures. Claims that
    an editor has decided do not count.
    """
    drawn = _merged(puts, web, canonical)
    weighed = sorted((_weigh(each, web) for each in drawn), key=_importance)
    weighed = [each for each in weighed if each.served]
    chosen = _chosen(weighed, top)
    forms = _forms(drawn)
    return CallSheet(
        look_ups=_calls([each for each in chosen if _look_up(each.drawn)], weighed, forms, look_up=True),
        calls=_calls([each for each in chosen if not _look_up(each.drawn)], weighed, forms, look_up=False),
        asked=len(chosen),
        left_out=len(weighed) - len(chosen),
    )


def _merged(puts: Iterable[Put], web: Web, canonical: Canonical) -> list[_Drawn]:
    drawn: list[_Drawn] = []
    known: dict[tuple[str, ...], _Drawn] = {}
    for put in puts:
        whom = _whom(put, canonical, web)
        worded = (whom.key, "text", one_name(put.text))
        about = web.sides.of(put.serves[0]) if put.serves else ""
        meant = (whom.key, "settles", one_name(put.settles), about, str(put.look_up))
        begun = (whom.key, "begins", *(_beginning(put) if about else ()), about)
        held = known.get(worded) or known.get(meant) or known.get(begun)
        if held is None:
            held = _Drawn(whom, put)
            drawn.append(held)
        else:
            held.puts.append(put)
        known.setdefault(worded, held)
        known.setdefault(meant, held)
        if len(begun) > 3:
            known.setdefault(begun, held)
    return drawn


def _beginning(put: Put) -> tuple[str, ...]:
    """Return how a question on a figure begins: "Who counted … 17" is asked once, however it goes on."""
    figures = tuple(figures_of(put.text))
    return (*(word.casefold() for word in put.text.split()[:2]), *figures) if figures else ()


def _whom(put: Put, canonical: Canonical, web: Web) -> _Whom:
    """Return whom a question asks, told from those of other articles that are only called alike."""
    outlet = put.place.outlet
    if put.ask in NOBODY:
        title = shortened(put.place.title.strip() or put.place.slug, TITLE)
        who = "the author" if put.ask == "the author" else "the author or outlet"
        return _Whom(f"author of {put.place.article}", f"{who} of “{title}”")
    if outlet and put.ask.endswith(f", {outlet}"):
        return _Whom(key(outlet, canonical), put.ask)
    if is_general(put.ask):
        return _Whom(f"{key(put.ask, canonical)} | {web.stories.of(put.place.article)}", put.ask)
    return _Whom(key(put.ask, canonical), put.ask)


def _weigh(drawn: _Drawn, web: Web) -> _Weighed:
    served: dict[str, Claimed] = {}
    for put in drawn.puts:
        for brief in put.serves:
            if brief in web.claims:
                alike = [web.claims[brief]] if put.own else web.alike(brief)
                served.update((claim.id, claim) for claim in alike if claim.open)
    ordered = sorted(served.values(), key=lambda claim: (-claim.score, by_date(claim)))
    return _Weighed(drawn, tuple(ordered), levels(claim.level for claim in ordered))


def _importance(each: _Weighed) -> tuple[bool, int, int, int, int, str, str]:
    """Order questions by the high-priority claims they settle; leave to reprint comes last of all."""
    put = each.drawn.puts[0]
    return (
        put.settles in _usage(),
        -each.serves.high,
        -each.drawn.first,
        -each.serves.medium,
        -each.serves.low,
        put.place.article,
        put.text,
    )


def _chosen(weighed: Sequence[_Weighed], top: int) -> list[_Weighed]:
    """Return the questions to list, a third of them what can be looked up, if there is so much.

    Nobody is asked more than a third of them while others wait.
    """
    most = max(2, top // 3)
    asked: dict[tuple[str, bool], int] = {}
    first: list[_Weighed] = []
    waiting: list[_Weighed] = []
    for each in weighed:
        whom = (each.drawn.whom.key, _look_up(each.drawn))
        count = asked[whom] = asked.get(whom, 0) + 1
        (first if count <= most else waiting).append(each)
    ordered = [*first, *waiting]
    look_ups = [each for each in ordered if _look_up(each.drawn)][: top // 3]
    held = {id(each) for each in look_ups}
    others = [each for each in ordered if id(each) not in held][: max(0, top - len(look_ups))]
    return sorted((*look_ups, *others), key=_importance)


def _calls(
    chosen: Sequence[_Weighed],
    weighed: Sequence[_Weighed],
    forms: Mapping[str, Sequence[str]],
    *,
    look_up: bool,
) -> tuple[Call, ...]:
    by_whom: dict[str, list[_Weighed]] = {}
    for each in chosen:
        by_whom.setdefault(each.drawn.whom.key, []).append(each)
    all_of: dict[str, int] = {}
    for each in weighed:
        if _look_up(each.drawn) == look_up and each.drawn.whom.key in by_whom:
            all_of[each.drawn.whom.key] = all_of.get(each.drawn.whom.key, 0) + 1
    made = []
    for whom, asked in by_whom.items():
        served = {claim.id: claim.level for each in asked for claim in each.served}
        name, *also = forms[whom]
        made.append(
            Call(
                whom=name,
                also=tuple(also[:FORMS]),
                serves=levels(served.values()),
                errands=tuple(_errand(each) for each in asked),
                more=all_of[whom] - len(asked),
            )
        )
    return tuple(made)


def _errand(each: _Weighed) -> Errand:
    put = each.drawn.puts[0]
    refs = tuple(
        ClaimRef(brief=claim.id, place=claim.place, number=claim.number, level=claim.level)
        for claim in each.served[:CLAIMS]
    )
    return Errand(
        text=put.text,
        settles=put.settles,
        look_up=put.look_up,
        claims=refs,
        more_claims=len(each.served) - len(refs),
        serves=each.serves,
        articles=len({claim.place.article for claim in each.served}),
        drafted_by=put.drafted_by,
    )


def _forms(drawn: Iterable[_Drawn]) -> dict[str, list[str]]:
    """Return how each somebody is called, the form used most first; small words make no other form."""
    counts: dict[str, dict[str, int]] = {}
    for each in drawn:
        held = counts.setdefault(each.whom.key, {})
        held[each.whom.form] = held.get(each.whom.form, 0) + len(each.puts)
    forms: dict[str, list[str]] = {}
    for whom, held in counts.items():
        ranked = sorted(held, key=lambda form: (-held[form], -len(form), form))
        distinct = {one_name(behind(form)): form for form in reversed(ranked)}
        forms[whom] = [form for form in ranked if form in distinct.values()]
    return forms


def _look_up(drawn: _Drawn) -> bool:
    return drawn.puts[0].look_up


@cache
def _usage() -> frozenset[str]:
    """Return what questions settle that ask for leave to reprint."""
    return frozenset(str(group["settles"]) for group in load("question_bank")["usage"])
