"""Words as the checks compare them: pieces of a text, without endings, without those that carry nothing."""

import re
from functools import cache, lru_cache

from briefs.data import load

WORD = re.compile(r"[^\W_]+(?:[.,:/’'\-‑][^\W_]+)*")
"""A word or figure with what joins its parts: "don't", "21,600", "first-hand"."""
_ENDING = re.compile(
    r"(?:ations?|ations|ment|ments|tions?|ions?|ings?|ingly|edly|ed|ies|ers?|ors?|ly|es|s|e|y)$"
)
_POSSESSIVE = re.compile(r"(?:['’]s|['’])$")


@cache
def listed(name: str) -> frozenset[str]:
    """Return the list `name` of the data file `suggestions`."""
    return frozenset(str(word) for word in load("suggestions")[name])


@cache
def _function_words() -> frozenset[str]:
    return frozenset(load("stopwords")["words"]) | frozenset(load("stopwords")["negations"])


@lru_cache(maxsize=1024)
def lowered(text: str) -> tuple[str, ...]:
    """Return the words and figures of `text` in lower case, possessives taken off, in order."""
    found = (each.lower() for each in WORD.findall(text))
    return tuple(_POSSESSIVE.sub("", word) if "'" in word or "’" in word else word for word in found)


@cache
def _irregular() -> dict[str, str]:
    forms: dict[str, list[str]] = load("suggestions")["irregular"]
    return {form: verb for verb, others in forms.items() for form in others}


@cache
def stem(word: str) -> str:
    """Return a lower-case word without its commonest endings, never shorter than four letters.

    Forms of irregular verbs go with their infinitive.
    """
    word = _irregular().get(word, word)
    if len(word) <= 4 or word[0].isdigit():
        return word
    cut = _ENDING.sub("", word)
    return cut if len(cut) >= 4 else word[:4] if len(cut) < 3 else cut


@lru_cache(maxsize=1024)
def content(text: str) -> frozenset[str]:
    """Return the stems of the words of `text` that carry something."""
    return frozenset(stem(word) for word in lowered(text) if word not in _function_words())


def is_function_word(word: str) -> bool:
    """Tell whether a lower-case word carries nothing of its own."""
    return word in _function_words()


@cache
def stems(name: str) -> frozenset[str]:
    """Return the stems of the list `name` of the data file `suggestions`."""
    return frozenset(stem(word) for word in listed(name))


@cache
def documents() -> frozenset[str]:
    """Return the stems of words for what can be shown or read."""
    nouns = (*load("roles")["documents"]["nouns"], *load("phrases")["papers"], *listed("documents"))
    found = frozenset(stem(word) for noun in nouns for word in str(noun).lower().split()[-1:])
    return found - stems("no_documents")


@cache
def parties() -> frozenset[str]:
    """Return the stems of words for people and bodies that can be asked."""
    roles = load("roles")
    nouns = (
        *roles["people"]["roles"],
        *roles["people"]["persons"],
        *roles["media"]["nouns"],
        *roles["media"]["people"],
        *roles["bodies"]["nouns"],
        *listed("askable"),
    )
    return frozenset(stem(word) for noun in nouns for word in str(noun).lower().split()[-1:]) - stems(
        "nobody"
    )
