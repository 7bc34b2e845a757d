"""Short forms of a name and the long form they stand for: surnames and acronyms."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from unicodedata import combining, normalize

from spacy.tokens import Token

from briefs.language.name_runs import Run
from briefs.language.parse import ParsedArticle

_SUFFIXES = frozenset({"Jr.", "Sr.", "Jr", "Sr", "II", "III", "IV"})
_SKIPPED = frozenset({"of", "for", "and", "the", "on", "in", "de", "du", "des", "der", "la"})


def surnames(labels: Mapping[str, str], counts: Mapping[str, int]) -> dict[str, str]:
    """Return the full name for each surname and first name.

    Where two people share it, it is the one whom the article names in full more often (`counts`), as
    newspapers call only one of them by it; where they are named equally often, it is left out.
    """
    bearers: dict[str, list[str]] = {}
    for text, label in labels.items():
        words = [word for word in text.split() if word not in _SUFFIXES]
        if label != "PERSON" or len(words) < 2:
            continue
        parts = [words[-1]]
        if len(words[0]) > 2 and words[0][-1] != ".":
            parts.append(words[0])
        if len(words) > 2:
            parts.append(f"{words[0]} {words[-1]}")
        for part in dict.fromkeys(parts):
            bearers.setdefault(part, []).append(text)
    full: dict[str, str] = {}
    for part, texts in bearers.items():
        ranked = sorted(texts, key=lambda text: (-counts.get(text, 0), -len(text)))
        alone = len(ranked) == 1 or counts.get(ranked[0], 0) > counts.get(ranked[1], 0)
        if alone or all(_nested(ranked[0], other) for other in ranked[1:]):
            full[part] = ranked[0] if alone else max(ranked, key=len)
    return full


def _nested(one: str, other: str) -> bool:
    """Tell whether two full names may be one person's: the same first and last word."""
    first, second = one.split(), other.split()
    return first[0] == second[0] and first[-1] == second[-1]


def plain(text: str) -> str:
    """Return `text` without the marks on its letters, so that "Rósza" and "Rosza" are one spelling."""
    if text.isascii():
        return text
    return "".join(letter for letter in normalize("NFD", text) if not combining(letter))


def other_scripts(runs: Sequence[Run], labels: Mapping[str, str]) -> dict[str, str]:
    """Return the name for each transcription in brackets after it: "Томаш Величко (Tomash Velychko)"."""
    same: dict[str, str] = {}
    for one, other in pairwise(runs):
        between = one.last.nbor(1) if one.last.i + 1 < len(one.last.doc) else None
        if between is None or between.text != "(" or other.first.i != between.i + 1:
            continue
        persons = labels.get(one.text) == labels.get(other.text) == "PERSON"
        if other.sentence is one.sentence and persons and one.text.isascii() != other.text.isascii():
            same[other.text] = one.text
    return same


def acronyms(parsed: ParsedArticle) -> dict[str, str]:
    """Return the long form of each acronym that the article explains: "Long Name (LN)"."""
    long: dict[str, str] = {}
    for sentence in parsed.sentences:
        tokens = sentence.tokens
        for position in range(1, len(tokens) - 2):
            if tokens[position].text != "(" or tokens[position + 2].text != ")":
                continue
            short = tokens[position + 1].text
            if 2 <= len(short) <= 8 and sum(map(str.isupper, short)) >= 2:
                words = _spelt(list(tokens[max(0, position - 10) : position]), short)
                if words:
                    start = sentence.offset + words[0].idx
                    text = parsed.text[start : sentence.offset + words[-1].idx + len(words[-1])]
                    long.setdefault(short, " ".join(text.split()))
    return long


def _spelt(before: list[Token], short: str) -> list[Token]:
    """Return the words before a bracket whose initials are the letters of `short`, or nothing."""
    wanted = [letter for letter in short if letter.isupper()]
    words: list[Token] = []
    for token in reversed(before):
        if not wanted or token.is_punct:
            break
        if token.text[0].upper() == wanted[-1]:
            wanted.pop()
        elif token.lower_ not in _SKIPPED:
            break
        words.insert(0, token)
    return words if not wanted and words and words[0].text[0].isupper() else []
