"""Whether a figure is called official where it is given: then an office has counted, and no speaker."""

import re

from briefs.domain.spans import Span
from briefs.steps.compose.reading import Reading, flat

AFTER = 3
"""Sentences of the same paragraph after the figure that may still speak of it: "This is official data"."""

_OFFICIAL = re.compile(
    r"\bofficial\s(?:data|figures?|numbers?|statistics|counts?|records?|tally|tallies)\b", re.IGNORECASE
)
_OF_IT = re.compile(r"\W*(?:this|that|these|those|it|they)\b", re.IGNORECASE)
_BESIDE = re.compile(
    r"\b(?:than|real|actual|unlike|contrary|despite|beyond|above|below|disput\w+|contest\w+|contradict\w+|not|no"
    r"|differs?|challeng\w+|while|whereas|but)\b",
    re.IGNORECASE,
)
"""Words that set another figure beside the official one."""


def official(reading: Reading, quote: Span) -> str | None:
    """Return the exact words that call what a claim counts official, or none."""
    sentence = reading.segmentation.sentence_at(quote.start)
    if sentence is None:
        return None
    last = reading.segmentation.paragraphs[sentence.paragraph].last
    for each in reading.segmentation.sentences[sentence.index : min(sentence.index + AFTER, last) + 1]:
        found = _OFFICIAL.search(reading.text, each.start, each.end)
        said = each.of(reading.text)
        if found is None or _BESIDE.search(said):
            continue
        if (each.index == sentence.index or _OF_IT.match(said)) and flat(found.group()) == found.group():
            return found.group()
    return None
