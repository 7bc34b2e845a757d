"""Hedges: words that hold back certainty.

The words are listed in `briefs/data/hedges.toml`. Words such as "about" and "some" are hedges only
before a figure.
"""

from functools import cache

from briefs.data import load
from briefs.domain.scan import Hedge
from briefs.language.modals import certain
from briefs.language.parse import ParsedArticle, ParsedSentence
from briefs.language.phrases import Hit, Lexicon, lexicon, span_of


@cache
def _lexicon() -> Lexicon:
    return lexicon(load("hedges"))


def hedges(parsed: ParsedArticle) -> tuple[Hedge, ...]:
    """Return the hedges of the article, in order, none overlapping another."""
    words = _lexicon()
    return tuple(
        _hedge(sentence, hit)
        for sentence in parsed.sentences
        for hit in words.find(sentence)
        if _holds(sentence, hit)
    )


def _hedge(sentence: ParsedSentence, hit: Hit) -> Hedge:
    place = span_of(sentence, hit)
    return Hedge.model_validate({"start": place.start, "end": place.end, "kind": hit.label})


def _holds(sentence: ParsedSentence, hit: Hit) -> bool:
    if hit.label == "possibility":
        return not certain(sentence.tokens[hit.first])
    if hit.label != "approximation":
        return True
    after = hit.last + 1
    if after >= len(sentence.tokens):
        return False
    token = sentence.tokens[after]
    # "some one-off", "about one's" are no figures: "one" alone never is.
    return (token.like_num and token.lower_ != "one") or token.is_currency
