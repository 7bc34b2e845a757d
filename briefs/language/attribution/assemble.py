"""Attributions: source, cue and content, and the chain behind the source."""

import re

from briefs.domain.scan import Attribution, ChainEnd, Entity, Reference, Source, SourceKind, Speech
from briefs.domain.spans import How, Span
from briefs.language.attribution.anonymity import asks_for_it, reason
from briefs.language.attribution.chain import chain
from briefs.language.attribution.colon import colons
from briefs.language.attribution.dateline import credited, dateline, without
from briefs.language.attribution.found import Found, Phrase
from briefs.language.attribution.lexicon import lexicon
from briefs.language.attribution.marks import Marks
from briefs.language.attribution.memory import Memory
from briefs.language.attribution.nominal import nominal
from briefs.language.attribution.people import Identity, Who
from briefs.language.attribution.quoted import quoted
from briefs.language.attribution.reported import reported
from briefs.language.attribution.sources import hearsay
from briefs.language.parse import ParsedArticle
from briefs.language.roles import roles
from briefs.text.quotes import Quotation

_LONGEST = 400
"""Tokens; a longer "sentence" is a table or a list and its parse means nothing."""


def attributions(
    parsed: ParsedArticle,
    entities: tuple[Entity, ...],
    references: tuple[Reference, ...],
    quotations: tuple[Quotation, ...],
    outlet: str | None = None,
) -> tuple[Attribution, ...]:
    """Return every attribution of the article, in the order of their contents.

    `outlet` is who publishes the article: what somebody told it was passed on by nobody else.
    """
    line = dateline(parsed)
    marks = Marks(parsed.text, quotations)
    who = Who(parsed, entities, references)
    found: list[Attribution] = []
    passed_on: set[int] = set()
    earlier = Memory()
    for each in find(parsed, marks, who):
        cut = each._replace(content=without(trimmed_role(each, parsed.text), line))
        attribution = _attribution(cut, marks, who, earlier)
        if attribution is not None:
            found.append(_without_own(credited(attribution, line), outlet))
            passed_on.update(_passing(each, parsed))
    return tuple(each for each in found if each.cue is None or each.cue.start not in passed_on)


def _without_own(attribution: Attribution, outlet: str | None) -> Attribution:
    """Return the attribution without the article's own outlet among those who passed it on."""
    own = (outlet or "").lower().removeprefix("the ")
    if not own or not attribution.via:
        return attribution
    via = tuple(m for m in attribution.via if m.name.lower().removeprefix("the ") not in own)
    return attribution if via == attribution.via else attribution.model_copy(update={"via": via})


def trimmed_role(found: Found, text: str) -> tuple[Span, ...]:
    """Return the content without the office that runs on into a name: "…, chief engineer | Jane Roe said"."""
    source = found.source
    if source is None:
        return found.content
    return tuple(_before_office(piece, source.span.start, text) for piece in found.content)


def _before_office(piece: Span, name: int, text: str) -> Span:
    if piece.end > name or name - piece.end > 2 or text[piece.end : name].strip():
        return piece
    words = piece.of(text)
    cut = max(words.rfind(", "), *(words.rfind(mark + " ") for mark in "”’\"'"))
    office = words[cut + 1 :].split()
    if cut < 1 or len(office) > _OFFICE or not any(word.lower() in roles().people for word in office):
        return piece
    return Span(start=piece.start, end=piece.start + cut + (words[cut] != ","))


_OFFICE = 8
"""Words of an office before a name at most."""


def find(parsed: ParsedArticle, marks: Marks, who: Who) -> list[Found]:
    """Return the attributions as places, in the order of their contents."""
    reports: dict[int, list[Found]] = {}
    for number, sentence in enumerate(parsed.sentences):
        if len(sentence.tokens) > _LONGEST:
            continue
        for each in (*reported(sentence, number, parsed.text), *nominal(sentence, number, parsed.text)):
            if marks.at(each.cue.start) is None and not _is_idle(each, parsed.text):
                content = tuple(marks.widened(piece) for piece in each.content)
                reports.setdefault(number, []).append(each._replace(content=content))
    found = quoted(parsed, marks, reports)
    taken = {each.cue.start for each in found if not each.carried}
    found += [
        each for reported_here in reports.values() for each in reported_here if each.cue.start not in taken
    ]
    found += colons(parsed, who)
    found.sort(key=lambda each: (each.content[0].start, each.content[-1].end, each.cue.start))
    return _outermost(found)


def _passing(found: Found, parsed: ParsedArticle) -> tuple[int, ...]:
    """Return where the "reportedly" stands that only passes on what somebody named is said to have said."""
    word = hearsay(found.verb) if found.verb is not None and found.source is not None else None
    return () if word is None else (parsed.sentences[found.number].place(word).start,)


def _outermost(found: list[Found]) -> list[Found]:
    """Return the attributions without the wishes and thoughts that somebody's words tell of.

    In "Roe said that farmers want the dam" the article attributes to Roe alone; what the farmers *said* in
    her words is kept, as a second hand that somebody can be asked about.
    """
    kept = []
    for place, each in enumerate(found):
        verb = each.verb
        told = verb is not None and (
            verb.lower_ in lexicon().measured.nouns  # "by the ministry's figures"
            or (verb.pos_ == "VERB" and verb.lemma_.lower() in lexicon().verbs.speech)
        )
        near = found[max(0, place - _AROUND) : place + _AROUND]
        if told or not any(_tells_of(other, each) for other in near):
            kept.append(each)
    return kept


