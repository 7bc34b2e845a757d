"""The colon that attributes: a headline's "Mayor: …", an interview's "ROE: …"."""

from collections.abc import Iterator

from spacy.tokens import Token

from briefs.domain.article import BlockRole
from briefs.domain.spans import Span
from briefs.language.attribution.found import Found, Phrase, bounds, trimmed
from briefs.language.attribution.people import Who, is_outlet
from briefs.language.parse import ParsedArticle, ParsedSentence
from briefs.language.roles import roles

_LONGEST = 6
"""Words before the colon at most."""
_SHORTEST = 3
"""Words after it at least."""


def colons(parsed: ParsedArticle, who: Who) -> Iterator[Found]:
    """Yield what stands after a person's or a body's name and a colon, at the start of a paragraph."""
    paragraph = -1
    for number, sentence in enumerate(parsed.sentences):
        if sentence.sentence.paragraph != paragraph:
            paragraph = sentence.sentence.paragraph
            colon = _colon(sentence)
            found = _said(parsed, number, colon, who) if colon is not None else _defended(sentence, number)
            if found is not None:
                yield found


def _colon(sentence: ParsedSentence) -> Token | None:
    for token in sentence.tokens[1 : _LONGEST + 2]:
        if token.text == ":":
            return token
        if not (token.text[0].isupper() or token.text in (".", "of", "the", "’s", "'s")):
            return None
    return None


def _said(parsed: ParsedArticle, number: int, colon: Token, who: Who) -> Found | None:
    sentence = parsed.sentences[number]
    head = colon.nbor(-1)
    if head.i <= sentence.tokens.start and sentence.tokens[0].is_quote:
        return None
    opening = sentence.tokens[1 if sentence.tokens[0].is_quote else 0]
    name = Span(start=sentence.offset + opening.idx, end=sentence.offset + head.idx + len(head))
    if not _names(name, parsed.text, who):
        return None
    last = number
    while last + 1 < len(parsed.sentences) and _same_turn(parsed, last + 1, number):
        last += 1
    start = sentence.offset + colon.idx + 1
    content = trimmed(parsed.text, start, parsed.sentences[last].sentence.end)
    if content is None or len(content.of(parsed.text).split()) < _SHORTEST:
        return None
    return Found(number, Phrase(name, head, sentence), sentence.place(colon), None, (content,))


def _defended(sentence: ParsedSentence, number: int) -> Found | None:
    """Return a headline's quotation with the speaker after it: "‘We did nothing’: board defends sale"."""
    tokens = sentence.tokens
    if sentence.sentence.role is not BlockRole.HEADLINE or tokens[0].text not in _OPENING:
        return None
    colon = next((t for t in tokens if t.text == ":" and t.i > tokens.start + _SHORTEST), None)
    if colon is None or colon.nbor(-1).text not in _CLOSING:
        return None
    known = roles()
    for head in tokens[colon.i - tokens.start + 1 : colon.i - tokens.start + 5]:
        lemma = head.lemma_.lower()
        body = lemma in known.bodies or known.human(lemma) or lemma in known.media or head.pos_ == "PROPN"
        verb = head.nbor(1) if head.i + 1 < tokens.end else None
        if body and verb is not None and verb.is_lower and verb.text[-1] == "s":
            name, said = bounds(sentence, colon.nbor(1), head), bounds(sentence, tokens[0], colon.nbor(-1))
            return Found(
                number, Phrase(name, head, sentence), sentence.place(colon), None, (said,), direct=True
            )
    return None


_OPENING = frozenset({"‘", "“", '"', "'", "«"})
_CLOSING = frozenset({"’", "”", '"', "'", "»"})


def _same_turn(parsed: ParsedArticle, number: int, first: int) -> bool:
    return parsed.sentences[number].sentence.paragraph == parsed.sentences[first].sentence.paragraph


def _names(name: Span, text: str, who: Who) -> bool:
    """Tell whether the words are a name that the article uses, or a speaker's in capitals."""
    entity = who.entity_at(name.end - 1)
    if entity is not None and entity.label in ("PERSON", "ORG") and entity.start - name.start < 30:
        # A single word before a headline's colon is a name only if the article uses it as one.
        lone = " " not in entity.of(text) and not is_outlet(entity.name)
        return not lone or who.times[entity.name] > 1
    words = name.of(text)
    if words.lower() in roles().documents:
        return True
    return words.isupper() and words.title() in who.surnames
