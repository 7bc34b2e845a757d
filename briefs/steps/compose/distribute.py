"""Which questions are asked, under which claim, in which wording: each once, none to pad a claim."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from briefs.domain.brief import Question
from briefs.domain.claims import Priority
from briefs.steps.compose.asking_article import Raised
from briefs.steps.compose.bank import Wording, bank
from briefs.steps.compose.facts import Facts
from briefs.steps.compose.phrases import capital, listed
from briefs.steps.compose.proposals import NOWHERE, Proposal

MOST = 7
"""Questions that serve one claim, those printed elsewhere included."""
MOST_OWN = {"high": 4, "medium": 3, "low": 2}
"""Questions printed under a claim, by its priority."""
LAST_RESORT = 4
"""Weight below which a question is asked only under a claim that has no other."""
MOST_OF_TOPIC = 2
"""Questions about one thing (its figures, its source …) under one claim."""


_SAME = (
    {"headline_shown", "flag_headline_firmer"},
    {"origin_figure", "figure_count", "flag_figure_unsourced"},
    {"figure_count", "figure_tally"},
    {"figure_record", "event_record"},
    {"flag_anonymous_opinion", "anonymous_second"},
    {"origin_event", "event_witness", "event_image"},
    {"figure_group", "event_witness"},
    {"figure_length", "event_date"},
    {"possible_source", "origin_event", "origin_general"},
    {"flag_figure_announced", "origin_event", "origin_general"},
    {"flag_quotation_spliced", "quote_context"},
)
"""Kinds of question that one answer would settle: a claim is asked one of them, the weightiest."""

MOST_TOGETHER = 8
"""Claims that one question asks about where an article has more claims than there are wordings."""


class Asked(NamedTuple):
    """The questions of an article: by claim those printed there, and ids of those printed elsewhere."""

    questions: Mapping[str, tuple[Question, ...]]
    elsewhere: Mapping[str, tuple[str, ...]]
    weights: Mapping[str, float]
    """How much each question settles for a claim, by its id."""
    kinds: Mapping[str, str]
    """Kind of each question, by its id."""


class _Draft:
    """A question that is being asked, before it has its number."""

    def __init__(self, proposal: Proposal, wording: Wording, host: str) -> None:
        self.proposal = proposal
        self.text = capital(wording.text.format_map(proposal.slots))
        self.settles = wording.settles.format_map(proposal.slots)
        self.look_up = wording.look_up
        self.weight = proposal.weight
        self.serves = {host: None}
        """Ids of the claims that it serves, in the order in which they came."""


class _Wordings:
    """Chooses wordings so that one article uses each once before any is used again."""

    def __init__(self) -> None:
        self._used: Counter[str] = Counter()

    def best(self, proposal: Proposal) -> tuple[Wording | None, int]:
        """Return the least used wording whose slots can be filled, and how often it was used."""
        kind = proposal.wordings or proposal.kind
        fitting = [w for w in bank().get(kind, ()) if w.slots <= proposal.slots.keys()]
        if not fitting:
            return None, 0
        wording = min(fitting, key=lambda w: (self._used[w.key], w.number))
        return wording, self._used[wording.key]

    def use(self, wording: Wording) -> None:
        self._used[wording.key] += 1


class _Claims:
    """Which drafts stand under which claim, while the claims choose one after another."""

    def __init__(self, all_facts: Sequence[Facts]) -> None:
        self.own: dict[str, list[_Draft]] = {f.id: [] for f in all_facts}
        self.see: dict[str, list[_Draft]] = {f.id: [] for f in all_facts}
        self._drafts: dict[tuple[str, str], _Draft] = {}
        self._wordings = _Wordings()

    def choose(self, facts: Facts, wanted: Sequence[Proposal], most: int) -> None:
        """Let one claim choose among the questions it raises, the weightiest first, `most` of its own."""
        self._choose(facts, sorted(wanted, key=_urgent), most, fresh=True)

    def asks(self, proposal: Proposal) -> bool:
        """Tell whether a question is printed somewhere."""
        return (proposal.kind, proposal.about) in self._drafts

    def refer(self, facts: Facts, wanted: Sequence[Proposal]) -> None:
        """Point from a claim to the questions about its flags and its date that are printed elsewhere."""
        for proposal in wanted:
            held = self._drafts.get((proposal.kind, proposal.about))
            if proposal.topic in _POINTED and held is not None and facts.id not in held.serves:
                held.serves[facts.id] = None
                self.see[facts.id].append(held)

    def settle(self, all_facts: Sequence[Facts], wanted: Mapping[str, Sequence[Proposal]]) -> None:
        """Ask about the claims that no wording was left for: several at a time, or in a used wording."""
        left = [f for f in all_facts if not self.own[f.id] and not self.see[f.id]]
        quoted = [f for f in left if f.matter and not f.matter.isspace()]
        if len(quoted) == 1:  # with a neighbour, which has questions of its own
            place = all_facts.index(quoted[0])
            near = (*all_facts[max(0, place - 1) : place], *all_facts[place + 1 : place + 2])
            quoted += [facts for facts in near if facts.matter][:1]
        groups = max(len(bank()["together"]), math.ceil(len(quoted) / MOST_TOGETHER))
        groups = min(groups, len(quoted) // 2)
        for number in range(groups):
            first, last = (len(quoted) * edge // groups for edge in (number, number + 1))
            self._together(quoted[first:last], wanted)
        for facts in left:
            if not self.own[facts.id] and not self.see[facts.id]:
                ranked = sorted(wanted[facts.id], key=_urgent)
                self._choose(facts, ranked, 1, fresh=False)

    def _together(self, claims: Sequence[Facts], wanted: Mapping[str, Sequence[Proposal]]) -> None:
        """Ask one question about several claims that stand near each other; it is printed under the first."""
        bare = next((p for p in wanted[claims[0].id] if p.kind == "bare"), None)
        matters = list(dict.fromkeys(f"“{facts.matter}”" for facts in claims))
        if bare is None or len(matters) < 2:
            return
        slots = {"matters": listed(matters)}
        about = " ".join(facts.id for facts in claims)
        draft = self._draft(claims[0], bare._replace(kind="together", about=about, slots=slots), fresh=True)
        if draft is None:
            return
        self.own[claims[0].id].append(draft)
        for facts in claims[1:]:
            draft.serves[facts.id] = None
            self.see[facts.id].append(draft)

    def _choose(self, facts: Facts, ranked: Sequence[Proposal], limit: int, *, fresh: bool) -> None:
        """Take questions for one claim; in wordings not used yet, if `fresh`, else in any."""
        own, see = self.own[facts.id], self.see[facts.id]
        topics: Counter[str] = Counter()
        for proposal in ranked:
            if len(own) + len(see) >= MOST:
                break
            full = topics[proposal.topic] >= MOST_OF_TOPIC and proposal.topic != _FLAG
            if full or (proposal.weight < LAST_RESORT and (own or see)) or _settled(proposal, (*own, *see)):
                continue
            held = self._drafts.get((proposal.kind, proposal.about))
            if held is not None and facts.id not in held.serves:
                held.serves[facts.id] = None
                see.append(held)
            elif held is None and len(own) < limit and (draft := self._draft(facts, proposal, fresh=fresh)):
                own.append(draft)
            else:
                continue
            topics[proposal.topic] += 1

    def _draft(self, facts: Facts, proposal: Proposal, *, fresh: bool) -> _Draft | None:
        wording, used = self._wordings.best(proposal)
        if wording is None or (used and fresh):
            return None
        self._wordings.use(wording)
        draft = self._drafts[proposal.kind, proposal.about] = _Draft(proposal, wording, facts.id)
        return draft


_FLAG = "flag"
_POINTED = frozenset({_FLAG, "article", "reply"})
"""Topics of questions that a claim points to wherever they are printed."""


def _urgent(proposal: Proposal) -> tuple[int, float]:
    """Order what a claim asks: what its flags raise, the right of reply, then the rest by weight."""
    return {_FLAG: 0, "reply": 1}.get(proposal.topic, 2), -proposal.weight


def _settled(proposal: Proposal, asked: Iterable[_Draft]) -> bool:
    """Tell whether a question asked of the same somebody settles what `proposal` would."""
    kinds = {draft.proposal.kind for draft in asked if draft.proposal.ask == proposal.ask}
    return any(proposal.kind in same and kinds & (same - {proposal.kind}) for same in _SAME)


def distribute(
    all_facts: Sequence[Facts],
    of_claims: Mapping[str, Iterable[Proposal]],
    raised: Iterable[Raised],
    priorities: Mapping[str, Priority],
) -> Asked:
    """Choose the questions of an article.

    The most important claim chooses first; a question that serves several claims is printed under the
    most important of them. Claims that no unused wording is left for are asked about several at a time.
    `priorities` has the importance of claims by id; a claim that is not in it chooses after all that are.
    """
    wanted = {f.id: list(of_claims[f.id]) for f in all_facts}
    for each in raised:
        for claim in each.serves:
            wanted[claim].append(each.proposal)
    claims = _Claims(all_facts)
    held = {f.id: f.claim.claim.priority for f in all_facts} | dict(priorities)
    ranked = sorted(all_facts, key=lambda f: (f.id not in priorities, -held[f.id].score))
    for facts in ranked:
        claims.choose(facts, wanted[facts.id], MOST_OWN[held[facts.id].level])
    for facts in ranked:  # what had no room under the claim with the words for it
        left = [p._replace(wordings="") for p in wanted[facts.id] if p.wordings == NOWHERE]
        claims.choose(facts, [p for p in left if not claims.asks(p)], MOST_OWN[held[facts.id].level])
    claims.settle(all_facts, wanted)
    for facts in all_facts:
        claims.refer(facts, wanted[facts.id])
    return _numbered(all_facts, claims)


def _numbered(all_facts: Sequence[Facts], claims: _Claims) -> Asked:
    ids: dict[int, str] = {}
    questions: dict[str, tuple[Question, ...]] = {}
    for facts in all_facts:
        made = []
        for draft in claims.own[facts.id]:
            ids[id(draft)] = f"q{len(ids) + 1}"
            made.append(
                Question(
                    id=ids[id(draft)],
                    text=draft.text,
                    ask=draft.proposal.ask,
                    settles=draft.settles,
                    serves=tuple(draft.serves),
                    look_up=draft.look_up,
                )
            )
        questions[facts.id] = tuple(made)
    elsewhere = {name: tuple(ids[id(draft)] for draft in drafts) for name, drafts in claims.see.items()}
    drafts = [d for made in claims.own.values() for d in made]
    weights = {ids[id(d)]: d.weight for d in drafts}
    kinds = {ids[id(d)]: d.proposal.kind for d in drafts}
    return Asked(questions, elsewhere, weights, kinds)
