"""Runs of words that may be names, before the article as a whole says what they are."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from spacy.tokens import Token

from briefs.domain.article import BlockRole
from briefs.domain.spans import Span
from briefs.language.parse import FINITE, ParsedArticle, ParsedSentence
from briefs.language.roles import roles

Label = Literal["PERSON", "ORG", "PLACE", "GROUP", "EVENT", "LAW", "WORK", "OTHER"]

_LABELS: dict[str, Label] = {
    "PERSON": "PERSON",
    "ORG": "ORG",
    "GPE": "PLACE",
    "LOC": "PLACE",
    "FAC": "PLACE",
    "NORP": "GROUP",
    "EVENT": "EVENT",
    "LAW": "LAW",
    "WORK_OF_ART": "WORK",
    "PRODUCT": "OTHER",
    "LANGUAGE": "OTHER",
}
_LINKS = frozenset(
    {"of", "for", "and", "the", "de", "la", "van", "von", "der", "den", "bin", "al", "del", "di", "da", "du"}
)


class Run(NamedTuple):
    """A run of words that may be a name."""

    sentence: ParsedSentence
    first: Token
    last: Token
    text: str
    label: Label | None
    """What spaCy takes it for, if anything."""
    headline: bool

    @property
    def span(self) -> Span:
        """Places in the article."""
        start = self.sentence.offset + self.first.idx
        return Span(start=start, end=self.sentence.offset + self.last.idx + len(self.last))


def name_runs(parsed: ParsedArticle) -> tuple[Run, ...]:
    """Return the runs of words that may be names, in order and without overlap."""
    return tuple(_persons_parted(list(_runs(parsed)), parsed.text))


def _runs(parsed: ParsedArticle) -> Iterator[Run]:
    for sentence in parsed.sentences:
        headline = _capitalised(sentence)
        tokens = list(sentence.tokens)
        position = 0
        while position < len(tokens):
            if not _opens(tokens[position]):
                position += 1
                continue
            end = _end(tokens, position, headline)
            for first, last in _split(tokens[position:end]):
                yield _run(parsed.text, sentence, first, last, headline)
            position = end


def _persons_parted(runs: list[Run], text: str) -> Iterator[Run]:
    """Part "Upper House Jane Roe" before the person's name where the article calls her "Roe" elsewhere."""
    singles = {run.text for run in runs if run.first.i == run.last.i and not run.headline}
    marks = roles().body_marks | roles().media_marks
    for run in runs:
        given = run.last.nbor(-1) if run.last.i > run.first.i else run.last
        if run.last.i - run.first.i < 3 or run.last.text not in singles or run.last.text in marks:
            yield run
            continue
        if given.nbor(-1).lower_ in _LINKS or given.text == "&" or run.last.tag_ == "NNS":
            yield run
            continue
        office = _run(text, run.sentence, run.first, given.nbor(-1), run.headline)
        yield office._replace(label="ORG" if office.label == "PERSON" else office.label)
        yield _run(text, run.sentence, given, run.last, run.headline)._replace(label="PERSON")


def _capitalised(sentence: ParsedSentence) -> bool:
    """Tell whether a sentence is a headline in which most words have a capital."""
    words = [token for token in sentence.tokens[:40] if token.is_alpha and len(token) > 3]
    capitals = sum(1 for token in words if token.text[0].isupper())
    wanted = 3 if sentence.sentence.role is BlockRole.HEADLINE else 4
    runs_on = any(token.tag_ in FINITE and token.is_lower for token in sentence.tokens[:40])
    return len(words) >= wanted and capitals >= 0.75 * len(words) and not runs_on


def _opens(token: Token) -> bool:
    """Tell whether a name may start here: any word with a capital, as taggers miss rare surnames."""
    known = roles()
    if not token.text[0].isupper() or len(token) == 1 or (token.is_stop and not token.is_upper):
        return False
    if token.text in _SAINTS:
        return _before_capital(token)
    if token.lower_ in known.titles or token.lower_ in known.persons:
        return False
    if token.text in known.calendar or (token.text in known.seasons and token.is_sent_start):
        return False
    if token.text in known.media_marks:
        opener = token.text in known.media_openers and _before_capital(token)
        return opener or (token.i > 0 and token.nbor(-1).lower_ == "the")
    after_hyphen = token.i > 0 and token.nbor(-1).text == "-" and not token.nbor(-1).whitespace_
    return not after_hyphen and (token.is_alpha or token.ent_type_ in _LABELS or token.pos_ == "PROPN")


