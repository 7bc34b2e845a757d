"""Criticism of identifiable people and bodies, and whether the article carries their answer.

Found by the shapes of reproach: "A accused B", "B failed to …", "B did not protect …", "B's incompetence",
"a breakdown in B's
command", "B is corrupt". A country that acts stands for its government. Precision comes first: no more
than five places
are given for one target and one critic. An answer is an attribution to the target, its spokesperson or
officials.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

from spacy.symbols import ADJ, NOUN, PROPN, VERB
from spacy.tokens import Token

from briefs.data import load
from briefs.domain.scan import Attribution, Criticism, Entity, Reference
from briefs.domain.spans import How, Mention, Span
from briefs.language.criticism_target import Target, Targets, countries
from briefs.language.parse import ParsedArticle, ParsedSentence

MOST_PLACES = 5
"""How often one critic's reproaches of one target are listed."""


class _Words(NamedTuple):
    accuse: frozenset[str]
    wrong: frozenset[str]
    undone: frozenset[str]
    nouns: frozenset[str]
    within: frozenset[str]
    traits: frozenset[str]
    states: frozenset[str]
    contests: frozenset[str]
    officials: frozenset[str]


@cache
def _words() -> _Words:
    data = load("criticism")
    return _Words(*(frozenset(data[name]) for name in _Words._fields))


@cache
def _phrases() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = load("criticism")
    return re.compile(data["asked"], re.IGNORECASE), re.compile(data["not_asked"], re.IGNORECASE)


class _Reproach(NamedTuple):
    target: Target
    place: Span
    critic: str | None


class _Reply(NamedTuple):
    asked: Literal["yes", "no", "unsaid"]
    answer: Span | None = None


def criticisms(
    parsed: ParsedArticle,
    entities: tuple[Entity, ...],
    references: tuple[Reference, ...],
    attributions: tuple[Attribution, ...],
) -> tuple[Criticism, ...]:
    """Return the criticisms of the article, in order."""
    targets = Targets(entities, references)
    said = _Said(attributions)
    found: list[_Reproach] = []
    listed: Counter[tuple[str, str | None]] = Counter()
    replies: dict[str, _Reply] = {}
    for sentence in parsed.sentences:
        for reproach in _reproaches(sentence, targets, said):
            key = (reproach.target.key, reproach.critic)
            listed[key] += 1
            if listed[key] <= MOST_PLACES:
                found.append(reproach)
        replies.update(_refusals(parsed.text, sentence, targets))
    critics = {(each.target.key, each.critic) for each in found}
    for target in {each.target.key: None for each in found}:
        answer = said.answer(target, {critic for key, critic in critics if key == target})
        if answer is not None:
            replies[target] = _Reply("yes", answer)
    return tuple(_criticism(each, replies.get(each.target.key, _Reply("unsaid"))) for each in found)


def _criticism(reproach: _Reproach, reply: _Reply) -> Criticism:
    target = reproach.target
    return Criticism(
        target=Mention(start=target.start, end=target.end, name=target.name, how=How.STATED),
        by=reproach.critic,
        place=reproach.place,
        answer=reply.answer,
        asked=reply.asked,
    )


def _reproaches(sentence: ParsedSentence, targets: Targets, said: "_Said") -> Iterator[_Reproach]:
    """Yield the reproaches of one sentence, one a target at most for each critic."""
    seen: set[tuple[str, str | None]] = set()
    for token in sentence.tokens:
        if token.pos not in _AIMING:
            continue
        if token.pos == NOUN:
            targets.note(sentence, token)
        for nouns, critic_noun in _aims(token):
            target = next((each for noun in nouns if (each := targets.of(sentence, noun))), None)
            if target is None:
                continue
            place = _place(sentence, token, target)
            accuser = targets.of(sentence, critic_noun) if critic_noun is not None else None
            critic = accuser.name if accuser else said.critic(place)
            if (target.key, critic) in seen or (critic or "").lower() in (target.key, target.name.lower()):
                continue
            seen.add((target.key, critic))
            yield _Reproach(target, place, critic)


_AIMING = frozenset({VERB, NOUN, ADJ, PROPN})


def _aims(token: Token) -> Iterator[tuple[list[Token], Token | None]]:
    """Yield whom `token` reproaches (the first fitting noun of each list) and the noun that voices it."""
    w, lemma = _words(), token.lemma_.lower()
    if token.pos_ == "VERB" and (lemma in w.accuse or lemma in w.wrong or lemma in w.undone):
        yield from _verb_aims(token, lemma, w)
    elif token.pos_ == "NOUN" and (lemma in w.nouns or lemma in w.within):
        yield from ((nouns, None) for nouns in _owners(token, lemma, w))
    if token.dep_ in ("acomp", "attr") and lemma in w.traits and token.head.lemma_ == "be":
        yield from ((_doer(token.head), None) for _ in range(not _negated(token.head)))
    elif token.dep_ == "pobj" and lemma in w.states and token.head.lower_ == "in":
        verb = token.head.head
        if verb.lemma_ in ("be", "remain") and not _negated(verb):
            yield _doer(verb), None


