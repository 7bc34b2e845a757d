"""The reason that an article gives for not naming a source."""

from briefs.domain.spans import Span
from briefs.language.attribution.found import Found
from briefs.language.roles import roles

_ENDS = ',.;:“”"‘()\n'


def reason(found: Found, text: str) -> Span | None:
    """Return the words of the sentence that say why the source has no name, or none."""
    if found.source is None:
        return None
    sentence = found.source.sentence.sentence
    lower = text[sentence.start : sentence.end].lower()
    if len(lower) != sentence.end - sentence.start:
        # Lower-casing may lengthen a text ("İ"); then places in it are not the article's.
        return None
    places = [place for place in (lower.find(words) for words in roles().reasons) if place >= 0]
    if not places:
        return None
    start = sentence.start + min(places)
    end = start
    limit = found.cue.start if found.cue.start > start else sentence.end
    while end < limit and text[end] not in _ENDS:
        end += 1
    return Span(start=start, end=start + len(text[start:end].rstrip()))


def asks_for_it(found: Found, text: str) -> bool:
    """Tell whether a cue only says that a source wants no name: "asked not to be identified"."""
    words = text[found.cue.start : found.cue.start + _WINDOW].lower()
    return words.startswith(roles().reasons)


_WINDOW = 60