_SAINTS = frozenset({"St.", "St", "Saint"})


def _before_capital(token: Token) -> bool:
    following = token.nbor(1) if token.i + 1 < len(token.doc) else None
    return following is not None and following.text[0].isupper() and following.text not in roles().calendar


def _end(tokens: list[Token], position: int, headline: bool) -> int:
    """Return the index after the last word of the name that starts at `position`."""
    end = position + 1
    first = tokens[position]
    if first.is_sent_start and not _is_named(first) and first.text not in roles().media_openers:
        return end
    while end < len(tokens) and end - position < 12:
        token, following = tokens[end], tokens[end + 1] if end + 1 < len(tokens) else None
        capital = token.text[0].isupper() and (token.is_alpha or token.text[-1] == ".")
        same = (
            token.ent_iob_ == "I"
            and token.ent_type_ in _LABELS
            and not token.is_punct
            and not _is_possessive(token)
        )
        if capital and (token.lower_ in roles().titles or token.text in roles().calendar):
            break
        if capital and (token.pos_ == "PROPN" or same or token.text in roles().body_marks or not headline):
            end += 1
        elif following is None or not following.text[0].isupper() or following.is_punct:
            break
        elif token.text == "-" or (same and token.lower_ in _LINKS) or _joins(tokens, position, end):
            end += 2
        else:
            break
    return end


def _is_named(token: Token) -> bool:
    return token.pos_ == "PROPN" or token.ent_type_ in _LABELS or token.text in roles().peoples


def _joins(tokens: list[Token], position: int, link: int) -> bool:
    """Tell whether "of" or "'s" goes on with a body's name: "Ministry of Defence", "General's Office"."""
    token, marks = tokens[link], roles().body_marks
    if token.lower_ in ("of", "for"):
        return tokens[link - 1].text in marks or tokens[position].text in marks
    if token.text == "&":
        return True
    if _is_possessive(token):
        return (
            tokens[link + 1].text in marks
            and (tokens[link - 1].ent_type_ != "GPE" or tokens[position].text in _SAINTS)
            and tokens[link - 1].text not in roles().countries
        )
    return False


def _is_possessive(token: Token) -> bool:
    return token.lower_ in ("'s", "’s", "'", "’")


def _split(tokens: list[Token]) -> Iterator[tuple[Token, Token]]:
    """Yield the names in one run: without offices before a person, without a nationality of its own."""
    known = roles()
    marks = known.body_marks | known.media_marks
    body = max((n for n, token in enumerate(tokens) if token.text in marks), default=-1)
    if tokens[0].text in known.peoples and body < 0 and len(tokens) > 1:
        yield tokens[0], tokens[0]
        yield from _split(tokens[1:])
        return
    office = max(
        (n for n, token in enumerate(tokens) if n > body and token.lower_ in known.people), default=-1
    )
    if office >= 0:
        if office > 0 and body >= 0:
            yield tokens[0], tokens[body]
        elif office > 0 and office == len(tokens) - 1 and tokens[0].ent_type_ in ("PERSON", "ORG", "GPE"):
            yield tokens[0], tokens[office - 1]
        if office + 1 < len(tokens):
            yield tokens[office + 1], tokens[-1]
        return
    yield tokens[0], tokens[-1]


def _run(text: str, sentence: ParsedSentence, first: Token, last: Token, headline: bool) -> Run:
    words = text[sentence.offset + first.idx : sentence.offset + last.idx + len(last)]
    return Run(
        sentence,
        first,
        last,
        " ".join(words.split()),
        _LABELS.get(last.ent_type_ or first.ent_type_),
        headline,
    )


def part_of(run: Run, first: Token, last: Token) -> Run:
    """Return the part of `run` from `first` to `last`."""
    return run._replace(first=first, last=last, text=run.first.doc[first.i : last.i + 1].text)
