"""Quotations and who is quoted: by a reporting clause beside them, or because the speaker goes on."""

from collections.abc import Mapping, Sequence

from briefs.domain.article import BlockRole
from briefs.domain.spans import Span
from briefs.language.attribution.beside import Clause, beside, leading, runs_on
from briefs.language.attribution.clausal import resumption
from briefs.language.attribution.found import Found
from briefs.language.attribution.lexicon import lexicon
from briefs.language.attribution.marks import Marks
from briefs.language.attribution.places import Places
from briefs.language.parse import ParsedArticle
from briefs.text.quotes import Quotation

_RUN = 200
"""Quotations that one reporting clause may govern; a bound that keeps odd texts linear."""
_BETWEEN = " \t\r\n,.;:—–-\u00a0"


def quoted(parsed: ParsedArticle, marks: Marks, reports: Mapping[int, Sequence[Found]]) -> list[Found]:
    """Return the attributions of quotations, in order; one with no speaker in reach is left out.

    `reports` holds the indirect speech of each sentence by its position.
    """
    places = Places(parsed)
    found: list[Found] = []
    used: set[int] = set()
    for index, quotation in enumerate(marks.all):
        if index in used or not _is_speech(quotation, parsed.text):
            continue
        clause = beside(places, marks, index)
        if clause is not None:
            run = _run(places, marks, index, clause)
            each = _reported(clause, marks, places, [i for i in run if i not in used])
            wider = _wider(each, clause, quotation, reports)
            each = each if wider is None else each._replace(content=(*wider.content, *each.content[1:]))
        else:
            run = [index]
            continued = _carried(places, marks, index, found[-1] if found else None, reports)
            continued = continued or _neighbour(places, marks, index, reports)
            if continued is None:
                continue
            each = continued
        used.update(run)
        found.append(each)
    return found


def _is_speech(quotation: Quotation, text: str) -> bool:
    """Tell whether a quotation is something said rather than a word in quotation marks."""
    words = quotation.inner.of(text).split()
    if not words:
        return False
    stopped = words[-1][-1] in ",.?!…—–-" or not quotation.closed
    return len(words) > 5 or (stopped and (len(words) > 1 or words[-1][-1] in ",?!"))


def _reported(clause: Clause, marks: Marks, places: Places, run: list[int]) -> Found:
    content = [marks.all[index].span for index in run]
    led = _led_in(clause, marks, places, run[0])
    if led is not None:
        content[0] = Span(start=led, end=content[0].end)
    cue = clause.sentence.place(clause.verb)
    if clause.end == clause.sentence.sentence.end and clause.start >= content[-1].end:
        resumed = resumption(marks.text, cue.end, clause.end)
        content += [resumed] if resumed is not None else []
    return Found(clause.number, clause.source, cue, clause.verb, tuple(content), direct=True)


def _wider(
    found: Found, clause: Clause, quotation: Quotation, reports: Mapping[int, Sequence[Found]]
) -> Found | None:
    """Return the report by the same verb whose content holds the quotation: She said it was "too much"."""
    for report in reports.get(clause.number, ()):
        if report.cue.start == found.cue.start and report.content[-1].contains(quotation.span):
            return report
    return None


def _led_in(clause: Clause, marks: Marks, places: Places, index: int) -> int | None:
    """Return where unquoted words start that run on into a quotation: It would "cost too much," she said."""
    quotation = marks.all[index].span
    number = places.at(quotation.start)
    if number is None or clause.start < quotation.end or leading(places, marks, index) is not None:
        return None
    start = places.parsed.sentences[number].sentence.start
    before = marks.text[start : quotation.start].rstrip()
    if not before or not before[-1].isalnum() or len(before.split()) < 2 or marks.at(start) is not None:
        return None
    return start


def _run(places: Places, marks: Marks, index: int, clause: Clause) -> list[int]:
    """Return the quotations of one reporting clause: those that follow at once or in the next paragraph."""
    run = [index]
    place = max(clause.end, marks.all[index].span.end)
    while len(run) < _RUN:
        following = marks.next(place)
        if following is None:
            break
        between = marks.text[place : marks.all[following].span.start]
        if between.strip(_BETWEEN) or ("\n" in between and not marks.all[run[-1]].continues):
            break
        if _has_own_clause(marks, following) or runs_on(marks, following):
            break
        if len(run) == 1 and place == clause.end and _is_led(places, marks, following, clause):
            break
        run.append(following)
        place = marks.all[following].span.end
    return run


