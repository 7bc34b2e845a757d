"""The chain behind a source: who passed its words on, what it leans on, and where that ends."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Token

from briefs.domain.scan import ChainEnd, SourceKind
from briefs.domain.spans import Mention, Span
from briefs.language.attribution.found import Found, Phrase, child, children
from briefs.language.attribution.leaning import leaning
from briefs.language.attribution.lexicon import lexicon
from briefs.language.attribution.people import Identity, Who, is_outlet
from briefs.language.attribution.sources import phrase
from briefs.language.parse import ParsedSentence
from briefs.language.roles import roles

_CITING = frozenset({"cite", "quote", "reference", "invoke"})
_LEANING = {"refer": "to", "rely": "on", "base": "on", "draw": "on", "point": "to"}
_OCCASIONS = frozenset(
    {
        "interview",
        "statement",
        "comment",
        "remark",
        "letter",
        "email",
        "conversation",
        "briefing",
        "column",
        "article",
        "post",
    }
)
_SAID_TO = re.compile(
    r"\b(?:quoted|seen|obtained|reviewed|viewed|speaking|interview|statement|comment|remark|letter|email|conversation|briefing|column|article|post)",
    re.IGNORECASE,
)
_CITES = re.compile(r"\b(?:cit|quot|referenc|invok|refer|rely|reli|bas|draw|point)", re.IGNORECASE)
"""Words of which one must stand in a sentence, before its tokens are looked at."""


_BY = frozenset({"quoted", "seen", "obtained", "reviewed", "viewed"})


class Chain(NamedTuple):
    """A source with what stands behind it."""

    source: Phrase
    identity: Identity
    via: tuple[Mention, ...]
    basis: tuple[Mention, ...]
    end: ChainEnd


def chain(found: Found, source: Phrase, identity: Identity, who: Who) -> Chain:
    """Return the source whose words these are, with its chain."""
    via: list[Mention] = []
    basis: list[Mention] = []
    kinds: list[SourceKind] = []
    shown = (
        found.verb is not None
        and found.verb.lemma_.lower() in lexicon().verbs.document - lexicon().verbs.speech
    )
    if identity.kind is SourceKind.DOCUMENT and identity.noun in roles().words_of and not shown:
        written = _author(source, who)
        if written is not None:
            source, identity, passed = written
            via.extend(passed)
    for cited in _cited(source, found, who.text):
        meant = who.identify(cited)
        if meant is None or meant.name == identity.name:
            continue
        speaks = meant.kind in (SourceKind.ANONYMOUS, SourceKind.NAMED, SourceKind.ORGANISATION)
        if identity.kind is SourceKind.MEDIA and speaks:
            via.insert(0, mention(source, identity))
            source, identity = cited, meant
        else:
            basis.append(mention(cited, meant))
            kinds.append(meant.kind)
    for each in leaning(found, identity, who):
        if each.mention.name not in (known.name for known in basis):
            basis.append(each.mention)
            kinds.append(each.kind)
    via = via or list(_correspondent(source, identity, who))
    via.extend(m for m in _passed_on(found, who) if m.name not in (identity.name, *(v.name for v in via)))
    return Chain(source, identity, tuple(via), tuple(basis), _end(source, identity, basis, kinds, who))


def mention(source: Phrase, identity: Identity) -> Mention:
    """Return the place and the name of a phrase that was identified."""
    return Mention(start=source.span.start, end=source.span.end, name=identity.name, how=identity.how)


def _correspondent(source: Phrase, identity: Identity, who: Who) -> tuple[Mention, ...]:
    """Return the outlet in a journalist's description: "Dana Oak, correspondent of Corvo News, wrote"."""
    role = identity.role or ""
    if not any(word in roles().media_people for word in role.lower().split()):
        return ()
    return tuple(
        Mention(start=entity.start, end=entity.end, name=entity.name)
        for entity in who.within(source.sentence.sentence)
        if entity.label == "ORG" and entity.of(who.text) in role and is_outlet(entity.name)
    )


class _Written(NamedTuple):
    source: Phrase
    identity: Identity
    via: tuple[Mention, ...]


def _author(source: Phrase, who: Who) -> _Written | None:
    """Return the person or outlet that wrote a report: "a report by Z's correspondent X"."""
    for each in source.head.children:
        if each.dep_ == "poss":
            inner: Token | None = each
        elif each.lower_ in ("by", "from", "in") and each.dep_ in ("prep", "agent"):
            inner = child(each, "pobj")
        elif each.dep_ == "acl" and each.lower_ in ("published", "written", "released"):
            marker = child(each, "agent", "prep")
            inner = child(marker, "pobj") if marker is not None else None
        else:
            continue
        writer = phrase(source.sentence, inner) if inner is not None else None
        identity = who.identify(writer) if writer is not None else None
        if writer is None or identity is None:
            continue
        if identity.kind is SourceKind.NAMED:
            outlets = _outlets(writer, who)
            return _Written(source, identity, outlets)
        if identity.kind is SourceKind.MEDIA:
            return _Written(source, identity, ())
    return None


def _outlets(writer: Phrase, who: Who) -> tuple[Mention, ...]:
    """Return the outlets named in a writer's own description: "Z's correspondent X"."""
    return tuple(
        Mention(start=entity.start, end=entity.end, name=entity.name)
        for entity in who.within(writer.span)
        if entity.label == "ORG"
    )


