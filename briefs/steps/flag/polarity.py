"""Flags about a "not" that seems to be missing: words that stand only beside one, formulas without it."""

import re
from collections.abc import Iterator

from briefs.domain.brief import Finding, FlagKind
from briefs.domain.spans import Span
from briefs.steps.flag.context import Context
from briefs.steps.flag.lexicon import alternatives, phrase_pattern, words

_TAG = re.compile(r"\b(?:at all|any longer|anymore|in the least)(?=\s*[.,;:—–])", re.IGNORECASE)
"""Words that end a clause only beside a negation, a condition or a question (Ladusaw 1979)."""
_DID = r"\b(?:did|does|do|has|have|had)\s+"
_HOW_MANY = r"(?:(?:a|an|the|our|several|multiple|repeated|two|three)\s+)?(?:[a-z]+\s+)?"
_ASKED = re.compile(
    rf"{_DID}(?:immediately|yet|so far)\s+(?:respond|repl|return|answer|comment)\w*\b|"
    rf"{_DID}(?:respond|return|repl(?:y|ied)|answer)(?:ed)?\s+(?:to\s+)?{_HOW_MANY}"
    r"(?:requests?|messages?|emails?|e-mails?|phone calls?|calls?)\b(?!\s+to\b)|"
    r"\bcould\s+(?:immediately\s+)?be\s+(?:immediately\s+)?reached\b|"
    r"\bwho\s+(?:would|could|wanted to|wished to|asked to|wants to)\s+be\s+(?:named|identified)\b",
    re.IGNORECASE,
)
"""What newsrooms write of those who did not answer, or would not be named, without its negation."""
_LICENSED = re.compile(rf"\b(?:{alternatives(words('licensing'))})\b|n[’']t\b|\?", re.IGNORECASE)


def negation_missing(context: Context) -> Iterator[Finding]:
    """Flag "the page is loading at all" and "the firm did immediately respond": a "not" has gone."""
    for pattern in (_TAG, _ASKED):
        for found in pattern.finditer(context.text):
            sentence = context.segmentation.sentence_at(found.start())
            if sentence is None or sentence.furniture is not None:
                continue
            before = context.text[sentence.start : found.start()]
            if _LICENSED.search(before) or phrase_pattern("supposing").search(before):
                continue
            place = Span(start=_start(context.text, sentence.start, found.start()), end=found.end())
            note = f"“{context.words(place)}”: such words hardly stand without a negation. Has one gone?"
            yield context.finding(FlagKind.NEGATION_MISSING, note, (place,))


def _start(text: str, first: int, at: int) -> int:
    """Return where the three words before `at` begin, for a note that shows what is denied or not."""
    before = list(re.finditer(r"\S+", text[first:at]))
    return first + before[-3].start() if len(before) >= 3 else first + before[0].start() if before else at
