"""Can this be asked? A person, a body or whoever holds a document; never "the article" or "the internet"."""

import re

from briefs.data import load
from briefs.steps.suggest.page import is_country
from briefs.steps.suggest.words import (
    WORD,
    documents,
    is_function_word,
    listed,
    lowered,
    parties,
    stem,
    stems,
)


def can_be_asked(words: str) -> bool:
    """Tell whether `words` name somebody who can be asked, or who would hold a paper."""
    if "?" in words or len(words.split()) > 14:
        return False
    said = [word for word in lowered(words) if not is_function_word(word)]
    if not said or is_country(words.strip(" .")) or _is_date(said):
        return False
    head = _head(words)
    if (
        not head
        or any(word[0].isdigit() for word in head)
        or set(head) <= listed("nobody")
        or head[-1] in listed("nobody")
    ):
        return False
    if _named(words) or head[0] == "whoever":
        return True
    return any(stem(word) in parties() for word in head) and not (
        stem(head[-1]) in documents() and stem(head[-1]) not in parties()
    )


def is_particular(words: str) -> bool:
    """Tell whether `words` name one person or body, with a capital, rather than a role."""
    return _named(words)


def _head(words: str) -> list[str]:
    """Return the words of the noun phrase itself: what follows "of", "at", "who" says more about it."""
    first = re.split(
        r"\s(?:of|at|in|for|from|who|that|which|behind|on|about|with|to)\s|[,;:(]", words.strip()
    )[0]
    return [word for word in lowered(first) if not is_function_word(word)]


def _named(words: str) -> bool:
    """Tell a name: a capital inside the phrase, or at its start on a word that is no everyday noun."""
    for found in WORD.finditer(words):
        word, lower = found.group(), found.group().lower()
        if not any(c.isupper() for c in word) or is_function_word(lower):
            continue
        if lower in listed("nobody") or lower in listed("generic") or _is_date([lower]):
            continue
        if found.start() == 0 and word == lower.capitalize() and len(words.split()) > 1:
            second = words.split()[1]
            if second[:1].islower() and (stem(lower) in documents() or stem(lower) in stems("openers")):
                continue
        if found.start() == 0 and len(words.split()) == 1 and stem(lower) in documents():
            continue
        return True
    return False


def _is_date(said: list[str]) -> bool:
    dates = load("dates")
    names = {name.lower() for names in dates["months"] for name in names}
    names |= {name.lower() for name in dates["weekdays"]}
    return all(word in names or word[0].isdigit() for word in said)
