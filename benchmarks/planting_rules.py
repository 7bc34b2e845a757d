"""Where the wording of an article can be given an error, by patterns that know nothing of the tool's rules.

The patterns are plain on purpose: they take the commonest forms of each error, in the body of an article,
and where a form would not be English after the change they leave it alone. `benchmarks.planting_values` has
the errors of figures, dates and names.
"""

import re
from collections.abc import Iterator, Sequence

from benchmarks.planting import Error, Ground, Plant
from briefs.domain.segmentation import Sentence
from briefs.domain.spans import Span

_AUXILIARY = r"\b(?:is|are|was|were|has|have|had|will|would|should|could|can|does|do|did)"
_WHOLE = r"(?P<kept>\w+ \w+)"
_REWORDED: tuple[tuple[Error, str, str], ...] = (
    # What is cut is group "cut"; what stays is group "kept"; last, what stands instead of the cut.
    (Error.HEDGE, r"(?P<cut>\b(?:allegedly|reportedly|apparently|possibly) )(?P<kept>[a-z]\w+ \w+)", ""),
    (Error.HEDGE, r"(?P<cut>\b(?:probably|presumably|supposedly|perhaps) )(?P<kept>[a-z]\w+ \w+)", ""),
    (Error.HEDGE, rf"(?P<cut>\b(?:may|might|could) have been ){_WHOLE}", "was "),
    (Error.HEDGE, r"(?P<cut>\b(?:may|might|could) have )(?P<kept>(?!been)\w+ed \w+)", "had "),
    (Error.HEDGE, rf"(?P<cut>\b(?:appears|appeared|seems|seemed) to be ){_WHOLE}", "is "),
    (Error.HEDGE, rf"(?P<cut>\b(?:is|was) (?:believed|thought|alleged) to be ){_WHOLE}", "is "),
    (Error.HEDGE, rf"(?P<cut>\b(?:appears|seems) to have ){_WHOLE}", "has "),
    (Error.HEDGE, rf"(?P<cut>\bis (?:believed|thought|alleged|reported|said) to have ){_WHOLE}", "has "),
    (Error.HEDGE, rf"(?P<cut>\bare (?:believed|thought|alleged|reported|said) to have ){_WHOLE}", "have "),
    (
        Error.HEDGE,
        r"\b(?:the|an|of|and|by|for) (?P<cut>(?:alleged|suspected|possible|likely) )(?P<kept>[a-z]\w+ \w+)",
        "",
    ),
    (Error.HEDGE, rf"(?P<cut>\b(?:may|might|could) be ){_WHOLE}", "is "),
    (Error.NEGATION, rf"{_AUXILIARY}(?P<cut> not) (?P<kept>(?!only|just|necessarily|even|yet)\w+)", ""),
    (Error.NEGATION, rf"{_AUXILIARY}(?<!wo)(?<!ca)(?P<cut>n['’]t) (?P<kept>(?!only|just|even)\w+)", ""),
    (Error.NEGATION, r"\bcan(?P<cut>not) (?P<kept>(?!only|but)\w+)", ""),
    (
        Error.NEGATION,
        r"\b(?:there (?:is|was|are|were)|has|have|had|with|found|showed|reported) (?P<cut>no )"
        r"(?P<kept>(?!longer|more|one)[a-z]\w+)",
        "",
    ),
)
_REWORDED_COMPILED = tuple((error, re.compile(pattern), words) for error, pattern, words in _REWORDED)


def reworded(ground: Ground) -> Iterator[Plant]:
    """Yield hedges and negations that can go, "said" that can be "proved", "some" that can be "all"."""
    for sentence in ground.body:
        for error, pattern, words in _REWORDED_COMPILED:
            yield from _reworded(ground, sentence, error, pattern, words)
        yield from _proved(ground, sentence)
        yield from _quantified(ground, sentence)


