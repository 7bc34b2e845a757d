"""Criticism of identifiable people and bodies, and whether the article carries their answer.

The shapes of reproach stand in `criticism_shapes`. A country that acts stands for its government.
Precision comes first: no more than five places are given for one target and one critic. An answer is an
attribution to the target, its spokesperson or officials, or a denial in the article's words.
"""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from spacy.symbols import NOUN
from spacy.tokens import Token

from briefs.domain.scan import Attribution, Criticism, Entity, Reference
from briefs.domain.spans import How, Mention, Span
from briefs.language.criticism_reply import Reply, Said, refusals
from briefs.language.criticism_shapes import AIMING, aims
from briefs.language.criticism_target import Target, Targets
from briefs.language.parse import ParsedArticle, ParsedSentence

MOST_PLACES = 5
"""How often one critic's reproaches of one target are listed."""


class _Reproach(NamedTuple):
    target: Target
    place: Span
    critic: str | None


def criticisms(
    parsed: ParsedArticle,
    entities: tuple[Entity, ...],
    references: tuple[Reference, ...],
    attributions: tuple[Attribution, ...],
) -> tuple[Criticism, ...]:
    """Return the criticisms of the article, in order."""
    targets = Targets(entities, references)
    said = Said(attributions)
    found: list[_Reproach] = []
    listed: Counter[tuple[str, str | None]] = Counter()
    replies: dict[str, Reply] = {}
    for sentence in parsed.sentences:
        for reproach in _reproaches(parsed.text, sentence, targets, said):
            key = (reproach.target.key, reproach.critic)
            listed[key] += 1
            if listed[key] <= MOST_PLACES:
                found.append(reproach)
        replies.update(refusals(parsed.text, sentence, targets))
    critics: dict[str, set[str | None]] = {}
    for each in found:
        critics.setdefault(each.target.key, set()).add(each.critic)
    replies |= {target: Reply("yes", answer) for target, answer in said.answers(critics).items()}
    return tuple(_criticism(each, replies.get(each.target.key, Reply("unsaid"))) for each in found)


def _criticism(reproach: _Reproach, reply: Reply) -> Criticism:
    target = reproach.target
    return Criticism(
        target=Mention(start=target.start, end=target.end, name=target.name, how=How.STATED),
        by=reproach.critic,
        place=reproach.place,
        answer=reply.answer,
        asked=reply.asked,
    )


def _reproaches(text: str, sentence: ParsedSentence, targets: Targets, said: Said) -> Iterator[_Reproach]:
    """Yield the reproaches of one sentence, one a target at most for each critic."""
    seen: set[tuple[str, str | None]] = set()
    for token in sentence.tokens:
        if token.pos not in AIMING:
            continue
        if token.pos == NOUN:
            targets.note(sentence, token)
        for nouns, critic_noun in aims(token):
            target = next((each for noun in nouns if (each := targets.of(sentence, noun))), None)
            if target is None:
                continue
            place = _place(text, sentence, token, target)
            accuser = targets.of(sentence, critic_noun) if critic_noun is not None else None
            critic = accuser.name if accuser else said.critic(place)
            if (target.key, critic) in seen or (critic or "").lower() in (target.key, target.name.lower()):
                continue
            seen.add((target.key, critic))
            yield _Reproach(target, place, critic)


def _place(text: str, sentence: ParsedSentence, token: Token, target: Target) -> Span:
    """Return the words from the target or the reproach, whichever comes first, to the end of the reproach."""
    whole = token if token.pos_ in ("VERB", "NOUN") else token.head
    # What is joined to the reproach by "and" is another statement.
    joint = next((child for child in whole.rights if child.dep_ == "cc" and child.i > token.i), None)
    last = joint or whole.right_edge
    while last.i > token.i and last.dep_ in ("cc", "punct") and last.text not in _CLOSING:
        last = last.nbor(-1)
    end = max(sentence.offset + last.idx + len(last), target.end)
    start = min(target.start, sentence.offset + token.idx)
    if text.count("“", start, end) > text.count("”", start, end):
        closing = text.find("”", end, sentence.sentence.end)
        end = closing + 1 if closing >= 0 else end
    return Span(start=start, end=min(end, sentence.sentence.end))


_CLOSING = frozenset({"”", "’", '"', ")"})
