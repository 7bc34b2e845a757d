"""Clauses: the parts of a sentence that each state something of their own.

Only sentences that plainly state two or more checkable things are split: main clauses joined by "and",
"but" or
a semicolon, each with a subject and a verb of its own; "with 300 guests leaving early"; a closing
relative clause that carries a figure. Nothing is split inside a quotation, in a headline, or where the
parse leaves
a piece without a verb: when in doubt a sentence stays whole.
"""

from functools import cache
from typing import NamedTuple

from spacy.tokens import Token

from briefs.data import load
from briefs.domain.article import BlockRole
from briefs.domain.scan import Clause
from briefs.domain.spans import Span
from briefs.language.parse import SUBJECTS, ParsedArticle, ParsedSentence
from briefs.language.phrases import span_between

_QUOTES = frozenset('“”"«»„‘')
_TRIMMED = frozenset({",", ";", ":", ".", "-", "–", "—", "and", "but", "yet", "while", "…"})


class _Cut(NamedTuple):
    """One clause ends before token `left`, the next begins at token `right`."""

    left: int
    right: int
    verb: int
    """The verb of the clause that begins."""


def clauses(parsed: ParsedArticle) -> tuple[Clause, ...]:
    """Return the clauses of sentences that state several things, in order; others have none."""
    return tuple(clause for sentence in parsed.sentences for clause in _of_sentence(sentence))


def _of_sentence(sentence: ParsedSentence) -> list[Clause]:
    tokens = list(sentence.tokens)
    if len(tokens) < 9 or sentence.sentence.role is not BlockRole.BODY or sentence.sentence.quote_depth:
        return []
    cuts = _apart(sorted(_cuts(tokens)))
    if not cuts:
        return []
    quoted = _quoted(tokens)
    if any(quoted[cut.right] or quoted[cut.left] for cut in cuts):
        cuts = [cut for cut in cuts if not (quoted[cut.right] or quoted[cut.left])]
    starts = [0, *(cut.right for cut in cuts)]
    ends = [*(cut.left for cut in cuts), len(tokens)]
    pieces = [_trimmed(tokens, start, end) for start, end in zip(starts, ends, strict=True)]
    if len(pieces) < 2 or not all(_states(tokens, piece) for piece in pieces):
        return []
    return [_clause(sentence, tokens, piece) for piece in pieces]


def _weighty(side: list[Token]) -> bool:
    """Tell whether one side of a semicolon has a subject, a finite verb, and an event, figure or name."""
    verbs = [t for t in side if t.pos_ in ("VERB", "AUX") and _finite(t)]
    told = any(t.tag_ == "VBD" for t in verbs) or any(t.pos_ in ("NUM", "PROPN") for t in side)
    return bool(verbs) and told and any(t.dep_ in SUBJECTS for t in side)


def _apart(cuts: list[_Cut]) -> list[_Cut]:
    """Return the cuts that leave at least three words between them."""
    kept: list[_Cut] = []
    for cut in cuts:
        if cut.left >= 3 and (not kept or cut.left - kept[-1].right >= 3):
            kept.append(cut)
    return kept


def _cuts(tokens: list[Token]) -> list[_Cut]:
    base = tokens[0].i
    found: list[_Cut] = []
    for at, token in enumerate(tokens):
        cut = None
        if token.dep_ == "conj" and token.pos_ in ("VERB", "AUX"):
            cut = _coordinated(tokens, token, base)
        elif token.lower_ == "with" and at > 0 and tokens[at - 1].text == ",":
            cut = _absolute(tokens, at)
        elif token.dep_ == "relcl":
            cut = _relative(tokens, token, base)
        elif token.text == ";" and _weighty(tokens[:at]) and _weighty(tokens[at + 1 :]):
            cut = _Cut(at, at + 1, at + 1)
        if cut:
            found.append(cut)
    return found


def _coordinated(tokens: list[Token], verb: Token, base: int) -> _Cut | None:
    """Return the cut before a coordinated clause with its own subject."""
    first = verb.head
    subject = _subject(verb)
    if subject is None or _subject(first) is None or not (_finite(verb) and _finite(first)):
        return None
    # Within a report ("she said that …") both halves must name or count something.
    if first.dep_ not in ("ROOT", "conj") and not (_particular(verb) and _particular(first)):
        return None
    start = verb.left_edge.i - base
    if not 0 < start < len(tokens):
        return None
    left = start
    while left > 0 and (tokens[left - 1].dep_ == "cc" or tokens[left - 1].is_punct):
        left -= 1
    if left == start or not _event_or_particular(verb):
        return None
    return _Cut(left, start, verb.i - base)


