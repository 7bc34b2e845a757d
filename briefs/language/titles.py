"""The office or description that an article gives to a person: before the name or after it."""

from spacy.tokens import Token

from briefs.language.parse import ParsedSentence
from briefs.language.roles import roles

_REACH = 14
"""Words of a role at most."""
_STOPS = frozenset({"who", "whose", "which", "that", "and", "or", "but", "speaking", "when", "where"})


def role_of(sentence: ParsedSentence, first: Token, last: Token) -> str | None:
    """Return the role of the person named from `first` to `last`, in the article's words, or none."""
    return _before(sentence, first) or role_after(sentence, last)


def _before(sentence: ParsedSentence, first: Token) -> str | None:
    """Read "Foreign Ministry spokesperson" before a name, or "The company's head, " with its comma."""
    document, low = first.doc, sentence.tokens.start
    index = first.i - 1
    while index >= low and document[index].lower_ in roles().titles and not _is_role(document[index]):
        index -= 1
    comma = index >= low and document[index].text == ","
    if comma:
        if first.dep_ != "appos" and not any(
            a.dep_ == "appos" and a.i < first.i + 4 for a in (first, first.head)
        ):
            return None
        index -= 1
    end = index
    office = False
    while index >= low and end - index < _REACH:
        token = document[index]
        role = _is_role(token)
        linked = token.lower_ in ("of", "for", "the", "and", "-", "'s", "’s", "&") and index < end
        if not (role or token.pos_ in ("PROPN", "NOUN", "ADJ") or linked):
            break
        if (
            token.lower_ in ("the", "and")
            and document[index - 1].lower_ not in ("of", "for")
            and token.lower_ == "the"
        ):
            break
        if token.lower_ == "and" and not office:
            break
        office = office or role
        index -= 1
    start = index + 1
    while start <= end and document[start].lower_ in ("of", "for", "the", "and", "-", "'s", "’s", "&"):
        start += 1
    if (
        not office
        or start > end
        or (comma and not _is_role(document[end]) and " of " not in f" {document[start : end + 1].text} ")
    ):
        return None
    return document[start : end + 1].text


def role_after(sentence: ParsedSentence, last: Token) -> str | None:
    """Return ", a former deputy" after a name, past an age ("22,") that may stand between, or none."""
    document, high = last.doc, sentence.tokens.end
    index = last.i + 1
    if index + 1 >= high or document[index].text not in (",", "(", "–", "—"):
        return None
    index += 1
    if index + 1 < high and document[index].like_num and document[index + 1].text == ",":
        index += 2
    start = index
    office = False
    while index < high and index - start < _REACH:
        token = document[index]
        if token.pos_ == "ADP" and not office:
            return None
        if _ends_role(token, office=office):
            break
        office = office or _is_role(token)
        index += 1
    while start < index and document[start].lower_ in ("a", "an", "the"):
        start += 1
    while index > start and (
        document[index - 1].pos_ in ("ADP", "DET", "ADV", "CCONJ", "PART") or document[index - 1].is_punct
    ):
        index -= 1
    if not office or index <= start or index >= high or document[index].pos_ == "PROPN":
        return None
    return document[start:index].text


def _ends_role(token: Token, *, office: bool) -> bool:
    """Tell whether a word after a name no longer belongs to the role that follows it."""
    if token.is_punct:
        return token.text not in ("-", "’", "'", "&", ".")
    if token.lower_ in _STOPS:
        return token.lower_ != "and" or office
    if token.pos_ == "ADP":
        return token.lower_ not in ("of", "for", "at", "in", "to", "on", "with")
    return token.pos_ in ("VERB", "AUX", "PRON") and not _is_role(token)


def _is_role(token: Token) -> bool:
    return token.lemma_.lower() in roles().people or token.lower_ in roles().people
