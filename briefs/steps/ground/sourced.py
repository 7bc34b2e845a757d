"""Whose words a claim is, by the model: nothing new, a source that the rules missed, or a dispute to show.

The rules' source always stands. Where they have none, the model's comes in only if its name stands in the
claim's sentence, or the one in which its quotation opens, right beside a word that attributes. Where both
have one and they differ, the editor is shown both, but only if the model's is a speaker of the article within
reach. A name that is only a longer or shorter form, who passed the words on, what the source leans on, or the
outlet, is no dispute. "Via" from a model is not used: the rules' chain holds whenever they have a source.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from briefs.domain.brief import Finding, Flag, FlagKind
from briefs.domain.claims import Claim, ExtractedClaim
from briefs.domain.proposals import ProposedClaim
from briefs.domain.scan import Attribution, ChainEnd, Source, SourceKind, Speech
from briefs.domain.spans import How, Span
from briefs.steps.ground.context import Context, Name, bare
from briefs.steps.ground.lists import keys, lists

_LONGEST = 200
_MARKS = "\"“”„«»‘’' \t"


class Sourced(NamedTuple):
    """A claim after the model's source was held against it."""

    claim: ExtractedClaim
    dispute: Finding | None = None


def sourced(context: Context, each: ExtractedClaim, proposal: ProposedClaim) -> Sourced:
    """Return the claim with the source that the model found for it, or the dispute to show."""
    given = _given(context, proposal)
    if not given:
        return Sourced(each)
    if any(_is_new(context, word) for word in _written(proposal.source)):
        context.reject("source_not_in_article")
        return Sourced(each)
    own = each.attribution
    spoken = own.source is not None and own.how is not How.POSSIBLE
    if _is_known(context, own, given):
        return Sourced(each)
    if not spoken:
        return Sourced(_filled(context, each, given))
    dispute = _dispute(context, each, given)
    if dispute is not None and context.is_guarded(each.claim.quote):
        context.reject("guarded")
        return Sourced(each)
    return Sourced(each, dispute)


def _given(context: Context, proposal: ProposedClaim) -> tuple[str, ...]:
    """Return the words of the model's source as they are compared; none where it names nobody."""
    said = bare(proposal.source[:_LONGEST].strip(_MARKS))
    if not said or " ".join(said) in lists().nobody:
        return ()
    about = {
        bare(context.article.outlet or ""),
        bare(context.article.byline or ""),
        bare(context.article.title),
    }
    return () if said in about else said


