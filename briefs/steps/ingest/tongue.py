"""Tongue: which language a text is in, told by its commonest words. Cheap, and silent when unsure."""

import re
from collections import Counter

from briefs import data as data_files

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000
_ENOUGH = 12
"""Words below which nothing is told."""
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
)
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
UNKNOWN = "und"


def language_of(text: str) -> str:
    """Return the two-letter code of the language of `text`, "und" where it is too short or mixed."""
    sample = text[:_SAMPLE]
    letters = sum(map(str.isalpha, sample))
    for code, script in _SCRIPTS:
        if letters >= _ENOUGH and len(script.findall(sample)) * 3 > letters:
            return code
    words = _WORD.findall(sample.lower())
    if len(words) < _ENOUGH:
        return UNKNOWN
    counts = Counter(words)
    stop_words: dict[str, list[str]] = data_files.load("languages")["stop_words"]
    shares = {code: sum(counts[word] for word in listed) / len(words) for code, listed in stop_words.items()}
    ranked = sorted(shares, key=lambda code: -shares[code])
    best, second = ranked[0], ranked[1]
    clear = shares[best] >= 0.1 and shares[best] >= 1.25 * shares[second]
    return best if clear else UNKNOWN


def not_latin(text: str) -> bool:
    """Tell whether most letters of `text` are of another script than Latin, whatever the language."""
    sample = text[:_SAMPLE]
    letters = sum(map(str.isalpha, sample))
    return letters >= _ENOUGH and len(_LATIN.findall(sample)) * 2 < letters


def name_of(code: str) -> str:
    """Return the English name of a language, or the code itself."""
    names: dict[str, str] = data_files.load("languages")["names"]
    return names.get(code.partition("-")[0].lower(), code)
