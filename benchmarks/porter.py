"""Porter's stemmer, for measures that count "sank" apart from "sink" but "sinking" with "sinks".

Porter 1980, "An algorithm for suffix stripping", Program 14(3), without later additions.
"""

import re
from functools import cache

_Rules = tuple[tuple[str, str], ...]

_STEP_2: _Rules = (
    ("ational", "ate"),
    ("tional", "tion"),
    ("enci", "ence"),
    ("anci", "ance"),
    ("izer", "ize"),
    ("abli", "able"),
    ("alli", "al"),
    ("entli", "ent"),
    ("eli", "e"),
    ("ousli", "ous"),
    ("ization", "ize"),
    ("ation", "ate"),
    ("ator", "ate"),
    ("alism", "al"),
    ("iveness", "ive"),
    ("fulness", "ful"),
    ("ousness", "ous"),
    ("aliti", "al"),
    ("iviti", "ive"),
    ("biliti", "ble"),
)
_STEP_3: _Rules = (
    ("icate", "ic"),
    ("ative", ""),
    ("alize", "al"),
    ("iciti", "ic"),
    ("ical", "ic"),
    ("ful", ""),
    ("ness", ""),
)
_STEP_4 = (
    *("al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou"),
    *("ism", "ate", "iti", "ous", "ive", "ize"),
)


@cache
def stem(word: str) -> str:
    """Return the stem of a word in lower case; words of one or two letters are left alone."""
    if len(word) < 3:
        return word
    word = _first(word)
    if word.endswith("y") and "v" in _shape(word[:-1]):
        word = f"{word[:-1]}i"
    word = _replaced(_replaced(word, _STEP_2), _STEP_3)
    return _last(_stripped(word))


def _shape(stem: str) -> str:
    """Return a stem as vowels and consonants: "v" and "c"; a y after a consonant is a vowel."""
    shape = ""
    for letter in stem:
        vowel = letter in "aeiou" or (letter == "y" and shape.endswith("c"))
        shape += "v" if vowel else "c"
    return shape


def _measure(stem: str) -> int:
    """Return how often vowels are followed by consonants."""
    return len(re.findall("v+c+", _shape(stem)))


def _first(word: str) -> str:
    """Take off plurals and the endings of verbs."""
    for ending, put in (("sses", "ss"), ("ies", "i"), ("ss", "ss"), ("s", "")):
        if word.endswith(ending):
            word = word.removesuffix(ending) + put
            break
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) > 0 else word
    for ending in ("ed", "ing"):
        bare = word.removesuffix(ending)
        if bare != word:
            return _mended(bare) if "v" in _shape(bare) else word
    return word


def _mended(bare: str) -> str:
    """Put back what "ed" and "ing" take: "hopping" to "hop", "filing" to "file"."""
    if bare.endswith(("at", "bl", "iz")) or (_measure(bare) == 1 and _short(bare)):
        return f"{bare}e"
    doubled = len(bare) > 1 and bare[-1] == bare[-2] and _shape(bare).endswith("c")
    return bare[:-1] if doubled and bare[-1] not in "lsz" else bare


def _short(stem: str) -> bool:
    """Tell whether a stem ends in consonant, vowel and a consonant other than w, x or y."""
    return _shape(stem).endswith("cvc") and stem[-1] not in "wxy"


def _replaced(word: str, rules: _Rules) -> str:
    """Apply the longest rule that fits the ending, if something is left before it."""
    fitting = [rule for rule in rules if word.endswith(rule[0])]
    if not fitting:
        return word
    ending, put = max(fitting, key=lambda rule: len(rule[0]))
    bare = word.removesuffix(ending)
    return bare + put if _measure(bare) > 0 else word


def _stripped(word: str) -> str:
    """Take off the last long suffix where enough of a word is left."""
    ending = max((each for each in _STEP_4 if word.endswith(each)), key=len, default="")
    bare = word.removesuffix(ending)
    fits = ending != "ion" or bare.endswith(("s", "t"))
    return bare if ending and fits and _measure(bare) > 1 else word


def _last(word: str) -> str:
    """Take off a last e and one l of two."""
    if word.endswith("e"):
        bare = word[:-1]
        measure = _measure(bare)
        word = bare if measure > 1 or (measure == 1 and not _short(bare)) else word
    return word[:-1] if word.endswith("ll") and _measure(word) > 1 else word