def _reworded(
    ground: Ground, sentence: Sentence, error: Error, pattern: re.Pattern[str], words: str
) -> Iterator[Plant]:
    """Yield the places where a few words go, or are put more firmly."""
    for found in pattern.finditer(ground.text, sentence.start, sentence.end):
        cut = Span(start=found.start("cut"), end=found.end("cut"))
        element = Span(start=found.start(), end=found.end())
        name = ground.text[element.start : cut.start] + words + ground.text[cut.end : element.end]
        yield Plant(error, cut, words, element, found.group(), name)


_SAID = re.compile(r"\b(?P<cut>said|says)(?= (?:that|the|it|he|she|they|there|his|her|its|their)\b)")
_SOME = re.compile(
    r"\b(?P<cut>some|Some|many|Many|several|Several|most|Most|a few)(?P<of> of)?"
    r"(?P<kept> (?:(?:the|these|those|its|their|his|her) )?(?:[a-z]+ )??[a-z]{3,}(?<!ss)s)\b"
)


def _quantified(ground: Ground, sentence: Sentence) -> Iterator[Plant]:
    for found in _SOME.finditer(ground.text, sentence.start, sentence.end):
        before = ground.text[max(0, found.start() - 8) : found.start()].lower().split()
        if before and before[-1] in (
            "the",
            "at",
            "so",
            "as",
            "how",
            "too",
            "not",
            "his",
            "her",
            "its",
            "their",
        ):
            continue
        new = "All" if found["cut"][0].isupper() else "all"
        kept = found["kept"].strip()
        yield Plant(
            Error.ALL,
            Span(start=found.start("cut"), end=found.end("of") if found["of"] else found.end("cut")),
            new,
            Span(start=found.start(), end=found.end()),
            found.group(),
            f"{new} {kept}",
        )


def _proved(ground: Ground, sentence: Sentence) -> Iterator[Plant]:
    for found in _SAID.finditer(ground.text, sentence.start, sentence.end):
        place = Span(start=found.start("cut"), end=found.end("cut"))
        yield Plant(Error.PROVED, place, {"said": "proved", "says": "proves"}[found["cut"]], place,
                    found["cut"], {"said": "proved", "says": "proves"}[found["cut"]])  # fmt: skip


_QUOTED = re.compile(r"[“\"](?P<words>[^“”\"\n]{20,400})[”\"]")
_PIECE = re.compile(r"[^…(\[]{20,}")
"""A quotation, or what stands between two marks of omission."""
_ALTERED = {
    "not": "", "never": "always", "every": "some", "all": "most", "must": "may", "will": "may",
    "more": "less", "cannot": "can", "bigger": "smaller", "have": "had", "is": "was", "are": "were",
    "we": "they", "they": "we", "and": "or", "who": "that", "that": "which",
}  # fmt: skip
"""A word of a quotation and what it becomes."""


def borrowed(ground: Ground, others: Sequence[Ground]) -> Iterator[Plant]:
    """Yield quotations that another article of the collection has word for word, a word of each altered."""
    elsewhere = [" ".join(other.text.split()) for other in others if other is not ground]
    for quoted in _QUOTED.finditer(ground.text):
        for piece in _PIECE.finditer(ground.text, quoted.start("words"), quoted.end("words")):
            words = " ".join(piece.group().split()).rstrip(",.")
            if any(words in text for text in elsewhere):
                yield from _misquoted(ground, Span(start=piece.start(), end=piece.end()))


def _misquoted(ground: Ground, piece: Span) -> Iterator[Plant]:
    for found in re.finditer(r"(?<=\s)(?P<old>[a-z]+) (?=(?P<kept>\w+))", piece.of(ground.text)):
        new = _ALTERED.get(found["old"])
        if new is None:
            continue
        start = piece.start + found.start()
        put = f"{new} " if new else ""
        cut = Span(start=start, end=start + len(found["old"]) + 1)
        element, kept = Span(start=start, end=cut.end + len(found["kept"])), found["kept"]
        yield Plant(Error.QUOTATION, cut, put, element, f"{found['old']} {kept}", f"{put}{kept}")