def _has_own_clause(marks: Marks, index: int) -> bool:
    """Tell whether a quotation runs on into words of its sentence, as "…," she said does."""
    quotation = marks.all[index]
    inner = quotation.inner.of(marks.text).rstrip()
    tail = marks.text[quotation.span.end : quotation.span.end + 2].strip()
    return inner.endswith(",") and bool(tail) and tail[0].isalpha()


def _is_led(places: Places, marks: Marks, index: int, clause: Clause) -> bool:
    """Tell whether a quotation has a reporting verb of its own: "…," she said, adding, "…"."""
    lead = leading(places, marks, index)
    return lead is not None and lead.number == clause.number and lead.verb.i != clause.verb.i


def _carried(
    places: Places, marks: Marks, index: int, last: Found | None, reports: Mapping[int, Sequence[Found]]
) -> Found | None:
    """Return a quotation without a clause of its own under the speaker of what stands just before it.

    The speaker goes on only where the words before are that speaker's: a quotation that ends right
    there, or a sentence that reports what one source alone says.
    """
    quotation = marks.all[index]
    inner = quotation.inner.of(marks.text)
    number = places.at(quotation.span.start)
    if number is None or number == 0 or not inner[:1].isupper() or len(inner.split()) < _SAYING:
        return None
    sentences = places.parsed.sentences
    here, before = sentences[number].sentence, sentences[number - 1].sentence
    if marks.text[here.start : quotation.span.start].strip(_BETWEEN) or before.paragraph < here.paragraph - 1:
        return None
    speaker = None
    if last is not None and last.direct and not last.possible and _reaches(places, last, before.end):
        speaker = last
    elif before.paragraph == here.paragraph:
        speaker = _alone(reports.get(number - 1, ()))
    if speaker is None or speaker.source is None:
        return None
    return Found(
        number, speaker.source, speaker.cue, speaker.verb, (quotation.span,), direct=True, carried=True
    )


def _neighbour(
    places: Places, marks: Marks, index: int, reports: Mapping[int, Sequence[Found]]
) -> Found | None:
    """Return a quotation that stands alone with the one speaker of the sentences beside it, as possible."""
    quotation = marks.all[index]
    number = places.at(quotation.span.start)
    if number is None or len(quotation.inner.of(marks.text).split()) < _SAYING:
        return None
    sentences = places.parsed.sentences
    here = sentences[number].sentence
    if here.role in (BlockRole.HEADLINE, BlockRole.SUBHEAD) or marks.text[
        here.start : quotation.span.start
    ].strip(_BETWEEN):
        return None
    last = places.before(quotation.span.end)
    after = marks.text[quotation.span.end : sentences[last].sentence.end] if last is not None else ""
    if after.strip(_BETWEEN) or last is None:
        return None
    beside = [
        each
        for place in (number - 1, last + 1)
        if 0 <= place < len(sentences) and abs(sentences[place].sentence.paragraph - here.paragraph) <= 1
        for each in [_alone(reports.get(place, ()))]
        if each is not None and each.source is not None
    ]
    if len(beside) != 1:
        return None
    only = beside[0]
    return Found(
        number, only.source, only.cue, only.verb, (quotation.span,), direct=True, carried=True, possible=True
    )


_SAYING = 4
"""The fewest words of a quotation that can stand on its own as something said."""


def _reaches(places: Places, last: Found, end: int) -> bool:
    """Tell whether an attributed quotation, or its reporting clause, goes on to `end`."""
    sentence = places.parsed.sentences[last.number].sentence
    return max(sentence.end, last.content[-1].end) >= end


def _alone(found: Sequence[Found]) -> Found | None:
    """Return the one report of a sentence that says something in speech, or none where there are several."""
    said = [
        each for each in found if each.verb is not None and each.verb.lemma_.lower() in lexicon().verbs.speech
    ]
    sources = {each.source.span.start for each in said if each.source is not None}
    return said[0] if len(sources) == 1 else None
