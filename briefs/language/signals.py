"""Signals: plain yes/no facts about each sentence, each with the words that show it.

Words come from `briefs/data/signals.toml`; finite verbs, questions, orders and events from the parse.
"""

from collections import defaultdict
from functools import cache

from spacy.symbols import AUX, VERB
from spacy.tokens import Token

from briefs.data import load
from briefs.domain.scan import DateMention, Entity, Quantity, Signals
from briefs.domain.spans import Span
from briefs.language.modals import foretells
from briefs.language.parse import ParsedArticle, ParsedSentence
from briefs.language.phrases import Hit, Lexicon, lexicon, span_of

_FIRST_PERSON = frozenset({"i", "me", "my", "mine", "we", "us", "our", "ours", "myself", "ourselves"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj", "csubjpass"})
_VERBAL = frozenset({VERB, AUX})
_DETERMINERS = frozenset({"det", "poss", "nummod"})
_PAST = frozenset({"VBD", "VBN"})
_LABELS = frozenset({"prediction", "opinion", "cause", "comparison", "rule", "harm", "negation"})


@cache
def _lexicon() -> Lexicon:
    return lexicon(load("signals"))


@cache
def _stative() -> frozenset[str]:
    return frozenset(load("verbs")["stative"])


@cache
def _idle() -> frozenset[str]:
    return frozenset(load("verbs")["idle"])


@cache
def _uncounted() -> frozenset[str]:
    return frozenset(load("verbs")["uncounted"])


def signals(
    parsed: ParsedArticle,
    entities: tuple[Entity, ...],
    quantities: tuple[Quantity, ...],
    dates: tuple[DateMention, ...],
) -> tuple[Signals, ...]:
    """Return one `Signals` for each sentence of article text, in order."""
    starts = sorted(each.start for each in (*entities, *quantities, *dates))
    result: list[Signals] = []
    at = 0
    for sentence in parsed.sentences:
        first = at
        while at < len(starts) and starts[at] < sentence.sentence.end:
            at += 1
        result.append(_signals(sentence, particular=at > first))
    return tuple(result)


def _signals(sentence: ParsedSentence, *, particular: bool) -> Signals:
    tokens = list(sentence.tokens)
    words: defaultdict[str, list[Span]] = defaultdict(list)
    for hit in _lexicon().find(sentence):
        if hit.label in _LABELS and _shows(tokens, hit):
            words[hit.label].append(span_of(sentence, hit))
    verbs = [token for token in tokens if token.pos in _VERBAL]
    events = tuple(sentence.place(verb) for verb in verbs if _is_event(verb))
    return Signals(
        sentence=sentence.sentence.index,
        finite=any(_is_finite(verb) for verb in verbs),
        question=_is_question(tokens),
        imperative=_is_imperative(tokens),
        first_person=any(token.lower_ in _FIRST_PERSON for token in tokens),
        event=events,
        generic=not (particular or events),
        **_shape(tokens),
        **{label: tuple(spans) for label, spans in words.items()},
    )


def _shape(tokens: list[Token]) -> dict[str, bool | int]:
    """Return what the parse says of a whole sentence: its tense, main verb, subject and nouns."""
    root = next((token for token in tokens if token.dep_ == "ROOT"), None)
    children = list(root.children) if root is not None else []
    subject = next((child for child in children if child.dep_ in _SUBJECTS), None)
    verb = root if root is not None and root.pos_ == "VERB" else None
    return {
        "past": any(t.tag_ == "VBD" or (t.tag_ == "VBN" and t.dep_ != "amod") for t in tokens),
        "going_on": verb is not None and verb.tag_ == "VBG" and any(c.dep_ == "aux" for c in children),
        "acts": verb is not None and verb.lemma_ not in _idle(),
        "of_kinds": subject is not None
        and subject.pos_ == "NOUN"
        and not any(child.dep_ in _DETERMINERS for child in subject.children),
        "nouns": len({token.lemma_ for token in tokens if token.pos_ == "NOUN"}),
        "proper": sum(token.pos_ == "PROPN" for token in tokens),
    }


def _shows(tokens: list[Token], hit: Hit) -> bool:
    """Tell whether the words of a hit show here what they most often show."""
    if hit.label == "prediction":
        return foretells(tokens[hit.first])
    return hit.label != "comparison" or not (_bounds_figure(tokens, hit) or _of_a_mood(tokens[hit.first]))


def _of_a_mood(word: Token) -> bool:
    """Tell whether what grows or falls is a feeling or a dispute, which nobody counts: "growing concerns"."""
    heads = [word.head] if word.dep_ == "amod" else [c for c in word.children if c.dep_ in _SUBJECTS]
    return any(head.lemma_.lower() in _uncounted() for head in heads)


def _bounds_figure(tokens: list[Token], hit: Hit) -> bool:
    """Tell whether "more than" and its like only bound a figure: "more than 200 guests" compares nothing."""
    if tokens[hit.last].lower_ != "than":
        return False
    after = tokens[hit.last + 1 : hit.last + 2]
    return any(token.like_num or token.is_currency for token in after)


def _is_finite(token: Token) -> bool:
    return token.tag_ in ("VBD", "VBP", "VBZ", "MD") and token.pos_ in ("VERB", "AUX")


def _is_question(tokens: list[Token]) -> bool:
    return any(token.text == "?" for token in tokens[-3:])


def _is_imperative(tokens: list[Token]) -> bool:
    """Tell whether the sentence's main verb is a bare form without subject or auxiliary."""
    root = next((token for token in tokens if token.dep_ == "ROOT"), None)
    if root is None or root.tag_ != "VB":
        return False
    return not any(child.dep_ in _SUBJECTS or child.dep_ in ("aux", "auxpass") for child in root.children)


def _is_event(token: Token) -> bool:
    """Tell whether `token` is a verb that reports something that happened, not negated and not a state."""
    if token.pos_ != "VERB" or token.tag_ not in _PAST or token.lemma_ in _stative():
        return False
    auxiliaries = {child.lower_ for child in token.children if child.dep_ in ("aux", "auxpass")}
    negated = any(child.dep_ == "neg" or child.lower_ == "never" for child in token.children)
    if negated or auxiliaries & _modals() or _of_anyone(token):
        return False
    if token.tag_ == "VBD":
        return token.dep_ != "amod"
    # A participle reports an event with "have" or past "be", or when it heads a passive.
    return bool(auxiliaries & _perfect())


def _of_anyone(verb: Token) -> bool:
    """Tell whether a verb only says who is meant: "those who watched", "anyone who stayed"."""
    return verb.dep_ == "relcl" and verb.head.lower_ in _ANYONE


_ANYONE = frozenset({"those", "anyone", "anybody", "everyone", "everybody", "whoever", "one", "nobody"})


@cache
def _modals() -> frozenset[str]:
    return frozenset(load("verbs")["modals"])


@cache
def _perfect() -> frozenset[str]:
    return frozenset(load("verbs")["perfect"])