_AROUND = 12
"""Attributions before and after one among which another may hold it; a bound that keeps odd texts linear."""


def _tells_of(outer: Found, inner: Found) -> bool:
    """Tell whether the cue and the content of one attribution stand within the words of another."""
    return outer is not inner and any(
        piece.contains(inner.cue)
        and all(piece.contains(said) for said in inner.content)
        and piece not in inner.content
        for piece in outer.content
    )


def _attribution(found: Found, marks: Marks, who: Who, earlier: Memory) -> Attribution | None:
    manner = speech(found, marks)
    source = found.source or _beside(found, who)
    if source is None:
        somebody = found.cue.of(marks.text).lower() in lexicon().somebody
        kind = SourceKind.ANONYMOUS if somebody else SourceKind.UNATTRIBUTED
        end = ChainEnd.UNNAMED if somebody else ChainEnd.UNSTATED
        return Attribution(kind=kind, cue=found.cue, content=found.content, chain_end=end, speech=manner)
    found = found._replace(source=source)
    identity = who.identify(source)
    if identity is None or _own_voice(found, source, identity, who) or _only_asks(found, identity):
        return None
    linked = earlier.recall(found, identity) or chain(found, source, identity, who)
    linked = earlier.goes_on(found, identity, linked)
    if not found.possible:
        earlier.keep(found, identity, linked)
    meant = linked.identity
    via = earlier.passed_on(meant.name, who.sentence(found).sentence.paragraph, linked.via)
    span = linked.source.span
    passed_on = found.verb is not None and not found.carried and hearsay(found.verb) is not None
    how = How.CARRIED if found.carried else meant.how
    how = How.POSSIBLE if found.possible else how
    return Attribution(
        kind=meant.kind,
        source=Source(start=span.start, end=span.end, name=meant.name, how=how, role=meant.role),
        cue=None if found.carried else found.cue,
        content=found.content,
        via=via,
        basis=linked.basis,
        chain_end=ChainEnd.UNNAMED if passed_on else linked.end,
        speech=manner,
        anonymity_reason=reason(found, marks.text) if linked.end is ChainEnd.UNNAMED else None,
    )


def _is_idle(found: Found, text: str) -> bool:
    """Tell whether the cue is part of an idiom, or asks for anonymity, and attributes nothing."""
    around = text[max(0, found.cue.start - _IDIOM) : found.cue.end + _IDIOM].lower()
    return any(idiom in around for idiom in lexicon().idle) or asks_for_it(found, text)


_IDIOM = 12
"""Characters on each side of a cue in which an idiom is looked for."""


def _beside(found: Found, who: Who) -> Phrase | None:
    """Return the name right before a finite verb whose subject the parser missed, as with rare surnames."""
    verb = found.verb
    if verb is None or verb.tag_ not in ("VBD", "VBZ", "VBP") or verb.i == 0:
        return None
    token, sentence = verb.nbor(-1), who.sentence(found)
    while token.i > sentence.tokens.start and token.pos_ in ("ADV", "AUX") and token.is_lower:
        token = token.nbor(-1)
    entity = who.entity_at(sentence.offset + token.idx)
    if entity is None or entity.label not in ("PERSON", "ORG"):
        return None
    return Phrase(entity.place, token, sentence)


def _own_voice(found: Found, source: Phrase, identity: Identity, who: Who) -> bool:
    """Tell whether the article itself says what a thing shows: "the scale highlights …", "numbers show …"."""
    verb = found.verb
    if verb is not None and verb.pos_ in ("NOUN", "ADJ") and (identity.thing or _happens(source)):
        # "The delay raised doubts about the plan": nobody's in particular.
        return True
    if verb is None or verb.pos_ != "VERB" or verb.lemma_.lower() not in lexicon().verbs.things:
        return False
    pointing = source.head.left_edge.lower_ in ("this", "these", "such", "those")
    return identity.thing or (
        identity.kind is SourceKind.DOCUMENT and (pointing or _nobodys(source, identity, who))
    )


def _happens(source: Phrase) -> bool:
    # The lemma of a capitalised noun may be its plural.
    lemma = source.head.lemma_.lower()
    return not lexicon().verbs.happenings.isdisjoint({lemma, lemma.removesuffix("s")})


def _nobodys(source: Phrase, identity: Identity, who: Who) -> bool:
    """Tell whether a source is bare "numbers" or "the data", of which the article has said nothing before."""
    word = identity.name.lower().removeprefix("the ")
    if word not in roles().loose:
        return False
    earlier = re.compile(rf"(?:(\w+)\s+)?\b{word}\b", re.IGNORECASE)
    return all(
        (each[1] or "").lower() in roles().amounts
        for each in earlier.finditer(who.text, 0, source.span.start)
    )


def _only_asks(found: Found, identity: Identity) -> bool:
    """Tell whether an outlet only put a question: "The Courier asked the ministry when it had known"."""
    return identity.kind is SourceKind.MEDIA and found.verb is not None and found.verb.lemma_.lower() == "ask"


def speech(found: Found, marks: Marks) -> Speech:
    """Tell how the words are given: all within quotation marks, some of them, or none."""
    inside = total = 0
    for piece in found.content:
        total += piece.end - piece.start
        for index in marks.within(piece.start, piece.end):
            span = marks.all[index].span
            inside += piece.shared(span)
    if not inside:
        return Speech.INDIRECT
    return Speech.DIRECT if inside >= 0.9 * total else Speech.MIXED
