"""A brief for words of an article that a person selected: a claim that the tool had not found.

The offline rules read the place as they read their own, so that it gets its source, figures, missing evidence
and questions like any other claim. No model is asked. The parser is loaded with the first selection.
"""

from collections.abc import Collection, Sequence
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from briefs.domain.article import Article
from briefs.domain.brief import ArticleBriefs, Brief
from briefs.domain.claims import ExtractedClaim, Extraction, brief_id
from briefs.domain.desk_events import question_key
from briefs.domain.segmentation import Sentence
from briefs.domain.spans import Span
from briefs.errors import SelectionError
from briefs.text.selection import bare_words, whole_words

if TYPE_CHECKING:
    from briefs.pipeline.order import Reading

MOST_CHARACTERS = 1_200
"""A longer selection is no single claim."""
LEAST_WORDS = 2

_MOST_READINGS = 2
_readings: "dict[tuple[str, str], Reading]" = {}
"""The articles read last, by id and hash of the text."""
_ours = Lock()
"""One article is read at a time: the parser is not made for threads."""


class AddedDraft(NamedTuple):
    """A brief for selected words, and which claims have some of these words already."""

    brief: Brief
    """As an `Added` event keeps it: its `see_questions` are keys."""
    overlaps: tuple[str, ...]
    """Ids of briefs, in the article's order."""


def draft_added(result: ArticleBriefs, selected: Span, taken: Collection[str] = ()) -> AddedDraft:
    """Draft a brief for a place of the article that a person selected.

    `selected` is widened to whole words and trimmed of blanks and stray marks; offsets may lie outside the
    text. `taken` are ids that other claims of the article have had, besides those of `result`. Raises
    SelectionError, with a reason for a person, where no claim can be made of the place.
    """
    article = result.article
    place = whole_words(article.text, selected)
    if place is None:
        raise SelectionError("no words are selected; select the words that state the claim")
    _refuse_equal(result, place)
    with _ours:
        reading = _reading(article)
        place = _shown(article, reading.segmentation.sentences_of(place), place)
        _refuse_equal(result, place)
        brief = _composed(reading, place, _free_id(result, place, taken))
    return AddedDraft(brief, tuple(each.id for each in _overlapping(result, place)))


def _refuse_equal(result: ArticleBriefs, place: Span) -> None:
    text = result.article.text
    for number, brief in enumerate(result.briefs, 1):
        for each in (brief.claim.quote, *brief.claim.also_at):
            if bare_words(text, each) == bare_words(text, place):
                also = "" if each is brief.claim.quote else " too"
                raise SelectionError(f"claim {number} has exactly these words{also}; decide about it there")


def _shown(article: Article, sentences: Sequence[Sentence], place: Span) -> Span:
    """Return a selection without what is not article text at its ends."""
    shown = [each for each in sentences if each.furniture is None]
    if not sentences:
        raise SelectionError("no words are selected; select the words that state the claim")
    if not shown:
        raise SelectionError("these words are not article text, and make no claim of the article's")
    first, last = shown[0], shown[-1]
    if len(shown) != last.index - first.index + 1:
        raise SelectionError(
            "the selection runs over words that are not article text; select the words on one side of them"
        )
    kept = Span(start=max(place.start, first.start), end=min(place.end, last.end))
    sentences_whole = Span(start=first.start, end=last.end)
    # Its quotation marks and full stop belong to a whole sentence, as where the rules choose it.
    is_whole = bare_words(article.text, sentences_whole) == bare_words(article.text, kept)
    whole = sentences_whole if is_whole else whole_words(article.text, kept)
    words = whole.of(article.text) if whole is not None else ""
    if whole is None or len(words.split()) < LEAST_WORDS:
        raise SelectionError("a single word states no claim; select the words that say what is so")
    if len(words) > MOST_CHARACTERS:
        raise SelectionError("this is more than one claim; select one statement, and add the others after it")
    return whole


def _free_id(result: ArticleBriefs, place: Span, taken: Collection[str]) -> str:
    used = {*taken, *(brief.id for brief in result.briefs)}
    words, ordinal = place.of(result.article.text), 0
    while (name := brief_id(result.article.id, words, ordinal)) in used:
        ordinal += 1
    return name


def _composed(reading: "Reading", place: Span, name: str) -> Brief:
    from briefs.steps.compose import compose  # noqa: PLC0415 - loaded with the parser
    from briefs.steps.extract import claim_at  # noqa: PLC0415
    from briefs.steps.flag import flag  # noqa: PLC0415

    found = claim_at(*reading.read)(place).claim.model_copy(update={"id": name})
    before = reading.extraction
    extraction = Extraction(claims=_with(before.claims, found), ledger=before.ledger)
    findings = flag(*reading.read, extraction)
    composition = compose(*reading.read, extraction, findings, before=before)
    brief = next(each for each in composition.briefs if each.id == name)
    keys = {q.id: question_key(q.ask, q.text) for each in composition.briefs for q in each.questions}
    return brief.model_copy(update={"see_questions": tuple(keys[each] for each in brief.see_questions)})


def _with(claims: Sequence[ExtractedClaim], found: ExtractedClaim) -> tuple[ExtractedClaim, ...]:
    """Return the rules' claims and this one; where a model took one of theirs apart, in its place."""
    others = (each for each in claims if each.claim.quote.place != found.claim.quote.place)
    return tuple(sorted((*others, found), key=lambda each: (each.claim.quote.start, each.claim.quote.end)))


def _overlapping(result: ArticleBriefs, place: Span) -> list[Brief]:
    return [
        brief
        for brief in result.briefs
        if any(each.overlaps(place) for each in (brief.claim.quote, *brief.claim.also_at))
    ]


def _reading(article: Article) -> "Reading":
    """Return the rules' reading of an article, kept for the next selection in it."""
    from briefs.pipeline.order import Reading  # noqa: PLC0415 - loads the parser

    key = (article.id, article.text_sha256)
    if key not in _readings:
        while len(_readings) >= _MOST_READINGS:
            del _readings[next(iter(_readings))]
        _readings[key] = Reading(article)
    return _readings[key]
