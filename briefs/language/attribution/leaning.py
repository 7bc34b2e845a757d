"""What a statement leans on beyond what it cites: a letter it stands in, records, a body that counted."""

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Token

from briefs.domain.scan import SourceKind
from briefs.domain.spans import Mention
from briefs.language.attribution.found import Found, Phrase, child, children
from briefs.language.attribution.people import Identity, Who
from briefs.language.attribution.sources import phrase
from briefs.language.parse import ParsedSentence
from briefs.language.roles import roles

_WRITTEN = frozenset(
    {
        "affidavit",
        "book",
        "email",
        "filing",
        "letter",
        "memo",
        "memoir",
        "memorandum",
        "paper",
        "report",
        "study",
    }
)
_COUNTING = frozenset({"compile", "count", "document", "log", "register", "record", "tally"})


class Leaning(NamedTuple):
    """Something that a statement leans on, and what kind of source that is."""

    mention: Mention
    kind: SourceKind


def leaning(found: Found, identity: Identity, who: Who) -> Iterator[Leaning]:
    """Yield the writing a source speaks in, the records it speaks from, and whoever counted for it."""
    verb = found.verb
    if verb is None or found.source is None or found.direct:
        return
    sentence = who.sentence(found)
    # A journalist's report is where the words stand, not what they lean on.
    reporting = any(word in roles().media_people for word in (identity.role or "").lower().split())
    for each in children(verb, "prep"):
        inner = child(each, "pobj")
        if inner is None:
            continue
        written = inner.lemma_.lower() in _WRITTEN and inner.left_edge.lower_ in ("a", "an")
        if each.lower_ == "in" and written and not reporting:
            yield from _mention(sentence, inner, who, SourceKind.DOCUMENT)
        elif each.lower_ == "on" and inner.lower_ == "basis":
            of = child(inner, "prep")
            records = child(of, "pobj") if of is not None else None
            if records is not None:
                yield from _mention(sentence, records, who, SourceKind.DOCUMENT)
    if identity.kind is SourceKind.MEDIA:
        yield from _counter(sentence, verb, who)


def _counter(sentence: ParsedSentence, verb: Token, who: Who) -> Iterator[Leaning]:
    """Yield who counted what an outlet reports: "that the harbour police have recorded 40 cases"."""
    clause = child(verb, "ccomp")
    if clause is None or clause.lemma_.lower() not in _COUNTING:
        return
    counter = child(clause, "nsubj")
    if counter is not None and counter.pos_ != "PRON":
        yield from _mention(sentence, counter, who, SourceKind.ORGANISATION)


def _mention(sentence: ParsedSentence, noun: Token, who: Who, kind: SourceKind) -> Iterator[Leaning]:
    found = phrase(sentence, noun)
    if found is None:
        return
    named = _cut(found, noun)
    words = " ".join(named.span.of(who.text).split())
    yield Leaning(Mention(start=named.span.start, end=named.span.end, name=words), kind)


def _cut(found: Phrase, noun: Token) -> Phrase:
    """Return the phrase before a clause that only hangs on it: "a letter of 3 May that the roof …"."""
    clause = next(
        (each for each in noun.children if each.dep_ in ("relcl", "acl") and each.tag_ != "VBN"), None
    )
    if clause is None:
        return found
    last = noun.doc[clause.left_edge.i - 1]
    end = found.sentence.offset + last.idx + len(last)
    return found._replace(span=found.span.model_copy(update={"end": max(found.span.start + 1, end)}))