def _cited(source: Phrase, found: Found, text: str) -> Iterator[Phrase]:
    """Yield what the source cites in the sentence of the attribution."""
    sentence = source.sentence
    if not _CITES.search(text, sentence.sentence.start, sentence.sentence.end):
        return
    for token in sentence.tokens:
        lemma = token.lemma_.lower()
        if lemma in _CITING and token.pos_ == "VERB" and token.i != (found.verb.i if found.verb else -1):
            things = children(token, "dobj")
        elif lemma in _LEANING and token.pos_ == "VERB" and token.tag_ in ("VBG", "VBN"):
            marker = next((p for p in children(token, "prep") if p.lower_ == _LEANING[lemma]), None)
            things = children(marker, "pobj") if marker is not None else []
        else:
            continue
        if not _same_subject(token, source, found):
            continue
        for thing in things:
            cited = phrase(sentence, thing)
            if cited is not None and not any(piece.overlaps(cited.span) for piece in found.content):
                yield cited


def _same_subject(verb: Token, source: Phrase, found: Found) -> bool:
    """Tell whether a citing verb hangs on the source or on the reporting verb."""
    heads = {source.head.i}
    if source.antecedent is not None:
        heads.add(source.antecedent.i)
    if found.verb is not None:
        heads.add(found.verb.i)
    node = verb
    for _ in range(6):
        if node.i in heads:
            return True
        if node.head.i == node.i:
            break
        node = node.head
    # The reporting verb may hang on the citing one: "who cited data from X, stating that …".
    node = found.verb if found.verb is not None else verb
    for _ in range(4):
        if node.i == verb.i:
            return True
        node = node.head
    return False


def _passed_on(found: Found, who: Who) -> Iterator[Mention]:
    """Yield who the source said it to: "told X", "in an interview with X", "was quoted by X"."""
    if found.verb is None or found.source is None:
        return
    sentence = found.source.sentence
    for each in children(found.verb, "dobj", "dative", "pobj"):
        if found.verb.lemma_.lower() in ("tell", "inform", "assure"):
            yield from _outlet(sentence, each, who)
    if _SAID_TO.search(who.text, sentence.sentence.start, sentence.sentence.end):
        yield from _occasions(found, sentence, who)


def _occasions(found: Found, sentence: ParsedSentence, who: Who) -> Iterator[Mention]:
    """Yield whom an interview, a letter or a statement was for, outside what is attributed."""
    for token in sentence.tokens:
        lower = token.lower_
        place = sentence.offset + token.idx
        if any(piece.start <= place < piece.end for piece in found.content):
            continue
        said_to = token.lemma_.lower() in _OCCASIONS or (token.lemma_ == "speak" and token.tag_ == "VBG")
        if said_to:
            for marker in children(token, "prep", "dative"):
                if marker.lower_ in ("with", "to", "for", "on", "in"):
                    inner = child(marker, "pobj")
                    if inner is not None:
                        yield from _outlet(sentence, inner, who)
        elif lower in _BY and child(token, "agent") is not None:
            agent = child(token, "agent")
            inner = child(agent, "pobj") if agent is not None else None
            if inner is not None:
                yield from _outlet(sentence, inner, who)


def _outlet(sentence: ParsedSentence, noun: Token, who: Who) -> Iterator[Mention]:
    """Yield the outlet or journalist that `noun` names, if it is one."""
    told = phrase(sentence, noun)
    identity = who.identify(told) if told is not None else None
    if told is None or identity is None:
        return
    journalist = any(word in roles().media_people for word in (identity.role or "").lower().split())
    media = identity.kind is SourceKind.MEDIA or (
        identity.kind is SourceKind.ORGANISATION and is_outlet(identity.name)
    )
    agency = identity.kind is SourceKind.ORGANISATION and noun.pos_ == "PROPN" and identity.name.isupper()
    if media or journalist or agency:
        yield mention(told, identity)


def _end(
    source: Phrase, identity: Identity, basis: list[Mention], kinds: list[SourceKind], who: Who
) -> ChainEnd:
    """Return where the chain stops, at its last link: what is cited last, or the source itself."""
    if basis and kinds[-1] is SourceKind.DOCUMENT and _located(basis[-1], who):
        return ChainEnd.DOCUMENT
    if basis and kinds[-1] is SourceKind.ANONYMOUS:
        return ChainEnd.UNNAMED
    kind = kinds[-1] if basis and kinds[-1] is SourceKind.NAMED else identity.kind
    if kind is SourceKind.NAMED:
        return ChainEnd.PERSON
    if kind is SourceKind.ANONYMOUS:
        return ChainEnd.UNNAMED
    if kind is SourceKind.DOCUMENT and _located(mention(source, identity), who):
        return ChainEnd.DOCUMENT
    return ChainEnd.UNSTATED


_TITLED = '“"‘«'


def _dated(document: Mention, who: Who) -> bool:
    return any(character.isdigit() for character in Span(start=document.start, end=document.end).of(who.text))


def _located(document: Mention, who: Who) -> bool:
    """Tell whether a document could be found by what the article says: its issuer, date or title."""
    if any(word in roles().loose for word in document.name.lower().split()) and not _dated(document, who):
        return False
    words = Span(start=document.start, end=document.end).of(who.text)
    named = any(entity.label in ("PERSON", "ORG", "LAW", "WORK") for entity in who.within(document))
    return named or any(character.isdigit() for character in words) or any(mark in words for mark in _TITLED)