def _event_or_particular(verb: Token) -> bool:
    event = verb.pos_ == "VERB" and verb.tag_ in ("VBD", "VBN")
    return event or _particular(verb)


def _particular(verb: Token) -> bool:
    """Tell whether the clause of `verb` holds a figure or a name."""
    return any(token.pos_ in ("NUM", "PROPN") for token in verb.subtree)


def _absolute(tokens: list[Token], at: int) -> _Cut | None:
    """Return the cut before "with 300 guests leaving": a noun with a participle and a figure or name."""
    base = tokens[0].i
    inside = [token for token in tokens[at].subtree if token.i > tokens[at].i]
    verb = next((t for t in inside if t.tag_ in ("VBG", "VBN") and t.dep_ in ("pcomp", "acl", "ccomp")), None)
    if verb is None or not any(t.like_num or t.pos_ == "PROPN" or t.lower_ in _sizes() for t in inside):
        return None
    noun_first = any(t.pos_ in ("NOUN", "PROPN", "NUM") for t in inside if t.i < verb.i)
    return _Cut(at - 1, at + 1, verb.i - base) if noun_first else None


@cache
def _sizes() -> frozenset[str]:
    """Return the words that give a size and no number: "thousands"."""
    return frozenset(load("priority")["magnitudes"])


def _relative(tokens: list[Token], verb: Token, base: int) -> _Cut | None:
    """Return the cut before a closing ", which …" or ", who …" that carries a figure."""
    start = verb.left_edge.i - base
    closing = all(token.is_punct for token in tokens[verb.right_edge.i - base + 1 :])
    if start < 1 or not closing or tokens[start - 1].text != ",":
        return None
    figure = any(token.like_num and token.lower_ != "one" for token in verb.subtree)
    pronoun = tokens[start].tag_ in ("WDT", "WP")
    return _Cut(start - 1, start, verb.i - base) if figure and pronoun and _finite(verb) else None


def _finite(verb: Token) -> bool:
    if verb.tag_ in ("VBD", "VBP", "VBZ", "MD"):
        return True
    return any(
        child.dep_ in ("aux", "auxpass") and child.tag_ in ("VBD", "VBP", "VBZ", "MD")
        for child in verb.children
    )


def _subject(verb: Token) -> Token | None:
    return next((child for child in verb.children if child.dep_ in SUBJECTS), None)


def _quoted(tokens: list[Token]) -> list[bool]:
    """Tell for each token whether it stands inside quotation marks that open in this sentence."""
    inside = False
    marks: list[bool] = []
    for token in tokens:
        if token.text in _QUOTES or (token.text == "’" and inside):
            inside = token.text in ("“", "«", "„", "‘") or (token.text == '"' and not inside)
            marks.append(True)
        else:
            marks.append(inside)
    return marks


def _trimmed(tokens: list[Token], start: int, end: int) -> tuple[int, int]:
    while end > start and tokens[end - 1].lower_ in _TRIMMED:
        end -= 1
    while start < end and tokens[start].lower_ in _TRIMMED:
        start += 1
    return start, end


def _states(tokens: list[Token], piece: tuple[int, int]) -> bool:
    """Tell whether a piece is long enough and has a verb."""
    start, end = piece
    return end - start >= 3 and any(token.pos_ in ("VERB", "AUX") for token in tokens[start:end])


def _clause(sentence: ParsedSentence, tokens: list[Token], piece: tuple[int, int]) -> Clause:
    start, end = piece
    place = span_between(sentence, start, end - 1)
    return Clause(
        start=place.start,
        end=place.end,
        sentence=sentence.sentence.index,
        subject=_subject_span(sentence, tokens[start:end]),
    )


def _subject_span(sentence: ParsedSentence, tokens: list[Token]) -> Span | None:
    subject = next((token for token in tokens if token.dep_ in SUBJECTS), None)
    if subject is None:
        return None
    base = sentence.tokens.start
    first = max(subject.left_edge.i, tokens[0].i) - base
    # A long relative clause after the noun is no part of its name.
    last = subject.i - base
    return span_between(sentence, first, last)