def _written(source: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", source[:_LONGEST])


def _is_new(context: Context, word: str) -> bool:
    """Tell whether a word of the model's source stands nowhere in the article."""
    return any(key not in context.words and key not in lists().stop for key in bare(word))


def _is_known(context: Context, own: Attribution, given: tuple[str, ...]) -> bool:
    """Tell whether the model's source is the rules', in a longer or shorter form, or of its chain."""
    mentions = [*((own.source,) if own.source else ()), *own.via, *own.basis]
    known = [form for each in mentions for form in (each.name, each.of(context.text))]
    known += [own.source.role or ""] if own.source else []
    words = _weighty(given)
    if not words:
        return True
    for form in known:
        other = _weighty(bare(form))
        family = _last(given)
        if other and (words <= other or other <= words or (family and family == _last(bare(form)))):
            return True
    name = _name(context, given)
    return name is not None and any(each.name == name.best for each in mentions)


def _weighty(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for word in words if word not in lists().stop)


def _last(words: tuple[str, ...]) -> str | None:
    """Return the last word of a name, which for a person is the family name."""
    return words[-1] if words and len(words) < 4 and not words[-1].endswith("s") else None


def _name(context: Context, given: tuple[str, ...]) -> Name | None:
    """Return the article's name that the model's words are or hold: the longest."""
    for length in range(min(len(given), 8), 0, -1):
        for at in range(len(given) - length + 1):
            name = context.names.get(given[at : at + length])
            if name is not None and name.label in _KINDS:
                return name
    return None


def _filled(context: Context, each: ExtractedClaim, given: tuple[str, ...]) -> ExtractedClaim:
    """Return a claim in the article's own voice with the model's source, where the wording proves it."""
    name = _name(context, given)
    if name is None:
        context.reject("source_without_cue")
        return each
    own = context.segmentation.sentences_of(each.claim.quote)
    opening = context.opening(own[0])
    for sentence in dict.fromkeys((*own, opening)):
        for place in name.places:
            frame = _frame(context, sentence.place, place) if sentence.contains(place) else None
            if frame is None:
                continue
            carried = sentence is opening and sentence not in own
            content = each.claim.quote.place if carried else _content(context, each.claim, frame)
            if content is not None:
                how = How.CARRIED if carried else How.STATED
                source = Source(start=place.start, end=place.end, name=name.best, how=how)
                made = _made(context, _KINDS[name.label], source, frame.cue, content)
                return each.model_copy(update={"attribution": made})
    context.reject("source_without_cue")
    return each


_KINDS = {"PERSON": SourceKind.NAMED, "ORG": SourceKind.ORGANISATION}


class _Frame(NamedTuple):
    place: Span
    """Source and cue together."""
    cue: Span


def _frame(context: Context, sentence: Span, name: Span) -> _Frame | None:
    """Return the words that attribute right beside a name: "according to N", "N said", ", said N"."""
    text, verbs = context.text, "|".join(lists().verbs)
    lead = re.compile(rf"\b({'|'.join(lists().before)})\s+(?:the\s+)?\Z", re.IGNORECASE).search(
        text, sentence.start, name.start
    )
    if lead:
        return _Frame(Span(start=lead.start(), end=name.end), Span(start=lead.start(1), end=lead.end(1)))
    after = re.compile(
        rf"(?:,[^,.;“”\"]{{1,80}},)?\s+(?:(?:has|have|had|also|later)\s+)?({verbs})\b(?!\s+by\b)"
    ).match(text, name.end, sentence.end)
    if after:
        return _Frame(Span(start=name.start, end=after.end()), Span(start=after.start(1), end=after.end(1)))
    before = re.compile(rf"[,”\"]\s*({verbs})\s+(?:the\s+)?\Z").search(text, sentence.start, name.start)
    if before:
        return _Frame(
            Span(start=before.start(1), end=name.end), Span(start=before.start(1), end=before.end(1))
        )
    return None


def _content(context: Context, claim: Claim, frame: _Frame) -> Span | None:
    """Return what of a claim is attributed: the side of the frame that holds most of it."""
    quote = claim.quote
    sides = [
        Span(start=quote.start, end=max(quote.start, min(frame.place.start, quote.end))),
        Span(start=min(quote.end, max(frame.place.end, quote.start)), end=quote.end),
    ]
    longest = max(sides, key=lambda side: side.end - side.start)
    said = longest.of(context.text)
    start = longest.start + len(said) - len(said.lstrip(" ,:;\n\t"))
    end = longest.end - (len(said) - len(said.rstrip(" ,:;\n\t")))
    words = len(keys(said))
    return Span(start=start, end=end) if words > 3 and 2 * words > len(keys(quote.text)) else None


def _made(context: Context, kind: SourceKind, source: Source, cue: Span, content: Span) -> Attribution:
    direct = source.how is How.CARRIED or any(mark in content.of(context.text) for mark in '“"«')
    return Attribution(
        kind=kind,
        source=source,
        cue=cue,
        content=(content,),
        chain_end=ChainEnd.PERSON if kind is SourceKind.NAMED else ChainEnd.UNSTATED,
        speech=Speech.DIRECT if direct else Speech.INDIRECT,
        drafted_by=context.model,
    )


def _dispute(context: Context, each: ExtractedClaim, given: tuple[str, ...]) -> Finding | None:
    """Return the finding that shows both sources; none where the model's is no speaker within reach."""
    own, quote = each.attribution, each.claim.quote
    stated = own.cue is not None and any(
        s.contains(own.cue) for s in context.segmentation.sentences_of(quote)
    )
    sentences = context.segmentation.sentences_of(quote)
    near = Span(start=sentences[0].start, end=sentences[-1].end) if stated else context.around(quote)
    places = list(_places(context, given, near))
    if not places:
        context.reject("source_out_of_reach")
        return None
    apart = [p for p in places if not any(content.overlaps(p) for content in own.content)]
    speaking = [p for p in apart if _speaks(context, p)]
    if not speaking or own.source is None:
        context.reject("source_is_spoken_of" if not apart else "source_not_a_speaker")
        return None
    place = min(speaking, key=lambda p: (max(quote.start - p.end, p.start - quote.end, 0), p.start))
    own_name, other = _shown(context, own.source), " ".join(place.of(context.text).split())
    note = (
        f"The article's wording gives these words to “{own_name}”, the language model gives them to "
        f"“{other}”. Both readings are kept; whose words they are has to be settled."
    )
    spans = (quote.place, own.source.place, place)
    return Finding(flag=Flag(kind=FlagKind.SOURCE_DISPUTED, note=note, spans=spans), briefs=(each.id,))


def _places(context: Context, given: tuple[str, ...], near: Span) -> Iterator[Span]:
    """Yield the places in `near` where the model's source stands, in its words or by the name in them."""
    yield from context.standing(given, near)
    name = _name(context, given)
    if name is not None:
        yield from (place for place in name.places if near.contains(place))


def _speaks(context: Context, place: Span) -> bool:
    """Tell whether the words at a place are a source of the scan: named there as saying something.

    A part of a source is one only if it is a person or a body: "Norrby" does not say what "many in
    Norrby" say.
    """
    name = _name(context, bare(place.of(context.text)))
    for each in context.scan.attributions:
        source = each.source
        if source is None or source.how is How.POSSIBLE or not source.overlaps(place):
            continue
        if name is not None or len(bare(place.of(context.text))) >= len(bare(source.of(context.text))):
            return True
    return False


def _shown(context: Context, source: Source) -> str:
    """Return a source's name if the article has it in these words, else its words at its place."""
    name = " ".join(source.name.split())
    return name if bare(name) in context.names else " ".join(source.of(context.text).split())
