"""Grammar for words that are put into sentences: possessives, articles, plurals, short forms."""

import re
from collections.abc import Sequence
from functools import cache

from briefs.data import load

MOST_WORDS = 8
"""Longest name or noun phrase that a spoken question carries well."""

_WORD = re.compile(r"\S+")
_INDEFINITE = re.compile(
    r"(?:an?|one|some|several|many|most|two|three|four|various|certain|another|other) ", re.IGNORECASE
)
_PLURAL_IN_NAME = re.compile(r" (?:and|&) ")
_NOT_PLURAL = re.compile(r"(?:ss|us|is|'s|’s|ics|ies of|News|Times|Reuters)$")


@cache
def words(name: str) -> frozenset[str]:
    """Return the list `name` of the data file `phrases`, lower case."""
    return frozenset(str(w).lower() for w in load("phrases")[name])


def plural(phrase: str) -> bool:
    """Tell whether a lower-case noun phrase takes a plural verb: by its head noun, before any "of"."""
    head = re.split(r" (?:of|in|from|at|for|with|on|who|within|inside|close|under|near|to) ", phrase)[0]
    last = head.split()[-1].strip(".,;:") if head.split() else ""
    if last.lower() in words("plurals"):
        return True
    return last[:1].islower() and last.endswith("s") and not _NOT_PLURAL.search(last)


def possessive(phrase: str) -> str:
    """Return the possessive: "the officials’", "James’s", "the ministry’s"."""
    if phrase.endswith(("'s", "’s", "s'", "s’")):
        return phrase
    return phrase + ("’" if plural(phrase) and phrase.endswith("s") else "’s")


def of(thing: str, phrase: str) -> str:
    """Return "Anna Berg’s words" for a short name and "the words of the …" for a long description."""
    return f"{possessive(phrase)} {thing}" if len(phrase.split()) < 4 else f"the {thing} of {phrase}"


def capital(sentence: str) -> str:
    """Return `sentence` with its first letter a capital; one that opens with quoted words is left alone."""
    return sentence[:1].upper() + sentence[1:]


def definite(phrase: str) -> str:
    """Return a description with "the" in place of "a", "one" or "some"; names are left as they are."""
    bare = _INDEFINITE.sub("", phrase, count=1) if _INDEFINITE.match(phrase) else phrase
    if bare.lower().startswith(
        ("the ", "his ", "her ", "their ", "its ", "our ", "my ", "your ", "this ", "these ", "those ")
    ):
        first, rest = bare.split(" ", 1)
        return f"the {rest}" if first.lower() in {"the", "this", "these", "those"} else bare
    return f"the {bare}"


def short(phrase: str, most: int = MOST_WORDS) -> str:
    """Return `phrase` cut to `most` words at the last place where it still ends as a noun phrase."""
    flat = " ".join(phrase.split())
    pieces = _WORD.findall(re.split(r"[,;:(\[—–]", flat, maxsplit=1)[0]) or _WORD.findall(flat)
    if len(pieces) > most:
        joints = [i for i, w in enumerate(pieces[: most + 1]) if i and w.lower() in words("joints")]
        pieces = pieces[: joints[-1]] if joints else pieces[:most]
    while len(pieces) > 1 and pieces[-1].lower() in words("function"):
        pieces.pop()
    return " ".join(pieces).strip(" ,;:.")


def listed(items: Sequence[str], last: str = "and") -> str:
    """Return "a", "a and b" or "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


_NUMBER_WORDS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def spelt(number: int) -> str:
    """Return small numbers as words, others with their thousands apart."""
    return _NUMBER_WORDS[number] if number < len(_NUMBER_WORDS) else f"{number:,}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return "no figures", "one figure", "two figures", … "13 figures"."""
    return f"{spelt(number)} {one if number == 1 else many or one + 's'}"
