"""The words that attribute, as sets that can be asked in constant time."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from briefs.data import load


class Verbs(NamedTuple):
    """Lemmas of verbs by the grammar in which they attribute."""

    speech: frozenset[str]
    clause: frozenset[str]
    """Speech and thought together: all that take "that …"."""
    quotation: frozenset[str]
    """All that may stand beside a quotation."""
    infinitive: frozenset[str]
    directive: frozenset[str]
    recipient: frozenset[str]
    object: frozenset[str]
    naming: frozenset[str]
    unsourced: frozenset[str]
    gerund: frozenset[str]
    document: frozenset[str]
    """What documents do with what stands in them."""
    things: frozenset[str]
    """With a thing for subject they attribute nothing."""
    happenings: frozenset[str]
    """Nouns: they raise concerns, and nobody in particular has them."""
    preposition: Mapping[str, frozenset[str]]
    judgement: Mapping[str, frozenset[str]]
    commanding: frozenset[str]
    """All that take a clause, those that command among them."""
    leading: frozenset[str]
    """All that may lead up to a quotation."""
    every: frozenset[str]


class Nouns(NamedTuple):
    """Lemmas of nouns by the grammar in which they attribute."""

    clause: frozenset[str]
    infinitive: frozenset[str]
    unsourced: frozenset[str]
    preposition: Mapping[str, frozenset[str]]
    light: frozenset[str]
    """Verbs whose subject owns the noun: "raised doubts"."""
    every: frozenset[str]


class Adjectives(NamedTuple):
    """Adjectives that attribute what follows them, by the grammar in which they take it."""

    clause: frozenset[str]
    infinitive: frozenset[str]
    preposition: Mapping[str, frozenset[str]]


class Measured(NamedTuple):
    """Phrases that say whose a figure or a view is: "by the town's count", "in Roe's view"."""

    nouns: Mapping[str, frozenset[str]]
    """Lemmas by preposition."""
    spoken: frozenset[str]
    """Those that are their owner's words or thought, and no paper."""
    unowned: frozenset[str]
    """Words with which such a noun is nobody's in particular, lower case: "by one estimate"."""


class Spread(NamedTuple):
    """Papers that give a span of figures: "with estimates ranging from 40 to 60"."""

    nouns: frozenset[str]
    """Lemmas."""
    verbs: frozenset[str]
    """Forms, lower case."""
    extremes: tuple[str, ...]
    """Words before the highest or the lowest figure."""


class Silence(NamedTuple):
    """Lemmas of verbs and nouns with which somebody is said to say nothing."""

    verbs: frozenset[str]
    refusals: frozenset[str]
    requests: frozenset[str]


class Lexicon(NamedTuple):
    """All cues."""

    verbs: Verbs
    nouns: Nouns
    adjectives: Adjectives
    measured: Measured
    spread: Spread
    adverbs: frozenset[str]
    hearsay: frozenset[str]
    """Adverbs with which somebody unnamed passes on what somebody said."""
    bearers: frozenset[str]
    """Lemmas of nouns for documents that list, show or record."""
    silence: Silence
    ceased: frozenset[str]
    """Lemmas of verbs for what somebody may stop thinking."""
    habits: frozenset[str]
    """Adverbs for what people of a kind do time and again."""
    somebody: frozenset[str]
    """Forms that say that somebody without a name said it, lower case."""
    idle: tuple[str, ...]
    """Idioms that attribute nothing, lower case."""


@cache
def lexicon() -> Lexicon:
    """Return the cues of `briefs/data/cues.toml`."""
    data = load("cues")
    verbs, nouns = data["verbs"], data["nouns"]
    speech = frozenset(verbs["speech"])
    clause = speech | frozenset(verbs["thought"])
    groups = [
        frozenset(verbs[name]) for name in ("quotation", "infinitive", "directive", "recipient", "object")
    ]
    preposition = _sets(verbs["preposition"])
    judgement = _sets(verbs["judgement"])
    naming = frozenset(verbs["naming"]["words"])
    return Lexicon(
        verbs=Verbs(
            speech=speech,
            clause=clause,
            quotation=speech | groups[0],
            infinitive=groups[1],
            directive=groups[2],
            recipient=groups[3],
            object=groups[4],
            naming=naming,
            unsourced=frozenset(verbs["unsourced"]["words"]),
            gerund=frozenset(verbs["gerund"]["words"]),
            document=frozenset(verbs["document"]["words"]),
            things=frozenset(verbs["things"]["words"]),
            happenings=frozenset(verbs["things"]["happenings"]),
            preposition=preposition,
            judgement=judgement,
            commanding=clause | groups[2],
            leading=speech | groups[0] | clause,
            every=frozenset(verbs["document"]["words"]).union(
                clause, *groups, preposition, judgement, naming
            ),
        ),
        nouns=Nouns(
            clause=frozenset(nouns["clause"]),
            infinitive=frozenset(nouns["infinitive"]),
            unsourced=frozenset(nouns["unsourced"]["words"]),
            preposition=_sets(nouns["preposition"]),
            light=frozenset(nouns["light"]["words"]),
            every=frozenset({*nouns["clause"], *nouns["infinitive"], *nouns["preposition"]}),
        ),
        adjectives=Adjectives(
            clause=frozenset(data["adjectives"]["clause"]),
            infinitive=frozenset(data["adjectives"]["infinitive"]),
            preposition=_sets(data["adjectives"]["preposition"]),
        ),
        measured=Measured(
            nouns=_sets(data["measured"]["nouns"]),
            spoken=frozenset(data["measured"]["spoken"]),
            unowned=frozenset(data["measured"]["unowned"]),
        ),
        spread=Spread(
            nouns=frozenset(data["spread"]["nouns"]),
            verbs=frozenset(data["spread"]["verbs"]),
            extremes=tuple(data["spread"]["extremes"]),
        ),
        adverbs=frozenset(data["adverbs"]["words"]),
        hearsay=frozenset(data["adverbs"]["hearsay"]),
        bearers=frozenset(verbs["document"]["bearers"]),
        somebody=frozenset(data["somebody"]["words"]),
        silence=Silence(**{name: frozenset(words) for name, words in data["silence"].items()}),
        habits=frozenset(data["habits"]["words"]),
        ceased=frozenset(data["ceased"]["verbs"]),
        idle=tuple(data["phrases"]["idle"]),
    )


def _sets(table: Mapping[str, list[str]]) -> Mapping[str, frozenset[str]]:
    return {word: frozenset(others) for word, others in table.items()}