def _verb_aims(verb: Token, lemma: str, w: _Words) -> Iterator[tuple[list[Token], Token | None]]:
    voice = next(iter(_children(verb, "nsubj")), None)
    if lemma in w.accuse:
        if not _negated(verb):
            yield from (([noun], voice) for noun in (*_children(verb, "dobj"), *_children(verb, "nsubjpass")))
    elif (lemma in w.undone) == _negated(verb) and not _contest(verb):
        yield _doer(verb), None


def _contest(verb: Token) -> bool:
    return any(child.lemma_ in _words().contests for child in _children(verb, "xcomp"))


def _doer(verb: Token) -> list[Token]:
    """Return the nouns that can be the doer of `verb`, the likeliest first."""
    if verb.dep_ == "xcomp" and not _children(verb, "nsubj"):
        return _doer(verb.head)
    doers = _children(verb, "nsubj")
    for doer in tuple(doers):
        if doer.tag_ in ("WDT", "WP") and verb.dep_ == "relcl":
            doers.append(verb.head)
        # "The council has shown that it cannot …"
        if doer.lower_ in ("it", "they") and verb.dep_ == "ccomp":
            doers.extend(_children(verb.head, "nsubj"))
    return doers


def _owners(noun: Token, lemma: str, w: _Words) -> Iterator[list[Token]]:
    """Yield the owner of a failing: "B's …", "the … of B", "… within B"."""
    if lemma in w.nouns:
        yield _children(noun, "poss")
    for preposition in _children(noun, "prep"):
        of = preposition.lower_ == "of" and lemma in w.nouns
        if of or (preposition.lower_ in ("in", "within", "inside") and lemma in w.within):
            for inner in _children(preposition, "pobj"):
                further = (each for prep in _children(inner, "prep") for each in _children(prep, "pobj"))
                yield [inner, *_children(inner, "poss"), *further]


def _children(token: Token, dep: str) -> list[Token]:
    return [child for child in token.children if child.dep_ == dep]


def _negated(verb: Token) -> bool:
    return any(child.dep_ == "neg" for child in verb.children)


def _place(sentence: ParsedSentence, token: Token, target: Target) -> Span:
    """Return the words from the target or the reproach, whichever comes first, to the end of the reproach."""
    last = token.right_edge if token.pos_ in ("VERB", "NOUN") else token.head.right_edge
    end = sentence.offset + last.idx + len(last)
    start = min(target.start, sentence.offset + token.idx)
    return Span(start=start, end=min(max(end, target.end), sentence.sentence.end))


def _refusals(text: str, sentence: ParsedSentence, targets: Targets) -> dict[str, _Reply]:
    """Return who, by this sentence, was asked and gave no answer, or was not asked."""
    start, end = sentence.sentence.start, sentence.sentence.end
    words = text[start:end]
    if not any(hint in words for hint in _HINTS):
        return {}
    asked, not_asked = _phrases()
    refusal = asked.search(text, start, end)
    if refusal is None and not_asked.search(text, start, end) is None:
        return {}
    reply = _Reply("yes" if refusal else "no", sentence.sentence.place if refusal else None)
    named = (
        targets.of(sentence, token) for token in sentence.tokens if token.pos_ in ("PROPN", "NOUN", "PRON")
    )
    return {target.key: reply for target in named if target}


_HINTS = (
    "respon",
    "repl",
    "comment",
    "reach",
    "contact",
    "approach",
    "ask",
    "answer",
    "interview",
    "discuss",
    "consult",
    "chance",
)
"""Pieces of words without which no sentence tells of a question put: most sentences are dismissed by them."""


class _Said:
    """The attributions of an article by the place of their contents."""

    def __init__(self, attributions: tuple[Attribution, ...]) -> None:
        self._attributions = attributions
        pieces = [(span.start, span.end, each) for each in attributions for span in each.content]
        self._pieces = sorted(pieces, key=lambda piece: piece[:2])
        self._starts = [piece[0] for piece in self._pieces]

    def critic(self, place: Span) -> str | None:
        """Return whose words stand at `place`: the innermost attribution's source, or none."""
        at = bisect_right(self._starts, place.end - 1)
        for _, end, attribution in reversed(self._pieces[max(0, at - 8) : at]):
            if end > place.start and attribution.source is not None:
                return attribution.source.name
        return None

    def answer(self, key: str, critics: set[str | None]) -> Span | None:
        """Return the first words attributed to the target or to those who speak for it."""
        for each in self._attributions:
            if each.source is None or not each.content or each.source.name in critics:
                continue
            if _speaks_for(f"{each.source.name} {each.source.role or ''}", key):
                return each.content[0]
        return None


_WORD = re.compile(r"[\w-]+")


def _speaks_for(source: str, key: str) -> bool:
    country, _, body = key.partition("/")
    if not body:
        return key in source.lower()
    words = _WORD.findall(source)
    if not any(countries().get(word) == country for word in words):
        return False
    lowered = {word.lower() for word in words}
    return bool(lowered & _words().officials)
