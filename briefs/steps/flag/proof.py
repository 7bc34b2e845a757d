"""Flags about words that claim more than they can carry: what somebody says is not thereby proved."""

import re
from collections.abc import Iterator

from briefs.domain.brief import Finding, FlagKind
from briefs.domain.segmentation import Sentence
from briefs.domain.spans import Span
from briefs.steps.flag.context import Context
from briefs.steps.flag.lexicon import alternatives, phrase_pattern, words
from briefs.text.quotes import quotations

_PROVED = re.compile(
    r"(?P<before>[\w’'.]+(?:,[^,.;]{1,120},)?)\s+(?:(?:has|have|also|then|later|long)\s+){0,2}"
    r"(?P<verb>proved|proves|proven)\s+"
    r"(?:(?:on|at)\s[^\W\d_]+day\s)?(?P<that>that\b)?(?P<after>[^.;:?!\n]{1,160})"
)
_FINITE = re.compile(rf"\b(?:{alternatives(words('finite_verbs'))})\b|n['’]t\b", re.IGNORECASE)
_SUBJECT = re.compile(rf"\s*(?:{alternatives(words('clause_openings'))})\s|\s+[A-Z]\w+\s")
_BESIDE = re.compile(r",\s(?:who|whose|which)\b[^,]{3,90},")
"""What is told of a subject in passing: ", who has led the section since 2021,"."""
_JOINED = re.compile(r"[;:—–]|\b(?:and|but|that|when|after)\b|,\s(?=[A-Z])")
_NEAREST = 3
"""Words just before the verb in which a "could" or "if" belongs to it."""
_SPOKEN = re.compile(r"[,?!][”\"’]\s+(?P<verb>proved|proves)\s+(?:the|an?|he|she|they|[A-Z])")


def proof_claimed(context: Context) -> Iterator[Finding]:
    """Flag "proved" where somebody said something: "she proved the bridge was unsafe"."""
    if "prove" not in context.text:
        return
    quoted = [q.inner for q in quotations(context.text, context.segmentation.paragraphs)]
    for pattern in (_PROVED, _SPOKEN):
        for found in pattern.finditer(context.text):
            verb = Span(start=found.start("verb"), end=found.end("verb"))
            sentence = context.segmentation.sentence_at(verb.start)
            if sentence is None or sentence.furniture is not None or any(q.contains(verb) for q in quoted):
                continue
            if pattern is _PROVED and not _is_saying(context, found, sentence):
                continue
            note = (
                f"“{context.words(verb)}” is more than to say: {context.excerpt(sentence)}. "
                "A statement is no proof; if there is one, the text should show it."
            )
            yield context.finding(FlagKind.PROOF_CLAIMED, note, (verb,))


def _is_saying(context: Context, found: re.Match[str], sentence: Sentence) -> bool:
    """Tell whether "proved" takes what somebody said, and the subject is no test, paper or "it"."""
    start = max(sentence.start, found.start("verb") - 220)
    before = _BESIDE.sub(" ", context.text[start : found.start("verb")])
    subject = next((part for part in reversed(_JOINED.split(before)) if part.strip(" ,")), "")
    nearest = " ".join(before.split()[-_NEAREST:])
    if not subject or phrase_pattern("things_that_prove").search(subject):
        return False
    if phrase_pattern("supposing").search(nearest) or phrase_pattern("unproved").search(nearest):
        return False
    if found["that"]:
        return True
    if not _SUBJECT.match(f" {found['after']}"):
        return False
    clause = phrase_pattern("clause_borders").split(found["after"].strip(), maxsplit=1)[0]
    return _FINITE.search(clause.partition(" ")[2]) is not None
