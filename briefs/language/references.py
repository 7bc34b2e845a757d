"""Pronouns and descriptions resolved to the name they stand for, where the text leaves one candidate."""

from collections.abc import Sequence

from spacy.tokens import Token

from briefs.domain.scan import Entity, Reference
from briefs.domain.spans import How, Span
from briefs.language.descriptions import description
from briefs.language.gender import Gender, genders, told_by
from briefs.language.parse import ParsedArticle, ParsedSentence
from briefs.language.pronouns import PRONOUNS, Mentioned, antecedent
from briefs.language.roles import roles
from briefs.text.quotes import Quotation, quotations


def references(
    parsed: ParsedArticle, entities: tuple[Entity, ...], quoted: Sequence[Quotation] | None = None
) -> tuple[Reference, ...]:
    """Return the references that have exactly one candidate, in order.

    What stands within quotation marks is left alone: "he" and "the company" are the speaker's there, not
    the article's. `quoted` saves looking for the quotations again.
    """
    if quoted is None:
        quoted = quotations(parsed.text, _paragraphs(parsed))
    known = genders(parsed, entities)
    found: list[Reference] = []
    seen: list[Mentioned] = []
    upcoming = 0
    marks = iter(quoted)
    mark = next(marks, None)
    index = 0
    for sentence in parsed.sentences:
        spoken = True
        for token in sentence.tokens:
            place = sentence.offset + token.idx
            while mark is not None and mark.span.end <= place:
                mark = next(marks, None)
            inside = mark is not None and mark.span.start <= place
            spoken = spoken and inside
            if upcoming < len(entities) and entities[upcoming].start <= place:
                entity = entities[upcoming]
                upcoming += 1
                if not inside:
                    seen.append(
                        Mentioned(entity.name, entity.label, entity.place, entity.role, index, token, False)
                    )
                continue
            if inside:
                continue
            if token.tag_ == "NN" and token.pos_ == "NOUN":
                unnamed = _unnamed(sentence, index, token)
                if unnamed is not None:
                    seen.append(unnamed)
                    told = told_by(token.lower_)
                    if told is not None:
                        known[unnamed.name] = told
            reference = _resolved(sentence, index, token.i, seen, known)
            if reference is not None:
                found.append(reference)
                earlier = next(m for m in reversed(seen) if m.name == reference.name)
                seen.append(earlier._replace(number=index, token=token, resolved=True))
        del seen[:-_KEPT]
        # A long quotation does not put the speaker out of reach.
        index += not spoken
    return tuple(found)


def _unnamed(sentence: ParsedSentence, index: int, token: Token) -> Mentioned | None:
    """Return somebody without a name who may be meant by a pronoun: "a port official", or none."""
    if token.left_edge.lower_ not in ("a", "an", "one", "another") or token.dep_ in ("compound", "poss"):
        return None
    if not roles().human(token.lemma_.lower()) or any(each.dep_ == "appos" for each in token.children):
        return None
    if token.dep_ in ("appos", "attr", "oprd") or token.head.lower_ in ("as", "for", "by", "to", "with"):
        return None
    place = sentence.place(token)
    return Mentioned(f"{UNNAMED}{place.start}", "PERSON", place, None, index, token, False)


UNNAMED = "\0"
"""Begins the key of somebody without a name; no name in a text holds it."""
_KEPT = 400
"""How many mentions are remembered, so that a very long text costs linear time."""


def _paragraphs(parsed: ParsedArticle) -> list[Span]:
    spans: list[Span] = []
    last = -1
    for each in parsed.sentences:
        if each.sentence.paragraph == last:
            spans[-1] = Span(start=spans[-1].start, end=each.sentence.end)
        else:
            spans.append(each.sentence.place)
        last = each.sentence.paragraph
    return spans


def _resolved(
    sentence: ParsedSentence, index: int, position: int, seen: Sequence[Mentioned], known: dict[str, Gender]
) -> Reference | None:
    token = sentence.tokens.doc[position]
    gender = PRONOUNS.get(token.lower_)
    if gender is not None:
        chosen = antecedent(token, index, gender, seen, known)
        span = sentence.place(token)
    elif token.pos_ == "NOUN":
        described = description(sentence, token, seen)
        if described is None:
            return None
        chosen, span = described.mention, described.span
    else:
        return None
    if chosen is None or chosen.name.startswith(UNNAMED):
        return None
    if gender is not None and token.lower_ in ("he", "she") and chosen.name not in known:
        # Once a pronoun is settled for a person, another cannot be; "his" may be somebody else's.
        known[chosen.name] = gender
    return Reference(
        start=span.start, end=span.end, name=chosen.name, how=How.RESOLVED, antecedent=chosen.span
    )
